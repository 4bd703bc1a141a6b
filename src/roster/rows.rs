//! Sheets become people: what each row says, and what is wrong with it.

use super::{
    Place, Wrong, cells,
    columns::{Column, Heads, Slot},
    file::{Row, Sheet},
    words,
};
use crate::{
    school::{Day, Relation, Role},
    text::Phrase,
};
use std::sync::Arc;

mod line;

/// The heads stand in one of the first so many rows that hold anything.
const HEADS_WITHIN: usize = 10;
/// A name is no longer than this.
const NAME: usize = 60;

/// What a file says.
#[derive(Clone, Default, Debug)]
pub struct Roster {
    /// The staff.
    pub staff: Vec<Staff>,
    /// The students, with their families.
    pub students: Vec<Student>,
    /// Heads of columns that are not read.
    pub unused: Vec<String>,
    /// Heads of columns that are known and never read: what daoyu does not need, it does not keep.
    pub not_kept: Vec<String>,
    /// Everything that is wrong in it. Wrong rows stand among the others, as far as they could be read, so that what they
    /// say about each other can be looked at in the same go.
    pub wrong: Vec<Wrong>,
}

/// A teacher, or another of the staff. What is '' or empty the file does not say.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The row.
    pub place: Place,
    /// The name.
    pub name: String,
    /// 工号.
    pub number: String,
    /// The phone number.
    pub phone: String,
    /// The roles, with the class where it is held in one.
    pub posts: Vec<(Role, Option<Class>)>,
}

/// A student. What is '' or empty the file does not say.
#[derive(Clone, Debug)]
pub struct Student {
    /// The row.
    pub place: Place,
    /// The name.
    pub name: String,
    /// 学号.
    pub number: String,
    /// The head of the column of numbers.
    pub number_head: Arc<str>,
    /// The student's own phone number.
    pub phone: String,
    /// The date of birth.
    pub born: Option<Day>,
    /// The head of the column of birthdays.
    pub born_head: Arc<str>,
    /// The class.
    pub class: Option<Class>,
    /// The head of the column of classes.
    pub class_head: Arc<str>,
    /// The mentors, the primary one first.
    pub mentors: Vec<Reference>,
    /// The head teachers of the class.
    pub head_teachers: Vec<Reference>,
    /// The family.
    pub guardians: Vec<Guardian>,
    /// Guardians with which relation the sheet has a column for.
    pub speaks_of: &'static [Relation],
}

/// A class.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// Its grade, or ''.
    pub grade: String,
}

/// A teacher named in the row of a student.
#[derive(Clone, Debug)]
pub struct Reference {
    /// A name or a number.
    pub words: String,
    /// The head of the column.
    pub column: Arc<str>,
}

/// A guardian in the row of a student.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guardian {
    /// The name.
    pub name: String,
    /// What the guardian is to the student.
    pub relation: Relation,
    /// The phone number.
    pub phone: String,
}

/// Reads all sheets; every wrong row is told, not only the first.
pub fn read(sheets: &[Sheet]) -> Roster {
    let mut roster = Roster::default();
    for (order, sheet) in sheets.iter().enumerate() {
        roster.sheet(order, sheet);
    }
    if roster.wrong.is_empty() && roster.staff.is_empty() && roster.students.is_empty() {
        let place = Place { order: 0, sheet: "".into(), row: 1 };
        roster.wrong.push(place.wrong(&"".into(), Phrase::new("roster-wrong-nobody")));
    }
    roster
}

/// In which of its rows a sheet has the heads of its columns.
pub(super) fn heads_of(sheet: &Sheet) -> Option<usize> {
    sheet.rows.iter().take(HEADS_WITHIN).position(|row| Heads::of(row).is_some())
}

/// One row with its heads.
struct Line<'a> {
    place: Place,
    heads: &'a Heads,
    row: &'a Row,
    wrong: Vec<Wrong>,
}

impl Roster {
    fn sheet(&mut self, order: usize, sheet: &Sheet) {
        let name: Arc<str> = sheet.name.as_str().into();
        let place = |row: &Row| Place { order, sheet: name.clone(), row: row.number };
        let about = sheet.name.to_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| about.contains(word));
        if sheet.rows.is_empty() || is(&["说明", "须知", "readme", "note", "help"]) {
            return;
        }
        let found = heads_of(sheet).and_then(|at| Some((at, Heads::of(sheet.rows.get(at)?)?)));
        let Some((at, heads)) = found else {
            self.wrong.push(place(&sheet.rows[0]).wrong(&"".into(), Phrase::new("roster-wrong-heads")));
            return;
        };
        for (earlier, head) in &heads.twice {
            let reason = Phrase::new("roster-wrong-head-twice").text("other", earlier.as_ref());
            self.wrong.push(place(&sheet.rows[at]).wrong(head, reason));
        }
        once(&mut self.unused, &heads.unknown);
        once(&mut self.not_kept, heads.not_kept.iter().map(|(_, head)| head));
        let staff = is(&["教师", "教职", "教工", "老师", "导师", "员工", "staff", "teacher", "mentor"]);
        let first = self.students.len();
        for row in &sheet.rows[at + 1..] {
            let mut line = Line { place: place(row), heads: &heads, row, wrong: Vec::new() };
            let before = self.students[first..].last_mut();
            match before.filter(|_| line.is_only_family()) {
                Some(student) => student.guardians.extend(line.family()),
                None => line.person(staff, self),
            }
            self.wrong.append(&mut line.wrong);
        }
    }
}

