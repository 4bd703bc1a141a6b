//! The thin way to the Bot API: one request, one answer, and what it means when there is none. A raw hyper call costs
//! a third of reqwest's, and these calls are most of what the bot does; [`super::lines`] keeps the connections.

use super::lines::{Broken, Lines};
use bytes::Bytes;
use http_body_util::{Full, LengthLimitError};
use hyper::{
    Request, Uri,
    header::{self, HeaderValue},
    http::uri::PathAndQuery,
};
use serde::Deserialize;
use std::{
    borrow::Cow,
    net::IpAddr,
    pin::pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

/// A hundred updates are far below; a wrong server must not fill the memory.
const LONGEST_ANSWER: usize = 32 << 20;

/// A call that brought no result.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Failure {
    /// There was no connection: nothing was sent.
    #[error("Telegram cannot be reached: {0}")]
    NotSent(String),
    /// The request was on its way and no answer came: nobody knows whether it took effect.
    #[error("Telegram did not answer: {0}")]
    Unknown(String),
    /// Telegram's no.
    #[error("Telegram refuses with {code}: {description}")]
    Refused {
        /// As in HTTP.
        code: u16,
        /// Telegram's words, without what is quoted in them.
        description: String,
        /// After 429: the seconds to wait.
        retry_after: Option<u32>,
        /// The group has become this supergroup.
        moved_to: Option<i64>,
    },
}

/// Settings with which no bot can be reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unusable {
    /// Not a token. Its text is left out on purpose.
    #[error(
        "the Telegram token must be digits, a colon, then letters, digits, - and _, as BotFather gives it"
    )]
    Token,
    /// Not an address that may carry the token and people's words.
    #[error("the Telegram API's address must begin with https://, or with http:// and be on this machine")]
    Address,
}

/// The Bot API for one token.
pub(super) struct Client {
    lines: Lines,
    host: HeaderValue,
    /// The path before the method's name. It holds the token: it never leaves this file.
    base: String,
    /// The same for the path of a file.
    files: String,
    token: String,
}

/// An answer that has come, not yet read.
pub(super) struct Reply {
    status: u16,
    body: Bytes,
}

/// All that is read of an answer.
#[derive(Deserialize)]
struct Answer<'a, T> {
    ok: bool,
    result: Option<T>,
    error_code: Option<u16>,
    #[serde(borrow)]
    description: Option<Cow<'a, str>>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u32>,
    migrate_to_chat_id: Option<i64>,
}

impl Client {
    pub fn new(api_url: &str, token: &str) -> Result<Client, Unusable> {
        let api_url = api_url.trim_end_matches('/');
        if !is_token(token) {
            return Err(Unusable::Token);
        }
        if !is_safe(api_url) {
            return Err(Unusable::Address);
        }
        let server: Uri = api_url.parse().map_err(|_| Unusable::Address)?;
        let host = server.authority().and_then(|it| HeaderValue::from_str(it.as_str()).ok());
        let host = host.ok_or(Unusable::Address)?;
        let before = server.path().trim_end_matches('/');
        let (base, files) = (format!("{before}/bot{token}/"), format!("{before}/file/bot{token}/"));
        Ok(Client { lines: Lines::to(server), host, base, files, token: token.to_owned() })
    }

    /// Makes a call with a JSON body.
    pub async fn json(&self, method: &str, body: String, within: Duration) -> Result<Reply, Failure> {
        self.call(method, "application/json", Bytes::from(body), within).await
    }

    /// Makes a call, once.
    pub async fn call(
        &self,
        method: &str,
        content_type: &str,
        body: Bytes,
        within: Duration,
    ) -> Result<Reply, Failure> {
        let path = format!("{}{method}", self.base);
        let request = Request::post(path)
            .header(header::HOST, &self.host)
            .header(header::CONTENT_TYPE, content_type)
            .body(Full::new(body))
            .map_err(|error| self.not_sent(&error))?;
        let sent = AtomicBool::new(false);
        // Pinned where it is: to be moved into what waits for it is a copy of all that it holds.
        let answer = pin!(async {
            let answered = self.lines.ask(request, || sent.store(true, Ordering::Relaxed)).await;
            let answered = answered.map_err(|broken| self.failure(&broken))?;
            let status = answered.status();
            let body = answered.whole(LONGEST_ANSWER).await.map_err(|error| self.unknown(&*error))?;
            Ok(Reply { status, body })
        });
        match tokio::time::timeout(within, answer).await {
            Ok(answer) => answer,
            Err(_) if !sent.load(Ordering::Relaxed) => {
                Err(Failure::NotSent(format!("no connection within {} s", within.as_secs())))
            }
            Err(_) => Err(Failure::Unknown(format!("no answer within {} s", within.as_secs()))),
        }
    }

