//! Messages that other processes have put into our hands. While we speak to a chat, what another process answers there comes
//! after what we have to say: so it hands its answer to us, instead of waiting until we have done.

use super::{House, life::BEAT};
use crate::store::Dialect;
use anyhow::Result;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;

/// After a broken line, before the next try.
const RECOVER: Duration = Duration::from_secs(2);

/// What may be in our hands without the sender's knowledge, by the ids of the messages.
#[derive(Default)]
pub struct Handed {
    ids: Mutex<Ids>,
    rung: Notify,
}

/// The ids of messages in our hands.
#[derive(Default)]
pub(super) struct Ids {
    /// Another process has said that it put them there.
    pub(super) told: HashSet<String>,
    /// They were found there by whoever answered after them; our own are among them.
    pub(super) found: HashSet<String>,
}

impl Handed {
    /// Another process has put these into our hands.
    pub fn tell(&self, ids: Vec<String>) {
        self.ids().told.extend(ids);
        self.rung.notify_one();
    }

    /// These were found in our hands, by whoever hands the sender what comes after them.
    pub(super) fn find<'a>(&self, ids: impl Iterator<Item = &'a String>) {
        self.ids().found.extend(ids.cloned());
    }

    /// All that was said since this was asked.
    pub(super) fn take(&self) -> Ids {
        std::mem::take(&mut *self.ids())
    }

    /// Waits until another process has put something into our hands.
    pub(super) async fn rings(&self) {
        self.rung.notified().await;
    }

    fn ids(&self) -> MutexGuard<'_, Ids> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Listens for other processes, until a stop and beyond: what is still answered then may come into our hands. On SQLite a
/// process is alone.
pub(super) async fn listen(house: Arc<House>) {
    while house.store.dialect() == Dialect::Postgres {
        if let Err(fault) = hear(&house).await {
            tracing::warn!(error = format!("{fault:#}"), "other processes are not heard");
            tokio::time::sleep(RECOVER).await;
        }
    }
}

/// Listens for as long as this life lasts.
async fn hear(house: &House) -> Result<()> {
    let me = house.life.me();
    let mut bell = house.store.bell(&me).await?;
    // What came before we listened.
    house.doubt.arises();
    while house.life.me() == me {
        tokio::select! {
            rung = bell.rings() => match rung? {
                Some(ids) => house.handed.tell(ids),
                None => house.doubt.arises(),
            },
            () = tokio::time::sleep(BEAT) => bell.is_heard().await?,
        }
    }
    Ok(())
}
