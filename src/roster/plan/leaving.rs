//! Who leaves because the file does not name them: only where the file could have named them.

use super::{Planner, is_staff};
use crate::{
    roster::Roster,
    school::{PersonId, Role},
};
use std::collections::{HashMap, HashSet};

/// Where who is missing in the file leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Nowhere.
    Nobody,
    /// In the classes in which the file has students: their students, and no staff.
    Classes,
    /// In the whole school: students if the file has any, staff if it has any.
    School,
}

/// Who leaves.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Leavers {
    /// The students.
    pub students: Vec<PersonId>,
    /// The staff.
    pub staff: Vec<PersonId>,
    /// The guardians, none of whose children stay.
    pub guardians: Vec<PersonId>,
    /// How many students and staff there were where they could have left.
    pub of: usize,
}

impl Leavers {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &PersonId> {
        self.students.iter().chain(&self.staff).chain(&self.guardians)
    }

    /// How many students and staff leave; families go with them.
    pub fn count(&self) -> usize {
        self.students.len() + self.staff.len()
    }

    /// More than a fifth: rather the wrong file than so many farewells. Two from a small class are no sign of that.
    pub fn are_many(&self) -> bool {
        self.count() > 2 && self.count() * 5 > self.of
    }
}

impl Planner<'_> {
    /// Who leaves, in the order of the book; their pairings end today.
    pub(super) fn leave(&mut self, scope: Scope, roster: &Roster) -> Leavers {
        let mut leavers = Leavers::default();
        let all_students = scope == Scope::School && !roster.students.is_empty();
        let all_staff = scope == Scope::School && !roster.staff.is_empty();
        for member in self.book.members.iter().filter(|it| !it.left && scope != Scope::Nobody) {
            let student = member.is(Role::Student);
            let in_scope = match student {
                true => all_students || member.class().is_some_and(|it| self.student_classes.contains(it)),
                false => all_staff && is_staff(member),
            };
            leavers.of += usize::from(in_scope);
            if !in_scope || self.rows.contains_key(&member.id) || self.named_staff.contains(&member.id) {
                continue;
            }
            let list = if student { &mut leavers.students } else { &mut leavers.staff };
            list.push(member.id.clone());
        }
        leavers.guardians = self.with_their_children(&leavers.students);
        let gone: HashSet<&PersonId> = leavers.all().collect();
        let ended: HashSet<_> = self.ended.iter().map(|(id, _)| id.clone()).collect();
        for pairing in self.book.pairings.iter().filter(|it| !ended.contains(&it.id)) {
            if gone.contains(&pairing.student) || gone.contains(&pairing.mentor) {
                self.ended.push((pairing.id.clone(), self.today));
                self.kept -= usize::from(self.rows.contains_key(&pairing.student));
            }
        }
        leavers
    }

    /// Guardians who have no child at the school once these have left.
    fn with_their_children(&self, students: &[PersonId]) -> Vec<PersonId> {
        let gone: HashSet<&PersonId> = students.iter().collect();
        let here = |id: &PersonId| !gone.contains(id) && self.members.get(id).is_some_and(|it| !it.left);
        let mut stays: HashMap<&PersonId, bool> = HashMap::new();
        for (student, family) in &self.families {
            for (guardian, _) in family {
                *stays.entry(guardian).or_default() |= here(student);
            }
        }
        let theirs = students.iter().filter_map(|it| self.families.get(it)).flatten();
        let mut found: Vec<PersonId> = Vec::new();
        let mut known = HashSet::new();
        for (guardian, _) in theirs {
            let leaves =
                stays.get(guardian) == Some(&false) && self.members.get(guardian).is_some_and(|it| !it.left);
            if leaves && known.insert(guardian) {
                found.push(guardian.clone());
            }
        }
        found
    }
}
