//! Takes what was said to the room that answers it.

use super::{
    Answer, Answers, FormChange, How, Incoming, Message, Outcome, Refusal, Said, To, Trouble, consent,
    desk::{Desk, could},
    digest, feedback,
    filling::Filling,
    form::{self, FormPress},
    forms::{CONTACT, FEEDBACK, TALK},
    guardian, join, mentor, paper, parked, rebind, relay, settings, staff, student, students,
};
use crate::{
    school::Act,
    store::{Change, Hat, Visitor},
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
}

/// The commands, in the order of the menu, with the right that makes one useful to a person.
pub const COMMANDS: &[(&str, Option<Act>)] = &[
    ("checkin", Some(Act::CheckIn)),
    ("wish", Some(Act::WishTalk)),
    ("today", Some(Act::LogTalk)),
    ("talk", Some(Act::LogTalk)),
    ("contact", Some(Act::LogContact)),
    ("feedback", Some(Act::WriteFeedback)),
    ("students", Some(Act::ReadStudents)),
    ("overview", Some(Act::ReadFigures)),
    ("messages", Some(Act::AnswerFeedback)),
    ("consent", Some(Act::GiveConsent)),
    ("settings", None),
    ("help", None),
    ("cancel", None),
];

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
    let answered = match route(desk, visitor, filling.clone(), incoming).await {
        Ok(outcome) => parked::follow(desk, visitor, filling, outcome).await,
        Err(trouble) => Err(trouble),
    };
    match answered {
        Ok(outcome) => Ok(outcome),
        Err(Trouble::Refused(refusal)) => {
            let why = Phrase::new(refusal.key());
            Ok(Outcome::say(if pressed { Message::toast(why) } else { Message::here(why) }))
        }
        Err(Trouble::Broken(fault)) => Err(fault),
    }
}

async fn route(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    filling: Option<Filling>,
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
        Said::Command { name, rest } if name == "start" && !rest.is_empty() => {
            return join::with_code(desk, visitor, rest).await;
        }
        Said::Press { data, message, .. } if data.starts_with("mine:") => {
            return rebind::ask(desk, visitor, &data["mine:".len()..], Some(*message)).await;
        }
        _ => {}
    }
    if visitor.hats.iter().all(|hat| hat.left) {
        return join::stranger(visitor, &incoming.said);
    }
    match &incoming.said {
        Said::Command { name, .. } => command(desk, visitor, filling, name).await,
        Said::Press { data, message, .. } => press(desk, visitor, filling, data, *message).await,
        Said::Text(words) => text(desk, visitor, filling, words).await,
        _ => Ok(unexpected(filling.is_some())),
    }
}

async fn command(desk: &mut Desk<'_>, visitor: &Visitor, filling: Option<Filling>, name: &str) -> Answer {
    match name {
        "messages" => return messages(desk, visitor).await,
        "consent" => return consents(desk, visitor).await,
        _ => {}
    }
    let known = COMMANDS.iter().find(|(it, _)| *it == name);
    let hat = match known.and_then(|(_, act)| *act) {
        Some(act) => hat_that_could(visitor, act).ok_or(Refusal::NotForYou)?,
        None => visitor.worn().ok_or(Refusal::NotForYou)?,
    };
    let outcome = match name {
        "checkin" => student::checkin(desk, hat, filling).await,
        "wish" => student::wish(desk, hat).await,
        "today" => digest::today(desk, hat, None).await,
        "talk" => form::open_about(desk, hat, &TALK, None).await,
        "contact" => form::open_about(desk, hat, &CONTACT, None).await,
        "feedback" => form::open_about(desk, hat, &FEEDBACK, None).await,
        "students" => students::list(desk, hat, "", None).await,
        "overview" => staff::overview(desk, hat, "", None).await,
        "settings" => settings::show(desk, visitor, hat, None).await,
        "help" | "start" | "menu" => Ok(help(visitor)),
        "cancel" => Ok(cancel(filling)),
        _ => Ok(Outcome::say(Message::here(Phrase::new("hint-unknown-command")))),
    }?;
    Ok(as_hat(visitor, hat, outcome))
}

