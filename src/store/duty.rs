//! What stands open, derived from what is kept: the domain's rule over the store's rows.

use super::{
    SchoolRules, Tx,
    sql::{args, int, text},
};
use crate::school::{ClassId, Day, Duty, Pairing, PersonId, SchoolId, duties};
use anyhow::Result;
use std::collections::HashMap;

/// Whose duties are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose<'a> {
    /// Everybody's at the school.
    School,
    /// Those about the students of one class.
    Class(&'a ClassId),
    /// Those that one mentor owes.
    Mentor(&'a PersonId),
}

/// Of how many people how many have joined.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Joined {
    /// Students, and how many of them joined.
    pub students: (i64, i64),
    /// Their guardians, and how many of them joined.
    pub guardians: (i64, i64),
}

impl Tx {
    /// What stands open on a day, worst first.
    pub async fn duties(&mut self, rules: &SchoolRules, whose: Whose<'_>, today: Day) -> Result<Vec<Duty>> {
        let school = &rules.school.id;
        let mut pairings = match whose {
            Whose::Mentor(mentor) => self.pairings_beside(mentor, today).await?,
            Whose::School | Whose::Class(_) => self.pairings(school, today).await?,
        };
        if let Whose::Class(class) = whose {
            pairings.retain(|it| it.class == *class);
        }
        let mut standing = match whose {
            Whose::School => self.standing(rules, None, today).await?,
            Whose::Class(_) | Whose::Mentor(_) => {
                self.standing(rules, Some(&students(&pairings)), today).await?
            }
        };
        if rules.policy(today).checkin_period().is_some() {
            let those = students(&pairings);
            let views = match whose {
                Whose::School => self.consents(rules, None, today).await?,
                Whose::Class(_) | Whose::Mentor(_) => self.consents(rules, Some(&those), today).await?,
            };
            for (student, _) in views.iter().filter(|(_, view)| !view.consent.allows()) {
                standing.set_on_paper(student);
            }
        }
        let mut open = duties(&rules.policy(today), &rules.calendar, &pairings, &standing, today);
        if let Whose::Mentor(mentor) = whose {
            open.retain(|it| it.owes == *mentor);
        }
        Ok(open)
    }

    /// How many students and guardians of each class have joined.
    pub async fn joined(&mut self, school: &SchoolId) -> Result<HashMap<ClassId, Joined>> {
        let mut found: HashMap<ClassId, Joined> = HashMap::new();
        let sql = "SELECT o.class_id, COUNT(DISTINCT p.id) AS n, COUNT(DISTINCT b.person_id) AS joined
                   FROM post o JOIN person p ON p.id = o.person_id AND p.left_at = 0
                   LEFT JOIN binding b ON b.person_id = p.id AND b.revoked_at = 0
                   WHERE o.school_id = $1 AND o.role = 'student' GROUP BY o.class_id";
        for row in self.rows(sql, args![school]).await? {
            let joined = found.entry(text(&row, "class_id")?.into()).or_default();
            joined.students = (int(&row, "n")?, int(&row, "joined")?);
        }
        let sql = "SELECT o.class_id, COUNT(DISTINCT p.id) AS n, COUNT(DISTINCT b.person_id) AS joined
                   FROM post o JOIN person s ON s.id = o.person_id AND s.left_at = 0
                   JOIN guardianship g ON g.student_id = s.id
                   JOIN person p ON p.id = g.guardian_id AND p.left_at = 0
                   LEFT JOIN binding b ON b.person_id = p.id AND b.revoked_at = 0
                   WHERE o.school_id = $1 AND o.role = 'student' GROUP BY o.class_id";
        for row in self.rows(sql, args![school]).await? {
            let joined = found.entry(text(&row, "class_id")?.into()).or_default();
            joined.guardians = (int(&row, "n")?, int(&row, "joined")?);
        }
        Ok(found)
    }
}

fn students(pairings: &[Pairing]) -> Vec<PersonId> {
    let mut students: Vec<PersonId> = pairings.iter().map(|it| it.student.clone()).collect();
    students.sort();
    students.dedup();
    students
}
