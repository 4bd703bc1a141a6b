//! More than one process on a database, and what one of them is never told.

use super::{Person, School, loops::Running};
use daoyu::store::{Bell, Class, Dialect, OutRow};
use std::time::Duration;

/// In real time: a call from one process to another takes a moment.
const A_MOMENT: Duration = Duration::from_secs(10);

/// Another process of the house, on the same database and before the same Telegram. It does nothing by itself.
pub struct Other(Running);

impl School {
    /// Whether another process can be there at all: on SQLite a lock of the file keeps it out.
    pub async fn is_never_alone(&self) -> bool {
        self.world.running.lock().await.house.store.dialect() == Dialect::Postgres
    }

    /// Another process starts.
    pub async fn another_process(&self) -> Other {
        Other(self.starts_a_process().await)
    }

    /// From now on our process can be called by others.
    pub async fn listens(&self) -> Bell {
        let running = self.world.running.lock().await;
        running.house.store.bell(&running.house.life.me()).await.expect("a bell")
    }

    /// Another process has put something into our hands, and our process is told so.
    pub async fn is_called(&self, bell: &mut Bell) {
        let rung = tokio::time::timeout(A_MOMENT, bell.rings()).await.expect("nobody calls");
        let ids = rung.expect("a line").expect("a line that was never broken");
        self.world.running.lock().await.house.handed.tell(ids);
        self.settles().await;
    }

    /// The process answers what was said, and sleeps before it sends a word. Meanwhile it is taken for dead and another
    /// one does its work; then it wakes.
    pub async fn oversleeps(&self) {
        let mut running = self.world.running.lock().await;
        let raws = running.fetches().await;
        assert!(!raws.is_empty(), "nobody has said anything");
        let rows = running.house.take(raws).await.expect("answers");
        assert!(!rows.is_empty(), "nothing is held that could be sent twice");
        let sleeper = running.house.life.me();

        let mut other = self.another_process().await;
        other.0.buries(&sleeper).await;
        assert_eq!(other.looks().await, rows.len(), "the other one sends what the sleeper held");

        // Awake, and not yet aware of it: what it held is refused to it, whatever it does first.
        running.deliver.hand(rows);
        assert!(
            running.house.write_as_me(&sleeper).await.is_err(),
            "nothing is written in a dead one's name"
        );
        running.house.beat().await.expect("a beat");
        assert_ne!(running.house.life.me(), sleeper, "it lives on under a new name");
        let sent = running.deliver.step().await.expect("deliveries");
        assert_eq!(sent, 0, "it sends nothing of what it held");
    }

    /// The process answers what was said, and the database's word that this took effect is lost on the way.
    pub async fn never_hears_that_it_answered(&self) {
        self.answers_in_doubt().await;
    }

    /// Hands over what was answered, as late as it may be.
    pub async fn hands_over(&self, rows: Vec<OutRow>) {
        self.world.running.lock().await.deliver.hand(rows);
    }

    /// The process answers what was said, and falls asleep (or the database falls silent) before that is handed over.
    pub async fn answers_in_doubt(&self) -> Vec<OutRow> {
        let mut running = self.world.running.lock().await;
        let raws = running.fetches().await;
        let rows = running.house.take(raws).await.expect("answers");
        assert!(!rows.is_empty(), "nothing is held that could be forgotten");
        running.house.doubt.arises();
        rows
    }

    /// The process takes what lies open into its hands, and the database's word that this took effect is lost on the way.
    pub async fn never_hears_that_it_claimed(&self) {
        let running = self.world.running.lock().await;
        let me = running.house.life.me();
        let mut tx = running.house.write_as_me(&me).await.expect("a transaction");
        let rows = tx.claim_outbox(&me, self.now(), 100).await.expect("open messages");
        tx.commit().await.expect("a claim");
        assert!(!rows.is_empty(), "nothing is held that could be forgotten");
        running.house.doubt.arises();
    }

    /// Something failed of which nobody knows whether it took effect.
    pub async fn is_in_doubt(&self) {
        self.world.running.lock().await.house.doubt.arises();
    }
}

impl Other {
    /// It has an answer to this person in its hands, with this id.
    pub async fn holds_an_answer_to(&self, person: &Person, id: &str) {
        let house = &self.0.house;
        let account = format!("tg:{}", person.user().id()).into();
        let row = OutRow::bare(id.to_owned(), account, Class::Reply, house.clock.now());
        let mut tx = house.store.write().await.expect("a transaction");
        tx.post(&[OutRow { holder: house.life.me(), ..row }], house.clock.now()).await.expect("an answer");
        tx.commit().await.expect("an answer");
    }

    /// The ids of all answers in its hands in the chat of this one, in the order in which they go.
    pub async fn has_in_hands_beside(&self, id: &str) -> Vec<String> {
        let house = &self.0.house;
        let mut tx = house.store.read().await.expect("a transaction");
        let rows = tx.handed(&house.life.me(), &[id.to_owned()]).await.expect("what it holds");
        rows.into_iter().map(|it| it.id).collect()
    }

    /// It answers what people have said and sends what it then holds, before it looks for anything else.
    pub async fn answers(&mut self) {
        self.keeps_answers().await;
        loop {
            self.0.deliver.start();
            let tried = self.0.deliver.ended().await;
            if tried.is_empty() {
                return;
            }
            self.0.deliver.settle(tried).await.expect("what became of messages");
        }
    }

    /// It looks into the outbox, and sends what it may; says how many messages it tried.
    pub async fn looks(&mut self) -> usize {
        self.0.lives_on().await;
        self.0.deliver.step().await.expect("deliveries")
    }

    /// It answers what people have said and dies over it, before it has sent a word. The others notice.
    pub async fn dies_over_an_answer(mut self) {
        self.keeps_answers().await;
        self.0.buries(&self.0.house.life.me()).await;
    }

    async fn keeps_answers(&mut self) {
        self.0.lives_on().await;
        let raws = self.0.fetches().await;
        assert!(!raws.is_empty(), "nobody has said anything");
        let rows = self.0.house.take(raws).await.expect("answers");
        self.0.deliver.hand(rows);
    }
}
