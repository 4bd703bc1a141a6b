//! The growth file 成长档案 of one student, read in the chat. It stands in the place of the student's card and leaves the chat
//! again with "back": what is sensitive does not stay there.

use super::{
    Answer, Button, Message, Outcome, Refusal,
    desk::{Desk, actor},
    forms,
    lines::{contact_said, name, plain, talk_said},
    marks, report,
    steps::{Ask, Form, Step},
};
use crate::{
    school::{Act, Body, ClassId, Entry, Record, Sat, Subject, may},
    store::{Hat, PersonRow},
    text::Phrase,
};

/// Records on one page.
const PAGE: usize = 5;
/// Students of a class on one page.
const PUPILS: usize = 30;
/// What the words on one page may come to, in the units in which Telegram counts to 4096: a single case review fits beside the
/// head and the labels, and so do five short notes.
const WORDS: usize = 3300;

/// `file:<student>:<how many newer ones are passed over>`: what is on record about a student, the newest first. Who leads the
/// class reads what the file holds; what mentor and student said to each other only the mentors read.
pub async fn show(desk: &mut Desk<'_>, hat: &Hat, student: &str, skip: &str, over: Option<i64>) -> Answer {
    let around = desk.allowed(hat, Act::ReadFile, &student.into()).await?;
    let reads_all = may(&actor(hat), Act::ReadStudentLines, &around.subject());
    let tx = desk.read().await?;
    let about = (&around.student).into();
    let count = usize::try_from(tx.count_about(&hat.school.id, &about, reads_all).await?).unwrap_or(0);
    let skip = skip.parse().unwrap_or(0).min(count.saturating_sub(1));
    let before = skip.saturating_sub(PAGE);
    // One reading for this page and for where the one before it begins.
    let (limit, offset) = ((skip - before + PAGE) as i64, before as i64);
    let mut newer = tx.records_about(&hat.school.id, &about, reads_all, limit, offset).await?;
    let mut records = newer.split_off((skip - before).min(newer.len()));
    records.truncate(fitting(records.iter().map(length)));
    let earlier = skip - fitting(newer.iter().rev().map(length));
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
    let next = skip + records.len();
    let place = match skip == 0 && next >= count {
        true => Phrase::new("nothing"),
        false => {
            Phrase::new("file-where").number("first", skip + 1).number("last", next).number("count", count)
        }
    };
    let phrase =
        Phrase::new("file").text("student", &around.name).phrase("where", place).list("lines", lines, "\n");
    let turn = |to: usize, key| Button::key(key, format!("file:{}:{to}", around.student));
    let earlier = (skip > 0).then(|| turn(earlier, "button-earlier"));
    let more = (next < count).then(|| turn(next, "button-more"));
    let keeps = may(&actor(hat), Act::KeepFile, &around.subject());
    let record = keeps.then(|| Button::key("button-record", format!("record:{}", around.student)));
    let class = around.class.as_ref().map_or("", |it| it.as_str());
    let back = match may(&actor(hat), Act::ReadStudents, &around.subject()) {
        true => Button::key("button-back-to-card", format!("student:{}", around.student)),
        false => Button::key("button-back-to-card", format!("pupils:{class}:0")),
    };
    let message = Message::here(phrase).over(over).row(earlier.into_iter().chain(more).collect());
    Ok(Outcome::say(message.row(record.into_iter().chain([back]).collect())))
}

/// `pupils:<class>:<page>`: the files of a class, for who leads it.
pub async fn of_class(desk: &mut Desk<'_>, hat: &Hat, class: &str, page: &str, over: Option<i64>) -> Answer {
    let class = ClassId::from(class);
    if !may(&actor(hat), Act::ReadClassFiles, &Subject::class(&hat.school.id, &class)) {
        return Err(Refusal::NotAllowed.into());
    }
    let tx = desk.read().await?;
    let name = tx.class_names(&hat.school.id).await?.remove(&class).ok_or(Refusal::NotFound)?;
    let students = tx.students_in(&hat.school.id, Some(&class)).await?;
    let page = page.parse::<usize>().unwrap_or(0).min(students.len().saturating_sub(1) / PUPILS);
    let button = |it: &PersonRow| Button::new(plain(&it.name), format!("file:{}:0", it.id));
    let shown: Vec<Button> = students.iter().skip(page * PUPILS).take(PUPILS).map(button).collect();
    let turn = |to: usize, key| Button::key(key, format!("pupils:{class}:{to}"));
    let earlier = (page > 0).then(|| turn(page.saturating_sub(1), "button-earlier"));
    let more = ((page + 1) * PUPILS < students.len()).then(|| turn(page + 1, "button-more"));
    let message = Message::here(Phrase::new("file-whose").text("class", name))
        .over(over)
        .rows(shown.chunks(3).map(<[Button]>::to_vec))
        .row(earlier.into_iter().chain(more).collect())
        .row(vec![Button::key("button-overview", format!("overview:{class}"))]);
    Ok(Outcome::say(message))
}

/// How many records with words of these lengths fit on a page: one at least, where there is one.
fn fitting(lengths: impl Iterator<Item = usize>) -> usize {
    let sums = lengths.scan(0, |sum, length| {
        *sum += length;
        Some(*sum)
    });
    let fit = sums.take(PAGE).enumerate().take_while(|(at, sum)| *at == 0 || *sum <= WORDS);
    fit.count()
}

/// How long the words of a record are at most, with what stands around them.
fn length(record: &Record) -> usize {
    const AROUND: usize = 80;
    let units = |words: &String| words.encode_utf16().count();
    let notes = |notes: [&Option<String>; 2]| notes.into_iter().flatten().map(units).sum::<usize>();
    let words = match &record.body {
        Body::Talk(it) => notes([&it.line, &it.afterthought]),
        Body::Contact(it) => notes([&it.line, &it.afterthought]),
        Body::Entry(it) => it.answers.values().flatten().map(units).sum(),
        Body::Checkin(it) => {
            // Each answer is a word or two.
            const ANSWER: usize = 16;
            (it.scales.len() + 2) * ANSWER + it.line.as_ref().map_or(0, units)
        }
        Body::Wish => 0,
    };
    AROUND + words
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
        // Who may not read what a student says does not get the record at all; this is the second lock.
        Body::Checkin(it) if reads_all => {
            let said = report::said(it, it.wants_talk);
            let said = Phrase::new("file-said").list("said", said, "joint-dot");
            [Some(said), line(&it.line)].into_iter().flatten().collect()
        }
        Body::Talk(_) | Body::Checkin(_) | Body::Wish => Vec::new(),
    }
}

fn answer(step: &str, answer: Phrase) -> Phrase {
    Phrase::new("file-answer").phrase("step", Phrase::new(format!("answer-{step}"))).phrase("answer", answer)
}

/// The answers to a form in its order, options by their words.
fn answers(entry: &Entry) -> Vec<Phrase> {
    let forms = forms::ALL.iter().filter(|it| it.makes == Some(entry.kind));
    // A newer version may have kept more than any form here asks: what is known is shown.
    let known = |it: &&&'static Form| entry.answers.keys().filter(|name| it.step(name).is_some()).count();
    let Some(form) = forms.max_by_key(known) else { return Vec::new() };
    let said = |step: &'static Step| {
        let given = entry.answers.get(step.name)?;
        let shown = |value: &String| match &step.ask {
            Ask::One(prefix, words) | Ask::Scale(prefix, words) | Ask::Several(prefix, words)
                if words.contains(&value.as_str()) =>
            {
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
