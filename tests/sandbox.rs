//! The local Telegram behaves as the real one does: protocol facts, over HTTP.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like the test itself")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use daoyu::sandbox::{BoxFuture, Fault, FaultKind, Person, Sandbox, Stage, User};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const TOKEN: &str = "1:SANDBOX";

/// A sandbox that listens, a client as a bot has one, and two people.
#[derive(Clone)]
struct Bot {
    sandbox: Sandbox,
    addr: SocketAddr,
    http: Client<HttpConnector, Full<Bytes>>,
    li: User,
}

impl Bot {
    async fn new() -> Bot {
        let sandbox = Sandbox::new(TOKEN);
        let addr = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let li = sandbox.user(7, "李雷", "zh-hans");
        Bot { sandbox, addr, http: Client::builder(TokioExecutor::new()).build_http(), li }
    }

    async fn send(&self, path: &str, kind: &str, body: impl Into<Bytes>) -> Result<(u16, Vec<u8>), String> {
        let request = axum::http::Request::post(format!("http://{}{path}", self.addr))
            .header("content-type", kind)
            .body(Full::new(body.into()))
            .unwrap();
        let response = self.http.request(request).await.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        Ok((status, response.into_body().collect().await.map_err(|e| e.to_string())?.to_bytes().to_vec()))
    }

