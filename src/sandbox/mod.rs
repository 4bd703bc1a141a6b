//! A local Telegram: the Bot API over HTTP, and a page in the browser to chat as anybody.
//!
//! It is a second implementation of Telegram's side and knows no other room. A bot is pointed at it by its API
//! address and notices no difference, refusals and faults included; tests and the demo hold a [`Sandbox`] and speak as
//! [`User`]s.
//!
//! What it leaves out: Markdown, inline mode, albums, payments, channels, rate limits of its own accord (faults bring
//! 429), and the stretching of `timeout` for callers in a hurry. A group shows the bot every message.
//!
//! The rooms within:
//! - `http` takes a call, `faults` may befall it (a `flood` makes chats wait), `methods` finds who answers: `sending`, `editing`, `menus`, `files`;
//!   `polling` and `webhook` hand out what waits in `queue`, in `disorder` if they are told to; `refusal` holds Telegram's words for no.
//! - `world` is the state: chats, messages, people; `wire` and `shown` are the two ways to look at a message, a bot's
//!   and a person's; `entities` and `html` read markup, `render` writes it as safe HTML, `markup` checks keyboards.
//! - `user` is a person's hands; `page` puts them into a browser, with a `stage` for the clock and the cast; `guard`
//!   keeps everybody else away from it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};

mod chance;
mod disorder;
mod editing;
mod entities;
mod faults;
mod files;
mod flood;
mod guard;
mod html;
mod http;
mod ledger;
mod markup;
mod menus;
mod methods;
mod page;
mod params;
mod polling;
mod queries;
mod queue;
mod refusal;
mod render;
mod sending;
mod shown;
mod stage;
mod user;
mod webhook;
mod wire;
mod world;

pub use disorder::Disorder;
pub use faults::{Fault, FaultKind};
pub use ledger::Entry;
pub use markup::ShownButton;
pub use shown::{Shown, ShownFile, Toast};
pub use stage::{BoxFuture, Person, Stage};
pub use user::User;

use disorder::Shuffle;
use faults::Faults;
use world::World;

/// A Telegram with one bot. Cheap to clone: all clones are the same one.
#[derive(Clone)]
pub struct Sandbox {
    inner: Arc<Inner>,
}

struct Inner {
    token: String,
    world: Mutex<World>,
    faults: Mutex<Faults>,
    pauses: Mutex<(Duration, Duration)>,
    /// The servers behind the webhook's address, if it is a balancer's, and whose turn it is.
    servers: Mutex<VecDeque<SocketAddr>>,
    /// Rings when an update is there or the way it is fetched has changed.
    bell: Notify,
}

impl Sandbox {
    /// A Telegram in which nothing has happened, for the bot with this token (`1:SANDBOX`). The number before the
    /// colon is the bot's id, its name is `@daoyu_sandbox_bot`.
    pub fn new(token: &str) -> Sandbox {
        let bot_id = token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or(1);
        Sandbox {
            inner: Arc::new(Inner {
                token: token.to_owned(),
                world: Mutex::new(World::new(bot_id)),
                faults: Mutex::default(),
                pauses: Mutex::new((Duration::from_millis(100), Duration::from_secs(5))),
                servers: Mutex::default(),
                bell: Notify::new(),
            }),
        }
    }

