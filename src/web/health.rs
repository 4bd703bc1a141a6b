//! Whether the program is alive, and whether it can do its work.

use crate::{store::Store, work::pulse::Pulse};
use axum::{Router, extract::State, http::StatusCode, routing::get};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// A database that has not answered for so long does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// What it takes to be ready.
pub struct Health {
    store: Store,
    pulse: Arc<Pulse>,
    loops: Arc<Loops>,
}

/// How many loops there should be, and how many run.
#[derive(Debug)]
pub struct Loops {
    expected: usize,
    running: AtomicUsize,
}

/// Held by a loop for as long as it runs; a loop that ends or dies lets go of it.
#[derive(Debug)]
pub struct Running(Arc<Loops>);

/// Why the program is not ready, in one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unready {
    /// The database does not answer, or not with our schema.
    Database,
    /// A loop has not begun, or has ended.
    Loops,
    /// Telegram has not been heard for long.
    Polling,
}

impl Health {
    /// Ready when this store answers, Telegram is heard and these loops run. An open store has been brought to
    /// the newest schema.
    pub fn new(store: Store, pulse: Arc<Pulse>, loops: Arc<Loops>) -> Health {
        Health { store, pulse, loops }
    }

    /// Whether the program can do its work.
    pub async fn ready(&self) -> Result<(), Unready> {
        let answer = async {
            let mut tx = self.store.read().await?;
            tx.next_slot_at().await?;
            tx.roll_back().await
        };
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(())) if !self.loops.all_run() => Err(Unready::Loops),
            Ok(Ok(())) if self.pulse.has_stalled() => Err(Unready::Polling),
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Unready::Database),
        }
    }
}

impl Loops {
    /// So many loops there should be.
    pub fn expecting(expected: usize) -> Arc<Loops> {
        Arc::new(Loops { expected, running: AtomicUsize::new(0) })
    }

    /// One begins.
    pub fn begin(self: &Arc<Loops>) -> Running {
        self.running.fetch_add(1, Ordering::SeqCst);
        Running(self.clone())
    }

    /// Whether all run.
    pub fn all_run(&self) -> bool {
        self.running.load(Ordering::SeqCst) >= self.expected
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Unready {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Unready::Database => "database",
            Unready::Loops => "loops",
            Unready::Polling => "polling",
        }
    }
}

pub(super) fn router(health: Arc<Health>) -> Router {
    Router::new().route("/healthz", get(async || "ok")).route("/readyz", get(readyz)).with_state(health)
}

async fn readyz(State(health): State<Arc<Health>>) -> (StatusCode, &'static str) {
    match health.ready().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, why.as_str()),
    }
}
