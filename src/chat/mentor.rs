//! What a mentor puts on record, takes back, and puts off.

use super::{
    Answer, Button, FormChange, Message, Outcome, Refusal, Trouble,
    desk::{Desk, actor, could},
    digest,
    filling::Filling,
    form::Finished,
    form_screen, forms,
    lines::{self, contact_said, name, plain, talk_said},
    marks,
};
use crate::{
    school::{
        AboutId, Act, Body, Contact, ContactForm, Duty, Kind, PersonId, Record, RecordId, Snooze,
        SnoozeReason, Subject, Talk, TalkForm, Topic, may,
    },
    store::{Change, Hat, Whose},
    text::Phrase,
};
use chrono::Duration;
use futures_util::{FutureExt, future::BoxFuture};

/// How long a record can be taken back.
const UNDO_FOR: Duration = Duration::minutes(10);
/// So many students are offered to be put off.
const SHOWN: usize = 24;

/// A talk, from its topics to the record.
pub fn finish_talk<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    let topics: Vec<Topic> = filling.all("topics").iter().filter_map(|it| it.parse().ok()).collect();
    let form: TalkForm = filling.one("way").and_then(|it| it.parse().ok()).unwrap_or_default();
    let words = |step| filling.one(step).map(str::to_owned);
    let (line, afterthought, place) = (words("line"), words("afterthought"), words("place"));
    let talk = Talk { form, topics, line, afterthought, place };
    let said = talk_said(&talk);
    record(desk, hat, filling, Body::Talk(talk), said).boxed()
}

/// A contact with the family, from its form to the record.
pub fn finish_contact<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let form: ContactForm =
            filling.one("form").and_then(|it| it.parse().ok()).ok_or(Refusal::StaleButton)?;
        let words = |step| filling.one(step).map(str::to_owned);
        let contact = Contact {
            form,
            joint: words("joint"),
            family: words("family"),
            line: words("line"),
            afterthought: words("afterthought"),
        };
        let said = contact_said(&contact);
        record(desk, hat, filling, Body::Contact(contact), said).await
    }
    .boxed()
}

/// One record, the same however often something is added to it, and what was recorded in one glance.
pub(super) async fn record(
    desk: &mut Desk<'_>,
    hat: &Hat,
    filling: &Filling,
    body: Body,
    said: Phrase,
) -> Result<Finished, Trouble> {
    let at = filling.said_at(desk.now());
    let day = filling.day(at, hat.school.zone);
    let kind = body.kind();
    let about = about(desk, hat, filling, kind).await?;
    let record = Record::new(filling.record.clone(), hat.person.clone(), about, day, at, body);
    let change = Change::Record(hat.school.id.clone(), record);
    let said = Phrase::new("record-done")
        .list("who", form_screen::whom(filling), "joint-comma")
        .phrase("what", said)
        .day("day", day);
    let undo = Button::key("button-undo", format!("undo:{}", filling.record));
    let mut lines = vec![said];
    let notes = ["line", "afterthought", "place"].into_iter().filter(|_| kind != Kind::Referral);
    lines.extend(notes.filter_map(|step| note(filling, step)));
    // What is about a family's troubles is not said again, only that it is kept.
    let is_kept = kind == Kind::Referral && filling.one("line").is_some();
    lines.extend(is_kept.then(|| Phrase::new("record-kept")));
    lines.extend(
        filling.one("family").filter(|_| kind == Kind::Contact).map(|_| Phrase::new("record-family")),
    );
    if lines.len() == 1 && filling.parked.is_none() {
        // A line is taken only where the form has one.
        let takes_a_line = forms::by_name(&filling.form).is_some_and(|form| form.line(filling).is_some());
        lines.push(Phrase::new(if takes_a_line { "record-hint" } else { "record-hint-undo" }));
    }
    let receipt = Message::here(Phrase::new("lines").list("lines", lines, "\n")).row(vec![undo]);
    if filling.saved.is_some() {
        return Ok(Finished { changes: vec![change], receipt, messages: Vec::new() });
    }
    // Written first, so that the list of the morning is read without it.
    desk.note(vec![change]);
    let messages = digest::refreshed(desk, hat).await?.into_iter().collect();
    Ok(Finished { changes: Vec::new(), receipt, messages })
}

/// Whom and what a record is about: the students, and the class, group, school or mentor whose it is. A case review of
/// students is one of their class, their mentor and the school, too: that of the month may be anybody's (M).
async fn about(
    desk: &mut Desk<'_>,
    hat: &Hat,
    filling: &Filling,
    kind: Kind,
) -> Result<Vec<AboutId>, Trouble> {
    let students = filling.who.iter().map(|(id, _)| AboutId::from(id));
    let mut about: Vec<AboutId> = students.chain(filling.matter.iter().map(|(id, _)| id.clone())).collect();
    if kind == Kind::Case {
        for (student, _) in &filling.who {
            about.extend(desk.read().await?.class_of(student).await?.map(|class| (&class).into()));
        }
        about.extend([(&hat.person).into(), (&hat.school.id).into()]);
        about.sort();
        about.dedup();
    }
    Ok(about)
}

fn note(filling: &Filling, step: &str) -> Option<Phrase> {
    filling.one(step).map(|words| Phrase::new(format!("record-{step}")).text("words", words))
}

