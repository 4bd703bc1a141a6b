//! What came on paper, typed in by the mentor: a student's report, which counts like any other while the child's own words
//! stay on the paper, and a family's answer to a feedback. And the sheets to print for it.

use super::{
    Answer, Button, How, Message, Outcome, Refusal, Trouble,
    checkin::checkin_of,
    compose::Compose,
    desk::Desk,
    digest, feedback,
    filling::Filling,
    form::{self, Finished},
    forms::{HEARD, PAPER},
    lines::family,
    report::{read, receipt},
    student::WISH,
};
use crate::{
    print::{Page, Sheets, sheets},
    school::{Act, At, Body, Checkin, FeedbackId, PersonId, Question, Record, SchoolId, Way},
    store::{Change, CopyState, FeedbackCopy, FeedbackView, Hat, Task, Tx, Word},
    text::Phrase,
};
use anyhow::Result;
use futures_util::{FutureExt, future::BoxFuture};

/// `paper:<student>`: from the student's card, and from the word that the family said no.
pub async fn open(desk: &mut Desk<'_>, hat: &Hat, student: &str) -> Answer {
    let around = desk.allowed(hat, Act::LogCheckin, &student.into()).await?;
    on_paper(desk, hat, &around.student).await?;
    let (rules, today) = (desk.rules(&hat.school).await?, desk.today(&hat.school));
    let asks = desk.read().await?.asks_of(&rules, &around.student, false, today).await?;
    let skips = Question::ALL.iter().filter(|it| !asks.questions.contains(it)).map(ToString::to_string);
    let filling = Filling { skips: skips.collect(), ..Filling::new(&PAPER, &hat.person) };
    form::open(desk, hat, &PAPER, filling.with_student("who", &around.student, &around.name), None).await
}

