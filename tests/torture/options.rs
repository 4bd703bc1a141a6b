//! What the torture is told on its command line.

use crate::{case::Scenario, process::Engine};
use std::path::PathBuf;

pub const HELP: &str = "\
Torments processes of `daoyu serve` and counts what was lost and what came twice.

  --long              the long run: the figures of the issue, hours of work (scripts/torture)
  --only NAME[,NAME]  these scenarios alone
  --engine ENGINE     sqlite or postgres alone
  --seed N            repeat a run's random moments
  --jobs N            so many scenarios at a time; those that need the processor count twice (4)
  --report FILE       write the report there, too
  --list              what there is
  --help              this

Without a name every scenario runs. A word that stands alone is the filter of `cargo test`: only scenarios whose name
contains it run.";

/// The command line, read.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    pub long: bool,
    pub list: bool,
    pub help: bool,
    pub seed: Option<u64>,
    pub jobs: Option<usize>,
    pub report: Option<PathBuf>,
    only: Vec<String>,
    filters: Vec<String>,
    engine: Option<Engine>,
}

/// Arguments of libtest that take a value: `cargo test` hands them to every test binary.
const LIBTEST_WITH_VALUE: [&str; 5] = ["--test-threads", "--skip", "--format", "--color", "--logfile"];

impl Options {
    pub fn read(arguments: impl Iterator<Item = String>) -> Result<Options, String> {
        let mut options = Options::default();
        let mut arguments = arguments.peekable();
        while let Some(argument) = arguments.next() {
            let (name, mut value) = match argument.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
                _ => (argument.clone(), None),
            };
            let mut value = |what: &str| {
                let told = value.take().or_else(|| arguments.next());
                told.ok_or_else(|| format!("{name} needs {what}"))
            };
            let number = |text: String| text.parse::<u64>().map_err(|_| format!("{text} is not a number"));
            match name.as_str() {
                "--long" => options.long = true,
                "--list" => options.list = true,
                "--help" | "-h" => options.help = true,
                "--seed" => options.seed = Some(number(value("a number")?)?),
                "--jobs" => options.jobs = Some(number(value("a number")?)?.clamp(1, 16) as usize),
                "--report" => options.report = Some(value("a file")?.into()),
                "--only" => options.only.extend(value("names")?.split(',').map(str::to_owned)),
                "--engine" => {
                    let name = value("sqlite or postgres")?;
                    let known = [Engine::Sqlite, Engine::Postgres].into_iter().find(|it| it.as_str() == name);
                    options.engine =
                        Some(known.ok_or_else(|| format!("--engine: sqlite or postgres, not {name}"))?);
                }
                known if LIBTEST_WITH_VALUE.contains(&known) => drop(value("a value")?),
                other if other.starts_with('-') => {}
                filter => options.filters.push(filter.to_owned()),
            }
        }
        let unknown =
            options.only.iter().find(|name| crate::scenarios::ALL.iter().all(|it| it.name != **name));
        match unknown {
            Some(name) => Err(format!("--only: there is no scenario {name}; see --list")),
            None => Ok(options),
        }
    }

    /// What is to be run, in the order in which it begins.
    pub fn cases(&self, all: &'static [Scenario]) -> Vec<(&'static Scenario, Engine)> {
        let named = |it: &&Scenario| {
            (self.only.is_empty() || self.only.iter().any(|name| name == it.name))
                && (self.filters.is_empty()
                    || self.filters.iter().any(|part| it.name.contains(part.as_str())))
        };
        let on = |it: &'static Scenario| it.engines.iter().map(move |engine| (it, *engine));
        let wanted = |(_, engine): &(&Scenario, Engine)| self.engine.is_none_or(|only| only == *engine);
        all.iter().filter(named).flat_map(on).filter(wanted).collect()
    }
}
