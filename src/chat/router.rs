//! Takes what was said to the room that answers it.

use super::{
    Answer, Answers, File, FormChange, How, Incoming, Message, Outcome, Refusal, Said, To, Trouble, ahead,
    desk::{Desk, could, may_own},
    doors::{self, COMMANDS, Door, Knock, Opens},
    filling::Filling,
    form::{self, FormPress},
    forms, join, parked, upload,
};
use crate::{
    school::{Act, At},
    store::{Change, Hat, Tx, Visitor},
    text::Phrase,
};
use anyhow::Result;
use futures_util::future::BoxFuture;

/// The answers of the house.
pub struct Router;

impl Answers for Router {
    fn answer<'a, 'b: 'a>(
        &'a self,
        desk: &'a mut Desk<'b>,
        visitor: &'a Visitor,
        filling: Option<Filling>,
        incoming: &'a Incoming,
    ) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(answer(desk, visitor, filling, incoming))
    }

    fn look_ahead<'a>(
        &'a self,
        tx: &'a mut Tx,
        batch: &'a [(&'a Visitor, &'a Incoming)],
        now: At,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(ahead::look(tx, batch, now))
    }
}

/// Answers one thing that was said. Only a fault of ours is an error; what a person may not do is told to the person.
pub async fn answer(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    filling: Option<Filling>,
    incoming: &Incoming,
) -> Result<Outcome> {
    let pressed = matches!(incoming.said, Said::Press { .. });
    // Who speaks in private is there, whatever became of the last message to this account.
    if !visitor.reachable
        && !matches!(incoming.said, Said::Blocked | Said::Group { .. } | Said::Moved(_) | Said::Nothing)
    {
        desk.note(vec![Change::Reachable(visitor.account.clone(), true)]);
    }
    let answered = match route(desk, visitor, filling.as_ref(), incoming).await {
        Ok(outcome) => parked::follow(desk, visitor, filling, outcome).await,
        Err(trouble) => Err(trouble),
    };
    match answered {
        Ok(outcome) => Ok(outcome),
        Err(Trouble::Refused(refusal)) => {
            let why = refusal.phrase();
            Ok(Outcome::say(if pressed { Message::toast(why) } else { Message::here(why) }))
        }
        Err(Trouble::Broken(fault)) => Err(fault),
    }
}

async fn route(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    filling: Option<&Filling>,
    incoming: &Incoming,
) -> Answer {
    match &incoming.said {
        Said::Blocked => {
            return Ok(Outcome::default().change(Change::Reachable(visitor.account.clone(), false)));
        }
        Said::Unblocked => {
            return Ok(Outcome::default().change(Change::Reachable(visitor.account.clone(), true)));
        }
        Said::Moved(to) => {
            return Ok(Outcome::default().change(Change::Move(visitor.account.clone(), to.clone())));
        }
        Said::Nothing | Said::Edited(_) => return Ok(Outcome::default()),
        Said::Group { to_us, .. } => return Ok(in_a_group(*to_us)),
        _ => {}
    }
    // What is open to everybody comes before the question who it is.
    let (door, value, over) = at_door(&incoming.said);
    if let Some(Door { opens: Opens::Anybody(_, open), .. }) = door {
        return open(Knock { desk, visitor, filling, value, over }).await;
    }
    if visitor.hats.iter().all(|hat| hat.left) {
        return join::stranger(visitor, &incoming.said);
    }
    match (&incoming.said, door) {
        (_, Some(door)) => enter(door, Knock { desk, visitor, filling, value, over }).await,
        (Said::Command { .. }, None) => {
            let hat = visitor.worn().ok_or(Refusal::NotForYou)?;
            let unknown = Outcome::say(Message::here(Phrase::new("hint-unknown-command")));
            Ok(as_hat(visitor, hat, unknown))
        }
        (Said::Press { .. }, None) => Err(Refusal::StaleButton.into()),
        (Said::Document(file), None) => document(desk, visitor, filling.is_some(), file),
        (Said::Text(words), None) => Box::pin(text(desk, visitor, filling, words)).await,
        _ => Ok(unexpected(filling.is_some())),
    }
}

/// The door at which somebody stands, what was brought to it, and under which message.
fn at_door(said: &Said) -> (Option<&'static Door>, &str, Option<i64>) {
    match said {
        Said::Command { name, rest } => (doors::command(name), rest, None),
        Said::Press { data, message, .. } => {
            let (name, value) = data.split_once(':').unwrap_or((data, ""));
            (doors::button(name), value, Some(*message))
        }
        _ => (None, "", None),
    }
}

