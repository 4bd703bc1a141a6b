//! A storm of 429: a third of the sends is told to wait. Alerts reach chats that were not told so within five seconds,
//! nothing is sent inside a wait, and nothing is lost.

use crate::{
    case::Case,
    people::{Crowd, Founding, post},
    process::until_within,
};
use daoyu::sandbox::{Fault, FaultKind};
use std::{
    collections::{HashMap, HashSet},
    time::{Duration, Instant},
};

const MENTORS: i64 = 2;
const STUDENTS: i64 = 30;
/// The chats that alerts go to.
const ALERTED: i64 = 10_000;
/// At p99.
const LIMIT: Duration = Duration::from_secs(5);

pub async fn of_429(case: Case) {
    let town = case.town().await;
    let (alerts, most) = case.pick((150, 3), (3000, 60));
    Founding::of(MENTORS, STUDENTS / MENTORS).found(&town).await;
    let serve = town.serve().await;
    let storm = Fault::new(FaultKind::Flood { least: 1, most });
    town.sandbox.fault(storm.on("sendMessage").sometimes(0.3, case.seed_of("storm")));
    // Many people write: their answers are what the storm falls on.
    let crowd = Crowd::begins(&town, MENTORS, STUDENTS, Duration::from_millis(50));
    let mut dice = case.dice("alerts");
    let mut posted = HashMap::new();
    for chat in ALERTED..ALERTED + alerts {
        case.stage(format!("{} alerts", posted.len()));
        town.sandbox.user(chat, "警", "zh-hans").starts_silently();
        post(&town, "alert", &[(chat, format!("警报 {chat}"))]).await;
        posted.insert(chat, Instant::now());
        dice.moment(200).await;
    }
    let said = crowd.ends().await;
    case.stage("the storm is over");
    let alerted = || {
        let arrived = |it: &daoyu::sandbox::Entry| it.chat >= ALERTED && it.refused.is_none();
        town.sandbox.ledger().iter().filter(|it| arrived(it)).map(|it| it.chat).collect::<HashSet<_>>().len()
    };
    let patience = Duration::from_secs(60 + 10 * u64::from(most));
    until_within(patience, "every alert arrives", &[&serve], || alerted() as i64 >= alerts).await;
    town.sandbox.clear_faults();
    let begun = Instant::now();
    while town.sandbox.pending_updates() > 0 || town.count("SELECT COUNT(*) FROM outbox").await > 0 {
        assert!(begun.elapsed() < patience, "it never settles");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let ledger = town.sandbox.ledger();
    let told: HashSet<i64> = ledger.iter().filter(|it| it.refused.is_some()).map(|it| it.chat).collect();
    let unaffected = ledger.iter().filter(|it| it.chat >= ALERTED && !told.contains(&it.chat));
    let mut took: Vec<Duration> = unaffected.map(|it| it.when - posted[&it.chat]).collect();
    took.sort();
    let p99 = took[(took.len() * 99 / 100).min(took.len() - 1)];
    let (inside, waits) = town.sandbox.sent_inside_waits();
    case.measured(format!("{waits} waits of 1 to {most} s, {inside} calls inside one"));
    case.measured(format!("{} alerts to unaffected chats, p99 {p99:.1?}", took.len()));
    case.must(waits > 0, || "there was no storm".to_owned());
    case.must(inside == 0, || format!("{inside} calls were made inside a wait"));
    case.must(p99 <= LIMIT, || format!("alerts took {p99:?} at p99"));
    said.check(&case, &town, &[]).await;
    serve.stops().await;
}
