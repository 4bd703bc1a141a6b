//! The one engine that runs all forms. A form is data ([`super::forms`]); what has been answered so far is a [`Filling`],
//! kept in the same transaction as everything else, so that a deploy or a crash between two taps loses nothing.

use super::{
    Answer, Button, FormChange, Message, Outcome, Refusal, Trouble,
    desk::{Desk, could, may_own},
    form_screen, forms,
};
use crate::{
    clock::fresh_id,
    school::{Act, Day, PersonId, RecordId},
    store::{Change, Hat},
    text::Phrase,
};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A form: its steps in the order in which a person sees them.
pub struct Form {
    /// Its name; its texts derive from it (`form-talk-topics`).
    pub name: &'static str,
    /// The right it takes, asked again when it is finished.
    pub act: Act,
    /// The steps.
    pub steps: &'static [Step],
    /// What [`Ask::Confirm`] shows.
    pub preview: Option<fn(&Hat, &Filling) -> Phrase>,
    /// From the answers to records and messages. Called when all that must be answered is, and again (under the same
    /// record id) for each thing added afterwards.
    pub finish: Finish,
}

/// How a form is finished.
pub type Finish =
    for<'a> fn(&'a mut Desk<'_>, &'a Hat, &'a Filling) -> BoxFuture<'a, Result<Finished, Trouble>>;

/// One step of a form.
pub struct Step {
    /// Its name, at most ten letters.
    pub name: &'static str,
    /// When it is asked.
    pub when: When,
    /// What is asked.
    pub ask: Ask,
}

/// When a step is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Always; the form is finished when all of these are answered.
    Must,
    /// Only if its button under the steps before is pressed.
    Aside,
    /// After the form is finished, by a button under the receipt; the first text among them may simply be typed.
    After,
}

