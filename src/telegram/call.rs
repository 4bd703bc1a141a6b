//! Final bodies: what is kept in the outbox is what goes over the wire.

use super::document;
use crate::{
    school::AccountId,
    work::channel::{Call, Press, Rendered, RenderedButton, RenderedHow},
};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;
use teloxide::{
    payloads::{EditMessageReplyMarkup, EditMessageText, SendMessage, SetMyCommands},
    requests::Payload,
    types::{
        BotCommand, BotCommandScope, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions,
        MessageId, ParseMode, ReplyMarkup,
    },
};

/// Makes the call for a message.
pub(super) fn call(to: &AccountId, what: &Rendered) -> Call {
    // Telegram knows no chat 0: an account of another messenger is refused there like any that is gone.
    let chat = ChatId(super::chat(to).unwrap_or_default());
    match &what.how {
        RenderedHow::Say => {
            let mut say = SendMessage::new(chat, &what.html);
            say.parse_mode = Some(ParseMode::Html);
            say.link_preview_options = Some(no_preview());
            say.disable_notification = what.silent.then_some(true);
            say.reply_markup = keyboard(&what.buttons).map(ReplyMarkup::InlineKeyboard);
            made(&say)
        }
        RenderedHow::Edit(message) => made(&edit(chat, *message, what)),
        RenderedHow::EditPlace => made(&edit(chat, 0, what)),
        RenderedHow::Strip(message) => made(&EditMessageReplyMarkup::new(chat, message_id(*message))),
        RenderedHow::Document(name, content) => {
            document::keep(chat, name, content, &what.html, keyboard(&what.buttons), what.silent)
        }
        RenderedHow::Menu(commands) => {
            let mut menu = menu(commands);
            menu.scope = Some(BotCommandScope::Chat { chat_id: chat.into() });
            made(&menu)
        }
    }
}

/// Points an edit at its message, or makes a new message of it.
pub(super) fn aim(call: Call, message: Option<i64>) -> Call {
    if call.method != EditMessageText::NAME && call.method != EditMessageReplyMarkup::NAME {
        return call;
    }
    match message {
        None if call.method == EditMessageReplyMarkup::NAME => Call { method: String::new(), ..call },
        Some(message) => rewritten(&call, &call.method, |fields| {
            fields.insert("message_id", raw(&message));
        }),
        None => rewritten(&call, SendMessage::NAME, |fields| {
            fields.remove("message_id");
        }),
    }
}

/// The same call to another chat. What stands there cannot be edited from here: an edit becomes a message.
pub(super) fn readdress(call: Call, to: &AccountId) -> Call {
    let moved = rewritten(&call, &call.method, |fields| {
        fields.insert("chat_id", raw(&super::chat(to).unwrap_or_default()));
    });
    aim(moved, None)
}

fn message_id(id: i64) -> MessageId {
    MessageId(i32::try_from(id).unwrap_or_default())
}

/// The same message without markup, for when Telegram cannot read it.
pub(super) fn plain(call: &Call) -> Call {
    rewritten(call, &call.method, |fields| {
        fields.remove("parse_mode");
        for field in ["text", "caption"] {
            let html = fields.get(field).and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
            if let Some(html) = html {
                fields.insert(field, raw(&without_markup(&html)));
            }
        }
    })
}

/// A call from one of teloxide's payloads.
pub(super) fn made<P: Payload + Serialize>(payload: &P) -> Call {
    // The payloads serialise always: they hold strings and numbers.
    Call { method: P::NAME.to_owned(), body: serde_json::to_string(payload).unwrap_or_default() }
}

/// A menu of commands (name, description).
pub(super) fn menu(commands: &[(String, String)]) -> SetMyCommands {
    SetMyCommands::new(commands.iter().map(|(name, description)| BotCommand::new(name, description)))
}

