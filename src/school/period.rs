//! Calendar periods: the weeks, months and terms in which something is asked for so and so many times.

use super::calendar::Calendar;
use super::time::Day;
use chrono::{Datelike, Days, Months};

words! {
    /// A stretch of the calendar that a count belongs to.
    pub enum Period {
        /// Monday to Sunday.
        Week = "week",
        /// Two weeks, counted from the week in which the term begins.
        Fortnight = "fortnight",
        /// A calendar month.
        Month = "month",
        /// A term; where none is entered, the half-year from August or February that stands for it in China.
        Term = "term",
        /// A school year, from August.
        Year = "year",
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
    /// The period that `day` lies in; `None` for a term when the day is in holidays.
    pub fn around(self, day: Day, calendar: &Calendar) -> Option<Span> {
        match self {
            Period::Week => weeks(monday(day), 1),
            Period::Fortnight => {
                // Without a term, from Monday 2024-01-01: any Monday will do, as long as it stays the same.
                let anchor = calendar.term_of(day).map(|it| it.first).or(Day::from_ymd_opt(2024, 1, 1));
                let since = (monday(day) - monday(anchor?)).num_weeks().rem_euclid(2);
                weeks(monday(day) - Days::new(7 * since as u64), 2)
            }
            Period::Month => months(day.with_day(1)?, 1),
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
}
