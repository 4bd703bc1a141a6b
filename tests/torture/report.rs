//! What was measured, as a table.

use crate::{
    case::{Case, Scenario},
    process::Engine,
};
use std::{process::ExitCode, time::Duration};

/// The report of one run.
pub struct Report {
    long: bool,
    seed: u64,
    took: Duration,
    outcomes: Vec<Outcome>,
}

/// How one scenario ended on one database.
pub struct Outcome {
    name: &'static str,
    promise: &'static str,
    engine: Engine,
    took: Duration,
    figures: String,
    failures: Vec<String>,
    not_shown: Vec<String>,
    tails: String,
}

impl Outcome {
    pub fn new(
        scenario: &Scenario,
        engine: Engine,
        took: Duration,
        case: &Case,
        ended: Result<(), String>,
    ) -> Outcome {
        let told = case.told_so_far();
        let mut failures = told.failures;
        failures.extend(ended.err());
        if failures.is_empty() && told.not_shown.is_empty() && told.figures.is_empty() {
            failures.push("it measured nothing".to_owned());
        }
        let tails = if failures.is_empty() { String::new() } else { case.tails() };
        Outcome {
            name: scenario.name,
            promise: scenario.promise,
            engine,
            took,
            figures: told.figures.join("; "),
            failures,
            not_shown: told.not_shown,
            tails,
        }
    }

    pub fn line(&self) -> String {
        let (name, engine, seconds) = (self.name, self.engine.as_str(), self.took.as_secs());
        format!("{name}/{engine}: {} after {seconds} s: {}", self.verdict(), self.figures)
    }

    fn verdict(&self) -> &'static str {
        match (self.failures.is_empty(), self.not_shown.is_empty()) {
            (false, _) => "FAILED",
            (true, false) => "NOT SHOWN",
            (true, true) => "ok",
        }
    }

    fn details(&self) -> String {
        let mut text = String::new();
        for why in &self.not_shown {
            text += &format!("\n{}/{} was NOT SHOWN: {why}\n", self.name, self.engine.as_str());
        }
        if !self.failures.is_empty() {
            text += &format!("\n## {} on {} failed\n", self.name, self.engine.as_str());
            for failure in &self.failures {
                text += &format!("- {failure}\n");
            }
            text += &format!("\n```\n{}\n```\n", self.tails);
        }
        text
    }
}

impl Report {
    pub fn new(long: bool, seed: u64) -> Report {
        Report { long, seed, took: Duration::ZERO, outcomes: Vec::new() }
    }

    pub fn add(&mut self, outcome: Outcome) {
        self.outcomes.push(outcome);
    }

    pub fn ends(&mut self, took: Duration) {
        self.took = took;
        // By the number of the promise.
        let number = |it: &Outcome| it.promise.split(' ').next().and_then(|it| it.parse::<u32>().ok());
        self.outcomes.sort_by_key(|it| (number(it), it.name, it.engine.as_str()));
    }

    /// How many have ended, and how many of them failed.
    pub fn counts(&self) -> (usize, usize) {
        (self.outcomes.len(), self.outcomes.iter().filter(|it| !it.failures.is_empty()).count())
    }

    pub fn text(&self) -> String {
        let length = if self.long { "long" } else { "short" };
        let mut text = format!(
            "# Torture: the {length} run with --seed {}, {} s\n\n| promise | database | what was measured | |\n|---|---|---|---|\n",
            self.seed,
            self.took.as_secs()
        );
        for it in &self.outcomes {
            text += &format!(
                "| {} ({}) | {} | {} | {} |\n",
                it.promise,
                it.name,
                it.engine.as_str(),
                it.figures,
                it.verdict()
            );
        }
        text + &self.outcomes.iter().map(Outcome::details).collect::<String>()
    }

    /// Whoever runs it for hours wants every promise shown; a short run on a machine that may not mount is loud, and goes on.
    pub fn exit_code(&self) -> ExitCode {
        let not_shown = self.outcomes.iter().any(|it| !it.not_shown.is_empty());
        match (self.counts().1, not_shown && self.long) {
            (0, false) => ExitCode::SUCCESS,
            (0, true) => ExitCode::from(3),
            _ => ExitCode::FAILURE,
        }
    }
}
