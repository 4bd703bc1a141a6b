//! A policy that changes: the past is never judged by tomorrow's rule. From the first day of a new or changed rule on, what it
//! would have asked for before is not late.

use super::case::{Case, asks, talks};
use crate::school::people::Post;
use crate::school::policy::Policy;
use crate::school::testing::{autumn, checkin, day, nobody, pairing, preset, wish};
use crate::school::{Calendar, Kind, Moment, Role, Staff, Standing, duties, moved_by_holidays};
use chrono::Days;
use proptest::prelude::*;

/// The cadence of a version that follows another from a day on.
fn changed(before: &str, from: &str, after: &str) -> Case {
    let before = talks(before);
    Case { policy: talks(after).after(&before, day(from)), ..asks(after) }
}

/// A rule that no version had before that day.
fn new(from: &str, cadence: &str) -> Case {
    Case { policy: talks(cadence).after(&preset("default"), day(from)), ..asks(cadence) }
}

const WEEKLY: &str = "every = { days = 7 }";
const FORTNIGHTLY: &str = "every = { days = 14 }";

#[test]
fn a_stricter_clock_that_has_run_out_already_is_due_on_its_first_day() {
    let old = asks(FORTNIGHTLY).talked(&["2026-10-09"]);
    assert_eq!(old.on("2026-10-19"), "-", "by the rule of that day");
    // By seven days it would have been due on the 16th.
    let new = changed(FORTNIGHTLY, "2026-10-20", WEEKLY).talked(&["2026-10-09"]);
    assert_eq!(new.on("2026-10-20"), "2026-10-20");
    assert_eq!(new.on("2026-10-23"), "2026-10-20 late 3/3", "and from then on it is late as any");
    let ahead = changed(FORTNIGHTLY, "2026-10-20", WEEKLY).talked(&["2026-10-15"]);
    assert_eq!(
        ahead.opens("2026-10-20"),
        "2026-10-22 for 2026-10-22",
        "a clock that still runs keeps its day"
    );
    let after = changed(FORTNIGHTLY, "2026-10-20", WEEKLY).talked(&["2026-10-21"]);
    assert_eq!(after.opens("2026-10-21"), "2026-10-28 for 2026-10-28");
}

#[test]
fn a_milder_clock_asks_later() {
    let old = asks(WEEKLY).talked(&["2026-10-09"]);
    assert_eq!(old.on("2026-10-19"), "2026-10-16 late 3/1");
    let new = changed(WEEKLY, "2026-10-20", FORTNIGHTLY).talked(&["2026-10-09"]);
    assert_eq!(new.opens("2026-10-20"), "2026-10-23 for 2026-10-23");
}

#[test]
fn a_clock_that_changes_in_a_holiday_is_due_on_the_first_day_after_it() {
    let it = changed(FORTNIGHTLY, "2026-10-03", WEEKLY).talked(&["2026-09-20"]);
    assert_eq!(it.on("2026-10-07"), "-");
    assert_eq!(it.on("2026-10-08"), "2026-10-08");
    let months = changed("every = { months = 2 }", "2026-11-16", "every = { months = 1 }");
    assert_eq!(months.talked(&["2026-10-08"]).on("2026-11-16"), "2026-11-16", "not the 8th");
}

#[test]
fn a_rule_that_stays_as_it_is_keeps_its_days_whatever_else_changes() {
    let before = talks(FORTNIGHTLY);
    let mut later = talks(FORTNIGHTLY);
    later.ladder.office_after = 20;
    later.rules[0].source = "another paper".to_owned();
    let later = later.after(&before, day("2026-10-20"));
    assert_eq!(later.rules[0].since, None);
    let it = Case { policy: later.clone(), ..asks(FORTNIGHTLY) }.talked(&["2026-09-16"]);
    assert_eq!(it.on("2026-10-20"), "2026-09-30 late 13/10");
    let stricter = talks(WEEKLY).after(&later, day("2026-11-02"));
    assert_eq!(stricter.rules[0].since, Some(day("2026-11-02")));
    assert_eq!(talks(WEEKLY).after(&stricter, day("2026-12-01")).rules[0].since, Some(day("2026-11-02")));
}

#[test]
fn a_new_count_asks_for_the_rest_of_its_period_and_sees_all_of_it() {
    let monthly = "at_least = { times = 1, per = \"month\" }";
    // 16 to 30 November: fifteen days, announced three before their end.
    assert_eq!(new("2026-11-16", monthly).opens("2026-11-16"), "2026-11-27 for 2026-11-30");
    assert_eq!(
        new("2026-11-16", monthly).talked(&["2026-11-03"]).on("2026-11-30"),
        "-",
        "a record is a fact"
    );
    assert_eq!(new("2026-10-31", monthly).on("2026-10-31"), "-", "a Saturday: no school day is left");
}

