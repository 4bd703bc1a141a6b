//! `daoyu serve` as it runs at a school: the true binary, started, stopped and killed as a process, against the local
//! Telegram. What people see is read there; what was truly delivered is counted in its ledger.
//!
//! Nothing sleeps for a fixed time: every wait has a condition and a limit, and a wait in vain shows what the processes
//! logged. Moments at which a process is killed are random; a seed repeats them.

#[path = "../support/database.rs"]
pub mod database;
mod http;
mod phone;
mod serve;
pub mod town;

pub use database::Engine;
pub use http::{free_port, http};
pub use phone::Phone;
pub use serve::{Log, Serve, bare};
pub use town::Town;

use std::time::{Duration, Instant};

pub const DAOYU: &str = env!("CARGO_BIN_EXE_daoyu");
pub const TOKEN: &str = "7000000001:AAE-sandbox_sandbox_sandbox_12345";
/// Far more than anything here takes on a busy machine.
pub const LONG: Duration = Duration::from_secs(20);
/// What the issue allows to a stop.
pub const STOP: Duration = Duration::from_secs(15);

impl Engine {
    pub fn as_str(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}

/// Waits for what must come.
pub async fn until(what: &str, serves: &[&Serve], so: impl FnMut() -> bool) {
    until_within(LONG, what, serves, so).await;
}

/// The same with a limit of its own.
pub async fn until_within(limit: Duration, what: &str, serves: &[&Serve], mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        if begun.elapsed() > limit {
            let told: Vec<String> = serves.iter().map(|it| it.tail()).collect();
            panic!("it never came that {what}\n{}", told.join("\n"));
        }
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
}

/// Random moments that can be had again.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// Those of `DAOYU_SEED`, or new ones; the seed is shown.
    pub fn new(about: &str) -> Dice {
        let seed = std::env::var("DAOYU_SEED").ok().and_then(|it| it.parse().ok());
        let seed = seed.unwrap_or_else(|| rand::random_range(0..1_000_000));
        println!("{about}: DAOYU_SEED={seed}");
        Dice(seed)
    }

    /// Those of this seed.
    pub fn of(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// A moment passes, at most so long.
    pub async fn moment(&mut self, milliseconds: u64) {
        tokio::time::sleep(Duration::from_millis(self.below(milliseconds))).await;
    }
}
