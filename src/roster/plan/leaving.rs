//! Who leaves because the file does not name them: only where the file could have named them.

use super::{Planner, is_staff};
use crate::{
    roster::Roster,
    school::{PersonId, Role},
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Where who is missing in the file leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Nowhere.
    Nobody,
    /// In the classes in which the file has students: their students, and no staff.
    #[default]
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
    /// Who is a guardian of whom no more, since the rows of the student, who stays, name others: (guardian, student).
    pub parted: Vec<(PersonId, PersonId)>,
    /// How many guardians there were whom those rows could have left out.
    pub parted_of: usize,
}

impl Leavers {
    /// All who are at the school no more.
    pub fn all(&self) -> impl Iterator<Item = &PersonId> {
        self.students.iter().chain(&self.staff).chain(&self.guardians)
    }

    /// How many leave: students, staff, and guardians who are none any more. Families who go with their child are not counted.
    pub fn count(&self) -> usize {
        self.students.len() + self.staff.len() + self.parted.len()
    }

    /// Of how many.
    pub fn of_all(&self) -> usize {
        self.of + self.parted_of
    }

    /// More than a fifth: rather the wrong file than so many farewells. Two from a small class are no sign of that.
    pub fn are_many(&self) -> bool {
        let many = |count: usize, of: usize| count > 2 && count * 5 > of;
        many(self.students.len() + self.staff.len(), self.of) || many(self.parted.len(), self.parted_of)
    }
}

impl Scope {
    /// All of them, each with the letter by which a button calls it.
    const LETTERS: [(Scope, &str); 3] = [(Scope::Nobody, "n"), (Scope::Classes, "c"), (Scope::School, "s")];

    /// The letter.
    pub fn letter(self) -> &'static str {
        Scope::LETTERS.into_iter().find(|(it, _)| *it == self).map_or("", |(_, letter)| letter)
    }

    /// The scope with this letter.
    pub fn of_letter(letter: &str) -> Option<Scope> {
        Scope::LETTERS.into_iter().find(|(_, it)| *it == letter).map(|(it, _)| it)
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
        if scope != Scope::Nobody {
            self.part(&mut leavers);
        }
        leavers.guardians = self.with_their_children(&leavers);
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

    /// Who was a guardian of a student whose rows name others now. New ones are of the file, so none of them is among these.
    fn part(&self, leavers: &mut Leavers) {
        for family in &self.book.families {
            let is_here = |id: &PersonId| self.members.get(id).is_some_and(|it| !it.left);
            let spoken_of =
                self.spoken_of.get(&family.student).is_some_and(|it| it.contains(&family.relation));
            if !spoken_of || !is_here(&family.guardian) {
                continue;
            }
            leavers.parted_of += 1;
            let both = (family.student.clone(), family.guardian.clone());
            if !self.named_guardians.contains(&both) {
                leavers.parted.push((both.1, both.0));
            }
        }
    }

    /// Guardians who have no child at the school once these have left.
    fn with_their_children(&self, leavers: &Leavers) -> Vec<PersonId> {
        let gone: HashSet<&PersonId> = leavers.students.iter().collect();
        let parted: HashSet<(&PersonId, &PersonId)> = leavers.parted.iter().map(|(a, b)| (a, b)).collect();
        let here = |id: &PersonId| !gone.contains(id) && self.members.get(id).is_some_and(|it| !it.left);
        let mut stays: HashMap<&PersonId, bool> = HashMap::new();
        for (student, family) in &self.families {
            for (guardian, _) in family {
                *stays.entry(guardian).or_default() |=
                    here(student) && !parted.contains(&(guardian, student));
            }
        }
        let theirs =
            leavers.students.iter().filter_map(|it| self.families.get(it)).flatten().map(|(it, _)| it);
        let mut found: Vec<PersonId> = Vec::new();
        let mut known = HashSet::new();
        for guardian in theirs.chain(leavers.parted.iter().map(|(it, _)| it)) {
            let leaves =
                stays.get(guardian) == Some(&false) && self.members.get(guardian).is_some_and(|it| !it.left);
            if leaves && known.insert(guardian) {
                found.push(guardian.clone());
            }
        }
        found
    }
}
