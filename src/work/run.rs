//! The loops of one process, from start to a polite stop.

use super::{
    House,
    channel::Intake,
    deliver::{Deliver, Happened},
    handed,
    pace::Pace,
    watch,
};
use crate::store::{Dialect, OutRow};
use anyhow::Result;
use futures_util::{FutureExt, future::BoxFuture};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::{mpsc, watch as told},
    task::JoinSet,
};

/// How often the outbox is looked at without being called, for what others posted: an alert must not wait.
const CLAIM_EVERY: Duration = Duration::from_secs(2);
/// How often the inbox is looked at without being called: what other processes left, what a fault kept.
pub(super) const LOOK: Duration = Duration::from_secs(5);
/// After a fault of the database, before the next try.
const RECOVER: Duration = Duration::from_secs(2);
/// Between two looks at slots.
const PAUSE: Duration = Duration::from_millis(250);
/// How long a stop goes on sending what was answered before it, and waits for those who still answer.
const LAST_WORDS: Duration = Duration::from_secs(4);
/// How long a stop then waits for calls that are under way.
const LAST_CALLS: Duration = Duration::from_secs(7);

/// Takes updates in and hands the answers to the sender.
pub struct Mailbox {
    house: Arc<House>,
    out: mpsc::UnboundedSender<Vec<OutRow>>,
}

/// Where a loop stands.
#[derive(Clone)]
pub struct Stop(told::Receiver<bool>);

/// The loops of a process. None of them ends before a stop, unless something is broken.
pub struct Loops {
    until_stop: JoinSet<()>,
    /// Says that we live, and listens for others, for as long as any of the others does something.
    _for_life: [AbortOnDropHandle; 2],
}

