//! Files on their way. The outbox keeps text, Telegram wants a form: a document is kept as JSON with its content in
//! base64 and becomes a form at the moment of sending.

use super::call::Fields;
use crate::work::channel::Call;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::Serialize;
use teloxide::{
    payloads::SendDocument,
    requests::Payload,
    types::{ChatId, InlineKeyboardMarkup, ParseMode},
};

const NAME: &str = "document_name";
const CONTENT: &str = "document_base64";

#[derive(Serialize)]
struct Kept<'a> {
    chat_id: ChatId,
    caption: &'a str,
    parse_mode: ParseMode,
    #[serde(skip_serializing_if = "Option::is_none")]
    disable_notification: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<InlineKeyboardMarkup>,
    document_name: &'a str,
    document_base64: String,
}

/// The call that sends a document, as the outbox keeps it.
pub(super) fn keep(
    chat_id: ChatId,
    name: &str,
    content: &[u8],
    caption: &str,
    reply_markup: Option<InlineKeyboardMarkup>,
    silent: bool,
) -> Call {
    let kept = Kept {
        chat_id,
        caption,
        parse_mode: ParseMode::Html,
        disable_notification: silent.then_some(true),
        reply_markup,
        document_name: name,
        document_base64: STANDARD.encode(content),
    };
    Call { method: SendDocument::NAME.to_owned(), body: serde_json::to_string(&kept).unwrap_or_default() }
}

/// Whether a call has to go as a form.
pub(super) fn is_document(call: &Call) -> bool {
    call.method == SendDocument::NAME
}

/// The form of a kept document: its content type and bytes. `None` if what was kept is damaged.
pub(super) fn form(body: &str) -> Option<(String, Bytes)> {
    let mut fields: Fields = serde_json::from_str(body).ok()?;
    let name: String = serde_json::from_str(fields.remove(NAME)?.get()).ok()?;
    let content: String = serde_json::from_str(fields.remove(CONTENT)?.get()).ok()?;
    let content = STANDARD.decode(content).ok()?;

    let boundary = format!("daoyu-{:032x}", rand::random::<u128>());
    let mut form = Vec::with_capacity(content.len() + 2048);
    let mut part = |disposition: &str, content: &[u8]| {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        form.extend_from_slice(head.as_bytes());
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n");
    };
    for (field, value) in &fields {
        // A form's field is the bare text, and JSON for everything else.
        let text = serde_json::from_str(value.get()).unwrap_or_else(|_| value.get().to_owned());
        part(&format!("name=\"{field}\""), text.as_bytes());
    }
    let name = name.replace(['"', '\\', '\r', '\n'], "_");
    part(&format!("name=\"document\"; filename=\"{name}\""), &content);
    form.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Some((format!("multipart/form-data; boundary={boundary}"), form.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_document_becomes_a_form_with_every_field() {
        let kept = keep(ChatId(7), "成长\"档案\".pdf", b"\x00\r\n%PDF", "<b>李雷</b>", None, true);
        assert!(is_document(&kept));
        let (kind, form) = form(&kept.body).unwrap();
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        let form = String::from_utf8(form.to_vec()).unwrap();
        for part in [
            "name=\"chat_id\"\r\n\r\n7\r\n",
            "name=\"caption\"\r\n\r\n<b>李雷</b>\r\n",
            "name=\"parse_mode\"\r\n\r\nHTML\r\n",
            "name=\"disable_notification\"\r\n\r\ntrue\r\n",
            "name=\"document\"; filename=\"成长_档案_.pdf\"\r\n\r\n\0\r\n%PDF\r\n",
        ] {
            assert!(form.contains(part), "{part}");
        }
        assert!(form.ends_with(&format!("--{boundary}--\r\n")));
    }

    #[test]
    fn a_damaged_document_is_no_form() {
        for body in ["", "{}", r#"{"document_name":"a","document_base64":"*"}"#] {
            assert!(form(body).is_none(), "{body}");
        }
    }
}
