//! Time passes: the clock -> duties -> nudges -> outbox.
//!
//! Nothing is scheduled per student. For each school the table `slot` says when to look next; looking means deriving what
//! stands open from the records. Whoever moves a slot on does its work in the same transaction, so any number of
//! processes may sweep: one of them finds the row, the others pass it by. The key of a nudge is unique for ever.

use super::House;
use crate::{
    chat::{checkin_place, compose::Compose},
    school::{
        At, ClassId, Consent, Duty, PersonId, Role, SchoolId, Slot, SlotName, TEXT_VERSION, checkin_period,
        digest_items, episode_key, escalations, latest_slot, next_slot, office_items, still_worth_sending,
    },
    store::{Class, NudgeRow, RecordRow, SchoolRules, Tx, Whose},
};
use anyhow::{Result, anyhow};
use chrono::{Days, NaiveTime, TimeDelta};
use futures_util::FutureExt;
use std::{
    collections::{BTreeMap, HashSet},
    panic::AssertUnwindSafe,
    sync::Arc,
};

/// How far back the ladder asks what was told: longer than any episode stays of interest.
const TOLD_DAYS: u64 = 120;
/// A slot without a next occurrence (a rule that no policy asks for, the end of all terms) is looked at again then.
const LOOK_AGAIN: TimeDelta = TimeDelta::days(1);
/// A slot that failed is tried again after this.
const AFTER_TROUBLE: TimeDelta = TimeDelta::minutes(1);
/// A student who was asked less than this ago is not reminded.
const REMIND_AFTER: TimeDelta = TimeDelta::hours(20);

/// One message to be composed when it is sent, with the nudges that it is made of.
struct Nudge {
    to: PersonId,
    what: Compose,
    rows: Vec<NudgeRow>,
    place: String,
}

impl House {
    /// Does every slot that is due and says how many that were.
    pub async fn sweep(&self) -> Result<usize> {
        let now = self.clock.now();
        self.lay_out_slots(now).await?;
        let due = {
            let mut tx = self.store.read().await?;
            tx.due_slots(now).await?
        };
        for (school, name, at) in &due {
            // One school's trouble (rules that this version cannot read) is not the others'.
            let swept = AssertUnwindSafe(self.sweep_slot(school, *name, *at, now)).catch_unwind().await;
            if let Err(fault) = swept.unwrap_or_else(|_panic| Err(anyhow!("sweeping panicked"))) {
                tracing::error!(
                    school = school.as_str(),
                    slot = name.as_str(),
                    error = format!("{fault:#}"),
                    "a slot failed"
                );
                let mut tx = self.store.write().await?;
                tx.set_slot(school, *name, now.plus(AFTER_TROUBLE), None).await?;
                tx.commit().await?;
            }
        }
        self.metrics.sweeps.add(due.len() as u64);
        if !due.is_empty() {
            self.posted.notify_one();
        }
        Ok(due.len())
    }

    /// When the next slot of any school is due.
    pub async fn next_slot_at(&self) -> Result<Option<At>> {
        let mut tx = self.store.read().await?;
        tx.next_slot_at().await
    }

