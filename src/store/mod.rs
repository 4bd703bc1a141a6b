//! The only room that knows SQL. A [`Store`] gives transactions; a [`Tx`] is one, and every query of the house is a
//! method on it, in a file per family of tables.
//!
//! One set of queries serves SQLite and PostgreSQL through `sqlx::Any`: `$1` placeholders, TEXT and BIGINT alone. What
//! only one of them can do is asked of [`Dialect`].

mod account;
mod aside;
mod backup;
mod change;
mod checkin;
mod consent;
mod duty;
mod feedback;
mod inbox;
mod invite;
mod kept;
mod known;
mod lacking;
mod look;
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
mod tuple;
mod upload;
mod visitor;

pub use aside::{AsideInbox, AsideOutbox};
pub use backup::{Field, OF_THE_MOMENT, TABLES, Woken};
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
pub use upload::Upload;
pub use visitor::{Hat, Visitor};

use crate::metrics::Metrics;
use anyhow::{Context, Result, bail};
use sqlx::{
    Any, AnyConnection, AnyPool, Connection, Executor, Row, Transaction,
    any::{AnyPoolOptions, install_default_drivers},
};
use std::{path::PathBuf, sync::Arc, time::Duration};

/// How long PostgreSQL may take to give a connection before it counts as away.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How long a connection may take to roll back what was open on it.
const ROLLBACK: Duration = Duration::from_secs(2);

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
    writer: AnyPool,
    readers: AnyPool,
    /// One connection on which a process says that it lives, however busy the others are.
    life: AnyPool,
    dialect: Dialect,
    rules: Arc<schools::RulesShelf>,
    metrics: Arc<Metrics>,
}

/// One transaction. Dropping it rolls back; [`Tx::commit`] keeps.
pub struct Tx {
    inner: Transaction<'static, Any>,
    dialect: Dialect,
    rules: Arc<schools::RulesShelf>,
    metrics: Arc<Metrics>,
    known: known::Known,
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
                let writer = sqlite_pool(1).connect(&url).await.context("opening the SQLite file")?;
                let readers = sqlite_pool(4).connect_lazy(&url)?;
                Store::over(readers, writer.clone(), writer, dialect)
            }
            Dialect::Postgres => {
                // The pool would try for ten seconds and then only say that it waited: this says why.
                AnyConnection::connect(&url).await.context("connecting to PostgreSQL")?.close().await.ok();
                let pool = postgres_pool(8).connect(&url).await.context("connecting to PostgreSQL")?;
                let life = postgres_pool(1).connect_lazy(&url)?;
                Store::over(pool.clone(), life, pool, dialect)
            }
        };
        migrate::run(&store.writer, dialect, sqlite_path(&url))
            .await
            .context("bringing the schema up to date")?;
        Ok(store)
    }

    /// A store over its connections, in which nothing was counted yet.
    fn over(readers: AnyPool, life: AnyPool, writer: AnyPool, dialect: Dialect) -> Store {
        Store { readers, life, writer, dialect, rules: Arc::default(), metrics: Arc::default() }
    }

    /// What this process has counted.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// A transaction that may write. On SQLite it holds the one writer from the start, so that a read followed by a
    /// write cannot fail half way.
    pub async fn write(&self) -> Result<Tx> {
        let inner = match self.dialect {
            Dialect::Sqlite => self.begin_immediate().await,
            Dialect::Postgres => self.writer.begin().await,
        };
        self.tx(inner.context("beginning to write")?)
    }

    /// When the disk is full, SQLite ends a transaction by itself, and sqlx 0.9 goes on counting it: no other one can
    /// begin on that connection for ever. A writer that cannot begin is replaced.
    async fn begin_immediate(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        const BEGIN: &str = "BEGIN IMMEDIATE";
        match self.writer.begin_with(BEGIN).await {
            Err(fault) if !matches!(fault, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => {
                self.writer.acquire().await?.close().await.ok();
                self.writer.begin_with(BEGIN).await
            }
            begun => begun,
        }
    }

    /// A transaction in which a process says that it lives.
    pub async fn write_for_life(&self) -> Result<Tx> {
        self.tx(self.life.begin().await.context("beginning to say that we live")?)
    }

    /// A transaction that only reads, beside the writer.
    pub async fn read(&self) -> Result<Tx> {
        self.tx(self.readers.begin().await.context("beginning to read")?)
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

    fn tx(&self, inner: Transaction<'static, Any>) -> Result<Tx> {
        let (rules, metrics) = (self.rules.clone(), self.metrics.clone());
        Ok(Tx { inner, dialect: self.dialect, rules, metrics, known: known::Known::default() })
    }
}

impl Tx {
    /// Keeps what was written.
    pub async fn commit(self) -> Result<()> {
        self.inner.commit().await.context("committing")?;
        self.metrics.commits.add(1);
        Ok(())
    }

    /// Forgets what was written.
    pub async fn roll_back(self) -> Result<()> {
        self.inner.rollback().await.context("rolling back")
    }
}

impl Dialect {
    fn of(url: &str) -> Result<(Dialect, String)> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Ok((Dialect::Postgres, url.to_owned()));
        }
        if url.starts_with("sqlite:") {
            let create = if url.contains('?') { "" } else { "?mode=rwc" };
            return Ok((Dialect::Sqlite, format!("{url}{create}")));
        }
        bail!("DATABASE_URL begins with sqlite: or postgres:")
    }
}

fn sqlite_pool(connections: u32) -> AnyPoolOptions {
    // A file does not go away between two transactions: to ask the connection whether it is alive would cost as much as a
    // statement.
    let options =
        AnyPoolOptions::new().max_connections(connections).min_connections(1).test_before_acquire(false);
    options.after_connect(|connection, _| {
        Box::pin(async move {
            // FULL: what was answered is on the disk. The larger checkpoint interval spares page writes.
            let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                           PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;";
            connection.execute(pragmas).await.map(drop)
        })
    })
}

fn postgres_pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        // Without the first, the server warns of every ROLLBACK below that finds nothing to roll back. The second frees
        // the locks of a process that was stopped in the middle of a transaction, before others take it for dead.
        .after_connect(|connection, _| {
            let settings =
                "SET client_min_messages TO ERROR; SET idle_in_transaction_session_timeout TO '10s'";
            Box::pin(async move {
                connection.execute(settings).await?;
                // A new connection is not asked by `before_acquire`.
                match may_write(connection).await? {
                    true => Ok(()),
                    false => Err(sqlx::Error::Protocol("this PostgreSQL is read-only".into())),
                }
            })
        })
        // A server that was switched to read-only (a failover, a standby) would refuse every write: nothing is begun on
        // it, and the next try may find the right one. The question also shows that the connection is alive.
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(may_write(connection)))
        // A cancelled `begin()` leaves a pooled connection inside a transaction, and what the next one writes there is
        // acknowledged and lost (sqlx 0.9): every connection comes back with nothing open.
        .after_release(|connection, _| {
            Box::pin(async move {
                // One that does not answer is closed.
                let rolled_back = tokio::time::timeout(ROLLBACK, connection.execute("ROLLBACK")).await;
                Ok(matches!(rolled_back, Ok(Ok(_))))
            })
        })
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

/// Whether a PostgreSQL server takes writes.
async fn may_write(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    let row = connection.fetch_one("SHOW transaction_read_only").await?;
    Ok(row.try_get::<String, _>(0)? == "off")
}

fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?.split('?').next()?.trim_start_matches("//");
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests;
