//! What mentor, student and family have with each other: talks, contacts, feedback, and words that are carried.

use super::{Form, anybody};
use crate::{
    chat::{
        feedback, mentor, mydata, paper, relay,
        steps::{
            Ask::{Confirm, Day, One, Several, Student, Students, Text},
            after, aside, must,
        },
    },
    school::{About, Act, Kind},
};

/// A talk 谈心谈话: who, topics, done. One to one unless others are named; by letter or online also counts (H).
pub static TALK: Form = Form {
    name: "talk",
    act: Act::LogTalk,
    about: About::Pairing,
    makes: Some(Kind::Talk),
    suits: anybody,
    steps: &[
        must("who", Student),
        aside("others", Students),
        aside("day", Day).common(),
        aside("way", One("talk", Kind::Talk.forms())),
        must("topics", Several("topic", &["values", "study", "life", "mind", "career"])),
        after("line", Text(500)).common(),
        after("afterthought", Text(500)).common(),
        after("place", Text(60)),
    ],
    brief: None,
    preview: None,
    finish: mentor::finish_talk,
};

/// A contact with the family 家校联系. At a home visit 家访 the form of the family may be noted, and who came along (P, H, M).
pub static CONTACT: Form = Form {
    name: "contact",
    act: Act::LogContact,
    about: About::Pairing,
    makes: Some(Kind::Contact),
    suits: anybody,
    steps: &[
        must("who", Student),
        aside("others", Students),
        aside("day", Day).common(),
        must("form", One("contact", &["phone", "in_person", "online", "letter", "home_visit"])),
        after("line", Text(500)).common(),
        after("joint", One("joint", &["head_teacher", "colleagues"])).only_if("form", "home_visit"),
        after("family", One("household", super::HOUSEHOLDS)).only_if("form", "home_visit"),
        after("afterthought", Text(500)).common(),
    ],
    brief: None,
    preview: None,
    finish: mentor::finish_contact,
};

/// A feedback to the family: one fact, one next step, seen before it is sent.
pub static FEEDBACK: Form = Form {
    name: "feedback",
    act: Act::WriteFeedback,
    about: About::Pairing,
    makes: None,
    suits: feedback::has_family,
    steps: &[must("who", Student), must("fact", Text(300)), must("next", Text(300)), must("send", Confirm)],
    brief: None,
    preview: Some(feedback::preview),
    finish: feedback::finish,
};

/// A guardian's words to the mentor.
pub static REPLY: Form = Form {
    name: "reply",
    act: Act::AnswerFeedback,
    about: About::Pairing,
    makes: None,
    suits: anybody,
    steps: &[must("words", Text(500))],
    brief: None,
    preview: None,
    finish: relay::finish_reply,
};

/// The mentor's words to a guardian who wrote.
pub static ANSWER: Form = Form {
    name: "answer",
    act: Act::AnswerGuardian,
    about: About::Pairing,
    makes: None,
    suits: anybody,
    steps: &[must("words", Text(500))],
    brief: None,
    preview: None,
    finish: relay::finish_answer,
};

/// What a family that is not in the chat wrote on paper or said on the phone.
pub static HEARD: Form = Form {
    name: "heard",
    act: Act::WriteFeedback,
    about: About::Pairing,
    makes: None,
    suits: anybody,
    steps: &[must("words", Text(500))],
    brief: None,
    preview: None,
    finish: paper::finish_heard,
};

/// What is wrong in the data that is kept, in the person's own words.
pub static CORRECT: Form = Form {
    name: "correct",
    act: Act::AskForData,
    about: About::Pairing,
    makes: None,
    suits: anybody,
    steps: &[must("words", Text(500))],
    brief: None,
    preview: None,
    finish: mydata::finish_correct,
};
