//! How a bot hears what people do: asked for, confirmed, and readable.

use crate::bot::Bot;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[tokio::test]
async fn an_update_stays_until_a_higher_offset_confirms_it() {
    let bot = Bot::new().await;
    for n in 0..5 {
        bot.li.says(&format!("{n}"));
    }
    let all = ids(&bot.ok("getUpdates", json!({})).await);
    assert_eq!(all.len(), 5);
    assert_eq!(ids(&bot.ok("getUpdates", json!({ "limit": 2 })).await), all[..2]);
    assert_eq!(ids(&bot.ok("getUpdates", json!({ "offset": all[2] })).await), all[2..]);
    assert_eq!(
        ids(&bot.ok("getUpdates", json!({ "offset": 0 })).await),
        all[2..],
        "below is confirmed for good"
    );
    assert_eq!(ids(&bot.ok("getUpdates", json!({ "offset": -1 })).await), all[4..]);
    assert_eq!(bot.sandbox.pending_updates(), 1);
    assert_eq!(bot.ok("getUpdates", json!({ "offset": all[4] + 1 })).await, json!([]));
    assert!(bot.sandbox.redeliver(all[0]));
    assert_eq!(ids(&bot.ok("getUpdates", json!({})).await), [all[0]]);
}

#[tokio::test]
async fn a_long_poll_wakes_at_once_and_the_older_of_two_is_refused() {
    let bot = Bot::new().await;
    let poll = |bot: &Bot| {
        let bot = bot.clone();
        tokio::spawn(async move { bot.call("getUpdates", json!({ "timeout": 20 })).await })
    };
    let started = Instant::now();
    let older = poll(&bot);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let newer = poll(&bot);
    let older = older.await.unwrap();
    assert_eq!(
        (older["error_code"].as_i64(), older["description"].as_str()),
        (
            Some(409),
            Some(
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        )
    );
    bot.li.says("hi");
    assert_eq!(newer.await.unwrap()["result"][0]["message"]["text"], "hi");
    assert!(started.elapsed() < Duration::from_secs(5));

    let waited = Instant::now();
    bot.updates().await;
    assert_eq!(bot.ok("getUpdates", json!({ "timeout": 1 })).await, json!([]));
    assert!(waited.elapsed() >= Duration::from_secs(1), "an empty poll waits its time");
}

#[tokio::test]
async fn allowed_updates_are_remembered() {
    let bot = Bot::new().await;
    bot.ok("getUpdates", json!({ "allowed_updates": ["callback_query"] })).await;
    bot.li.says("unwanted");
    bot.li.press_raw(1, "wanted");
    let updates = bot.updates().await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0]["callback_query"]["data"], "wanted");
    bot.ok("getUpdates", json!({ "allowed_updates": [] })).await;
    bot.li.says("wanted again");
    assert_eq!(bot.updates().await.len(), 1);
}

#[tokio::test]
async fn a_strict_parser_understands_every_update() {
    let bot = Bot::new().await;
    let li = &bot.li;
    let first = li.says("/start CODE 好");
    bot.ok(
        "sendMessage",
        json!({
            "chat_id": 7, "text": "<b>好</b> https://a.b", "parse_mode": "HTML", "reply_parameters": { "message_id": first },
            "reply_markup": { "inline_keyboard": [[{ "text": "好", "callback_data": "x" }]] },
        }),
    )
    .await;
    li.presses("好").unwrap();
    li.press_raw(999, "gone");
    li.edits(first, "changed");
    li.sends_sticker();
    li.sends_voice();
    li.sends_photo(Some("caption"));
    li.sends_location();
    li.sends_contact("+8613800000000", "韩梅梅");
    li.sends_document("名单.csv", b"a,b".to_vec());
    li.blocks();
    li.unblocks();
    li.says_in_group(-5, "hello");
    bot.sandbox.group_becomes_supergroup(-5, -1005);
    let updates = bot.updates().await;
    assert_eq!(updates.len(), 16);
    for update in updates {
        let parsed: teloxide::types::Update = serde_json::from_str(&update.to_string()).unwrap();
        let understood = !matches!(parsed.kind, teloxide::types::UpdateKind::Error(_));
        assert!(understood, "{update}");
        // What a parser does not know it drops into a catch-all: the kinds that matter must be named.
        if let teloxide::types::UpdateKind::Message(message) = &parsed.kind {
            assert!(!matches!(message.kind, teloxide::types::MessageKind::Empty {}), "{update}");
        }
    }
    let chat = bot.ok("getChat", json!({ "chat_id": 7 })).await;
    serde_json::from_value::<teloxide::types::ChatFullInfo>(chat).unwrap();
    serde_json::from_value::<teloxide::types::Me>(bot.ok("getMe", json!({})).await).unwrap();
    let info = bot.ok("getWebhookInfo", json!({})).await;
    serde_json::from_value::<teloxide::types::WebhookInfo>(info).unwrap();
}

fn ids(updates: &Value) -> Vec<i64> {
    updates.as_array().unwrap().iter().map(|update| update["update_id"].as_i64().unwrap()).collect()
}
