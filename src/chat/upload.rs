//! A roster that the office sends as a file: what it would change, and a yes or a no.
//!
//! The file itself is never kept. It is fetched when the changes are shown and again when they are written
//! (`work/uploads.rs`), and in between only the button knows, by a fingerprint, which changes were shown.

use super::{
    Answer, Button, File, How, Message, Outcome, Refusal,
    compose::Compose,
    desk::{Desk, actor},
};
use crate::{
    clock::fresh_id,
    roster::{self, Kind, Leavers, Plan, Roster, Scope, Tally, Unreadable},
    school::{Act, Subject, UploadId, may},
    store::{Change, Class, Hat, SchoolRow, Upload, Visitor},
    text::Phrase,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a file is read: who leaves by it, and whether it was said a second time that so many do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Where who is missing in it leaves.
    pub scope: Scope,
    /// So many leavers were asked about once more.
    pub sure: bool,
}

/// The endings of what can be read.
const TABLES: [&str; 4] = ["xlsx", "xls", "csv", "txt"];
/// So many of a kind are named; of those who leave more, since each of them should be looked at.
const NAMED: usize = 5;
const LEAVERS_NAMED: usize = 20;
/// So many where it is asked a second time.
const LEAVERS_ASKED: usize = 60;
/// So much of a name fits into a line among others.
const NAME: usize = 16;
/// So much of the name of a file is kept.
const FILE_NAME: usize = 60;

/// What came of reading a file, to be told to whoever sent it.
pub enum Seen {
    /// It was sent too long ago.
    Over,
    /// It did not come.
    Unfetched,
    /// It cannot be read at all.
    Unreadable(Unreadable),
    /// Something in it is wrong, so nothing of it can be written.
    Wrong {
        /// How many cells.
        count: usize,
        /// The sheet that goes back, by name and bytes.
        sheet: (String, Vec<u8>),
    },
    /// It can be written.
    Changes {
        /// What that changes.
        plan: Box<Plan>,
        /// What it says.
        roster: Arc<Roster>,
        /// How it was read.
        reading: Reading,
        /// How many more would leave if the file lists the whole school.
        missing: usize,
    },
    /// It is written.
    Written,
    /// Who sent it may not do that any more.
    NotAllowed,
}

/// A file was sent by somebody who may change who is at the school.
pub fn received(desk: &Desk<'_>, visitor: &Visitor, hat: &Hat, file: &File) -> Answer {
    if !may(&actor(hat), Act::ManageRoster, &Subject::school(&hat.school.id)) {
        return Err(Refusal::NotAllowed.into());
    }
    let ending = file.name.rsplit_once('.').map(|(_, it)| it.to_lowercase()).unwrap_or_default();
    if !TABLES.contains(&ending.as_str()) {
        return Ok(Outcome::say(Message::here(Phrase::new("upload-no-table"))));
    }
    if file.size > roster::file::MAX_FILE as u64 {
        return Ok(Outcome::say(Message::here(Unreadable::TooLarge.phrase())));
    }
    let name = shortened(&file.name, FILE_NAME);
    let upload = Upload {
        id: fresh_id(),
        school: hat.school.id.clone(),
        account: visitor.account.clone(),
        person: hat.person.clone(),
        file: file.id.clone(),
        name: name.clone(),
        written: false,
        at: desk.now(),
    };
    let show = Compose::UploadShown { upload: upload.id.clone(), reading: Reading::default() };
    Ok(Outcome::say(Message::here(Phrase::new("upload-received").text("file", name)))
        .message(Message::composed(show))
        .change(Change::Upload(upload)))
}

/// `import:<upload>:<what>`: nothing is no; `<scope><fingerprint>` is yes to the changes that were shown, with a big letter
/// the second yes to so many leavers; `show-<scope>` shows what another reading would change, `ask-<scope>` asks a second time.
pub async fn press(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    hat: &Hat,
    id: &str,
    what: &str,
    message: i64,
) -> Answer {
    if !may(&actor(hat), Act::ManageRoster, &Subject::school(&hat.school.id)) {
        return Err(Refusal::NotAllowed.into());
    }
    let (id, now) = (UploadId::from(id), desk.now());
    let upload =
        desk.read().await?.upload(&id).await?.filter(|it| !it.is_over(now)).ok_or(Refusal::UploadExpired)?;
    if upload.school != hat.school.id || upload.account != visitor.account {
        return Err(Refusal::NotFound.into());
    }
    if upload.written {
        // A second press, or the receipt was lost.
        return Ok(Outcome::say(Message::toast(Phrase::new("upload-is-written"))));
    }
    let strip = Outcome::say(Message::strip(Some(message), ""));
    if what.is_empty() {
        let said = Message::here(Phrase::new("upload-dropped").text("file", upload.name));
        return Ok(strip.message(said).change(Change::ForgetUpload(id)));
    }
    let asked = |what: &str, sure| Some(Reading { scope: Scope::of_letter(what)?, sure });
    let anew = what.strip_prefix("show-").map(|it| asked(it, false));
    if let Some(reading) = anew.or(what.strip_prefix("ask-").map(|it| asked(it, true))) {
        let reading = reading.ok_or(Refusal::StaleButton)?;
        return Ok(strip.message(Message::composed(Compose::UploadShown { upload: id, reading })));
    }
    let (letter, shown) = what.split_at_checked(1).ok_or(Refusal::StaleButton)?;
    let sure = letter.chars().all(char::is_uppercase);
    let reading = asked(&letter.to_lowercase(), sure).ok_or(Refusal::StaleButton)?;
    let write = Compose::UploadWritten { upload: id, shown: shown.to_owned(), reading };
    Ok(strip.message(Message::toast(Phrase::new("upload-writing"))).message(Message::composed(write)))
}

