//! What the loops ask of a messenger. Telegram is the only one today; tests bring none of their own, they run
//! Telegram's implementation against the sandbox.

use crate::{chat::Incoming, school::AccountId};
use futures_util::future::BoxFuture;

/// A messenger through which people are reached.
pub trait Channel: Send + Sync {
    /// The final call for a message: pure, so that it can be kept in the outbox before anything is sent.
    fn call(&self, to: &AccountId, what: &Rendered) -> Call;

    /// Makes a call once. Never retries, never waits for a limit: the outbox decides about both.
    fn send<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Delivery>;

    /// Answers a press: the few words go over the button, or nothing but the end of the spinner.
    fn answer_press<'a>(&'a self, query: &'a str, toast: &'a str) -> BoxFuture<'a, Delivery>;

    /// The call with the message id of the place it edits. For `None`, since the place is gone, an edit becomes a new
    /// message, and there is nothing left to do (an empty method) about its buttons.
    fn aim(&self, call: Call, message: Option<i64>) -> Call;

    /// The same call to another account: the chat has moved there.
    fn readdress(&self, call: Call, to: &AccountId) -> Call;

    /// The same message without markup: for when [`Refused::Markup`] came back.
    fn plain(&self, call: &Call) -> Call;

    /// Whether a second copy of the call does no harm: it changes what is there and adds nothing.
    fn repeatable(&self, call: &Call) -> bool;

    /// The link that opens the bot with a one-time code; `None` while nobody has told us our name.
    fn join_link(&self, code: &str) -> Option<String>;
    /// Fetches a file that somebody sent, by what the messenger calls it, if it has no more than so many bytes.
    fn fetch<'a>(&'a self, file: &'a str, most: usize) -> BoxFuture<'a, Result<Vec<u8>, Unfetched>>;

    /// Reads one raw update as it was kept.
    fn hear(&self, raw: &str) -> Heard;
}

/// Takes in what a messenger has heard.
pub trait Intake: Send + Sync {
    /// Keeps raw updates; returns once they are committed, and only then are they confirmed to the messenger. None at all
    /// says that the messenger was heard and has nothing new.
    fn take(&self, raws: Vec<String>) -> BoxFuture<'_, anyhow::Result<()>>;
}

/// A message in a person's language, ready for any messenger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// What to do.
    pub how: RenderedHow,
    /// Telegram's HTML.
    pub html: String,
    /// Rows of buttons under it.
    pub buttons: Vec<Vec<RenderedButton>>,
    /// Arrives without a sound.
    pub silent: bool,
}

/// What becomes of a rendered message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RenderedHow {
    /// A new message.
    Say,
    /// The message with this id changes.
    Edit(i64),
    /// The message at a named place changes; its id is filled in at the moment of sending ([`Channel::aim`]).
    EditPlace,
    /// The buttons under the message with this id leave; 0 stands for a named place.
    Strip(i64),
    /// A document: file name and content; `html` is its caption.
    Document(String, Vec<u8>),
    /// The account's menu of commands (name, description); `html` and `buttons` are empty.
    Menu(Vec<(String, String)>),
}

/// A button with its label in the person's language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RenderedButton {
    /// The words on it.
    pub label: String,
    /// What pressing it does.
    pub press: Press,
}

/// What pressing a button does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Press {
    /// Comes back to us: at most 64 bytes.
    Data(String),
    /// Opens a link.
    Url(String),
}

/// A call of the messenger: a method and its JSON body, as kept in the outbox.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// The method.
    pub method: String,
    /// The JSON body.
    pub body: String,
}

/// What became of one call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// It has arrived; the id of the message, where there is one.
    Sent(Option<i64>),
    /// It will never arrive like this.
    Refused(Refused, String),
    /// Not now: after so many seconds. Nothing was sent.
    Wait(u32),
    /// Nothing was sent (no connection, or a plain 5xx before any effect is known): safe to repeat.
    NotSent(String),
    /// It may or may not have arrived (a read timeout, a reset, a 5xx after the request was read).
    Unknown(String),
}

/// Why a file did not come.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unfetched {
    /// It is larger than was asked for, or than a bot can have.
    #[error("the file is too large")]
    TooLarge,
    /// Not now, or not any more.
    #[error("the file did not come: {0}")]
    Failed(String),
}

/// Why a messenger refuses a call for good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// The person blocked the bot, or the account is gone: the address is unreachable.
    Unreachable,
    /// The edit changes nothing: as good as sent.
    Unchanged,
    /// The message to edit is gone.
    Gone,
    /// The markup could not be read: fall back to plain text.
    Markup,
    /// The press is too old to be answered.
    StalePress,
    /// The chat goes on as this account: a group became a supergroup.
    Moved(AccountId),
    /// Anything else.
    Other,
}

/// A raw update, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Heard {
    /// Telegram's number of it.
    pub update: i64,
    /// Whose it is; updates that belong to nobody share one account and are answered with silence.
    pub account: AccountId,
    /// What was said, in our words; `None` for what cannot be understood: it is set aside.
    pub said: Option<Incoming>,
}
