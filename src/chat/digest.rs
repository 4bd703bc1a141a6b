//! What stands open for one mentor: the list of the morning, and `/today`.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble,
    desk::{Desk, could},
    lines::{self, Names, due, name},
};
use crate::{
    school::{Act, At, Day, Duty, Kind, PersonId, Policy, SchoolId, episode_key},
    store::{Hat, Tx, Whose},
    text::Phrase,
};
use anyhow::Result;
use chrono::Timelike;

/// So many students are named and have buttons; the others are counted.
const SHOWN: usize = 10;
/// The hour from which nobody says "good morning" any more.
const NOON: u32 = 11;

/// `/today`: everything that stands open now, whether or not told lately.
pub async fn today(desk: &mut Desk<'_>, hat: &Hat, over: Option<i64>) -> Answer {
    Ok(Outcome::say(now(desk, hat).await?.over(over)))
}

/// This morning's list as it stands now, where there is one: what was settled meanwhile is off it.
pub async fn refreshed(desk: &mut Desk<'_>, hat: &Hat) -> Result<Option<Message>, Trouble> {
    let place = place(&hat.person);
    let shown = desk.read().await?.place_at(&hat.person, &place).await?;
    match shown.is_some_and(|at| at.day(hat.school.zone) == desk.today(&hat.school)) {
        true => Ok(Some(now(desk, hat).await?.over_place(place))),
        false => Ok(None),
    }
}

/// The morning's list, of what the sweep chose and what of it still stands open. `None` when nothing does.
pub async fn morning(
    tx: &mut Tx,
    school: &SchoolId,
    mentor: &PersonId,
    episodes: &[String],
    waiting: usize,
    now: At,
) -> Result<Option<Message>> {
    let rules = tx.rules(school).await?;
    let today = rules.day(now);
    let snoozes = tx.snoozes(school, today).await?;
    let mut open = tx.duties(&rules, Whose::Mentor(mentor), today).await?;
    open.retain(|it| {
        episodes.contains(&episode_key(it)) && !snoozes.iter().any(|snooze| snooze.hides(it, today))
    });
    let Some(person) = tx.person(mentor).await?.filter(|it| !it.left) else { return Ok(None) };
    if open.is_empty() {
        return Ok(None);
    }
    let names = lines::names(tx, &open).await?;
    let early = now.local(rules.school.zone).hour() < NOON;
    let head = Phrase::new("digest-head")
        .phrase("greeting", Phrase::new(if early { "greeting-morning" } else { "greeting-day" }))
        .text("name", person.name)
        .number("students", by_student(&open).len());
    let message = list(head, &open, waiting, &names, &rules.policy(today), today);
    Ok(Some(
        Message { to: super::To::Person(mentor.clone()), class: super::Class::Notice, ..message }
            .at_place(place(mentor)),
    ))
}

async fn now(desk: &mut Desk<'_>, hat: &Hat) -> Result<Message, Trouble> {
    if !could(hat, Act::LogTalk) {
        return Err(Refusal::NotForYou.into());
    }
    let rules = desk.rules(&hat.school).await?;
    let today = desk.today(&hat.school);
    let tx = desk.read().await?;
    let open = tx.duties(&rules, Whose::Mentor(&hat.person), today).await?;
    if open.is_empty() {
        return Ok(Message::here(Phrase::new("today-done")).at_place(place(&hat.person)));
    }
    let names = lines::names(tx, &open).await?;
    let head = Phrase::new("today-head").number("students", by_student(&open).len());
    Ok(list(head, &open, 0, &names, &rules.policy(today), today).at_place(place(&hat.person)))
}

/// Where a mentor's list stands: one account may be two mentors, at two schools.
fn place(mentor: &PersonId) -> String {
    format!("digest:{mentor}")
}

/// A line per student and a button per thing to do, worst first.
fn list(head: Phrase, open: &[Duty], waiting: usize, names: &Names, policy: &Policy, today: Day) -> Message {
    let students = by_student(open);
    let line = |duties: &Vec<&Duty>| {
        let what = duties.iter().map(|it| due(it, policy, today)).collect();
        let student = duties.first().map_or("", |it| name(names, &it.about));
        Phrase::new("digest-line").text("student", student).list("what", what, "joint-dot")
    };
    let mut lines: Vec<Phrase> = students.iter().take(SHOWN).map(line).collect();
    if students.len() > SHOWN {
        lines.push(Phrase::new("digest-more").number("students", students.len() - SHOWN));
    }
    if waiting > 0 {
        lines.push(Phrase::new("digest-waiting").number("items", waiting));
    }
    Message::here(Phrase::new("digest").phrase("head", head).list("lines", lines, "\n"))
        .rows(buttons(&students, names))
        .row(vec![Button::key("button-later", "later:")])
}