/// What is told of it; `again` when other changes were shown and confirmed before.
pub fn tell(upload: &Upload, school: &SchoolRow, seen: Seen, again: bool) -> Message {
    let message = |phrase| Message { class: Class::Reply, ..Message::to(&upload.person, phrase) };
    let (file, name) = (&upload.name, &school.name);
    match seen {
        Seen::Unfetched => message(Phrase::new("upload-unfetched").text("file", file)),
        Seen::Unreadable(why) => message(why.phrase()),
        Seen::Over => message(Phrase::new(Refusal::UploadExpired.key())),
        Seen::NotAllowed => message(Phrase::new(Refusal::NotAllowed.key())),
        Seen::Written => message(Phrase::new("upload-written").text("file", file).text("school", name)),
        Seen::Wrong { count, sheet } => {
            let caption = message(Phrase::new("upload-wrong").text("file", file).number("count", count));
            Message { how: How::Document(sheet.0, sheet.1), ..caption }
        }
        Seen::Changes { plan, roster, reading, missing } if plan.is_empty() => {
            let nothing = Phrase::new("upload-nothing").text("file", file).text("school", name);
            let lines = std::iter::once(nothing).chain(notes(&roster)).collect();
            let told = message(Phrase::new("upload-lines").list("lines", lines, "\n"));
            told.row(readings(upload, reading, &plan.leavers, missing))
        }
        // So many farewells are said once more, with as many names as fit.
        Seen::Changes { plan, reading, .. } if reading.sure && plan.leavers.are_many() => {
            let phrase = Phrase::new("upload-really")
                .number("count", plan.leavers.count())
                .number("of", plan.leavers.of_all())
                .list("lines", gone(&plan, LEAVERS_ASKED), "\n");
            let big = reading.scope.letter().to_uppercase();
            let data = format!("import:{}:{big}{}", upload.id, plan.fingerprint());
            let yes = Phrase::new("button-import-really").number("count", plan.leavers.count());
            let back = format!("import:{}:show-{}", upload.id, reading.scope.letter());
            message(phrase)
                .row(vec![Button::new(yes, data)])
                .row(vec![Button::key("button-import-back", back), no(upload)])
        }
        Seen::Changes { plan, roster, reading, missing } => {
            let lead = match again {
                true => Phrase::new("upload-lead-again").text("file", file).text("school", name),
                false => Phrase::new("upload-lead").text("file", file).text("school", name),
            };
            let lines = figures(&plan).into_iter().chain(people(&plan)).chain(notes(&roster));
            let phrase = Phrase::new("upload-changes")
                .phrase("lead", lead)
                .list("lines", lines.collect(), "\n")
                .phrase("end", end(&plan.leavers));
            let letter = reading.scope.letter();
            let yes = match (plan.leavers.are_many(), plan.leavers.count()) {
                (true, count) => Button::new(
                    Phrase::new("button-import-many").number("count", count),
                    format!("import:{}:ask-{letter}", upload.id),
                ),
                (false, 0) => Button::key(
                    "button-import",
                    format!("import:{}:{letter}{}", upload.id, plan.fingerprint()),
                ),
                (false, count) => Button::new(
                    Phrase::new("button-import-leavers").number("count", count),
                    format!("import:{}:{letter}{}", upload.id, plan.fingerprint()),
                ),
            };
            message(phrase)
                .row(vec![yes])
                .rows(readings(upload, reading, &plan.leavers, missing).into_iter().map(|it| vec![it]))
                .row(vec![no(upload)])
        }
    }
}

fn no(upload: &Upload) -> Button {
    Button::key("button-import-not", format!("import:{}", upload.id))
}

