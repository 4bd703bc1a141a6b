//! So many times in a week or a month: asked for its own period only, announced a quarter of its days before it is over, due
//! on its last school day. The days are those of the autumn of 2026: 1 to 7 October off, 20 September and 10 October made up.

use super::case::asks;
use crate::school::Calendar;
use crate::school::testing::{autumn, day, year};

const WEEKLY: &str = "at_least = { times = 1, per = \"week\" }";
const MONTHLY: &str = "at_least = { times = 1, per = \"month\" }";
const TWICE: &str = "at_least = { times = 2, per = \"month\" }";

#[test]
fn a_week_is_asked_for_on_its_last_school_day() {
    for (from, expected) in [
        ("2026-09-07", "2026-09-11 for 2026-09-11"), // a plain week: Friday
        ("2026-08-31", "2026-09-04 for 2026-09-04"), // the term begins on its Tuesday
        ("2026-09-14", "2026-09-19 for 2026-09-20"), // its Sunday is made up
        ("2026-09-28", "2026-09-30 for 2026-09-30"), // off from Thursday on
        ("2026-10-05", "2026-10-10 for 2026-10-10"), // off until Wednesday; Saturday is made up
        ("2027-01-18", "2027-01-21 for 2027-01-22"), // the last of the term, two days short
    ] {
        assert_eq!(asks(WEEKLY).paired("2026-08-20").opens(from), expected, "{from}");
    }
}

#[test]
fn what_was_not_done_in_its_week_is_asked_for_by_no_later_one() {
    let it = asks(WEEKLY);
    assert_eq!(it.on("2026-09-11"), "2026-09-11");
    assert_eq!(it.on("2026-09-13"), "2026-09-11 late 2/0");
    assert_eq!(it.on("2026-09-14"), "-", "Monday asks for its own week");
    // The holiday's days belong to the week before it, and it does not grow in them.
    assert_eq!(it.on("2026-10-04"), "2026-09-30");
    assert_eq!(it.on("2026-10-05"), "-");
    // After the last day of the term its week goes on, and the next one asks for nothing.
    assert_eq!(it.on("2027-01-24"), "2027-01-22");
    assert_eq!(it.on("2027-01-25"), "-");
}

#[test]
fn a_week_in_holidays_asks_for_nothing_also_when_its_weekend_is_not_marked() {
    for last in ["2026-11-15", "2026-11-13"] {
        let calendar = autumn().with_holiday(day("2026-11-09"), day(last), "autumn break");
        let it = asks(WEEKLY).within(calendar);
        for today in day("2026-11-09").iter_days().take(7) {
            assert_eq!(it.on(&today.to_string()), "-", "{today}, off until {last}");
        }
        assert_eq!(it.opens("2026-11-09"), "2026-11-20 for 2026-11-20");
    }
    // And one of which a make-up Saturday is the only school day asks on that.
    let calendar = autumn().with_holiday(day("2026-11-09"), day("2026-11-13"), "break");
    let it = asks(WEEKLY).within(calendar.with_school(day("2026-11-14"), "make-up"));
    assert_eq!(it.opens("2026-11-09"), "2026-11-14 for 2026-11-14");
}

#[test]
fn a_week_over_the_new_year_is_one_week() {
    let calendar = autumn().with_off(day("2027-01-01"), "new year");
    let it = asks(WEEKLY).within(calendar);
    assert_eq!(it.opens("2026-12-28"), "2026-12-31 for 2026-12-31");
    for talked in ["2026-12-28", "2026-12-31", "2027-01-01", "2027-01-03"] {
        let calendar = it.calendar.clone();
        assert_eq!(asks(WEEKLY).within(calendar).talked(&[talked]).on("2027-01-03"), "-", "{talked}");
    }
    let calendar = it.calendar.clone();
    let before = asks(WEEKLY).within(calendar).talked(&["2026-12-27"]);
    assert_eq!(
        before.on("2027-01-03"),
        "2026-12-31 late 2/0",
        "Sunday is of the week before; the 2nd and 3rd run"
    );
}

#[test]
fn a_month_is_asked_for_as_far_as_it_lies_in_term() {
    for (from, expected) in [
        // 30 days: announced on the 23rd, seven before its end.
        ("2026-09-01", "2026-09-23 for 2026-09-30"),
        // 24 days run; the eighteenth is Sunday the 25th, the last school day Friday the 30th.
        ("2026-10-01", "2026-10-25 for 2026-10-30"),
        ("2026-11-01", "2026-11-23 for 2026-11-30"),
        // 22 days, to the end of the term.
        ("2027-01-01", "2027-01-17 for 2027-01-22"),
        // One week, from 22 February on: its Friday.
        ("2027-02-01", "2027-02-26 for 2027-02-26"),
    ] {
        assert_eq!(asks(MONTHLY).within(year()).opens(from), expected, "{from}");
    }
    let it = asks(MONTHLY).within(year());
    assert_eq!(it.on("2027-01-31"), "2027-01-22", "January is not over, and nothing grows");
    assert_eq!(it.on("2027-02-01"), "-");
    for today in ["2027-07-31", "2027-08-15", "2027-08-31"] {
        assert_eq!(
            asks(MONTHLY).within(year()).on(today),
            if today < "2027-08" { "2027-07-09" } else { "-" }
        );
    }
}

