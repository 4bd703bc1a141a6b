//! `daoyu serve`: the bot itself.

use super::{Common, Stop, common};
use crate::{
    chat::Answers,
    clock::Clock,
    config::{Base, Mode, Webhook},
    log,
    store::Dialect,
    telegram::{self, Failure, Telegram},
    text::{Phrase, Texts},
    web,
    work::{House, channel::Intake, gather::Gather, lead::lead, pace::Pace, run},
};
use anyhow::{Context, anyhow};
use std::{
    fs::{File, TryLockError},
    path::Path,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};

/// A stop takes this long at most; what is not done by then goes on with the next start.
const LAST: Duration = Duration::from_secs(14);
/// How often is looked whether Telegram still pushes to us.
const LOOK_AT_WEBHOOK: Duration = Duration::from_secs(60);
/// A call over HTTP that was begun before a stop is given this long.
const LAST_CALLER: Duration = Duration::from_secs(3);

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
pub async fn run(_args: Args, common: &Common, answers: Arc<dyn Answers>) -> Result<(), Stop> {
    // From the first moment on: a stop that comes during a slow start is as polite as any other.
    let mut signals = Signals::listen()?;
    let config = common.settings()?;
    log::start(&config.base)?;
    let telegram = Telegram::new(&config.telegram.api_url, config.telegram.token.reveal())
        .map_err(|unusable| Stop::Refused(unusable.to_string()))?;
    let telegram = Arc::new(telegram);
    // All that may be refused comes before anything begins.
    let listener = TcpListener::bind(config.listen).await.map_err(|fault| {
        Stop::Refused(format!("DAOYU_LISTEN: {} cannot be listened on: {fault}", config.listen))
    })?;
    let listen = listener.local_addr().context("asking for the port")?;
    let _alone = alone(&config.base).map_err(unusable_database)?;
    let store = tokio::select! {
        store = common::open(&config.base) => store.map_err(unusable_database)?,
        () = signals.come() => return Ok(()),
    };
    let (texts, bot) = (Texts::load()?, config.telegram.bot_id);
    let house = House::open(store, Clock::System, texts, telegram.clone(), bot).await?;
    let house = Arc::new(House { answers, ..house });

    let (tell, told) = watch::channel(false);
    let pace = if config.telegram.pace { Pace::spread() } else { Pace::off() };
    let running = web::Loops::expecting(1);
    let (mailbox, mut loops) = run::start(house.clone(), pace, run::Stop::new(told.clone()));
    let mailbox: Arc<dyn Intake> = Arc::new(mailbox);
    let hook = match config.telegram.mode {
        Mode::Polling => {
            loops.add(poll(telegram.clone(), house.clone(), mailbox, told.clone(), running.clone()));
            None
        }
        Mode::Webhook(hook) => {
            let set = web::Hook {
                path: hook.path.clone(),
                secret: hook.secret.clone(),
                intake: Arc::new(Gather::new(mailbox)),
            };
            loops.add(keep_webhook(telegram.clone(), hook, told.clone(), running.clone()));
            Some(set)
        }
    };
    let site = web::Site {
        metrics: house.metrics.clone(),
        health: Arc::new(web::Health::new(house.store.clone(), house.pulse.clone(), running)),
        hook,
    };
    loops.add(answer_http(listener, web::router(site), run::Stop::new(told.clone())));
    tracing::info!(%listen, "daoyu is up");

    let end = tokio::select! {
        () = signals.come() => Ok(()),
        refused = greet(&telegram, &house) => Err(refused),
        () = loops.one_ends() => Err(anyhow!("a part of the program has ended: start it again").into()),
    };
    tracing::info!("stopping");
    tell.send(true).ok();
    let polite = async {
        loops.ended().await;
        if let Err(fault) = house.leave().await {
            tracing::warn!(error = format!("{fault:#}"), "others will see by themselves that we are gone");
        }
        house.store.close().await;
    };
    if tokio::time::timeout(LAST, polite).await.is_err() {
        tracing::warn!("stopped before everything was done; it goes on with the next start");
    }
    tracing::info!("stopped");
    end
}

