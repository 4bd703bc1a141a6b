mod case;
mod counts;
mod moments;
mod once;
mod periods;
mod records;
mod rolling;
mod staff;
mod versions;

use super::*;
use crate::school::record::{ContactForm, Record};
use crate::school::testing::{autumn, checkin, contact, day, nobody, pairing, preset, talk, wish};
use chrono::Days;
use proptest::prelude::*;

/// What stands open by one preset, as `rule about due overdue/school days`, with `!` for never.
fn open(name: &str, students: &[&str], records: &[Record], today: &str) -> Vec<String> {
    let (policy, calendar, today) = (preset(name), autumn(), day(today));
    let pairs: Vec<Pairing> = students.iter().map(|it| pairing(it)).collect();
    let standing = Standing::of(records, &policy, &calendar, today);
    let said = |it: &Duty| {
        let never = if it.never { "!" } else { "" };
        format!(
            "{} {} {} {}/{}{never}",
            it.rule,
            it.about,
            it.due.format("%m-%d"),
            it.overdue_days,
            it.school_days
        )
    };
    duties(&policy, &calendar, &pairs, &nobody(), &standing, today).iter().map(said).collect()
}

/// The same, of one rule and one student.
fn of(name: &str, rule: &str, records: &[Record], today: &str) -> Option<String> {
    let all = open(name, &["li"], records, today);
    all.iter().find_map(|it| it.strip_prefix(&format!("{rule} li ")).map(str::to_owned))
}

#[test]
fn who_may_not_be_asked_owes_no_answer() {
    let (policy, calendar, today) = (preset("default"), autumn(), day("2026-09-14"));
    let mut standing = Standing::of(&[], &policy, &calendar, today);
    let owed = |standing: &Standing| {
        let open = duties(&policy, &calendar, &[pairing("li")], &nobody(), standing, today);
        open.iter().any(|it| it.kind == Kind::Checkin)
    };
    assert!(owed(&standing));
    standing.set_on_paper(&"li".into());
    assert!(!owed(&standing));
}

#[test]
fn a_talk_fifteen_days_old_is_one_day_overdue() {
    let talked = [talk("li", "2026-09-06")];
    assert_eq!(of("default", "talk", &talked, "2026-09-19"), None);
    assert_eq!(of("default", "talk", &talked, "2026-09-20").unwrap(), "09-20 0/0");
    assert_eq!(of("default", "talk", &talked, "2026-09-21").unwrap(), "09-20 1/1");
    let again = [talk("li", "2026-09-06"), talk("li", "2026-09-21")];
    assert_eq!(of("default", "talk", &again, "2026-09-21"), None, "a record settles it at once");
}

#[test]
fn a_pair_that_never_talked_is_due_after_the_pairing_began() {
    assert_eq!(of("default", "talk", &[], "2026-09-14"), None);
    assert_eq!(of("default", "talk", &[], "2026-09-15").unwrap(), "09-15 0/0!");
    let before = [talk("li", "2026-08-28")];
    assert_eq!(
        of("default", "talk", &before, "2026-09-15").unwrap(),
        "09-15 0/0!",
        "the mentor before is not this one"
    );
}

#[test]
fn the_clock_stands_still_in_holidays() {
    let talked = [talk("li", "2026-09-25")];
    assert_eq!(of("default", "talk", &talked, "2026-10-15"), None);
    assert_eq!(of("default", "talk", &talked, "2026-10-16").unwrap(), "10-16 0/0");
    // Due on the last day before the week off: it does not grow while nobody is there.
    let talked = [talk("li", "2026-09-16")];
    assert_eq!(of("default", "talk", &talked, "2026-10-07").unwrap(), "09-30 0/0");
    assert_eq!(of("default", "talk", &talked, "2026-10-08").unwrap(), "09-30 1/1");
}

