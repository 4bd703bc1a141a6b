//! Telegram's calls: who calls is proved, and 200 is said only once the update is safe in the inbox.

use crate::{config::Secret, work::channel::Intake};
use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::StatusCode,
    routing::post,
};
use std::sync::Arc;

/// An update of Telegram is a few kilobytes.
const MAX_BODY: usize = 1 << 20;
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// Where Telegram calls and who takes it.
#[derive(Clone)]
pub struct Hook {
    /// The last part of the path: `/telegram/<path>`.
    pub path: String,
    /// What Telegram sends along as proof.
    pub secret: Secret,
    /// Who takes the updates.
    pub intake: Arc<dyn Intake>,
}

pub(super) fn router(hook: Hook) -> Router {
    let path = format!("/telegram/{}", hook.path);
    Router::new().route(&path, post(take)).with_state(hook)
}

async fn take(State(hook): State<Hook>, request: Request) -> StatusCode {
    let given = request.headers().get(HEADER).and_then(|it| it.to_str().ok()).unwrap_or_default();
    // Before a byte of the body is read: a stranger costs nothing.
    if !hook.secret.is(given) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(body) = to_bytes(request.into_body(), MAX_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let Ok(raw) = String::from_utf8(body.into()) else { return StatusCode::BAD_REQUEST };
    match hook.intake.take(vec![raw]).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
