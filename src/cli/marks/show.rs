//! How classes did in an exam: averages beside those of the exam before. Figures alone: no student is named, and none is ranked.

use super::{Show, exam_of};
use crate::{
    cli::{
        Common, Stop, common,
        listing::{Cell, Listing},
    },
    school::{
        AboutId, ExamRef, Kind, Marks, PersonId, Role, Sat, SchoolId,
        marks::{Moved, Points},
    },
    store::{Book, Tx},
    text::Phrase,
};
use std::collections::{BTreeMap, HashMap};

/// The marks of all students in one exam.
type Sitting = HashMap<PersonId, Marks>;

/// What the students of a class did in a subject.
#[derive(Default)]
struct Figures {
    sat: i64,
    absent: i64,
    sum: i64,
    /// How many of them sat both exams on papers of as many points, and by how much they moved together.
    points: (i64, i64),
    /// The same in hundredths of a percent, where the papers gave different points.
    shares: (i64, i64),
}

/// Runs it.
pub(super) async fn run(it: &Show, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &it.school.id, it.output.language.as_deref()).await?;
    let rules = tx.rules(&school.id).await?;
    let (exam, last) = exam_of(&it.exam, &rules, &voice)?;
    let book = tx.look_at_book(&school.id).await?;
    if let Some(class) = &it.class
        && book.classes.iter().all(|row| row.name != *class)
    {
        return Err(voice.refuse(&Phrase::new("invite-no-such-class").text("name", class)));
    }
    let (now, before) = sittings(&mut tx, &school.id, &exam).await?;
    tx.roll_back().await?;
    if now.is_empty() {
        let none = Phrase::new("marks-none-yet").text("exam", &exam.name).day("day", last);
        return Err(voice.refuse(&none));
    }
    let figures = by_class(&book, &now, before.as_ref().map(|(_, marks)| marks));
    let rows = figures.iter().filter(|((class, _), _)| it.class.as_ref().is_none_or(|only| only == class));
    let row = |((class, subject), it): (&(String, String), &Figures)| {
        vec![
            Cell::text(class),
            Cell::text(subject),
            Cell::Number(it.sat),
            Cell::Number(it.absent),
            Cell::Decimal((it.sat > 0).then(|| rounded(it.sum, it.sat))),
            Cell::text(it.moved().map_or(String::new(), said)),
        ]
    };
    let columns = &["class", "subject", "sat", "absent", "average", "change_of_average"];
    Listing { columns, rows: rows.map(row).collect(), empty: "cli-nothing-done" }
        .print(&it.output, &voice)?;
    if let Some((before, _)) = before {
        let phrase = Phrase::new("marks-beside").text("exam", before.name).day("day", before.first);
        crate::cli::out::complain(&voice.say(&phrase));
    }
    Ok(())
}

/// What everybody got in this exam, and in the one before it.
async fn sittings(
    tx: &mut Tx,
    school: &SchoolId,
    exam: &ExamRef,
) -> Result<(Sitting, Option<(ExamRef, Sitting)>), Stop> {
    let (mut now, mut before) = (Sitting::new(), None::<(ExamRef, Sitting)>);
    // The days run backwards: once the exam was met, the first other one is the one before it.
    for day in tx.days_of(school, Kind::Marks).await? {
        let mut others: BTreeMap<ExamRef, Sitting> = BTreeMap::new();
        for (student, record) in tx.records_on(school, Kind::Marks, day).await? {
            let Some(sat) = Sat::of(&record) else { continue };
            let of = if sat.exam == *exam { &mut now } else { others.entry(sat.exam).or_default() };
            of.insert(person(&student), sat.marks);
        }
        let earlier = others.into_iter().rfind(|(it, _)| it.first < exam.first);
        if let (Some(earlier), false) = (earlier, now.is_empty()) {
            before = Some(earlier);
            break;
        }
    }
    Ok((now, before))
}

fn person(about: &AboutId) -> PersonId {
    about.as_str().into()
}

fn by_class(book: &Book, now: &Sitting, before: Option<&Sitting>) -> BTreeMap<(String, String), Figures> {
    let classes: HashMap<_, &str> = book.classes.iter().map(|it| (&it.id, it.name.as_str())).collect();
    let mut figures: BTreeMap<(String, String), Figures> = BTreeMap::new();
    for student in book.members.iter().filter(|it| it.is(Role::Student)) {
        let Some(marks) = now.get(&student.id) else { continue };
        let class = student.class().and_then(|id| classes.get(id)).copied().unwrap_or_default();
        let earlier = before.and_then(|it| it.get(&student.id));
        for (mark, moved) in marks.beside(earlier).subjects {
            let of = figures.entry((class.to_owned(), mark.subject.clone())).or_default();
            match mark.points {
                Some(points) => (of.sat, of.sum) = (of.sat + 1, of.sum + points.0),
                None => of.absent += 1,
            }
            match moved {
                Some(Moved::Points(by)) => of.points = (of.points.0 + 1, of.points.1 + by.0),
                Some(Moved::Share(by)) => of.shares = (of.shares.0 + 1, of.shares.1 + by.0),
                None => {}
            }
        }
    }
    figures
}

impl Figures {
    /// How the average has moved, of those who sat both exams.
    fn moved(&self) -> Option<Moved> {
        match (self.points, self.shares) {
            ((n @ 1.., sum), (0, _)) => Some(Moved::Points(rounded(sum, n))),
            ((0, _), (n @ 1.., sum)) => Some(Moved::Share(rounded(sum, n))),
            _ => None,
        }
    }
}

/// An average in tenths of a point, half of one upwards.
fn rounded(sum: i64, n: i64) -> Points {
    Points(((sum * 2 + 10 * n).div_euclid(20 * n)) * 10)
}

fn said(moved: Moved) -> String {
    let by = moved.by();
    let sign = if by.0 > 0 { "+" } else { "" };
    let unit = if matches!(moved, Moved::Share(_)) { " %" } else { "" };
    format!("{sign}{by}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_are_rounded_to_a_tenth() {
        for (sum, n, average) in
            [(9200, 1, "92"), (18_050, 2, "90.3"), (17_710, 2, "88.6"), (-25, 1, "-0.2"), (10_000, 3, "33.3")]
        {
            assert_eq!(rounded(sum, n).to_string(), average, "{sum}/{n}");
        }
        assert_eq!(said(Moved::Points(Points(350))), "+3.5");
        assert_eq!(said(Moved::Share(Points(-120))), "-1.2 %");
        assert_eq!(said(Moved::Points(Points(0))), "0");
    }
}
