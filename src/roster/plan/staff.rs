//! The staff of a file, and who is meant where a student's row names a teacher.

use super::{Planner, Sort, readings, say};
use crate::{
    clock::fresh_id,
    roster::{
        Place,
        rows::{Reference, Staff},
    },
    school::{PersonId, Post, Role},
    store::Member,
    text::Phrase,
};
use std::sync::Arc;

impl Planner<'_> {
    pub(super) fn staff(&mut self, row: &Staff) {
        let none: Arc<str> = "".into();
        let id = match self.known_staff(row) {
            Ok(id) => id,
            Err(reason) => return self.wrong.push(row.place.wrong(&none, reason)),
        };
        if let Some(earlier) = id.as_ref().and_then(|id| self.rows.get(id)) {
            let reason = Phrase::new("roster-wrong-twice").number("row", *earlier);
            return self.wrong.push(row.place.wrong(&none, reason));
        }
        let posts = row.posts.iter().map(|(role, class)| match class {
            Some(class) => Post::in_class(*role, self.class(class)),
            None => Post::at_school(*role),
        });
        let posts: Vec<Post> = posts.collect();
        let mut member = id.and_then(|id| self.members.get(&id).cloned()).unwrap_or_else(|| Member {
            id: fresh_id(),
            name: String::new(),
            number: String::new(),
            phone: String::new(),
            born: String::new(),
            posts: vec![Post::at_school(Role::Mentor)],
            left: false,
        });
        member.left = false;
        say(&mut member.name, &row.name);
        say(&mut member.number, &row.number);
        say(&mut member.phone, &row.phone);
        for post in posts.iter().filter(|it| it.role == Role::HeadTeacher) {
            if let Some(class) = &post.class {
                self.heads.entry(class.clone()).or_default().insert(member.id.clone());
            }
        }
        if !posts.is_empty() {
            // 导师 in one file is no word about the class that another file gave: a class has another head teacher only
            // where the file names one.
            let heads = |it: &Post| it.role == Role::HeadTeacher;
            let says_of_classes = posts.iter().any(heads);
            let was = std::mem::replace(&mut member.posts, posts);
            member.posts.extend(was.into_iter().filter(|it| heads(it) && !says_of_classes));
        } else if member.posts.is_empty() {
            // Who left has lost all posts, and is back without a word of which.
            member.posts.push(Post::at_school(Role::Mentor));
        }
        self.know_staff(&member);
        self.rows.insert(member.id.clone(), row.place.row);
        self.seen.push((Sort::Staff, member.id.clone()));
        self.members.insert(member.id.clone(), member);
    }

    /// Who of the staff this row is: by number; without one, or as yet without one, by name.
    fn known_staff(&self, row: &Staff) -> Result<Option<PersonId>, Phrase> {
        if let Some(id) = self.staff_by_number.get(&row.number) {
            return Ok(Some(id.clone()));
        }
        let named = self.staff_by_name.get(&row.name).map(Vec::as_slice).unwrap_or_default();
        let without = |id: &&PersonId| {
            row.number.is_empty() || self.members.get(*id).is_some_and(|it| it.number.is_empty())
        };
        let named: Vec<&PersonId> = named.iter().filter(without).collect();
        match named.as_slice() {
            [] => Ok(None),
            [id] => Ok(Some((*id).clone())),
            several => Err(Phrase::new("roster-wrong-same-name")
                .text("name", &row.name)
                .number("count", several.len())),
        }
    }

    /// The teacher whom a student's row names.
    pub(super) fn teacher(&mut self, place: &Place, reference: &Reference) -> Option<PersonId> {
        let (name, number) = readings(reference);
        let here = |id: &&PersonId| self.members.get(*id).is_some_and(|it| !it.left);
        let by_number = self.staff_by_number.get(number.unwrap_or(name)).filter(here);
        let by_name = self.staff_by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        let by_name: Vec<&PersonId> = by_name.iter().filter(here).collect();
        let found = match (by_number, by_name.as_slice()) {
            (Some(id), _) => Some(id.clone()),
            (None, [id]) => Some((*id).clone()),
            (None, _) => None,
        };
        if let Some(id) = found {
            self.named_staff.insert(id.clone());
            return Some(id);
        }
        let reason = match by_name.as_slice() {
            [] => Phrase::new("roster-wrong-no-teacher").text("name", &reference.words),
            several => {
                Phrase::new("roster-wrong-same-name").text("name", name).number("count", several.len())
            }
        };
        self.wrong.push(place.wrong(&reference.column, reason));
        None
    }
}
