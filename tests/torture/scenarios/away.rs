//! The database is away for a while, comes back, or refuses to write. Nothing is lost, the processes go on by themselves
//! within ten seconds, and none of them is started again.

use crate::{
    case::Case,
    cluster::{Cluster, Goes},
    people::{Crowd, Founding, Kill},
    process::LONG,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const MENTORS: i64 = 2;
const STUDENTS: i64 = 12;
/// How soon life goes on.
const LIMIT: Duration = Duration::from_secs(10);

pub async fn for_a_while(case: Case) {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Arc::new(Cluster::in_folder(folder.path()));
    let town = case.town_beside(cluster.url()).await;
    let (rounds, away) = case.pick((1, Duration::from_secs(4)), (5, Duration::from_secs(60)));
    Founding::of(MENTORS, STUDENTS / MENTORS).found(&town).await;
    let mut serve = town.serve().await;
    let crowd = Crowd::begins(&town, MENTORS, STUDENTS, Duration::from_millis(20));
    let (mut outages, mut worst) = (Vec::new(), Duration::ZERO);
    for how in [Goes::Stopped, Goes::Killed, Goes::ReadOnly].into_iter().cycle().take(3 * rounds) {
        crowd.is_answered(60, &serve, LONG).await;
        case.stage(format!("{how:?}"));
        let server = cluster.clone();
        let begun = Instant::now();
        // What was under way when it went is like a kill: nobody knows whether it was noted.
        outages.push(Kill { when: begun, in_a_rush: true });
        tokio::task::spawn_blocking(move || server.goes(how)).await.unwrap();
        tokio::time::sleep(away.saturating_sub(begun.elapsed())).await;
        case.must(serve.lives(), || format!("{how:?}: the process ended"));
        let server = cluster.clone();
        tokio::task::spawn_blocking(move || server.is_back_from(how)).await.unwrap();
        let back = Instant::now();
        let stranger = town.phone(9000 + outages.len() as i64, "路人");
        stranger.says("您好", "邀请链接", &serve).await;
        let took = back.elapsed();
        worst = worst.max(took);
        case.measured(format!("{how:?}: back after {took:.1?}"));
        case.must(took <= LIMIT, || format!("{how:?}: the first answer came {took:.1?} after the database"));
    }
    let said = crowd.ends().await;
    town.settles(&serve).await;
    case.must(serve.lives(), || "the process ended".to_owned());
    said.check(&case, &town, &outages).await;
    serve.stops().await;
}