/// Nobody answers in the place of a student who can and may do so alone, and nobody writes over what a student has said.
async fn on_paper(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<(), Trouble> {
    if way_of(desk, hat, student).await? == Way::Alone {
        return Err(Refusal::AnswersAlone.into());
    }
    let (rules, now) = (desk.rules(&hat.school).await?, desk.now());
    match sheets::has_reported(desk.read().await?, &rules, student, now).await? {
        true => Err(Refusal::HasReported.into()),
        false => Ok(()),
    }
}

/// How a student checks in today.
pub async fn way_of(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<Way> {
    let (rules, today) = (desk.rules(&hat.school).await?, desk.today(&hat.school));
    Ok(desk.read().await?.asks_of(&rules, student, false, today).await?.way)
}

/// `sheets:`: the mentor's sheets come as a file, where there is anything to print.
pub async fn print(desk: &mut Desk<'_>, hat: &Hat) -> Answer {
    let what = Compose::Sheets { school: hat.school.id.clone(), mentor: hat.person.clone() };
    let now = desk.now();
    match sheets_of(desk.read().await?, &hat.school.id, &hat.person, now).await?.is_empty() {
        true => Err(Refusal::NobodyOnPaper.into()),
        false => {
            let coming = Message::toast(Phrase::new("slips-coming"));
            Ok(Outcome::say(coming).message(Message::composed(what)))
        }
    }
}

/// The sheets as they are sent.
pub async fn printed(tx: &mut Tx, school: &SchoolId, mentor: &PersonId, now: At) -> Result<Option<Message>> {
    let sheets = sheets_of(tx, school, mentor, now).await?;
    let Some(person) = tx.person(mentor).await?.filter(|_| !sheets.is_empty()) else { return Ok(None) };
    let phrase = Phrase::new("sheets-sent").number("count", sheets.len());
    let name = Phrase::new("sheet-file").text("name", person.name);
    let how = How::Page(name, Box::new(Page::Sheets(sheets)));
    Ok(Some(Message { how, ..Message::to(mentor, phrase) }))
}

async fn sheets_of(tx: &mut Tx, school: &SchoolId, mentor: &PersonId, now: At) -> Result<Sheets> {
    let rules = tx.rules(school).await?;
    let language = rules.school.language.clone();
    sheets::of_mentors(tx, &rules, std::slice::from_ref(mentor), None, &language, now).await
}

/// `heard:<feedback>:<number of the copy>`: what the family wrote back on paper or said on the phone.
pub async fn heard(desk: &mut Desk<'_>, hat: &Hat, id: &str, number: &str) -> Answer {
    let about = format!("{id}:{number}");
    let (view, _) = copy_of(desk, &about).await?;
    let around = desk.allowed(hat, HEARD.act, &view.feedback.student).await?;
    let filling = Filling { about, ..Filling::new(&HEARD, &hat.person) };
    form::open(desk, hat, &HEARD, filling.with_student("who", &around.student, &around.name), None).await
}

/// The copy that a button names, while nobody in the chat can answer it.
async fn copy_of(desk: &mut Desk<'_>, about: &str) -> Result<(FeedbackView, FeedbackCopy), Trouble> {
    let (id, number) = about.split_once(':').ok_or(Refusal::StaleButton)?;
    let id = FeedbackId::parse(id).ok_or(Refusal::StaleButton)?;
    let view = desk.read().await?.feedback(&id).await?.ok_or(Refusal::NotFound)?;
    let copy = number.parse().ok().and_then(|it: usize| view.copies.get(it)).cloned();
    let copy = copy.filter(|it| feedback::is_off_chat(it.state)).ok_or(Refusal::StaleButton)?;
    Ok((view, copy))
}

/// The words are kept as the family's own, and the feedback counts as answered.
pub fn finish_heard<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (view, copy) = copy_of(desk, &filling.about).await?;
        let words = filling.one("words").ok_or(Refusal::StaleButton)?;
        let word = Word {
            school: hat.school.id.clone(),
            id: filling.record.to_string(),
            student: view.feedback.student.clone(),
            from: copy.guardian.clone(),
            to: hat.person.clone(),
            feedback: view.feedback.id.to_string(),
            body: words.to_owned(),
            at: desk.now(),
        };
        desk.note(vec![Change::Word(word)]);
        desk.note(feedback::heard(&view.feedback, &copy.guardian, CopyState::Answered));
        let view = desk.read().await?.feedback(&view.feedback.id).await?.ok_or(Refusal::NotFound)?;
        let who = family(&view.student, &copy.relation);
        let receipt = Message::here(Phrase::new("heard-done").phrase("who", who).text("words", words));
        let mut messages = vec![feedback::status_for_author(&view)];
        messages.extend(digest::refreshed(desk, hat).await?);
        Ok(Finished { changes: Vec::new(), receipt, messages })
    }
    .boxed()
}

/// From the sheet to the record: the one that the student's own check-in of this period would have been. It is the
/// mentor's, so a family's withdrawal leaves it: the school has to keep that the student reported.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (student, name) = filling.who.first().ok_or(Refusal::StaleButton)?;
        on_paper(desk, hat, student).await?;
        // No words of a child whose family has not consented.
        let checkin = Checkin { line: None, ..read(filling)? };
        let around = desk.around(student, hat).await?;
        let rules = desk.rules(&hat.school).await?;
        let at = filling.said_at(desk.now());
        let (_, id) = checkin_of(&rules, student, at);
        let phrase = receipt("paper-done", &checkin, true).text("student", name);
        let asks = checkin.wants_talk;
        let day = filling.day(at, hat.school.zone);
        let record = Record::new(
            id.clone(),
            hat.person.clone(),
            vec![student.clone()],
            day,
            at,
            Body::Checkin(checkin),
        );
        desk.note(vec![Change::Record(hat.school.id.clone(), record)]);
        if let (true, Some(owner)) = (asks, around.mentors.first()) {
            // Who owes the talks finds it at the head of the next list, as any wish.
            desk.note(vec![Change::OpenTask(Task {
                school: hat.school.id.clone(),
                owner: owner.clone(),
                student: student.clone(),
                kind: WISH,
                about: String::new(),
            })]);
        }
        let messages = digest::refreshed(desk, hat).await?.into_iter().collect();
        let undo = vec![Button::key("button-undo", format!("undo:{id}"))];
        Ok(Finished { changes: Vec::new(), receipt: Message::here(phrase).row(undo), messages })
    }
    .boxed()
}
