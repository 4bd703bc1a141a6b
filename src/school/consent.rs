//! Whose check-ins a guardian has to consent to, and what follows from what the family said.
//!
//! Two laws ask for it: a child under fourteen is asked nothing before a guardian consented (PIPL art. 31, and the
//! provisions on children's personal information online), and whoever consented can withdraw as easily.

use super::id::{PersonId, SchoolId};
use super::time::{At, Day};
use chrono::Datelike;

/// The version of the text that guardians consent to (`locales/*/consent.ftl`). With a new one everybody is asked again.
pub const TEXT_VERSION: i64 = 2;

words! {
    /// What a guardian said.
    pub enum Said {
        /// Yes.
        Given = "given",
        /// No.
        Refused = "refused",
        /// Yes once, and no longer.
        Withdrawn = "withdrawn",
    }
}

/// One guardian's word about one child. It is kept for ever: the law wants to know who, when, and about which text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decision {
    /// The school.
    pub school: SchoolId,
    /// The child.
    pub student: PersonId,
    /// Who decided.
    pub guardian: PersonId,
    /// The version of the text that was in front of the guardian.
    pub version: i64,
    /// What was decided.
    pub said: Said,
    /// When.
    pub at: At,
}

/// How it stands with a student.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Consent {
    /// The student is old enough to decide alone.
    NotNeeded,
    /// Nobody has said anything yet, or only about an older text.
    Open,
    /// A guardian consented to the text as it is.
    Given,
    /// The family does not want it.
    Refused,
    /// The family does not want it any more.
    Withdrawn,
}

impl Consent {
    /// How it stands, by the newest word of any of today's guardians: the last to speak counts, whoever it is, so that
    /// each of two parents can stop it at once, and neither needs the other to do so. An older text was consented to by
    /// nobody; a no stands whatever the text says, and nobody who said it is asked again and again.
    pub fn of(needed: bool, newest: Option<&Decision>) -> Consent {
        if !needed {
            return Consent::NotNeeded;
        }
        match newest {
            Some(it) if it.said == Said::Given && it.version == TEXT_VERSION => Consent::Given,
            Some(it) if it.said == Said::Refused => Consent::Refused,
            Some(it) if it.said == Said::Withdrawn => Consent::Withdrawn,
            _ => Consent::Open,
        }
    }

    /// Whether the student may be asked anything here. Who may not reports on paper.
    pub fn allows(self) -> bool {
        matches!(self, Consent::NotNeeded | Consent::Given)
    }

    /// Whether the family said no.
    pub fn is_no(self) -> bool {
        matches!(self, Consent::Refused | Consent::Withdrawn)
    }
}

/// Whether a guardian has to consent: the student is younger than `until_age`, or might be. The date of birth decides;
/// without one the school year, by the youngest who can be in it; and a student of whom nothing is known is a child.
pub fn needs_consent(until_age: u32, age: &Age, today: Day) -> bool {
    age.is_under(until_age, today).unwrap_or(true)
}

/// What is known of a student's age.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Age {
    born: Option<Day>,
    year: Option<u32>,
}

impl Age {
    /// By the date of birth, the grade, and the name of the class.
    pub fn of(born: Option<Day>, grade: &str, class: &str) -> Age {
        // A bare number means something under the heading "grade", and nothing in the name of a class.
        let bare = grade.trim().parse().ok().filter(|year| YEARS.contains(year));
        Age { born, year: bare.or_else(|| school_year(grade)).or_else(|| school_year(class)) }
    }

    /// Whether the student is younger than so many years, or might be by the school year; `None` where nothing is known.
    pub fn is_under(&self, years: u32, today: Day) -> Option<bool> {
        match self.born {
            Some(born) => Some(age(born, today) < i64::from(years)),
            // Whoever enters year 1 is six by then, so the youngest of year 8 turn fourteen only after its summer.
            None => self.year.map(|year| year + YOUNGEST_BEFORE_SCHOOL < years),
        }
    }
}

/// Years 1 to 6 are primary school, 7 to 9 junior and 10 to 12 senior middle school.
const YEARS: std::ops::RangeInclusive<u32> = 1..=12;
const YOUNGEST_BEFORE_SCHOOL: u32 = 5;
/// 年级: a number before it is a year of the twelve.
const YEAR: &str = "\u{5e74}\u{7ea7}";
/// 小学, which may stand before the number.
const PRIMARY: &str = "\u{5c0f}\u{5b66}";
/// What may stand before the number instead, and which year comes before the first of that stage. Only what cannot be
/// mistaken: an English year 9 is a year younger than a grade 9.
const STAGES: [(&str, u32); 5] = [
    ("\u{521d}\u{4e2d}", 6), // 初中
    ("\u{521d}", 6),         // 初
    ("\u{9ad8}\u{4e2d}", 9), // 高中
    ("\u{9ad8}", 9),         // 高
    ("grade", 0),
];