/// Why it is due on just that day: asked of every cadence.
#[test]
fn by_how_much_holidays_moved_a_day_is_known_for_every_cadence() {
    // The week off is 1 to 7 October 2026.
    let moved = |name: &str, rule: &str, records: &[Record], today: &str| {
        let (policy, calendar, today) = (preset(name), autumn(), day(today));
        let standing = Standing::of(records, &policy, &calendar, today);
        let open = duties(&policy, &calendar, &[pairing("li")], &nobody(), &standing, today);
        let duty = open.iter().find(|it| it.rule == rule)?;
        Some((duty.due.to_string(), moved_by_holidays(&policy, &calendar, duty)))
    };
    let said = |due: &str, moved: i64| Some((due.to_owned(), moved));
    let talked = [talk("li", "2026-09-25")];
    assert_eq!(moved("default", "talk", &talked, "2026-10-16"), said("2026-10-16", 7));
    assert_eq!(moved("default", "talk", &[], "2026-09-15"), said("2026-09-15", 0));
    let contacted = [contact("li", "2026-09-15", ContactForm::Phone)];
    assert_eq!(moved("default", "contact", &contacted, "2026-10-22"), said("2026-10-22", 7));
    // A month without a day off on its way, and the same where the last days of the week are.
    assert_eq!(moved("high", "talk", &[], "2026-11-24"), said("2026-11-30", 0));
    let (policy, calendar) = (weekly_talk(), autumn());
    let standing = Standing::new(&policy, &calendar, day("2026-09-30"));
    let open = duties(&policy, &calendar, &[pairing("li")], &nobody(), &standing, day("2026-09-30"));
    let talk = open.iter().find(|it| it.rule == "talk").unwrap();
    assert_eq!((talk.due, moved_by_holidays(&policy, &calendar, talk)), (day("2026-09-30"), -2));
    // What has so many school days after the pairing began: there is school on Sunday 20 September.
    assert_eq!(moved("middle", "profile", &[], "2026-10-09"), said("2026-09-28", -1));
    let late = Policy::parse(
        &Policy::preset("middle")
            .unwrap()
            .replace("event = \"pairing\", school_days = 20", "event = \"pairing\", school_days = 24"),
        "late",
    );
    let late = late.unwrap();
    let standing = Standing::new(&late, &calendar, day("2026-10-12"));
    let open = duties(&late, &calendar, &[pairing("li")], &nobody(), &standing, day("2026-10-12"));
    let profile = open.iter().find(|it| it.rule == "profile").unwrap();
    assert_eq!((profile.due, moved_by_holidays(&late, &calendar, profile)), (day("2026-10-09"), 4));
    // A wish is asked by the day.
    assert_eq!(moved("default", "wish", &[wish("li", "2026-09-30")], "2026-09-30").map(|it| it.1), Some(0));
}

fn weekly_talk() -> Policy {
    let text = Policy::preset("default").unwrap();
    Policy::parse(
        &text.replacen("every = { days = 14 }", "at_least = { times = 1, per = \"week\" }", 1),
        "weekly",
    )
    .unwrap()
}

#[test]
fn a_contact_is_due_a_calendar_month_later_and_what_holidays_took() {
    let contacted = |on: &str| [contact("li", on, ContactForm::Phone)];
    assert_eq!(of("default", "contact", &contacted("2026-10-08"), "2026-11-08").unwrap(), "11-08 0/0");
    assert_eq!(of("default", "contact", &contacted("2026-10-31"), "2026-11-30").unwrap(), "11-30 0/0");
    assert_eq!(of("default", "contact", &contacted("2026-09-15"), "2026-10-21"), None);
    assert_eq!(of("default", "contact", &contacted("2026-09-15"), "2026-10-22").unwrap(), "10-22 0/0");
}

#[test]
fn any_form_is_a_contact_and_only_a_home_visit_is_one() {
    let told = [contact("li", "2026-12-30", ContactForm::Feedback)];
    assert_eq!(of("middle", "contact", &told, "2026-12-31"), None);
    assert_eq!(of("middle", "home_visit", &told, "2027-01-15").unwrap(), "01-22 0/0!");
    let visited = [contact("li", "2026-12-30", ContactForm::HomeVisit)];
    assert_eq!(of("middle", "contact", &visited, "2026-12-31"), None);
    assert_eq!(of("middle", "home_visit", &visited, "2027-01-15"), None);
}

#[test]
fn a_calendar_count_is_announced_in_its_last_quarter_and_asked_for_its_own_period_only() {
    // November has 30 running days, its last school day is Monday the 30th.
    let talked = [talk("li", "2026-10-31")];
    assert_eq!(of("high", "talk", &talked, "2026-11-22"), None);
    assert_eq!(of("high", "talk", &talked, "2026-11-23").unwrap(), "11-30 0/0");
    assert_eq!(of("high", "talk", &talked, "2026-11-30").unwrap(), "11-30 0/0");
    assert_eq!(of("high", "talk", &talked, "2026-12-01"), None, "December asks for its own");
    assert_eq!(of("high", "talk", &[talk("li", "2026-11-01")], "2026-11-30"), None);
    assert_eq!(of("primary", "talk", &[], "2027-01-23"), None, "holidays ask for nothing");
}

#[test]
fn of_several_in_a_period_each_has_its_share() {
    let mut policy = preset("high");
    policy.rules.retain(|it| it.name == "talk");
    policy.rules[0].cadence = Cadence::PerPeriod { times: 2, period: Period::Month };
    let due = |records: &[Record], today: &str| {
        let (calendar, today) = (autumn(), day(today));
        let standing = Standing::of(records, &policy, &calendar, today);
        let open = duties(&policy, &calendar, &[pairing("li")], &nobody(), &standing, today);
        open.first().map(|it| format!("{} {}", it.due, it.overdue_days))
    };
    // The first half of November ends on Sunday the 15th: due on Friday the 13th.
    assert_eq!(due(&[], "2026-11-20").unwrap(), "2026-11-13 7");
    let once = [talk("li", "2026-11-20")];
    assert_eq!(due(&once, "2026-11-20"), None);
    assert_eq!(due(&once, "2026-11-27").unwrap(), "2026-11-30 0");
    assert_eq!(due(&[talk("li", "2026-11-20"), talk("li", "2026-11-21")], "2026-11-30"), None);
}

