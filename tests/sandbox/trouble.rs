//! What goes wrong: people who are gone, messages that are old, and faults that a test asks for.

use crate::bot::{Bot, TOKEN};
use daoyu::sandbox::{Fault, FaultKind};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

#[tokio::test]
async fn blocked_moved_and_old_are_refused_with_what_a_bot_needs_to_know() {
    let bot = Bot::new().await;
    bot.li.says("hi");
    let sent = bot.says("x").await;
    bot.li.blocks();
    let change = bot.updates().await.pop().unwrap();
    assert_eq!(change["my_chat_member"]["new_chat_member"]["status"], "kicked");
    let say = json!({ "chat_id": 7, "text": "x" });
    assert_eq!(bot.refused("sendMessage", say.clone()).await, "403 Forbidden: bot was blocked by the user");
    bot.li.says("back");
    bot.ok("sendMessage", say.clone()).await;
    bot.sandbox.set_now(1_788_220_800 + 48 * 3600 + 1);
    let delete = json!({ "chat_id": 7, "message_id": sent });
    assert_eq!(bot.refused("deleteMessage", delete).await, "400 Bad Request: message can't be deleted");
    bot.li.deletes_account();
    assert_eq!(bot.refused("sendMessage", say).await, "403 Forbidden: user is deactivated");
    bot.li.says_in_group(-5, "x");
    bot.sandbox.group_becomes_supergroup(-5, -1005);
    let moved = bot.call("sendMessage", json!({ "chat_id": -5, "text": "x" })).await;
    assert_eq!(moved["parameters"]["migrate_to_chat_id"], -1005);
}

#[tokio::test]
async fn faults_strike_before_or_after_the_effect() {
    let bot = Bot::new().await;
    bot.li.starts_silently();
    let say = json!({ "chat_id": 7, "text": "x" });
    let path = format!("/bot{TOKEN}/sendMessage");
    let send = async || bot.send(&path, "application/json", say.to_string()).await;
    let once = |kind| bot.sandbox.fault(Fault::new(kind).on("sendMessage").once());
    let shown = || bot.li.chat().len();

    once(FaultKind::ServerError(500));
    assert_eq!((send().await.unwrap().0, shown()), (500, 0));
    once(FaultKind::BadGateway);
    assert!(String::from_utf8(send().await.unwrap().1).unwrap().contains("<html>"));
    once(FaultKind::TooManyRequests { retry_after: 3 });
    let answer: Value = serde_json::from_slice(&send().await.unwrap().1).unwrap();
    assert_eq!(
        answer,
        json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 3", "parameters": { "retry_after": 3 } })
    );
    once(FaultKind::Blocked { user: 7 });
    assert_eq!((send().await.unwrap().0, shown()), (403, 0));
    once(FaultKind::Hang(Duration::from_millis(300)));
    let early = tokio::time::timeout(Duration::from_millis(100), send()).await;
    assert!(early.is_err());
    once(FaultKind::HangAfter(Duration::from_millis(300)));
    let late = tokio::time::timeout(Duration::from_millis(100), send()).await;
    assert!(late.is_err());
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(shown(), 1, "who hung up before the effect sent nothing, who hung up after it did");

    // A raw connection sees not a byte; the effect differs.
    let body = say.to_string();
    let raw = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    for (kind, expected) in [(FaultKind::ResetBefore, 1), (FaultKind::ResetAfter, 2)] {
        once(kind);
        let mut connection = tokio::net::TcpStream::connect(bot.addr).await.unwrap();
        connection.write_all(raw.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        drop(connection.read_to_end(&mut answer).await);
        assert_eq!((answer.len(), shown()), (0, expected));
    }
    assert_eq!(send().await.unwrap().0, 200, "all faults are used up");

    let refused = bot.sandbox.ledger().iter().filter(|entry| entry.refused.is_some()).count();
    assert_eq!((refused, bot.sandbox.ledger_counts()), (3, (3, 3)));
}
