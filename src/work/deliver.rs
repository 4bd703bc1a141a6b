//! Outbox -> messenger. One message of a chat at a time, in order; chats beside each other. What became of messages is
//! written in batches; what was sent leaves the outbox.

use super::{
    House,
    attempt::{Tried, try_row},
    handed::Ids,
    line::Line,
    outcomes::{Noted, Writing},
    pace::Pace,
    verdict::{Verdict, judge},
};
use crate::{
    school::{AccountId, At},
    store::{OutRow, Settled},
};
use anyhow::Result;
use chrono::TimeDelta;
use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
    time::Duration,
};
use tokio::task::JoinSet;

/// Calls under way at the same time.
const ABREAST: usize = 64;
/// Rows held at once where messages go.
const CLAIM: usize = 500;
/// Rows held at once in all: those of chats that were told to wait are held, too, so that nothing overtakes them.
const HELD: usize = 10_000;
/// Messages of just now may be known to somebody who has not told us yet.
const JUST_NOW: TimeDelta = TimeDelta::seconds(5);

/// The sender of one process.
pub struct Deliver {
    house: Arc<House>,
    /// As whom we hold what we hold.
    me: Arc<str>,
    /// What is in our hands: waiting, under way, or not yet written.
    held: HashSet<String>,
    /// What was found in the books: whoever wrote it may still hand it over, when it has long been sent.
    taken_up: HashSet<String>,
    line: Line,
    under_way: JoinSet<Tried>,
    pace: Pace,
    /// The latest that we have seen on the clock.
    seen: At,
    /// When the first message that went back to the outbox may be tried again.
    again_at: Option<At>,
    /// Whether the last look into the outbox was cut short: there may be more.
    more: bool,
    /// What became of messages, where it is written by itself.
    writing: Writing,
}

/// What happened while the sender waited.
pub enum Happened {
    /// Calls have ended.
    Ended(Vec<Tried>),
    /// What became of messages is in the books, or could not be written.
    Written(Result<()>),
}

impl Deliver {
    /// A sender with nothing to send.
    pub fn new(house: Arc<House>, pace: Pace) -> Deliver {
        Deliver {
            me: house.life.me(),
            held: HashSet::new(),
            taken_up: HashSet::new(),
            house,
            pace,
            line: Line::default(),
            under_way: JoinSet::new(),
            again_at: None,
            seen: At(0),
            more: false,
            writing: Writing::default(),
        }
    }

    /// Rows that this process wrote into its own hands. What it held before it was buried is not its own any more.
    pub fn hand(&mut self, rows: Vec<OutRow>) {
        self.begin_anew_if_buried();
        // What was written with these rows first: their chats are free by now.
        self.hear();
        // Some lie open behind what lay open before them.
        self.more |= rows.iter().any(|row| row.holder.is_empty());
        for row in rows {
            if !self.taken_up.remove(&row.id) {
                self.hold(row);
            }
        }
    }

    /// Says whether the row is new to our hands.
    fn hold(&mut self, row: OutRow) -> bool {
        let is_new = row.holder == self.me && self.held.insert(row.id.clone());
        if is_new {
            self.house.outcomes.is_awaited_by(&row.account);
            self.line.push(row);
        }
        is_new
    }

    /// Claims what is due in the outbox; says how many rows it took.
    pub async fn claim(&mut self) -> Result<usize> {
        self.begin_anew_if_buried();
        let now = self.house.clock.now();
        if self.again_at.is_some_and(|at| at <= now) {
            self.again_at = None;
        }
        let (all, moving) = self.line.len();
        let room = CLAIM.saturating_sub(moving).min(HELD.saturating_sub(all));
        if room == 0 {
            return Ok(0);
        }
        let claimed = async {
            let mut tx = self.house.write_as_me(&self.me).await?;
            let rows = tx.claim_outbox(&self.me, now, i64::try_from(room)?).await?;
            tx.commit().await?;
            anyhow::Ok(rows)
        };
        let rows = claimed.await.inspect_err(|_| self.house.doubt.arises())?;
        self.begin_anew_if_buried();
        let count = rows.len();
        self.more = count == room;
        for row in rows {
            self.hold(row);
        }
        Ok(count)
    }

