//! The moments at which the program looks: a digest in the morning, a check-in on Friday.
//!
//! A slot is a local moment, and its name and day are its whole identity. Cron is asked in naive local time; the zone
//! comes last, by the one rule of [`At::from_local`], so that every slot is exactly one instant in every zone.

use super::calendar::Calendar;
use super::period::monday;
use super::policy::Policy;
use super::time::{At, Day};
use chrono::{Duration, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

words! {
    /// What a slot is for.
    pub enum SlotName {
        /// The mentor's digest, on a school morning.
        Digest = "digest",
        /// The students' check-in.
        Checkin = "checkin",
        /// The one reminder of it.
        CheckinReminder = "checkin_reminder",
        /// The office's summary.
        OfficeSummary = "office_summary",
    }
}

/// A moment of a day that the calendar admits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Slot {
    /// What it is for.
    pub name: SlotName,
    /// What the school's wall shows.
    pub local: NaiveDateTime,
    /// The instant.
    pub at: At,
    /// The school's day; with the name, the slot's key.
    pub day: Day,
}

/// How far slots are looked for, in days: a school that never opens within it has no slot.
const HORIZON_DAYS: usize = 400;

/// The last moment of this slot at or before `now` whose day the calendar admits: for the digest a school day, for
/// the others a day that is not off.
pub fn latest_slot(policy: &Policy, calendar: &Calendar, tz: Tz, name: SlotName, now: At) -> Option<Slot> {
    // Where the clocks go back, a slot that is over may stand later on the wall than now: begin a day ahead.
    let today = now.day(tz);
    let days =
        std::iter::successors(Some(today.succ_opt().unwrap_or(today)), Day::pred_opt).take(HORIZON_DAYS);
    days.filter_map(|day| on(policy, calendar, name, day))
        .filter_map(|it| slot(name, it, tz))
        .find(|it| it.at <= now)
}

/// The first moment of this slot after `after` whose day the calendar admits.
pub fn next_slot(policy: &Policy, calendar: &Calendar, tz: Tz, name: SlotName, after: At) -> Option<Slot> {
    let days = after.day(tz).iter_days().take(HORIZON_DAYS);
    days.filter_map(|day| on(policy, calendar, name, day))
        .filter_map(|it| slot(name, it, tz))
        .find(|it| it.at > after)
}

/// Whether a slot that was missed, because the program was down, should be made up now: the digest until 20:00 of its
/// day, the check-in until the next one (which then is the latest) but not beyond a week, its reminder until the end
/// of its day, the summary for three days.
pub fn still_worth_sending(slot: &Slot, now: At, tz: Tz) -> bool {
    let evening = NaiveTime::from_hms_opt(20, 0, 0).unwrap_or(NaiveTime::MIN);
    let until = match slot.name {
        SlotName::Digest => At::from_local(slot.day.and_time(evening), tz),
        // The next one may be a holiday away.
        SlotName::Checkin => slot.at.plus(Duration::days(7)),
        SlotName::CheckinReminder => start_of(slot.day + Duration::days(1), tz),
        SlotName::OfficeSummary => slot.at.plus(Duration::days(3)),
    };
    slot.at <= now && now < until
}

/// What one check-in belongs to: from its slot until the next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CheckinPeriod {
    /// Its name: the day of its slot.
    pub key: Day,
    /// From when on a check-in belongs to it.
    pub from: At,
    /// Until when, not included; answers that late count, and may be changed until then.
    pub to: At,
}

/// The period that a check-in made `now` belongs to. Before the first slot ever it begins on the week's Monday, so
/// that `/checkin` works on any day.
pub fn checkin_period(policy: &Policy, calendar: &Calendar, tz: Tz, now: At) -> CheckinPeriod {
    let next = next_slot(policy, calendar, tz, SlotName::Checkin, now);
    let to = next
        .map_or_else(|| start_of(monday(now.day(tz)) + Duration::days(HORIZON_DAYS as i64), tz), |it| it.at);
    match latest_slot(policy, calendar, tz, SlotName::Checkin, now) {
        Some(slot) => CheckinPeriod { key: slot.day, from: slot.at, to },
        None => {
            let key = monday(now.day(tz));
            CheckinPeriod { key, from: start_of(key, tz), to }
        }
    }
}

/// The day of the latest check-in slot on or before `today`, for those who count in days.
pub(super) fn latest_checkin_day(policy: &Policy, calendar: &Calendar, today: Day) -> Option<Day> {
    let days = std::iter::successors(Some(today), Day::pred_opt).take(HORIZON_DAYS);
    days.into_iter().find(|day| on(policy, calendar, SlotName::Checkin, *day).is_some())
}

/// The slot's moment on that day, if the expression names the day and the calendar admits it.
fn on(policy: &Policy, calendar: &Calendar, name: SlotName, day: Day) -> Option<NaiveDateTime> {
    let cron = policy.slots.get(name);
    let admitted = cron.falls_on(day)
        && match name {
            SlotName::Digest => calendar.is_school_day(day),
            SlotName::OfficeSummary => !calendar.is_off(day),
            SlotName::Checkin => !calendar.is_off(day) && is_first_of_period(policy, calendar, day),
            SlotName::CheckinReminder => {
                !calendar.is_off(day) && is_first_after_checkin(policy, calendar, day)
            }
        };
    admitted.then(|| day.and_time(cron.time()))
}

/// Whether this is the day on which the period's check-in is asked: a policy that wants one a month asks at the first
/// slot of the month that is no day off. One period, one question.
fn is_first_of_period(policy: &Policy, calendar: &Calendar, day: Day) -> bool {
    let Some(span) = policy.checkin_period().and_then(|it| it.around(day, calendar)) else { return false };
    let earlier = span.first.iter_days().take_while(|it| *it < day);
    earlier.into_iter().all(|it| calendar.is_off(it) || !policy.slots.checkin.falls_on(it))
}

/// Whether no other reminder lies between this one and its check-in: one reminder, none after.
fn is_first_after_checkin(policy: &Policy, calendar: &Calendar, day: Day) -> bool {
    let slots = &policy.slots;
    let from = if slots.checkin_reminder.time() > slots.checkin.time() { Some(day) } else { day.pred_opt() };
    let Some(asked) = from.and_then(|it| latest_checkin_day(policy, calendar, it)) else { return false };
    let reminds = |it: &Day| !calendar.is_off(*it) && slots.checkin_reminder.falls_on(*it);
    let mut between = asked.iter_days().take_while(|it| *it < day);
    // A reminder on the check-in's own day but before it belongs to the one before.
    !between.any(|it| reminds(&it) && (it > asked || slots.checkin_reminder.time() > slots.checkin.time()))
}

/// The slot, unless its zone skipped the whole day (Samoa, 2011-12-30): then it never was.
fn slot(name: SlotName, local: NaiveDateTime, tz: Tz) -> Option<Slot> {
    let day = local.date();
    let was = start_of(day, tz) < start_of(day.succ_opt()?, tz);
    was.then(|| Slot { name, local, at: At::from_local(local, tz), day })
}

fn start_of(day: Day, tz: Tz) -> At {
    At::from_local(day.and_time(NaiveTime::MIN), tz)
}

#[cfg(test)]
mod tests;
