//! The only room that knows SQL. A [`Store`] gives transactions; a [`Tx`] is one, and every query of the house is a
//! method on it, in a file per family of tables.
//!
//! One set of queries serves SQLite and PostgreSQL through `sqlx::Any`: `$1` placeholders, TEXT and BIGINT alone. What
//! only one of them can do is asked of [`Dialect`].

mod account;
mod aside;
mod backup;
mod bell;
mod change;
mod checkin;
mod connections;
mod consent;
mod duty;
mod feedback;
mod inbox;
mod invite;
mod kept;
mod known;
mod lacking;
mod look;
mod many;
mod migrate;
mod nudge;
mod outbox;
mod people;
mod process;
mod rebind;
mod record;
mod request;
mod resolution;
mod roster;
mod schools;
mod sql;
mod staff;
mod standing;
mod tidy;
mod together;
mod tuple;
mod unsent;
mod upload;
mod visitor;

pub use aside::{AsideInbox, AsideOutbox};
pub use backup::{Field, OF_THE_MOMENT, TABLES, Woken};
pub use bell::Bell;
pub use change::{Change, Task};
pub use checkin::Asks;
pub use consent::ConsentView;
pub use duty::{Joined, Whose};
pub use feedback::{CopyState, Feedback, FeedbackCopy, FeedbackView, Word};
pub use inbox::InboxRow;
pub use invite::{InviteRow, InviteState, Invitees, Redeemed, SENT_GOOD_FOR, fresh_code, hash_code};
pub use kept::{Entry, Erased, Mentored};
pub use known::Ahead;
pub use look::{Schema, SlotRow, Waiting};
pub use nudge::NudgeRow;
pub use outbox::{Class, OutRow, Settled};
pub use people::{Address, PersonRow};
pub use process::Dead;
pub use rebind::{AskedLately, Rebind};
pub use record::{Lately, RecordRow};
pub use request::{Asked, Request};
pub use roster::{Book, ClassRow, Family, Member, RosterWrite};
pub use schools::{PolicyVersion, SchoolRow, SchoolRules};
pub use tidy::Tidied;
pub use unsent::Unsent;
pub use upload::Upload;
pub use visitor::{Hat, Visitor};

use crate::{metrics::Metrics, school::AccountId};
use anyhow::{Context, Result, bail};
use connections::{Begun, Connections};
use sqlx::{AnyConnection, Connection, any::install_default_drivers};
use std::{collections::HashSet, path::PathBuf, sync::Arc};
use together::{BEGIN, Statement};

/// Which database stands behind the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// Embedded: one writer, a pool of readers, one process.
    Sqlite,
    /// A server: any number of processes.
    Postgres,
}

/// The database of one installation. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    /// SQLite: exactly one connection, so that writers queue here and not in `busy_timeout`.
    writer: Connections,
    readers: Connections,
    /// One connection on which a process says that it lives, however busy the others are.
    life: Connections,
    dialect: Dialect,
    /// Where it is, with what opens it.
    url: Arc<str>,
    rules: Arc<schools::RulesShelf>,
    metrics: Arc<Metrics>,
}

/// One transaction. Dropping it rolls back; [`Tx::commit`] keeps.
pub struct Tx {
    begun: Begun,
    dialect: Dialect,
    rules: Arc<schools::RulesShelf>,
    metrics: Arc<Metrics>,
    known: known::Known,
    waiting: together::Waiting,
    /// The accounts that are held until the end.
    held: HashSet<AccountId>,
    /// The process that writes, if it named itself.
    me: Option<Arc<str>>,
}

impl Store {
    /// Opens (and creates, for SQLite) the database at `url` and brings it to the newest schema.
    ///
    /// `url` is `sqlite:PATH` or `postgres://...`.
    pub async fn open(url: &str) -> Result<Store> {
        install_default_drivers();
        let (dialect, url) = Dialect::of(url)?;
        let store = match dialect {
            Dialect::Sqlite => {
                let writer = connections::sqlite(1).connect(&url).await.context("opening the SQLite file")?;
                let readers = connections::sqlite(4).connect_lazy(&url)?;
                let [writer, readers] = [writer, readers].map(|pool| Connections::of(pool, false));
                Store::over([readers, writer.clone(), writer], dialect, &url)
            }
            Dialect::Postgres => {
                // The pool would try for ten seconds and then only say that it waited: this says why.
                AnyConnection::connect(&url).await.context("connecting to PostgreSQL")?.close().await.ok();
                let pool =
                    connections::postgres(8).connect(&url).await.context("connecting to PostgreSQL")?;
                let life = connections::postgres(1).connect_lazy(&url)?;
                let [pool, life] = [pool, life].map(|pool| Connections::of(pool, true));
                Store::over([pool.clone(), life, pool], dialect, &url)
            }
        };
        migrate::run(store.writer.pool(), dialect, sqlite_path(&url))
            .await
            .context("bringing the schema up to date")?;
        Ok(store)
    }

