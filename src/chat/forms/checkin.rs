//! A student's report 学生汇报, in the chat and from paper. Each form holds the whole bank of questions; a filling skips those
//! that the school's policy does not ask.

use super::{Form, anybody};
use crate::{
    chat::{
        paper, report,
        steps::{
            Ask::{Scale, Student, Text},
            Step, after, must,
        },
    },
    school::{About, Act, Kind},
};

/// One question of the bank.
const fn scale(name: &'static str) -> Step {
    must(name, Scale(name, SCALE))
}

/// From hard to well.
const SCALE: &[&str] = &["1", "2", "3"];
const MOOD: Step = must("mood", Scale("mood", &["1", "2", "3", "4", "5"]));
const TALK: Step = must("talk", Scale("wants", &["no", "yes"]));

/// A student's report 学生汇报: a few taps, and a line if the student likes. With somebody in `who` it is answered together
/// with that child, by a guardian.
pub static CHECKIN: Form = Form {
    name: "checkin",
    act: Act::CheckIn,
    about: About::Pairing,
    makes: Some(Kind::Checkin),
    suits: anybody,
    steps: &[
        MOOD.voiced(),
        scale("study").voiced(),
        scale("life").voiced(),
        scale("sleep").voiced(),
        scale("health").voiced(),
        scale("friends").voiced(),
        scale("class").voiced(),
        scale("family").voiced(),
        scale("joy").voiced(),
        scale("goals").voiced(),
        TALK.voiced(),
        after("line", Text(300)).voiced(),
    ],
    brief: None,
    preview: None,
    finish: report::finish,
};

/// The same, as it came on paper from a student whose guardians have not consented: no words of the child.
pub static PAPER: Form = Form {
    name: "paper",
    act: Act::LogCheckin,
    about: About::Pairing,
    makes: None,
    suits: anybody,
    steps: &[
        must("who", Student),
        MOOD,
        scale("study"),
        scale("life"),
        scale("sleep"),
        scale("health"),
        scale("friends"),
        scale("class"),
        scale("family"),
        scale("joy"),
        scale("goals"),
        TALK,
    ],
    brief: None,
    preview: None,
    finish: paper::finish,
};
