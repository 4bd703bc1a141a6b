//! The check-in 学生汇报: a bank of good short questions from which a policy chooses, and in whose words they are asked.

use super::consent::{Age, Consent};
use super::time::Day;

words! {
    /// What a student can be asked beside the mood, which comes first, and the wish for a talk, which comes last: each on a
    /// scale of three. Records keep these words, so that none is ever renamed or taken out.
    pub enum Question {
        /// 学习: how school work goes.
        Study = "study",
        /// 生活: friends, home, sleep in one, where a school asks little.
        Life = "life",
        /// 睡眠.
        Sleep = "sleep",
        /// 身体: health and energy.
        Health = "health",
        /// 同学朋友.
        Friends = "friends",
        /// 班级: whether one feels at home in the class.
        Class = "class",
        /// 家里.
        Family = "family",
        /// 开心的事: whether there was something to be glad of.
        Joy = "joy",
        /// 目标: how the goals of the growth plan go. Asked of who has some.
        Goals = "goals",
    }
}

words! {
    /// In whose words a policy asks.
    pub enum Wording {
        /// Short and warm, for a primary school.
        Child = "child",
        /// As one speaks with somebody of twelve and more.
        Teen = "teen",
        /// The one or the other, by how old a student is.
        ByStage = "by_stage",
    }
}

/// What a policy says of the check-in, beside when it is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckinRules {
    /// The chosen questions, in the order of the bank.
    pub questions: Vec<Question>,
    /// In whose words.
    pub words: Wording,
    /// A student who is younger than this and not in the chat answers together with a guardian who is.
    pub with_guardian_under_age: Option<u32>,
}

/// Up to this age a student is spoken to as a child: that of primary school.
const CHILD_UNDER: u32 = 12;

/// How a student checks in today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// In the chat, without anybody's help.
    Alone,
    /// In the chat, together with a guardian who is there.
    Together,
    /// On paper: not in the chat, or no guardian has consented.
    OnPaper,
}

impl CheckinRules {
    /// How a student checks in who is of this age, by what the family said and who of them is in the chat.
    pub fn way(&self, consent: Consent, age: &Age, is_here: bool, family_is_here: bool, today: Day) -> Way {
        match consent.allows() {
            true if is_here => Way::Alone,
            true if family_is_here && self.may_answer_together(age, today) => Way::Together,
            _ => Way::OnPaper,
        }
    }

    /// More than these would tire a child.
    pub const MOST: usize = 6;

    /// Whether a student is asked in the words of a child. Where nothing is known of the age, as a teenager.
    pub fn speaks_as_to_a_child(&self, age: &Age, today: Day) -> bool {
        match self.words {
            Wording::Child => true,
            Wording::Teen => false,
            Wording::ByStage => age.is_under(CHILD_UNDER, today).unwrap_or(false),
        }
    }

    /// Whether a student is young enough to answer together with a guardian. Of whom nothing is known is not.
    pub fn may_answer_together(&self, age: &Age, today: Day) -> bool {
        self.with_guardian_under_age.is_some_and(|under| age.is_under(under, today).unwrap_or(false))
    }
}

impl Default for CheckinRules {
    fn default() -> CheckinRules {
        CheckinRules {
            questions: vec![Question::Study, Question::Life],
            words: Wording::Teen,
            with_guardian_under_age: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::testing::day;

    #[test]
    fn the_stage_decides_about_the_words_and_the_age_about_the_company() {
        let today = day("2026-09-07");
        let rules = CheckinRules {
            words: Wording::ByStage,
            with_guardian_under_age: Some(9),
            ..CheckinRules::default()
        };
        let of = |grade: &str| Age::of(None, grade, "");
        for (grade, child, together) in [
            ("一年级", true, true),
            ("三年级", true, true),
            ("四年级", true, false),
            ("六年级", true, false),
            ("七年级", false, false),
            ("高一", false, false),
            ("", false, false),
        ] {
            assert_eq!(rules.speaks_as_to_a_child(&of(grade), today), child, "{grade}");
            assert_eq!(rules.may_answer_together(&of(grade), today), together, "{grade}");
        }
        let born = Age::of(Some(day("2017-09-07")), "一年级", "");
        assert!(!rules.may_answer_together(&born, today), "nine today, whatever the class is called");
        assert!(rules.may_answer_together(&born, day("2026-09-06")));
        let way = |consent, here, family| rules.way(consent, &of("一年级"), here, family, today);
        assert_eq!(way(Consent::Given, false, true), Way::Together);
        assert_eq!(way(Consent::Given, true, true), Way::Alone, "who has a phone answers alone");
        assert_eq!(way(Consent::Given, false, false), Way::OnPaper);
        assert_eq!(way(Consent::Open, false, true), Way::OnPaper, "nothing without a guardian's yes");
        let usual = CheckinRules::default();
        assert!(
            !usual.may_answer_together(&of("一年级"), today)
                && !usual.speaks_as_to_a_child(&of("一年级"), today)
        );
    }
}
