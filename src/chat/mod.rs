//! What people can say, and what is answered. Knows neither Telegram nor SQL: it reads through a [`Desk`](desk::Desk) and returns an
//! [`Outcome`]; the loops write, commit and deliver it.
//!
//! - [`router`] takes what was said to the room that answers it: [`join`], [`student`], [`mentor`] (with his [`digest`]
//!   and his [`students`]), [`guardian`], [`staff`], [`settings`]; [`feedback`] goes from mentor to family, and [`relay`]
//!   carries the words back and forth.
//! - [`invites`] is who has not joined, and what the head teacher does about it.
//! - [`join`] makes an account a person by a code, and [`rebind`] another account of the same person by a teacher's word.
//! - [`consent`] asks guardians before their children are asked anything; [`paper`] is for those who are not.
//! - [`form`] is the one engine that runs all forms; [`forms`] are the forms, as data, and [`matter`] what they are about.
//!   [`entry`] makes records of most of them; [`evaluation`], [`plan`], [`marks`], [`group`] and [`resolution`] do more.
//! - [`growth_file`] shows what is on record about a student.
//! - [`upload`] takes a roster that the office sends as a file, [`rosters`] gives one back.
//! - [`mydata`] is what is kept about whoever asks, and what can be asked about it.
//! - [`compose`] makes the messages whose state is read again at the moment of sending.

use crate::{
    print::Page,
    school::{AccountId, At, PersonId},
    store::{Change, Class, Tx, Visitor},
    text::Phrase,
};
use futures_util::future::BoxFuture;

mod ahead;
mod buttons;
mod checkin;
pub mod compose;
mod consent;
pub mod desk;
mod digest;
pub mod doors;
mod entry;
mod evaluation;
pub mod feedback;
pub mod filling;
pub mod form;
mod form_screen;
pub mod forms;
mod group;
mod growth_file;
mod guardian;
mod invites;
mod join;
mod lines;
mod list;
mod marks;
mod matter;
mod meeting;
mod mentor;
mod mydata;
mod paper;
mod parked;
mod plan;
mod put_off;
mod rebind;
mod refusal;
mod relay;
mod report;
mod resolution;
pub mod rosters;
pub mod router;
mod settings;
mod staff;
pub mod steps;
mod student;
mod students;
#[cfg(test)]
mod tests;
pub mod upload;

pub use checkin::place as checkin_place;
pub use refusal::{Refusal, Trouble};

/// Something that an account said.
#[derive(Clone, PartialEq, Debug)]
pub struct Incoming {
    /// Who.
    pub account: AccountId,
    /// What.
    pub said: Said,
    /// The language of the person's app, as a first guess (`zh-hans`), or ''.
    pub language: String,
}

/// What can be said, in our words.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// `/name rest`; the name in lower case, without the slash and the bot's own name.
    Command {
        /// The command's name.
        name: String,
        /// What follows it.
        rest: String,
    },
    /// A line of text.
    Text(String),
    /// A button was pressed.
    Press {
        /// The button's data: a reference, never a right.
        data: String,
        /// The press, to answer it.
        query: String,
        /// The message under which the button stands.
        message: i64,
    },
    /// An earlier text was edited.
    Edited(String),
    /// A file.
    Document(File),
    /// Something else that is not text, by the word for it: sticker, voice, photo, video, document, location, contact, other.
    Unexpected(&'static str),
    /// Something in a group; whether it was meant for us.
    Group {
        /// The group.
        chat: i64,
        /// It was a command for this bot.
        to_us: bool,
    },
    /// The person blocked the bot.
    Blocked,
    /// The person unblocked the bot.
    Unblocked,
    /// The group goes on as this one: it grew into a supergroup.
    Moved(AccountId),
    /// Nothing that wants an answer.
    Nothing,
}

/// A file, as the messenger describes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// What the messenger calls it, to fetch it by.
    pub id: String,
    /// What the person calls it.
    pub name: String,
    /// Its bytes, as far as the messenger says.
    pub size: u64,
}

