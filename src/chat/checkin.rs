//! The check-in 学生汇报: whom it is asked of, a student or a guardian together with a young child; shown again, and changed.
//! What is answered becomes a record in [`super::report`].

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble, consent,
    desk::{Desk, may_own},
    filling::Filling,
    form,
    forms::CHECKIN,
    report::{done_by, receipt},
};
use crate::{
    school::{Act, At, Body, Checkin, CheckinPeriod, Day, PersonId, Question, Record, RecordId, Way},
    store::{Asks, Hat, PersonRow, RecordRow, SchoolRules},
    text::Phrase,
};
use anyhow::Result;
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
pub(super) async fn asks_of(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<Asks> {
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

pub(super) fn edit_button(period: Day, child: Option<&PersonId>) -> Button {
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
