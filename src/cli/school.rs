//! `daoyu school`: begin one, list them, change a policy.

use super::{
    Common, Stop,
    common::{self, Output},
    listing::{Cell, Listing},
    out, policy,
    voice::Voice,
};
use crate::{
    clock::{Clock, fresh_id},
    school::{Day, SchoolId},
    store::{PolicyVersion, SchoolRow},
    text::Phrase,
};
use anyhow::anyhow;
use chrono_tz::Tz;

/// What can be done with schools.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Begin a school; its ID is printed
    #[command(after_help = "Example:\n  ID=$(daoyu school new --name 第一中学 --policy middle)")]
    New {
        /// Its name, as people read it
        #[arg(long)]
        name: String,
        /// Its time zone, by the name of a city
        #[arg(long, default_value = "Asia/Shanghai", value_parser = zone)]
        zone: Tz,
        /// The language of people who choose none: zh-CN or en
        #[arg(long, default_value = "zh-CN")]
        language: String,
        /// Its rules: default, primary, middle, high, district, or a file of your own
        #[arg(long, default_value = "default", value_name = "NAME|FILE")]
        policy: String,
    },
    /// All schools
    List(Output),
    /// One school: its name, zone, language, rules, and how its letters are signed
    Show {
        /// The school's ID
        #[arg(value_parser = common::school_id)]
        school: SchoolId,
        #[command(flatten)]
        output: Output,
    },
    /// Change what a school is called, where its day begins, what it speaks, or how its letters are signed
    #[command(after_help = "Example:\n  daoyu school set ID --signature '{mentor}老师 · {school}'")]
    Set {
        /// The school's ID
        #[arg(value_parser = common::school_id)]
        school: SchoolId,
        /// Its name, as people read it
        #[arg(long)]
        name: Option<String>,
        /// Its time zone, by the name of a city
        #[arg(long, value_parser = zone)]
        zone: Option<Tz>,
        /// The language of people who choose none: zh-CN or en
        #[arg(long)]
        language: Option<String>,
        /// How feedback and evaluations are signed, with {mentor} and {school} in it; '' for the words that come with the program
        #[arg(long)]
        signature: Option<String>,
    },
    /// The rules of one school
    #[command(arg_required_else_help = true)]
    Policy {
        /// The school's ID
        #[arg(value_parser = common::school_id)]
        school: SchoolId,
        /// What to do with its rules
        #[command(subcommand)]
        act: PolicyCmd,
    },
}

/// What can be done with a school's rules.
#[derive(clap::Subcommand, Debug)]
pub enum PolicyCmd {
    /// Put other rules in force
    #[command(
        after_help = "Example:\n  daoyu policy show middle > ours.toml\n  daoyu school policy ID set ours.toml --from 2027-02-22"
    )]
    Set {
        /// default, primary, middle, high, district, or a file of your own
        #[arg(value_name = "NAME|FILE")]
        policy: String,
        /// The first day on which they hold; today without it
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<Day>,
    },
    /// Every version, with the first day on which it holds: the past is judged by the rules of its own time
    List(Output),
    /// Print the rules that hold on a day, as a file
    Show {
        /// The day; today without it
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<Day>,
    },
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::New { name, zone, language, policy } => new(common, &name, zone, &language, &policy).await,
        Cmd::List(output) => list(common, &output).await,
        Cmd::Show { school, output } => show(common, &school, &output).await,
        Cmd::Set { school, name, zone, language, signature } => {
            change(common, &school, name, zone, language, signature).await
        }
        Cmd::Policy { school, act } => match act {
            PolicyCmd::Set { policy, from } => set(common, &school, &policy, from).await,
            PolicyCmd::List(output) => versions(common, &school, &output).await,
            PolicyCmd::Show { on } => print_policy(common, &school, on).await,
        },
    }
}

async fn new(common: &Common, name: &str, zone: Tz, language: &str, policy: &str) -> Result<(), Stop> {
    let voice = Voice::new(None, Some(language))?;
    let name = called(name, &voice)?;
    if !voice.languages().contains(&language) {
        let known = voice.languages().join(", ");
        return Err(Stop::Misused(voice.say(&Phrase::new("cli-no-such-language").text("known", known))));
    }
    let body = policy::text(policy, &voice)?;
    let now = Clock::System.now();
    let school = SchoolRow {
        id: fresh_id(),
        name,
        zone,
        language: language.to_owned(),
        signature: String::new(),
        version: 1,
    };
    let store = common.store().await?;
    let mut tx = store.write().await?;
    tx.add_school(&school, &PolicyVersion { from: now.day(zone), body }, now).await?;
    tx.commit().await?;
    out::print(school.id.as_str())
}

async fn list(common: &Common, output: &Output) -> Result<(), Stop> {
    let voice = Voice::new(output.language.as_deref(), None)?;
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let now = Clock::System.now();
    let mut rows = Vec::new();
    for school in tx.schools().await? {
        let policy = tx.rules(&school.id).await?.policy(now.day(school.zone)).name.clone();
        rows.push(vec![
            Cell::text(school.id.as_str()),
            Cell::text(school.name),
            Cell::text(school.zone.name()),
            Cell::text(school.language),
            Cell::text(policy),
        ]);
    }
    let columns = &["id", "name", "zone", "language", "policy"];
    Listing { columns, rows, empty: "cli-no-schools" }.print(output, &voice)
}