/// What can be put on record from the list: one tap less than a menu. Who is waited for twice has a row; of the others
/// two share one.
fn buttons(students: &[Vec<&Duty>], names: &Names) -> Vec<Vec<Button>> {
    let of_kind = |duties: &[&Duty], kind: Kind, key: &'static str, verb: &str| {
        let duty = duties.iter().find(|it| it.kind == kind)?;
        let label = Phrase::new(key).text("student", name(names, &duty.about));
        Some(Button::new(label, format!("{verb}:{}", duty.about)))
    };
    let mut rows: Vec<Vec<Button>> = Vec::new();
    let mut alone = None;
    for duties in students.iter().take(SHOWN) {
        let talk = of_kind(duties, Kind::Talk, "button-talk-with", "talk");
        match (talk, of_kind(duties, Kind::Contact, "button-contact-about", "contact")) {
            (Some(talk), Some(contact)) => rows.push(vec![talk, contact]),
            (Some(one), None) | (None, Some(one)) => match alone.take() {
                Some(at) => {
                    let row: &mut Vec<Button> = &mut rows[at];
                    row.push(one);
                }
                None => {
                    alone = Some(rows.len());
                    rows.push(vec![one]);
                }
            },
            (None, None) => {}
        }
    }
    rows
}

/// Duties by student, in the order in which each first appears. Who asked for a talk is not also reminded of the one
/// that is due anyway: one talk settles both.
fn by_student(open: &[Duty]) -> Vec<Vec<&Duty>> {
    let mut students: Vec<Vec<&Duty>> = Vec::new();
    for duty in open {
        match students.iter_mut().find(|it| it.iter().any(|other| other.about == duty.about)) {
            Some(student) if duty.kind == Kind::Talk && student.iter().any(|it| it.wish) => {}
            Some(student) => student.push(duty),
            None => students.push(vec![duty]),
        }
    }
    students
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::Role;

    fn duty(about: &str, kind: Kind, wish: bool) -> Duty {
        let day: Day = "2026-09-21".parse().unwrap();
        Duty {
            rule: kind.to_string(),
            kind,
            owed_by: Role::Mentor,
            owes: "wang".into(),
            about: about.into(),
            class: "7-1".into(),
            pairing: "a".into(),
            last: None,
            due: day,
            overdue_days: 0,
            school_days: 0,
            never: false,
            wish,
        }
    }

    #[test]
    fn each_student_has_one_line_and_a_wish_swallows_the_talk_that_is_due() {
        let open = [
            duty("li", Kind::Talk, true),
            duty("han", Kind::Talk, false),
            duty("li", Kind::Contact, false),
            duty("li", Kind::Talk, false),
        ];
        let kinds = |duties: &Vec<&Duty>| -> Vec<(String, Kind, bool)> {
            duties.iter().map(|it| (it.about.to_string(), it.kind, it.wish)).collect()
        };
        let grouped: Vec<_> = by_student(&open).iter().map(kinds).collect();
        let li = "li".to_owned();
        assert_eq!(
            grouped,
            [
                vec![(li.clone(), Kind::Talk, true), (li, Kind::Contact, false)],
                vec![("han".to_owned(), Kind::Talk, false)]
            ]
        );
    }

    #[test]
    fn who_is_waited_for_twice_has_a_row_and_two_others_share_one() {
        let open = [
            duty("han", Kind::Talk, false),
            duty("li", Kind::Talk, true),
            duty("li", Kind::Contact, false),
            duty("sun", Kind::Contact, false),
            duty("zhou", Kind::Contact, false),
        ];
        let rows = buttons(&by_student(&open), &Names::default());
        let data: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|it| it.data.as_str()).collect()).collect();
        assert_eq!(
            data,
            [vec!["talk:han", "contact:sun"], vec!["talk:li", "contact:li"], vec!["contact:zhou"]]
        );
    }
}
