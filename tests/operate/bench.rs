//! `daoyu bench`, small and short: what it measures comes to an end and is told in full.

use crate::place::{Engine, Place};
use serde_json::Value;

/// A town small enough for a test.
const SMALL: [&str; 4] = ["--students", "20", "--per-school", "20"];

/// The one row that it prints, with exactly these columns, each of which is a number but for those that may be unknown.
fn measured(place: &Place, arguments: &[&str], columns: &[&str]) -> Value {
    let said = {
        let mut command = place.command(&[&["bench"], arguments, &SMALL, &["--format", "json"]].concat());
        // It makes a database of its own for the time being.
        command.env_remove("DATABASE_URL");
        crate::place::Said::of(&mut command)
    };
    assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
    let rows: Vec<Value> = serde_json::from_str(&said.out).unwrap();
    assert_eq!(rows.len(), 1, "{said:?}");
    let mut found: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    let mut wanted: Vec<String> = columns.iter().map(ToString::to_string).collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted.iter().collect::<Vec<_>>());
    rows[0].clone()
}

fn number(row: &Value, column: &str) -> f64 {
    row[column].as_f64().unwrap_or_else(|| panic!("{column} is no number in {row}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_ins_come_to_their_end_and_every_column_is_there() {
    let place = Place::new(Engine::Sqlite).await;
    let row = measured(
        &place,
        &["checkin", "--users", "3", "--seconds", "1"],
        &[
            "bot",
            "updates_per_second",
            "checkins",
            "p50_ms",
            "p95_ms",
            "p99_ms",
            "cpu_ms_per_1000",
            "peak_mb",
            "commits_per_update",
            "statements_per_update",
            "calls_per_update",
            "stolen_percent",
        ],
    );
    assert_eq!(row["bot"], "daoyu");
    assert!(number(&row, "checkins") >= 1.0, "nobody came to the end: {row}");
    assert!(number(&row, "updates_per_second") >= 3.0 * number(&row, "checkins"), "{row}");
    assert!(number(&row, "p50_ms") <= number(&row, "p99_ms"), "{row}");
    let commits = number(&row, "commits_per_update");
    assert!(commits > 0.0 && commits < 3.0, "{row}");
    assert!(number(&row, "calls_per_update") >= 1.0, "each update is answered: {row}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_morning_tells_who_is_late() {
    let place = Place::new(Engine::Sqlite).await;
    let columns = [
        "schools",
        "pairings",
        "told",
        "sweep_ms",
        "group_by_ms",
        "times_group_by",
        "school_ms",
        "worst_school_ms",
        "peak_mb",
        "quiet_minute_ms",
    ];
    let row = measured(&place, &["sweep", "--minutes", "3"], &columns);
    assert_eq!((row["schools"].as_i64(), row["pairings"].as_i64()), (Some(1), Some(20)));
    assert!(number(&row, "told") >= 1.0, "nobody was told of anything: {row}");
    assert!(number(&row, "quiet_minute_ms") < number(&row, "sweep_ms"), "{row}");
    let worst = number(&row, "worst_school_ms");
    assert!(worst > 0.0 && worst <= number(&row, "sweep_ms"), "{row}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_messages_leave() {
    let place = Place::new(Engine::Sqlite).await;
    let columns = [
        "messages",
        "seconds",
        "messages_per_second",
        "most_in_a_second",
        "most_in_a_chat_and_second",
        "cpu_ms_per_1000",
        "peak_mb",
    ];
    let row = measured(&place, &["outbox", "--messages", "100", "--pace", "off"], &columns);
    assert_eq!(row["messages"], 100);
    assert!(number(&row, "messages_per_second") > 30.0, "it was held back: {row}");
    assert_eq!(row["most_in_a_chat_and_second"], 5, "five to each chat");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_starts_and_the_demo_too() {
    let place = Place::new(Engine::Sqlite).await;
    let columns = ["ready_ms", "demo_ms", "idle_mb", "peak_mb", "idle_cpu_percent", "program_mb"];
    let row = measured(&place, &["start", "--seconds", "1", "--rounds", "1"], &columns);
    for column in ["ready_ms", "demo_ms", "idle_mb", "program_mb"] {
        assert!(number(&row, column) > 0.0, "{column}: {row}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_measured_is_drawn() {
    let place = Place::new(Engine::Sqlite).await;
    std::fs::write(place.path("1000.json"), r#"[{"bot":"daoyu","p99_ms":4.5}]"#).unwrap();
    std::fs::write(place.path("10000.json"), r#"[{"bot":"daoyu","p99_ms":9.0}]"#).unwrap();
    let svg = place.daoyu(&["bench", "picture", "1000.json", "10000.json"]);
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"), "{svg}");
    assert_eq!(svg.matches("<rect").count(), 2, "{svg}");
    assert!(place.refused(&["bench", "picture", "1000.json", "--figures", "speed"]).contains("speed"));
    std::fs::write(place.path("other.json"), "{}").unwrap();
    assert!(place.refused(&["bench", "picture", "other.json"]).contains("other.json"));
}

/// Somebody's books are no ground to measure on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_with_people_in_it_is_refused() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::new(engine).await;
        place.daoyu(&["school", "new", "--name", "第一中学"]);
        let before = place.count("SELECT COUNT(*) FROM person").await;
        for what in ["checkin", "sweep", "outbox", "start"] {
            let said = place.refused(
                &[&["bench", what, "--database", &place.database.url, "--language", "en"], &SMALL[..]]
                    .concat(),
            );
            let words = said.trim();
            assert!(words.lines().count() == 1 && words.contains("database"), "{what}: {said}");
        }
        assert_eq!(place.count("SELECT COUNT(*) FROM person").await, before, "{engine:?}");
    }
}
