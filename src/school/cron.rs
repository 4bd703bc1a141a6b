//! A moment of the day on some days: what a policy writes as a cron expression.

use super::time::Day;
use chrono::{Datelike, NaiveTime};
use cron::{Schedule, TimeUnitSpec};
use std::fmt;

/// A cron expression in the school's local time that names one time of day.
///
/// Only its fields are asked, never the crate's own search: asked in a zone, that skips a day in a DST gap and fires
/// twice in the overlap. One time of day makes a slot's name and day its whole identity.
#[derive(Clone)]
pub struct Cron {
    schedule: Schedule,
    time: NaiveTime,
    /// Its months, days of the month and weekdays (from Sunday) as bits: a period is found by asking day after day.
    days: (u32, u32, u32),
    /// Whether it falls into every year.
    every_year: bool,
}

/// What is wrong with a cron expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CronError {
    /// Not six fields (seconds, minutes, hours, day of month, month, weekday) or seven (year) that cron can read.
    Unreadable,
    /// More than one time of day.
    NotOnceADay,
    /// A weekday by number: the numbers start at 1 = Sunday here and at 0 or 1 = Monday elsewhere, so names it is.
    NumericWeekday,
}

impl Cron {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Cron, CronError> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        if !(6..=7).contains(&fields.len()) {
            return Err(CronError::Unreadable);
        }
        let schedule: Schedule = text.parse().map_err(|_| CronError::Unreadable)?;
        if fields[5].contains(|c: char| c.is_ascii_digit()) {
            return Err(CronError::NumericWeekday);
        }
        let only = |field: &dyn Fn() -> Vec<u32>| match field()[..] {
            [one] => Ok(one),
            _ => Err(CronError::NotOnceADay),
        };
        let hour = only(&|| schedule.hours().iter().collect())?;
        let minute = only(&|| schedule.minutes().iter().collect())?;
        let second = only(&|| schedule.seconds().iter().collect())?;
        let time = NaiveTime::from_hms_opt(hour, minute, second).ok_or(CronError::Unreadable)?;
        let days = (bits(schedule.months()), bits(schedule.days_of_month()), bits(schedule.days_of_week()));
        let every_year = schedule.years().is_all();
        Ok(Cron { schedule, time, days, every_year })
    }

    /// Whether it fires on that day.
    pub fn falls_on(&self, day: Day) -> bool {
        let (months, days, weekdays) = self.days;
        let has = |bits: u32, number: u32| bits >> number & 1 == 1;
        let year = || u32::try_from(day.year()).is_ok_and(|it| self.schedule.years().includes(it));
        has(months, day.month())
            && has(days, day.day())
            && has(weekdays, day.weekday().number_from_sunday())
            && (self.every_year || year())
    }

    /// The time of day at which it fires.
    pub fn time(&self) -> NaiveTime {
        self.time
    }

    /// The expression, as it was written.
    pub fn as_str(&self) -> &str {
        self.schedule.source()
    }
}

/// The numbers of a field below 32.
fn bits(field: &impl TimeUnitSpec) -> u32 {
    field.iter().fold(0, |bits, number| bits | 1 << number)
}

impl PartialEq for Cron {
    fn eq(&self, other: &Self) -> bool {
        self.schedule.timeunitspec_eq(&other.schedule)
    }
}

impl Eq for Cron {}

impl fmt::Debug for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cron({})", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_names_days_and_one_time() {
        let friday = Cron::parse("0 30 16 * * FRI").unwrap();
        assert_eq!(friday.time(), NaiveTime::from_hms_opt(16, 30, 0).unwrap());
        assert_eq!(friday.as_str(), "0 30 16 * * FRI");
        let fires = |text: &str| friday.falls_on(text.parse().unwrap());
        assert!(fires("2026-09-25") && !fires("2026-09-24") && !fires("2026-09-27"));
        let first_friday = Cron::parse("0 30 16 1-7 * FRI").unwrap();
        assert!(first_friday.falls_on("2026-10-02".parse().unwrap()));
        assert!(!first_friday.falls_on("2026-10-09".parse().unwrap()));
        assert!(!first_friday.falls_on("2026-10-01".parse().unwrap()));
    }

    #[test]
    fn a_day_that_a_month_does_not_have_is_left_out_and_none_takes_its_place() {
        let fires = |text: &str, day: &str| Cron::parse(text).unwrap().falls_on(day.parse().unwrap());
        let last = "0 0 8 31 * *";
        assert!(fires(last, "2026-10-31") && !fires(last, "2026-11-30") && !fires(last, "2026-12-01"));
        let leap = "0 0 8 29 FEB *";
        assert!(fires(leap, "2028-02-29") && !fires(leap, "2027-02-28") && !fires(leap, "2027-03-01"));
        let year = "0 0 8 1 SEP * 2026";
        assert!(fires(year, "2026-09-01") && !fires(year, "2027-09-01"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, wrong) in [
            ("", CronError::Unreadable),
            ("0 8 * * *", CronError::Unreadable),
            ("0 0 25 * * *", CronError::Unreadable),
            ("@daily", CronError::Unreadable),
            ("0 0 8,12 * * MON-FRI", CronError::NotOnceADay),
            ("0 * 8 * * *", CronError::NotOnceADay),
            ("* 0 8 * * *", CronError::NotOnceADay),
            ("0 0 8 * * 1-5", CronError::NumericWeekday),
        ] {
            assert_eq!(Cron::parse(text).unwrap_err(), wrong, "{text}");
        }
    }
}
