//! How a message ended, and who wants to know of it.

use super::House;
use crate::{
    chat::{Track, compose::Compose, feedback},
    school::At,
    store::{Class, CopyState, OutRow, Tx},
};
use anyhow::Result;

/// A message of which somebody wants to know how it ended.
pub(super) struct Ended {
    pub(super) row: OutRow,
    pub(super) end: End,
}

/// How a message ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The messenger has it.
    Arrived,
    /// The person blocked the bot, or the account is gone.
    Unreachable,
    /// It was given up, and nobody knows whether a copy arrived.
    Lost,
}

impl House {
    /// Tells whoever wants to know how a message ended.
    pub(super) async fn tell(&self, tx: &mut Tx, Ended { row, end }: &Ended, now: At) -> Result<()> {
        if *end == End::Unreachable {
            tx.set_reachable(&row.account, false).await?;
        }
        if row.track.is_empty() {
            return Ok(());
        }
        // What a later version wrote, and this one cannot read, must not keep all others from being written.
        let Ok(track) = serde_json::from_str(&row.track) else {
            tracing::error!(row = row.id, "nobody can be told what became of a message");
            return Ok(());
        };
        let (to, what) = match track {
            Track::Feedback(id, guardian) => {
                let state = if *end == End::Arrived { CopyState::Sent } else { CopyState::Unreachable };
                if !tx.set_copy(&id, &guardian, state, now).await? {
                    return Ok(());
                }
                let Some(view) = tx.feedback(&id).await? else { return Ok(()) };
                if *end != End::Arrived {
                    tx.apply(vec![feedback::phone(&view.feedback, &guardian)], now).await?;
                }
                (view.feedback.author, Compose::FeedbackStatus { feedback: id })
            }
            Track::Word(_) if *end == End::Arrived => return Ok(()),
            Track::Word(id) => {
                let Some(word) = tx.word(&id).await? else { return Ok(()) };
                (word.from, Compose::Undelivered { word: id })
            }
        };
        if let Some(address) = tx.addresses(std::slice::from_ref(&to)).await?.remove(&to) {
            let row = self.row_composed(&address, Class::Notice, &what, now)?;
            tx.post(&[row], now).await?;
        }
        Ok(())
    }
}
