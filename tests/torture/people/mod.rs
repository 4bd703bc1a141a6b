//! The people of a school, as many as a scenario needs: they have joined, and they go by what is on their screens.

mod crowd;
mod mentor;
mod walk;

pub use crowd::{Crowd, Kill};
pub use mentor::Mentor;
pub use walk::{ASKED, Walk};

use crate::process::Town;
use chrono_tz::Tz;
use daoyu::{
    clock::{Clock, fresh_id},
    roster,
    school::{AccountId, Policy, SchoolId},
    store::{PolicyVersion, SchoolRow, Store, Tx},
};
use sqlx::Connection;

/// The account numbers of mentors begin here, those of students further on.
const MENTORS: i64 = 100;
const STUDENTS: i64 = 1000;

/// A school in the making.
pub struct Founding {
    pub mentors: i64,
    pub students_each: i64,
    pub zone: Tz,
    pub policy: String,
}

impl Founding {
    /// One with the default policy.
    pub fn of(mentors: i64, students_each: i64) -> Founding {
        let policy = Policy::preset("default").unwrap().to_owned();
        Founding { mentors, students_each, zone: chrono_tz::Asia::Shanghai, policy }
    }

    /// Writes the school and its people into the town's database; all of them have joined.
    pub async fn found(&self, town: &Town) -> SchoolId {
        self.found_and(town, async |_, _| {}).await
    }

    /// The same, with something more before anybody serves it.
    pub async fn found_and(&self, town: &Town, more: impl AsyncFnOnce(&mut Tx, &SchoolId)) -> SchoolId {
        if let Some(folder) =
            town.database.url.strip_prefix("sqlite:").and_then(|it| std::path::Path::new(it).parent())
        {
            std::fs::create_dir_all(folder).unwrap();
        }
        let store = Store::open(&town.database.url).await.unwrap();
        let now = Clock::System.now();
        let school = SchoolRow {
            id: fresh_id(),
            name: "春晖中学".to_owned(),
            zone: self.zone,
            language: "zh-CN".to_owned(),
            signature: String::new(),
            version: 1,
        };
        let mut tx = store.write().await.unwrap();
        let day = now.day(self.zone);
        let policy = PolicyVersion { from: day, body: self.policy.clone() };
        tx.add_school(&school, &policy, now).await.unwrap();
        let sheets = roster::sheets(self.roster().as_bytes()).unwrap();
        let book = tx.book(&school.id).await.unwrap();
        let plan = roster::plan(&roster::read(&sheets), &book, day).unwrap();
        tx.write_roster(&school.id, &plan.write, now).await.unwrap();
        let book = tx.book(&school.id).await.unwrap();
        for number in mentors(self.mentors).chain(students(self.mentors * self.students_each)) {
            let name = name(number);
            let person = book.members.iter().find(|it| it.name == name).unwrap();
            let account = AccountId::from(format!("tg:{number}").as_str());
            // Looking an account up makes its row.
            tx.visitors(std::slice::from_ref(&account), now).await.unwrap();
            tx.bind(&account, &person.id, &school.id, now).await.unwrap();
            town.sandbox.user(number, &name, "zh-hans").starts_silently();
        }
        more(&mut tx, &school.id).await;
        tx.commit().await.unwrap();
        store.close().await;
        school.id
    }

    fn roster(&self) -> String {
        let mut text = "姓名,角色,学号,班级,导师,联系电话\n".to_owned();
        for (n, number) in mentors(self.mentors).enumerate() {
            text += &format!("{},导师,,,,1380000{n:04}\n", name(number));
        }
        for (n, number) in students(self.mentors * self.students_each).enumerate() {
            let mentor = MENTORS + n as i64 / self.students_each;
            text += &format!("{},,2026{number:04},高一1班,{},\n", name(number), name(mentor));
        }
        text
    }
}

/// The account numbers of so many mentors.
pub fn mentors(count: i64) -> impl Iterator<Item = i64> {
    MENTORS..MENTORS + count
}

/// The account numbers of so many students.
pub fn students(count: i64) -> impl Iterator<Item = i64> {
    STUDENTS..STUDENTS + count
}

/// What the person with this account is called.
pub fn name(number: i64) -> String {
    match number < STUDENTS {
        true => format!("导师{}", number - MENTORS),
        false => format!("学生{}", number - STUDENTS),
    }
}

/// Puts messages of a class straight into the outbox, as a part of the product will that sends them: `(chat, text)`.
pub async fn post(town: &Town, class: &str, messages: &[(i64, String)]) {
    let rank = match class {
        "alert" => 0_i64,
        "reply" => 1,
        _ => 2,
    };
    let mut connection = town.database.connect().await;
    for (chat, text) in messages {
        let body = serde_json::json!({ "chat_id": chat, "text": text }).to_string();
        let sql = "INSERT INTO outbox (id, account_id, class, rank, state, method, body, made_at)
                   VALUES ($1, $2, $3, $4, 'open', 'SendMessage', $5, $6)";
        sqlx::query(sql)
            .bind(uuid::Uuid::now_v7().simple().to_string())
            .bind(format!("tg:{chat}"))
            .bind(class.to_owned())
            .bind(rank)
            .bind(body)
            .bind(Clock::System.now().0)
            .execute(&mut connection)
            .await
            .unwrap();
    }
    connection.close().await.unwrap();
}
