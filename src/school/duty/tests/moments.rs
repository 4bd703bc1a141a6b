//! At mid-term and at the end of a term: from their exams on, or without any from the middle of the term and in its last
//! three weeks; due on the last school day, asked for until the term is over.

use super::case::asks;
use crate::school::testing::{autumn, day, year};
use crate::school::{Calendar, Moment};

const MID: &str = "at = \"mid_term\"";
const END: &str = "at = \"end_of_term\"";

fn exam(moment: Moment, first: &str, last: &str) -> Calendar {
    autumn().with_exam("exams", Some(moment), day(first), day(last))
}

#[test]
fn without_exams_the_middle_and_the_last_three_weeks() {
    // 137 running days: the 68th is 14 November, a Saturday; twenty days on it is Friday 4 December.
    assert_eq!(asks(MID).opens("2026-09-01"), "2026-11-14 for 2026-12-04");
    assert_eq!(asks(END).opens("2026-09-01"), "2027-01-02 for 2027-01-22");
    let plain = Calendar::default;
    // August to January has 184 days: the 92nd is 31 October. 31 January is a Sunday.
    assert_eq!(asks(MID).within(plain()).opens("2026-09-01"), "2026-10-31 for 2026-11-20");
    assert_eq!(asks(END).within(plain()).opens("2026-09-01"), "2027-01-11 for 2027-01-29");
}

#[test]
fn with_exams_it_begins_with_their_first_day() {
    for (first, last, expected) in [
        ("2026-11-04", "2026-11-06", "2026-11-04 for 2026-11-24"),
        ("2026-11-05", "2026-11-09", "2026-11-05 for 2026-11-25"), // over a weekend
        ("2026-09-28", "2026-09-30", "2026-09-28 for 2026-10-16"), // before a holiday: 18 October is a Sunday
        ("2026-09-30", "2026-10-08", "2026-09-30 for 2026-10-20"), // around it
        ("2027-01-20", "2027-01-22", "2027-01-20 for 2027-01-22"), // at the very end: until the term is over
    ] {
        let it = asks(MID).within(exam(Moment::MidTerm, first, last));
        assert_eq!(it.opens("2026-09-01"), expected, "{first} to {last}");
    }
    for (first, last, expected) in [
        ("2027-01-13", "2027-01-15", "2027-01-13 for 2027-01-22"),
        ("2027-01-18", "2027-01-22", "2027-01-18 for 2027-01-22"), // in the last week
        ("2027-01-22", "2027-01-22", "2027-01-22 for 2027-01-22"), // on the last day
    ] {
        let it = asks(END).within(exam(Moment::EndOfTerm, first, last));
        assert_eq!(it.opens("2026-09-01"), expected, "{first} to {last}");
    }
}

#[test]
fn of_several_exams_the_first_of_its_kind_in_this_term() {
    let others = autumn()
        .with_exam("month 1", None, day("2026-10-12"), day("2026-10-13"))
        .with_exam("grade 8", Some(Moment::MidTerm), day("2026-11-11"), day("2026-11-13"))
        .with_exam("grade 7", Some(Moment::MidTerm), day("2026-11-04"), day("2026-11-06"))
        .with_exam("spring", Some(Moment::MidTerm), day("2027-04-21"), day("2027-04-23"));
    assert_eq!(asks(MID).within(others.clone()).opens("2026-09-01"), "2026-11-04 for 2026-11-24");
    let spring = others.with_term("spring", day("2027-02-22"), day("2027-07-09"));
    let done = asks(MID).within(spring).talked(&["2026-11-10"]);
    assert_eq!(done.opens("2026-11-10"), "2027-04-21 for 2027-05-11", "the spring has its own");
}

#[test]
fn a_term_that_ends_on_a_weekend_asks_for_its_last_friday() {
    let sunday = Calendar::default().with_term("autumn", day("2026-09-01"), day("2027-01-24"));
    assert_eq!(asks(END).within(sunday).opens("2026-09-01"), "2027-01-04 for 2027-01-22");
}

#[test]
fn it_is_asked_for_until_the_term_is_over_and_done_once() {
    let mid = || asks(MID).within(exam(Moment::MidTerm, "2026-11-04", "2026-11-06"));
    assert_eq!(mid().on("2026-11-03"), "-");
    assert_eq!(mid().on("2026-11-26"), "2026-11-24 late 2/2");
    assert_eq!(mid().on("2027-01-23"), "-", "holidays");
    assert_eq!(mid().talked(&["2026-11-03"]).on("2026-11-24"), "2026-11-24", "before it begins is too early");
    assert_eq!(mid().talked(&["2026-11-04"]).on("2026-11-24"), "-");
    assert_eq!(mid().talked(&["2026-12-20"]).on("2026-12-20"), "-", "late counts");
}

#[test]
fn who_comes_after_it_has_nothing_to_make_up() {
    let of = |since: &str| asks(MID).within(exam(Moment::MidTerm, "2026-11-04", "2026-11-06")).paired(since);
    assert_eq!(of("2026-11-24").on("2026-11-24"), "2026-11-24");
    assert_eq!(of("2026-11-25").on("2026-11-25"), "-");
}

#[test]
fn what_is_over_with_the_autumn_is_not_asked_for_in_spring() {
    assert_eq!(asks(END).within(year()).on("2027-01-22"), "2027-01-22");
    assert_eq!(asks(END).within(year()).on("2027-02-22"), "-");
    // The last three weeks of the spring begin on Saturday 19 June.
    assert_eq!(asks(END).within(year()).opens("2027-02-22"), "2027-06-19 for 2027-07-09");
}
