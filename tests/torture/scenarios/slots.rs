//! Nudges with three processes: the one that polls is killed around the moment of a slot. Every student is asked, one row
//! per key is kept for ever, and the others take over within half a minute.

use crate::{
    case::Case,
    people::{Founding, students},
    process::{LONG, Serve, Town, until_within},
};
use chrono::Timelike;
use chrono_tz::Tz;
use daoyu::{
    clock::Clock,
    school::{At, Policy, SlotName},
};
use futures_util::future::join_all;
use std::time::{Duration, Instant};

const ASKED: i64 = 20;
const LIMIT: Duration = Duration::from_secs(30);
/// From the founding to the slot: three processes start, and somebody is answered.
const AHEAD: chrono::TimeDelta = chrono::TimeDelta::seconds(10);
/// Wherever it is day now, a school can be founded in which nobody has quiet hours.
const ZONES: [Tz; 4] = [
    chrono_tz::UTC,
    chrono_tz::Asia::Shanghai,
    chrono_tz::Pacific::Auckland,
    chrono_tz::America::Los_Angeles,
];

/// How one round ended.
struct Round {
    took_over: Duration,
    asked_all: Duration,
    copies: usize,
}

pub async fn with_three_processes(case: Case) {
    let (rounds, abreast) = case.pick((2, 2), (100, 4));
    let mut ended = Vec::new();
    for first in (0..rounds).step_by(abreast) {
        case.stage(format!("{first} of {rounds} leaders killed"));
        let these = first..(first + abreast).min(rounds);
        ended.extend(join_all(these.map(|number| round(&case, number))).await);
    }
    let copies: usize = ended.iter().map(|it| it.copies).sum();
    let worst = |of: fn(&Round) -> Duration| ended.iter().map(of).max().unwrap_or_default();
    let (took_over, asked_all) = (worst(|it| it.took_over), worst(|it| it.asked_all));
    case.measured(format!(
        "{rounds} leaders killed, {} nudges, {copies} second copies",
        rounds as i64 * ASKED
    ));
    case.measured(format!("taken over within {took_over:.1?}, all asked within {asked_all:.1?}"));
    case.must(took_over <= LIMIT, || format!("another process took over after {took_over:.1?}"));
    case.must(asked_all <= LIMIT, || {
        format!("the last student was asked {asked_all:.1?} after the slot or the kill")
    });
}

/// A fresh school, three processes, one slot, one kill.
async fn round(case: &Case, number: usize) -> Round {
    let mut dice = case.dice(&format!("round {number}"));
    let town = case.town().await;
    let slot = At((Clock::System.now().0 / 1000 + AHEAD.num_seconds()) * 1000);
    founding(slot)
        .found_and(&town, async |tx, school| {
            tx.set_slot(school, SlotName::Checkin, slot, Some(Clock::System.now())).await.unwrap();
        })
        .await;
    let mut serves = join_all((0..3).map(|_| town.serve())).await;
    let stranger = town.phone(9000, "路人");
    stranger.says("您好", "邀请链接", &serves[0]).await;
    let leader = leader(&serves).await;
    assert!(
        Clock::System.now() < slot.minus(chrono::TimeDelta::seconds(2)),
        "the machine is too slow for a slot"
    );
    // Within two seconds of the slot, before or after.
    let kill_at = slot.plus(chrono::TimeDelta::milliseconds(dice.below(4000) as i64 - 2000));
    tokio::time::sleep(kill_at.since(Clock::System.now()).to_std().unwrap_or_default()).await;
    serves.swap_remove(leader).dies();
    let killed = Instant::now();

    let others: Vec<&Serve> = serves.iter().collect();
    stranger.user.says("您好");
    let answers = || town.said_to(9000).len();
    until_within(LIMIT + LONG, "another process takes over", &others, || answers() >= 2).await;
    let took_over = killed.elapsed();
    // From the later of the two moments.
    let to_slot = slot.since(kill_at).to_std().unwrap_or_default();
    let asked = || students(ASKED).filter(|it| !town.said_to(*it).is_empty()).count();
    until_within(LIMIT + LONG, "everybody is asked", &others, || asked() as i64 == ASKED).await;
    let asked_all = killed.elapsed().saturating_sub(to_slot);
    settles(&town).await;

    let keys = town.count("SELECT COUNT(*) FROM nudge WHERE kind = 'checkin'").await;
    case.must(keys == ASKED, || format!("{keys} nudges are kept for {ASKED} students"));
    let copies: Vec<usize> = students(ASKED).map(|it| town.said_to(it).len()).collect();
    case.must(copies.iter().all(|it| *it <= 2), || format!("students were asked so often: {copies:?}"));
    for serve in serves {
        serve.stops().await;
    }
    Round { took_over, asked_all, copies: copies.iter().map(|it| it - 1).sum() }
}

/// A school in daylight that asks its students at this moment.
fn founding(slot: At) -> Founding {
    let local = |zone: &Tz| chrono::DateTime::from_timestamp_millis(slot.0).unwrap().with_timezone(zone);
    let zone = ZONES.into_iter().find(|zone| (8..20).contains(&local(zone).hour())).unwrap();
    let when = local(&zone);
    let cron = format!("{} {} {} * * {}", when.second(), when.minute(), when.hour(), when.format("%a"));
    let policy = Policy::preset("default").unwrap().replace("0 30 16 * * FRI", &cron);
    Founding { zone, policy, ..Founding::of(1, ASKED) }
}

/// Which of the processes has taken updates.
async fn leader(serves: &[Serve]) -> usize {
    let begun = Instant::now();
    loop {
        for (n, serve) in serves.iter().enumerate() {
            if serve.metric("daoyu_updates_received_total").await > 0 {
                return n;
            }
        }
        assert!(begun.elapsed() < LONG, "nobody polls");
    }
}

async fn settles(town: &Town) {
    let begun = Instant::now();
    while town.count("SELECT COUNT(*) FROM outbox").await > 0 {
        assert!(begun.elapsed() < LIMIT + LONG, "the outbox is never empty");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
