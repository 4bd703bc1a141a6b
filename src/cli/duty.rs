//! `daoyu duty`: the engine made visible.

use super::{
    Common, Stop,
    common::{self, AtSchool, Output},
    listing::{Cell, Listing},
};
use crate::{
    clock::Clock,
    school::{AboutId, At, Duty},
    store::Whose,
    text::Phrase,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

/// What can be done with duties.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// What stands open: who owes which talk or contact about whom, and since when; worst first
    #[command(after_help = "\
Examples:
  daoyu duty list --school ID
  daoyu duty list --school ID --at '2026-09-21 08:00' --format csv")]
    List {
        #[command(flatten)]
        school: AtSchool,
        /// At another moment than now: '2026-09-21 08:00' or 2026-09-21 in the school's zone, or 2026-09-21T00:00:00Z
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        #[command(flatten)]
        output: Output,
    },
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    let Cmd::List { school, at, output } = cmd;
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &school.id, output.language.as_deref()).await?;
    let at = match &at {
        Some(text) => moment(text, school.zone)
            .ok_or_else(|| Stop::Misused(voice.say(&Phrase::new("cli-no-moment"))))?,
        None => Clock::System.now(),
    };
    let today = at.day(school.zone);
    let rules = tx.rules(&school.id).await?;
    let open = tx.duties(&rules, Whose::School, today).await?;
    let mut ids: Vec<AboutId> = open.iter().flat_map(|it| [(&it.owes).into(), it.about.clone()]).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = tx.names_of(&ids).await?;
    let classes = tx.class_names(&school.id).await?;
    tx.roll_back().await?;
    let name = |id: AboutId| Cell::text(names.get(&id).map_or("", String::as_str));
    let row = |it: &Duty| {
        let class = it.class.as_ref().and_then(|class| classes.get(class));
        vec![
            Cell::text(&it.rule),
            Cell::Word("role", it.owed_by.as_str()),
            name((&it.owes).into()),
            name(it.about.clone()),
            Cell::text(class.map_or("", String::as_str)),
            Cell::Day(it.last),
            Cell::Day(Some(it.due)),
            Cell::Number(it.overdue_days),
        ]
    };
    let columns = &["rule", "owed_by", "mentor", "student", "class", "last", "due", "overdue_days"];
    Listing { columns, rows: open.iter().map(row).collect(), empty: "cli-no-duties" }.print(&output, &voice)
}

/// A moment as a person writes it: with an offset, or as the school's wall shows it.
fn moment(text: &str, zone: Tz) -> Option<At> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(At(at.timestamp_millis()));
    }
    let formats = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"];
    let local = formats.iter().find_map(|it| NaiveDateTime::parse_from_str(text, it).ok());
    let whole_day = || text.parse::<NaiveDate>().ok()?.and_hms_opt(12, 0, 0);
    local.or_else(whole_day).map(|local| At::from_local(local, zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_people_write_it() {
        let zone: Tz = "Asia/Shanghai".parse().unwrap();
        let expected = At(1_789_948_800_000);
        for text in [
            "2026-09-21 08:00",
            "2026-09-21T08:00",
            "2026-09-21T00:00:00Z",
            "2026-09-21T08:00:00+08:00",
            " 2026-09-21 08:00:00 ",
        ] {
            assert_eq!(moment(text, zone), Some(expected), "{text}");
        }
        assert_eq!(
            moment("2026-09-21", zone).map(|at| at.day(zone).to_string()).as_deref(),
            Some("2026-09-21")
        );
        for wrong in ["", "today", "21.09.2026", "2026-02-30", "2026-09-21 25:00"] {
            assert_eq!(moment(wrong, zone), None, "{wrong}");
        }
    }
}