/// A task that ends with this value.
struct AbortOnDropHandle(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDropHandle {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Intake for Mailbox {
    fn take(&self, raws: Vec<String>) -> BoxFuture<'_, Result<()>> {
        async move {
            if raws.is_empty() {
                self.house.pulse.beats();
                return Ok(());
            }
            let rows = self.house.take(raws).await?;
            self.house.pulse.beats();
            // A closed channel means that the time of a stop is over: the rows are free when we are gone.
            self.out.send(rows).ok();
            Ok(())
        }
        .boxed()
    }
}

impl Stop {
    /// A stop that comes when `true` is sent.
    pub fn new(receiver: told::Receiver<bool>) -> Stop {
        Stop(receiver)
    }

    /// Whether it has come.
    pub fn is_now(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits for it.
    pub async fn come(&mut self) {
        while !*self.0.borrow_and_update() {
            if self.0.changed().await.is_err() {
                return;
            }
        }
    }

    /// Waits for it, at most this long; says whether it has come.
    pub async fn within(&mut self, time: Duration) -> bool {
        tokio::time::timeout(time, self.come()).await.is_ok()
    }
}

/// Starts the sender, the sweeper and the backlog; the intake is started by whoever knows where updates come from.
pub fn start(house: Arc<House>, pace: Pace, stop: Stop) -> (Mailbox, Loops) {
    let (out, answers) = mpsc::unbounded_channel();
    let life = AbortOnDropHandle(tokio::spawn(watch::live(house.clone())));
    let bell = AbortOnDropHandle(tokio::spawn(handed::listen(house.clone())));
    let mut loops = Loops { until_stop: JoinSet::new(), _for_life: [life, bell] };
    loops.add(sender(house.clone(), pace, answers, stop.clone()));
    loops.add(sweeper(house.clone(), stop.clone()));
    loops.add(backlog(house.clone(), out.clone(), stop.clone()));
    loops.add(watch::watch(house.clone(), stop.clone()));
    loops.add(watch::tidy(house.clone(), stop));
    (Mailbox { house, out }, loops)
}

impl Loops {
    /// One more loop that runs until a stop.
    pub fn add(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        self.until_stop.spawn(work);
    }

    /// Waits until any of them ends: before a stop that is a fault, and the process is no use without it.
    pub async fn one_ends(&mut self) {
        if let Some(Err(fault)) = self.until_stop.join_next().await {
            tracing::error!(%fault, "a loop ended badly");
        }
    }

    /// Waits for all of them to end after a stop.
    pub async fn ended(mut self) {
        while !self.until_stop.is_empty() {
            self.one_ends().await;
        }
    }
}

/// Sends what is handed to it at once, and what it finds in the outbox.
///
/// After a stop nothing more is claimed; what others still answer is taken until they have ended, and sent as far as
/// the time goes. What is left is given back, so that no answer waits until others see that we are gone.
async fn sender(
    house: Arc<House>,
    pace: Pace,
    mut answers: mpsc::UnboundedReceiver<Vec<OutRow>>,
    mut stop: Stop,
) {
    let mut deliver = Deliver::new(house.clone(), pace);
    let mut look = tokio::time::interval(CLAIM_EVERY);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut stops, mut answering) = (false, true);
    let mut told = stop.clone();
    let mut last_words = std::pin::pin!(async move {
        told.come().await;
        tokio::time::sleep(LAST_WORDS).await;
    });
    let (mut claimed, mut taken_up) = (Instant::now(), Instant::now());
    // Since when what became of messages waits for the database to come back.
    let mut unwritten: Option<Instant> = None;
    loop {
        // Before anything newer of the same chats begins; and however much there is to do, others' alerts do not wait.
        if !stops && (deliver.may_claim() || claimed.elapsed() > CLAIM_EVERY) {
            claim(&mut deliver).await;
            claimed = Instant::now();
        }
        // What others have put there without our hearing of it is found by a look.
        let may_be_unknown = house.doubt.stands() || house.store.dialect() == Dialect::Postgres;
        if !stops && may_be_unknown && taken_up.elapsed() > LOOK {
            taken_up = Instant::now();
            if let Err(fault) = deliver.take_up().await {
                tracing::error!(error = format!("{fault:#}"), "what is in our hands could not be looked at");
            }
        }
        deliver.start();
        let may_write = unwritten.is_none_or(|since| since.elapsed() > RECOVER);
        let mut writes_in = deliver.writes_in().filter(|_| may_write);
        if writes_in.take_if(|wait| wait.is_zero()).is_some() {
            deliver.begin_writing();
        }
        if !answering && !deliver.is_busy() {
            break;
        }
        let next = deliver.next_at().map(|at| at.since(house.clock.now()).to_std().unwrap_or_default());
        let wait = next.into_iter().chain(writes_in).min();
        tokio::select! {
            biased;
            () = &mut last_words => break,
            () = stop.come(), if !stops => stops = true,
            happened = deliver.happens(), if deliver.is_busy() => match happened {
                Happened::Ended(tried) => deliver.note(tried),
                Happened::Written(written) => unwritten = complain(written),
            },
            rows = answers.recv(), if answering => match rows {
                // First what comes before them in their chats. If that cannot be read, they stay in the books in our hands, and are
                // taken up from there with all the others.
                Some(rows) => {
                    if take_handed(&mut deliver).await {
                        deliver.hand(rows);
                    }
                }
                None => answering = false,
            },
            () = house.handed.rings() => {
                take_handed(&mut deliver).await;
            }
            () = house.posted.notified(), if !stops => claim(&mut deliver).await,
            _ = look.tick(), if !stops => claim(&mut deliver).await,
            () = tokio::time::sleep(wait.unwrap_or(LOOK)), if wait.is_some() && !stops => {}
        }
    }
    let last_calls = async {
        while deliver.is_sending() {
            let tried = deliver.ended().await;
            complain(deliver.settle(tried).await);
        }
    };
    if tokio::time::timeout(LAST_CALLS, last_calls).await.is_err() {
        tracing::warn!("calls that were under way are left to the next start");
    }
    complain(deliver.settle(Vec::new()).await);
    while let Ok(rows) = answers.try_recv() {
        deliver.hand(rows);
    }
    if let Err(fault) = deliver.give_back().await {
        tracing::error!(
            error = format!("{fault:#}"),
            "messages stay in our hands until others see that we are gone"
        );
    }
}

/// Says that what became of messages could not be written, and since when.
fn complain(written: Result<()>) -> Option<Instant> {
    let fault = written.err()?;
    tracing::error!(error = format!("{fault:#}"), "what became of messages could not be written");
    Some(Instant::now())
}

async fn claim(deliver: &mut Deliver) {
    if let Err(fault) = deliver.claim().await {
        tracing::error!(error = format!("{fault:#}"), "the outbox could not be read");
        tokio::time::sleep(RECOVER).await;
    }
}

/// Says whether it could.
async fn take_handed(deliver: &mut Deliver) -> bool {
    let taken = deliver.take_handed().await;
    if let Err(fault) = &taken {
        tracing::error!(error = format!("{fault:#}"), "what others have handed to us could not be read");
        tokio::time::sleep(RECOVER).await;
    }
    taken.is_ok()
}

/// Sleeps until the next slot of any school, at most a minute: rules change, schools are added.
async fn sweeper(house: Arc<House>, mut stop: Stop) {
    let minute = Duration::from_secs(60);
    loop {
        let wait = match sweep(&house).await {
            Ok(wait) => wait.min(minute),
            Err(fault) => {
                tracing::error!(error = format!("{fault:#}"), "a sweep failed");
                RECOVER
            }
        };
        tokio::select! {
            biased;
            () = stop.come() => return,
            () = house.clock_moved.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

async fn sweep(house: &House) -> Result<Duration> {
    house.sweep().await?;
    let next = house.next_slot_at().await?;
    let wait = next.map(|at| at.since(house.clock.now()).to_std().unwrap_or_default());
    // A slot that is due still is in another process's hands, or failed: it is not asked for without a pause.
    Ok(wait.unwrap_or(Duration::from_secs(60)).max(PAUSE))
}

/// Answers what was kept open: after a fault, a crash, or for another process.
async fn backlog(house: Arc<House>, out: mpsc::UnboundedSender<Vec<OutRow>>, mut stop: Stop) {
    loop {
        let hand_on = |rows: Vec<OutRow>| {
            if !rows.is_empty() {
                out.send(rows).ok();
            }
            !stop.is_now()
        };
        match house.answer_backlog(hand_on).await {
            Ok(()) => {}
            Err(fault) => tracing::error!(error = format!("{fault:#}"), "the backlog could not be answered"),
        }
        tokio::select! {
            biased;
            () = stop.come() => return,
            () = house.left_open.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
