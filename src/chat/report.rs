//! What a student reported: from the answers to the record, and who is told; and how it is said again.

use super::{
    Message, Refusal, Trouble,
    checkin::{asks_of, checkin_of, edit_button, place},
    desk::Desk,
    filling::Filling,
    form::Finished,
    student::{WISH, Wisher, ask_mentor},
};
use crate::{
    school::{At, Body, Checkin, PersonId, Question, Record, Relation},
    store::{Change, Hat, PersonRow},
    text::Phrase,
};
use anyhow::Result;
use futures_util::{FutureExt, future::BoxFuture};

/// What was answered, with every value on its scale.
pub fn read(filling: &Filling) -> Result<Checkin, Refusal> {
    let scale = |step: &str| filling.one(step).and_then(|it| it.parse::<u8>().ok());
    let scales = Question::ALL.iter().filter(|it| !filling.skips.iter().any(|skip| skip == it.as_str()));
    let checkin = Checkin {
        mood: scale("mood").unwrap_or(0),
        wants_talk: filling.one("talk") == Some("yes"),
        line: filling.one("line").map(str::to_owned),
        scales: scales.filter_map(|it| Some((it.to_string(), scale(it.as_str())?))).collect(),
    };
    if checkin.is_valid() { Ok(checkin) } else { Err(Refusal::StaleButton) }
}

/// From the answers to the record; a wish for a talk reaches the mentor at once.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let checkin = read(filling)?;
        let together = filling.who.first();
        let (student, name) = together.map_or((&hat.person, &hat.name), |(id, name)| (id, name));
        let kept = desk.record(&filling.record).await?.filter(|it| !it.undone);
        // Of two guardians the first answer counts.
        if together.is_some() && kept.is_some_and(|it| it.record.by != hat.person) {
            return Err(Refusal::AnsweredByOther.into());
        }
        let rules = desk.rules(&hat.school).await?;
        let period = checkin_of(&rules, student, desk.now()).0;
        let at = filling.said_at(desk.now());
        let day = filling.day(at, hat.school.zone);
        let added = filling.saved.is_some();
        let phrase = match (together, added, checkin.mood) {
            (Some(_), false, _) => receipt("checkin-done-together", &checkin, true).text("student", name),
            (Some(_), true, _) => receipt("checkin-added-together", &checkin, true).text("student", name),
            (None, true, _) => receipt("checkin-added", &checkin, true),
            (None, false, ..=2) => receipt("checkin-done-low", &checkin, true),
            (None, false, _) => receipt("checkin-done", &checkin, true),
        };
        let wants_talk = checkin.wants_talk && !added;
        let about = vec![student.clone()];
        let record =
            Record::new(filling.record.clone(), hat.person.clone(), about, day, at, Body::Checkin(checkin));
        let mut changes = vec![Change::Record(hat.school.id.clone(), record)];
        let mut messages = Vec::new();
        if wants_talk && !desk.read().await?.has_task(student, WISH).await? {
            let wisher = Wisher { student, name, through_family: together.is_some() };
            match ask_mentor(desk, hat, &wisher).await? {
                Some(asked) => {
                    changes.push(asked.task);
                    messages.extend(asked.messages);
                    if !asked.mentor_knows {
                        messages.push(Message::here(Phrase::new(asked.said)));
                    }
                }
                None => messages.push(Message::here(Phrase::new(Refusal::NoMentor.key()))),
            }
        }
        if let (Some(_), false) = (together, added) {
            messages.extend(others_see(desk, hat, student, name, period.from).await?);
        }
        let edit = vec![edit_button(period.key, together.map(|(id, _)| id))];
        Ok(Finished { changes, receipt: Message::here(phrase).row(edit), messages })
    }
    .boxed()
}

/// The other guardians who were asked see that it is done, where they were asked.
async fn others_see(
    desk: &mut Desk<'_>,
    hat: &Hat,
    student: &PersonId,
    name: &str,
    since: At,
) -> Result<Vec<Message>> {
    let done = done_by(desk, student, name, &hat.person).await?;
    let mut messages = Vec::new();
    for guardian in asks_of(desk, hat, student).await?.with {
        let asked_at = desk.read().await?.place_at(&guardian, &place(student)).await?;
        if guardian != hat.person && asked_at.is_some_and(|at| at >= since) {
            messages.push(Message::to(&guardian, done.clone()).over_place(place(student)));
        }
    }
    Ok(messages)
}

/// What was answered, in one glance; `with_talk` says whether the wish for a talk is among it.
pub fn receipt(key: &'static str, it: &Checkin, with_talk: bool) -> Phrase {
    let line = match &it.line {
        Some(line) => Phrase::new("checkin-line").text("line", line),
        None => Phrase::new("nothing"),
    };
    Phrase::new(key).list("answers", said(it, with_talk), "\n").phrase("line", line)
}

/// The answers in their order, without the words that the student added.
pub fn said(it: &Checkin, with_talk: bool) -> Vec<Phrase> {
    let said =
        |step: &str, word: String| Phrase::new(format!("said-{step}")).phrase("said", Phrase::new(word));
    let mut answers = vec![said("mood", format!("mood-{}", it.mood))];
    answers.extend(
        it.answered().map(|(question, value)| said(question.as_str(), format!("{question}-{value}"))),
    );
    if with_talk {
        answers.push(said("talk", format!("wants-{}", if it.wants_talk { "yes" } else { "no" })));
    }
    answers
}

/// That somebody of the family has answered together with the child.
pub(super) async fn done_by(
    desk: &mut Desk<'_>,
    student: &PersonId,
    name: &str,
    by: &PersonId,
) -> Result<Phrase> {
    let guardians = desk.read().await?.guardians_of(student).await?;
    let who = relation(&guardians, by);
    Ok(Phrase::new("checkin-done-by-other").text("student", name).phrase("who", who))
}

/// What a guardian is to the child, in one word.
fn relation(guardians: &[PersonRow], guardian: &PersonId) -> Phrase {
    let found = guardians.iter().find(|it| it.id == *guardian);
    let relation: Relation = found.and_then(|it| it.relation.parse().ok()).unwrap_or(Relation::Other);
    Phrase::new(format!("relation-{relation}"))
}

/// With whom a check-in was answered, for the mentor: nothing of what the student said alone.
pub fn with_whom(guardians: &[PersonRow], record: &Record) -> Phrase {
    match guardians.iter().any(|it| it.id == record.by) {
        true => Phrase::new("checkin-with").phrase("who", relation(guardians, &record.by)),
        false => Phrase::new("nothing"),
    }
}
