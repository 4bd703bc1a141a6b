//! What a student can say: the check-in, and "I would like to talk".

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble, consent,
    desk::{Desk, may_own},
    filling::Filling,
    form::{self, Finished},
    forms::CHECKIN,
};
use crate::{
    school::{Act, At, Body, Checkin, CheckinPeriod, Day, PersonId, Record, RecordId, Role, checkin_period},
    store::{Change, Hat, RecordRow, SchoolRules, Task},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// The answers of the check-in's first step.
const MOODS: [&str; 5] = ["1", "2", "3", "4", "5"];
/// The kind of task that a student's wish for a talk makes.
pub const WISH: &str = "wish";

/// `/checkin`: the open one goes on where it was; one that was answered is shown, to be changed. What was broken off last
/// week is not this week's mood: it begins anew.
pub async fn checkin(desk: &mut Desk<'_>, hat: &Hat, open: Option<Filling>) -> Answer {
    consent::agreed(desk, hat).await?;
    let rules = desk.rules(&hat.school).await?;
    let (_, record) = checkin_of(&rules, &hat.person, desk.now());
    let is_this_weeks = |it: &Filling| {
        it.form == CHECKIN.name && it.person == hat.person && it.record == record && it.saved.is_none()
    };
    match open.filter(is_this_weeks) {
        Some(filling) => form::show_again(desk, hat, filling).await,
        None => begin(desk, hat, None, None).await,
    }
}

/// A button of the week's question, or under an answered check-in. It names the period it was made for: last week's
/// buttons say nothing about this week.
pub async fn checkin_again(
    desk: &mut Desk<'_>,
    hat: &Hat,
    period: &str,
    how: &str,
    over: Option<i64>,
) -> Answer {
    if period == "now" {
        return begin(desk, hat, None, over).await;
    }
    consent::agreed(desk, hat).await?;
    let rules = desk.rules(&hat.school).await?;
    let (running, record) = checkin_of(&rules, &hat.person, desk.now());
    if period != running.key.to_string() {
        return Err(Refusal::StaleButton.into());
    }
    if how != "edit" {
        return begin(desk, hat, Some(how), over).await;
    }
    let kept = desk.read().await?.record(&record).await?;
    let mut filling = Filling { record, ..Filling::new(&CHECKIN, &hat.person) };
    // The taps are asked anew; own words stay until others take their place.
    if let Some(Body::Checkin(Checkin { line: Some(line), .. })) = kept.map(|it| it.record.body) {
        filling.answers.insert("line".to_owned(), vec![line]);
    }
    form::open(desk, hat, &CHECKIN, filling, over).await
}

/// The week's question with its first answers under it: the check-in is four taps from here.
pub fn question(key: &'static str, student: &PersonId, name: &str, period: Day) -> Message {
    let moods =
        MOODS.iter().map(|mood| Button::key(format!("mood-{mood}"), format!("checkin:{period}:{mood}")));
    Message::to(student, Phrase::new(key).text("name", name)).row(moods.collect())
}

async fn begin(desk: &mut Desk<'_>, hat: &Hat, mood: Option<&str>, over: Option<i64>) -> Answer {
    if !may_own(hat, Act::CheckIn) {
        return Err(Refusal::NotForYou.into());
    }
    consent::agreed(desk, hat).await?;
    let rules = desk.rules(&hat.school).await?;
    let (period, record) = checkin_of(&rules, &hat.person, desk.now());
    if let Some(kept) = desk.read().await?.record(&record).await?
        && let (Body::Checkin(it), false) = (&kept.record.body, kept.undone)
    {
        let edit = vec![edit_button(period.key)];
        return Ok(Outcome::say(Message::here(receipt("checkin-answered", it)).over(over).row(edit)));
    }
    let mut filling = Filling { record, ..Filling::new(&CHECKIN, &hat.person) };
    if let Some(mood) = mood {
        if !MOODS.contains(&mood) {
            return Err(Refusal::StaleButton.into());
        }
        filling.answer("mood", mood.to_owned());
    }
    form::open(desk, hat, &CHECKIN, filling, over).await
}

fn edit_button(period: Day) -> Button {
    Button::key("button-checkin-edit", format!("checkin:{period}:edit"))
}

/// The running period of a student's check-in, and the record it makes: one, however often it is said. Late answers count,
/// and it may be changed until the next one is asked.
pub fn checkin_of(rules: &SchoolRules, student: &PersonId, now: At) -> (CheckinPeriod, RecordId) {
    let school = &rules.school;
    let period = checkin_period(&rules.policy(rules.day(now)), &rules.calendar, school.zone, now);
    let id = RecordRow::checkin_id(&school.id, student, &period);
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
        let rules = desk.rules(&hat.school).await?;
        let period = checkin_of(&rules, &hat.person, desk.now()).0.key;
        let at = filling.said_at(desk.now());
        let day = filling.day(at, hat.school.zone);
        let added = filling.saved.is_some();
        let key = match (added, checkin.mood) {
            (true, _) => "checkin-added",
            (false, ..=2) => "checkin-done-low",
            (false, _) => "checkin-done",
        };
        let phrase = receipt(key, &checkin);
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
        if wants_talk && !is_asked(desk, hat).await? {
            match ask_mentor(desk, hat).await? {
                Some(asked) => {
                    changes.push(asked.task);
                    messages.extend(asked.messages);
                    if !asked.mentor_knows {
                        messages.push(Message::here(Phrase::new(asked.said)));
                    }
                }
                None => messages.push(Message::here(Phrase::new(Refusal::NoMentor.key()))),
            }
        }
        let edit = vec![edit_button(period)];
        Ok(Finished { changes, receipt: Message::here(phrase).row(edit), messages })
    }
    .boxed()
}

