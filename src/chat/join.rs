//! Joining: an account becomes a person by a one-time code.

use super::{
    Answer, Button, Message, Outcome, Refusal, Said, checkin, consent,
    desk::{Desk, could},
    doors::Knock,
    rebind, router,
};
use crate::{
    school::{Act, Role},
    store::{Change, Hat, Redeemed, Visitor, hash_code},
    text::Phrase,
};

/// The languages that a stranger may choose, the default first.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// `/start`, with a code or without.
pub async fn start(it: Knock<'_, '_>) -> Answer {
    match it.visitor.worn().filter(|hat| !hat.left) {
        _ if !it.value.is_empty() => with_code(it.desk, it.visitor, it.value).await,
        Some(hat) => Ok(router::as_hat(it.visitor, hat, router::help(it.visitor))),
        None => Ok(Outcome::say(hello(None))),
    }
}

/// `/start CODE`.
pub async fn with_code(desk: &mut Desk<'_>, visitor: &Visitor, code: &str) -> Answer {
    let now = desk.now();
    let account = &visitor.account;
    let redeemed = desk.read().await?.look_at_code(account, code, now).await?;
    let key = match redeemed.clone() {
        Redeemed::Good(person, school) => {
            let before = rebind::address(desk, &person).await?.filter(|it| it.account != *account);
            let joined = Change::Bind {
                account: account.clone(),
                person: person.clone(),
                school,
                code_hash: hash_code(code),
            };
            desk.note(vec![joined]);
            let visitors = desk.read().await?.visitors(std::slice::from_ref(account), now).await?;
            let visitor = visitors.into_values().next().ok_or(Refusal::NotFound)?;
            let hat = visitor.hat_of(&person).ok_or(Refusal::NotFound)?;
            let mut outcome = welcome(desk, &visitor, hat).await?;
            if let Some(before) = before {
                outcome.messages.extend(rebind::farewell(desk, &before, rebind::moved(&before)).await?);
            }
            return Ok(outcome.speaker(visitor));
        }
        Redeemed::Used { by_you: true } => return Ok(router::help(visitor)),
        Redeemed::TooMany => return Ok(Outcome::say(Message::here(Phrase::new("join-too-many")))),
        Redeemed::Unknown => "join-unknown-code",
        Redeemed::Used { by_you: false } => "join-used",
        Redeemed::Expired => "join-expired",
        Redeemed::Revoked => "join-revoked",
    };
    if redeemed == Redeemed::Unknown {
        // A guess. A code that was good once is none: whoever scans an old slip again and again locks nobody out.
        return Ok(Outcome::say(Message::here(Phrase::new(key))).change(Change::WrongCode(account.clone())));
    }
    let offered = rebind::offer(desk, code).await?;
    Ok(Outcome::say(offered.unwrap_or_else(|| Message::here(Phrase::new(key)))))
}

/// Whoever has not joined: a kind sentence and what to do.
pub fn stranger(visitor: &Visitor, said: &Said) -> Answer {
    match said {
        Said::Press { data, message, .. } => {
            let language = data.strip_prefix("lang:").filter(|it| LANGUAGES.contains(it));
            let language = language.ok_or(Refusal::StaleButton)?.to_owned();
            let change = Change::AccountLanguage(visitor.account.clone(), language.clone());
            // The hint stands in the language that was just chosen.
            let speaker = Visitor { language, ..visitor.clone() };
            Ok(Outcome::say(hello(Some(*message))).change(change).speaker(speaker))
        }
        _ => Ok(Outcome::say(hello(None))),
    }
}

fn hello(over: Option<i64>) -> Message {
    let languages = LANGUAGES.map(|it| Button::key(format!("language-{it}"), format!("lang:{it}")));
    Message::here(Phrase::new("join-stranger")).over(over).row(languages.into())
}

/// Name, school, what for, and the first thing to do: no further question but the one that the law asks of a guardian.
pub async fn welcome(desk: &mut Desk<'_>, visitor: &Visitor, hat: &Hat) -> Answer {
    let is = |role| hat.posts.iter().any(|post| post.role == role);
    let waits = is(Role::Student) && !consent::consent_of(desk, hat, &hat.person).await?.consent.allows();
    let key = if waits {
        "join-welcome-child"
    } else if is(Role::Student) {
        "join-welcome-student"
    } else if is(Role::Guardian) {
        "join-welcome-guardian"
    } else if could(hat, Act::LogTalk) {
        "join-welcome-mentor"
    } else {
        "join-welcome-staff"
    };
    let children = desk.read().await?.children_of(&hat.person).await?;
    let children =
        children.into_iter().map(|it| Phrase::new("words-as-typed").text("words", it.name)).collect();
    let phrase = Phrase::new(key).text("name", &hat.name).text("school", &hat.school.name).list(
        "children",
        children,
        "joint-comma",
    );
    let checks_in = is(Role::Student) && !waits;
    let taps = if checks_in { checkin::taps(desk, hat, &hat.person).await? } else { 0 };
    let commands = router::work(hat);
    let mut message = Message::here(phrase.number("taps", taps).list("commands", commands, "\n"));
    if checks_in {
        let label = Phrase::new("button-checkin").number("taps", taps);
        message = message.row(vec![Button::new(label, "checkin:now")]);
    }
    if could(hat, Act::LogTalk) {
        message = message
            .row(vec![Button::key("button-today", "today:"), Button::key("button-students", "students:0")]);
    }
    let mut outcome = Outcome::say(message).message(router::menu_message(visitor));
    if could(hat, Act::GiveConsent) {
        outcome.messages.extend(consent::questions(desk, hat).await?);
    }
    Ok(outcome)
}
