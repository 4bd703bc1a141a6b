//! The loops of a process, turned by hand, and how they end.

use super::{
    School,
    school::{TOKEN, at},
};
use daoyu::{
    clock::Clock,
    sandbox::Fault,
    store::{OutRow, Store},
    telegram::Telegram,
    text::Texts,
    work::{House, deliver::Deliver, pace::Pace, sweep::Looked},
};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio::sync::MutexGuard;

/// Longer than anybody waits for a second try.
const A_WHILE: Duration = Duration::from_secs(61);

/// One process of the house.
pub(super) struct Running {
    pub house: Arc<House>,
    pub telegram: Arc<Telegram>,
    pub deliver: Deliver,
    /// What confirms to Telegram all that was taken.
    offset: Option<i64>,
}

/// When a process dies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dies {
    /// After it fetched what people said and before it kept any of it.
    BeforeKeeping,
    /// After it kept and answered it, before a word of the answer was sent.
    AfterAnswering,
    /// After the answers were sent, before it noted that.
    AfterSending,
}

impl Dies {
    /// All moments at which a crash can hurt.
    pub const ALL: [Dies; 3] = [Dies::BeforeKeeping, Dies::AfterAnswering, Dies::AfterSending];
}

impl School {
    /// Turns the crank of every loop until none has anything to do.
    pub async fn settles(&self) {
        let mut running = self.world.running.lock().await;
        for _ in 0..100 {
            if !running.turn().await {
                return;
            }
        }
        panic!("the loops never come to rest");
    }

    /// What is due is decided on and lies ready, and nothing of it is sent yet.
    pub async fn decides_at(&self, moment: &str) {
        self.set_clock(at(moment, self.world.zone));
        let swept = self.world.running.lock().await.house.sweep().await.expect("a sweep").slots;
        assert!(swept > 0, "nothing was due at {moment}");
    }

    /// The process looks at what is due at this moment, and has not written yet what it found.
    pub async fn looks_at_what_is_due(&self, moment: &str) -> Vec<Looked> {
        self.set_clock(at(moment, self.world.zone));
        let house = self.world.running.lock().await.house.clone();
        let mut found = Vec::new();
        for due in house.due(self.now()).await.expect("slots") {
            found.extend(house.look_at(due, self.now()).await.expect("a look"));
        }
        assert!(!found.is_empty(), "nothing was due at {moment}");
        found
    }

    /// Now it writes that, as far as it still holds.
    pub async fn tells_of(&self, looked: &[Looked]) {
        self.world.running.lock().await.house.tell_of(looked).await.expect("what was found");
    }

    /// The process is gone without a word, and a new one starts on the same database.
    pub async fn restarts(&self) {
        self.starts_anew(&mut self.world.running.lock().await).await;
        self.settles().await;
    }

    /// What people have said is taken up by a process that dies over it; a new one starts, and at the latest a minute
    /// later everything is as if nothing had happened.
    pub async fn is_killed(&self, when: Dies) {
        let mut running = self.world.running.lock().await;
        let raws = running.fetches().await;
        assert!(!raws.is_empty(), "nobody has said anything that could be lost");
        if when != Dies::BeforeKeeping {
            let rows = running.house.take(raws).await.expect("answers");
            if when == Dies::AfterSending {
                running.deliver.hand(rows);
                running.deliver.start();
                running.deliver.ended().await;
            }
        }
        self.starts_anew(&mut running).await;
        drop(running);
        self.goes_on_for(A_WHILE).await;
    }

    /// What people have said is answered and sent, as far as it may be while nothing that became of it is in the books; says
    /// how many messages left. What is left waits for the next turn.
    pub async fn sends_ahead_of_the_books(&self) -> usize {
        let mut running = self.world.running.lock().await;
        let raws = running.fetches().await;
        let rows = running.house.take(raws).await.expect("answers");
        running.deliver.hand(rows);
        let mut left = 0;
        loop {
            running.deliver.start();
            let tried = running.deliver.ended().await;
            if tried.is_empty() {
                return left;
            }
            left += tried.len();
            running.deliver.note(tried);
        }
    }

