//! `daoyu bench checkin`: students who check in. Each is one of so many at the same time, presses as soon as an answer is
//! there, and makes room for the next when the check-in is done.

use super::{
    super::{
        Common, Stop,
        common::Output,
        listing::{Cell, Listing},
        out,
        progress::Progress,
        voice::Voice,
        year::{Joins, Year},
    },
    bot::{Bot, Usage, free_port},
    cores::{Cores, Stolen},
    crowd::{Crowd, Talk, Tally},
    emulator::Emulator,
    ground::{Ground, Size},
    measure::{decimal, median, milliseconds, percentile, whole},
};
use crate::text::{Phrase, Texts};
use anyhow::{Context, Result};
use clap::ValueEnum;
use std::{path::PathBuf, time::Duration};

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu bench checkin
  daoyu bench checkin --users 500 --seconds 20 --format json
  daoyu bench checkin --database postgres://daoyu@127.0.0.1/empty --mode webhook --processes 3
  daoyu bench checkin --against ./other-bot --rounds 3

--against runs another bot in turn with daoyu and tells it BOT_TOKEN, API_ROOT, DB_PATH, MODE, WEBHOOK_PORT and SECRET.
It has to ask by buttons after /checkin, take a line where there are none, and say \"saved\" in the end.")]
pub struct Args {
    /// How many check in at the same time
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    pub users: usize,
    /// How long is measured, after four seconds to warm up
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub seconds: u64,
    /// How updates reach the bot
    #[arg(long, value_enum, default_value_t = Mode::Polling)]
    pub mode: Mode,
    /// How many processes serve, with --mode webhook on PostgreSQL; pushes reach them in turn
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub processes: usize,
    /// How many milliseconds each call takes, as over a long way
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    pub latency: u64,
    /// How many weeks of reports, and half as many talks, each student has from before
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub weeks: u64,
    /// How often it is measured; the median is printed, too
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub rounds: usize,
    /// Another bot that is measured in turn with daoyu
    #[arg(long, value_name = "PROGRAM")]
    pub against: Option<PathBuf>,
    #[command(flatten)]
    size: Size,
    #[command(flatten)]
    output: Output,
}

/// How updates reach the bot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Mode {
    /// It asks for them
    Polling,
    /// They are pushed to it
    Webhook,
}

/// One measurement.
struct Measured {
    name: String,
    /// Updates a second.
    rate: f64,
    tally: Tally,
    /// CPU per 1,000 updates, in milliseconds.
    cpu: f64,
    peak: f64,
    commits: Option<f64>,
    statements: Option<f64>,
    calls: f64,
    stolen: f64,
}

const WARM_UP: Duration = Duration::from_secs(2);
const SECRET: &str = "right-1_A";
const COLUMNS: &[&str] = &[
    "bot",
    "updates_per_second",
    "checkins",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "cpu_ms_per_1000",
    "peak_mb",
    "commits_per_update",
    "statements_per_update",
    "calls_per_update",
    "stolen_percent",
];

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(args.output.language.as_deref(), None)?;
    let cores = Cores::shared_out();
    if !cores.are_apart() {
        out::complain(&voice.say(&Phrase::new("bench-one-core")));
    }
    let year = Year {
        students: 0,
        checkins: args.weeks,
        talks: args.weeks / 2,
        contacts: args.weeks / 4,
        late: 0,
        joined: Joins::Students,
        unfinished: false,
    };
    let ground = Ground::fill(args.size, year, common, &voice).await?;
    let runners = 1 + usize::from(args.against.is_some());
    let mut measured = Vec::new();
    {
        let seconds = (args.seconds + 2 * WARM_UP.as_secs()) * (args.rounds * runners) as u64;
        let mut progress = Progress::new(&voice, "bench-measuring", seconds);
        for round in 0..args.rounds {
            measured.push(ours(&args, &ground, round, cores, &mut progress).await?);
            if let Some(program) = &args.against {
                measured.push(other(&args, program, &ground, round, cores, &mut progress).await?);
            }
        }
    }
    let mut rows: Vec<Vec<Cell>> = measured.iter().map(Measured::cells).collect();
    if args.rounds > 1 {
        rows.extend(
            (0..runners)
                .map(|of| middle(&measured.iter().skip(of).step_by(runners).collect::<Vec<_>>(), &voice)),
        );
    }
    Listing { columns: COLUMNS, rows, empty: "nothing" }.print(&args.output, &voice)
}

