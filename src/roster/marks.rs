//! The marks of an exam, as a school writes them down: typed in a line ([`typed()`]), or as a table with a row for each student
//! and a column for each subject. `sheets -> rows` ([`read`], every wrong cell noted) `-> plan` ([`plan`](mod@plan), what is new beside
//! what is kept). All pure.

use super::{
    Place, Wrong, cells,
    columns::{self, Column},
    file::{Row, Sheet},
    words,
};
use crate::{
    school::{
        Marks,
        marks::{Points, SUBJECT},
    },
    text::Phrase,
};
use std::sync::Arc;

mod plan;
mod typed;

pub use plan::{MarksChange, MarksPlan, plan};
pub use typed::{MarksError, is_kept, typed};

/// The heads stand in one of the first so many rows that hold anything.
const HEADS_WITHIN: usize = 10;

/// What a file of marks says.
#[derive(Clone, Default, Debug)]
pub struct MarkRows {
    /// The rows with any mark.
    pub rows: Vec<MarkRow>,
    /// Its subjects.
    pub subjects: Vec<String>,
    /// Heads of columns that are not read.
    pub unused: Vec<String>,
    /// Everything that is wrong in it.
    pub wrong: Vec<Wrong>,
}

/// One student's row.
#[derive(Clone, Debug)]
pub struct MarkRow {
    place: Place,
    number: (String, Arc<str>),
    name: (String, Arc<str>),
    class: String,
    marks: Marks,
}

/// What a column of such a table means.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Head {
    Name,
    Number,
    Class,
    Grade,
    Subject(String, Option<Points>),
    Unused,
}

/// Reads all sheets; every wrong row is told, not only the first. `more` are subjects that we do not know by name.
pub fn read(sheets: &[Sheet], more: &[String]) -> MarkRows {
    let mut all = MarkRows::default();
    for (order, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| !sheet.rows.is_empty()) {
        all.sheet(order, sheet, more);
    }
    if all.rows.is_empty() && all.wrong.is_empty() {
        let place = Place { order: 0, sheet: "".into(), row: 1 };
        all.wrong.push(place.wrong(&"".into(), Phrase::new("marks-wrong-nobody")));
    }
    all
}

/// In which of its rows a sheet has the heads of its columns.
pub fn heads_of(sheet: &Sheet, more: &[String]) -> Option<usize> {
    sheet.rows.iter().take(HEADS_WITHIN).position(|row| heads(row, more).is_some())
}

/// The columns of a row of heads; `None` where it names no student or no subject.
fn heads(row: &Row, more: &[String]) -> Option<Vec<(u32, Arc<str>, Head)>> {
    let head = |(at, text): &(u32, String)| {
        let text: Arc<str> = cells::tidy(text).into();
        let meaning = meaning(&text, more);
        (*at, text, meaning)
    };
    let heads: Vec<_> = row.cells.iter().map(head).collect();
    let has = |is: fn(&Head) -> bool| heads.iter().any(|(.., it)| is(it));
    let is_table =
        has(|it| matches!(it, Head::Name | Head::Number)) && has(|it| matches!(it, Head::Subject(..)));
    is_table.then_some(heads)
}

fn meaning(head: &str, more: &[String]) -> Head {
    match columns::meaning(head) {
        Some(Column::Name) => return Head::Name,
        Some(Column::StudentNumber | Column::Number) => return Head::Number,
        Some(Column::Class) => return Head::Class,
        Some(Column::Grade) => return Head::Grade,
        Some(_) => return Head::Unused,
        None => {}
    }
    // 数学(满分120) and 数学 120 say how many points the paper gave.
    let at = head.find(|c: char| c == '(' || c.is_ascii_digit() || c == '满').unwrap_or(head.len());
    let (name, rest) = head.split_at(at);
    let name = name.trim().trim_end_matches("成绩").trim_end_matches("分数").trim();
    let digits: String = rest.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let full = digits.parse::<Points>().ok().filter(|it| it.0 > 0);
    let is_asked = more.iter().any(|it| it.trim().eq_ignore_ascii_case(name));
    match is_kept(name) && (typed::is_known(name) || is_asked) && name.chars().count() <= SUBJECT {
        true => Head::Subject(typed::subject(name), full),
        false => Head::Unused,
    }
}

