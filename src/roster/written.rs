//! The way back: a school's people as a table that can be read again, and one to fill in.
//!
//! What is written is read as it stands: reading it into the same school changes nothing. Numbers stay text.

use super::table::{Cell, Table, csv, xlsx};
use crate::{
    school::{ClassId, PersonId, Post, Role},
    store::{Book, ClassRow, Member},
    text::Phrase,
};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, HashMap};

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// For Excel.
    Xlsx,
    /// For whatever else.
    Csv,
}

/// What stands between names and roles in one cell.
const JOINT: &str = "、";
/// Guardians to a row.
const GUARDIANS: usize = 2;

impl Written {
    /// The ending of such a file.
    pub fn ending(self) -> &'static str {
        match self {
            Written::Xlsx => "xlsx",
            Written::Csv => "csv",
        }
    }

    /// The file.
    pub fn bytes(self, table: Table) -> Result<Vec<u8>> {
        match self {
            Written::Xlsx => xlsx(&[table]).context("writing XLSX"),
            Written::Csv => csv(&[table]),
        }
    }
}

/// A table to fill in; its people are examples. `say` says it in a language.
pub fn template(say: &dyn Fn(&Phrase) -> String) -> Result<Table> {
    let text = say(&Phrase::new("roster-template"));
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).into_records();
    let words = |row: csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    let heads = rows.next().context("the template is empty")?.map(words)?;
    let cells = |row: csv::StringRecord| row.iter().map(|it| Cell::Text(it.to_owned())).collect();
    let rows = rows.map(|row| Ok(cells(row?))).collect::<Result<_>>()?;
    Ok(Table { name: say(&Phrase::new("roster-sheet")), heads, rows })
}

/// Everybody who is at the school, or (for a class) its students with their families and all whom they name: staff first,
/// then class by class.
pub fn written(book: &Book, class: Option<&ClassId>, say: &dyn Fn(&Phrase) -> String) -> Table {
    let heads = say(&Phrase::new("roster-heads")).split(',').map(|it| it.trim().to_owned()).collect();
    let writer = Writer::new(book, say);
    let here = || book.members.iter().filter(|it| !it.left);
    let mut staff: Vec<&Member> =
        here().filter(|it| it.posts.iter().any(|post| post.role.is_staff())).collect();
    let mut students: Vec<&Member> = here().filter(|it| it.is(Role::Student)).collect();
    if let Some(class) = class {
        students.retain(|it| it.class() == Some(class));
        let pairings = || students.iter().filter_map(|it| writer.mentors.get(&it.id)).flatten();
        staff.retain(|it| {
            it.posts.iter().any(|post| post.class.as_ref() == Some(class))
                || pairings().any(|id| *id == &it.id)
        });
    }
    staff.sort_by(|a, b| (&a.number, &a.name).cmp(&(&b.number, &b.name)));
    students.sort_by(|a, b| (writer.class(a), &a.number).cmp(&(writer.class(b), &b.number)));
    let rows = staff.into_iter().map(|it| writer.staff(it));
    let rows = rows.chain(students.into_iter().flat_map(|it| writer.student(it))).collect();
    Table { name: say(&Phrase::new("roster-sheet")), heads, rows }
}

struct Writer<'a> {
    say: &'a dyn Fn(&Phrase) -> String,
    classes: HashMap<&'a ClassId, &'a ClassRow>,
    people: HashMap<&'a PersonId, &'a Member>,
    /// The mentors of a student, the primary one first.
    mentors: BTreeMap<&'a PersonId, Vec<&'a PersonId>>,
    /// The family of a student: who, and the word of what to the student.
    families: HashMap<&'a PersonId, Vec<(&'a Member, String)>>,
}

