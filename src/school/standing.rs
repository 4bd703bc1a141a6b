//! What the records add up to: when something last happened about each student, class, group or the school, how often, and
//! whether a wish is open.

use super::calendar::Calendar;
use super::id::{AboutId, PersonId};
use super::kind::Kind;
use super::period::{Period, Span};
use super::policy::{Cadence, Policy};
use super::record::Record;
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
    sums: HashMap<AboutId, Sum>,
}

/// In which days the records of a rule are counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Window {
    /// The rule.
    pub rule: String,
    /// The record it asks for.
    pub record: Kind,
    /// The form it asks for.
    pub form: Option<&'static str>,
    /// The period that is running; what is asked for at a time of the term may be done until the term is over.
    pub span: Span,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Sum {
    last: BTreeMap<Kind, (Day, At)>,
    last_form: BTreeMap<(Kind, &'static str), Day>,
    counts: BTreeMap<String, i64>,
    wishes: BTreeSet<(Day, At)>,
    on_paper: bool,
}

impl Standing {
    /// Nothing on record, as of `today`.
    pub fn new(policy: &Policy, calendar: &Calendar, today: Day) -> Standing {
        let span = |cadence: Cadence| match cadence {
            Cadence::PerPeriod { period, .. } => period.around(today, calendar),
            Cadence::At { moment } => {
                let term = Period::Term.around(today, calendar)?;
                Some(Span { first: moment.around(today, calendar)?.first, last: term.last })
            }
            Cadence::Every { .. } | Cadence::EveryMonths { .. } | Cadence::After { .. } => None,
        };
        let windows = policy.rules.iter().filter(|rule| rule.record != Kind::Checkin).filter_map(|rule| {
            let (rule, record, form, span) = (rule.name.clone(), rule.record, rule.form, span(rule.cadence)?);
            Some(Window { rule, record, form, span })
        });
        Standing { today, windows: windows.collect(), sums: HashMap::new() }
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
        self.sums.entry(student.into()).or_default().on_paper = true;
    }

    /// Whether the student may not be asked here.
    pub fn is_on_paper(&self, student: &AboutId) -> bool {
        self.sums.get(student).is_some_and(|it| it.on_paper)
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
            let sum = self.sums.entry(name.clone()).or_default();
            keep_latest(&mut sum.last, record.kind, (record.day, record.at));
            if let Some(form) = record.form() {
                keep_latest(&mut sum.last_form, (record.kind, form), record.day);
            }
            if record.is_wish() {
                sum.wishes.insert((record.day, record.at));
            }
            for window in self.windows.iter().filter(proved) {
                *sum.counts.entry(window.rule.clone()).or_default() += 1;
            }
        }
    }

    /// The last day of a kind of record, or of one of its forms, about this.
    pub fn last(&self, about: &AboutId, kind: Kind, form: Option<&'static str>) -> Option<Day> {
        let sum = self.sums.get(about)?;
        match form {
            Some(form) => sum.last_form.get(&(kind, form)).copied(),
            None => sum.last.get(&kind).map(|(day, _)| *day),
        }
    }

    /// How often a rule was satisfied about this in the period that is running.
    pub fn count(&self, about: &AboutId, rule: &str) -> i64 {
        self.sums.get(about).and_then(|it| it.counts.get(rule)).copied().unwrap_or(0)
    }

    /// The day of the oldest wish for a talk that no talk came after. Of a talk on the very day of the wish it counts
    /// which was written down first.
    pub fn open_wish(&self, student: &AboutId) -> Option<Day> {
        let sum = self.sums.get(student)?;
        let talk = sum.last.get(&Kind::Talk);
        sum.wishes.iter().find(|wish| talk.is_none_or(|it| it < *wish)).map(|(day, _)| *day)
    }
}

/// Setting sums that a store has computed.
impl Standing {
    /// In which days to count what, for [`Standing::set_count`].
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// The last day of a kind of record about this.
    pub fn set_last(&mut self, about: &AboutId, kind: Kind, day: Day) {
        keep_latest(&mut self.sum(about).last, kind, (day, At(i64::MIN)));
    }

    /// The last day of a form of it.
    pub fn set_last_form(&mut self, about: &AboutId, kind: Kind, form: &'static str, day: Day) {
        keep_latest(&mut self.sum(about).last_form, (kind, form), day);
    }

    /// How often a rule was satisfied about this, within its window.
    pub fn set_count(&mut self, about: &AboutId, rule: &str, count: i64) {
        self.sum(about).counts.insert(rule.to_owned(), count);
    }

    /// The day of a student's wish that no talk has answered.
    pub fn set_open_wish(&mut self, student: &AboutId, day: Day) {
        self.sum(student).wishes.insert((day, At(i64::MAX)));
    }

    fn sum(&mut self, about: &AboutId) -> &mut Sum {
        self.sums.entry(about.clone()).or_default()
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