/// What else the file may be: a part of the school, of whom nobody leaves, or the whole of it.
fn readings(upload: &Upload, reading: Reading, leavers: &Leavers, missing: usize) -> Vec<Button> {
    let show = |scope: Scope| format!("import:{}:show-{}", upload.id, scope.letter());
    let part = (leavers.count() > 0).then(|| Button::key("button-import-part", show(Scope::Nobody)));
    let classes =
        (reading.scope != Scope::Classes).then(|| Button::key("button-import-classes", show(Scope::Classes)));
    let whole = (reading.scope != Scope::School && missing > 0).then(|| {
        Button::new(Phrase::new("button-import-whole").number("count", missing), show(Scope::School))
    });
    part.into_iter().chain(classes).chain(whole).collect()
}

/// More leavers than is likely are asked about twice.
fn end(leavers: &Leavers) -> Phrase {
    match (leavers.are_many(), leavers.count()) {
        (true, count) => {
            Phrase::new("upload-too-many-leave").number("count", count).number("of", leavers.of_all())
        }
        (false, 0) => Phrase::new("upload-sure"),
        (false, _) => Phrase::new("upload-sure-of-leavers"),
    }
}

/// A line of figures for each sort of which anything changes.
fn figures(plan: &Plan) -> Vec<Phrase> {
    let it = plan.summary;
    let line = |(what, it, left): (&str, Tally, &'static str)| {
        let figures = [("upload-new", it.new), ("upload-changed", it.changed), (left, it.left)];
        let figures = figures.into_iter().filter(|(_, count)| *count > 0);
        let figures: Vec<Phrase> =
            figures.map(|(key, count)| Phrase::new(key).number("count", count)).collect();
        let what = Phrase::new(format!("roster-what-{what}"));
        let is_any = !figures.is_empty();
        is_any.then(|| {
            Phrase::new("upload-figures").phrase("what", what).list("figures", figures, "joint-comma")
        })
    };
    let sorts = [
        ("classes", it.classes, "upload-left"),
        ("staff", it.staff, "upload-left"),
        ("students", it.students, "upload-left"),
        ("guardians", it.guardians, "upload-left"),
        ("pairings", it.pairings, "upload-ended"),
    ];
    sorts.into_iter().filter_map(line).collect()
}

/// A line for each kind of change: who, with the class. Never a phone number or a birthday.
fn people(plan: &Plan) -> Vec<Phrase> {
    let most = |kind: Kind| if kind.takes_away() { LEAVERS_NAMED } else { NAMED };
    Kind::ALL.into_iter().filter_map(|kind| line(plan, kind, most(kind))).collect()
}

/// Who leaves, and who is no guardian any more.
fn gone(plan: &Plan, most: usize) -> Vec<Phrase> {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.takes_away());
    kinds.filter_map(|kind| line(plan, kind, most)).collect()
}

fn line(plan: &Plan, kind: Kind, most: usize) -> Option<Phrase> {
    let of: Vec<_> = plan.changes.iter().filter(|it| it.kind == kind).collect();
    let mut names: Vec<Phrase> = of.iter().take(most).map(|it| person(it)).collect();
    if of.len() > most {
        names.push(Phrase::new("upload-others").number("count", of.len() - most));
    }
    (!of.is_empty()).then(|| {
        Phrase::new("upload-kind")
            .phrase("kind", Phrase::new(format!("roster-change-{}", kind.as_str())))
            .list("names", names, "joint-comma")
    })
}

fn person(it: &roster::Change) -> Phrase {
    let name = shortened(&it.name, NAME);
    match (it.kind, it.class.as_str()) {
        (Kind::Moved, _) => Phrase::new("upload-moved")
            .text("name", name)
            .list("was", it.was.clone(), "joint-comma")
            .list("becomes", it.becomes.clone(), "joint-comma"),
        (_, "") => Phrase::new("words-as-typed").text("words", name),
        (_, class) => Phrase::new("upload-person").text("name", name).text("class", shortened(class, NAME)),
    }
}

/// Columns that were not read, and those that are never kept.
fn notes(roster: &Roster) -> Vec<Phrase> {
    let typed = |it: &String| Phrase::new("words-as-typed").text("words", shortened(it, NAME));
    let heads = |heads: &[String]| heads.iter().take(NAMED).map(typed).collect();
    let mut notes = Vec::new();
    if !roster.unused.is_empty() {
        notes.push(Phrase::new("roster-unused").list("heads", heads(&roster.unused), "joint-comma"));
    }
    if !roster.not_kept.is_empty() {
        notes.push(Phrase::new("roster-not-kept").list("heads", heads(&roster.not_kept), "joint-comma"));
    }
    notes
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
