//! What the tests of this room are written with.

use super::calendar::Calendar;
use super::checkin::Question;
use super::id::PersonId;
use super::pairing::Pairing;
use super::people::Staff;
use super::policy::Policy;
use super::record::{Body, Checkin, Contact, ContactForm, Record, Talk};
use super::time::{At, Day};
use chrono_tz::Tz;

pub(super) const SHANGHAI: Tz = chrono_tz::Asia::Shanghai;

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// `2026-09-21 08:00` on the wall.
pub(super) fn at(text: &str, tz: Tz) -> At {
    At::from_local(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), tz)
}

pub(super) fn preset(name: &str) -> Policy {
    Policy::parse(Policy::preset(name).unwrap(), name).unwrap()
}

/// The autumn of 2026 with a week off in October and the make-up days around it.
pub(super) fn autumn() -> Calendar {
    Calendar::default()
        .with_term("autumn", day("2026-09-01"), day("2027-01-22"))
        .with_holiday(day("2026-10-01"), day("2026-10-07"), "national day")
        .with_school(day("2026-09-20"), "make-up")
        .with_school(day("2026-10-10"), "make-up")
}

/// The same and the spring of 2027.
pub(super) fn year() -> Calendar {
    autumn().with_term("spring", day("2027-02-22"), day("2027-07-09"))
}

/// A policy of these rules alone.
pub(super) fn policy_of(rules: &str) -> Policy {
    let preset = Policy::preset("default").unwrap();
    let (head, _) = preset.split_once("[[rule]]").unwrap();
    Policy::parse(&format!("{head}{rules}"), "test").unwrap()
}

/// A school of which only mentors and students are known.
pub(super) fn nobody() -> Staff {
    Staff::none(&"school".into())
}

/// Wang looks after the student since 1 September.
pub(super) fn pairing(student: &str) -> Pairing {
    Pairing {
        id: format!("wang-{student}").as_str().into(),
        mentor: "wang".into(),
        student: student.into(),
        class: "7-1".into(),
        since: day("2026-09-01"),
        until: None,
        primary: true,
    }
}

pub(super) fn talk(student: &str, on: &str) -> Record {
    record(student, on, Body::Talk(Talk::default()))
}

pub(super) fn contact(student: &str, on: &str, form: ContactForm) -> Record {
    record(student, on, Body::Contact(Contact::new(form, None)))
}

pub(super) fn checkin(student: &str, on: &str, wants_talk: bool) -> Record {
    record(
        student,
        on,
        Body::Checkin(Checkin {
            wants_talk,
            ..Checkin::new(3, &[(Question::Study, 2), (Question::Life, 2)])
        }),
    )
}

pub(super) fn wish(student: &str, on: &str) -> Record {
    record(student, on, Body::Wish)
}

/// Written down at noon of the day it happened.
fn record(student: &str, on: &str, body: Body) -> Record {
    let written = at(&format!("{on} 12:00"), SHANGHAI);
    Record::new("record".into(), "wang".into(), [PersonId::from(student)], day(on), written, body)
}
