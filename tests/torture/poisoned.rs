//! `daoyu serve` as a process of this very program, with answers that can be poisoned: the command line, the loops and the
//! database are the true ones.

#[path = "../support/poisoned.rs"]
mod answers;

pub use answers::{HANGS, PANICS};

use crate::process::Town;
use std::{
    process::{Command, ExitCode},
    sync::Arc,
};

/// Tells this program that it is the bot.
const ROLE: &str = "DAOYU_TORTURE_ROLE";

/// The settings of a poisoned process.
pub fn settings(town: &Town) -> Command {
    let plain = town.settings();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(plain.get_args()).env_clear().current_dir(town.folder.path()).env(ROLE, "poisoned");
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.stdin(std::process::Stdio::null());
    command
}

/// Runs the bot, if that is what this process was started for.
pub fn serves() -> Option<ExitCode> {
    let role = std::env::var_os(ROLE)?;
    (role == "poisoned").then(|| daoyu::cli::run_answering(Arc::new(answers::Poisoned)))
}