impl MarkRows {
    fn sheet(&mut self, order: usize, sheet: &Sheet, more: &[String]) {
        let name: Arc<str> = sheet.name.as_str().into();
        let place = |row: &Row| Place { order, sheet: name.clone(), row: row.number };
        let found = heads_of(sheet, more).and_then(|at| Some((at, heads(sheet.rows.get(at)?, more)?)));
        let Some((at, heads)) = found else {
            let first = sheet.rows.first().map_or(Place { order, sheet: name.clone(), row: 1 }, place);
            self.wrong.push(first.wrong(&"".into(), Phrase::new("marks-wrong-heads")));
            return;
        };
        let mut seen: Vec<(&Head, &Arc<str>)> = Vec::new();
        for (_, head, meaning) in &heads {
            let alike = |it: &&(&Head, &Arc<str>)| match (it.0, meaning) {
                (Head::Subject(a, _), Head::Subject(b, _)) => a == b,
                (a, b) => a == b,
            };
            match seen.iter().find(alike) {
                _ if *meaning == Head::Unused => once(&mut self.unused, head),
                Some((_, earlier)) => {
                    let reason = Phrase::new("roster-wrong-head-twice").text("other", earlier.as_ref());
                    self.wrong.push(place(&sheet.rows[at]).wrong(head, reason));
                }
                None => {
                    if let Head::Subject(subject, _) = meaning {
                        once(&mut self.subjects, subject);
                    }
                    seen.push((meaning, head));
                }
            }
        }
        for row in sheet.rows.iter().skip(at + 1) {
            self.row(row, place(row), &heads);
        }
    }

    fn row(&mut self, row: &Row, place: Place, heads: &[(u32, Arc<str>, Head)]) {
        let cell =
            |is: &Head| heads.iter().find(|(.., it)| it == is).map(|(at, head, _)| (row.cell(*at), head));
        let words = |is: &Head| {
            cell(is).map_or((String::new(), "".into()), |(it, head)| (cells::tidy(it), head.clone()))
        };
        let number = cell(&Head::Number)
            .map_or((String::new(), "".into()), |(it, head)| (cells::number(it), head.clone()));
        let (name, class, grade) = (words(&Head::Name), words(&Head::Class), words(&Head::Grade));
        let (mut marks, mut wrong) = (Marks::default(), Vec::new());
        for (at, head, meaning) in heads {
            let (Head::Subject(subject, full), text) = (meaning, cells::tidy(row.cell(*at))) else {
                continue;
            };
            if text.is_empty() {
                continue;
            }
            if cells::is_fault(&text) {
                wrong.push(place.wrong(head, Phrase::new("roster-wrong-fault")));
                continue;
            }
            match typed::mark(subject, &text, *full) {
                Ok(mark) => marks.set(mark),
                Err(why) => wrong.push(place.wrong(head, why.phrase())),
            }
        }
        // A row of notes, or of a student who has no mark yet.
        if marks.is_empty() && wrong.is_empty() {
            return;
        }
        if cells::is_rounded(&number.0) {
            wrong.push(place.wrong(&number.1, Phrase::new("roster-wrong-rounded")));
        } else if number.0.is_empty() && name.0.is_empty() {
            wrong.push(place.wrong(&name.1, Phrase::new("marks-wrong-no-student")));
        }
        self.wrong.append(&mut wrong);
        let class = words::class(&grade.0, &class.0);
        self.rows.push(MarkRow { place, number, name, class, marks });
    }
}

