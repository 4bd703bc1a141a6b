//! What was answered in a chat and is not known to be sent: whatever is said there now goes after it, whoever says it.

use super::{
    Class, Dialect, Tx,
    sql::these,
    tuple::{Asked, Questions, tuple},
};
use crate::school::{AccountId, At};
use anyhow::Result;
use std::{collections::HashMap, sync::Arc};

/// The answers to a chat of which nobody knows yet that they are sent.
#[derive(Clone, Default, Debug)]
pub struct Unsent {
    /// Some lie open, or are in the hands of several: whoever claims them sends all of them in their order.
    pub open: bool,
    /// The process that has some in its hands, if it is another one.
    pub with: Option<Arc<str>>,
    /// Those in our own hands. Another process may have put them there.
    pub ours: Vec<String>,
    /// The newest of all.
    pub newest: String,
}

tuple!(
    /// One of them.
    UnsentTuple {
        id: String = "o.id",
        account: String = "o.account_id",
        holder: String = "o.holder",
        is_ours: i64 = "o.is_ours",
    }
);

impl Unsent {
    pub(super) fn read(tuples: Vec<UnsentTuple>) -> HashMap<AccountId, Unsent> {
        let mut found: HashMap<AccountId, Unsent> = HashMap::new();
        for it in tuples {
            let unsent = found.entry(it.account.into()).or_default();
            if it.id > unsent.newest {
                unsent.newest.clone_from(&it.id);
            }
            match it.holder.as_str() {
                "" => unsent.open = true,
                _ if it.is_ours == 1 => unsent.ours.push(it.id),
                other => match &unsent.with {
                    Some(known) if **known != *other => unsent.open = true,
                    _ => unsent.with = Some(other.into()),
                },
            }
        }
        for unsent in found.values_mut() {
            unsent.open |= unsent.with.is_some() && !unsent.ours.is_empty();
        }
        found
    }
}

impl Tx {
    /// The answers to these chats of which nobody knows yet that they are sent.
    pub async fn unsent(&mut self, accounts: &[&AccountId], now: At) -> Result<HashMap<AccountId, Unsent>> {
        if accounts.is_empty() {
            return Ok(HashMap::new());
        }
        let mut questions = Questions::default();
        match self.ask_unsent(&mut questions, accounts.iter().copied(), now) {
            Some(asked) => Ok(Unsent::read(self.ask(questions).await?.to(&asked)?)),
            None => Ok(HashMap::new()),
        }
    }

    /// Asks for them; nothing where nobody else can be.
    pub(super) fn ask_unsent<'a>(
        &self,
        questions: &mut Questions,
        accounts: impl IntoIterator<Item = &'a AccountId>,
        now: At,
    ) -> Option<Asked<UnsentTuple>> {
        let me = self.me.as_deref().filter(|_| self.dialect == Dialect::Postgres)?;
        // Each half walks along an index of its own, and notices that wait by the thousand lie behind the answers in the first.
        let rest = format!(
            "FROM (SELECT id, account_id, holder, 0 AS is_ours FROM outbox WHERE state = 'open' AND rank < {}
                       AND not_before <= $1 AND account_id IN [$3]
                   UNION ALL SELECT id, account_id, holder, CASE WHEN holder = $2 THEN 1 ELSE 0 END FROM outbox
                       WHERE state = 'sending' AND (class <> 'notice' OR holder = $2) AND account_id IN [$3]) o",
            Class::Notice as i64
        );
        Some(questions.ask(&rest, vec![now.into(), me.into(), these(accounts)]))
    }
}
