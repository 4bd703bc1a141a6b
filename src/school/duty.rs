//! The heart: what stands open, for whom, since when. Derived, never stored.

use super::calendar::Calendar;
use super::id::{ClassId, PairingId, PersonId};
use super::pairing::{Pairing, owing};
use super::people::Role;
use super::period::Period;
use super::policy::{Cadence, Policy, Rule};
use super::record::Kind;
use super::slot::latest_checkin_day;
use super::standing::Standing;
use super::time::Day;
use chrono::Months;
use serde::Serialize;
use std::cmp::Reverse;

/// One thing that somebody owes and has not done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Duty {
    /// The rule that asks for it.
    pub rule: String,
    /// The record that would settle it.
    pub kind: Kind,
    /// What the one who owes it is.
    pub owed_by: Role,
    /// Who owes it.
    pub owes: PersonId,
    /// About which student.
    pub about: PersonId,
    /// The student's class.
    pub class: ClassId,
    /// The pairing it comes from.
    pub pairing: PairingId,
    /// When it was last done, since the pairing began.
    pub last: Option<Day>,
    /// The day by which it should be done. It may lie ahead: a wish stands open from its first day, and what a period
    /// asks for is announced before the period is over.
    pub due: Day,
    /// Running days since `due`; 0 on the day itself and before.
    pub overdue_days: i64,
    /// School days since `due`; 0 on the day itself and before. The ladder counts these.
    pub school_days: i64,
    /// Whether it has never been done since the pairing began.
    pub never: bool,
    /// Whether the student asked for it.
    pub wish: bool,
}

/// What stands open on `today`, worst first: wishes, then pairs that never talked, then by days overdue.
///
/// Any mentor's record about the student settles a duty; only the primary mentor owes it.
pub fn duties(
    policy: &Policy,
    calendar: &Calendar,
    pairings: &[Pairing],
    standing: &Standing,
    today: Day,
) -> Vec<Duty> {
    let ask = Ask { calendar, standing, today, checkin: latest_checkin_day(policy, calendar, today) };
    let owing = owing(pairings, today);
    let all = owing.iter().flat_map(|pairing| policy.rules.iter().filter_map(|rule| ask.duty(rule, pairing)));
    let mut open: Vec<Duty> = all.collect();
    open.sort_by(|a, b| badness(a).cmp(&badness(b)));
    open
}

/// Sorts the worst first; the names at the end keep the order the same from day to day.
fn badness(it: &Duty) -> impl Ord {
    let never_talked = it.never && it.kind == Kind::Talk;
    (!it.wish, !never_talked, Reverse(it.overdue_days), it.due, it.about.as_str(), it.rule.as_str())
}

/// What is the same for all pairings.
struct Ask<'a> {
    calendar: &'a Calendar,
    standing: &'a Standing,
    today: Day,
    /// The day on which the running check-in was asked.
    checkin: Option<Day>,
}

impl Ask<'_> {
    fn duty(&self, rule: &Rule, pairing: &Pairing) -> Option<Duty> {
        let last =
            self.standing.last(&pairing.student, rule.record, rule.form).filter(|it| *it >= pairing.since);
        let due = match rule.cadence {
            Cadence::Every { days } => self.rolling(last.unwrap_or(pairing.since), days),
            Cadence::EveryMonths { n } => self.rolling_months(last.unwrap_or(pairing.since), n),
            Cadence::PerPeriod { .. } if rule.record == Kind::Checkin => self.checkin(pairing, last),
            Cadence::PerPeriod { times, period } => self.share(rule, pairing, times, period),
            Cadence::AfterWish { school_days } => self.wish(pairing, school_days),
        }?;
        Some(Duty {
            rule: rule.name.clone(),
            kind: rule.record,
            owed_by: rule.owed_by,
            owes: if rule.owed_by == Role::Student { &pairing.student } else { &pairing.mentor }.clone(),
            about: pairing.student.clone(),
            class: pairing.class.clone(),
            pairing: pairing.id.clone(),
            last,
            due,
            overdue_days: self.calendar.running_days_between(due, self.today),
            school_days: self.calendar.school_days_between(due, self.today),
            never: last.is_none(),
            wish: matches!(rule.cadence, Cadence::AfterWish { .. }),
        })
    }

    /// So many running days after the last one: the clock stands still in holidays.
    fn rolling(&self, last: Day, days: i64) -> Option<Day> {
        self.calendar.add_running_days(last, days).filter(|due| *due <= self.today)
    }

    /// A calendar month after the last one (of 31 January: the end of February), and what holidays took on top.
    fn rolling_months(&self, last: Day, months: u32) -> Option<Day> {
        let target = last.checked_add_months(Months::new(months))?;
        self.rolling(last, (target - last).num_days())
    }

    /// The check-in that was asked last, unless the pairing is younger: it is due on the day it is asked. Who may not be
    /// asked owes no answer.
    fn checkin(&self, pairing: &Pairing, last: Option<Day>) -> Option<Day> {
        if self.standing.is_on_paper(&pairing.student) {
            return None;
        }
        self.checkin.filter(|asked| *asked >= pairing.since && last.is_none_or(|it| it < *asked))
    }

    /// The next of so many in this period. The period's running days are cut into equal shares, one for each; it is due
    /// on the last school day of its share and announced when the last quarter of the share begins. When the period is
    /// over nobody asks for it any more.
    fn share(&self, rule: &Rule, pairing: &Pairing, times: i64, period: Period) -> Option<Day> {
        let done = self.standing.count(&pairing.student, &rule.name);
        if done >= times {
            return None;
        }
        let span = period.around(self.today, self.calendar)?;
        let first = span.first.max(pairing.since);
        let before = first.pred_opt()?;
        let days = self.calendar.running_days_between(before, span.last);
        let end = (days * (done + 1) / times).max(1);
        let quarter = days / times / 4;
        let last = self.calendar.add_running_days(before, end).filter(|it| *it <= span.last)?;
        let due = self.calendar.school_day_back(last, first).unwrap_or(last);
        let announced = self.calendar.add_running_days(before, (end - quarter).max(1))?;
        (announced.min(due) <= self.today).then_some(due)
    }

    /// An open wish stands open at once, so that it leads the next digest. It passes to the successor of a mentor.
    fn wish(&self, pairing: &Pairing, school_days: i64) -> Option<Day> {
        let wished = self.standing.open_wish(&pairing.student).filter(|it| *it <= self.today)?;
        let due = self.calendar.add_school_days(wished, usize::try_from(school_days).unwrap_or(0));
        // Without a school day ahead it is due at once: a wish never vanishes.
        Some(due.unwrap_or(wished))
    }
}

#[cfg(test)]
mod tests;
