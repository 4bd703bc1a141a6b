//! What was set aside, or waits: for the operator to look at and to decide. Never the words, which are people's.

use super::{
    Tx,
    sql::{args, int, text, these},
};
use crate::school::At;
use anyhow::Result;

/// A message that has not gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AsideOutbox {
    /// Its id.
    pub id: String,
    /// `alert`, `reply` or `notice`.
    pub class: String,
    /// To which account.
    pub account: String,
    /// When it was made.
    pub made_at: At,
    /// When it may go next.
    pub not_before: At,
    /// How often it was tried.
    pub tries: i64,
    /// Why it has not gone; ''.
    pub error: String,
}

/// An update that was not answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AsideInbox {
    /// The bot that received it.
    pub bot: i64,
    /// Telegram's number of it.
    pub update: i64,
    /// Whose it is.
    pub account: String,
    /// When it came.
    pub received_at: At,
    /// When it is tried next.
    pub not_before: At,
    /// How often it was tried.
    pub tries: i64,
    /// Why it is not answered; ''.
    pub error: String,
}

impl Tx {
    /// Messages that were set aside, or with `open` those that wait; oldest first.
    pub async fn list_outbox(&mut self, open: bool) -> Result<Vec<AsideOutbox>> {
        let which = if open { "state <> 'aside'" } else { "state = 'aside'" };
        let sql = format!(
            "SELECT id, class, account_id, made_at, not_before, tries, error FROM outbox WHERE {which}
             ORDER BY made_at, id"
        );
        let rows = self.rows(&sql, args![]).await?;
        rows.iter()
            .map(|row| {
                Ok(AsideOutbox {
                    id: text(row, "id")?,
                    class: text(row, "class")?,
                    account: text(row, "account_id")?,
                    made_at: At(int(row, "made_at")?),
                    not_before: At(int(row, "not_before")?),
                    tries: int(row, "tries")?,
                    error: text(row, "error")?,
                })
            })
            .collect()
    }

    /// Updates that were set aside, or with `open` those that wait; oldest first.
    pub async fn list_inbox(&mut self, open: bool) -> Result<Vec<AsideInbox>> {
        let state = if open { "open" } else { "aside" };
        let sql = "SELECT bot, update_id, account_id, received_at, not_before, tries, error FROM inbox
                   WHERE state = $1 ORDER BY received_at, update_id";
        let rows = self.rows(sql, args![state]).await?;
        rows.iter()
            .map(|row| {
                Ok(AsideInbox {
                    bot: int(row, "bot")?,
                    update: int(row, "update_id")?,
                    account: text(row, "account_id")?,
                    received_at: At(int(row, "received_at")?),
                    not_before: At(int(row, "not_before")?),
                    tries: int(row, "tries")?,
                    error: text(row, "error")?,
                })
            })
            .collect()
    }

    /// Messages that were set aside are open again, as if they had never been tried.
    pub async fn retry_outbox(&mut self, ids: &[String]) -> Result<u64> {
        let sql = "UPDATE outbox SET state = 'open', tries = 0, not_before = 0, error = ''";
        self.aside_outbox_rows(sql, ids).await
    }

    /// Messages that were set aside leave for ever.
    pub async fn drop_outbox(&mut self, ids: &[String]) -> Result<u64> {
        self.aside_outbox_rows("DELETE FROM outbox", ids).await
    }

    async fn aside_outbox_rows(&mut self, act: &str, ids: &[String]) -> Result<u64> {
        let sql = format!("{act} WHERE state = 'aside' AND id IN [$1]");
        self.run(&sql, vec![these(ids)]).await
    }

    /// Updates (bot, number) that were set aside are open again, as if they had never been tried.
    pub async fn retry_inbox(&mut self, ids: &[(i64, i64)]) -> Result<u64> {
        let sql = "UPDATE inbox SET state = 'open', tries = 0, not_before = 0, error = ''
                   WHERE state = 'aside' AND bot = $1 AND update_id = $2";
        let mut touched = 0;
        for (bot, update) in ids {
            touched += self.run(sql, args![*bot, *update]).await?;
        }
        Ok(touched)
    }
}
