//! One try to send one message: made from the state as it is at that moment, put where it belongs, handed to the messenger.

use super::{
    House,
    channel::{Call, Delivery, Refused},
    outgoing::may_nudge_at,
    uploads,
};
use crate::{
    chat::{
        To,
        compose::{Compose, compose},
    },
    school::{AccountId, At},
    store::OutRow,
};
use anyhow::{Context, Result, anyhow};
use futures_util::FutureExt;
use std::{panic::AssertUnwindSafe, sync::Arc};

/// A row that was tried.
pub struct Tried {
    pub(super) row: OutRow,
    pub(super) fate: Fate,
}

/// What became of a row that was tried.
pub(super) enum Fate {
    /// It was handed to the messenger; whether a second copy would do no harm.
    Call(Delivery, bool),
    /// There is nothing to say any more.
    Needless,
    /// Not at this hour.
    NotNow(At),
    /// The person it is for has another account now.
    Elsewhere(AccountId),
    /// A fault of ours.
    Broken(anyhow::Error),
}

impl Fate {
    /// Whether it arrived, and a second copy would do no harm.
    pub(super) fn is_harmless(&self) -> bool {
        matches!(self, Fate::Call(Delivery::Sent(_), true))
    }
}

/// Tries to send a row.
pub(super) async fn try_row(house: Arc<House>, mut row: OutRow) -> Tried {
    // A panic is a fault of this message; its chat goes on.
    let fate = match AssertUnwindSafe(send(&house, &mut row)).catch_unwind().await {
        Ok(Ok(fate)) => fate,
        Ok(Err(fault)) => Fate::Broken(fault),
        Err(_panic) => Fate::Broken(anyhow!("making it panicked")),
    };
    Tried { row, fate }
}

async fn send(house: &Arc<House>, row: &mut OutRow) -> Result<Fate> {
    let mut call = Call { method: row.method.clone(), body: row.body.clone() };
    let mut edits = row.edits.clone();
    if !row.compose.is_empty() {
        // Boxed, as all that only some messages need: each message is a task that holds room for its largest part.
        match Box::pin(make(house, row)).await? {
            Made::Call(made) => {
                call = Call { method: made.method, body: made.body };
                edits = made.edits;
                row.place = made.place;
            }
            Made::Nothing => return Ok(Fate::Needless),
            Made::NotNow(at) => return Ok(Fate::NotNow(at)),
            Made::Elsewhere(account) => return Ok(Fate::Elsewhere(account)),
        }
    } else if !row.person.as_str().is_empty() {
        // Between the writing and the sending a person may have got another account, or left: the old one reads nothing.
        let address = house.store.read().await?.addresses(std::slice::from_ref(&row.person)).await?;
        match address.get(&row.person) {
            Some(it) if it.account == row.account => {}
            Some(it) => return Ok(Fate::Elsewhere(it.account.clone())),
            None => return Ok(Fate::Needless),
        }
    }
    if !edits.is_empty() {
        let wanted = [(row.account.clone(), edits)];
        let mut tx = house.store.read().await?;
        let found = tx.places(&wanted).await?;
        call = house.channel.aim(call, found.values().next().copied());
    }
    // The last moment: a process that slept until now may have been buried meanwhile, and may live on under another id already.
    if !house.life.may_send_for(&row.holder) {
        return Ok(Fate::NotNow(house.clock.now()));
    }
    let press = async {
        match row.query.is_empty() {
            true => None,
            false => Some(house.channel.answer_press(&row.query, &row.toast).await),
        }
    };
    if call.method.is_empty() {
        // A spinner that did not stop is not worth a second try.
        let pressed = press.await.filter(|it| matches!(it, Delivery::Wait(_)));
        return Ok(Fate::Call(pressed.unwrap_or(Delivery::Sent(None)), true));
    }
    let (delivery, _) = tokio::join!(house.channel.send(&call), press);
    let repeatable = house.channel.repeatable(&call);
    Ok(match delivery {
        Delivery::Refused(Refused::Markup, _) => {
            Fate::Call(house.channel.send(&house.channel.plain(&call)).await, repeatable)
        }
        // The message was deleted by the person: what it would have said is said anew.
        Delivery::Refused(Refused::Gone, why) => match house.channel.aim(call, None) {
            // There is nothing left to do about the buttons of a message that is gone.
            anew if anew.method.is_empty() => Fate::Call(Delivery::Refused(Refused::Gone, why), repeatable),
            anew => Fate::Call(house.channel.send(&anew).await, false),
        },
        // A second copy of an edit does no harm, so an edit of which nobody knows is made again.
        Delivery::Unknown(why) if repeatable => Fate::Call(Delivery::NotSent(why), true),
        other => Fate::Call(other, repeatable),
    })
}

enum Made {
    Call(Box<OutRow>),
    Nothing,
    NotNow(At),
    Elsewhere(AccountId),
}

/// Reads the state again and makes the message: the last moment at which it can still be right. Nudges keep the quiet
/// hours of the person and the days off of the school, also when they were delayed.
async fn make(house: &Arc<House>, row: &OutRow) -> Result<Made> {
    let now = house.clock.now();
    let what: Compose = serde_json::from_str(&row.compose).context("what to compose")?;
    // A file is fetched before a transaction is open.
    let from_file = match &what {
        Compose::UploadShown { upload, reading } => Some(uploads::show(house, upload, *reading).await?),
        Compose::UploadWritten { upload, shown, reading } => {
            Some(uploads::write(house, &row.holder, upload, shown, *reading).await?)
        }
        _ => None,
    };
    let mut tx = match what.writes() {
        true => house.write_as_me(&row.holder).await?,
        false => house.store.read().await?,
    };
    let link = |code: &str| house.channel.join_link(code);
    let message = match from_file {
        Some(made) => made,
        None => compose(&mut tx, &what, &link, now).await?,
    };
    let Some(mut message) = message else { return Ok(Made::Nothing) };
    let To::Person(person) = message.to.clone() else { return Ok(Made::Nothing) };
    let Some(address) = tx.addresses(std::slice::from_ref(&person)).await?.remove(&person) else {
        return Ok(Made::Nothing);
    };
    if address.account != row.account {
        return Ok(Made::Elsewhere(address.account));
    }
    if let Some(school) = what.nudged_by() {
        let rules = tx.rules(school).await?;
        let at = may_nudge_at(&rules, &address, now);
        if at > now {
            return Ok(Made::NotNow(at));
        }
    }
    message.class = row.class;
    if what.writes() {
        // Before it is sent: a code that somebody reads is one that opens the door.
        tx.commit().await?;
    }
    Ok(Made::Call(Box::new(house.row_to(&address, message, false))))
}