    /// Fetches a file by the path that Telegram gave, if it has no more than so many bytes: one that says it has more is
    /// not even begun.
    pub async fn file(&self, path: &str, most: usize, within: Duration) -> Result<Option<Bytes>, Failure> {
        let path: PathAndQuery = format!("{}{path}", self.files)
            .parse()
            .map_err(|_| Failure::NotSent("the path of the file is no part of an address".into()))?;
        let request = Request::get(path.as_str())
            .header(header::HOST, &self.host)
            .body(Full::default())
            .map_err(|error| self.not_sent(&error))?;
        let fetched = async {
            // To ask for a file once more does no harm.
            let answered = self.lines.ask(request, || ()).await;
            let answered =
                answered.map_err(|(Broken::Before(it) | Broken::After(it))| self.not_sent(&*it))?;
            if answered.status() != 200 {
                return Err(Failure::NotSent(format!("{} in place of a file", answered.status())));
            }
            if answered.says() > most as u64 {
                return Ok(None);
            }
            match answered.whole(most).await {
                Ok(body) => Ok(Some(body)),
                Err(error) if error.is::<LengthLimitError>() => Ok(None),
                Err(error) => Err(self.unknown(&*error)),
            }
        };
        let late = |_| Failure::Unknown(format!("no file within {} s", within.as_secs()));
        tokio::time::timeout(within, fetched).await.map_err(late)?
    }

    /// What may be shown of an error or a description: never the token.
    fn clean(&self, text: String) -> String {
        if text.contains(&self.token) { text.replace(&self.token, "<token>") } else { text }
    }

    fn failure(&self, broken: &Broken) -> Failure {
        match broken {
            Broken::Before(error) => self.not_sent(&**error),
            Broken::After(error) => self.unknown(&**error),
        }
    }

