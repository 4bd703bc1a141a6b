//! One call, and what became of it. Nothing here waits or tries again: the outbox decides about both.

use super::{
    Telegram, account, call,
    client::{Failure, Reply},
    document, hear,
};
use crate::{
    school::AccountId,
    work::channel::{Call, Channel, Delivery, Heard, Refused, Rendered, Unfetched},
};
use futures_util::future::BoxFuture;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};
use std::fmt::{self, Formatter};
use teloxide::{payloads::AnswerCallbackQuery, types::CallbackQueryId};

/// Telegram always names the seconds; if it ever forgets, a pause that does no harm.
const UNNAMED_WAIT: u32 = 5;

impl Channel for Telegram {
    fn call(&self, to: &AccountId, what: &Rendered) -> Call {
        call::call(to, what)
    }

    fn send<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Delivery> {
        Box::pin(async move {
            let reply = if document::is_document(call) {
                let Some((content_type, form)) = document::form(&call.body) else {
                    return Delivery::Refused(Refused::Other, "the document that was kept is damaged".into());
                };
                self.client.call(&call.method, &content_type, form, self.patience).await
            } else {
                self.client.json(&call.method, call.body.clone(), self.patience).await
            };
            delivered(&call.method, reply)
        })
    }

    fn answer_press<'a>(&'a self, query: &'a str, toast: &'a str) -> BoxFuture<'a, Delivery> {
        Box::pin(async move {
            let mut answer = AnswerCallbackQuery::new(CallbackQueryId(query.to_owned()));
            answer.text = (!toast.is_empty()).then(|| toast.to_owned());
            let Call { method, body } = call::made(&answer);
            delivered(&method, self.client.json(&method, body, self.patience).await)
        })
    }

    fn aim(&self, call: Call, message: Option<i64>) -> Call {
        call::aim(call, message)
    }

    fn readdress(&self, call: Call, to: &AccountId) -> Call {
        call::readdress(call, to)
    }

    fn plain(&self, call: &Call) -> Call {
        call::plain(call)
    }

    fn repeatable(&self, call: &Call) -> bool {
        repeatable(&call.method)
    }

    fn join_link(&self, code: &str) -> Option<String> {
        self.me.get().map(|me| format!("https://t.me/{}?start={code}", me.username))
    }

    fn fetch<'a>(&'a self, file: &'a str, most: usize) -> BoxFuture<'a, Result<Vec<u8>, Unfetched>> {
        Box::pin(self.bytes_of(file, most))
    }

    fn hear(&self, raw: &str) -> Heard {
        hear::hear(raw, self.me.get().map(|me| me.username.as_str()))
    }
}

fn delivered(method: &str, reply: Result<Reply, Failure>) -> Delivery {
    match reply.and_then(|reply| reply.result::<Made>()) {
        Ok(Made(message)) => Delivery::Sent(message),
        Err(failure) => judged(method, failure),
    }
}

/// What a failure means for the message.
fn judged(method: &str, failure: Failure) -> Delivery {
    let (code, description, retry_after, moved_to) = match failure {
        Failure::NotSent(why) => return Delivery::NotSent(why),
        Failure::Unknown(why) => return Delivery::Unknown(why),
        Failure::Refused { code, description, retry_after, moved_to } => {
            (code, description, retry_after, moved_to)
        }
    };
    match (code, moved_to) {
        (429, _) => Delivery::Wait(retry_after.unwrap_or(UNNAMED_WAIT)),
        // The token was revoked: no verdict on the message.
        (401, _) => Delivery::NotSent(description),
        (500.., _) if repeatable(method) => Delivery::NotSent(format!("{code} {description}")),
        (500.., _) => Delivery::Unknown(format!("{code} {description}")),
        (_, Some(chat)) => Delivery::Refused(Refused::Moved(account(chat)), description),
        _ => Delivery::Refused(reason(code, &description), description),
    }
}

/// Reads Telegram's words: beyond the code, a refusal has no other mark.
fn reason(code: u16, description: &str) -> Refused {
    let said = |words: &[&str]| words.iter().any(|word| description.contains(word));
    match code {
        403 => Refused::Unreachable,
        400 if said(&["chat not found", "user is deactivated", "PEER_ID_INVALID"]) => Refused::Unreachable,
        400 if said(&["message is not modified"]) => Refused::Unchanged,
        // A document stands where the text was: the place is as good as gone.
        400 if said(&[
            "message to edit not found",
            "message can't be edited",
            "MESSAGE_ID_INVALID",
            "there is no text in the message to edit",
        ]) =>
        {
            Refused::Gone
        }
        400 if said(&["can't parse entities"]) => Refused::Markup,
        400 if said(&["query is too old", "QUERY_ID_INVALID"]) => Refused::StalePress,
        _ => Refused::Other,
    }
}