    /// Serves the Bot API in the background of the current runtime; port 0 finds a free one. Tells where.
    pub async fn listen(&self, addr: SocketAddr) -> std::io::Result<SocketAddr> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let router = self.router();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(addr)
    }

    /// The Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`.
    pub fn router(&self) -> axum::Router {
        http::router(self.clone())
    }

    /// The page in the browser at `/`, with everything it needs, and the Bot API beside it.
    pub fn page(&self, stage: Arc<dyn Stage>) -> axum::Router {
        page::router(self.clone(), stage)
    }

    /// Sets the time that messages are dated with.
    pub fn set_now(&self, unix_seconds: i64) {
        self.world().now = unix_seconds;
    }

    /// Numbers updates and messages from here on, so that numbers given by an earlier sandbox do not come again.
    pub fn count_from(&self, number: i64) {
        self.world().count_from(number);
    }

    /// Registers a person or finds them; name and language become these. A private chat has the person's id.
    pub fn user(&self, id: i64, first_name: &str, language_code: &str) -> User {
        User::register(self.clone(), id, first_name, language_code)
    }

    /// Switches a fault on. Several may wait; the oldest that fits a call befalls it.
    pub fn fault(&self, fault: Fault) {
        self.faults().add(fault);
    }

    /// Switches all faults off.
    pub fn clear_faults(&self) {
        self.faults().clear();
    }

    /// How many calls came to a chat inside the wait that a flood had told it, and how many waits there were.
    pub fn sent_inside_waits(&self) -> (u64, u64) {
        self.faults().waits()
    }

    /// Hands updates out twice or out of order from now on.
    pub fn disorder(&self, disorder: Disorder) {
        self.world().updates.shuffle = Shuffle::new(disorder);
    }

    /// How many updates came once more, and how many changed places, since [`Sandbox::disorder`].
    pub fn disordered(&self) -> (u64, u64) {
        self.world().updates.shuffle.counts()
    }

    /// What truly reached people and what was refused, in order.
    pub fn ledger(&self) -> Vec<Entry> {
        self.world().ledger.entries()
    }

    /// How many calls were delivered and how many refused, even when the ledger keeps none of them.
    pub fn ledger_counts(&self) -> (u64, u64) {
        self.world().ledger.counts()
    }

    /// Keeps only the newest entries of the ledger; `Some(0)` only counts.
    pub fn ledger_limit(&self, newest: Option<usize>) {
        self.world().ledger.limit(newest);
    }

    /// Tells in which chat the bot has said or changed something, once for each time: for whoever acts as many people at
    /// once and cannot look at all their screens all the time. A later listener takes the place of an earlier one.
    pub fn arrivals(&self) -> mpsc::UnboundedReceiver<i64> {
        let (tell, told) = mpsc::unbounded_channel();
        self.world().arrivals = Some(tell);
        told
    }

    /// Keeps only the newest messages of each chat: a load test would fill the memory.
    pub fn history_limit(&self, newest: usize) {
        self.world().history = newest.max(1);
    }

    /// How many updates the bot has not confirmed yet.
    pub fn pending_updates(&self) -> usize {
        self.world().updates.pending()
    }

    /// Queues any update, nonsense included; `update_id` is added where it is missing.
    pub fn send_raw_update(&self, update: Value) {
        let chat = update.pointer("/message/chat/id").and_then(Value::as_i64).unwrap_or_default();
        self.world().updates.push_raw(chat, update);
        self.bell().notify_waiters();
    }

    /// Queues an update once more, although it may be confirmed; false if it is unknown or too long ago.
    pub fn redeliver(&self, update_id: i64) -> bool {
        let known = self.world().updates.redeliver(update_id);
        self.bell().notify_waiters();
        known
    }

    /// The id of the newest update, to redeliver it.
    pub fn last_update_id(&self) -> i64 {
        self.world().updates.last_id()
    }

    /// Everything now visible in a chat, groups too.
    pub fn chat(&self, chat_id: i64) -> Vec<Shown> {
        self.world().shown(chat_id)
    }

    /// The bytes of a file in a chat, by [`ShownFile::id`].
    pub fn download(&self, file_id: &str) -> Option<Bytes> {
        self.world().files.bytes(file_id).map(|(_, bytes)| bytes)
    }

    /// A group moves to a new id, as Telegram does when it grows: calls to the old one are refused and name the new one.
    pub fn group_becomes_supergroup(&self, old: i64, new: i64) {
        self.world().migrate(old, new);
        self.bell().notify_waiters();
    }

    /// How long the webhook waits after a first failure, and at most; it doubles in between.
    pub fn webhook_pauses(&self, first: Duration, longest: Duration) {
        *unpoisoned(&self.inner.pauses) = (first, longest);
    }

    /// Pushes what goes to the webhook to these addresses in turn, as a balancer in front of several processes would.
    pub fn push_in_turn(&self, servers: &[SocketAddr]) {
        *unpoisoned(&self.inner.servers) = servers.iter().copied().collect();
    }

    /// The server whose turn it is, if there is a balancer.
    fn next_server(&self) -> Option<SocketAddr> {
        let mut servers = unpoisoned(&self.inner.servers);
        let next = servers.pop_front()?;
        servers.push_back(next);
        Some(next)
    }

    fn token(&self) -> &str {
        &self.inner.token
    }

    fn bell(&self) -> &Notify {
        &self.inner.bell
    }

    fn world(&self) -> MutexGuard<'_, World> {
        unpoisoned(&self.inner.world)
    }

    fn faults(&self) -> MutexGuard<'_, Faults> {
        unpoisoned(&self.inner.faults)
    }

    fn webhook_pause(&self, tries: u32) -> Duration {
        let (first, longest) = *unpoisoned(&self.inner.pauses);
        first.saturating_mul(2u32.saturating_pow(tries)).min(longest)
    }
}

/// A test that panics with the lock held shall not hide its own message behind everybody else's.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
