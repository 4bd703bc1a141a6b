//! What people can say, and what is answered. Knows neither Telegram nor SQL: it reads through a [`Desk`] and returns an
//! [`Outcome`]; the loops write, commit and deliver it.
//!
//! - [`router`] takes what was said to the room that answers it: [`join`], [`student`], [`mentor`], [`guardian`],
//!   [`staff`], [`settings`].
//! - [`form`] is the one engine that runs all forms; [`forms`] are the forms, as data.
//! - [`compose`] makes the messages whose state is read again at the moment of sending.

use crate::{
    school::{AccountId, At, PersonId},
    store::{Change, Class},
    text::Phrase,
};

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
    /// Something that is not text, by the word for it: sticker, voice, photo, video, document, location, contact, other.
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
    /// Nothing that wants an answer.
    Nothing,
}
