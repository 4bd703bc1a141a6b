//! What the columns of a sheet hold, by their heads ([`super::spellings`]).

use super::{
    cells::tidy,
    file::Row,
    spellings::{NOT_KEPT, SPELLINGS},
};
use crate::school::Relation;
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Column {
    /// The name of the person of the row.
    Name,
    /// 学号.
    StudentNumber,
    /// 工号.
    StaffNumber,
    /// A number of either kind.
    Number,
    /// What the person is: a student where nothing is said.
    Role,
    /// The class.
    Class,
    /// The grade.
    Grade,
    /// A student's date of birth.
    Born,
    /// A phone number: of the person, or of the family in the row of a student.
    Phone,
    /// A student's own phone number.
    OwnPhone,
    /// A student's mentors, by name or number, the first one first.
    Mentor,
    /// A student's mentors, by number.
    MentorNumber,
    /// A student's head teacher; in the row of a teacher, the class.
    HeadTeacher,
    /// The name of a guardian.
    GuardianName(Slot),
    /// What the guardian is to the student.
    GuardianRelation(Slot),
    /// The guardian's phone number.
    GuardianPhone(Slot),
}

/// Which guardian of a row is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Slot {
    /// The first.
    First,
    /// The second.
    Second,
    /// The father, by the head of the column.
    Father,
    /// The mother, by the head of the column.
    Mother,
}

impl Slot {
    /// All guardians that a row may have.
    pub const ALL: [Slot; 4] = [Slot::First, Slot::Second, Slot::Father, Slot::Mother];
}

/// The heads of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    /// What is read: its meaning, its column, its head.
    known: Vec<(Column, u32, Arc<str>)>,
    /// What is not read.
    pub(super) unknown: Vec<String>,
    /// What is known and never read, with its column.
    pub(super) not_kept: Vec<(u32, String)>,
    /// Heads that mean what an earlier one means already: (earlier, this one).
    pub(super) twice: Vec<(Arc<str>, Arc<str>)>,
}

impl Heads {
    /// Reads a row as heads; `None` when it is none: one without a name and something else that we know.
    pub(super) fn of(row: &Row) -> Option<Heads> {
        let mut heads = Heads::default();
        for (at, text) in &row.cells {
            let head: Arc<str> = tidy(text).into();
            match meaning(&head) {
                None if NOT_KEPT.contains(&plain(&head).as_str()) => {
                    heads.not_kept.push((*at, head.to_string()));
                }
                None => heads.unknown.push(head.to_string()),
                Some(column) => match heads.find(column) {
                    Some((_, earlier)) => heads.twice.push((earlier.clone(), head)),
                    None => heads.known.push((column, *at, head)),
                },
            }
        }
        (heads.find(Column::Name).is_some() && heads.known.len() > 1).then_some(heads)
    }

    /// The text and the head of a column in a row; ('', '') where the sheet has no such column.
    pub(super) fn cell<'a>(&'a self, row: &'a Row, column: Column) -> (&'a str, &'a Arc<str>) {
        static NONE: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| Arc::from(""));
        self.find(column).map_or(("", &NONE), |(at, head)| (row.cell(at), head))
    }

    /// All that is read of a row, with the heads.
    pub(super) fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a str, &'a Arc<str>)> {
        self.known.iter().map(|(_, at, head)| (row.cell(*at), head))
    }

    /// Guardians with which relation to a student a row of this sheet could name: the sheet says nothing about others.
    pub(super) fn speaks_of(&self) -> &'static [Relation] {
        let has = |slot| self.find(Column::GuardianName(slot)).is_some();
        match (has(Slot::First) || has(Slot::Second), has(Slot::Father), has(Slot::Mother)) {
            (true, ..) => Relation::ALL,
            (_, true, true) => &[Relation::Father, Relation::Mother],
            (_, true, false) => &[Relation::Father],
            (_, false, true) => &[Relation::Mother],
            (_, false, false) => &[],
        }
    }

    fn find(&self, column: Column) -> Option<(u32, &Arc<str>)> {
        self.known.iter().find(|(it, ..)| *it == column).map(|(_, at, head)| (*at, head))
    }
}

fn meaning(head: &str) -> Option<Column> {
    let head = plain(head);
    SPELLINGS.iter().find(|(_, spellings)| spellings.contains(&head.as_str())).map(|(column, _)| *column)
}

/// `*家长 姓名(必填)` is 家长姓名.
fn plain(head: &str) -> String {
    let head = head.split('(').find(|it| !it.trim().is_empty()).unwrap_or_default();
    head.chars()
        .filter(|c| !matches!(c, ' ' | '*' | '_' | '-' | ':' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::*;
    use Slot::*;
    use std::collections::HashSet;

    fn row(heads: &[&str]) -> Row {
        let cells = (0..).zip(heads).map(|(at, head)| (at, (*head).to_owned()));
        Row { number: 1, cells: cells.collect() }
    }

    #[test]
    fn heads_are_known_in_many_spellings_and_any_order() {
        for (head, column) in [
            ("*家长 姓名（必填）", GuardianName(First)),
            ("班别", Class),
            ("与学生关系", GuardianRelation(First)),
            ("Guardian 2 phone", GuardianPhone(Second)),
            ("student_number", StudentNumber),
            ("Head teacher", HeadTeacher),
            ("母亲手机号", GuardianPhone(Mother)),
        ] {
            assert_eq!(meaning(&tidy(head)), Some(column), "{head}");
        }
        let heads =
            Heads::of(&row(&["学号", "性别", "姓名", "身高", "身份证号码（18位）", "ID number"])).unwrap();
        assert_eq!(heads.unknown, ["身高"]);
        let not_kept: Vec<&str> = heads.not_kept.iter().map(|(_, it)| it.as_str()).collect();
        assert_eq!(not_kept, ["性别", "身份证号码(18位)", "ID number"]);
        assert_eq!(heads.cell(&row(&["0071", "男", "李雷"]), Name).0, "李雷");
    }

    #[test]
    fn a_title_is_no_row_of_heads_and_a_head_twice_is_seen() {
        assert!(Heads::of(&row(&["2026级学生花名册"])).is_none());
        assert!(Heads::of(&row(&["姓名", "身高"])).is_none());
        let twice = Heads::of(&row(&["姓名", "学号", "学生姓名"])).unwrap().twice;
        assert_eq!(twice, [("姓名".into(), "学生姓名".into())]);
    }

    #[test]
    fn no_spelling_means_two_things_and_each_is_written_plainly() {
        let mut seen = HashSet::new();
        for spelling in SPELLINGS.iter().flat_map(|(_, spellings)| *spellings).chain(NOT_KEPT) {
            assert!(seen.insert(spelling), "{spelling} twice");
            assert_eq!(plain(spelling), *spelling);
        }
    }
}
