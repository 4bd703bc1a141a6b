//! `daoyu bench sweep`: a morning. Who owes what is worked out for all schools, and who is told; beside it stands what one
//! grouped question to the database costs over the same rows.

use super::{
    super::{
        Common, Stop,
        common::Output,
        listing::{Cell, Listing},
        voice::Voice,
        year::{self, Joins, Year},
    },
    bot::Usage,
    emulator::Emulator,
    ground::{Ground, Size},
    measure::{decimal, milliseconds},
};
use crate::{clock::Clock, school::SlotName, telegram::Telegram, text::Texts, work::House};
use anyhow::{Context, Result};
use chrono::TimeDelta;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu bench sweep --students 20000
  daoyu bench sweep --students 1000000 --database sqlite:/var/tmp/million.db

Each has five records, three talks and two contacts; mentors have joined, families have not. A database that is named is kept:
a second morning finds everybody told already.

sweep_ms is the whole morning, school_ms its share of each school. Several schools are looked at beside each other:
worst_school_ms is how long the slowest of them took, from the first look to the commit.")]
pub struct Args {
    /// How often a minute is looked at in which nothing is due
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    pub minutes: u32,
    #[command(flatten)]
    size: Size,
    #[command(flatten)]
    output: Output,
}

const COLUMNS: &[&str] = &[
    "schools",
    "pairings",
    "told",
    "sweep_ms",
    "group_by_ms",
    "times_group_by",
    "school_ms",
    "worst_school_ms",
    "peak_mb",
    "quiet_minute_ms",
];
/// Three talks and two contacts for each; one in a hundred is late. Mentors are told, so it is they who have joined.
const YEAR: Year = Year {
    students: 0,
    checkins: 0,
    talks: 3,
    contacts: 2,
    late: 100,
    joined: Joins::Mentors,
    unfinished: false,
};

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(args.output.language.as_deref(), None)?;
    // What fails in the loops is told by the log alone.
    common.quiet_base()?;
    let ground = Ground::fill(args.size, YEAR, common, &voice).await?;
    let store = ground.open().await?;
    let emulator = Emulator::with(std::iter::empty()).await?;
    let telegram = Telegram::new(&emulator.api, &emulator.token)
        .map_err(|unusable| Stop::Refused(unusable.to_string()))?;
    let evening = year::morning().plus(TimeDelta::hours(-12));
    let clock = Clock::set_to(evening);
    let house = House::open(store.clone(), clock.clone(), Texts::load()?, Arc::new(telegram), 1).await?;
    let schools = store.read().await?.schools().await?;
    {
        let mut tx = store.write().await?;
        for school in &schools {
            tx.set_slot(&school.id, SlotName::Digest, year::morning(), Some(evening)).await?;
        }
        tx.commit().await?;
    }
    let mut yardstick = Duration::MAX;
    for _ in 0..3 {
        let began = Instant::now();
        store.read().await?.last_before(year::morning().day(schools[0].zone)).await?;
        yardstick = yardstick.min(began.elapsed());
    }
    forget_the_peak()?;
    let before = house.metrics.nudges.get();
    clock.move_to(year::morning());
    let began = Instant::now();
    let slowest = house.sweep().await?.slowest;
    let swept = began.elapsed();
    let told = house.metrics.nudges.get() - before;
    let peak = Usage::of("self")?.peak;
    let began = Instant::now();
    for _ in 0..args.minutes {
        house.sweep().await?;
    }
    let minute = began.elapsed() / args.minutes.max(1);
    store.close().await;
    let rows = vec![vec![
        Cell::Number(schools.len() as i64),
        Cell::Number(args.size.students as i64),
        Cell::Number(told as i64),
        milliseconds(swept),
        milliseconds(yardstick),
        decimal(swept.as_secs_f64() / yardstick.as_secs_f64()),
        milliseconds(swept / schools.len().max(1) as u32),
        milliseconds(slowest),
        decimal(peak),
        milliseconds(minute),
    ]];
    Listing { columns: COLUMNS, rows, empty: "nothing" }.print(&args.output, &voice)
}

/// What was made up before is not what the sweep needs.
fn forget_the_peak() -> Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").context("asking the kernel to forget the peak")
}