    /// Calls a method with JSON and gives the whole body.
    async fn call(&self, method: &str, params: Value) -> Value {
        let path = format!("/bot{TOKEN}/{method}");
        let (_, body) = self.send(&path, "application/json", params.to_string()).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// Calls a method that must succeed.
    async fn ok(&self, method: &str, params: Value) -> Value {
        let body = self.call(method, params.clone()).await;
        assert_eq!(body["ok"], true, "{method} {params}: {body}");
        body["result"].clone()
    }

    /// Calls a method that must be refused; gives `code description`.
    async fn refused(&self, method: &str, params: Value) -> String {
        let body = self.call(method, params.clone()).await;
        assert_eq!(body["ok"], false, "{method} {params}: {body}");
        format!("{} {}", body["error_code"], body["description"].as_str().unwrap())
    }

    async fn says(&self, text: &str) -> i64 {
        self.ok("sendMessage", json!({ "chat_id": 7, "text": text })).await["message_id"].as_i64().unwrap()
    }

    /// All that waits, confirmed at once.
    async fn updates(&self) -> Vec<Value> {
        let updates = self.ok("getUpdates", json!({})).await;
        let updates = updates.as_array().unwrap().clone();
        if let Some(last) = updates.last() {
            self.ok("getUpdates", json!({ "offset": last["update_id"].as_i64().unwrap() + 1 })).await;
        }
        updates
    }
}

fn ids(updates: &Value) -> Vec<i64> {
    updates.as_array().unwrap().iter().map(|update| update["update_id"].as_i64().unwrap()).collect()
}

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

/// A webhook that fails as often as told and notes what it got.
struct Hook {
    got: Mutex<Vec<(HeaderMap, Value)>>,
    failures: Mutex<u32>,
}

async fn hook(failures: u32) -> (Arc<Hook>, String) {
    let hook = Arc::new(Hook { got: Mutex::default(), failures: Mutex::new(failures) });
    let seen = hook.clone();
    let route =
        axum::routing::post(move |headers: HeaderMap, axum::Json(update): axum::Json<Value>| async move {
            let mut failures = seen.failures.lock().unwrap();
            if *failures > 0 && update["message"]["chat"]["id"] == 7 {
                *failures -= 1;
                return StatusCode::SERVICE_UNAVAILABLE;
            }
            seen.got.lock().unwrap().push((headers, update));
            StatusCode::OK
        });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let router = axum::Router::new().route("/hook", route);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (hook, url)
}

#[tokio::test]
async fn a_webhook_gets_each_chat_in_order_and_again_until_it_says_200() {
    let bot = Bot::new().await;
    bot.sandbox.webhook_pauses(Duration::from_millis(150), Duration::from_millis(150));
    bot.li.says("1");
    let (hook, url) = hook(2).await;
    bot.ok("setWebhook", json!({ "url": url, "secret_token": "s-1", "max_connections": 4 })).await;
    bot.li.says("2");
    bot.sandbox.user(8, "Mei", "en").says("passes by");
    let conflict = bot.refused("getUpdates", json!({})).await;
    assert!(
        conflict.starts_with("409 Conflict: can't use getUpdates method while webhook is active"),
        "{conflict}"
    );
    tokio::time::sleep(Duration::from_millis(100)).await;
    let info = bot.ok("getWebhookInfo", json!({})).await;
    assert_eq!(info["pending_update_count"], 2);
    assert_eq!(info["last_error_message"], "Wrong response from the webhook: 503 Service Unavailable");
    let until = Instant::now() + Duration::from_secs(5);
    while bot.sandbox.pending_updates() > 0 && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let got = hook.got.lock().unwrap();
    let texts: Vec<_> = got.iter().map(|(_, update)| update["message"]["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["passes by", "1", "2"]);
    assert_eq!(got[0].0["x-telegram-bot-api-secret-token"], "s-1");
}

#[tokio::test]
async fn a_webhook_is_checked_and_deleting_it_gives_polling_back() {
    let bot = Bot::new().await;
    let cases = [
        (
            json!({ "url": "http://example.org/x" }),
            "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            json!({ "url": "https://x.org", "secret_token": "ä" }),
            "400 Bad Request: secret token contains unallowed characters",
        ),
    ];
    for (params, expected) in cases {
        assert_eq!(bot.refused("setWebhook", params).await, expected);
    }
    bot.ok("setWebhook", json!({ "url": "http://127.0.0.1:9/gone" })).await;
    bot.li.says("waits");
    bot.ok("deleteWebhook", json!({})).await;
    assert_eq!(bot.updates().await.len(), 1);
    bot.li.says("dropped");
    bot.ok("deleteWebhook", json!({ "drop_pending_updates": true })).await;
    assert!(bot.updates().await.is_empty());
}

/// A house with one person and a clock that moves in no time.
struct House;

impl Stage for House {
    fn people(&self) -> Vec<Person> {
        vec![Person { user_id: 7, name: "李雷".into(), role: "学生".into(), language: "zh-hans".into() }]
    }

    fn now(&self) -> String {
        "2026-09-01T08:00:00+08:00".into()
    }

    fn clock_buttons(&self) -> Vec<(String, String)> {
        vec![("hour".into(), "+1".into())]
    }

    fn move_clock(&self, id: &str) -> BoxFuture<'static, Result<(), String>> {
        let known = id == "hour";
        Box::pin(async move { if known { Ok(()) } else { Err("no such button".into()) } })
    }

    fn words(&self) -> Value {
        json!({ "send": "发送" })
    }
}

#[tokio::test]
async fn the_page_speaks_for_its_people_and_only_to_this_machine() {
    let sandbox = Sandbox::new(TOKEN);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let page = sandbox.page(Arc::new(House));
    tokio::spawn(async move { axum::serve(listener, page).await });
    let http = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let ask = async |method: &str, path: &str, host: Option<&str>, body: Value| {
        let mut request = axum::http::Request::builder().method(method).uri(format!("http://{addr}{path}"));
        if let Some(host) = host {
            request = request.header("host", host);
        }
        let request =
            request.header("content-type", "application/json").body(Full::new(body.to_string().into()));
        let response = http.request(request.unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8_lossy(&body).into_owned())
    };
    assert_eq!(ask("POST", "/page/say", None, json!({ "user": 7, "text": "<b>你好</b>" })).await.0, 200);
    assert_eq!(ask("POST", "/page/say", None, json!({ "user": 8, "text": "a stranger" })).await.0, 404);
    let state: Value =
        serde_json::from_str(&ask("GET", "/page/state?phones=7", None, json!({})).await.1).unwrap();
    assert_eq!(state["phones"]["7"]["messages"][0]["html"], "&lt;b&gt;你好&lt;/b&gt;");
    assert_eq!(state["clock"]["now"], "2026-09-01T08:00:00+08:00");
    assert_eq!(ask("POST", "/page/clock/hour", None, json!({})).await.0, 200);
    assert_eq!(ask("POST", "/page/clock/never", None, json!({})).await, (422, "no such button".into()));
    for path in ["/", "/page/state", "/page/app.js"] {
        assert_eq!(ask("GET", path, Some("evil.example:80"), json!({})).await.0, 403, "{path}");
        assert_eq!(ask("GET", path, None, json!({})).await.0, 200, "{path}");
    }
    let me = ask("POST", &format!("/bot{TOKEN}/getMe"), None, json!({})).await;
    assert!(me.1.contains("daoyu_sandbox_bot"), "the Bot API is there, too: {}", me.1);
    assert_eq!(sandbox.pending_updates(), 1);
}
