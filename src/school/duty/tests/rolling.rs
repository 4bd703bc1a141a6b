//! Every so many days: the clock stops on the first day of a holiday and goes on after its last.
//! In the autumn of 2026, the term runs from 1 September to 22 January and 1 to 7 October are off.

use super::case::asks;
use crate::school::Calendar;
use crate::school::testing::{autumn, day, year};

const FORTNIGHTLY: &str = "every = { days = 14 }";

#[test]
fn a_talk_on_any_day_of_a_holiday_starts_the_clock_on_the_first_day_after_it() {
    // 8 October is the first day, 21 October the fourteenth.
    for talked in ["2026-09-30", "2026-10-01", "2026-10-03", "2026-10-07"] {
        assert_eq!(
            asks(FORTNIGHTLY).talked(&[talked]).opens(talked),
            "2026-10-21 for 2026-10-21",
            "{talked}"
        );
    }
    assert_eq!(asks(FORTNIGHTLY).talked(&["2026-10-08"]).opens("2026-10-08"), "2026-10-22 for 2026-10-22");
    // Five days in September, nine from 8 October on.
    assert_eq!(asks(FORTNIGHTLY).talked(&["2026-09-25"]).opens("2026-09-25"), "2026-10-16 for 2026-10-16");
}

#[test]
fn a_pairing_that_begins_in_a_holiday_is_asked_from_the_first_day_after_it() {
    for since in ["2026-09-30", "2026-10-01", "2026-10-03", "2026-10-07"] {
        assert_eq!(asks(FORTNIGHTLY).paired(since).opens(since), "2026-10-21 for 2026-10-21", "{since}");
    }
    assert_eq!(asks(FORTNIGHTLY).paired("2026-10-08").opens("2026-10-08"), "2026-10-22 for 2026-10-22");
}

#[test]
fn a_pairing_of_the_summer_starts_its_clock_with_the_first_day_of_the_term() {
    // Tuesday 1 September is the first day, Monday 14 September the fourteenth.
    assert_eq!(asks(FORTNIGHTLY).paired("2026-08-20").opens("2026-08-20"), "2026-09-14 for 2026-09-14");
}

#[test]
fn due_on_a_weekend_it_is_late_by_the_days_that_run_and_climbs_by_school_days() {
    // Saturday 12 September and fourteen days: Saturday the 26th.
    let it = asks(FORTNIGHTLY).talked(&["2026-09-12"]);
    for (today, expected) in [
        ("2026-09-25", "-"),
        ("2026-09-26", "2026-09-26"),
        ("2026-09-27", "2026-09-26 late 1/0"),
        ("2026-09-28", "2026-09-26 late 2/1"),
    ] {
        assert_eq!(it.on(today), expected, "{today}");
    }
    // Saturday 10 October is made up: eleven days in September, and the 8th, 9th and 10th.
    assert_eq!(asks(FORTNIGHTLY).talked(&["2026-09-19"]).on("2026-10-10"), "2026-10-10");
}

#[test]
fn never_due_on_a_day_off_and_what_is_late_does_not_grow_on_one() {
    let daily = |talked: &str| asks("every = { days = 1 }").talked(&[talked]);
    assert_eq!(daily("2026-09-29").opens("2026-09-29"), "2026-09-30 for 2026-09-30");
    assert_eq!(daily("2026-09-30").opens("2026-09-30"), "2026-10-08 for 2026-10-08");
    assert_eq!(daily("2026-10-07").opens("2026-10-07"), "2026-10-08 for 2026-10-08");
    // Due on the last day before the holiday.
    let it = asks(FORTNIGHTLY).talked(&["2026-09-16"]);
    assert_eq!(it.on("2026-09-30"), "2026-09-30");
    assert_eq!(it.on("2026-10-01"), "2026-09-30");
    assert_eq!(it.on("2026-10-07"), "2026-09-30");
    assert_eq!(it.on("2026-10-08"), "2026-09-30 late 1/1");
}

#[test]
fn over_the_winter_the_clock_stands_still() {
    // Seven days to 22 January, seven from 22 February on: Sunday the 28th.
    let it = asks(FORTNIGHTLY).within(year()).talked(&["2027-01-15"]);
    assert_eq!(it.opens("2027-01-15"), "2027-02-28 for 2027-02-28");
    // Due on the very last day of the term.
    let it = asks(FORTNIGHTLY).within(year()).talked(&["2027-01-08"]);
    assert_eq!(it.on("2027-01-22"), "2027-01-22");
    assert_eq!(it.on("2027-02-21"), "2027-01-22");
    assert_eq!(it.on("2027-02-22"), "2027-01-22 late 1/1");
    // As long as nobody has entered the spring it has no day, and is asked for by none.
    assert_eq!(asks(FORTNIGHTLY).talked(&["2027-01-15"]).opens("2027-01-15"), "-");
}

