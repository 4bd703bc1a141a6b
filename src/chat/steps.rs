//! What a form is made of: steps, as data.

use super::{
    Message, Refusal, Trouble,
    desk::{Around, Desk},
    filling::Filling,
};
use crate::{
    school::{About, Act, Kind},
    store::{Change, Hat},
    text::Phrase,
};
use futures_util::future::BoxFuture;

/// A form: its steps in the order in which a person sees them.
pub struct Form {
    /// Its name; its texts derive from it (`form-talk-topics`).
    pub name: &'static str,
    /// The right it takes, asked again when it is finished.
    pub act: Act,
    /// What it is about.
    pub about: About,
    /// The record that it makes and that a rule may ask for; `None` for other words.
    pub makes: Option<Kind>,
    /// Whether it can be about a student at all: asked when one is picked, before anybody writes a word.
    pub suits: fn(&Around) -> Result<(), Refusal>,
    /// The steps.
    pub steps: &'static [Step],
    /// What is worth reading before it is filled in, once it is known what it is about.
    pub brief: Option<Brief>,
    /// What [`Ask::Confirm`] shows.
    pub preview: Option<fn(&Hat, &Filling) -> Phrase>,
    /// From the answers to records and messages. Called when all that must be answered is, and again (under the same
    /// record id) for each thing added afterwards.
    pub finish: Finish,
}

impl Form {
    /// The steps that are asked, given the answers so far.
    pub fn asked<'a>(&self, filling: &'a Filling) -> impl Iterator<Item = &'static Step> + use<'a> {
        self.steps.iter().filter(|step| filling.asks(step))
    }

    /// What may simply be typed once the form is finished: a line. Whatever else may follow is asked for by its button, so that
    /// no word lands where nobody meant it.
    pub fn line(&self, filling: &Filling) -> Option<&'static Step> {
        self.asked(filling).find(|step| step.when == When::After && step.name == "line")
    }

    /// The step of this name.
    pub fn step(&self, name: &str) -> Option<&'static Step> {
        self.steps.iter().find(|step| step.name == name)
    }
}

/// What is shown above a form.
pub type Brief =
    for<'a> fn(&'a mut Desk<'_>, &'a Hat, &'a Filling) -> BoxFuture<'a, Result<Message, Trouble>>;

/// How a form is finished.
pub type Finish =
    for<'a> fn(&'a mut Desk<'_>, &'a Hat, &'a Filling) -> BoxFuture<'a, Result<Finished, Trouble>>;

/// One step of a form.
pub struct Step {
    /// Its name, at most ten letters.
    pub name: &'static str,
    /// When it is asked.
    pub when: When,
    /// What is asked.
    pub ask: Ask,
    /// The step, and the answer to it, without which it is not asked.
    pub only_if: Option<(&'static str, &'static str)>,
    /// Whether it says what the step of this name says in every form.
    pub common: bool,
    /// Whether a filling may ask it in a voice of its own.
    pub voiced: bool,
}

/// A step that is always asked.
pub const fn must(name: &'static str, ask: Ask) -> Step {
    Step { name, when: When::Must, ask, only_if: None, common: false, voiced: false }
}

/// A step that is asked if its button is pressed.
pub const fn aside(name: &'static str, ask: Ask) -> Step {
    Step { name, when: When::Aside, ask, only_if: None, common: false, voiced: false }
}

/// A step that may follow when the form is finished.
pub const fn after(name: &'static str, ask: Ask) -> Step {
    Step { name, when: When::After, ask, only_if: None, common: false, voiced: false }
}

impl Step {
    /// The same step, asked only where another was answered so.
    pub const fn only_if(self, step: &'static str, answer: &'static str) -> Step {
        Step { only_if: Some((step, answer)), ..self }
    }

    /// The same step, in words that all forms share: `step-day` and not `form-talk-day`.
    pub const fn common(self) -> Step {
        Step { common: true, ..self }
    }

    /// The same step, which has other words for each voice of a filling: `form-checkin-study-child`.
    pub const fn voiced(self) -> Step {
        Step { voiced: true, ..self }
    }

    /// The key of its question; those of its buttons begin with it.
    pub fn key(&self, form: &str) -> String {
        match self.common {
            true => format!("step-{}", self.name),
            false => format!("form-{form}-{}", self.name),
        }
    }
}

/// When a step is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Always; the form is finished when all of these are answered.
    Must,
    /// Only if its button under the steps before is pressed.
    Aside,
    /// After the form is finished, by a button under the receipt; a line ([`Form::line`]) may simply be typed.
    After,
}

/// What a step asks. Options are words; their labels are the keys `<prefix>-<word>`.
#[derive(Clone, Copy)]
pub enum Ask {
    /// One of a few, side by side.
    Scale(&'static str, &'static [&'static str]),
    /// One of several, two to a row.
    One(&'static str, &'static [&'static str]),
    /// Any of several, then "done".
    Several(&'static str, &'static [&'static str]),
    /// One of the own students.
    Student,
    /// More of the own students, then "done".
    Students,
    /// One of the classes or groups that the person answers for.
    Matter,
    /// One of the exams that are in the calendar and have begun, the latest first.
    Exam,
    /// One of the staff who work with the class, or in the school.
    Colleague,
    /// One of the last seven days.
    Day,
    /// One of the school days ahead.
    Ahead,
    /// Own words, at most so many characters.
    Text(usize),
    /// The preview, to be confirmed.
    Confirm,
}

/// A finished form.
pub struct Finished {
    /// What changes.
    pub changes: Vec<Change>,
    /// What the person sees instead of the form; the buttons of the steps that may follow come above its own.
    pub receipt: Message,
    /// What others are told.
    pub messages: Vec<Message>,
}
