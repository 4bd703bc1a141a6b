//! "I would like to talk": what a student can say at any time, and what becomes of it.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble, consent,
    desk::{Desk, may_own},
};
use crate::{
    school::{Act, Body, PersonId, Record, Role},
    store::{Change, Hat, Task},
    text::Phrase,
};

/// The kind of task that a student's wish for a talk makes.
pub const WISH: &str = "wish";

/// Who would like to talk.
pub struct Wisher<'a> {
    /// The student.
    pub student: &'a PersonId,
    /// The student's name.
    pub name: &'a str,
    /// Whether a guardian has said so together with the child: the promise is made to the guardian.
    pub through_family: bool,
}

/// `/wish`: "I would like to talk". The mentor is told at once.
pub async fn wish(desk: &mut Desk<'_>, hat: &Hat) -> Answer {
    if !may_own(hat, Act::WishTalk) {
        return Err(Refusal::NotForYou.into());
    }
    consent::agreed(desk, hat, &hat.person).await?;
    let wisher = Wisher { student: &hat.person, name: &hat.name, through_family: false };
    let asked = ask_mentor(desk, hat, &wisher).await?.ok_or(Refusal::NoMentor)?;
    // A wish that still stands open is known already.
    if desk.read().await?.has_task(&hat.person, WISH).await? {
        let said = if asked.mentor_knows { "wish-known" } else { "wish-noted" };
        return Ok(Outcome::say(Message::here(Phrase::new(said))));
    }
    let (day, at) = (desk.today(&hat.school), desk.now());
    let me = hat.person.clone();
    let record = Record::new(crate::clock::fresh_id(), me.clone(), vec![me], day, at, Body::Wish);
    let changes = vec![asked.task, Change::Record(hat.school.id.clone(), record)];
    let mut outcome = Outcome { changes, ..Outcome::say(Message::here(Phrase::new(asked.said))) };
    outcome.messages.extend(asked.messages);
    Ok(outcome)
}

/// What becomes of a wish for a talk.
pub(super) struct Asked {
    /// What the mentor who owes the talks has to do.
    pub task: Change,
    /// Who is told.
    pub messages: Vec<Message>,
    /// Whether a mentor is.
    pub mentor_knows: bool,
    /// What the student is told of it.
    pub said: &'static str,
}

/// Every mentor of the student is told. Where no word reaches any of them, who leads the class is asked to help; the
/// student is promised only what happens. `None`: there is no mentor.
pub(super) async fn ask_mentor(
    desk: &mut Desk<'_>,
    hat: &Hat,
    wisher: &Wisher<'_>,
) -> Result<Option<Asked>, Trouble> {
    let around = desk.around(wisher.student, hat).await?;
    let Some(owner) = around.mentors.first() else { return Ok(None) };
    let tx = desk.read().await?;
    let heads = match &around.class {
        Some(class) => tx.holders(&around.school, Role::HeadTeacher, Some(class)).await?,
        None => Vec::new(),
    };
    let all: Vec<PersonId> = around.mentors.iter().chain(&heads).cloned().collect();
    let addresses = tx.addresses(&all).await?;
    let is_reached = |it: &&PersonId| addresses.get(*it).is_some_and(|address| address.reachable);
    let tell =
        |to: &PersonId, key: &'static str| Message::to(to, Phrase::new(key).text("student", wisher.name));
    let log = || vec![Button::key("button-log-talk", format!("talk:{}", wisher.student))];
    let mut messages: Vec<Message> =
        around.mentors.iter().filter(is_reached).map(|it| tell(it, "wish-told").row(log())).collect();
    let mentor_knows = !messages.is_empty();
    if !mentor_knows {
        messages.extend(heads.iter().filter(is_reached).map(|it| tell(it, "wish-told-head")));
    }
    let said = match (mentor_knows, messages.is_empty(), wisher.through_family) {
        (true, _, _) => "wish-done",
        (false, false, false) => "wish-head-knows",
        (false, false, true) => "wish-head-knows-together",
        (false, true, false) => "wish-noted",
        (false, true, true) => "wish-noted-together",
    };
    let task = Change::OpenTask(Task {
        school: hat.school.id.clone(),
        owner: owner.clone(),
        student: wisher.student.clone(),
        kind: WISH,
        about: String::new(),
    });
    Ok(Some(Asked { task, messages, mentor_knows, said }))
}