    /// A store over its readers, its life and its writer, in which nothing was counted yet.
    fn over(connections: [Connections; 3], dialect: Dialect, url: &str) -> Store {
        let [readers, life, writer] = connections;
        Store {
            readers,
            life,
            writer,
            dialect,
            url: url.into(),
            rules: Arc::default(),
            metrics: Arc::default(),
        }
    }

    /// What this process has counted.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// A transaction that may write. On SQLite it holds the one writer from the start, so that a read followed by a
    /// write cannot fail half way.
    pub async fn write(&self) -> Result<Tx> {
        self.write_with("BEGIN").await
    }

    /// On a server it begins with these statements.
    async fn write_with(&self, begin: &str) -> Result<Tx> {
        let begin = match self.dialect {
            // It goes with the first statement.
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(begin),
        };
        let mut tx = self.tx(self.writer.begin(begin).await.context("beginning to write")?);
        if self.dialect == Dialect::Sqlite {
            tx.waiting.push(Statement::new(self.dialect, BEGIN, Vec::new()));
        }
        Ok(tx)
    }

    /// A transaction in which a process says that it lives.
    pub async fn write_for_life(&self) -> Result<Tx> {
        Ok(self.tx(self.life.begin(Some("BEGIN")).await.context("beginning to say that we live")?))
    }

    /// A transaction that only reads, beside the writer.
    pub async fn read(&self) -> Result<Tx> {
        Ok(self.tx(self.readers.begin(Some("BEGIN")).await.context("beginning to read")?))
    }

    /// For one question alone, which needs no transaction around it.
    pub async fn look(&self) -> Result<Tx> {
        Ok(self.tx(self.readers.begin(None).await.context("beginning to look")?))
    }

    /// Which database this is.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Closes all connections once their work is done.
    pub async fn close(&self) {
        self.readers.close().await;
        self.life.close().await;
        self.writer.close().await;
    }

    fn tx(&self, begun: Begun) -> Tx {
        let (rules, metrics) = (self.rules.clone(), self.metrics.clone());
        Tx {
            begun,
            dialect: self.dialect,
            rules,
            metrics,
            known: known::Known::default(),
            waiting: together::Waiting::default(),
            held: HashSet::new(),
            me: None,
        }
    }
}

impl Tx {
    /// Lets PostgreSQL look at what lies in its tables now, after much was written at once: it does so by itself only a minute
    /// later, and plans badly until then. SQLite plans without looking.
    pub async fn take_stock(&mut self) -> Result<()> {
        if self.dialect == Dialect::Postgres {
            self.run("ANALYZE", Vec::new()).await?;
        }
        Ok(())
    }

    /// Keeps what was written.
    pub async fn commit(mut self) -> Result<()> {
        let commit = match self.dialect {
            Dialect::Sqlite => {
                let all = self.with_what_waits(Statement::new(self.dialect, "COMMIT", Vec::new())).await?;
                self.execute(all).await.context("committing")?;
                None
            }
            Dialect::Postgres => {
                self.write_what_waits().await?;
                Some("COMMIT")
            }
        };
        self.begun.end(commit).await.context("committing")?;
        self.metrics.commits.add(1);
        Ok(())
    }

    /// Ends a [look](Store::look).
    pub async fn leave(self) -> Result<()> {
        self.begun.end(None).await.context("ending a look")
    }

    /// Forgets what was written.
    pub async fn roll_back(self) -> Result<()> {
        let begun = !self.waiting.begins();
        self.begun.end(begun.then_some("ROLLBACK")).await.context("rolling back")
    }
}

impl Dialect {
    fn of(url: &str) -> Result<(Dialect, String)> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Ok((Dialect::Postgres, url.to_owned()));
        }
        if url.starts_with("sqlite:") {
            if url.contains(":memory:") || url.contains("mode=memory") {
                bail!("what is in memory is lost with the process: DATABASE_URL names a file, sqlite:PATH");
            }
            let create = if url.contains('?') { "" } else { "?mode=rwc" };
            return Ok((Dialect::Sqlite, format!("{url}{create}")));
        }
        bail!("DATABASE_URL begins with sqlite: or postgres:")
    }
}

/// Whether a fault is the database's, and not that of what was asked of it: it is away, full, busy, or gave way to somebody.
pub fn is_databases(fault: &anyhow::Error) -> bool {
    let fault = fault.chain().find_map(|it| it.downcast_ref::<sqlx::Error>());
    match fault {
        Some(sqlx::Error::Database(it)) => {
            let code = it.code().unwrap_or_default();
            // PostgreSQL: connection, resources, transaction rolled back, read-only or timed out, operator's doing, system.
            // SQLite: busy, locked, I/O, full, cannot open.
            ["08", "25", "40", "53", "57", "58"]
                .iter()
                .any(|class| code.len() == 5 && code.starts_with(class))
                // The last byte says what it is; sqlx gives the whole code, which also says why.
                || code.len() < 5 && code.parse::<u32>().is_ok_and(|it| [5, 6, 10, 13, 14].contains(&(it & 0xff)))
        }
        Some(fault) => !matches!(
            fault,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_)
        ),
        None => false,
    }
}

fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?.split('?').next()?.trim_start_matches("//");
    (!path.is_empty()).then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests;
