//! Keyboards: what may be sent as `reply_markup`, and what stands under a message.

use serde::Serialize;
use serde_json::Value;

use super::entities::is_link;
use super::refusal::{Answer, Refusal};
use super::wire::Json;

/// Telegram takes no more buttons under one message.
const MOST_BUTTONS: usize = 100;
const LONGEST_DATA: usize = 64;

/// A checked `reply_markup`.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Markup {
    /// Buttons under the message: as they go over the wire, and as a person sees them.
    Inline {
        wire: Json,
        rows: Vec<Vec<ShownButton>>,
    },
    /// Labels in place of the keyboard; pressing one says it.
    Keyboard(Vec<Vec<String>>),
    RemoveKeyboard,
    ForceReply,
}

/// A button under a message, as a person sees it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownButton {
    /// The words on it.
    pub label: String,
    /// Its callback data; empty for a link.
    pub data: String,
    /// Where a link leads.
    pub url: Option<String>,
}

impl Markup {
    /// Reads and checks the parameter; an empty inline keyboard is none at all.
    pub fn read(value: Option<&Value>) -> Answer<Option<Markup>> {
        let Some(value) = value else { return Ok(None) };
        let Some(object) = value.as_object() else {
            return Err(Refusal::bad("object expected as reply markup"));
        };
        let is_set = |name: &str| object.get(name).and_then(Value::as_bool) == Some(true);
        if let Some(rows) = object.get("keyboard") {
            let labels = each(rows, "field \"keyboard\" must be an Array of Arrays", keyboard_label)?;
            return Ok((!labels.is_empty()).then_some(Markup::Keyboard(labels)));
        }
        if let Some(rows) = object.get("inline_keyboard") {
            let not_rows = "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays";
            return inline(each(rows, not_rows, inline_button)?, rows);
        }
        if is_set("remove_keyboard") {
            return Ok(Some(Markup::RemoveKeyboard));
        }
        Ok(is_set("force_reply").then_some(Markup::ForceReply))
    }
}

/// Buttons as they go over the wire, rows without any left out.
#[derive(Serialize)]
struct InlineKeyboard<'a> {
    inline_keyboard: &'a [&'a Value],
}

fn inline(rows: Vec<Vec<ShownButton>>, wire: &Value) -> Answer<Option<Markup>> {
    let rows: Vec<_> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    if rows.iter().map(Vec::len).sum::<usize>() > MOST_BUTTONS {
        return Err(Refusal::bad("reply markup is too long"));
    }
    if rows.iter().flatten().any(|button| button.data.len() > LONGEST_DATA) {
        return Err(Refusal::bad("BUTTON_DATA_INVALID"));
    }
    let not_empty = |row: &&Value| row.as_array().is_some_and(|row| !row.is_empty());
    let wire: Vec<&Value> = wire.as_array().into_iter().flatten().filter(not_empty).collect();
    Ok((!rows.is_empty())
        .then(|| Markup::Inline { wire: Json::of(&InlineKeyboard { inline_keyboard: &wire }), rows }))
}

fn each<T>(rows: &Value, not_rows: &str, read: fn(&Value) -> Answer<T>) -> Answer<Vec<Vec<T>>> {
    let wrong = || Refusal::bad(not_rows);
    let rows = rows.as_array().ok_or_else(wrong)?;
    rows.iter().map(|row| row.as_array().ok_or_else(wrong)?.iter().map(read).collect()).collect()
}

fn inline_button(button: &Value) -> Answer<ShownButton> {
    let wrong = |why: &str| Refusal::bad(format!("can't parse inline keyboard button: {why}"));
    let object = button.as_object().ok_or_else(|| wrong("InlineKeyboardButton must be an Object"))?;
    let label = match object.get("text") {
        None => return Err(wrong("Can't find field \"text\"")),
        Some(text) => text.as_str().ok_or_else(|| wrong("Field \"text\" must be of type String"))?,
    };
    if label.trim().is_empty() {
        return Err(Refusal::bad("inline keyboard button text must be non-empty"));
    }
    let field = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut shown = ShownButton { label: label.to_owned(), data: String::new(), url: None };
    if !field("url").is_empty() {
        let url = field("url");
        if !is_link(url) {
            let why = format!("inline keyboard button URL '{url}' is invalid: Wrong HTTP URL");
            return Err(Refusal::bad(why));
        }
        shown.url = Some(url.to_owned());
    } else if !field("callback_data").is_empty() {
        shown.data = field("callback_data").to_owned();
    } else {
        let others =
            ["switch_inline_query", "switch_inline_query_current_chat", "web_app", "login_url", "copy_text"];
        if !others.iter().any(|name| object.contains_key(*name)) {
            return Err(wrong("Text buttons are unallowed in the inline keyboard"));
        }
    }
    Ok(shown)
}

fn keyboard_label(button: &Value) -> Answer<String> {
    let text = button.as_str().or_else(|| button.get("text").and_then(Value::as_str));
    text.map(str::to_owned).ok_or_else(|| {
        Refusal::bad("can't parse keyboard button: KeyboardButton must be a String or an Object")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(markup: Value) -> String {
        Markup::read(Some(&markup)).unwrap_err().description
    }

    #[test]
    fn callback_data_is_counted_in_bytes() {
        let keyboard = |data: &str| json!({ "inline_keyboard": [[{ "text": "x", "callback_data": data }]] });
        assert!(Markup::read(Some(&keyboard(&"a".repeat(64)))).is_ok());
        assert!(Markup::read(Some(&keyboard(&"导".repeat(21)))).is_ok());
        assert_eq!(refused(keyboard(&"导".repeat(22))), "Bad Request: BUTTON_DATA_INVALID");
    }

    #[test]
    fn wrong_keyboards_are_named() {
        let text_only = json!({ "inline_keyboard": [[{ "text": "x" }]] });
        assert!(refused(text_only).ends_with("Text buttons are unallowed in the inline keyboard"));
        let row: Vec<_> =
            (0..101).map(|n| json!([{ "text": "x", "callback_data": n.to_string() }])).collect();
        assert_eq!(refused(json!({ "inline_keyboard": row })), "Bad Request: reply markup is too long");
        let script = json!({ "inline_keyboard": [[{ "text": "x", "url": "javascript:x" }]] });
        assert!(refused(script).contains("Wrong HTTP URL"));
    }
}
