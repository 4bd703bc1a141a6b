//! Who runs on which core: the bot has one for itself, what makes its load has another.

use anyhow::{Context, Result};
use std::{
    path::Path,
    process::{Command, Stdio},
};

/// The core of the bot, where there are two and the tool is there that puts processes onto them.
#[derive(Clone, Copy, Debug)]
pub struct Cores {
    bot: Option<usize>,
}

/// What puts a process onto a core, as Debian has it in `util-linux`.
const TASKSET: &str = "taskset";

impl Cores {
    /// Puts this process onto the last core and keeps the first for the bot.
    pub fn shared_out() -> Cores {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let here = std::process::id().to_string();
        let last = (count - 1).to_string();
        let moved = || {
            let mut taskset = Command::new(TASKSET);
            taskset.args(["-a", "-c", "-p", &last, &here]).stdout(Stdio::null()).stderr(Stdio::null());
            taskset.status().is_ok_and(|it| it.success())
        };
        Cores { bot: (count > 1 && moved()).then_some(0) }
    }

    /// Whether the bot has a core for itself.
    pub fn are_apart(self) -> bool {
        self.bot.is_some()
    }

    /// A command that runs on the bot's core.
    pub fn command(self, program: &Path) -> Command {
        match self.bot {
            Some(core) => {
                let mut command = Command::new(TASKSET);
                command.args(["-c", &core.to_string()]).arg(program);
                command
            }
            None => Command::new(program),
        }
    }
}

/// Time that the machine's owner took from all of us, and all the time there was, in ticks.
#[derive(Clone, Copy, Debug)]
pub struct Stolen {
    stolen: u64,
    all: u64,
}

impl Stolen {
    /// Until now.
    pub fn now() -> Result<Stolen> {
        let text = std::fs::read_to_string("/proc/stat").context("reading /proc/stat")?;
        let ticks: Vec<u64> = text
            .lines()
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .filter_map(|it| it.parse().ok())
            .collect();
        // user nice system idle iowait irq softirq steal; guests are counted in the first two.
        Ok(Stolen { stolen: ticks.get(7).copied().unwrap_or_default(), all: ticks.iter().take(8).sum() })
    }

    /// The share since then, in percent.
    pub fn since(self, then: Stolen) -> f64 {
        (self.stolen - then.stolen) as f64 * 100.0 / (self.all - then.all).max(1) as f64
    }
}
