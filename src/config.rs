//! What an installation is told: `daoyu.toml` and the environment, read once. The environment wins.
//!
//! Every wrong setting is named with what was expected there, all at once; what stands there instead is never repeated,
//! since it may be a token in the wrong line.

mod read;
mod secret;

pub use secret::{Secret, hide_tokens};

use read::Reader;
use std::{fmt, net::SocketAddr};

/// Everything that `daoyu serve` is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// What every command needs.
    pub base: Base,
    /// The messenger.
    pub telegram: Telegram,
    /// Where health, metrics and the webhook are answered.
    pub listen: SocketAddr,
}

/// What every command needs.
#[derive(Clone, Debug)]
pub struct Base {
    /// `sqlite:PATH` or `postgres://...`; it may hold a password.
    pub database: Secret,
    /// What is logged: `info`, `debug`, `info,daoyu=debug`, ...
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
    /// The bot's user name, for links that open it.
    pub bot: Option<String>,
}

/// The bot and how it hears.
#[derive(Clone, Debug)]
pub struct Telegram {
    /// What BotFather gave.
    pub token: Secret,
    /// The number before the colon of the token: it tells the updates of two bots apart.
    pub bot_id: i64,
    /// Where the Bot API answers, without a slash at the end.
    pub api_url: String,
    /// How updates come.
    pub mode: Mode,
    /// Whether messages are spaced out as Telegram asks for; off for load tests alone.
    pub pace: bool,
}

/// How updates come.
#[derive(Clone, Debug)]
pub enum Mode {
    /// We ask.
    Polling,
    /// Telegram calls us.
    Webhook(Webhook),
}

/// Where Telegram calls us, and how it proves to be Telegram.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The address as seen from the internet, with its path: what `setWebhook` is given.
    pub url: String,
    /// The last part of the path: `/telegram/<path>`.
    pub path: String,
    /// The secret that comes with every call.
    pub secret: Secret,
}

/// How lines of the log are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// One wrong setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// The setting: a variable, or a key with its file and line.
    pub place: String,
    /// What was expected there.
    pub expected: String,
}

impl Wrong {
    /// Whether nothing is wrong but that no token was given, which only the bot itself needs.
    pub fn is_no_token(&self) -> bool {
        self.place == missing(&TOKEN)
    }
}

/// The place of a setting that is not there.
fn missing(setting: &Setting) -> String {
    format!("{} is missing", setting.env)
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}", self.place, self.expected)
    }
}

/// One setting, in both of its spellings.
#[derive(Debug)]
pub struct Setting {
    /// In the environment.
    pub env: &'static str,
    /// In the file.
    pub key: &'static str,
    /// What is expected.
    pub expects: &'static str,
    /// What holds if nothing is said.
    pub default: &'static str,
}

macro_rules! settings {
    ($($NAME:ident: $env:literal, $key:literal, $expects:literal, $default:literal;)+) => {
        $(const $NAME: Setting = Setting { env: $env, key: $key, expects: $expects, default: $default };)+
        /// Every setting there is.
        pub const SETTINGS: &[Setting] = &[$($NAME),+];
    };
}
settings! {
    TOKEN: "DAOYU_TELEGRAM_TOKEN", "telegram.token", "the token that BotFather gave, like 123456:ABC...", "";
    API_URL: "DAOYU_TELEGRAM_API_URL", "telegram.api_url",
        "an address like https://api.telegram.org (http:// only on this machine)", "https://api.telegram.org";
    MODE: "DAOYU_TELEGRAM_MODE", "telegram.mode", "polling or webhook", "polling";
    PACE: "DAOYU_TELEGRAM_PACE", "telegram.pace", "on or off", "on";
    BOT: "DAOYU_TELEGRAM_BOT", "telegram.bot", "the bot's user name: 5 to 32 of A-Z, a-z, 0-9 and _", "";
    DATABASE: "DATABASE_URL", "database_url", "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME",
        "sqlite:data/daoyu.db";
    LISTEN: "DAOYU_LISTEN", "listen", "an address and a port, like 127.0.0.1:8080", "127.0.0.1:8080";
    PUBLIC_URL: "DAOYU_PUBLIC_URL", "public_url",
        "the https:// address under which Telegram reaches this program (http:// only on this machine)", "";
    WEBHOOK_SECRET: "DAOYU_WEBHOOK_SECRET", "webhook_secret", "1 to 256 characters of A-Z, a-z, 0-9, _ and -", "";
    LOG: "DAOYU_LOG", "log", "a level or filter like info, debug or info,daoyu=debug", "info,daoyu=info";
    LOG_FORMAT: "DAOYU_LOG_FORMAT", "log_format", "text or json", "text";
}

