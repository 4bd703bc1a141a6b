//! What whoever runs daoyu does with it: bring the people in, back up, restore, look whether all is well, decide about what was
//! set aside.
//! The true binary each time, on both databases.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like the test itself")]

mod aside;
mod backup;
mod bench;
mod browser;
mod calendar;
#[path = "../support/database.rs"]
mod database;
mod doctor;
mod formulas;
mod group;
mod marks;
mod performance;
mod person;
mod place;
mod roster;
mod sheets;
mod slips;
mod unbind;
mod versions;
