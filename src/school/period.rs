//! Calendar periods: the weeks, months and terms in which something is asked for so and so many times.

use super::calendar::Calendar;
use super::time::Day;
use chrono::{Datelike, Days, Months};

words! {
    /// A stretch of the calendar that a count belongs to.
    pub enum Period {
        /// A school day.
        Day = "day",
        /// Monday to Sunday.
        Week = "week",
        /// Two weeks, counted from the week in which the term begins, and on through the holidays after it.
        Fortnight = "fortnight",
        /// A calendar month.
        Month = "month",
        /// A quarter of the calendar year.
        Quarter = "quarter",
        /// A term; where none is entered, the half-year from August or February that stands for it in China.
        Term = "term",
        /// A school year, from August.
        Year = "year",
    }
}

words! {
    /// A time of the term at which something is asked for once (H: mid-term and end-of-term meetings).
    pub enum Moment {
        /// 期中: from the mid-term exams on; without exams entered, from the middle of the term on.
        MidTerm = "mid_term",
        /// 期末: from the exams at the end on; without exams entered, the last three weeks.
        EndOfTerm = "end_of_term",
    }
}

/// After the first day of mid-term exams, or the middle of the term, so long is "at mid-term".
const MID_TERM: u64 = 20;
/// Before the last day of a term without exams entered, so long is "at the end of term".
const END_OF_TERM: u64 = 20;

impl Moment {
    /// The days of the term of `day` that belong to it; `None` in holidays.
    pub fn around(self, day: Day, calendar: &Calendar) -> Option<Span> {
        let term = Period::Term.around(day, calendar)?;
        let exam = calendar.exams().iter().find(|it| it.moment == Some(self) && term.has(it.first));
        let first = match (self, exam) {
            (_, Some(exam)) => exam.first,
            (Moment::MidTerm, None) => {
                let before = term.first.pred_opt()?;
                let half = calendar.running_days_between(before, term.last) / 2;
                calendar.add_running_days(before, half.max(1))?
            }
            (Moment::EndOfTerm, None) => term.last.checked_sub_days(Days::new(END_OF_TERM))?.max(term.first),
        };
        let last = match self {
            Moment::MidTerm => first.checked_add_days(Days::new(MID_TERM))?.min(term.last),
            Moment::EndOfTerm => term.last,
        };
        Some(Span { first, last })
    }
}

/// Days from `first` to `last`, both included.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

