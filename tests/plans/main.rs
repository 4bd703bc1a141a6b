//! How the databases find what the program asks them for. Every statement of a busy fortnight is heard as it is run, and
//! each database says how it would look for the rows: never through the whole of a table that grows with people or years.
//!
//! A process of its own: statements are heard by the log, and a log belongs to the process.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of a test may fail like the test itself"
)]

#[path = "../support/database.rs"]
mod database;
mod heard;
mod plan;
mod town;

use database::Engine;
use heard::{Stage, Statement};
use plan::Planner;
use sqlx::{AssertSqlSafe, Connection, Executor};
use town::Town;

/// What stands in the books after a fortnight in which everything was asked.
async fn everything_happened(town: &Town) {
    for kind in ["digest", "escalation", "checkin", "checkin_reminder", "office", "consent"] {
        let told = town.count(&format!("SELECT COUNT(*) FROM nudge WHERE kind = '{kind}'")).await;
        assert!(told > 0, "nobody was told of any {kind}: its statements were not heard");
    }
    let joined = town.count("SELECT COUNT(*) FROM binding WHERE account_id = 'tg:1234567'").await;
    assert_eq!(joined, 1, "nobody joined: what that asks was not heard");
    for kind in ["checkin", "talk"] {
        let made = format!("SELECT COUNT(*) FROM record WHERE kind = '{kind}' AND day >= '{}'", town::BEGINS);
        assert!(town.count(&made).await > 0, "no {kind} came to its end: its statements were not heard");
    }
}

/// What is wrong with the plans of all these statements.
async fn faults(town: &Town, engine: Engine, heard: &[Statement]) -> Vec<String> {
    let mut planner = Planner::new(&town.database, engine).await;
    let mut faults = Vec::new();
    for statement in heard {
        faults.extend(planner.faults(statement).await);
    }
    faults
}

async fn no_table_is_walked_through(engine: Engine) {
    let _alone = heard::alone().await;
    let town = Town::new(engine).await;
    let heard = town.has_a_fortnight().await;
    everything_happened(&town).await;
    for stage in Stage::ALL {
        assert!(heard.iter().any(|it| it.stages.contains(&stage)), "nothing was heard of {stage:?}");
    }
    if engine == Engine::Postgres {
        plan::crowd(&town.database).await;
    }
    let wrong = faults(&town, engine, &heard).await;
    assert!(wrong.is_empty(), "{engine:?}, of {} statements:\n\n{}", heard.len(), wrong.join("\n\n"));

    // The proof can fail: each index that is taken away is missed, by the name of its table.
    for (index, table) in [
        ("binding_account", "binding"),
        ("outbox_open", "outbox"),
        ("guardianship_school", "guardianship"),
        ("invite_person", "invite"),
    ] {
        let mut connection = town.database.connect().await;
        connection.execute(AssertSqlSafe(format!("DROP INDEX {index}"))).await.unwrap();
        connection.close().await.unwrap();
        let wrong = faults(&town, engine, &heard).await;
        let named = wrong.iter().any(|it| it.starts_with(&format!("`{table}` is walked through")));
        assert!(named, "{engine:?}: nobody misses {index}: {wrong:#?}");
    }
}

#[tokio::test]
async fn no_table_is_walked_through_on_sqlite() {
    no_table_is_walked_through(Engine::Sqlite).await;
}

#[tokio::test]
async fn no_table_is_walked_through_on_postgresql() {
    no_table_is_walked_through(Engine::Postgres).await;
}
