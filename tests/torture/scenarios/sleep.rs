//! A process that sleeps and wakes: what it still holds in its hands is stale, and it writes none of it.

use crate::{
    case::Case,
    people::{Crowd, Founding, Kill},
    process::{Engine, LONG, Serve, Town, until, until_within},
};
use daoyu::sandbox::Entry;
use sqlx::{Connection, Row};
use std::time::{Duration, Instant};

const MENTORS: i64 = 2;
const STUDENTS: i64 = 12;
/// How soon the other process takes over.
const LIMIT: Duration = Duration::from_secs(30);
/// What only one process at a time may write. The heartbeats of the living are no part of it.
const TABLES: [&str; 12] = [
    "account", "binding", "form", "place", "record", "about", "nudge", "slot", "inbox", "outbox", "feedback",
    "task",
];

pub async fn and_wakes(case: Case) {
    let town = case.town().await;
    Founding::of(MENTORS, STUDENTS / MENTORS).found(&town).await;
    match case.engine {
        Engine::Sqlite => alone(&case, &town).await,
        Engine::Postgres => beside_another(&case, &town).await,
    }
}

/// The only process sleeps while people write.
async fn alone(case: &Case, town: &Town) {
    let (times, asleep) = case.pick((2, Duration::from_secs(4)), (20, Duration::from_secs(90)));
    let serve = town.serve().await;
    let mut dice = case.dice("sleep");
    // A message that was under way when it fell asleep is one of which nobody knows: an answer is not sent again.
    let asks_again = Some(asleep + Duration::from_secs(30));
    let crowd = Crowd::with(town, MENTORS, STUDENTS, Duration::from_millis(20), asks_again);
    let mut worst = Duration::ZERO;
    for time in 0..times {
        crowd.is_answered(40, &serve, LONG).await;
        dice.moment(100).await;
        case.stage(format!("asleep for the {}. time", time + 1));
        serve.signal("STOP");
        tokio::time::sleep(asleep).await;
        serve.signal("CONT");
        let awake = Instant::now();
        crowd.is_answered(1, &serve, LONG).await;
        worst = worst.max(awake.elapsed());
        // All that waited is answered before it sleeps again, or the people would wait through several sleeps.
        crowd.flows_evenly(&serve).await;
    }
    let mut said = crowd.ends().await;
    town.settles(&serve).await;
    said.unknown = serve.metric("daoyu_messages_unknown_total").await as usize;
    case.measured(format!(
        "asleep {times} times for {asleep:?}, answers after at most {worst:.1?}, {} under way when it fell asleep",
        said.unknown
    ));
    said.check(case, town, &[]).await;
    serve.stops().await;
}

/// Of two processes the one that polls sleeps; the other takes over; then the first wakes.
async fn beside_another(case: &Case, town: &Town) {
    let (times, asleep) = case.pick((1, Duration::from_secs(20)), (20, Duration::from_secs(90)));
    let mut dice = case.dice("sleep");
    let mut serves = [town.serve().await, town.serve().await];
    let (mut worst, mut stale, mut talks) = (Duration::ZERO, 0, 0);
    for time in 0..times {
        case.stage(format!("asleep for the {}. time", time + 1));
        // Each time is counted by itself.
        town.sandbox.ledger_limit(Some(0));
        town.sandbox.ledger_limit(None);
        let crowd = Crowd::begins(town, MENTORS, STUDENTS, Duration::from_millis(10));
        let before = delivered(town).len();
        until("answers flow", &[&serves[0], &serves[1]], || delivered(town).len() > before + 60).await;
        if !polls(&serves[0], town).await {
            serves.swap(0, 1);
        }
        dice.moment(100).await;
        let [sleeper, other] = &serves;
        sleeper.signal("STOP");
        let stopped = Instant::now();
        let then = town.sandbox.pending_updates();
        until("people go on writing", &[other], || town.sandbox.pending_updates() > then + 5).await;
        let before = delivered(town).len();
        until_within(LIMIT + LONG, "the other takes over", &[other], || delivered(town).len() > before).await;
        let took = stopped.elapsed();
        worst = worst.max(took);
        case.must(took <= LIMIT, || format!("the other took over after {took:.1?}"));
        let mut said = crowd.ends().await;
        tokio::time::sleep(asleep.saturating_sub(stopped.elapsed())).await;
        town.settles(other).await;
        said.talks += talks;
        talks = said.talks;
        // What was in the sleeper's hands was taken from it, as from a dead one.
        said.check(case, town, &[Kill { when: stopped, in_a_rush: true }]).await;

        let (ledger, rows) = (delivered(town), rows(town).await);
        sleeper.signal("CONT");
        // Long enough for all that it had begun, and for each of its loops to come round.
        let watched = Duration::from_secs(8);
        tokio::time::sleep(watched).await;
        let (ledger_now, rows_now) = (delivered(town), self::rows(town).await);
        if ledger_now.len() != ledger.len() {
            stale += ledger_now.len() - ledger.len();
            let words: Vec<String> = ledger_now[ledger.len()..].iter().map(|it| format!("{it:?}")).collect();
            case.must(false, || format!("the sleeper said after it woke: {}", words.join("\n")));
        }
        for (table, before, now) in rows.iter().zip(&rows_now).map(|(a, b)| (a.0, &a.1, &b.1)) {
            stale += usize::from(before != now);
            case.must(before == now, || format!("the sleeper changed `{table}` after it woke"));
        }
        // Life goes on, with both.
        let stranger = town.phone(9000 + time, "路人");
        stranger.says("您好", "邀请链接", other).await;
    }
    case.measured(format!(
        "asleep {times} times for {asleep:?}, taken over within {worst:.1?}, {stale} stale writes"
    ));
    for serve in serves {
        serve.stops().await;
    }
}

/// Whether this is the process that polls, while people write: its count of updates rises.
async fn polls(serve: &Serve, town: &Town) -> bool {
    let received = async || serve.metric("daoyu_updates_received_total").await;
    let (before, answered) = (received().await, delivered(town).len());
    until("answers flow", &[serve], || delivered(town).len() > answered + 30).await;
    received().await > before
}

fn delivered(town: &Town) -> Vec<Entry> {
    town.sandbox.ledger().into_iter().filter(|it| it.refused.is_none()).collect()
}

/// A fingerprint of each table.
async fn rows(town: &Town) -> Vec<(&'static str, String)> {
    let mut connection = town.database.connect().await;
    let mut prints = Vec::new();
    for table in TABLES {
        let sql =
            format!("SELECT COALESCE(MD5(STRING_AGG(t::TEXT, '|' ORDER BY t::TEXT)), '') FROM {table} t");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap();
        prints.push((table, row.get(0)));
    }
    connection.close().await.unwrap();
    prints
}
