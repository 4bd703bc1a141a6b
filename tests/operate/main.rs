//! What whoever runs daoyu does with it: bring the people in, back up, restore, look whether all is well, decide about what was
//! set aside.
//! The true binary each time, on both databases.

#![expect(clippy::print_stdout, reason = "figures are shown with --nocapture")]

mod aside;
mod backup;
mod doctor;
mod place;
#[path = "../support/postgres.rs"]
mod postgres;
mod roster;
