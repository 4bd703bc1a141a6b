//! The page in the browser, as far as it is HTTP.

use crate::bot::TOKEN;
use axum::body::Bytes;
use daoyu::sandbox::{BoxFuture, Person, Sandbox, Stage};
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::{Value, json};
use std::sync::Arc;

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
