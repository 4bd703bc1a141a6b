//! What a process watches about itself: its life, its pulse, the clock; and what it counts and tidies away.

use super::{
    House,
    life::BEAT,
    pulse::STALLED,
    run::{LOOK, Stop},
};
use crate::{clock::Clock, school::At, store::Tidied};
use anyhow::Result;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// A clock that went further than this beside the time that passed was set.
const JUMP: Duration = Duration::from_secs(30);
/// How often what is old is tidied away.
const TIDY: Duration = Duration::from_secs(3600);

/// Says that we live, until a stop and beyond: what is still sent then is ours. It ends with the process.
pub(super) async fn live(house: Arc<House>) {
    loop {
        tokio::time::sleep(BEAT).await;
        if let Err(fault) = house.beat().await {
            tracing::warn!(error = format!("{fault:#}"), "we could not say that we live");
        }
    }
}

/// Watches the pulse and the clock, and counts what waits.
pub(super) async fn watch(house: Arc<House>, mut stop: Stop) {
    let mut stalled = false;
    let mut clock = (Instant::now(), Clock::System.now());
    while !stop.within(LOOK).await {
        if house.pulse.has_stalled() != stalled {
            stalled = !stalled;
            match stalled {
                true => {
                    tracing::error!("polling has stalled: nothing was heard from Telegram for {STALLED:?}")
                }
                false => tracing::info!("Telegram is heard again"),
            }
        }
        if has_jumped(&mut clock) {
            tracing::warn!("the clock was set: everything that waits for a moment is looked at anew");
            if let Err(fault) = house.the_clock_was_set().await {
                tracing::error!(error = format!("{fault:#}"), "what waits could not be looked at anew");
            }
        }
        if let Err(fault) = house.gauge().await {
            tracing::warn!(error = format!("{fault:#}"), "inbox and outbox could not be counted");
        }
    }
}

/// Tidies away what is old, at the start and then every hour.
pub(super) async fn tidy(house: Arc<House>, mut stop: Stop) {
    let mut pause = Duration::from_secs(60);
    while !stop.within(pause).await {
        match house.tidy().await {
            Ok(tidied) if tidied == Tidied::default() => {}
            Ok(tidied) => tracing::info!(tidied.answered, tidied.aside, tidied.other, "tidied away"),
            Err(fault) => {
                tracing::error!(error = format!("{fault:#}"), "what is old could not be tidied away")
            }
        }
        pause = TIDY;
    }
}

/// Whether the clock moved otherwise than time did since the last look.
fn has_jumped(last: &mut (Instant, At)) -> bool {
    let now = (Instant::now(), Clock::System.now());
    let passed = chrono::TimeDelta::from_std(now.0.duration_since(last.0)).unwrap_or_default();
    let beside = (now.1.since(last.1) - passed).abs().to_std().unwrap_or_default();
    *last = now;
    beside > JUMP
}

impl House {
    /// Counts what waits, for the metrics.
    pub async fn gauge(&self) -> Result<()> {
        let mut tx = self.store.read().await?;
        let (inbox, outbox) = (tx.inbox_depth().await?, tx.outbox_depth().await?);
        self.metrics.inbox_open.set(inbox.0);
        self.metrics.inbox_aside.set(inbox.1);
        self.metrics.outbox_open.set(outbox.0);
        self.metrics.outbox_aside.set(outbox.1);
        let age = self.pulse.age().map_or(0, |age| age.as_secs());
        self.metrics.pulse_age.set(i64::try_from(age).unwrap_or(i64::MAX));
        Ok(())
    }

    /// Takes away what is old: numbers of answered updates, what was set aside and nobody looked at, wrong codes, places.
    pub async fn tidy(&self) -> Result<Tidied> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let mut tidied = tx.tidy_rest(now).await?;
        tx.commit().await?;
        let mut from = Some((i64::MIN, i64::MIN));
        while let Some(after) = from {
            let mut tx = self.store.write().await?;
            let (gone, next) = tx.tidy_inbox(after, now).await?;
            tx.commit().await?;
            tidied.answered += gone;
            from = next;
        }
        Ok(tidied)
    }

    /// What waits for a moment of a clock that was wrong is looked at now.
    pub async fn the_clock_was_set(&self) -> Result<()> {
        let mut tx = self.store.write().await?;
        tx.forget_waits().await?;
        tx.commit().await?;
        self.posted.notify_one();
        self.left_open.notify_one();
        self.clock_moved.notify_one();
        Ok(())
    }
}