/// Only a send makes something new each time.
fn repeatable(method: &str) -> bool {
    !method.starts_with("Send")
}

/// The id of the message that a call has made, where its result is one and not a mere `true`.
struct Made(Option<i64>);

impl<'de> Deserialize<'de> for Made {
    fn deserialize<D: Deserializer<'de>>(result: D) -> Result<Made, D::Error> {
        result.deserialize_any(MessageOrTrue)
    }
}

struct MessageOrTrue;

impl<'de> Visitor<'de> for MessageOrTrue {
    type Value = Made;

    fn expecting(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("a message, or true")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Made, E> {
        Ok(Made(None))
    }

    fn visit_map<M: MapAccess<'de>>(self, fields: M) -> Result<Made, M::Error> {
        #[derive(Deserialize)]
        struct Message {
            message_id: Option<i64>,
        }
        Message::deserialize(MapAccessDeserializer::new(fields)).map(|it| Made(it.message_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u16, description: &str) -> Failure {
        Failure::Refused { code, description: description.into(), retry_after: None, moved_to: None }
    }

    #[test]
    fn telegrams_words_become_reasons() {
        for (code, words, reason) in [
            (403, "Forbidden: bot was blocked by the user", Refused::Unreachable),
            (403, "Forbidden: user is deactivated", Refused::Unreachable),
            (403, "Forbidden: bot can't initiate conversation with a user", Refused::Unreachable),
            (400, "Bad Request: chat not found", Refused::Unreachable),
            (400, "Bad Request: message is not modified: specified new message content", Refused::Unchanged),
            (400, "Bad Request: message to edit not found", Refused::Gone),
            (400, "Bad Request: message can't be edited", Refused::Gone),
            (400, "Bad Request: there is no text in the message to edit", Refused::Gone),
            (400, "Bad Request: can't parse entities", Refused::Markup),
            (
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
                Refused::StalePress,
            ),
            (400, "Bad Request: message is too long", Refused::Other),
            (404, "Not Found", Refused::Other),
        ] {
            let expected = Delivery::Refused(reason, words.to_owned());
            assert_eq!(judged("SendMessage", refused(code, words)), expected);
        }
    }

    #[test]
    fn a_token_that_was_revoked_is_no_verdict_on_a_message() {
        let judged = judged("SendMessage", refused(401, "Unauthorized"));
        assert_eq!(judged, Delivery::NotSent("Unauthorized".into()));
    }

    #[test]
    fn a_server_error_is_safe_to_repeat_only_where_repeating_does_no_harm() {
        let error = || refused(502, "Bad Gateway");
        assert_eq!(judged("EditMessageText", error()), Delivery::NotSent("502 Bad Gateway".into()));
        assert_eq!(judged("AnswerCallbackQuery", error()), Delivery::NotSent("502 Bad Gateway".into()));
        assert_eq!(judged("SendMessage", error()), Delivery::Unknown("502 Bad Gateway".into()));
        assert_eq!(judged("SendDocument", error()), Delivery::Unknown("502 Bad Gateway".into()));
    }

    #[test]
    fn waits_and_moves_carry_their_figures() {
        let told = |retry_after, moved_to: Option<i64>| Failure::Refused {
            code: if moved_to.is_some() { 400 } else { 429 },
            description: "x".into(),
            retry_after,
            moved_to,
        };
        assert_eq!(judged("SendMessage", told(Some(7), None)), Delivery::Wait(7));
        assert_eq!(judged("SendMessage", told(None, None)), Delivery::Wait(UNNAMED_WAIT));
        assert_eq!(
            judged("SendMessage", told(None, Some(-1007))),
            Delivery::Refused(Refused::Moved(account(-1007)), "x".into())
        );
    }

    #[test]
    fn a_result_tells_a_message_id_only_if_it_is_a_message() {
        let id = |json: &str| serde_json::from_str::<Made>(json).unwrap().0;
        assert_eq!(id(r#"{"message_id":42,"from":{"id":1},"chat":{"id":7,"type":"private"}}"#), Some(42));
        assert_eq!(id("true"), None);
    }
}
