//! What a plan changes, person by person, as an office would say it.

use super::{Leavers, Planner, Sort};
use crate::{
    school::{ClassId, PersonId, Post, Role},
    store::Member,
    text::Phrase,
};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What changes about one person.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// What it is.
    pub kind: Kind,
    /// `student`, `staff` or `guardian`.
    pub who: &'static str,
    /// The name; of a guardian with that of the child.
    pub name: String,
    /// 学号 or 工号, or ''.
    pub number: String,
    /// The class, or ''.
    pub class: String,
    /// What was.
    pub was: Vec<Phrase>,
    /// What will be.
    pub becomes: Vec<Phrase>,
}

/// The kinds of changes, in the order in which they are shown: what cannot be taken back easily comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Leaves the school.
    Left,
    /// Is no guardian of the student any more.
    Parted,
    /// Goes to another class.
    Moved,
    /// Gets other mentors.
    Mentor,
    /// Holds other posts.
    Post,
    /// Another name, number, phone or date of birth.
    Changed,
    /// Comes back.
    Back,
    /// Is new.
    New,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 8] = [
        Kind::Left,
        Kind::Parted,
        Kind::Moved,
        Kind::Mentor,
        Kind::Post,
        Kind::Changed,
        Kind::Back,
        Kind::New,
    ];

    /// Whether it takes somebody away, so that each should be looked at.
    pub fn takes_away(self) -> bool {
        matches!(self, Kind::Left | Kind::Parted)
    }

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Left => "left",
            Kind::Parted => "parted",
            Kind::Moved => "moved",
            Kind::Mentor => "mentor",
            Kind::Post => "post",
            Kind::Changed => "changed",
            Kind::Back => "back",
            Kind::New => "new",
        }
    }
}

/// The changes while they are put together.
pub(super) struct Diff<'a> {
    planner: &'a Planner<'a>,
    class_names: HashMap<&'a ClassId, &'a str>,
    /// The child of a guardian.
    children: HashMap<&'a PersonId, &'a PersonId>,
    changes: Vec<Change>,
}

