//! The marks of an exam (M): typed for one student, compared with the exam before.

use super::{Button, Refusal, Trouble, desk::Desk, filling::Filling, form::Finished, lines::plain, mentor};
use crate::{
    roster::marks::typed,
    school::{
        Body, Day, ExamRef, Kind, Marks, PersonId, Record, Sat, SchoolId,
        marks::{Mark, Moved},
    },
    store::{Change, Hat, RecordRow, Tx},
    text::Phrase,
};
use anyhow::Result;
use futures_util::{FutureExt, future::BoxFuture};

/// Exams on one day are few: so many records are looked through for one of another exam.
const EARLIER: i64 = 5;
/// Under which names a record keeps the filling by which it was last written, and the marks that stood there before.
const SITTING: &str = "sitting";
const BEFORE: &str = "before";

/// The marks on record: one record of a student's exam, whoever writes it and however often. It lies on the day on which the exam
/// was over, so that what is written late about an old exam settles nothing that is asked about the last one.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (student, _) = filling.who.first().ok_or(Refusal::StaleButton)?;
        let written = typed(filling.one("marks").unwrap_or_default()).map_err(Refusal::Marks)?;
        let exam = exam_of(filling).ok_or(Refusal::StaleButton)?;
        let (rules, today) = (desk.rules(&hat.school).await?, desk.today(&hat.school));
        let entered = rules.calendar.exams().iter().find(|it| it.first == exam.first && it.name == exam.name);
        let day = entered.map_or(exam.first, |it| it.last).min(today);
        let id = RecordRow::marks_id(&hat.school.id, student, &exam);
        let tx = desk.read().await?;
        // A line about one subject takes nothing away from the others.
        let kept = tx.record(&id).await?.filter(|it| !it.undone).map(|it| it.record);
        let mut marks = kept.as_ref().and_then(Sat::of).map(|it| it.marks).unwrap_or_default();
        let before = match kept.as_ref().and_then(|it| sitting_of(it)) {
            // The same line said again, after a crash: what was there before it is known.
            Some((sitting, before)) if sitting == filling.id => before,
            _ => marks.kept(),
        };
        written.iter().for_each(|it| marks.set(it.clone()));
        let sat = Sat { exam, marks };
        let (shown, with) = compared(tx, &hat.school.id, student, &sat, day).await?;
        let mut named = Filling { record: id, ..filling.clone() };
        named.answers.insert("day".to_owned(), vec![day.to_string()]);
        let said = Phrase::new("record-marks").text("exam", &sat.exam.name);
        let mut entry = sat.entry();
        entry.answers.insert(SITTING.to_owned(), vec![filling.id.clone()]);
        entry.answers.insert(BEFORE.to_owned(), before);
        let undo = Button::key("button-undo", format!("undo:{}:{}", named.record, filling.id));
        let mut finished = mentor::record(desk, hat, &named, Body::Entry(entry), said).await?;
        finished.receipt.buttons = vec![vec![undo]];
        let lines = [finished.receipt.phrase].into_iter().chain(shown).chain(with).collect();
        finished.receipt.phrase = Phrase::new("lines").list("lines", lines, "\n");
        Ok(finished)
    }
    .boxed()
}

/// What takes a record back. Of marks only those of the last sitting go, and only by its own button: those of before stay
/// on record, and what came by a file no button undoes.
pub fn taken_back(kept: &RecordRow, sitting: &str) -> Result<Change, Refusal> {
    let Some(sat) = Sat::of(&kept.record) else { return Ok(Change::Undo(kept.record.id.clone())) };
    let (_, before) = sitting_of(&kept.record).filter(|it| it.0 == sitting).ok_or(Refusal::StaleButton)?;
    if before.is_empty() {
        return Ok(Change::Undo(kept.record.id.clone()));
    }
    let entry = Sat { marks: Marks::read(&before), ..sat }.entry();
    let record = Record { body: Body::Entry(entry), ..kept.record.clone() };
    Ok(Change::Record(kept.school.clone(), record))
}

/// In which sitting marks were typed last, and what was kept before it. None of a file, which is undone by no button.
fn sitting_of(record: &Record) -> Option<(&str, Vec<String>)> {
    let Body::Entry(entry) = &record.body else { return None };
    let before = entry.answers.get(BEFORE).cloned().unwrap_or_default();
    entry.one(SITTING).map(|sitting| (sitting, before))
}

/// The exam that was chosen.
fn exam_of(filling: &Filling) -> Option<ExamRef> {
    let [first, name] = filling.all("exam") else { return None };
    Some(ExamRef { first: first.split('.').next()?.parse().ok()?, name: name.clone() })
}

/// A line for each subject and one for the sum, with how they have moved since the exam before; and which one that was, where
/// anything can be compared.
pub async fn compared(
    tx: &mut Tx,
    school: &SchoolId,
    student: &PersonId,
    sat: &Sat,
    day: Day,
) -> Result<(Vec<Phrase>, Option<Phrase>)> {
    let earlier = tx.earlier(school, &student.into(), Kind::Marks, day, EARLIER).await?;
    let before = earlier.iter().filter_map(Sat::of).find(|it| it.exam != sat.exam);
    let compared = sat.marks.beside(before.as_ref().map(|it| &it.marks));
    let mut lines: Vec<Phrase> = compared.subjects.iter().map(|(mark, moved)| line(mark, *moved)).collect();
    if let Some(total) = compared.total {
        let moved = moved_by(compared.total_moved);
        lines.push(Phrase::new("mark-total").text("points", total.to_string()).phrase("moved", moved));
    }
    let has_moved = compared.subjects.iter().any(|(_, moved)| moved.is_some());
    let with =
        before.filter(|_| has_moved).map(|it| Phrase::new("marks-compared").text("exam", it.exam.name));
    Ok((lines, with))
}

fn line(mark: &Mark, moved: Option<Moved>) -> Phrase {
    let points = match (mark.points, mark.full) {
        (None, _) => Phrase::new("mark-absent"),
        (Some(points), None) => plain(points.to_string()),
        (Some(points), Some(full)) => plain(format!("{points}/{full}")),
    };
    Phrase::new("mark-line")
        .text("subject", &mark.subject)
        .phrase("points", points)
        .phrase("moved", moved_by(moved))
}

fn moved_by(moved: Option<Moved>) -> Phrase {
    let Some(moved) = moved else { return Phrase::new("nothing") };
    let by = moved.by();
    let words = by.to_string().trim_start_matches('-').to_owned();
    let words = if matches!(moved, Moved::Share(_)) { format!("{words}%") } else { words };
    match by.0 {
        0 => Phrase::new("mark-same"),
        1.. => Phrase::new("mark-up").text("by", words),
        _ => Phrase::new("mark-down").text("by", words),
    }
}
