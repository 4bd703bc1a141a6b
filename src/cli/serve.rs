//! `daoyu serve`: the bot itself.

use super::{Common, Stop};

/// What it is told: nothing here, everything by settings.
#[derive(clap::Args, Debug)]
#[command(after_help = SETTINGS)]
pub struct Args {}

const SETTINGS: &str = "\
Settings (in the environment, or in daoyu.toml under the name in brackets; the environment wins):
  DAOYU_TELEGRAM_TOKEN    [telegram.token]    the token that BotFather gave; needed
  DATABASE_URL            [database_url]      sqlite:PATH or postgres://...; sqlite:data/daoyu.db
  DAOYU_TELEGRAM_MODE     [telegram.mode]     polling (works behind any firewall) or webhook; polling
  DAOYU_LISTEN            [listen]            where /healthz, /readyz, /metrics and the webhook answer; 127.0.0.1:8080
  DAOYU_PUBLIC_URL        [public_url]        webhook: the https:// address under which Telegram reaches DAOYU_LISTEN
  DAOYU_WEBHOOK_SECRET    [webhook_secret]    webhook: 1 to 256 characters of A-Z, a-z, 0-9, _ and -
  DAOYU_TELEGRAM_BOT      [telegram.bot]      the bot's user name, for the links of `daoyu invite list`
  DAOYU_TELEGRAM_API_URL  [telegram.api_url]  a Bot API server of your own; https://api.telegram.org
  DAOYU_TELEGRAM_PACE     [telegram.pace]     off: messages are not spaced out, for load tests alone; on
  DAOYU_LOG               [log]               info, debug, info,daoyu=debug, ...; info,daoyu=info
  DAOYU_LOG_FORMAT        [log_format]        text or json; text";

/// Runs it until it is told to stop.
pub async fn run(_args: Args, common: &Common) -> Result<(), Stop> {
    let _config = common.settings()?;
    Err(Stop::Refused("This build cannot serve yet.".into()))
}
