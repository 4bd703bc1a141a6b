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
use heard::Stage;
use plan::Planner;
use sqlx::{Connection, Executor};
use town::Town;

/// What stands in the books after a fortnight in which everything was asked.
async fn everything_happened(town: &Town) {
    for kind in ["digest", "escalation", "checkin", "checkin_reminder", "office", "consent"] {
        let told = town.count(&format!("SELECT COUNT(*) FROM nudge WHERE kind = '{kind}'")).await;
        assert!(told > 0, "nobody was told of any {kind}: its statements were not heard");
    }
    for kind in ["checkin", "talk"] {
        let made = format!("SELECT COUNT(*) FROM record WHERE kind = '{kind}' AND day >= '{}'", town::BEGINS);
        assert!(town.count(&made).await > 0, "no {kind} came to its end: its statements were not heard");
    }
}

async fn no_table_is_walked_through(engine: Engine) {
    let town = Town::new(engine).await;
    let heard = town.has_a_fortnight().await;
    everything_happened(&town).await;
    for stage in Stage::ALL {
        assert!(heard.iter().any(|it| it.stages.contains(&stage)), "nothing was heard of {stage:?}");
    }
    let mut planner = Planner::new(&town.database, engine).await;
    let mut faults = Vec::new();
    for statement in &heard {
        faults.extend(planner.faults(statement).await);
    }
    assert!(faults.is_empty(), "{engine:?}, of {} statements:\n\n{}", heard.len(), faults.join("\n\n"));
}

#[tokio::test]
async fn no_table_is_walked_through_on_sqlite() {
    let _alone = heard::alone().await;
    no_table_is_walked_through(Engine::Sqlite).await;
}

#[tokio::test]
async fn no_table_is_walked_through_on_postgresql() {
    let _alone = heard::alone().await;
    no_table_is_walked_through(Engine::Postgres).await;
}

/// Each index that is taken away is missed: the proof can fail.
#[tokio::test]
async fn an_index_that_is_gone_is_missed() {
    let _alone = heard::alone().await;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let heard = town.has_a_fortnight().await;
        for (index, table) in [
            ("binding_account", "binding"),
            ("outbox_open", "outbox"),
            ("pairing_school", "pairing"),
            ("slot_next", ""),
        ] {
            let mut connection = town.database.connect().await;
            connection.execute(sqlx::AssertSqlSafe(format!("DROP INDEX {index}"))).await.unwrap();
            connection.close().await.unwrap();
            let mut planner = Planner::new(&town.database, engine).await;
            let mut faults = Vec::new();
            for statement in &heard {
                faults.extend(planner.faults(statement).await);
            }
            let named = faults.iter().any(|it| it.contains(&format!("`{table}`")));
            assert_eq!(named, !table.is_empty(), "{engine:?} without {index}: {faults:#?}");
        }
    }
}
