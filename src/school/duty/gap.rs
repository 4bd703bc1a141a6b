//! What somebody lacks who owes something. Of a thousand pairs nearly all owe nothing on a morning: a store that looks for
//! what is missing reads only the others.

use super::Ask;
use crate::school::calendar::Calendar;
use crate::school::kind::Kind;
use crate::school::period::Period;
use crate::school::policy::{About, Cadence, Event, Policy, Rule};
use crate::school::slot::latest_checkin_day;
use crate::school::standing::Standing;
use crate::school::time::Day;
use chrono::Days;

/// What a pair lacks by which something of a rule may stand open. Whoever lacks nothing owes nothing. Who lacks something may
/// yet owe nothing: [`super::duties`] alone decides that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gap {
    /// An answer to a student's wish.
    Wish,
    /// Records.
    Records(Lack),
}

/// A pairing that began by a day, and fewer than so many records of a kind since another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lack {
    /// The kind.
    pub kind: Kind,
    /// The form, where one is asked for.
    pub form: Option<&'static str>,
    /// How many.
    pub times: i64,
    /// Records of earlier days do not count.
    pub from: Option<Day>,
    /// Nor do those from before the pairing began, where it may have begun after that day.
    pub of_pairing: bool,
    /// Younger pairings lack nothing.
    pub began_by: Day,
}

/// So far back is looked for the latest day that would be late, in days. What is asked for more rarely is asked of everybody
/// who has no record since then.
const FAR: u64 = 1200;

/// What is lacking, on a day, wherever a pair may owe something by these of its rules.
pub fn gaps(policy: &Policy, calendar: &Calendar, today: Day, asked: impl Fn(&Rule) -> bool) -> Vec<Gap> {
    let standing = Standing::new(policy, calendar, today);
    let checkin = latest_checkin_day(policy, calendar, today);
    let ask = Ask { calendar, standing: &standing, today, checkin };
    let rules = policy.rules.iter().filter(|rule| rule.about == About::Pairing && asked(rule));
    rules.filter_map(|rule| ask.gap(rule)).collect()
}

impl Ask<'_> {
    /// `None` where nobody can owe anything by the rule today.
    fn gap(&self, rule: &Rule) -> Option<Gap> {
        let lack = |from: Option<Day>, began_by: Day| Lack {
            kind: rule.record,
            form: rule.form,
            times: 1,
            from,
            of_pairing: from.is_none_or(|from| from < began_by),
            began_by,
        };
        let since = |began: Day| rule.since.map_or(began, |it| it.max(began));
        let found = match rule.cadence {
            Cadence::Every { days } => {
                let late = self.latest_far(|clock| self.rolling(rule, clock, days).is_some());
                lack(late.succ_opt(), late)
            }
            Cadence::EveryMonths { n } => {
                let late = self.latest_far(|clock| self.rolling_months(rule, clock, n).is_some());
                lack(late.succ_opt(), late)
            }
            Cadence::PerPeriod { .. } if rule.record == Kind::Checkin => {
                let asked = self.checkin.filter(|it| since(*it) == *it)?;
                lack(Some(asked), asked)
            }
            Cadence::PerPeriod { times, period } => {
                let first = period.around(self.today, self.calendar)?.first;
                let opens = |began| {
                    (0..times).any(|done| self.nth_share(since(began), done, times, period).is_some())
                };
                let began_by = self.latest(first, opens)?;
                Lack { times, of_pairing: false, ..lack(Some(first), began_by) }
            }
            Cadence::At { moment } => {
                let span = moment.around(self.today, self.calendar)?;
                let open = span.first <= self.today && since(span.first) <= span.last;
                Lack { of_pairing: false, ..lack(Some(span.first), open.then_some(span.last)?) }
            }
            Cadence::After { event: Event::Wish, .. } => return Some(Gap::Wish),
            Cadence::After { event: Event::Pairing, school_days } => {
                lack(None, self.latest_far(|began| self.announced(since(began), school_days).is_some()))
            }
            Cadence::After { event: Event::Exam, school_days } => {
                let exam = self.calendar.last_exam(self.today)?;
                self.announced(exam.last, school_days).filter(|_| since(exam.last) == exam.last)?;
                lack(Some(exam.first), exam.last)
            }
            Cadence::After { event: Event::Term, school_days } => {
                let first = Period::Term.around(self.today, self.calendar)?.first;
                let opens = |began| self.announced(first.max(since(began)), school_days).is_some();
                lack(Some(first), self.latest(first, opens)?)
            }
        };
        Some(Gap::Records(found))
    }

    /// The latest day, from `first` on until today, on which it could have begun to stand open by now.
    fn latest(&self, first: Day, opens: impl Fn(Day) -> bool) -> Option<Day> {
        let days = std::iter::successors(Some(self.today), Day::pred_opt);
        days.take_while(|it| *it >= first).find(|it| opens(*it))
    }

    /// The same, as far back as it may be. Whatever lies before that may stand open.
    fn latest_far(&self, opens: impl Fn(Day) -> bool) -> Day {
        let first = self.today.checked_sub_days(Days::new(FAR)).unwrap_or(Day::MIN);
        self.latest(first, opens).unwrap_or(first)
    }
}