impl<'a> Diff<'a> {
    pub(super) fn new(planner: &'a Planner<'a>) -> Diff<'a> {
        let families = planner.families.iter();
        Diff {
            planner,
            class_names: planner.classes.values().map(|it| (&it.id, it.name.as_str())).collect(),
            children: families
                .flat_map(|(child, them)| them.iter().map(move |(it, _)| (it, child)))
                .collect(),
            changes: Vec::new(),
        }
    }

    /// Somebody who has to be written.
    pub(super) fn person(&mut self, sort: Sort, before: Option<&Member>, after: &Member) {
        let Some(before) = before else {
            // A family that comes with its child is no news beside it.
            let child = self.children.get(&after.id);
            if sort != Sort::Guardian || child.is_some_and(|it| self.was_here(it)) {
                self.add(Kind::New, sort, after, Vec::new(), self.posts(sort, after));
            }
            return;
        };
        if before.left {
            self.add(Kind::Back, sort, after, Vec::new(), self.posts(sort, after));
        } else if before.posts != after.posts {
            let kind = if sort == Sort::Student { Kind::Moved } else { Kind::Post };
            self.add(kind, sort, after, self.posts(sort, before), self.posts(sort, after));
        }
        let fields = [
            (&before.name, &after.name),
            (&before.number, &after.number),
            (&before.phone, &after.phone),
            (&before.born, &after.born),
        ];
        let differ = || fields.into_iter().filter(|(was, becomes)| was != becomes);
        if differ().next().is_some() {
            let was = differ().map(|(was, _)| typed(was)).collect();
            self.add(Kind::Changed, sort, after, was, differ().map(|(_, it)| typed(it)).collect());
        }
    }

    /// Students whose mentors are others from today on. Of one who is new, the mentors are no change.
    pub(super) fn mentors(&mut self, gone: &HashSet<&PersonId>) {
        let ended: HashSet<_> = self.planner.ended.iter().map(|(id, _)| id).collect();
        let mut of: BTreeMap<&PersonId, (Vec<Phrase>, Vec<Phrase>)> = BTreeMap::new();
        let name = |id: &PersonId| typed(self.planner.members.get(id).map_or("", |it| it.name.as_str()));
        for pairing in &self.planner.book.pairings {
            let both = of.entry(&pairing.student).or_default();
            both.0.push(name(&pairing.mentor));
            if !ended.contains(&pairing.id) {
                both.1.push(name(&pairing.mentor));
            }
        }
        for pairing in &self.planner.begun {
            of.entry(&pairing.student).or_default().1.push(name(&pairing.mentor));
        }
        for (student, (was, becomes)) in of {
            let Some(member) = self.planner.members.get(student) else { continue };
            if was != becomes && !gone.contains(student) && self.was_here(student) {
                self.add(Kind::Mentor, Sort::Student, member, was, becomes);
            }
        }
    }

    /// Who leaves; of families only the number is told.
    pub(super) fn leavers(&mut self, leavers: &Leavers) {
        let students = leavers.students.iter().map(|id| (Sort::Student, id));
        for (sort, id) in students.chain(leavers.staff.iter().map(|id| (Sort::Staff, id))) {
            if let Some(member) = self.planner.members.get(id) {
                self.add(Kind::Left, sort, member, self.posts(sort, member), Vec::new());
            }
        }
    }

    /// Who is a guardian of a child no more, by name: each of them should be looked at.
    pub(super) fn parted(&mut self, leavers: &Leavers) {
        for (guardian, student) in &leavers.parted {
            let Some((child, family)) = self.planner.families.get_key_value(student) else { continue };
            let Some((parted, relation)) = family.iter().find(|(it, _)| it == guardian) else { continue };
            let Some(member) = self.planner.members.get(guardian) else { continue };
            self.children.insert(parted, child);
            let was = vec![Phrase::new(format!("relation-{relation}"))];
            self.add(Kind::Parted, Sort::Guardian, member, was, Vec::new());
        }
    }

    pub(super) fn finish(mut self) -> Vec<Change> {
        self.changes.sort_by_key(|it| it.kind);
        self.changes
    }

    fn was_here(&self, person: &PersonId) -> bool {
        // Ids of the book are known to the planner's index of it; new ones are in the file alone.
        self.planner.known.get(person).is_some_and(|left| !left)
    }

    fn add(&mut self, kind: Kind, sort: Sort, member: &Member, was: Vec<Phrase>, becomes: Vec<Phrase>) {
        let child = self.children.get(&member.id).and_then(|id| self.planner.members.get(*id));
        let child = child.filter(|_| sort == Sort::Guardian);
        let class = child.unwrap_or(member).class().and_then(|it| self.class_names.get(it));
        let (name, who) = match (sort, child) {
            (Sort::Guardian, Some(child)) => (format!("{} · {}", child.name, member.name), "guardian"),
            (Sort::Guardian, None) => (member.name.clone(), "guardian"),
            (Sort::Student, _) => (member.name.clone(), "student"),
            (Sort::Staff, _) => (member.name.clone(), "staff"),
        };
        let (number, class) = (member.number.clone(), class.copied().unwrap_or_default().to_owned());
        self.changes.push(Change { kind, who, name, number, class, was, becomes });
    }

    /// The class of a student, the posts of others.
    fn posts(&self, sort: Sort, member: &Member) -> Vec<Phrase> {
        let class = |post: &Post| post.class.as_ref().and_then(|it| self.class_names.get(it)).copied();
        let said = |post: &Post| match (post.role, class(post)) {
            (Role::Student, Some(class)) => typed(class),
            (role, Some(class)) => Phrase::new("roster-post-in-class")
                .phrase("role", Phrase::new(format!("role-{role}")))
                .text("class", class),
            (role, None) => Phrase::new(format!("role-{role}")),
        };
        let mut posts: Vec<&Post> = member.posts.iter().filter(|_| sort != Sort::Guardian).collect();
        posts.sort_by(|a, b| (a.role, &a.class).cmp(&(b.role, &b.class)));
        posts.into_iter().map(said).collect()
    }
}

fn typed(words: &str) -> Phrase {
    Phrase::new("words-as-typed").text("words", words)
}
