//! The loops: each is a `step` that does what is due now, and a loop around it.
//!
//! - [`dispatch`]: what people said -> answers -> outbox, in one transaction per batch.
//! - [`sweep`]: the clock -> duties -> nudges -> outbox.
//! - [`deliver`]: outbox -> messenger.

pub mod channel;
pub mod deliver;
pub mod dispatch;
pub mod gather;
pub mod lead;
mod line;
pub mod outgoing;
pub mod pace;
pub mod run;
pub mod sweep;

use crate::{clock::Clock, metrics::Metrics, store::Store, text::Texts};
use channel::Channel;
use std::sync::Arc;
use tokio::sync::Notify;

/// What all loops of a process share.
pub struct House {
    /// The books.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// The words.
    pub texts: Texts,
    /// The messenger.
    pub channel: Arc<dyn Channel>,
    /// What was counted.
    pub metrics: Arc<Metrics>,
    /// Rung when something new is in the outbox.
    pub posted: Notify,
    /// Rung when the clock was moved by hand.
    pub clock_moved: Notify,
    /// This process, told from all others by more than a host name.
    pub me: String,
    /// The messenger's number of our bot.
    pub bot: i64,
}

impl House {
    /// A house over its parts; every process gets a name of its own.
    pub fn new(store: Store, clock: Clock, texts: Texts, channel: Arc<dyn Channel>, bot: i64) -> House {
        House {
            store,
            clock,
            texts,
            channel,
            bot,
            metrics: Arc::default(),
            posted: Notify::new(),
            clock_moved: Notify::new(),
            me: uuid::Uuid::now_v7().simple().to_string(),
        }
    }
}
