//! 5xx and dropped connections on every call, the polling too: every form ends, and no answer takes ten seconds.

use crate::{
    case::Case,
    people::{Crowd, Founding},
    process::LONG,
};
use daoyu::sandbox::{Fault, FaultKind};
use std::time::Duration;

const MENTORS: i64 = 6;
/// Half a percent of each kind: two percent in all.
const SHARE: f64 = 0.005;
/// No sleep as long as this is in the path of an answer.
const LIMIT: Duration = Duration::from_secs(10);
/// A message that nobody knows of is said at most once: the mentor who sees nothing asks again.
const ASKS_AGAIN: Duration = Duration::from_secs(11);

pub async fn everywhere(case: Case) {
    let town = case.town().await;
    Founding::of(MENTORS, 1).found(&town).await;
    let serve = town.serve().await;
    let kinds =
        [FaultKind::ServerError(500), FaultKind::BadGateway, FaultKind::ResetBefore, FaultKind::ResetAfter];
    // In the short run ten times as often, or nothing would happen.
    let share = SHARE * case.pick(4.0, 1.0);
    for (n, kind) in kinds.into_iter().enumerate() {
        let seed = case.seed_of(&format!("fault {n}"));
        town.sandbox.fault(Fault::new(kind.clone()).sometimes(share, seed));
        town.sandbox.fault(Fault::new(kind).on("getUpdates").sometimes(share, seed + 1));
    }
    let crowd = Crowd::with(&town, MENTORS, 0, Duration::from_millis(50), Some(ASKS_AGAIN));
    crowd.is_answered(case.pick(400, 20_000), &serve, LONG * case.pick(3, 60)).await;
    let said = crowd.ends().await;
    town.sandbox.clear_faults();
    town.settles(&serve).await;
    let worst = said.took.iter().max().copied().unwrap_or_default();
    let refused = town.sandbox.ledger_counts().1;
    case.measured(format!(
        "{refused} calls refused; the slowest of {} answers took {worst:.1?}",
        said.took.len()
    ));
    case.measured(format!("{} times /talk was asked again", said.asked_again));
    case.must(refused > 0, || "no call was disturbed".to_owned());
    case.must(worst < LIMIT, || format!("an answer took {worst:?}"));
    said.check(&case, &town, &[]).await;
    serve.stops().await;
}
