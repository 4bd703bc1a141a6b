//! What a person sees of an open form: the question of its step and the buttons under it.

use super::{
    Button, Message, Refusal, Trouble,
    desk::Desk,
    filling::Filling,
    form::{ALL, Ask, DAYS_BACK, DONE, Form, Step, When},
    lines::plain,
    matter,
};
use crate::{
    school::{About, ClassId, Day, PersonId},
    store::Hat,
    text::Phrase,
};
use chrono::Days;

/// Students on one page of a list.
const PAGE: usize = 8;

/// The screen of the open step.
pub(super) async fn screen(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    filling: &Filling,
) -> Result<Message, Trouble> {
    let step = form.step(&filling.step).ok_or(Refusal::StaleButton)?;
    let key = step.key(form.name);
    let phrase = match (&step.ask, form.preview) {
        (Ask::Confirm, Some(preview)) => Phrase::new(key).phrase("preview", preview(hat, filling)),
        _ => Phrase::new("form-screen")
            .phrase("title", title(form, filling))
            .phrase("question", filling.question(form, step)),
    };
    let mut message = Message::here(phrase).rows(options(desk, hat, form, step, filling).await?);
    if step.when == When::Must {
        let aside = form.asked(filling).filter(|it| it.when == When::Aside && fits(it, step, form));
        let aside: Vec<Button> = aside.map(|it| go(form, filling, it, "aside")).collect();
        message = message.rows(aside.chunks(2).map(<[Button]>::to_vec));
    }
    Ok(message.row(navigation(form, filling, step)))
}

/// The buttons under a receipt: one for each thing that may still be added.
pub(super) fn after_rows(form: &Form, filling: &Filling) -> Vec<Vec<Button>> {
    let open = form.asked(filling).filter(|step| step.when == When::After && !filling.is_done(step.name));
    let mut buttons: Vec<Button> = open.map(|step| go(form, filling, step, "add")).collect();
    if !buttons.is_empty() {
        buttons.push(Button::key("button-close", data(filling, "_", "close")));
    }
    buttons.chunks(3).map(<[Button]>::to_vec).collect()
}

/// The title: the form's name, and once students are picked, their names and the day if it is not today.
fn title(form: &Form, filling: &Filling) -> Phrase {
    let steps: Vec<&Step> = form.asked(filling).filter(|step| step.when == When::Must).collect();
    let total = steps.len();
    let at = steps.iter().position(|step| step.name == filling.step).map_or(total, |at| at + 1);
    let name = Phrase::new(format!("form-{}", form.name));
    let whom = whom(filling);
    if whom.is_empty() {
        return Phrase::new("form-title")
            .phrase("name", name)
            .number("step", at as i64)
            .number("of", total as i64);
    }
    let titled =
        Phrase::new(if filling.one("day").is_some() { "form-title-who-day" } else { "form-title-who" })
            .phrase("name", name)
            .list("who", whom, "joint-comma");
    match filling.one("day").and_then(|day| day.parse().ok()) {
        Some(day) => titled.day("day", day),
        None => titled,
    }
}

/// What it is about: the class, group or school by its name, else the picked students.
pub(super) fn whom(filling: &Filling) -> Vec<Phrase> {
    match &filling.matter {
        Some((_, name)) => vec![plain(name)],
        None => names(filling),
    }
}

/// The names of the picked students.
fn names(filling: &Filling) -> Vec<Phrase> {
    filling.who.iter().map(|(_, name)| plain(name)).collect()
}

/// An aside step is offered under the step that stands after it in the form's order.
fn fits(aside: &Step, step: &Step, form: &Form) -> bool {
    let place = |name: &str| form.steps.iter().position(|it| it.name == name);
    place(aside.name) < place(step.name)
        && form
            .steps
            .iter()
            .skip(place(aside.name).unwrap_or(0) + 1)
            .find(|it| it.when == When::Must)
            .is_some_and(|it| it.name == step.name)
}

