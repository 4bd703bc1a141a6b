//! What a regulation requires, as data: which record, from whom, about whom, how often, and when it is spoken of.

mod error;
mod parse;
mod read;

pub use error::{Expected, PolicyError, nearest};

use super::checkin::CheckinRules;
use super::cron::Cron;
use super::kind::Kind;
use super::people::Role;
use super::period::{Moment, Period};
use super::quiet::Quiet;
use super::record::Record;
use super::slot::SlotName;
use super::time::Day;

/// One school's rules. Five regulations ship as presets; a school may write its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    /// What it is called.
    pub name: String,
    /// The moments at which the program looks.
    pub slots: Slots,
    /// The hours in which nobody is written to.
    pub quiet: Quiet,
    /// How an open duty climbs.
    pub ladder: Ladder,
    /// Students under this age are asked nothing before a guardian consented. A school may ask for more than the law,
    /// never for less.
    pub consent_until_age: u32,
    /// What a check-in asks, and how.
    pub checkin: CheckinRules,
    /// What is required.
    pub rules: Vec<Rule>,
}

/// The moments at which the program looks, in the school's local time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slots {
    /// The mentor's digest; on school days only.
    pub digest: Cron,
    /// The students' check-in.
    pub checkin: Cron,
    /// The one reminder of it.
    pub checkin_reminder: Cron,
    /// The office's summary.
    pub office_summary: Cron,
}

/// How an open duty climbs. Counted in school days, so that nothing climbs over a weekend or a holiday.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ladder {
    /// School days after which the same item stands in the mentor's digest again.
    pub again_after_school_days: i64,
    /// School days overdue after which the head teacher is told, privately.
    pub head_teacher_after: i64,
    /// School days overdue after which it stands in the office's summary.
    pub office_after: i64,
}

/// One duty 职责: who owes which record, about whom, how often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// What it is called, in this policy: `a-z`, `0-9` and `_`. Part of keys, so a renamed rule is another rule.
    pub name: String,
    /// The record that proves it.
    pub record: Kind,
    /// The form it must have, one of its kind's. Any form will do without.
    pub form: Option<&'static str>,
    /// Who owes it.
    pub owed_by: Role,
    /// About whom.
    pub about: About,
    /// How often.
    pub cadence: Cadence,
    /// The regulation it comes from.
    pub source: String,
    /// The first day on which it was asked for as it is now; `None` for what the school's first policy asks. Set by
    /// [`Policy::after`], no part of the file.
    pub since: Option<Day>,
}

/// How often something is required.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cadence {
    /// Rolling: so many running days after the last one.
    Every {
        /// Running days: those of holidays do not count.
        days: i64,
    },
    /// Rolling: so many calendar months after the last one, and as many days later as holidays took.
    EveryMonths {
        /// Calendar months.
        n: u32,
    },
    /// So many times in each period of the calendar; asked for its own period only.
    PerPeriod {
        /// How many times.
        times: i64,
        /// In which period.
        period: Period,
    },
    /// Once at a time of each term; asked for until the term is over.
    At {
        /// At which.
        moment: Moment,
    },
    /// Once after something happened.
    After {
        /// What.
        event: Event,
        /// School days from it.
        school_days: i64,
    },
}

words! {
    /// What a rule may wait for.
    pub enum Event {
        /// A student asked for a talk.
        Wish = "wish",
        /// A pairing began: the growth file is opened then (M).
        Pairing = "pairing",
        /// Exams are over: their marks belong into the growth file (M).
        Exam = "exam",
        /// A term began: mentors plan their work (M).
        Term = "term",
    }
}

words! {
    /// What a duty is about.
    pub enum About {
        /// A mentor and one student.
        Pairing = "pairing",
        /// A mentor, whoever the students are.
        Mentor = "mentor",
        /// A class.
        Class = "class",
        /// A group of students that a mentor leads.
        Group = "group",
        /// The school.
        School = "school",
        /// What a meeting resolved.
        Resolution = "resolution",
    }
}

impl Policy {
    /// Reads a policy. Every wrong thing in it is reported, in the order of the lines; `file` is only repeated there.
    pub fn parse(text: &str, file: &str) -> Result<Policy, Vec<PolicyError>> {
        parse::policy(text, file)
    }

    /// The names of the presets.
    pub const PRESETS: &'static [&'static str] = &["default", "primary", "middle", "high", "district"];

    /// The text of a preset.
    pub fn preset(name: &str) -> Option<&'static str> {
        Some(match name {
            "default" => include_str!("../../policies/default.toml"),
            "primary" => include_str!("../../policies/primary.toml"),
            "middle" => include_str!("../../policies/middle.toml"),
            "high" => include_str!("../../policies/high.toml"),
            "district" => include_str!("../../policies/district.toml"),
            _ => return None,
        })
    }

    /// The same as the version that follows `before` from a day on. A rule that asks for the same as there keeps its first day;
    /// any other is asked for from that day on, so that the past is not judged by it.
    pub fn after(mut self, before: &Policy, from: Day) -> Policy {
        for rule in &mut self.rules {
            let same = before.rules.iter().find(|it| it.asks_the_same_as(rule));
            rule.since = same.map_or(Some(from), |it| it.since);
        }
        self
    }

    /// The rule of this name.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|it| it.name == name)
    }

    /// Whether anything is asked for that is not one pairing's, or not of its two.
    pub fn asks_of_staff(&self) -> bool {
        let of_pair =
            |it: &Rule| it.about == About::Pairing && matches!(it.owed_by, Role::Mentor | Role::Student);
        !self.rules.iter().all(of_pair)
    }

    /// In which period a student owes one check-in; `None` when the policy asks for none.
    pub fn checkin_period(&self) -> Option<Period> {
        self.rules.iter().find_map(|it| match (it.record, it.cadence) {
            (Kind::Checkin, Cadence::PerPeriod { period, .. }) => Some(period),
            _ => None,
        })
    }
}

impl Slots {
    /// The expression of a slot.
    pub fn get(&self, name: SlotName) -> &Cron {
        match name {
            SlotName::Digest => &self.digest,
            SlotName::Checkin => &self.checkin,
            SlotName::CheckinReminder => &self.checkin_reminder,
            SlotName::OfficeSummary => &self.office_summary,
        }
    }
}

impl Rule {
    /// Whether this record proves it.
    pub fn is_proved_by(&self, record: &Record) -> bool {
        self.record == record.kind && (self.form.is_none() || self.form == record.form())
    }

    /// Whether it asks the same people for the same, as often; wherever it comes from and since whenever.
    fn asks_the_same_as(&self, other: &Rule) -> bool {
        let asks = |it: &Rule| (it.record, it.form, it.owed_by, it.about, it.cadence);
        self.name == other.name && asks(self) == asks(other)
    }
}

#[cfg(test)]
mod tests;
