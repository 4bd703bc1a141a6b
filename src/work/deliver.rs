//! Outbox -> messenger. One message of a chat at a time, in order; chats beside each other. What became of messages is
//! written in batches; what was sent leaves the outbox.

use super::{
    House,
    channel::{Call, Delivery, Refused},
    line::Line,
    outgoing::may_nudge_at,
    pace::Pace,
};
use crate::{
    chat::{
        To, Track,
        compose::{Compose, compose},
        feedback,
    },
    school::{AccountId, At},
    store::{Class, CopyState, OutRow, Settled, Tx, is_databases},
};
use anyhow::{Context, Result, anyhow};
use chrono::TimeDelta;
use futures_util::FutureExt;
use std::{collections::HashSet, panic::AssertUnwindSafe, sync::Arc};
use tokio::task::JoinSet;

/// Calls under way at the same time.
const ABREAST: usize = 64;
/// Rows held at once where messages go.
const CLAIM: usize = 500;
/// Rows held at once in all: those of chats that were told to wait are held, too, so that nothing overtakes them.
const HELD: usize = 10_000;
/// After a call that did not reach the messenger, at the least; from then on as long as the message is old already.
const AGAIN: TimeDelta = TimeDelta::milliseconds(500);
/// Somebody waits for an answer, and an alert must not wait: they are tried again within this time, notices within half a
/// minute.
const AGAIN_AT_MOST: TimeDelta = TimeDelta::seconds(5);
/// An answer that could not be sent, or a message that could not be made, for so long is given up.
const GIVES_UP: TimeDelta = TimeDelta::minutes(10);
/// What a wait is stretched by.
const MARGIN: TimeDelta = TimeDelta::milliseconds(100);
/// Messages of just now may be known to somebody who has not told us yet.
const JUST_NOW: TimeDelta = TimeDelta::seconds(5);
/// Before the second copy of a notice whose first may have arrived.
const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// The sender of one process.
pub struct Deliver {
    house: Arc<House>,
    /// As whom we hold what we hold.
    me: Arc<str>,
    /// What is in our hands: waiting, under way, or not yet written.
    held: HashSet<String>,
    line: Line,
    under_way: JoinSet<Tried>,
    pace: Pace,
    /// The latest that we have seen on the clock.
    seen: At,
    /// When the first message that went back to the outbox may be tried again.
    again_at: Option<At>,
    /// What became of messages and is not written yet.
    settled: Vec<Settled>,
    /// Messages of which somebody wants to know whether they arrived.
    tracked: Vec<(OutRow, End)>,
}

/// What became of a row that was tried.
enum Fate {
    Call(Delivery),
    /// There is nothing to say any more.
    Needless,
    /// Not at this hour.
    NotNow(At),
    /// The person it is for has another account now.
    Elsewhere(AccountId),
    /// A fault of ours.
    Broken(anyhow::Error),
}

impl Deliver {
    /// A sender with nothing to send.
    pub fn new(house: Arc<House>, pace: Pace) -> Deliver {
        Deliver {
            me: house.life.me(),
            held: HashSet::new(),
            house,
            pace,
            line: Line::default(),
            under_way: JoinSet::new(),
            again_at: None,
            seen: At(0),
            settled: Vec::new(),
            tracked: Vec::new(),
        }
    }

    /// Rows that this process holds already. What it held before it was buried is not its own any more.
    pub fn hand(&mut self, rows: Vec<OutRow>) {
        self.begin_anew_if_buried();
        for row in rows {
            if row.holder == self.me && self.held.insert(row.id.clone()) {
                self.line.push(row);
            }
        }
    }

    /// Claims what is due in the outbox; says how many rows it took.
    pub async fn claim(&mut self) -> Result<usize> {
        self.begin_anew_if_buried();
        let now = self.house.clock.now();
        if self.may_claim() {
            self.again_at = None;
        }
        let (all, moving) = self.line.len();
        let room = CLAIM.saturating_sub(moving).min(HELD.saturating_sub(all));
        if room == 0 {
            return Ok(0);
        }
        let claimed = async {
            let mut tx = self.house.write_as_me(&self.me).await?;
            let rows = tx.claim_outbox(&self.me, now, i64::try_from(room)?).await?;
            tx.commit().await?;
            anyhow::Ok(rows)
        };
        let rows = claimed.await.inspect_err(|_| self.house.doubt.arises())?;
        let count = rows.len();
        self.hand(rows);
        Ok(count)
    }

    /// Takes up what the books say is in our hands and we know nothing of: a commit took effect and its answer was lost.
    pub async fn take_up(&mut self) -> Result<()> {
        let before = self.house.clock.now().minus(JUST_NOW);
        let mut tx = self.house.write_as_me(&self.me).await?;
        let rows = tx.held_by(&self.me, before).await?;
        tx.commit().await?;
        self.hand(rows);
        Ok(())
    }

