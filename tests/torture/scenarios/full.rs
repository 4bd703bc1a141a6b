//! The disk is full: nothing is acknowledged and lost, and life goes on by itself when there is room.

use crate::{
    case::Case,
    cluster::Cluster,
    mount::Disk,
    people::{Crowd, Founding, Kill},
    process::{Engine, LONG, Town},
};
use std::time::{Duration, Instant};

const MENTORS: i64 = 2;
const STUDENTS: i64 = 12;
/// How soon life goes on.
const LIMIT: Duration = Duration::from_secs(15);

pub async fn to_the_last_byte(case: Case) {
    let folder = tempfile::tempdir().unwrap();
    let under = match case.engine {
        Engine::Sqlite => folder.path().join("small"),
        // A server begins with 40 MB; only its data lies on the small disk.
        Engine::Postgres => folder.path().join("data"),
    };
    std::fs::create_dir(&under).unwrap();
    let disk = match Disk::mount(&under, if case.engine == Engine::Sqlite { 24 } else { 120 }) {
        Ok(disk) => disk,
        Err(why) => return case.cannot_show(format!("no small disk can be mounted: {why}")),
    };
    match case.engine {
        Engine::Sqlite => {
            let url = format!("sqlite:{}", under.join("daoyu.db").display());
            let town = case.town_beside(url).await;
            fills(&case, &town, &disk, None).await;
        }
        Engine::Postgres => {
            crate::process::database::postgres::give(&under);
            let cluster = Cluster::in_folder(folder.path());
            let town = case.town_beside(cluster.url()).await;
            fills(&case, &town, &disk, Some(&cluster)).await;
        }
    }
}

async fn fills(case: &Case, town: &Town, disk: &Disk, cluster: Option<&Cluster>) {
    let (rounds, full) = case.pick((1, Duration::from_secs(4)), (20, Duration::from_secs(20)));
    Founding::of(MENTORS, STUDENTS / MENTORS).found(town).await;
    let mut serve = town.serve().await;
    let crowd = Crowd::begins(town, MENTORS, STUDENTS, Duration::from_millis(20));
    let (mut outages, mut worst, mut told) = (Vec::new(), Duration::ZERO, 0);
    for round in 0..rounds {
        crowd.is_answered(60, &serve, LONG).await;
        case.stage(format!("full for the {}. time", round + 1));
        outages.push(Kill { when: Instant::now(), in_a_rush: true });
        let complaints = serve.complaints().len();
        disk.fill();
        tokio::time::sleep(full).await;
        told += usize::from(serve.complaints().len() > complaints);
        case.must(serve.lives(), || "the process ended".to_owned());
        disk.clear();
        if let Some(cluster) = cluster.filter(|it| !it.is_up()) {
            // A server that cannot write its log ends; whoever runs it starts it again.
            cluster.comes_back();
        }
        let back = Instant::now();
        let stranger = town.phone(9000 + round, "路人");
        stranger.says("您好", "邀请链接", &serve).await;
        worst = worst.max(back.elapsed());
    }
    let said = crowd.ends().await;
    town.settles(&serve).await;
    case.measured(format!("{rounds} times full, noticed {told} times, back after at most {worst:.1?}"));
    case.must(told > 0, || "the disk was not full enough to be noticed".to_owned());
    case.must(worst <= LIMIT, || format!("the first answer came {worst:.1?} after there was room"));
    said.check(case, town, &outages).await;
    serve.stops().await;
}