/// What follows from something that was said.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What changes in the books.
    pub changes: Vec<Change>,
    /// What is said, in this order.
    pub messages: Vec<Message>,
    /// What becomes of the account's open form.
    pub form: FormChange,
    /// Who speaks from now on, where the answer changed that: another hat, another language, somebody who just joined.
    pub speaker: Option<Box<Visitor>>,
}

/// Who knows what is answered. There is one, [`router::Router`]; whoever has to see what becomes of an answer that panics or
/// hangs puts another in front of it.
pub trait Answers: Send + Sync {
    /// Works out the answer to one thing that was said.
    fn answer<'a, 'b: 'a>(
        &'a self,
        desk: &'a mut desk::Desk<'b>,
        visitor: &'a Visitor,
        filling: Option<filling::Filling>,
        incoming: &'a Incoming,
    ) -> BoxFuture<'a, anyhow::Result<Outcome>>;

    /// Reads ahead what the answers to a batch will ask of the database, so that it is asked once for all of them.
    fn look_ahead<'a>(
        &'a self,
        tx: &'a mut Tx,
        batch: &'a [(&'a Visitor, &'a Incoming)],
        now: At,
    ) -> BoxFuture<'a, anyhow::Result<()>> {
        let _unused = (tx, batch, now);
        Box::pin(std::future::ready(Ok(())))
    }
}

/// What becomes of the open form.
#[derive(Clone, Debug, Default)]
pub enum FormChange {
    /// It stays as it is.
    #[default]
    Keep,
    /// It stands like this now.
    Set(Box<filling::Filling>),
    /// It is closed.
    Close,
}

/// One message to one person.
#[derive(Clone, Debug)]
pub struct Message {
    /// To whom.
    pub to: To,
    /// What happens to it in the chat.
    pub how: How,
    /// Its words.
    pub phrase: Phrase,
    /// Rows of buttons under it.
    pub buttons: Vec<Vec<Button>>,
    /// What happens when nobody knows whether it arrived.
    pub class: Class,
    /// Under which name it can be found again to be edited.
    pub place: Option<String>,
    /// Whom to tell what became of it.
    pub track: Option<Track>,
}

/// To whom a message goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum To {
    /// The account that spoke.
    Here,
    /// A person, wherever that person can be reached.
    Person(PersonId),
    /// An account that is nobody here, or is not any more, in a language.
    Account(AccountId, String),
}

/// What a message does in the chat.
#[derive(Clone, PartialEq, Debug)]
pub enum How {
    /// It is new.
    Say,
    /// It takes the place of the message under which a button was pressed.
    Edit(i64),
    /// It takes the place of a named message; where that is gone, it is new.
    EditPlace(String),
    /// The buttons under a message leave; its words stay.
    Strip(i64),
    /// The same for a named message; nothing happens where that is gone.
    StripPlace(String),
    /// A few words over the pressed button; an alert has to be closed by hand.
    Toast,
    /// The account's menu of commands, in the person's language.
    Menu(Vec<&'static str>),
    /// A page to print comes as a file of this name, the words beneath it.
    Page(Phrase, Box<Page>),
    /// The roster of these people comes as a file in the person's language; without people, one to fill in.
    Roster(Option<Box<crate::store::Book>>, crate::roster::Written),
    /// A file comes along, by its name and bytes; the words are its caption. Only in what is composed at the moment of
    /// sending: no file is kept in the outbox.
    Document(String, Vec<u8>),
    /// It is made at the moment of sending; what stands here is of no account.
    Composed(Box<compose::Compose>),
}

/// A button.
#[derive(Clone, PartialEq, Debug)]
pub struct Button {
    /// The words on it.
    pub label: Phrase,
    /// What pressing it refers to: at most 64 bytes.
    pub data: String,
}

/// Whom to tell what became of a message.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub enum Track {
    /// A guardian's copy of a feedback.
    Feedback(crate::school::FeedbackId, PersonId),
    /// Words that one person sent another.
    Word(String),
}

