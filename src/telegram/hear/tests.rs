//! One table: what Telegram sends, what we hear.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const US: &str = "daoyu_bot";

fn li() -> Value {
    json!({"id": 7, "is_bot": false, "first_name": "雷", "last_name": "李", "username": "li_lei", "language_code": "zh-hans"})
}

fn private() -> Value {
    json!({"id": 7, "first_name": "雷", "last_name": "李", "username": "li_lei", "type": "private"})
}

fn group() -> Value {
    json!({"id": -1001234567890_i64, "title": "七年级三班", "type": "supergroup"})
}

fn message(chat: Value, more: Value) -> Value {
    let mut message = json!({"message_id": 365, "from": li(), "chat": chat, "date": 1790000000});
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    message
}

fn update(kind: &str, what: Value) -> Value {
    json!({"update_id": 10_000, kind: what})
}

fn said_privately(more: Value) -> Said {
    heard(&update("message", message(private(), more))).1
}

/// The account and what it said; every update of these tables has the same number.
fn heard(update: &Value) -> (String, Said) {
    let heard = hear(&update.to_string(), Some(US));
    assert_eq!(heard.update, 10_000);
    let incoming = heard.said.unwrap();
    assert_eq!(incoming.account, heard.account);
    (heard.account.to_string(), incoming.said)
}

fn command_of(name: &str, rest: &str) -> Said {
    Said::Command { name: name.into(), rest: rest.into() }
}

#[test]
fn text_is_text_or_a_command() {
    for (text, said) in [
        ("我想和老师谈谈", Said::Text("我想和老师谈谈".into())),
        ("/start abc_DEF-1", command_of("start", "abc_DEF-1")),
        ("/Help", command_of("help", "")),
        ("/checkin@daoyu_bot  好\n的 ", command_of("checkin", "好\n的")),
        ("/checkin@Other_Bot now", command_of("checkin", "now")),
        ("/start\u{3000}x", command_of("start", "x")),
        ("/帮助", Said::Text("/帮助".into())),
        ("/", Said::Text("/".into())),
        ("/ help", Said::Text("/ help".into())),
        ("/home/li", Said::Text("/home/li".into())),
        ("/help@", Said::Text("/help@".into())),
        (" /help", Said::Text(" /help".into())),
        ("", Said::Text("".into())),
    ] {
        assert_eq!(said_privately(json!({"text": text})), said, "{text}");
    }
    let long = "好".repeat(100_000);
    assert_eq!(said_privately(json!({"text": long})), Said::Text(long));
}

#[test]
fn the_language_of_the_app_comes_along() {
    let update = update("message", message(private(), json!({"text": "hi"}))).to_string();
    assert_eq!(hear(&update, None).said.unwrap().language, "zh-hans");
    assert_eq!(hear(&update.replace("language_code", "x"), None).said.unwrap().language, "");
}

