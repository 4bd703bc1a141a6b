//! Marks as people type them: `语文 92 数学88.5，英语 76/120 物理缺考`.

use crate::{
    school::marks::{HIGHEST, Mark, Marks, Points, SUBJECT, SUBJECTS},
    text::Phrase,
};

/// The words for who was absent.
const ABSENT: [&str; 6] = ["absent", "缺考", "缺", "免考", "请假", "未考"];

/// What a school writes beside marks and daoyu does not keep: sums it computes itself, and nobody is ranked.
const NOT_KEPT: &[&str] = &[
    "总分",
    "总成绩",
    "合计",
    "总计",
    "平均",
    "平均分",
    "均分",
    "排名",
    "名次",
    "班名次",
    "班级排名",
    "年级排名",
    "级名次",
    "校名次",
    "total",
    "sum",
    "average",
    "mean",
    "rank",
    "ranking",
    "position",
];

/// One name for each subject, and what else it is called.
const SUBJECT_NAMES: &[(&str, &[&str])] = &[
    ("语文", &["语"]),
    ("数学", &["数"]),
    ("英语", &["英", "外语"]),
    ("道德与法治", &["道法", "道德法治"]),
    ("政治", &["思想政治", "思政"]),
    ("历史", &["史"]),
    ("地理", &["地"]),
    ("物理", &["物"]),
    ("化学", &["化"]),
    ("生物", &["生", "生物学"]),
    ("科学", &["自然"]),
    ("信息技术", &["信息", "信息科技"]),
    ("体育", &["体育与健康", "体"]),
    ("音乐", &["音"]),
    ("美术", &["美"]),
    ("劳动", &[]),
    ("Chinese", &[]),
    ("Maths", &["math", "mathematics"]),
    ("English", &[]),
    ("Politics", &[]),
    ("History", &[]),
    ("Geography", &[]),
    ("Physics", &[]),
    ("Chemistry", &[]),
    ("Biology", &[]),
    ("Science", &[]),
    ("PE", &["physical education", "sports"]),
    ("Music", &[]),
    ("Art", &["arts"]),
];

/// What is wrong with marks.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MarksError {
    /// Nothing that is a mark.
    #[error("no marks")]
    Nothing,
    /// A subject without a mark behind it.
    #[error("no mark: {0}")]
    NoMark(String),
    /// A mark without a subject before it.
    #[error("no subject: {0}")]
    NoSubject(String),
    /// No number.
    #[error("no number: {0}")]
    NoNumber(String),
    /// More points than the paper gave, or than any paper gives.
    #[error("too high: {0}")]
    TooHigh(String),
    /// A subject a second time.
    #[error("twice: {0}")]
    Twice(String),
    /// A sum or a rank, which is not kept.
    #[error("not kept: {0}")]
    NotKept(String),
    /// A longer name than a subject has, or more subjects than an exam.
    #[error("too much")]
    TooMuch,
}

impl MarksError {
    /// What to tell the person.
    pub fn phrase(&self) -> Phrase {
        let said = |key: &'static str, words: &str| Phrase::new(key).text("words", cut(words));
        match self {
            MarksError::Nothing => Phrase::new("marks-wrong-nothing"),
            MarksError::NoMark(it) => said("marks-wrong-no-mark", it),
            MarksError::NoSubject(it) => said("marks-wrong-no-subject", it),
            MarksError::NoNumber(it) => said("marks-wrong-no-number", it),
            MarksError::TooHigh(it) => said("marks-wrong-too-high", it),
            MarksError::Twice(it) => said("marks-wrong-twice", it),
            MarksError::NotKept(it) => said("marks-wrong-not-kept", it),
            MarksError::TooMuch => {
                Phrase::new("marks-wrong-too-much").number("subjects", SUBJECTS).number("signs", SUBJECT)
            }
        }
    }
}

/// The one name of a subject: 外语 is 英语, math is Maths; one that nobody knows keeps its own.
pub fn subject(name: &str) -> String {
    let name = name.trim();
    let is = |it: &&(&str, &[&str])| {
        it.0.eq_ignore_ascii_case(name) || it.1.iter().any(|other| other.eq_ignore_ascii_case(name))
    };
    SUBJECT_NAMES.iter().find(is).map_or(name, |it| it.0).to_owned()
}

