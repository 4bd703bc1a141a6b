//! Poison: updates that cannot be read, that make an answer panic, or hang it. Everybody else is answered within two
//! seconds.

use crate::{
    case::Case,
    people::{ASKED, Founding, name, students},
    poisoned,
    process::{Town, until},
};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

const STUDENTS: i64 = 10;
/// Those who say what is poison, and one who sends what cannot be read.
const POISONERS: i64 = 5000;
const BETWEEN_HANGS: Duration = Duration::from_secs(10);
/// At p99.
const LIMIT: Duration = Duration::from_secs(2);

pub async fn for_others(case: Case) {
    let town = Arc::new(case.town().await);
    Founding::of(1, STUDENTS).found(&town).await;
    let serve = town.up(poisoned::settings(&town)).await;
    let (goes, given) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
    let poisoning = tokio::spawn(poison(case.clone(), town.clone(), goes.clone(), given.clone()));
    let until = Instant::now() + case.pick(Duration::from_secs(12), Duration::from_secs(600));
    let asking: Vec<_> = students(STUDENTS).map(|it| tokio::spawn(asks(town.clone(), it, until))).collect();
    let mut took = Vec::new();
    for person in asking {
        took.extend(person.await.unwrap());
        case.stage(format!("{} answers", took.len()));
    }
    goes.store(false, Relaxed);
    poisoning.await.unwrap();
    took.sort();
    let (p99, worst) = (took[took.len() * 99 / 100], took[took.len() - 1]);
    let given = given.load(Relaxed);
    let failed =
        serve.metric("daoyu_updates_failed_total").await + serve.metric("daoyu_updates_aside_total").await;
    case.measured(format!(
        "{given} doses of poison; {} answers to others, p99 {p99:.1?}, worst {worst:.1?}",
        took.len()
    ));
    case.must(p99 <= LIMIT, || format!("others were answered within {p99:?} at p99"));
    case.must(failed > 0, || "the poison did no harm: nothing was shown".to_owned());
    // Whoever said something bad is heard again with something good.
    let told = serve.told();
    case.must(told.contains("could not be answered") || told.contains("cannot be read"), || {
        "no dose is named in the log".to_owned()
    });
    town.phone(9000, "路人").says("您好", "邀请链接", &serve).await;
    serve.stops().await;
}

/// Somebody who asks, waits for the answer, and asks again.
async fn asks(town: Arc<Town>, number: i64, end: Instant) -> Vec<Duration> {
    let user = town.sandbox.user(number, &name(number), "zh-hans");
    let mut took = Vec::new();
    while Instant::now() < end {
        let (asked, answer) = ASKED[took.len() % ASKED.len()];
        let begun = Instant::now();
        let since = user.says(asked);
        let heard = || {
            user.chat().iter().rev().take(3).any(|it| it.message_id > since && it.text.starts_with(answer))
        };
        until("others are answered", &[], heard).await;
        took.push(begun.elapsed());
    }
    took
}

/// A dose now and then. One that hangs costs everybody a second, five times over: in an hour there may be some, and no
/// test of poison is a test of hundreds.
async fn poison(case: Case, town: Arc<Town>, goes: Arc<AtomicBool>, given: Arc<AtomicUsize>) {
    let mut dice = case.dice("poison");
    let mut hung: Option<Instant> = None;
    while goes.load(Relaxed) {
        let dose = given.fetch_add(1, Relaxed) as i64;
        let victim = town.sandbox.user(POISONERS + dose % 20, "坏", "zh-hans");
        match dice.below(2) {
            _ if hung.is_none_or(|it| it.elapsed() > BETWEEN_HANGS) => {
                hung = Some(Instant::now());
                victim.says(poisoned::HANGS);
            }
            0 => drop(victim.says(poisoned::PANICS)),
            _ => town.sandbox.send_raw_update(unreadable(dose)),
        }
        dice.moment(400).await;
    }
}

/// Messages without what every message has.
fn unreadable(dose: i64) -> Value {
    match dose % 3 {
        0 => json!({ "message": "words alone" }),
        1 => json!({ "message": { "chat": { "id": "seven" }, "text": 7 } }),
        _ => json!({ "callback_query": { "id": 7, "from": [] } }),
    }
}