async fn show(common: &Common, id: &SchoolId, output: &Output) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, id, output.language.as_deref()).await?;
    let policy = tx.rules(id).await?.policy(Clock::System.now().day(school.zone)).name.clone();
    let row = vec![
        Cell::text(school.id.as_str()),
        Cell::text(school.name),
        Cell::text(school.zone.name()),
        Cell::text(school.language),
        Cell::text(policy),
        Cell::text(school.signature),
    ];
    let columns = &["id", "name", "zone", "language", "policy", "signature"];
    Listing { columns, rows: vec![row], empty: "cli-no-schools" }.print(output, &voice)
}

/// As long as a name may be, in characters: it heads messages, letters and sheets of paper.
const LONGEST_NAME: usize = 60;

/// What a school is called.
fn called(name: &str, voice: &Voice) -> Result<String, Stop> {
    let name = name.trim();
    let wrong =
        match (name.is_empty(), name.chars().count() > LONGEST_NAME || name.contains(char::is_control)) {
            (true, _) => Phrase::new("cli-no-name"),
            (_, true) => Phrase::new("cli-long-name").number("longest", LONGEST_NAME),
            (false, false) => return Ok(name.to_owned()),
        };
    Err(Stop::Misused(voice.say(&wrong)))
}

/// As long as a line under a letter may be, in characters.
const LONGEST_SIGNATURE: usize = 60;

async fn change(
    common: &Common,
    id: &SchoolId,
    name: Option<String>,
    zone: Option<Tz>,
    language: Option<String>,
    signature: Option<String>,
) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (mut school, voice) = common::school(&mut tx, id, None).await?;
    if let Some(name) = name {
        school.name = called(&name, &voice)?;
    }
    if let Some(language) = language {
        if !voice.languages().contains(&language.as_str()) {
            let known = voice.languages().join(", ");
            return Err(Stop::Misused(voice.say(&Phrase::new("cli-no-such-language").text("known", known))));
        }
        school.language = language;
    }
    if let Some(signature) = signature.map(|it| it.trim().to_owned()) {
        let rest = signature.replace("{mentor}", "").replace("{school}", "");
        let fits = signature.chars().count() <= LONGEST_SIGNATURE && !rest.contains(['{', '}', '\n']);
        // A letter that nobody signs is no letter of a mentor.
        let is_signed = fits && signature.contains("{mentor}");
        if !(signature.is_empty() || is_signed) {
            let phrase = Phrase::new("cli-wrong-signature").number("longest", LONGEST_SIGNATURE);
            return Err(Stop::Misused(voice.say(&phrase)));
        }
        school.signature = signature;
    }
    school.zone = zone.unwrap_or(school.zone);
    tx.set_school(&school).await?;
    tx.commit().await?;
    out::print(&voice.say(&Phrase::new("cli-school-set").text("school", school.name)))
}

async fn versions(common: &Common, id: &SchoolId, output: &Output) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, id, output.language.as_deref()).await?;
    let rules = tx.rules(id).await?;
    let today = Clock::System.now().day(school.zone);
    let versions = tx.policy_versions(id).await?;
    let in_force = versions.iter().rposition(|it| it.from <= today).unwrap_or(0);
    let row = |(at, it): (usize, &PolicyVersion)| {
        let state = if at == in_force {
            "in_force"
        } else if at < in_force {
            "past"
        } else {
            "ahead"
        };
        vec![
            Cell::Day(Some(it.from)),
            Cell::text(rules.policy(it.from).name.as_str()),
            Cell::Word("version", state),
        ]
    };
    let rows = versions.iter().enumerate().map(row).collect();
    Listing { columns: &["first", "policy", "state"], rows, empty: "cli-no-schools" }.print(output, &voice)
}

async fn print_policy(common: &Common, id: &SchoolId, on: Option<Day>) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, id, None).await?;
    let on = on.unwrap_or_else(|| Clock::System.now().day(school.zone));
    let versions = tx.policy_versions(id).await?;
    let version = versions.iter().rfind(|it| it.from <= on).or(versions.first());
    let version = version.ok_or_else(|| voice.refuse(&Phrase::new("cli-no-schools")))?;
    out::print(&version.body)
}

async fn set(common: &Common, id: &SchoolId, policy: &str, from: Option<Day>) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, id, None).await?;
    let body = policy::text(policy, &voice)?;
    let now = Clock::System.now();
    let from = from.unwrap_or_else(|| now.day(school.zone));
    tx.set_policy(id, &PolicyVersion { from, body }, now).await?;
    tx.commit().await?;
    out::print(
        &voice.say(&Phrase::new("cli-policy-set").text("day", from.to_string()).text("school", school.name)),
    )
}

fn zone(text: &str) -> anyhow::Result<Tz> {
    text.parse().map_err(|_| anyhow!("expected a time zone like Asia/Shanghai"))
}
