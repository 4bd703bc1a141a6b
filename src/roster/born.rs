//! A date of birth as people write it into a cell, and as Excel keeps it: a count of days.

use crate::school::Day;
use chrono::{Datelike, Days, Months};

/// Students are no younger and no older than this: beyond it somebody mistyped.
const YEARS: std::ops::RangeInclusive<i32> = 4..=30;

/// The day that a cell means; `None` where it means none, or more than one. 5/6/2012 is the fifth of June to some and the
/// sixth of May to others, so the year stands first. Of a month alone it is the last day: a child is rather asked for a
/// guardian's consent some days too long.
pub(super) fn day(text: &str) -> Option<Day> {
    let text = without_time(text);
    let signs = |c: char| "-/.年月日号 ".contains(c);
    if !text.chars().all(|c| c.is_ascii_digit() || signs(c)) {
        return None;
    }
    let parts: Vec<&str> = text.split(signs).filter(|it| !it.is_empty()).collect();
    let number = |text: &str| text.parse().ok();
    match *parts.as_slice() {
        [ymd] if ymd.len() == 8 => date(&ymd[..4], &ymd[4..6], &ymd[6..]),
        [ym] if ym.len() == 6 => last_of(&ym[..4], &ym[4..]),
        [count] if count.len() == 5 => from_count(number(count)?, false),
        [year, month, day] => date(year, month, day),
        [year, month] => last_of(year, month),
        _ => None,
    }
}

/// The day after so many days of Excel, which begins at 1900 or, in old files of a Mac, at 1904.
pub(super) fn from_count(days: u64, from_1904: bool) -> Option<Day> {
    // The count of 1900 has a day too many: a 29th of February that never was.
    let first = if from_1904 { Day::from_ymd_opt(1904, 1, 1) } else { Day::from_ymd_opt(1899, 12, 30) };
    first?.checked_add_days(Days::new(days)).filter(|it| it.year() <= 9999)
}

/// Whether a student may be born on that day.
pub(super) fn is_a_students(born: Day, today: Day) -> bool {
    today.years_since(born).and_then(|it| i32::try_from(it).ok()).is_some_and(|it| YEARS.contains(&it))
}

fn date(year: &str, month: &str, day: &str) -> Option<Day> {
    let century = year.starts_with("19") || year.starts_with("20");
    if year.len() != 4 || !century || month.len() > 2 || day.len() > 2 {
        return None;
    }
    Day::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn last_of(year: &str, month: &str) -> Option<Day> {
    date(year, month, "1")?.checked_add_months(Months::new(1))?.pred_opt()
}

/// `2012-05-06 00:00:00` is what some programs make of a day.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    text[..colon].rfind([' ', 'T']).map_or(text, |at| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birthday_is_read_in_many_shapes() {
        for text in [
            "2012-05-06",
            "2012-5-6",
            "2012/5/6",
            "2012.05.06",
            "2012年5月6日",
            "2012年5月6号",
            "2012 年 5 月 6 日",
            "20120506",
            "41035",
            "2012-05-06 00:00:00",
            "2012-05-06T00:00:00",
            "2012/5/6 0:00",
        ] {
            assert_eq!(day(text).map(|it| it.to_string()).as_deref(), Some("2012-05-06"), "{text}");
        }
        for text in ["2012-02", "201202", "2012年2月", "2012.2"] {
            assert_eq!(day(text).map(|it| it.to_string()).as_deref(), Some("2012-02-29"), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_two_is_none() {
        for text in [
            "2012-02-30",
            "2012-13-01",
            "2012-00-01",
            "5/6/2012",
            "12-5-6",
            "120506",
            "1012-05-06",
            "201213",
            "2012",
            "五月六日",
            "2012-05-06 x",
            "2012-5-6-7",
            "99999999",
            "男",
            "-",
            "2012年",
            "20120506.5",
            "4103500000",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_student_is_between_four_and_thirty() {
        let today = day("2026-10-08").unwrap();
        for (born, fits) in [
            ("2026-10-09", false),
            ("2022-10-09", false),
            ("2022-10-08", true),
            ("1995-10-09", true),
            ("1995-10-08", false),
        ] {
            assert_eq!(is_a_students(day(born).unwrap(), today), fits, "{born}");
        }
    }

    #[test]
    fn the_count_of_an_old_mac_begins_four_years_later() {
        assert_eq!(from_count(41035, false), from_count(41035 - 1462, true));
        assert_eq!(from_count(u64::MAX, false), None);
    }
}
