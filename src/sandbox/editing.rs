//! editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage.

use super::markup::Markup;
use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::sending::{self, LONGEST_TEXT};
use super::wire::Json;
use super::world::{Body, Message, World};

/// Bots cannot delete what is older, in seconds.
const DELETABLE: i64 = 48 * 3600;

impl World {
    pub fn edit_message_text(&mut self, params: &Params) -> Answer {
        let text = sending::text(params)?;
        if text.units() > LONGEST_TEXT {
            return Err(Refusal::bad("MESSAGE_TOO_LONG"));
        }
        let (chat, message) = self.own_message(params)?;
        if message.body.media.is_some() {
            return Err(Refusal::bad("there is no text in the message to edit"));
        }
        let id = message.id;
        self.edit(chat, id, Some(Body { text, media: None }), params)
    }

    pub fn edit_message_caption(&mut self, params: &Params) -> Answer {
        let text = sending::caption(params)?;
        let (chat, message) = self.own_message(params)?;
        let Some(media) = message.body.media.clone() else {
            return Err(Refusal::bad("there is no caption in the message to edit"));
        };
        let id = message.id;
        self.edit(chat, id, Some(Body { text, media: Some(media) }), params)
    }

    pub fn edit_message_reply_markup(&mut self, params: &Params) -> Answer {
        let (chat, message) = self.own_message(params)?;
        let id = message.id;
        self.edit(chat, id, None, params)
    }

    pub fn delete_message(&mut self, params: &Params) -> Answer {
        let chat = self.chat_to_write(params.text("chat_id"))?;
        let id = message_id(params)?;
        let Some(message) = self.message(chat, id) else {
            return Err(Refusal::bad("message to delete not found"));
        };
        if self.now - message.date > DELETABLE {
            return Err(Refusal::bad("message can't be deleted"));
        }
        self.remove(chat, id);
        Ok(true.into())
    }

    /// Replaces what is given. The keyboard goes with every edit: one that is not repeated disappears.
    fn edit(&mut self, chat: i64, message: i64, body: Option<Body>, params: &Params) -> Answer {
        let markup = Markup::read(params.json("reply_markup", "reply keyboard markup")?.as_deref())?;
        if markup.as_ref().is_some_and(|markup| !matches!(markup, Markup::Inline { .. })) {
            return Err(Refusal::bad("inline keyboard expected"));
        }
        let is_same = self.message(chat, message).is_some_and(|old| {
            let inline = old.markup.as_ref().filter(|markup| matches!(markup, Markup::Inline { .. }));
            body.as_ref().is_none_or(|body| *body == old.body) && inline == markup.as_ref()
        });
        if is_same {
            return Err(Refusal::bad(
                "message is not modified: specified new message content and reply markup are exactly the same as a \
                 current content and reply markup of the message",
            ));
        }
        self.change(chat, message, |message| {
            if let Some(body) = body {
                message.body = body;
            }
            message.markup = markup;
        });
        Ok(Json::of(&self.wire_message(chat, message)))
    }

    fn own_message(&self, params: &Params) -> Answer<(i64, &Message)> {
        let chat = self.chat_to_write(params.text("chat_id"))?;
        let id = message_id(params)?;
        match self.message(chat, id) {
            None => Err(Refusal::bad("message to edit not found")),
            Some(message) if message.from.is_some() => Err(Refusal::bad("message can't be edited")),
            Some(message) => Ok((chat, message)),
        }
    }
}

fn message_id(params: &Params) -> Answer<i64> {
    params.integer("message_id").ok_or_else(|| Refusal::bad("message identifier is not specified"))
}
