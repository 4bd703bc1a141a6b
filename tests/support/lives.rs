//! What may happen to a process and its clock beside a plain death.

use super::{School, poisoned::Poisoned};
use daoyu::{
    store::Tidied,
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
