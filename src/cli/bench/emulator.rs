//! The Telegram between the load and the bot.

use super::load::Load;
use crate::sandbox::{Fault, FaultKind, Sandbox};
use anyhow::{Context, Result};
use std::{net::Ipv4Addr, time::Duration};

/// A Telegram on loopback, for one bot.
pub struct Emulator {
    /// Its state.
    pub sandbox: Sandbox,
    /// The bot's token.
    pub token: String,
    /// The address before `/bot<token>`.
    pub api: String,
    /// Where it lives, and whoever talks to it.
    pub load: Load,
}

impl Emulator {
    /// One in which nothing has happened, with the accounts of these people. Each has a bot of its own, or a database that has
    /// seen an earlier one would know the numbers of its updates.
    pub async fn with(people: impl Iterator<Item = i64>) -> Result<Emulator> {
        let token = format!(
            "{}:AAE-sandbox_sandbox_sandbox_12345",
            rand::random_range(7_000_000_000_u64..8_000_000_000)
        );
        let sandbox = Sandbox::new(&token);
        // What was said and sent would fill the memory: the newest of each chat is enough.
        sandbox.ledger_limit(Some(0));
        sandbox.history_limit(6);
        let load = Load::begin()?;
        let listens = sandbox.clone();
        let listening = async move { listens.listen((Ipv4Addr::LOCALHOST, 0).into()).await };
        let address = load.does(listening).await?.context("listening as Telegram")?;
        for person in people {
            sandbox.user(person, "Student", "zh-hans").starts_silently();
        }
        Ok(Emulator { sandbox, token, api: format!("http://{address}"), load })
    }

    /// Every call takes this long, as over a long way.
    pub fn is_far_away(&self, latency: Duration) {
        if latency > Duration::ZERO {
            self.sandbox.fault(Fault::new(FaultKind::Hang(latency)));
        }
    }
}
