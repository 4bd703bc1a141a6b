//! What people said -> answers -> outbox. What was received is stored and answered in one transaction, before the
//! messenger is told that it arrived: one commit serves a whole batch.
//!
//! An answer that fails is put off alone, and the batch is answered without it: it backs off, and after five tries is set
//! aside for the operator. When nobody can say whose fault it was, all of the batch is kept open and answered one by one.

use super::{House, batch::Batch, channel::Heard, life::Buried};
use crate::{
    school::{AccountId, At},
    store::{InboxRow, OutRow, is_databases},
};
use anyhow::{Result, anyhow};
use std::{
    collections::{HashMap, HashSet},
    time::Instant,
};

/// So many answers of one batch may fail before all of it is answered one by one.
const CULPRITS: usize = 3;
/// Why an update is set aside at once.
const UNREAD: &str = "an update cannot be read";
/// Open updates taken at once from the backlog.
const BACKLOG: i64 = 100;

/// Why a batch could not be answered.
enum Failed {
    /// By this one of it.
    By(usize, anyhow::Error),
    /// Nobody knows by whom.
    Whole(anyhow::Error),
}

impl House {
    /// Stores raw updates and answers them. Returns once all of it is committed, with its messages: those that this
    /// process holds and has to send, and those that others will send.
    pub async fn take(&self, raws: Vec<String>) -> Result<Vec<OutRow>> {
        let now = self.clock.now();
        let began = Instant::now();
        let heard: Vec<(Heard, String)> =
            raws.into_iter().map(|raw| (self.channel.hear(&raw), raw)).collect();
        self.metrics.updates_received.add(heard.len() as u64);
        let mut culprits = HashMap::new();
        loop {
            match self.answer_batch(&heard, &culprits, now).await {
                Ok(rows) => {
                    self.metrics.answer_time.took(began.elapsed());
                    return Ok(rows);
                }
                Err(Failed::By(at, fault)) if culprits.len() < CULPRITS && !is_databases(&fault) => {
                    let fault = brief(&fault);
                    tracing::error!(update = heard[at].0.update, error = fault, "an update is put off");
                    self.metrics.updates_failed.add(1);
                    culprits.insert(at, fault);
                }
                Err(Failed::By(_, fault) | Failed::Whole(fault)) => {
                    self.doubt.arises();
                    tracing::warn!(
                        error = brief(&fault),
                        updates = heard.len(),
                        "a batch is answered one by one"
                    );
                    self.keep(&heard, now).await?;
                    self.left_open.notify_one();
                    return Ok(Vec::new());
                }
            }
        }
    }

    /// Answers what is open from before: after a failed batch, a crash, or for another process. The messages that this
    /// process then holds are given to `out` at once; it says whether to go on.
    pub async fn answer_backlog(&self, mut out: impl FnMut(Vec<OutRow>) -> bool) -> Result<()> {
        loop {
            let open = {
                let mut tx = self.store.read().await?;
                tx.oldest_open(self.clock.now(), BACKLOG).await?
            };
            if open.is_empty() {
                return Ok(());
            }
            for row in open {
                if !out(self.answer_open(row).await?) {
                    return Ok(());
                }
            }
        }
    }

