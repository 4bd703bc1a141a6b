//! One slot of one school, in two steps: looking, which holds up nobody, and telling, which writes what was found.
//!
//! Between the two somebody may write. What was found is then a few milliseconds old, and it is right all the same, as if it
//! had been told at the moment of looking and the other had written after it:
//!
//! - Of a message only what it is about was decided. What it says, to which account, and whether there is anything to say any
//!   more is read at the moment of sending ([`crate::chat::compose`]): a record that was written meanwhile, a consent that was
//!   withdrawn, somebody who left or has another account. As with all that happens between telling and sending.
//! - Who did the slot meanwhile has moved it on, and whoever changed the school's rules, or deleted somebody's data, has
//!   left another version of the school: telling holds the slot and compares both, and drops what was found.
//! - A nudge has a key that is unique for ever: what was told already is not told again, whoever it was.

use super::{
    super::House,
    told::{self, Nudge},
};
use crate::{
    chat::compose::Compose,
    school::{At, PersonId, SchoolId, SlotName, latest_slot, next_slot, still_worth_sending},
    store::{Class, NudgeRow, OutRow, SchoolRules, SlotRow, Tx},
};
use anyhow::Result;
use chrono::{NaiveTime, TimeDelta};
use std::{
    collections::HashSet,
    ops::Range,
    sync::Arc,
    time::{Duration, Instant},
};

/// A slot without a next occurrence (a rule that no policy asks for, the end of all terms) is looked at again then.
const LOOK_AGAIN: TimeDelta = TimeDelta::days(1);

/// A slot that is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Whose it is.
    pub school: SchoolId,
    /// Which.
    pub name: SlotName,
    /// Since when.
    pub at: At,
}

/// What was found when a slot was looked at.
pub struct Looked {
    due: Due,
    rules: Arc<SchoolRules>,
    /// What was now.
    now: At,
    /// When it was begun, as a stopwatch has it.
    began: Instant,
    /// The occurrence that is done with this; `None` where none was due since the last.
    done: Option<At>,
    /// When the slot is due next.
    next: At,
    nudges: Vec<NudgeRow>,
    /// Each message with its part of the nudges: it goes if one of them is new.
    messages: Vec<(Range<usize>, OutRow)>,
}

impl Looked {
    /// How many rows it is.
    pub fn rows(&self) -> usize {
        1 + self.nudges.len() + self.messages.len()
    }

    /// Which slot it was.
    pub fn due(&self) -> &Due {
        &self.due
    }

    /// How long ago it was begun.
    pub fn took(&self) -> Duration {
        self.began.elapsed()
    }

    /// The messages of which a nudge is new.
    fn messages_of(&self, fresh: &HashSet<(SchoolId, String)>) -> impl Iterator<Item = &OutRow> {
        let is_new = |it: &NudgeRow| fresh.contains(&(self.due.school.clone(), it.key.clone()));
        let messages =
            self.messages.iter().filter(move |(its, _)| self.nudges[its.clone()].iter().any(is_new));
        messages.map(|(_, message)| message)
    }

    /// The slot when this is done.
    fn slot_after(&self) -> SlotRow {
        let Due { school, name, .. } = &self.due;
        SlotRow { school: school.clone(), name: *name, next: self.next, done: self.done }
    }
}

impl House {
    /// Looks at a slot; `None` when it is not due any more.
    pub async fn look_at(&self, due: Due, now: At) -> Result<Option<Looked>> {
        let began = Instant::now();
        let mut tx = self.store.read().await?;
        let looked = match tx.slot_due(&due.school, due.name, due.at).await? {
            Some(done) => Some(self.look_into(&mut tx, due, done, now, began).await?),
            None => None,
        };
        tx.roll_back().await?;
        Ok(looked)
    }

