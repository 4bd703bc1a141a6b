//! What a student can say: the check-in, and "I would like to talk".

use super::{
    Answer, Button, FormChange, Message, Outcome, Refusal, Trouble,
    desk::{Desk, may_own},
    filling::Filling,
    form::{self, Finished},
    forms::CHECKIN,
};
use crate::{
    school::{Act, At, Body, Checkin, CheckinPeriod, PersonId, Record, RecordId, checkin_period},
    store::{Change, Hat, RecordRow, SchoolRules, Task},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// The kind of task that a student's wish for a talk makes.
pub const WISH: &str = "wish";

/// `/checkin`: the open one goes on where it was; one that was answered is shown, to be changed.
pub async fn checkin(desk: &mut Desk<'_>, hat: &Hat, open: Option<Filling>) -> Answer {
    match open {
        Some(filling)
            if filling.form == CHECKIN.name && filling.person == hat.person && filling.saved.is_none() =>
        {
            form::show_again(desk, hat, filling).await
        }
        _ => begin(desk, hat, None).await,
    }
}

/// The button under the week's question, or under an answered check-in (`edit`).
pub async fn checkin_again(desk: &mut Desk<'_>, hat: &Hat, how: &str, over: Option<i64>) -> Answer {
    match how {
        "edit" => {
            let record = record_id(desk, hat).await?;
            let kept = desk.read().await?.record(&record).await?;
            let mut filling = Filling { record, ..Filling::new(&CHECKIN, &hat.person) };
            // The taps are asked anew; own words stay until others take their place.
            if let Some(Body::Checkin(Checkin { line: Some(line), .. })) = kept.map(|it| it.record.body) {
                filling.answers.insert("line".to_owned(), vec![line]);
            }
            form::open(desk, hat, &CHECKIN, filling, over).await
        }
        _ => begin(desk, hat, over).await,
    }
}

async fn begin(desk: &mut Desk<'_>, hat: &Hat, over: Option<i64>) -> Answer {
    if !may_own(hat, Act::CheckIn) {
        return Err(Refusal::NotForYou.into());
    }
    let record = record_id(desk, hat).await?;
    if let Some(kept) = desk.read().await?.record(&record).await?
        && let (Body::Checkin(it), false) = (&kept.record.body, kept.undone)
    {
        let edit = vec![Button::key("button-checkin-edit", "checkin:edit")];
        return Ok(Outcome::say(Message::here(receipt("checkin-answered", it)).over(over).row(edit)));
    }
    let filling = Filling { record, ..Filling::new(&CHECKIN, &hat.person) };
    form::open(desk, hat, &CHECKIN, filling, over).await
}

/// The check-in of this period is one record, however often it is said: late answers count, and it may be changed until
/// the next one is asked.
async fn record_id(desk: &mut Desk<'_>, hat: &Hat) -> Result<RecordId, Trouble> {
    let rules = desk.rules(&hat.school).await?;
    Ok(checkin_of(&rules, &hat.person, desk.now()).1)
}

/// The running period of a student's check-in, and the record it makes.
pub fn checkin_of(rules: &SchoolRules, student: &PersonId, now: At) -> (CheckinPeriod, RecordId) {
    let school = &rules.school;
    let period = checkin_period(&rules.policy(rules.day(now)), &rules.calendar, school.zone, now);
    let id = RecordRow::same_id(&school.id, &["checkin", student.as_str(), &period.key.to_string()]);
    (period, id)
}

/// From the four answers to the record; a wish for a talk reaches the mentor at once.
pub fn finish_checkin<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let scale = |step: &str| filling.one(step).and_then(|it| it.parse().ok()).unwrap_or(0);
        let checkin = Checkin {
            mood: scale("mood"),
            study: scale("study"),
            life: scale("life"),
            wants_talk: filling.one("talk") == Some("yes"),
            line: filling.one("line").map(str::to_owned),
        };
        if !checkin.is_valid() {
            return Err(Refusal::StaleButton.into());
        }
        let at = filling.said_at(desk.now());
        let day = filling.day(at, hat.school.zone);
        let added = filling.saved.is_some();
        let phrase = receipt(if added { "checkin-added" } else { "checkin-done" }, &checkin);
        let wants_talk = checkin.wants_talk && !added;
        let record = Record::new(
            filling.record.clone(),
            hat.person.clone(),
            vec![hat.person.clone()],
            day,
            at,
            Body::Checkin(checkin),
        );
        let mut changes = vec![Change::Record(hat.school.id.clone(), record)];
        let mut messages = Vec::new();
        if wants_talk {
            let (wish, told) = ask_mentor(desk, hat).await?;
            changes.extend(wish);
            messages.extend(told);
        }
        let edit = vec![Button::key("button-checkin-edit", "checkin:edit")];
        Ok(Finished { changes, receipt: Message::here(phrase).row(edit), messages })
    }
    .boxed()
}

/// `/wish`: "I would like to talk". The mentor is told at once.
pub async fn wish(desk: &mut Desk<'_>, hat: &Hat) -> Answer {
    if !may_own(hat, Act::WishTalk) {
        return Err(Refusal::NotForYou.into());
    }
    if desk.around(&hat.person, hat).await?.mentors.is_empty() {
        return Err(Refusal::NoMentor.into());
    }
    let (mut changes, messages) = ask_mentor(desk, hat).await?;
    if changes.is_empty() {
        return Ok(Outcome::say(Message::here(Phrase::new("wish-known"))));
    }
    let (day, at) = (desk.today(&hat.school), desk.now());
    let me = hat.person.clone();
    let record = Record::new(crate::clock::fresh_id(), me.clone(), vec![me], day, at, Body::Wish);
    changes.push(Change::Record(hat.school.id.clone(), record));
    let mut outcome = Outcome { changes, ..Outcome::say(Message::here(Phrase::new("wish-done"))) };
    outcome.messages.extend(messages);
    Ok(outcome.form(FormChange::Keep))
}

/// A task for the mentor who owes the talks, and the word to every mentor of the student. Nothing if it is known already.
async fn ask_mentor(desk: &mut Desk<'_>, hat: &Hat) -> Result<(Vec<Change>, Vec<Message>), Trouble> {
    let around = desk.around(&hat.person, hat).await?;
    let tx = desk.read().await?;
    let Some(owner) = around.mentors.first() else { return Ok((Vec::new(), Vec::new())) };
    if tx.has_task(&hat.person, WISH).await? {
        return Ok((Vec::new(), Vec::new()));
    }
    let task = Change::OpenTask(Task {
        school: hat.school.id.clone(),
        owner: owner.clone(),
        student: hat.person.clone(),
        kind: WISH,
        about: String::new(),
    });
    let tell = |mentor: &PersonId| {
        let phrase = Phrase::new("wish-told").text("student", &hat.name);
        Message::to(mentor, phrase).row(vec![Button::key("button-log-talk", format!("talk:{}", hat.person))])
    };
    Ok((vec![task], around.mentors.iter().map(tell).collect()))
}

/// What was answered, in one glance.
pub fn receipt(key: &'static str, it: &Checkin) -> Phrase {
    let word = |prefix: &str, value: u8| Phrase::new(format!("{prefix}-{value}"));
    let wants = Phrase::new(if it.wants_talk { "wants-yes" } else { "wants-no" });
    let line = match &it.line {
        Some(line) => Phrase::new("checkin-line").text("line", line),
        None => Phrase::new("nothing"),
    };
    Phrase::new(key)
        .phrase("mood", word("mood", it.mood))
        .phrase("study", word("study", it.study))
        .phrase("life", word("life", it.life))
        .phrase("wants", wants)
        .phrase("line", line)
}
