//! What became of messages, on its way into the books: noted as it happens, written in batches while other calls go on. A
//! chat gets its next message only when what became of the last one is written: a crash repeats one at most.

use super::{House, ended::Ended, life::Buried};
use crate::{
    school::{AccountId, At},
    store::{Settled, is_databases},
};
use anyhow::Result;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// What happened to messages and is not written yet.
#[derive(Default)]
pub(super) struct Outcomes {
    noted: Noted,
    /// What is being written, by a task of its own: whoever else waits for the writer must not wait for us to look at it.
    writing: Option<JoinHandle<(Noted, Result<()>)>>,
}

/// Some outcomes.
#[derive(Default)]
pub(super) struct Noted {
    /// Who wrote it, as whom; '' while nobody has begun.
    pub(super) by: Arc<str>,
    /// What became of each message.
    pub(super) settled: Vec<Settled>,
    /// The chats that wait for it.
    pub(super) chats: Vec<AccountId>,
    /// Messages of which somebody wants to know how they ended.
    ended: Vec<Ended>,
}

impl Outcomes {
    /// Notes what became of a message of a chat.
    pub(super) fn note(&mut self, chat: AccountId, outcome: Settled, ended: Option<Ended>) {
        self.noted.settled.push(outcome);
        self.noted.chats.push(chat);
        self.noted.ended.extend(ended);
    }

    /// Begins to write what was noted, unless something is being written.
    pub(super) fn begin(&mut self, house: &Arc<House>, me: &Arc<str>, now: At) {
        if self.writing.is_none() && !self.noted.settled.is_empty() {
            let house = house.clone();
            let noted = Noted { by: me.clone(), ..std::mem::take(&mut self.noted) };
            self.writing = Some(tokio::spawn(async move {
                let written = house.write_outcomes(&noted.by, &noted, now).await;
                (noted, written)
            }));
        }
    }

    /// Waits for what is being written, for ever if nothing is. Gives what is in the books now. When the database is away
    /// it stays noted and is written with the next: what has arrived is not sent again.
    pub(super) async fn written(&mut self) -> Result<Noted> {
        let Some(writing) = &mut self.writing else { return std::future::pending().await };
        let ended = writing.await;
        self.writing = None;
        let (noted, written) = match ended {
            Ok(it) => it,
            // What was noted went with a panic, which is no fault of the database's: the process begins anew.
            Err(fault) if fault.is_panic() => std::panic::resume_unwind(fault.into_panic()),
            Err(_the_runtime_ends) => return std::future::pending().await,
        };
        match written {
            Ok(()) => Ok(noted),
            // It was in the hands of one who is dead: others have it.
            Err(fault) if fault.is::<Buried>() => Err(fault),
            Err(fault) => {
                let later = std::mem::replace(&mut self.noted, noted);
                self.noted.settled.extend(later.settled);
                self.noted.chats.extend(later.chats);
                self.noted.ended.extend(later.ended);
                Err(fault)
            }
        }
    }

    /// Whether something is being written.
    pub(super) fn is_writing(&self) -> bool {
        self.writing.is_some()
    }

    /// Whether something is noted and nobody writes it yet.
    pub(super) fn is_behind(&self) -> bool {
        !self.noted.settled.is_empty()
    }

    /// Whoever was taken for dead has nothing to write. What is being written is refused by the books.
    pub(super) fn forget(&mut self) {
        self.noted = Noted::default();
    }
}

impl Noted {
    /// Whether somebody was told how a message ended.
    pub(super) fn tells(&self) -> bool {
        !self.ended.is_empty()
    }
}

impl House {
    async fn write_outcomes(&self, me: &str, noted: &Noted, now: At) -> Result<()> {
        let Noted { settled, ended, .. } = noted;
        match self.write_them(me, settled, ended, now).await {
            // One person who cannot be told must not keep the ends of all messages from being written.
            Err(fault) if !ended.is_empty() && !fault.is::<Buried>() && !is_databases(&fault) => {
                self.write_them(me, settled, &[], now).await?;
                for one in ended {
                    if let Err(fault) = self.write_them(me, &[], std::slice::from_ref(one), now).await {
                        let error = format!("{fault:#}");
                        tracing::error!(row = one.row.id, error, "nobody is told what became of a message");
                    }
                }
                Ok(())
            }
            written => written,
        }
    }

    async fn write_them(&self, me: &str, settled: &[Settled], ended: &[Ended], now: At) -> Result<()> {
        let mut tx = self.write_as_me(me).await?;
        tx.settle(settled, now).await?;
        for ended in ended {
            self.tell(&mut tx, ended, now).await?;
        }
        tx.commit().await
    }
}