    /// Sends everything that may go now and writes what became of it; says how many rows were tried. For tests and for
    /// the last seconds of a process: it returns when nothing is under way.
    pub async fn step(&mut self) -> Result<usize> {
        self.claim().await?;
        let mut tried = 0;
        loop {
            self.start();
            let done = self.ended().await;
            if done.is_empty() {
                return Ok(tried);
            }
            tried += done.len();
            self.settle(done).await?;
        }
    }

    /// Starts calls for chats that may be written to now. None while others may have taken our place: what we hold may be
    /// in their hands.
    pub fn start(&mut self) {
        self.begin_anew_if_buried();
        if !self.house.life.is_sure() {
            return;
        }
        let now = self.now();
        while self.under_way.len() < ABREAST {
            let may = |account: &AccountId, class| self.pace.may(account, class, now);
            let Some(row) = self.line.next(now, may) else { return };
            self.under_way.spawn(try_row(self.house.clone(), row));
        }
    }

    /// Waits for a call to end and takes what else has ended; empty when none is under way. Safe to drop while it
    /// waits: what has ended is then given next time.
    pub async fn ended(&mut self) -> Vec<Tried> {
        let mut done: Vec<Tried> = self.under_way.join_next().await.into_iter().flatten().collect();
        while let Some(next) = self.under_way.try_join_next() {
            done.extend(next.ok());
        }
        done
    }

    /// Gives back to the outbox what is held and not under way: for the end of a process.
    pub async fn give_back(&mut self) -> Result<()> {
        let now = self.house.clock.now();
        let open = |(row, until): (OutRow, At)| Settled::Again {
            id: row.id,
            at: until.max(now),
            tried: false,
            error: String::new(),
        };
        let rows: Vec<Settled> = self.line.take_all().into_iter().map(open).collect();
        let mut tx = self.house.write_as_me(&self.me).await?;
        tx.settle(&rows, now).await?;
        tx.commit().await
    }

    /// Now. When the clock was set back, what waits for a moment does not wait for as much longer.
    fn now(&mut self) -> At {
        let now = self.house.clock.now();
        if now < self.seen {
            let by = now.since(self.seen);
            self.line.shift(by);
            self.pace.shift(by);
            self.again_at = self.again_at.map(|at| at.plus(by));
        }
        self.seen = now;
        now
    }

    /// Whoever was taken for dead drops all it holds: others have it. Calls under way are broken off.
    fn begin_anew_if_buried(&mut self) {
        let me = self.house.life.me();
        if me != self.me {
            self.me = me;
            self.line.take_all();
            self.held.clear();
            self.under_way = JoinSet::new();
            self.settled.clear();
            self.tracked.clear();
        }
    }

    /// When a chat that waits in memory may be written to, or a message that went back to the outbox tried again.
    pub fn next_at(&self) -> Option<At> {
        // While nothing may begin, a chat whose moment has come is no reason to wake.
        let may_begin = self.under_way.len() < ABREAST && self.house.life.is_sure();
        self.line.next_at().filter(|_| may_begin).into_iter().chain(self.again_at).min()
    }

    /// Whether a message that went back to the outbox may be tried again now.
    pub fn may_claim(&self) -> bool {
        self.again_at.is_some_and(|at| at <= self.house.clock.now())
    }

    /// Whether something that happened could not be written yet.
    pub fn is_behind(&self) -> bool {
        !self.settled.is_empty()
    }

