//! Who is told what: the mentor's digest, the head teacher, the office. State decides, memory only keeps from repeating.

use super::calendar::Calendar;
use super::duty::Duty;
use super::id::{AboutId, PersonId};
use super::kind::Kind;
use super::people::Role;
use super::policy::Policy;
use super::time::Day;
use chrono::{Datelike, Days, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// What one mentor is told on a school morning.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Digest {
    /// What is put before the mentor now, worst first.
    pub items: Vec<Duty>,
    /// How many more stand open: told not long ago, or snoozed.
    pub waiting: usize,
}

/// What of one mentor's duties goes into the digest today. The same item comes back after
/// `again_after_school_days`. A student who asked for a talk is not listed again for the talk that is due anyway: one
/// talk settles both.
pub fn digest_items(
    policy: &Policy,
    calendar: &Calendar,
    duties: &[Duty],
    told: &Told,
    snoozes: &[Snooze],
    today: Day,
) -> Digest {
    let wishes: HashSet<&AboutId> = duties.iter().filter(|it| it.wish).map(|it| &it.about).collect();
    let same_talk = |it: &Duty| it.kind == Kind::Talk && !it.wish && wishes.contains(&it.about);
    let waits = |it: &Duty| {
        let since = told.last(it).map(|day| calendar.school_days_between(day, today));
        since.is_some_and(|it| it < policy.ladder.again_after_school_days)
            || snoozes.iter().any(|snooze| snooze.hides(it, today))
    };
    let open = duties.iter().filter(|it| is_for_ladder(it) && !same_talk(it));
    let (waiting, items): (Vec<&Duty>, Vec<&Duty>) = open.partition(|it| waits(it));
    Digest { items: items.into_iter().cloned().collect(), waiting: waiting.len() }
}

/// What goes privately to the head teacher today: `head_teacher_after` school days overdue, each episode once. Nothing
/// climbs on a day off, and a snooze holds nothing back.
pub fn escalations<'a>(
    policy: &Policy,
    calendar: &Calendar,
    duties: &'a [Duty],
    told: &Told,
    today: Day,
) -> Vec<&'a Duty> {
    let climbs = |it: &&Duty| it.school_days >= policy.ladder.head_teacher_after && !told.has_escalated(it);
    let awake = !calendar.is_off(today);
    duties.iter().filter(|it| awake && is_for_ladder(it)).filter(climbs).collect()
}

/// What stands in the office's summary: `office_after` school days overdue, for as long as it stands open.
pub fn office_items<'a>(policy: &Policy, duties: &'a [Duty]) -> Vec<&'a Duty> {
    duties.iter().filter(|it| is_for_ladder(it) && it.school_days >= policy.ladder.office_after).collect()
}

/// A student who has not checked in gets one reminder and is never reported.
fn is_for_ladder(duty: &Duty) -> bool {
    duty.owed_by != Role::Student
}

/// The name of the time in which a duty stands open: a new one begins when it is due anew.
pub fn episode_key(duty: &Duty) -> String {
    format!("{}:{}:{}", duty.rule, duty.about, duty.due)
}

/// What was said before, by episode.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Told {
    last: HashMap<String, Day>,
    escalated: HashSet<String>,
}

impl Told {
    /// Notes that an episode stood in a mentor's digest of that day.
    pub fn add_digest(&mut self, episode: impl Into<String>, day: Day) {
        self.last.entry(episode.into()).and_modify(|it| *it = day.max(*it)).or_insert(day);
    }

    /// Notes that the head teacher knows of an episode.
    pub fn add_escalation(&mut self, episode: impl Into<String>) {
        self.escalated.insert(episode.into());
    }

    /// When a duty last stood in its mentor's digest.
    pub fn last(&self, duty: &Duty) -> Option<Day> {
        self.last.get(&episode_key(duty)).copied()
    }

    /// Whether the head teacher knows of it.
    pub fn has_escalated(&self, duty: &Duty) -> bool {
        self.escalated.contains(&episode_key(duty))
    }
}

/// "Not now": keeps a student out of a mentor's digest. It never moves the duty's own clock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Snooze {
    /// Who put it off.
    pub mentor: PersonId,
    /// Which student.
    pub student: PersonId,
    /// The first day on which the student is listed again.
    pub until: Day,
    /// Why.
    pub reason: SnoozeReason,
}

impl Snooze {
    /// Whether it keeps a duty out of that day's digest.
    pub fn hides(&self, duty: &Duty, today: Day) -> bool {
        today < self.until && self.mentor == duty.owes && duty.about == self.student
    }
}

words! {
    /// Why something is put off.
    pub enum SnoozeReason {
        /// Until the next school day.
        Tomorrow = "tomorrow",
        /// Until Friday.
        Friday = "friday",
        /// The student is on leave: for a week of school days.
        OnLeave = "on_leave",
    }
}

/// How long a student is taken to be on leave, in school days.
const LEAVE_SCHOOL_DAYS: usize = 5;

impl SnoozeReason {
    /// Until when it puts off, from `today`: always a later day, a school day where one is ahead.
    pub fn until(self, calendar: &Calendar, today: Day) -> Day {
        let tomorrow = today + Days::new(1);
        let school_day = |from: Day| {
            if calendar.is_school_day(from) { Some(from) } else { calendar.next_school_day(from) }
        };
        let friday = || tomorrow.iter_days().find(|it| it.weekday() == Weekday::Fri).unwrap_or(tomorrow);
        match self {
            SnoozeReason::Tomorrow => school_day(tomorrow).unwrap_or(tomorrow),
            SnoozeReason::Friday => school_day(friday()).unwrap_or_else(friday),
            SnoozeReason::OnLeave => {
                calendar.add_school_days(today, LEAVE_SCHOOL_DAYS).unwrap_or(today + Days::new(7))
            }
        }
    }
}

#[cfg(test)]
mod tests;
