//! Words that the bot carries between a family and a mentor, as they were written. Neither side learns a phone number.

use super::{
    Answer, Button, Message, Refusal, Track, Trouble,
    desk::{Around, Desk},
    feedback::{heard, reply_button, status_for_author},
    filling::Filling,
    form::{self, Finished, Form},
    forms::{ANSWER, REPLY},
    lines::family,
};
use crate::{
    school::{FeedbackId, PersonId},
    store::{Change, CopyState, Hat, Word},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// What is being answered.
struct Thread {
    student: PersonId,
    /// Who wrote it.
    with: PersonId,
    /// The feedback with which it began, or ''.
    feedback: String,
}

/// `reply:<feedback or word>`: the family writes back.
pub async fn reply(desk: &mut Desk<'_>, hat: &Hat, id: &str) -> Answer {
    open(desk, hat, &REPLY, id).await
}

/// `answer:<word>`: the mentor answers the family.
pub async fn answer(desk: &mut Desk<'_>, hat: &Hat, id: &str) -> Answer {
    open(desk, hat, &ANSWER, id).await
}

async fn open(desk: &mut Desk<'_>, hat: &Hat, form: &'static Form, id: &str) -> Answer {
    let thread = thread(desk, hat, id).await?;
    let around = desk.allowed(hat, form.act, &thread.student).await?;
    let filling = Filling { about: id.to_owned(), ..Filling::new(form, &hat.person) };
    let filling = filling.with_student("who", &around.student, &around.name);
    form::open(desk, hat, form, filling, None).await
}

/// Only what was written to this very person can be answered.
async fn thread(desk: &mut Desk<'_>, hat: &Hat, id: &str) -> Result<Thread, Trouble> {
    let tx = desk.read().await?;
    if let Some(view) = tx.feedback(&FeedbackId::from(id)).await? {
        if view.feedback.school != hat.school.id || !view.copies.iter().any(|it| it.guardian == hat.person) {
            return Err(Refusal::NotAllowed.into());
        }
        return Ok(Thread {
            student: view.feedback.student,
            with: view.feedback.author,
            feedback: id.to_owned(),
        });
    }
    let word = tx.word(id).await?.filter(|it| it.school == hat.school.id && it.to == hat.person);
    let word = word.ok_or(Refusal::NotFound)?;
    Ok(Thread { student: word.student, with: word.from, feedback: word.feedback })
}

/// The family's words go to the mentor who wrote, or to the one who has taken over. The feedback counts as answered.
pub fn finish_reply<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (thread, around, words) = gathered(desk, hat, filling).await?;
        let author = around.mentors.iter().find(|it| **it == thread.with);
        let to = author.or(around.mentors.first()).ok_or(Refusal::NotFound)?;
        if !is_reached(desk, to).await? {
            return Ok(only("reply-unreachable"));
        }
        let guardians = desk.read().await?.guardians_of(&around.student).await?;
        let relation =
            guardians.into_iter().find(|it| it.id == hat.person).map(|it| it.relation).unwrap_or_default();
        let told =
            Phrase::new("reply-told").phrase("who", family(&around.name, &relation)).text("words", words);
        let button = Button::key("button-answer", format!("answer:{}", filling.record));
        let track = Track::Word(filling.record.to_string());
        let mut messages = vec![Message::to(to, told).row(vec![button]).tracked(track)];

        desk.note(vec![carried(desk, hat, filling, &thread, to, words)]);
        if let Some(id) = FeedbackId::parse(&thread.feedback) {
            if let Some(view) = desk.read().await?.feedback(&id).await? {
                desk.note(heard(&view.feedback, &hat.person, CopyState::Answered));
            }
            messages.extend(desk.read().await?.feedback(&id).await?.as_ref().map(status_for_author));
        }
        Ok(Finished { messages, ..only("reply-done") })
    }
    .boxed()
}

/// The mentor's words go to the guardian who wrote, and to nobody else.
pub fn finish_answer<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (thread, around, words) = gathered(desk, hat, filling).await?;
        let to = around.guardians.iter().find(|it| **it == thread.with).ok_or(Refusal::NotFound)?;
        if !is_reached(desk, to).await? {
            return Ok(only("answer-unreachable"));
        }
        let told = Phrase::new("answer-told")
            .text("mentor", &hat.name)
            .text("student", &around.name)
            .text("words", words);
        let reply = reply_button(filling.record.as_str());
        let track = Track::Word(filling.record.to_string());
        let messages = vec![Message::to(to, told).row(vec![reply]).tracked(track)];
        let changes = vec![carried(desk, hat, filling, &thread, to, words)];
        Ok(Finished { changes, messages, ..only("answer-done") })
    }
    .boxed()
}

/// What is answered, who stands around the student today, and the words.
async fn gathered<'a>(
    desk: &mut Desk<'_>,
    hat: &Hat,
    filling: &'a Filling,
) -> Result<(Thread, Around, &'a str), Trouble> {
    let thread = thread(desk, hat, &filling.about).await?;
    let around = desk.around(&thread.student, hat).await?;
    let words = filling.one("words").ok_or(Refusal::StaleButton)?;
    Ok((thread, around, words))
}

fn carried(
    desk: &Desk<'_>,
    hat: &Hat,
    filling: &Filling,
    thread: &Thread,
    to: &PersonId,
    words: &str,
) -> Change {
    Change::Word(Word {
        school: hat.school.id.clone(),
        id: filling.record.to_string(),
        student: thread.student.clone(),
        from: hat.person.clone(),
        to: to.clone(),
        feedback: thread.feedback.clone(),
        body: words.to_owned(),
        at: desk.now(),
    })
}

/// Words that would arrive nowhere are not taken: whoever wrote them is told what to do instead.
async fn is_reached(desk: &mut Desk<'_>, person: &PersonId) -> Result<bool, Trouble> {
    let addresses = desk.read().await?.addresses(std::slice::from_ref(person)).await?;
    Ok(addresses.get(person).is_some_and(|it| it.reachable))
}

fn only(receipt: &'static str) -> Finished {
    Finished { changes: Vec::new(), receipt: Message::here(Phrase::new(receipt)), messages: Vec::new() }
}
