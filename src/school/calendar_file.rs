//! A school's calendar as a small file: terms, days off, make-up days, exams, the school's weekdays.
//!
//! ```toml
//! [[term]]
//! name = "2026/27, first term"
//! first = "2026-09-01"
//! last = "2027-01-22"
//!
//! [[off]]
//! name = "National Day"
//! first = "2026-10-01"
//! last = "2026-10-07"
//!
//! [[school]]
//! name = "make-up day"
//! first = "2026-10-10"
//!
//! [[exam]]
//! name = "mid-term exams"
//! moment = "mid_term"
//! first = "2026-11-04"
//! last = "2026-11-06"
//!
//! [week]
//! school = ["Mon", "Tue", "Wed", "Thu", "Fri"]
//! ```

use super::{Day, Exam, Mark, Moment, Term};
use chrono::Weekday;
use serde::Deserialize;

/// What a file says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CalendarFile {
    /// The terms.
    pub terms: Vec<Term>,
    /// The marked days, each once.
    pub days: Vec<(Day, Mark)>,
    /// The exams.
    pub exams: Vec<Exam>,
    /// The weekdays on which the school teaches; `None` where the file does not say.
    pub week: Option<Vec<Weekday>>,
}

/// Why a file cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CalendarError {
    /// It is no TOML of this form: the line, and what the reader says.
    Form(usize, String),
    /// A span ends before it begins, or lasts longer than a year: its name.
    Span(String),
    /// Two terms share days: their names.
    Overlap(String, String),
    /// A day is named twice.
    Twice(Day),
}

/// No term and no holiday is longer.
const LONGEST: i64 = 366;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    term: Vec<Span>,
    #[serde(default)]
    off: Vec<Span>,
    #[serde(default)]
    school: Vec<Span>,
    #[serde(default)]
    exam: Vec<ExamSpan>,
    week: Option<Week>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    school: Vec<Weekday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExamSpan {
    name: String,
    moment: Option<Moment>,
    first: Day,
    last: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Span {
    name: String,
    first: Day,
    /// A single day has no other last day.
    last: Option<Day>,
}

impl CalendarFile {
    /// The years whose official days off and make-up work days come with the program; each file names its source. A year
    /// follows when its notice is published, which is in November of the year before.
    pub const OFFICIAL: [u16; 2] = [2025, 2026];

    /// The official days of a year in China, if they come with the program.
    pub fn official(year: u16) -> Option<CalendarFile> {
        let text = match year {
            2025 => include_str!("../../calendars/china-2025.toml"),
            2026 => include_str!("../../calendars/china-2026.toml"),
            _ => return None,
        };
        CalendarFile::read(text).ok()
    }

    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<CalendarFile, CalendarError> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            CalendarError::Form(line, error.message().to_owned())
        })?;
        let mut terms = Vec::new();
        for span in file.term {
            let (first, last) = span.days()?;
            terms.push(Term { name: span.name, first, last });
        }
        terms.sort_by_key(|term| term.first);
        if let Some(pair) = terms.windows(2).find(|pair| pair[1].first <= pair[0].last) {
            return Err(CalendarError::Overlap(pair[0].name.clone(), pair[1].name.clone()));
        }
        let mut days: Vec<(Day, Mark)> = Vec::new();
        let off = file.off.into_iter().map(|span| (span, Mark::Off as fn(String) -> Mark));
        let school = file.school.into_iter().map(|span| (span, Mark::School as fn(String) -> Mark));
        for (span, mark) in off.chain(school) {
            let (first, last) = span.days()?;
            days.extend(
                first.iter_days().take_while(|day| *day <= last).map(|day| (day, mark(span.name.clone()))),
            );
        }
        let mut exams = Vec::new();
        for ExamSpan { name, moment, first, last } in file.exam {
            let span = Span { name, first, last };
            let (first, last) = span.days()?;
            exams.push(Exam { name: span.name, moment, first, last });
        }
        let week = file.week.map(|week| week.school);
        days.sort_by_key(|(day, _)| *day);
        match days.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(CalendarError::Twice(pair[0].0)),
            None => Ok(CalendarFile { terms, days, exams, week }),
        }
    }
}

