//! An import of marks: what the file says, what that changes, a yes, one transaction.

use super::{Import, exam_of};
use crate::{
    cli::{
        Common, Stop,
        common::{self, read_up_to},
        listing::{Cell, Format, Listing},
        out,
        progress::Progress,
        roster::wrong,
        voice::Voice,
    },
    clock::Clock,
    roster::{
        self,
        marks::{MarkRows, MarksChange, MarksPlan},
    },
    school::{At, Body, Day, ExamRef, Marks, PersonId, Record, RecordId, Role, Sat},
    store::{Book, Change, RecordRow, SchoolRow, Tx},
    text::Phrase,
};
use std::collections::HashMap;

/// So many students are shown on a terminal.
const SHOWN: usize = 20;
/// So many students are written between two looks at the progress.
const PIECE: usize = 100;

/// What is written, and in whose name.
struct Exam<'a> {
    school: &'a SchoolRow,
    exam: ExamRef,
    day: Day,
    by: PersonId,
}

/// Runs it.
pub(super) async fn run(it: &Import, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &it.school.id, it.output.language.as_deref()).await?;
    let rules = tx.rules(&school.id).await?;
    let now = Clock::System.now();
    let (exam, last) = exam_of(&it.exam, &rules, &voice)?;
    if exam.first > rules.day(now) {
        return Err(
            voice.refuse(&Phrase::new("marks-exam-ahead").text("name", exam.name).day("day", exam.first))
        );
    }
    let book = tx.look_at_book(&school.id).await?;
    let by = author(it, &book, &voice)?;
    let exam = Exam { school: &school, exam, day: last.min(rules.day(now)), by };
    let kept = kept(&mut tx, &exam, &book).await?;
    // Not while a transaction is open: who is asked may take an hour.
    tx.roll_back().await?;
    let bytes = read_up_to(&it.file, roster::file::MAX_FILE, &voice)?;
    let sheets = roster::sheets(&bytes).map_err(|why| voice.refuse(&why.phrase()))?;
    drop(bytes);
    let rows = roster::marks::read(&sheets, &it.subjects);
    let plan = match roster::marks::plan(&rows, &book, &kept) {
        Ok(plan) => plan,
        Err(found) => {
            let heads = |sheet: &_| roster::marks::heads_of(sheet, &it.subjects);
            let tables = roster::give_back_under(&sheets, &found, &|phrase| voice.say(phrase), &heads);
            let beside = wrong::Beside { file: &it.file, chosen: it.wrong.as_ref() };
            return Err(wrong::hand_back(&tables, &found, beside, &it.output, &voice));
        }
    };
    show(&plan, it, &voice)?;
    if !rows.unused.is_empty() {
        let heads = rows.unused.iter().map(|it| Phrase::new("words-as-typed").text("words", it)).collect();
        out::complain(&voice.say(&Phrase::new("marks-unused").list("heads", heads, "joint-comma")));
    }
    let named = |key| Phrase::new(key).text("exam", &exam.exam.name).text("school", &school.name);
    let new = plan.changes.iter().filter(|it| it.is_new).count();
    let figures = |key| {
        let changed = plan.changes.len() - new;
        named(key).number("new", new).number("changed", changed).number("unchanged", plan.unchanged)
    };
    if plan.changes.is_empty() {
        out::complain(&voice.say(&named("marks-nothing-new")));
        return Ok(());
    }
    out::complain(&voice.say(&figures("marks-figures")));
    if it.dry_run {
        out::complain(&voice.say(&named("marks-dry-run")));
        return Ok(());
    }
    if !it.yes {
        let yes = voice.say(&Phrase::new("cli-yes"));
        match out::ask(&voice.say(&named("marks-sure")), &yes) {
            None => return Err(voice.refuse(&Phrase::new("roster-say-yes"))),
            Some(false) => return out::print(&voice.say(&Phrase::new("cli-nothing-done"))),
            Some(true) => {}
        }
    }
    let mut tx = store.write().await?;
    if !write(&mut tx, &exam, &rows, &plan, now, &voice).await? {
        tx.roll_back().await?;
        return Err(voice.refuse(&Phrase::new("roster-changed-meanwhile").text("school", &school.name)));
    }
    tx.commit().await?;
    out::complain(&voice.say(&named("marks-written")));
    Ok(())
}

