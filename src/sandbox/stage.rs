//! What the page needs to know of the house around it: who is there, what time it is, and its words.

use std::future::Future;
use std::pin::Pin;

use serde::Serialize;

/// A future that can be kept in a box and sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The house as the page sees it.
pub trait Stage: Send + Sync {
    /// Who may be shown as a phone; the first ones are shown at first.
    fn people(&self) -> Vec<Person>;

    /// The school's local time, RFC 3339.
    fn now(&self) -> String;

    /// The buttons of the clock bar: id and label.
    fn clock_buttons(&self) -> Vec<(String, String)>;

    /// Moves the school's clock as the button says. May take seconds: the page shows that it is busy.
    fn move_clock(&self, id: &str) -> BoxFuture<'static, Result<(), String>>;

    /// The page's own words as a flat object: see `page/app.js` for the keys. The page has none of its own.
    fn words(&self) -> serde_json::Value;
}

/// Somebody who may be shown as a phone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Person {
    /// The Telegram account.
    pub user_id: i64,
    /// The name at the top of the phone.
    pub name: String,
    /// What this person is at the school, in words.
    pub role: String,
    /// The language of their Telegram, `zh-hans` or `en`.
    pub language: String,
}