impl Span {
    fn days(&self) -> Result<(Day, Day), CalendarError> {
        let last = self.last.unwrap_or(self.first);
        match (0..=LONGEST).contains(&(last - self.first).num_days()) {
            true => Ok((self.first, last)),
            false => Err(CalendarError::Span(self.name.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::calendar::WEEK;
    use chrono::Datelike;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_file_says_terms_days_off_and_make_up_days() {
        let read = CalendarFile::read(
            "[[term]]\nname = 'one'\nfirst = '2026-09-01'\nlast = '2027-01-22'\n\
             [[off]]\nname = 'fair'\nfirst = '2026-10-01'\nlast = '2026-10-02'\n\
             [[school]]\nname = 'back'\nfirst = '2026-10-10'\n",
        )
        .unwrap();
        assert_eq!(read.terms.len(), 1);
        let off = |it: &str| (day(it), Mark::Off("fair".into()));
        assert_eq!(
            read.days,
            [off("2026-10-01"), off("2026-10-02"), (day("2026-10-10"), Mark::School("back".into()))]
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let span = |kind: &str, name: &str, first: &str, last: &str| {
            format!("[[{kind}]]\nname = '{name}'\nfirst = '{first}'\nlast = '{last}'\n")
        };
        let read = |text: &str| CalendarFile::read(text).unwrap_err();
        assert_eq!(read(&span("off", "a", "2026-10-02", "2026-10-01")), CalendarError::Span("a".into()));
        let overlap =
            span("term", "a", "2026-09-01", "2027-01-22") + &span("term", "b", "2027-01-22", "2027-07-01");
        assert_eq!(read(&overlap), CalendarError::Overlap("a".into(), "b".into()));
        let twice =
            span("off", "a", "2026-10-01", "2026-10-02") + &span("school", "b", "2026-10-02", "2026-10-02");
        assert_eq!(read(&twice), CalendarError::Twice(day("2026-10-02")));
        assert!(matches!(read("[[term]]\nname = 'a'\nfrist = '2026-09-01'\n"), CalendarError::Form(3, _)));
        assert!(matches!(read("\n[[off]]\nname = 'a'\nfirst = '2026-02-30'\n"), CalendarError::Form(4, _)));
    }

    #[test]
    fn a_file_says_exams_and_the_weekdays_of_the_school() {
        let read = CalendarFile::read(
            "[[exam]]\nname = \"mid-term\"\nmoment = \"mid_term\"\nfirst = \"2026-11-04\"\nlast = \"2026-11-06\"\n\
             [[exam]]\nname = \"dictation\"\nfirst = \"2026-11-20\"\n\
             [week]\nschool = [\"Mon\", \"Tue\", \"Wed\", \"Thu\", \"Fri\", \"Sat\"]\n",
        );
        let read = read.unwrap();
        let said: Vec<String> = read
            .exams
            .iter()
            .map(|it| format!("{} {:?} {}..{}", it.name, it.moment, it.first, it.last))
            .collect();
        assert_eq!(
            said,
            ["mid-term Some(MidTerm) 2026-11-04..2026-11-06", "dictation None 2026-11-20..2026-11-20"]
        );
        assert_eq!(read.week.as_deref(), Some(&WEEK[..6]));
        let wrong = CalendarFile::read("[week]\nschool = [\"Monday\", \"Noday\"]\n");
        assert!(matches!(wrong, Err(CalendarError::Form(2, _))), "{wrong:?}");
    }

    #[test]
    fn the_official_days_are_those_of_the_notices() {
        for (year, off, school) in [(2025, 28, 5), (2026, 33, 6)] {
            let it = CalendarFile::official(year).unwrap();
            assert!(
                it.terms.is_empty() && it.exams.is_empty() && it.week.is_none(),
                "those are the school's own"
            );
            let is_off = |(_, mark): &&(Day, Mark)| matches!(mark, Mark::Off(_));
            assert_eq!(it.days.iter().filter(is_off).count(), off, "{year}");
            let made_up: Vec<Day> = it.days.iter().filter(|day| !is_off(day)).map(|(day, _)| *day).collect();
            assert_eq!(made_up.len(), school, "{year}");
            let weekend = |day: &Day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            assert!(made_up.iter().all(weekend), "only a weekend is made up on: {made_up:?}");
            assert!(it.days.iter().all(|(day, _)| day.year() == i32::from(year)), "{year}");
        }
        assert_eq!(CalendarFile::official(2027), None, "nobody knows it before its notice");
    }

    #[test]
    fn around_national_day_2026_the_week_is_counted_as_on_the_wall() {
        let days = CalendarFile::official(2026).unwrap().days.into_iter().collect();
        let calendar = crate::school::Calendar::new(&crate::school::WEEK[..5], Vec::new(), days);
        let is_school = |day: &str| calendar.is_school_day(day.parse().unwrap());
        for day in ["2026-09-20", "2026-09-30", "2026-10-08", "2026-10-10"] {
            assert!(is_school(day), "{day}");
        }
        for day in ["2026-09-25", "2026-09-27", "2026-10-01", "2026-10-07", "2026-10-11"] {
            assert!(!is_school(day), "{day}");
        }
    }
}
