//! What may happen to a process and its clock beside a plain death.

use super::{School, school::Running};
use daoyu::{
    chat::{Answers, Incoming, Outcome, desk::Desk, filling::Filling, router::Router},
    store::{Dialect, Store, Tidied, Visitor},
    work::{House, deliver::Deliver, pace::Pace},
};
use futures_util::future::BoxFuture;
use std::{future::pending, sync::Arc};

/// The answers of the house, but for words that are poison.
struct Poisoned;

impl Answers for Poisoned {
    fn answer<'a, 'b: 'a>(
        &'a self,
        desk: &'a mut Desk<'b>,
        visitor: &'a Visitor,
        filling: Option<Filling>,
        incoming: &'a Incoming,
    ) -> BoxFuture<'a, anyhow::Result<Outcome>> {
        let said = format!("{:?}", incoming.said);
        Box::pin(async move {
            if said.contains("panic!") {
                panic!("poison");
            }
            if said.contains("hang!") {
                return pending().await;
            }
            Router.answer(desk, visitor, filling, incoming).await
        })
    }
}

impl School {
    /// From now on, whoever says `panic!` makes an answer panic, and `hang!` never gets one.
    pub async fn can_be_poisoned(&self) {
        self.may_log_faults();
        let mut running = self.world.running.lock().await;
        let house = running.house.clone();
        let house = House::open(
            house.store.clone(),
            house.clock.clone(),
            daoyu::text::Texts::load().expect("the words"),
            running.telegram.clone(),
            1,
        );
        let house = Arc::new(House { answers: Arc::new(Poisoned), ..house.await.expect("a life") });
        running.deliver = Deliver::new(house.clone(), Pace::off());
        running.house = house;
    }

    /// Which database it is on.
    pub async fn dialect(&self) -> Dialect {
        self.world.running.lock().await.house.store.dialect()
    }

    /// The process answers what was said, and sleeps before it sends a word. Meanwhile it is taken for dead and another
    /// one does its work; then it wakes.
    pub async fn oversleeps(&self) {
        let mut running = self.world.running.lock().await;
        let raws = running.telegram.poll_once(running.offset, 0).await.expect("updates");
        assert!(!raws.is_empty(), "nobody has said anything");
        let rows = running.house.take(raws).await.expect("answers");
        assert!(!rows.is_empty(), "nothing is held that could be sent twice");
        let sleeper = running.house.life.me();

        let (house, telegram) = (running.house.clone(), running.telegram.clone());
        let texts = daoyu::text::Texts::load().expect("the words");
        let other = House::open(house.store.clone(), house.clock.clone(), texts, telegram.clone(), 1);
        let other = Arc::new(other.await.expect("a life"));
        let mut tx = other.store.write().await.expect("a transaction");
        tx.bury(&sleeper).await.expect("a burial");
        tx.commit().await.expect("a burial");
        let mut deliver = Deliver::new(other.clone(), Pace::off());
        let sent = deliver.step().await.expect("deliveries");
        assert_eq!(sent, rows.len(), "the other one sends what the sleeper held");

        // Awake, and not yet aware of it: what it held is refused to it, whatever it does first.
        running.deliver.hand(rows);
        assert!(
            running.house.write_as_me(&sleeper).await.is_err(),
            "nothing is written in a dead one's name"
        );
        running.house.beat().await.expect("a beat");
        assert_ne!(running.house.life.me(), sleeper, "it lives on under a new name");
        let Running { deliver, .. } = &mut *running;
        assert_eq!(deliver.step().await.expect("deliveries"), 0, "it sends nothing of what it held");
    }

    /// So many processes over one database; where there can be one alone, that one.
    pub async fn processes(&self, count: usize) -> Vec<Arc<House>> {
        let running = self.world.running.lock().await;
        let mut all = vec![running.house.clone()];
        while all.len() < count && running.house.store.dialect() == Dialect::Postgres {
            let texts = daoyu::text::Texts::load().expect("the words");
            let (clock, telegram) = (running.house.clock.clone(), running.telegram.clone());
            // A pool of its own, as another machine has.
            let store = Store::open(&self.world.database.url()).await.expect("the database");
            all.push(Arc::new(House::open(store, clock, texts, telegram, 1).await.expect("a life")));
        }
        all
    }

    /// The machine's clock is set to this moment, back or forth, and the program notices.
    pub async fn clock_is_set_to(&self, moment: &str) {
        self.set_clock(super::school::at(moment, self.world.zone));
        self.world.running.lock().await.house.the_clock_was_set().await.expect("a look at what waits");
        self.settles().await;
    }

    /// What is old is tidied away.
    pub async fn tidies(&self) -> Tidied {
        self.world.running.lock().await.house.tidy().await.expect("a tidy house")
    }
}
