//! Updates that are pushed.

use crate::bot::Bot;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

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