impl Line<'_> {
    fn person(&mut self, staff_sheet: bool, roster: &mut Roster) {
        let faults = self.heads.cells(self.row).filter(|(text, _)| cells::is_fault(text));
        let faults: Vec<Wrong> =
            faults.map(|(_, head)| self.place.wrong(head, Phrase::new("roster-wrong-fault"))).collect();
        // A row of notes below the table holds nothing in the columns that we read.
        if self.heads.cells(self.row).all(|(text, _)| text.trim().is_empty()) {
            return;
        }
        self.wrong.extend(faults);
        let name = self.name(Column::Name);
        if name.is_empty() {
            self.note(Column::Name, Phrase::new("roster-wrong-no-name"));
        }
        let roles = self.roles();
        let student = match roles.as_slice() {
            [] => !staff_sheet,
            roles => roles.contains(&Role::Student),
        };
        if student && roles.len() > 1 {
            self.note(Column::Role, Phrase::new("roster-wrong-student-and-staff"));
        }
        if student {
            let student = self.student(name);
            roster.students.push(student);
        } else {
            let staff = self.staff(name, roles);
            roster.staff.push(staff);
        }
    }

    /// Whether the row names a guardian and nobody else: what comes of cells that were merged over two rows.
    fn is_only_family(&self) -> bool {
        let says = |column| !self.text(column).is_empty();
        Slot::ALL.into_iter().any(|slot| says(Column::GuardianName(slot)))
            && ![Column::Name, Column::StudentNumber, Column::StaffNumber, Column::Number, Column::Role]
                .into_iter()
                .any(says)
    }

    fn family(&mut self) -> Vec<Guardian> {
        Slot::ALL.into_iter().filter_map(|slot| self.guardian(slot)).collect()
    }

    fn staff(&mut self, name: String, roles: Vec<Role>) -> Staff {
        let (number, _) = self.number(Column::StaffNumber);
        let phone = self.phone(Column::Phone);
        let class = self.class();
        let heads = self.words(Column::HeadTeacher);
        let mut posts = Vec::new();
        if roles.is_empty() && !heads.is_empty() {
            posts.push((Role::Mentor, None));
        }
        for role in roles {
            match role {
                Role::HeadTeacher if class.is_none() && !heads.is_empty() => {}
                Role::HeadTeacher | Role::ChiefMentor if class.is_none() => {
                    self.note(
                        Column::Role,
                        Phrase::new("roster-wrong-no-class-for-role").phrase("role", word(role)),
                    );
                }
                Role::HeadTeacher | Role::ChiefMentor => posts.push((role, class.clone())),
                role => posts.push((role, None)),
            }
        }
        for words in heads {
            let name = words::class("", &words);
            posts.push((Role::HeadTeacher, Some(Class { name, grade: String::new() })));
        }
        Staff { place: self.place.clone(), name, number, phone, posts }
    }

    fn student(&mut self, name: String) -> Student {
        let wrong = self.wrong.len();
        let (number, number_head) = self.number(Column::StudentNumber);
        if number.is_empty() && self.wrong.len() == wrong {
            self.note(Column::StudentNumber, Phrase::new("roster-wrong-no-number"));
        }
        let by_number = self.references(Column::MentorNumber);
        Student {
            place: self.place.clone(),
            name,
            number,
            number_head,
            phone: self.phone(Column::OwnPhone),
            born: self.born(),
            born_head: self.heads.cell(self.row, Column::Born).1.clone(),
            class: self.class(),
            class_head: self.heads.cell(self.row, Column::Class).1.clone(),
            mentors: if by_number.is_empty() { self.references(Column::Mentor) } else { by_number },
            head_teachers: self.references(Column::HeadTeacher),
            guardians: self.family(),
            speaks_of: self.heads.speaks_of(),
        }
    }

    fn guardian(&mut self, slot: Slot) -> Option<Guardian> {
        let name = self.name(Column::GuardianName(slot));
        let column = Column::GuardianPhone(slot);
        // 联系电话 alone in the row of a student is the family's.
        let common = slot == Slot::First && self.text(column).is_empty();
        let phone = self.phone(if common { Column::Phone } else { column });
        let (relation, said) = match slot {
            Slot::Father => (Relation::Father, false),
            Slot::Mother => (Relation::Mother, false),
            slot => self.relation(Column::GuardianRelation(slot)),
        };
        if name.is_empty() && (said || !phone.is_empty()) {
            self.note(Column::GuardianName(slot), Phrase::new("roster-wrong-no-guardian-name"));
        }
        (!name.is_empty()).then_some(Guardian { name, relation, phone })
    }
}

/// Adds what is not there yet.
fn once<'a>(all: &mut Vec<String>, more: impl IntoIterator<Item = &'a String>) {
    for it in more {
        if !all.contains(it) {
            all.push(it.clone());
        }
    }
}

fn word(role: Role) -> Phrase {
    Phrase::new(format!("role-{role}"))
}

#[cfg(test)]
mod tests;
