//! From a school's spreadsheet to everybody in the books: what an office does in a year, with its files.

use crate::place::{Engine, Place};
use serde_json::Value;
use std::{
    fmt::Write,
    fs,
    process::Stdio,
    time::{Duration, Instant},
};

const STAFF: &str = "姓名,角色,学号,工号,班级,导师,班主任,家长姓名,关系,联系电话\n\
    王芳,导师,,T1,,,,,,13700000001\n李强,导师,,T2,,,,,,\n陈静,导师,,T3,,,,,,\n";
const STUDENTS: &str = "李雷,,0001,,七年级1班,T1,T2,李建国,父亲,13900000001\n\
    韩梅梅,,0002,,七年级1班,T2,T2,韩雪,母亲,13900000002\n\
    林涛,,0003,,七年级2班,T1,T3,林父,父亲,13900000003\n";

/// A school with an office at it.
struct Office {
    place: Place,
    school: String,
}

impl Office {
    async fn new(engine: Engine) -> Office {
        let place = Place::new(engine).await;
        let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
        Office { place, school }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.place.path(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn arguments<'a>(&'a self, file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        [&["roster", "import", file, "--school", &self.school][..], more].concat()
    }

    /// Imports these rows, and says what changed: `kind name was > becomes`.
    fn imports(&self, rows: &str, more: &[&str]) -> Vec<String> {
        let file = self.file("rows.csv", rows);
        let changes = self.place.json(&self.arguments(&file, &[more, &["--yes"]].concat()));
        let word = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
        let line = |it: &Value| {
            format!(
                "{} {} {} > {}",
                word(it, "change"),
                word(it, "name"),
                word(it, "was"),
                word(it, "becomes")
            )
        };
        changes.iter().map(line).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        self.place.count(sql).await
    }
}

const HERE: &str = "SELECT COUNT(*) FROM person WHERE left_at = 0";
const EVERYBODY: &str = "SELECT COUNT(*) FROM person";
const PAIRINGS: &str = "SELECT COUNT(*) FROM pairing WHERE until = ''";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_of_an_office() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::new(engine).await;
        let all = format!("{STAFF}{STUDENTS}");
        let file = office.file("all.csv", &all);
        let told = office.place.says(&office.arguments(&file, &[]));
        assert_eq!((told.code, office.count(EVERYBODY).await), (Some(1), 0), "nobody said yes: {told:?}");
        assert!(told.err.contains("--yes") && told.out.contains("李雷"), "{told:?}");
        let told = office.place.says(&office.arguments(&file, &["--dry-run"]));
        assert_eq!((told.code, office.count(EVERYBODY).await), (Some(0), 0), "{told:?}");

        assert_eq!(office.imports(&all, &[]).len(), 6);
        assert_eq!((office.count(HERE).await, office.count(PAIRINGS).await), (9, 3));
        assert_eq!(office.imports(&all, &[]), [""; 0], "the same file twice changes nothing");
        office.place.daoyu(&["invite", "list", "--school", &office.school]);

        // A class moves up, gets another head teacher, and one student another mentor.
        let heads = "姓名,学号,班级,导师,班主任\n";
        let next = format!("{heads}李雷,0001,八年级1班,T1,T3\n韩梅梅,0002,八年级1班,T1,T3\n");
        assert_eq!(
            office.imports(&next, &[]),
            [
                "moved 李雷 七年级1班 > 八年级1班",
                "moved 韩梅梅 七年级1班 > 八年级1班",
                "mentor 韩梅梅 李强 > 王芳",
                "post 陈静 mentor, head teacher (七年级2班) > mentor, head teacher (七年级2班), head teacher (八年级1班)",
            ]
        );
        let kept = "SELECT COUNT(*) FROM pairing p JOIN class c ON c.id = p.class_id WHERE c.name = '八年级1班' AND p.until = ''";
        assert_eq!(office.count(kept).await, 2, "a pairing goes with its student");
        assert_eq!(office.count("SELECT COUNT(*) FROM pairing WHERE until <> ''").await, 1);

