//! What an import of marks would write: the rows of the file beside the book of the school and what is kept of the exam.

use super::MarkRows;
use crate::{
    roster::Wrong,
    school::{Marks, PersonId, Role},
    store::{Book, Member},
    text::Phrase,
};
use std::collections::{BTreeMap, HashMap};

/// What an import would write.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct MarksPlan {
    /// What changes, in the order of the file.
    pub changes: Vec<MarksChange>,
    /// How many students stay as they are.
    pub unchanged: usize,
}

/// One student's marks as they shall stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarksChange {
    /// Whether the student had none of this exam.
    pub is_new: bool,
    /// The student.
    pub student: PersonId,
    /// The name.
    pub name: String,
    /// 学号, or ''.
    pub number: String,
    /// The class, or ''.
    pub class: String,
    /// All marks of the exam: those of the file over those that were kept.
    pub marks: Marks,
}

/// Beside the book of the school and what is kept of this exam; or everything that is wrong.
pub fn plan(file: &MarkRows, book: &Book, kept: &HashMap<PersonId, Marks>) -> Result<MarksPlan, Vec<Wrong>> {
    let classes: HashMap<_, &str> = book.classes.iter().map(|it| (&it.id, it.name.as_str())).collect();
    let class_of = |it: &Member| it.class().and_then(|id| classes.get(id)).copied().unwrap_or_default();
    let students: Vec<&Member> = book.members.iter().filter(|it| !it.left && it.is(Role::Student)).collect();
    let (mut by_number, mut by_name) = (HashMap::new(), HashMap::<&str, Vec<&Member>>::new());
    for it in &students {
        by_number.insert(it.number.as_str(), *it);
        by_name.entry(it.name.as_str()).or_default().push(it);
    }
    let (mut plan, mut wrong, mut rows) = (MarksPlan::default(), file.wrong.clone(), BTreeMap::new());
    for row in file.rows.iter().filter(|it| !it.number.0.is_empty() || !it.name.0.is_empty()) {
        let (number, name) = (row.number.0.as_str(), row.name.0.as_str());
        let named = || by_name.get(name).map(Vec::as_slice).unwrap_or_default().iter().copied();
        let in_class = |it: &&Member| row.class.is_empty() || class_of(it) == row.class;
        let found = match number {
            "" => match named().filter(in_class).collect::<Vec<_>>().as_slice() {
                [one] => Ok(*one),
                [] => Err((&row.name.1, Phrase::new("marks-wrong-no-such-student").text("words", name))),
                several => {
                    let count = Phrase::new("marks-wrong-several").text("words", name);
                    Err((&row.name.1, count.number("count", several.len())))
                }
            },
            number => match by_number.get(number) {
                Some(it) if name.is_empty() || it.name == name => Ok(*it),
                Some(it) => {
                    let other = Phrase::new("marks-wrong-other-name").text("number", number);
                    Err((&row.name.1, other.text("name", &it.name)))
                }
                None => Err((&row.number.1, Phrase::new("marks-wrong-no-such-number").text("words", number))),
            },
        };
        let member = match found {
            Ok(member) => member,
            Err((head, reason)) => {
                wrong.push(row.place.wrong(head, reason));
                continue;
            }
        };
        if let Some(earlier) = rows.insert(member.id.clone(), row.place.row) {
            let reason = Phrase::new("roster-wrong-twice").number("row", earlier);
            wrong.push(row.place.wrong(&row.name.1, reason));
            continue;
        }
        let before = kept.get(&member.id);
        let mut marks = before.cloned().unwrap_or_default();
        row.marks.iter().for_each(|it| marks.set(it.clone()));
        if before == Some(&marks) {
            plan.unchanged += 1;
            continue;
        }
        plan.changes.push(MarksChange {
            is_new: before.is_none(),
            student: member.id.clone(),
            name: member.name.clone(),
            number: member.number.clone(),
            class: class_of(member).to_owned(),
            marks,
        });
    }
    wrong.sort_by(|a, b| a.place.cmp(&b.place));
    if wrong.is_empty() { Ok(plan) } else { Err(wrong) }
}
