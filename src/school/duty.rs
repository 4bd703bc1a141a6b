//! The heart: what stands open, for whom, since when. Derived, never stored.

mod gap;
mod moved;

pub use gap::{Gap, Lack, gaps};
pub use moved::moved_by_holidays;

use super::calendar::Calendar;
use super::id::{AboutId, ClassId, PairingId, PersonId};
use super::kind::Kind;
use super::pairing::{Pairing, owing};
use super::people::{Role, Staff};
use super::period::{Moment, Period, Span};
use super::policy::{About, Cadence, Event, Policy, Rule};
use super::slot::latest_checkin_day;
use super::standing::Standing;
use super::time::Day;
use chrono::Months;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

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
    /// About whom or what.
    pub about: AboutId,
    /// What that is.
    pub scope: About,
    /// The class, or the student's class.
    pub class: Option<ClassId>,
    /// The pairing it comes from.
    pub pairing: Option<PairingId>,
    /// From when on it is asked for: the pairing or, for what is about more than one, the term began.
    pub since: Day,
    /// When it was last done, since the pairing (or, for what is about more than one, the term) began.
    pub last: Option<Day>,
    /// Where several are asked for in a period: how many were done, and how many are asked for.
    pub progress: Option<(i64, i64)>,
    /// The day by which it should be done. It may lie ahead: a wish stands open from its first day, and what a period
    /// asks for is announced before the period is over.
    pub due: Day,
    /// Running days since `due`; 0 on the day itself and before.
    pub overdue_days: i64,
    /// School days since `due`; 0 on the day itself and before. The ladder counts these.
    pub school_days: i64,
    /// Whether it has never been done since then.
    pub never: bool,
    /// Whether the student asked for it.
    pub wish: bool,
}

impl Duty {
    /// The student it is about, if it is about one.
    pub fn student(&self) -> Option<PersonId> {
        (self.scope == About::Pairing).then(|| self.about.as_str().into())
    }
}

/// What stands open on `today`, worst first: wishes, then pairs that never talked, then by days overdue.
///
/// Any mentor's record about the student settles a duty; only the primary mentor owes it. What several answer for, such as
/// two head teachers of a class, each of them owes until one has done it.
pub fn duties(
    policy: &Policy,
    calendar: &Calendar,
    pairings: &[Pairing],
    staff: &Staff,
    standing: &Standing,
    today: Day,
) -> Vec<Duty> {
    let ask = Ask { calendar, standing, today, checkin: latest_checkin_day(policy, calendar, today) };
    let mut open = Vec::new();
    for pairing in owing(pairings, today) {
        let matter = Matter::pairing(pairing);
        open.extend(ask.about(policy, staff, &matter));
    }
    // A term that is over asks nothing of a class.
    let term = Period::Term.around(today, calendar).filter(|_| policy.asks_of_staff());
    for matter in term.map(|term| matters(pairings, staff, term, today)).unwrap_or_default() {
        open.extend(ask.about(policy, staff, &matter));
    }
    worst_first(&mut open);
    open
}

/// The order in which duties are told.
pub fn worst_first(open: &mut [Duty]) {
    open.sort_by(|a, b| badness(a).cmp(&badness(b)));
}

/// Sorts the worst first; the names at the end keep the order the same from day to day.
fn badness(it: &Duty) -> impl Ord {
    let never_talked = it.never && it.kind == Kind::Talk;
    (!it.wish, !never_talked, Reverse(it.overdue_days), it.due, it.about.as_str(), it.rule.as_str())
}

/// Something that rules ask for records about.
struct Matter<'a> {
    scope: About,
    id: AboutId,
    class: Option<&'a ClassId>,
    pairing: Option<&'a Pairing>,
    /// Who leads or looks after it, where one person does.
    mentor: Option<&'a PersonId>,
    /// From when on it is asked for.
    since: Day,
}

impl<'a> Matter<'a> {
    fn pairing(it: &'a Pairing) -> Matter<'a> {
        Matter {
            scope: About::Pairing,
            id: (&it.student).into(),
            class: Some(&it.class),
            pairing: Some(it),
            mentor: Some(&it.mentor),
            since: it.since,
        }
    }
}

/// What is about more than one pairing. It begins anew with each term.
fn matters<'a>(pairings: &'a [Pairing], staff: &'a Staff, term: Span, today: Day) -> Vec<Matter<'a>> {
    let mut mentors: BTreeMap<&PersonId, Day> = BTreeMap::new();
    for pairing in pairings.iter().filter(|it| it.holds_on(today)) {
        keep_first(&mut mentors, &pairing.mentor, pairing.since);
    }
    for (mentor, since) in &staff.mentors {
        keep_first(&mut mentors, mentor, *since);
    }
    let bare = |scope, id, since: Day| Matter {
        scope,
        id,
        class: None,
        pairing: None,
        mentor: None,
        since: since.max(term.first),
    };
    let of_mentor = |(mentor, since): (&'a PersonId, Day)| Matter {
        mentor: Some(mentor),
        ..bare(About::Mentor, mentor.into(), since)
    };
    let classes = staff
        .classes
        .iter()
        .map(|class| Matter { class: Some(class), ..bare(About::Class, class.into(), term.first) });
    let groups = staff.groups.iter().filter(|it| it.is_there(today));
    let groups =
        groups.map(|it| Matter { mentor: Some(&it.leader), ..bare(About::Group, (&it.id).into(), it.since) });
    let school = bare(About::School, (&staff.school).into(), term.first);
    mentors.into_iter().map(of_mentor).chain(classes).chain(groups).chain([school]).collect()
}

fn keep_first<'a>(mentors: &mut BTreeMap<&'a PersonId, Day>, mentor: &'a PersonId, since: Day) {
    mentors.entry(mentor).and_modify(|it| *it = since.min(*it)).or_insert(since);
}