/// Whether this is a subject that we know by name.
pub fn is_known(name: &str) -> bool {
    let name = subject(name);
    SUBJECT_NAMES.iter().any(|it| it.0 == name)
}

/// Whether this could be a subject: what is computed from marks, and ranks, are none.
pub fn is_kept(name: &str) -> bool {
    !NOT_KEPT.iter().any(|it| it.eq_ignore_ascii_case(name.trim()))
}

/// The marks in what was typed.
pub fn typed(words: &str) -> Result<Marks, MarksError> {
    let (mut marks, mut name) = (Marks::default(), String::new());
    for word in spaced(words).split_whitespace() {
        let begins = word.find(|c: char| c.is_ascii_digit()).map(|at| at - sign(&word[..at]));
        let absent = ABSENT.iter().find(|it| word.len() > it.len() && word.ends_with(*it));
        let (head, score) = match (begins, absent) {
            (Some(at), _) => word.split_at(at),
            (None, _) if is_absent(word) => ("", word),
            (None, Some(absent)) => word.split_at(word.len() - absent.len()),
            (None, None) => (word, ""),
        };
        if !head.is_empty() {
            name = if name.is_empty() { head.to_owned() } else { format!("{name} {head}") };
        }
        if !score.is_empty() {
            add(&mut marks, &std::mem::take(&mut name), score)?;
        }
    }
    match (name.is_empty(), marks.is_empty()) {
        (true, false) => Ok(marks),
        (true, true) => Err(MarksError::Nothing),
        (false, _) => Err(MarksError::NoMark(name)),
    }
}

fn add(marks: &mut Marks, name: &str, score: &str) -> Result<(), MarksError> {
    if name.is_empty() {
        return Err(MarksError::NoSubject(score.to_owned()));
    }
    if !is_kept(name) {
        return Err(MarksError::NotKept(name.to_owned()));
    }
    // Absent, and points all the same? Or out of how many?
    if name.contains('/') || ABSENT.iter().any(|it| name.ends_with(it)) {
        return Err(MarksError::NoNumber(format!("{name} {score}")));
    }
    let subject = subject(name);
    if marks.of(&subject).is_some() {
        return Err(MarksError::Twice(subject));
    }
    if marks.len() == SUBJECTS || subject.chars().count() > SUBJECT {
        return Err(MarksError::TooMuch);
    }
    marks.set(mark(&subject, score, None)?);
    Ok(())
}

/// With plain signs, and with a space between a mark and the subject that is written right behind it: 语文92数学88.
fn spaced(words: &str) -> String {
    let plain: String = words.chars().map(plain).collect();
    let plain = plain.replace("/ ", "/").replace(" /", "/");
    let mut spaced = String::with_capacity(plain.len());
    let mut was_digit = false;
    for c in plain.chars() {
        if was_digit && c > '\u{2E80}' && c != '分' {
            spaced.push(' ');
        }
        was_digit = c.is_ascii_digit() || was_digit && c == '分';
        spaced.push(c);
    }
    spaced
}

/// A mark as it stands behind a subject or in a cell of its column: `92`, `88.5`, `76/120`, `缺考`. `full` is what the paper
/// gave where the mark itself does not say.
pub fn mark(subject: &str, score: &str, full: Option<Points>) -> Result<Mark, MarksError> {
    let named = |points, full| Mark { subject: subject.to_owned(), points, full };
    let score: String = score.chars().map(plain).filter(|c| !c.is_whitespace()).collect();
    if is_absent(&score) {
        return Ok(named(None, None));
    }
    let wrong = || MarksError::NoNumber(score.clone());
    let points = |text: &str| text.strip_suffix('分').unwrap_or(text).parse::<Points>().map_err(|()| wrong());
    let (got, of) = match score.split_once('/') {
        Some((got, of)) => (points(got)?, Some(points(of)?)),
        None => (points(&score)?, full),
    };
    if of == Some(Points(0)) {
        return Err(wrong());
    }
    if got > of.unwrap_or(HIGHEST) || of.is_some_and(|it| it > HIGHEST) {
        return Err(MarksError::TooHigh(format!("{subject} {score}")));
    }
    Ok(named(Some(got), of))
}

