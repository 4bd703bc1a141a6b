//! What stands open for one mentor: the list of the morning, and `/today`.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble,
    desk::{Desk, could},
    feedback::{self, Call},
    forms,
    lines::{self, Names, due, name},
};
use crate::{
    school::{About, Act, At, Day, Duty, Kind, PersonId, Policy, SchoolId, Snooze, episode_key},
    store::{Hat, Tx, Whose},
    text::Phrase,
};
use anyhow::Result;
use chrono::Timelike;
use std::sync::Arc;

/// So many students are named and have buttons; the others are counted.
const SHOWN: usize = 10;
/// So many phone calls are named.
const CALLS: usize = 5;
/// The hour from which nobody says "good morning" any more.
const NOON: u32 = 11;

/// `/today`: everything that stands open now, whether or not told lately; what was put off stands at the end.
pub async fn today(desk: &mut Desk<'_>, hat: &Hat, over: Option<i64>) -> Answer {
    Ok(Outcome::say(all(desk, hat).await?.over(over)))
}

/// Today's list as it stands now, where there is one: what was settled or put off meanwhile is off it. Of the list of the
/// morning and that of `/today` it is the later one.
pub async fn refreshed(desk: &mut Desk<'_>, hat: &Hat) -> Result<Option<Message>, Trouble> {
    let (morning, asked) = (place(&hat.person), asked_place(&hat.person));
    let today = desk.today(&hat.school);
    let tx = desk.read().await?;
    let is_today = |at: &At| at.day(hat.school.zone) == today;
    let listed = tx.place_at(&hat.person, &morning).await?.filter(is_today);
    let asked_at = tx.place_at(&hat.person, &asked).await?.filter(is_today);
    match (listed, asked_at) {
        (None, None) => Ok(None),
        (Some(listed), Some(asked_at)) if listed > asked_at => rest(desk, hat).await.map(Some),
        (Some(_), None) => rest(desk, hat).await.map(Some),
        (_, Some(_)) => Ok(Some(all(desk, hat).await?.over_place(asked))),
    }
}

/// What a mentor owes now, and how it is said.
struct Open {
    today: Day,
    policy: Arc<Policy>,
    duties: Vec<Duty>,
    snoozes: Vec<Snooze>,
    names: Names,
    calls: Vec<Call>,
}

impl Open {
    async fn of(tx: &mut Tx, school: &SchoolId, mentor: &PersonId, now: At) -> Result<Open> {
        let rules = tx.rules(school).await?;
        let today = rules.day(now);
        let duties = tx.duties(&rules, Whose::Person(mentor), today).await?;
        let names = lines::names(tx, &duties).await?;
        let snoozes = tx.snoozes(school, today).await?;
        let calls = feedback::calls(tx, mentor, today).await?;
        Ok(Open { today, policy: rules.policy(today), duties, snoozes, names, calls })
    }

    /// Until when a duty is put off.
    fn put_off(&self, duty: &Duty) -> Option<Day> {
        self.snoozes.iter().find(|snooze| snooze.hides(duty, self.today)).map(|it| it.until)
    }

    /// What waits about each student, and what is to be done for others; worst first.
    fn split(&self) -> (Vec<Vec<&Duty>>, Vec<Vec<&Duty>>) {
        let is_student = |duties: &Vec<&Duty>| duties.iter().all(|it| it.scope == About::Pairing);
        by_matter(&self.duties).into_iter().partition(is_student)
    }

