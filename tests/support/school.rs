//! A school with everything around it: its books, Telegram, and the time that passes.

use super::{
    database::{Database, Engine},
    loops::Running,
};
use chrono::NaiveDateTime;
use chrono_tz::{Asia::Shanghai, Tz};
use daoyu::{
    clock::{Clock, fresh_id},
    sandbox::Sandbox,
    school::{At, ClassId, Policy, SchoolId},
    store::{ClassRow, PolicyVersion, RosterWrite, SchoolRow, Tx},
};
use sqlx::Connection;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::sync::Mutex;

pub(super) const TOKEN: &str = "1:SANDBOX";
/// When every story begins, unless it says otherwise.
const BEGIN: &str = "Mon 2026-09-07 07:00";

/// One school of the house. Clones are the same school.
#[derive(Clone)]
pub struct School {
    pub(super) world: Arc<World>,
    /// Its id.
    pub id: SchoolId,
}

/// What all schools of a story share.
pub(super) struct World {
    pub(super) sandbox: Sandbox,
    pub(super) api: String,
    pub(super) clock: Clock,
    pub(super) zone: Tz,
    pub(super) database: Database,
    _folder: tempfile::TempDir,
    accounts: AtomicI64,
    pub(super) faults_expected: AtomicBool,
    pub(super) running: Mutex<Running>,
}

impl School {
    /// A school in a house of its own.
    pub async fn new(engine: Engine) -> School {
        let sandbox = Sandbox::new(TOKEN);
        let address = sandbox.listen("127.0.0.1:0".parse().expect("an address")).await.expect("a free port");
        let api = format!("http://{address}");
        let clock = Clock::set_to(at(BEGIN, Shanghai));
        sandbox.set_now(clock.now().0 / 1000);
        let folder = folder();
        let database = Database::fresh(engine, &folder.path().join("daoyu.db")).await;
        let running = Mutex::new(Running::start(&database.url, &api, &clock).await);
        let world = World {
            sandbox,
            api,
            clock,
            zone: Shanghai,
            database,
            _folder: folder,
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
            signature: String::new(),
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
        let mut connection = self.world.database.connect().await;
        let query = sqlx::query(statement).bind(number).bind(id);
        query.execute(&mut connection).await.expect("a statement");
        connection.close().await.expect("the database");
    }

    /// One statement without anything to bind.
    pub async fn makes(&self, statement: &'static str) {
        let mut connection = self.world.database.connect().await;
        sqlx::query(statement).execute(&mut connection).await.expect("a statement");
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

/// A folder in memory, where there is one: SQLite waits for the disk at every commit.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new()
        .prefix("daoyu-story-")
        .tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir());
    folder.expect("a folder for the database")
}

/// Reads `Mon 2026-09-21 08:00`. A story that names the wrong weekday means another day.
pub(super) fn at(moment: &str, zone: Tz) -> At {
    let (weekday, rest) = moment.split_once(' ').unwrap_or_else(|| panic!("`{moment}` has no weekday"));
    let local =
        NaiveDateTime::parse_from_str(rest, "%Y-%m-%d %H:%M").unwrap_or_else(|e| panic!("`{moment}`: {e}"));
    assert_eq!(weekday, local.format("%a").to_string(), "`{moment}` is another weekday");
    At::from_local(local, zone)
}
