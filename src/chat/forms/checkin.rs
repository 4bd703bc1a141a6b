//! A student's report 学生汇报, in the chat and from paper.

use super::{Form, anybody};
use crate::{
    chat::{
        paper,
        steps::{
            Ask::{Scale, Student, Text},
            after, must,
        },
        student,
    },
    school::{About, Act, Kind},
};

/// A student's weekly report 学生汇报: four taps, and a line if the student likes.
pub static CHECKIN: Form = Form {
    name: "checkin",
    act: Act::CheckIn,
    about: About::Pairing,
    makes: Some(Kind::Checkin),
    suits: anybody,
    steps: &[
        must("mood", Scale("mood", &["1", "2", "3", "4", "5"])),
        must("study", Scale("study", &["1", "2", "3"])),
        must("life", Scale("life", &["1", "2", "3"])),
        must("talk", Scale("wants", &["no", "yes"])),
        after("line", Text(300)),
    ],
    brief: None,
    preview: None,
    finish: student::finish_checkin,
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
        must("mood", Scale("mood", &["1", "2", "3", "4", "5"])),
        must("study", Scale("study", &["1", "2", "3"])),
        must("life", Scale("life", &["1", "2", "3"])),
        must("talk", Scale("wants", &["no", "yes"])),
    ],
    brief: None,
    preview: None,
    finish: paper::finish,
};
