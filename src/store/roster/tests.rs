use crate::{
    clock::fresh_id,
    roster::{plan, read, sheets},
    school::{At, Policy, SchoolId},
    store::{InviteState, PolicyVersion, SENT_GOOD_FOR, SchoolRow, Store, hash_code},
};
use std::{fmt::Write, path::PathBuf};

/// A school in a database of its own.
struct Town {
    store: Store,
    school: SchoolId,
    folder: PathBuf,
}

const NOW: At = At(1_790_000_000_000);

impl Town {
    async fn new() -> Town {
        let school: SchoolId = fresh_id();
        let folder = std::env::temp_dir().join(format!("daoyu-roster-{school}"));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.join("daoyu.db").display())).await.unwrap();
        let zone = chrono_tz::Asia::Shanghai;
        let row = SchoolRow {
            id: school.clone(),
            name: "一中".into(),
            zone,
            language: "zh-CN".into(),
            signature: String::new(),
            version: 1,
        };
        let body = Policy::preset("default").unwrap().to_owned();
        let mut tx = store.write().await.unwrap();
        tx.add_school(&row, &PolicyVersion { from: NOW.day(zone), body }, NOW).await.unwrap();
        tx.commit().await.unwrap();
        Town { store, school, folder }
    }

    /// Imports a file; whether there was anything to write.
    async fn import(&self, file: &str) -> bool {
        let roster = read(&sheets(file.as_bytes()).unwrap());
        let mut tx = self.store.write().await.unwrap();
        let book = tx.book(&self.school).await.unwrap();
        let plan = plan(&roster, &book, NOW.day(chrono_tz::Asia::Shanghai)).unwrap();
        tx.write_roster(&self.school, &plan.write, NOW).await.unwrap();
        tx.commit().await.unwrap();
        !plan.is_empty()
    }

    async fn close(self) {
        self.store.close().await;
        std::fs::remove_dir_all(self.folder).unwrap();
    }
}

const FILE: &str = "姓名,角色,学号,工号,班级,导师,班主任,家长姓名,关系,联系电话\n\
    王芳,导师,,T1,,,,,,13700000001\n李强,导师,,T2,,,,,,\n\
    李雷,学生,001,,七年级1班,王芳,李强,李建国,父亲,13900000001\n\
    韩梅梅,学生,002,,七年级1班,T2,李强,韩雪,母亲,13900000002\n";

#[tokio::test]
async fn what_is_written_is_read_back_so_that_the_same_file_changes_nothing() {
    let town = Town::new().await;
    assert!(town.import(FILE).await);
    assert!(!town.import(FILE).await);
    assert!(town.import(&FILE.replace("七年级1班,王芳", "七年级2班,李强")).await);
    let mut tx = town.store.write().await.unwrap();
    let book = tx.book(&town.school).await.unwrap();
    let pairings = tx.pairings(&town.school, NOW.day(chrono_tz::Asia::Shanghai)).await.unwrap();
    tx.roll_back().await.unwrap();
    assert_eq!((book.members.len(), book.families.len(), book.classes.len()), (6, 2, 2));
    let li = book.members.iter().find(|it| it.name == "李雷").unwrap();
    let his: Vec<_> = pairings.iter().filter(|it| it.student == li.id).collect();
    assert_eq!((his.len(), Some(&his[0].class)), (1, li.class()));
    town.close().await;
}

#[tokio::test]
async fn a_pairing_moves_with_its_student_to_another_class() {
    let town = Town::new().await;
    town.import(FILE).await;
    assert!(town.import("姓名,学号,班级\n李雷,001,七年级3班\n").await);
    let mut tx = town.store.write().await.unwrap();
    let book = tx.book(&town.school).await.unwrap();
    tx.roll_back().await.unwrap();
    let li = book.members.iter().find(|it| it.name == "李雷").unwrap();
    let pairing = book.pairings.iter().find(|it| it.student == li.id).unwrap();
    assert_eq!(Some(&pairing.class), li.class());
    town.close().await;
}

#[tokio::test]
async fn everybody_may_join_and_is_listed_with_the_state_of_the_code() {
    let town = Town::new().await;
    town.import(FILE).await;
    let mut tx = town.store.write().await.unwrap();
    let rows = tx.invites(&town.school, crate::store::Invitees::All, NOW).await.unwrap();
    let names: Vec<&str> = rows.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["王芳", "李强", "李雷", "李建国", "韩梅梅", "韩雪"]);
    assert_eq!(
        (rows[3].class.as_str(), rows[3].children.as_slice()),
        ("七年级1班", &["李雷".to_owned()][..])
    );
    assert!(rows.iter().all(|it| it.state.is_none()));
    let code = [(rows[2].person.clone(), hash_code("code"))];
    tx.add_invites(&town.school, &code, NOW.plus(SENT_GOOD_FOR), NOW).await.unwrap();
    let state = async |tx: &mut crate::store::Tx, at| {
        tx.invites(&town.school, crate::store::Invitees::All, at).await.unwrap()[2].state
    };
    assert_eq!(state(&mut tx, NOW).await, Some(InviteState::Open));
    assert_eq!(state(&mut tx, NOW.plus(SENT_GOOD_FOR)).await, Some(InviteState::Expired));
    tx.roll_back().await.unwrap();
    town.close().await;
}

#[tokio::test]
async fn five_thousand_students_are_written_once() {
    let mut file = "姓名,角色,学号,工号,班级,导师,家长姓名,关系,联系电话,母亲,母亲电话\n".to_owned();
    for n in 0..350 {
        writeln!(file, "教师{n},导师,,T{n},,,,,,,").unwrap();
    }
    for n in 0..5000 {
        writeln!(file, "学生{n},学生,{n:06},,{}班,T{},父{n},父亲,139{n:08},母{n},138{n:08}", n / 50, n % 350)
            .unwrap();
    }
    let town = Town::new().await;
    assert!(town.import(&file).await);
    assert!(!town.import(&file).await, "the same file changes nothing");
    town.close().await;
}
