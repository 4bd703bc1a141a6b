//! What stands open, derived from what is kept: the domain's rule over the store's rows.

use super::{
    SchoolRules, Tx,
    sql::{Arg, args, int, text},
};
use crate::school::{
    About, AboutId, ClassId, Day, Duty, Pairing, PersonId, Post, Role, Rule, SchoolId, Staff, duties, gaps,
    worst_first,
};
use anyhow::Result;
use std::collections::HashMap;

/// Of more students than that a sum over the whole school is quicker than a list of them.
const FEW: usize = 500;

/// Whose duties are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose<'a> {
    /// Everybody's at the school.
    School,
    /// Everybody's but the students': what is told of, and climbs.
    Staff,
    /// Those about the students of one class.
    Class(&'a ClassId),
    /// Those that one member of staff owes.
    Person(&'a PersonId),
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
        let policy = rules.policy(today);
        let mut staff = match policy.asks_of_staff() {
            true => self.staff(school, today).await?,
            false => Staff::none(school),
        };
        let posts: Vec<&Post> = match whose {
            Whose::Person(person) => {
                staff.posts.iter().filter(|(it, _)| it == person).map(|(_, it)| it).collect()
            }
            Whose::School | Whose::Staff | Whose::Class(_) => Vec::new(),
        };
        // Of a school those are read who lack something: on most days a few.
        let lacking = match whose {
            Whose::School | Whose::Staff => {
                let asked = |rule: &Rule| whose == Whose::School || rule.owed_by != Role::Student;
                let gaps = gaps(&policy, &rules.calendar, today, asked);
                Some(self.lacking(rules, &gaps, today).await?).filter(|it| it.len() <= FEW)
            }
            Whose::Class(_) | Whose::Person(_) => None,
        };
        if lacking.is_some() && policy.rules.iter().any(|rule| rule.about == About::Mentor) {
            staff.mentors = self.mentors(school, today).await?;
        }
        // Whoever answers for the school is asked about all of it: one sum over everything is quicker than a list of it.
        let of_all = posts.iter().any(|post| post.class.is_none());
        let classes: Vec<ClassId> = posts.iter().filter_map(|post| post.class.clone()).collect();
        let pairings = match whose {
            Whose::Person(person) if !of_all => {
                let mut beside = self.pairings_beside(person, today).await?;
                if !classes.is_empty() {
                    beside.extend(self.pairings_in(school, &classes, today).await?);
                    beside.sort_by(|a, b| a.id.cmp(&b.id));
                    beside.dedup_by(|a, b| a.id == b.id);
                }
                beside
            }
            Whose::Class(class) => self.pairings_in(school, std::slice::from_ref(class), today).await?,
            Whose::Person(_) | Whose::School | Whose::Staff => match &lacking {
                Some(few) => self.pairings_with(school, few, today).await?,
                None => self.pairings(school, today).await?,
            },
        };
        if let (Whose::Person(_), false) = (whose, of_all || classes.is_empty()) {
            staff.classes.retain(|it| classes.contains(it));
        }
        if let Whose::Class(class) = whose {
            staff.classes.retain(|it| it == class);
            staff.groups.clear();
        }
        let about = match whose {
            Whose::School | Whose::Staff if lacking.is_none() => None,
            Whose::Person(_) if of_all => None,
            Whose::School | Whose::Staff | Whose::Class(_) | Whose::Person(_) => {
                Some(matters(&pairings, &staff))
            }
        };
        let mut standing = self.standing(rules, about.as_deref(), today).await?;
        if whose != Whose::Staff && policy.checkin_period().is_some() {
            let those = students(&pairings);
            let only = about.is_some().then_some(those.as_slice());
            let views = self.consents(rules, only, today).await?;
            for (student, _) in views.iter().filter(|(_, view)| !view.consent.allows()) {
                standing.set_on_paper(student);
            }
        }
        let resolved = self.open_resolutions(rules, whose, today).await?;
        let mut open = duties(&policy, &rules.calendar, &pairings, &staff, &standing, today);
        if !resolved.is_empty() {
            open.extend(resolved.iter().map(|it| it.duty(&rules.calendar, today)));
            worst_first(&mut open);
        }
        match whose {
            Whose::School => {}
            Whose::Staff => open.retain(|it| it.owed_by != Role::Student),
            Whose::Class(class) => open.retain(|it| it.class.as_ref() == Some(class)),
            Whose::Person(person) => open.retain(|it| it.owes == *person),
        }
        Ok(open)
    }

    /// How many students and guardians of each class, or of one, have joined.
    pub async fn joined(
        &mut self,
        school: &SchoolId,
        class: Option<&ClassId>,
    ) -> Result<HashMap<ClassId, Joined>> {
        let mut args = args![school];
        args.extend(class.map(Arg::from));
        let only = if class.is_some() { "AND o.class_id = $2" } else { "" };
        let mut found: HashMap<ClassId, Joined> = HashMap::new();
        let sql = format!(
            "SELECT o.class_id, COUNT(DISTINCT p.id) AS n, COUNT(DISTINCT b.person_id) AS joined
                   FROM post o JOIN person p ON p.id = o.person_id AND p.left_at = 0
                   LEFT JOIN binding b ON b.person_id = p.id AND b.revoked_at = 0
                   WHERE o.school_id = $1 AND o.role = 'student' {only} GROUP BY o.class_id"
        );
        for row in self.rows(&sql, args.clone()).await? {
            let joined = found.entry(text(&row, "class_id")?.into()).or_default();
            joined.students = (int(&row, "n")?, int(&row, "joined")?);
        }
        let sql = format!(
            "SELECT o.class_id, COUNT(DISTINCT p.id) AS n, COUNT(DISTINCT b.person_id) AS joined
                   FROM post o JOIN person s ON s.id = o.person_id AND s.left_at = 0
                   JOIN guardianship g ON g.student_id = s.id
                   JOIN person p ON p.id = g.guardian_id AND p.left_at = 0
                   LEFT JOIN binding b ON b.person_id = p.id AND b.revoked_at = 0
                   WHERE o.school_id = $1 AND o.role = 'student' {only} GROUP BY o.class_id"
        );
        for row in self.rows(&sql, args.clone()).await? {
            let joined = found.entry(text(&row, "class_id")?.into()).or_default();
            joined.guardians = (int(&row, "n")?, int(&row, "joined")?);
        }
        Ok(found)
    }
}

/// Everything that duties of these may be about.
fn matters(pairings: &[Pairing], staff: &Staff) -> Vec<AboutId> {
    let of_pairs = pairings.iter().flat_map(|it| [AboutId::from(&it.student), (&it.mentor).into()]);
    let mentors = staff.mentors.iter().map(|(it, _)| AboutId::from(it));
    let classes = staff.classes.iter().map(AboutId::from);
    let groups = staff.groups.iter().map(|it| AboutId::from(&it.id));
    let mut all: Vec<AboutId> =
        of_pairs.chain(mentors).chain(classes).chain(groups).chain([(&staff.school).into()]).collect();
    all.sort();
    all.dedup();
    all
}

fn students(pairings: &[Pairing]) -> Vec<PersonId> {
    let mut students: Vec<PersonId> = pairings.iter().map(|it| it.student.clone()).collect();
    students.sort();
    students.dedup();
    students
}