async fn options(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    step: &Step,
    filling: &Filling,
) -> Result<Vec<Vec<Button>>, Trouble> {
    let word = |prefix: &str, value: &str| {
        Button::new(Phrase::new(format!("{prefix}-{value}")), data(filling, step.name, value))
    };
    let done = || vec![Button::key("button-done", data(filling, step.name, DONE))];
    Ok(match &step.ask {
        Ask::Scale(prefix, values) => vec![values.iter().map(|value| word(prefix, value)).collect()],
        Ask::One(prefix, values) => {
            values.chunks(2).map(|row| row.iter().map(|value| word(prefix, value)).collect()).collect()
        }
        Ask::Several(prefix, values) => {
            let chosen = filling.all(step.name);
            let button = |value: &&str| {
                let button = word(prefix, value);
                ticked(button, chosen.iter().any(|it| it == value))
            };
            let rows = values.chunks(3).map(|row| row.iter().map(button).collect());
            rows.chain([done()]).collect()
        }
        Ask::Student => students(desk, hat, form, step, filling).await?,
        Ask::Students => {
            let mut rows = students(desk, hat, form, step, filling).await?;
            rows.push(done());
            rows
        }
        Ask::Matter | Ask::Exam | Ask::Colleague | Ask::Ahead => {
            let offered = offered(desk, hat, form, step, filling).await?;
            let is_meant =
                |it: &Offer| !matches!(step.ask, Ask::Colleague) || it.name.contains(&filling.find);
            let labelled = offered.into_iter().filter(is_meant).map(|it| (it.value, it.label, false));
            pages(step, filling, labelled.collect())?
        }
        Ask::Day => {
            let today = desk.today(&hat.school);
            let days = (0..=DAYS_BACK as u64).map(|back| today - Days::new(back));
            let buttons: Vec<Button> = days
                .map(|day| {
                    Button::new(
                        Phrase::new("button-day").day("day", day),
                        data(filling, step.name, &day.to_string()),
                    )
                })
                .collect();
            buttons.chunks(2).map(<[Button]>::to_vec).collect()
        }
        Ask::Text(_) => Vec::new(),
        Ask::Confirm => {
            vec![vec![Button::key(format!("{}-yes", step.key(form.name)), data(filling, step.name, DONE))]]
        }
    })
}

/// One of several things that are there now.
pub(super) struct Offer {
    /// What a button refers to.
    pub value: String,
    /// What is kept of it beside that.
    pub name: String,
    /// What people read.
    label: Phrase,
}

/// What a step offers that is no word of its form and no student.
pub(super) async fn offered(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    step: &Step,
    filling: &Filling,
) -> Result<Vec<Offer>, Trouble> {
    let named = |value: String, name: String| Offer { value, label: plain(&name), name };
    let school = &hat.school;
    let today = desk.today(school);
    let offered: Vec<Offer> = match step.ask {
        Ask::Matter => {
            let own = matter::own(desk, hat, form).await?.into_iter();
            own.map(|it| named(it.id.as_str().to_owned(), it.name)).collect()
        }
        Ask::Exam => {
            let rules = desk.rules(school).await?;
            let begun = rules.calendar.exams().iter().enumerate().filter(|(_, exam)| exam.first <= today);
            // Two exams may begin on one day.
            begun.rev().map(|(at, it)| named(format!("{}.{at}", it.first), it.name.clone())).collect()
        }
        Ask::Colleague => {
            let class = filling.matter.as_ref().filter(|_| form.about == About::Class);
            let class = class.map(|(id, _)| ClassId::from(id.as_str()));
            let staff = desk.read().await?.colleagues(&school.id, class.as_ref(), today).await?;
            staff.into_iter().map(|(id, name)| named(id.as_str().to_owned(), name)).collect()
        }
        Ask::Ahead => {
            let rules = desk.rules(school).await?;
            let ahead = AHEAD.iter().filter_map(|n| rules.calendar.add_school_days(today, *n));
            // At the end of the last term nobody knows a school day yet: the calendar's own days will do.
            let days: Vec<Day> = ahead.collect();
            let plain = || AHEAD.iter().map(|n| today + Days::new(*n as u64)).collect();
            let days = if days.is_empty() { plain() } else { days };
            let label = |day: Day| Phrase::new("button-day").day("day", day);
            let offer = |day: Day| Offer { value: day.to_string(), name: String::new(), label: label(day) };
            days.into_iter().map(offer).collect()
        }
        _ => Vec::new(),
    };
    match offered.is_empty() {
        true => Err(Refusal::NothingToChoose.into()),
        false => Ok(offered),
    }
}

