//! What people said, kept before Telegram is told that it arrived.

use super::{
    Dialect, Tx,
    sql::{Arg, args, int, text, these},
};
use crate::school::{AccountId, At};
use anyhow::Result;
use std::collections::{BTreeSet, HashSet};

/// One update.
#[derive(Clone, Debug)]
pub struct InboxRow {
    /// The bot that received it.
    pub bot: i64,
    /// Telegram's number of it.
    pub update: i64,
    /// Whose it is: updates of one account are answered in their order.
    pub account: AccountId,
    /// The raw JSON.
    pub body: String,
    /// How often answering it failed.
    pub tries: i64,
}

/// After so many failures an update is set aside for the operator, and the account's next message goes on.
const TRIES: i64 = 5;

const RECEIVE: &str = "INSERT INTO inbox (bot, update_id, account_id, received_at, state)";

impl InboxRow {
    /// The row of an update that is answered in the same transaction.
    fn received(&self, now: At) -> Vec<Arg> {
        args![self.bot, self.update, &self.account, now, "answered"]
    }
}

impl Tx {
    /// Keeps updates, and tells which of them are new. They count as answered from the start, since the same transaction
    /// answers them: a row that is answered at once never enters the index of open rows. What cannot be answered yet
    /// is opened again by [`Tx::leave_open`].
    pub async fn receive(&mut self, rows: &[InboxRow], now: At) -> Result<HashSet<(i64, i64)>> {
        match self.dialect {
            Dialect::Sqlite => self.receive_alone(rows, now).await,
            Dialect::Postgres => self.receive_beside_others(rows, now).await,
        }
    }

    /// Nobody else writes: what is not there yet is new.
    async fn receive_alone(&mut self, rows: &[InboxRow], now: At) -> Result<HashSet<(i64, i64)>> {
        let mut known = HashSet::new();
        for of_one in rows.chunk_by(|a, b| a.bot == b.bot) {
            let bot = of_one[0].bot;
            let updates = these(of_one.iter().map(|row| row.update));
            let sql = "SELECT update_id FROM inbox WHERE bot = $1 AND update_id IN [$2]";
            for row in self.rows(sql, vec![bot.into(), updates]).await? {
                known.insert((bot, int(&row, "update_id")?));
            }
        }
        let mut fresh = HashSet::with_capacity(rows.len());
        let new = rows.iter().filter(|row| {
            let key = (row.bot, row.update);
            !known.contains(&key) && fresh.insert(key)
        });
        let new = new.map(|row| row.received(now)).collect();
        self.insert_soon(RECEIVE, new, "").await?;
        Ok(fresh)
    }

    /// Another process may be at the same update: whoever comes second waits for the first, and finds it there. Or it answers
    /// the same accounts: they are held from here on.
    async fn receive_beside_others(&mut self, rows: &[InboxRow], now: At) -> Result<HashSet<(i64, i64)>> {
        let accounts: BTreeSet<&AccountId> = rows.iter().map(|row| &row.account).collect();
        let accounts: Vec<AccountId> = accounts.into_iter().cloned().collect();
        self.hold_accounts(&accounts, now).await?;
        // In their order, or two processes that are pushed the same ones would wait for each other.
        let mut rows: Vec<&InboxRow> = rows.iter().collect();
        rows.sort_by_key(|row| (row.bot, row.update));
        let rows = rows.into_iter().map(|row| row.received(now)).collect();
        let tail = "ON CONFLICT (bot, update_id) DO NOTHING RETURNING bot, update_id";
        let fresh = self.insert_returning(RECEIVE, rows, tail).await?;
        fresh.iter().map(|row| Ok((int(row, "bot")?, int(row, "update_id")?))).collect()
    }

    /// Leaves received updates to be answered later, with their words.
    pub async fn leave_open(&mut self, rows: &[InboxRow]) -> Result<()> {
        for row in rows {
            let sql = "UPDATE inbox SET state = 'open', body = $1 WHERE bot = $2 AND update_id = $3";
            self.run(sql, args![&row.body, row.bot, row.update]).await?;
        }
        Ok(())
    }

    /// The oldest open update of each account; at most `limit`.
    pub async fn oldest_open(&mut self, now: At, limit: i64) -> Result<Vec<InboxRow>> {
        let sql = "SELECT bot, update_id, account_id, body, tries FROM inbox i
                   WHERE state = 'open' AND not_before <= $1
                     AND NOT EXISTS (SELECT 1 FROM inbox older WHERE older.account_id = i.account_id
                                     AND older.state = 'open' AND older.update_id < i.update_id)
                   ORDER BY received_at, update_id LIMIT $2";
        self.rows(sql, args![now, limit])
            .await?
            .iter()
            .map(|row| {
                Ok(InboxRow {
                    bot: int(row, "bot")?,
                    update: int(row, "update_id")?,
                    account: text(row, "account_id")?.into(),
                    body: text(row, "body")?,
                    tries: int(row, "tries")?,
                })
            })
            .collect()
    }

    /// An open update is answered: its words leave, its number stays. Says whether it was open still.
    pub async fn answered(&mut self, bot: i64, update: i64) -> Result<bool> {
        let sql = "UPDATE inbox SET state = 'answered', body = '', error = ''
                   WHERE bot = $1 AND update_id = $2 AND state = 'open'";
        Ok(self.run(sql, args![bot, update]).await? > 0)
    }

    /// Answering failed: it waits longer each time (2, 4, 8, 16 s), and is set aside after five tries. Says whether it
    /// was. What somebody else has answered meanwhile stays answered.
    pub async fn put_off(&mut self, row: &InboxRow, error: &str, now: At) -> Result<bool> {
        let tries = row.tries + 1;
        let state = if tries >= TRIES { "aside" } else { "open" };
        let wait = 1000 << tries;
        let sql = "UPDATE inbox SET state = $1, tries = $2, not_before = $3, error = $4
                   WHERE bot = $5 AND update_id = $6 AND state = 'open'";
        let touched = self.run(sql, args![state, tries, now.0 + wait, error, row.bot, row.update]).await?;
        Ok(touched > 0 && state == "aside")
    }

    /// No try will ever answer it: set aside for the operator, with its words.
    pub async fn set_aside(&mut self, row: &InboxRow, error: &str) -> Result<()> {
        let sql = "UPDATE inbox SET state = 'aside', tries = tries + 1, error = $1, body = $2
                   WHERE bot = $3 AND update_id = $4";
        self.run(sql, args![error, &row.body, row.bot, row.update]).await.map(drop)
    }

    /// How many updates wait, and how many were set aside.
    pub async fn inbox_depth(&mut self) -> Result<(i64, i64)> {
        let sql = "SELECT (SELECT COUNT(*) FROM inbox WHERE state = 'open') AS waiting,
                          (SELECT COUNT(*) FROM inbox WHERE state = 'aside') AS aside";
        let row = self.row(sql, args![]).await?;
        Ok(match row {
            Some(row) => (int(&row, "waiting")?, int(&row, "aside")?),
            None => (0, 0),
        })
    }
}
