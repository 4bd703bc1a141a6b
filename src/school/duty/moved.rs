//! By how much holidays moved the day of a duty: asked by whoever wonders why something is due on just that day.

use super::{Ask, Duty, Matter};
use crate::school::calendar::Calendar;
use crate::school::period::Period;
use crate::school::policy::{Cadence, Policy};
use crate::school::standing::Standing;
use std::collections::BTreeMap;

/// By how many days the duty is due later because of days off, make-up days and, for what rolls on, the time between
/// terms; negative where it is due earlier, since the last days of its period are off. 0 where holidays play no part, and
/// for wishes and check-ins, which are asked by the day.
pub fn moved_by_holidays(policy: &Policy, calendar: &Calendar, duty: &Duty) -> i64 {
    let Some(rule) = policy.rule(&duty.rule) else { return 0 };
    let (terms, until) = match rule.cadence {
        Cadence::Every { .. } | Cadence::EveryMonths { .. } => (Vec::new(), Some(duty.due)),
        // On its last day whatever a period asks for is open.
        Cadence::PerPeriod { period, .. } => (calendar.terms().to_vec(), last_of(period, calendar, duty)),
        Cadence::At { .. } => (calendar.terms().to_vec(), last_of(Period::Term, calendar, duty)),
        Cadence::After { .. } => (calendar.terms().to_vec(), Some(duty.due)),
    };
    let Some(until) = until else { return 0 };
    let plain =
        Calendar::new(&calendar.weekdays(), terms, BTreeMap::new()).with_exams(calendar.exams().to_vec());
    let mut standing = Standing::new(policy, &plain, until);
    if let Some((done, _)) = duty.progress {
        standing.set_count(&duty.about, &duty.rule, done);
    }
    let ask = Ask { calendar: &plain, standing: &standing, today: until, checkin: None };
    let matter = Matter {
        scope: duty.scope,
        id: duty.about.clone(),
        class: None,
        pairing: None,
        mentor: None,
        since: duty.since,
    };
    ask.due(rule, &matter, duty.last).map_or(0, |due| (duty.due - due).num_days())
}

fn last_of(period: Period, calendar: &Calendar, duty: &Duty) -> Option<crate::school::Day> {
    Some(period.around(duty.due, calendar)?.last)
}
