//! Start and stop: a polite stop under load takes at most 15 seconds and leaves nothing in anybody's hands.

use crate::{
    case::Case,
    people::{Crowd, Founding},
    process::{LONG, free_port},
};
use std::time::Duration;

const MENTORS: i64 = 3;
const STUDENTS: i64 = 12;

pub async fn politely(case: Case) {
    let town = case.town().await;
    let stops = case.pick(6, 200);
    Founding::of(MENTORS, STUDENTS / MENTORS).found(&town).await;
    let mut dice = case.dice("stops");
    let crowd = Crowd::begins(&town, MENTORS, STUDENTS, Duration::from_millis(5));
    let (mut longest, mut orphans) = (Duration::ZERO, 0);
    let address = free_port().await;
    let settings = |turn: usize| match turn % 4 {
        // Both ways of hearing, and from each to the other.
        0 | 1 => town.settings(),
        _ => town.pushed_to(address),
    };
    for turn in 0..stops {
        case.stage(format!("{turn} stops"));
        let mut serve = town.up(settings(turn)).await;
        crowd.is_answered(20, &serve, LONG).await;
        dice.moment(50).await;
        serve.signal(if turn % 2 == 0 { "TERM" } else { "INT" });
        longest = longest.max(serve.has_stopped().await);
        // What it held, it has sent or given back: nobody waits for a hold to end.
        orphans += town.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending'").await;
        let told = serve.told();
        case.must(!told.contains("ERROR"), || format!("stop {turn} was told with an error"));
    }
    let serve = town.serve().await;
    let said = crowd.ends().await;
    town.settles(&serve).await;
    case.measured(format!("{stops} stops, the longest took {longest:.1?}, {orphans} orphans"));
    case.must(orphans == 0, || format!("{orphans} messages stayed in the hands of a process that is gone"));
    said.check(&case, &town, &[]).await;
    serve.stops().await;
}
