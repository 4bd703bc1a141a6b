//! A guardian's word about a child's check-ins: asked for, given, refused, withdrawn. What it means stands in
//! [`crate::school::consent`]; the text itself in `locales/*/consent.ftl`.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble, checkin,
    desk::{Around, Desk},
    lines::family,
};
use crate::{
    school::{Act, At, Consent, Decision, PersonId, Said, SchoolId, TEXT_VERSION},
    store::{Change, ConsentView, Hat, PersonRow, SchoolRow, Tx},
    text::Phrase,
};
use anyhow::Result;

/// A student may say something here, alone or together with a guardian, if that needs nobody's consent, or has it. Asked before every answer is kept, so that
/// a withdrawal holds from the moment it is pressed.
pub async fn agreed(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<(), Trouble> {
    match consent_of(desk, hat, student).await?.consent.allows() {
        true => Ok(()),
        false => Err(Refusal::NeedsConsent.into()),
    }
}

/// How it stands with a student of the hat's school.
pub async fn consent_of(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<ConsentView> {
    let rules = desk.rules(&hat.school).await?;
    let today = desk.today(&hat.school);
    desk.look().await?.consent_of(&rules, student, today).await
}

/// `/consent`: what was decided about each child, and what can be done about it.
pub async fn show(desk: &mut Desk<'_>, hat: &Hat) -> Result<Vec<Message>, Trouble> {
    let mut cards = Vec::new();
    for child in children(desk, hat).await? {
        let view = consent_of(desk, hat, &child.id).await?;
        cards.push(card(desk.read().await?, &hat.school, &child.id, &child.name, &view).await?);
    }
    Ok(cards)
}

/// What a guardian who has just joined is asked: about each child of whom nobody has decided anything.
pub async fn questions(desk: &mut Desk<'_>, hat: &Hat) -> Result<Vec<Message>, Trouble> {
    let mut cards = Vec::new();
    for child in children(desk, hat).await? {
        if consent_of(desk, hat, &child.id).await?.consent == Consent::Open {
            cards.push(question(&child.id, &child.name, &hat.school.name));
        }
    }
    Ok(cards)
}

/// The question as it is sent when the clock says so; `None` where somebody has decided by now.
pub async fn asked(
    tx: &mut Tx,
    school: &SchoolId,
    student: &PersonId,
    guardian: &PersonId,
    now: At,
) -> Result<Option<Message>> {
    let rules = tx.rules(school).await?;
    let view = tx.consent_of(&rules, student, rules.day(now)).await?;
    let is_guardian = tx.guardians_of(student).await?.iter().any(|it| it.id == *guardian);
    let Some(person) = tx.person(student).await?.filter(|it| !it.left) else { return Ok(None) };
    if view.consent != Consent::Open || !is_guardian {
        return Ok(None);
    }
    let card = question(student, &person.name, &rules.school.name);
    Ok(Some(Message {
        phrase: card.phrase,
        buttons: card.buttons,
        ..Message::to(guardian, Phrase::new("nothing"))
    }))
}

/// `consent:<student>:<what>:<version>`: a button under a card. The version is the one of the text that stood above it.
pub async fn press(
    desk: &mut Desk<'_>,
    hat: &Hat,
    student: &str,
    what: &str,
    version: &str,
    over: Option<i64>,
) -> Answer {
    let around = desk.allowed(hat, Act::GiveConsent, &student.into()).await?;
    let view = consent_of(desk, hat, &around.student).await?;
    let said = match (what, view.consent) {
        ("text", _) => return Ok(whole_text(hat, &around, &view)),
        (_, Consent::NotNeeded) | ("show", _) => return as_it_stands(desk, hat, &around, &view, over).await,
        // Nobody consents to words that were not there: the card is put anew, with the text of today behind it.
        _ if version != TEXT_VERSION.to_string() => {
            let card = as_it_stands(desk, hat, &around, &view, over).await?;
            return Ok(Outcome::say(Message::toast(Phrase::new("consent-renewed"))).and(card));
        }
        ("yes", _) => Said::Given,
        // An old card's "no" would delete answers: who meant it says so once more.
        ("no" | "stop", Consent::Given) => return Ok(Outcome::say(confirmation(&around).over(over))),
        ("no", _) => Said::Refused,
        ("end", Consent::Given) => Said::Withdrawn,
        ("stop" | "end", _) => return as_it_stands(desk, hat, &around, &view, over).await,
        _ => return Err(Refusal::StaleButton.into()),
    };
    decide(desk, hat, &around, &view, said, over).await
}

/// Puts it on record and tells whom it concerns, once per change.
async fn decide(
    desk: &mut Desk<'_>,
    hat: &Hat,
    around: &Around,
    before: &ConsentView,
    said: Said,
    over: Option<i64>,
) -> Answer {
    let decision = Decision {
        school: around.school.clone(),
        student: around.student.clone(),
        guardian: hat.person.clone(),
        version: TEXT_VERSION,
        said,
        at: desk.now(),
    };
    // A second tap is no second decision.
    let is_known = before.newest.as_ref().is_some_and(|it| *it == Decision { at: it.at, ..decision.clone() });
    if is_known {
        return as_it_stands(desk, hat, around, before, over).await;
    }
    desk.note(vec![Change::Consent(decision)]);
    let after = consent_of(desk, hat, &around.student).await?;
    let mut outcome = as_it_stands(desk, hat, around, &after, over).await?;
    if before.consent == after.consent {
        return Ok(outcome);
    }
    let guardians = desk.read().await?.guardians_of(&around.student).await?;
    let who = family(&around.name, &relation(&guardians, &hat.person));
    let heard = match said {
        Said::Given => Phrase::new("consent-heard-given").phrase("who", who).text("student", &around.name),
        Said::Refused => {
            Phrase::new("consent-heard-refused").phrase("who", who).text("student", &around.name)
        }
        Said::Withdrawn => {
            Phrase::new("consent-heard-withdrawn").phrase("who", who).text("student", &around.name)
        }
    };
    let look = || vec![button("button-consent-show", &around.student, "show")];
    let others = around.guardians.iter().filter(|it| **it != hat.person);
    outcome.messages.extend(others.map(|it| Message::to(it, heard.clone()).row(look())));
    // A child who waited is told that the waiting is over, the first time.
    let ever = desk.read().await?.decisions(&around.student).await?;
    let is_first = ever.iter().filter(|it| it.said == Said::Given).count() == 1;
    if is_first && !before.consent.allows() && after.consent.allows() {
        let words = Phrase::new("consent-told-child").text("name", &around.name);
        let taps = checkin::taps(desk, hat, &around.student).await?;
        let begin = Button::new(Phrase::new("button-checkin").number("taps", taps), "checkin:now");
        outcome.messages.push(Message::to(&around.student, words).row(vec![begin]));
    }
    if let Some(told) = told_mentors(around, before.consent, after.consent) {
        outcome.messages.extend(
            around.mentors.iter().map(|it| Message { to: super::To::Person(it.clone()), ..told.clone() }),
        );
    }
    Ok(outcome)
}

/// What the mentors hear: from now on paper, or not any more. Not who decided, and not why: that is the family's.
fn told_mentors(around: &Around, before: Consent, after: Consent) -> Option<Message> {
    let paper = Phrase::new("consent-told-paper").text("student", &around.name);
    let online = Phrase::new("consent-told-online").text("student", &around.name);
    match (before.is_no(), after.is_no()) {
        (false, true) => {
            let log = vec![Button::key("button-log-paper", format!("paper:{}", around.student))];
            Some(Message::to(&around.student, paper).row(log))
        }
        (true, false) => Some(Message::to(&around.student, online)),
        _ => None,
    }
}

/// The own children who are at the hat's school.
async fn children(desk: &mut Desk<'_>, hat: &Hat) -> Result<Vec<PersonRow>> {
    let mut children = desk.read().await?.children_of(&hat.person).await?;
    children.retain(|it| it.school == hat.school.id);
    Ok(children)
}

async fn as_it_stands(
    desk: &mut Desk<'_>,
    hat: &Hat,
    around: &Around,
    view: &ConsentView,
    over: Option<i64>,
) -> Answer {
    let card = card(desk.read().await?, &hat.school, &around.student, &around.name, view).await?;
    Ok(Outcome::say(card.over(over)))
}

/// What was decided about one child, by whom, when, about which text, and the way back.
async fn card(
    tx: &mut Tx,
    school: &SchoolRow,
    student: &PersonId,
    name: &str,
    view: &ConsentView,
) -> Result<Message> {
    let decided = match (&view.newest, view.consent) {
        (_, Consent::NotNeeded) => {
            return Ok(Message::here(Phrase::new("consent-not-needed").text("student", name)));
        }
        (None, _) | (_, Consent::Open) => return Ok(question(student, name, &school.name)),
        (Some(decided), _) => decided,
    };
    let guardians = tx.guardians_of(student).await?;
    let key = match view.consent {
        Consent::Given => "consent-given",
        Consent::Refused => "consent-refused",
        _ => "consent-withdrawn",
    };
    let phrase = Phrase::new(key)
        .text("student", name)
        .phrase("who", family(name, &relation(&guardians, &decided.guardian)))
        .day("day", decided.at.day(school.zone))
        .number("version", decided.version);
    let change = match view.consent {
        Consent::Given => button("button-consent-stop", student, "stop"),
        _ => button("button-consent-yes", student, "yes"),
    };
    Ok(Message::here(phrase).row(vec![change, text_button(student)]))
}

/// The question, short enough to be read: yes and no stand side by side, and neither is the bigger one.
fn question(student: &PersonId, name: &str, school: &str) -> Message {
    let phrase = Phrase::new("consent-ask").text("student", name).text("school", school);
    Message::here(phrase).row(choice(student)).row(vec![text_button(student)])
}

fn choice(student: &PersonId) -> Vec<Button> {
    vec![button("button-consent-yes", student, "yes"), button("button-consent-no", student, "no")]
}

/// The whole text, as new messages: the card stays where it is.
fn whole_text(hat: &Hat, around: &Around, view: &ConsentView) -> Outcome {
    let rights = Message::here(Phrase::new("consent-text-rights").number("version", TEXT_VERSION));
    let rights = match view.consent {
        Consent::Open => rights.row(choice(&around.student)),
        _ => rights.row(vec![button("button-consent-show", &around.student, "show")]),
    };
    let rights = rights.row(vec![Button::key("button-mydata", format!("mydata:{}", around.student))]);
    Outcome::say(Message::here(
        Phrase::new("consent-text-what").text("school", &hat.school.name).text("student", &around.name),
    ))
    .message(rights)
}

/// Deleting cannot be taken back, so it is said before what will be gone.
fn confirmation(around: &Around) -> Message {
    Message::here(Phrase::new("consent-stop").text("student", &around.name)).row(vec![
        button("button-consent-end", &around.student, "end"),
        button("button-consent-keep", &around.student, "show"),
    ])
}

fn text_button(student: &PersonId) -> Button {
    button("button-consent-text", student, "text")
}

fn button(key: &'static str, student: &PersonId, what: &str) -> Button {
    Button::key(key, format!("consent:{student}:{what}:{TEXT_VERSION}"))
}

fn relation(guardians: &[PersonRow], guardian: &PersonId) -> String {
    guardians.iter().find(|it| it.id == *guardian).map(|it| it.relation.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;
    use sha2::{Digest, Sha256};

    /// What guardians read before they decide.
    const TEXT: [&str; 5] =
        ["consent-ask", "consent-text-what", "consent-text-rights", "consent-stop", "consent-withdrawn"];
    /// Each version of the text with its fingerprint. A line is never changed once it was released: others consented to it.
    const VERSIONS: &[(i64, &str)] = &[(1, "4185be22b788dd0d"), (2, "41ca79cbcb6b0187")];

    fn said(texts: &Texts, language: &str, key: &'static str) -> String {
        let long = "\u{5b66}".repeat(60);
        let phrase = Phrase::new(key)
            .text("school", &long)
            .text("student", &long)
            .phrase("who", Phrase::new("words-as-typed").text("words", &long))
            .text("day", "2026-09-07")
            .text("version", "0");
        texts.html(language, &phrase)
    }

    #[test]
    fn the_text_does_not_change_without_its_version() {
        let texts = Texts::load().unwrap();
        let mut hash = Sha256::new();
        for language in texts.languages() {
            for key in TEXT {
                hash.update(said(&texts, language, key).as_bytes());
            }
        }
        let print: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            VERSIONS.last(),
            Some(&(TEXT_VERSION, print.as_str())),
            "what guardians consent to has changed. If it means something else now: raise TEXT_VERSION in \
             src/school/consent.rs by one and add the line ({}, \"{print}\") to VERSIONS above; every guardian is asked \
             again. If only a slip of the pen was mended: put \"{print}\" into the last line.",
            TEXT_VERSION + 1
        );
        assert!(VERSIONS.iter().zip(1..).all(|((version, _), n)| *version == n), "versions count from one");
    }

    #[test]
    fn each_piece_of_the_text_fits_into_a_message() {
        let texts = Texts::load().unwrap();
        for language in texts.languages() {
            for key in TEXT {
                let units = said(&texts, language, key).encode_utf16().count();
                assert!(units <= 4096, "{language}: {key} has {units}");
            }
        }
    }

    #[test]
    fn the_longest_button_fits_into_telegrams_64_bytes() {
        let student = PersonId::from("0".repeat(32));
        for what in ["yes", "no", "stop", "end", "show", "text"] {
            assert!(button("button-consent-yes", &student, what).data.len() + 3 <= 64, "{what}");
        }
    }
}
