//! What meetings resolve: something that somebody does until a day.

use super::calendar::Calendar;
use super::duty::Duty;
use super::id::{AboutId, ClassId, PersonId, RecordId};
use super::kind::Kind;
use super::people::Role;
use super::policy::About;
use super::time::Day;

/// What a meeting resolved. It is done when a record about it says so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resolution {
    /// Its id.
    pub id: AboutId,
    /// The record of the meeting.
    pub meeting: RecordId,
    /// Who does it.
    pub owner: PersonId,
    /// The class whose meeting it was; `None` for the school's.
    pub class: Option<ClassId>,
    /// What is to be done, in the meeting's words.
    pub words: String,
    /// Until when.
    pub due: Day,
}

impl Resolution {
    /// The name under which duties, nudges and keys know what meetings resolve: no rule of a policy asks for it.
    pub const RULE: &'static str = "resolution";

    /// What its owner owes. It stands open from the day on which it was resolved, so that the next morning tells of it.
    pub fn duty(&self, calendar: &Calendar, today: Day) -> Duty {
        Duty {
            rule: Resolution::RULE.to_owned(),
            kind: Kind::Resolution,
            owed_by: Role::Mentor,
            owes: self.owner.clone(),
            about: self.id.clone(),
            scope: About::Resolution,
            class: self.class.clone(),
            pairing: None,
            since: today,
            last: None,
            progress: None,
            due: self.due,
            overdue_days: calendar.running_days_between(self.due, today),
            school_days: calendar.school_days_between(self.due, today),
            never: false,
            wish: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::testing::{autumn, day};

    #[test]
    fn it_is_late_by_running_days_and_climbs_by_school_days() {
        let late = |due: &str, today: &str| {
            let it = Resolution {
                id: "one".into(),
                meeting: "meeting".into(),
                owner: "wang".into(),
                class: None,
                words: "call the family".into(),
                due: day(due),
            };
            let duty = it.duty(&autumn(), day(today));
            assert_eq!(duty.due, day(due), "its day stays, also on a day off");
            (duty.overdue_days, duty.school_days)
        };
        assert_eq!(late("2026-09-18", "2026-09-17"), (0, 0), "it stands open before its day");
        assert_eq!(late("2026-09-18", "2026-09-18"), (0, 0));
        assert_eq!(late("2026-09-18", "2026-09-20"), (2, 1), "Saturday runs, the Sunday is made up");
        assert_eq!(late("2026-10-03", "2026-10-07"), (0, 0), "due in a holiday, it waits for its end");
        assert_eq!(late("2026-10-03", "2026-10-08"), (1, 1));
        assert_eq!(late("2027-01-22", "2027-03-01"), (0, 0), "no term is entered after it");
    }
}
