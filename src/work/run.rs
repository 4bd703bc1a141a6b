//! The loops of one process, from start to a polite stop.

use super::{
    House,
    channel::Intake,
    deliver::{Deliver, Tried},
    pace::Pace,
};
use crate::store::OutRow;
use anyhow::Result;
use futures_util::{FutureExt, future::BoxFuture};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};

/// How often the outbox and the inbox are looked at without being called: what other processes left, what a fault kept.
const LOOK: Duration = Duration::from_secs(5);
/// After a fault of the database, before the next try.
const RECOVER: Duration = Duration::from_secs(2);
/// How long a stop waits for calls that are under way.
const LAST_CALLS: Duration = Duration::from_secs(10);

/// Takes updates in and hands the answers to the sender.
pub struct Mailbox {
    house: Arc<House>,
    out: mpsc::UnboundedSender<Vec<OutRow>>,
}

/// Where a loop stands.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

/// The loops beside the intake, to be awaited after a stop.
pub struct Loops(JoinSet<()>);

impl Intake for Mailbox {
    fn take(&self, raws: Vec<String>) -> BoxFuture<'_, Result<()>> {
        async move {
            let rows = self.house.take(raws).await?;
            // A closed channel means that the process is stopping: the rows stay held and go out with the next start.
            self.out.send(rows).ok();
            Ok(())
        }
        .boxed()
    }
}

impl Stop {
    /// A stop that comes when `true` is sent.
    pub fn new(receiver: watch::Receiver<bool>) -> Stop {
        Stop(receiver)
    }

    /// Whether it has come.
    pub fn is_now(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for it.
    pub async fn come(&mut self) {
        while !*self.0.borrow_and_update() {
            if self.0.changed().await.is_err() {
                return;
            }
        }
    }

    /// Waits for it, at most this long; says whether it has come.
    pub async fn within(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.come()).await.is_ok()
    }
}

/// Starts the sender, the sweeper and the backlog; the intake is started by whoever knows where updates come from.
pub fn start(house: Arc<House>, pace: Pace, stop: Stop) -> (Mailbox, Loops) {
    let (out, handed) = mpsc::unbounded_channel();
    let mut loops = JoinSet::new();
    loops.spawn(sender(house.clone(), pace, handed, stop.clone()));
    loops.spawn(sweeper(house.clone(), stop.clone()));
    loops.spawn(backlog(house.clone(), out.clone(), stop));
    (Mailbox { house, out }, Loops(loops))
}

impl Loops {
    /// Waits until a loop ends. Before a stop that is a fault of ours: the process had better end and be started anew.
    pub async fn one_ended(&mut self) {
        if let Some(Err(fault)) = self.0.join_next().await {
            tracing::error!(%fault, "a loop ended badly");
        }
    }

    /// Waits for all loops to end after a stop.
    pub async fn ended(mut self) {
        while !self.0.is_empty() {
            self.one_ended().await;
        }
    }
}

/// Sends what is handed to it at once, and what it finds in the outbox.
async fn sender(
    house: Arc<House>,
    pace: Pace,
    mut handed: mpsc::UnboundedReceiver<Vec<OutRow>>,
    mut stop: Stop,
) {
    let mut deliver = Deliver::new(house.clone(), pace);
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        if deliver.may_claim() {
            // Before anything newer of the same chats begins.
            claim(&mut deliver).await;
        }
        deliver.start();
        let wait = deliver.next_at().map(|at| at.since(house.clock.now()).to_std().unwrap_or_default());
        tokio::select! {
            biased;
            () = stop.come() => break,
            tried = deliver.ended(), if deliver.is_sending() => settle(&mut deliver, tried).await,
            rows = handed.recv() => match rows {
                Some(rows) => deliver.hand(rows),
                None => break,
            },
            () = house.posted.notified() => claim(&mut deliver).await,
            _ = look.tick() => {
                if deliver.is_behind() {
                    settle(&mut deliver, Vec::new()).await;
                }
                claim(&mut deliver).await;
            }
            () = tokio::time::sleep(wait.unwrap_or(LOOK)), if wait.is_some() => {}
        }
    }
    // What has been handed and not begun goes back; what is under way is waited for.
    let last_calls = async {
        while deliver.is_sending() {
            let tried = deliver.ended().await;
            settle(&mut deliver, tried).await;
        }
    };
    if tokio::time::timeout(LAST_CALLS, last_calls).await.is_err() {
        tracing::warn!("calls that were under way are left to the next start");
    }
    while let Ok(rows) = handed.try_recv() {
        deliver.hand(rows);
    }
    if let Err(fault) = deliver.give_back().await {
        tracing::error!(error = format!("{fault:#}"), "messages stay held until their hold ends");
    }
}

async fn settle(deliver: &mut Deliver, tried: Vec<Tried>) {
    if let Err(fault) = deliver.settle(tried).await {
        tracing::error!(error = format!("{fault:#}"), "what became of messages could not be written");
        tokio::time::sleep(RECOVER).await;
    }
}

async fn claim(deliver: &mut Deliver) {
    if let Err(fault) = deliver.claim().await {
        tracing::error!(error = format!("{fault:#}"), "the outbox could not be read");
        tokio::time::sleep(RECOVER).await;
    }
}

/// Sleeps until the next slot of any school, at most a minute: rules change, schools are added.
async fn sweeper(house: Arc<House>, mut stop: Stop) {
    let minute = Duration::from_secs(60);
    loop {
        let wait = match sweep(&house).await {
            Ok(wait) => wait.min(minute),
            Err(fault) => {
                tracing::error!(error = format!("{fault:#}"), "a sweep failed");
                RECOVER
            }
        };
        tokio::select! {
            biased;
            () = stop.come() => return,
            () = house.clock_moved.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn sweep(house: &House) -> Result<Duration> {
    house.sweep().await?;
    let next = house.next_slot_at().await?;
    let wait = next.map(|at| at.since(house.clock.now()).to_std().unwrap_or_default());
    Ok(wait.unwrap_or(Duration::from_secs(60)))
}

/// Answers what was kept open: after a fault, a crash, or for another process.
async fn backlog(house: Arc<House>, out: mpsc::UnboundedSender<Vec<OutRow>>, mut stop: Stop) {
    loop {
        match house.answer_backlog().await {
            Ok(rows) if rows.is_empty() => {}
            Ok(rows) => drop(out.send(rows)),
            Err(fault) => tracing::error!(error = format!("{fault:#}"), "the backlog could not be answered"),
        }
        if let Err(fault) = house.gauge().await {
            tracing::warn!(error = format!("{fault:#}"), "inbox and outbox could not be counted");
        }
        if stop.within(LOOK).await {
            return;
        }
    }
}
