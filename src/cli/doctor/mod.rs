//! `daoyu doctor`: whether all is well, in plain words, one line per finding. It changes nothing, and it tells no names
//! and no words of people.

mod data;
mod disk;
mod messenger;

use super::{
    Common, Stop,
    common::Output,
    listing::{Cell, Format, Listing},
    out,
    voice::Voice,
};
use crate::{
    config::{Config, Wrong, hide_tokens},
    text::Phrase,
};

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu doctor
  daoyu doctor --offline --format json

Exit codes: 0 nothing is wrong (warnings there may be), 1 something is wrong.")]
pub struct Args {
    /// Ask nothing of Telegram
    #[arg(long)]
    pub offline: bool,
    #[command(flatten)]
    output: Output,
}

/// How a finding is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Ok,
    Warning,
    Wrong,
    Skipped,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    /// What was looked at: a name that stays, for programs.
    check: &'static str,
    state: State,
    says: Phrase,
    /// What to do about it.
    remedy: Option<Phrase>,
}

/// All of them, in the order in which they are told.
#[derive(Default)]
struct Findings(Vec<Finding>);

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(args.output.language.as_deref(), None)?;
    let base = common.quiet_base()?;
    let config = common.settings_or_wrong()?;
    let mut findings = Findings::default();
    settings(&config, &mut findings);
    let serves = data::look(&base, &mut findings).await;
    match config {
        _ if args.offline => findings.skipped("telegram", Phrase::new("doctor-telegram-offline")),
        Ok(config) => messenger::look(&config, serves, &mut findings).await?,
        Err(wrong) if wrong.iter().any(Wrong::is_no_token) => {
            findings.skipped("telegram", Phrase::new("doctor-telegram-no-token"));
        }
        Err(_) => findings.skipped("telegram", Phrase::new("doctor-telegram-settings")),
    }
    findings.print(&args.output, &voice)?;
    match findings.count(State::Wrong) {
        0 => Ok(()),
        wrong => Err(voice.refuse(&Phrase::new("doctor-wrong").number("count", wrong))),
    }
}

fn settings(config: &Result<Config, Vec<Wrong>>, findings: &mut Findings) {
    let wrong = config.as_ref().err().into_iter().flatten().filter(|it| !it.is_no_token());
    for wrong in wrong {
        let says = Phrase::new("doctor-setting").text("wrong", wrong.to_string());
        findings.wrong("settings", says, Phrase::new("doctor-setting-do"));
    }
}

impl State {
    fn word(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Wrong => "wrong",
            State::Skipped => "skipped",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            State::Ok => "✓",
            State::Warning => "!",
            State::Wrong => "✗",
            State::Skipped => "–",
        }
    }
}

impl Findings {
    fn ok(&mut self, check: &'static str, says: Phrase) {
        self.0.push(Finding { check, state: State::Ok, says, remedy: None });
    }

    fn skipped(&mut self, check: &'static str, says: Phrase) {
        self.0.push(Finding { check, state: State::Skipped, says, remedy: None });
    }

    fn warning(&mut self, check: &'static str, says: Phrase, remedy: Phrase) {
        self.0.push(Finding { check, state: State::Warning, says, remedy: Some(remedy) });
    }

    fn wrong(&mut self, check: &'static str, says: Phrase, remedy: Phrase) {
        self.0.push(Finding { check, state: State::Wrong, says, remedy: Some(remedy) });
    }

    /// A check that could not be made. The fault is of the program or the database, never of people.
    fn broken(&mut self, check: &'static str, fault: &anyhow::Error) {
        let fault = hide_tokens(&format!("{fault:#}")).into_owned();
        let says = Phrase::new("doctor-broken").text("check", check).text("fault", fault);
        self.wrong(check, says, Phrase::new("doctor-broken-do"));
    }

    fn count(&self, state: State) -> usize {
        self.0.iter().filter(|it| it.state == state).count()
    }

    fn print(&self, output: &Output, voice: &Voice) -> Result<(), Stop> {
        if output.format() == Format::Table && output.output.is_none() {
            return out::print(&self.lines(voice).join("\n"));
        }
        let remedy = |it: &Finding| match &it.remedy {
            Some(remedy) => Cell::Phrase(remedy.clone()),
            None => Cell::text(""),
        };
        let row = |it: &Finding| {
            let state = Cell::Word("doctor-state", it.state.word());
            vec![Cell::text(it.check), state, Cell::Phrase(it.says.clone()), remedy(it)]
        };
        let columns = &["check", "state", "says", "remedy"];
        Listing { columns, rows: self.0.iter().map(row).collect(), empty: "doctor-well" }.print(output, voice)
    }

    fn lines(&self, voice: &Voice) -> Vec<String> {
        let mut lines = Vec::new();
        for it in &self.0 {
            lines.push(format!("{} {}", it.state.sign(), voice.say(&it.says)));
            if let Some(remedy) = &it.remedy {
                lines.push(format!("  → {}", voice.say(remedy).replace('\n', "\n    ")));
            }
        }
        if self.count(State::Wrong) == 0 {
            lines.push(match self.count(State::Warning) {
                0 => voice.say(&Phrase::new("doctor-well")),
                count => voice.say(&Phrase::new("doctor-warnings").number("count", count)),
            });
        }
        lines
    }
}