/// The school days ahead among which one is chosen: those of a week, then a week and a month on.
const AHEAD: [usize; 8] = [1, 2, 3, 4, 5, 7, 10, 20];

/// The students whom the form may name.
async fn students(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    step: &Step,
    filling: &Filling,
) -> Result<Vec<Vec<Button>>, Trouble> {
    let mut all = matter::students(desk, hat, form, filling).await?;
    let several = matches!(step.ask, Ask::Students);
    // Who was picked and has left stands there still, to be taken off.
    let gone = filling.who.iter().filter(|(id, _)| several && all.iter().all(|(it, _)| it != id));
    let gone: Vec<_> = gone.cloned().collect();
    all.extend(gone);
    if all.is_empty() {
        return Err(Refusal::NoStudents.into());
    }
    let is_picked = |student: &PersonId| several && filling.who.iter().any(|(id, _)| id == student);
    let is_meant = |(_, name): &&(PersonId, String)| name.contains(&filling.find);
    let labelled = all.iter().filter(is_meant);
    let labelled = labelled.map(|(id, name)| (id.as_str().to_owned(), plain(name), is_picked(id)));
    Ok(pages(step, filling, labelled.collect())?)
}

/// Values with labels and ticks, eight to a page, two to a row.
fn pages(
    step: &Step,
    filling: &Filling,
    all: Vec<(String, Phrase, bool)>,
) -> Result<Vec<Vec<Button>>, Refusal> {
    if all.is_empty() && !filling.find.is_empty() {
        return Err(Refusal::NobodyCalled);
    }
    let page = filling.page.min(all.len().saturating_sub(1) / PAGE);
    let more = (page + 1) * PAGE < all.len();
    let shown = all.into_iter().skip(page * PAGE).take(PAGE);
    let shown: Vec<Button> = shown
        .map(|(value, label, chosen)| ticked(Button::new(label, data(filling, step.name, &value)), chosen))
        .collect();
    let mut rows: Vec<Vec<Button>> = shown.chunks(2).map(<[Button]>::to_vec).collect();
    let turn = |to: String, key| Button::key(key, data(filling, step.name, &format!(">{to}")));
    let earlier = (page > 0).then(|| turn((page - 1).to_string(), "button-earlier"));
    let more = more.then(|| turn((page + 1).to_string(), "button-more"));
    let everybody = (!filling.find.is_empty()).then(|| turn(ALL.to_owned(), "button-everybody"));
    let turns: Vec<Button> = earlier.into_iter().chain(everybody).chain(more).collect();
    if !turns.is_empty() {
        rows.push(turns);
    }
    Ok(rows)
}

fn navigation(form: &Form, filling: &Filling, step: &Step) -> Vec<Button> {
    let mut row = Vec::new();
    let is_must = |name: &String| form.step(name).is_some_and(|it| it.when == When::Must);
    if step.when != When::Must || filling.done.iter().any(is_must) {
        row.push(Button::key("button-back", data(filling, "_", "back")));
    }
    if filling.saved.is_none() {
        row.push(Button::key("button-cancel", data(filling, "_", "cancel")));
    }
    row
}

fn go(form: &Form, filling: &Filling, step: &Step, why: &str) -> Button {
    Button::key(format!("{}-{why}", step.key(form.name)), data(filling, "_", &format!("@{}", step.name)))
}

fn ticked(button: Button, chosen: bool) -> Button {
    match chosen {
        true => Button { label: Phrase::new("button-ticked").phrase("label", button.label), ..button },
        false => button,
    }
}

fn data(filling: &Filling, step: &str, value: &str) -> String {
    format!("f:{}:{step}:{value}", filling.id)
}