#[test]
fn what_is_not_text_has_a_word() {
    let file = || json!({"file_id": "AgAD", "file_unique_id": "x", "duration": 3});
    for (more, word) in [
        (json!({"sticker": {"file_id": "CAAC", "emoji": "👍", "width": 512, "height": 512}}), "sticker"),
        (json!({"voice": file()}), "voice"),
        (json!({"audio": file()}), "voice"),
        (json!({"video_note": file()}), "video"),
        (json!({"video": file(), "caption": "看"}), "video"),
        (json!({"animation": file(), "document": file()}), "video"),
        (json!({"photo": [file(), file()], "caption": "/help"}), "photo"),
        (json!({"document": {"mime_type": "text/csv"}}), "document"),
        (json!({"location": {"latitude": 31.2, "longitude": 121.5}}), "location"),
        (json!({"venue": {"title": "校门"}, "location": {"latitude": 31.2, "longitude": 121.5}}), "location"),
        (json!({"contact": {"phone_number": "+86", "first_name": "雷"}}), "contact"),
        (json!({"poll": {"id": "1"}}), "other"),
        (json!({"dice": {"emoji": "🎲", "value": 3}}), "other"),
    ] {
        assert_eq!(said_privately(more.clone()), Said::Unexpected(word), "{more}");
    }
    let file = |name: &str, size| File { id: "AgAD".into(), name: name.into(), size };
    let named = json!({"file_id": "AgAD", "file_name": "花名册.xlsx", "file_size": 512, "mime_type": "x", "thumb": {}});
    assert_eq!(said_privately(json!({"document": named})), Said::Document(file("花名册.xlsx", 512)));
    assert_eq!(said_privately(json!({"document": {"file_id": "AgAD"}})), Said::Document(file("", 0)));
    for more in [
        json!({"pinned_message": {"message_id": 1, "date": 0}}),
        json!({"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}),
        json!({"something_of_next_year": {"a": [1, 2]}}),
    ] {
        assert_eq!(said_privately(more.clone()), Said::Nothing, "{more}");
    }
}

#[test]
fn an_edited_text_is_told_and_other_edits_are_not() {
    let edited = |more| heard(&update("edited_message", message(private(), more)));
    assert_eq!(
        edited(json!({"text": "/checkin 好", "edit_date": 1})),
        ("tg:7".into(), Said::Edited("/checkin 好".into()))
    );
    assert_eq!(edited(json!({"location": {"latitude": 31.2, "longitude": 121.5}})).1, Said::Nothing);
    let in_group = update("edited_message", message(group(), json!({"text": "@daoyu_bot"})));
    assert_eq!(heard(&in_group), ("tg:-1001234567890".into(), Said::Nothing));
}

#[test]
fn a_press_names_its_message_if_there_still_is_one() {
    let press = |message: Option<Value>, data: Option<&str>| {
        let mut query = json!({"id": "4382bfdwdsb323b2d9", "from": li(), "chat_instance": "-3"});
        if let Some(message) = message {
            query["message"] = message;
        }
        if let Some(data) = data {
            query["data"] = data.into();
        }
        heard(&update("callback_query", query))
    };
    let pressed = |who: &str, data: &str, message| {
        (who.to_owned(), Said::Press { data: data.into(), query: "4382bfdwdsb323b2d9".into(), message })
    };
    let here = json!({"message_id": 366, "from": {"id": 1, "is_bot": true}, "chat": private(), "date": 1790000000, "text": "x"});
    let inaccessible = json!({"message_id": 366, "chat": private(), "date": 0});
    let there = json!({"message_id": 9, "chat": group(), "date": 1790000000});
    assert_eq!(press(Some(here.clone()), Some("talk:1")), pressed("tg:7", "talk:1", 366));
    assert_eq!(press(Some(inaccessible), Some("talk:1")), pressed("tg:7", "talk:1", 0));
    assert_eq!(press(None, Some("talk:1")), pressed("tg:7", "talk:1", 0));
    assert_eq!(press(Some(here), None), pressed("tg:7", "", 366));
    assert_eq!(press(Some(there), Some("x")), pressed("tg:-1001234567890", "x", 9));
}

#[test]
fn blocking_is_heard_in_private_chats_alone() {
    let member = |chat, status: &str| {
        let user = json!({"id": 1, "is_bot": true, "first_name": "导育", "username": US});
        heard(&update(
            "my_chat_member",
            json!({"chat": chat, "from": li(), "date": 1790000000,
                   "old_chat_member": {"user": user, "status": "member"},
                   "new_chat_member": {"user": user, "status": status, "until_date": 0}}),
        ))
    };
    assert_eq!(member(private(), "kicked"), ("tg:7".into(), Said::Blocked));
    assert_eq!(member(private(), "member"), ("tg:7".into(), Said::Unblocked));
    assert_eq!(member(private(), "administrator"), ("tg:7".into(), Said::Nothing));
    assert_eq!(member(group(), "kicked"), ("tg:-1001234567890".into(), Said::Nothing));
}

#[test]
fn a_group_is_heard_as_a_group() {
    let chat = -1001234567890;
    for (text, said) in [
        ("大家好", Said::Group { chat, to_us: false }),
        ("/help", Said::Group { chat, to_us: false }),
        ("/help@daoyu_bot", Said::Group { chat, to_us: true }),
        ("/help@DAOYU_bot now", Said::Group { chat, to_us: true }),
        ("/help@other_bot @daoyu_bot", Said::Nothing),
        ("问问@daoyu_bot吧", Said::Group { chat, to_us: true }),
        ("@daoyu_bot2", Said::Group { chat, to_us: false }),
        ("a@daoyu@daoyu_bot.", Said::Group { chat, to_us: true }),
    ] {
        let update = update("message", message(group(), json!({"text": text})));
        assert_eq!(heard(&update), (format!("tg:{chat}"), said), "{text}");
    }
    let update = update("message", message(group(), json!({"text": "/help@daoyu_bot"}))).to_string();
    assert_eq!(hear(&update, None).said.unwrap().said, Said::Nothing, "as long as we do not know our name");
}

#[test]
fn what_belongs_to_nobody_is_nothing() {
    let channel = json!({"id": -100, "title": "通知", "type": "channel"});
    for update in [
        update("channel_post", message(channel.clone(), json!({"text": "x"}))),
        update("message", message(channel.clone(), json!({"text": "x"}))),
        update("edited_message", message(channel, json!({"text": "x"}))),
        update("poll", json!({"id": "1", "question": "?"})),
        update("kind_of_next_year", json!([1, "2", {"3": null}])),
        json!({"update_id": 10_000}),
    ] {
        assert_eq!(heard(&update), ("tg:0".into(), Said::Nothing), "{update}");
    }
}

#[test]
fn what_cannot_be_read_keeps_its_number_if_it_has_one() {
    for (raw, number) in [
        (r#"{"update_id":10000,"message":{"chat":"?"}}"#, 10_000),
        (r#"{"update_id": 10000,"message":{"chat":{"id":7"#, 10_000),
        (r#"{"message":"\ud800","update_id" : 10000}"#, 10_000),
    ] {
        let heard = hear(raw, Some(US));
        assert_eq!((heard.update, heard.account.as_str(), heard.said), (number, "tg:0", None), "{raw}");
    }
    let odd = ["", "{}", "null", r#"{"update_id":"x"}"#, r#"{"update_id":99999999999999999999}"#];
    let numbers: std::collections::BTreeSet<i64> = odd.iter().map(|raw| hear(raw, None).update).collect();
    assert_eq!(numbers.len(), odd.len(), "each is kept apart");
    assert!(numbers.iter().all(|number| *number < 0));
}

fn samples() -> Vec<String> {
    let place = message(private(), json!({"text": "x"}));
    [
        update(
            "message",
            message(private(), json!({"text": "/start@daoyu_bot 导育", "entities": [{"offset": 0}]})),
        ),
        update("message", message(group(), json!({"text": "@daoyu_bot 你好"}))),
        update("message", message(private(), json!({"sticker": {"file_id": "x"}}))),
        update("callback_query", json!({"id": "1", "from": li(), "message": place, "data": "谈"})),
        update(
            "my_chat_member",
            json!({"chat": private(), "from": li(), "new_chat_member": {"status": "kicked"}}),
        ),
    ]
    .map(|update| update.to_string())
    .to_vec()
}

proptest! {
    #[test]
    fn mutated_updates_never_panic(
        sample in prop::sample::select(samples()),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..6, "[ -~谈\u{3000}\\\\\"{}\\[\\]@/:,0-9]{0,6}"), 1..6),
    ) {
        let mut letters: Vec<char> = sample.chars().collect();
        for (at, length, put) in cuts {
            let at = at.index(letters.len() + 1);
            let end = (at + length).min(letters.len());
            letters.splice(at..end, put.chars());
        }
        let raw: String = letters.into_iter().collect();
        let heard = hear(&raw, Some(US));
        prop_assert_eq!(heard.update, hear(&raw, Some(US)).update);
    }
}
