//! Genuine updates of every kind that Telegram may send, to have something to spoil.

use serde_json::{Value, json};
use std::ops::Range;

/// The people of whom they tell.
pub const PEOPLE: Range<i64> = 6000..6020;

/// One of each kind, about this person.
pub fn updates(id: i64) -> Vec<Value> {
    let from = json!({ "id": id, "is_bot": false, "first_name": "谁", "language_code": "zh-hans" });
    let chat = json!({ "id": id, "type": "private", "first_name": "谁" });
    let group = json!({ "id": -100_000 - id, "type": "group", "title": "群" });
    let file = json!({ "file_id": "AgAD", "file_unique_id": "x", "file_size": 10, "width": 1, "height": 1 });
    let message = |more: Value| {
        let mut message = json!({ "message_id": 5, "date": 1_790_000_000, "chat": chat, "from": from });
        merge(&mut message, more);
        message
    };
    let in_group = |more: Value| {
        let mut message = json!({ "message_id": 6, "date": 1_790_000_000, "chat": group, "from": from });
        merge(&mut message, more);
        message
    };
    let member = |status: &str| {
        let user = json!({ "id": 7_000_000_001_i64, "is_bot": true, "first_name": "导育" });
        json!({
            "chat": chat, "from": from, "date": 1_790_000_000,
            "old_chat_member": { "user": user, "status": "member" },
            "new_chat_member": { "user": user, "status": status, "until_date": 0 },
        })
    };
    vec![
        json!({ "message": message(json!({ "text": "您好" })) }),
        json!({ "message": message(json!({ "text": "/help", "entities": [{ "type": "bot_command", "offset": 0, "length": 5 }] })) }),
        json!({ "message": message(json!({ "text": "/start AbcdefghijklmnopqrstuV" })) }),
        json!({ "edited_message": message(json!({ "text": "您早", "edit_date": 1_790_000_001 })) }),
        json!({ "message": message(json!({ "photo": [file, file], "caption": "图" })) }),
        json!({ "message": message(json!({ "document": { "file_id": "B", "file_name": "a.csv", "mime_type": "text/csv" } })) }),
        json!({ "message": message(json!({ "voice": { "file_id": "V", "duration": 3 } })) }),
        json!({ "message": message(json!({ "sticker": { "file_id": "S", "emoji": "👍" } })) }),
        json!({ "message": message(json!({ "location": { "latitude": 31.2, "longitude": 121.4 } })) }),
        json!({ "message": message(json!({ "contact": { "phone_number": "13800000000", "first_name": "谁" } })) }),
        json!({ "message": message(json!({ "pinned_message": { "message_id": 4 } })) }),
        json!({ "message": in_group(json!({ "text": "@daoyu_sandbox_bot 您好" })) }),
        json!({ "message": in_group(json!({ "text": "/help@daoyu_sandbox_bot" })) }),
        json!({ "message": in_group(json!({ "migrate_to_chat_id": -200_000 - id })) }),
        json!({ "my_chat_member": member("kicked") }),
        json!({ "my_chat_member": member("member") }),
        json!({ "callback_query": {
            "id": "77", "from": from, "chat_instance": "1", "data": "f:12345678:mood:3",
            "message": message(json!({ "text": "心情怎么样" })),
        } }),
        json!({ "callback_query": {
            "id": "78", "from": from, "chat_instance": "1", "data": "overview:",
            "message": { "chat": chat, "message_id": 5, "date": 0 },
        } }),
    ]
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}
