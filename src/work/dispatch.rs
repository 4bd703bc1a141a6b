//! What people said -> answers -> outbox. What was received is stored and answered in one transaction, before the
//! messenger is told that it arrived: one commit serves a whole batch.
//!
//! When a batch fails, all of it is kept open and answered one by one: the failing update rolls back alone, backs off,
//! and after five tries is set aside, while everybody else goes on.

use super::{House, channel::Heard, outgoing::Here};
use crate::{
    chat::{FormChange, Said, desk::Desk, filling::Filling, router},
    school::{AccountId, At},
    store::{InboxRow, OutRow, Tx, Visitor},
};
use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use std::{
    collections::{HashMap, HashSet},
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

/// How long a sender keeps fresh rows to itself before another process may take them over.
pub(super) const HOLD: chrono::TimeDelta = chrono::TimeDelta::seconds(60);
/// An answer that takes longer hangs: its batch is answered one by one, and it backs off alone. The one place where a
/// future over a transaction is cancelled; the transaction goes with it and nothing of it was written.
const PATIENCE: Duration = Duration::from_secs(20);
/// Open updates taken at once from the backlog.
const BACKLOG: i64 = 100;

impl House {
    /// Stores raw updates and answers them. Returns once all of it is committed, with the messages that this process
    /// now holds and has to send.
    pub async fn take(&self, raws: Vec<String>) -> Result<Vec<OutRow>> {
        let now = self.clock.now();
        let began = Instant::now();
        let heard: Vec<(Heard, String)> =
            raws.into_iter().map(|raw| (self.channel.hear(&raw), raw)).collect();
        self.metrics.updates_received.add(heard.len() as u64);
        match self.answer_batch(&heard, now).await {
            Ok(rows) => {
                self.metrics.answer_time.took(began.elapsed());
                Ok(rows)
            }
            Err(fault) => {
                tracing::warn!(error = %brief(&fault), updates = heard.len(), "a batch failed, answering one by one");
                self.keep(&heard, now).await?;
                self.answer_backlog().await
            }
        }
    }

    /// Answers what is open from before: after a failed batch, a crash, or for another process. Returns the messages
    /// that this process now holds.
    pub async fn answer_backlog(&self) -> Result<Vec<OutRow>> {
        let mut posted = Vec::new();
        loop {
            let open = {
                let mut tx = self.store.read().await?;
                tx.oldest_open(self.clock.now(), BACKLOG).await?
            };
            if open.is_empty() {
                return Ok(posted);
            }
            for row in open {
                posted.extend(self.answer_open(row).await?);
            }
        }
    }

    /// Counts what waits, for the metrics.
    pub async fn gauge(&self) -> Result<()> {
        let mut tx = self.store.read().await?;
        self.metrics.inbox_open.set(tx.inbox_depth().await?.0);
        self.metrics.outbox_open.set(tx.outbox_depth().await?.0);
        Ok(())
    }

    async fn answer_batch(&self, heard: &[(Heard, String)], now: At) -> Result<Vec<OutRow>> {
        let mut tx = self.store.write().await?;
        let rows: Vec<InboxRow> = heard.iter().map(|(heard, raw)| self.inbox_row(heard, raw)).collect();
        let fresh = tx.receive(&rows, now).await?;
        let accounts: HashSet<&AccountId> = heard.iter().map(|(heard, _)| &heard.account).collect();
        let mut accounts: Vec<AccountId> = accounts.into_iter().cloned().collect();
        accounts.sort();
        let visitors = tx.visitors(&accounts, now).await?;
        let mut batch = Batch::new(self, visitors);
        let mut seen = HashSet::new();
        let mut later = Vec::new();
        for ((heard, _), row) in heard.iter().zip(rows) {
            if !fresh.contains(&(row.bot, row.update)) || !seen.insert(row.update) {
                continue;
            }
            // What waits from before is answered before what came now.
            if heard.said.is_none() || batch.waits(&row.account) {
                later.push(row);
                continue;
            }
            batch.answer(&mut tx, heard, now).await?;
        }
        tx.leave_open(&later).await?;
        let answered = seen.len() - later.len();
        let posted = batch.write(&mut tx, now).await?;
        tx.commit().await?;
        self.metrics.updates_answered.add(answered as u64);
        Ok(posted)
    }

    /// One open update, in a transaction of its own.
    async fn answer_open(&self, row: InboxRow) -> Result<Vec<OutRow>> {
        let now = self.clock.now();
        let failed = match self.try_open(&row, now).await {
            Ok(posted) => return Ok(posted),
            Err(fault) => fault,
        };
        self.metrics.updates_failed.add(1);
        let mut tx = self.store.write().await?;
        let aside = tx.failed(&row, &brief(&failed), now).await?;
        tx.commit().await?;
        self.metrics.updates_aside.add(aside.into());
        tracing::error!(update = row.update, aside, error = %brief(&failed), "an update could not be answered");
        Ok(Vec::new())
    }

    async fn try_open(&self, row: &InboxRow, now: At) -> Result<Vec<OutRow>> {
        let heard = self.channel.hear(&row.body);
        let mut tx = self.store.write().await?;
        // The account is held from here on: of two processes at the same update, the second finds it answered.
        let visitors = tx.visitors(std::slice::from_ref(&row.account), now).await?;
        if !tx.answered(row.bot, row.update).await? {
            return Ok(Vec::new());
        }
        let mut batch = Batch::new(self, visitors);
        if heard.said.is_none() {
            return Err(anyhow!("it cannot be read"));
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

/// Answers of one transaction, worked out one after another and written together.
struct Batch<'a> {
    house: &'a House,
    visitors: HashMap<AccountId, Visitor>,
    forms: HashMap<AccountId, String>,
    changes: Vec<crate::store::Change>,
    rows: Vec<OutRow>,
}

impl<'a> Batch<'a> {
    fn new(house: &'a House, visitors: HashMap<AccountId, Visitor>) -> Batch<'a> {
        Batch { house, visitors, forms: HashMap::new(), changes: Vec::new(), rows: Vec::new() }
    }

    fn waits(&self, account: &AccountId) -> bool {
        self.visitors.get(account).is_some_and(|visitor| visitor.waiting)
    }

    /// Works out one answer. A panic or a hang is a fault of this update.
    async fn answer(&mut self, tx: &mut Tx, heard: &Heard, now: At) -> Result<()> {
        let incoming = heard.said.as_ref().context("nothing to answer")?;
        let visitor = self.visitors.get(&heard.account).context("an account that was not loaded")?;
        // A filling that this version cannot read is no open form.
        let filling: Option<Filling> = serde_json::from_str(&visitor.form).ok();
        let mut desk = Desk::new(tx, now);
        desk.note(std::mem::take(&mut self.changes));
        let answer = AssertUnwindSafe(router::answer(&mut desk, visitor, filling, incoming)).catch_unwind();
        let outcome = match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => answer?,
            Ok(Err(_panic)) => return Err(anyhow!("answering panicked")),
            Err(_elapsed) => return Err(anyhow!("answering took longer than {PATIENCE:?}")),
        };
        desk.note(outcome.changes);
        self.changes = desk.leave();
        if let Some(speaker) = outcome.speaker {
            let form = visitor.form.clone();
            self.visitors.insert(heard.account.clone(), Visitor { form, ..*speaker });
        }
        let visitor = self.visitors.get_mut(&heard.account).context("an account that was not loaded")?;
        let form = match outcome.form {
            FormChange::Keep => None,
            FormChange::Set(filling) => Some(serde_json::to_string(&filling)?),
            FormChange::Close => Some(String::new()),
        };
        if let Some(form) = form {
            visitor.form.clone_from(&form);
            self.forms.insert(heard.account.clone(), form);
        }
        let query = match &incoming.said {
            Said::Press { query, .. } => query.as_str(),
            _ => "",
        };
        let here = Here {
            language: self.house.language(visitor, &incoming.language),
            chat: heard.account.clone(),
            visitor,
            query,
        };
        // A message to somebody else needs an address, which an answer before this one may have changed.
        if outcome.messages.iter().any(|message| message.to != crate::chat::To::Here) {
            tx.apply(std::mem::take(&mut self.changes), now).await?;
        }
        self.rows.extend(self.house.rows(tx, &here, outcome.messages, now).await?);
        Ok(())
    }

    /// Writes changes, forms and messages of all answers.
    async fn write(self, tx: &mut Tx, now: At) -> Result<Vec<OutRow>> {
        tx.apply(self.changes, now).await?;
        let forms: Vec<(AccountId, String)> = self.forms.into_iter().collect();
        tx.save_forms(&forms, now).await?;
        tx.post(&self.rows, Some((&self.house.me, now.plus(HOLD))), now).await?;
        Ok(self.rows)
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