    async fn answer_batch(
        &self,
        heard: &[(Heard, String)],
        culprits: &HashMap<usize, String>,
        now: At,
    ) -> Result<Vec<OutRow>, Failed> {
        let me = self.life.me();
        let outcomes = self.outcomes.take_along(&me);
        let mut tx = self.write_as_me(&me).await?;
        tx.settle(outcomes.settled(), now).await?;
        let rows: Vec<InboxRow> = heard.iter().map(|(heard, raw)| self.inbox_row(heard, raw)).collect();
        let fresh = tx.receive(&rows, now).await?;
        let accounts: HashSet<&AccountId> = heard.iter().map(|(heard, _)| &heard.account).collect();
        let mut accounts: Vec<AccountId> = accounts.into_iter().cloned().collect();
        accounts.sort();
        let visitors = tx.visitors(&accounts, now).await?;
        let said = heard.iter().filter_map(|(it, _)| Some((visitors.get(&it.account)?, it.said.as_ref()?)));
        self.answers.look_ahead(&mut tx, &said.collect::<Vec<_>>(), now).await?;
        let mut batch = Batch::new(self, me, visitors);
        let mut seen = HashSet::new();
        let (mut later, mut put_off, mut unread) = (Vec::new(), Vec::new(), Vec::new());
        for (at, ((heard, _), row)) in heard.iter().zip(rows).enumerate() {
            if !fresh.contains(&(row.bot, row.update)) || !seen.insert(row.update) {
                continue;
            }
            if heard.said.is_none() {
                unread.push(row);
            } else if batch.waits(&row.account) {
                // What waits from before is answered before what came now.
                later.push(row);
            } else if let Some(fault) = culprits.get(&at) {
                batch.makes_wait(&row.account);
                put_off.push((row, fault));
            } else {
                batch.answer(&mut tx, heard, now).await.map_err(|fault| Failed::By(at, fault))?;
            }
        }
        let answered = seen.len() - later.len() - put_off.len() - unread.len();
        tx.leave_open(&later).await?;
        for (row, fault) in put_off {
            tx.leave_open(std::slice::from_ref(&row)).await?;
            tx.put_off(&row, fault, now).await?;
        }
        for row in &unread {
            tx.set_aside(row, UNREAD).await?;
        }
        let posted = batch.write(&mut tx, now).await?;
        tx.commit().await?;
        outcomes.are_written();
        self.metrics.updates_known.add((heard.len() - seen.len()) as u64);
        self.metrics.updates_answered.add(answered as u64);
        self.metrics.updates_aside.add(unread.len() as u64);
        for row in unread {
            tracing::error!(update = row.update, "{UNREAD}");
        }
        Ok(posted)
    }

    /// One open update, in a transaction of its own.
    async fn answer_open(&self, row: InboxRow) -> Result<Vec<OutRow>> {
        let now = self.clock.now();
        let failed = match self.try_open(&row, now).await {
            Ok(posted) => return Ok(posted),
            // That is not the update's fault.
            Err(fault) if fault.is::<Buried>() || is_databases(&fault) => {
                self.doubt.arises();
                return Err(fault);
            }
            Err(fault) => fault,
        };
        self.metrics.updates_failed.add(1);
        let mut tx = self.write_as_me(&self.life.me()).await?;
        let aside = tx.put_off(&row, &brief(&failed), now).await?;
        tx.commit().await?;
        self.metrics.updates_aside.add(aside.into());
        tracing::error!(update = row.update, aside, error = %brief(&failed), "an update could not be answered");
        Ok(Vec::new())
    }

    async fn try_open(&self, row: &InboxRow, now: At) -> Result<Vec<OutRow>> {
        let heard = self.channel.hear(&row.body);
        let me = self.life.me();
        let mut tx = self.write_as_me(&me).await?;
        // The account is held from here on: of two processes at the same update, the second finds it answered.
        let visitors = tx.visitors(std::slice::from_ref(&row.account), now).await?;
        if !tx.answered(row.bot, row.update).await? {
            return Ok(Vec::new());
        }
        let mut batch = Batch::new(self, me, visitors);
        if heard.said.is_none() {
            return Err(anyhow!(UNREAD));
        }
        batch.answer(&mut tx, &heard, now).await?;
        let posted = batch.write(&mut tx, now).await?;
        tx.commit().await?;
        self.metrics.updates_answered.add(1);
        Ok(posted)
    }

    /// Keeps a batch that could not be answered together: what is not stored yet stands open.
    async fn keep(&self, heard: &[(Heard, String)], now: At) -> Result<()> {
        let rows: Vec<InboxRow> = heard.iter().map(|(heard, raw)| self.inbox_row(heard, raw)).collect();
        let mut tx = self.store.write().await?;
        let fresh = tx.receive(&rows, now).await?;
        let rows: Vec<InboxRow> =
            rows.into_iter().filter(|row| fresh.contains(&(row.bot, row.update))).collect();
        tx.leave_open(&rows).await?;
        tx.commit().await
    }

    fn inbox_row(&self, heard: &Heard, raw: &str) -> InboxRow {
        InboxRow {
            bot: self.bot,
            update: heard.update,
            account: heard.account.clone(),
            body: raw.to_owned(),
            tries: 0,
        }
    }
}

impl From<anyhow::Error> for Failed {
    fn from(fault: anyhow::Error) -> Failed {
        Failed::Whole(fault)
    }
}

/// A fault in one line without what people said: the chain of contexts, no database values.
fn brief(fault: &anyhow::Error) -> String {
    let mut chain: Vec<String> = fault.chain().map(ToString::to_string).collect();
    chain.dedup();
    let mut line: String = chain.join(": ");
    line.truncate(line.char_indices().nth(300).map_or(line.len(), |(at, _)| at));
    line
}