/// A database that cannot be opened is a wrong setting, too.
fn unusable_database(stop: Stop) -> Stop {
    match stop {
        Stop::Broken(fault) => Stop::Refused(format!(
            "DATABASE_URL: the database cannot be opened ({fault:#}). Expected sqlite:PATH of a file that may be \
             written, or postgres://USER:PASSWORD@HOST/NAME of a server that is up."
        )),
        other => other,
    }
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

/// Says hello to Telegram until it hears us, and then never returns. A wrong token is the operator's to mend: the reason
/// is given back.
async fn greet(telegram: &Telegram, house: &House) -> Stop {
    let mut pause = Duration::from_secs(1);
    loop {
        match hello(telegram, house).await {
            Ok(()) => return std::future::pending().await,
            Err(Failure::Refused { code: 401 | 404, .. }) => {
                return Stop::Refused(
                    "DAOYU_TELEGRAM_TOKEN: Telegram does not know this token. Expected the one that BotFather gave."
                        .into(),
                );
            }
            Err(failure) => tracing::warn!(%failure, "Telegram does not hear our hello yet"),
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(60));
    }
}

/// Asks who we are and shows the menus.
async fn hello(telegram: &Telegram, house: &House) -> Result<(), Failure> {
    let me = telegram.get_me().await?;
    tracing::info!(bot = me.username, "Telegram knows us");
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
    telegram.set_menus(&menus).await
}

/// Answers over HTTP. After a stop, a call that does not come to its end is left behind.
async fn answer_http(listener: TcpListener, router: axum::Router, mut stop: run::Stop) {
    let mut stops = stop.clone();
    let late = async {
        stop.come().await;
        tokio::time::sleep(LAST_CALLER).await;
    };
    tokio::select! {
        served = web::serve(listener, router, async move { stops.come().await }) => {
            if let Err(fault) = served {
                tracing::error!(error = format!("{fault:#}"), "HTTP is not answered any more");
            }
        }
        () = late => tracing::warn!("somebody's call over HTTP did not come to its end"),
    }
}

/// Fetches updates. Telegram serves one reader at a time, so of several processes the one with the lease asks. On SQLite
/// there is one process, which waits for no lease of a dead one.
async fn poll(
    telegram: Arc<Telegram>,
    house: Arc<House>,
    mailbox: Arc<dyn Intake>,
    told: watch::Receiver<bool>,
    running: Arc<web::Loops>,
) {
    let _running = running.begin();
    let work = |stop| {
        let (telegram, mailbox, house) = (telegram.clone(), mailbox.clone(), house.clone());
        async move {
            house.pulse.beats();
            telegram::run(telegram, mailbox, stop).await;
            house.pulse.rests();
        }
    };
    match house.store.dialect() {
        Dialect::Sqlite => work(told).await,
        Dialect::Postgres => lead(&house, &format!("poll:{}", house.bot), run::Stop::new(told), work).await,
    }
}

/// Tells Telegram where to push, and looks now and then whether it still does: somebody who tries a bot with the same
/// token, or a page that asks for it, takes the webhook away without a word.
async fn keep_webhook(
    telegram: Arc<Telegram>,
    hook: Webhook,
    told: watch::Receiver<bool>,
    running: Arc<web::Loops>,
) {
    let _running = running.begin();
    let mut stop = run::Stop::new(told);
    // The first time in any case: the secret may be a new one, and nobody tells which is set.
    let mut set = false;
    loop {
        let pause = match set_webhook(&telegram, &hook, set).await {
            Ok(()) => {
                set = true;
                LOOK_AT_WEBHOOK
            }
            Err(failure) => {
                tracing::warn!(
                    %failure,
                    "the webhook could not be set: DAOYU_PUBLIC_URL is what Telegram was told to call"
                );
                Duration::from_secs(5)
            }
        };
        if stop.within(pause).await {
            return;
        }
    }
}

async fn set_webhook(telegram: &Telegram, hook: &Webhook, set: bool) -> Result<(), Failure> {
    let info = telegram.webhook_info().await?;
    if let Some(why) = info.last_error_message.filter(|_| info.pending_update_count > 0) {
        tracing::warn!(waiting = info.pending_update_count, why, "Telegram could not push updates to us");
    }
    if set && info.url == hook.url {
        return Ok(());
    }
    telegram.set_webhook(&hook.url, hook.secret.reveal()).await?;
    tracing::info!("Telegram pushes updates to us");
    Ok(())
}

/// SIGTERM and SIGINT, listened for since this was made.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// From now on neither of them kills.
    fn listen() -> Result<Signals, Stop> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate()).context("listening for SIGTERM")?,
            interrupt: signal(SignalKind::interrupt()).context("listening for SIGINT")?,
        })
    }

    /// Waits for one that came since.
    async fn come(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Waits for SIGTERM or SIGINT.
pub(super) async fn stop_signal() -> Result<(), Stop> {
    Signals::listen()?.come().await;
    Ok(())
}