    /// Whether a call is under way.
    pub fn is_sending(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// Notes what became of messages and writes it, in one transaction. When the database is away it stays noted and is
    /// written with the next: what has arrived is not sent again.
    pub async fn settle(&mut self, done: Vec<Tried>) -> Result<()> {
        self.begin_anew_if_buried();
        let now = self.now();
        let ours = |tried: &Tried| tried.row.holder == self.me;
        for Tried { row, fate } in done.into_iter().filter(ours).collect::<Vec<_>>() {
            let account = row.account.clone();
            match self.judge(row, fate, now) {
                // It stays in our hands, so that nothing of its chat overtakes it.
                Verdict::Stuck(row, at) => self.line.put_back(row, at),
                Verdict::Settled(outcome) => {
                    self.line.done(&account);
                    if let Settled::Again { at, .. } = outcome {
                        self.again_at = Some(self.again_at.map_or(at, |first| first.min(at)));
                    }
                    self.settled.push(outcome);
                }
            }
        }
        if self.settled.is_empty() {
            return Ok(());
        }
        let mut tx = self.house.write_as_me(&self.me).await?;
        tx.settle(&self.settled, now).await?;
        for (row, arrived) in &self.tracked {
            self.tell(&mut tx, row, *arrived, now).await?;
        }
        tx.commit().await?;
        for outcome in self.settled.drain(..) {
            self.held.remove(outcome.id());
        }
        if !std::mem::take(&mut self.tracked).is_empty() {
            self.house.posted.notify_one();
        }
        Ok(())
    }

    /// What a fate means for a row, by its class.
    fn judge(&mut self, row: OutRow, fate: Fate, now: At) -> Verdict {
        let metrics = &self.house.metrics;
        // Since it might go: what waits for the morning is not old then.
        let gives_up = |row: &OutRow| now.since(row.made_at.max(row.not_before)) > GIVES_UP;
        let again = |row: OutRow, at: At, tried: bool, error: &str| Settled::Again {
            id: row.id,
            at,
            tried,
            error: error.to_owned(),
        };
        Verdict::Settled(match fate {
            Fate::Needless => {
                if !row.track.is_empty() {
                    self.tracked.push((row.clone(), End::Lost));
                }
                Settled::Dropped { row }
            }
            Fate::Elsewhere(account) => self.moved(row, account, None),
            Fate::NotNow(at) => again(row, at, false, ""),
            Fate::Broken(fault) => {
                tracing::error!(row = row.id, error = format!("{fault:#}"), "a message could not be made");
                match gives_up(&row) && !is_databases(&fault) {
                    true => {
                        metrics.messages_aside.add(1);
                        self.tracked.push((row.clone(), End::Lost));
                        Settled::Aside { id: row.id, error: format!("{fault:#}") }
                    }
                    false => {
                        let at = again_at(&row, now);
                        return Verdict::Stuck(row, at);
                    }
                }
            }
            Fate::Call(Delivery::Sent(message)) => {
                metrics.messages_sent.add(1);
                self.pace.arrived();
                if !row.track.is_empty() {
                    self.tracked.push((row.clone(), End::Arrived));
                }
                Settled::Sent { row, message }
            }
            Fate::Call(Delivery::Refused(Refused::Unreachable, _)) => {
                metrics.messages_refused.add(1);
                self.tracked.push((row.clone(), End::Unreachable));
                Settled::Dropped { row }
            }
            Fate::Call(Delivery::Refused(Refused::Unchanged | Refused::Gone | Refused::StalePress, _)) => {
                Settled::Dropped { row }
            }
            Fate::Call(Delivery::Refused(Refused::Moved(account), _)) => {
                let from = row.account.clone();
                self.moved(row, account, Some(from))
            }
            Fate::Call(Delivery::Refused(_, why)) => {
                metrics.messages_refused.add(1);
                metrics.messages_aside.add(1);
                tracing::error!(row = row.id, method = row.method, why, "the messenger refuses a message");
                self.tracked.push((row.clone(), End::Lost));
                Settled::Aside { id: row.id, error: why }
            }
            Fate::Call(Delivery::Wait(seconds)) => {
                metrics.messages_held.add(1);
                // Two clocks: a moment later is never inside the wait.
                let told = now.plus(MARGIN);
                self.pace.told_to_wait(&row.account, seconds, told);
                return Verdict::Stuck(row, told.plus(TimeDelta::seconds(seconds.into())));
            }
            // An answer that nobody waits for any more need not hold its chat.
            Fate::Call(Delivery::NotSent(_)) if row.class == Class::Reply && gives_up(&row) => {
                Settled::Dropped { row }
            }
            Fate::Call(Delivery::NotSent(_)) => {
                metrics.messages_not_sent.add(1);
                let at = again_at(&row, now);
                return Verdict::Stuck(row, at);
            }
            Fate::Call(Delivery::Unknown(why)) => {
                metrics.messages_unknown.add(1);
                match row.class {
                    Class::Alert => {
                        let at = again_at(&row, now);
                        again(row, at, true, &why)
                    }
                    Class::Notice if row.tries == 0 => again(row, now.plus(PAUSE), true, &why),
                    Class::Notice | Class::Reply => {
                        if !row.track.is_empty() {
                            self.tracked.push((row.clone(), End::Lost));
                        }
                        Settled::Dropped { row }
                    }
                }
            }
        })
    }

    /// The row goes to another account, and with `from` all that hangs on that one.
    fn moved(&self, row: OutRow, account: AccountId, from: Option<AccountId>) -> Settled {
        let call = Call { method: row.method, body: row.body };
        let Call { method, body } = self.house.channel.readdress(call, &account);
        Settled::Moved { from, row: OutRow { account, method, body, ..row } }
    }

    /// Tells whoever wants to know how a message ended.
    async fn tell(&self, tx: &mut Tx, row: &OutRow, end: End, now: At) -> Result<()> {
        if end == End::Unreachable {
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
                let state = if end == End::Arrived { CopyState::Sent } else { CopyState::Unreachable };
                if !tx.set_copy(&id, &guardian, state, now).await? {
                    return Ok(());
                }
                let Some(view) = tx.feedback(&id).await? else { return Ok(()) };
                if end != End::Arrived {
                    tx.apply(vec![feedback::phone(&view.feedback, &guardian)], now).await?;
                }
                (view.feedback.author, Compose::FeedbackStatus { feedback: id })
            }
            Track::Word(_) if end == End::Arrived => return Ok(()),
            Track::Word(id) => {
                let Some(word) = tx.word(&id).await? else { return Ok(()) };
                (word.from, Compose::Undelivered { word: id })
            }
        };
        if let Some(address) = tx.addresses(std::slice::from_ref(&to)).await?.remove(&to) {
            let row = self.house.row_composed(&address, Class::Notice, &what, now)?;
            tx.post(&[row], now).await?;
        }
        Ok(())
    }
}

