//! Once after something happened, within so many school days, announced in the last quarter of them. Outside the holiday of
//! October 2026 the school days are Monday to Friday; 20 September and 10 October are made up.

use super::case::asks;
use crate::school::testing::{autumn, day, pairing, wish, year};
use crate::school::{Calendar, Pairing};

const FILE: &str = "after = { event = \"pairing\", school_days = 5 }";
const MARKS: &str = "after = { event = \"exam\", school_days = 5 }";
const PLAN: &str = "after = { event = \"term\", school_days = 10 }";
const WISH: &str = "after_wish = { school_days = 2 }";

#[test]
fn so_many_school_days_after_a_pairing_began() {
    for (since, expected) in [
        ("2026-09-07", "2026-09-11 for 2026-09-14"), // a Monday: Tuesday is the first, the next Monday the fifth
        ("2026-09-05", "2026-09-10 for 2026-09-11"), // a Saturday: Monday is the first
        ("2026-09-18", "2026-09-23 for 2026-09-24"), // a Friday: the Sunday that is made up is the first
        ("2026-09-28", "2026-10-09 for 2026-10-10"), // 29, 30, then 8, 9 and the Saturday that is made up
        ("2026-10-01", "2026-10-12 for 2026-10-13"), // the first day of the holiday
        ("2026-10-07", "2026-10-12 for 2026-10-13"), // its last
        ("2026-08-20", "2026-09-04 for 2026-09-07"), // in summer: the first of the term is the first
        ("2027-01-22", "2027-02-25 for 2027-02-26"), // the last day of the term
        ("2027-02-01", "2027-02-25 for 2027-02-26"), // in winter
    ] {
        assert_eq!(asks(FILE).within(year()).paired(since).opens(since), expected, "{since}");
    }
}

#[test]
fn it_is_asked_once_and_only_of_the_pairing_that_runs() {
    assert_eq!(asks(FILE).talked(&["2026-09-01"]).opens("2026-09-01"), "-", "on the very day counts");
    assert_eq!(
        asks(FILE).talked(&["2026-08-31"]).on("2026-09-08"),
        "2026-09-08",
        "before the pairing is before it"
    );
    assert_eq!(asks(FILE).on("2026-09-10"), "2026-09-08 late 2/2", "late is better than never");
    assert_eq!(asks(FILE).talked(&["2026-09-10"]).on("2026-09-10"), "-");
    let mut handed_over = asks(FILE).talked(&["2026-09-03"]);
    handed_over.pairings = vec![
        Pairing { until: Some(day("2026-11-02")), ..pairing("li") },
        Pairing { id: "zhao-li".into(), mentor: "zhao".into(), since: day("2026-11-02"), ..pairing("li") },
    ];
    assert_eq!(
        handed_over.opens("2026-09-01"),
        "2026-11-06 for 2026-11-09",
        "the new mentor looks at the file anew"
    );
}

#[test]
fn without_a_school_day_ahead_it_is_due_at_once_and_does_not_grow() {
    let it = asks(FILE).paired("2027-01-22");
    assert_eq!(it.on("2027-01-22"), "2027-01-22");
    assert_eq!(it.on("2027-03-01"), "2027-01-22");
}

#[test]
fn within_one_school_day_is_asked_for_at_once() {
    let next = "after = { event = \"pairing\", school_days = 1 }";
    assert_eq!(asks(next).paired("2026-09-30").opens("2026-09-30"), "2026-09-30 for 2026-10-08");
}

fn exam(first: &str, last: &str) -> Calendar {
    year().with_exam("an exam", None, day(first), day(last))
}

#[test]
fn the_days_after_an_exam_are_counted_from_its_last_day() {
    for (first, last, expected) in [
        ("2026-11-04", "2026-11-06", "2026-11-12 for 2026-11-13"), // over on a Friday
        ("2026-11-05", "2026-11-09", "2026-11-13 for 2026-11-16"), // over a weekend
        ("2026-11-07", "2026-11-07", "2026-11-12 for 2026-11-13"), // on a Saturday
        ("2026-09-29", "2026-09-30", "2026-10-12 for 2026-10-13"), // just before the holiday
        ("2026-09-30", "2026-10-08", "2026-10-13 for 2026-10-14"), // around it
        ("2027-01-20", "2027-01-22", "2027-02-25 for 2027-02-26"), // in the last days of the term
    ] {
        assert_eq!(asks(MARKS).within(exam(first, last)).opens("2026-09-01"), expected, "{first} to {last}");
    }
    let written =
        |on: &str| asks(MARKS).within(exam("2026-11-04", "2026-11-06")).talked(&[on]).on("2026-11-13");
    assert_eq!(written("2026-11-03"), "2026-11-13", "before the exam it is of another one");
    assert_eq!(written("2026-11-04"), "-", "from its first day on it is of this one");
    let last = autumn().with_exam("end", None, day("2027-01-22"), day("2027-01-22"));
    assert_eq!(
        asks(MARKS).within(last).opens("2026-09-01"),
        "2027-01-22 for 2027-01-22",
        "no term is entered after it"
    );
}