#[test]
fn a_month_has_the_days_that_it_has() {
    let plain = |from: &str| asks(MONTHLY).within(Calendar::default()).opens(from);
    // 29 days in 2028: the last quarter has seven; 29 February is a Tuesday.
    assert_eq!(plain("2028-02-01"), "2028-02-22 for 2028-02-29");
    // 28 days in 2027: the last is a Sunday.
    assert_eq!(plain("2027-02-01"), "2027-02-21 for 2027-02-26");
    let leap = asks(MONTHLY).within(Calendar::default()).talked(&["2028-02-29"]);
    assert_eq!(leap.on("2028-02-29"), "-");
    assert_eq!(leap.opens("2028-03-01"), "2028-03-24 for 2028-03-31", "it counts for February");
}

#[test]
fn each_share_of_a_month_has_its_day() {
    // Thirty days in November: the first share ends on Sunday the 15th, the second on Monday the 30th.
    assert_eq!(asks(TWICE).opens("2026-11-01"), "2026-11-12 for 2026-11-13");
    assert_eq!(asks(TWICE).talked(&["2026-11-03"]).opens("2026-11-03"), "2026-11-27 for 2026-11-30");
    let both = asks(TWICE).talked(&["2026-11-20", "2026-11-20"]);
    assert_eq!(both.on("2026-11-30"), "-", "two talks on one day are two talks");
    let more = asks(TWICE).talked(&["2026-11-02", "2026-11-03", "2026-11-04"]);
    assert_eq!(more.on("2026-12-12"), "2026-12-15", "a third one is not carried over into December");
}

#[test]
fn a_share_without_a_school_day_waits_for_the_next_one() {
    let often = "at_least = { times = 20, per = \"month\" }";
    // 1 August 2026 is a Saturday: the first share is due on Monday the 3rd.
    let it = asks(often).within(Calendar::default()).paired("2026-07-01");
    assert_eq!(it.opens("2026-08-01"), "2026-08-01 for 2026-08-03");
}

#[test]
fn more_than_the_days_of_a_short_week_are_asked_for_all_the_same() {
    let three = "at_least = { times = 3, per = \"week\" }";
    // Monday, Tuesday and Wednesday are left of the week before the holiday.
    assert_eq!(asks(three).on("2026-09-28"), "2026-09-28");
    assert_eq!(asks(three).talked(&["2026-09-28"]).opens("2026-09-28"), "2026-09-29 for 2026-09-29");
    assert_eq!(asks(three).talked(&["2026-09-28", "2026-09-29"]).on("2026-10-03"), "2026-09-30");
    // Two days are left of the last week of the year: the third talk is due on the last of them, too.
    let calendar = Calendar::default().with_term("short", day("2026-09-01"), day("2026-12-29"));
    let it = asks(three).within(calendar).talked(&["2026-12-28", "2026-12-28"]);
    assert_eq!(it.on("2026-12-29"), "2026-12-29");
}

#[test]
fn a_pairing_that_begins_in_a_period_is_asked_for_the_rest_of_it() {
    // 16 to 30 November: fifteen days, the last quarter has three.
    assert_eq!(asks(MONTHLY).paired("2026-11-16").opens("2026-11-16"), "2026-11-27 for 2026-11-30");
    // Of two, the first is due on the seventh of the fifteen days, Sunday the 22nd: on its Friday.
    assert_eq!(asks(TWICE).paired("2026-11-16").opens("2026-11-16"), "2026-11-20 for 2026-11-20");
    assert_eq!(
        asks(MONTHLY).paired("2026-10-30").on("2026-10-30"),
        "2026-10-30",
        "a Friday, the last school day"
    );
    assert_eq!(asks(MONTHLY).paired("2026-10-31").on("2026-10-31"), "-", "no school day is left of October");
    // Begun in a holiday: 24 days of October are left, as for who was there before.
    assert_eq!(asks(MONTHLY).paired("2026-10-03").opens("2026-10-03"), "2026-10-25 for 2026-10-30");
}

#[test]
fn a_pairing_that_ends_in_a_period_owes_nothing_from_that_day_on() {
    let mut it = asks(TWICE);
    it.pairings[0].until = Some(day("2026-11-20"));
    assert_eq!(it.on("2026-11-19"), "2026-11-13 late 6/4");
    assert_eq!(it.on("2026-11-20"), "-");
}