impl Config {
    /// Reads all settings; `file` is its name and its text. An empty variable counts as none.
    pub fn read(
        file: Option<(&str, &str)>,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Config, Vec<Wrong>> {
        let mut reader = Reader::new(file, env);
        let base = base(&mut reader);
        let token = reader.required(&TOKEN, token);
        let api_url = reader.value(&API_URL, safe_address);
        let webhook = reader.value(&MODE, |it| on_off(it, "webhook", "polling"));
        let pace = reader.value(&PACE, |it| on_off(it, "on", "off"));
        let listen = reader.value(&LISTEN, |it| it.parse().ok());
        let (public_url, secret) = match webhook {
            Some(true) => {
                (reader.required(&PUBLIC_URL, safe_address), reader.required(&WEBHOOK_SECRET, webhook_secret))
            }
            _ => {
                (reader.optional(&PUBLIC_URL, safe_address), reader.optional(&WEBHOOK_SECRET, webhook_secret))
            }
        };
        reader.finish(|| {
            let (bot_id, token) = token?;
            let mode = if webhook? {
                let path = bot_id.to_string();
                Mode::Webhook(Webhook {
                    url: format!("{}/telegram/{path}", public_url?),
                    path,
                    secret: secret?,
                })
            } else {
                Mode::Polling
            };
            let telegram = Telegram { token, bot_id, api_url: api_url?, mode, pace: pace? };
            Some(Config { base: base?, telegram, listen: listen? })
        })
    }
}

impl Base {
    /// Reads what every command needs, and minds nothing else but settings that do not exist.
    pub fn read(
        file: Option<(&str, &str)>,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Base, Vec<Wrong>> {
        let mut reader = Reader::new(file, env);
        let base = base(&mut reader);
        reader.finish(|| base)
    }
}

fn base(reader: &mut Reader<'_>) -> Option<Base> {
    let database = reader.value(&DATABASE, database_url);
    let log = reader.value(&LOG, |it| tracing_subscriber::EnvFilter::try_new(it).ok().map(|_| it.to_owned()));
    let json = reader.value(&LOG_FORMAT, |it| on_off(it, "json", "text"));
    let bot = reader.optional(&BOT, bot_name);
    let log_format = if json? { LogFormat::Json } else { LogFormat::Text };
    Some(Base { database: database?, log: log?, log_format, bot })
}

/// `sqlite:PATH` or `postgres://...`.
pub fn database_url(text: &str) -> Option<Secret> {
    let path = text.strip_prefix("sqlite:").is_some_and(|path| !path.is_empty());
    let server =
        ["postgres://", "postgresql://"].iter().any(|it| text.len() > it.len() && text.starts_with(it));
    (path || server).then(|| Secret::new(text))
}

/// A bot's user name, with or without `@`.
pub fn bot_name(text: &str) -> Option<String> {
    let name = text.strip_prefix('@').unwrap_or(text);
    let fits = (5..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    fits.then(|| name.to_owned())
}

fn token(text: &str) -> Option<(i64, Secret)> {
    let (id, key) = text.split_once(':')?;
    let fits = id.bytes().all(|b| b.is_ascii_digit()) && !key.is_empty() && key.bytes().all(is_code);
    Some((id.parse().ok().filter(|_| fits)?, Secret::new(text)))
}

fn webhook_secret(text: &str) -> Option<Secret> {
    ((1..=256).contains(&text.len()) && text.bytes().all(is_code)).then(|| Secret::new(text))
}

fn is_code(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b == b'-'
}

/// An address that words of people and the token may travel to.
fn safe_address(text: &str) -> Option<String> {
    let (url, uri) = address(text)?;
    let host = uri.host()?.trim_matches(['[', ']']);
    let loopback = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    (uri.scheme_str() == Some("https") || loopback).then_some(url)
}

/// An http(s) address without a slash at its end.
fn address(text: &str) -> Option<(String, axum::http::Uri)> {
    let uri: axum::http::Uri = text.parse().ok()?;
    let fits =
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none() && uri.host().is_some();
    fits.then(|| (text.trim_end_matches('/').to_owned(), uri))
}

fn on_off(text: &str, on: &str, off: &str) -> Option<bool> {
    (text == on || text == off).then_some(text == on)
}

#[cfg(test)]
mod tests;