#[test]
fn a_wish_stands_open_at_once_and_is_due_in_two_school_days() {
    let friday = [talk("li", "2026-09-17"), wish("li", "2026-09-25")];
    assert_eq!(of("default", "wish", &friday, "2026-09-25").unwrap(), "09-29 0/0");
    assert_eq!(of("default", "wish", &friday, "2026-09-30").unwrap(), "09-29 1/1");
    let answered = [wish("li", "2026-09-25"), talk("li", "2026-09-26")];
    assert_eq!(of("default", "wish", &answered, "2026-09-30"), None);
    let before_the_holiday = [talk("li", "2026-09-28"), wish("li", "2026-09-30")];
    assert_eq!(of("default", "wish", &before_the_holiday, "2026-10-08").unwrap(), "10-09 0/0");
}

#[test]
fn a_check_in_is_owed_by_the_student_from_its_slot_on() {
    let (policy, calendar, today) = (preset("default"), autumn(), day("2026-09-28"));
    let owes = |records: &[Record]| {
        let standing = Standing::of(records, &policy, &calendar, today);
        let open = duties(&policy, &calendar, &[pairing("li")], &nobody(), &standing, today);
        open.into_iter().find(|it| it.kind == Kind::Checkin).map(|it| (it.owes.to_string(), it.due))
    };
    assert_eq!(owes(&[]), Some(("li".to_owned(), day("2026-09-25"))));
    assert_eq!(owes(&[checkin("li", "2026-09-24", false)]), Some(("li".to_owned(), day("2026-09-25"))));
    assert_eq!(owes(&[checkin("li", "2026-09-27", false)]), None, "a late answer counts");
}

#[test]
fn the_worst_comes_first() {
    let records = [
        talk("late", "2026-09-02"),
        talk("later", "2026-09-01"),
        talk("wisher", "2026-09-15"),
        wish("wisher", "2026-09-18"),
        contact("late", "2026-09-10", ContactForm::Phone),
    ];
    let mut all = open("default", &["late", "later", "never", "wisher"], &records, "2026-09-21");
    all.retain(|it| !it.starts_with("checkin"));
    assert_eq!(
        all,
        ["wish wisher 09-21 0/0", "talk never 09-15 6/5!", "talk later 09-15 6/5", "talk late 09-16 5/4",]
    );
}

#[test]
fn only_the_primary_mentor_owes_and_any_mentors_record_settles() {
    let (policy, calendar, today) = (preset("default"), autumn(), day("2026-09-21"));
    let second = Pairing { id: "zhao-li".into(), mentor: "zhao".into(), primary: false, ..pairing("li") };
    let pairs = [second, pairing("li")];
    let talks = |records: &[Record]| {
        let standing = Standing::of(records, &policy, &calendar, today);
        let mut open = duties(&policy, &calendar, &pairs, &nobody(), &standing, today);
        open.retain(|it| it.rule == "talk");
        open.into_iter().map(|it| it.owes.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(talks(&[]), ["wang"]);
    let by_zhao = Record { by: "zhao".into(), ..talk("li", "2026-09-20") };
    assert!(talks(&[by_zhao]).is_empty());
}

#[test]
fn no_duty_before_a_pairing_and_none_after_it() {
    let (policy, calendar) = (preset("default"), autumn());
    let ended = Pairing { until: Some(day("2026-10-08")), ..pairing("li") };
    for (today, count) in [("2026-08-31", 0), ("2026-09-30", 2), ("2026-10-08", 0)] {
        let standing = Standing::new(&policy, &calendar, day(today));
        let open = duties(&policy, &calendar, std::slice::from_ref(&ended), &nobody(), &standing, day(today));
        assert_eq!(open.len(), count, "{today}: {open:?}");
    }
}

proptest! {
    /// Nobody touches it: then it opens on a day, keeps that day, and grows by the days the school runs.
    #[test]
    fn an_open_duty_keeps_its_day_and_grows_with_the_running_days(talked in 0u64..100) {
        let (policy, calendar, pairs) = (preset("default"), autumn(), [pairing("li")]);
        let records = [talk("li", &(day("2026-09-01") + Days::new(talked)).to_string())];
        let on = |today: Day| {
            let standing = Standing::of(&records, &policy, &calendar, today);
            duties(&policy, &calendar, &pairs, &nobody(), &standing, today).into_iter().find(|it| it.rule == "talk")
        };
        let mut opened: Option<Duty> = None;
        for today in records[0].day.iter_days().take(40) {
            let now = on(today);
            if let Some(before) = opened {
                let now = now.as_ref().unwrap();
                prop_assert_eq!(now.due, before.due);
                prop_assert_eq!(now.overdue_days, before.overdue_days + i64::from(calendar.is_running(today)));
                prop_assert_eq!(now.school_days, before.school_days + i64::from(calendar.is_school_day(today)));
            } else if let Some(now) = &now {
                prop_assert_eq!((now.due, now.overdue_days), (today, 0));
            }
            opened = now;
        }
        prop_assert!(opened.is_some());
    }
}
