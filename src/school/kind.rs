//! The kinds of records, and what a policy may ask of each: one table.

use super::people::Role;
use super::policy::About;
use Role::{ChiefMentor, HeadTeacher, Mentor, Office, Student};

words! {
    /// What a record is.
    pub enum Kind {
        /// 谈心谈话.
        Talk = "talk",
        /// 家校联系; a home visit is one, by its form.
        Contact = "contact",
        /// 学生汇报.
        Checkin = "checkin",
        /// A student's wish for a talk.
        Wish = "wish",
        /// 评价: an evaluation of the student with a written message 成长寄语 to the family (P).
        Evaluation = "evaluation",
        /// 成长档案: what opens the growth file: family, personality, habits, interests, health (M, P).
        Profile = "profile",
        /// 成长计划: what mentor and student plan together (M).
        Plan = "plan",
        /// 月度表现: conduct and study of a month (M).
        Performance = "performance",
        /// 考试成绩: the marks of an exam, with a comparison (M).
        Marks = "marks",
        /// 个案分析: topic, case, analysis, plan (H, M, D).
        Case = "case",
        /// A meeting; by its form the daily huddle 日碰头, the weekly 周例会, the monthly review 月研判 ... (H, D).
        Meeting = "meeting",
        /// An activity of a happy-growth group 快乐成长小组 (D).
        Activity = "activity",
        /// 家长课堂: a class's lesson for parents, or a mentor's session for the families of own students (D).
        Session = "session",
        /// 导师培训 (G, D).
        Training = "training",
        /// The school studies its mentor system and writes what it found (D).
        Report = "report",
        /// Students' and families' feedback on mentors, gathered (G, D).
        Survey = "survey",
        /// The mentor's work plan of a term (M).
        WorkPlan = "work_plan",
        /// A case that goes to community, women's federation or civil affairs (D).
        Referral = "referral",
        /// 学长制: a senior student helps a junior one.
        Buddy = "buddy",
        /// 会议决议: what a meeting resolved was done.
        Resolution = "resolution",
    }
}

/// What a policy may ask of a kind: about what, and of whom.
type Asked = (About, &'static [Role]);

impl Kind {
    /// The forms a record of this kind can have; a rule may ask for one of them.
    pub const fn forms(self) -> &'static [&'static str] {
        match self {
            Kind::Talk => &["in_person", "letter", "online", "phone"],
            Kind::Contact => &["phone", "in_person", "online", "letter", "home_visit", "feedback"],
            Kind::Meeting => {
                &["huddle", "weekly", "monthly_review", "mid_term", "end_of_term", "exchange", "other"]
            }
            Kind::Session => &["parents_class", "mentor_session"],
            Kind::Training => &["school", "bureau"],
            Kind::Referral => &["community", "womens_federation", "civil_affairs"],
            // Without a form it is done.
            Kind::Resolution => &["dropped"],
            _ => &[],
        }
    }

    /// What a rule may ask of it. Empty for what nobody can owe: it happens when it happens.
    pub const fn asked(self) -> &'static [Asked] {
        match self {
            Kind::Talk | Kind::Contact => &[(About::Pairing, &[Mentor])],
            // It is a letter to the family, too, which only the mentor writes.
            Kind::Evaluation => &[(About::Pairing, &[Mentor])],
            Kind::Profile | Kind::Plan | Kind::Performance | Kind::Marks => {
                &[(About::Pairing, &[Mentor, HeadTeacher])]
            }
            Kind::Checkin => &[(About::Pairing, &[Student])],
            Kind::Case => &[
                (About::Pairing, &[Mentor, HeadTeacher]),
                (About::Mentor, &[Mentor]),
                (About::Class, &[HeadTeacher, ChiefMentor]),
                (About::School, &[Office]),
            ],
            Kind::Meeting => &[(About::Class, &[HeadTeacher, ChiefMentor]), (About::School, &[Office])],
            Kind::Activity => &[(About::Group, &[Mentor])],
            Kind::Session => &[(About::Class, &[HeadTeacher, ChiefMentor]), (About::Mentor, &[Mentor])],
            Kind::Training | Kind::Report | Kind::Survey => &[(About::School, &[Office])],
            Kind::WorkPlan => &[(About::Mentor, &[Mentor])],
            Kind::Wish | Kind::Referral | Kind::Buddy | Kind::Resolution => &[],
        }
    }

    /// Who may owe it about this; empty when it cannot be about that.
    pub fn owed_by(self, about: About) -> &'static [Role] {
        self.asked().iter().find(|(it, _)| *it == about).map_or(&[], |(_, roles)| roles)
    }

    /// The form of this name, if records of this kind have it.
    pub fn form(self, name: &str) -> Option<&'static str> {
        self.forms().iter().copied().find(|it| *it == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::record::{ContactForm, TalkForm};

    #[test]
    fn the_forms_of_talks_and_contacts_are_the_words_of_the_domain() {
        let words: Vec<&str> = ContactForm::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(Kind::Contact.forms(), words);
        let words: Vec<&str> = TalkForm::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(Kind::Talk.forms(), words);
    }

    #[test]
    fn each_kind_is_asked_about_a_thing_once() {
        for kind in Kind::ALL {
            let abouts: Vec<About> = kind.asked().iter().map(|(about, _)| *about).collect();
            let mut once = abouts.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), abouts.len(), "{kind}");
            assert!(kind.asked().iter().all(|(_, roles)| !roles.is_empty()), "{kind}");
        }
    }
}
