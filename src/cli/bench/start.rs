//! `daoyu bench start`: how soon it is there with a year of a school behind it, and what it needs while nothing happens.

use super::{
    super::{Common, Stop, common::Output, listing::Listing, progress::Progress, voice::Voice, year::Year},
    bot::{Bot, free_port},
    cores::Cores,
    emulator::Emulator,
    ground::{Ground, Size},
    measure::{decimal, median, milliseconds},
};
use anyhow::{Context, Result};
use std::time::Duration;
use tokio::net::TcpStream;

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu bench start
  daoyu bench start --seconds 60 --format json")]
pub struct Args {
    /// How long is looked on while nothing happens
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub seconds: u64,
    /// How often it is started; the median counts
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub rounds: usize,
    #[command(flatten)]
    size: Size,
    #[command(flatten)]
    output: Output,
}

const COLUMNS: &[&str] = &["ready_ms", "demo_ms", "idle_mb", "peak_mb", "idle_cpu_percent", "program_mb"];
/// Nothing that belongs to the start happens after this.
const SETTLE: Duration = Duration::from_secs(5);

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(args.output.language.as_deref(), None)?;
    let cores = Cores::shared_out();
    let ground = Ground::fill(args.size, Year { unfinished: false, ..Year::LARGE }, common, &voice).await?;
    let emulator = Emulator::with(ground.students()).await?;
    let settings = [
        ("DATABASE_URL", ground.url.clone()),
        ("DAOYU_TELEGRAM_TOKEN", emulator.token.clone()),
        ("DAOYU_TELEGRAM_API_URL", emulator.api.clone()),
    ];
    let mut progress =
        Progress::new(&voice, "bench-measuring", args.seconds + SETTLE.as_secs() + 2 * args.rounds as u64);
    let (mut ready, mut demo) = (Vec::new(), Vec::new());
    let mut bot = Bot::daoyu(&settings, cores, ground.folder())?;
    ready.push(bot.is_ready().await?);
    for _ in 1..args.rounds {
        drop(bot);
        bot = Bot::daoyu(&settings, cores, ground.folder())?;
        ready.push(bot.is_ready().await?);
        progress.step(1);
    }
    wait(SETTLE, &mut progress).await;
    let before = bot.usage()?;
    wait(Duration::from_secs(args.seconds), &mut progress).await;
    let after = bot.usage()?;
    drop(bot);
    for round in 0..args.rounds {
        demo.push(demo_start(&ground, cores, round).await?);
        progress.step(1);
    }
    drop(progress);
    let program = std::env::current_exe().context("asking for this program")?;
    let bytes = std::fs::metadata(program).context("measuring this program")?.len();
    let middle =
        |times: &[Duration]| Duration::from_secs_f64(median(times.iter().map(Duration::as_secs_f64)));
    let idle = (after.cpu - before.cpu).as_secs_f64() * 100.0 / args.seconds.max(1) as f64;
    let rows = vec![vec![
        milliseconds(middle(&ready)),
        milliseconds(middle(&demo)),
        decimal(after.resident),
        decimal(after.peak),
        decimal(idle),
        decimal(bytes as f64 / 1e6),
    ]];
    Listing { columns: COLUMNS, rows, empty: "nothing" }.print(&args.output, &voice)
}

async fn wait(time: Duration, progress: &mut Progress<'_>) {
    for _ in 0..time.as_secs() {
        tokio::time::sleep(Duration::from_secs(1)).await;
        progress.step(1);
    }
}

/// From the command to the moment at which the page of a fresh demo is there.
async fn demo_start(ground: &Ground, cores: Cores, round: usize) -> Result<Duration> {
    let listens = free_port()?;
    let program = std::env::current_exe().context("asking for this program")?;
    let data = ground.folder().join(format!("demo-{round}")).display().to_string();
    let port = listens.port().to_string();
    let arguments = ["demo", "--data", &data, "--port", &port];
    let mut bot = Bot::start(&program, &arguments, &[], cores, ground.folder(), listens)?;
    bot.is_announced("http://").await?;
    let time = bot.began.elapsed();
    TcpStream::connect(listens).await.context("the demo has said that it is there, and is not")?;
    Ok(time)
}