async fn ours(
    args: &Args,
    ground: &Ground,
    round: usize,
    cores: Cores,
    progress: &mut Progress<'_>,
) -> Result<Measured> {
    let emulator = Emulator::with(ground.students()).await?;
    let (mut settings, mut pushed_to) = (Vec::new(), Vec::new());
    for _ in 0..args.processes.max(1) {
        let listen = free_port()?;
        let mut of_one = vec![
            ("DATABASE_URL", ground.url.clone()),
            ("DAOYU_TELEGRAM_TOKEN", emulator.token.clone()),
            ("DAOYU_TELEGRAM_API_URL", emulator.api.clone()),
            ("DAOYU_LISTEN", listen.to_string()),
        ];
        if args.mode == Mode::Webhook {
            of_one.push(("DAOYU_TELEGRAM_MODE", "webhook".to_owned()));
            of_one.push(("DAOYU_PUBLIC_URL", format!("http://{listen}")));
            of_one.push(("DAOYU_WEBHOOK_SECRET", SECRET.to_owned()));
        }
        settings.push(of_one);
        pushed_to.push(listen);
    }
    emulator.sandbox.push_in_turn(&pushed_to);
    let mut bots = Vec::new();
    for (of_one, listen) in settings.iter().zip(pushed_to) {
        let mut bot = Bot::daoyu(of_one, cores, ground.folder())?;
        bot.listens = listen;
        bot.is_ready().await?;
        bots.push(bot);
    }
    let runner = Runner { talk: Talk::Ours, name: "daoyu", bots: &mut bots };
    watch(args, ground, round, &emulator, runner, progress).await
}

async fn other(
    args: &Args,
    program: &std::path::Path,
    ground: &Ground,
    round: usize,
    cores: Cores,
    progress: &mut Progress<'_>,
) -> Result<Measured> {
    let emulator = Emulator::with(ground.students()).await?;
    let listens = free_port()?;
    let mode = if args.mode == Mode::Webhook { "webhook" } else { "polling" };
    let settings = [
        ("BOT_TOKEN", emulator.token.clone()),
        ("API_ROOT", emulator.api.clone()),
        ("DB_PATH", ground.folder().join(format!("other-{round}.db")).display().to_string()),
        ("MODE", mode.to_owned()),
        ("WEBHOOK_PORT", listens.port().to_string()),
        ("SECRET", SECRET.to_owned()),
    ];
    let program = program.canonicalize().with_context(|| format!("looking for {}", program.display()))?;
    let name = program.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let bot = Bot::start(&program, &[], &settings, cores, ground.folder(), listens)?;
    let runner = Runner { talk: Talk::Plain, name: &name, bots: &mut [bot] };
    watch(args, ground, round, &emulator, runner, progress).await
}

/// Who is measured: one bot, in one process or several.
struct Runner<'a> {
    talk: Talk,
    name: &'a str,
    bots: &'a mut [Bot],
}

