//! Runs scenarios beside each other, as far as the machine goes, and says where they stand.

use crate::{
    case::{Case, Load, Scenario},
    options::Options,
    process::{Engine, database::postgres},
    report::{Outcome, Report},
};
use futures_util::FutureExt;
use std::{
    any::Any,
    collections::VecDeque,
    io::{IsTerminal, Write},
    panic::AssertUnwindSafe,
    process::ExitCode,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// How often a run without a terminal says where it stands.
const LINE: Duration = Duration::from_secs(15);

/// One that runs.
struct Running {
    name: &'static str,
    engine: Engine,
    begun: Instant,
    case: Case,
    weight: usize,
}

pub async fn run(options: &Options, cases: Vec<(&'static Scenario, Engine)>) -> ExitCode {
    if cases.is_empty() {
        println!("torture: no scenario of that name");
        return ExitCode::SUCCESS;
    }
    let seed = options.seed.unwrap_or_else(|| rand::random_range(0..1_000_000));
    let length = if options.long { "long" } else { "short" };
    println!("torture, {length} run: {} scenarios, --seed {seed}", cases.len());
    // One line is enough: what went wrong stands in the report.
    std::panic::set_hook(Box::new(|panic| {
        eprintln!("{}", panic.to_string().lines().take(3).collect::<Vec<_>>().join(" "))
    }));
    if cases.iter().any(|(_, engine)| *engine == Engine::Postgres) {
        // The cluster starts with its first database, under a lock on which a second one would wait with its whole thread.
        drop(postgres::Database::fresh().await);
    }
    let room = options.jobs.unwrap_or(4);
    let total = cases.len();
    let mut report = Report::new(options.long, seed);
    let mut waiting: VecDeque<_> = cases.into();
    let mut running: Vec<Running> = Vec::new();
    let mut tasks = JoinSet::new();
    let (begun, terminal) = (Instant::now(), std::io::stdout().is_terminal());
    let mut tick = tokio::time::interval(if terminal { Duration::from_millis(500) } else { LINE });
    loop {
        let used: usize = running.iter().map(|it| it.weight).sum();
        let fits = |it: &&(&Scenario, Engine)| used == 0 || used + weight(it.0, room) <= room;
        if let Some(at) = waiting.iter().position(|it| fits(&it)) {
            let Some((scenario, engine)) = waiting.remove(at) else { continue };
            let case = Case::new(scenario, engine, options.long, seed);
            running.push(Running {
                name: scenario.name,
                engine,
                begun: Instant::now(),
                case: case.clone(),
                weight: weight(scenario, room),
            });
            tasks.spawn(async move {
                let ended = AssertUnwindSafe((scenario.run)(case)).catch_unwind().await;
                (scenario, engine, ended.map_err(|panic| words(panic.as_ref())))
            });
            continue;
        }
        tokio::select! {
            ended = tasks.join_next() => {
                let Some(Ok((scenario, engine, ended))) = ended else { break };
                let at = running.iter().position(|it| it.name == scenario.name && it.engine == engine);
                let Some(done) = at.map(|at| running.swap_remove(at)) else { continue };
                let outcome = Outcome::new(scenario, engine, done.begun.elapsed(), &done.case, ended);
                clear(terminal);
                println!("{}", outcome.line());
                report.add(outcome);
            }
            _ = tick.tick() => progress(terminal, begun, &report, total, &running),
            _ = tokio::signal::ctrl_c() => {
                // Whatever runs is dropped, and its processes end with it.
                tasks.shutdown().await;
                println!("\ninterrupted");
                return ExitCode::from(130);
            }
        }
    }
    report.ends(begun.elapsed());
    println!("\n{}", report.text());
    if let Some(file) = &options.report {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(file, report.text()).unwrap();
        println!("the report is in {}", file.display());
    }
    report.exit_code()
}

/// Those that need the processor leave room for one that waits.
fn weight(scenario: &Scenario, room: usize) -> usize {
    match scenario.load {
        Load::Waits => 1,
        Load::Works => 2.min(room),
    }
}

fn progress(terminal: bool, begun: Instant, report: &Report, total: usize, running: &[Running]) {
    let now = |it: &Running| {
        let stage = it.case.told_so_far().stage;
        let (name, engine, seconds) = (it.name, it.engine.as_str(), it.begun.elapsed().as_secs());
        format!("{name}/{engine} {seconds}s {stage}").trim_end().to_owned()
    };
    let now: Vec<String> = running.iter().map(now).collect();
    let (done, failed) = report.counts();
    let seconds = begun.elapsed().as_secs();
    let line = format!("[{seconds:>4}s] {done}/{total} done, {failed} failed | {}", now.join(" | "));
    clear(terminal);
    match terminal {
        true => print!("{}", line.chars().take(200).collect::<String>()),
        false => println!("{line}"),
    }
    std::io::stdout().flush().ok();
}

fn clear(terminal: bool) {
    if terminal {
        print!("\r\x1b[K");
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|it| (*it).to_owned())).unwrap_or_default()
}
