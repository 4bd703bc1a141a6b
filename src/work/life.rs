//! The life of this process, as the others see it. On PostgreSQL it says every few seconds that it is alive; whoever falls
//! silent is buried by another, which frees its messages and leases in that moment. A process that only slept finds itself
//! buried when it wakes: it drops all it holds and lives on under a new id, so nothing is ever written under the old one.
//!
//! Silence is what another process has seen on its own watch: the row did not change while it looked every few seconds. So no
//! clock is compared with another, and after a time in which nobody could look (the database was away or stood still, the
//! machine slept) all have as long to speak as before.
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
    collections::HashMap,
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

/// Other processes, each with what its last beat has left and since when that has not changed.
type Others = HashMap<String, (i64, Instant)>;

#[derive(Clone)]
struct Now {
    id: Arc<str>,
    /// When the last beat was begun that was heard. Both clocks: one stands still while a machine sleeps, the other may be
    /// set.
    heard: (Instant, At),
    /// What was last heard of the others, and since when it has not changed.
    others: Others,
    /// When we last looked at the others.
    looked: Instant,
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
        self.read(|now| now.id.clone())
    }

    /// Whether nobody can have taken our place yet.
    pub fn is_sure(&self) -> bool {
        self.alone || is_recent(self.read(|now| now.heard))
    }

    /// Whether what is in the hands of this one may be sent: it is us, in this life, and nobody can have taken our place yet.
    pub fn may_send_for(&self, holder: &str) -> bool {
        let (is_me, heard) = self.read(|now| (*now.id == *holder, now.heard));
        is_me && (self.alone || is_recent(heard))
    }

    fn read<T>(&self, what: impl FnOnce(&Now) -> T) -> T {
        what(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, now: Now) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

/// Whether nobody has buried a process of which this was the last beat that was heard.
fn is_recent((monotonic, wall): (Instant, At)) -> bool {
    let limit = LIFE - MARGIN;
    let passed = Clock::System.now().since(wall).abs().to_std().unwrap_or_default();
    monotonic.elapsed() < limit && passed < limit
}

impl Now {
    /// What is known of the others by now, and who of them has been silent for too long. A row that stands still while
    /// nobody looked at it proves nothing.
    fn look(&self, rows: Vec<(String, i64)>, now: Instant) -> (Others, Vec<(String, i64)>) {
        let steady = now.duration_since(self.looked) < LIFE / 2;
        let others = rows.into_iter().filter(|(id, _)| **id != *self.id).map(|(id, beat)| {
            let since =
                self.others.get(&id).filter(|(last, _)| steady && *last == beat).map_or(now, |(_, at)| *at);
            (id, (beat, since))
        });
        let others: Others = others.collect();
        let silent = others.iter().filter(|(_, (_, since))| now.duration_since(*since) >= LIFE);
        let silent = silent.map(|(id, (beat, _))| (id.clone(), *beat)).collect();
        (others, silent)
    }

    fn new() -> Now {
        // More than a host name and a process id: those come again.
        let id = uuid::Uuid::now_v7().simple().to_string();
        let heard = (Instant::now(), Clock::System.now());
        Now { id: id.into(), heard, others: HashMap::new(), looked: heard.0 }
    }
}

impl House {
    /// A transaction for what is in our hands. Until it ends nobody buries us; when somebody has, it is refused.
    pub async fn write_as_me(&self, me: &str) -> Result<Tx> {
        match self.store.write_as(me).await? {
            Some(tx) => Ok(tx),
            None => {
                self.metrics.stale_writes_refused.add(1);
                Err(Buried.into())
            }
        }
    }

    /// Says that we live, and buries who does not.
    pub async fn beat(&self) -> Result<()> {
        if self.life.alone {
            return Ok(());
        }
        let was = self.life.read(Now::clone);
        let begun = Now::new();
        let mut tx = self.store.write_for_life().await?;
        let now = Clock::System.now();
        let lives = tx.beat(&was.id, now, milliseconds(LIFE)).await?;
        if !lives {
            tx.begin_process(&begun.id, now, milliseconds(LIFE)).await?;
        }
        let (others, silent) = was.look(tx.processes().await?, Instant::now());
        let mut buried = Vec::new();
        for (process, last) in silent {
            buried.extend(tx.bury_if_silent(&process, last).await?);
        }
        tx.commit().await?;
        let id = if lives { was.id } else { begun.id };
        self.life.set(Now { id, heard: begun.heard, others, looked: Instant::now() });
        if !lives {
            tracing::warn!(
                "this process was taken for dead while it slept: it drops what it held and begins anew"
            );
            self.metrics.lives.add(1);
            self.posted.notify_one();
        }
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
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn after(now: &Now, rows: &[(&str, i64)], at: Instant) -> (Now, Vec<String>) {
        let rows = rows.iter().map(|(id, beat)| ((*id).to_owned(), *beat)).collect();
        let (others, silent) = now.look(rows, at);
        (Now { others, looked: at, ..now.clone() }, silent.into_iter().map(|(id, _)| id).collect())
    }

    #[test]
    fn only_who_was_seen_to_be_silent_is_silent() {
        let begin = Instant::now();
        let at = |seconds| begin + Duration::from_secs(seconds);
        let mut now = Now::new();
        for second in (0..=30).step_by(3) {
            let silent;
            (now, silent) = after(&now, &[("quick", second), ("dead", 7)], at(second as u64));
            assert_eq!(silent, if second < 15 { vec![] } else { vec!["dead"] }, "{second} s");
        }
        // Nobody could look for a minute: the row of one who lives stands as it stood.
        let (now, silent) = after(&now, &[("quick", 30)], at(90));
        assert_eq!(silent, [""; 0]);
        let (now, silent) = after(&now, &[("quick", 30)], at(93));
        assert_eq!(silent, [""; 0], "it has as long to speak as before");
        let mut now = now;
        for second in (96..105).step_by(3) {
            (now, _) = after(&now, &[("quick", 30)], at(second));
        }
        assert_eq!(after(&now, &[("quick", 30)], at(105)).1, ["quick"]);
        assert_eq!(
            after(&now, &[(&*now.id.clone(), 1)], at(105)).1,
            [""; 0],
            "oneself is never buried by oneself"
        );
    }
}
