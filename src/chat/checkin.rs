//! The check-in 学生汇报: asked, answered by the student or by a guardian together with a young child, shown, changed.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble, consent,
    desk::{Desk, may_own},
    filling::Filling,
    form::{self, Finished},
    forms::CHECKIN,
    student::{WISH, Wisher, ask_mentor},
};
use crate::{
    school::{
        Act, At, Body, Checkin, CheckinPeriod, Day, PersonId, Question, Record, RecordId, Relation, Way,
    },
    store::{Asks, Change, Hat, PersonRow, RecordRow, SchoolRules},
    text::Phrase,
};
use anyhow::Result;
use futures_util::{FutureExt, future::BoxFuture};
use std::collections::BTreeMap;

/// The answers of the check-in's first step.
const MOODS: [&str; 5] = ["1", "2", "3", "4", "5"];

/// Of whom a check-in is, and how it is asked.
struct Pupil {
    student: PersonId,
    name: String,
    asks: Asks,
    /// Whether a guardian answers, together with the child.
    together: bool,
}

impl Pupil {
    /// The student of this id, or whoever asks; if this person may check in for, and nobody has to consent first.
    async fn of(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<Pupil, Trouble> {
        let together = *student != hat.person;
        let name = match together {
            false if may_own(hat, Act::CheckIn) => hat.name.clone(),
            _ => desk.allowed(hat, Act::CheckIn, student).await?.name,
        };
        consent::agreed(desk, hat, student).await?;
        let asks = asks_of(desk, hat, student).await?;
        // A child who has a phone answers alone, and so does one who is old enough.
        if together && asks.way != Way::Together {
            return Err(Refusal::ChildAnswers.into());
        }
        Ok(Pupil { student: student.clone(), name, asks, together })
    }

    /// An empty form that asks what the school's policy chose, in words for the child's age.
    fn filling(&self, hat: &Hat, record: RecordId) -> Filling {
        let skips = Question::ALL.iter().filter(|it| !self.asks.questions.contains(it));
        let mut filling = Filling {
            record,
            skips: skips.map(ToString::to_string).collect(),
            words: BTreeMap::from([(Question::Goals.to_string(), self.asks.goals.clone())]),
            ..Filling::new(&CHECKIN, &hat.person)
        };
        filling.words.retain(|_, words| !words.is_empty());
        if self.asks.as_to_a_child {
            "child".clone_into(&mut filling.voice);
        }
        if self.together {
            filling.who.push((self.student.clone(), self.name.clone()));
        }
        filling
    }

    /// What this person may see of what is on record already, and whether it may be changed: one's own, and what a guardian
    /// has said together with oneself.
    fn is_own(&self, hat: &Hat, record: &Record) -> bool {
        !self.together || record.by == hat.person
    }
}

/// What a student's check-in is today.
async fn asks_of(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<Asks> {
    let (rules, today) = (desk.rules(&hat.school).await?, desk.today(&hat.school));
    // Only the goals of a plan stand on record.
    let tx = match rules.policy(today).checkin.questions.contains(&Question::Goals) {
        true => desk.read().await?,
        false => desk.look().await?,
    };
    tx.asks_of(&rules, student, *student == hat.person, today).await
}

/// How many taps a student's check-in takes today.
pub async fn taps(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<usize> {
    Ok(asks_of(desk, hat, student).await?.taps())
}

/// `/checkin`: the open one goes on where it was; one that was answered is shown, to be changed. What was broken off last
/// week is not this week's mood: it begins anew.
pub async fn checkin(desk: &mut Desk<'_>, hat: &Hat, open: Option<Filling>) -> Answer {
    if !may_own(hat, Act::CheckIn) {
        return family(desk, hat, None).await;
    }
    consent::agreed(desk, hat, &hat.person).await?;
    let rules = desk.rules(&hat.school).await?;
    let (_, record) = checkin_of(&rules, &hat.person, desk.now());
    let is_this_weeks = |it: &Filling| {
        it.form == CHECKIN.name && it.person == hat.person && it.record == record && it.saved.is_none()
    };
    match open.filter(is_this_weeks) {
        Some(filling) => form::show_again(desk, hat, filling).await,
        None => begin(desk, hat, &hat.person, None, None).await,
    }
}

/// A guardian asks for it: of the one child who answers together with a guardian, or of which?
async fn family(desk: &mut Desk<'_>, hat: &Hat, over: Option<i64>) -> Answer {
    let mut asked = Vec::new();
    for child in desk.read().await?.children_of(&hat.person).await? {
        let is_here = child.school == hat.school.id;
        if is_here && asks_of(desk, hat, &child.id).await?.with.contains(&hat.person) {
            asked.push(child);
        }
    }
    match asked.as_slice() {
        [] => Err(Refusal::ChildAnswers.into()),
        [one] => begin(desk, hat, &one.id, None, over).await,
        several => {
            let button = |it: &PersonRow| {
                let name = Phrase::new("words-as-typed").text("words", &it.name);
                vec![Button::new(name, format!("checkin:now::{}", it.id))]
            };
            let which = Message::here(Phrase::new("checkin-which-child")).rows(several.iter().map(button));
            Ok(Outcome::say(which.over(over)))
        }
    }
}

/// `checkin:<period>:<mood, edit or ''>:<child>`: a button of the period's question, or under an answered check-in. It names
/// the period it was made for: last week's buttons say nothing about this week. Without a child it is the own one.
pub async fn press(
    desk: &mut Desk<'_>,
    hat: &Hat,
    period: &str,
    how: &str,
    child: &str,
    over: Option<i64>,
) -> Answer {
    let student = match child {
        "" if may_own(hat, Act::CheckIn) => hat.person.clone(),
        "" if period == "now" => return family(desk, hat, over).await,
        "" => return Err(Refusal::NotAllowed.into()),
        child => child.into(),
    };
    if period == "now" {
        return begin(desk, hat, &student, None, over).await;
    }
    let pupil = Pupil::of(desk, hat, &student).await?;
    let rules = desk.rules(&hat.school).await?;
    let (running, record) = checkin_of(&rules, &student, desk.now());
    if period != running.key.to_string() {
        return Err(Refusal::StaleButton.into());
    }
    if how != "edit" {
        return begin(desk, hat, &student, Some(how), over).await;
    }
    let kept = desk.record(&record).await?;
    if kept.as_ref().is_some_and(|it| !it.undone && !pupil.is_own(hat, &it.record)) {
        return Err(Refusal::AnsweredByOther.into());
    }
    let mut filling = pupil.filling(hat, record);
    // The taps are asked anew; own words stay until others take their place.
    if let Some(Body::Checkin(Checkin { line: Some(line), .. })) = kept.map(|it| it.record.body) {
        filling.answers.insert("line".to_owned(), vec![line]);
    }
    form::open(desk, hat, &CHECKIN, filling, over).await
}

/// The period's question with its first answers under it: the check-in is a few taps from here.
pub fn question(reminds: bool, student: &PersonId, name: &str, period: Day, asks: &Asks) -> Message {
    let key = match (reminds, asks.as_to_a_child) {
        (false, false) => "checkin-ask",
        (false, true) => "checkin-ask-child",
        (true, false) => "checkin-reminder",
        (true, true) => "checkin-reminder-child",
    };
    let data = |mood: &str| format!("checkin:{period}:{mood}");
    let phrase = Phrase::new(key).text("name", name).number("taps", asks.taps());
    Message::to(student, phrase).row(moods(data))
}

/// The same to a guardian, who answers together with the child.
pub fn question_together(
    reminds: bool,
    guardian: &PersonId,
    student: &PersonId,
    name: &str,
    period: Day,
    asks: &Asks,
) -> Message {
    let key = if reminds { "checkin-reminder-together" } else { "checkin-ask-together" };
    let data = |mood: &str| format!("checkin:{period}:{mood}:{student}");
    let phrase = Phrase::new(key).text("name", name).number("taps", asks.taps());
    Message::to(guardian, phrase).row(moods(data)).at_place(place(student))
}

/// Where the question about a child stands in a guardian's chat.
pub fn place(student: &PersonId) -> String {
    format!("checkin:{student}")
}

fn moods(data: impl Fn(&str) -> String) -> Vec<Button> {
    MOODS.iter().map(|mood| Button::key(format!("mood-{mood}"), data(mood))).collect()
}

async fn begin(
    desk: &mut Desk<'_>,
    hat: &Hat,
    student: &PersonId,
    mood: Option<&str>,
    over: Option<i64>,
) -> Answer {
    let pupil = Pupil::of(desk, hat, student).await?;
    let rules = desk.rules(&hat.school).await?;
    let (period, record) = checkin_of(&rules, student, desk.now());
    if let Some(kept) = desk.record(&record).await?
        && let (Body::Checkin(it), false) = (&kept.record.body, kept.undone)
    {
        let message = answered(desk, hat, &pupil, &kept.record, it, period.key).await?;
        return Ok(Outcome::say(message.over(over)));
    }
    let mut filling = pupil.filling(hat, record);
    if let Some(mood) = mood {
        if !MOODS.contains(&mood) {
            return Err(Refusal::StaleButton.into());
        }
        filling.answer("mood", mood.to_owned());
    }
    form::open(desk, hat, &CHECKIN, filling, over).await
}

/// What is on record already. What another guardian has said with the child is not shown: it is theirs and the child's.
async fn answered(
    desk: &mut Desk<'_>,
    hat: &Hat,
    pupil: &Pupil,
    record: &Record,
    checkin: &Checkin,
    period: Day,
) -> Result<Message> {
    if !pupil.is_own(hat, record) {
        return done_by(desk, &pupil.student, &pupil.name, &record.by).await.map(Message::here);
    }
    let said = match pupil.together {
        true => receipt("checkin-answered-together", checkin, true).text("student", &pupil.name),
        false => receipt("checkin-answered", checkin, true),
    };
    Ok(Message::here(said).row(vec![edit_button(period, pupil.together.then_some(&pupil.student))]))
}

/// That somebody of the family has answered together with the child.
async fn done_by(desk: &mut Desk<'_>, student: &PersonId, name: &str, by: &PersonId) -> Result<Phrase> {
    let guardians = desk.read().await?.guardians_of(student).await?;
    let who = relation(&guardians, by);
    Ok(Phrase::new("checkin-done-by-other").text("student", name).phrase("who", who))
}

/// What a guardian is to the child, in one word.
fn relation(guardians: &[PersonRow], guardian: &PersonId) -> Phrase {
    let found = guardians.iter().find(|it| it.id == *guardian);
    let relation: Relation = found.and_then(|it| it.relation.parse().ok()).unwrap_or(Relation::Other);
    Phrase::new(format!("relation-{relation}"))
}

/// With whom a check-in was answered, for the mentor: nothing of what the student said alone.
pub fn with_whom(guardians: &[PersonRow], record: &Record) -> Phrase {
    match guardians.iter().any(|it| it.id == record.by) {
        true => Phrase::new("checkin-with").phrase("who", relation(guardians, &record.by)),
        false => Phrase::new("nothing"),
    }
}

fn edit_button(period: Day, child: Option<&PersonId>) -> Button {
    let data = match child {
        Some(child) => format!("checkin:{period}:edit:{child}"),
        None => format!("checkin:{period}:edit"),
    };
    Button::key("button-checkin-edit", data)
}

/// The running period of a student's check-in, and the record it makes: one, however often it is said and whoever says it.
/// Late answers count, and it may be changed until the next one is asked.
pub fn checkin_of(rules: &SchoolRules, student: &PersonId, now: At) -> (CheckinPeriod, RecordId) {
    let period = rules.checkin_period(now);
    let id = RecordRow::checkin_id(&rules.school.id, student, &period);
    (period, id)
}

/// What was answered, with every value on its scale.
pub fn read(filling: &Filling) -> Result<Checkin, Refusal> {
    let scale = |step: &str| filling.one(step).and_then(|it| it.parse::<u8>().ok());
    let scales = Question::ALL.iter().filter(|it| !filling.skips.iter().any(|skip| skip == it.as_str()));
    let checkin = Checkin {
        mood: scale("mood").unwrap_or(0),
        wants_talk: filling.one("talk") == Some("yes"),
        line: filling.one("line").map(str::to_owned),
        scales: scales.filter_map(|it| Some((it.to_string(), scale(it.as_str())?))).collect(),
    };
    if checkin.is_valid() { Ok(checkin) } else { Err(Refusal::StaleButton) }
}

/// From the answers to the record; a wish for a talk reaches the mentor at once.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let checkin = read(filling)?;
        let together = filling.who.first();
        let (student, name) = together.map_or((&hat.person, &hat.name), |(id, name)| (id, name));
        let kept = desk.record(&filling.record).await?.filter(|it| !it.undone);
        // Of two guardians the first answer counts.
        if together.is_some() && kept.is_some_and(|it| it.record.by != hat.person) {
            return Err(Refusal::AnsweredByOther.into());
        }
        let rules = desk.rules(&hat.school).await?;
        let period = checkin_of(&rules, student, desk.now()).0;
        let at = filling.said_at(desk.now());
        let day = filling.day(at, hat.school.zone);
        let added = filling.saved.is_some();
        let phrase = match (together, added, checkin.mood) {
            (Some(_), false, _) => receipt("checkin-done-together", &checkin, true).text("student", name),
            (Some(_), true, _) => receipt("checkin-added", &checkin, true),
            (None, true, _) => receipt("checkin-added", &checkin, true),
            (None, false, ..=2) => receipt("checkin-done-low", &checkin, true),
            (None, false, _) => receipt("checkin-done", &checkin, true),
        };
        let wants_talk = checkin.wants_talk && !added;
        let about = vec![student.clone()];
        let record =
            Record::new(filling.record.clone(), hat.person.clone(), about, day, at, Body::Checkin(checkin));
        let mut changes = vec![Change::Record(hat.school.id.clone(), record)];
        let mut messages = Vec::new();
        if wants_talk && !desk.read().await?.has_task(student, WISH).await? {
            let wisher = Wisher { student, name, through_family: together.is_some() };
            match ask_mentor(desk, hat, &wisher).await? {
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
        if let (Some(_), false) = (together, added) {
            messages.extend(others_see(desk, hat, student, name, period.from).await?);
        }
        let edit = vec![edit_button(period.key, together.map(|(id, _)| id))];
        Ok(Finished { changes, receipt: Message::here(phrase).row(edit), messages })
    }
    .boxed()
}

/// The other guardians who were asked see that it is done, where they were asked.
async fn others_see(
    desk: &mut Desk<'_>,
    hat: &Hat,
    student: &PersonId,
    name: &str,
    since: At,
) -> Result<Vec<Message>> {
    let done = done_by(desk, student, name, &hat.person).await?;
    let mut messages = Vec::new();
    for guardian in asks_of(desk, hat, student).await?.with {
        let asked_at = desk.read().await?.place_at(&guardian, &place(student)).await?;
        if guardian != hat.person && asked_at.is_some_and(|at| at >= since) {
            messages.push(Message::to(&guardian, done.clone()).over_place(place(student)));
        }
    }
    Ok(messages)
}

/// What was answered, in one glance; `with_talk` says whether the wish for a talk is among it.
pub fn receipt(key: &'static str, it: &Checkin, with_talk: bool) -> Phrase {
    let line = match &it.line {
        Some(line) => Phrase::new("checkin-line").text("line", line),
        None => Phrase::new("nothing"),
    };
    Phrase::new(key).list("answers", said(it, with_talk), "\n").phrase("line", line)
}

/// The answers in their order, without the words that the student added.
pub fn said(it: &Checkin, with_talk: bool) -> Vec<Phrase> {
    let said =
        |step: &str, word: String| Phrase::new(format!("said-{step}")).phrase("said", Phrase::new(word));
    let mut answers = vec![said("mood", format!("mood-{}", it.mood))];
    answers.extend(
        it.answered().map(|(question, value)| said(question.as_str(), format!("{question}-{value}"))),
    );
    if with_talk {
        answers.push(said("talk", format!("wants-{}", if it.wants_talk { "yes" } else { "no" })));
    }
    answers
}