#[test]
fn terms_that_adjoin_are_one_stretch_of_time() {
    let calendar = Calendar::default().with_term("one", day("2026-09-01"), day("2026-11-13")).with_term(
        "two",
        day("2026-11-14"),
        day("2027-01-22"),
    );
    let it = asks(FORTNIGHTLY).within(calendar).talked(&["2026-11-10"]);
    assert_eq!(it.opens("2026-11-10"), "2026-11-24 for 2026-11-24");
}

#[test]
fn without_terms_every_day_runs_but_those_that_are_marked_off() {
    let plain = Calendar::default();
    let it = asks(FORTNIGHTLY).within(plain.clone()).paired("2026-07-01").talked(&["2026-07-10"]);
    assert_eq!(it.opens("2026-07-10"), "2026-07-24 for 2026-07-24");
    let marked = plain.with_holiday(day("2026-07-20"), day("2026-07-22"), "camp");
    let it = asks(FORTNIGHTLY).within(marked).paired("2026-07-01").talked(&["2026-07-10"]);
    assert_eq!(it.opens("2026-07-10"), "2026-07-27 for 2026-07-27");
}

#[test]
fn over_a_leap_day_and_the_end_of_a_year() {
    let every = |days: u32, talked: &str| {
        let it = asks(&format!("every = {{ days = {days} }}")).within(Calendar::default());
        it.talked(&[talked]).opens(talked)
    };
    assert_eq!(every(14, "2028-02-15"), "2028-02-29 for 2028-02-29");
    assert_eq!(every(14, "2028-02-29"), "2028-03-14 for 2028-03-14");
    assert_eq!(every(1, "2028-02-28"), "2028-02-29 for 2028-02-29");
    assert_eq!(every(1, "2027-02-28"), "2027-03-01 for 2027-03-01");
    assert_eq!(every(14, "2026-12-25"), "2027-01-08 for 2027-01-08");
    assert_eq!(every(366, "2027-03-01"), "2028-03-01 for 2028-03-01");
}

#[test]
fn a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() {
    let months = |n: u32, talked: &str| {
        let it = asks(&format!("every = {{ months = {n} }}")).within(Calendar::default());
        it.talked(&[talked]).opens(talked)
    };
    assert_eq!(months(1, "2028-01-31"), "2028-02-29 for 2028-02-29");
    assert_eq!(months(1, "2027-01-31"), "2027-02-28 for 2027-02-28");
    assert_eq!(months(1, "2028-02-29"), "2028-03-29 for 2028-03-29");
    assert_eq!(months(12, "2028-02-29"), "2029-02-28 for 2029-02-28");
    assert_eq!(months(2, "2026-12-31"), "2027-02-28 for 2027-02-28");
    assert_eq!(months(1, "2026-12-15"), "2027-01-15 for 2027-01-15");
}

#[test]
fn a_month_is_longer_by_the_days_off_in_it() {
    let monthly = |talked: &str| asks("every = { months = 1 }").talked(&[talked]).opens(talked);
    // To 15 October it is a month of thirty days; seven of them are off, and seven more come after it.
    assert_eq!(monthly("2026-09-15"), "2026-10-22 for 2026-10-22");
    // From within the holiday: to 3 November, and the four days off that were still ahead.
    assert_eq!(monthly("2026-10-03"), "2026-11-07 for 2026-11-07");
    assert_eq!(monthly("2026-10-07"), "2026-11-07 for 2026-11-07");
    // To 20 January, still in the term; from 25 December it would be the 25th, three days into the winter.
    assert_eq!(monthly("2026-12-20"), "2027-01-20 for 2027-01-20");
    assert_eq!(monthly("2026-12-25"), "-");
    let spring = asks("every = { months = 1 }").within(year()).talked(&["2026-12-25"]);
    assert_eq!(spring.opens("2026-12-25"), "2027-02-24 for 2027-02-24");
}

#[test]
fn a_clock_counts_days_and_no_hours_so_that_summer_time_does_not_move_it() {
    // Berlin's clocks go forward on 29 March and back on 25 October 2026.
    for (talked, due) in [("2026-03-20", "2026-04-03"), ("2026-10-20", "2026-11-03")] {
        let it = asks(FORTNIGHTLY).within(Calendar::default()).paired("2026-03-01").talked(&[talked]);
        assert_eq!(it.opens(talked), format!("{due} for {due}"));
    }
}

#[test]
fn a_holiday_that_is_entered_later_moves_the_day() {
    let it = asks(FORTNIGHTLY).talked(&["2026-11-02"]);
    assert_eq!(it.opens("2026-11-02"), "2026-11-16 for 2026-11-16");
    let storm = autumn().with_holiday(day("2026-11-12"), day("2026-11-13"), "storm");
    let it = asks(FORTNIGHTLY).within(storm).talked(&["2026-11-02"]);
    assert_eq!(it.opens("2026-11-02"), "2026-11-18 for 2026-11-18");
}
