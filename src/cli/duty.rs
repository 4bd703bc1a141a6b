//! `daoyu duty`: the engine made visible.

use super::{
    Common, Stop,
    common::{self, AtSchool, Output},
    explain,
    listing::{Cell, Listing},
    policy::perhaps,
};
use crate::{
    clock::Clock,
    school::{AboutId, At, Day, Duty, Kind, Resolution, moved_by_holidays, nearest},
    store::{SchoolRules, Tx, Whose},
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
  daoyu duty list --school ID --at '2026-09-21 08:00' --format csv
  daoyu duty list --school ID --why --of 李雷")]
    List {
        #[command(flatten)]
        school: AtSchool,
        /// At another moment than now: '2026-09-21 08:00' or 2026-09-21 in the school's zone, or 2026-09-21T00:00:00Z
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
        /// Also which record counted last, who wrote it, and which rule asks for the next
        #[arg(long)]
        why: bool,
        /// Only what this person owes, or what is owed about this student, class or group
        #[arg(long, value_name = "NAME")]
        of: Option<String>,
        /// Only what this rule of the school's policy asks for, like talk
        #[arg(long, value_name = "RULE")]
        rule: Option<String>,
        #[command(flatten)]
        output: Output,
    },
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    let Cmd::List { school, at, why, of, rule, output } = cmd;
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
    let policy = rules.policy(today);
    if let Some(rule) = &rule {
        let known: Vec<&str> =
            policy.rules.iter().map(|it| it.name.as_str()).chain([Resolution::RULE]).collect();
        if !known.contains(&rule.as_str()) {
            let phrase = Phrase::new("cli-no-such-rule").text("name", rule).text("known", known.join(", "));
            return Err(voice.refuse(&perhaps(phrase, nearest(rule, &known))));
        }
    }
    if let Some(of) = &of {
        let known = everybody(&mut tx, &rules, today).await?;
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if !known.contains(&of.as_str()) {
            let phrase = Phrase::new("cli-nobody-of-this-name").text("name", of);
            return Err(voice.refuse(&perhaps(phrase, nearest(of, &known))));
        }
    }
    let mut open = tx.duties(&rules, Whose::School, today).await?;
    open.retain(|it| rule.as_ref().is_none_or(|rule| it.rule == *rule));
    let mut ids: Vec<AboutId> = open.iter().flat_map(|it| [(&it.owes).into(), it.about.clone()]).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = tx.names_of(&ids).await?;
    let classes = tx.class_names(&school.id).await?;
    if let Some(of) = &of {
        let is_named = |id: AboutId| names.get(&id).is_some_and(|name| name == of);
        open.retain(|it| is_named((&it.owes).into()) || is_named(it.about.clone()));
    }
    let mut reasons = Vec::new();
    for it in open.iter().filter(|_| why) {
        reasons.push(reason(&mut tx, &rules, it, today).await?);
    }
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
    let mut rows: Vec<Vec<Cell>> = open.iter().map(row).collect();
    rows.iter_mut().zip(reasons).for_each(|(row, reason)| row.extend(reason));
    let columns: &[&str] = match why {
        true => WHY,
        false => &WHY[..WHY.len() - REASON],
    };
    Listing { columns, rows, empty: "cli-no-duties" }.print(&output, &voice)
}

/// Everybody and everything of the school that has a name and can owe something, or be what it is owed about.
async fn everybody(tx: &mut Tx, rules: &SchoolRules, today: Day) -> anyhow::Result<Vec<String>> {
    let school = &rules.school;
    let book = tx.look_at_book(&school.id).await?;
    let groups = tx.groups(&school.id, today).await?;
    let mut names = vec![school.name.clone()];
    names.extend(book.members.into_iter().map(|it| it.name));
    names.extend(book.classes.into_iter().map(|it| it.name));
    names.extend(groups.into_iter().map(|it| it.name));
    Ok(names)
}

/// The columns of the list with its reasons.
const WHY: &[&str] = &[
    "rule",
    "owed_by",
    "mentor",
    "student",
    "class",
    "last",
    "due",
    "overdue_days",
    "counted",
    "counted_by",
    "asks",
    "holidays",
    "source",
];
/// So many of them are the reason.
const REASON: usize = 5;

/// Which record counted last and who wrote it (never its words), which rule asks for the next, by how many days holidays
/// put it off (or, below 0, brought it forward), and where the rule comes from.
async fn reason(tx: &mut Tx, rules: &SchoolRules, duty: &Duty, today: Day) -> anyhow::Result<Vec<Cell>> {
    let policy = &*rules.policy(today);
    let none = Cell::text("");
    let Some(rule) = policy.rule(&duty.rule) else {
        return Ok(vec![
            none.clone(),
            none.clone(),
            Cell::Phrase(Phrase::new("duty-resolution")),
            none.clone(),
            none,
        ]);
    };
    let last = tx.latest_about(&rules.school.id, &duty.about, rule.record, rule.form, today).await?;
    let last = last.filter(|it| Some(it.day) == duty.last);
    let (counted, by) = match &last {
        Some(record) => {
            // How they talked says less than that they did.
            let what = match record.form().filter(|_| record.kind != Kind::Talk) {
                Some(form) => Phrase::new(format!("{}-{form}", record.kind)),
                None => Phrase::new(format!("duty-{}", record.kind)),
            };
            let id = AboutId::from(&record.by);
            let by = tx.names_of(std::slice::from_ref(&id)).await?.remove(&id).unwrap_or_default();
            (Cell::Phrase(what), Cell::text(by))
        }
        None => (none.clone(), none.clone()),
    };
    let moved = match moved_by_holidays(policy, &rules.calendar, duty) {
        0 => none,
        days => Cell::Number(days),
    };
    let (asks, source) = (explain::cadence(rule), explain::source(&rule.source));
    Ok(vec![counted, by, Cell::Phrase(asks), moved, Cell::Phrase(source)])
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
