//! What is to be said, kept until Telegram has it.

use super::{
    Dialect, Tx,
    sql::{Arg, args, int, text, these},
};
use crate::school::{AccountId, At, PersonId};
use anyhow::{Result, anyhow};
use std::sync::Arc;

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
    /// For whom; '' for an answer to the account, whoever that is.
    pub person: PersonId,
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
    /// The process in whose hands it is; '' for none.
    pub holder: Arc<str>,
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
    /// It goes to another account now.
    Moved {
        /// The row, with its new account and body.
        row: OutRow,
        /// The account that lives under the new id, with all that hangs on it; `None` where only the person has another.
        from: Option<AccountId>,
    },
    /// Nothing more will be tried: kept for the operator with the reason.
    Aside {
        /// The row.
        id: String,
        /// Why, without what was said.
        error: String,
    },
}

impl OutRow {
    /// A message that says nothing yet.
    pub fn bare(id: String, account: AccountId, class: Class, made_at: At) -> OutRow {
        OutRow {
            id,
            account,
            person: "".into(),
            class,
            method: String::new(),
            body: String::new(),
            compose: String::new(),
            query: String::new(),
            toast: String::new(),
            edits: String::new(),
            place: String::new(),
            track: String::new(),
            tries: 0,
            not_before: At(0),
            made_at,
            holder: Arc::default(),
        }
    }
}

impl Settled {
    /// The row that it is about.
    pub fn id(&self) -> &str {
        match self {
            Settled::Sent { row, .. } | Settled::Dropped { row } | Settled::Moved { row, .. } => &row.id,
            Settled::Again { id, .. } | Settled::Aside { id, .. } => id,
        }
    }
}

/// What every message has.
const COLUMNS: [&str; 8] = ["id", "account_id", "class", "rank", "state", "method", "body", "made_at"];
/// What few messages have; without it a column is '' or 0 by itself.
const RARE: [&str; 10] =
    ["compose", "query", "toast", "edits", "place", "track", "tries", "not_before", "holder", "person_id"];