    /// Leaves what stood on a list and was not put off since, and says how much else stands open.
    fn keep(&mut self, episodes: &[String]) -> usize {
        let all: usize = by_matter(&self.duties).iter().map(Vec::len).sum();
        let listed = |it: &Duty| episodes.contains(&episode_key(it)) && self.put_off(it).is_none();
        let kept = self.duties.iter().filter(|it| listed(it)).cloned().collect();
        self.duties = kept;
        all - by_matter(&self.duties).iter().map(Vec::len).sum::<usize>().min(all)
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
    let mut open = Open::of(tx, school, mentor, now).await?;
    open.keep(episodes);
    let Some(person) = tx.person(mentor).await?.filter(|it| !it.left) else { return Ok(None) };
    if open.duties.is_empty() {
        return Ok(None);
    }
    let early = now.local(tx.rules(school).await?.school.zone).hour() < NOON;
    let waiting = (waiting > 0).then(|| Phrase::new("digest-waiting").number("items", waiting));
    let message = list(morning_head(&open, &person.name, early), &open, waiting);
    Ok(Some(
        Message { to: super::To::Person(mentor.clone()), class: super::Class::Notice, ..message }
            .at_place(place(mentor)),
    ))
}

fn morning_head(open: &Open, name: &str, early: bool) -> Phrase {
    Phrase::new("digest-head")
        .phrase("greeting", Phrase::new(if early { "greeting-morning" } else { "greeting-day" }))
        .text("name", name)
        .phrase("waits", waits(open))
}

/// How much stands open, in words: students wait, things are to be done.
fn waits(open: &Open) -> Phrase {
    let (students, things) = open.split();
    match (students.len(), things.len()) {
        (students, 0) => Phrase::new("waits-students").number("students", students),
        (0, things) => Phrase::new("waits-things").number("things", things),
        (students, things) => Phrase::new("waits-both").number("students", students).number("things", things),
    }
}

/// What is left of the morning's list.
async fn rest(desk: &mut Desk<'_>, hat: &Hat) -> Result<Message, Trouble> {
    let now = desk.now();
    let tx = desk.read().await?;
    let mut open = Open::of(tx, &hat.school.id, &hat.person, now).await?;
    let episodes = tx.listed(&hat.school.id, &hat.person, open.today).await?;
    let others = open.keep(&episodes);
    let others = (others > 0).then(|| Phrase::new("digest-others").number("items", others));
    let message = if open.duties.is_empty() && open.calls.is_empty() {
        let done = Phrase::new(if others.is_some() { "digest-done" } else { "today-done" });
        let lines = [done].into_iter().chain(others).collect();
        Message::here(Phrase::new("lines").list("lines", lines, "\n"))
    } else {
        let early = now.local(hat.school.zone).hour() < NOON;
        list(morning_head(&open, &hat.name, early), &open, others)
    };
    let place = place(&hat.person);
    Ok(message.at_place(place.clone()).over_place(place))
}

async fn all(desk: &mut Desk<'_>, hat: &Hat) -> Result<Message, Trouble> {
    if !could(hat, Act::SeeDuties) {
        return Err(Refusal::NotForYou.into());
    }
    let now = desk.now();
    let mut open = Open::of(desk.read().await?, &hat.school.id, &hat.person, now).await?;
    let (later, mut first): (Vec<Duty>, Vec<Duty>) =
        std::mem::take(&mut open.duties).into_iter().partition(|it| open.put_off(it).is_some());
    first.extend(later);
    open.duties = first;
    let message = if open.duties.is_empty() && open.calls.is_empty() {
        Message::here(Phrase::new("today-done"))
    } else {
        let head = Phrase::new("today-head").phrase("waits", waits(&open));
        list(head, &open, None)
    };
    Ok(message.at_place(asked_place(&hat.person)))
}

/// Where a mentor's list of the morning stands: one account may be two mentors, at two schools.
fn place(mentor: &PersonId) -> String {
    format!("digest:{mentor}")
}

/// Where the list stands that a mentor asked for.
fn asked_place(mentor: &PersonId) -> String {
    format!("today:{mentor}")
}

/// A line per student and thing and a button for each, worst first; then whom to phone.
fn list(head: Phrase, open: &Open, others: Option<Phrase>) -> Message {
    let (students, things) = open.split();
    let mut lines: Vec<Phrase> = Vec::new();
    if !students.is_empty() || !things.is_empty() {
        lines.extend([head, Phrase::new("nothing")]);
    }
    lines.extend(lines::capped(students.iter().map(|it| line(open, it)), SHOWN, |students| {
        Phrase::new("digest-more").number("students", students)
    }));
    lines.extend(lines::capped(things.iter().map(|it| line(open, it)), SHOWN, |things| {
        Phrase::new("digest-more-things").number("things", things)
    }));
    let call = |it: &Call| Phrase::new("digest-call").phrase("who", it.who.clone());
    lines.extend(open.calls.iter().take(CALLS).map(call));
    lines.extend(others);
    let mut message = Message::here(Phrase::new("lines").list("lines", lines, "\n"))
        .rows(buttons(&students, &open.names))
        .rows(thing_buttons(open, &things))
        .rows(open.calls.iter().take(CALLS).map(|it| vec![it.button()]));
    if !students.is_empty() {
        message = message.row(vec![Button::key("button-later", "later:")]);
    }
    message
}

/// What is due about one student, class, group ..., in one line. What is one's own needs no name.
fn line(open: &Open, duties: &[&Duty]) -> Phrase {
    let what = duties.iter().map(|it| due(it, &open.policy, open.today)).collect();
    let Some(first) = duties.first() else { return Phrase::new("nothing") };
    let line = match first.scope {
        About::Mentor => Phrase::new("digest-line-own").list("what", what, "joint-dot"),
        _ => {
            let student = name(&open.names, &first.about);
            Phrase::new("digest-line").text("student", student).list("what", what, "joint-dot")
        }
    };
    match open.put_off(first) {
        Some(until) => Phrase::new("digest-put-off").phrase("line", line).day("day", until),
        None => line,
    }
}

/// What can be put on record from the list: one tap less than a menu. Who is waited for several times has a row; of the
/// others two share one.
fn buttons(students: &[Vec<&Duty>], names: &Names) -> Vec<Vec<Button>> {
    let mut rows: Vec<Vec<Button>> = Vec::new();
    let mut alone = None;
    for duties in students.iter().take(SHOWN) {
        let mut row: Vec<Button> = Vec::new();
        for button in duties.iter().filter_map(|it| student_button(it, name(names, &it.about))) {
            if row.iter().all(|other| other.data != button.data) {
                row.push(button);
            }
        }
        match (row.len(), alone) {
            (0, _) => {}
            (1, Some(at)) => {
                let waiting: &mut Vec<Button> = &mut rows[at];
                waiting.append(&mut row);
                alone = None;
            }
            (many, _) => {
                alone = (many == 1).then_some(rows.len()).or(alone);
                rows.extend(row.chunks(3).map(<[Button]>::to_vec));
            }
        }
    }
    rows
}

/// The form that settles what is due about a student.
fn student_button(duty: &Duty, student: &str) -> Option<Button> {
    let label = |key: &'static str| Phrase::new(key).text("student", student);
    match duty.kind {
        Kind::Talk => Some(Button::new(label("button-talk-with"), format!("talk:{}", duty.about))),
        Kind::Contact => Some(Button::new(label("button-contact-about"), format!("contact:{}", duty.about))),
        kind => {
            let form = forms::that_makes(kind, duty.scope)?;
            let what = Phrase::new(format!("form-{}", form.name));
            let label = label("button-log-about").phrase("what", what);
            Some(Button::new(label, format!("log:{}:{}", form.name, duty.about)))
        }
    }
}

/// The same for what is due about no single student.
fn thing_buttons(open: &Open, things: &[Vec<&Duty>]) -> Vec<Vec<Button>> {
    let button = |duty: &&&Duty| {
        let about = name(&open.names, &duty.about);
        if duty.scope == About::Resolution {
            return Some(Button::new(
                Phrase::new("button-done-with").text("what", about),
                format!("done:{}", duty.about),
            ));
        }
        let form = forms::that_makes(duty.kind, duty.scope)?;
        let what = Phrase::new(format!("form-{}", form.name));
        let label = match duty.scope {
            About::Mentor => Phrase::new("button-log-own").phrase("what", what),
            _ => Phrase::new("button-log-about").text("student", about).phrase("what", what),
        };
        Some(Button::new(label, format!("log:{}:{}", form.name, duty.about)))
    };
    let mut buttons: Vec<Button> = Vec::new();
    for button in things.iter().take(SHOWN).flatten().filter_map(|it| button(&it)) {
        // Two rules may ask for one form: a huddle each day and a meeting each week.
        if buttons.iter().all(|other| other.data != button.data) {
            buttons.push(button);
        }
    }
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

/// Duties by what they are about, in the order in which each first appears. Who asked for a talk is not also reminded of the one
/// that is due anyway: one talk settles both.
fn by_matter(open: &[Duty]) -> Vec<Vec<&Duty>> {
    let mut matters: Vec<Vec<&Duty>> = Vec::new();
    for duty in open {
        match matters.iter_mut().find(|it| it.iter().any(|other| other.about == duty.about)) {
            Some(matter) if duty.kind == Kind::Talk && matter.iter().any(|it| it.wish) => {}
            Some(matter) => matter.push(duty),
            None => matters.push(vec![duty]),
        }
    }
    matters
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
            scope: About::Pairing,
            class: Some("7-1".into()),
            pairing: Some("a".into()),
            progress: None,
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
        let grouped: Vec<_> = by_matter(&open).iter().map(kinds).collect();
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
        let rows = buttons(&by_matter(&open), &Names::default());
        let data: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|it| it.data.as_str()).collect()).collect();
        assert_eq!(
            data,
            [vec!["talk:han", "contact:sun"], vec!["talk:li", "contact:li"], vec!["contact:zhou"]]
        );
    }
}