/// What a step asks. Options are words; their labels are the keys `<prefix>-<word>`.
pub enum Ask {
    /// One of a few, side by side.
    Scale(&'static str, &'static [&'static str]),
    /// One of several, two to a row.
    One(&'static str, &'static [&'static str]),
    /// Any of several, then "done".
    Several(&'static str, &'static [&'static str]),
    /// One of the own students.
    Student,
    /// More of the own students, then "done".
    Students,
    /// One of the last seven days.
    Day,
    /// Own words, at most so many characters.
    Text(usize),
    /// The preview, to be confirmed.
    Confirm,
}

/// A form that is being filled in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Filling {
    /// The form.
    pub form: String,
    /// Tells this filling's buttons from older ones.
    pub id: String,
    /// The person who fills it in: an account may have several hats.
    pub person: PersonId,
    /// The step that is open; '' when nothing is asked.
    pub step: String,
    /// Answers by step.
    #[serde(default)]
    pub answers: BTreeMap<String, Vec<String>>,
    /// Steps whose answer is final.
    #[serde(default)]
    pub done: Vec<String>,
    /// Students that were picked, with their names.
    #[serde(default)]
    pub who: Vec<(PersonId, String)>,
    /// What else it is about: the words it answers.
    #[serde(default)]
    pub about: String,
    /// The record it makes: the same one for each addition.
    pub record: RecordId,
    /// Whether it was finished once.
    #[serde(default)]
    pub saved: bool,
    /// The page of a long list.
    #[serde(default)]
    pub page: usize,
}

/// A finished form.
pub struct Finished {
    /// What changes.
    pub changes: Vec<Change>,
    /// What others are told.
    pub messages: Vec<Message>,
    /// What the person sees instead of the form.
    pub receipt: Phrase,
    /// Buttons under the receipt, besides those of the steps that may follow.
    pub buttons: Vec<Button>,
    /// Under which name the receipt is found again.
    pub place: Option<String>,
}

/// A press on a form's button.
pub struct FormPress<'a> {
    /// The filling that it belongs to.
    pub id: &'a str,
    /// The step, or `_` for what concerns the form.
    pub step: &'a str,
    /// The value.
    pub value: &'a str,
    /// The message under which the button stands.
    pub message: i64,
}

impl Filling {
    /// An empty form for a person.
    pub fn new(form: &Form, person: &PersonId) -> Filling {
        let id: String = fresh_id::<RecordId>().as_str().chars().rev().take(8).collect();
        Filling {
            form: form.name.to_owned(),
            id,
            person: person.clone(),
            step: String::new(),
            answers: BTreeMap::new(),
            done: Vec::new(),
            who: Vec::new(),
            about: String::new(),
            record: fresh_id(),
            saved: false,
            page: 0,
        }
    }

    /// With a student who is already picked.
    pub fn with_student(mut self, step: &str, student: &PersonId, name: &str) -> Filling {
        self.who.push((student.clone(), name.to_owned()));
        self.done.push(step.to_owned());
        self
    }

    /// The one answer of a step.
    pub fn one(&self, step: &str) -> Option<&str> {
        self.answers.get(step).and_then(|values| values.first()).map(String::as_str)
    }

    /// All answers of a step.
    pub fn all(&self, step: &str) -> &[String] {
        self.answers.get(step).map_or(&[], Vec::as_slice)
    }

    /// The day that was chosen, or today.
    pub fn day(&self, today: Day) -> Day {
        self.one("day").and_then(|day| day.parse().ok()).unwrap_or(today)
    }

    fn answer(&mut self, step: &str, value: String) {
        self.answers.insert(step.to_owned(), vec![value]);
        self.settle(step);
    }

    fn settle(&mut self, step: &str) {
        if !self.done.iter().any(|it| it == step) {
            self.done.push(step.to_owned());
        }
    }

    pub(super) fn is_done(&self, step: &str) -> bool {
        self.done.iter().any(|it| it == step)
    }
}

/// Opens a form, or goes on with one that was seeded with answers.
pub async fn open(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    filling: Filling,
    over: Option<i64>,
) -> Answer {
    let own = !form.steps.iter().any(|step| matches!(step.ask, Ask::Student)) && filling.who.is_empty();
    if !(if own { may_own(hat, form.act) || could(hat, form.act) } else { could(hat, form.act) }) {
        return Err(Refusal::NotForYou.into());
    }
    go_on(desk, hat, form, filling, over).await
}

/// A button of the open form was pressed.
pub async fn press(desk: &mut Desk<'_>, hat: &Hat, mut filling: Filling, press: FormPress<'_>) -> Answer {
    let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
    if press.id != filling.id {
        return Err(Refusal::StaleButton.into());
    }
    let over = Some(press.message);
    if press.step == "_" {
        return navigate(desk, hat, form, filling, press.value, over).await;
    }
    let step = form.steps.iter().find(|step| step.name == press.step).ok_or(Refusal::StaleButton)?;
    if filling.step != step.name {
        // A second tap on the same button, or a button of a step that is over: the answer stands.
        return Ok(Outcome::default());
    }
    if let Some(page) = press.value.strip_prefix('>') {
        filling.page = page.parse().unwrap_or(0);
        return show(desk, hat, form, filling, over).await;
    }
    match &step.ask {
        Ask::Scale(_, options) | Ask::One(_, options) => {
            if !options.contains(&press.value) {
                return Err(Refusal::StaleButton.into());
            }
            filling.answer(step.name, press.value.to_owned());
        }
        Ask::Several(_, options) => {
            if press.value != DONE {
                if !options.contains(&press.value) {
                    return Err(Refusal::StaleButton.into());
                }
                toggle(filling.answers.entry(step.name.to_owned()).or_default(), press.value);
                return show(desk, hat, form, filling, over).await;
            }
            if filling.all(step.name).is_empty() {
                return Err(Refusal::ChooseOne.into());
            }
            filling.settle(step.name);
        }
        Ask::Student => {
            let around = desk.allowed(hat, form.act, &press.value.into()).await?;
            filling.who = vec![(around.student, around.name)];
            filling.settle(step.name);
        }
        Ask::Students => {
            if press.value != DONE {
                let around = desk.allowed(hat, form.act, &press.value.into()).await?;
                match filling.who.iter().position(|(id, _)| *id == around.student) {
                    Some(at) if filling.who.len() > 1 => drop(filling.who.remove(at)),
                    Some(_) => return Err(Refusal::ChooseOne.into()),
                    None => filling.who.push((around.student, around.name)),
                }
                return show(desk, hat, form, filling, over).await;
            }
            filling.settle(step.name);
        }
        Ask::Day => {
            let today = desk.today(&hat.school);
            let day: Day = press.value.parse().map_err(|_| Refusal::StaleButton)?;
            if day > today || (today - day).num_days() > DAYS_BACK {
                return Err(Refusal::StaleButton.into());
            }
            filling.answer(step.name, day.to_string());
        }
        Ask::Confirm if press.value == DONE => filling.settle(step.name),
        Ask::Confirm | Ask::Text(_) => return Err(Refusal::StaleButton.into()),
    }
    go_on(desk, hat, form, filling, over).await
}

/// A line was typed while the form is open. `None`: the open step does not take words.
pub async fn text(desk: &mut Desk<'_>, hat: &Hat, mut filling: Filling, words: &str) -> Answer {
    let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
    let step = form.steps.iter().find(|step| step.name == filling.step);
    match step.map(|step| (&step.ask, step.name)) {
        Some((Ask::Text(limit), name)) => {
            let words = words.trim();
            if words.chars().count() > *limit {
                return Err(Refusal::TooLong.into());
            }
            filling.answer(name, words.to_owned());
            go_on(desk, hat, form, filling, None).await
        }
        _ => Err(Refusal::PressAButton.into()),
    }
}

/// The value that ends a choice of several.
pub(super) const DONE: &str = "ok";
/// How many days back something can be put on record.
pub(super) const DAYS_BACK: i64 = 6;

async fn navigate(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    mut filling: Filling,
    value: &str,
    over: Option<i64>,
) -> Answer {
    if let Some(name) = value.strip_prefix('@') {
        let step = form.steps.iter().find(|step| step.name == name).ok_or(Refusal::StaleButton)?;
        filling.step = step.name.to_owned();
        filling.done.retain(|it| it != name);
        return show(desk, hat, form, filling, over).await;
    }
    match value {
        "cancel" => Ok(Outcome::say(Message::here(Phrase::new("form-cancelled")).over(over)).form(FormChange::Close)),
        "close" => {
            let finished = (form.finish)(desk, hat, &filling).await?;
            let message = Message { place: finished.place, ..Message::here(finished.receipt) };
            Ok(Outcome::say(message.over(over).row(finished.buttons)).form(FormChange::Close))
        }
        "skip" => {
            let name = filling.step.clone();
            filling.answers.remove(&name);
            filling.settle(&name);
            go_on(desk, hat, form, filling, over).await
        }
        "back" => {
            // Back from an aside step is to the step it was opened from; else to the last one that was answered.
            let aside = form.steps.iter().any(|step| step.name == filling.step && step.when != When::Must);
            if !aside && let Some(last) = filling.done.iter().rposition(|it| is_must(form, it)) {
                filling.done.remove(last);
            }
            go_on(desk, hat, form, filling, over).await
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// Asks the next step that is not answered, or finishes.
async fn go_on(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    mut filling: Filling,
    over: Option<i64>,
) -> Answer {
    let next = form.steps.iter().find(|step| step.when == When::Must && !filling.is_done(step.name));
    if let Some(step) = next {
        if filling.step != step.name {
            filling.page = 0;
        }
        filling.step = step.name.to_owned();
        return show(desk, hat, form, filling, over).await;
    }
    finish(desk, hat, form, filling, over).await
}

async fn finish(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    mut filling: Filling,
    over: Option<i64>,
) -> Answer {
    if filling.who.is_empty() {
        if !may_own(hat, form.act) && !could(hat, form.act) {
            return Err(Refusal::NotAllowed.into());
        }
    } else {
        for (student, _) in &filling.who {
            desk.allowed(hat, form.act, student).await?;
        }
    }
    let finished = (form.finish)(desk, hat, &filling).await?;
    filling.saved = true;
    let left: Vec<&Step> =
        form.steps.iter().filter(|step| step.when == When::After && !filling.is_done(step.name)).collect();
    let listening = left.iter().find(|step| matches!(step.ask, Ask::Text(_)));
    filling.step = listening.map_or(String::new(), |step| step.name.to_owned());
    let mut rows = form_screen::after_rows(form, &filling);
    if !finished.buttons.is_empty() {
        rows.push(finished.buttons);
    }
    let receipt = Message { place: finished.place, ..Message::here(finished.receipt).over(over).rows(rows) };
    let mut outcome = Outcome { changes: finished.changes, ..Outcome::say(receipt) };
    outcome.messages.extend(finished.messages);
    let form = if left.is_empty() { FormChange::Close } else { FormChange::Set(filling) };
    Ok(outcome.form(form))
}

async fn show(desk: &mut Desk<'_>, hat: &Hat, form: &'static Form, filling: Filling, over: Option<i64>) -> Answer {
    let message = form_screen::screen(desk, hat, form, &filling).await?;
    Ok(Outcome::say(message.over(over)).form(FormChange::Set(filling)))
}

/// The open form once more, as a new message: after a restart, a hint, or `/checkin` while one is open.
pub async fn show_again(desk: &mut Desk<'_>, hat: &Hat, filling: Filling) -> Answer {
    let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
    show(desk, hat, form, filling, None).await
}

fn is_must(form: &Form, step: &str) -> bool {
    form.steps.iter().any(|it| it.name == step && it.when == When::Must)
}

fn toggle(values: &mut Vec<String>, value: &str) {
    match values.iter().position(|it| it == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value.to_owned()),
    }
}
