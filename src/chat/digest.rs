//! What stands open for one mentor: the list of the morning, and `/today`.

use super::{
    Answer, Message, Outcome, Refusal, Trouble,
    desk::{Desk, could},
    feedback::{self, Call},
    lines::{self, Names},
    list::list,
};
use crate::{
    school::{About, Act, At, Day, Duty, Kind, PersonId, Policy, SchoolId, Snooze, episode_key},
    store::{Hat, Tx, Whose},
    text::Phrase,
};
use anyhow::Result;
use chrono::Timelike;
use std::sync::Arc;

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
pub(super) struct Open {
    pub(super) today: Day,
    pub(super) policy: Arc<Policy>,
    pub(super) names: Names,
    pub(super) calls: Vec<Call>,
    duties: Vec<Duty>,
    snoozes: Vec<Snooze>,
}

impl Open {
    async fn of(tx: &mut Tx, school: &SchoolId, mentor: &PersonId, now: At) -> Result<Open> {
        let rules = tx.rules(school).await?;
        let today = rules.day(now);
        let duties = tx.duties(&rules, Whose::Person(mentor), today).await?;
        let names = lines::names(tx, &duties).await?;
        let snoozes = tx.snoozes(school, Some(&[mentor]), today).await?;
        let calls = feedback::calls(tx, mentor, today).await?;
        Ok(Open { today, policy: rules.policy(today), duties, snoozes, names, calls })
    }

    /// Until when a duty is put off.
    pub(super) fn put_off(&self, duty: &Duty) -> Option<Day> {
        self.snoozes.iter().find(|snooze| snooze.hides(duty, self.today)).map(|it| it.until)
    }

    /// What waits about each student, and what is to be done for others; worst first.
    pub(super) fn split(&self) -> (Vec<Vec<&Duty>>, Vec<Vec<&Duty>>) {
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

/// Duties by what they are about, in the order in which each first appears. Who asked for a talk is not also reminded of the one
/// that is due anyway: one talk settles both.
pub(super) fn by_matter(open: &[Duty]) -> Vec<Vec<&Duty>> {
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
    use crate::chat::tests::duty;

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
}