impl<'a> Writer<'a> {
    fn new(book: &'a Book, say: &'a dyn Fn(&Phrase) -> String) -> Writer<'a> {
        let people: HashMap<&PersonId, &Member> = book.members.iter().map(|it| (&it.id, it)).collect();
        let mut pairings: Vec<_> = book.pairings.iter().collect();
        pairings.sort_by_key(|it| (!it.primary, it.since, it.id.clone()));
        let mut mentors: BTreeMap<&PersonId, Vec<&PersonId>> = BTreeMap::new();
        for pairing in pairings {
            mentors.entry(&pairing.student).or_default().push(&pairing.mentor);
        }
        let mut families: HashMap<&PersonId, Vec<(&Member, String)>> = HashMap::new();
        for family in &book.families {
            if let Some(guardian) = people.get(&family.guardian).filter(|it| !it.left) {
                let relation = say(&Phrase::new(format!("relation-{}", family.relation)));
                families.entry(&family.student).or_default().push((guardian, relation));
            }
        }
        Writer {
            say,
            classes: book.classes.iter().map(|it| (&it.id, it)).collect(),
            people,
            mentors,
            families,
        }
    }

    fn class(&self, member: &Member) -> &'a str {
        member.class().and_then(|it| self.classes.get(it)).map_or("", |it| it.name.as_str())
    }

    fn role(&self, role: Role) -> String {
        (self.say)(&Phrase::new(format!("role-{role}")))
    }

    fn staff(&self, member: &Member) -> Vec<Cell> {
        let name = |post: &Post| post.class.as_ref().and_then(|it| self.classes.get(it)).copied();
        let of = |role| member.posts.iter().filter(move |it| it.role == role);
        let heads: Vec<&ClassRow> = of(Role::HeadTeacher).filter_map(name).collect();
        // One class stands beside the role; where a column would have to hold two, the classes of a head teacher have one
        // of their own.
        let chief = of(Role::ChiefMentor).find_map(name);
        let (class, own) = match (chief, heads.as_slice()) {
            (None, [head]) => (Some(*head), &[][..]),
            (chief, heads) => (chief, heads),
        };
        let said = member.posts.iter().map(|it| it.role);
        let mut roles: Vec<Role> =
            said.filter(|it| *it != Role::HeadTeacher || chief.is_none() || own.is_empty()).collect();
        roles.sort_unstable();
        roles.dedup();
        let roles: Vec<String> = roles.into_iter().map(|it| self.role(it)).collect();
        let own: Vec<&str> = own.iter().map(|it| it.name.as_str()).collect();
        let class_cells = class.map_or(("", ""), |it| (it.grade.as_str(), it.name.as_str()));
        let cells = [
            &member.name,
            &roles.join(JOINT),
            "",
            &member.number,
            class_cells.0,
            class_cells.1,
            "",
            "",
            &own.join(JOINT),
            "",
            &member.phone,
        ];
        row(&cells, &[])
    }

    /// A row, and one more for each two guardians after the first two.
    fn student(&self, member: &Member) -> Vec<Vec<Cell>> {
        let class = member.class().and_then(|it| self.classes.get(it));
        let (grade, class) = class.map_or(("", ""), |it| (it.grade.as_str(), it.name.as_str()));
        let mentors = self.mentors.get(&member.id).into_iter().flatten();
        let mentors: Vec<String> =
            mentors.filter_map(|it| self.people.get(*it)).map(|it| called(it)).collect();
        let family = self.families.get(&member.id).map(Vec::as_slice).unwrap_or_default();
        let role = self.role(Role::Student);
        let mentors = mentors.join(JOINT);
        let whole = [
            &member.name,
            &role,
            &member.number,
            "",
            grade,
            class,
            &member.born,
            &mentors,
            "",
            &member.phone,
            "",
        ];
        let again = [&member.name, &role, &member.number, "", grade, class, "", "", "", "", ""];
        let mut rows = vec![row(&whole, family.get(..GUARDIANS).unwrap_or(family))];
        rows.extend(family.chunks(GUARDIANS).skip(1).map(|more| row(&again, more)));
        rows
    }
}

/// `name(number)`, by which a teacher is found whoever else has that name.
fn called(member: &Member) -> String {
    let plain = !member.name.contains(['、', ',', ';', '/', '|', '(', ')']);
    match (member.number.is_empty(), plain) {
        (true, _) => member.name.clone(),
        (false, true) => format!("{}({})", member.name, member.number),
        (false, false) => member.number.clone(),
    }
}