/// A button is a reference, never a right, and so is a command: whoever comes needs a hat that could do this, and who
/// answers asks the table of rights again about the very student. With several such hats the first that is allowed counts.
async fn enter(door: &Door, knock: Knock<'_, '_>) -> Answer {
    let Knock { desk, visitor, filling, value, over } = knock;
    let no_such_hat = if over.is_some() { Refusal::NotAllowed } else { Refusal::NotForYou };
    let (hats, answer) = match &door.opens {
        Opens::Anybody(_, open) => return open(Knock { desk, visitor, filling, value, over }).await,
        Opens::Each(act, answer, nothing) => {
            let hats = hats_that_could(visitor, *act);
            let first = *hats.first().ok_or(no_such_hat)?;
            let mut all = Outcome::default();
            for hat in hats {
                let said = answer(Knock { desk, visitor, filling, value, over }, hat).await?;
                all = all.and(Outcome { messages: named(visitor, hat, said.messages), ..said });
            }
            return match all.messages.is_empty() {
                true => Ok(as_hat(visitor, first, nothing()?)),
                false => Ok(wearing(visitor, first, all)),
            };
        }
        Opens::Joined(_, answer) => (visitor.worn().into_iter().collect(), answer),
        Opens::Right(act, answer) => (hats_that_could(visitor, *act), answer),
        Opens::OfForm(answer) => {
            let name = value.split(':').next().unwrap_or_default();
            let form = forms::by_name(name).ok_or(Refusal::StaleButton)?;
            (hats_that_could(visitor, form.act), answer)
        }
    };
    let mut refused = no_such_hat;
    for hat in hats {
        match answer(Knock { desk, visitor, filling, value, over }, hat).await {
            Ok(outcome) => return Ok(as_hat(visitor, hat, outcome)),
            Err(Trouble::Refused(why @ (Refusal::NotAllowed | Refusal::NotFound))) => refused = why,
            Err(other) => return Err(other),
        }
    }
    Err(refused.into())
}

/// `f:<form>:<step>:<value>`: a button of the open form, for the person who fills it in.
pub async fn press_form(it: Knock<'_, '_>) -> Answer {
    let (id, step, value) = (it.part(0), it.part(1), it.part(2));
    let filling = it.filling.ok_or(Refusal::StaleButton)?.clone();
    let hat = it.visitor.hat_of(&filling.person).filter(|hat| !hat.left).ok_or(Refusal::StaleButton)?;
    let press = FormPress { id, step, value, message: it.over.unwrap_or_default() };
    let outcome = form::press(it.desk, hat, filling, press).await?;
    Ok(as_hat(it.visitor, hat, outcome))
}

async fn text(desk: &mut Desk<'_>, visitor: &Visitor, filling: Option<&Filling>, words: &str) -> Answer {
    let Some(filling) = filling else { return Ok(belongs_nowhere(visitor)) };
    let Some(hat) = visitor.hat_of(&filling.person).filter(|hat| !hat.left) else {
        return Ok(belongs_nowhere(visitor).form(FormChange::Close));
    };
    let saved = filling.saved.is_some();
    match form::text(desk, hat, filling.clone(), words).await {
        // After a receipt there is nothing left to press: these words belong to no form.
        Err(Trouble::Refused(Refusal::PressAButton)) if saved => Ok(belongs_nowhere(visitor)),
        // The hint first, then the question once more below it: the form stays.
        Err(Trouble::Refused(why @ (Refusal::PressAButton | Refusal::NobodyCalled))) => {
            let hint = Outcome::say(Message::here(Phrase::new(why.key())));
            let again = form::show_again(desk, hat, filling.clone()).await?;
            Ok(as_hat(visitor, hat, hint.and(again)))
        }
        other => Ok(as_hat(visitor, hat, other?)),
    }
}

/// Words that nothing asked for reach nobody, and whoever wrote them has to know it: a child in trouble and a grandmother
/// who answers a teacher are told how their words do arrive.
fn belongs_nowhere(visitor: &Visitor) -> Outcome {
    let are = |act| visitor.hats.iter().any(|hat| could(hat, act));
    let key = match () {
        () if are(Act::SeeDuties) => "hint-no-form",
        () if visitor.hats.iter().any(|hat| may_own(hat, Act::WishTalk)) => "hint-no-form-student",
        () if are(Act::AnswerFeedback) => "hint-no-form-family",
        () => "hint-no-form",
    };
    Outcome::say(Message::here(Phrase::new(key)))
}

