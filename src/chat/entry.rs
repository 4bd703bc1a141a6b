//! The other kinds of records: the menu of their forms, and the one way from answers to a record.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble,
    desk::{Desk, actor, could},
    filling::Filling,
    form::{Finished, Form},
    forms, matter, mentor,
    steps::Ask,
};
use crate::{
    school::{About, Act, Body, Entry, Kind, PersonId, Role, may},
    store::Hat,
    text::Phrase,
};
use chrono::Datelike;
use futures_util::{FutureExt, future::BoxFuture};

/// `/record`: every form beyond the daily ones that this person could fill in.
pub async fn menu(hat: &Hat) -> Answer {
    let buttons = buttons("", |form| could(hat, form.act));
    match buttons.is_empty() {
        true => Err(Refusal::NotForYou.into()),
        false => {
            let mut message = Message::here(Phrase::new("record-menu")).rows(buttons);
            if could(hat, Act::LeadGroup) {
                message = message.row(vec![Button::key("button-groups", "group:")]);
            }
            Ok(Outcome::say(message))
        }
    }
}

/// `record:<student>`: those about this student.
pub async fn about_student(desk: &mut Desk<'_>, hat: &Hat, student: &str, over: Option<i64>) -> Answer {
    let around = desk.allowed(hat, Act::KeepFile, &student.into()).await?;
    let asks_whom = |form: &Form| form.steps.iter().any(|step| matches!(step.ask, Ask::Student));
    let is_useful = |form: &Form| {
        asks_whom(form) && may(&actor(hat), form.act, &around.subject()) && (form.suits)(&around).is_ok()
    };
    let message = Message::here(Phrase::new("record-menu-about").text("student", &around.name))
        .rows(buttons(student, is_useful))
        .row(vec![Button::key(
            "button-back-to-card",
            match may(&actor(hat), Act::ReadStudents, &around.subject()) {
                true => format!("student:{student}"),
                false => format!("file:{student}:0"),
            },
        )]);
    Ok(Outcome::say(message.over(over)))
}

/// A button for each form of the menu, two to a row.
fn buttons(whom: &str, is_useful: impl Fn(&Form) -> bool) -> Vec<Vec<Button>> {
    let forms = forms::MENU.iter().filter(|form| is_useful(form));
    let button =
        |form: &&Form| Button::key(format!("form-{}", form.name), format!("log:{}:{whom}", form.name));
    forms.map(button).collect::<Vec<_>>().chunks(2).map(<[Button]>::to_vec).collect()
}

/// `log:<form>:<student, class or group>:<form of the record>`: opens a form. Without anything after the first, it asks about
/// what; what a rule asks for is answered already.
pub async fn log(desk: &mut Desk<'_>, hat: &Hat, form: &str, about: &str, word: &str) -> Answer {
    let form = forms::MENU.iter().find(|it| it.name == form).ok_or(Refusal::StaleButton)?;
    let word = form.makes.and_then(|kind| kind.form(word));
    matter::open(desk, hat, form, about, word).await
}

/// A record of whatever kind the form makes, with its answers by step.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (entry, said) = entry(filling)?;
        mentor::record(desk, hat, filling, Body::Entry(entry), said).await
    }
    .boxed()
}

/// A month's two taps, and the next of the own students who has none of that month yet.
pub fn finish_performance<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let mut finished = finish(desk, hat, filling).await?;
        let day = filling.day(desk.now(), hat.school.zone);
        let has_left_out = |id: &PersonId| filling.who.iter().all(|(it, _)| it != id);
        let form = &forms::PERFORMANCE;
        let own = matter::students(desk, hat, form, &Filling::new(form, &hat.person)).await?;
        for (id, name) in own.iter().filter(|(id, _)| has_left_out(id)) {
            let tx = desk.read().await?;
            let last = tx.latest_about(&hat.school.id, &id.into(), Kind::Performance, None, day).await?;
            if last.is_none_or(|it| it.day < day.with_day(1).unwrap_or(day)) {
                let label = Phrase::new("button-next-student").text("student", name);
                let next = Button::new(label, format!("log:performance:{id}"));
                finished.receipt = finished.receipt.row(vec![next]);
                break;
            }
        }
        Ok(finished)
    }
    .boxed()
}

/// What a filling keeps, and what is said of it: never the words themselves, which may be about a child's troubles.
pub(super) fn entry(filling: &Filling) -> Result<(Entry, Phrase), Refusal> {
    let form: &Form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
    let kind = form.makes.ok_or(Refusal::StaleButton)?;
    let word = filling.one("form").or(form_of(form)).unwrap_or_default().to_owned();
    let is_kept = |name: &str| {
        !["form", "day"].contains(&name) && form.step(name).is_some_and(|step| filling.asks(step))
    };
    let answers = filling.answers.iter().filter(|(name, _)| is_kept(name));
    let answers = answers.map(|(name, values)| (name.clone(), values.clone())).collect();
    let said = match word.is_empty() {
        true => Phrase::new(format!("duty-{kind}")),
        false => Phrase::new(format!("{kind}-{word}")),
    };
    Ok((Entry { kind, form: word, answers }, said))
}

/// The one form that all records of a form have which does not ask for it.
fn form_of(form: &Form) -> Option<&'static str> {
    match (form.makes?, form.about) {
        (Kind::Session, About::Class) => Some("parents_class"),
        (Kind::Session, _) => Some("mentor_session"),
        _ => None,
    }
}

/// A senior student is named by number or name; the pair is on record with both.
pub fn finish_buddy<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let named = filling.one("senior").ok_or(Refusal::StaleButton)?;
        let found = desk.read().await?.people_called(&hat.school.id, &[Role::Student], named).await?;
        let is_junior = |id: &PersonId| filling.who.iter().any(|(junior, _)| junior == id);
        let [senior] = found.as_slice() else {
            return Err(
                if found.is_empty() { Refusal::NoSuchStudent } else { Refusal::SeveralStudents }.into()
            );
        };
        if is_junior(&senior.id) {
            return Err(Refusal::NoSuchStudent.into());
        }
        let (mut entry, said) = entry(filling)?;
        entry.answers.insert("senior".to_owned(), vec![senior.name.clone()]);
        let mut pair = filling.clone();
        pair.who.push((senior.id.clone(), senior.name.clone()));
        mentor::record(desk, hat, &pair, Body::Entry(entry), said).await
    }
    .boxed()
}
