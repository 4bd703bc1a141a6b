//! Feedback from a mentor to a family: written, sent to each guardian, and followed until every one knows.

use super::{
    Answer, Button, Class, How, Message, Outcome, Refusal, To, Track, Trouble,
    desk::{Around, Desk},
    digest, evaluation,
    filling::Filling,
    form::Finished,
    lines::{family, signature},
};
use crate::{
    school::{Act, Body, Contact, ContactForm, Day, FeedbackId, PersonId, Record},
    store::{Change, CopyState, Feedback, FeedbackCopy, FeedbackView, Hat, Task, Tx},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// The kind of task that a family makes whom no message reaches.
pub const PHONE: &str = "phone";

/// A student without a family on record: said before anybody writes a word.
pub fn has_family(around: &Around) -> Result<(), Refusal> {
    match around.guardians.is_empty() {
        true => Err(Refusal::NoFamily),
        false => Ok(()),
    }
}

/// What the mentor sees before it is sent: exactly what the family will see.
pub fn preview(hat: &Hat, filling: &Filling) -> Phrase {
    let student = filling.who.first().map_or("", |(_, name)| name.as_str());
    let words = |step| filling.one(step).unwrap_or_default();
    letter(
        student,
        signature(&hat.school.signature, &hat.name, &hat.school.name),
        words("fact"),
        words("next"),
    )
}

fn letter(student: &str, signature: Phrase, fact: &str, next: &str) -> Phrase {
    Phrase::new("feedback-letter")
        .text("student", student)
        .phrase("signature", signature)
        .text("fact", fact)
        .text("next", next)
}

/// A feedback, or an evaluation, as the family reads it.
pub fn letter_of(view: &FeedbackView) -> Phrase {
    let (signed, school) = &view.signature;
    let signature = signature(signed, &view.author, school);
    match &view.strengths {
        Some(strengths) => evaluation::letter(&view.student, signature, strengths, &view.feedback.fact),
        None => letter(&view.student, signature, &view.feedback.fact, &view.feedback.next_step),
    }
}

/// The button under which the family writes back.
pub fn reply_button(id: &str) -> Button {
    Button::key("button-reply", format!("reply:{id}"))
}

/// It counts as a contact with the family.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let words = |step| filling.one(step).ok_or(Refusal::StaleButton);
        let (fact, next) = (words("fact")?, words("next")?);
        let contact = Contact::new(ContactForm::Feedback, Some(fact.to_owned()));
        send(desk, hat, filling, fact, next, Body::Contact(contact)).await
    }
    .boxed()
}

/// Words to the family of the student, on record as `body`. Each guardian gets them in his own language; whom nothing
/// reaches has to be phoned.
pub(super) async fn send(
    desk: &mut Desk<'_>,
    hat: &Hat,
    filling: &Filling,
    fact: &str,
    next_step: &str,
    body: Body,
) -> Result<Finished, Trouble> {
    let (student, _) = filling.who.first().ok_or(Refusal::StaleButton)?;
    let feedback = Feedback {
        school: hat.school.id.clone(),
        // One feedback is one record: whatever is said twice is still one.
        id: FeedbackId::from(filling.record.as_str()),
        student: student.clone(),
        author: hat.person.clone(),
        record: filling.record.clone(),
        fact: fact.to_owned(),
        next_step: next_step.to_owned(),
        at: filling.said_at(desk.now()),
    };
    let tx = desk.read().await?;
    let guardians: Vec<PersonId> = tx.guardians_of(student).await?.into_iter().map(|it| it.id).collect();
    if guardians.is_empty() {
        return Err(Refusal::NoFamily.into());
    }
    let addresses = tx.addresses(&guardians).await?;
    let is_reached = |it: &PersonId| addresses.get(it).is_some_and(|address| address.reachable);
    let (reached, unreached): (Vec<_>, Vec<_>) = guardians.into_iter().partition(is_reached);

    let phone = unreached.iter().map(|it| phone(&feedback, it)).collect::<Vec<_>>();
    let waiting = reached.iter().map(|it| (it.clone(), CopyState::Waiting));
    let copies = waiting.chain(unreached.into_iter().map(|it| (it, CopyState::Unreachable))).collect();
    let (id, day) = (feedback.id.clone(), filling.day(feedback.at, hat.school.zone));
    let about = vec![student.clone()];
    let record = Record::new(filling.record.clone(), hat.person.clone(), about, day, feedback.at, body);
    desk.note(vec![Change::Record(hat.school.id.clone(), record), Change::Feedback(feedback, copies)]);
    desk.note(phone);
    let view = desk.read().await?.feedback(&id).await?.ok_or(Refusal::NotFound)?;
    let letter = |guardian: &PersonId| {
        let seen = Button::key("button-seen", format!("seen:{id}"));
        let track = Track::Feedback(id.clone(), guardian.clone());
        let buttons = vec![seen, reply_button(id.as_str())];
        Message::to(guardian, letter_of(&view)).row(buttons).tracked(track)
    };
    let mut messages: Vec<Message> = reached.iter().map(letter).collect();
    messages.extend(digest::refreshed(desk, hat).await?);
    Ok(Finished { changes: Vec::new(), receipt: status(&view), messages })
}

/// A guardian whom a feedback did not reach.
pub struct Call {
    /// Whom to phone.
    pub who: Phrase,
    feedback: FeedbackId,
    number: usize,
}

