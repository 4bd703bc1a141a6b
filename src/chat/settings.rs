//! A person's own settings: language, quiet hours, and which hat is worn.

use super::{Answer, Button, Message, Outcome, Refusal, desk::Desk, router};
use crate::{
    school::PersonId,
    store::{Change, Hat, Visitor},
    text::Phrase,
};

/// Quiet hours a person may choose beside the school's own; they only ever make it quieter.
const QUIET: &[(&str, &str)] = &[("20:00", "07:30"), ("18:00", "08:00")];
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
    for other in visitor.hats.iter().filter(|it| !it.left && it.person != hat.person) {
        let label =
            Phrase::new("button-hat").text("name", &other.known_as).text("school", &other.school.name);
        message = message.row(vec![Button::new(label, format!("hat:{}", other.person))]);
    }
    Ok(Outcome::say(message))
}

/// A button of the settings.
pub async fn press(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    hat: &Hat,
    verb: &str,
    value: &str,
    over: Option<i64>,
) -> Answer {
    let mut visitor = visitor.clone();
    let person = match verb {
        "hat" => PersonId::from(value),
        _ => hat.person.clone(),
    };
    let now = visitor.hats.iter_mut().find(|it| it.person == person).ok_or(Refusal::StaleButton)?;
    let change = match verb {
        "lang" if LANGUAGES.contains(&value) => {
            now.language = value.to_owned();
            Change::Language(person, value.to_owned())
        }
        "quiet" => {
            let chosen = QUIET.iter().find(|(from, to)| value == format!("{from}-{to}"));
            let (from, to) = match chosen {
                Some((from, to)) => ((*from).to_owned(), (*to).to_owned()),
                None if value == "school" => (String::new(), String::new()),
                None => return Err(Refusal::StaleButton.into()),
            };
            now.quiet = (from.clone(), to.clone());
            Change::Quiet(person, from, to)
        }
        // The router has put the hat on already.
        "hat" => Change::Wear(visitor.account.clone(), person),
        _ => return Err(Refusal::StaleButton.into()),
    };
    let hat = now.clone();
    if verb == "hat" {
        visitor.hat = Some(hat.person.clone());
    }
    let mut outcome = show(desk, &visitor, &hat, over).await?.change(change);
    if verb == "lang" {
        // The menu's words follow the language.
        outcome = outcome.message(router::menu_message(&visitor));
    }
    Ok(outcome.speaker(visitor))
}
