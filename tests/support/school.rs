//! A school with everything around it: the clock, Telegram, the loops, the database, and the ways in which all of that
//! may fail.

use super::postgres;
use chrono::NaiveDateTime;
use chrono_tz::{Asia::Shanghai, Tz};
use daoyu::{
    clock::{Clock, fresh_id},
    sandbox::{Fault, Sandbox},
    school::{At, ClassId, Policy, SchoolId},
    store::{ClassRow, OutRow, PolicyVersion, RosterWrite, SchoolRow, Store, Tx},
    telegram::Telegram,
    text::Texts,
    work::{House, deliver::Deliver, pace::Pace},
};
use sqlx::Connection;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Mutex, MutexGuard};

const TOKEN: &str = "1:SANDBOX";
/// When every story begins, unless it says otherwise.
const BEGIN: &str = "Mon 2026-09-07 07:00";
/// Longer than anybody waits for a second try.
const A_WHILE: Duration = Duration::from_secs(61);

/// On which database a story is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A server.
    Postgres,
}

/// One school of the house. Clones are the same school.
#[derive(Clone)]
pub struct School {
    pub(super) world: Arc<World>,
    /// Its id.
    pub id: SchoolId,
}

/// What all schools of a story share.
pub(super) struct World {
    sandbox: Sandbox,
    api: String,
    clock: Clock,
    pub(super) zone: Tz,
    pub(super) database: Database,
    accounts: AtomicI64,
    faults_expected: AtomicBool,
    pub(super) running: Mutex<Running>,
}

/// One process of the house.
pub(super) struct Running {
    pub(super) house: Arc<House>,
    pub(super) telegram: Arc<Telegram>,
    pub(super) deliver: Deliver,
    /// What confirms to Telegram all that was taken.
    pub(super) offset: Option<i64>,
}

pub(super) enum Database {
    Sqlite(tempfile::TempDir),
    Postgres(postgres::Database),
}

impl Database {
    pub(super) fn url(&self) -> String {
        match self {
            Database::Sqlite(folder) => format!("sqlite:{}", folder.path().join("daoyu.db").display()),
            Database::Postgres(database) => database.url(),
        }
    }
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
    /// A school in a house of its own.
    pub async fn new(engine: Engine) -> School {
        let sandbox = Sandbox::new(TOKEN);
        let address = sandbox.listen("127.0.0.1:0".parse().expect("an address")).await.expect("a free port");
        let api = format!("http://{address}");
        let clock = Clock::set_to(at(BEGIN, Shanghai));
        sandbox.set_now(clock.now().0 / 1000);
        let database = match engine {
            Engine::Sqlite => Database::Sqlite(folder()),
            Engine::Postgres => Database::Postgres(postgres::Database::fresh().await),
        };
        let running = Mutex::new(Running::start(&database, &api, &clock).await);
        let world = World {
            sandbox,
            api,
            clock,
            zone: Shanghai,
            database,
            accounts: AtomicI64::new(1000),
            faults_expected: AtomicBool::new(false),
            running,
        };
        School::found(Arc::new(world), "春晖中学").await
    }

    /// Another school under the same roof: one process serves many.
    pub async fn another(&self, name: &str) -> School {
        School::found(self.world.clone(), name).await
    }

    async fn found(world: Arc<World>, name: &str) -> School {
        let school = School { world, id: fresh_id() };
        let row = SchoolRow {
            id: school.id.clone(),
            name: name.to_owned(),
            zone: school.world.zone,
            language: "zh-CN".to_owned(),
            version: 1,
        };
        let body = Policy::preset("default").expect("the default policy").to_owned();
        let policy = PolicyVersion { from: "2026-08-01".parse().expect("a day"), body };
        let mut tx = school.writes().await;
        tx.add_school(&row, &policy, school.now()).await.expect("a new school");
        tx.commit().await.expect("a new school");
        school
    }

    /// The class of this name.
    pub async fn class(&self, name: &str) -> ClassId {
        let mut tx = self.writes().await;
        let known = tx.class_names(&self.id).await.expect("the classes");
        if let Some((id, _)) = known.into_iter().find(|(_, it)| it == name) {
            return id;
        }
        let row = ClassRow { id: fresh_id(), name: name.to_owned(), grade: String::new() };
        let write = RosterWrite { classes: vec![row.clone()], ..RosterWrite::default() };
        tx.write_roster(&self.id, &write, self.now()).await.expect("a class");
        tx.commit().await.expect("a class");
        row.id
    }

    /// Telegram, for what only a story does: faults, the ledger, raw updates.
    pub fn telegram(&self) -> &Sandbox {
        &self.world.sandbox
    }

    /// A Telegram account that nobody has yet.
    pub(super) fn fresh_account(&self) -> i64 {
        self.world.accounts.fetch_add(1, Ordering::Relaxed)
    }

    /// A transaction that may write into the books behind everybody's back.
    pub async fn writes(&self) -> Tx {
        let store = self.world.running.lock().await.house.store.clone();
        store.write().await.expect("a transaction")
    }

    /// One statement that no room of the house has a word for.
    pub async fn sql(&self, statement: &'static str, number: i64, id: &str) {
        let mut connection =
            sqlx::AnyConnection::connect(&self.world.database.url()).await.expect("the database");
        let query = sqlx::query(statement).bind(number).bind(id);
        query.execute(&mut connection).await.expect("a statement");
        connection.close().await.expect("the database");
    }

