//! What a person said is kept: processes are killed at random moments while people write, and updates come twice or out
//! of order.

use crate::{
    case::Case,
    people::{Crowd, Founding, Kill},
    process::{LONG, Town, free_port},
};
use daoyu::sandbox::Disorder;
use std::{
    process::Command,
    time::{Duration, Instant},
};

const MENTORS: i64 = 4;
const STUDENTS: i64 = 20;

pub async fn by_polling(case: Case) {
    let town = case.town().await;
    killed(&case, &town, || town.settings()).await;
}

pub async fn by_webhook(case: Case) {
    let town = case.town().await;
    let address = free_port().await;
    killed(&case, &town, || town.pushed_to(address)).await;
}

async fn killed(case: &Case, town: &Town, settings: impl Fn() -> Command) {
    let (kills, updates) = case.pick((8, 400), (200, 10_000));
    Founding::of(MENTORS, STUDENTS / MENTORS).found(town).await;
    town.sandbox.disorder(Disorder { again: 0.05, swapped: 0.05, seed: case.seed_of("disorder") });
    let mut dice = case.dice("kills");
    let crowd = Crowd::begins(town, MENTORS, STUDENTS, Duration::from_millis(25));
    let mut killed = Vec::new();
    while killed.len() < kills {
        case.stage(format!("{} kills, {} messages", killed.len(), crowd.said()));
        let in_a_rush = dice.below(2) == 0;
        let serve = town.up(settings()).await;
        crowd.is_answered((updates / kills) as u64 / 2, &serve, LONG).await;
        // The kills are spread over all that is said.
        crowd.has_said(updates * killed.len() / kills, &serve).await;
        if !in_a_rush {
            crowd.flows_evenly(&serve).await;
        }
        dice.moment(60).await;
        serve.dies();
        killed.push(Kill { when: Instant::now(), in_a_rush });
        // Sometimes the next one does not even come to its work.
        while dice.below(4) == 0 {
            town.waits_for_the_dead().await;
            let starting = town.starts(settings());
            dice.moment(case.pick(600, 300)).await;
            starting.dies();
            killed.push(Kill { when: Instant::now(), in_a_rush: true });
        }
        town.waits_for_the_dead().await;
    }
    let serve = town.up(settings()).await;
    crowd.has_said(updates, &serve).await;
    let said = crowd.ends().await;
    town.settles(&serve).await;
    // Once more, so that anything that was kept for a next start would show.
    serve.stops().await;
    let serve = town.up(settings()).await;
    town.settles(&serve).await;
    let (again, swapped) = town.sandbox.disordered();
    case.measured(format!("{} kills, {again} updates came again, {swapped} changed places", killed.len()));
    said.check(case, town, &killed).await;
    serve.stops().await;
}
