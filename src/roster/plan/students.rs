//! The students of a file, their families and their mentors.

use super::{Planner, Sort, say};
use crate::{
    clock::fresh_id,
    roster::{
        born,
        rows::{Guardian, Student},
    },
    school::{ClassId, Pairing, PersonId, Post, Relation, Role},
    store::{Family, Member},
    text::Phrase,
};

impl Planner<'_> {
    pub(super) fn student(&mut self, row: &Student) {
        let known = self.students.get(&row.number).and_then(|id| self.members.get(id)).cloned();
        if let Some(earlier) = known.as_ref().and_then(|it| self.rows.get(&it.id)) {
            if let Some(member) = known.as_ref().filter(|it| self.is_second_row(it, row)) {
                self.hear_of(&member.id, row);
                return row.guardians.iter().for_each(|it| self.guardian(&member.id, it));
            }
            let reason = Phrase::new("roster-wrong-number-twice").number("row", *earlier);
            return self.wrong.push(row.place.wrong(&row.number_head, reason));
        }
        let said = row.class.as_ref().map(|class| self.class(class));
        let Some(class) = said.or_else(|| known.as_ref()?.class().cloned()) else {
            return self.wrong.push(row.place.wrong(&row.class_head, Phrase::new("roster-wrong-no-class")));
        };
        let mut member = known.unwrap_or_else(|| Member {
            id: fresh_id(),
            name: String::new(),
            number: row.number.clone(),
            phone: String::new(),
            born: String::new(),
            posts: Vec::new(),
            left: false,
        });
        let is_back = member.left;
        member.left = false;
        say(&mut member.name, &row.name);
        say(&mut member.phone, &row.phone);
        if let Some(born) = row.born {
            if !born::is_a_students(born, self.today) {
                let reason = Phrase::new("roster-wrong-born-when").text("day", born.to_string());
                self.wrong.push(row.place.wrong(&row.born_head, reason));
            }
            member.born = born.to_string();
        }
        self.student_classes.insert(class.clone());
        let mentors = row.mentors.iter().map(|it| it.words.clone()).collect();
        self.said_mentors.insert(member.id.clone(), mentors);
        member.posts = vec![Post::in_class(Role::Student, class.clone())];
        let id = member.id.clone();
        self.students.insert(row.number.clone(), id.clone());
        self.rows.insert(id.clone(), row.place.row);
        self.seen.push((Sort::Student, id.clone()));
        self.members.insert(id.clone(), member);
        if is_back {
            self.bring_family_back(&id);
        }
        self.hear_of(&id, row);
        for guardian in &row.guardians {
            self.guardian(&id, guardian);
        }
        for reference in &row.head_teachers {
            if let Some(head) = self.teacher(&row.place, reference) {
                self.heads.entry(class.clone()).or_default().insert(head);
            }
        }
        self.mentors(&id, &class, row);
    }

    /// Whether the row says of a student, who had one already, only another guardian.
    fn is_second_row(&self, member: &Member, row: &Student) -> bool {
        let class = row.class.as_ref().and_then(|it| self.classes.get(&it.name));
        let mentors = || row.mentors.iter().map(|it| it.words.as_str());
        let said = self.said_mentors.get(&member.id).map(Vec::as_slice).unwrap_or_default();
        !row.guardians.is_empty()
            && (row.name.is_empty() || row.name == member.name)
            && (row.class.is_none() || class.is_some_and(|it| Some(&it.id) == member.class()))
            && (row.mentors.is_empty() || mentors().eq(said.iter().map(String::as_str)))
    }

    /// A row that names nobody of the family says nothing about it; one that names somebody names all whom its columns can.
    fn hear_of(&mut self, student: &PersonId, row: &Student) {
        if !row.guardians.is_empty() {
            self.spoken_of.entry(student.clone()).or_default().extend(row.speaks_of);
        }
    }

    /// With a student who comes back comes the family that left with the child.
    fn bring_family_back(&mut self, student: &PersonId) {
        for (guardian, _) in self.families.get(student).into_iter().flatten() {
            if let Some(member) = self.members.get_mut(guardian) {
                member.left = false;
                if self.seen_guardians.insert(guardian.clone()) {
                    self.seen.push((Sort::Guardian, guardian.clone()));
                }
            }
        }
    }

    /// The same guardian is who has the same name and the same relation to the same student, or one that was not said.
    /// A mother of two stands here once for each child; her one account is both.
    fn guardian(&mut self, student: &PersonId, row: &Guardian) {
        let family = self.families.entry(student.clone()).or_default();
        let members = &self.members;
        let named = |id: &PersonId| members.get(id).is_some_and(|it| it.name == row.name);
        let fits = |relation: Relation| {
            relation == row.relation || [relation, row.relation].contains(&Relation::Other)
        };
        let same = family.iter().position(|(id, it)| *it == row.relation && named(id));
        let same = same.or_else(|| family.iter().position(|(id, it)| fits(*it) && named(id)));
        let id = match same.map(|at| &mut family[at]) {
            Some((id, relation)) => {
                if *relation == Relation::Other && row.relation != Relation::Other {
                    *relation = row.relation;
                    // One that is new in this very file is not written yet.
                    self.new_families.retain(|it| it.guardian != *id);
                    let (guardian, student, relation) = (id.clone(), student.clone(), row.relation);
                    self.new_families.push(Family { guardian, student, relation });
                }
                id.clone()
            }
            None => {
                let id: PersonId = fresh_id();
                family.push((id.clone(), row.relation));
                self.new_families.push(Family {
                    guardian: id.clone(),
                    student: student.clone(),
                    relation: row.relation,
                });
                id
            }
        };
        let member = self.members.entry(id.clone()).or_insert_with(|| Member {
            id: id.clone(),
            name: row.name.clone(),
            number: String::new(),
            phone: String::new(),
            born: String::new(),
            posts: vec![Post::at_school(Role::Guardian)],
            left: false,
        });
        member.left = false;
        say(&mut member.phone, &row.phone);
        self.named_guardians.insert((student.clone(), id.clone()));
        if self.seen_guardians.insert(id.clone()) {
            self.seen.push((Sort::Guardian, id));
        }
    }

    /// The mentors that the row names take the place of those that it does not; the first one is the primary.
    fn mentors(&mut self, student: &PersonId, class: &ClassId, row: &Student) {
        let mut named: Vec<PersonId> = Vec::new();
        let wrong = self.wrong.len();
        for reference in &row.mentors {
            match self.teacher(&row.place, reference) {
                Some(mentor) if named.contains(&mentor) => {}
                Some(mentor) => named.push(mentor),
                None => {}
            }
        }
        if self.wrong.len() > wrong {
            return;
        }
        let now = self.pairings.get(student).cloned().unwrap_or_default();
        if named.is_empty() {
            self.kept += now.len();
            return;
        }
        let wanted: Vec<(PersonId, bool)> =
            named.into_iter().enumerate().map(|(n, it)| (it, n == 0)).collect();
        let is_wanted = |it: &Pairing| {
            wanted.iter().any(|(mentor, primary)| it.mentor == *mentor && it.primary == *primary)
        };
        let (kept, gone): (Vec<&Pairing>, Vec<&Pairing>) = now.into_iter().partition(|it| is_wanted(it));
        self.kept += kept.len();
        self.ended.extend(gone.into_iter().map(|it| (it.id.clone(), self.today)));
        for (mentor, primary) in wanted {
            if kept.iter().all(|it| it.mentor != mentor) {
                let (student, class) = (student.clone(), class.clone());
                self.begun.push(Pairing {
                    id: fresh_id(),
                    mentor,
                    student,
                    class,
                    since: self.today,
                    until: None,
                    primary,
                });
            }
        }
    }
}
