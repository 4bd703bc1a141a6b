//! Time passes: the clock -> duties -> nudges -> outbox.
//!
//! Nothing is scheduled per student. For each school the table `slot` says when to look next; looking means deriving what
//! stands open from the records. Several schools are looked at beside each other, in transactions that only read; what was
//! found is written by one after the other, so that whoever wants to write meanwhile waits for no look (`sweep/slot.rs`).
//!
//! Whoever moves a slot on tells what was found in the same transaction, so any number of processes may sweep: one of them
//! finds the row, the others pass it by. The key of a nudge is unique for ever.

mod slot;
mod told;

pub use slot::{Due, Looked};

use super::House;
use crate::{
    school::{At, SlotName},
    store::Dialect,
};
use anyhow::{Result, anyhow};
use chrono::TimeDelta;
use futures_util::{FutureExt, StreamExt, stream};
use std::{panic::AssertUnwindSafe, time::Duration};
use tokio::sync::mpsc;

/// A slot that failed is tried again after this.
const AFTER_TROUBLE: TimeDelta = TimeDelta::minutes(1);
/// So many slots are looked at beside each other. Each takes one of SQLite's four readers, and one is left for others.
const LOOKS: usize = 3;
/// So many wait to be written; then nothing more is looked at, so that the writer is not kept from its core.
const READY: usize = 2;
/// What is ready is written together as long as it is less than so many rows: whoever wants to write waits for no more.
const TOGETHER: usize = 100;

/// What a sweep did.
#[derive(Clone, Copy, Default, Debug)]
pub struct Swept {
    /// How many slots were due.
    pub slots: usize,
    /// How long the slowest of them took, from the first look to the commit.
    pub slowest: Duration,
}

/// What became of looking at a slot.
type Found = Result<Looked, (Due, anyhow::Error)>;

impl House {
    /// Does every slot that is due.
    pub async fn sweep(&self) -> Result<Swept> {
        let now = self.clock.now();
        self.lay_out_slots(now).await?;
        let mut due = self.due(now).await?;
        let slots = due.len();
        // Of several processes each begins elsewhere, or all would look at the same schools, and one alone would write.
        if self.store.dialect() == Dialect::Postgres && slots > 0 {
            due.rotate_left(rand::random_range(0..slots));
        }
        let (found, ready) = mpsc::channel(READY);
        let (slowest, ()) =
            tokio::join!(self.tell_what_is_ready(ready, now), self.look_at_all(due, now, found));
        self.metrics.sweeps.add(slots as u64);
        if slots > 0 {
            self.posted.notify_one();
        }
        Ok(Swept { slots, slowest: slowest? })
    }

    /// Looks at all of them, several at a time, and hands on what is found. None is left in the middle of its transaction.
    async fn look_at_all(&self, due: Vec<Due>, now: At, found: mpsc::Sender<Found>) {
        let found = &found;
        let look = |due: Due| async move {
            // Nobody writes any more.
            if found.is_closed() {
                return;
            }
            let looked = caught(self.look_at(due.clone(), now)).await.map_err(|fault| (due, fault));
            if let Some(looked) = looked.transpose() {
                found.send(looked).await.ok();
            }
        };
        stream::iter(due).for_each_concurrent(LOOKS, look).await;
    }

    /// Which slots are due.
    pub async fn due(&self, now: At) -> Result<Vec<Due>> {
        let mut tx = self.store.read().await?;
        let due = tx.due_slots(now).await?;
        tx.roll_back().await?;
        Ok(due.into_iter().map(|(school, name, at)| Due { school, name, at }).collect())
    }

    /// When the next slot of any school is due.
    pub async fn next_slot_at(&self) -> Result<Option<At>> {
        let mut tx = self.store.read().await?;
        tx.next_slot_at().await
    }

    /// A school's slots begin with the school: what would have been before is not made up.
    async fn lay_out_slots(&self, now: At) -> Result<()> {
        let new = {
            let mut tx = self.store.read().await?;
            tx.schools_without_slots().await?
        };
        for school in new {
            let mut tx = self.store.write().await?;
            let rules = match tx.rules(&school).await {
                Ok(rules) => rules,
                Err(fault) => {
                    tracing::error!(
                        school = school.as_str(),
                        error = format!("{fault:#}"),
                        "unreadable rules"
                    );
                    continue;
                }
            };
            for name in SlotName::ALL {
                tx.set_slot(&school, *name, slot::next_at(&rules, *name, now), Some(now)).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    /// Writes what was found, for as long as there is more; whatever became ready while a commit was made is the next one. Says
    /// how long the slowest slot took.
    async fn tell_what_is_ready(&self, mut ready: mpsc::Receiver<Found>, now: At) -> Result<Duration> {
        let mut slowest = Duration::ZERO;
        while let Some(first) = ready.recv().await {
            let (mut looked, mut rows, mut next) = (Vec::new(), 0, Some(first));
            while let Some(found) = next {
                match found {
                    Ok(it) => {
                        rows += it.rows();
                        looked.push(it);
                    }
                    Err((due, fault)) => self.put_off(&due, &fault, now).await?,
                }
                next = if rows < TOGETHER { ready.try_recv().ok() } else { None };
            }
            if looked.is_empty() {
                continue;
            }
            if caught(self.tell_of(&looked)).await.is_err() {
                // One school's trouble is not the others': each by itself.
                for it in &looked {
                    if let Err(fault) = caught(self.tell_of(std::slice::from_ref(it))).await {
                        self.put_off(it.due(), &fault, now).await?;
                    }
                }
            }
            slowest = looked.iter().map(Looked::took).fold(slowest, Duration::max);
        }
        Ok(slowest)
    }

    /// One school's trouble (rules that this version cannot read) is not the others'.
    async fn put_off(&self, due: &Due, fault: &anyhow::Error, now: At) -> Result<()> {
        tracing::error!(
            school = due.school.as_str(),
            slot = due.name.as_str(),
            error = format!("{fault:#}"),
            "a slot failed"
        );
        let mut tx = self.store.write().await?;
        tx.put_off_slot(&due.school, due.name, due.at, now.plus(AFTER_TROUBLE)).await?;
        tx.commit().await
    }
}

/// The same, with a panic as a fault.
async fn caught<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    AssertUnwindSafe(work).catch_unwind().await.unwrap_or_else(|_panic| Err(anyhow!("sweeping panicked")))
}
