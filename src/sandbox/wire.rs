//! The objects that go over the wire, complete enough for a strict parser.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::entities::Entity;
use super::files::FileId;
use super::markup::Markup;
use super::world::{Chat, ChatKind, Media, Message, World};

/// The bot's name in this Telegram.
pub(super) const BOT_USERNAME: &str = "daoyu_sandbox_bot";
pub(super) const BOT_NAME: &str = "daoyu 导育";

/// JSON as text, written once and passed on as it is.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct Json(Box<RawValue>);

impl Json {
    pub fn of(value: &impl Serialize) -> Json {
        // Nothing here has keys that are no text, which is all that could go wrong.
        Json(to_raw_value(value).unwrap_or_default())
    }

    pub fn text(&self) -> &str {
        self.0.get()
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        self.text() == other.text()
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Json {
        Json::of(&value)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::of(&value)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.text())
    }
}

/// A message in its chat, with the one that it answers.
pub(super) struct MessageIn<'a> {
    world: &'a World,
    chat: &'a Chat,
    message: &'a Message,
    quotes: bool,
}

pub(super) fn message<'a>(world: &'a World, chat: &'a Chat, message: &'a Message) -> MessageIn<'a> {
    MessageIn { world, chat, message, quotes: true }
}

impl Serialize for MessageIn<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let MessageIn { world, message, .. } = *self;
        let mut out = to.serialize_map(None)?;
        out.serialize_entry("message_id", &message.id)?;
        match message.from {
            None => out.serialize_entry("from", &bot(world))?,
            Some(id) => out.serialize_entry("from", &user_by_id(world, id))?,
        }
        out.serialize_entry("chat", &chat(self.chat))?;
        out.serialize_entry("date", &message.date)?;
        if let Some(at) = message.edited_at {
            out.serialize_entry("edit_date", &at)?;
        }
        let (text_field, entities_field) = match &message.body.media {
            None => ("text", "entities"),
            Some(media) => {
                let (name, value) = medium(world, media);
                out.serialize_entry(name, &value)?;
                ("caption", "caption_entities")
            }
        };
        let text = &message.body.text;
        if !text.text.is_empty() {
            out.serialize_entry(text_field, &text.text)?;
            if !text.entities.is_empty() {
                out.serialize_entry(entities_field, &text.entities)?;
            }
        }
        if let Some(Markup::Inline { wire, .. }) = &message.markup {
            out.serialize_entry("reply_markup", wire)?;
        }
        if message.protected {
            out.serialize_entry("has_protected_content", &true)?;
        }
        let quoted = message.reply_to.filter(|_| self.quotes).and_then(|id| self.chat.messages.get(&id));
        if let Some(message) = quoted {
            out.serialize_entry("reply_to_message", &MessageIn { message, quotes: false, ..*self })?;
        }
        out.end()
    }
}

impl Serialize for Entity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut out = to.serialize_map(None)?;
        out.serialize_entry("type", self.kind)?;
        out.serialize_entry("offset", &self.offset)?;
        out.serialize_entry("length", &self.length)?;
        if let Some(detail) = &self.detail {
            out.serialize_entry(if self.kind == "pre" { "language" } else { "url" }, detail)?;
        }
        out.end()
    }
}

/// A press of a button under this message of the person's chat, which may be gone.
pub(super) fn query(world: &World, id: &str, by: i64, message_id: i64, data: &str) -> Json {
    #[derive(Serialize)]
    struct Query<'a> {
        id: &'a str,
        from: Option<UserIn<'a>>,
        message: Pressed<'a>,
        chat_instance: String,
        data: &'a str,
    }
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Pressed<'a> {
        There(MessageIn<'a>),
        Gone { chat: Option<ChatIn<'a>>, message_id: i64, date: i64 },
    }
    let gone = || Pressed::Gone { chat: world.chats.get(&by).map(chat), message_id, date: 0 };
    Json::of(&Query {
        id,
        from: user_by_id(world, by),
        message: world.wire_message(by, message_id).map_or_else(gone, Pressed::There),
        chat_instance: by.wrapping_mul(2_654_435_761).to_string(),
        data,
    })
}

