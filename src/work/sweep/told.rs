//! What is told when a slot has come: to whom, about what, and under which key it is told once.

use crate::{
    chat::{checkin_place, compose::Compose},
    school::{
        At, ClassId, Consent, Duty, PersonId, Role, SchoolId, Slot, TEXT_VERSION, checkin_period,
        digest_items, episode_key, escalations, office_items,
    },
    store::{NudgeRow, RecordRow, SchoolRules, Tx, Whose},
};
use anyhow::Result;
use chrono::{Days, TimeDelta};
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

/// How far back the ladder asks what was told: longer than any episode stays of interest.
const TOLD_DAYS: u64 = 120;
/// A student who was asked less than this ago is not reminded.
const REMIND_AFTER: TimeDelta = TimeDelta::hours(20);

/// One message to be composed when it is sent, with the nudges that it is made of.
pub(super) struct Nudge {
    pub(super) to: PersonId,
    pub(super) what: Compose,
    pub(super) rows: Vec<NudgeRow>,
    pub(super) place: String,
}

/// The mentors' digests, and what climbs to the head teachers.
pub(super) async fn digest(
    tx: &mut Tx,
    rules: &Arc<SchoolRules>,
    slot: &Slot,
    now: At,
) -> Result<Vec<Nudge>> {
    let today = rules.day(now);
    let policy = rules.policy(today);
    let school = &rules.school.id;
    let open = tx.duties(rules, Whose::Staff, rules.day(now)).await?;
    let told = tx.told(school, today - Days::new(TOLD_DAYS)).await?;
    let snoozes = tx.snoozes(school, None, today).await?;
    let mut nudges = Vec::new();
    let mut by_mentor: BTreeMap<PersonId, Vec<Duty>> = BTreeMap::new();
    for duty in &open {
        by_mentor.entry(duty.owes.clone()).or_default().push(duty.clone());
    }
    for (mentor, duties) in by_mentor {
        let digest = digest_items(&policy, &rules.calendar, &duties, &told, &snoozes, today);
        if digest.items.is_empty() {
            continue;
        }
        nudges.push(Nudge {
            what: Compose::Digest {
                school: school.clone(),
                mentor: mentor.clone(),
                episodes: digest.items.iter().map(episode_key).collect(),
                waiting: digest.waiting,
            },
            rows: digest.items.iter().map(|duty| nudge_row("digest", duty, &mentor, slot)).collect(),
            to: mentor,
            place: "digest".to_owned(),
        });
    }
    let mut by_head: BTreeMap<(PersonId, ClassId), Vec<Duty>> = BTreeMap::new();
    let mut heads: BTreeMap<ClassId, Vec<PersonId>> = BTreeMap::new();
    for duty in escalations(&policy, &rules.calendar, &open, &told, today) {
        // What is nobody's class's climbs on to the office.
        let Some(class) = &duty.class else { continue };
        if !heads.contains_key(class) {
            let found = tx.holders(school, Role::HeadTeacher, Some(class)).await?;
            heads.insert(class.clone(), found);
        }
        for head in heads.get(class).into_iter().flatten().cloned() {
            // So do a head teacher's own duties.
            if head != duty.owes {
                by_head.entry((head, class.clone())).or_default().push(duty.clone());
            }
        }
    }
    for ((head, class), duties) in by_head {
        nudges.push(Nudge {
            what: Compose::Escalation {
                school: school.clone(),
                to: head.clone(),
                class,
                episodes: duties.iter().map(episode_key).collect(),
            },
            rows: duties.iter().map(|duty| nudge_row("escalation", duty, &head, slot)).collect(),
            to: head,
            place: String::new(),
        });
    }
    Ok(nudges)
}

/// The week's question to every student who may be asked; the guardians of those who may not be yet are asked instead.
pub(super) async fn checkin(tx: &mut Tx, rules: &Arc<SchoolRules>, slot: &Slot) -> Result<Vec<Nudge>> {
    let school = &rules.school.id;
    let period = checkin_period(&rules.policy(slot.day), &rules.calendar, rules.school.zone, slot.at).key;
    let students = tx.students_in(school, None).await?;
    let consents = tx.consents(rules, None, slot.day).await?;
    let consent = |it: &PersonId| consents.get(it).map_or(Consent::Open, |view| view.consent);
    let mut nudges = Vec::new();
    let here: HashSet<PersonId> = students.iter().map(|it| it.id.clone()).collect();
    let open = |it: &PersonId| here.contains(it) && consent(it) == Consent::Open;
    for family in tx.families(school).await?.into_iter().filter(|it| open(&it.student)) {
        nudges.push(consent_nudge(school, &family.student, family.guardian, slot));
    }
    let asked: Vec<PersonId> =
        students.into_iter().map(|it| it.id).filter(|it| consent(it).allows()).collect();
    let ask = |student: &PersonId, guardian: Option<PersonId>| {
        let to = guardian.clone().unwrap_or_else(|| student.clone());
        Nudge {
            what: Compose::CheckinAsk { school: school.clone(), student: student.clone(), period, guardian },
            rows: vec![checkin_row("checkin", student, &to, slot)],
            place: if to == *student { "checkin".to_owned() } else { checkin_place(student) },
            to,
        }
    };
    nudges.extend(asked.iter().map(|it| ask(it, None)));
    // Whoever is so young, and not in the chat, is asked through the family.
    let rules_of_it = &rules.policy(slot.day).checkin;
    let age = |it: &PersonId| consents.get(it).map(|view| &view.age);
    let young: HashSet<PersonId> = asked
        .into_iter()
        .filter(|it| age(it).is_some_and(|age| rules_of_it.may_answer_together(age, slot.day)))
        .collect();
    if !young.is_empty() {
        let here = tx.addresses(&young.iter().cloned().collect::<Vec<_>>()).await?;
        let is_alone = |it: &PersonId| here.get(it).is_some_and(|address| address.reachable);
        let families = tx.families(school).await?.into_iter();
        let young = families.filter(|it| young.contains(&it.student) && !is_alone(&it.student));
        nudges.extend(young.map(|it| ask(&it.student, Some(it.guardian))));
    }
    Ok(nudges)
}

