//! What only one process of an installation may do: it does it while it holds a lease. A lease is held for as long as its
//! holder lives (`work/life.rs`).

use super::{House, life::BEAT, run::Stop};
use anyhow::Result;
use tokio::sync::watch;

/// Runs `work` whenever this process holds the lease of that name, and tells it to stop when the lease is lost or the
/// process stops. `work` is given the word to stop and ends by itself.
pub async fn lead<F>(house: &House, name: &str, mut stop: Stop, work: impl Fn(watch::Receiver<bool>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while !stop.is_now() {
        match take(house, name).await {
            Ok(true) => {
                hold(house, name, &mut stop, &work).await;
                // Whatever ended it, it is not begun again at once.
                stop.within(BEAT).await;
            }
            Ok(false) => drop(stop.within(BEAT).await),
            Err(fault) => {
                tracing::error!(error = format!("{fault:#}"), lease = name, "a lease could not be asked for");
                stop.within(BEAT).await;
            }
        }
    }
}

async fn hold<F>(house: &House, name: &str, stop: &mut Stop, work: &impl Fn(watch::Receiver<bool>) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let (tell, told) = watch::channel(false);
    let mut working = tokio::spawn(work(told));
    loop {
        tokio::select! {
            biased;
            () = stop.come() => break,
            _ = &mut working => return,
            () = tokio::time::sleep(BEAT) => {}
        }
        match take(house, name).await {
            Ok(true) => {}
            Ok(false) => {
                tracing::warn!(lease = name, "another process took over");
                break;
            }
            // A database that is away for a moment takes the lease from nobody: it is ours for as long as we live.
            Err(fault) if house.life.is_sure() => {
                tracing::warn!(error = format!("{fault:#}"), lease = name, "a lease could not be looked at");
            }
            Err(fault) => {
                tracing::error!(error = format!("{fault:#}"), lease = name, "a lease is given up");
                break;
            }
        }
    }
    tell.send(true).ok();
    if let Err(fault) = working.await {
        tracing::error!(%fault, "what was done under a lease ended badly");
    }
    if let Err(fault) = give_back(house, name).await {
        tracing::warn!(error = format!("{fault:#}"), "a lease is free when we are gone");
    }
}

async fn take(house: &House, name: &str) -> Result<bool> {
    let me = house.life.me();
    let mut tx = house.write_as_me(&me).await?;
    let ours = tx.take_lease(name, &me).await?;
    tx.commit().await?;
    Ok(ours)
}

async fn give_back(house: &House, name: &str) -> Result<()> {
    let mut tx = house.store.write().await?;
    tx.give_back(name, &house.life.me()).await?;
    tx.commit().await
}
