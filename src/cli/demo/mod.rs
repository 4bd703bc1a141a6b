//! `daoyu demo`: a made-up school in the browser. Everything runs as in production, but Telegram is the sandbox and the
//! clock can be moved by hand.

mod seed;
mod stage;

use super::{Common, Stop, common::open_at, out, serve::stop_signal, voice::Voice};
use crate::{
    clock::Clock,
    config::Base,
    log,
    sandbox::Sandbox,
    school::{At, Policy},
    telegram::{self, Telegram},
    text::{Phrase, Texts},
    work::{House, pace::Pace, run},
};
use anyhow::{Context, Result};
use stage::DemoStage;
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch};

/// What the demo is told.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder of its database; a second start goes on where the first one stopped
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub data: PathBuf,
    /// The port of its page on this machine
    #[arg(long, default_value_t = 8017)]
    pub port: u16,
    /// The policy of its school: default, primary, middle, high or district
    #[arg(long, value_name = "NAME", default_value = "default")]
    pub policy: String,
    /// The language of its school, zh-CN or en
    #[arg(long, value_name = "LANGUAGE", default_value = "zh-CN")]
    pub language: String,
}

/// The sandbox's bot: no token of Telegram looks like this.
const TOKEN: &str = "1:SANDBOX";
const BOT: i64 = 1;
/// A Telegram account's number per person of the school, in the roster's order.
const FIRST_ACCOUNT: i64 = 7001;

/// Runs it until it is told to stop.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(Some(&args.language), None)?;
    if !voice.languages().contains(&args.language.as_str()) {
        let known = voice.languages().join(", ");
        return Err(Stop::Misused(voice.say(&Phrase::new("cli-no-such-language").text("known", known))));
    }
    let policy = Policy::preset(&args.policy)
        .ok_or_else(|| Stop::Misused(voice.say(&super::policy::unknown(&args.policy))))?;
    start_log(common)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let listener = TcpListener::bind(address)
        .await
        .map_err(|_| voice.refuse(&Phrase::new("demo-port-taken").text("port", args.port.to_string())))?;
    let address = listener.local_addr().context("asking for the page's port")?;

    std::fs::create_dir_all(&args.data).with_context(|| format!("creating {}", args.data.display()))?;
    let _alone = super::serve::alone_at(&args.data.join("daoyu.db"))?;
    let store = open_at(&args.data.join("daoyu.db")).await?;
    let kept_clock = args.data.join("clock");
    let clock = Clock::running_from(read_clock(&kept_clock).unwrap_or_else(seed::first_day));

    let sandbox = Sandbox::new(TOKEN);
    // The sandbox forgets at the end of the process, the school does not: numbers must not come again.
    sandbox.count_from((Clock::System.now().0 / 100) % 1_000_000_000);
    let telegram = Telegram::new(&format!("http://{address}"), TOKEN)
        .map_err(|unusable| Stop::Refused(unusable.to_string()))?;
    let telegram = Arc::new(telegram);
    let house = Arc::new(House::open(store, clock, Texts::load()?, telegram.clone(), BOT).await?);
    let first_start = seed::seed(&house, (&args.policy, policy), &args.language).await?;

    let (tell, told) = watch::channel(false);
    let stage = Arc::new(DemoStage::new(house.clone(), sandbox.clone(), &args.language, first_start).await?);
    let page = sandbox.page(stage.clone());
    let mut until = run::Stop::new(told.clone());
    let page = tokio::spawn(async move {
        axum::serve(listener, page).with_graceful_shutdown(async move { until.come().await }).await
    });
    let (mailbox, loops) = run::start(house.clone(), Pace::off(), run::Stop::new(told.clone()));
    let polling = tokio::spawn(telegram::run(telegram, Arc::new(mailbox), told.clone()));
    sandbox.set_now(house.clock.now().0 / 1000);
    if first_start {
        stage.everybody_joins().await?;
        // Seven weeks later, eight o'clock strikes as the page opens.
        seed::open_the_day(&house, stage.school()).await?;
        stage.go_to(seed::morning()).await?;
    }
    let ticking = tokio::spawn(tick(house.clone(), sandbox, kept_clock, run::Stop::new(told)));
    out::print(&voice.say(&Phrase::new("demo-open").text("url", format!("http://{address}"))))?;

    stop_signal().await?;
    tell.send(true).ok();
    let polite = async {
        polling.await.ok();
        loops.ended().await;
        ticking.await.ok();
        house.store.close().await;
    };
    tokio::time::timeout(Duration::from_secs(10), polite).await.ok();
    // The page holds its line to the browser open: it goes with the process.
    page.abort();
    Ok(())
}

fn start_log(common: &Common) -> Result<(), Stop> {
    let mut base: Base = common.base()?;
    if std::env::var("DAOYU_LOG").is_err() {
        "warn".clone_into(&mut base.log);
    }
    Ok(log::start(&base)?)
}

/// The sandbox shows the school's time, and the next start goes on at it.
async fn tick(house: Arc<House>, sandbox: Sandbox, kept: PathBuf, mut stop: run::Stop) {
    loop {
        let now = house.clock.now();
        sandbox.set_now(now.0 / 1000);
        if let Err(fault) = tokio::fs::write(&kept, now.0.to_string()).await {
            tracing::warn!(%fault, "the demo's time could not be kept");
        }
        if stop.within(Duration::from_secs(1)).await {
            return;
        }
    }
}

fn read_clock(kept: &Path) -> Option<At> {
    std::fs::read_to_string(kept).ok()?.trim().parse().ok().map(At)
}