    /// Takes what other processes have put into our hands.
    pub async fn take_handed(&mut self) -> Result<()> {
        self.begin_anew_if_buried();
        let Ids { told, found } = self.house.handed.take();
        let unknown = |it: &&String| !self.held.contains(*it);
        let unknown: BTreeSet<String> = told.union(&found).filter(unknown).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let ids: Vec<String> = unknown.into_iter().collect();
        let read = async {
            let mut tx = self.house.store.look().await?;
            let rows = tx.handed(&self.me, &ids).await?;
            tx.leave().await?;
            anyhow::Ok(rows)
        };
        // The books keep it.
        let rows = read.await.inspect_err(|_| self.house.doubt.arises())?;
        self.begin_anew_if_buried();
        for row in rows {
            let id = row.id.clone();
            // It may be our own, and is handed over later than it was found.
            if self.hold(row) && !told.contains(&id) {
                self.taken_up.insert(id);
            }
        }
        Ok(())
    }

    /// Takes up what the books say is in our hands and we know nothing of: a commit took effect and its answer was lost. Or
    /// it is late: a process that slept in the middle of a commit finds its own rows in the books before they are handed over.
    pub async fn take_up(&mut self) -> Result<()> {
        let before = self.house.clock.now().minus(JUST_NOW);
        let mut tx = self.house.write_as_me(&self.me).await?;
        let rows = tx.held_by(&self.me, before).await?;
        tx.commit().await?;
        self.begin_anew_if_buried();
        if self.taken_up.len() > HELD {
            self.taken_up.clear();
        }
        for row in rows {
            let id = row.id.clone();
            if self.hold(row) {
                self.taken_up.insert(id);
            }
        }
        Ok(())
    }

    /// Sends everything that may go now and writes what became of it; says how many rows were tried. For tests and for
    /// the last seconds of a process: it returns when nothing is under way.
    pub async fn step(&mut self) -> Result<usize> {
        // Chats may wait for what became of messages before.
        self.settle(Vec::new()).await?;
        self.take_handed().await?;
        self.claim().await?;
        let mut tried = 0;
        loop {
            self.start();
            let done = self.ended().await;
            if done.is_empty() {
                return Ok(tried);
            }
            tried += done.len();
            self.settle(done).await?;
        }
    }

    /// Starts calls for chats that may be written to now. None while others may have taken our place: what we hold may be
    /// in their hands.
    pub fn start(&mut self) {
        self.begin_anew_if_buried();
        if !self.house.life.is_sure() {
            return;
        }
        self.hear();
        let now = self.now();
        while self.under_way.len() < ABREAST {
            let may = |account: &AccountId, class| self.pace.may(account, class, now);
            let Some(row) = self.line.next(now, may) else { return };
            self.under_way.spawn(try_row(self.house.clone(), row));
        }
    }

    /// Waits for a call to end and takes what else has ended; empty when none is under way. Safe to drop while it
    /// waits: what has ended is then given next time.
    pub async fn ended(&mut self) -> Vec<Tried> {
        let mut done: Vec<Tried> = self.under_way.join_next().await.into_iter().flatten().collect();
        while let Some(next) = self.under_way.try_join_next() {
            done.extend(next.ok());
        }
        done
    }

    /// Gives back to the outbox what is held and not under way: for the end of a process.
    pub async fn give_back(&mut self) -> Result<()> {
        let now = self.house.clock.now();
        let open = |(row, until): (OutRow, At)| Settled::Again {
            id: row.id,
            at: until.max(now),
            tried: false,
            error: String::new(),
        };
        let rows: Vec<Settled> = self.line.take_all().into_iter().map(open).collect();
        let mut tx = self.house.write_as_me(&self.me).await?;
        tx.settle(&rows, now).await?;
        tx.commit().await
    }

    /// Now. When the clock was set back, what waits for a moment does not wait for as much longer.
    fn now(&mut self) -> At {
        let now = self.house.clock.now();
        if now < self.seen {
            let by = now.since(self.seen);
            self.line.shift(by);
            self.pace.shift(by);
            self.again_at = self.again_at.map(|at| at.plus(by));
        }
        self.seen = now;
        now
    }

    /// Whoever was taken for dead drops all it holds: others have it. Calls under way are broken off.
    fn begin_anew_if_buried(&mut self) {
        let me = self.house.life.me();
        if me != self.me {
            self.me = me;
            self.line.take_all();
            self.held.clear();
            self.taken_up.clear();
            self.under_way = JoinSet::new();
            self.house.outcomes.forget();
        }
    }