/// A file is a way in, too: that of whoever may change who is at the school.
fn document(desk: &Desk<'_>, visitor: &Visitor, form_is_open: bool, file: &File) -> Answer {
    match hats_that_could(visitor, Act::ManageRoster).first() {
        Some(hat) => Ok(as_hat(visitor, hat, upload::received(desk, visitor, hat, file)?)),
        None if form_is_open => Ok(unexpected(true)),
        None => Ok(Outcome::say(Message::here(Phrase::new("hint-file")))),
    }
}

fn unexpected(form_is_open: bool) -> Outcome {
    let key = if form_is_open { "hint-unexpected-in-form" } else { "hint-unexpected" };
    Outcome::say(Message::here(Phrase::new(key)))
}

/// What concerns children is never said in a group: who asks for us there is sent to the private chat, once asked.
fn in_a_group(to_us: bool) -> Outcome {
    match to_us {
        true => Outcome::say(Message::here(Phrase::new("hint-group"))),
        false => Outcome::default(),
    }
}

/// What somebody is here for: one line per command that needs a right of the own, under one hat.
pub fn work(hat: &Hat) -> Vec<Phrase> {
    let is_work = |door: &&Door| {
        door.act().is_some_and(|act| act != Act::ChangeSettings && act != Act::AskForData && could(hat, act))
    };
    COMMANDS.iter().filter(is_work).map(|door| line(door.name)).collect()
}

fn line(name: &str) -> Phrase {
    Phrase::new("help-line").text("command", name).phrase("does", Phrase::new(format!("command-{name}")))
}

/// What a person can do here: one line per command that is of use under any of the hats.
pub fn help(visitor: &Visitor) -> Outcome {
    let lines = menu(visitor).into_iter().map(line);
    Outcome::say(Message::here(Phrase::new("help").list("lines", lines.collect(), "\n")))
        .message(menu_message(visitor))
}

/// The menu of commands of an account, by what its persons could do.
pub fn menu(visitor: &Visitor) -> Vec<&'static str> {
    // A guardian who answers together with a child is asked by a message: not every family has such a child.
    let is_offered = |hat: &Hat, act| if act == Act::CheckIn { may_own(hat, act) } else { could(hat, act) };
    let useful =
        |door: &&Door| door.act().is_none_or(|act| visitor.hats.iter().any(|hat| is_offered(hat, act)));
    COMMANDS.iter().filter(useful).map(|door| door.name).collect()
}

/// Tells the messenger the menu of an account.
pub fn menu_message(visitor: &Visitor) -> Message {
    Message { how: How::Menu(menu(visitor)), ..Message::here(Phrase::new("menu")) }
}

/// Hats that could do this, the worn one first.
fn hats_that_could(visitor: &Visitor, act: Act) -> Vec<&Hat> {
    let mut hats: Vec<&Hat> = visitor.hats.iter().filter(|hat| could(hat, act)).collect();
    hats.sort_by_key(|hat| Some(&hat.person) != visitor.hat.as_ref());
    hats
}

/// Who has several hats sees on every answer which one it was given to, and wears it from then on.
pub(super) fn as_hat(visitor: &Visitor, hat: &Hat, mut outcome: Outcome) -> Outcome {
    outcome.messages = named(visitor, hat, outcome.messages);
    wearing(visitor, hat, outcome)
}

/// The name of the hat above what is said to it, where the account has several.
fn named(visitor: &Visitor, hat: &Hat, mut messages: Vec<Message>) -> Vec<Message> {
    let says = |it: &&mut Message| {
        it.to == To::Here && matches!(it.how, How::Say | How::Edit(_) | How::EditPlace(_))
    };
    for message in messages.iter_mut().filter(says).filter(|_| visitor.hats.len() > 1) {
        let words = std::mem::replace(&mut message.phrase, Phrase::new("nothing"));
        message.phrase = under_hat(&hat.known_as, words);
    }
    messages
}

fn wearing(visitor: &Visitor, hat: &Hat, mut outcome: Outcome) -> Outcome {
    if visitor.hats.len() > 1 && visitor.hat.as_ref() != Some(&hat.person) {
        outcome.changes.push(Change::Wear(visitor.account.clone(), hat.person.clone()));
        let mut speaker = outcome.speaker.unwrap_or_else(|| Box::new(visitor.clone()));
        speaker.hat = Some(hat.person.clone());
        outcome.speaker = Some(speaker);
    }
    outcome
}

/// A message to one person of an account that is several.
pub fn under_hat(name: &str, words: Phrase) -> Phrase {
    Phrase::new("as-hat").text("name", name).phrase("words", words)
}
