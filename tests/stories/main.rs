//! The stories of the house, told through its public doors: people with phones on one side, the sandbox as Telegram
//! between, the true loops and a true database on the other. Every story is told on SQLite and on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of a test may fail like the test itself"
)]

#[path = "../support/mod.rs"]
mod support;

mod asked;
mod bank;
mod between;
mod changing;
mod checkin;
mod codes;
mod consent;
mod crash;
mod deciding;
mod digest;
mod english;
mod exams;
mod feedback;
mod file;
mod hats;
mod invites;
mod joining;
mod kept;
mod ladder;
mod lists;
mod lives;
mod meetings;
mod mydata;
mod odd;
mod old_phone;
mod others;
mod own_hours;
mod paper;
mod past;
mod quiet;
mod rebinding;
mod records;
mod rights;
mod staff;
mod terms;
mod together;
mod trouble;
mod upload;
mod wishes;

/// How many days late the first thing is that a list names about a student: the first number on the student's line.
fn days_late(list: &str, student: &str) -> Option<i64> {
    let line = list.lines().find(|line| line.starts_with('•') && line.contains(student))?;
    let digits = line.chars().skip_while(|it| !it.is_ascii_digit()).take_while(char::is_ascii_digit);
    Some(digits.collect::<String>().parse().unwrap_or(0))
}
