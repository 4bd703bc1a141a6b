//! What may happen to a process and its clock beside a plain death.

use super::{School, poisoned::Poisoned};
use daoyu::{
    store::{Dialect, Store, Tidied},
    work::{House, deliver::Deliver, pace::Pace},
};
use std::sync::Arc;

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

    /// So many processes over one database; where there can be one alone, that one.
    pub async fn processes(&self, count: usize) -> Vec<Arc<House>> {
        let running = self.world.running.lock().await;
        let mut all = vec![running.house.clone()];
        while all.len() < count && running.house.store.dialect() == Dialect::Postgres {
            let texts = daoyu::text::Texts::load().expect("the words");
            let (clock, telegram) = (running.house.clock.clone(), running.telegram.clone());
            // A pool of its own, as another machine has.
            let store = Store::open(&self.world.database.url).await.expect("the database");
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
