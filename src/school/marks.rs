//! The marks of an exam (M: every exam's marks stand in the growth file, with a comparison): as people type them, as they
//! are kept, and how they compare with those of the exam before. Students are compared with nobody but themselves.

use super::kind::Kind;
use super::record::{Body, Entry, Record};
use super::time::Day;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::str::FromStr;

/// No mark is higher than this, and no paper gives more.
pub const HIGHEST: Points = Points(1000 * 100);
/// No exam has more subjects.
pub const SUBJECTS: usize = 20;
/// The name of a subject has at most so many signs.
pub const SUBJECT: usize = 20;
/// What is kept of the mark of who was absent.
const ABSENT: &str = "absent";

/// Points, in hundredths: 88.5 is 8850.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Points(pub i64);

/// The mark of one subject.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The subject.
    pub subject: String,
    /// The points; `None` for who was absent 缺考.
    pub points: Option<Points>,
    /// How many the paper gave, where somebody said so: 76/120.
    pub full: Option<Points>,
}

/// The marks of one student in one exam, at least one: every subject once, in the order in which they were written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks(Vec<Mark>);

/// Which exam: its first day and its name, which together no other has.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExamRef {
    /// Its first day.
    pub first: Day,
    /// What the school calls it.
    pub name: String,
}

/// What is kept of a student's exam.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sat {
    /// The exam.
    pub exam: ExamRef,
    /// The marks.
    pub marks: Marks,
}

/// How a mark has moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    /// By points: both papers gave as many.
    Points(Points),
    /// By hundredths of a percent of what the papers gave.
    Share(Points),
}

/// A student's marks beside those of an exam before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared<'a> {
    /// Each mark, and how it has moved where that can be said.
    pub subjects: Vec<(&'a Mark, Option<Moved>)>,
    /// All points together, where there is more than one subject.
    pub total: Option<Points>,
    /// How the sum of those subjects has moved that can be compared by points.
    pub total_moved: Option<Moved>,
}

impl Marks {
    /// Reads what was kept, a mark each. What this version cannot read is left out.
    pub fn read(kept: &[String]) -> Marks {
        Marks(kept.iter().filter_map(|it| it.parse().ok()).collect())
    }

    /// What is kept: `subject points`, `subject points/full` or `subject absent`.
    pub fn kept(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    /// The marks.
    pub fn iter(&self) -> impl Iterator<Item = &Mark> {
        self.0.iter()
    }

    /// The mark of a subject.
    pub fn of(&self, subject: &str) -> Option<&Mark> {
        self.0.iter().find(|it| it.subject == subject)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Writes a mark in the place of an earlier one of the same subject, or behind the others.
    pub fn set(&mut self, mark: Mark) {
        match self.0.iter_mut().find(|it| it.subject == mark.subject) {
            Some(known) => *known = mark,
            None => self.0.push(mark),
        }
    }

    /// Beside the exam before, if there was one.
    pub fn beside<'a>(&'a self, before: Option<&Marks>) -> Compared<'a> {
        let earlier = |mark: &Mark| before.and_then(|it| it.of(&mark.subject));
        let moved = |mark: &Mark| mark.since(earlier(mark)?);
        let by_points = self.0.iter().filter_map(|it| match moved(it) {
            Some(Moved::Points(by)) => Some(by.0),
            _ => None,
        });
        let (compared, sum) = by_points.fold((0, 0), |(n, sum), by| (n + 1, sum + by));
        let sat: Vec<i64> = self.0.iter().filter_map(|it| it.points).map(|it| it.0).collect();
        Compared {
            subjects: self.0.iter().map(|it| (it, moved(it))).collect(),
            total: (sat.len() > 1).then(|| Points(sat.iter().sum())),
            total_moved: (compared > 1).then_some(Moved::Points(Points(sum))),
        }
    }
}

impl Mark {
    /// How it has moved since an earlier one: by points where the papers gave as many, by their share where both are known,
    /// and otherwise nobody can say.
    pub fn since(&self, earlier: &Mark) -> Option<Moved> {
        let (now, then) = (self.points?.0, earlier.points?.0);
        match (self.full, earlier.full) {
            (a, b) if a == b => Some(Moved::Points(Points(now - then))),
            (Some(a), Some(b)) if a.0 > 0 && b.0 > 0 => {
                let share = |points: i64, full: i64| (points * 100 * 100 + full / 2) / full;
                Some(Moved::Share(Points(share(now, a.0) - share(then, b.0))))
            }
            _ => None,
        }
    }
}

impl Moved {
    /// By how much, with its sign.
    pub fn by(self) -> Points {
        match self {
            Moved::Points(by) | Moved::Share(by) => by,
        }
    }
}

impl Sat {
    /// What a record says, if it is one of marks.
    pub fn of(record: &Record) -> Option<Sat> {
        let Body::Entry(entry) = &record.body else { return None };
        let exam = entry.answers.get("exam").filter(|_| entry.kind == Kind::Marks)?;
        let (first, name) = (exam.first()?, exam.get(1)?);
        // A filling keeps beside the day which of the calendar's exams it was.
        let first = first.split('.').next()?.parse().ok()?;
        let marks = Marks::read(entry.answers.get("marks")?);
        Some(Sat { exam: ExamRef { first, name: name.clone() }, marks })
    }

