//! A chat as a person sees it.

use std::fmt;

use serde::Serialize;

use super::files::FileId;
use super::markup::{Markup, ShownButton};
use super::render;
use super::world::{Media, Message, World};

/// One message as it now stands on the screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// Its number.
    pub message_id: i64,
    /// Said by the bot, not by a person.
    pub from_bot: bool,
    /// Who said it, for groups.
    pub from: String,
    /// The words without any markup; the caption of a picture or a document.
    pub text: String,
    /// The same with bold, links and so on, as safe HTML.
    pub html: String,
    /// The rows of buttons beneath.
    pub buttons: Vec<Vec<ShownButton>>,
    /// A file that came along.
    pub document: Option<ShownFile>,
    /// A picture that came along.
    pub photo: Option<ShownFile>,
    /// Another medium: `sticker`, `voice`, `location` or `contact`.
    pub medium: Option<&'static str>,
    /// When it was sent, in Unix seconds of the sandbox.
    pub date: i64,
    /// It was changed after it was sent.
    pub edited: bool,
    /// It came without a sound.
    pub silent: bool,
    /// It may not be forwarded or saved.
    pub protected: bool,
    /// The message it answers.
    pub reply_to: Option<i64>,
    /// Rises with every message and edit: tells which state of a message is the newer one.
    pub revision: u64,
}

/// A file in a chat. [`Sandbox::download`](super::Sandbox::download) gives its bytes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownFile {
    /// Telegram's `file_id`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: usize,
}

/// What flashed up after a button was pressed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Toast {
    /// The words; empty when the bot only acknowledged.
    pub text: String,
    /// It stays until it is closed.
    pub show_alert: bool,
}

impl Shown {
    pub(super) fn of(world: &World, message: &Message) -> Shown {
        let file = |id: &FileId| world.files.shown(id);
        let (mut document, mut photo, mut medium) = (None, None, None);
        match &message.body.media {
            Some(Media::Document(id)) => document = file(id),
            Some(Media::Photo(id)) => photo = file(id),
            Some(Media::Sticker(_)) => medium = Some("sticker"),
            Some(Media::Voice(_)) => medium = Some("voice"),
            Some(Media::Location { .. }) => medium = Some("location"),
            Some(Media::Contact { .. }) => medium = Some("contact"),
            None => {}
        }
        let buttons = match &message.markup {
            Some(Markup::Inline { rows, .. }) => rows.clone(),
            _ => Vec::new(),
        };
        let person = message.from.and_then(|id| world.people.get(&id));
        Shown {
            message_id: message.id,
            from_bot: message.from.is_none(),
            from: person.map(|person| person.first_name.clone()).unwrap_or_default(),
            text: message.body.text.text.clone(),
            html: render::html(&message.body.text),
            buttons,
            document,
            photo,
            medium,
            date: message.date,
            edited: message.edited_at.is_some(),
            silent: message.silent,
            protected: message.protected,
            reply_to: message.reply_to,
            revision: message.revision,
        }
    }

    /// The first button whose label or data is this, else the first whose label contains it.
    pub(super) fn button(&self, wanted: &str) -> Option<&ShownButton> {
        let all = || self.buttons.iter().flatten();
        let is_it =
            |button: &&ShownButton| button.label == wanted || (!wanted.is_empty() && button.data == wanted);
        all().find(is_it).or_else(|| all().find(|button| button.label.contains(wanted)))
    }
}

/// The text, then one line for each row of buttons: what a snapshot holds.
impl fmt::Display for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        for (kind, file) in [("document", &self.document), ("photo", &self.photo)] {
            if let Some(file) = file {
                lines.push(format!("({kind} {})", file.name));
            }
        }
        lines.extend(self.medium.map(|medium| format!("({medium})")));
        lines.extend((!self.text.is_empty()).then(|| self.text.clone()));
        for row in &self.buttons {
            let labels: Vec<String> = row.iter().map(|button| format!("[{}]", button.label)).collect();
            lines.push(labels.join(" "));
        }
        out.write_str(&lines.join("\n"))
    }
}