/// `/wish`: "I would like to talk". The mentor is told at once.
pub async fn wish(desk: &mut Desk<'_>, hat: &Hat) -> Answer {
    if !may_own(hat, Act::WishTalk) {
        return Err(Refusal::NotForYou.into());
    }
    consent::agreed(desk, hat).await?;
    let asked = ask_mentor(desk, hat).await?.ok_or(Refusal::NoMentor)?;
    if is_asked(desk, hat).await? {
        let said = if asked.mentor_knows { "wish-known" } else { "wish-noted" };
        return Ok(Outcome::say(Message::here(Phrase::new(said))));
    }
    let (day, at) = (desk.today(&hat.school), desk.now());
    let me = hat.person.clone();
    let record = Record::new(crate::clock::fresh_id(), me.clone(), vec![me], day, at, Body::Wish);
    let changes = vec![asked.task, Change::Record(hat.school.id.clone(), record)];
    let mut outcome = Outcome { changes, ..Outcome::say(Message::here(Phrase::new(asked.said))) };
    outcome.messages.extend(asked.messages);
    Ok(outcome)
}

/// What becomes of a wish for a talk.
struct Asked {
    /// What the mentor who owes the talks has to do.
    task: Change,
    /// Who is told.
    messages: Vec<Message>,
    /// Whether a mentor is.
    mentor_knows: bool,
    /// What the student is told of it.
    said: &'static str,
}

/// A wish that still stands open is known already.
async fn is_asked(desk: &mut Desk<'_>, hat: &Hat) -> Result<bool, Trouble> {
    Ok(desk.read().await?.has_task(&hat.person, WISH).await?)
}

/// Every mentor of the student is told. Where no word reaches any of them, who leads the class is asked to help; the
/// student is promised only what happens. `None`: there is no mentor.
async fn ask_mentor(desk: &mut Desk<'_>, hat: &Hat) -> Result<Option<Asked>, Trouble> {
    let around = desk.around(&hat.person, hat).await?;
    let Some(owner) = around.mentors.first() else { return Ok(None) };
    let tx = desk.read().await?;
    let heads = match &around.class {
        Some(class) => tx.holders(&around.school, Role::HeadTeacher, Some(class)).await?,
        None => Vec::new(),
    };
    let all: Vec<PersonId> = around.mentors.iter().chain(&heads).cloned().collect();
    let addresses = tx.addresses(&all).await?;
    let is_reached = |it: &&PersonId| addresses.get(*it).is_some_and(|address| address.reachable);
    let tell =
        |to: &PersonId, key: &'static str| Message::to(to, Phrase::new(key).text("student", &hat.name));
    let log = || vec![Button::key("button-log-talk", format!("talk:{}", hat.person))];
    let mut messages: Vec<Message> =
        around.mentors.iter().filter(is_reached).map(|it| tell(it, "wish-told").row(log())).collect();
    let mentor_knows = !messages.is_empty();
    if !mentor_knows {
        messages.extend(heads.iter().filter(is_reached).map(|it| tell(it, "wish-told-head")));
    }
    let said = match (mentor_knows, messages.is_empty()) {
        (true, _) => "wish-done",
        (false, false) => "wish-head-knows",
        (false, true) => "wish-noted",
    };
    let task = Change::OpenTask(Task {
        school: hat.school.id.clone(),
        owner: owner.clone(),
        student: hat.person.clone(),
        kind: WISH,
        about: String::new(),
    });
    Ok(Some(Asked { task, messages, mentor_knows, said }))
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
