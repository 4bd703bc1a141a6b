//! One rule that asks for talks with one student, so that an edge of the calendar fits into a line.

use crate::school::duty::*;
use crate::school::record::Record;
use crate::school::testing::{autumn, day, nobody, pairing, policy_of, talk};

/// What the rule sees; every test changes what it is about.
pub(super) struct Case {
    pub(super) policy: Policy,
    pub(super) calendar: Calendar,
    pub(super) pairings: Vec<Pairing>,
    pub(super) records: Vec<Record>,
}

/// A policy that asks Wang for talks with Li as often as the cadence says.
pub(super) fn talks(cadence: &str) -> Policy {
    let who = "record = \"talk\"\nowed_by = \"mentor\"\nabout = \"pairing\"";
    policy_of(&format!("[[rule]]\nname = \"it\"\n{who}\n{cadence}\nsource = \"test\"\n"))
}

/// Talks are asked for in the autumn of 2026, of a pairing that began on 1 September, and none was had.
pub(super) fn asks(cadence: &str) -> Case {
    let policy = talks(cadence);
    Case { policy, calendar: autumn(), pairings: vec![pairing("li")], records: Vec::new() }
}

impl Case {
    pub(super) fn within(mut self, calendar: Calendar) -> Case {
        self.calendar = calendar;
        self
    }

    pub(super) fn paired(mut self, since: &str) -> Case {
        self.pairings[0].since = day(since);
        self
    }

    pub(super) fn talked(mut self, days: &[&str]) -> Case {
        self.records = days.iter().map(|it| talk("li", it)).collect();
        self
    }

    /// The day by which it is due, with the running and school days it is late; `-` when nothing stands open.
    pub(super) fn on(&self, today: &str) -> String {
        self.open(day(today)).map_or("-".to_owned(), |it| match (it.overdue_days, it.school_days) {
            (0, 0) => it.due.to_string(),
            (days, school) => format!("{} late {days}/{school}", it.due),
        })
    }

    /// On which day it begins to stand open, from a day on, and when it is due then; `-` when it never does.
    pub(super) fn opens(&self, from: &str) -> String {
        let mut days = day(from).iter_days().take(400);
        let open = days.find_map(|today| self.open(today).map(|it| format!("{today} for {}", it.due)));
        open.unwrap_or_else(|| "-".to_owned())
    }

    pub(super) fn open(&self, today: Day) -> Option<Duty> {
        let standing = Standing::of(&self.records, &self.policy, &self.calendar, today);
        let open = duties(&self.policy, &self.calendar, &self.pairings, &nobody(), &standing, today);
        assert!(open.len() <= 1, "one rule about one student: {open:?}");
        open.into_iter().next()
    }
}