const READ: &str = "id, account_id, class, method, body, compose, query, toast, edits, place, track, tries, not_before, \
     made_at, person_id";

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
    /// Puts messages into the outbox. Those with a `holder` are in its hands and need not be claimed: it sends them as
    /// soon as the transaction is committed. Whoever is named there has to stand
    /// ([`Store::write_as`](super::Store::write_as), [`Tx::which_stand_by`]).
    pub async fn post(&mut self, rows: &[OutRow], now: At) -> Result<()> {
        let rare = |row: &OutRow| -> [Arg; RARE.len()] {
            [
                (&row.compose).into(),
                (&row.query).into(),
                (&row.toast).into(),
                (&row.edits).into(),
                (&row.place).into(),
                (&row.track).into(),
                row.tries.into(),
                row.not_before.into(),
                (&*row.holder).into(),
                (&row.person).into(),
            ]
        };
        let rares: Vec<_> = rows.iter().map(rare).collect();
        let is_needed: [bool; RARE.len()] =
            std::array::from_fn(|at| rares.iter().any(|rare| !rare[at].is_nothing()));
        let needed = || RARE.iter().zip(is_needed).filter(|(_, needed)| *needed).map(|(name, _)| *name);
        let head = COLUMNS.into_iter().chain(needed()).collect::<Vec<_>>().join(", ");
        let values = rows.iter().zip(rares).map(|(row, rare)| {
            let mut values = args![
                &row.id,
                &row.account,
                row.class.as_str(),
                row.class as i64,
                if row.holder.is_empty() { "open" } else { "sending" },
                &row.method,
                &row.body,
                now,
            ];
            values.extend(rare.into_iter().zip(is_needed).filter(|(_, needed)| *needed).map(|(arg, _)| arg));
            values
        });
        self.insert_soon(&format!("INSERT INTO outbox ({head})"), values.collect(), "").await
    }

    /// The messages in the hands of `holder` in the chats of these, in their order: what comes before one of them may not have been
    /// told.
    pub async fn handed(&mut self, holder: &Arc<str>, ids: &[String]) -> Result<Vec<OutRow>> {
        let sql = format!(
            "SELECT {READ} FROM outbox WHERE state = 'sending' AND holder = $2
                 AND account_id IN (SELECT account_id FROM outbox WHERE id IN [$1])"
        );
        let found = self.rows(&sql, vec![these(ids), (&**holder).into()]).await?;
        let rows = found.iter().map(|row| Ok(OutRow { holder: holder.clone(), ..read(row)? }));
        // A server that is asked for the order walks along the ids of the whole table.
        let mut rows: Vec<OutRow> = rows.collect::<Result<_>>()?;
        rows.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(rows)
    }

    /// Messages that were taken into the hands of `holder` before `before`, whether it knows of them or not: the answer to
    /// a commit may have been lost.
    pub async fn held_by(&mut self, holder: &Arc<str>, before: At) -> Result<Vec<OutRow>> {
        let sql =
            format!("SELECT {READ} FROM outbox WHERE state = 'sending' AND holder = $1 AND made_at < $2");
        let found = self.rows(&sql, args![&**holder, before]).await?;
        found.iter().map(|row| Ok(OutRow { holder: holder.clone(), ..read(row)? })).collect()
    }

    /// Takes open messages that are due into the hands of `holder`: alerts, then replies, then notices, each in their
    /// order, and none of a chat in which another process is sending.
    pub async fn claim_outbox(&mut self, holder: &Arc<str>, now: At, limit: i64) -> Result<Vec<OutRow>> {
        let skip = if self.dialect == Dialect::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
        if self.dialect == Dialect::Postgres {
            // One after the other: of two that claim at once, neither would see which chats the other has taken.
            self.rows("SELECT CAST(pg_advisory_xact_lock(5241) AS TEXT)", args![]).await?;
        }
        let sql = format!(
            "UPDATE outbox SET state = 'sending', holder = $1 WHERE state = 'open' AND id IN (
                 SELECT id FROM outbox o WHERE state = 'open' AND not_before <= $2
                     AND account_id NOT IN (SELECT account_id FROM outbox other WHERE other.state = 'sending'
                                            AND other.holder <> $1)
                 ORDER BY rank, id LIMIT $3 {skip})
             RETURNING {READ}"
        );
        let found = self.rows(&sql, args![&**holder, now, limit]).await?;
        let read = |row| Ok(OutRow { holder: holder.clone(), ..read(row)? });
        let mut rows = found.iter().map(read).collect::<Result<Vec<_>>>()?;
        rows.sort_by(|a, b| (a.class, &a.id).cmp(&(b.class, &b.id)));
        Ok(rows)
    }

    /// Writes what became of messages that are in our hands, all at once.
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
                        "UPDATE outbox SET state = 'open', holder = '', not_before = $1, tries = tries + $2,
                                   error = $3 WHERE id = $4";
                    self.run(sql, args![*at, *tried, error, id]).await?;
                }
                Settled::Moved { row, from } => {
                    if let Some(from) = from {
                        self.move_account(from, &row.account, now).await?;
                    }
                    let sql = "UPDATE outbox SET state = 'open', holder = '', account_id = $1, method = $2,
                                   body = $3, edits = '' WHERE id = $4";
                    self.run(sql, args![&row.account, &row.method, &row.body, &row.id]).await?;
                }
                Settled::Aside { id, error } => {
                    // From now on it waits for the operator.
                    let sql = "UPDATE outbox SET state = 'aside', holder = '', not_before = $1, error = $2
                               WHERE id = $3";
                    self.run(sql, args![now, error, id]).await?;
                }
            }
        }
        if !gone.is_empty() {
            self.run_soon("DELETE FROM outbox WHERE id IN [$1]", vec![these(gone)]).await?;
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
        let sql = "SELECT id FROM outbox WHERE state = 'sending'
                   UNION ALL SELECT id FROM outbox WHERE state = 'open' AND not_before <= $1 LIMIT 1";
        Ok(self.row(sql, args![now]).await?.is_some())
    }

    /// How many messages wait or are being sent, and how many were set aside.
    pub async fn outbox_depth(&mut self) -> Result<(i64, i64)> {
        let sql = "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'open')
                              + (SELECT COUNT(*) FROM outbox WHERE state = 'sending') AS waiting,
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
        person: text(row, "person_id")?.into(),
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
        holder: Arc::default(),
    })
}