        // One of the class has left; the other class is not named, so nobody of it leaves.
        let one = format!("{heads}李雷,0001,八年级1班,,\n");
        assert_eq!(office.imports(&one, &["--nobody-leaves"]), [""; 0]);
        assert_eq!(office.imports(&one, &[]), ["left 韩梅梅 八年级1班 > "]);
        assert_eq!((office.count(HERE).await, office.count(EVERYBODY).await), (7, 9), "the mother left, too");
        let revoked = "SELECT COUNT(*) FROM invite WHERE revoked_at > 0";
        assert_eq!((office.count(revoked).await, office.count(PAIRINGS).await), (2, 2));

        // She comes back, and with her the family.
        assert_eq!(
            office.imports(&format!("{heads}韩梅梅,0002,八年级1班,T1,\n李雷,0001,八年级1班,,\n"), &[]),
            ["back 韩梅梅  > 八年级1班", "back 韩梅梅 · 韩雪  > "]
        );
        assert_eq!((office.count(HERE).await, office.count(EVERYBODY).await), (9, 9));

        // A teacher left: the whole staff is in the file, and no student.
        let staff = "姓名,工号,角色\n王芳,T1,导师\n陈静,T3,导师\n";
        let changes = office.imports(staff, &["--whole-school"]);
        assert!(changes.contains(&"left 李强 mentor, head teacher (七年级1班) > ".to_owned()), "{changes:?}");
        assert_eq!(
            office
                .count(
                    "SELECT COUNT(*) FROM post o JOIN person p ON p.id = o.person_id WHERE p.number = 'T2'"
                )
                .await,
            0
        );
        assert_eq!(office.imports("姓名,工号,角色\n李强,T2,导师\n", &[]), ["back 李强  > mentor"]);
        assert_eq!(office.count(EVERYBODY).await, 9);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_birthday_is_kept_and_what_is_not_needed_is_not() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::new(engine).await;
        let file = office.file(
            "all.csv",
            "姓名,学号,班级,性别,身份证号,出生年月,身高\n李雷,1,一班,男,440301201305171234,2013年5月17日,150\n韩梅梅,2,一班,女,,2013-02,\n",
        );
        let told = office.place.says(&office.arguments(&file, &["--yes", "--language", "en"]));
        assert_eq!(told.code, Some(0), "{told:?}");
        assert!(told.err.contains("not read: 身高."), "{told:?}");
        assert!(told.err.contains("does not need them: 性别, 身份证号."), "{told:?}");
        let days = "SELECT COUNT(*) FROM person WHERE (number = '1' AND born = '2013-05-17') OR (number = '2' AND born = '2013-02-28')";
        assert_eq!(office.count(days).await, 2);
        assert_eq!(
            office.imports("姓名,学号,生日\n李雷,1,2013/5/18\n韩梅梅,2,\n", &[]),
            ["changed 李雷 2013-05-17 > 2013-05-18"],
            "an empty cell takes no birthday away"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_class_keeps_its_head_teacher_until_the_file_names_another() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::new(engine).await;
        office.imports(&format!("{STAFF}{STUDENTS}"), &[]);
        let heads = "SELECT COUNT(*) FROM post WHERE role = 'head_teacher'";
        assert_eq!(office.count(heads).await, 2);
        // What the teachers' own list says: 导师, and not a word about classes.
        let staff = "姓名,工号,角色\n王芳,T1,导师\n李强,T2,导师\n陈静,T3,导师\n";
        assert_eq!(office.imports(staff, &["--whole-school"]), [""; 0]);
        assert_eq!(office.count(heads).await, 2);
        assert_eq!(
            office.imports("姓名,工号,角色,班级\n王芳,T1,导师、班主任,七年级1班\n", &[]),
            [
                "post 王芳 mentor > mentor, head teacher (七年级1班)",
                "post 李强 mentor, head teacher (七年级1班) > mentor"
            ]
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_farewells_need_their_number() {
    let office = Office::new(Engine::Sqlite).await;
    let rows = |count: usize| {
        let row = |n: usize| format!("学生{n},{n:03},一班\n");
        format!("姓名,学号,班级\n{}", (0..count).map(row).collect::<String>())
    };
    office.imports(&rows(20), &[]);
    let file = office.file("half.csv", rows(10));
    let told = office.place.says(&office.arguments(&file, &["--yes"]));
    assert!(told.code == Some(1) && told.err.contains("--leavers 10"), "{told:?}");
    assert!(told.out.contains("学生19"), "everybody who leaves is named: {told:?}");
    let told = office.place.says(&office.arguments(&file, &["--yes", "--leavers", "9"]));
    assert!(told.code == Some(1) && told.err.contains("10 would leave"), "{told:?}");
    assert_eq!(office.count(HERE).await, 20);
    office.place.daoyu(&office.arguments(&file, &["--yes", "--leavers", "10"]));
    assert_eq!((office.count(HERE).await, office.count(EVERYBODY).await), (10, 20));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_rows_come_back_and_lists_go_to_excel() {
    let office = Office::new(Engine::Sqlite).await;
    let file =
        office.file("花名册.csv", format!("{STAFF}{STUDENTS}=cmd,,,,一班,,,,,\n丁,,9,,一班,王方,,,,\n"));
    let told = office.place.says(&office.arguments(&file, &["--yes", "--language", "zh-CN"]));
    assert_eq!((told.code, office.count(EVERYBODY).await), (Some(1), 0), "{told:?}");
    let back = daoyu::roster::sheets(&fs::read(office.place.path("花名册-错误.xlsx")).unwrap()).unwrap();
    let shown =
        |row: usize| -> Vec<&str> { back[0].rows[row].cells.iter().map(|(_, it)| it.as_str()).collect() };
    assert_eq!(shown(0)[..5], ["原表行号", "姓名", "角色", "学号", "问题（学号）"]);
    assert_eq!(shown(1)[..3], ["8", "=cmd", "学号不能为空：同名的学生靠学号区分。"]);
    assert!(shown(2).iter().any(|it| it.contains("王方")), "{:?}", shown(2));
    let csv = office.place.path("wrong.csv").display().to_string();
    office.place.says(&office.arguments(&file, &["--wrong", &csv, "--language", "en"]));
    let csv = fs::read_to_string(csv).unwrap();
    assert!(
        csv.starts_with('\u{FEFF}') && csv.contains("'=cmd") && csv.contains("student number is missing"),
        "{csv}"
    );

    // Many files of one school: an old one of Excel, GBK, rows of two guardians.
    office
        .place
        .daoyu(&office.arguments(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/roster.xls"), &["--yes"]));
    assert_eq!(office.count(EVERYBODY).await, 6);
    let two = "姓名,学号,家长姓名,关系,联系电话\n李雷,000071,李建国,父亲,\n李雷,000071,王丽,母亲,13800000009\n韩梅梅,000072,韩雪,母亲,\n,,韩父,父亲,\n";
    let changes = office.imports(two, &[]);
    assert_eq!(changes, ["new 李雷 · 王丽  > ", "new 韩梅梅 · 韩父  > "]);
    let list = office.place.path("people.xlsx").display().to_string();
    office.place.daoyu(&["invite", "list", "--school", &office.school, "--output", &list]);
    let read = daoyu::roster::sheets(&fs::read(&list).unwrap()).unwrap();
    assert_eq!((read[0].rows.len(), read[0].rows[0].cells[0].1.as_str()), (9, "Name"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_it_wrote_nothing_or_everything() {
    let mut rows = "姓名,学号,班级,导师,家长姓名,关系,联系电话,角色,工号\n王芳,,,,,,,导师,T1\n".to_owned();
    for n in 0..3000 {
        writeln!(rows, "学生{n},{n:05},{}班,T1,家长{n},父亲,139{n:08},,", n / 50).unwrap();
    }
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::new(engine).await;
        let file = office.file("all.csv", &rows);
        let mut wait = Duration::from_millis(200);
        loop {
            let mut command = office.place.command(&office.arguments(&file, &["--yes"]));
            let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let begun = Instant::now();
            tokio::time::sleep(wait).await;
            let ended = child.try_wait().unwrap().is_some();
            child.kill().ok();
            child.wait().unwrap();
            let count = office.count(EVERYBODY).await;
            assert!([0, 6001].contains(&count), "{engine:?}: {count} after {:?}", begun.elapsed());
            if ended || count > 0 {
                break;
            }
            wait += wait / 3;
        }
        let count = office.imports(&rows, &[]).len();
        assert!([0, 3001].contains(&count), "{count}");
        assert_eq!(office.count(EVERYBODY).await, 6001);
    }
}
