//! What Telegram says when it says no, word for word.
//!
//! The wording was read in `tdlib/telegram-bot-api` (`Client.cpp`): clients match on these texts.

use super::wire::Json;
use serde_json::{Value, json};

/// A call that was not carried out: the HTTP status, the description and sometimes parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
}

/// What a method gives back.
pub(super) type Answer<T = Json> = Result<T, Refusal>;

impl Refusal {
    /// A 400 with the given text after `Bad Request: `.
    pub fn bad(text: impl AsRef<str>) -> Refusal {
        Refusal::plain(400, format!("Bad Request: {}", text.as_ref()))
    }

    /// A 403 with the given text after `Forbidden: `.
    pub fn forbidden(text: &str) -> Refusal {
        Refusal::plain(403, format!("Forbidden: {text}"))
    }

    /// A 409: two readers of one queue.
    pub fn conflict(text: &str) -> Refusal {
        Refusal::plain(409, format!("Conflict: {text}"))
    }

    /// The 429 with the seconds to wait, in the text and as a parameter.
    pub fn too_many(retry_after: u32) -> Refusal {
        Refusal {
            code: 429,
            description: format!("Too Many Requests: retry after {retry_after}"),
            parameters: Some(json!({ "retry_after": retry_after })),
        }
    }

    /// The group has become a supergroup with another id.
    pub fn migrated(to: i64) -> Refusal {
        Refusal {
            parameters: Some(json!({ "migrate_to_chat_id": to })),
            ..Refusal::bad("group chat was upgraded to a supergroup chat")
        }
    }

    pub fn unauthorized() -> Refusal {
        Refusal::plain(401, "Unauthorized")
    }

    pub fn no_such_method() -> Refusal {
        Refusal::plain(404, "Not Found: method not found")
    }

    pub fn not_found() -> Refusal {
        Refusal::plain(404, "Not Found")
    }

    pub fn blocked() -> Refusal {
        Refusal::forbidden("bot was blocked by the user")
    }

    pub fn plain(code: u16, description: impl Into<String>) -> Refusal {
        Refusal { code, description: description.into(), parameters: None }
    }

    /// The body of the HTTP answer.
    pub fn body(&self) -> Value {
        let mut body = json!({ "ok": false, "error_code": self.code, "description": self.description });
        if let (Some(parameters), Some(object)) = (&self.parameters, body.as_object_mut()) {
            object.insert("parameters".into(), parameters.clone());
        }
        body
    }
}
