//! The one engine that runs all forms. A form is data ([`super::forms`]); what has been answered so far is a [`Filling`],
//! kept in the same transaction as everything else, so that a deploy or a crash between two taps loses nothing.

pub use super::steps::{Ask, Finished, Form, Step, When};
use super::{
    Answer, FormChange, How, Message, Outcome, Refusal, Trouble, consent,
    desk::{Desk, could, may_own},
    filling::Filling,
    form_screen, forms, matter,
};
use crate::{
    school::{Act, Day},
    store::Hat,
    text::Phrase,
};
use chrono::Duration;

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
    briefed(desk, hat, form, filling, over).await
}

/// Goes on under what is worth reading first, if the form has such a thing and is about something by now.
async fn briefed(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    filling: Filling,
    over: Option<i64>,
) -> Answer {
    match form.brief.filter(|_| filling.matter.is_some()) {
        Some(brief) => {
            let brief = brief(desk, hat, &filling).await?.over(over);
            Ok(Outcome::say(brief).and(go_on(desk, hat, form, filling, None).await?))
        }
        None => go_on(desk, hat, form, filling, over).await,
    }
}

/// Opens a form about a student, if it may be about this one; without one, the form asks for one.
pub async fn open_about(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    student: Option<&str>,
) -> Answer {
    let mut filling = Filling::new(form, &hat.person);
    if let Some(student) = student {
        let around = desk.allowed(hat, form.act, &student.into()).await?;
        (form.suits)(&around)?;
        filling = filling.with_student("who", &around.student, &around.name);
    }
    open(desk, hat, form, filling, None).await
}

/// Opens a form that was filled in before at one of its steps: with the answer to it, it is finished again.
pub async fn open_at(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    mut filling: Filling,
    step: &Step,
) -> Answer {
    filling.done.retain(|it| it != step.name);
    filling.answers.remove(step.name);
    go_on(desk, hat, form, filling, None).await
}