fn medium(world: &World, media: &Media) -> (&'static str, Value) {
    let file = |id: &FileId| world.files.wire(id);
    match media {
        Media::Photo(id) => ("photo", json!([file(id)])),
        Media::Document(id) => ("document", file(id)),
        Media::Sticker(id) => ("sticker", file(id)),
        Media::Voice(id) => ("voice", file(id)),
        Media::Location { latitude, longitude } => {
            ("location", json!({ "latitude": latitude, "longitude": longitude }))
        }
        Media::Contact { phone, first_name } => {
            ("contact", json!({ "phone_number": phone, "first_name": first_name }))
        }
    }
}

/// A chat, as far as a message names it.
#[derive(Serialize)]
pub(super) struct ChatIn<'a> {
    id: i64,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all_members_are_administrators: Option<bool>,
}

pub(super) fn chat(chat: &Chat) -> ChatIn<'_> {
    let title = Some(chat.title.as_str());
    let bare = ChatIn {
        id: chat.id,
        kind: "supergroup",
        first_name: None,
        title: None,
        all_members_are_administrators: None,
    };
    match chat.kind {
        ChatKind::Private => ChatIn { kind: "private", first_name: title, ..bare },
        ChatKind::Group => {
            ChatIn { kind: "group", title, all_members_are_administrators: Some(false), ..bare }
        }
        ChatKind::Supergroup => ChatIn { title, ..bare },
    }
}

/// What getChat tells in addition.
pub(super) fn full_chat(of: &Chat) -> Value {
    let mut out = json!(chat(of));
    if let Some(object) = out.as_object_mut() {
        let gifts = json!({
            "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
        });
        object.insert("accepted_gift_types".into(), gifts);
        object.insert("accent_color_id".into(), 0.into());
        object.insert("max_reaction_count".into(), 11.into());
        if of.kind != ChatKind::Private {
            object.insert("permissions".into(), json!({ "can_send_messages": true }));
        }
    }
    out
}

/// Somebody with an account, a bot included.
#[derive(Serialize)]
pub(super) struct UserIn<'a> {
    id: i64,
    is_bot: bool,
    first_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_code: Option<&'a str>,
}

pub(super) fn user_by_id(world: &World, id: i64) -> Option<UserIn<'_>> {
    world.people.get(&id).map(|person| UserIn {
        id: person.id,
        is_bot: false,
        first_name: &person.first_name,
        username: None,
        language_code: Some(&person.language_code),
    })
}

pub(super) fn bot(world: &World) -> UserIn<'static> {
    UserIn {
        id: world.bot_id,
        is_bot: true,
        first_name: BOT_NAME,
        username: Some(BOT_USERNAME),
        language_code: None,
    }
}

pub(super) fn me(world: &World) -> Value {
    json!({
        "id": world.bot_id,
        "is_bot": true,
        "first_name": BOT_NAME,
        "username": BOT_USERNAME,
        "can_join_groups": true,
        "can_read_all_group_messages": false,
        "supports_inline_queries": false,
        "can_connect_to_business": false,
        "has_main_web_app": false,
    })
}

/// The bot's membership in a private chat has changed: the person blocked it, or let it in again.
pub(super) fn my_chat_member(world: &World, in_chat: &Chat, by: i64, now_blocked: bool) -> Value {
    let member = |kicked: bool| match kicked {
        true => json!({ "user": bot(world), "status": "kicked", "until_date": 0 }),
        false => json!({ "user": bot(world), "status": "member" }),
    };
    json!({
        "chat": chat(in_chat),
        "from": user_by_id(world, by),
        "date": world.now,
        "old_chat_member": member(!now_blocked),
        "new_chat_member": member(now_blocked),
    })
}
