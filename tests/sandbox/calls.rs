//! What a call may say, and in which words it is refused.

use crate::bot::{Bot, TOKEN};
use serde_json::{Value, json};

#[tokio::test]
async fn parameters_are_read_wherever_they_stand() {
    let bot = Bot::new().await;
    bot.li.starts_silently();
    let form = "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--x\r\n\
                Content-Disposition: form-data; name=\"text\"\r\n\r\n你好 multipart\r\n--x--\r\n";
    let calls = [
        ("sendMessage?chat_id=7&text=%E4%BD%A0%E5%A5%BD+query", "text/plain", String::new()),
        ("SendMessage", "application/json", json!({ "chat_id": 7, "text": "你好 json" }).to_string()),
        (
            "SENDMESSAGE",
            "application/x-www-form-urlencoded",
            "chat_id=7&text=%E4%BD%A0%E5%A5%BD%20form".into(),
        ),
        ("sendmessage", "multipart/form-data; boundary=x", form.into()),
    ];
    for (method, kind, body) in calls {
        let (status, answer) = bot.send(&format!("/bot{TOKEN}/{method}"), kind, body).await.unwrap();
        assert_eq!(status, 200, "{kind}: {}", String::from_utf8_lossy(&answer));
    }
    let heard: Vec<_> = bot.li.hears().into_iter().map(|shown| shown.text).collect();
    assert_eq!(heard, ["你好 query", "你好 json", "你好 form", "你好 multipart"]);
    assert!(bot.li.hears().is_empty(), "heard once is heard");
}

#[tokio::test]
async fn refusals_come_in_telegrams_words() {
    let bot = Bot::new().await;
    assert_eq!(
        bot.refused("sendMessage", json!({ "chat_id": 7, "text": "x" })).await,
        "400 Bad Request: chat not found"
    );
    let own = bot.li.says("hi");
    let sent = bot.says("first").await;
    let long = "长".repeat(4097);
    let data = |data: &str| json!({ "inline_keyboard": [[{ "text": "x", "callback_data": data }]] });
    let edit = "editMessageText";
    let cases = [
        ("sendMessage", json!({ "text": "x" }), "400 Bad Request: chat_id is empty"),
        ("sendMessage", json!({ "chat_id": 8, "text": "x" }), "400 Bad Request: chat not found"),
        ("sendMessage", json!({ "chat_id": 7 }), "400 Bad Request: message text is empty"),
        ("sendMessage", json!({ "chat_id": 7, "text": " \n " }), "400 Bad Request: message text is empty"),
        ("sendMessage", json!({ "chat_id": 7, "text": long }), "400 Bad Request: message is too long"),
        (
            "sendMessage",
            json!({ "chat_id": 7, "text": "育<x>", "parse_mode": "HTML" }),
            "400 Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3",
        ),
        (
            "sendMessage",
            json!({ "chat_id": 7, "text": "x", "reply_markup": data(&"导".repeat(22)) }),
            "400 Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            json!({ "chat_id": 7, "text": "x", "reply_parameters": { "message_id": 999 } }),
            "400 Bad Request: message to be replied not found",
        ),
        (
            edit,
            json!({ "chat_id": 7, "message_id": 999, "text": "x" }),
            "400 Bad Request: message to edit not found",
        ),
        (
            edit,
            json!({ "chat_id": 7, "message_id": own, "text": "x" }),
            "400 Bad Request: message can't be edited",
        ),
        (
            edit,
            json!({ "chat_id": 7, "message_id": sent, "text": "first" }),
            "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the \
             same as a current content and reply markup of the message",
        ),
        (
            "deleteMessage",
            json!({ "chat_id": 7, "message_id": 999 }),
            "400 Bad Request: message to delete not found",
        ),
        (
            "answerCallbackQuery",
            json!({ "callback_query_id": "1" }),
            "400 Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        ("getFile", json!({ "file_id": "x" }), "400 Bad Request: invalid file_id"),
        ("sendDocument", json!({ "chat_id": 7 }), "400 Bad Request: there is no document in the request"),
        (
            "setMyCommands",
            json!({ "language_code": "zh-CN" }),
            "400 Bad Request: invalid language code specified",
        ),
        ("noSuchMethod", json!({}), "404 Not Found: method not found"),
    ];
    for (method, params, expected) in cases {
        assert_eq!(bot.refused(method, params.clone()).await, expected, "{method} {params}");
    }
    let (status, body) = bot.send("/bot1:WRONG/getMe", "text/plain", "").await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (status, body),
        (401, json!({ "ok": false, "error_code": 401, "description": "Unauthorized" }))
    );
    assert_eq!(bot.li.chat().len(), 2, "nothing refused was shown");
}

#[tokio::test]
async fn exactly_4096_units_pass_and_markup_does_not_count() {
    let bot = Bot::new().await;
    bot.li.starts_silently();
    bot.says(&"长".repeat(4096)).await;
    let text = format!("<b>{}</b>", "a".repeat(4096));
    bot.ok("sendMessage", json!({ "chat_id": 7, "text": text, "parse_mode": "HTML" })).await;
    let emoji = bot.refused("sendMessage", json!({ "chat_id": 7, "text": "😀".repeat(2049) })).await;
    assert_eq!(emoji, "400 Bad Request: message is too long");
}
