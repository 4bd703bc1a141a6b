//! What a form is made of: steps, as data.

use super::{
    Message, Refusal, Trouble,
    desk::{Around, Desk},
    filling::Filling,
};
use crate::{
    school::Act,
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
    /// Whether it can be about a student at all: asked when one is picked, before anybody writes a word.
    pub suits: fn(&Around) -> Result<(), Refusal>,
    /// The steps.
    pub steps: &'static [Step],
    /// What [`Ask::Confirm`] shows.
    pub preview: Option<fn(&Hat, &Filling) -> Phrase>,
    /// From the answers to records and messages. Called when all that must be answered is, and again (under the same
    /// record id) for each thing added afterwards.
    pub finish: Finish,
}

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
}

/// When a step is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Always; the form is finished when all of these are answered.
    Must,
    /// Only if its button under the steps before is pressed.
    Aside,
    /// After the form is finished, by a button under the receipt; the first text among them may simply be typed.
    After,
}

/// What a step asks. Options are words; their labels are the keys `<prefix>-<word>`.
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
    /// One of the last seven days.
    Day,
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