/// Lets the crowd at the bot and looks at both.
async fn watch(
    args: &Args,
    ground: &Ground,
    round: usize,
    emulator: &Emulator,
    Runner { talk, name, bots }: Runner<'_>,
    progress: &mut Progress<'_>,
) -> Result<Measured> {
    emulator.is_far_away(Duration::from_millis(args.latency));
    let line = Texts::load()?.plain("zh-CN", &Phrase::new("demo-line-1"));
    // Whoever has checked in before changes the answers, which is a step more: each round begins with others.
    let first = round * args.size.students / args.rounds.max(1);
    let people = ground.students().skip(first).chain(ground.students().take(first));
    let mut crowd = Crowd::new(emulator.sandbox.clone(), talk, people, args.users, line);
    // Another bot does not say when it is ready: its first answers do.
    let mut warm = Tally::default();
    while warm.updates == 0 {
        for bot in &mut *bots {
            bot.must_live()?;
        }
        (crowd, warm) = emulator.load.does(crowd.goes(WARM_UP)).await?;
    }
    if talk == Talk::Ours {
        ground.take_stock().await?;
    }
    // Whoever pressed before that was not answered meanwhile, and a server makes all its plans anew after it.
    (crowd, _) = emulator.load.does(crowd.goes(WARM_UP)).await?;
    progress.step(2 * WARM_UP.as_secs());
    let before = Before::look(bots, talk).await?;
    let stolen = Stolen::now()?;
    let (calls, _) = emulator.sandbox.ledger_counts();
    let mut tally = Tally::default();
    let began = std::time::Instant::now();
    for _ in 0..args.seconds {
        let more;
        (crowd, more) = emulator.load.does(crowd.goes(Duration::from_secs(1))).await?;
        tally.updates += more.updates;
        tally.checkins += more.checkins;
        tally.times.extend(more.times);
        progress.step(1);
    }
    let time = began.elapsed().as_secs_f64();
    let after = Before::look(bots, talk).await?;
    tally.times.sort_unstable();
    let updates = tally.updates.max(1) as f64;
    let each = |now: Option<u64>, then: Option<u64>| Some((now? - then?) as f64 / updates);
    Ok(Measured {
        name: name.to_owned(),
        rate: tally.updates as f64 / time,
        cpu: (after.usage.cpu - before.usage.cpu).as_secs_f64() * 1e6 / updates,
        peak: after.usage.peak,
        commits: each(after.commits, before.commits),
        statements: each(after.statements, before.statements),
        calls: (emulator.sandbox.ledger_counts().0 - calls) as f64 / updates,
        stolen: Stolen::now()?.since(stolen),
        tally,
    })
}

/// What a bot had used and done at a moment.
struct Before {
    usage: Usage,
    commits: Option<u64>,
    statements: Option<u64>,
}

impl Before {
    /// All processes together; the peak is that of the largest.
    async fn look(bots: &[Bot], talk: Talk) -> Result<Before> {
        let mut all = Before { usage: Usage::default(), commits: None, statements: None };
        for bot in bots {
            let usage = bot.usage()?;
            all.usage.cpu += usage.cpu;
            all.usage.peak = all.usage.peak.max(usage.peak);
            if talk == Talk::Ours {
                *all.commits.get_or_insert(0) += bot.counted("daoyu_commits_total").await?;
                *all.statements.get_or_insert(0) += bot.counted("daoyu_statements_total").await?;
            }
        }
        Ok(all)
    }
}

impl Measured {
    fn cells(&self) -> Vec<Cell> {
        let time = |share| milliseconds(percentile(&self.tally.times, share));
        let if_known = |it: Option<f64>| it.map_or(Cell::Decimal(None), decimal);
        vec![
            Cell::text(&self.name),
            whole(self.rate),
            Cell::Number(self.tally.checkins as i64),
            time(0.5),
            time(0.95),
            time(0.99),
            decimal(self.cpu),
            decimal(self.peak),
            if_known(self.commits),
            if_known(self.statements),
            decimal(self.calls),
            decimal(self.stolen),
        ]
    }
}

/// The median of each column.
fn middle(of: &[&Measured], voice: &Voice) -> Vec<Cell> {
    let name = of.first().map(|it| it.name.clone()).unwrap_or_default();
    let all = |number: fn(&Measured) -> f64| median(of.iter().map(|it| number(it)));
    let time = |share: f64| {
        let seconds = median(of.iter().map(|it| percentile(&it.tally.times, share).as_secs_f64()));
        milliseconds(Duration::from_secs_f64(seconds))
    };
    let if_known = |number: fn(&Measured) -> Option<f64>| {
        let known: Vec<f64> = of.iter().filter_map(|it| number(it)).collect();
        if known.is_empty() { Cell::Decimal(None) } else { decimal(median(known.into_iter())) }
    };
    vec![
        Cell::text(voice.say(&Phrase::new("bench-median").text("name", name))),
        whole(all(|it| it.rate)),
        whole(all(|it| it.tally.checkins as f64)),
        time(0.5),
        time(0.95),
        time(0.99),
        decimal(all(|it| it.cpu)),
        decimal(all(|it| it.peak)),
        if_known(|it| it.commits),
        if_known(|it| it.statements),
        decimal(all(|it| it.calls)),
        decimal(all(|it| it.stolen)),
    ]
}