/// Whose import it is: a record has an author.
fn author(it: &Import, book: &Book, voice: &Voice) -> Result<PersonId, Stop> {
    let is_staff = |role: Role| role.is_staff();
    let staff =
        || book.members.iter().filter(|it| !it.left && it.posts.iter().any(|post| is_staff(post.role)));
    let found = match &it.by {
        Some(number) => staff().find(|it| it.number == *number),
        None => staff().find(|it| it.is(Role::Office)),
    };
    found.map(|it| it.id.clone()).ok_or_else(|| {
        voice.refuse(&match &it.by {
            Some(number) => Phrase::new("marks-no-such-author").text("number", number),
            None => Phrase::new("marks-no-author"),
        })
    })
}

/// What is kept of this exam, by student.
async fn kept(tx: &mut Tx, exam: &Exam<'_>, book: &Book) -> Result<HashMap<PersonId, Marks>, Stop> {
    let students = book.members.iter().filter(|it| !it.left && it.is(Role::Student));
    let ids: HashMap<RecordId, PersonId> = students
        .map(|it| (RecordRow::marks_id(&exam.school.id, &it.id, &exam.exam), it.id.clone()))
        .collect();
    let all: Vec<RecordId> = ids.keys().cloned().collect();
    let mut kept = HashMap::new();
    for (id, body) in tx.bodies(&all).await? {
        let Some(student) = ids.get(&id) else { continue };
        let about = [student.clone()];
        let record = Record::new(id, exam.by.clone(), about, exam.day, At(0), body);
        kept.extend(Sat::of(&record).map(|sat| (student.clone(), sat.marks)));
    }
    Ok(kept)
}

/// Writes what was shown, and nothing else: whether the school is still as it was then.
async fn write(
    tx: &mut Tx,
    exam: &Exam<'_>,
    rows: &MarkRows,
    shown: &MarksPlan,
    now: At,
    voice: &Voice,
) -> Result<bool, Stop> {
    let book = tx.book(&exam.school.id).await?;
    let kept = kept(tx, exam, &book).await?;
    if roster::marks::plan(rows, &book, &kept).ok().as_ref() != Some(shown) {
        return Ok(false);
    }
    let mut progress = Progress::new(voice, "roster-progress", shown.changes.len() as u64);
    for piece in shown.changes.chunks(PIECE) {
        let record = |it: &MarksChange| {
            let id = RecordRow::marks_id(&exam.school.id, &it.student, &exam.exam);
            let sat = Sat { exam: exam.exam.clone(), marks: it.marks.clone() };
            let (by, about) = (exam.by.clone(), [it.student.clone()]);
            let record = Record::new(id, by, about, exam.day, now, Body::Entry(sat.entry()));
            Change::Record(exam.school.id.clone(), record)
        };
        tx.apply(piece.iter().map(record).collect(), now).await?;
        progress.step(piece.len() as u64);
    }
    Ok(true)
}

/// What changes, student by student; on a terminal the first of them.
fn show(plan: &MarksPlan, it: &Import, voice: &Voice) -> Result<(), Stop> {
    let is_table = it.output.format() == Format::Table && it.output.output.is_none();
    let most = if is_table { SHOWN } else { usize::MAX };
    let row = |it: &MarksChange| {
        vec![
            Cell::Word("marks-change", if it.is_new { "new" } else { "changed" }),
            Cell::text(&it.name),
            Cell::text(&it.number),
            Cell::text(&it.class),
            Cell::text(it.marks.kept().join(", ")),
        ]
    };
    let columns = &["change", "name", "number", "class", "marks"];
    let rows: Vec<_> = plan.changes.iter().take(most).map(row).collect();
    if is_table && rows.is_empty() {
        return Ok(());
    }
    Listing { columns, rows, empty: "cli-nothing-done" }.print(&it.output, voice)?;
    let others = plan.changes.len().saturating_sub(most);
    if others > 0 {
        out::complain(&voice.say(&Phrase::new("marks-more").number("count", others)));
    }
    Ok(())
}
