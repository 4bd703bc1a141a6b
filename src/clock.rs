//! The only place that asks what time it is. Everything else is told.

use crate::school::At;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// A clock: the system's, or one that stands still until it is set (tests, the demo).
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands at these UTC milliseconds until it is moved.
    Set(Arc<AtomicI64>),
    /// Runs with the machine's, so many milliseconds ahead.
    Shifted(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn set_to(at: At) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(at.0)))
    }

    /// A clock that shows `at` now and runs on.
    pub fn running_from(at: At) -> Clock {
        Clock::Shifted(Arc::new(AtomicI64::new(at.0 - Clock::System.now().0)))
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
    pub fn now(&self) -> At {
        let system = || chrono::Utc::now().timestamp_millis();
        match self {
            Clock::System => At(system()),
            Clock::Set(at) => At(at.load(Ordering::SeqCst)),
            Clock::Shifted(by) => At(system() + by.load(Ordering::SeqCst)),
        }
    }

    /// Moves the clock to `at`. The system's clock is not ours to move, and stays.
    pub fn move_to(&self, at: At) {
        match self {
            Clock::System => {}
            Clock::Set(now) => now.store(at.0, Ordering::SeqCst),
            Clock::Shifted(by) => by.store(at.0 - Clock::System.now().0, Ordering::SeqCst),
        }
    }
}

/// A fresh id (UUIDv7): later ones of this process sort after earlier ones.
pub fn fresh_id<Id: From<uuid::Uuid>>() -> Id {
    Id::from(uuid::Uuid::now_v7())
}
