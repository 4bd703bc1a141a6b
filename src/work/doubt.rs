//! After a fault of the database nobody knows whether a commit took effect: its answer may have been lost on the way. For a
//! while the sender then compares what the books say is in our hands with what is.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// A server may still be committing when its client has long been told that the line is broken.
const STANDS: Duration = Duration::from_secs(30);

/// When a commit last ended in a way that nobody knows.
#[derive(Default)]
pub struct Doubt(Mutex<Option<Instant>>);

impl Doubt {
    /// Something failed that may have taken effect.
    pub fn arises(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether one is recent enough to look.
    pub fn stands(&self) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|at| at.elapsed() < STANDS)
    }
}
