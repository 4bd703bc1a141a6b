//! The forms, as data: the steps in the order in which a person sees them. Their texts derive from the names.

use super::{
    Refusal,
    desk::Around,
    feedback,
    form::{Ask, Form, Step, When},
    mentor, paper, relay, student,
};
use crate::school::Act;

use Ask::{Confirm, Day, One, Scale, Several, Student, Students, Text};
use When::{After, Aside, Must};

/// A student's weekly report 学生汇报: four taps, and a line if the student likes.
pub static CHECKIN: Form = Form {
    name: "checkin",
    act: Act::CheckIn,
    suits: anybody,
    steps: &[
        Step { name: "mood", when: Must, ask: Scale("mood", &["1", "2", "3", "4", "5"]) },
        Step { name: "study", when: Must, ask: Scale("study", &["1", "2", "3"]) },
        Step { name: "life", when: Must, ask: Scale("life", &["1", "2", "3"]) },
        Step { name: "talk", when: Must, ask: Scale("wants", &["no", "yes"]) },
        Step { name: "line", when: After, ask: Text(300) },
    ],
    preview: None,
    finish: student::finish_checkin,
};

/// The same, as it came on paper from a student whose guardians have not consented: no words of the child.
pub static PAPER: Form = Form {
    name: "paper",
    act: Act::LogCheckin,
    suits: anybody,
    steps: &[
        Step { name: "who", when: Must, ask: Student },
        Step { name: "mood", when: Must, ask: Scale("mood", &["1", "2", "3", "4", "5"]) },
        Step { name: "study", when: Must, ask: Scale("study", &["1", "2", "3"]) },
        Step { name: "life", when: Must, ask: Scale("life", &["1", "2", "3"]) },
        Step { name: "talk", when: Must, ask: Scale("wants", &["no", "yes"]) },
    ],
    preview: None,
    finish: paper::finish,
};

/// A talk 谈心谈话: who, topics, done.
pub static TALK: Form = Form {
    name: "talk",
    act: Act::LogTalk,
    suits: anybody,
    steps: &[
        Step { name: "who", when: Must, ask: Student },
        Step { name: "others", when: Aside, ask: Students },
        Step { name: "day", when: Aside, ask: Day },
        Step {
            name: "topics",
            when: Must,
            ask: Several("topic", &["values", "study", "life", "mind", "career"]),
        },
        Step { name: "line", when: After, ask: Text(500) },
        Step { name: "afterthought", when: After, ask: Text(500) },
    ],
    preview: None,
    finish: mentor::finish_talk,
};

/// A contact with the family 家校联系.
pub static CONTACT: Form = Form {
    name: "contact",
    act: Act::LogContact,
    suits: anybody,
    steps: &[
        Step { name: "who", when: Must, ask: Student },
        Step { name: "others", when: Aside, ask: Students },
        Step { name: "day", when: Aside, ask: Day },
        Step {
            name: "form",
            when: Must,
            ask: One("contact", &["phone", "in_person", "online", "letter", "home_visit"]),
        },
        Step { name: "line", when: After, ask: Text(500) },
        Step { name: "afterthought", when: After, ask: Text(500) },
    ],
    preview: None,
    finish: mentor::finish_contact,
};

/// A feedback to the family: one fact, one next step, seen before it is sent.
pub static FEEDBACK: Form = Form {
    name: "feedback",
    act: Act::WriteFeedback,
    suits: feedback::has_family,
    steps: &[
        Step { name: "who", when: Must, ask: Student },
        Step { name: "fact", when: Must, ask: Text(300) },
        Step { name: "next", when: Must, ask: Text(300) },
        Step { name: "send", when: Must, ask: Confirm },
    ],
    preview: Some(feedback::preview),
    finish: feedback::finish,
};

/// A guardian's words to the mentor.
pub static REPLY: Form = Form {
    name: "reply",
    act: Act::AnswerFeedback,
    suits: anybody,
    steps: &[Step { name: "words", when: Must, ask: Text(500) }],
    preview: None,
    finish: relay::finish_reply,
};

