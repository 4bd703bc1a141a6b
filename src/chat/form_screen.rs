//! What a person sees of an open form: the question of its step and the buttons under it.

use super::{
    Button, Message, Refusal, Trouble,
    desk::Desk,
    filling::Filling,
    form::{Ask, DAYS_BACK, DONE, Form, Step, When},
};
use crate::{store::Hat, text::Phrase};
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
    let step = form.steps.iter().find(|step| step.name == filling.step).ok_or(Refusal::StaleButton)?;
    let phrase = match (&step.ask, form.preview) {
        (Ask::Confirm, Some(preview)) => {
            Phrase::new(format!("form-{}-{}", form.name, step.name)).phrase("preview", preview(hat, filling))
        }
        _ => Phrase::new("form-screen")
            .phrase("title", title(form, filling))
            .phrase("question", Phrase::new(format!("form-{}-{}", form.name, step.name))),
    };
    let mut message = Message::here(phrase).rows(options(desk, hat, step, filling).await?);
    if step.when == When::Must {
        let aside = form.steps.iter().filter(|it| it.when == When::Aside && fits(it, step, form));
        let aside: Vec<Button> = aside.map(|it| go(form, filling, it, "aside")).collect();
        if !aside.is_empty() {
            message = message.row(aside);
        }
    }
    Ok(message.row(navigation(form, filling, step)))
}

/// The buttons under a receipt: one for each thing that may still be added.
pub(super) fn after_rows(form: &Form, filling: &Filling) -> Vec<Vec<Button>> {
    let open = form.steps.iter().filter(|step| step.when == When::After && !filling.is_done(step.name));
    let mut row: Vec<Button> = open.map(|step| go(form, filling, step, "add")).collect();
    if !row.is_empty() {
        row.push(Button::key("button-close", data(filling, "_", "close")));
        return vec![row];
    }
    Vec::new()
}

/// The title: the form's name, and once students are picked, their names and the day if it is not today.
fn title(form: &Form, filling: &Filling) -> Phrase {
    let steps = form.steps.iter().filter(|step| step.when == When::Must);
    let total = steps.clone().count();
    let at = steps.clone().position(|step| step.name == filling.step).map_or(total, |at| at + 1);
    let name = Phrase::new(format!("form-{}", form.name));
    if filling.who.is_empty() {
        return Phrase::new("form-title")
            .phrase("name", name)
            .number("step", at as i64)
            .number("of", total as i64);
    }
    let titled =
        Phrase::new(if filling.one("day").is_some() { "form-title-who-day" } else { "form-title-who" })
            .phrase("name", name)
            .list("who", names(filling), "joint-comma");
    match filling.one("day").and_then(|day| day.parse().ok()) {
        Some(day) => titled.day("day", day),
        None => titled,
    }
}

/// The names of the picked students.
pub(super) fn names(filling: &Filling) -> Vec<Phrase> {
    filling.who.iter().map(|(_, name)| Phrase::new("words-as-typed").text("words", name.clone())).collect()
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
        Ask::Student => students(desk, hat, step, filling, false).await?,
        Ask::Students => {
            let mut rows = students(desk, hat, step, filling, true).await?;
            rows.push(done());
            rows
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
        Ask::Confirm => vec![vec![Button::key(
            format!("form-{}-{}-yes", filling.form, step.name),
            data(filling, step.name, DONE),
        )]],
    })
}

/// The own students by name, eight to a page, two to a row.
async fn students(
    desk: &mut Desk<'_>,
    hat: &Hat,
    step: &Step,
    filling: &Filling,
    several: bool,
) -> Result<Vec<Vec<Button>>, Trouble> {
    let today = desk.today(&hat.school);
    let all = desk.read().await?.students_of(&hat.person, today).await?;
    if all.is_empty() {
        return Err(Refusal::NoStudents.into());
    }
    let page = filling.page.min((all.len() - 1) / PAGE);
    let shown: Vec<Button> = all
        .iter()
        .skip(page * PAGE)
        .take(PAGE)
        .map(|it| {
            let label = Phrase::new("words-as-typed").text("words", it.name.clone());
            let button = Button::new(label, data(filling, step.name, it.id.as_str()));
            ticked(button, several && filling.who.iter().any(|(id, _)| *id == it.id))
        })
        .collect();
    let mut rows: Vec<Vec<Button>> = shown.chunks(2).map(<[Button]>::to_vec).collect();
    let turn = |to: usize, key| Button::key(key, data(filling, step.name, &format!(">{to}")));
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(turn(page - 1, "button-earlier"));
    }
    if (page + 1) * PAGE < all.len() {
        turns.push(turn(page + 1, "button-more"));
    }
    if !turns.is_empty() {
        rows.push(turns);
    }
    Ok(rows)
}

fn navigation(form: &Form, filling: &Filling, step: &Step) -> Vec<Button> {
    let mut row = Vec::new();
    if step.when != When::Must
        || filling.done.iter().any(|it| form.steps.iter().any(|s| s.name == it && s.when == When::Must))
    {
        row.push(Button::key("button-back", data(filling, "_", "back")));
    }
    if filling.saved.is_none() {
        row.push(Button::key("button-cancel", data(filling, "_", "cancel")));
    }
    row
}

fn go(form: &Form, filling: &Filling, step: &Step, why: &str) -> Button {
    Button::key(
        format!("form-{}-{}-{why}", form.name, step.name),
        data(filling, "_", &format!("@{}", step.name)),
    )
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
