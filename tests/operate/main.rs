//! What whoever runs daoyu does with it: bring the people in, back up, restore, look whether all is well, decide about what was
//! set aside.
//! The true binary each time, on both databases.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like the test itself")]

mod aside;
mod backup;
mod doctor;
mod place;
#[expect(clippy::expect_used, reason = "a helper of a test may fail like the test itself")]
#[path = "../support/postgres.rs"]
mod postgres;
mod roster;
mod unbind;
