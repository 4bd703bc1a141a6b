//! Three schools, the people with their phones, and the loops, turned by hand.

use crate::{
    database::{Database, Engine},
    heard::{self, Stage, Statement},
};
use chrono::{Datelike, TimeDelta, Weekday};
use chrono_tz::Asia::Shanghai;
use daoyu::{
    cli::year::{self, Year},
    clock::Clock,
    sandbox::{Sandbox, User},
    school::{At, SlotName},
    store::{SENT_GOOD_FOR, Store, fresh_code, hash_code},
    telegram::Telegram,
    text::Texts,
    work::{House, deliver::Deliver, pace::Pace},
};
use sqlx::{AssertSqlSafe, Connection, Executor, Row};
use std::sync::Arc;

const TOKEN: &str = "7000000001:AAE-sandbox_sandbox_sandbox_12345";
const SCHOOLS: usize = 3;
const STUDENTS: usize = 40;
/// So many accounts before the first student's stands the first mentor's.
const MENTORS_BEFORE: i64 = 100_000;
/// The day on which the fortnight begins.
pub const BEGINS: &str = "2025-10-15";
/// A fortnight and a day: every slot of the week comes twice.
const DAYS: i64 = 15;

/// All of it.
pub struct Town {
    pub database: Database,
    store: Store,
    clock: Clock,
    sandbox: Sandbox,
    telegram: Arc<Telegram>,
    house: Arc<House>,
    _folder: tempfile::TempDir,
}

/// The loops with what they hold.
struct Loops {
    deliver: Deliver,
    offset: Option<i64>,
}

impl Town {
    /// Made-up schools in a fresh database.
    pub async fn new(engine: Engine) -> Town {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::fresh(engine, &folder.path().join("daoyu.db")).await;
        let store = Store::open(&database.url).await.unwrap();
        for nth in 0..SCHOOLS {
            // Those of the first are in the middle of everything.
            let year = Year { students: STUDENTS, late: 7, unfinished: nth == 0, ..Year::SMALL };
            year::fill_nth(&store, year, nth, |_| {}).await.unwrap();
        }
        let sandbox = Sandbox::new(TOKEN);
        for nth in 0..SCHOOLS {
            let first = year::student_account(nth, 0);
            // Mentors, and behind them students and guardians in turn.
            let mentors = (0..STUDENTS as i64 / 10).map(|n| first - MENTORS_BEFORE + n);
            for account in mentors.chain(first..first + 2 * STUDENTS as i64) {
                sandbox.user(account, "Somebody", "en").starts_silently();
            }
        }
        let api = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let telegram = Arc::new(Telegram::new(&format!("http://{api}"), TOKEN).unwrap());
        telegram.get_me().await.unwrap();
        let clock = Clock::set_to(year::morning().minus(TimeDelta::hours(12)));
        let texts = Texts::load().unwrap();
        let house = House::open(store.clone(), clock.clone(), texts, telegram.clone(), 1).await.unwrap();
        let town =
            Town { database, store, clock, sandbox, telegram, house: Arc::new(house), _folder: folder };
        town.has_others_too().await;
        town
    }