/// The result of a handler.
pub type Answer = Result<Outcome, Trouble>;

impl Outcome {
    /// One message and nothing else.
    pub fn say(message: Message) -> Outcome {
        Outcome { messages: vec![message], ..Outcome::default() }
    }

    /// Adds a change.
    pub fn change(mut self, change: Change) -> Outcome {
        self.changes.push(change);
        self
    }

    /// Adds a message.
    pub fn message(mut self, message: Message) -> Outcome {
        self.messages.push(message);
        self
    }

    /// Sets what becomes of the open form.
    pub fn form(mut self, form: FormChange) -> Outcome {
        self.form = form;
        self
    }

    /// From now on this visitor speaks.
    pub fn speaker(mut self, visitor: Visitor) -> Outcome {
        self.speaker = Some(Box::new(visitor));
        self
    }

    /// Everything of both, this one's messages first; the later word about the form counts.
    pub fn and(mut self, other: Outcome) -> Outcome {
        self.changes.extend(other.changes);
        self.messages.extend(other.messages);
        if !matches!(other.form, FormChange::Keep) {
            self.form = other.form;
        }
        self.speaker = other.speaker.or(self.speaker);
        self
    }
}

impl Message {
    /// An answer to the account that spoke.
    pub fn here(phrase: Phrase) -> Message {
        Message {
            to: To::Here,
            how: How::Say,
            phrase,
            buttons: Vec::new(),
            class: Class::Reply,
            place: None,
            track: None,
        }
    }

    /// A few words over the pressed button.
    pub fn toast(phrase: Phrase) -> Message {
        Message { how: How::Toast, ..Message::here(phrase) }
    }

    /// A notice to a person.
    pub fn to(person: &PersonId, phrase: Phrase) -> Message {
        Message { to: To::Person(person.clone()), class: Class::Notice, ..Message::here(phrase) }
    }

    /// No message of its own: the buttons leave the message with this id, or else the named one.
    pub fn strip(message: Option<i64>, place: &str) -> Message {
        let how = message.map_or_else(|| How::StripPlace(place.to_owned()), How::Strip);
        Message { how, ..Message::here(Phrase::new("nothing")) }
    }

    /// What is made at the moment of sending, for the account that spoke.
    pub fn composed(what: compose::Compose) -> Message {
        Message { how: How::Composed(Box::new(what)), ..Message::here(Phrase::new("nothing")) }
    }

    /// In the place of the message under which a button was pressed, or new where no button was.
    pub fn over(mut self, message: Option<i64>) -> Message {
        if let Some(message) = message.filter(|id| *id > 0) {
            self.how = How::Edit(message);
        }
        self
    }

    /// In the place of a named message.
    pub fn over_place(mut self, name: impl Into<String>) -> Message {
        self.how = How::EditPlace(name.into());
        self
    }

    /// With a row of buttons.
    pub fn row(mut self, buttons: Vec<Button>) -> Message {
        self.buttons.push(buttons);
        self
    }

    /// With rows of buttons.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Button>>) -> Message {
        self.buttons.extend(rows);
        self
    }

    /// To be found again under a name.
    pub fn at_place(mut self, name: impl Into<String>) -> Message {
        self.place = Some(name.into());
        self
    }

    /// Telling somebody what becomes of it.
    pub fn tracked(mut self, track: Track) -> Message {
        self.track = Some(track);
        self
    }
}

impl Button {
    /// A button with a label and what it refers to.
    pub fn new(label: Phrase, data: impl Into<String>) -> Button {
        Button { label, data: data.into() }
    }

    /// A button whose label is a key without variables.
    pub fn key(key: impl Into<std::borrow::Cow<'static, str>>, data: impl Into<String>) -> Button {
        Button::new(Phrase::new(key), data)
    }
}
