//! The loops: each is a `step` that does what is due now, and a loop around it.
//!
//! - [`dispatch`]: what people said -> answers -> outbox, in one transaction per batch.
//! - [`sweep`]: the clock -> duties -> nudges -> outbox.
//! - [`deliver`]: outbox -> messenger; `uploads` reads files into the books on the way.

mod attempt;
mod batch;
pub mod channel;
pub mod deliver;
pub mod dispatch;
pub mod doubt;
mod ended;
pub mod gather;
pub mod handed;
pub mod lead;
pub mod life;
mod line;
pub mod outcomes;
pub mod outgoing;
pub mod pace;
pub mod pulse;
pub mod run;
pub mod sweep;
mod uploads;
mod verdict;
mod watch;

use crate::{
    chat::{Answers, router::Router},
    clock::Clock,
    metrics::Metrics,
    store::Store,
    text::Texts,
};
use anyhow::Result;
use channel::Channel;
use doubt::Doubt;
use handed::Handed;
use life::Life;
use outcomes::Outcomes;
use pulse::Pulse;
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
    /// Who knows what is answered.
    pub answers: Arc<dyn Answers>,
    /// What was counted.
    pub metrics: Arc<Metrics>,
    /// Rung when something new is in the outbox.
    pub posted: Notify,
    /// Whether the books may say that we hold what we do not know of.
    pub doubt: Doubt,
    /// Rung when something was left in the inbox to be answered by itself.
    pub left_open: Notify,
    /// Rung when the clock was moved by hand.
    pub clock_moved: Notify,
    /// This process among all others.
    pub life: Life,
    /// What became of messages and is not in the books yet.
    pub outcomes: Outcomes,
    /// What others have put into our hands.
    pub handed: Handed,
    /// When we last heard from the messenger.
    pub pulse: Arc<Pulse>,
    /// The messenger's number of our bot.
    pub bot: i64,
    /// Held by who reads a file: one at a time, since each may take a hundred megabytes.
    pub reading: tokio::sync::Mutex<()>,
}

impl House {
    /// A house over its parts, and a life that begins.
    pub async fn open(
        store: Store,
        clock: Clock,
        texts: Texts,
        channel: Arc<dyn Channel>,
        bot: i64,
    ) -> Result<House> {
        Ok(House {
            life: Life::begin(&store).await?,
            metrics: store.metrics().clone(),
            store,
            clock,
            texts,
            channel,
            answers: Arc::new(Router),
            bot,
            reading: tokio::sync::Mutex::default(),
            posted: Notify::new(),
            left_open: Notify::new(),
            clock_moved: Notify::new(),
            outcomes: Outcomes::default(),
            handed: Handed::default(),
            pulse: Arc::default(),
            doubt: Doubt::default(),
        })
    }
}