fn row(cells: &[&str], family: &[(&Member, String)]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = cells.iter().map(|it| Cell::Text((*it).to_owned())).collect();
    for at in 0..GUARDIANS {
        let (name, relation, phone) = family
            .get(at)
            .map_or(("", "", ""), |(it, relation)| (it.name.as_str(), relation.as_str(), it.phone.as_str()));
        cells.extend([name, relation, phone].map(|it| Cell::Text(it.to_owned())));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        roster::{Scope, compare, file::sheets, plan::testing::school, read},
        text::Texts,
    };

    const FILE: &str = "姓名,角色,学号,工号,年级,班级,出生日期,导师,班主任,学生电话,家长姓名,关系,联系电话,家长2姓名,家长2关系,家长2电话\n\
        王芳,导师、班主任,,T1,七年级,1班,,,,,,,+8613700000001,,,\n\
        王芳,导师,,T2,,,,,,,,,,,,\n\
        陈静,心理教师、政教处,,,,,,,,,,,,,,\n\
        徐明,校外导师、首席导师,,X9,七年级,2班,,,,,,,,,,\n\
        李强,导师,,T3,,,,,七年级2班、七年级3班,,,,,,,\n\
        李雷,学生,0001,,七年级,1班,2013-05-17,王芳(T1)、徐明,,13600000001,李建国,爸爸,13900000001,韩雪,妈妈,\n\
        李雷,学生,0001,,七年级,1班,,,,,李大山,爷爷,,李燕,姐姐,13900000009\n\
        =韩梅梅,学生,123456789012345678901,,七年级,2班,,王芳(T2),,,韩英,监护人,02012345678,,,\n\
        林涛,学生,3,,,火箭班,,,,,,,,,,\n";

    #[test]
    fn what_is_written_is_read_again_and_changes_nothing() {
        let book = school(FILE);
        let texts = Texts::load().unwrap();
        for language in texts.languages() {
            let say = |phrase: &Phrase| texts.plain(language, phrase);
            for how in [Written::Xlsx, Written::Csv] {
                let bytes = how.bytes(written(&book, None, &say)).unwrap();
                let roster = read(&sheets(&bytes).unwrap());
                assert_eq!((roster.unused.len(), roster.not_kept.len()), (0, 0), "{language}");
                assert_eq!(roster.wrong, [], "{language} {how:?}");
                let plan = compare(&roster, &book, "2026-10-09".parse().unwrap(), Scope::School).unwrap();
                assert!(plan.is_empty(), "{language} {how:?}: {:?}", plan.changes);
                assert_eq!(plan.summary.students.unchanged, 3);
                // Into an empty school it makes the same people.
                let anew =
                    compare(&roster, &Book::default(), "2026-10-09".parse().unwrap(), Scope::School).unwrap();
                assert_eq!((anew.summary.staff.new, anew.summary.guardians.new), (5, 5), "{language}");
            }
        }
    }

    #[test]
    fn a_class_comes_with_its_families_and_teachers_and_nobody_else() {
        let book = school(FILE);
        let class = book.classes.iter().find(|it| it.name == "七年级1班").map(|it| &it.id);
        let table = written(&book, class, &|it| it.key().to_owned());
        let names: Vec<String> = table.rows.iter().map(|row| row[0].text()).collect();
        assert_eq!(names, ["王芳", "徐明", "李雷", "李雷"]);
    }

    #[test]
    fn the_template_can_be_read_in_every_language_and_every_word_of_ours_is_known() {
        let texts = Texts::load().unwrap();
        for language in texts.languages() {
            let say = |phrase: &Phrase| texts.plain(language, phrase);
            for how in [Written::Xlsx, Written::Csv] {
                let bytes = how.bytes(template(&say).unwrap()).unwrap();
                let roster = read(&sheets(&bytes).unwrap());
                let empty: (&[String], &[crate::roster::Wrong]) = (&[], &[]);
                assert_eq!((roster.unused.as_slice(), roster.wrong.as_slice()), empty, "{language} {how:?}");
                assert_eq!((roster.staff.len(), roster.students.len()), (2, 1), "{language} {how:?}");
            }
            for role in Role::ALL.iter().filter(|it| **it != Role::Guardian) {
                let word = say(&Phrase::new(format!("role-{role}")));
                assert_eq!(crate::roster::words::role(&word), Some(*role), "{language}: {word}");
            }
            for relation in crate::school::Relation::ALL {
                let word = say(&Phrase::new(format!("relation-{relation}")));
                assert_eq!(crate::roster::words::relation(&word), Some(*relation), "{language}: {word}");
            }
        }
    }
}
