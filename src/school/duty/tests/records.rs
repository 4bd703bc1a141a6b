//! Which records count: as they stand now, on their own day, in the school's zone, of any mentor.

use super::case::{Case, asks};
use crate::school::record::{Body, Record, Talk};
use crate::school::testing::{SHANGHAI, at, day, pairing, talk};
use crate::school::{Calendar, Pairing, PersonId};
use chrono_tz::Tz;

const FORTNIGHTLY: &str = "every = { days = 14 }";
const MONTHLY: &str = "at_least = { times = 1, per = \"month\" }";
const WEEKLY: &str = "at_least = { times = 1, per = \"week\" }";

#[test]
fn a_record_counts_as_it_stands_now() {
    let none = "2026-09-15";
    assert_eq!(asks(FORTNIGHTLY).on(none), "2026-09-15");
    assert_eq!(asks(FORTNIGHTLY).talked(&["2026-09-08"]).on(none), "-");
    // Corrected to an earlier day, the clock goes back with it; taken back, it is as if it had never been.
    assert_eq!(asks(FORTNIGHTLY).talked(&["2026-09-01"]).on(none), "2026-09-15");
    assert_eq!(asks(FORTNIGHTLY).talked(&["2026-09-02", "2026-09-08"]).on("2026-09-22"), "2026-09-22");
    assert_eq!(asks(FORTNIGHTLY).talked(&["2026-09-02"]).on("2026-09-22"), "2026-09-16 late 6/5");
    // Of two in one period one is taken back.
    let twice = "at_least = { times = 2, per = \"month\" }";
    assert_eq!(asks(twice).talked(&["2026-11-03", "2026-11-04"]).on("2026-11-30"), "-");
    assert_eq!(asks(twice).talked(&["2026-11-04"]).on("2026-11-30"), "2026-11-30");
}

#[test]
fn one_that_is_written_down_late_settles_what_was_due_then() {
    let mut it = asks(FORTNIGHTLY);
    let written = at("2026-09-25 09:00", SHANGHAI);
    it.records = vec![Record { at: written, ..talk("li", "2026-09-14") }];
    assert_eq!(it.on("2026-09-25"), "-");
    assert_eq!(it.on("2026-09-28"), "2026-09-28", "the clock runs from the day of the talk");
}

#[test]
fn what_lies_ahead_counts_on_its_day() {
    let it = asks(FORTNIGHTLY).talked(&["2026-09-20"]);
    assert_eq!(it.on("2026-09-19"), "2026-09-15 late 4/3");
    assert_eq!(it.on("2026-09-20"), "-");
    let monthly = asks(MONTHLY).talked(&["2026-11-30"]);
    assert_eq!(
        (monthly.on("2026-11-29"), monthly.on("2026-11-30")),
        ("2026-11-30".to_owned(), "-".to_owned())
    );
}

#[test]
fn before_the_pairing_a_talk_winds_no_clock_and_is_still_the_students_talk_of_the_month() {
    let handed_over = |cadence: &str| asks(cadence).paired("2026-11-16").talked(&["2026-11-13"]);
    assert_eq!(handed_over(FORTNIGHTLY).opens("2026-11-16"), "2026-11-30 for 2026-11-30");
    assert_eq!(handed_over(MONTHLY).on("2026-11-30"), "-");
    assert_eq!(
        handed_over(FORTNIGHTLY).talked(&["2026-11-16"]).on("2026-11-29"),
        "-",
        "its first day is of it"
    );
}

#[test]
fn with_two_mentors_any_record_settles_and_the_primary_owes() {
    let two = |records: Vec<Record>, cadence: &str| {
        let second = Pairing { id: "zhao-li".into(), mentor: "zhao".into(), primary: false, ..pairing("li") };
        Case { pairings: vec![second, pairing("li")], records, ..asks(cadence) }
    };
    let by_zhao = |on: &str| Record { by: "zhao".into(), ..talk("li", on) };
    for cadence in [MONTHLY, "at_least = { times = 1, per = \"term\" }", "at = \"end_of_term\"", FORTNIGHTLY]
    {
        let open = two(vec![], cadence).open(day("2027-01-22")).unwrap();
        assert_eq!(open.owes, PersonId::from("wang"), "{cadence}");
        assert!(two(vec![by_zhao("2027-01-21")], cadence).open(day("2027-01-22")).is_none(), "{cadence}");
    }
    // When the primary mentor leaves, the other one owes, by the clock that ran.
    let mut left = two(vec![by_zhao("2026-11-02")], FORTNIGHTLY);
    left.pairings[1].until = Some(day("2026-11-10"));
    let open = left.open(day("2026-11-16")).unwrap();
    assert_eq!((open.owes, open.due), (PersonId::from("zhao"), day("2026-11-16")));
}

/// A talk that was had and written down at a moment of the wall.
fn talk_at(wall: &str, zone: Tz) -> Record {
    let written = at(wall, zone);
    let about = [PersonId::from("li")];
    Record::new(
        "record".into(),
        "wang".into(),
        about,
        written.day(zone),
        written,
        Body::Talk(Talk::default()),
    )
}

#[test]
fn the_last_minute_of_a_period_is_of_it_and_the_first_of_the_next_is_not() {
    // Instants are kept in UTC. In Shanghai a month begins when it is 16:00 the day before there, in Berlin 23:00 or 22:00;
    // Berlin's clocks go back on 25 October, a Sunday, and forward on 29 March, a Sunday.
    let berlin = chrono_tz::Europe::Berlin;
    for (zone, cadence, last, first, today, next) in [
        (SHANGHAI, MONTHLY, "2026-11-30 23:59", "2026-12-01 00:00", "2026-11-30", "2026-12-31"),
        (berlin, MONTHLY, "2026-11-30 23:59", "2026-12-01 00:00", "2026-11-30", "2026-12-31"),
        (berlin, WEEKLY, "2026-10-25 23:59", "2026-10-26 00:00", "2026-10-25", "2026-10-30"),
        (berlin, WEEKLY, "2027-03-28 23:59", "2027-03-29 00:00", "2027-03-28", "2027-04-02"),
        (berlin, WEEKLY, "2026-10-25 02:30", "2026-10-26 00:30", "2026-10-25", "2026-10-30"),
        (berlin, WEEKLY, "2027-03-28 02:30", "2027-03-29 00:30", "2027-03-28", "2027-04-02"),
        (SHANGHAI, WEEKLY, "2026-11-15 23:59", "2026-11-16 00:00", "2026-11-15", "2026-11-20"),
    ] {
        let with = |wall: &str| {
            let records = vec![talk_at(wall, zone)];
            Case { records, ..asks(cadence) }.within(Calendar::default())
        };
        assert_eq!(with(last).on(today), "-", "{zone} {last}");
        assert_eq!(with(last).on(next), next, "{zone} {last} is not of the next");
        assert_ne!(with(first).on(today), "-", "{zone} {first}");
        assert_eq!(with(first).on(next), "-", "{zone} {first}");
    }
}