    /// A transaction that reads.
    pub async fn reads(&self) -> Tx {
        let store = self.world.running.lock().await.house.store.clone();
        store.read().await.expect("a transaction")
    }
}

/// Time.
impl School {
    /// Now.
    pub fn now(&self) -> At {
        self.world.clock.now()
    }

    /// Time goes on to this moment, such as `Mon 2026-09-21 08:00`; everything that is due on the way happens at its own
    /// moment, in order.
    pub async fn clock_reaches(&self, moment: &str) {
        self.time_passes_until(at(moment, self.world.zone)).await;
    }

    /// So much time goes by.
    pub async fn goes_on_for(&self, time: Duration) {
        let by = chrono::TimeDelta::from_std(time).expect("a span of time");
        self.time_passes_until(self.now().plus(by)).await;
    }

    async fn time_passes_until(&self, target: At) {
        assert!(target >= self.now(), "time does not run backwards");
        self.settles().await;
        loop {
            let next = self.next_moment().await.filter(|next| *next <= target);
            let Some(next) = next else { break };
            self.set_clock(next);
            self.settles().await;
        }
        self.set_clock(target);
        self.settles().await;
    }

    /// The next moment at which the loops have something to do.
    async fn next_moment(&self) -> Option<At> {
        let running = self.world.running.lock().await;
        let slot = running.house.next_slot_at().await.expect("the next slot");
        let mut tx = running.house.store.read().await.expect("a transaction");
        let message = tx.next_outbox_at().await.expect("the next message");
        [slot, message, running.deliver.next_at()].into_iter().flatten().filter(|it| *it > self.now()).min()
    }

    pub(super) fn set_clock(&self, now: At) {
        self.world.clock.move_to(now);
        self.world.sandbox.set_now(now.0 / 1000);
    }

    /// The program is not there until this moment; then it is started again.
    pub async fn is_down_until(&self, moment: &str) {
        self.set_clock(at(moment, self.world.zone));
        self.restarts().await;
    }
}

/// The loops, and how they end.
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
        let swept = self.world.running.lock().await.house.sweep().await.expect("a sweep");
        assert!(swept > 0, "nothing was due at {moment}");
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
        let raws = running.telegram.poll_once(running.offset, 0).await.expect("updates");
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

    async fn starts_anew(&self, running: &mut MutexGuard<'_, Running>) {
        let dead = running.house.life.me();
        **running = Running::start(&self.world.database, &self.world.api, &self.world.clock).await;
        // No time passes on the database's clock: others see at once that it fell silent.
        let mut tx = running.house.store.write().await.expect("a transaction");
        tx.bury(&dead).await.expect("a burial");
        tx.commit().await.expect("a burial");
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
    async fn start(database: &Database, api: &str, clock: &Clock) -> Running {
        let store = Store::open(&database.url()).await.expect("the database");
        let telegram = Arc::new(Telegram::new(api, TOKEN).expect("a bot"));
        telegram.get_me().await.expect("who we are");
        let texts = Texts::load().expect("the words");
        let house = House::open(store, clock.clone(), texts, telegram.clone(), 1).await.expect("a life");
        let house = Arc::new(house);
        Running { deliver: Deliver::new(house.clone(), Pace::off()), house, telegram, offset: None }
    }

    /// One turn of every loop; says whether there was anything to do.
    async fn turn(&mut self) -> bool {
        if !self.house.life.is_sure() {
            self.house.beat().await.expect("a beat");
        }
        let raws = self.telegram.poll_once(self.offset, 0).await.expect("updates");
        let heard = raws.len();
        let newest = raws.iter().filter_map(|raw| number(raw)).max();
        let rows: Vec<OutRow> = match raws.is_empty() {
            true => Vec::new(),
            false => self.house.take(raws).await.expect("answers"),
        };
        self.offset = newest.map(|id| id + 1).or(self.offset);
        self.deliver.hand(rows);
        let mut late = Vec::new();
        let keep = |rows| {
            late.extend(rows);
            true
        };
        self.house.answer_backlog(keep).await.expect("late answers");
        let answered = late.len();
        self.deliver.hand(late);
        let swept = self.house.sweep().await.expect("a sweep");
        let sent = self.deliver.step().await.expect("deliveries");
        heard + answered + swept + sent > 0
    }
}

/// A folder in memory, where there is one: SQLite waits for the disk at every commit.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new()
        .prefix("daoyu-story-")
        .tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir());
    folder.expect("a folder for the database")
}

/// The number of an update.
fn number(raw: &str) -> Option<i64> {
    serde_json::from_str::<serde_json::Value>(raw).ok()?.get("update_id")?.as_i64()
}

/// Reads `Mon 2026-09-21 08:00`. A story that names the wrong weekday means another day.
pub(super) fn at(moment: &str, zone: Tz) -> At {
    let (weekday, rest) = moment.split_once(' ').unwrap_or_else(|| panic!("`{moment}` has no weekday"));
    let local =
        NaiveDateTime::parse_from_str(rest, "%Y-%m-%d %H:%M").unwrap_or_else(|e| panic!("`{moment}`: {e}"));
    assert_eq!(weekday, local.format("%a").to_string(), "`{moment}` is another weekday");
    At::from_local(local, zone)
}
