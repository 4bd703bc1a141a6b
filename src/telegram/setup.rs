//! What is said to Telegram once, at the start: who we are, how updates come, which commands there are.

use super::{Telegram, call, client::Failure, hear::ALLOWED};
use crate::work::channel::Call;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use teloxide::{payloads::SetChatMenuButton, types::MenuButton};

/// How many updates may be pushed to us at the same time: the most that Telegram takes. What comes together is answered and
/// committed together, so many at once cost less than few.
const PUSHED_AT_ONCE: u32 = 100;

/// Who the bot is.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Me {
    /// Its number, as before the colon of the token.
    pub id: i64,
    /// Its name without the @.
    pub username: String,
}

/// What Telegram says about the way updates come.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct WebhookInfo {
    /// Where they are pushed; '' while we have to fetch them.
    pub url: String,
    /// How many wait.
    pub pending_update_count: i64,
    /// Why the last push failed.
    pub last_error_message: Option<String>,
}

impl Telegram {
    /// Asks who we are and remembers it.
    pub async fn get_me(&self) -> Result<Me, Failure> {
        let me: Me = self.ask("GetMe", json!({})).await?;
        // The first answer stays: a bot does not change its name while it runs.
        Ok(self.me.get_or_init(|| me).clone())
    }

    /// Who we are, if that was asked.
    pub fn me(&self) -> Option<&Me> {
        self.me.get()
    }

    /// Has updates pushed to `url`, each with `secret` in the header `X-Telegram-Bot-Api-Secret-Token`.
    pub async fn set_webhook(&self, url: &str, secret: &str) -> Result<(), Failure> {
        let body = json!({
            "url": url,
            "secret_token": secret,
            "allowed_updates": ALLOWED,
            "max_connections": PUSHED_AT_ONCE,
        });
        self.ask::<bool>("SetWebhook", body).await.map(drop)
    }

    /// Has updates wait until they are fetched.
    pub async fn delete_webhook(&self) -> Result<(), Failure> {
        self.ask::<bool>("DeleteWebhook", json!({})).await.map(drop)
    }

    /// How updates come, and how many wait.
    pub async fn webhook_info(&self) -> Result<WebhookInfo, Failure> {
        self.ask("GetWebhookInfo", json!({})).await
    }

    /// Sets the commands that everybody sees who has no menu of their own, (name, description) for each language; ''
    /// is for all languages that are not named. Also has the button beside the typing field open them.
    pub async fn set_menus(&self, menus: &[(&str, Vec<(String, String)>)]) -> Result<(), Failure> {
        for (language, commands) in menus {
            let mut menu = call::menu(commands);
            // Telegram knows languages by two letters: `zh`, not `zh-CN`.
            let language = language.split('-').next().unwrap_or_default();
            menu.language_code = (!language.is_empty()).then(|| language.to_owned());
            self.make::<bool>(call::made(&menu)).await?;
        }
        let button = SetChatMenuButton { chat_id: None, menu_button: Some(MenuButton::Commands) };
        self.make::<bool>(call::made(&button)).await.map(drop)
    }

    async fn ask<T: DeserializeOwned>(&self, method: &str, body: Value) -> Result<T, Failure> {
        self.make(Call { method: method.to_owned(), body: body.to_string() }).await
    }

    async fn make<T: DeserializeOwned>(&self, call: Call) -> Result<T, Failure> {
        self.client.json(&call.method, call.body, self.patience).await?.result::<T>()
    }
}