fn edit(chat: ChatId, message: i64, what: &Rendered) -> EditMessageText {
    let message = message_id(message);
    let mut edit = EditMessageText::new(chat, message, &what.html);
    edit.parse_mode = Some(ParseMode::Html);
    edit.link_preview_options = Some(no_preview());
    edit.reply_markup = keyboard(&what.buttons);
    edit
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

fn keyboard(rows: &[Vec<RenderedButton>]) -> Option<InlineKeyboardMarkup> {
    let rows = rows.iter().map(|row| row.iter().filter_map(button).collect::<Vec<_>>());
    let rows: Vec<_> = rows.filter(|row| !row.is_empty()).collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// A link that cannot be read is left out: Telegram would refuse the whole message for it.
fn button(button: &RenderedButton) -> Option<InlineKeyboardButton> {
    match &button.press {
        Press::Data(data) => Some(InlineKeyboardButton::callback(&button.label, data)),
        Press::Url(link) => Some(InlineKeyboardButton::url(&button.label, link.parse().ok()?)),
    }
}

/// The fields of a body, each as it stands in the JSON.
pub(super) type Fields<'a> = BTreeMap<&'a str, Box<RawValue>>;

fn rewritten(call: &Call, method: &str, change: impl FnOnce(&mut Fields)) -> Call {
    let Ok(mut fields) = serde_json::from_str::<Fields>(&call.body) else { return call.clone() };
    change(&mut fields);
    Call { method: method.to_owned(), body: serde_json::to_string(&fields).unwrap_or_default() }
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    to_raw_value(value).unwrap_or_default()
}

/// Leaves out tags and reads the entities. A `<` that opens no tag stays: it is what Telegram stumbled over.
fn without_markup(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (says, length) = tag(rest).or_else(|| entity(rest)).unwrap_or((&rest[..1], 1));
        plain.push_str(says);
        rest = &rest[length..];
    }
    plain + rest
}

fn tag(text: &str) -> Option<(&'static str, usize)> {
    let inside = text.strip_prefix('<')?;
    let opens = inside.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
    let end = inside.find('>').filter(|_| opens)?;
    Some(("", end + 2))
}

fn entity(text: &str) -> Option<(&'static str, usize)> {
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\"")];
    known
        .into_iter()
        .find(|(written, _)| text.starts_with(written))
        .map(|(written, says)| (says, written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn rendered(how: RenderedHow, html: &str) -> Rendered {
        let talk = RenderedButton { label: "谈话".into(), press: Press::Data("t:1".into()) };
        let link = RenderedButton { label: "help".into(), press: Press::Url("https://a.b/".into()) };
        let broken = RenderedButton { label: "x".into(), press: Press::Url("nowhere".into()) };
        Rendered { how, html: html.into(), buttons: vec![vec![talk, link], vec![broken]], silent: true }
    }

    fn body(call: &Call) -> Value {
        serde_json::from_str(&call.body).unwrap()
    }

    #[test]
    fn a_message_is_html_without_previews_and_with_its_buttons() {
        let say = call(&super::super::account(7), &rendered(RenderedHow::Say, "<b>早</b>"));
        assert_eq!(say.method, "SendMessage");
        assert_eq!(
            body(&say),
            json!({
                "chat_id": 7, "text": "<b>早</b>", "parse_mode": "HTML", "disable_notification": true,
                "link_preview_options": {"is_disabled": true},
                "reply_markup": {"inline_keyboard": [[
                    {"text": "谈话", "callback_data": "t:1"}, {"text": "help", "url": "https://a.b/"}
                ]]}
            })
        );
    }

    #[test]
    fn an_edit_is_aimed_at_its_place_or_becomes_a_message() {
        let edit = call(&super::super::account(7), &rendered(RenderedHow::EditPlace, "早"));
        assert_eq!(body(&edit)["message_id"], 0);
        let aimed = aim(edit.clone(), Some(42));
        assert_eq!((aimed.method.as_str(), &body(&aimed)["message_id"]), ("EditMessageText", &json!(42)));
        let anew = aim(edit, None);
        assert_eq!((anew.method.as_str(), body(&anew).get("message_id")), ("SendMessage", None));
        assert_eq!(body(&anew)["reply_markup"], body(&aimed)["reply_markup"]);
        let say = call(&super::super::account(7), &rendered(RenderedHow::Say, "早"));
        assert_eq!(aim(say.clone(), Some(42)), say);
    }

    #[test]
    fn a_call_goes_to_the_chat_that_a_group_became() {
        let group = super::super::account(-5);
        let to = super::super::account(-1005);
        let say = readdress(call(&group, &rendered(RenderedHow::Say, "早")), &to);
        assert_eq!((say.method.as_str(), &body(&say)["chat_id"]), ("SendMessage", &json!(-1005)));
        let edit = readdress(call(&group, &rendered(RenderedHow::Edit(7), "早")), &to);
        assert_eq!((edit.method.as_str(), &body(&edit)["chat_id"]), ("SendMessage", &json!(-1005)));
        let unmade = Call { method: String::new(), body: String::new() };
        assert_eq!(readdress(unmade.clone(), &to), unmade);
    }

    #[test]
    fn a_menu_is_the_accounts_own() {
        let menu = RenderedHow::Menu(vec![("help".into(), "帮助".into())]);
        let menu = call(&super::super::account(7), &rendered(menu, ""));
        assert_eq!(menu.method, "SetMyCommands");
        let scope = json!({"type": "chat", "chat_id": 7});
        assert_eq!(
            body(&menu),
            json!({"commands": [{"command": "help", "description": "帮助"}], "scope": scope})
        );
    }

    #[test]
    fn plain_text_keeps_every_word_and_drops_only_markup() {
        let html = "<b>李雷</b> &lt;3 &amp;amp; 1 < 2 <a href=\"x\">这里</a> &nbsp; <";
        let say = plain(&call(&super::super::account(7), &rendered(RenderedHow::Say, html)));
        assert_eq!(body(&say)["text"], "李雷 <3 &amp; 1 < 2 这里 &nbsp; <");
        assert_eq!(body(&say).get("parse_mode"), None);
        assert!(body(&say).get("reply_markup").is_some());
    }
}