/// The one reminder, to those who were asked and have not answered; composing it looks once more.
pub(super) async fn reminder(tx: &mut Tx, rules: &Arc<SchoolRules>, slot: &Slot) -> Result<Vec<Nudge>> {
    let school = &rules.school.id;
    let policy = rules.policy(slot.day);
    let period = checkin_period(&policy, &rules.calendar, rules.school.zone, slot.at);
    let mut asked = tx.nudged_between(school, "checkin", period.from, slot.at.minus(REMIND_AFTER)).await?;
    let record = |it: &PersonId| RecordRow::checkin_id(school, it, &period);
    let answered = tx.which_stand(&asked.iter().map(|(it, _)| record(it)).collect::<Vec<_>>()).await?;
    asked.retain(|(it, _)| !answered.contains(&record(it)));
    let remind = |(student, to): (PersonId, PersonId)| Nudge {
        what: Compose::CheckinReminder {
            school: school.clone(),
            student: student.clone(),
            period: period.key,
            guardian: Some(to.clone()).filter(|it| *it != student),
        },
        rows: vec![checkin_row("checkin_reminder", &student, &to, slot)],
        // The question that is answered last is the one that a guardian sees become a receipt of the other.
        place: if to == student { String::new() } else { checkin_place(&student) },
        to,
    };
    Ok(asked.into_iter().map(remind).collect())
}

/// The office's weekly summary, only when something climbed that far.
pub(super) async fn office(
    tx: &mut Tx,
    rules: &Arc<SchoolRules>,
    slot: &Slot,
    now: At,
) -> Result<Vec<Nudge>> {
    let school = &rules.school.id;
    let open = tx.duties(rules, Whose::Staff, rules.day(now)).await?;
    let policy = rules.policy(rules.day(now));
    if office_items(&policy, &open).is_empty() {
        return Ok(Vec::new());
    }
    let office = tx.holders(school, Role::Office, None).await?;
    let tell = |to: PersonId| Nudge {
        what: Compose::OfficeSummary { school: school.clone(), to: to.clone() },
        rows: vec![student_row("office", &to, slot)],
        to,
        place: String::new(),
    };
    Ok(office.into_iter().map(tell).collect())
}

fn nudge_row(kind: &'static str, duty: &Duty, to: &PersonId, slot: &Slot) -> NudgeRow {
    let episode = episode_key(duty);
    // A digest names an episode once a day; an escalation names it once for ever.
    let key = match kind {
        "digest" => format!("{kind}:{episode}:{to}:{}", slot.day),
        _ => format!("{kind}:{episode}:{to}"),
    };
    NudgeRow {
        key,
        kind,
        rule: duty.rule.clone(),
        student: duty.about.to_string(),
        to: to.clone(),
        episode,
        day: slot.day,
    }
}

/// Once for each text and guardian, whoever joined before there was such a text included. Who does not answer is not
/// asked again: silence is no consent, and nobody is worn down.
fn consent_nudge(school: &SchoolId, student: &PersonId, guardian: PersonId, slot: &Slot) -> Nudge {
    let key = format!("consent:{TEXT_VERSION}:{student}:{guardian}");
    Nudge {
        what: Compose::ConsentAsk {
            school: school.clone(),
            student: student.clone(),
            guardian: guardian.clone(),
        },
        rows: vec![NudgeRow { key, student: student.to_string(), ..student_row("consent", &guardian, slot) }],
        to: guardian,
        place: String::new(),
    }
}

/// What is asked about a student's check-in; of the student, or of a guardian.
fn checkin_row(kind: &'static str, student: &PersonId, to: &PersonId, slot: &Slot) -> NudgeRow {
    let row = student_row(kind, to, slot);
    match student == to {
        true => row,
        false => NudgeRow {
            key: format!("{kind}:{student}:{to}:{}", slot.day),
            student: student.to_string(),
            ..row
        },
    }
}

fn student_row(kind: &'static str, to: &PersonId, slot: &Slot) -> NudgeRow {
    NudgeRow {
        key: format!("{kind}:{to}:{}", slot.day),
        kind,
        rule: kind.to_owned(),
        student: to.to_string(),
        to: to.clone(),
        episode: String::new(),
        day: slot.day,
    }
}
