//! What the program answers over HTTP: whether it is well, its numbers, and Telegram's calls.
//!
//! It may face the internet behind a proxy: the webhook proves who calls, and nothing else here tells of anybody. Only
//! `/telegram/` needs to be reachable from outside.

mod health;
mod webhook;

pub use health::{Health, Loops, Running, Unready};
pub use webhook::Hook;

use crate::metrics::Metrics;
use anyhow::{Context, Result};
use axum::{Router, extract::State, http::header, routing::get};
use std::sync::Arc;
use tokio::net::TcpListener;

/// What the pages show, and whom they call.
pub struct Site {
    /// The numbers.
    pub metrics: Arc<Metrics>,
    /// Whether the program can do its work.
    pub health: Arc<Health>,
    /// Telegram's calls, where they come by webhook.
    pub hook: Option<Hook>,
}

/// All pages.
pub fn router(site: Site) -> Router {
    let numbers = Router::new().route("/metrics", get(metrics)).with_state(site.metrics);
    let router = Router::new().merge(health::router(site.health)).merge(numbers);
    match site.hook {
        Some(hook) => router.merge(webhook::router(hook)),
        None => router,
    }
}

/// Answers until `stop` is there; what is being answered then is answered to its end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stop).await.context("answering over HTTP")
}

async fn metrics(State(metrics): State<Arc<Metrics>>) -> ([(header::HeaderName, &'static str); 1], String) {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics.render())
}

#[cfg(test)]
mod tests;