    /// What a record keeps of it.
    pub fn entry(&self) -> Entry {
        let exam = vec![self.exam.first.to_string(), self.exam.name.clone()];
        let answers = BTreeMap::from([("exam".to_owned(), exam), ("marks".to_owned(), self.marks.kept())]);
        Entry { kind: Kind::Marks, form: String::new(), answers }
    }
}

impl Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.points, self.full) {
            (None, _) => write!(f, "{} {ABSENT}", self.subject),
            (Some(points), None) => write!(f, "{} {points}", self.subject),
            (Some(points), Some(full)) => write!(f, "{} {points}/{full}", self.subject),
        }
    }
}

/// A mark as it is kept.
impl FromStr for Mark {
    type Err = ();

    fn from_str(kept: &str) -> Result<Mark, ()> {
        let (subject, score) = kept.rsplit_once(' ').ok_or(())?;
        let (points, full) = match score.split_once('/') {
            _ if score == ABSENT => (None, None),
            Some((points, full)) => (Some(points.parse()?), Some(full.parse()?)),
            None => (Some(score.parse()?), None),
        };
        Ok(Mark { subject: subject.to_owned(), points, full })
    }
}

/// `92`, `88.5`, `76.25`: no sign, at most two digits behind the point; zeros at the end say nothing.
impl FromStr for Points {
    type Err = ();

    fn from_str(text: &str) -> Result<Points, ()> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let part =
            if part.is_empty() { String::new() } else { format!("{:0<2}", part.trim_end_matches('0')) };
        let number = |it: &str, most| {
            let is_number = !it.is_empty() && it.len() <= most && it.bytes().all(|b| b.is_ascii_digit());
            it.parse::<i64>().ok().filter(|_| is_number)
        };
        Ok(Points(number(whole, 6).ok_or(())? * 100 + number(&part, 2).ok_or(())?))
    }
}

/// Without zeros that say nothing: 92, 88.5, 76.25.
impl Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, all) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        match (all / 100, all % 100) {
            (whole, 0) => write!(f, "{sign}{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            (whole, part) => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marks(kept: &str) -> Marks {
        Marks::read(&kept.split(", ").map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn marks_are_compared_with_the_exam_before_subject_by_subject() {
        let before = marks("语文 88.5, 数学 90/120, 英语 absent, 物理 70");
        let now = marks("语文 92, 数学 120/150, 英语 76, 物理 65.5, 化学 80");
        let compared = now.beside(Some(&before));
        let moved: Vec<Option<Moved>> = compared.subjects.iter().map(|(_, moved)| *moved).collect();
        assert_eq!(
            moved,
            [
                Some(Moved::Points(Points(350))),
                // 75 % became 80 %.
                Some(Moved::Share(Points(500))),
                None,
                Some(Moved::Points(Points(-450))),
                None,
            ]
        );
        assert_eq!(compared.total, Some(Points(43_350)));
        assert_eq!(compared.total_moved, Some(Moved::Points(Points(-100))), "of what can be compared");
        assert_eq!(now.beside(None).total_moved, None);
        assert_eq!(marks("语文 92").beside(Some(&before)).total, None, "one subject is no total");
        assert_eq!(
            marks("数学 92").beside(Some(&marks("数学 92/120"))).subjects[0].1,
            None,
            "out of how many?"
        );
    }

    #[test]
    fn points_are_said_without_needless_zeros() {
        for (points, said) in [(9200, "92"), (8850, "88.5"), (7625, "76.25"), (7605, "76.05"), (0, "0")] {
            assert_eq!(Points(points).to_string(), said);
            assert_eq!(said.parse(), Ok(Points(points)));
        }
        assert_eq!(Points(-50).to_string(), "-0.5");
        assert_eq!("88.5000".parse(), Ok(Points(8850)), "a spreadsheet's zeros");
        for wrong in ["", "-1", "+1", "1.", ".5", "1.555", "9o", "1e3", "1234567"] {
            assert_eq!(wrong.parse::<Points>(), Err(()), "{wrong}");
        }
    }

    fn a_mark() -> impl Strategy<Value = Mark> {
        let subject = prop::sample::select(vec!["语文", "数学", "English oral", "道德与法治"]);
        let full = prop::option::of(10_000..100_000_i64);
        (subject, prop::option::of(0..10_000_i64), full).prop_map(|(subject, points, full)| Mark {
            subject: subject.to_owned(),
            points: points.map(Points),
            full: full.map(Points).filter(|_| points.is_some()),
        })
    }

    proptest! {
        #[test]
        fn what_is_kept_is_read_and_what_is_said_can_be_typed(all in prop::collection::vec(a_mark(), 1..4)) {
            let mut marks = Marks::default();
            all.into_iter().for_each(|it| marks.set(it));
            prop_assert_eq!(Marks::read(&marks.kept()), marks.clone());
        }

        #[test]
        fn whatever_is_kept_is_read_or_left_out(kept in prop::collection::vec("\\PC{0,12}|[a-z语]{1,3} [0-9]{1,4}(\\.[0-9]{1,3})?(/[0-9]{1,3})?", 0..4)) {
            let read = Marks::read(&kept);
            prop_assert_eq!(Marks::read(&read.kept()), read);
        }
    }
}
