//! A month's performance 月度表现 (M) as a table: a row for each student, how conduct and study went. All pure.

use super::{
    cells,
    columns::{self, Column},
    file::{Row, Sheet},
};
use crate::{
    school::{PersonId, Role},
    store::Book,
    text::Phrase,
};
use std::collections::HashSet;

/// The heads stand in one of the first so many rows that hold anything.
const HEADS_WITHIN: usize = 10;

/// How one student's month was, in the words of the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Month {
    /// The student.
    pub student: PersonId,
    /// The name.
    pub name: String,
    /// Conduct: `great`, `good`, `fair` or `help`.
    pub conduct: &'static str,
    /// Study, in the same words.
    pub study: &'static str,
}

/// A row that cannot be taken, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct WrongRow {
    /// From 1, as a spreadsheet shows it.
    pub row: u32,
    /// Why.
    pub reason: Phrase,
}

/// What a column means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Head {
    Number,
    Name,
    Conduct,
    Study,
}

/// Reads all sheets beside the school's book. Every wrong row is told, and then nothing is taken.
pub fn read(sheets: &[Sheet], book: &Book) -> Result<Vec<Month>, Vec<WrongRow>> {
    let (mut months, mut wrong) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for sheet in sheets.iter().filter(|it| !it.rows.is_empty()) {
        let heads = sheet.rows.iter().take(HEADS_WITHIN).enumerate();
        let found = heads.filter_map(|(at, row)| Some((at, heads_of(row)?))).next();
        let Some((at, heads)) = found else {
            wrong.push(WrongRow { row: 1, reason: Phrase::new("performance-wrong-heads") });
            continue;
        };
        for row in sheet.rows.iter().skip(at + 1) {
            match month(row, &heads, book) {
                Ok(it) if !seen.insert(it.student.clone()) => {
                    let reason = Phrase::new("performance-wrong-twice").text("name", it.name);
                    wrong.push(WrongRow { row: row.number, reason });
                }
                Ok(it) => months.push(it),
                Err(reason) => wrong.push(WrongRow { row: row.number, reason }),
            }
        }
    }
    if months.is_empty() && wrong.is_empty() {
        wrong.push(WrongRow { row: 1, reason: Phrase::new("performance-wrong-nobody") });
    }
    if wrong.is_empty() { Ok(months) } else { Err(wrong) }
}

/// The columns of a row of heads; `None` where it is none.
fn heads_of(row: &Row) -> Option<Vec<(u32, Head)>> {
    let meaning = |text: &str| match columns::meaning(text) {
        Some(Column::StudentNumber | Column::Number) => Some(Head::Number),
        Some(Column::Name) => Some(Head::Name),
        _ => match text.to_lowercase().as_str() {
            "品行" | "表现" | "操行" | "行为" | "conduct" => Some(Head::Conduct),
            "学习" | "学业" | "study" => Some(Head::Study),
            _ => None,
        },
    };
    let heads: Vec<(u32, Head)> =
        row.cells.iter().filter_map(|(at, text)| Some((*at, meaning(&cells::tidy(text))?))).collect();
    let has = |wanted: Head| heads.iter().any(|(_, it)| *it == wanted);
    let is_table = (has(Head::Number) || has(Head::Name)) && has(Head::Conduct) && has(Head::Study);
    is_table.then_some(heads)
}

fn month(row: &Row, heads: &[(u32, Head)], book: &Book) -> Result<Month, Phrase> {
    let cell = |wanted: Head| {
        let at = heads.iter().find(|(_, it)| *it == wanted).map(|(at, _)| *at);
        let text = row.cells.iter().find(|(column, _)| Some(*column) == at);
        text.map(|(_, text)| cells::tidy(text)).unwrap_or_default()
    };
    let (number, name) = (cell(Head::Number), cell(Head::Name));
    let students = book.members.iter().filter(|it| !it.left && it.is(Role::Student));
    let fits = |it: &&crate::store::Member| {
        (number.is_empty() || it.number == number) && (name.is_empty() || it.name == name)
    };
    let found: Vec<_> = students.filter(fits).collect();
    let called = if number.is_empty() { name.clone() } else { number.clone() };
    let student = match found.as_slice() {
        _ if called.is_empty() => return Err(Phrase::new("performance-wrong-unnamed")),
        [one] => one,
        [] => return Err(Phrase::new("performance-wrong-student").text("words", called)),
        _ => return Err(Phrase::new("performance-wrong-several").text("words", called)),
    };
    let grade = |head| {
        let text = cell(head);
        grade(&text).ok_or_else(|| Phrase::new("performance-wrong-grade").text("words", text))
    };
    let (conduct, study) = (grade(Head::Conduct)?, grade(Head::Study)?);
    Ok(Month { student: student.id.clone(), name: student.name.clone(), conduct, study })
}

/// The word of the form for what schools write.
fn grade(text: &str) -> Option<&'static str> {
    Some(match text.to_lowercase().as_str() {
        "很好" | "优" | "优秀" | "a" | "great" => "great",
        "好" | "良" | "良好" | "b" | "good" => "good",
        "一般" | "中" | "合格" | "c" | "fair" => "fair",
        "需要帮助" | "待提高" | "待努力" | "d" | "needs help" | "help" => "help",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{roster, store::Member};

    fn book() -> Book {
        let student = |id: &str, number: &str, name: &str| Member {
            id: id.into(),
            number: number.to_owned(),
            name: name.to_owned(),
            posts: vec![crate::school::Post::in_class(Role::Student, "7-1")],
            phone: String::new(),
            born: String::new(),
            left: false,
        };
        let members = vec![
            student("li", "001", "李雷"),
            student("han", "002", "韩梅梅"),
            student("other", "003", "李雷"),
        ];
        Book { members, ..Book::default() }
    }

    type Told = Result<Vec<(String, &'static str, &'static str)>, Vec<(u32, String)>>;

    fn reads(csv: &str) -> Told {
        let sheets = roster::sheets(csv.as_bytes()).unwrap();
        let short = |it: Month| (it.student.to_string(), it.conduct, it.study);
        let told = |it: WrongRow| (it.row, it.reason.key().to_owned());
        read(&sheets, &book())
            .map(|months| months.into_iter().map(short).collect())
            .map_err(|wrong| wrong.into_iter().map(told).collect())
    }

    #[test]
    fn a_table_is_read_in_the_words_that_schools_use_and_in_any_order() {
        let months = reads("品行,姓名,学习,学号\n优,韩梅梅,一般,002\nB,李雷,待提高,001\n").unwrap();
        assert_eq!(months, [("han".to_owned(), "great", "fair"), ("li".to_owned(), "good", "help")]);
    }

    #[test]
    fn every_wrong_row_is_told_and_nothing_is_taken() {
        let wrong = reads(
            "学号,姓名,品行,学习\n002,韩梅梅,优,优\n,李雷,优,优\n009,,优,优\n001,,五星,优\n,,优,优\n002,,良,良\n",
        );
        let told = |row: u32, why: &str| (row, format!("performance-wrong-{why}"));
        assert_eq!(
            wrong.unwrap_err(),
            [told(3, "several"), told(4, "student"), told(5, "grade"), told(6, "unnamed"), told(7, "twice")]
        );
        assert_eq!(reads("姓名,班级\n李雷,1\n").unwrap_err(), [told(1, "heads")]);
    }
}
