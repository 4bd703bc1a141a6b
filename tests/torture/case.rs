//! One scenario on one database: what it is told, and what it has to tell.

use crate::process::{Dice, Engine, Log, Town};
use std::{
    future::Future,
    hash::{DefaultHasher, Hash, Hasher},
    pin::Pin,
    sync::{Arc, Mutex},
};

/// A promise and how it is shown.
pub struct Scenario {
    pub name: &'static str,
    /// Its number and words in the issue.
    pub promise: &'static str,
    pub engines: &'static [Engine],
    pub load: Load,
    pub run: fn(Case) -> Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// What it costs the machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Load {
    /// It mostly waits: several go beside each other.
    Waits,
    /// It needs the processor.
    Works,
}

/// A run of a scenario. Clones are the same run.
#[derive(Clone)]
pub struct Case {
    pub engine: Engine,
    pub long: bool,
    seed: u64,
    told: Arc<Mutex<Told>>,
}

/// What a run has to tell.
#[derive(Default, Clone)]
pub struct Told {
    /// Figures, in the order in which they were measured.
    pub figures: Vec<String>,
    /// Promises that were not kept.
    pub failures: Vec<String>,
    /// What could not be shown on this machine.
    pub not_shown: Vec<String>,
    /// Where it stands now.
    pub stage: String,
    logs: Vec<Arc<Mutex<Vec<Log>>>>,
}

impl Case {
    pub fn new(scenario: &Scenario, engine: Engine, long: bool, seed: u64) -> Case {
        let mut hasher = DefaultHasher::new();
        (seed, scenario.name, engine.as_str()).hash(&mut hasher);
        Case { engine, long, seed: hasher.finish(), told: Arc::default() }
    }

    /// The figure of the short or of the long run.
    pub fn pick<T>(&self, short: T, long: T) -> T {
        if self.long { long } else { short }
    }

    /// Random moments of this run; others for each purpose.
    pub fn dice(&self, about: &str) -> Dice {
        Dice::of(self.seed_of(about))
    }

    /// A seed for this purpose.
    pub fn seed_of(&self, about: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.seed, about).hash(&mut hasher);
        hasher.finish()
    }

    /// A town whose processes' logs are shown when the run fails.
    pub async fn town(&self) -> Town {
        self.keeps(Town::new(self.engine).await)
    }

    /// The same with a database of one's own.
    pub async fn town_beside(&self, url: String) -> Town {
        self.keeps(Town::beside(self.engine, url).await)
    }

    /// Something that the report tells.
    pub fn measured(&self, figure: impl Into<String>) {
        self.told().figures.push(figure.into());
    }

    /// A promise: if it is not kept the run goes on, and has failed.
    pub fn must(&self, kept: bool, promise: impl FnOnce() -> String) {
        if !kept {
            self.told().failures.push(promise());
        }
    }

    /// Nothing could be shown here, and why: never in silence.
    pub fn cannot_show(&self, why: impl Into<String>) {
        self.told().not_shown.push(why.into());
    }

    /// Where it stands, for the progress line.
    pub fn stage(&self, stage: impl Into<String>) {
        self.told().stage = stage.into();
    }

    /// All that was told so far.
    pub fn told_so_far(&self) -> Told {
        self.told().clone()
    }

    /// The ends of what the last processes logged.
    pub fn tails(&self) -> String {
        let towns = self.told().logs.clone();
        let logs: Vec<Log> = towns.iter().flat_map(|town| town.lock().unwrap().clone()).collect();
        let newest = logs.iter().rev().take(3).map(Log::tail);
        newest.collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    fn keeps(&self, town: Town) -> Town {
        self.told().logs.push(town.logs.clone());
        town
    }

    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
