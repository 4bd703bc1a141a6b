//! The growth file 成长档案 of one student, read in the chat. It stands in the place of the student's card and leaves the chat
//! again with "back": what is sensitive does not stay there.

use super::{
    Answer, Button, Message, Outcome,
    desk::{Desk, actor},
    forms,
    lines::{contact_said, name, plain, talk_said},
    marks,
    steps::Ask,
};
use crate::{
    school::{Act, Body, Entry, Record, Sat, may},
    store::Hat,
    text::Phrase,
};

/// Records on one page.
const PAGE: i64 = 5;

/// `file:<student>:<page>`: what is on record about a student, the newest first. Who leads the class reads what the file
/// holds; what mentor and student said to each other only the mentors read.
pub async fn show(desk: &mut Desk<'_>, hat: &Hat, student: &str, page: &str, over: Option<i64>) -> Answer {
    let around = desk.allowed(hat, Act::ReadFile, &student.into()).await?;
    let reads_all = may(&actor(hat), Act::ReadStudentLines, &around.subject());
    let tx = desk.read().await?;
    let about = (&around.student).into();
    let count = tx.count_about(&hat.school.id, &about).await?;
    let pages = ((count + PAGE - 1) / PAGE).max(1);
    let page = page.parse::<i64>().unwrap_or(0).clamp(0, pages - 1);
    let records = tx.records_about(&hat.school.id, &about, PAGE, page * PAGE).await?;
    let authors: Vec<_> = records.iter().map(|it| (&it.by).into()).collect();
    let names = tx.names_of(&authors).await?;
    let mut lines = Vec::new();
    for it in &records {
        let words = match Sat::of(it) {
            Some(sat) => {
                let (lines, with) =
                    marks::compared(tx, &hat.school.id, &around.student, &sat, it.day).await?;
                let lines = Phrase::new("list").list("items", lines, "joint-comma");
                let exam = answer("exam", plain(&sat.exam.name));
                [exam, answer("marks", lines)].into_iter().chain(with).collect()
            }
            None => words(it, reads_all),
        };
        let line = Phrase::new("file-line")
            .day("day", it.day)
            .phrase("what", what(it))
            .text("by", name(&names, &it.by))
            .list("words", words, "nothing");
        lines.push(line);
    }
    if records.is_empty() {
        lines.push(Phrase::new("file-empty"));
    }
    let phrase = Phrase::new("file")
        .text("student", &around.name)
        .number("page", page + 1)
        .number("pages", pages)
        .list("lines", lines, "\n");
    let turn = |to: i64, key| Button::key(key, format!("file:{}:{to}", around.student));
    let earlier = (page > 0).then(|| turn(page - 1, "button-earlier"));
    let more = (page + 1 < pages).then(|| turn(page + 1, "button-more"));
    let back = match may(&actor(hat), Act::ReadStudents, &around.subject()) {
        true => Button::key("button-back-to-card", format!("student:{}", around.student)),
        false => Button::key("button-back-to-card", "overview:"),
    };
    let message = Message::here(phrase).over(over).row(earlier.into_iter().chain(more).collect());
    Ok(Outcome::say(message.row(vec![back])))
}

/// What happened, in a few words.
fn what(record: &Record) -> Phrase {
    match (&record.body, record.form()) {
        (Body::Talk(it), _) => talk_said(it),
        (Body::Contact(it), _) => contact_said(it),
        (_, Some(form)) => Phrase::new(format!("{}-{form}", record.kind)),
        (_, None) => Phrase::new(format!("duty-{}", record.kind)),
    }
}

/// What was written of it, as far as the reader may read it.
fn words(record: &Record, reads_all: bool) -> Vec<Phrase> {
    let line = |words: &Option<String>| words.as_ref().map(|it| Phrase::new("file-words").text("words", it));
    match &record.body {
        Body::Talk(it) if reads_all => {
            [line(&it.line), line(&it.afterthought)].into_iter().flatten().collect()
        }
        Body::Contact(it) => {
            let family =
                it.family.as_ref().map(|it| answer("family", Phrase::new(format!("household-{it}"))));
            let said = [line(&it.line), line(&it.afterthought)].into_iter().flatten().filter(|_| reads_all);
            family.into_iter().chain(said).collect()
        }
        Body::Entry(it) => answers(it),
        Body::Talk(_) | Body::Checkin(_) | Body::Wish => Vec::new(),
    }
}

fn answer(step: &str, answer: Phrase) -> Phrase {
    Phrase::new("file-answer").phrase("step", Phrase::new(format!("answer-{step}"))).phrase("answer", answer)
}

/// The answers to a form in its order, options by their words.
fn answers(entry: &Entry) -> Vec<Phrase> {
    let forms = forms::ALL.iter().filter(|it| it.makes == Some(entry.kind));
    let Some(form) = forms.into_iter().find(|it| entry.answers.keys().all(|name| it.step(name).is_some()))
    else {
        return Vec::new();
    };
    let said = |step: &'static super::form::Step| {
        let given = entry.answers.get(step.name)?;
        let shown = |value: &String| match &step.ask {
            Ask::One(prefix, _) | Ask::Scale(prefix, _) | Ask::Several(prefix, _) => {
                Phrase::new(format!("{prefix}-{value}"))
            }
            _ => plain(value),
        };
        // An exam is kept by its day and its name: people read the name.
        let given = if matches!(step.ask, Ask::Exam) { given.get(1..)? } else { given.as_slice() };
        let all = Phrase::new("list").list("items", given.iter().map(shown).collect(), "joint-comma");
        Some(answer(step.name, all))
    };
    form.steps.iter().filter_map(said).collect()
}
