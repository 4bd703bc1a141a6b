//! `daoyu bench outbox`: messages that wait, and how fast they leave.

use super::{
    super::{
        Common, Stop,
        common::Output,
        listing::{Cell, Listing},
        progress::Progress,
        voice::Voice,
        year::{Joins, Year},
    },
    bot::Bot,
    cores::Cores,
    emulator::Emulator,
    ground::{Ground, Size},
    measure::decimal,
};
use crate::{
    clock::{Clock, fresh_id},
    school::{AccountId, MessageId},
    store::{Class, OutRow},
};
use anyhow::Result;
use clap::ValueEnum;
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu bench outbox
  daoyu bench outbox --pace on --messages 1000")]
pub struct Args {
    /// How many messages wait
    #[arg(long, value_name = "COUNT", default_value_t = 10_000)]
    pub messages: usize,
    /// How many of them go to each chat
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub per_chat: usize,
    /// on: spaced out as Telegram wants it, 30 a second and one a second for each chat; off: as fast as they go
    #[arg(long, value_enum, default_value_t = Spacing::Off)]
    pub pace: Spacing,
    #[command(flatten)]
    size: Size,
    #[command(flatten)]
    output: Output,
}

/// Whether messages are spaced out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Spacing {
    /// They are
    On,
    /// They are not
    Off,
}

/// A second.
const SECOND: Duration = Duration::from_secs(1);
const COLUMNS: &[&str] = &[
    "messages",
    "seconds",
    "messages_per_second",
    "most_in_a_second",
    "most_in_a_chat_and_second",
    "cpu_ms_per_1000",
    "peak_mb",
];

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(args.output.language.as_deref(), None)?;
    let cores = Cores::shared_out();
    let year = Year {
        students: 0,
        checkins: 0,
        talks: 0,
        contacts: 0,
        late: 0,
        joined: Joins::Students,
        unfinished: false,
    };
    let ground = Ground::fill(args.size, year, common, &voice).await?;
    let emulator = Emulator::with(ground.students()).await?;
    let chats: Vec<i64> =
        ground.students().take(args.messages.div_ceil(args.per_chat.max(1)).max(1)).collect();
    post(&ground, &chats, args.messages).await?;

    let mut arrivals = emulator.sandbox.arrivals();
    let settings = [
        ("DATABASE_URL", ground.url.clone()),
        ("DAOYU_TELEGRAM_TOKEN", emulator.token.clone()),
        ("DAOYU_TELEGRAM_API_URL", emulator.api.clone()),
        ("DAOYU_TELEGRAM_PACE", if args.pace == Spacing::On { "on" } else { "off" }.to_owned()),
    ];
    let mut progress = Progress::new(&voice, "bench-measuring", args.messages as u64);
    let mut bot = Bot::daoyu(&settings, cores, ground.folder())?;
    let mut came: Vec<(Instant, i64)> = Vec::with_capacity(args.messages);
    while came.len() < args.messages {
        match tokio::time::timeout(SECOND * 10, arrivals.recv()).await {
            Ok(Some(chat)) => came.push((Instant::now(), chat)),
            _ => bot.must_live()?,
        }
        progress.step(1);
    }
    drop(progress);
    let usage = bot.usage()?;
    let (first, last) = (came[0].0, came[came.len() - 1].0);
    let seconds = (last - first).as_secs_f64();
    let mut by_chat: HashMap<i64, Vec<Instant>> = HashMap::new();
    for (when, chat) in &came {
        by_chat.entry(*chat).or_default().push(*when);
    }
    let all: Vec<Instant> = came.iter().map(|(when, _)| *when).collect();
    let rows = vec![vec![
        Cell::Number(came.len() as i64),
        decimal(seconds),
        decimal((came.len() - 1) as f64 / seconds.max(1e-3)),
        Cell::Number(most_in_a_second(&all) as i64),
        Cell::Number(by_chat.values().map(|it| most_in_a_second(it)).max().unwrap_or_default() as i64),
        decimal(usage.cpu.as_secs_f64() * 1e6 / came.len() as f64),
        decimal(usage.peak),
    ]];
    Listing { columns: COLUMNS, rows, empty: "nothing" }.print(&args.output, &voice)
}

/// Puts messages into the outbox, as a sweep does.
async fn post(ground: &Ground, chats: &[i64], messages: usize) -> Result<(), Stop> {
    let store = ground.open().await?;
    let now = Clock::System.now();
    let row = |n: usize| {
        let chat = chats[n % chats.len()];
        let body = serde_json::json!({ "chat_id": chat, "text": format!("{n}") }).to_string();
        let account = AccountId::from(format!("tg:{chat}").as_str());
        let id = fresh_id::<MessageId>().to_string();
        OutRow { method: "SendMessage".to_owned(), body, ..OutRow::bare(id, account, Class::Notice, now) }
    };
    let rows: Vec<OutRow> = (0..messages).map(row).collect();
    let mut tx = store.write().await?;
    tx.post(&rows, now).await?;
    tx.commit().await?;
    store.close().await;
    Ok(())
}

/// The most of these sorted moments that lie within any one second.
fn most_in_a_second(moments: &[Instant]) -> usize {
    let mut from = 0;
    let mut most = 0;
    for (at, moment) in moments.iter().enumerate() {
        while *moment - moments[from] >= SECOND {
            from += 1;
        }
        most = most.max(at - from + 1);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_may_begin_at_any_moment() {
        let began = Instant::now();
        let at = |ms: u64| began + Duration::from_millis(ms);
        assert_eq!(most_in_a_second(&[at(0), at(900), at(1000), at(1100), at(1899)]), 4);
        assert_eq!(most_in_a_second(&[]), 0);
    }
}