/// The school year that a grade or the name of a class says; `None` where it says none, or is not understood.
fn school_year(name: &str) -> Option<u32> {
    let name: String = name.to_lowercase().chars().filter(|it| !it.is_whitespace()).collect();
    let staged = STAGES.iter().find_map(|(stage, before)| {
        let (year, _) = numeral(name.strip_prefix(stage)?)?;
        Some(before + year).filter(|_| *before == 0 || year <= 3)
    });
    let plain = || {
        let (number, _) = name.trim_start_matches(PRIMARY).split_once(YEAR)?;
        numeral(number).filter(|(_, rest)| rest.is_empty()).map(|(year, _)| year)
    };
    staged.or_else(plain).filter(|year| YEARS.contains(year))
}

/// A number from 1 to 12 at the beginning, in digits or Chinese numerals, and what follows it.
fn numeral(text: &str) -> Option<(u32, &str)> {
    const DIGITS: [char; 10] = [
        // 一二三四五六七八九十
        '\u{4e00}', '\u{4e8c}', '\u{4e09}', '\u{56db}', '\u{4e94}', '\u{516d}', '\u{4e03}', '\u{516b}',
        '\u{4e5d}', '\u{5341}',
    ];
    let ascii = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    if ascii > 0 {
        return Some((text[..ascii].parse().ok()?, &text[ascii..]));
    }
    let digit =
        |it: char| (1..).zip(DIGITS).find(|(_, digit)| *digit == it).map(|(value, _): (u32, char)| value);
    let mut chars = text.chars();
    let first = digit(chars.next()?)?;
    let rest = chars.as_str();
    // 十一 and 十二 are written with ten before them.
    match (first, chars.next().and_then(digit)) {
        (10, Some(more @ 1..=2)) => Some((10 + more, chars.as_str())),
        _ => Some((first, rest)),
    }
}

/// Full years between two days.
fn age(born: Day, today: Day) -> i64 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    i64::from(today.year() - born.year()) - i64::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::testing::day;

    fn is_child(grade: &str, class: &str) -> bool {
        needs_consent(14, &Age::of(None, grade, class), day("2026-09-07"))
    }

    #[test]
    fn a_child_turns_fourteen_on_the_birthday() {
        let born = |on: &str| Some(day(on));
        for (today, child) in [("2026-09-06", true), ("2026-09-07", false), ("2026-09-08", false)] {
            let age = Age::of(born("2012-09-07"), "", "");
            assert_eq!(needs_consent(14, &age, day(today)), child, "{today}");
        }
        assert!(
            !needs_consent(14, &Age::of(born("2010-01-01"), "三年级", ""), day("2026-09-07")),
            "birth before grade"
        );
        assert!(
            needs_consent(18, &Age::of(born("2010-01-01"), "高二", ""), day("2026-09-07")),
            "a school may ask for more"
        );
    }

    #[test]
    fn without_a_birthday_the_grade_decides_by_its_youngest() {
        for grade in
            ["一年级", "小学三年级", "七年级", "八年级", "初一", "初二", "初中二年级", "7", "Grade 8"]
        {
            assert!(is_child(grade, ""), "{grade}");
        }
        for grade in [
            "九年级",
            "初三",
            "初中三年级",
            "高一",
            "高中二年级",
            "十年级",
            "十二年级",
            "9",
            "12",
            "Grade 10",
        ] {
            assert!(!is_child(grade, ""), "{grade}");
        }
        assert!(is_child("", "七年级1班") && !is_child("", "高一(3)班") && !is_child("", "九年级10班"));
        assert!(!is_child("", "高一10班"));
    }

    #[test]
    fn who_is_not_known_is_a_child() {
        for class in [
            "",
            "1班",
            "10班",
            "9",
            "12",
            "2023级1班",
            "高2025级1班",
            "高中部",
            "高新实验班",
            "火箭班",
            "99年级",
            "初四",
            "Year 9",
        ] {
            assert!(is_child("", class), "{class}");
        }
        assert!(is_child("九", "") && is_child("0", "") && is_child("2023", ""));
    }

    #[test]
    fn the_newest_word_counts_and_only_about_the_text_as_it_is() {
        let word = |said, version| Decision {
            school: "s".into(),
            student: "li".into(),
            guardian: "mother".into(),
            version,
            said,
            at: At(1),
        };
        let of = |said, version| Consent::of(true, Some(&word(said, version)));
        assert_eq!(Consent::of(false, Some(&word(Said::Refused, TEXT_VERSION))), Consent::NotNeeded);
        assert_eq!(Consent::of(true, None), Consent::Open);
        assert_eq!(of(Said::Given, TEXT_VERSION), Consent::Given);
        assert_eq!(of(Said::Given, TEXT_VERSION - 1), Consent::Open);
        assert_eq!(of(Said::Refused, TEXT_VERSION - 1), Consent::Refused);
        assert_eq!(of(Said::Withdrawn, TEXT_VERSION), Consent::Withdrawn);
        assert!(Consent::Given.allows() && Consent::NotNeeded.allows());
        assert!(!Consent::Open.allows() && !Consent::Refused.allows() && !Consent::Withdrawn.allows());
    }
}