    fn not_sent(&self, error: &(dyn std::error::Error + 'static)) -> Failure {
        Failure::NotSent(self.clean(told(error)))
    }

    fn unknown(&self, error: &(dyn std::error::Error + 'static)) -> Failure {
        Failure::Unknown(self.clean(told(error)))
    }
}

impl Reply {
    /// The result, or Telegram's refusal.
    pub fn result<'a, T: Deserialize<'a>>(&'a self) -> Result<T, Failure> {
        let refused = |code, description: &str, parameters: Option<Parameters>| Failure::Refused {
            code,
            description: described(code, description),
            retry_after: parameters.as_ref().and_then(|parameters| parameters.retry_after),
            moved_to: parameters.and_then(|parameters| parameters.migrate_to_chat_id),
        };
        match serde_json::from_slice::<Answer<'a, T>>(&self.body) {
            Ok(Answer { ok: true, result: Some(result), .. }) => Ok(result),
            Ok(answer) if !answer.ok => {
                let code = answer.error_code.unwrap_or(self.status);
                Err(refused(code, answer.description.as_deref().unwrap_or_default(), answer.parameters))
            }
            // A proxy's page, not Telegram's words: it has turned us away, and Telegram has seen nothing.
            _ if (300..500).contains(&self.status) => {
                Err(Failure::NotSent(format!("{} from somebody who is not the Bot API", self.status)))
            }
            _ if self.status != 200 => Err(refused(self.status, "an answer that is not the Bot API's", None)),
            _ => Err(Failure::Unknown("an answer that cannot be read".into())),
        }
    }
}

/// Telegram's words without what it quotes, which may be a person's; a wrong token is said in plain words.
fn described(code: u16, description: &str) -> String {
    if code == 401 || (code == 404 && description == "Not Found") {
        return format!("{description}: the bot is not known, its token is wrong or was revoked");
    }
    if let Some(at) = description.find("can't parse entities") {
        return description[..at + "can't parse entities".len()].to_owned();
    }
    let mut kept = String::with_capacity(description.len());
    let mut quote = None;
    let mut before = ' ';
    for letter in description.chars() {
        match quote {
            Some(end) if letter == end => quote = None,
            Some(_) => continue,
            // An apostrophe stands within a word: "can't".
            None if letter == '"' || (letter == '\'' && !before.is_alphanumeric()) => quote = Some(letter),
            None => {}
        }
        kept.push(letter);
        before = letter;
    }
    kept
}

/// An error with its causes. hyper's texts hold no address.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn is_token(token: &str) -> bool {
    let Some((id, secret)) = token.split_once(':') else { return false };
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    digits
        && !secret.is_empty()
        && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn is_safe(api_url: &str) -> bool {
    let Ok(uri) = api_url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    match uri.scheme_str() {
        _ if uri.query().is_some() => false,
        Some("https") => true,
        Some("http") => host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;

    const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    fn reply(status: u16, body: &'static str) -> Reply {
        Reply { status, body: Bytes::from_static(body.as_bytes()) }
    }

    fn refusal(status: u16, body: &'static str) -> Failure {
        reply(status, body).result::<&RawValue>().unwrap_err()
    }

    #[test]
    fn only_a_token_and_a_safe_address_make_a_client() {
        let made = |url, token| Client::new(url, token).map(|client| client.base).err();
        for url in [
            "https://api.telegram.org",
            "https://bots.school.cn/tg/",
            "http://127.0.0.1:8017",
            "http://[::1]:1",
        ] {
            assert_eq!(made(url, TOKEN), None, "{url}");
        }
        for url in ["http://api.telegram.org", "api.telegram.org", "", "ftp://127.0.0.1", "https://a.b/?x=1"]
        {
            assert_eq!(made(url, TOKEN), Some(Unusable::Address), "{url}");
        }
        for token in ["", "110201543", "x:y", "1:", "1:a b", "1:a/b"] {
            assert_eq!(made("https://api.telegram.org", token), Some(Unusable::Token), "{token}");
        }
    }

    #[test]
    fn a_refusal_tells_what_matters_and_quotes_nobody() {
        let said = |description: &str| described(400, description);
        assert_eq!(said("Bad Request: message can't be edited"), "Bad Request: message can't be edited");
        assert_eq!(
            said("Bad Request: can't parse entities: Unsupported start tag \"李雷\" at byte offset 3"),
            "Bad Request: can't parse entities"
        );
        assert_eq!(
            said("Bad Request: URL 'http://a.b' is invalid: it's wrong"),
            "Bad Request: URL '' is invalid: it's wrong"
        );
        assert_eq!(
            refusal(
                429,
                r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#
            ),
            Failure::Refused {
                code: 429,
                description: "Too Many Requests: retry after 7".into(),
                retry_after: Some(7),
                moved_to: None
            }
        );
        assert!(
            refusal(401, r#"{"ok":false,"error_code":401,"description":"Unauthorized"}"#)
                .to_string()
                .contains("token")
        );
    }

    #[test]
    fn what_is_not_the_bot_apis_answer_is_judged_by_its_status() {
        let page = "<html><head><title>502 Bad Gateway</title></head></html>";
        assert!(matches!(refusal(502, page), Failure::Refused { code: 502, .. }));
        assert!(matches!(refusal(302, ""), Failure::NotSent(_)));
        assert!(matches!(refusal(403, page), Failure::NotSent(_)), "nobody blocked the bot");
        assert!(matches!(refusal(200, page), Failure::Unknown(_)));
        assert!(matches!(refusal(200, r#"{"ok":true}"#), Failure::Unknown(_)));
    }

    #[test]
    fn errors_never_hold_the_token() {
        let client = Client::new("https://api.telegram.org", TOKEN).unwrap();
        assert_eq!(client.clean(format!("GET /bot{TOKEN}/x failed")), "GET /bot<token>/x failed");
    }
}