#[test]
fn events_before_a_rule_are_as_if_they_were_on_its_first_day_or_not_its_own() {
    let file = "after = { event = \"pairing\", school_days = 5 }";
    assert_eq!(new("2026-11-02", file).opens("2026-11-02"), "2026-11-06 for 2026-11-09");
    assert_eq!(
        new("2026-11-02", file).talked(&["2026-09-03"]).on("2026-12-01"),
        "-",
        "it was opened long ago"
    );
    let plan = "after = { event = \"term\", school_days = 10 }";
    assert_eq!(new("2026-11-02", plan).opens("2026-11-02"), "2026-11-12 for 2026-11-16");
    let mut wished = new("2026-10-20", "after_wish = { school_days = 2 }");
    wished.records = vec![wish("li", "2026-10-16")];
    assert_eq!(wished.on("2026-10-20"), "2026-10-22");
    let marks = "after = { event = \"exam\", school_days = 5 }";
    let exam = autumn().with_exam("mid", Some(Moment::MidTerm), day("2026-11-04"), day("2026-11-06"));
    assert_eq!(new("2026-11-06", marks).within(exam.clone()).on("2026-11-13"), "2026-11-13");
    assert_eq!(
        new("2026-11-07", marks).within(exam.clone()).on("2026-11-13"),
        "-",
        "that exam was before it"
    );
    assert_eq!(new("2026-11-24", "at = \"mid_term\"").within(exam.clone()).on("2026-11-24"), "2026-11-24");
    assert_eq!(new("2026-11-25", "at = \"mid_term\"").within(exam).on("2026-11-25"), "-", "mid-term is over");
}

#[test]
fn a_check_in_that_a_rule_came_too_late_for_is_not_owed() {
    let owes = |from: &str, records: &[crate::school::Record]| {
        let mut before = preset("default");
        before.rules.retain(|it| it.record != Kind::Checkin);
        let policy = preset("default").after(&before, day(from));
        let (calendar, today) = (Calendar::default(), day("2026-09-14"));
        let standing = Standing::of(records, &policy, &calendar, today);
        let open = duties(&policy, &calendar, &[pairing("li")], &nobody(), &standing, today);
        open.iter().any(|it| it.kind == Kind::Checkin)
    };
    assert!(owes("2026-09-11", &[]), "asked on that Friday");
    assert!(!owes("2026-09-12", &[]));
    assert!(!owes("2026-09-11", &[checkin("li", "2026-09-13", false)]));
}

/// Sun leads the only class, Qian is the office.
fn staff() -> Staff {
    let posts = vec![
        ("sun".into(), Post::in_class(Role::HeadTeacher, "7-1")),
        ("qian".into(), Post::at_school(Role::Office)),
    ];
    Staff { classes: vec!["7-1".into()], posts, ..nobody() }
}

fn any_preset() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(Policy::PRESETS)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a school lived by and whatever was done: on the first day of other rules nobody is late by them, and from
    /// then on by no more days than ran since.
    #[test]
    fn nobody_is_late_for_the_days_before_a_rule(
        before in any_preset(), after in any_preset(), from in 0u64..140, talked in 0u64..140, later in 0u64..30,
    ) {
        let (first, calendar) = (day("2026-09-01"), autumn());
        let exam = calendar.with_exam("mid", Some(Moment::MidTerm), day("2026-11-04"), day("2026-11-06"));
        let from = first + Days::new(from);
        let today = from + Days::new(later);
        let policy = preset(after).after(&preset(before), from);
        let records = [crate::school::testing::talk("li", &(first + Days::new(talked)).to_string())];
        let standing = Standing::of(&records, &policy, &exam, today);
        let open = duties(&policy, &exam, &[pairing("li")], &staff(), &standing, today);
        let run = exam.running_days_between(from, today);
        for duty in open.iter().filter(|it| policy.rule(&it.rule).is_some_and(|it| it.since.is_some())) {
            prop_assert!(duty.due >= from && duty.overdue_days <= run, "{:?}", duty);
        }
    }
}

/// "Why on this day?" and "since when is the rule there?" answer each other.
#[test]
fn by_how_much_holidays_moved_the_day_of_a_rule_that_came_later_is_counted_with_its_first_day() {
    let moved = |it: &Case, today: &str| {
        let open = it.open(day(today)).unwrap();
        (open.due.to_string(), moved_by_holidays(&it.policy, &it.calendar, &open))
    };
    let said = |due: &str, moved: i64| (due.to_owned(), moved);
    // It ran out before its rule was there: no day off stands between the rule's first day and its due day.
    let in_school = changed(FORTNIGHTLY, "2026-10-20", WEEKLY).talked(&["2026-09-25"]);
    assert_eq!(moved(&in_school, "2026-10-20"), said("2026-10-20", 0));
    // The rule's first day is a day off: without holidays it would have been due on that day.
    let on_a_day_off = changed(FORTNIGHTLY, "2026-10-03", WEEKLY).talked(&["2026-09-20"]);
    assert_eq!(moved(&on_a_day_off, "2026-10-08"), said("2026-10-08", 5));
    // The clock still ran when the rule came: all seven days off count.
    let still_runs = changed(FORTNIGHTLY, "2026-09-30", WEEKLY).talked(&["2026-09-28"]);
    assert_eq!(moved(&still_runs, "2026-10-12"), said("2026-10-12", 7));
    // And so it is where the rule itself is new, and where it counts by the month.
    assert_eq!(moved(&new("2026-09-28", WEEKLY).paired("2026-09-27"), "2026-10-11"), said("2026-10-11", 7));
    let monthly = new("2026-10-01", "at_least = { times = 1, per = \"month\" }");
    assert_eq!(moved(&monthly, "2026-10-30"), said("2026-10-30", 0));
}