impl Span {
    /// Whether the day lies in it.
    pub fn has(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

impl Period {
    /// The period that `day` lies in; `None` for a term when the day is in holidays, and for a day without school.
    pub fn around(self, day: Day, calendar: &Calendar) -> Option<Span> {
        match self {
            Period::Day => calendar.is_school_day(day).then_some(Span { first: day, last: day }),
            Period::Week => weeks(monday(day), 1),
            Period::Fortnight => {
                // Before any term, from Monday 2024-01-01: any Monday will do, as long as it stays the same.
                let begun = calendar.terms().iter().rev().find(|it| it.first <= day);
                let anchor = begun.map(|it| it.first).or(Day::from_ymd_opt(2024, 1, 1));
                let since = (monday(day) - monday(anchor?)).num_weeks().rem_euclid(2);
                weeks(monday(day) - Days::new(7 * since as u64), 2)
            }
            Period::Month => months(day.with_day(1)?, 1),
            Period::Quarter => months(Day::from_ymd_opt(day.year(), day.month0() / 3 * 3 + 1, 1)?, 3),
            Period::Term if calendar.terms().is_empty() => months(half_year(day)?, 6),
            Period::Term => calendar.term_of(day).map(|it| Span { first: it.first, last: it.last }),
            Period::Year => {
                let year = if day.month() >= 8 { day.year() } else { day.year() - 1 };
                months(Day::from_ymd_opt(year, 8, 1)?, 12)
            }
        }
    }
}

/// The Monday of the week that `day` lies in.
pub fn monday(day: Day) -> Day {
    day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day)
}

fn weeks(first: Day, n: u64) -> Option<Span> {
    Some(Span { first, last: first.checked_add_days(Days::new(7 * n - 1))? })
}

fn months(first: Day, n: u32) -> Option<Span> {
    Some(Span { first, last: first.checked_add_months(Months::new(n))?.pred_opt()? })
}

fn half_year(day: Day) -> Option<Day> {
    match day.month() {
        1 => Day::from_ymd_opt(day.year() - 1, 8, 1),
        2..=7 => Day::from_ymd_opt(day.year(), 2, 1),
        _ => Day::from_ymd_opt(day.year(), 8, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn around(period: Period, when: &str, calendar: &Calendar) -> Option<String> {
        period.around(day(when), calendar).map(|it| format!("{}..{}", it.first, it.last))
    }

    #[test]
    fn periods_without_terms() {
        let plain = Calendar::default();
        for (period, when, expected) in [
            (Period::Week, "2026-09-27", "2026-09-21..2026-09-27"),
            (Period::Week, "2026-09-28", "2026-09-28..2026-10-04"),
            (Period::Month, "2028-02-29", "2028-02-01..2028-02-29"),
            (Period::Day, "2026-09-21", "2026-09-21..2026-09-21"),
            (Period::Quarter, "2026-12-31", "2026-10-01..2026-12-31"),
            (Period::Quarter, "2027-01-01", "2027-01-01..2027-03-31"),
            (Period::Term, "2027-01-31", "2026-08-01..2027-01-31"),
            (Period::Term, "2027-02-01", "2027-02-01..2027-07-31"),
            (Period::Year, "2027-07-31", "2026-08-01..2027-07-31"),
            (Period::Year, "2027-08-01", "2027-08-01..2028-07-31"),
        ] {
            assert_eq!(around(period, when, &plain).as_deref(), Some(expected), "{period} {when}");
        }
    }

    #[test]
    fn a_term_is_the_one_entered_and_none_in_holidays() {
        let entered = Calendar::default().with_term("autumn", day("2026-09-01"), day("2027-01-22"));
        assert_eq!(around(Period::Term, "2026-09-01", &entered).unwrap(), "2026-09-01..2027-01-22");
        assert_eq!(around(Period::Term, "2027-01-23", &entered), None);
    }

    #[test]
    fn fortnights_are_counted_from_the_week_in_which_the_term_begins() {
        // 2026-09-01 is a Tuesday.
        let entered = Calendar::default().with_term("autumn", day("2026-09-01"), day("2027-01-22"));
        for when in ["2026-09-01", "2026-09-07", "2026-09-13"] {
            assert_eq!(
                around(Period::Fortnight, when, &entered).unwrap(),
                "2026-08-31..2026-09-13",
                "{when}"
            );
        }
        assert_eq!(around(Period::Fortnight, "2026-09-14", &entered).unwrap(), "2026-09-14..2026-09-27");
    }

    #[test]
    fn a_day_without_school_is_no_period() {
        assert_eq!(around(Period::Day, "2026-09-20", &Calendar::default()), None);
    }

    #[test]
    fn mid_term_begins_with_its_exams_or_with_the_middle_of_the_term() {
        let term = Calendar::default().with_term("autumn", day("2026-09-01"), day("2027-01-22"));
        let of = |moment: Moment, when: &str, calendar: &Calendar| {
            moment.around(day(when), calendar).map(|it| format!("{}..{}", it.first, it.last))
        };
        // 144 days: the 72nd is 11 November.
        assert_eq!(of(Moment::MidTerm, "2026-09-01", &term).unwrap(), "2026-11-11..2026-12-01");
        assert_eq!(of(Moment::EndOfTerm, "2026-09-01", &term).unwrap(), "2027-01-02..2027-01-22");
        assert_eq!(of(Moment::MidTerm, "2027-01-23", &term), None, "holidays");
        let exams = term
            .with_exam("mid-term", Some(Moment::MidTerm), day("2026-11-04"), day("2026-11-06"))
            .with_exam("month 4", None, day("2026-12-04"), day("2026-12-04"))
            .with_exam("end", Some(Moment::EndOfTerm), day("2027-01-13"), day("2027-01-15"));
        assert_eq!(of(Moment::MidTerm, "2026-12-24", &exams).unwrap(), "2026-11-04..2026-11-24");
        assert_eq!(of(Moment::EndOfTerm, "2026-12-24", &exams).unwrap(), "2027-01-13..2027-01-22");
    }
}