/// A button of the open form was pressed.
pub async fn press(desk: &mut Desk<'_>, hat: &Hat, mut filling: Filling, press: FormPress<'_>) -> Answer {
    let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
    if press.id != filling.id {
        return Err(Refusal::StaleButton.into());
    }
    let over = Some(press.message);
    // Whoever has to wait for a guardian's word may still leave.
    if press.value != "cancel" {
        may_answer(desk, hat, form, &filling).await?;
    }
    if press.step == "_" {
        return navigate(desk, hat, form, filling, press.value, over).await;
    }
    let step = form.step(press.step).ok_or(Refusal::StaleButton)?;
    if filling.step != step.name {
        // A second tap on the same button, or a button of a step that is over: the answer stands.
        return Ok(Outcome::default());
    }
    if let Some(page) = press.value.strip_prefix('>') {
        if page == ALL {
            filling.find.clear();
        }
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
            let (student, name) = matter::student(desk, hat, form, &filling, press.value).await?;
            filling = filling.with_student(step.name, &student, &name);
        }
        Ask::Students => {
            if press.value != DONE {
                // Who was looked for is found: the list shows everybody again, with the ticks.
                filling.find.clear();
                match filling.who.iter().position(|(id, _)| id.as_str() == press.value) {
                    // Who may be named no more can still be taken off.
                    Some(at) if filling.who.len() > 1 => drop(filling.who.remove(at)),
                    Some(_) => return Err(Refusal::ChooseOne.into()),
                    None => {
                        let picked = matter::student(desk, hat, form, &filling, press.value).await?;
                        filling.who.push(picked);
                    }
                }
                return show(desk, hat, form, filling, over).await;
            }
            if filling.who.is_empty() {
                return Err(Refusal::ChooseOne.into());
            }
            filling.settle(step.name);
        }
        Ask::Matter => {
            let found = matter::allowed(desk, hat, form, press.value).await?;
            filling = filling.with_matter(found.id, &found.name);
            filling.who.clone_from(&found.members);
            return briefed(desk, hat, form, filling, over).await;
        }
        Ask::Exam | Ask::Colleague | Ask::Ahead => {
            // Only what is offered now may be chosen; the store says under which name it is kept.
            let offered = form_screen::offered(desk, hat, form, step, &filling).await?;
            let chosen =
                offered.into_iter().find(|it| it.value == press.value).ok_or(Refusal::StaleButton)?;
            filling.answers.insert(step.name.to_owned(), vec![chosen.value, chosen.name]);
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
    may_answer(desk, hat, form, &filling).await?;
    let long_ago = |at| desk.now().since(at) > LISTENS_FOR;
    let forgotten = filling.saved.is_some() && filling.shown.is_some_and(long_ago);
    let step = form.step(&filling.step).filter(|_| !forgotten);
    match step.map(|step| (&step.ask, step.name)) {
        Some((Ask::Text(limit), name)) => {
            let words = words.trim();
            if words.chars().count() > *limit {
                return Err(Refusal::TooLong.into());
            }
            let answered = Message::strip(filling.message, PLACE);
            filling.answer(name, words.to_owned());
            let mut outcome = go_on(desk, hat, form, filling, None).await?;
            outcome.messages.insert(0, answered);
            Ok(outcome)
        }
        Some((Ask::Student | Ask::Students | Ask::Colleague, _)) => {
            // Who leads a class or a school has many to choose from: a name finds them.
            words.trim().clone_into(&mut filling.find);
            show_again(desk, hat, filling).await
        }
        _ => Err(Refusal::PressAButton.into()),
    }
}

/// Asked before anything is kept, and not only when the form is opened: a family may say no in between.
async fn may_answer(desk: &mut Desk<'_>, hat: &Hat, form: &Form, filling: &Filling) -> Result<(), Trouble> {
    let student = filling.who.first().map_or(&hat.person, |(id, _)| id);
    match form.act {
        Act::CheckIn => consent::agreed(desk, hat, student).await,
        _ => Ok(()),
    }
}

/// Where an open form stands that no button has been pressed on yet.
pub(super) const PLACE: &str = "form";
/// The value that ends a choice of several.
pub(super) const DONE: &str = "ok";
/// The page that shows everybody again after a search.
pub(super) const ALL: &str = "all";
/// How many days back something can be put on record.
pub(super) const DAYS_BACK: i64 = 6;
/// How long a receipt takes what is typed as an addition; nobody means last week's talk by a line of today.
const LISTENS_FOR: Duration = Duration::hours(1);

async fn navigate(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    mut filling: Filling,
    value: &str,
    over: Option<i64>,
) -> Answer {
    if let Some(name) = value.strip_prefix('@') {
        let step = form.step(name).ok_or(Refusal::StaleButton)?;
        filling.step = step.name.to_owned();
        filling.page = 0;
        filling.find.clear();
        filling.done.retain(|it| it != name);
        return show(desk, hat, form, filling, over).await;
    }
    match value {
        "cancel" => {
            Ok(Outcome::say(Message::here(Phrase::new("form-cancelled")).over(over)).form(FormChange::Close))
        }
        "close" if filling.saved.is_some() => {
            let finished = finished(desk, hat, form, &filling).await?;
            Ok(Outcome::say(finished.receipt.over(over)).form(FormChange::Close))
        }
        "back" => {
            // Back from an aside step is to the step it was opened from; else to the last one that was answered.
            let aside = form.step(&filling.step).is_some_and(|step| step.when != When::Must);
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
    filling.forget_unasked(form);
    let next = form.asked(&filling).find(|step| step.when == When::Must && !filling.is_done(step.name));
    if let Some(step) = next {
        if filling.step != step.name {
            filling.page = 0;
            filling.find.clear();
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
    let Finished { changes, receipt, messages } = finished(desk, hat, form, &filling).await?;
    filling.saved = Some(filling.said_at(desk.now()));
    filling.shown = Some(desk.now());
    let follows: Vec<&Step> = form.asked(&filling).filter(|step| step.when == When::After).collect();
    let open = |step: &Step| !filling.is_done(step.name);
    let line = form.line(&filling).filter(|step| open(step));
    let listening = line.map_or(String::new(), |step| step.name.to_owned());
    // Where another form waits, nothing is added to this one: what is typed next belongs to the other.
    let more = filling.parked.is_none() && follows.iter().any(|step| open(step));
    filling.step = listening;
    let rows = if more { form_screen::after_rows(form, &filling) } else { Vec::new() };
    let buttons = rows.into_iter().chain(receipt.buttons).collect();
    filling.message = over;
    let receipt = standing(Message { buttons, ..receipt }, over);
    let mut outcome = Outcome { changes, ..Outcome::say(receipt) };
    outcome.messages.extend(messages);
    Ok(outcome.form(if more { FormChange::Set(Box::new(filling)) } else { FormChange::Close }))
}

/// What the form makes of its answers, if the person may still do so about everybody it is about.
async fn finished(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    filling: &Filling,
) -> Result<Finished, Trouble> {
    if filling.who.is_empty() && !may_own(hat, form.act) && !could(hat, form.act) {
        return Err(Refusal::NotAllowed.into());
    }
    matter::still_allowed(desk, hat, form, filling).await?;
    (form.finish)(desk, hat, filling).await
}

async fn show(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    mut filling: Filling,
    over: Option<i64>,
) -> Answer {
    filling.shown = Some(desk.now());
    filling.message = over;
    let message = form_screen::screen(desk, hat, form, &filling).await?;
    Ok(Outcome::say(standing(message, over)).form(FormChange::Set(Box::new(filling))))
}

/// A form's message where it was pressed, or a new one that can be found again.
fn standing(message: Message, over: Option<i64>) -> Message {
    let message = message.over(over);
    match (&message.how, &message.place) {
        (How::Say, None) => message.at_place(PLACE),
        _ => message,
    }
}

/// The open form once more, as a new message: after a restart, a hint, or `/checkin` while one is open.
pub async fn show_again(desk: &mut Desk<'_>, hat: &Hat, filling: Filling) -> Answer {
    let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
    let before = Message::strip(filling.message, PLACE);
    let mut outcome = show(desk, hat, form, filling, None).await?;
    outcome.messages.insert(0, before);
    Ok(outcome)
}

/// A form that was put aside for another, once more: a new message that says so.
pub async fn resume(desk: &mut Desk<'_>, hat: &Hat, filling: Filling) -> Answer {
    let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
    let mut outcome = show(desk, hat, form, filling, None).await?;
    for message in &mut outcome.messages {
        let screen = std::mem::replace(&mut message.phrase, Phrase::new("nothing"));
        message.phrase = Phrase::new("form-resumed").phrase("screen", screen);
    }
    Ok(outcome)
}

/// Whether somebody typed words into a form that is not finished: what nobody wants to type twice.
pub fn holds_words(filling: &Filling) -> bool {
    let is_typed = |step: &Step| matches!(step.ask, Ask::Text(_)) && filling.one(step.name).is_some();
    filling.saved.is_none() && forms::by_name(&filling.form).is_some_and(|it| it.steps.iter().any(is_typed))
}

fn is_must(form: &Form, step: &str) -> bool {
    form.step(step).is_some_and(|it| it.when == When::Must)
}

fn toggle(values: &mut Vec<String>, value: &str) {
    match values.iter().position(|it| it == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value.to_owned()),
    }
}
