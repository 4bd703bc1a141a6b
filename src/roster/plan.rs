//! What a file would change at a school: the pure difference between what it says and what the school has.
//!
//! Staff and students are the same person by number (staff without one: by name), guardians by student and name, classes
//! by name. A changed mentor ends the old pairing today and begins a new one. Who is missing in the file leaves, within the
//! bounds of a [`Scope`].

mod diff;
mod finish;
mod leaving;
mod staff;
mod students;

pub use diff::{Change, Kind};
pub use leaving::{Leavers, Scope};

use super::{
    Roster, Wrong,
    rows::{Class, Reference},
};
use crate::{
    clock::fresh_id,
    school::{ClassId, Day, Pairing, PersonId, Post, Relation, Role},
    store::{Book, ClassRow, Family, Member, RosterWrite},
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is to be written, and how much it is.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// To be written, in one transaction.
    pub write: RosterWrite,
    /// How much it is.
    pub summary: Summary,
    /// What it is, person by person: leavers first, those who are new last.
    pub changes: Vec<Change>,
    /// Who leaves, of how many who could have.
    pub leavers: Leavers,
}

/// How much a plan changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// Classes.
    pub classes: Tally,
    /// Staff.
    pub staff: Tally,
    /// Students.
    pub students: Tally,
    /// Guardians.
    pub guardians: Tally,
    /// Pairings: those that begin, those that end, those that stay.
    pub pairings: Tally,
}

/// How many of a sort.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Are new.
    pub new: usize,
    /// Are known and change; of pairings: end.
    pub changed: usize,
    /// Stay as they are.
    pub unchanged: usize,
    /// Leave.
    pub left: usize,
}

