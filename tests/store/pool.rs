//! What the pool of PostgreSQL connections must never do: hand out one that is inside somebody else's transaction, or one
//! that cannot write.

use crate::database::postgres;
use daoyu::{school::At, store::Store};
use sqlx::{AnyConnection, Connection, Executor, Row};
use std::time::{Duration, Instant};

async fn outside(url: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url).await.unwrap()
}

async fn count(connection: &mut AnyConnection, sql: &'static str) -> i64 {
    connection.fetch_one(sql).await.unwrap().get(0)
}

/// sqlx 0.9 leaves a connection in a transaction when `begin()` is cancelled at the wrong moment: what the next one writes on
/// it is acknowledged and lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_is_cancelled_while_it_begins_takes_nobody_with_it() {
    let database = postgres::Database::fresh().await;
    let store = Store::open(&database.url()).await.unwrap();
    let mut outside = outside(&database.url()).await;
    let open =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND state LIKE 'idle in transaction%'";
    let mut cancelled = 0;
    for round in 0_i64..400 {
        // Between no time at all and more than a transaction takes to begin here.
        let moment = Duration::from_micros(rand::random_range(0..1500));
        let begins = tokio::spawn({
            let store = store.clone();
            async move { store.write().await }
        });
        let asked = Instant::now();
        // Timers are coarser than this.
        while asked.elapsed() < moment {
            tokio::task::yield_now().await;
        }
        begins.abort();
        cancelled += u32::from(begins.await.is_err());
        // The connection is back in the pool once what was under way has come to its end.
        let begun = Instant::now();
        while count(&mut outside, open).await > 0 && begun.elapsed() < Duration::from_secs(2) {}
        let left = count(&mut outside, open).await;
        assert_eq!(
            left, 0,
            "after {cancelled} cancellations a connection lies in the pool inside of a transaction"
        );
        let mut tx = store.write().await.unwrap();
        tx.begin_process(&format!("process {round}"), At(0), 1_000_000).await.unwrap();
        tx.commit().await.unwrap();
        let kept = count(&mut outside, "SELECT COUNT(*) FROM process").await;
        assert_eq!(kept, round + 1, "after {cancelled} cancellations a write was acknowledged and lost");
    }
    println!("{cancelled} of 400 transactions were cancelled while they began, and no write was lost");
    assert!(cancelled > 50, "only {cancelled} of 400 were cancelled in time: the proof proves nothing");
    store.close().await;
}

/// A server that was switched to read-only, as after a failover, is not written to and not read from; when it can write
/// again, the same store goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_cannot_write_is_refused_until_it_can() {
    let database = postgres::Database::fresh().await;
    let store = Store::open(&database.url()).await.unwrap();
    let mut outside = outside(&database.url()).await;
    let name: String = outside.fetch_one("SELECT current_database()::text").await.unwrap().get(0);
    let switch = |to: &str| format!("ALTER DATABASE {name} SET default_transaction_read_only = {to}");
    let end_all = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";

    outside.execute(sqlx::AssertSqlSafe(switch("on"))).await.unwrap();
    // A failover ends all connections; new ones find the other server.
    count(&mut outside, end_all).await;
    assert!(
        store.read().await.is_err(),
        "reading from a server that lags behind is no better than writing to it"
    );
    assert!(store.write().await.is_err());

    outside.execute("SET default_transaction_read_only = off").await.unwrap();
    outside.execute(sqlx::AssertSqlSafe(switch("off"))).await.unwrap();
    let begun = Instant::now();
    let mut tx = store.write().await.expect("the same store goes on");
    tx.begin_process("process", At(0), 1_000).await.unwrap();
    tx.commit().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(count(&mut outside, "SELECT COUNT(*) FROM process").await, 1);
    store.close().await;
}
