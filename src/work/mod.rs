//! The loops: each is a `step` that does what is due now, and a loop around it.
//!
//! - [`dispatch`]: what people said -> answers -> outbox, in one transaction per batch.
//! - [`sweep`]: the clock -> duties -> nudges -> outbox.
//! - [`deliver`]: outbox -> messenger.

pub mod channel;
pub mod deliver;
pub mod dispatch;
mod line;
pub mod outgoing;
pub mod run;
pub mod sweep;

use crate::{clock::Clock, metrics::Metrics, store::Store, text::Texts};
use channel::Channel;
use std::sync::Arc;

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
    pub metrics: Metrics,
    /// This process, told from all others by more than a host name.
    pub me: String,
    /// The messenger's number of our bot.
    pub bot: i64,
}