/// The mentor's words to a guardian who wrote.
pub static ANSWER: Form = Form {
    name: "answer",
    act: Act::AnswerGuardian,
    suits: anybody,
    steps: &[Step { name: "words", when: Must, ask: Text(500) }],
    preview: None,
    finish: relay::finish_answer,
};

/// What a family that is not in the chat wrote on paper or said on the phone.
pub static HEARD: Form = Form {
    name: "heard",
    act: Act::WriteFeedback,
    suits: anybody,
    steps: &[Step { name: "words", when: Must, ask: Text(500) }],
    preview: None,
    finish: paper::finish_heard,
};

/// All forms.
pub static ALL: &[&Form] =
    &[&CHECKIN, &PAPER, &TALK, &CONTACT, &FEEDBACK, &REPLY, &ANSWER, &HEARD, &super::mydata::CORRECT];

/// A form by its name, as a kept filling gives it.
pub fn by_name(name: &str) -> Option<&'static Form> {
    ALL.iter().copied().find(|form| form.name == name)
}

pub(super) fn anybody(_: &Around) -> Result<(), Refusal> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        school::{ContactForm, Topic},
        text::Texts,
    };

    #[test]
    fn every_form_has_all_its_words_in_every_language() {
        let texts = Texts::load().unwrap();
        for form in ALL {
            let mut keys = vec![format!("form-{}", form.name)];
            for step in form.steps {
                keys.push(format!("form-{}-{}", form.name, step.name));
                match step.when {
                    Must => {}
                    Aside => keys.push(format!("form-{}-{}-aside", form.name, step.name)),
                    After => keys.push(format!("form-{}-{}-add", form.name, step.name)),
                }
                match &step.ask {
                    Scale(prefix, values) | One(prefix, values) | Several(prefix, values) => {
                        keys.extend(values.iter().map(|value| format!("{prefix}-{value}")));
                    }
                    Confirm => keys.push(format!("form-{}-{}-yes", form.name, step.name)),
                    Student | Students | Day | Text(_) => {}
                }
            }
            for language in texts.languages() {
                for key in &keys {
                    assert!(texts.has(language, key), "locales/{language}: {key} is missing");
                }
            }
        }
    }

    #[test]
    fn a_sheet_of_paper_asks_what_the_chat_asks() {
        let scales = |form: &Form| -> Vec<(&str, &str, &[&str])> {
            let scale = |step: &'static Step| match &step.ask {
                Scale(prefix, values) => Some((step.name, *prefix, *values)),
                _ => None,
            };
            form.steps.iter().filter_map(scale).collect()
        };
        for form in [&CHECKIN, &PAPER] {
            assert_eq!(scales(form), crate::print::sheets::QUESTIONS);
        }
    }

    #[test]
    fn the_longest_button_of_a_form_fits_into_telegrams_64_bytes() {
        for form in ALL {
            for step in form.steps {
                let longest = format!("f:12345678:{}:{}", step.name, "0".repeat(32));
                assert!(longest.len() <= 64, "{} {}", form.name, step.name);
            }
        }
    }

    #[test]
    fn the_options_are_the_words_of_the_domain() {
        let options = |form: &Form, name: &str| -> Vec<String> {
            let step = form.steps.iter().find(|step| step.name == name).unwrap();
            match &step.ask {
                One(_, values) | Several(_, values) => values.iter().map(|it| it.to_string()).collect(),
                _ => panic!("{name} is no choice"),
            }
        };
        let topics: Vec<String> = Topic::ALL.iter().map(|it| it.to_string()).collect();
        assert_eq!(options(&TALK, "topics"), topics);
        let forms = ContactForm::ALL.iter().filter(|it| **it != ContactForm::Feedback);
        assert_eq!(options(&CONTACT, "form"), forms.map(|it| it.to_string()).collect::<Vec<_>>());
    }
}
