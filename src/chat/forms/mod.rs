//! The forms, as data: the steps in the order in which a person sees them. Their texts derive from the names.

mod checkin;
mod contact;
mod file;
mod team;

pub use checkin::{CHECKIN, PAPER};
pub use contact::{ANSWER, CONTACT, CORRECT, FEEDBACK, HEARD, REPLY, TALK};
pub use file::{BUDDY, CASE, EVALUATION, MARKS, PERFORMANCE, PLAN, PROFILE, REFERRAL};
pub use team::{
    ACTIVITY, CLASS_CASE, GROUP, GROUP_CHANGE, MEETING, OWN_CASE, PARENTS_CLASS, REPORT, RESOLUTION,
    SCHOOL_CASE, SCHOOL_MEETING, SCHOOL_RESOLUTION, SESSION, SURVEY, TRAINING, WORK_PLAN,
};

use super::{
    Refusal,
    desk::Around,
    steps::{Form, Step},
};
use crate::school::{About, Kind};

/// All forms.
pub static ALL: &[&Form] = &[
    &CHECKIN,
    &PAPER,
    &TALK,
    &CONTACT,
    &FEEDBACK,
    &REPLY,
    &ANSWER,
    &HEARD,
    &CORRECT,
    &EVALUATION,
    &PROFILE,
    &PLAN,
    &PERFORMANCE,
    &MARKS,
    &CASE,
    &REFERRAL,
    &BUDDY,
    &MEETING,
    &SCHOOL_MEETING,
    &RESOLUTION,
    &SCHOOL_RESOLUTION,
    &CLASS_CASE,
    &SCHOOL_CASE,
    &OWN_CASE,
    &GROUP,
    &GROUP_CHANGE,
    &ACTIVITY,
    &PARENTS_CLASS,
    &SESSION,
    &WORK_PLAN,
    &TRAINING,
    &REPORT,
    &SURVEY,
];

/// The forms that have no command of their own: `/record` offers them, in this order.
pub static MENU: &[&Form] = &[
    &EVALUATION,
    &PROFILE,
    &PLAN,
    &PERFORMANCE,
    &MARKS,
    &CASE,
    &REFERRAL,
    &BUDDY,
    &GROUP,
    &ACTIVITY,
    &SESSION,
    &WORK_PLAN,
    &OWN_CASE,
    &MEETING,
    &PARENTS_CLASS,
    &CLASS_CASE,
    &SCHOOL_MEETING,
    &TRAINING,
    &REPORT,
    &SURVEY,
    &SCHOOL_CASE,
];

/// How a family can be made up: asked with care, and of the mentor alone (P, H, M).
const HOUSEHOLDS: &[&str] = &["parents", "single", "reformed", "grandparents", "other"];

/// A form by its name, as a kept filling gives it.
pub fn by_name(name: &str) -> Option<&'static Form> {
    ALL.iter().copied().find(|form| form.name == name)
}

/// The form that makes this kind of record about this.
pub fn that_makes(kind: Kind, about: About) -> Option<&'static Form> {
    ALL.iter().copied().find(|form| form.makes == Some(kind) && form.about == about)
}

fn anybody(_: &Around) -> Result<(), Refusal> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        chat::steps::{
            Ask::{Confirm, One, Scale, Several},
            When::{After, Aside, Must},
        },
        school::{ContactForm, Question, Topic, access::tie},
        text::Texts,
    };

    #[test]
    fn every_form_has_all_its_words_in_every_language() {
        let texts = Texts::load().unwrap();
        for form in ALL {
            let mut keys = vec![format!("form-{}", form.name)];
            for step in form.steps {
                let key = step.key(form.name);
                match step.when {
                    Must => {}
                    Aside => keys.push(format!("{key}-aside")),
                    After => keys.push(format!("{key}-add")),
                }
                match &step.ask {
                    Scale(prefix, values) | One(prefix, values) | Several(prefix, values) => {
                        keys.extend(values.iter().map(|value| format!("{prefix}-{value}")));
                    }
                    Confirm => keys.push(format!("{key}-yes")),
                    _ => {}
                }
                if step.voiced {
                    keys.push(format!("{key}-child"));
                }
                keys.push(key);
            }
            for language in texts.languages() {
                for key in &keys {
                    assert!(texts.has(language, key), "locales/{language}: {key} is missing");
                }
            }
        }
    }

    #[test]
    fn whatever_a_rule_may_ask_for_some_form_makes() {
        for kind in Kind::ALL {
            for (about, _) in kind.asked() {
                assert!(that_makes(*kind, *about).is_some(), "no form makes {kind} about {about}");
            }
        }
    }

    #[test]
    fn whoever_may_owe_a_record_may_make_it() {
        for kind in Kind::ALL {
            for (about, roles) in kind.asked() {
                let form = that_makes(*kind, *about).unwrap();
                for role in *roles {
                    assert!(tie(form.act, *role).is_some(), "{role} may not make {kind} about {about}");
                }
            }
        }
    }

    #[test]
    fn the_forms_of_a_kind_are_offered_by_the_form_that_makes_it() {
        for form in ALL {
            let Some(kind) = form.makes else { continue };
            let step = form.step("form").or(form.step("way"));
            let Some(Step { ask: One(prefix, words), .. }) = step else { continue };
            assert_eq!(*prefix, kind.as_str(), "{}", form.name);
            assert!(words.iter().all(|word| kind.form(word).is_some()), "{}", form.name);
        }
    }

    #[test]
    fn the_bank_of_questions_stands_between_the_mood_and_the_talk() {
        let bank: Vec<&str> = Question::ALL.iter().map(|it| it.as_str()).collect();
        let expected = [&["mood"][..], &bank, &["talk"]].concat();
        for form in [&CHECKIN, &PAPER] {
            let scales = form.steps.iter().filter(|step| matches!(step.ask, Scale(..)));
            assert_eq!(scales.map(|step| step.name).collect::<Vec<_>>(), expected, "{}", form.name);
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