    /// A school's slots begin with the school: what would have been before is not made up.
    async fn lay_out_slots(&self, now: At) -> Result<()> {
        let new = {
            let mut tx = self.store.read().await?;
            tx.schools_without_slots().await?
        };
        for school in new {
            let mut tx = self.store.write().await?;
            let rules = match tx.rules(&school).await {
                Ok(rules) => rules,
                Err(fault) => {
                    tracing::error!(
                        school = school.as_str(),
                        error = format!("{fault:#}"),
                        "unreadable rules"
                    );
                    continue;
                }
            };
            for name in SlotName::ALL {
                tx.set_slot(&school, *name, next_at(&rules, *name, now), Some(now)).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    async fn sweep_slot(&self, school: &SchoolId, name: SlotName, at: At, now: At) -> Result<()> {
        let mut tx = self.store.write().await?;
        if !tx.hold_slot(school, name, at).await? {
            return Ok(());
        }
        let rules = tx.rules(school).await?;
        let policy = rules.policy(rules.day(now));
        // What was done at a moment that is still to come was done by a wrong clock; the keys of nudges keep it single.
        let done = tx.slot_done(school, name).await?.filter(|done| *done <= now);
        let latest = latest_slot(&policy, &rules.calendar, rules.school.zone, name, now);
        let latest = latest.filter(|slot| done.is_none_or(|done| slot.at > done));
        if let Some(slot) = latest.as_ref().filter(|slot| still_worth_sending(slot, now, rules.school.zone)) {
            let nudges = match name {
                SlotName::Digest => self.digest_slot(&mut tx, &rules, slot, now).await?,
                SlotName::Checkin => self.checkin_slot(&mut tx, &rules, slot).await?,
                SlotName::CheckinReminder => self.reminder_slot(&mut tx, &rules, slot).await?,
                SlotName::OfficeSummary => self.office_slot(&mut tx, &rules, slot, now).await?,
            };
            self.post_nudges(&mut tx, &rules, nudges, now).await?;
        }
        tx.set_slot(school, name, next_at(&rules, name, now), latest.map(|slot| slot.at)).await?;
        tx.commit().await
    }

    /// The mentors' digests, and what climbs to the head teachers.
    async fn digest_slot(
        &self,
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
    async fn checkin_slot(&self, tx: &mut Tx, rules: &Arc<SchoolRules>, slot: &Slot) -> Result<Vec<Nudge>> {
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
                what: Compose::CheckinAsk {
                    school: school.clone(),
                    student: student.clone(),
                    period,
                    guardian,
                },
                rows: vec![checkin_row("checkin", student, &to, slot)],
                place: if to == *student { "checkin".to_owned() } else { checkin_place(student) },
                to,
            }
        };
        nudges.extend(asked.iter().map(|it| ask(it, None)));
        // Whoever is so young, and not in the chat, is asked through the family.
        let rules_of_it = &rules.policy(slot.day).checkin;
        let age = |it: &PersonId| consents.get(it).map(|view| &view.age);
        let young: Vec<PersonId> = asked
            .into_iter()
            .filter(|it| age(it).is_some_and(|age| rules_of_it.may_answer_together(age, slot.day)))
            .collect();
        if !young.is_empty() {
            let here = tx.addresses(&young).await?;
            let is_alone = |it: &PersonId| here.get(it).is_some_and(|address| address.reachable);
            let families = tx.families(school).await?.into_iter();
            let young = families.filter(|it| young.contains(&it.student) && !is_alone(&it.student));
            nudges.extend(young.map(|it| ask(&it.student, Some(it.guardian))));
        }
        Ok(nudges)
    }

    /// The one reminder, to those who were asked and have not answered; composing it looks once more.
    async fn reminder_slot(&self, tx: &mut Tx, rules: &Arc<SchoolRules>, slot: &Slot) -> Result<Vec<Nudge>> {
        let school = &rules.school.id;
        let policy = rules.policy(slot.day);
        let period = checkin_period(&policy, &rules.calendar, rules.school.zone, slot.at);
        let mut asked =
            tx.nudged_between(school, "checkin", period.from, slot.at.minus(REMIND_AFTER)).await?;
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
    async fn office_slot(
        &self,
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

    /// Keeps the nudges and puts messages for the new ones into the outbox. Whoever never joined is kept as not told.
    async fn post_nudges(
        &self,
        tx: &mut Tx,
        rules: &Arc<SchoolRules>,
        nudges: Vec<Nudge>,
        now: At,
    ) -> Result<()> {
        let to: Vec<PersonId> = nudges.iter().map(|nudge| nudge.to.clone()).collect();
        let addresses = tx.addresses(&to).await?;
        let reached: Vec<Nudge> = nudges
            .into_iter()
            .filter(|nudge| addresses.get(&nudge.to).is_some_and(|address| address.reachable))
            .collect();
        let rows: Vec<NudgeRow> = reached.iter().flat_map(|nudge| nudge.rows.clone()).collect();
        let fresh: HashSet<String> = tx.nudge(&rules.school.id, &rows, now).await?;
        let later = tx.digest_from(&to).await?;
        let mut posted = Vec::new();
        for nudge in reached {
            if !nudge.rows.iter().any(|row| fresh.contains(&row.key)) {
                continue;
            }
            if let Some(address) = addresses.get(&nudge.to) {
                // Who has chosen a later hour hears of the same list then; it is read anew when it is sent.
                let own = later.get(&nudge.to).filter(|_| matches!(nudge.what, Compose::Digest { .. }));
                let own = own.map(|time| At::from_local(rules.day(now).and_time(*time), rules.school.zone));
                let not_before = own.map_or(now, |own| own.max(now));
                let mut row = self.row_composed(address, Class::Notice, &nudge.what, not_before)?;
                row.place = nudge.place;
                posted.push(row);
            }
        }
        self.metrics.nudges.add(posted.len() as u64);
        tx.post(&posted, now).await
    }
}

fn next_at(rules: &SchoolRules, name: SlotName, now: At) -> At {
    let policy = rules.policy(rules.day(now));
    let next = next_slot(&policy, &rules.calendar, rules.school.zone, name, now);
    let next = next.map_or(now.plus(LOOK_AGAIN), |slot| slot.at);
    // Another policy has slots of its own from its first midnight on.
    let change = rules.next_policy(rules.day(now));
    let change = change.map(|day| At::from_local(day.and_time(NaiveTime::MIN), rules.school.zone));
    change.map_or(next, |change| next.min(change))
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
