//! The only room that knows Telegram, and the only one that names teloxide.
//!
//! - `call` makes the final bodies from teloxide's payload types; `document` keeps files among them.
//! - `send` makes one call and says what became of it; `client` is the thin way to the server and back,
//!   over connections that `lines` keeps.
//! - `fetch` gets the files that people send.
//! - `hear` reads raw updates into our words; `poll` fetches them, a batch at a time.
//! - `setup` is said to Telegram once at the start.

mod call;
mod client;
mod document;
mod fetch;
mod hear;
mod lines;

mod poll;
mod send;
mod setup;

pub use client::{Failure, Unusable};

pub use poll::run;
pub use setup::{Me, WebhookInfo};

use crate::school::AccountId;
use client::Client;
use std::{sync::OnceLock, time::Duration};

const PATIENCE: Duration = Duration::from_secs(15);

/// One bot at Telegram. Shared behind an `Arc`; all calls go over one pool of connections.
pub struct Telegram {
    client: Client,
    /// Who we are, once `getMe` has told it.
    me: OnceLock<Me>,
    /// How long a call may take, connecting included.
    patience: Duration,
}

impl Telegram {
    /// The bot with this token at the Bot API of this address (`https://api.telegram.org`). Nothing is sent yet.
    pub fn new(api_url: &str, token: &str) -> Result<Telegram, Unusable> {
        Ok(Telegram { client: Client::new(api_url, token)?, me: OnceLock::new(), patience: PATIENCE })
    }

    /// The same bot, waiting for an answer only so long: a test does not want to wait for 15 s.
    pub fn with_patience(self, patience: Duration) -> Telegram {
        Telegram { patience, ..self }
    }
}

/// The account of a Telegram chat; a private chat has its person's id.
pub fn account(chat: i64) -> AccountId {
    AccountId::from(format!("tg:{chat}"))
}

/// The Telegram chat of an account; `None` for an account of another messenger.
pub fn chat(account: &AccountId) -> Option<i64> {
    account.as_str().strip_prefix("tg:")?.parse().ok()
}
