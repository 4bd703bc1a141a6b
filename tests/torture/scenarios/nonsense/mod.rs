//! Nonsense: genuine updates of every kind with something wrong in them, by polling and by pushes. Nothing panics, the
//! memory stays, and a chat beside it goes on.

mod genuine;
mod mutant;

use crate::{
    case::Case,
    people::{ASKED, Founding, name, students},
    process::{LONG, Serve, Town, free_port, http, town::SECRET, until_within},
};
use mutant::Mutants;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

/// Megabytes that the nonsense may cost.
const LIMIT: f64 = 50.0;
/// How many wait at most to be polled.
const WAITING: usize = 300;
const PATH: &str = "/telegram/7000000001";

pub async fn of_every_kind(case: Case) {
    let town = case.town().await;
    Founding::of(1, 2).found(&town).await;
    for person in genuine::PEOPLE {
        town.sandbox.user(person, "谁", "zh-hans").starts_silently();
    }
    let count = case.pick(3_000, 100_000) / 2;
    let mut mutants = Mutants::new(case.dice("mutants"));

    let serve = town.serve().await;
    let (before, beside) = begins(&town, &serve).await;
    for turn in 0..count {
        if turn % 500 == 0 {
            case.stage(format!("{turn} of {count} polled"));
        }
        town.sandbox.send_raw_update(mutants.next_update());
        until_within(LONG * 3, "nonsense is taken", &[&serve], || town.sandbox.pending_updates() < WAITING)
            .await;
    }
    until_within(LONG * 3, "all nonsense is taken", &[&serve], || town.sandbox.pending_updates() < 5).await;
    ends(&case, "polling", &serve, before, beside).await;
    serve.stops().await;

    let address = free_port().await;
    let serve = town.up(town.pushed_to(address)).await;
    let (before, beside) = begins(&town, &serve).await;
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for turn in (0..count).step_by(8) {
        case.stage(format!("{turn} of {count} pushed"));
        let bodies: Vec<String> = (turn..(turn + 8).min(count)).map(|_| mutants.next_body()).collect();
        let pushes = bodies.iter().map(|body| http(address, "POST", PATH, SECRET, body));
        for (status, _) in futures_util::future::join_all(pushes).await {
            *statuses.entry(status).or_default() += 1;
        }
    }
    case.measured(format!("{} updates, pushes were answered {statuses:?}", 2 * count));
    // What is answered with an error comes again and again.
    let refused: usize = statuses.range(500..).map(|(_, count)| count).sum();
    case.must(refused == 0, || format!("{refused} pushes were answered with an error: {statuses:?}"));
    ends(&case, "webhook", &serve, before, beside).await;
    serve.stops().await;
}

/// Somebody who talks sense beside it: whether to go on, and how long each answer took.
type Beside = (Arc<AtomicBool>, tokio::task::JoinHandle<Vec<Duration>>);

/// Warms up, and tells the megabytes.
async fn begins(town: &Town, serve: &Serve) -> (f64, Beside) {
    let user = town.sandbox.user(students(1).last().unwrap(), &name(students(1).last().unwrap()), "zh-hans");
    let ask = async |turn: usize, user: &daoyu::sandbox::User| {
        let (asked, answer) = ASKED[turn % ASKED.len()];
        let (since, begun) = (user.says(asked), Instant::now());
        let heard = || {
            user.chat().iter().rev().take(3).any(|it| it.message_id > since && it.text.starts_with(answer))
        };
        until_within(LONG, "a chat beside nonsense goes on", &[], heard).await;
        begun.elapsed()
    };
    for turn in 0..20 {
        ask(turn, &user).await;
    }
    let goes = Arc::new(AtomicBool::new(true));
    let on = goes.clone();
    let asking = tokio::spawn(async move {
        let mut took = Vec::new();
        while on.load(Relaxed) {
            took.push(ask(took.len(), &user).await);
        }
        // Right after it as during it.
        took.push(ask(took.len(), &user).await);
        took
    });
    (serve.resident(), (goes, asking))
}

async fn ends(case: &Case, how: &str, serve: &Serve, before: f64, (goes, asking): Beside) {
    goes.store(false, Relaxed);
    let took = asking.await.unwrap();
    let worst = took.iter().max().copied().unwrap_or_default();
    let more = serve.resident() - before;
    let panics = serve.told().matches("panicked").count();
    let aside = serve.metric("daoyu_updates_aside_total").await;
    case.measured(format!(
        "{how}: {panics} panics, {more:+.0} MB, {aside} set aside, {} answers beside it, worst {worst:.1?}",
        took.len()
    ));
    case.must(panics == 0, || format!("{how}: {panics} panics"));
    case.must(more <= LIMIT, || format!("{how}: the memory grew by {more:.0} MB"));
    case.must(aside > 0, || format!("{how}: nothing was set aside: it was no nonsense"));
}
