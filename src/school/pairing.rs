//! Pairings 导学关系: who looks after whom, from when until when.

use super::id::{ClassId, PairingId, PersonId};
use super::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One mentor, one student, a start and an end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pairing {
    /// Its name.
    pub id: PairingId,
    /// Who looks after the student.
    pub mentor: PersonId,
    /// Who is looked after.
    pub student: PersonId,
    /// The student's class.
    pub class: ClassId,
    /// The first day on which it holds.
    pub since: Day,
    /// The first day on which it holds no longer, so that a pairing ended today ends at once.
    pub until: Option<Day>,
    /// Whether this mentor owes the duties. A student may have several mentors (P; "N + 1", D), one is primary.
    pub primary: bool,
}

impl Pairing {
    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.since <= day && self.until.is_none_or(|end| day < end)
    }
}

/// The pairing of each student that owes the duties on `day`, by student.
///
/// The primary one; where the roster names none or two, the longest-standing, so that no student falls between mentors
/// and nobody is asked twice for the same talk.
pub fn owing(pairings: &[Pairing], day: Day) -> Vec<&Pairing> {
    let mut of_student: BTreeMap<&PersonId, &Pairing> = BTreeMap::new();
    for pairing in pairings.iter().filter(|it| it.holds_on(day)) {
        of_student
            .entry(&pairing.student)
            .and_modify(|best| {
                if rank(pairing) < rank(best) {
                    *best = pairing;
                }
            })
            .or_insert(pairing);
    }
    of_student.into_values().collect()
}

/// The smaller, the better the claim; the id settles a draw the same way every day.
fn rank(it: &Pairing) -> (bool, Day, &PairingId) {
    (!it.primary, it.since, &it.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn pairing(id: &str, since: &str, until: Option<&str>, primary: bool) -> Pairing {
        Pairing {
            id: id.into(),
            mentor: format!("mentor-{id}").as_str().into(),
            student: "li-lei".into(),
            class: "7-1".into(),
            since: day(since),
            until: until.map(day),
            primary,
        }
    }

    #[test]
    fn a_handover_leaves_no_day_without_and_none_with_two() {
        let old = pairing("a", "2026-09-01", Some("2026-10-08"), true);
        let new = pairing("b", "2026-10-08", None, true);
        for (when, holder) in [("2026-08-31", None), ("2026-10-07", Some("a")), ("2026-10-08", Some("b"))] {
            let both = [old.clone(), new.clone()];
            assert_eq!(owing(&both, day(when)).first().map(|it| it.id.as_str()), holder, "{when}");
        }
    }

    #[test]
    fn the_first_day_is_of_a_pairing_and_the_day_of_its_end_is_not() {
        let week = pairing("a", "2026-09-07", Some("2026-09-14"), true);
        for (when, holds) in
            [("2026-09-06", false), ("2026-09-07", true), ("2026-09-13", true), ("2026-09-14", false)]
        {
            assert_eq!(week.holds_on(day(when)), holds, "{when}");
        }
        let never = pairing("a", "2026-09-07", Some("2026-09-07"), true);
        assert!(!never.holds_on(day("2026-09-07")), "ended on its first day, it never was");
        let with_another = [never, pairing("b", "2026-09-07", None, false)];
        assert_eq!(owing(&with_another, day("2026-09-07"))[0].id.as_str(), "b");
    }

    #[test]
    fn of_two_primary_mentors_the_first_owes_and_of_two_on_one_day_always_the_same() {
        let early = pairing("b", "2026-09-01", None, true);
        let late = pairing("a", "2026-09-08", None, true);
        let twin = pairing("c", "2026-09-01", None, true);
        let ids = |them: &[&Pairing]| {
            let them: Vec<Pairing> = them.iter().map(|it| (*it).clone()).collect();
            owing(&them, day("2026-11-02")).iter().map(|it| it.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&[&late, &early]), ["b"]);
        assert_eq!(
            (ids(&[&twin, &early]), ids(&[&early, &twin])),
            (vec!["b".to_owned()], vec!["b".to_owned()])
        );
    }

    #[test]
    fn of_several_mentors_the_primary_owes_or_else_the_longest_standing() {
        let first = pairing("a", "2026-09-01", None, false);
        let second = pairing("b", "2026-09-08", None, false);
        let primary = pairing("c", "2026-10-01", None, true);
        let today = day("2026-11-02");
        let ids =
            |them: &[Pairing]| owing(them, today).iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids(&[second.clone(), first.clone()]), ["a"]);
        assert_eq!(ids(&[second, first, primary]), ["c"]);
    }
}
