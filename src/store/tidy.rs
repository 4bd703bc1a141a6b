//! How long things stay. What people said lives in the records; what is tidied away here was only on its way.

use super::{
    Tx,
    sql::{args, int},
};
use crate::school::At;
use anyhow::Result;
use chrono::TimeDelta;

/// Numbers of answered updates. Telegram repeats an update for a day at most, and after a quiet week it may count from
/// any number: one that stays for a week could be taken for a repetition.
const ANSWERED: TimeDelta = TimeDelta::days(3);
/// What was set aside for the operator, with people's words in it.
const ASIDE: TimeDelta = TimeDelta::days(30);
/// Wrong codes count for an hour.
const WRONG_CODES: TimeDelta = TimeDelta::days(1);
/// Who asked for a new account, and who decided.
const REBINDS: TimeDelta = TimeDelta::days(180);
/// Accounts that spoke to us and never were anybody here.
const STRANGERS: TimeDelta = TimeDelta::days(30);
/// Named messages that nobody edits any more.
const PLACES: TimeDelta = TimeDelta::days(180);
/// Rows looked at in one transaction, so that nobody waits for long.
const CHUNK: i64 = 2_000;

/// What was tidied away.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Tidied {
    /// Numbers of answered updates.
    pub answered: u64,
    /// Updates and messages that were set aside and that nobody looked at.
    pub aside: u64,
    /// Wrong codes, requests for a new account, strangers, old places, and files that nobody said yes to.
    pub other: u64,
}

impl Tx {
    /// Takes away numbers of updates that were answered long ago, from `after` on: (bot, update). Says how many left and
    /// where to go on; `None` at the end. It walks along the key, so that it never reads the whole table for nothing.
    pub async fn tidy_inbox(&mut self, after: (i64, i64), now: At) -> Result<(u64, Option<(i64, i64)>)> {
        let before = now.minus(ANSWERED);
        let sql = "SELECT bot, update_id, received_at FROM inbox WHERE (bot, update_id) > ($1, $2)
                   ORDER BY bot, update_id LIMIT 1 OFFSET $3";
        let end = self.row(sql, args![after.0, after.1, CHUNK - 1]).await?;
        let end = match end {
            Some(row) => Some(((int(&row, "bot")?, int(&row, "update_id")?), At(int(&row, "received_at")?))),
            None => None,
        };
        let last = end.map_or((i64::MAX, i64::MAX), |(key, _)| key);
        let gone = self
            .run(
                "DELETE FROM inbox WHERE state = 'answered' AND received_at < $1
                     AND (bot, update_id) > ($2, $3) AND (bot, update_id) <= ($4, $5)",
                args![before, after.0, after.1, last.0, last.1],
            )
            .await?;
        // Numbers rise with time: behind one that is not old enough, none is.
        Ok((gone, end.filter(|(_, received)| *received < before).map(|(key, _)| key)))
    }

    /// Takes away what was set aside long ago, wrong codes and old places.
    pub async fn tidy_rest(&mut self, now: At) -> Result<Tidied> {
        let aside = now.minus(ASIDE);
        let updates =
            self.run("DELETE FROM inbox WHERE state = 'aside' AND received_at < $1", args![aside]).await?;
        let messages =
            self.run("DELETE FROM outbox WHERE state = 'aside' AND not_before < $1", args![aside]).await?;
        let codes = self.run("DELETE FROM wrong_code WHERE at < $1", args![now.minus(WRONG_CODES)]).await?;
        let places = self.run("DELETE FROM place WHERE at < $1", args![now.minus(PLACES)]).await?;
        let uploads = self.forget_old_uploads(now).await?;
        let strangers = "DELETE FROM account WHERE created_at < $1
             AND NOT EXISTS (SELECT 1 FROM binding b WHERE b.account_id = account.id)
             AND NOT EXISTS (SELECT 1 FROM rebind r WHERE r.account_id = account.id)
             AND NOT EXISTS (SELECT 1 FROM wrong_code w WHERE w.account_id = account.id)";
        let strangers = self.run(strangers, args![now.minus(STRANGERS)]).await?;
        let rebinds = self.run("DELETE FROM rebind WHERE asked_at < $1", args![now.minus(REBINDS)]).await?;
        Ok(Tidied {
            answered: 0,
            aside: updates + messages,
            other: codes + places + uploads + rebinds + strangers,
        })
    }

    /// The clock was wrong and is right again: what waits for a moment of the wrong one is looked at now. Asking too
    /// early does no harm, since whoever has to wait is told so again.
    pub async fn forget_waits(&mut self) -> Result<()> {
        self.run("UPDATE outbox SET not_before = 0 WHERE state = 'open'", args![]).await?;
        self.run("UPDATE inbox SET not_before = 0 WHERE state = 'open'", args![]).await?;
        self.run("UPDATE slot SET next_at = 0", args![]).await.map(drop)
    }
}
