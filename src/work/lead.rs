//! What only one process of an installation may do: it does it while it holds a lease.

use super::{House, run::Stop};
use crate::store::Lease;
use anyhow::Result;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How long a lease lasts without being renewed; another process takes over after that.
const LEASE: Duration = Duration::from_secs(20);
/// How often it is renewed or asked for.
const RENEW: Duration = Duration::from_secs(5);

/// Runs `work` whenever this process holds the lease of that name, and tells it to stop when the lease is lost or the
/// process stops. `work` is given the word to stop and ends by itself.
pub async fn lead<F>(house: &House, name: &str, mut stop: Stop, work: impl Fn(watch::Receiver<bool>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while !stop.is_now() {
        match take(house, name).await {
            Ok(Some(lease)) => hold(house, lease, &mut stop, &work).await,
            Ok(None) => drop(stop.within(RENEW).await),
            Err(fault) => {
                tracing::error!(error = format!("{fault:#}"), lease = name, "a lease could not be asked for");
                stop.within(RENEW).await;
            }
        }
    }
}

async fn hold<F>(house: &House, lease: Lease, stop: &mut Stop, work: &impl Fn(watch::Receiver<bool>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let (tell, told) = watch::channel(false);
    let mut working = tokio::spawn(work(told));
    let mut renewed = Instant::now();
    loop {
        tokio::select! {
            biased;
            () = stop.come() => break,
            _ = &mut working => return,
            () = tokio::time::sleep(RENEW) => {}
        }
        let asked = Instant::now();
        match take(house, &lease.name).await {
            Ok(Some(now)) if now.fence == lease.fence => renewed = asked,
            Ok(_) => {
                tracing::warn!(lease = lease.name, "another process took over");
                break;
            }
            // A database that is away for a moment takes the lease from nobody: it is ours until it runs out.
            Err(fault) if renewed.elapsed() < LEASE - RENEW => {
                tracing::warn!(error = format!("{fault:#}"), lease = lease.name, "a lease was not renewed");
            }
            Err(fault) => {
                tracing::error!(error = format!("{fault:#}"), lease = lease.name, "a lease runs out");
                break;
            }
        }
    }
    tell.send(true).ok();
    if let Err(fault) = working.await {
        tracing::error!(%fault, "what was done under a lease ended badly");
    }
    if let Err(fault) = give_back(house, &lease).await {
        tracing::warn!(error = format!("{fault:#}"), "a lease runs out by itself");
    }
}

async fn take(house: &House, name: &str) -> Result<Option<Lease>> {
    let mut tx = house.store.write().await?;
    let milliseconds = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let lease = tx.take_lease(name, &house.me, house.clock.now(), milliseconds).await?;
    tx.commit().await?;
    Ok(lease)
}

async fn give_back(house: &House, lease: &Lease) -> Result<()> {
    let mut tx = house.store.write().await?;
    tx.give_back(lease, &house.me).await?;
    tx.commit().await
}
