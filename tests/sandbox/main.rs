//! The local Telegram behaves as the real one does: protocol facts, over HTTP.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like the test itself")]

mod bot;
mod calls;
mod page;
mod screen;
mod trouble;
mod updates;
mod webhook;
