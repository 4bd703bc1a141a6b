//! The answers of one transaction: worked out one after another, written together, and put into the hands of whoever speaks to
//! each chat.

use super::{House, channel::Heard, outgoing::Here};
use crate::{
    chat::{FormChange, Said, desk::Desk, filling::Filling},
    school::{AccountId, At},
    store::{Change, OutRow, Tx, Visitor},
};
use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};

/// An answer that takes longer hangs: it is put off, and everybody else goes on. The one place where a future over a
/// transaction is cancelled; the transaction goes with it and nothing of it was written.
const PATIENCE: Duration = Duration::from_secs(1);

/// Answers of one transaction, worked out one after another and written together.
pub(super) struct Batch<'a> {
    house: &'a House,
    me: Arc<str>,
    visitors: HashMap<AccountId, Visitor>,
    forms: HashMap<AccountId, String>,
    changes: Vec<Change>,
    rows: Vec<OutRow>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(house: &'a House, me: Arc<str>, visitors: HashMap<AccountId, Visitor>) -> Batch<'a> {
        Batch { house, me, visitors, forms: HashMap::new(), changes: Vec::new(), rows: Vec::new() }
    }

    pub(super) fn waits(&self, account: &AccountId) -> bool {
        self.visitors.get(account).is_some_and(|visitor| visitor.waiting)
    }

    /// The next messages of this account wait behind one that is put off.
    pub(super) fn makes_wait(&mut self, account: &AccountId) {
        if let Some(visitor) = self.visitors.get_mut(account) {
            visitor.waiting = true;
        }
    }

    /// Works out one answer. A panic or a hang is a fault of this update.
    pub(super) async fn answer(&mut self, tx: &mut Tx, heard: &Heard, now: At) -> Result<()> {
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
    pub(super) async fn write(mut self, tx: &mut Tx, now: At) -> Result<Vec<OutRow>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_after_another_sorts_after_it() {
        for id in ["0190f0a7c4e37b0f8a1b2c3d4e5f60ff", "0190f0a7c4e37b0f8a1b2c3d4e5f6000"] {
            let next = id_after(id).unwrap();
            assert!(id < next.as_str() && next.len() == 32, "{next}");
        }
        assert!(id_after("no id").is_err());
    }
}
