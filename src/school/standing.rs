//! What the records add up to: for each student when something last happened, how often, and whether a wish is open.

use super::calendar::Calendar;
use super::id::PersonId;
use super::period::Span;
use super::policy::{Cadence, Policy};
use super::record::{ContactForm, Kind, Record};
use super::time::{At, Day};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The sum of the records on one day, as seen by one policy. Records may be added in any order; what is dated after
/// that day is not seen.
///
/// A store that counts by itself sets the sums instead: [`Standing::set_last`] and its sisters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    today: Day,
    windows: Vec<Window>,
    students: HashMap<PersonId, Student>,
}

/// In which days the records of a rule are counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    /// The rule.
    pub rule: String,
    /// The record it asks for.
    pub record: Kind,
    /// The form it asks for.
    pub form: Option<ContactForm>,
    /// The period that is running.
    pub span: Span,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Student {
    last: BTreeMap<Kind, (Day, At)>,
    last_form: BTreeMap<ContactForm, Day>,
    counts: BTreeMap<String, i64>,
    wishes: BTreeSet<(Day, At)>,
    on_paper: bool,
}

impl Standing {
    /// Nothing on record, as of `today`.
    pub fn new(policy: &Policy, calendar: &Calendar, today: Day) -> Standing {
        let windows = policy.rules.iter().filter_map(|rule| match rule.cadence {
            Cadence::PerPeriod { period, .. } if rule.record != Kind::Checkin => Some(Window {
                rule: rule.name.clone(),
                record: rule.record,
                form: rule.form,
                span: period.around(today, calendar)?,
            }),
            _ => None,
        });
        Standing { today, windows: windows.collect(), students: HashMap::new() }
    }

    /// What these records add up to.
    pub fn of<'a>(
        records: impl IntoIterator<Item = &'a Record>,
        policy: &Policy,
        calendar: &Calendar,
        today: Day,
    ) -> Standing {
        let mut standing = Standing::new(policy, calendar, today);
        records.into_iter().for_each(|it| standing.add(it));
        standing
    }

    /// The student may not be asked here: no guardian consented.
    pub fn set_on_paper(&mut self, student: &PersonId) {
        self.students.entry(student.clone()).or_default().on_paper = true;
    }

    /// Whether the student may not be asked here.
    pub fn is_on_paper(&self, student: &PersonId) -> bool {
        self.students.get(student).is_some_and(|it| it.on_paper)
    }

    /// Adds one record.
    pub fn add(&mut self, record: &Record) {
        if record.day > self.today {
            return;
        }
        let proved = |it: &&Window| {
            it.record == record.kind
                && (it.form.is_none() || it.form == record.form())
                && it.span.has(record.day)
        };
        for name in &record.about {
            let student = self.students.entry(name.clone()).or_default();
            keep_latest(&mut student.last, record.kind, (record.day, record.at));
            if let Some(form) = record.form() {
                keep_latest(&mut student.last_form, form, record.day);
            }
            if record.is_wish() {
                student.wishes.insert((record.day, record.at));
            }
            for window in self.windows.iter().filter(proved) {
                *student.counts.entry(window.rule.clone()).or_default() += 1;
            }
        }
    }

    /// The last day of a kind of record, or of one form of contact, about a student.
    pub fn last(&self, student: &PersonId, kind: Kind, form: Option<ContactForm>) -> Option<Day> {
        let student = self.students.get(student)?;
        match form {
            Some(form) => student.last_form.get(&form).copied(),
            None => student.last.get(&kind).map(|(day, _)| *day),
        }
    }

    /// How often a rule was satisfied about a student in the period that is running.
    pub fn count(&self, student: &PersonId, rule: &str) -> i64 {
        self.students.get(student).and_then(|it| it.counts.get(rule)).copied().unwrap_or(0)
    }

    /// The day of the oldest wish for a talk that no talk came after. Of a talk on the very day of the wish it counts
    /// which was written down first.
    pub fn open_wish(&self, student: &PersonId) -> Option<Day> {
        let student = self.students.get(student)?;
        let talk = student.last.get(&Kind::Talk);
        student.wishes.iter().find(|wish| talk.is_none_or(|it| it < *wish)).map(|(day, _)| *day)
    }
}

/// Setting sums that a store has computed.
impl Standing {
    /// In which days to count what, for [`Standing::set_count`].
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// The last day of a kind of record about a student.
    pub fn set_last(&mut self, student: &PersonId, kind: Kind, day: Day) {
        keep_latest(&mut self.student(student).last, kind, (day, At(i64::MIN)));
    }

    /// The last day of a form of contact with a student's family.
    pub fn set_last_form(&mut self, student: &PersonId, form: ContactForm, day: Day) {
        keep_latest(&mut self.student(student).last_form, form, day);
    }

    /// How often a rule was satisfied about a student, within its window.
    pub fn set_count(&mut self, student: &PersonId, rule: &str, count: i64) {
        self.student(student).counts.insert(rule.to_owned(), count);
    }

    /// The day of a student's wish that no talk has answered.
    pub fn set_open_wish(&mut self, student: &PersonId, day: Day) {
        self.student(student).wishes.insert((day, At(i64::MAX)));
    }

    fn student(&mut self, name: &PersonId) -> &mut Student {
        self.students.entry(name.clone()).or_default()
    }
}

fn keep_latest<K: Ord, V: Ord>(map: &mut BTreeMap<K, V>, key: K, value: V) {
    match map.get_mut(&key) {
        Some(kept) if *kept >= value => {}
        Some(kept) => *kept = value,
        None => {
            map.insert(key, value);
        }
    }
}

#[cfg(test)]
mod tests;