#[test]
fn of_two_exams_the_last_one_is_asked_for() {
    let two = exam("2026-11-04", "2026-11-06").with_exam("next", None, day("2026-11-17"), day("2026-11-18"));
    let it = asks(MARKS).within(two.clone());
    assert_eq!(it.on("2026-11-17"), "2026-11-13 late 4/2", "the next one is not over");
    assert_eq!(it.on("2026-11-18"), "-", "now it is, and the one before is asked for no more");
    assert_eq!(it.opens("2026-11-18"), "2026-11-24 for 2026-11-25");
    let first = asks(MARKS).within(two.clone()).talked(&["2026-11-06"]);
    assert_eq!(first.on("2026-11-13"), "-");
    assert_eq!(
        first.on("2026-11-25"),
        "2026-11-25",
        "what was written of the first settles nothing of the second"
    );
    let both = asks(MARKS).within(two).talked(&["2026-11-06", "2026-11-18"]);
    assert_eq!(both.on("2026-12-18"), "-");
}

#[test]
fn an_exam_before_the_pairing_is_not_the_mentors() {
    let of =
        |since: &str| asks(MARKS).within(exam("2026-11-04", "2026-11-06")).paired(since).on("2026-11-13");
    assert_eq!(of("2026-11-06"), "2026-11-13");
    assert_eq!(of("2026-11-07"), "-");
}

#[test]
fn after_each_term_began_and_after_one_came_to_it() {
    // Ten school days after Tuesday 1 September: Tuesday the 15th.
    assert_eq!(asks(PLAN).opens("2026-09-01"), "2026-09-11 for 2026-09-15");
    assert_eq!(asks(PLAN).paired("2026-08-20").opens("2026-08-20"), "2026-09-11 for 2026-09-15");
    // Come on Monday 2 November.
    assert_eq!(asks(PLAN).paired("2026-11-02").opens("2026-11-02"), "2026-11-12 for 2026-11-16");
    // Come on the last day of the term: with the spring, ten school days after its first, Monday 22 February.
    let late = asks(PLAN).within(year()).paired("2027-01-22");
    assert_eq!(late.opens("2027-01-22"), "2027-03-04 for 2027-03-08");
    let done = asks(PLAN).within(year()).talked(&["2026-09-01"]);
    assert_eq!(done.on("2027-01-22"), "-");
    assert_eq!(done.opens("2027-01-23"), "2027-03-04 for 2027-03-08", "each term asks anew");
    assert_eq!(asks(PLAN).within(year()).on("2027-02-01"), "-", "holidays ask for nothing");
}

#[test]
fn a_wish_is_open_at_once_and_due_in_school_days() {
    for (wished, due) in [
        ("2026-09-10", "2026-09-14"), // a Thursday
        ("2026-09-12", "2026-09-15"), // a Saturday
        ("2026-10-03", "2026-10-09"), // in a holiday
        ("2026-10-09", "2026-10-12"), // a Friday before a Saturday that is made up
        ("2027-01-22", "2027-02-23"), // the last day of the term
    ] {
        let mut it = asks(WISH).within(year());
        it.records = vec![wish("li", wished)];
        assert_eq!(it.opens("2026-09-01"), format!("{wished} for {due}"));
    }
    let mut it = asks(WISH);
    it.records = vec![wish("li", "2027-01-22")];
    assert_eq!(it.on("2027-01-23"), "2027-01-22", "no school day ahead: due at once, and it does not grow");
}

#[test]
fn a_wish_passes_to_the_next_mentor_with_its_day() {
    let mut it = asks(WISH).paired("2026-10-08");
    it.records = vec![wish("li", "2026-09-25")];
    assert_eq!(it.on("2026-10-08"), "2026-09-29 late 2/2", "the child has waited since then");
}
