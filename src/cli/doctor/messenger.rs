//! Telegram: whether it knows the bot, and whether what people write comes the way that is configured.

use super::Findings;
use crate::{
    config::{Config, Mode, hide_tokens},
    telegram::{Failure, Telegram, WebhookInfo},
    text::Phrase,
};
use anyhow::Result;

/// So many waiting are more than a busy minute.
const MANY: i64 = 100;

/// Asks Telegram about the bot. `serves`: whether a process of ours is up, if that is known.
pub(super) async fn look(config: &Config, serves: Option<bool>, findings: &mut Findings) -> Result<()> {
    let telegram = Telegram::new(&config.telegram.api_url, config.telegram.token.reveal())?;
    match telegram.get_me().await {
        Ok(me) => {
            let other = config.base.bot.as_ref().filter(|it| !it.eq_ignore_ascii_case(&me.username));
            findings.ok("telegram", Phrase::new("doctor-bot").text("bot", &me.username));
            if let Some(other) = other {
                let says = Phrase::new("doctor-bot-other").text("bot", me.username).text("other", other);
                findings.warning("bot-name", says, Phrase::new("doctor-bot-other-do"));
            }
        }
        Err(Failure::Refused { code: 401 | 404, .. }) => {
            let remedy = Phrase::new("doctor-token-unknown-do");
            findings.wrong("telegram", Phrase::new("doctor-token-unknown"), remedy);
            return Ok(());
        }
        Err(failure) => {
            let says = Phrase::new("doctor-telegram-away").text("failure", failure.to_string());
            findings.wrong("telegram", says, Phrase::new("doctor-telegram-away-do"));
            return Ok(());
        }
    }
    match telegram.webhook_info().await {
        Ok(info) => webhook(&config.telegram.mode, &info, serves, findings),
        Err(failure) => {
            let says = Phrase::new("doctor-telegram-away").text("failure", failure.to_string());
            findings.wrong("webhook", says, Phrase::new("doctor-telegram-away-do"));
        }
    }
    Ok(())
}

fn webhook(mode: &Mode, info: &WebhookInfo, serves: Option<bool>, findings: &mut Findings) {
    // Somebody else's address may hold a token of theirs.
    let url = hide_tokens(&info.url).into_owned();
    match mode {
        Mode::Polling if info.url.is_empty() => findings.ok("webhook", Phrase::new("doctor-polling")),
        Mode::Polling => {
            let says = Phrase::new("doctor-webhook-set").text("url", url);
            findings.wrong("webhook", says, Phrase::new("doctor-webhook-set-do"));
        }
        Mode::Webhook(_) if info.url.is_empty() => {
            let remedy = Phrase::new("doctor-webhook-none-do");
            findings.wrong("webhook", Phrase::new("doctor-webhook-none"), remedy);
        }
        Mode::Webhook(ours) if ours.url != info.url => {
            let says = Phrase::new("doctor-webhook-other").text("url", url).text("ours", &ours.url);
            findings.wrong("webhook", says, Phrase::new("doctor-webhook-none-do"));
        }
        Mode::Webhook(_) => findings.ok("webhook", Phrase::new("doctor-webhook").text("url", url)),
    }
    if let (Mode::Webhook(_), Some(error)) = (mode, &info.last_error_message) {
        let says = Phrase::new("doctor-webhook-error").text("error", hide_tokens(error));
        findings.warning("webhook-error", says, Phrase::new("doctor-webhook-error-do"));
    }
    let pending = |key: &'static str| Phrase::new(key).number("count", info.pending_update_count);
    match serves {
        _ if info.pending_update_count == 0 => findings.ok("pending", pending("doctor-pending-none")),
        Some(false) => {
            findings.warning("pending", pending("doctor-pending"), Phrase::new("doctor-stuck-do-serve"));
        }
        _ if info.pending_update_count < MANY => findings.ok("pending", pending("doctor-pending")),
        _ => findings.warning("pending", pending("doctor-pending"), Phrase::new("doctor-stuck-do")),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::State, *};
    use crate::config::{Secret, Webhook};

    fn states(mode: &Mode, url: &str, pending: i64, error: Option<&str>, serves: Option<bool>) -> Vec<State> {
        let info = WebhookInfo {
            url: url.into(),
            pending_update_count: pending,
            last_error_message: error.map(Into::into),
        };
        let mut findings = Findings::default();
        webhook(mode, &info, serves, &mut findings);
        findings.0.iter().map(|it| it.state).collect()
    }

    #[test]
    fn what_is_set_at_telegram_is_compared_with_the_settings() {
        use State::{Ok, Warning, Wrong};
        let url = "https://bot.school.cn/telegram/1";
        let hook = Mode::Webhook(Webhook { url: url.into(), path: "1".into(), secret: Secret::new("s") });
        assert_eq!(states(&Mode::Polling, "", 0, None, Some(true)), [Ok, Ok]);
        assert_eq!(states(&Mode::Polling, url, 0, None, None), [Wrong, Ok]);
        assert_eq!(states(&hook, url, 3, None, Some(true)), [Ok, Ok]);
        assert_eq!(states(&hook, "", 0, None, None), [Wrong, Ok]);
        assert_eq!(states(&hook, "https://else.where/", 0, None, None), [Wrong, Ok]);
        assert_eq!(states(&hook, url, 0, Some("Connection refused"), None), [Ok, Warning, Ok]);
        assert_eq!(states(&Mode::Polling, "", 3, None, Some(false)), [Ok, Warning]);
        assert_eq!(states(&Mode::Polling, "", 300, None, Some(true)), [Ok, Warning]);
    }
}
