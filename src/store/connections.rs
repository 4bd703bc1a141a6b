//! The connections to a database, and how one goes from a transaction to the next.
//!
//! A connection on which we saw a transaction end has nothing open and is alive: the next transaction takes it from hand to
//! hand, and no question is asked in between. Every other one, above all that of a transaction which was dropped or
//! cancelled, goes back through sqlx's pool, which rolls back what may be open on it.

use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, Executor, Row, any::AnyPoolOptions, pool::PoolConnection,
};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long PostgreSQL may take to give a connection before it counts as away.
pub(super) const ACQUIRE: Duration = Duration::from_secs(5);

/// How long a connection may take to roll back what was open on it.
const ROLLBACK: Duration = Duration::from_secs(2);

/// How long a connection to a server is taken for what it was. A server that was switched to read-only within that time
/// refuses the write, and the next try asks.
const FRESH: Duration = Duration::from_secs(1);

/// Connections of one kind. Cheap to clone.
#[derive(Clone)]
pub(super) struct Connections {
    pool: AnyPool,
    /// One for each connection that there may be: whoever waits for one waits here, and gets what is at hand.
    turns: Arc<Semaphore>,
    at_hand: Arc<Mutex<Vec<Rests>>>,
    /// Whether the other side may have become read-only since.
    may_change: bool,
}

/// A connection at hand.
struct Rests {
    connection: PoolConnection<Any>,
    since: Instant,
}

/// A connection in a transaction. Dropping it rolls back.
pub(super) struct Begun {
    pub(super) connection: PoolConnection<Any>,
    /// How many rows were found by what it began with.
    pub(super) found: u64,
    from: Connections,
    _turn: OwnedSemaphorePermit,
}

impl Connections {
    /// The connections of this pool. Those that write to a server ask from time to time whether it `may_change`.
    pub(super) fn of(pool: AnyPool, may_change: bool) -> Connections {
        let turns = Arc::new(Semaphore::new(pool.options().get_max_connections() as usize));
        Connections { pool, turns, at_hand: Arc::default(), may_change }
    }

    /// The pool behind it, for what is no transaction of ours.
    pub(super) fn pool(&self) -> &AnyPool {
        &self.pool
    }

    /// Begins a transaction with these statements, when a connection is free. Without any there is none, and each statement
    /// stands by itself.
    pub(super) async fn begin(&self, statements: Option<&str>) -> Result<Begun, sqlx::Error> {
        let turn = self.turn().await?;
        let mut connection = match self.next().await {
            Some(connection) => connection,
            None => self.pool.acquire().await?,
        };
        let mut found = 0;
        if let Some(statements) = statements {
            // Without arguments they go in one way there and back, however many they are.
            found = connection.execute(AssertSqlSafe(statements)).await?.rows_affected();
        }
        Ok(Begun { connection, found, from: self.clone(), _turn: turn })
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, sqlx::Error> {
        let turns = self.turns.clone();
        let turn = tokio::time::timeout(self.pool.options().get_acquire_timeout(), turns.acquire_owned());
        turn.await.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)
    }

    async fn next(&self) -> Option<PoolConnection<Any>> {
        let Rests { mut connection, since } = self.hand().pop()?;
        if self.may_change && since.elapsed() > FRESH && !matches!(may_write(&mut connection).await, Ok(true))
        {
            connection.close().await.ok();
            return None;
        }
        Some(connection)
    }

    fn hand(&self) -> std::sync::MutexGuard<'_, Vec<Rests>> {
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes them once their work is done.
    pub(super) async fn close(&self) {
        // From here on nothing is kept at hand.
        let closed = self.pool.close();
        self.hand().clear();
        closed.await;
    }
}

impl Begun {
    /// Ends the transaction with this statement. The connection is free then.
    pub(super) async fn end(mut self, statement: Option<&'static str>) -> Result<(), sqlx::Error> {
        if let Some(statement) = statement {
            self.connection.execute(statement).await?;
        }
        let mut hand = self.from.hand();
        if !self.from.pool.is_closed() {
            hand.push(Rests { connection: self.connection, since: Instant::now() });
        }
        Ok(())
    }
}

/// What holds for every pool: a connection comes back to it with nothing open, or is closed. A `begin` that was cancelled half
/// way would leave it inside a transaction, and what the next one writes there is acknowledged and lost. On SQLite there may be
/// nothing to roll back, since it ends a transaction by itself when the disk is full: such a connection is replaced, too.
pub(super) fn options(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new().max_connections(connections).after_release(|connection, _| {
        Box::pin(async move {
            let rolled_back = tokio::time::timeout(ROLLBACK, connection.execute("ROLLBACK")).await;
            Ok(matches!(rolled_back, Ok(Ok(_))))
        })
    })
}

/// Connections to a file.
pub(super) fn sqlite(connections: u32) -> AnyPoolOptions {
    // A file does not go away between two transactions: to ask the connection whether it is alive would cost as much as a
    // statement.
    options(connections).test_before_acquire(false).after_connect(|connection, _| {
        Box::pin(async move {
            // FULL: what was answered is on the disk. The larger checkpoint interval spares page writes.
            let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
                           PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;";
            connection.execute(pragmas).await.map(drop)
        })
    })
}

/// What every connection to a server is told.
///
/// Without the first, the server warns of every ROLLBACK above that finds nothing to roll back. The second frees the locks of a
/// process that was stopped in the middle of a transaction, before others take it for dead.
///
/// The others say how to plan: once for each statement, and along the indices that each has (`tests/plans`). By itself the
/// server reads whole tables where it thinks that they are small, and goes on doing so when they have grown.
const SETTINGS: &str = "SET client_min_messages TO ERROR; SET idle_in_transaction_session_timeout TO '10s';
    SET plan_cache_mode TO force_generic_plan; SET jit TO off;
    SET enable_seqscan TO off; SET enable_hashjoin TO off; SET enable_mergejoin TO off";

/// Connections to a server that takes writes.
pub(super) fn postgres(connections: u32) -> AnyPoolOptions {
    options(connections)
        .acquire_timeout(ACQUIRE)
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(SETTINGS).await?;
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
}

/// Whether a PostgreSQL server takes writes.
async fn may_write(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    let row = connection.fetch_one("SHOW transaction_read_only").await?;
    Ok(row.try_get::<String, _>(0)? == "off")
}