impl Plan {
    /// What tells this plan from any other, for a button: 16 hex digits. The same file gives the same ones for as long as
    /// the school stays as it is, although new people get other ids each time.
    pub fn fingerprint(&self) -> String {
        let said = format!("{:?} {:?}", self.changes, self.summary);
        Sha256::digest(said.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        let it = &self.write;
        it.classes.is_empty()
            && it.members.is_empty()
            && it.families.is_empty()
            && it.pairings.is_empty()
            && it.ended.is_empty()
            && it.left.is_empty()
            && it.parted.is_empty()
    }
}

/// Plans what `roster` changes in `book`, with pairings that begin and end today; or every row that cannot be. Nobody
/// leaves.
pub fn plan(roster: &Roster, book: &Book, today: Day) -> Result<Plan, Vec<Wrong>> {
    compare(roster, book, today, Scope::Nobody)
}

/// The same, and who is missing in the file leaves within this scope.
pub fn compare(roster: &Roster, book: &Book, today: Day, scope: Scope) -> Result<Plan, Vec<Wrong>> {
    let mut planner = Planner::new(book, today);
    planner.wrong.clone_from(&roster.wrong);
    for staff in roster.staff.iter().filter(|it| !it.name.is_empty()) {
        planner.staff(staff);
    }
    // A student without a number has been told already.
    for student in roster.students.iter().filter(|it| !it.number.is_empty()) {
        planner.student(student);
    }
    if planner.wrong.is_empty() {
        planner.name_head_teachers();
        let leavers = planner.leave(scope, roster);
        planner.make_mentors();
        Ok(planner.finish(leavers))
    } else {
        planner.wrong.sort_by(|a, b| a.place.cmp(&b.place));
        Err(planner.wrong)
    }
}

/// The school as it will be, built up row by row beside the school as it is.
struct Planner<'a> {
    book: &'a Book,
    today: Day,
    classes: BTreeMap<String, ClassRow>,
    named_classes: BTreeSet<String>,
    members: HashMap<PersonId, Member>,
    /// Who is in the book, and whether they had left.
    known: HashMap<&'a PersonId, bool>,
    /// The people of the file, in its order.
    seen: Vec<(Sort, PersonId)>,
    seen_guardians: HashSet<PersonId>,
    /// In which row a person stands.
    rows: HashMap<PersonId, u32>,
    /// Teachers whom the row of a student names.
    named_staff: HashSet<PersonId>,
    /// Classes in which the file has students.
    student_classes: BTreeSet<ClassId>,
    /// What the first row of a student says of the mentors.
    said_mentors: HashMap<PersonId, Vec<String>>,
    staff_by_number: HashMap<String, PersonId>,
    staff_by_name: HashMap<String, Vec<PersonId>>,
    students: HashMap<String, PersonId>,
    families: HashMap<PersonId, Vec<(PersonId, Relation)>>,
    new_families: Vec<Family>,
    /// Guardians of which relations the rows of a student could have named.
    spoken_of: HashMap<PersonId, HashSet<Relation>>,
    /// Whom they name: (student, guardian).
    named_guardians: HashSet<(PersonId, PersonId)>,
    pairings: HashMap<&'a PersonId, Vec<&'a Pairing>>,
    kept: usize,
    begun: Vec<Pairing>,
    ended: Vec<(crate::school::PairingId, Day)>,
    /// The classes whose head teachers the file names, with them.
    heads: BTreeMap<ClassId, BTreeSet<PersonId>>,
    wrong: Vec<Wrong>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sort {
    Staff,
    Student,
    Guardian,
}

impl<'a> Planner<'a> {
    fn new(book: &'a Book, today: Day) -> Planner<'a> {
        let mut planner = Planner {
            book,
            today,
            classes: book.classes.iter().map(|it| (it.name.clone(), it.clone())).collect(),
            named_classes: BTreeSet::new(),
            members: book.members.iter().map(|it| (it.id.clone(), it.clone())).collect(),
            known: book.members.iter().map(|it| (&it.id, it.left)).collect(),
            seen: Vec::new(),
            seen_guardians: HashSet::new(),
            rows: HashMap::new(),
            named_staff: HashSet::new(),
            student_classes: BTreeSet::new(),
            said_mentors: HashMap::new(),
            staff_by_number: HashMap::new(),
            staff_by_name: HashMap::new(),
            students: HashMap::new(),
            families: HashMap::new(),
            new_families: Vec::new(),
            spoken_of: HashMap::new(),
            named_guardians: HashSet::new(),
            pairings: HashMap::new(),
            kept: 0,
            begun: Vec::new(),
            ended: Vec::new(),
            heads: BTreeMap::new(),
            wrong: Vec::new(),
        };
        for member in &book.members {
            if member.is(Role::Student) {
                planner.students.insert(member.number.clone(), member.id.clone());
            } else if is_staff(member) {
                planner.know_staff(member);
            }
        }
        for family in &book.families {
            let guardian = (family.guardian.clone(), family.relation);
            planner.families.entry(family.student.clone()).or_default().push(guardian);
        }
        for pairing in &book.pairings {
            planner.pairings.entry(&pairing.student).or_default().push(pairing);
        }
        planner
    }

    fn know_staff(&mut self, member: &Member) {
        if !member.number.is_empty() {
            self.staff_by_number.insert(member.number.clone(), member.id.clone());
        }
        let named = self.staff_by_name.entry(member.name.clone()).or_default();
        if !named.contains(&member.id) {
            named.push(member.id.clone());
        }
    }

    /// The class of this name, new if need be.
    fn class(&mut self, class: &Class) -> ClassId {
        self.named_classes.insert(class.name.clone());
        let row = self.classes.entry(class.name.clone()).or_insert_with(|| ClassRow {
            id: fresh_id(),
            name: class.name.clone(),
            grade: String::new(),
        });
        if !class.grade.is_empty() {
            row.grade.clone_from(&class.grade);
        }
        row.id.clone()
    }

    /// Where the file names a class's head teachers, nobody else is one.
    fn name_head_teachers(&mut self) {
        for (class, heads) in std::mem::take(&mut self.heads) {
            let post = Post::in_class(Role::HeadTeacher, class);
            for member in self.members.values_mut() {
                let (is, shall) = (member.posts.contains(&post), heads.contains(&member.id));
                if shall && !is {
                    member.posts.push(post.clone());
                } else if is && !shall {
                    member.posts.retain(|it| *it != post);
                    if member.posts.is_empty() {
                        member.posts.push(Post::at_school(Role::Mentor));
                    }
                }
            }
        }
    }

    /// Who has students is a mentor, whatever else the file calls him.
    fn make_mentors(&mut self) {
        let ended: HashSet<_> = self.ended.iter().map(|(id, _)| id).collect();
        let lasting = self.book.pairings.iter().filter(|it| !ended.contains(&it.id));
        for mentor in lasting.chain(&self.begun).map(|it| &it.mentor) {
            if let Some(member) = self.members.get_mut(mentor)
                && !member.is(Role::Mentor)
                && !member.is(Role::ExternalMentor)
            {
                member.posts.push(Post::at_school(Role::Mentor));
            }
        }
    }
}

/// Whether somebody is of the staff, or was: who left has no posts any more.
fn is_staff(member: &Member) -> bool {
    member.posts.is_empty() || member.posts.iter().any(|post| post.role.is_staff())
}

/// What a reference may mean: a number, a name, or `name(number)`.
fn readings(reference: &Reference) -> (&str, Option<&str>) {
    let words = reference.words.as_str();
    match words.strip_suffix(')').and_then(|it| it.split_once('(')) {
        Some((name, number)) => (name.trim(), Some(number.trim())),
        None => (words, None),
    }
}

/// Takes what the file says, if it says anything.
fn say(field: &mut String, said: &str) {
    if !said.is_empty() {
        said.clone_into(field);
    }
}

#[cfg(test)]
pub(in crate::roster) mod testing;
#[cfg(test)]
mod tests;
