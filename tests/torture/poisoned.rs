//! `daoyu serve` as a process of this very program, with answers that can be poisoned: the command line, the loops and the
//! database are the true ones.

use crate::process::Town;
use daoyu::{
    chat::{Answers, Incoming, Outcome, desk::Desk, filling::Filling, router::Router},
    store::Visitor,
};
use futures_util::future::BoxFuture;
use std::{
    future::pending,
    process::{Command, ExitCode},
    sync::Arc,
};

/// Who says this makes the answer panic.
pub const PANICS: &str = "panic!";
/// Who says this gets no answer, and neither does whoever waits for it.
pub const HANGS: &str = "hang!";
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
    (role == "poisoned").then(|| daoyu::cli::run_answering(Arc::new(Poisoned)))
}

struct Poisoned;

impl Answers for Poisoned {
    fn answer<'a, 'b: 'a>(
        &'a self,
        desk: &'a mut Desk<'b>,
        visitor: &'a Visitor,
        filling: Option<Filling>,
        incoming: &'a Incoming,
    ) -> BoxFuture<'a, anyhow::Result<Outcome>> {
        let said = format!("{:?}", incoming.said);
        Box::pin(async move {
            assert!(!said.contains(PANICS), "poison");
            if said.contains(HANGS) {
                return pending().await;
            }
            Router.answer(desk, visitor, filling, incoming).await
        })
    }
}
