//! `daoyu bench`: how fast and how small the program is, measured on the machine it is run on. The load is made here, the
//! bot that is measured is a process of its own, started as in production; the Telegram between them is the sandbox.
//!
//! `docs/performance.md` says how to read the figures.

mod bot;
mod checkin;
mod cores;
mod crowd;
mod emulator;
mod ground;
mod load;
mod measure;
mod outbox;
mod picture;
mod start;
mod sweep;

use super::{Common, Stop};
use clap::Subcommand;

/// What is measured.
#[derive(Subcommand, Debug)]
pub enum Cmd {
    /// Students who check in, as many at the same time as you like
    Checkin(checkin::Args),
    /// A morning: who owes what, over all schools, and who is told
    Sweep(sweep::Args),
    /// Messages that wait, and how fast they leave
    Outbox(outbox::Args),
    /// How soon it is there, and what it needs while nothing happens
    Start(start::Args),
    /// How figures grow, as a picture of what was measured
    Picture(picture::Args),
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::Checkin(args) => checkin::run(args, common).await,
        Cmd::Sweep(args) => sweep::run(args, common).await,
        Cmd::Outbox(args) => outbox::run(args, common).await,
        Cmd::Start(args) => start::run(args, common).await,
        Cmd::Picture(args) => picture::run(&args),
    }
}
