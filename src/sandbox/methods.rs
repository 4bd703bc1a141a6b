//! The methods of the Bot API that this Telegram knows, and what each call leaves in the ledger.

use serde_json::{Value, json};

use super::ledger::Entry;
use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::wire;
use super::world::World;

/// Every method by its true spelling. Callers may write it in any case, and some send CamelCase.
const METHODS: [&str; 30] = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "editMessageText",
    "editMessageReplyMarkup",
    "editMessageCaption",
    "answerCallbackQuery",
    "deleteMessage",
    "sendChatAction",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setChatMenuButton",
    "getChatMenuButton",
    "setMyName",
    "getMyName",
    "setMyDescription",
    "getMyDescription",
    "setMyShortDescription",
    "getMyShortDescription",
    "getChat",
    "getFile",
    "leaveChat",
    "logOut",
    "close",
];

/// The methods that reach a person: these go into the ledger.
const REACHES_PEOPLE: [&str; 8] = [
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "editMessageText",
    "editMessageReplyMarkup",
    "editMessageCaption",
    "answerCallbackQuery",
    "deleteMessage",
];

/// The true spelling of a method, if there is such a one.
pub(super) fn named(method: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|name| name.eq_ignore_ascii_case(method))
}

impl World {
    /// Carries a call out and notes it. Updates and webhooks, which wait, are answered elsewhere.
    pub fn perform(&mut self, method: &'static str, params: &Params) -> Answer {
        let answer = match method {
            "getMe" => Ok(wire::me(self).into()),
            "sendMessage" => self.send_message(params),
            "sendPhoto" => self.send_photo(params),
            "sendDocument" => self.send_document(params),
            "editMessageText" => self.edit_message_text(params),
            "editMessageReplyMarkup" => self.edit_message_reply_markup(params),
            "editMessageCaption" => self.edit_message_caption(params),
            "answerCallbackQuery" => self.answer_callback_query(params),
            "deleteMessage" => self.delete_message(params),
            "sendChatAction" => self.send_chat_action(params),
            "setMyCommands" => self.set_my_commands(params),
            "getMyCommands" => self.get_my_commands(params),
            "deleteMyCommands" => self.delete_my_commands(params),
            "setChatMenuButton" => self.set_chat_menu_button(params),
            "getChatMenuButton" => Ok(json!({ "type": "commands" }).into()),
            "setMyName" | "setMyDescription" | "setMyShortDescription" => Ok(true.into()),
            "getMyName" => Ok(json!({ "name": wire::BOT_NAME }).into()),
            "getMyDescription" => Ok(json!({ "description": "" }).into()),
            "getMyShortDescription" => Ok(json!({ "short_description": "" }).into()),
            "getChat" => self.get_chat(params),
            "getFile" => self.get_file(params),
            "leaveChat" => self.chat_to_write(params.text("chat_id")).map(|_| true.into()),
            "logOut" | "close" => Ok(true.into()),
            _ => Err(Refusal::no_such_method()),
        };
        self.note(method, params, &answer);
        answer
    }

    /// Writes a call that reaches people into the ledger.
    pub fn note(&mut self, method: &'static str, params: &Params, answer: &Answer) {
        if !REACHES_PEOPLE.contains(&method) {
            return;
        }
        // What was sent just now is the newest message of all.
        let made = (answer.is_ok() && method.starts_with("send")).then(|| self.newest_message());
        let (chat, message_id, text) = match method {
            "answerCallbackQuery" => {
                let id = params.text("callback_query_id").unwrap_or_default();
                let pressed_by = self.queries.answerable(&id, self.now).unwrap_or_default();
                (pressed_by, None, params.text("text").unwrap_or_default())
            }
            _ => {
                let chat = params.integer("chat_id").unwrap_or_default();
                let message_id = made.or_else(|| params.integer("message_id"));
                let message = message_id.and_then(|id| self.message(chat, id)).filter(|_| answer.is_ok());
                let text = match message {
                    Some(message) => message.body.text.text.clone(),
                    None => params.text("text").or_else(|| params.text("caption")).unwrap_or_default(),
                };
                (chat, message_id, text)
            }
        };
        let refused = answer.as_ref().err().map(|refusal| refusal.description.clone());
        let when = std::time::Instant::now();
        self.ledger.note(Entry { order: 0, method, chat, message_id, text, at: self.now, when, refused });
    }

    fn answer_callback_query(&mut self, params: &Params) -> Answer {
        let id = params.text("callback_query_id").unwrap_or_default();
        let too_old = || Refusal::bad("query is too old and response timeout expired or query ID is invalid");
        let user = self.queries.answerable(&id, self.now).ok_or_else(too_old)?;
        let text = params.text("text").unwrap_or_default();
        if text.chars().count() > 200 {
            return Err(Refusal::bad("MESSAGE_TOO_LONG"));
        }
        self.show_toast(user, &id, text, params.flag("show_alert"));
        Ok(true.into())
    }

    fn send_chat_action(&mut self, params: &Params) -> Answer {
        let chat = self.chat_to_write(params.text("chat_id"))?;
        let action = params.text("action").unwrap_or_default();
        let known = ["typing", "choose_sticker", "find_location"].contains(&action.as_str())
            || action.starts_with("upload_")
            || action.starts_with("record_");
        if !known {
            return Err(Refusal::bad("wrong parameter action in request"));
        }
        self.tell(chat, || json!({ "kind": "action", "action": action }));
        Ok(true.into())
    }

    fn get_chat(&mut self, params: &Params) -> Answer {
        let id = self.chat_to_read(params)?;
        Ok(self.chats.get(&id).map_or(Value::Null, wire::full_chat).into())
    }

    /// Reading goes on when the person has blocked the bot.
    fn chat_to_read(&self, params: &Params) -> Answer<i64> {
        let id = params.text("chat_id").filter(|id| !id.is_empty());
        let id: Option<i64> = id.ok_or_else(|| Refusal::bad("chat_id is empty"))?.parse().ok();
        let known = id.filter(|id| self.chats.get(id).is_some_and(|chat| chat.started));
        known.ok_or_else(|| Refusal::bad("chat not found"))
    }
}
