//! Messages whose state is read again at the moment of sending.
