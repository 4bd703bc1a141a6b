//! The longer and the shorter periods: a day, two weeks, a quarter, a term, a year.

use super::case::asks;
use crate::school::Calendar;
use crate::school::testing::{autumn, day, year};

const DAILY: &str = "at_least = { times = 1, per = \"day\" }";
const FORTNIGHT: &str = "at_least = { times = 1, per = \"fortnight\" }";
const QUARTER: &str = "at_least = { times = 1, per = \"quarter\" }";
const TERM: &str = "at_least = { times = 1, per = \"term\" }";
const YEAR: &str = "at_least = { times = 1, per = \"year\" }";

#[test]
fn a_day_is_a_school_day_and_each_asks_for_its_own() {
    for (today, expected) in [
        ("2026-09-18", "2026-09-18"),
        ("2026-09-19", "-"),          // a Saturday
        ("2026-09-20", "2026-09-20"), // a Sunday that is made up
        ("2026-10-01", "-"),
        ("2026-10-07", "-"),
        ("2026-10-10", "2026-10-10"), // a Saturday that is made up
        ("2027-01-22", "2027-01-22"),
        ("2027-01-25", "-"),
    ] {
        assert_eq!(asks(DAILY).on(today), expected, "{today}");
    }
    let it = asks(DAILY).talked(&["2026-09-17"]);
    assert_eq!((it.on("2026-09-17"), it.on("2026-09-18")), ("-".to_owned(), "2026-09-18".to_owned()));
}

#[test]
fn two_weeks_are_counted_from_the_week_in_which_the_term_begins() {
    // 31 August to 13 September, thirteen days of it in term: the tenth is the 10th, the last school day the 11th.
    assert_eq!(asks(FORTNIGHT).opens("2026-09-01"), "2026-09-10 for 2026-09-11");
    assert_eq!(asks(FORTNIGHT).talked(&["2026-09-01"]).on("2026-09-13"), "-");
    assert_eq!(asks(FORTNIGHT).talked(&["2026-09-13"]).on("2026-09-25"), "2026-09-25", "the next two weeks");
    // 28 September to 11 October: three days before the holiday, four after it, the last school day made up.
    assert_eq!(asks(FORTNIGHT).opens("2026-09-28"), "2026-10-10 for 2026-10-10");
}

#[test]
fn the_last_two_weeks_of_a_term_do_not_begin_anew_in_the_holidays() {
    // 18 to 31 January: the term ends on Friday the 29th.
    let calendar = Calendar::default().with_term("autumn", day("2026-09-01"), day("2027-01-29"));
    let done = asks(FORTNIGHT).within(calendar.clone()).talked(&["2027-01-20"]);
    for today in ["2027-01-29", "2027-01-30", "2027-01-31", "2027-02-01"] {
        assert_eq!(done.on(today), "-", "{today}");
    }
    let open = asks(FORTNIGHT).within(calendar).talked(&["2027-01-15"]);
    for (today, expected) in [("2027-01-29", "2027-01-29"), ("2027-01-31", "2027-01-29"), ("2027-02-01", "-")]
    {
        assert_eq!(open.on(today), expected, "{today}");
    }
}

#[test]
fn a_quarter_of_the_year() {
    // October has 24 running days, November 30, December 31: 85, of which 21 are the last quarter.
    assert_eq!(asks(QUARTER).opens("2026-10-01"), "2026-12-10 for 2026-12-31");
    assert_eq!(asks(QUARTER).talked(&["2026-10-01"]).on("2026-12-31"), "-");
    assert_eq!(asks(QUARTER).talked(&["2026-09-30"]).on("2026-12-31"), "2026-12-31");
}

#[test]
fn a_term_asks_for_its_own_and_the_holidays_for_nothing() {
    // 137 running days; the 103rd is 19 December.
    assert_eq!(asks(TERM).within(year()).opens("2026-09-01"), "2026-12-19 for 2027-01-22");
    let it = asks(TERM).within(year()).talked(&["2026-09-01"]);
    assert_eq!(it.on("2027-01-22"), "-", "the first day of the term is of it");
    // 138 running days in spring; the 104th is 5 June.
    assert_eq!(it.opens("2027-01-23"), "2027-06-05 for 2027-07-09", "the spring asks for its own");
    let last = asks(TERM).within(year()).talked(&["2027-01-22"]);
    assert_eq!(last.on("2027-01-22"), "-", "and so is the last");
    for today in ["2027-01-23", "2027-02-21"] {
        assert_eq!(asks(TERM).within(year()).on(today), "-", "holidays: {today}");
    }
    let in_holidays = asks(TERM).within(year()).talked(&["2027-02-10"]);
    assert_eq!(in_holidays.opens("2027-02-10"), "2027-06-05 for 2027-07-09", "the holidays are of no term");
}

#[test]
fn terms_that_adjoin_ask_each_for_its_own() {
    let calendar = Calendar::default().with_term("one", day("2026-09-01"), day("2026-11-13")).with_term(
        "two",
        day("2026-11-14"),
        day("2027-01-22"),
    );
    let it = asks(TERM).within(calendar);
    assert_eq!(it.on("2026-11-13"), "2026-11-13");
    assert_eq!(it.on("2026-11-14"), "-");
}

#[test]
fn without_terms_the_half_years_stand_for_them() {
    let plain = Calendar::default;
    // August to January has 184 days: the 138th is 16 December; 31 January is a Sunday.
    let it = asks(TERM).within(plain()).paired("2026-07-01");
    assert_eq!(it.opens("2026-08-01"), "2026-12-16 for 2027-01-29");
    assert_eq!(asks(TERM).within(plain()).talked(&["2027-01-31"]).on("2027-02-01"), "-");
}

#[test]
fn a_school_year_runs_over_both_terms() {
    // 137 and 138 running days: the last quarter has 68, and the 207th day is 2 May, the seventieth of the spring.
    assert_eq!(asks(YEAR).within(year()).opens("2026-09-01"), "2027-05-02 for 2027-07-09");
    let it = asks(YEAR).within(year()).talked(&["2027-02-10"]);
    assert_eq!(it.on("2027-07-09"), "-", "a day in the holidays is of the year");
    assert_eq!(it.on("2027-08-01"), "-");
    // What is not entered yet is not known: then the autumn is all there is.
    assert_eq!(asks(YEAR).opens("2026-09-01"), "2026-12-19 for 2027-01-22");
    let before = asks(YEAR).within(autumn()).paired("2026-07-01").talked(&["2026-07-31"]);
    assert_eq!(before.opens("2026-08-01"), "2026-12-19 for 2027-01-22", "July is of the year before");
}