impl Call {
    /// "I phoned", under a list: the list stays.
    pub fn button(&self) -> Button {
        let label = Phrase::new("button-phoned").phrase("who", self.who.clone());
        Button::new(label, format!("phoned:{}:{}:list", self.feedback, self.number))
    }
}

/// Whom a mentor still has to phone.
pub async fn calls(tx: &mut Tx, mentor: &PersonId, today: Day) -> anyhow::Result<Vec<Call>> {
    let mut calls = Vec::new();
    for about in tx.open_tasks(mentor, PHONE, today).await? {
        let Some((id, guardian)) = about.split_once(':') else { continue };
        let id = FeedbackId::from(id);
        let Some(view) = tx.feedback(&id).await? else { continue };
        let number = view.copies.iter().position(|it| it.guardian.as_str() == guardian);
        let Some((number, copy)) = number.and_then(|it| Some((it, view.copies.get(it)?))) else { continue };
        calls.push(Call { who: family(&view.student, &copy.relation), feedback: id, number });
    }
    Ok(calls)
}

/// `phoned:<feedback>:<number of the copy>`, and `:list` where the button stands under a list: somebody told the family by
/// voice.
pub async fn phoned(desk: &mut Desk<'_>, hat: &Hat, id: &str, number: &str, over: Option<i64>) -> Answer {
    let (number, on_list) = match number.strip_suffix(":list") {
        Some(number) => (number, true),
        None => (number, false),
    };
    let id = FeedbackId::parse(id).ok_or(Refusal::StaleButton)?;
    let view = desk.read().await?.feedback(&id).await?.ok_or(Refusal::NotFound)?;
    desk.allowed(hat, Act::WriteFeedback, &view.feedback.student).await?;
    let copy = number.parse().ok().and_then(|it: usize| view.copies.get(it)).ok_or(Refusal::StaleButton)?;
    desk.note(heard(&view.feedback, &copy.guardian, CopyState::Phoned));
    let view = desk.read().await?.feedback(&id).await?.ok_or(Refusal::NotFound)?;
    if on_list {
        let list = match digest::refreshed(desk, hat).await? {
            Some(list) => Outcome::say(list),
            None => digest::today(desk, hat, over).await?,
        };
        return Ok(list.message(status_for_author(&view)));
    }
    Ok(Outcome::say(status(&view).over(over)))
}

/// The mentor's receipt, where it stands in the chat, as it is now.
pub fn status_for_author(view: &FeedbackView) -> Message {
    let receipt = status(view);
    let how = receipt.place.clone().map_or(How::Say, How::EditPlace);
    Message { to: To::Person(view.feedback.author.clone()), class: Class::Notice, how, ..receipt }
}

/// The mentor's receipt: what was sent, and what each guardian did with it.
fn status(view: &FeedbackView) -> Message {
    let who = |copy: &FeedbackCopy| family(&view.student, &copy.relation);
    let line = |copy: &FeedbackCopy| {
        let state = Phrase::new(format!("copy-{}", copy.state.as_str()));
        Phrase::new("feedback-copy").phrase("who", who(copy)).phrase("state", state)
    };
    // An evaluation goes the same way under its own name.
    let key = if view.strengths.is_some() { "evaluation-status" } else { "feedback-status" };
    let phrase = Phrase::new(key).text("student", &view.student).text("fact", &view.feedback.fact).list(
        "copies",
        view.copies.iter().map(line).collect(),
        "\n",
    );
    let off_chat = view.copies.iter().enumerate().filter(|(_, copy)| is_off_chat(copy.state));
    // Two ids do not fit into a button: the copy is named by its number.
    let button = |key, verb: &str, number: usize, copy: &FeedbackCopy| {
        Button::new(
            Phrase::new(key).phrase("who", who(copy)),
            format!("{verb}:{}:{number}", view.feedback.id),
        )
    };
    let buttons = off_chat.flat_map(|(number, copy)| {
        let phoned = button("button-phoned", "phoned", number, copy);
        let heard = button("button-heard", "heard", number, copy);
        [(copy.state == CopyState::Unreachable).then_some(phoned), Some(heard)].into_iter().flatten()
    });
    Message::here(phrase).rows(buttons.map(|it| vec![it])).at_place(format!("feedback:{}", view.feedback.id))
}

/// Whether a family that is not in the chat knows of it, or will, by paper or phone.
pub fn is_off_chat(state: CopyState) -> bool {
    matches!(state, CopyState::Unreachable | CopyState::Phoned)
}

/// A guardian whom no message reaches is a phone call to make.
pub fn phone(feedback: &Feedback, guardian: &PersonId) -> Change {
    Change::OpenTask(phone_call(feedback, guardian))
}

/// A guardian knows of it after all: nobody has to phone any more.
pub fn heard(feedback: &Feedback, guardian: &PersonId, state: CopyState) -> Vec<Change> {
    let copy = Change::Copy(feedback.id.clone(), guardian.clone(), state);
    vec![copy, Change::CloseTask(phone_call(feedback, guardian))]
}

fn phone_call(feedback: &Feedback, guardian: &PersonId) -> Task {
    Task {
        school: feedback.school.clone(),
        owner: feedback.author.clone(),
        student: feedback.student.clone(),
        kind: PHONE,
        about: format!("{}:{guardian}", feedback.id),
    }
}