    async fn starts_anew(&self, running: &mut MutexGuard<'_, Running>) {
        let dead = running.house.life.me();
        **running = self.starts_a_process().await;
        // No time passes on the database's clock: others see at once that it fell silent.
        running.buries(&dead).await;
    }

    /// One more process on the database of this story.
    pub(super) async fn starts_a_process(&self) -> Running {
        Running::start(&self.world.database.url, &self.world.api, &self.world.clock).await
    }

    /// Something is wrong between the house and Telegram.
    pub fn suffers(&self, fault: Fault) {
        self.world.sandbox.fault(fault);
    }

    /// This story makes the house log errors, and they are right.
    pub fn may_log_faults(&self) {
        self.world.faults_expected.store(true, Ordering::Relaxed);
    }

    pub(super) fn expects_faults(&self) -> bool {
        self.world.faults_expected.load(Ordering::Relaxed)
    }

    /// No story ends with something that nobody will ever answer or send.
    pub(super) async fn has_set_nothing_aside(&self) {
        let mut tx = self.reads().await;
        let (open, aside) = tx.inbox_depth().await.expect("the inbox");
        assert_eq!(open, 0, "updates wait");
        assert!(aside == 0 || self.expects_faults(), "{aside} updates were set aside");
        let (_, aside) = tx.outbox_depth().await.expect("the outbox");
        assert!(aside == 0 || self.expects_faults(), "{aside} messages were set aside");
    }
}

impl Running {
    pub async fn start(database: &str, api: &str, clock: &Clock) -> Running {
        let store = Store::open(database).await.expect("the database");
        let telegram = Arc::new(Telegram::new(api, TOKEN).expect("a bot"));
        telegram.get_me().await.expect("who we are");
        let texts = Texts::load().expect("the words");
        let house = House::open(store, clock.clone(), texts, telegram.clone(), 1).await.expect("a life");
        let house = Arc::new(house);
        Running { deliver: Deliver::new(house.clone(), Pace::off()), house, telegram, offset: None }
    }

    /// What people have said since, in the words of Telegram. Asking again confirms it.
    pub async fn fetches(&mut self) -> Vec<String> {
        let raws = self.telegram.poll_once(self.offset, 0).await.expect("updates");
        let newest = raws.iter().filter_map(|raw| number(raw)).max();
        self.offset = newest.map(|id| id + 1).or(self.offset);
        raws
    }

    /// One turn of every loop; says whether there was anything to do.
    async fn turn(&mut self) -> bool {
        self.lives_on().await;
        let raws = self.fetches().await;
        let heard = raws.len();
        let rows: Vec<OutRow> = match raws.is_empty() {
            true => Vec::new(),
            false => self.house.take(raws).await.expect("answers"),
        };
        self.deliver.hand(rows);
        let mut late = Vec::new();
        let keep = |rows| {
            late.extend(rows);
            true
        };
        self.house.answer_backlog(keep).await.expect("late answers");
        let answered = late.len();
        self.deliver.hand(late);
        let swept = self.house.sweep().await.expect("a sweep").slots;
        if self.house.doubt.stands() {
            self.deliver.take_up().await.expect("a look at what is in our hands");
        }
        let sent = self.deliver.step().await.expect("deliveries");
        heard + answered + swept + sent > 0
    }

    /// Says that it lives, if it has been silent for so long that nothing would be sent.
    pub async fn lives_on(&self) {
        if !self.house.life.is_sure() {
            self.house.beat().await.expect("a beat");
        }
    }

    /// Takes another one for dead.
    pub async fn buries(&self, dead: &str) {
        let mut tx = self.house.store.write().await.expect("a transaction");
        tx.bury(dead).await.expect("a burial");
        tx.commit().await.expect("a burial");
    }
}

/// The number of an update.
fn number(raw: &str) -> Option<i64> {
    serde_json::from_str::<serde_json::Value>(raw).ok()?.get("update_id")?.as_i64()
}
