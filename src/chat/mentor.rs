//! What a mentor can say.
