//! The store at its edge, where the databases themselves fail: what only a raw connection beside it can bring about.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of a test may fail like the test itself"
)]

mod bell;
mod blame;
#[path = "../support/database.rs"]
mod database;
mod lacking;
mod life;
mod pool;
