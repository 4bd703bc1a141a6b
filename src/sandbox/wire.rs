//! The objects that go over the wire, complete enough for a strict parser.

use serde_json::{Map, Value, json};

use super::entities::Entity;
use super::files::FileId;
use super::markup::Markup;
use super::world::{Chat, ChatKind, Media, Message, Person, World};

/// The bot's name in this Telegram.
pub(super) const BOT_USERNAME: &str = "daoyu_sandbox_bot";
const BOT_NAME: &str = "daoyu 导育";

pub(super) fn message(world: &World, chat: &Chat, message: &Message) -> Value {
    let mut out = bare_message(world, chat, message);
    let quoted = message.reply_to.and_then(|id| chat.messages.get(&id));
    if let (Some(quoted), Some(object)) = (quoted, out.as_object_mut()) {
        object.insert("reply_to_message".into(), bare_message(world, chat, quoted));
    }
    out
}

fn bare_message(world: &World, to: &Chat, message: &Message) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| drop(out.insert(name.into(), value));
    put("message_id", message.id.into());
    put("from", message.from.map_or_else(|| bot(world), |id| user_by_id(world, id)));
    put("chat", chat(to));
    put("date", message.date.into());
    if let Some(at) = message.edited_at {
        put("edit_date", at.into());
    }
    let entities: Vec<Value> = message.body.text.entities.iter().map(Entity::wire).collect();
    let (text_field, entities_field) = match &message.body.media {
        None => ("text", "entities"),
        Some(media) => {
            let (name, value) = medium(world, media);
            put(name, value);
            ("caption", "caption_entities")
        }
    };
    if !message.body.text.text.is_empty() {
        put(text_field, message.body.text.text.clone().into());
        if !entities.is_empty() {
            put(entities_field, entities.into());
        }
    }
    if let Some(Markup::Inline { wire, .. }) = &message.markup {
        put("reply_markup", wire.clone());
    }
    if message.protected {
        put("has_protected_content", true.into());
    }
    Value::Object(out)
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

pub(super) fn chat(chat: &Chat) -> Value {
    match chat.kind {
        ChatKind::Private => json!({ "id": chat.id, "type": "private", "first_name": chat.title }),
        ChatKind::Group => json!({
            "id": chat.id, "type": "group", "title": chat.title, "all_members_are_administrators": false,
        }),
        ChatKind::Supergroup => json!({ "id": chat.id, "type": "supergroup", "title": chat.title }),
    }
}

/// What getChat tells in addition.
pub(super) fn full_chat(of: &Chat) -> Value {
    let mut out = chat(of);
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

pub(super) fn user(person: &Person) -> Value {
    json!({
        "id": person.id,
        "is_bot": false,
        "first_name": person.first_name,
        "language_code": person.language_code,
    })
}

pub(super) fn user_by_id(world: &World, id: i64) -> Value {
    world.people.get(&id).map_or(Value::Null, user)
}

pub(super) fn bot(world: &World) -> Value {
    json!({ "id": world.bot_id, "is_bot": true, "first_name": BOT_NAME, "username": BOT_USERNAME })
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