fn once(all: &mut Vec<String>, head: &str) {
    if !head.is_empty() && all.iter().all(|it| it != head) {
        all.push(head.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        roster::sheets,
        school::{Post, Role},
        store::{Book, ClassRow, Member},
    };

    fn book() -> Book {
        let class =
            |id: &str, name: &str| ClassRow { id: id.into(), name: name.into(), grade: String::new() };
        let member = |id: &str, name: &str, number: &str, class: &str| Member {
            id: id.into(),
            name: name.into(),
            number: number.into(),
            phone: String::new(),
            born: String::new(),
            posts: vec![Post::in_class(Role::Student, class)],
            left: false,
        };
        Book {
            classes: vec![class("a", "七年级1班"), class("b", "七年级2班")],
            members: vec![
                member("li", "李雷", "0001", "a"),
                member("han", "韩梅梅", "0002", "a"),
                member("li2", "李雷", "0003", "b"),
            ],
            ..Book::default()
        }
    }

    fn planned(file: &str, more: &[&str], kept: &[(&str, &str)]) -> Result<Vec<String>, Vec<String>> {
        let more: Vec<String> = more.iter().map(|it| (*it).to_owned()).collect();
        let kept = kept.iter().map(|(id, marks)| ((*id).into(), typed(marks).unwrap())).collect();
        let line = |it: &MarksChange| {
            format!(
                "{} {} {}: {}",
                if it.is_new { "new" } else { "changed" },
                it.student,
                it.class,
                it.marks.kept().join(", ")
            )
        };
        let read = read(&sheets(file.as_bytes()).unwrap(), &more);
        match plan(&read, &book(), &kept) {
            Ok(plan) => Ok(plan.changes.iter().map(line).collect()),
            Err(wrong) => Err(wrong
                .iter()
                .map(|it| format!("{} {} {}", it.place.row, it.column, it.reason.key()))
                .collect()),
        }
    }

    #[test]
    fn each_subject_is_a_column_and_each_student_a_row() {
        let file = "期中考试成绩\n学号,姓名,班级,语文,数学(120),外语成绩,总分,排名,座位\n\
            0001,李雷,七年级1班,92,88.5,76/100,256.5,3,A1\n,韩梅梅,,缺考,,,,,\n0003,,,,,,,,\n备注,,,,,,,,\n";
        assert_eq!(
            planned(file, &[], &[]).unwrap(),
            ["new li 七年级1班: 语文 92, 数学 88.5/120, 英语 76/100", "new han 七年级1班: 语文 absent"]
        );
    }

    #[test]
    fn what_is_kept_stays_where_the_file_says_nothing() {
        let file = "姓名,班级,数学,陶艺\n韩梅梅,,90,8\n李雷,七年级2班,70,\n";
        assert_eq!(
            planned(file, &["陶艺"], &[("han", "语文 80 数学 85"), ("li2", "数学 70")]).unwrap(),
            ["changed han 七年级1班: 语文 80, 数学 90, 陶艺 8"]
        );
        let unknown = read(&sheets(file.as_bytes()).unwrap(), &[]);
        assert_eq!((unknown.unused, unknown.subjects), (vec!["陶艺".to_owned()], vec!["数学".to_owned()]));
    }

    #[test]
    fn every_wrong_row_is_named_with_its_reason() {
        let file = "学号,姓名,语文,数学\n0001,韩梅梅,92,88\n0009,,92,88\n,李雷,90,\n,,90,\n0002,,九十,130/120\n0003,,#N/A,5\n0003,,4,\n,林涛,4,\n";
        assert_eq!(
            planned(file, &[], &[]).unwrap_err(),
            [
                "2 姓名 marks-wrong-other-name",
                "3 学号 marks-wrong-no-such-number",
                "4 姓名 marks-wrong-several",
                "5 姓名 marks-wrong-no-student",
                "6 语文 marks-wrong-no-number",
                "6 数学 marks-wrong-too-high",
                "7 语文 roster-wrong-fault",
                "8 姓名 roster-wrong-twice",
                "9 姓名 marks-wrong-no-such-student",
            ]
        );
        assert_eq!(planned("姓名,学号\n李雷,1\n", &[], &[]).unwrap_err(), ["1  marks-wrong-heads"]);
        assert_eq!(planned("学号,语文\n0001,\n", &[], &[]).unwrap_err(), ["1  marks-wrong-nobody"]);
        assert_eq!(
            planned("学号,语文,语\n0001,1,2\n", &[], &[]).unwrap_err(),
            ["1 语 roster-wrong-head-twice"]
        );
    }
}
