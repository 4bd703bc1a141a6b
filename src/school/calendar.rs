//! The school's calendar: terms, days off, make-up days.
//!
//! It answers two questions that are not the same. *Is the school there today?* (school days: nudges and the ladder).
//! *Does a rolling clock run today?* (running days: weekends run, holidays do not; duties pause in holidays).

use super::period::Moment;
use super::time::Day;
use chrono::{Datelike, Days, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The days of a week, in their order.
pub const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Terms, marked days and the weekdays of a school. Without any term entered, every day is in term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Calendar {
    weekdays: [bool; 7],
    terms: Vec<Term>,
    days: BTreeMap<Day, Mark>,
    exams: Vec<Exam>,
    /// The terms without overlaps, in order, so that no day is counted twice; all of time when none is entered.
    spans: Vec<(Day, Day)>,
}

/// A term 学期, first and last day included.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Term {
    /// What the school calls it.
    pub name: String,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

/// Days of exams, first and last day included. School goes on; what a policy asks for after an exam is asked then.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Exam {
    /// What the school calls it.
    pub name: String,
    /// The mid-term exams, those at the end of a term, or others.
    pub moment: Option<Moment>,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

/// What a day is marked as, with the name of the occasion.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "mark", content = "name", rename_all = "snake_case")]
pub enum Mark {
    /// No school and no nudge.
    Off(String),
    /// School on a day that has none by its weekday (调休).
    School(String),
}

impl Calendar {
    /// Whether the day is marked off, or lies outside all terms: no nudge of any kind on it.
    pub fn is_off(&self, day: Day) -> bool {
        self.marked_off(day) || !self.in_term(day)
    }

    /// Whether the school works: in term, and a school weekday that is not off or a make-up day.
    pub fn is_school_day(&self, day: Day) -> bool {
        self.in_term(day)
            && match self.days.get(&day) {
                Some(Mark::Off(_)) => false,
                Some(Mark::School(_)) => true,
                None => self.is_weekday(day),
            }
    }

    /// Whether the rolling clocks run: in term and not marked off. Weekends run.
    pub fn is_running(&self, day: Day) -> bool {
        !self.is_off(day)
    }

    /// The first school day after this one; `None` when no term is entered that has one.
    pub fn next_school_day(&self, day: Day) -> Option<Day> {
        self.add_school_days(day, 1)
    }

    /// The last school day on or before this one, if there is one since `not_before`.
    pub fn school_day_back(&self, day: Day, not_before: Day) -> Option<Day> {
        std::iter::successors(Some(day), Day::pred_opt)
            .take_while(|it| *it >= not_before)
            .find(|it| self.is_school_day(*it))
    }

    /// How many school days come after `a`, up to and including `b`; 0 when `b` is not after `a`.
    pub fn school_days_between(&self, a: Day, b: Day) -> i64 {
        self.overlaps(a, b)
            .map(|(first, last)| {
                let marks =
                    self.days.range(first..=last).map(|(day, mark)| match (mark, self.is_weekday(*day)) {
                        (Mark::Off(_), true) => -1,
                        (Mark::School(_), false) => 1,
                        _ => 0,
                    });
                self.weekdays_in(first, last) + marks.sum::<i64>()
            })
            .sum()
    }

    /// How many running days come after `a`, up to and including `b`; 0 when `b` is not after `a`.
    pub fn running_days_between(&self, a: Day, b: Day) -> i64 {
        self.overlaps(a, b).map(|(first, last)| length(first, last) - self.offs_in(first, last)).sum()
    }

    /// The day on which `n` running days have gone by since `day`; `None` when the last term ends before.
    pub fn add_running_days(&self, day: Day, n: i64) -> Option<Day> {
        if n <= 0 {
            return Some(day);
        }
        let mut left = n;
        for (first, last) in self.overlaps(day, Day::MAX) {
            let here = length(first, last) - self.offs_in(first, last);
            if left > here {
                left -= here;
                continue;
            }
            // Every day off on the way puts the end off by one; the marks come in order.
            let mut end = first.checked_add_days(Days::new(left.unsigned_abs() - 1))?;
            for off in self.offs(first, last) {
                if off > end {
                    break;
                }
                end = end.succ_opt()?;
            }
            return Some(end);
        }
        None
    }

    /// The `n`-th school day after `day`; `None` when there is none within two years.
    pub fn add_school_days(&self, day: Day, n: usize) -> Option<Day> {
        if n == 0 {
            return Some(day);
        }
        day.iter_days().skip(1).take(731).filter(|it| self.is_school_day(*it)).nth(n - 1)
    }

    /// The term the day lies in.
    pub fn term_of(&self, day: Day) -> Option<&Term> {
        self.terms.iter().find(|it| it.first <= day && day <= it.last)
    }

    /// The terms, in order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The marked days, in order.
    pub fn marks(&self) -> &BTreeMap<Day, Mark> {
        &self.days
    }

    /// The exams, in order.
    pub fn exams(&self) -> &[Exam] {
        &self.exams
    }

    /// The exam that was over last, on `day` or before it.
    pub fn last_exam(&self, day: Day) -> Option<&Exam> {
        self.exams.iter().filter(|it| it.last <= day).max_by_key(|it| it.last)
    }

    /// The weekdays on which the school teaches.
    pub fn weekdays(&self) -> Vec<Weekday> {
        WEEK.into_iter().zip(self.weekdays).filter_map(|(day, teaches)| teaches.then_some(day)).collect()
    }

    fn in_term(&self, day: Day) -> bool {
        self.spans.iter().any(|(first, last)| *first <= day && day <= *last)
    }

    fn marked_off(&self, day: Day) -> bool {
        matches!(self.days.get(&day), Some(Mark::Off(_)))
    }

    fn is_weekday(&self, day: Day) -> bool {
        self.weekdays[day.weekday().num_days_from_monday() as usize]
    }

    /// The parts of `(a, b]` that lie in term, as first and last day.
    fn overlaps(&self, a: Day, b: Day) -> impl Iterator<Item = (Day, Day)> {
        let from = a.succ_opt().unwrap_or(Day::MAX);
        let clip = move |&(first, last): &(Day, Day)| (first.max(from), last.min(b));
        self.spans.iter().map(clip).filter(move |(first, last)| first <= last && a < b)
    }

    fn offs(&self, first: Day, last: Day) -> impl Iterator<Item = Day> {
        let marked = self.days.range(first..=last);
        marked.filter(|(_, mark)| matches!(mark, Mark::Off(_))).map(|(day, _)| *day)
    }

    fn offs_in(&self, first: Day, last: Day) -> i64 {
        self.offs(first, last).count() as i64
    }

    /// School weekdays from `first` to `last`, whole weeks at once.
    fn weekdays_in(&self, first: Day, last: Day) -> i64 {
        let days = length(first, last);
        let a_week = self.weekdays.iter().filter(|it| **it).count() as i64;
        let rest = first.iter_days().take((days % 7) as usize).filter(|it| self.is_weekday(*it)).count();
        days / 7 * a_week + rest as i64
    }
}

/// Making one.
impl Calendar {
    /// A calendar of these school weekdays, terms and marks.
    pub fn new(weekdays: &[Weekday], terms: Vec<Term>, days: BTreeMap<Day, Mark>) -> Calendar {
        let mut set = [false; 7];
        for weekday in weekdays {
            set[weekday.num_days_from_monday() as usize] = true;
        }
        Calendar { weekdays: set, terms: Vec::new(), days, exams: Vec::new(), spans: Vec::new() }
            .with_terms(terms)
    }

    /// The same with another term.
    pub fn with_term(self, name: &str, first: Day, last: Day) -> Calendar {
        let mut terms = self.terms.clone();
        terms.push(Term { name: name.to_owned(), first, last });
        self.with_terms(terms)
    }

    /// The same with these exams.
    pub fn with_exams(mut self, exams: Vec<Exam>) -> Calendar {
        self.exams.extend(exams);
        self.exams.sort_by_key(|it| (it.first, it.last));
        self
    }

    /// The same with an exam.
    pub fn with_exam(self, name: &str, moment: Option<Moment>, first: Day, last: Day) -> Calendar {
        self.with_exams(vec![Exam { name: name.to_owned(), moment, first, last }])
    }

    /// The same with a day off.
    pub fn with_off(mut self, day: Day, name: &str) -> Calendar {
        self.days.insert(day, Mark::Off(name.to_owned()));
        self
    }

    /// The same with every day from `first` to `last` off.
    pub fn with_holiday(self, first: Day, last: Day, name: &str) -> Calendar {
        first.iter_days().take_while(|it| *it <= last).fold(self, |it, day| it.with_off(day, name))
    }

    /// The same with a make-up day.
    pub fn with_school(mut self, day: Day, name: &str) -> Calendar {
        self.days.insert(day, Mark::School(name.to_owned()));
        self
    }

    fn with_terms(mut self, mut terms: Vec<Term>) -> Calendar {
        terms.sort_by_key(|it| (it.first, it.last));
        self.spans.clear();
        for term in &terms {
            match self.spans.last_mut() {
                Some((_, last)) if term.first <= *last => *last = term.last.max(*last),
                _ => self.spans.push((term.first, term.last)),
            }
        }
        if terms.is_empty() {
            self.spans.push((Day::MIN, Day::MAX));
        }
        self.terms = terms;
        self
    }
}

impl Default for Calendar {
    /// Monday to Friday, no terms, no marks.
    fn default() -> Self {
        use Weekday::{Fri, Mon, Thu, Tue, Wed};
        Calendar::new(&[Mon, Tue, Wed, Thu, Fri], Vec::new(), BTreeMap::new())
    }
}

/// Days from `first` to `last`, both counted.
fn length(first: Day, last: Day) -> i64 {
    (last - first).num_days() + 1
}

#[cfg(test)]
mod tests;
