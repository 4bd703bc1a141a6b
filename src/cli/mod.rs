//! The command line: builds the parts of the house and hands them over. One file per subcommand.
//!
//! A command ends well (0), is refused with one sentence that says why (1), or was called wrongly (2).

mod access;
mod archive;
mod aside;
mod backup;
mod bench;
mod calendar;
mod common;
mod demo;
mod doctor;
mod duty;
mod explain;
mod group;
mod invite;
mod listing;
mod marks;
mod out;
mod performance;
mod person;
mod policy;
mod progress;
mod restore;
mod roster;
mod school;
mod serve;
mod sheets;
mod slips;
mod unbind;
mod voice;
pub mod year;

pub use common::{Common, Stop};

use crate::chat::{Answers, router::Router};
use clap::{Parser, Subcommand};
use std::{process::ExitCode, sync::Arc};

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    run_answering(Arc::new(Router))
}

/// The same with other answers, for whoever has to see what becomes of those that panic or hang.
pub fn run_answering(answers: Arc<dyn Answers>) -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(told) => {
            let _ = told.print();
            return ExitCode::from(if told.use_stderr() { 2 } else { 0 });
        }
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(fault) => return Stop::Broken(fault.into()).tell(),
    };
    match runtime.block_on(line.command.run(&line.common, answers)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => stop.tell(),
    }
}

const EXAMPLES: &str = "\
Examples:
  daoyu demo                                          a made-up school at http://127.0.0.1:8017
  daoyu school new --name 第一中学                    prints the school's ID
  daoyu roster template > roster.csv                  a table to fill in with Excel
  daoyu roster import roster.csv --school ID --dry-run
  daoyu roster import roster.csv --school ID
  daoyu invite list --school ID --format csv          a code and a link for everybody
  DAOYU_TELEGRAM_TOKEN=123456:ABC... daoyu serve

Settings come from daoyu.toml and the environment; the environment wins. `daoyu serve --help` names them all.
Exit codes: 0 done, 1 refused (the reason is on stderr), 2 wrong use.";

#[derive(Parser)]
#[command(name = "daoyu", version, about = "daoyu 导育: a Telegram bot that runs a school's mentor system", after_help = EXAMPLES)]
#[command(propagate_version = true, arg_required_else_help = true)]
struct Line {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show everything with a made-up school in the browser; needs no token and no account
    Demo(demo::Args),
    /// Run the bot
    Serve(serve::Args),
    /// Schools: begin one, list them, change a policy
    #[command(subcommand)]
    School(school::Cmd),
    /// The list of staff, students and families
    #[command(subcommand)]
    Roster(roster::Cmd),
    /// The marks of exams, and how classes did
    #[command(subcommand)]
    Marks(marks::Cmd),
    /// How a month was, of many students at once
    #[command(subcommand)]
    Performance(performance::Cmd),
    /// One person: what is kept, its deletion, a guardian who is none any more, what people asked for
    #[command(subcommand)]
    Person(person::Cmd),
    /// Terms, days off and make-up days
    #[command(subcommand)]
    Calendar(calendar::Cmd),
    /// Groups of students that mentors lead, such as happy-growth groups
    #[command(subcommand)]
    Group(group::Cmd),
    /// One-time codes with which people join
    #[command(subcommand)]
    Invite(invite::Cmd),
    /// Sheets to print for those who are not in the chat
    #[command(subcommand)]
    Paper(sheets::Cmd),
    /// Who may do what
    #[command(subcommand)]
    Access(access::Cmd),
    /// What stands open: who owes which talk or contact, and since when
    #[command(subcommand)]
    Duty(duty::Cmd),
    /// The rules of a school, as files
    #[command(subcommand)]
    Policy(policy::Cmd),
    /// Look whether all is well: the database, Telegram, what waits or was set aside; changes nothing
    Doctor(doctor::Args),
    /// Messages that could not be sent: look, try again, drop
    #[command(subcommand)]
    Outbox(aside::Outbox),
    /// Updates that could not be answered: look, try again
    #[command(subcommand)]
    Inbox(aside::Inbox),
    /// Write everything into one file, also while the bot runs
    Backup(backup::Args),
    /// Fill an empty database from a backup, or check a backup
    Restore(restore::Args),
    /// Measure how fast and how small all this is, on this machine
    #[command(subcommand)]
    Bench(bench::Cmd),
}

impl Command {
    async fn run(self, common: &Common, answers: Arc<dyn Answers>) -> Result<(), Stop> {
        match self {
            Command::Demo(args) => demo::run(args, common).await,
            Command::Serve(args) => serve::run(args, common, answers).await,
            Command::School(cmd) => school::run(cmd, common).await,
            Command::Roster(cmd) => roster::run(cmd, common).await,
            Command::Marks(cmd) => marks::run(cmd, common).await,
            Command::Performance(cmd) => performance::run(cmd, common).await,
            Command::Person(cmd) => person::run(cmd, common).await,
            Command::Calendar(cmd) => calendar::run(cmd, common).await,
            Command::Group(cmd) => group::run(cmd, common).await,
            Command::Invite(cmd) => invite::run(cmd, common).await,
            Command::Paper(cmd) => sheets::run(cmd, common).await,
            Command::Access(cmd) => access::run(cmd),
            Command::Duty(cmd) => duty::run(cmd, common).await,
            Command::Policy(cmd) => policy::run(cmd),
            Command::Doctor(args) => doctor::run(args, common).await,
            Command::Outbox(cmd) => aside::outbox(cmd, common).await,
            Command::Inbox(cmd) => aside::inbox(cmd, common).await,
            Command::Backup(args) => backup::run(args, common).await,
            Command::Restore(args) => restore::run(args, common).await,
            Command::Bench(cmd) => bench::run(cmd, common).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Line::command().debug_assert();
    }

    #[test]
    fn every_command_and_option_is_explained() {
        fn explained(command: &clap::Command) {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                assert!(arg.get_help().is_some(), "{} {}", command.get_name(), arg.get_id());
            }
            command.get_subcommands().for_each(explained);
        }
        explained(&Line::command());
    }
}
