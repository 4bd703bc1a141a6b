//! A bot at the sandbox, as bare as can be: HTTP and JSON.

use axum::body::Bytes;
use daoyu::sandbox::{Sandbox, User};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use std::net::SocketAddr;

pub const TOKEN: &str = "1:SANDBOX";

/// A sandbox that listens, a client as a bot has one, and two people.
#[derive(Clone)]
pub struct Bot {
    pub sandbox: Sandbox,
    pub addr: SocketAddr,
    pub http: Client<HttpConnector, Full<Bytes>>,
    pub li: User,
}

impl Bot {
    pub async fn new() -> Bot {
        let sandbox = Sandbox::new(TOKEN);
        let addr = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let li = sandbox.user(7, "李雷", "zh-hans");
        Bot { sandbox, addr, http: Client::builder(TokioExecutor::new()).build_http(), li }
    }

    pub async fn send(
        &self,
        path: &str,
        kind: &str,
        body: impl Into<Bytes>,
    ) -> Result<(u16, Vec<u8>), String> {
        let request = axum::http::Request::post(format!("http://{}{path}", self.addr))
            .header("content-type", kind)
            .body(Full::new(body.into()))
            .unwrap();
        let response = self.http.request(request).await.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        Ok((status, response.into_body().collect().await.map_err(|e| e.to_string())?.to_bytes().to_vec()))
    }

    /// Calls a method with JSON and gives the whole body.
    pub async fn call(&self, method: &str, params: Value) -> Value {
        let path = format!("/bot{TOKEN}/{method}");
        let (_, body) = self.send(&path, "application/json", params.to_string()).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// Calls a method that must succeed.
    pub async fn ok(&self, method: &str, params: Value) -> Value {
        let body = self.call(method, params.clone()).await;
        assert_eq!(body["ok"], true, "{method} {params}: {body}");
        body["result"].clone()
    }

    /// Calls a method that must be refused; gives `code description`.
    pub async fn refused(&self, method: &str, params: Value) -> String {
        let body = self.call(method, params.clone()).await;
        assert_eq!(body["ok"], false, "{method} {params}: {body}");
        format!("{} {}", body["error_code"], body["description"].as_str().unwrap())
    }

    pub async fn says(&self, text: &str) -> i64 {
        self.ok("sendMessage", json!({ "chat_id": 7, "text": text })).await["message_id"].as_i64().unwrap()
    }

    /// All that waits, confirmed at once.
    pub async fn updates(&self) -> Vec<Value> {
        let updates = self.ok("getUpdates", json!({})).await;
        let updates = updates.as_array().unwrap().clone();
        if let Some(last) = updates.last() {
            self.ok("getUpdates", json!({ "offset": last["update_id"].as_i64().unwrap() + 1 })).await;
        }
        updates
    }
}