    /// Head teachers and an office, and families that have not said a word yet.
    async fn has_others_too(&self) {
        let mut connection = self.database.connect().await;
        for sql in [
            "INSERT INTO post (school_id, person_id, role, class_id)
             SELECT o.school_id, MIN(o.person_id), 'head_teacher', c.id FROM post o
             JOIN class c ON c.school_id = o.school_id WHERE o.role = 'mentor' GROUP BY o.school_id, c.id",
            "INSERT INTO post (school_id, person_id, role, class_id)
             SELECT school_id, MAX(person_id), 'office', '' FROM post WHERE role = 'guardian' GROUP BY school_id",
            "DELETE FROM consent WHERE student_id LIKE '%3'",
        ] {
            connection.execute(sql).await.unwrap();
        }
        connection.close().await.unwrap();
        let evening = self.clock.now();
        let mut tx = self.store.write().await.unwrap();
        for school in tx.schools().await.unwrap() {
            for name in SlotName::ALL {
                tx.set_slot(&school.id, *name, year::morning(), Some(evening)).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
    }

    /// What a statement counts.
    pub async fn count(&self, sql: &str) -> i64 {
        let mut connection = self.database.connect().await;
        let count = connection.fetch_one(AssertSqlSafe(sql.to_owned())).await.unwrap().get(0);
        connection.close().await.unwrap();
        count
    }

    /// Mornings and afternoons pass, and everybody does everything there is to do; every statement that was run.
    pub async fn has_a_fortnight(&self) -> Vec<Statement> {
        heard::all().await;
        let mut loops = Loops { deliver: Deliver::new(self.house.clone(), Pace::off()), offset: None };
        let end = year::morning().plus(TimeDelta::days(DAYS));
        self.passes_until(end, &mut loops).await;
        self.has_check_ins(&mut loops).await;
        self.has_a_talk(&mut loops).await;
        self.has_everything_else(&mut loops).await;
        self.has_somebody_join(&mut loops).await;
        self.is_quiet(&mut loops).await;
        heard::all().await
    }

    /// Every slot at its moment.
    async fn passes_until(&self, end: At, loops: &mut Loops) {
        while let Some(next) = self.house.next_slot_at().await.unwrap().filter(|next| *next <= end) {
            self.clock.move_to(next.max(self.clock.now()));
            self.sandbox.set_now(self.clock.now().0 / 1000);
            heard::begins(Some(Stage::Sweep)).await;
            self.house.sweep().await.unwrap();
            self.house.next_slot_at().await.unwrap();
            let is_monday = self.clock.now().day(Shanghai).weekday() == Weekday::Mon;
            self.delivers(if is_monday { Stage::Summary } else { Stage::Delivery }, loops).await;
        }
    }

    /// What was said is answered.
    async fn answers(&self, stage: Stage, loops: &mut Loops) {
        let raws = self.telegram.poll_once(loops.offset, 0).await.unwrap();
        let number =
            |raw: &String| serde_json::from_str::<serde_json::Value>(raw).ok()?["update_id"].as_i64();
        loops.offset = raws.iter().filter_map(number).max().map(|id| id + 1).or(loops.offset);
        heard::begins(Some(stage)).await;
        let rows = self.house.take(raws).await.unwrap();
        loops.deliver.hand(rows);
        self.delivers(if stage == Stage::Chat { stage } else { Stage::Delivery }, loops).await;
    }

    async fn delivers(&self, stage: Stage, loops: &mut Loops) {
        heard::begins(Some(stage)).await;
        while loops.deliver.step().await.unwrap() > 0 {}
        loops.deliver.take_up().await.unwrap();
        heard::begins(None).await;
    }

    /// All students of a school at the same time.
    async fn has_check_ins(&self, loops: &mut Loops) {
        let students: Vec<User> = (0..STUDENTS).map(|n| self.user(year::student_account(1, n))).collect();
        students.iter().for_each(|it| _ = it.says("/checkin"));
        self.answers(Stage::Checkin, loops).await;
        for _ in 0..5 {
            for student in &students {
                press(student, |row, _| row == 0);
            }
            self.answers(Stage::Checkin, loops).await;
        }
        students.iter().for_each(|it| _ = it.says("a line"));
        self.answers(Stage::Checkin, loops).await;
    }

    /// All mentors of a school put a talk on record.
    async fn has_a_talk(&self, loops: &mut Loops) {
        let mentors: Vec<User> = (0..STUDENTS / 10).map(|n| self.mentor(1, n)).collect();
        mentors.iter().for_each(|it| _ = it.says("/talk"));
        self.answers(Stage::Talk, loops).await;
        for _ in 0..2 {
            for mentor in &mentors {
                press(mentor, |row, _| row == 0);
            }
            self.answers(Stage::Talk, loops).await;
        }
        for mentor in &mentors {
            press(mentor, |_, data| data.ends_with(":done") || data.ends_with(":ok"));
        }
        self.answers(Stage::Talk, loops).await;
    }

    /// Each command of each menu, and some of the buttons below.
    async fn has_everything_else(&self, loops: &mut Loops) {
        let people: Vec<User> = [self.mentor(1, 0), self.mentor(1, 3), self.mentor(0, 1)]
            .into_iter()
            .chain([year::student_account(1, 5), year::student_account(1, 5) + 1].map(|it| self.user(it)))
            .collect();
        for person in people {
            person.says("/start");
            self.answers(Stage::Chat, loops).await;
            for (command, _) in person.commands() {
                for button in 0..3 {
                    person.says(&format!("/{command}"));
                    self.answers(Stage::Chat, loops).await;
                    press(&person, |row, _| row == button);
                    self.answers(Stage::Chat, loops).await;
                    press(&person, |row, _| row == 0);
                    self.answers(Stage::Chat, loops).await;
                }
            }
        }
    }

    /// A guardian gets a new code and joins with it, from another phone.
    async fn has_somebody_join(&self, loops: &mut Loops) {
        let now = self.clock.now();
        let mut tx = self.store.write().await.unwrap();
        let school = tx.schools().await.unwrap().remove(2).id;
        let guardian = tx.families(&school).await.unwrap().remove(0).guardian;
        let code = fresh_code();
        heard::begins(Some(Stage::Chat)).await;
        let codes = [(guardian, hash_code(&code))];
        tx.add_invites(&school, &codes, now.plus(SENT_GOOD_FOR), now).await.unwrap();
        tx.commit().await.unwrap();
        let phone = self.sandbox.user(1_234_567, "Somebody", "en");
        phone.starts_silently();
        phone.says(&format!("/start {code}"));
        self.answers(Stage::Chat, loops).await;
        press(&phone, |row, _| row == 0);
        self.answers(Stage::Chat, loops).await;
    }

    /// What the loops do by themselves.
    async fn is_quiet(&self, loops: &mut Loops) {
        heard::begins(Some(Stage::Idle)).await;
        self.house.sweep().await.unwrap();
        self.house.answer_backlog(|_| true).await.unwrap();
        self.house.beat().await.unwrap();
        self.house.outbox_is_due().await.unwrap();
        self.house.gauge().await.unwrap();
        loops.deliver.claim().await.unwrap();
        // What `daoyu doctor` looks at.
        let mut tx = self.store.read().await.unwrap();
        tx.stuck_inbox(self.clock.now()).await.unwrap();
        tx.stuck_outbox(self.clock.now()).await.unwrap();
        tx.aside_inbox().await.unwrap();
        tx.aside_outbox().await.unwrap();
        drop(tx);
        heard::begins(Some(Stage::Tidy)).await;
        self.house.tidy().await.unwrap();
        heard::begins(None).await;
    }

    fn user(&self, account: i64) -> User {
        self.sandbox.user(account, "Somebody", "en")
    }

    fn mentor(&self, school: usize, nth: usize) -> User {
        self.user(year::student_account(school, 0) - MENTORS_BEFORE + nth as i64)
    }
}

/// Presses the first button that fits, by row and data, if there is one.
fn press(user: &User, fits: impl Fn(usize, &str) -> bool) {
    let Some(newest) = user.newest() else { return };
    let rows = newest.buttons.iter().enumerate();
    let mut all = rows.flat_map(|(row, buttons)| buttons.iter().map(move |it| (row, it)));
    if let Some((_, button)) = all.find(|(row, it)| fits(*row, &it.data)) {
        user.press_raw(newest.message_id, &button.data);
    }
}
