//! What is to be said, kept until Telegram has it.

use super::{
    Dialect, Tx,
    sql::{Arg, args, int, list, text},
};
use crate::school::{AccountId, At};
use anyhow::{Result, anyhow};

/// How much a message matters, and what happens when nobody knows whether it arrived.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// A risk to a person: sent again until it is acknowledged.
    Alert,
    /// An answer: never sent again; the next edit repairs it.
    Reply,
    /// A nudge, a feedback, relayed words: once more after a pause, two copies at most.
    Notice,
}

/// One message on its way.
#[derive(Clone, Debug)]
pub struct OutRow {
    /// UUIDv7: messages of one chat go in this order.
    pub id: String,
    /// To whom.
    pub account: AccountId,
    /// Its class.
    pub class: Class,
    /// The method of the Bot API; '' when only a press is answered.
    pub method: String,
    /// The final JSON body; '' while `compose` says what to make of the state at the moment of sending.
    pub body: String,
    /// What to compose at the moment of sending, as JSON; ''.
    pub compose: String,
    /// The press that this answers; ''.
    pub query: String,
    /// The few words shown over the pressed button; ''.
    pub toast: String,
    /// The named place that is edited; '' for none.
    pub edits: String,
    /// The name under which the sent message is remembered; '' for none.
    pub place: String,
    /// Whom to tell what became of it; '' for nobody.
    pub track: String,
    /// How often it was tried.
    pub tries: i64,
    /// Not before this instant.
    pub not_before: At,
    /// When it was made.
    pub made_at: At,
}

/// What became of a message that was tried.
#[derive(Clone, Debug)]
pub enum Settled {
    /// Telegram has it, under this message id when it told one. The row leaves.
    Sent {
        /// The row.
        row: OutRow,
        /// The id of the message.
        message: Option<i64>,
    },
    /// It is not needed or not possible any more. The row leaves.
    Dropped {
        /// The row.
        row: OutRow,
    },
    /// Try again, not before this instant; `tried` when the attempt counts as one.
    Again {
        /// The row.
        id: String,
        /// Not before.
        at: At,
        /// Whether the attempt counts.
        tried: bool,
        /// Why, without what was said.
        error: String,
    },
    /// Nothing more will be tried: kept for the operator with the reason.
    Aside {
        /// The row.
        id: String,
        /// Why, without what was said.
        error: String,
    },
}

const COLUMNS: &str = "id, account_id, class, rank, state, method, body, compose, query, toast, edits, place, track, \
                       tries, not_before, holder, held_until, made_at";
const READ: &str = "id, account_id, class, method, body, compose, query, toast, edits, place, track, tries, not_before, \
     made_at";

impl Class {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Alert => "alert",
            Class::Reply => "reply",
            Class::Notice => "notice",
        }
    }

    fn parse(word: &str) -> Result<Class> {
        [Class::Alert, Class::Reply, Class::Notice]
            .into_iter()
            .find(|class| class.as_str() == word)
            .ok_or_else(|| anyhow!("an unknown class of message"))
    }
}

impl Tx {
    /// Puts messages into the outbox. With a `holder` they are in its hands until `held_until` and need not be claimed:
    /// it sends them as soon as the transaction is committed.
    pub async fn post(&mut self, rows: &[OutRow], holder: Option<(&str, At)>, now: At) -> Result<()> {
        let (state, holder, until) = match holder {
            Some((holder, until)) => ("sending", holder, until),
            None => ("open", "", At(0)),
        };
        let rows = rows.iter().map(|row| {
            args![
                &row.id,
                &row.account,
                row.class.as_str(),
                row.class as i64,
                state,
                &row.method,
                &row.body,
                &row.compose,
                &row.query,
                &row.toast,
                &row.edits,
                &row.place,
                &row.track,
                row.tries,
                row.not_before,
                holder,
                until,
                now,
            ]
        });
        self.insert(&format!("INSERT INTO outbox ({COLUMNS})"), rows.collect(), "").await.map(drop)
    }

