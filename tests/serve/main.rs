//! `daoyu serve` as it runs at a school, in the short: each test is one story. What is done a thousand times over is in
//! `tests/torture`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper of a test may fail like the test itself, and figures are shown with --nocapture"
)]

/// Makes two tests of each function, one for each database.
macro_rules! on_both {
    ($($name:ident)+) => {$(
        mod $name {
            use crate::process::Engine;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(Engine::Postgres).await;
            }
        }
    )+};
}

#[expect(dead_code, reason = "the torture needs more of it")]
#[path = "../process/mod.rs"]
mod process;

mod ends;
mod flow;
mod school;
mod settings;
mod several;

use process::{Serve, until};
use std::process::Command;

/// Ends by itself, and tells why.
async fn refused(command: Command) -> (Option<i32>, String) {
    let mut serve = Serve::start(command);
    let (status, _) = serve.ends().await;
    // The process is gone: its last line is about to be read.
    let log = serve.log.clone();
    let told = || log.text();
    until("it tells why", &[&serve], || !told().is_empty()).await;
    (status.code(), told())
}

/// A check-in: what is done, and what is then on the screen.
const CHECKIN: [(&str, &str); 5] = [
    ("/checkin", "心情怎么样"),
    ("不错", "学习感觉"),
    ("还行", "生活呢"),
    ("挺好", "聊一聊吗"),
    ("暂时不用", "收到，谢谢你"),
];
