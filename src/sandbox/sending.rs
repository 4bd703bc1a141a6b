//! sendMessage, sendPhoto, sendDocument.

use super::entities::{Entity, Formatted};
use super::files::Kind;
use super::markup::Markup;
use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::render::find_links;
use super::wire::Json;
use super::world::{Body, Media, Shape, World};

/// In UTF-16 units, counted when the markup has been read.
pub(super) const LONGEST_TEXT: usize = 4096;
pub(super) const LONGEST_CAPTION: usize = 1024;

impl World {
    pub fn send_message(&mut self, params: &Params) -> Answer {
        let chat = self.chat_to_write(params.text("chat_id"))?;
        let text = text(params)?;
        if text.units() > LONGEST_TEXT {
            return Err(Refusal::bad("message is too long"));
        }
        self.send(chat, Body { text, media: None }, params)
    }

    pub fn send_photo(&mut self, params: &Params) -> Answer {
        let chat = self.chat_to_write(params.text("chat_id"))?;
        let text = caption(params)?;
        let photo = self.file_to_send(Kind::Photo, "photo", params)?;
        self.send(chat, Body { text, media: Some(Media::Photo(photo)) }, params)
    }

    pub fn send_document(&mut self, params: &Params) -> Answer {
        let chat = self.chat_to_write(params.text("chat_id"))?;
        let text = caption(params)?;
        let document = self.file_to_send(Kind::Document, "document", params)?;
        self.send(chat, Body { text, media: Some(Media::Document(document)) }, params)
    }

    fn send(&mut self, chat: i64, body: Body, params: &Params) -> Answer {
        let shape = Shape {
            markup: Markup::read(params.json("reply_markup", "reply keyboard markup")?.as_deref())?,
            silent: params.flag("disable_notification"),
            protected: params.flag("protect_content"),
            reply_to: self.reply_to(chat, params)?,
        };
        let id = self.add(chat, None, body, shape);
        Ok(Json::of(&self.wire_message(chat, id)))
    }

    fn reply_to(&self, chat: i64, params: &Params) -> Answer<Option<i64>> {
        let (id, may_be_gone) = match params.json("reply_parameters", "reply parameters")? {
            Some(reply) => {
                let may_be_gone = reply.get("allow_sending_without_reply").and_then(|flag| flag.as_bool());
                (reply.get("message_id").and_then(|id| id.as_i64()), may_be_gone.unwrap_or_default())
            }
            None => (params.integer("reply_to_message_id"), params.flag("allow_sending_without_reply")),
        };
        match id {
            Some(id) if self.message(chat, id).is_some() => Ok(Some(id)),
            Some(_) if !may_be_gone => Err(Refusal::bad("message to be replied not found")),
            _ => Ok(None),
        }
    }
}

/// The text of a message; an empty one is refused, its length is for the caller to judge.
pub(super) fn text(params: &Params) -> Answer<Formatted> {
    let text = formatted(params, "text", "entities")?;
    match text.text.is_empty() {
        true => Err(Refusal::bad("message text is empty")),
        false => Ok(text),
    }
}

pub(super) fn caption(params: &Params) -> Answer<Formatted> {
    let caption = formatted(params, "caption", "caption_entities")?;
    match caption.units() > LONGEST_CAPTION {
        true => Err(Refusal::bad("message caption is too long")),
        false => Ok(caption),
    }
}

/// HTML or none: the two modes this house writes. Markdown is refused like any unknown mode.
fn formatted(params: &Params, field: &str, entities_field: &str) -> Answer<Formatted> {
    let source = params.text(field).unwrap_or_default();
    let mode = params.text("parse_mode").unwrap_or_default().to_ascii_lowercase();
    let formatted = match mode.as_str() {
        "html" => Formatted::html(&source)?,
        "" | "none" => {
            let listed = params.json(entities_field, "message entities")?;
            let entities =
                listed.iter().filter_map(|list| list.as_array()).flatten().filter_map(Entity::listed);
            Formatted::with(&source, entities.collect())
        }
        _ => return Err(Refusal::bad("unsupported parse_mode")),
    };
    Ok(find_links(formatted))
}
