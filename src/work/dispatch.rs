//! What people said -> answers -> outbox. What was received is stored and answered in one transaction, before the
//! messenger is told that it arrived: one commit serves a whole batch.
//!
//! An answer that fails is put off alone, and the batch is answered without it: it backs off, and after five tries is set
//! aside for the operator. When nobody can say whose fault it was, all of the batch is kept open and answered one by one.

use super::{House, channel::Heard, life::Buried, outgoing::Here};
use crate::{
    chat::{FormChange, Said, desk::Desk, filling::Filling},
    school::{AccountId, At},
    store::{InboxRow, OutRow, Tx, Visitor, is_databases},
};
use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

/// An answer that takes longer hangs: it is put off, and everybody else goes on. The one place where a future over a
/// transaction is cancelled; the transaction goes with it and nothing of it was written.
const PATIENCE: Duration = Duration::from_secs(1);
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
    /// process holds and has to send, and those that wait until another one has done with their chat.
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

/// Answers of one transaction, worked out one after another and written together.
struct Batch<'a> {
    house: &'a House,
    me: Arc<str>,
    visitors: HashMap<AccountId, Visitor>,
    forms: HashMap<AccountId, String>,
    changes: Vec<crate::store::Change>,
    rows: Vec<OutRow>,
}

impl<'a> Batch<'a> {
    fn new(house: &'a House, me: Arc<str>, visitors: HashMap<AccountId, Visitor>) -> Batch<'a> {
        Batch { house, me, visitors, forms: HashMap::new(), changes: Vec::new(), rows: Vec::new() }
    }

    fn waits(&self, account: &AccountId) -> bool {
        self.visitors.get(account).is_some_and(|visitor| visitor.waiting)
    }

    /// The next messages of this account wait behind one that is put off.
    fn makes_wait(&mut self, account: &AccountId) {
        if let Some(visitor) = self.visitors.get_mut(account) {
            visitor.waiting = true;
        }
    }

    /// Works out one answer. A panic or a hang is a fault of this update.
    async fn answer(&mut self, tx: &mut Tx, heard: &Heard, now: At) -> Result<()> {
        let incoming = heard.said.as_ref().context("nothing to answer")?;
        let visitor = self.visitors.get(&heard.account).context("an account that was not loaded")?;
        // A filling that this version cannot read is no open form.
        let filling: Option<Filling> = serde_json::from_str(&visitor.form).ok();
        let mut desk = Desk::new(tx, now);
        desk.note(std::mem::take(&mut self.changes));
        let answer = async { self.house.answers.answer(&mut desk, visitor, filling, incoming).await };
        let outcome = match tokio::time::timeout(PATIENCE, AssertUnwindSafe(answer).catch_unwind()).await {
            Ok(Ok(answer)) => answer?,
            Ok(Err(_panic)) => return Err(anyhow!("answering panicked")),
            Err(_elapsed) => return Err(anyhow!("answering took longer than {PATIENCE:?}")),
        };
        desk.note(outcome.changes);
        let rebound = desk.rebound();
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
        if rebound {
            self.read_again(tx, now).await?;
        }
        Ok(())
    }

    /// Who is who has changed: what the accounts of this batch say after this is said as who they are now.
    async fn read_again(&mut self, tx: &mut Tx, now: At) -> Result<()> {
        tx.apply(std::mem::take(&mut self.changes), now).await?;
        let mut accounts: Vec<AccountId> = self.visitors.keys().cloned().collect();
        accounts.sort();
        for (account, visitor) in tx.visitors(&accounts, now).await? {
            if let Some(known) = self.visitors.get_mut(&account) {
                let form = std::mem::take(&mut known.form);
                *known = Visitor { form, waiting: known.waiting, ..visitor };
            }
        }
        Ok(())
    }

    /// Writes changes, forms and messages of all answers.
    async fn write(mut self, tx: &mut Tx, now: At) -> Result<Vec<OutRow>> {
        tx.apply(std::mem::take(&mut self.changes), now).await?;
        let forms: Vec<(AccountId, String)> = std::mem::take(&mut self.forms).into_iter().collect();
        tx.save_forms(&forms, now).await?;
        self.give_to_hands(tx, now).await?;
        tx.post(&self.rows, now).await?;
        let mut handed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !row.holder.is_empty() && row.holder != self.me) {
            handed.entry(&row.holder).or_default().push(&row.id);
        }
        tx.call(&handed).await?;
        Ok(self.rows)
    }

    /// Who speaks to a chat already says what comes after it, too; where answers lie open, ours lie down behind them; all others
    /// are ours to send.
    async fn give_to_hands(&mut self, tx: &mut Tx, now: At) -> Result<()> {
        let accounts: HashSet<&AccountId> = self.rows.iter().map(|row| &row.account).collect();
        let others: Vec<_> = accounts.into_iter().filter(|it| !self.visitors.contains_key(*it)).collect();
        let mut unsent = tx.unsent(&others, now).await?;
        for row in &self.rows {
            if let Some(visitor) = self.visitors.get_mut(&row.account) {
                unsent.entry(row.account.clone()).or_insert_with(|| std::mem::take(&mut visitor.unsent));
            }
        }
        self.house.handed.find(unsent.values().flat_map(|it| &it.ours));
        let speakers: BTreeSet<&str> = unsent.values().filter_map(|it| it.with.as_deref()).collect();
        let living = tx.which_stand_by(speakers.into_iter().collect()).await?;
        for row in &mut self.rows {
            let unsent = unsent.entry(row.account.clone()).or_default();
            // The clocks of two processes differ, and messages of one chat go in the order of their ids.
            if row.id <= unsent.newest {
                row.id = id_after(&unsent.newest)?;
            }
            unsent.newest.clone_from(&row.id);
            row.holder = match &unsent.with {
                _ if unsent.open => Arc::default(),
                None => self.me.clone(),
                // What the dead held will lie open.
                Some(other) => {
                    living.iter().find(|it| **it == **other).map_or_else(Arc::default, |_| other.clone())
                }
            };
        }
        Ok(())
    }
}

/// The id next to this one.
fn id_after(id: &str) -> Result<String> {
    let number = u128::from_str_radix(id, 16).context("an id of a message is 32 hex digits")?;
    Ok(format!("{:032x}", number.wrapping_add(1)))
}

/// A fault in one line without what people said: the chain of contexts, no database values.
fn brief(fault: &anyhow::Error) -> String {
    let mut chain: Vec<String> = fault.chain().map(ToString::to_string).collect();
    chain.dedup();
    let mut line: String = chain.join(": ");
    line.truncate(line.char_indices().nth(300).map_or(line.len(), |(at, _)| at));
    line
}
