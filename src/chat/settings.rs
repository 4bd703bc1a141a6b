//! A person's own settings: language, quiet hours, and which hat is worn.

use super::{
    Answer, Button, Message, Outcome, Refusal,
    desk::{Desk, could},
    doors::Knock,
    router,
};
use crate::{
    school::{Act, PersonId},
    store::{Change, Hat, Visitor},
    text::Phrase,
};
use chrono::NaiveTime;

/// Quiet hours a person may choose beside the school's own; they only ever make it quieter.
const QUIET: &[(&str, &str)] = &[("20:00", "07:30"), ("18:00", "08:00")];
/// Hours at which a member of staff may want the day's list beside the school's own.
const DIGEST: &[&str] = &["12:10", "16:30", "18:30"];
/// The languages, the default first.
const LANGUAGES: &[&str] = &["zh-CN", "en"];

/// `/settings`.
pub async fn show(desk: &mut Desk<'_>, visitor: &Visitor, hat: &Hat, over: Option<i64>) -> Answer {
    let rules = desk.rules(&hat.school).await?;
    let policy = rules.policy(desk.today(&hat.school));
    let school = policy.quiet;
    let language = if hat.language.is_empty() { &hat.school.language } else { &hat.language };
    let quiet = match (hat.quiet.0.parse(), hat.quiet.1.parse()) {
        (Ok(from), Ok(to)) => Phrase::new("settings-quiet-own").time("from", from).time("to", to),
        _ => Phrase::new("settings-quiet-school").time("from", school.from).time("to", school.to),
    };
    let phrase = Phrase::new("settings")
        .text("name", &hat.known_as)
        .text("school", &hat.school.name)
        .phrase("language", Phrase::new(format!("language-{language}")))
        .phrase("quiet", quiet);
    let languages = LANGUAGES.iter().map(|it| Button::key(format!("language-{it}"), format!("lang:{it}")));
    let mut hours = vec![Button::new(
        Phrase::new("button-quiet").time("from", school.from).time("to", school.to),
        "quiet:school",
    )];
    for (from, to) in QUIET {
        if let (Ok(start), Ok(end)) = (from.parse(), to.parse()) {
            let label = Phrase::new("button-quiet").time("from", start).time("to", end);
            hours.push(Button::new(label, format!("quiet:{from}-{to}")));
        }
    }
    let mut message = Message::here(phrase).over(over).row(languages.collect()).row(hours);
    if could(hat, Act::SeeDuties) {
        let school = policy.slots.digest.time();
        let own = desk.read().await?.addresses(std::slice::from_ref(&hat.person)).await?.remove(&hat.person);
        let at = own.and_then(|it| it.digest_from).unwrap_or(school);
        let label = |time| {
            Phrase::new(if time == at { "button-digest-now" } else { "button-digest" }).time("time", time)
        };
        let own = DIGEST.iter().filter_map(|it| it.parse::<NaiveTime>().ok().map(|time| (*it, time)));
        let own = own.filter(|(_, time)| *time > school);
        let own = own.map(|(word, time)| Button::new(label(time), format!("digest:{word}")));
        message = message.row([Button::new(label(school), "digest:school")].into_iter().chain(own).collect());
    }
    if could(hat, Act::Snooze) {
        message = message.row(vec![Button::key("button-put-off", "waiting:")]);
    }
    for other in visitor.hats.iter().filter(|it| !it.left && it.person != hat.person) {
        let label =
            Phrase::new("button-hat").text("name", &other.known_as).text("school", &other.school.name);
        message = message.row(vec![Button::new(label, format!("hat:{}", other.person))]);
    }
    Ok(Outcome::say(message))
}

/// `lang:<language>`: and the menu's words follow it.
pub async fn language(it: Knock<'_, '_>, hat: &Hat) -> Answer {
    let language = LANGUAGES.iter().find(|known| **known == it.value).ok_or(Refusal::StaleButton)?;
    let changed = Hat { language: (*language).to_owned(), ..hat.clone() };
    let change = Change::Language(hat.person.clone(), changed.language.clone());
    let outcome = shown(it, changed, change).await?;
    let menu = outcome.speaker.as_deref().map(router::menu_message);
    Ok(menu.into_iter().fold(outcome, Outcome::message))
}

/// `quiet:<from>-<to>` or `quiet:school`.
pub async fn quiet(it: Knock<'_, '_>, hat: &Hat) -> Answer {
    let chosen = QUIET.iter().find(|(from, to)| it.value == format!("{from}-{to}"));
    let (from, to) = match chosen {
        Some((from, to)) => ((*from).to_owned(), (*to).to_owned()),
        None if it.value == "school" => (String::new(), String::new()),
        None => return Err(Refusal::StaleButton.into()),
    };
    let change = Change::Quiet(hat.person.clone(), from.clone(), to.clone());
    shown(it, Hat { quiet: (from, to), ..hat.clone() }, change).await
}

/// `digest:<time>` or `digest:school`: from when on the day's list comes. Never before the school's own hour, and quiet hours
/// hold it back as they hold everything.
pub async fn digest(it: Knock<'_, '_>, hat: &Hat) -> Answer {
    let from = match DIGEST.iter().find(|time| **time == it.value) {
        Some(time) => (*time).to_owned(),
        None if it.value == "school" => String::new(),
        None => return Err(Refusal::StaleButton.into()),
    };
    it.desk.note(vec![Change::DigestFrom(hat.person.clone(), from)]);
    show(it.desk, it.visitor, hat, it.over).await
}

/// `hat:<person>`: speaks as this person from now on, if the account is that person.
pub async fn wear(it: Knock<'_, '_>) -> Answer {
    let hat = it.visitor.hat_of(&PersonId::from(it.value)).filter(|hat| could(hat, Act::ChangeSettings));
    let hat = hat.ok_or(Refusal::NotAllowed)?.clone();
    let change = Change::Wear(it.visitor.account.clone(), hat.person.clone());
    let visitor = Visitor { hat: Some(hat.person.clone()), ..it.visitor.clone() };
    let outcome = shown(Knock { visitor: &visitor, ..it }, hat.clone(), change).await?;
    Ok(router::as_hat(&visitor, &hat, outcome))
}

/// The settings as they are after a change.
async fn shown(it: Knock<'_, '_>, changed: Hat, change: Change) -> Answer {
    let mut visitor = it.visitor.clone();
    for hat in visitor.hats.iter_mut().filter(|hat| hat.person == changed.person) {
        hat.clone_from(&changed);
    }
    Ok(show(it.desk, &visitor, &changed, it.over).await?.change(change).speaker(visitor))
}
