//! Strangers who write all the time.

use crate::process::Town;
use daoyu::sandbox::{Sandbox, User};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinHandle;

/// Twelve people who write all the time, each message to be answered by exactly one.
pub struct Flow {
    people: Vec<User>,
    goes: Arc<AtomicBool>,
    writing: JoinHandle<Vec<usize>>,
}

impl Flow {
    pub fn begins(town: &Town) -> Flow {
        let people: Vec<User> =
            (0..12).map(|it| town.sandbox.user(1000 + it, &format!("路人{it}"), "zh-hans")).collect();
        let goes = Arc::new(AtomicBool::new(true));
        let (writers, on) = (people.clone(), goes.clone());
        let writing = tokio::spawn(async move {
            let mut sent = vec![0; writers.len()];
            for turn in (0..writers.len()).cycle() {
                if !on.load(Ordering::Relaxed) {
                    break;
                }
                writers[turn].says("您好");
                sent[turn] += 1;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            sent
        });
        Flow { people, goes, writing }
    }

    /// Nobody writes any more: what each has written.
    pub async fn ends(self) -> Vec<(i64, usize)> {
        self.goes.store(false, Ordering::Relaxed);
        let sent = self.writing.await.unwrap();
        self.people.iter().map(User::id).zip(sent).collect()
    }
}

pub fn delivered(sandbox: &Sandbox) -> u64 {
    sandbox.ledger_counts().0
}