/// What is the same for all of them.
struct Ask<'a> {
    calendar: &'a Calendar,
    standing: &'a Standing,
    today: Day,
    /// The day on which the running check-in was asked.
    checkin: Option<Day>,
}

impl Ask<'_> {
    fn about(&self, policy: &Policy, staff: &Staff, matter: &Matter<'_>) -> Vec<Duty> {
        let rules = policy.rules.iter().filter(|rule| rule.about == matter.scope);
        rules.flat_map(|rule| self.duties(rule, staff, matter)).collect()
    }

    /// One for each who owes it.
    fn duties(&self, rule: &Rule, staff: &Staff, matter: &Matter<'_>) -> Vec<Duty> {
        let about = &matter.id;
        let last = self.standing.last(about, rule.record, rule.form).filter(|it| *it >= matter.since);
        let Some(due) = self.due(rule, matter, last) else { return Vec::new() };
        let progress = match rule.cadence {
            Cadence::PerPeriod { times, .. } if times > 1 => {
                Some((self.standing.count(about, &rule.name), times))
            }
            _ => None,
        };
        let duty = |owes: &PersonId| Duty {
            rule: rule.name.clone(),
            kind: rule.record,
            owed_by: rule.owed_by,
            owes: owes.clone(),
            about: about.clone(),
            scope: matter.scope,
            class: matter.class.cloned(),
            pairing: matter.pairing.map(|it| it.id.clone()),
            since: matter.since,
            last,
            progress,
            due,
            overdue_days: self.calendar.running_days_between(due, self.today),
            school_days: self.calendar.school_days_between(due, self.today),
            never: last.is_none(),
            wish: matches!(rule.cadence, Cadence::After { event: Event::Wish, .. }),
        };
        who_owes(rule, staff, matter).into_iter().map(duty).collect()
    }

    /// By which day it should be done; `None` when nothing stands open.
    ///
    /// A rule that came with a later version of the policy asks from its first day on: what it would have asked for before is
    /// not late, and events before it are as if they were on that day.
    fn due(&self, rule: &Rule, matter: &Matter<'_>, last: Option<Day>) -> Option<Day> {
        let since = rule.since.map_or(matter.since, |it| it.max(matter.since));
        let clock = last.unwrap_or(matter.since);
        match rule.cadence {
            Cadence::Every { days } => self.rolling(rule, clock, days),
            Cadence::EveryMonths { n } => self.rolling_months(rule, clock, n),
            Cadence::PerPeriod { .. } if rule.record == Kind::Checkin => self.checkin(matter, since, last),
            Cadence::PerPeriod { times, period } => self.share(rule, matter, since, times, period),
            Cadence::At { moment } => self.at(rule, matter, since, moment),
            Cadence::After { event: Event::Wish, school_days } => self.wish(rule, &matter.id, school_days),
            Cadence::After { event: Event::Pairing, school_days } => match last {
                Some(_) => None,
                None => self.announced(since, school_days),
            },
            Cadence::After { event: Event::Exam, school_days } => self.exam(since, last, school_days),
            Cadence::After { event: Event::Term, school_days } => self.term(since, last, school_days),
        }
    }

    /// So many running days after the last one: the clock stands still in holidays. A clock that ran out before its rule was
    /// there runs out on the first running day of the rule.
    fn rolling(&self, rule: &Rule, last: Day, days: i64) -> Option<Day> {
        let due = self.calendar.add_running_days(last, days)?;
        let first = match rule.since.and_then(|it| it.pred_opt()) {
            Some(before) => self.calendar.add_running_days(before, 1)?,
            None => due,
        };
        Some(due.max(first)).filter(|due| *due <= self.today)
    }

    /// A calendar month after the last one (of 31 January: the end of February), and what holidays took on top.
    fn rolling_months(&self, rule: &Rule, last: Day, months: u32) -> Option<Day> {
        let target = last.checked_add_months(Months::new(months))?;
        self.rolling(rule, last, (target - last).num_days())
    }

    /// The check-in that was asked last, unless the pairing is younger: it is due on the day it is asked. Who may not be
    /// asked owes no answer.
    fn checkin(&self, matter: &Matter<'_>, since: Day, last: Option<Day>) -> Option<Day> {
        if self.standing.is_on_paper(&matter.id) {
            return None;
        }
        self.checkin.filter(|asked| *asked >= since && last.is_none_or(|it| it < *asked))
    }

    /// The next of so many in this period. The period's running days are cut into equal shares, one for each; it is due
    /// on the last school day of its share (or the first one after it, where the share has none) and announced when the last
    /// quarter of the share begins. When the period is over nobody asks for it any more, and one without a school day, or of
    /// which a pairing has none left, asks for nothing.
    fn share(&self, rule: &Rule, matter: &Matter<'_>, since: Day, times: i64, period: Period) -> Option<Day> {
        let done = self.standing.count(&matter.id, &rule.name);
        if done < times { self.nth_share(since, done, times, period) } else { None }
    }

    /// The same, of one of which so many were done.
    fn nth_share(&self, since: Day, done: i64, times: i64, period: Period) -> Option<Day> {
        let span = period.around(self.today, self.calendar)?;
        let first = span.first.max(since);
        let before = first.pred_opt()?;
        let days = self.calendar.running_days_between(before, span.last);
        let end = (days * (done + 1) / times).max(1);
        let quarter = days / times / 4;
        let last = self.calendar.add_running_days(before, end).filter(|it| *it <= span.last)?;
        let due = self.calendar.school_day_back(last, first).or_else(|| self.calendar.next_school_day(last));
        let due = due.filter(|it| *it <= span.last)?;
        let announced = self.calendar.add_running_days(before, (end - quarter).max(1))?;
        (announced.min(due) <= self.today).then_some(due)
    }

    /// Once at a time of the term: open from its first day, due on its last school day, asked for until the term is over.
    fn at(&self, rule: &Rule, matter: &Matter<'_>, since: Day, moment: Moment) -> Option<Day> {
        let span = moment.around(self.today, self.calendar)?;
        // Who comes after it has nothing to make up.
        let open = span.first <= self.today && since <= span.last;
        let due = || self.calendar.school_day_back(span.last, span.first).unwrap_or(span.last);
        (open && self.standing.count(&matter.id, &rule.name) == 0).then(due)
    }

    /// After the exam that was over last, until the next one is.
    fn exam(&self, since: Day, last: Option<Day>, school_days: i64) -> Option<Day> {
        let exam = self.calendar.last_exam(self.today)?;
        let done = last.is_some_and(|it| it >= exam.first);
        if done || since > exam.last { None } else { self.announced(exam.last, school_days) }
    }

    /// After the running term began, or after one came to the school in it.
    fn term(&self, since: Day, last: Option<Day>, school_days: i64) -> Option<Day> {
        let term = Period::Term.around(self.today, self.calendar)?;
        let done = last.is_some_and(|it| it >= term.first);
        if done { None } else { self.announced(term.first.max(since), school_days) }
    }

    /// An open wish stands open at once, so that it leads the next digest. It passes to the successor of a mentor.
    fn wish(&self, rule: &Rule, student: &AboutId, school_days: i64) -> Option<Day> {
        let wished = self.standing.open_wish(student)?;
        self.after(rule.since.map_or(wished, |it| it.max(wished)), school_days)
    }

    /// So many school days after something, announced in the last quarter of them: nobody is reminded for a month of what has
    /// a month's time.
    fn announced(&self, event: Day, school_days: i64) -> Option<Day> {
        let due = self.after(event, school_days)?;
        let before = usize::try_from(school_days - (school_days / 4).max(1)).unwrap_or(0);
        let opens = self.calendar.add_school_days(event, before).unwrap_or(event);
        (opens.min(due) <= self.today).then_some(due)
    }

    /// So many school days after something; open from that day on.
    fn after(&self, event: Day, school_days: i64) -> Option<Day> {
        if event > self.today {
            return None;
        }
        let due = self.calendar.add_school_days(event, usize::try_from(school_days).unwrap_or(0));
        // Without a school day ahead it is due at once: nothing vanishes.
        Some(due.unwrap_or(event))
    }
}

fn who_owes<'a>(rule: &Rule, staff: &'a Staff, matter: &Matter<'a>) -> Vec<&'a PersonId> {
    match (rule.owed_by, matter.class) {
        (Role::Student, _) => matter.pairing.map(|it| &it.student).into_iter().collect(),
        (Role::HeadTeacher | Role::ChiefMentor, Some(class)) => staff.answers_for(rule.owed_by, class),
        (Role::Office, _) => staff.holders(Role::Office, None),
        _ => matter.mentor.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
