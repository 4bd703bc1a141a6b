//! What follows from one try to send a message, by the class of the message: it is over, it goes once more, or it stays in
//! our hands and its chat waits with it.

use super::{
    House,
    attempt::Fate,
    channel::{Call, Delivery, Refused},
    ended::{End, Ended},
    pace::Pace,
};
use crate::{
    school::{AccountId, At},
    store::{Class, OutRow, Settled, is_databases},
};
use chrono::TimeDelta;

/// After a call that did not reach the messenger, at the least; from then on as long as the message is old already.
const AGAIN: TimeDelta = TimeDelta::milliseconds(500);
/// Somebody waits for an answer, and an alert must not wait: they are tried again within this time, notices within half a
/// minute.
const AGAIN_AT_MOST: TimeDelta = TimeDelta::seconds(5);
/// An answer that could not be sent, or a message that could not be made, for so long is given up.
const GIVES_UP: TimeDelta = TimeDelta::minutes(10);
/// What a wait is stretched by.
const MARGIN: TimeDelta = TimeDelta::milliseconds(100);
/// Before the second copy of a notice whose first may have arrived.
const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// What follows from a fate.
pub(super) enum Verdict {
    /// It is over, or out of our hands; somebody may want to know.
    Settled(Settled, Option<Box<Ended>>),
    /// Nothing goes into its chat before this moment.
    Stuck(OutRow, At),
}

/// What a fate means for a row, by its class.
pub(super) fn judge(house: &House, pace: &mut Pace, row: OutRow, fate: Fate, now: At) -> Verdict {
    match fate {
        Fate::Needless => {
            let ended = (!row.track.is_empty()).then(|| ended(&row, End::Lost));
            Verdict::Settled(Settled::Dropped { row }, ended)
        }
        Fate::Elsewhere(account) => over(moved(house, row, account, None)),
        Fate::NotNow(at) => over(Settled::Again { id: row.id, at, tried: false, error: String::new() }),
        Fate::Broken(fault) => broken(house, row, &fault, now),
        Fate::Call(delivery, _) => judge_call(house, pace, row, delivery, now),
    }
}

fn judge_call(house: &House, pace: &mut Pace, row: OutRow, delivery: Delivery, now: At) -> Verdict {
    let metrics = &house.metrics;
    match delivery {
        Delivery::Sent(message) => {
            metrics.messages_sent.add(1);
            pace.arrived();
            let ended = (!row.track.is_empty()).then(|| ended(&row, End::Arrived));
            Verdict::Settled(Settled::Sent { row, message }, ended)
        }
        Delivery::Refused(Refused::Unreachable, _) => {
            metrics.messages_refused.add(1);
            let ended = ended(&row, End::Unreachable);
            Verdict::Settled(Settled::Dropped { row }, Some(ended))
        }
        Delivery::Refused(Refused::Unchanged | Refused::Gone | Refused::StalePress, _) => {
            over(Settled::Dropped { row })
        }
        Delivery::Refused(Refused::Moved(account), _) => {
            let from = row.account.clone();
            over(moved(house, row, account, Some(from)))
        }
        Delivery::Refused(_, why) => {
            metrics.messages_refused.add(1);
            tracing::error!(row = row.id, method = row.method, why, "the messenger refuses a message");
            aside(house, row, why)
        }
        Delivery::Wait(seconds) => {
            metrics.messages_held.add(1);
            // Two clocks: a moment later is never inside the wait.
            let told = now.plus(MARGIN);
            pace.told_to_wait(&row.account, seconds, told);
            Verdict::Stuck(row, told.plus(TimeDelta::seconds(seconds.into())))
        }
        // An answer that nobody waits for any more need not hold its chat.
        Delivery::NotSent(_) if row.class == Class::Reply && gives_up(&row, now) => {
            over(Settled::Dropped { row })
        }
        Delivery::NotSent(_) => {
            metrics.messages_not_sent.add(1);
            let at = again_at(&row, now);
            Verdict::Stuck(row, at)
        }
        Delivery::Unknown(why) => {
            metrics.messages_unknown.add(1);
            let at = match row.class {
                Class::Alert => again_at(&row, now),
                Class::Notice if row.tries == 0 => now.plus(PAUSE),
                Class::Notice | Class::Reply => {
                    let ended = (!row.track.is_empty()).then(|| ended(&row, End::Lost));
                    return Verdict::Settled(Settled::Dropped { row }, ended);
                }
            };
            over(Settled::Again { id: row.id, at, tried: true, error: why })
        }
    }
}

/// A fault of ours: the message waits for us to be mended, but not for ever. The database's absence is nobody's fault.
fn broken(house: &House, row: OutRow, fault: &anyhow::Error, now: At) -> Verdict {
    if is_databases(fault) {
        let at = again_at(&row, now);
        return Verdict::Stuck(row, at);
    }
    let why = format!("{fault:#}");
    if gives_up(&row, now) {
        tracing::error!(row = row.id, error = why, "a message could not be made, and is set aside");
        return aside(house, row, why);
    }
    tracing::warn!(row = row.id, error = why, "a message could not be made yet");
    let at = again_at(&row, now);
    Verdict::Stuck(row, at)
}

fn aside(house: &House, row: OutRow, why: String) -> Verdict {
    house.metrics.messages_aside.add(1);
    let ended = ended(&row, End::Lost);
    Verdict::Settled(Settled::Aside { id: row.id, error: why }, Some(ended))
}

/// The row goes to another account, and with `from` all that hangs on that one.
fn moved(house: &House, row: OutRow, account: AccountId, from: Option<AccountId>) -> Settled {
    let call = Call { method: row.method, body: row.body };
    let Call { method, body } = house.channel.readdress(call, &account);
    Settled::Moved { from, row: OutRow { account, method, body, ..row } }
}

fn over(settled: Settled) -> Verdict {
    Verdict::Settled(settled, None)
}

fn ended(row: &OutRow, end: End) -> Box<Ended> {
    Box::new(Ended { row: row.clone(), end })
}

/// Since it might go: what waits for the morning is not old then.
fn gives_up(row: &OutRow, now: At) -> bool {
    now.since(row.made_at.max(row.not_before)) > GIVES_UP
}

/// When a message that did not go is tried again: soon at first, then the longer the older it is.
fn again_at(row: &OutRow, now: At) -> At {
    let at_most = if row.class == Class::Notice { PAUSE } else { AGAIN_AT_MOST };
    now.plus(now.since(row.made_at).clamp(AGAIN, at_most))
}
