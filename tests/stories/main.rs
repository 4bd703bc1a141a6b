//! The stories of the house, told through its public doors: people with phones on one side, the sandbox as Telegram
//! between, the true loops and a true database on the other. Every story is told on SQLite and on PostgreSQL.

#[path = "../support/mod.rs"]
mod support;

mod checkin;
mod digest;
mod feedback;
mod hats;
mod joining;
mod ladder;
mod lists;
mod quiet;
mod records;
mod wishes;