/// When a message that did not go is tried again: soon at first, then the longer the older it is.
fn again_at(row: &OutRow, now: At) -> At {
    let at_most = if row.class == Class::Notice { PAUSE } else { AGAIN_AT_MOST };
    now.plus(now.since(row.made_at).clamp(AGAIN, at_most))
}

/// What follows from a fate.
enum Verdict {
    /// It is over, or out of our hands.
    Settled(Settled),
    /// Nothing goes into its chat before this moment.
    Stuck(OutRow, At),
}

/// How a message ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// The messenger has it.
    Arrived,
    /// The person blocked the bot, or the account is gone.
    Unreachable,
    /// It was given up, and nobody knows whether a copy arrived.
    Lost,
}

impl House {
    /// Whether a message is on its way or may go now.
    pub async fn outbox_is_due(&self) -> Result<bool> {
        let mut tx = self.store.read().await?;
        tx.outbox_is_due(self.clock.now()).await
    }
}

/// A row that was tried.
pub struct Tried {
    row: OutRow,
    fate: Fate,
}

async fn try_row(house: Arc<House>, mut row: OutRow) -> Tried {
    // A panic is a fault of this message; its chat goes on.
    let fate = match AssertUnwindSafe(send(&house, &mut row)).catch_unwind().await {
        Ok(Ok(fate)) => fate,
        Ok(Err(fault)) => Fate::Broken(fault),
        Err(_panic) => Fate::Broken(anyhow!("making it panicked")),
    };
    Tried { row, fate }
}

async fn send(house: &House, row: &mut OutRow) -> Result<Fate> {
    let mut call = Call { method: row.method.clone(), body: row.body.clone() };
    let mut edits = row.edits.clone();
    if !row.compose.is_empty() {
        match make(house, row).await? {
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
    // The last moment: a process that slept until now may have been buried meanwhile.
    if !house.life.is_sure() {
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
        return Ok(Fate::Call(
            press.await.filter(|it| matches!(it, Delivery::Wait(_))).unwrap_or(Delivery::Sent(None)),
        ));
    }
    let (delivery, _) = tokio::join!(house.channel.send(&call), press);
    Ok(Fate::Call(match delivery {
        Delivery::Refused(Refused::Markup, _) => house.channel.send(&house.channel.plain(&call)).await,
        // The message was deleted by the person: what it would have said is said anew.
        Delivery::Refused(Refused::Gone, why) => match house.channel.aim(call, None) {
            // There is nothing left to do about the buttons of a message that is gone.
            anew if anew.method.is_empty() => Delivery::Refused(Refused::Gone, why),
            anew => house.channel.send(&anew).await,
        },
        // A second copy of an edit does no harm, so an edit of which nobody knows is made again.
        Delivery::Unknown(why) if house.channel.repeatable(&call) => Delivery::NotSent(why),
        other => other,
    }))
}

enum Made {
    Call(Box<OutRow>),
    Nothing,
    NotNow(At),
    Elsewhere(AccountId),
}

/// Reads the state again and makes the message: the last moment at which it can still be right. Nudges keep the quiet
/// hours of the person and the days off of the school, also when they were delayed.
async fn make(house: &House, row: &OutRow) -> Result<Made> {
    let now = house.clock.now();
    let what: Compose = serde_json::from_str(&row.compose).context("what to compose")?;
    let mut tx = house.store.read().await?;
    let Some(mut message) = compose(&mut tx, &what, now).await? else { return Ok(Made::Nothing) };
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
    Ok(Made::Call(Box::new(house.row_to(&address, message, false))))
}
