//! The webhook: updates pushed to the bot, in order for each chat, again and again until they are taken.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Request, Uri, header};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::Sandbox;
use super::params::Params;
use super::queue::Webhook;
use super::refusal::{Answer, Refusal};

/// Telegram gives up waiting for a webhook's answer after about a minute.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

impl Sandbox {
    /// Unlike the real service, which wants HTTPS, this one pushes over plain `http://` to loopback addresses and to
    /// nothing else; an `https://` address is accepted and every delivery to it fails.
    pub(super) fn set_webhook(&self, params: &Params) -> Answer {
        let url = params.text("url").unwrap_or_default();
        if url.is_empty() {
            return self.delete_webhook(params);
        }
        check_url(&url)?;
        let secret = params.text("secret_token").filter(|secret| !secret.is_empty());
        check_secret(secret.as_deref().unwrap_or_default())?;
        let max_connections = params.integer("max_connections").unwrap_or(40).clamp(1, 100);
        let generation = {
            let updates = &mut self.world().updates;
            updates.allow(params.json("allowed_updates", "allowed updates").ok().flatten().as_deref());
            if params.flag("drop_pending_updates") {
                updates.drop_pending();
            }
            updates.webhooks += 1;
            updates.webhook = Some(Webhook {
                url: url.clone(),
                max_connections: u32::try_from(max_connections).unwrap_or(40),
                last_error: None,
            });
            updates.open_lanes();
            updates.webhooks
        };
        self.bell().notify_waiters();
        let client = Client::builder(TokioExecutor::new()).build_http();
        let pusher = Pusher { sandbox: self.clone(), client, url, secret, generation };
        tokio::spawn(pusher.run(usize::try_from(max_connections).unwrap_or(40)));
        Ok(true.into())
    }

    pub(super) fn delete_webhook(&self, params: &Params) -> Answer {
        {
            let updates = &mut self.world().updates;
            updates.webhook = None;
            updates.webhooks += 1;
            if params.flag("drop_pending_updates") {
                updates.drop_pending();
            }
        }
        self.bell().notify_waiters();
        Ok(true.into())
    }

    pub(super) fn webhook_info(&self) -> Value {
        let updates = &self.world().updates;
        let mut info = json!({
            "url": updates.webhook.as_ref().map_or("", |webhook| &webhook.url),
            "has_custom_certificate": false,
            "pending_update_count": updates.pending(),
        });
        let Some(object) = info.as_object_mut() else { return info };
        if let Some(webhook) = &updates.webhook {
            object.insert("max_connections".into(), webhook.max_connections.into());
            object.insert("ip_address".into(), "127.0.0.1".into());
            if let Some((at, message)) = &webhook.last_error {
                object.insert("last_error_date".into(), (*at).into());
                object.insert("last_error_message".into(), message.clone().into());
            }
        }
        if let Some(kinds) = updates.allowed() {
            object.insert("allowed_updates".into(), kinds.into());
        }
        info
    }
}

/// Pushes for one setting of the webhook; the next setting has its own.
#[derive(Clone)]
struct Pusher {
    sandbox: Sandbox,
    client: Client<HttpConnector, Full<Bytes>>,
    url: String,
    secret: Option<String>,
    generation: u64,
}

impl Pusher {
    async fn run(self, connections: usize) {
        let free = Arc::new(Semaphore::new(connections));
        loop {
            let Ok(permit) = free.clone().acquire_owned().await else { return };
            let (chat, update) = loop {
                let mut ring = std::pin::pin!(self.sandbox.bell().notified());
                ring.as_mut().enable();
                {
                    let updates = &mut self.sandbox.world().updates;
                    if updates.webhooks != self.generation {
                        return;
                    }
                    if let Some(next) = updates.next_in_lane() {
                        break next;
                    }
                }
                ring.await;
            };
            let pusher = self.clone();
            tokio::spawn(async move {
                pusher.deliver(chat, update).await;
                drop(permit);
            });
        }
    }

    /// One attempt. After a failure the chat waits, longer each time, and its connection is free for others.
    async fn deliver(self, chat: i64, id: i64) {
        let attempt = self.sandbox.world().updates.attempt(id);
        let Some((body, tries)) = attempt else {
            // Confirmed meanwhile: a copy of it stood in the lane.
            return self.sandbox.world().updates.confirm(chat, id);
        };
        let outcome = match timeout(LONGEST_ANSWER, self.push(&body)).await {
            Ok(outcome) => outcome,
            Err(_) => Err("Read timeout expired".to_owned()),
        };
        let pause = {
            let world = &mut *self.sandbox.world();
            if world.updates.webhooks != self.generation {
                return;
            }
            match outcome {
                Ok(()) => {
                    world.updates.confirm(chat, id);
                    None
                }
                Err(message) => {
                    let now = world.now;
                    if let Some(webhook) = &mut world.updates.webhook {
                        webhook.last_error = Some((now, message));
                    }
                    Some(self.sandbox.webhook_pause(tries))
                }
            }
        };
        let Some(pause) = pause else { return self.sandbox.bell().notify_waiters() };
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            let still_set = {
                let updates = &mut self.sandbox.world().updates;
                let still_set = updates.webhooks == self.generation;
                if still_set {
                    updates.try_again(chat);
                }
                still_set
            };
            if still_set {
                self.sandbox.bell().notify_waiters();
            }
        });
    }

    async fn push(&self, body: &str) -> Result<(), String> {
        let uri: Uri = self.url.parse().map_err(|_| "Wrong URL".to_owned())?;
        let uri = match (self.sandbox.next_server(), uri.path_and_query()) {
            (Some(server), Some(path)) => format!("http://{server}{path}").parse().unwrap_or(uri),
            _ => uri,
        };
        let mut request = Request::post(uri).header(header::CONTENT_TYPE, "application/json");
        if let Some(secret) = &self.secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        let request = request
            .body(Full::new(Bytes::copy_from_slice(body.as_bytes())))
            .map_err(|error| error.to_string())?;
        let response = self.client.request(request).await.map_err(|error| match error.is_connect() {
            true => "Connection refused".to_owned(),
            false => "Connection closed".to_owned(),
        })?;
        let status = response.status();
        // The body is read so that the connection can serve the next update.
        drop(http_body_util::BodyExt::collect(response.into_body()).await);
        match status.is_success() {
            true => Ok(()),
            false => {
                let reason = status.canonical_reason().unwrap_or_default();
                Err(format!("Wrong response from the webhook: {} {reason}", status.as_u16())
                    .trim_end()
                    .to_owned())
            }
        }
    }
}

fn check_url(url: &str) -> Answer<()> {
    let bad = |why: &str| Refusal::bad(format!("bad webhook: {why}"));
    let uri: Uri = url.parse().map_err(|_| Refusal::bad("invalid webhook URL specified"))?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let loopback = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if loopback => Ok(()),
        _ => Err(bad("An HTTPS URL must be provided for webhook")),
    }
}

fn check_secret(secret: &str) -> Answer<()> {
    if secret.len() > 256 {
        return Err(Refusal::bad("secret token is too long"));
    }
    match secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
        true => Ok(()),
        false => Err(Refusal::bad("secret token contains unallowed characters")),
    }
}
