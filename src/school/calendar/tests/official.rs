//! The official days off and make-up days of 2025 and 2026, together with what a school enters itself.

use super::*;
use crate::school::CalendarFile;

/// The school year 2025/26 with the official days of both years; what the school says of a day itself is written over them.
fn school_year(own: &[(&str, Mark)]) -> Calendar {
    let official = [2025, 2026].map(|year| CalendarFile::official(year).unwrap().days);
    let mut days: BTreeMap<Day, Mark> = official.into_iter().flatten().collect();
    days.extend(own.iter().map(|(when, mark)| (day(when), mark.clone())));
    Calendar::new(&WEEK[..5], Vec::new(), days)
        .with_term("autumn", day("2025-09-01"), day("2026-01-30"))
        .with_term("spring", day("2026-03-02"), day("2026-07-03"))
}

#[test]
fn days_off_and_made_up_as_in_the_notices() {
    let it = school_year(&[]);
    for (when, school, running) in [
        ("2025-09-28", true, true), // a Sunday, made up for the national holiday
        ("2025-09-30", true, true),
        ("2025-10-01", false, false),
        ("2025-10-08", false, false), // the eighth and last day of it
        ("2025-10-09", true, true),
        ("2025-10-11", true, true),  // a Saturday, made up
        ("2025-10-12", false, true), // a Sunday as any
        ("2025-12-31", true, true),
        ("2026-01-01", false, false),
        ("2026-01-03", false, false),
        ("2026-01-04", true, true),   // a Sunday, made up for the new year
        ("2026-04-06", false, false), // a Monday of Qingming
        ("2026-05-05", false, false), // a Tuesday
        ("2026-05-09", true, true),   // a Saturday, made up
        ("2026-06-19", false, false), // the dragon boats' Friday
    ] {
        assert_eq!((it.is_school_day(day(when)), it.is_running(day(when))), (school, running), "{when}");
    }
}

#[test]
fn in_the_schools_own_holidays_no_make_up_day_calls_anybody() {
    let it = school_year(&[]);
    // The make-up days of the spring festival, a Saturday each, lie in the winter holidays.
    for when in ["2026-02-14", "2026-02-28", "2026-02-10"] {
        assert!(!it.is_school_day(day(when)) && it.is_off(day(when)), "{when}");
    }
    assert_eq!(it.next_school_day(day("2026-01-30")), Some(day("2026-03-02")));
    assert_eq!(it.add_running_days(day("2026-01-30"), 1), Some(day("2026-03-02")));
    // A spring that begins before the second one is called by it: Monday the 2nd is not the first school day then.
    let early = it.with_term("early", day("2026-02-25"), day("2026-03-01"));
    assert!(early.is_school_day(day("2026-02-28")));
    assert_eq!(early.school_days_between(day("2026-02-24"), day("2026-03-02")), 5);
}

#[test]
fn what_the_school_says_of_a_day_goes_before() {
    let off = |name: &str| Mark::Off(name.to_owned());
    let it = school_year(&[
        ("2026-05-09", off("the school does not make this up")),
        ("2026-05-06", off("sports day")),
        ("2026-05-05", Mark::School("here it is taught".to_owned())),
    ]);
    assert!(!it.is_school_day(day("2026-05-09")) && !it.is_running(day("2026-05-09")));
    assert!(it.is_school_day(day("2026-05-05")));
    // Of Monday 4 to Sunday 10 May: off on Monday (official), Wednesday and Saturday (the school's own).
    assert_eq!(it.running_days_between(day("2026-05-03"), day("2026-05-10")), 4);
    assert_eq!(it.school_days_between(day("2026-05-03"), day("2026-05-10")), 3);
}

#[test]
fn a_clock_over_the_national_holiday_of_2025() {
    // 26 to 30 September are five days, 9 to 17 October the other nine.
    assert_eq!(school_year(&[]).add_running_days(day("2025-09-25"), 14), Some(day("2025-10-17")));
    // School days after 25 September: 26, 28 (made up), 29, 30, 9, 10, 11 (made up), 13.
    assert_eq!(school_year(&[]).add_school_days(day("2025-09-25"), 8), Some(day("2025-10-13")));
}

#[test]
fn a_school_that_teaches_on_saturdays() {
    let it = Calendar::new(&WEEK[..6], Vec::new(), BTreeMap::new()).with_off(day("2026-10-03"), "off");
    assert!(it.is_school_day(day("2026-09-26")) && !it.is_school_day(day("2026-09-27")));
    assert!(!it.is_school_day(day("2026-10-03")));
    assert_eq!(it.school_days_between(day("2026-09-20"), day("2026-10-04")), 11);
}

#[test]
fn a_leap_day_is_a_day_as_any() {
    let it = Calendar::default();
    assert!(it.is_school_day(day("2028-02-29")), "a Tuesday");
    assert_eq!(it.running_days_between(day("2028-02-28"), day("2028-03-01")), 2);
    assert_eq!(it.add_school_days(day("2028-02-28"), 1), Some(day("2028-02-29")));
    assert!(it.with_off(day("2028-02-29"), "off").is_off(day("2028-02-29")));
}