    async fn look_into(
        &self,
        tx: &mut Tx,
        due: Due,
        done: Option<At>,
        now: At,
        began: Instant,
    ) -> Result<Looked> {
        let rules = tx.rules(&due.school).await?;
        let policy = rules.policy(rules.day(now));
        // What was done at a moment that is still to come was done by a wrong clock; the keys of nudges keep it single.
        let done = done.filter(|done| *done <= now);
        let latest = latest_slot(&policy, &rules.calendar, rules.school.zone, due.name, now);
        let latest = latest.filter(|slot| done.is_none_or(|done| slot.at > done));
        let nudges = match latest.as_ref().filter(|it| still_worth_sending(it, now, rules.school.zone)) {
            None => Vec::new(),
            Some(slot) => match due.name {
                SlotName::Digest => told::digest(tx, &rules, slot, now).await?,
                SlotName::Checkin => told::checkin(tx, &rules, slot).await?,
                SlotName::CheckinReminder => told::reminder(tx, &rules, slot).await?,
                SlotName::OfficeSummary => told::office(tx, &rules, slot, now).await?,
            },
        };
        let next = next_at(&rules, due.name, now);
        let (nudges, messages) = self.addressed(tx, &rules, nudges, now).await?;
        Ok(Looked { due, rules, now, began, done: latest.map(|it| it.at), next, nudges, messages })
    }

    /// Messages for those who can be reached. Whoever never joined is kept as not told.
    async fn addressed(
        &self,
        tx: &mut Tx,
        rules: &SchoolRules,
        told: Vec<Nudge>,
        now: At,
    ) -> Result<(Vec<NudgeRow>, Vec<(Range<usize>, OutRow)>)> {
        let (mut nudges, mut messages) = (Vec::new(), Vec::new());
        let to: Vec<PersonId> = told.iter().map(|nudge| nudge.to.clone()).collect();
        if to.is_empty() {
            return Ok((nudges, messages));
        }
        let addresses = tx.addresses(&to).await?;
        for nudge in told {
            let Some(address) = addresses.get(&nudge.to).filter(|it| it.reachable) else { continue };
            // Who has chosen a later hour hears of the same list then; it is read anew when it is sent.
            let own = address.digest_from.filter(|_| matches!(nudge.what, Compose::Digest { .. }));
            let own = own.map(|time| At::from_local(rules.day(now).and_time(time), rules.school.zone));
            let not_before = own.map_or(now, |own| own.max(now));
            let message = self.row_composed(address, Class::Notice, &nudge.what, not_before)?;
            let first = nudges.len();
            nudges.extend(nudge.rows);
            messages.push((first..nudges.len(), OutRow { place: nudge.place, ..message }));
        }
        Ok((nudges, messages))
    }

    /// Writes what was found at these slots, each of another name or school: all of it or nothing. What does not hold any more
    /// is dropped, and its slot is due still.
    pub async fn tell_of(&self, looked: &[Looked]) -> Result<()> {
        let mut tx = self.store.write().await?;
        let now = self.clock.now();
        let mut held: Vec<&Looked> = Vec::new();
        for it in looked {
            // A clock that was set back since was wrong when it was looked at.
            let is_right = it.now <= now;
            if is_right && tx.hold_slot(&it.rules.school, it.due.name, it.due.at).await? {
                held.push(it);
            }
        }
        let nudges: Vec<(&SchoolId, &[NudgeRow])> =
            held.iter().map(|it| (&it.due.school, &*it.nudges)).collect();
        let fresh = tx.nudge(&nudges, now).await?;
        let messages: Vec<OutRow> = held.iter().flat_map(|it| it.messages_of(&fresh)).cloned().collect();
        tx.post(&messages, now).await?;
        let slots: Vec<SlotRow> = held.iter().map(|it| it.slot_after()).collect();
        tx.set_slots(&slots).await?;
        tx.commit().await?;
        self.metrics.nudges.add(messages.len() as u64);
        Ok(())
    }
}

/// When a slot is due next.
pub(super) fn next_at(rules: &SchoolRules, name: SlotName, now: At) -> At {
    let policy = rules.policy(rules.day(now));
    let next = next_slot(&policy, &rules.calendar, rules.school.zone, name, now);
    let next = next.map_or(now.plus(LOOK_AGAIN), |slot| slot.at);
    // Another policy has slots of its own from its first midnight on.
    let change = rules.next_policy(rules.day(now));
    let change = change.map(|day| At::from_local(day.and_time(NaiveTime::MIN), rules.school.zone));
    change.map_or(next, |change| next.min(change))
}
