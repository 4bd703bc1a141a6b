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
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::New { name, zone, language, policy } => new(common, &name, zone, &language, &policy).await,
        Cmd::List(output) => list(common, &output).await,
        Cmd::Policy { school, act: PolicyCmd::Set { policy, from } } => {
            set(common, &school, &policy, from).await
        }
    }
}

async fn new(common: &Common, name: &str, zone: Tz, language: &str, policy: &str) -> Result<(), Stop> {
    let voice = Voice::new(None, Some(language))?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Stop::Misused(voice.say(&Phrase::new("cli-no-name"))));
    }
    if !voice.languages().contains(&language) {
        let known = voice.languages().join(", ");
        return Err(Stop::Misused(voice.say(&Phrase::new("cli-no-such-language").text("known", known))));
    }
    let body = policy::text(policy, &voice)?;
    let now = Clock::System.now();
    let school =
        SchoolRow { id: fresh_id(), name: name.to_owned(), zone, language: language.to_owned(), version: 1 };
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
