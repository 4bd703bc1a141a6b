//! `daoyu serve`: the bot itself.

use super::{Common, Stop, common};
use crate::{
    clock::Clock,
    config::{Base, Mode, Webhook},
    log,
    store::Dialect,
    telegram::{self, Failure, Telegram},
    text::{Phrase, Texts},
    web,
    work::{House, channel::Intake, gather::Gather, lead::lead, pace::Pace, run},
};
use anyhow::Context;
use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// A stop takes this long at most; what is not done by then goes on with the next start.
const LAST: Duration = Duration::from_secs(14);

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
    let config = common.settings()?;
    log::start(&config.base)?;
    let _alone = alone(&config.base)?;
    let store = common::open(&config.base).await?;
    let telegram = Telegram::new(&config.telegram.api_url, config.telegram.token.reveal())
        .map_err(|unusable| Stop::Refused(unusable.to_string()))?;
    let telegram = Arc::new(telegram);
    let house = House::new(store, Clock::System, Texts::load()?, telegram.clone(), config.telegram.bot_id);
    let house = Arc::new(house);
    if house.store.dialect() == Dialect::Sqlite {
        // The only process on this database: what the one before held is free.
        let mut tx = house.store.write().await?;
        tx.release_all().await?;
        tx.commit().await?;
    }
    greet(&telegram, &house).await?;

    let (tell, told) = watch::channel(false);
    let pace = if config.telegram.pace { Pace::spread() } else { Pace::off() };
    let running = web::Loops::expecting(1);
    let (mailbox, loops) = run::start(house.clone(), pace, run::Stop::new(told.clone()));
    let mailbox: Arc<dyn Intake> = Arc::new(mailbox);
    let (hook, intake) = match config.telegram.mode {
        Mode::Polling => {
            (None, tokio::spawn(poll(telegram, house.clone(), mailbox, told.clone(), running.clone())))
        }
        Mode::Webhook(hook) => {
            let set = web::Hook {
                path: hook.path.clone(),
                secret: hook.secret.clone(),
                intake: Arc::new(Gather::new(mailbox)),
            };
            (Some(set), tokio::spawn(set_webhook(telegram, hook, told.clone(), running.clone())))
        }
    };
    let site = web::Site {
        metrics: house.metrics.clone(),
        health: Arc::new(web::Health::new(house.store.clone(), running)),
        hook,
    };
    let listener = TcpListener::bind(config.listen).await.map_err(|fault| {
        Stop::Refused(format!("DAOYU_LISTEN: {} cannot be listened on: {fault}", config.listen))
    })?;
    tracing::info!(listen = %config.listen, "daoyu is up");
    let mut until = run::Stop::new(told);
    let site = tokio::spawn(web::serve(listener, web::router(site), async move { until.come().await }));

    stop_signal().await?;
    tracing::info!("stopping");
    tell.send(true).ok();
    let polite = async {
        // First nothing new comes in, then what was answered goes out.
        if let Err(fault) = intake.await {
            tracing::error!(%fault, "the intake ended badly");
        }
        site.await.ok();
        loops.ended().await;
        house.store.close().await;
    };
    if tokio::time::timeout(LAST, polite).await.is_err() {
        tracing::warn!("stopped before everything was done; it goes on with the next start");
    }
    tracing::info!("stopped");
    Ok(())
}

/// On SQLite one process serves a database: its lock is held for as long as the process lives.
fn alone(base: &Base) -> Result<Option<File>, Stop> {
    common::sqlite_path(base.database.reveal()).map(|path| alone_at(&path)).transpose()
}

/// The lock of one SQLite file.
pub(super) fn alone_at(database: &Path) -> Result<File, Stop> {
    if let Some(folder) = database.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("creating the folder {}", folder.display()))?;
    }
    let path = database.with_extension("serving");
    let file = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Stop::Refused(
            "Another daoyu serves this SQLite database. Stop it first, or use PostgreSQL for several processes."
                .into(),
        )),
        Err(TryLockError::Error(fault)) => Err(anyhow::Error::new(fault).context("locking the database").into()),
    }
}

/// Says hello to Telegram. A wrong token is the operator's to mend; a Telegram that is away comes back.
async fn greet(telegram: &Telegram, house: &House) -> Result<(), Stop> {
    match telegram.get_me().await {
        Ok(me) => tracing::info!(bot = me.username, "Telegram knows us"),
        Err(Failure::Refused { code: 401 | 404, .. }) => {
            return Err(Stop::Refused(
                "DAOYU_TELEGRAM_TOKEN: Telegram does not know this token. Expected the one that BotFather gave.".into(),
            ));
        }
        Err(failure) => tracing::warn!(%failure, "Telegram does not answer yet"),
    }
    let menus: Vec<(&str, Vec<(String, String)>)> = house
        .texts
        .languages()
        .into_iter()
        .map(|language| {
            let says = |name: &&str| {
                let does = house.texts.plain(language, &Phrase::new(format!("command-{name}")));
                ((*name).to_owned(), does)
            };
            (language, ["help", "settings"].iter().map(says).collect())
        })
        .collect();
    if let Err(failure) = telegram.set_menus(&menus).await {
        tracing::warn!(%failure, "the menus could not be set");
    }
    Ok(())
}

/// Fetches updates. Telegram serves one reader at a time, so of several processes the one with the lease asks.
async fn poll(
    telegram: Arc<Telegram>,
    house: Arc<House>,
    mailbox: Arc<dyn Intake>,
    told: watch::Receiver<bool>,
    running: Arc<web::Loops>,
) {
    let _running = running.begin();
    let name = format!("poll:{}", house.bot);
    let work = |stop| telegram::run(telegram.clone(), mailbox.clone(), stop);
    lead(&house, &name, run::Stop::new(told), work).await;
}

/// Tells Telegram where to push; tried until it is heard.
async fn set_webhook(
    telegram: Arc<Telegram>,
    hook: Webhook,
    told: watch::Receiver<bool>,
    running: Arc<web::Loops>,
) {
    let _running = running.begin();
    let mut stop = run::Stop::new(told);
    while let Err(failure) = telegram.set_webhook(&hook.url, hook.secret.reveal()).await {
        tracing::warn!(%failure, "the webhook could not be set");
        if stop.within(Duration::from_secs(5)).await {
            return;
        }
    }
    stop.come().await;
}

/// Waits for SIGTERM or SIGINT.
pub(super) async fn stop_signal() -> Result<(), Stop> {
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    tokio::select! {
        _ = terminate.recv() => {}
        done = tokio::signal::ctrl_c() => done.context("listening for SIGINT")?,
    }
    Ok(())
}