fn is_absent(score: &str) -> bool {
    ABSENT.iter().any(|it| it.eq_ignore_ascii_case(score))
}

/// A minus before a number belongs to it, so that it is refused as what it is.
fn sign(head: &str) -> usize {
    usize::from(head.ends_with('-'))
}

/// Full-width signs as plain ones; what stands between two marks as a space.
fn plain(c: char) -> char {
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    match c {
        ',' | ';' | ':' | '=' | '、' | '。' | '|' => ' ',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    }
}

fn cut(text: &str) -> String {
    text.chars().take(SUBJECT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    fn read(text: &str) -> Result<Vec<String>, MarksError> {
        typed(text).map(|it| it.kept())
    }

    #[test]
    fn marks_are_typed_as_people_type() {
        for (text, kept) in [
            ("语文 92 数学 88.5 英语 76/120", vec!["语文 92", "数学 88.5", "英语 76/120"]),
            (
                "语文92数学88.5英语76/120物理80分化学缺考",
                vec!["语文 92", "数学 88.5", "英语 76/120", "物理 80", "化学 absent"],
            ),
            ("语文：９２，数学＝88.50；英语 76 / 120。", vec!["语文 92", "数学 88.5", "英语 76/120"]),
            ("语文92\n数学缺考\n英语 缺考", vec!["语文 92", "数学 absent", "英语 absent"]),
            ("语92 数88 外语 76分", vec!["语文 92", "数学 88", "英语 76"]),
            ("Math 90, english oral 8.25", vec!["Maths 90", "english oral 8.25"]),
        ] {
            assert_eq!(read(text).unwrap(), kept, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let said = |it: &str| it.to_owned();
        for (text, wrong) in [
            ("", MarksError::Nothing),
            ("  ，", MarksError::Nothing),
            ("考得不错", MarksError::NoMark(said("考得不错"))),
            ("语文 92 数学", MarksError::NoMark(said("数学"))),
            ("92 数学 88", MarksError::NoSubject(said("92"))),
            ("语文 9o", MarksError::NoNumber(said("9o"))),
            ("语文 -3", MarksError::NoNumber(said("-3"))),
            ("语文 88.555", MarksError::NoNumber(said("88.555"))),
            ("语文 76/0", MarksError::NoNumber(said("76/0"))),
            ("语文 130/120", MarksError::TooHigh(said("语文 130/120"))),
            ("语文 1001", MarksError::TooHigh(said("语文 1001"))),
            ("语文 90 语 91", MarksError::Twice(said("语文"))),
            ("语文 90 总分 90", MarksError::NotKept(said("总分"))),
            ("语文 90 Rank 3", MarksError::NotKept(said("Rank"))),
        ] {
            assert_eq!(read(text), Err(wrong), "{text}");
        }
        assert_eq!(read(&format!("{} 9", "长".repeat(21))), Err(MarksError::TooMuch));
        let many: Vec<String> =
            "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌".chars().map(|name| format!("{name} 9")).collect();
        assert_eq!(read(&many.join(" ")), Err(MarksError::TooMuch));
    }

    #[test]
    fn no_two_subjects_have_one_name() {
        let mut all: Vec<String> =
            SUBJECT_NAMES.iter().flat_map(|it| [&[it.0], it.1].concat()).map(str::to_lowercase).collect();
        all.sort();
        assert!(all.windows(2).all(|it| it[0] != it[1]));
        assert!(all.iter().all(|it| is_kept(it)));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(
            text in "\\PC{0,60}|([语数英]{1,2}[ :：/.0-9０-９缺考，-]{1,8}){1,6}",
        ) {
            if let Ok(marks) = typed(&text) {
                prop_assert!(!marks.is_empty());
                prop_assert_eq!(Marks::read(&marks.kept()), marks.clone());
                prop_assert_eq!(typed(&marks.kept().join(", ")), Ok(marks), "what is kept can be typed");
            }
        }
    }
}
