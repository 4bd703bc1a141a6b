//! Updates that are pushed one by one are taken together: whatever comes in while one batch is being committed is the next
//! batch. Nobody waits for a timer; one commit serves many when it is busy, and one when it is quiet.

use super::channel::Intake;
use anyhow::{Result, anyhow};
use futures_util::{FutureExt, future::BoxFuture};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// Updates in one batch at most.
const BATCH: usize = 200;
/// Pushes that wait at most; more are turned away and pushed again.
const WAITING: usize = 5_000;

/// Collects what is pushed and hands it on in batches.
pub struct Gather {
    to: mpsc::Sender<Pushed>,
}

struct Pushed {
    raws: Vec<String>,
    kept: oneshot::Sender<bool>,
}

impl Gather {
    /// Hands on to `intake`, until this is dropped.
    pub fn new(intake: Arc<dyn Intake>) -> Gather {
        let (to, mut from) = mpsc::channel::<Pushed>(WAITING);
        tokio::spawn(async move {
            let mut batch = Vec::new();
            while from.recv_many(&mut batch, BATCH).await > 0 {
                let (raws, waiting): (Vec<_>, Vec<_>) = batch.drain(..).map(|it| (it.raws, it.kept)).unzip();
                let kept = intake.take(raws.into_iter().flatten().collect()).await;
                if let Err(fault) = &kept {
                    tracing::error!(error = format!("{fault:#}"), "pushed updates could not be kept");
                }
                for it in waiting {
                    it.send(kept.is_ok()).ok();
                }
            }
        });
        Gather { to }
    }
}

impl Intake for Gather {
    fn take(&self, raws: Vec<String>) -> BoxFuture<'_, Result<()>> {
        async move {
            let (kept, answer) = oneshot::channel();
            self.to.try_send(Pushed { raws, kept }).map_err(|_| anyhow!("too many updates wait"))?;
            match answer.await {
                Ok(true) => Ok(()),
                Ok(false) | Err(_) => Err(anyhow!("the batch could not be kept")),
            }
        }
        .boxed()
    }
}