async fn press(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    filling: Option<Filling>,
    data: &str,
    message: i64,
) -> Answer {
    let value = data.split_once(':').map_or("", |(_, value)| value);
    let mut parts = data.splitn(4, ':');
    let (verb, first) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let (second, third) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let over = Some(message);
    if verb == "f" {
        let filling = filling.ok_or(Refusal::StaleButton)?;
        let hat = visitor.hat_of(&filling.person).filter(|hat| !hat.left).ok_or(Refusal::StaleButton)?;
        let press = FormPress { id: first, step: second, value: third, message };
        let outcome = form::press(desk, hat, filling, press).await?;
        return Ok(as_hat(visitor, hat, outcome));
    }
    let act = match verb {
        "checkin" => Act::CheckIn,
        "talk" => Act::LogTalk,
        "paper" => Act::LogCheckin,
        "consent" => Act::GiveConsent,
        "contact" => Act::LogContact,
        "feedback" => Act::WriteFeedback,
        "student" | "students" => Act::ReadStudents,
        "today" => Act::LogTalk,
        "later" | "snooze" => Act::Snooze,
        "undo" => Act::UndoRecord,
        "seen" | "reply" => Act::AnswerFeedback,
        "answer" => Act::AnswerGuardian,
        "phoned" => Act::WriteFeedback,
        "overview" => Act::ReadFigures,
        "rebind" => Act::ConfirmAccount,
        "lang" | "quiet" | "hat" | "settings" => Act::ChangeSettings,
        _ => return Err(Refusal::StaleButton.into()),
    };
    // A button is a reference, never a right: whoever presses it needs a hat that could do this, and the handler asks
    // the table of rights again about the very student. With several such hats the first that is allowed counts.
    let mut refused = Refusal::NotAllowed;
    let hats = match verb {
        "hat" => visitor.hats.iter().filter(|hat| hat.person.as_str() == first && !hat.left).collect(),
        _ => hats_that_could(visitor, act),
    };
    for hat in hats {
        let answer = match verb {
            "checkin" => student::checkin_again(desk, hat, first, second, over).await,
            "talk" => form::open_about(desk, hat, &TALK, Some(first)).await,
            "contact" => form::open_about(desk, hat, &CONTACT, Some(first)).await,
            "feedback" => form::open_about(desk, hat, &FEEDBACK, Some(first)).await,
            "paper" => paper::open(desk, hat, first).await,
            "consent" => consent::press(desk, hat, first, second, third, over).await,
            "student" => students::card(desk, hat, first, over).await,
            "students" => students::list(desk, hat, first, over).await,
            "today" => digest::today(desk, hat, over).await,
            "later" => mentor::later(desk, hat, first, over).await,
            "snooze" => mentor::snooze(desk, hat, first, second, over).await,
            "undo" => mentor::undo(desk, hat, first, filling.as_ref(), over).await,
            "seen" => guardian::seen(desk, hat, first, over).await,
            "reply" => relay::reply(desk, hat, first).await,
            "answer" => relay::answer(desk, hat, first).await,
            "phoned" => {
                let number = value.split_once(':').map_or("", |(_, number)| number);
                feedback::phoned(desk, hat, first, number, over).await
            }
            "overview" => staff::overview(desk, hat, first, over).await,
            "rebind" => rebind::decide(desk, visitor, hat, first, second, over).await,
            _ => settings::press(desk, visitor, hat, verb, value, over).await,
        };
        match answer {
            Ok(outcome) => return Ok(as_hat(visitor, hat, outcome)),
            Err(Trouble::Refused(why @ (Refusal::NotAllowed | Refusal::NotFound))) => refused = why,
            Err(other) => return Err(other),
        }
    }
    Err(refused.into())
}

async fn text(desk: &mut Desk<'_>, visitor: &Visitor, filling: Option<Filling>, words: &str) -> Answer {
    let Some(filling) = filling else {
        return Ok(Outcome::say(Message::here(Phrase::new("hint-no-form"))));
    };
    let Some(hat) = visitor.hat_of(&filling.person).filter(|hat| !hat.left) else {
        return Ok(Outcome::say(Message::here(Phrase::new("hint-no-form"))).form(FormChange::Close));
    };
    let saved = filling.saved.is_some();
    match form::text(desk, hat, filling.clone(), words).await {
        // After a receipt there is nothing left to press: these words belong to no form.
        Err(Trouble::Refused(Refusal::PressAButton)) if saved => {
            Ok(Outcome::say(Message::here(Phrase::new("hint-no-form"))))
        }
        // The hint first, then the question once more below it: the form stays.
        Err(Trouble::Refused(why @ Refusal::PressAButton)) => {
            let hint = Outcome::say(Message::here(Phrase::new(why.key())));
            let again = form::show_again(desk, hat, filling).await?;
            Ok(as_hat(visitor, hat, hint.and(again)))
        }
        other => Ok(as_hat(visitor, hat, other?)),
    }
}

/// `/messages`: what was written to any of the families that share the account, each under its own name.
async fn messages(desk: &mut Desk<'_>, visitor: &Visitor) -> Answer {
    let hats = hats_that_could(visitor, Act::AnswerFeedback);
    let first = hats.first().ok_or(Refusal::NotForYou)?;
    let mut all = Outcome::default();
    for hat in &hats {
        all.messages.extend(named(visitor, hat, guardian::letters(desk, hat).await?));
    }
    if all.messages.is_empty() {
        all.messages = named(visitor, first, vec![Message::here(Phrase::new("messages-none"))]);
    }
    Ok(wearing(visitor, first, all))
}

/// `/consent`: what was decided in any of the families that share the account, each under its own name.
async fn consents(desk: &mut Desk<'_>, visitor: &Visitor) -> Answer {
    let hats = hats_that_could(visitor, Act::GiveConsent);
    let first = hats.first().ok_or(Refusal::NotForYou)?;
    let mut all = Outcome::default();
    for hat in &hats {
        all.messages.extend(named(visitor, hat, consent::show(desk, hat).await?));
    }
    if all.messages.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    Ok(wearing(visitor, first, all))
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

fn cancel(filling: Option<Filling>) -> Outcome {
    let key = if filling.is_some_and(|it| it.saved.is_none()) {
        "form-cancelled"
    } else {
        "hint-nothing-to-cancel"
    };
    Outcome::say(Message::here(Phrase::new(key))).form(FormChange::Close)
}

/// What a person can do here: one line per command that is of use under any of the hats.
pub fn help(visitor: &Visitor) -> Outcome {
    let lines = menu(visitor).into_iter().map(|name| {
        Phrase::new("help-line").text("command", name).phrase("does", Phrase::new(format!("command-{name}")))
    });
    Outcome::say(Message::here(Phrase::new("help").list("lines", lines.collect(), "\n")))
        .message(menu_message(visitor))
}

/// The menu of commands of an account, by what its persons could do.
pub fn menu(visitor: &Visitor) -> Vec<&'static str> {
    let useful = |act: &Option<Act>| act.is_none_or(|act| visitor.hats.iter().any(|hat| could(hat, act)));
    COMMANDS.iter().filter(|(_, act)| useful(act)).map(|(name, _)| *name).collect()
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

/// The hat follows the command: the worn one if it could do this, else another that could.
fn hat_that_could(visitor: &Visitor, act: Act) -> Option<&Hat> {
    hats_that_could(visitor, act).first().copied()
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