    /// When a chat that waits in memory may be written to, or a message that went back to the outbox tried again.
    pub fn next_at(&self) -> Option<At> {
        // While nothing may begin, a chat whose moment has come is no reason to wake.
        let may_begin = self.under_way.len() < ABREAST && self.house.life.is_sure();
        self.line.next_at().filter(|_| may_begin).into_iter().chain(self.again_at).min()
    }

    /// Whether a message that went back to the outbox may be tried again now, or there is more and room for it.
    pub fn may_claim(&self) -> bool {
        self.again_at.is_some_and(|at| at <= self.house.clock.now())
            || (self.more && self.line.len().1 < CLAIM / 2)
    }

    /// Whether a call is under way.
    pub fn is_sending(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Whether a call is under way, or what became of one is being written.
    pub fn is_busy(&self) -> bool {
        self.is_sending() || self.writing.is_under_way()
    }

    /// Waits for a call to end, or for what became of messages to be written. Safe to drop while it waits.
    pub async fn happens(&mut self) -> Happened {
        tokio::select! {
            biased;
            written = self.writing.ends(&self.house.outcomes) => Happened::Written(self.hear_of(written)),
            Some(first) = self.under_way.join_next() => {
                let mut done: Vec<Tried> = first.into_iter().collect();
                while let Some(next) = self.under_way.try_join_next() {
                    done.extend(next.ok());
                }
                Happened::Ended(done)
            }
        }
    }

    /// Notes what became of messages and writes it, and returns when it is written. For tests and for the last seconds of a
    /// process.
    pub async fn settle(&mut self, done: Vec<Tried>) -> Result<()> {
        self.note(done);
        while self.house.outcomes.is_behind() || self.writing.is_under_way() {
            self.begin_writing();
            let written = self.writing.ends(&self.house.outcomes).await;
            self.hear_of(written)?;
        }
        Ok(())
    }

    /// How long what happened may wait to be written together with answers; nothing where it is written.
    pub fn writes_in(&self) -> Option<Duration> {
        self.house.outcomes.may_wait().filter(|_| !self.writing.is_under_way())
    }

    /// Begins to write what was noted, unless something is being written.
    pub fn begin_writing(&mut self) {
        let now = self.now();
        self.writing.begin(&self.house, now);
    }

    /// Notes what became of messages.
    pub fn note(&mut self, done: Vec<Tried>) {
        self.begin_anew_if_buried();
        let now = self.now();
        for Tried { row, fate } in done {
            if row.holder != self.me {
                continue;
            }
            // Where its place is remembered, the next message of its chat may be meant for it.
            let (chat, harmless) = (row.account.clone(), fate.is_harmless() && row.place.is_empty());
            match judge(&self.house, &mut self.pace, row, fate, now) {
                // It stays in our hands, so that nothing of its chat overtakes it.
                Verdict::Stuck(row, at) => self.line.put_back(row, at),
                Verdict::Settled(outcome, ended) => {
                    // A second copy of this one does no harm: its chat need not wait for the books.
                    let waits = (!harmless).then_some((&chat, self.line.has_more(&chat)));
                    self.house.outcomes.note(&self.me, waits, outcome, ended.map(|it| *it));
                    if harmless {
                        self.line.done(&chat);
                    }
                }
            }
        }
    }

    /// Hears of what was written together with answers.
    fn hear(&mut self) {
        for written in self.house.outcomes.written() {
            self.goes_on(&written);
        }
    }

    fn hear_of(&mut self, written: Result<Noted>) -> Result<()> {
        self.begin_anew_if_buried();
        self.goes_on(&written?);
        Ok(())
    }

    /// What is in the books is out of our hands, and its chats go on.
    fn goes_on(&mut self, written: &Noted) {
        if written.by != self.me {
            return;
        }
        for outcome in &written.settled {
            self.held.remove(outcome.id());
            if let Settled::Again { at, .. } = outcome {
                self.again_at = Some(self.again_at.map_or(*at, |first| first.min(*at)));
            }
        }
        for chat in &written.chats {
            self.line.done(chat);
        }
        if written.tells() {
            self.house.posted.notify_one();
        }
    }
}

impl House {
    /// Whether a message is on its way or may go now.
    pub async fn outbox_is_due(&self) -> Result<bool> {
        let mut tx = self.store.read().await?;
        tx.outbox_is_due(self.clock.now()).await
    }
}
