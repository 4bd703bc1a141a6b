//! `daoyu calendar`: terms, holidays, make-up days, exams and weekdays of a school.

use super::{
    Common, Stop,
    common::{self, AtSchool, Output, read_text},
    listing::{Cell, Listing},
    out,
};
use crate::{
    school::{CalendarError, CalendarFile, Mark, Moment, WEEK},
    text::Phrase,
};
use std::path::PathBuf;

const EXAMPLE: &str = "\
The file (each part as often as needed; a single day has no last):
  [[term]]
  name = \"2026/27, first term\"
  first = \"2026-09-01\"
  last = \"2027-01-22\"

  [[off]]
  name = \"National Day\"
  first = \"2026-10-01\"
  last = \"2026-10-07\"

  [[school]]
  name = \"make-up day\"
  first = \"2026-10-10\"

  [[exam]]                    what is asked for at mid-term, at the end of a term or after exams is asked then
  name = \"mid-term exams\"
  moment = \"mid_term\"       or \"end_of_term\"; without it, any other exam
  first = \"2026-11-04\"
  last = \"2026-11-06\"

  [week]                      once, if the school does not teach from Monday to Friday
  school = [\"Mon\", \"Tue\", \"Wed\", \"Thu\", \"Fri\", \"Sat\"]

Outside of terms and on days off nobody is nudged, and what is due in days waits.

Official days of a year:
  daoyu calendar import --official 2026 --school ID";

/// What can be done with calendars.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Enter terms, days off, make-up days, exams and weekdays from a file; what is entered already for other days stays
    #[command(after_help = EXAMPLE)]
    Import {
        /// The file
        #[arg(required_unless_present = "official", conflicts_with = "official")]
        file: Option<PathBuf>,
        /// The official days off and make-up work days of a year in China, which come with the program; what the school has entered
        /// for a day itself stays as it is
        #[arg(long, value_name = "YEAR")]
        official: Option<u16>,
        #[command(flatten)]
        school: AtSchool,
        /// The language of what is printed, zh-CN or en
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// List what is entered
    Show {
        #[command(flatten)]
        school: AtSchool,
        #[command(flatten)]
        output: Output,
    },
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::Import { file, official, school, language } => {
            let source = match (file, official) {
                (Some(file), _) => Source::File(file),
                (None, year) => Source::Official(year.unwrap_or_default()),
            };
            import(common, &source, &school, language.as_deref()).await
        }
        Cmd::Show { school, output } => show(common, &school, &output).await,
    }
}

/// Where a calendar comes from.
enum Source {
    File(PathBuf),
    /// A year's official days.
    Official(u16),
}

async fn import(
    common: &Common,
    source: &Source,
    school: &AtSchool,
    language: Option<&str>,
) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &school.id, language).await?;
    let read = match source {
        Source::File(file) => {
            let name = file.display().to_string();
            let text = read_text(file, &voice)?;
            CalendarFile::read(&text).map_err(|wrong| voice.refuse(&why(&name, wrong)))?
        }
        Source::Official(year) => {
            let known = CalendarFile::OFFICIAL.map(|year| year.to_string()).join(", ");
            let none = || {
                Phrase::new("calendar-not-official")
                    .text("year", year.to_string())
                    .text("known", known.clone())
            };
            let mut read = CalendarFile::official(*year).ok_or_else(|| voice.refuse(&none()))?;
            // What the school has decided for a day itself is nobody else's to change.
            let own = tx.rules(&school.id).await?;
            read.days.retain(|(day, _)| !own.calendar.marks().contains_key(day));
            read
        }
    };
    tx.set_calendar(&school.id, &read).await?;
    tx.commit().await?;
    let done =
        Phrase::new("calendar-written").number("terms", read.terms.len()).number("days", read.days.len());
    let done = done.number("exams", read.exams.len());
    out::print(&voice.say(&done.text("school", school.name)))
}

async fn show(common: &Common, school: &AtSchool, output: &Output) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &school.id, output.language.as_deref()).await?;
    let rules = tx.rules(&school.id).await?;
    let terms = rules.calendar.terms().iter().map(|term| {
        let name = Cell::text(term.name.as_str());
        vec![Cell::Word("calendar", "term"), name, Cell::Day(Some(term.first)), Cell::Day(Some(term.last))]
    });
    let days = rules.calendar.marks().iter().map(|(day, mark)| {
        let (word, name) = match mark {
            Mark::Off(name) => ("off", name),
            Mark::School(name) => ("school", name),
        };
        vec![
            Cell::Word("calendar", word),
            Cell::text(name.as_str()),
            Cell::Day(Some(*day)),
            Cell::Day(Some(*day)),
        ]
    });
    let exams = rules.calendar.exams().iter().map(|exam| {
        let word = exam.moment.map_or("exam", Moment::as_str);
        let name = Cell::text(exam.name.as_str());
        vec![Cell::Word("calendar", word), name, Cell::Day(Some(exam.first)), Cell::Day(Some(exam.last))]
    });
    // Only what is entered is listed: a school that teaches as most do has entered no week.
    let week = rules.calendar.weekdays();
    let is_entered = week != WEEK[..5];
    let week = is_entered.then(|| {
        let days: Vec<String> = week.iter().map(ToString::to_string).collect();
        vec![Cell::Word("calendar", "week"), Cell::text(days.join(" ")), Cell::Day(None), Cell::Day(None)]
    });
    let rows = week.into_iter().chain(terms).chain(exams).chain(days).collect();
    Listing { columns: &["what", "name", "first", "last_day"], rows, empty: "calendar-empty" }
        .print(output, &voice)
}

fn why(file: &str, wrong: CalendarError) -> Phrase {
    match wrong {
        CalendarError::Form(line, reason) => {
            Phrase::new("calendar-wrong-form").text("place", format!("{file}:{line}")).text("reason", reason)
        }
        CalendarError::Span(name) => Phrase::new("calendar-wrong-span").text("name", name),
        CalendarError::Overlap(one, other) => {
            Phrase::new("calendar-wrong-overlap").text("one", one).text("other", other)
        }
        CalendarError::Twice(day) => Phrase::new("calendar-wrong-twice").day("day", day),
    }
}
