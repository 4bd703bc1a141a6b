//! The life of this process, as the others see it. On PostgreSQL it says every few seconds that it is alive; whoever falls
//! silent is buried by another, which frees its messages and leases in that moment. A process that only slept finds itself
//! buried when it wakes: it drops all it holds and lives on under a new id, so nothing is ever written under the old one.
//!
//! On SQLite a process is alone, which the lock of its file proves: it is always sure of itself, and whoever was there
//! before it is dead.

use super::House;
use crate::{
    clock::Clock,
    school::At,
    store::{Dialect, Store, Tx},
};
use anyhow::Result;
use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

/// A process that has said nothing for so long is dead.
const LIFE: Duration = Duration::from_secs(15);
/// How often it says that it lives.
pub(super) const BEAT: Duration = Duration::from_secs(3);
/// Before others may bury it, it stops to send: a beat's way to the database and back, and clocks that differ.
const MARGIN: Duration = Duration::from_secs(3);

/// Who we are, and until when we may be sure that nobody has taken our place.
pub struct Life {
    alone: bool,
    now: RwLock<Now>,
}

#[derive(Clone)]
struct Now {
    id: Arc<str>,
    /// Before the last beat that was heard. Both clocks: one stands still while a machine sleeps, the other may be set.
    heard: (Instant, At),
    /// Since when every beat was heard. After the database was away, all are given the time to say that they live.
    steady_since: Instant,
}

/// We were taken for dead: nothing of what we hold is ours any more.
#[derive(Debug, thiserror::Error)]
#[error("this process was taken for dead; it drops what it holds and begins anew")]
pub struct Buried;

impl Life {
    /// Begins to live.
    pub async fn begin(store: &Store) -> Result<Life> {
        let life = Life { alone: store.dialect() == Dialect::Sqlite, now: RwLock::new(Now::new()) };
        let mut tx = store.write().await?;
        if life.alone {
            let dead = tx.bury_all_but(&life.me()).await?;
            tracing::debug!(dead.messages, "what the process before us held is free");
        } else {
            tx.begin_process(&life.me(), Clock::System.now(), milliseconds(LIFE)).await?;
        }
        tx.commit().await?;
        Ok(life)
    }

    /// Our id: new after every burial.
    pub fn me(&self) -> Arc<str> {
        self.read().id
    }

    /// Whether nobody can have taken our place yet.
    pub fn is_sure(&self) -> bool {
        let (monotonic, wall) = self.read().heard;
        let limit = LIFE - MARGIN;
        let passed = Clock::System.now().since(wall).abs().to_std().unwrap_or_default();
        self.alone || (monotonic.elapsed() < limit && passed < limit)
    }

    fn read(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, now: Now) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Now {
    fn new() -> Now {
        // More than a host name and a process id: those come again.
        let id = uuid::Uuid::now_v7().simple().to_string();
        let heard = (Instant::now(), Clock::System.now());
        Now { id: id.into(), heard, steady_since: heard.0 }
    }
}

impl House {
    /// A transaction for what is in our hands. Until it ends nobody buries us; when somebody has, it is refused.
    pub async fn write_as_me(&self, me: &str) -> Result<Tx> {
        let mut tx = self.store.write().await?;
        if !self.life.alone && !tx.stands(me).await? {
            self.metrics.stale_writes_refused.add(1);
            return Err(Buried.into());
        }
        Ok(tx)
    }

    /// Says that we live, and buries who does not. After an error the others' silence proves nothing for a while.
    pub async fn beat(&self) -> Result<()> {
        if self.life.alone {
            return Ok(());
        }
        let was = self.life.read();
        let asked = Now::new();
        let beaten = self.beat_as(&was, &asked).await;
        match &beaten {
            Ok(true) => self.life.set(Now { heard: asked.heard, ..was }),
            Ok(false) => {
                tracing::warn!(
                    "this process was taken for dead while it slept: it drops what it held and begins anew"
                );
                self.metrics.lives.add(1);
                self.life.set(asked);
                self.posted.notify_one();
            }
            Err(_) => self.life.set(Now { steady_since: Instant::now(), ..was }),
        }
        beaten.map(drop)
    }

    /// Whether we still lived under our old id; otherwise we live under the new one.
    async fn beat_as(&self, was: &Now, new: &Now) -> Result<bool> {
        let mut tx = self.store.write().await?;
        let now = Clock::System.now();
        let lives = tx.beat(&was.id, now, milliseconds(LIFE)).await?;
        if !lives {
            tx.begin_process(&new.id, now, milliseconds(LIFE)).await?;
        }
        let buried = match was.steady_since.elapsed() >= LIFE {
            true => tx.bury_the_silent(now).await?,
            false => Vec::new(),
        };
        tx.commit().await?;
        for dead in buried {
            tracing::warn!(
                process = dead.process,
                dead.messages,
                "another process fell silent: what it held is free"
            );
            self.metrics.processes_buried.add(1);
            self.metrics.messages_recovered.add(dead.messages);
            self.posted.notify_one();
        }
        Ok(lives)
    }

    /// The polite end: others need not wait for our silence.
    pub async fn leave(&self) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.bury(&self.life.me()).await?;
        tx.commit().await
    }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
