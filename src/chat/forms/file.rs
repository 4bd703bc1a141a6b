//! What goes into a student's growth file 成长档案 beside talks and contacts.

use super::{Form, anybody};
use crate::{
    chat::{
        entry, evaluation, feedback, marks, plan,
        steps::{
            Ask::{Confirm, Day, Exam, One, Several, Student, Students, Text},
            after, aside, must,
        },
    },
    school::{About, Act, Kind},
};

/// How well something goes: four steps and no marks.
const GRADES: &[&str] = &["great", "good", "fair", "help"];

/// An evaluation with a written message 成长寄语 to the family (P): strengths, words, seen before it is sent.
pub static EVALUATION: Form = Form {
    name: "evaluation",
    act: Act::WriteFeedback,
    about: About::Pairing,
    makes: Some(Kind::Evaluation),
    suits: feedback::has_family,
    steps: &[
        must("who", Student),
        must("strengths", Several("strength", &["moral", "study", "sport", "art", "work"])),
        must("words", Text(500)),
        must("send", Confirm),
    ],
    brief: None,
    preview: Some(evaluation::preview),
    finish: evaluation::finish,
};

/// What opens the growth file: family, then personality, interests and health as they become known (M, P).
pub static PROFILE: Form = Form {
    name: "profile",
    act: Act::KeepFile,
    about: About::Pairing,
    makes: Some(Kind::Profile),
    suits: anybody,
    steps: &[
        must("who", Student),
        must("family", One("household", super::HOUSEHOLDS)),
        must("nature", Text(300)),
        after("interests", Text(300)),
        after("health", Text(300)),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// A growth plan 成长计划 that mentor and student draw up together (M); later check-ins ask about its goals.
pub static PLAN: Form = Form {
    name: "plan",
    act: Act::KeepFile,
    about: About::Pairing,
    makes: Some(Kind::Plan),
    suits: anybody,
    steps: &[must("who", Student), must("goals", Text(300)), after("help", Text(300))],
    brief: None,
    preview: None,
    finish: plan::finish,
};

/// A month's conduct and study 月度表现 (M): two taps.
pub static PERFORMANCE: Form = Form {
    name: "performance",
    act: Act::KeepFile,
    about: About::Pairing,
    makes: Some(Kind::Performance),
    suits: anybody,
    steps: &[
        must("who", Student),
        aside("day", Day).common(),
        must("conduct", One("grade", GRADES)),
        must("study", One("grade", GRADES)),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish_performance,
};

/// The marks of an exam (M), one student at a time; a whole class comes by `daoyu marks import`.
pub static MARKS: Form = Form {
    name: "marks",
    act: Act::KeepFile,
    about: About::Pairing,
    makes: Some(Kind::Marks),
    suits: anybody,
    steps: &[must("who", Student), must("exam", Exam), must("marks", Text(300))],
    brief: None,
    preview: None,
    finish: marks::finish,
};

/// A case review 个案分析 of students (H, M, D): topic, case, analysis, plan.
pub static CASE: Form = Form {
    name: "case",
    act: Act::KeepFile,
    about: About::Pairing,
    makes: Some(Kind::Case),
    suits: anybody,
    steps: &[
        must("who", Student),
        aside("others", Students).common(),
        aside("day", Day).common(),
        must("topic", Text(60)).common(),
        must("facts", Text(1000)).common(),
        must("analysis", Text(1000)).common(),
        must("plan", Text(1000)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// Where a family neglects or harms and urging did not help (D): whom the case is referred to.
pub static REFERRAL: Form = Form {
    name: "referral",
    act: Act::KeepFile,
    about: About::Pairing,
    makes: Some(Kind::Referral),
    suits: anybody,
    steps: &[
        must("who", Student),
        aside("day", Day).common(),
        must("form", One("referral", Kind::Referral.forms())),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish,
};

/// 学长制: a senior student, by number or name, helps own ones.
pub static BUDDY: Form = Form {
    name: "buddy",
    act: Act::PairBuddies,
    about: About::Pairing,
    makes: Some(Kind::Buddy),
    suits: anybody,
    steps: &[
        must("who", Student),
        aside("others", Students).common(),
        must("senior", Text(40)),
        after("line", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: entry::finish_buddy,
};
