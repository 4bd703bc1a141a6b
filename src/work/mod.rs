//! The loops.

pub mod channel;
