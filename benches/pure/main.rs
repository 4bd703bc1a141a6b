//! What the hot pure functions cost: `cargo bench --bench pure`, or one of them with its name behind `--`.
//!
//! Pure: nothing is asked of a database or of anybody while it is measured, which is asserted where it could be otherwise.

#![expect(clippy::unwrap_used, reason = "a bench may fail like a test")]

mod chat;
mod school;

use criterion::{criterion_group, criterion_main};

criterion_group!(pure, school::benches, chat::benches);
criterion_main!(pure);
