//! What a person has on the screen: buttons, files, the menu of commands.

use crate::bot::{Bot, TOKEN};
use axum::http::StatusCode;
use daoyu::sandbox::User;
use http_body_util::BodyExt;
use serde_json::{Value, json};

#[tokio::test]
async fn buttons_are_pressed_by_label_and_answered_with_a_toast() {
    let bot = Bot::new().await;
    bot.li.starts_silently();
    let keyboard = |label: &str| json!({ "inline_keyboard": [[{ "text": label, "callback_data": "a" }, { "text": "完成", "callback_data": "b" }]] });
    let sent = bot
        .ok("sendMessage", json!({ "chat_id": 7, "text": "选", "reply_markup": keyboard("学习") }))
        .await["message_id"]
        .clone();
    bot.ok(
        "editMessageReplyMarkup",
        json!({ "chat_id": 7, "message_id": sent, "reply_markup": keyboard("✓ 学习") }),
    )
    .await;
    assert_eq!(bot.li.hears()[0].to_string(), "选\n[✓ 学习] [完成]");
    bot.li.presses("学习").unwrap();
    assert!(bot.li.presses("no such").is_err());
    let query = bot.updates().await[0]["callback_query"].clone();
    assert_eq!((&query["data"], &query["message"]["message_id"]), (&json!("a"), &sent));
    let answer = json!({ "callback_query_id": query["id"], "text": "记下了", "show_alert": true });
    bot.ok("answerCallbackQuery", answer.clone()).await;
    let toasts = bot.li.toasts();
    assert_eq!((toasts[0].text.as_str(), toasts[0].show_alert, toasts.len()), ("记下了", true, 1));
    bot.ok("editMessageText", json!({ "chat_id": 7, "message_id": sent, "text": "选" })).await;
    assert!(bot.li.chat()[0].buttons.is_empty(), "an edit without a keyboard takes it away");
    bot.sandbox.set_now(1_788_220_800 + 3600);
    assert!(bot.refused("answerCallbackQuery", answer).await.contains("query is too old"));
}

#[tokio::test]
async fn files_go_both_ways() {
    let bot = Bot::new().await;
    bot.li.sends_document("roster.csv", b"name\n".to_vec());
    let document = bot.updates().await[0]["message"]["document"].clone();
    let file = bot.ok("getFile", json!({ "file_id": document["file_id"] })).await;
    let path = format!("/file/bot{TOKEN}/{}", file["file_path"].as_str().unwrap());
    let uri = format!("http://{}{path}", bot.addr).parse().unwrap();
    let response = bot.http.get(uri).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), "name\n");

    let big = "x".repeat(3 * 1024 * 1024);
    let form = format!(
        "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--x\r\n\
         Content-Disposition: form-data; name=\"document\"\r\n\r\nattach://f\r\n--x\r\n\
         Content-Disposition: form-data; name=\"f\"; filename=\"成长册.txt\"\r\n\r\n{big}\r\n--x--\r\n"
    );
    let path = format!("/bot{TOKEN}/sendDocument");
    let (status, body) = bot.send(&path, "multipart/form-data; boundary=x", form).await.unwrap();
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    let shown = bot.li.hears().remove(0).document.unwrap();
    assert_eq!((shown.name.as_str(), shown.size), ("成长册.txt", big.len()));
    assert_eq!(bot.sandbox.download(&shown.id).unwrap(), big);
    bot.ok("sendDocument", json!({ "chat_id": 7, "document": shown.id })).await;
}

#[tokio::test]
async fn menus_resolve_by_scope_then_language() {
    let bot = Bot::new().await;
    bot.li.starts_silently();
    let mei = bot.sandbox.user(8, "Mei", "en");
    let set = |name: &str, scope: Value, language: &str| json!({ "commands": [{ "command": name, "description": "d" }], "scope": scope, "language_code": language });
    for (name, scope, language) in [
        ("wide", json!({ "type": "default" }), ""),
        ("private_zh", json!({ "type": "all_private_chats" }), "zh"),
        ("own", json!({ "type": "chat", "chat_id": 7 }), ""),
    ] {
        bot.ok("setMyCommands", set(name, scope, language)).await;
    }
    let first = |user: &User| user.commands()[0].0.clone();
    assert_eq!((first(&bot.li), first(&mei)), ("own".into(), "wide".into()));
    bot.ok("deleteMyCommands", json!({ "scope": { "type": "chat", "chat_id": 7 } })).await;
    assert_eq!(first(&bot.li), "private_zh");
    let stranger = set("x", json!({ "type": "chat", "chat_id": 8 }), "");
    assert_eq!(bot.refused("setMyCommands", stranger).await, "400 Bad Request: chat not found");
}
