//! The pulse of the intake: when we last heard from the messenger, be it that there is nothing new.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// A question is held for half a minute at most; whoever has heard nothing for so long has stalled.
pub const STALLED: Duration = Duration::from_secs(90);

/// When the messenger was last heard; beats only where updates are fetched.
#[derive(Default)]
pub struct Pulse(Mutex<Option<Instant>>);

impl Pulse {
    /// The messenger has answered, and what it said is kept. Fetching begins with one, too.
    pub fn beats(&self) {
        self.set(Some(Instant::now()));
    }

    /// Nothing is fetched from now on: another process does, or updates are pushed.
    pub fn rests(&self) {
        self.set(None);
    }

    /// How long ago it beat; `None` while it rests.
    pub fn age(&self) -> Option<Duration> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).map(|beat| beat.elapsed())
    }

    /// Whether updates should be fetched and are not.
    pub fn has_stalled(&self) -> bool {
        self.age().is_some_and(|age| age > STALLED)
    }

    fn set(&self, beat: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = beat;
    }
}