/// `undo:<record>:<sitting>`: takes back what one has just put on record oneself; of a record that is written in several
/// sittings, the last one.
pub async fn undo(
    desk: &mut Desk<'_>,
    hat: &Hat,
    id: &str,
    open: Option<&Filling>,
    over: Option<i64>,
) -> Answer {
    let (id, sitting) = id.split_once(':').unwrap_or((id, ""));
    let id = RecordId::parse(id).ok_or(Refusal::StaleButton)?;
    let now = desk.now();
    let tx = desk.read().await?;
    let kept = tx.record(&id).await?.filter(|it| it.school == hat.school.id).ok_or(Refusal::NotFound)?;
    if !may(&actor(hat), Act::UndoRecord, &Subject::person(&kept.school, &kept.record.by)) {
        return Err(Refusal::NotAllowed.into());
    }
    // What is in the family's hands nothing takes back.
    let is_sent = kept.record.kind == Kind::Evaluation
        || kept.record.kind == Kind::Contact && kept.record.form() == Some(ContactForm::Feedback.as_str());
    if is_sent || kept.record.kind == Kind::Wish {
        return Err(Refusal::StaleButton.into());
    }
    if kept.undone {
        return Err(Refusal::AlreadyUndone.into());
    }
    if now.since(kept.record.at) > UNDO_FOR {
        return Err(Refusal::TooLateToUndo.into());
    }
    let change = marks::taken_back(&kept, sitting)?;
    let whom = tx.names_of(&kept.record.about).await?;
    // A case is its mentor's and the school's, too: that goes without saying where it names a student.
    let own = [AboutId::from(&kept.record.by), (&kept.school).into()];
    let named = kept.record.about.iter().filter(|it| kept.record.about.len() == 1 || !own.contains(it));
    let who = named.map(|it| plain(name(&whom, it))).collect();
    let key = match kept.record.kind {
        // Done or dropped by mistake: what is taken back is that, and not what was resolved.
        Kind::Resolution => "resolution-undone",
        _ if matches!(change, Change::Undo(_)) => "record-undone",
        _ => "marks-undone",
    };
    let said = Phrase::new(key)
        .list("who", who, "joint-comma")
        .phrase("what", Phrase::new(format!("duty-{}", kept.record.kind)));
    desk.note(vec![change]);
    let mut outcome = Outcome::say(Message::here(said).over(over));
    outcome.messages.extend(digest::refreshed(desk, hat).await?);
    // A line typed now would bring it back.
    let closes = open.is_some_and(|it| it.record == id);
    Ok(outcome.form(if closes { FormChange::Close } else { FormChange::Keep }))
}

/// `later:<student>`: until when? Without a student: whom?
pub async fn later(desk: &mut Desk<'_>, hat: &Hat, student: &str, over: Option<i64>) -> Answer {
    let back = vec![Button::key("button-back-to-list", "today:")];
    if student.is_empty() {
        return Ok(Outcome::say(whom(desk, hat).await?.row(back).over(over)));
    }
    let around = desk.allowed(hat, Act::Snooze, &student.into()).await?;
    let choice = |reason: &SnoozeReason| {
        Button::key(format!("later-{reason}"), format!("snooze:{}:{reason}", around.student))
    };
    let message = Message::here(Phrase::new("later").text("student", &around.name))
        .rows(SnoozeReason::ALL.iter().map(|it| vec![choice(it)]))
        .row(back);
    Ok(Outcome::say(message.over(over)))
}

/// Whom the mentor could put off: who stands on the list.
async fn whom(desk: &mut Desk<'_>, hat: &Hat) -> Result<Message, Trouble> {
    if !could(hat, Act::Snooze) {
        return Err(Refusal::NotForYou.into());
    }
    let rules = desk.rules(&hat.school).await?;
    let today = desk.today(&hat.school);
    let tx = desk.read().await?;
    let open = tx.duties(&rules, Whose::Person(&hat.person), today).await?;
    let names = lines::names(tx, &open).await?;
    let mut students: Vec<PersonId> = Vec::new();
    for student in open.iter().filter_map(Duty::student) {
        if !students.contains(&student) {
            students.push(student);
        }
    }
    let button = |it: &PersonId| Button::new(plain(name(&names, it)), format!("later:{it}"));
    let buttons: Vec<Button> = students.iter().take(SHOWN).map(button).collect();
    let more = |students| Phrase::new("digest-more").number("students", students);
    // Who finds no place here has the same button on the own card.
    let others = students.len().checked_sub(SHOWN + 1).map(|it| more(it + 1));
    let lines = [Phrase::new("later-whom")].into_iter().chain(others).collect();
    let message = Message::here(Phrase::new("lines").list("lines", lines, "\n"));
    Ok(message.rows(buttons.chunks(2).map(<[Button]>::to_vec)))
}

/// `snooze:<student>:<reason>`: off the list for a while. The duty's own clock runs on.
pub async fn snooze(
    desk: &mut Desk<'_>,
    hat: &Hat,
    student: &str,
    reason: &str,
    over: Option<i64>,
) -> Answer {
    let around = desk.allowed(hat, Act::Snooze, &student.into()).await?;
    let reason: SnoozeReason = reason.parse().map_err(|_| Refusal::StaleButton)?;
    let rules = desk.rules(&hat.school).await?;
    let until = reason.until(&rules.calendar, desk.today(&hat.school));
    let snooze = Snooze { mentor: hat.person.clone(), student: around.student, until, reason };
    let said = Phrase::new("later-done").text("student", around.name).day("day", until);
    let back = vec![Button::key("button-back-to-list", "today:")];
    Ok(Outcome::say(Message::here(said).over(over).row(back))
        .change(Change::Snooze(hat.school.id.clone(), snooze)))
}