    /// Takes open messages that are due into the hands of `holder`: alerts, then replies, then notices, each in their
    /// order, and none of a chat in which another process is sending.
    pub async fn claim_outbox(
        &mut self,
        holder: &str,
        now: At,
        until: At,
        limit: i64,
    ) -> Result<Vec<OutRow>> {
        let skip = if self.dialect == Dialect::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = format!(
            "UPDATE outbox SET state = 'sending', holder = $1, held_until = $2 WHERE state = 'open' AND id IN (
                 SELECT id FROM outbox o WHERE state = 'open' AND not_before <= $3
                     AND account_id NOT IN (SELECT account_id FROM outbox other WHERE other.state = 'sending'
                                        AND other.holder <> $1 AND other.held_until > $3)
                 ORDER BY rank, id LIMIT $4 {skip})
             RETURNING {READ}"
        );
        let found = self.rows(&sql, args![holder, until, now, limit]).await?;
        let mut rows = found.iter().map(read).collect::<Result<Vec<_>>>()?;
        rows.sort_by(|a, b| (a.class, &a.id).cmp(&(b.class, &b.id)));
        Ok(rows)
    }

    /// Holds on to everything that is in the hands of `holder`.
    pub async fn hold_on(&mut self, holder: &str, until: At) -> Result<()> {
        let sql = "UPDATE outbox SET held_until = $1 WHERE state = 'sending' AND holder = $2";
        self.run(sql, args![until, holder]).await.map(drop)
    }

    /// What was in the hands of another process that is gone stands open again. Nobody knows whether it was sent, so the
    /// attempt counts; an answer of class reply goes out once more, because its writer may never have begun.
    pub async fn recover_outbox(&mut self, me: &str, now: At) -> Result<u64> {
        self.run(
            "UPDATE outbox SET state = 'open', tries = tries + 1
             WHERE state = 'sending' AND held_until <= $1 AND holder <> $2",
            args![now, me],
        )
        .await
    }

    /// Lets go of everything that any process holds, leases too: for the start of the only process on SQLite.
    pub async fn release_all(&mut self) -> Result<()> {
        self.run("UPDATE outbox SET held_until = 0 WHERE state = 'sending'", args![]).await?;
        self.run("UPDATE lease SET expires_at = 0", args![]).await.map(drop)
    }

    /// Writes what became of messages, all at once.
    pub async fn settle(&mut self, settled: &[Settled], now: At) -> Result<()> {
        let mut gone = Vec::new();
        let mut places = Vec::new();
        for outcome in settled {
            match outcome {
                Settled::Sent { row, message } => {
                    gone.push(row.id.as_str());
                    if let (Some(message), false) = (message, row.place.is_empty()) {
                        places.push((row.account.clone(), row.place.clone(), *message));
                    }
                }
                Settled::Dropped { row } => gone.push(row.id.as_str()),
                Settled::Again { id, at, tried, error } => {
                    let sql =
                        "UPDATE outbox SET state = 'open', not_before = $1, tries = tries + $2, error = $3
                               WHERE id = $4";
                    self.run(sql, args![*at, *tried, error, id]).await?;
                }
                Settled::Aside { id, error } => {
                    self.run("UPDATE outbox SET state = 'aside', error = $1 WHERE id = $2", args![error, id])
                        .await?;
                }
            }
        }
        for chunk in gone.chunks(1000) {
            let sql = format!("DELETE FROM outbox WHERE id IN ({})", list(1, chunk.len()));
            self.run(&sql, chunk.iter().map(|id| Arg::from(*id)).collect()).await?;
        }
        self.set_places(&places, now).await
    }

    /// When the next open message may go.
    pub async fn next_outbox_at(&mut self) -> Result<Option<At>> {
        let sql = "SELECT MIN(not_before) AS at FROM outbox WHERE state = 'open'";
        let Some(row) = self.row(sql, args![]).await? else { return Ok(None) };
        Ok(sqlx::Row::try_get::<Option<i64>, _>(&row, "at")?.map(At))
    }

    /// Whether a message is on its way or may go now.
    pub async fn outbox_is_due(&mut self, now: At) -> Result<bool> {
        let sql =
            "SELECT id FROM outbox WHERE state = 'sending' OR (state = 'open' AND not_before <= $1) LIMIT 1";
        Ok(self.row(sql, args![now]).await?.is_some())
    }

    /// How many messages wait or are being sent, and how many were set aside.
    pub async fn outbox_depth(&mut self) -> Result<(i64, i64)> {
        let sql = "SELECT (SELECT COUNT(*) FROM outbox WHERE state <> 'aside') AS waiting,
                          (SELECT COUNT(*) FROM outbox WHERE state = 'aside') AS aside";
        let row = self.row(sql, args![]).await?;
        Ok(match row {
            Some(row) => (int(&row, "waiting")?, int(&row, "aside")?),
            None => (0, 0),
        })
    }
}

fn read(row: &sqlx::any::AnyRow) -> Result<OutRow> {
    Ok(OutRow {
        id: text(row, "id")?,
        account: text(row, "account_id")?.into(),
        class: Class::parse(&text(row, "class")?)?,
        method: text(row, "method")?,
        body: text(row, "body")?,
        compose: text(row, "compose")?,
        query: text(row, "query")?,
        toast: text(row, "toast")?,
        edits: text(row, "edits")?,
        place: text(row, "place")?,
        track: text(row, "track")?,
        tries: int(row, "tries")?,
        not_before: At(int(row, "not_before")?),
        made_at: At(int(row, "made_at")?),
    })
}
