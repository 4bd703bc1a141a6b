//! The marks of an exam: from the office's file into the growth files, and what classes did.

use crate::place::{Engine, Place};
use serde_json::{Value, json};
use std::{fs, time::Instant};

const PEOPLE: &str = "姓名,角色,学号,工号,班级,导师,班主任\n王芳,导师,,T1,,,\n刘主任,政教处,,T9,,,\n\
    李雷,,0001,,七年级1班,T1,T1\n韩梅梅,,0002,,七年级1班,T1,T1\n林涛,,0003,,七年级2班,T1,T1\n李雷,,0004,,七年级2班,T1,T1\n";
const CALENDAR: &str = "[[exam]]\nname = \"月考\"\nfirst = \"2025-10-09\"\nlast = \"2025-10-10\"\n\
    [[exam]]\nname = \"期中考试\"\nfirst = \"2025-11-05\"\nlast = \"2025-11-07\"\n\
    [[exam]]\nname = \"测验\"\nfirst = \"2025-11-12\"\n[[exam]]\nname = \"测验\"\nfirst = \"2025-11-19\"\n\
    [[exam]]\nname = \"将来\"\nfirst = \"2099-06-07\"\n";

struct Office {
    place: Place,
    school: String,
}

impl Office {
    async fn new(engine: Engine) -> Office {
        let place = Place::new(engine).await;
        let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
        let office = Office { place, school };
        let people = office.file("people.csv", PEOPLE);
        office.place.daoyu(&["roster", "import", &people, "--school", &office.school, "--yes"]);
        let calendar = office.file("calendar.toml", CALENDAR);
        office.place.daoyu(&["calendar", "import", &calendar, "--school", &office.school]);
        office
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.place.path(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn line<'a>(&'a self, file: &'a str, exam: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        [&["marks", "import", file, "--school", &self.school, "--exam", exam][..], more].concat()
    }

    /// Imports these rows, and says what changed: `kind name: marks`.
    fn imports(&self, rows: &str, exam: &str, more: &[&str]) -> Vec<String> {
        let file = self.file("marks.csv", rows);
        let changes = self.place.json(&self.line(&file, exam, &[more, &["--yes"]].concat()));
        let word = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
        changes
            .iter()
            .map(|it| format!("{} {}: {}", word(it, "change"), word(it, "number"), word(it, "marks")))
            .collect()
    }

    fn shows(&self, exam: &str, more: &[&str]) -> Vec<Value> {
        self.place.json(&[&["marks", "show", "--school", &self.school, "--exam", exam][..], more].concat())
    }
}

const RECORDS: &str = "SELECT COUNT(*) FROM record WHERE kind = 'marks'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_come_from_a_file_and_classes_are_shown_beside_the_exam_before() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::new(engine).await;
        let first = "学号,姓名,语文,数学(120),总分\n0001,李雷,80,90,170\n0002,韩梅梅,90,100,190\n0003,林涛,70,缺考,70\n";
        let file = office.file("first.csv", first);
        let told = office.place.says(&office.line(&file, "月考", &[]));
        assert_eq!((told.code, office.place.count(RECORDS).await), (Some(1), 0), "nobody said yes: {told:?}");
        assert!(told.err.contains("--yes") && told.out.contains("李雷"), "{told:?}");
        let told = office.place.says(&office.line(&file, "月考", &["--dry-run"]));
        assert_eq!((told.code, office.place.count(RECORDS).await), (Some(0), 0), "{told:?}");
        assert!(
            told.err.contains("总分") && told.err.contains("3 new"),
            "what was not read is told: {told:?}"
        );

        assert_eq!(
            office.imports(first, "月考", &[]),
            [
                "new 0001: 语文 80, 数学 90/120",
                "new 0002: 语文 90, 数学 100/120",
                "new 0003: 语文 70, 数学 absent"
            ]
        );
        assert_eq!(office.imports(first, "月考", &[]), [""; 0], "the same file twice changes nothing");
        assert_eq!(
            office.imports("姓名,班级,数学,英语\n李雷,七年级1班,95,\n林涛,,60/100,77\n", "月考", &[]),
            ["changed 0001: 语文 80, 数学 95", "changed 0003: 语文 70, 数学 60/100, 英语 77"]
        );
        assert_eq!(office.place.count(RECORDS).await, 3, "one record of a student's exam");
        let days = "SELECT COUNT(*) FROM about WHERE kind = 'marks' AND day = '2025-10-10'";
        assert_eq!(office.place.count(days).await, 3, "it lies on the last day of the exam");

        office.imports(
            "学号,语文,数学,英语\n0001,84,95,90\n0002,93.5,缺考,88\n0003,70,90/150,\n0004,60,,\n",
            "期中考试",
            &[],
        );
        assert_eq!(
            office.shows("期中考试", &["--class", "七年级1班"]),
            [
                json!({"class": "七年级1班", "subject": "数学", "sat": 1, "absent": 1, "average": 95.0, "change_of_average": "0"}),
                json!({"class": "七年级1班", "subject": "英语", "sat": 2, "absent": 0, "average": 89.0, "change_of_average": ""}),
                json!({"class": "七年级1班", "subject": "语文", "sat": 2, "absent": 0, "average": 88.8, "change_of_average": "+3.8"}),
            ]
        );
        let all = office.shows("期中考试", &[]);
        let of = |subject: &str| {
            all.iter().find(|it| it["class"] == "七年级2班" && it["subject"] == subject).unwrap()
        };
        assert_eq!((&of("语文")["sat"], &of("语文")["change_of_average"]), (&json!(2), &json!("0")));
        assert_eq!(of("数学")["change_of_average"], json!("0 %"), "60 of 100 are 90 of 150");
        assert_eq!(office.shows("月考", &[])[0]["change_of_average"], json!(""), "nothing was before it");

        let xlsx = office.place.path("shown.xlsx").display().to_string();
        let line = ["marks", "show", "--school", &office.school, "--exam", "期中考试", "--output", &xlsx];
        office.place.daoyu(&line);
        let sheets = daoyu::roster::sheets(&fs::read(&xlsx).unwrap()).unwrap();
        assert!(
            sheets[0].rows.iter().any(|row| row.cells.iter().any(|(_, text)| text == "88.8")),
            "{sheets:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_file_is_given_back_with_reasons_and_nothing_is_half_written() {
    let office = Office::new(Engine::Sqlite).await;
    let rows =
        "学号,姓名,语文,数学\n0001,李雷,92,88\n0002,李雷,92,88\n0009,,1,2\n,李雷,90,\n0003,,九十,130/120\n";
    let file = office.file("wrong.csv", rows);
    let told = office.place.says(&office.line(&file, "期中考试", &["--yes"]));
    assert_eq!((told.code, office.place.count(RECORDS).await), (Some(1), 0), "{told:?}");
    for reason in [
        "The number 0002 is that of 韩梅梅",
        "no student with the number 0009",
        "There are 2 students called “李雷”",
        "“九十” is no mark",
        "“数学 130/120” is more",
    ] {
        assert!(told.out.contains(reason), "{reason}: {told:?}");
    }
    let given_back = fs::read(office.place.path("wrong-wrong.xlsx")).unwrap();
    let sheet = &daoyu::roster::sheets(&given_back).unwrap()[0];
    let line: Vec<&str> = sheet.rows[1].cells.iter().map(|(_, it)| it.as_str()).collect();
    assert_eq!(line[..3], ["3", "0002", "李雷"], "the row as it stood: {sheet:?}");

    // A bomb, and what is no table.
    let bomb = office.file("bomb.csv", vec![b','; 17 << 20]);
    assert!(office.place.refused(&office.line(&bomb, "期中考试", &["--yes"])).contains("MB"));
    let none = office.file("none.csv", "你好\n");
    assert!(
        office.place.says(&office.line(&none, "期中考试", &["--yes"])).out.contains("No heads of columns")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_exam_is_one_of_the_calendar_or_a_new_one_with_its_day() {
    let office = Office::new(Engine::Sqlite).await;
    let file = office.file("marks.csv", "学号,语文,陶艺\n0001,92,8\n");
    let refused = |exam: &str, more: &[&str]| office.place.refused(&office.line(&file, exam, more));
    assert!(refused("期末", &["--yes"]).contains("--day"));
    assert!(refused("测验", &["--yes"]).contains("2025-11-12, 2025-11-19"));
    assert!(refused("将来", &["--yes"]).contains("begins on"));
    assert!(refused("期中考试", &["--by", "T7", "--yes"]).contains("T7"));
    assert!(refused("期中考试", &["--yes", "--wrong", "x.csv", "--day", "2099-01-01"]).contains("begins on"));
    assert_eq!(office.place.says(&office.line(&file, " ", &["--yes"])).code, Some(2));

    office.place.daoyu(&office.line(&file, "测验", &["--day", "2025-11-19", "--yes"]));
    let told = office.place.says(&office.line(
        &file,
        "小测",
        &["--day", "2025-12-01", "--by", "T1", "--subject", "陶艺", "--yes"],
    ));
    assert_eq!(told.code, Some(0), "{told:?}");
    let author = "SELECT COUNT(*) FROM record r JOIN person p ON p.id = r.author_id WHERE r.kind = 'marks' AND p.number = 'T1'";
    assert_eq!(office.place.count(author).await, 1);
    assert_eq!(office.shows("小测", &["--day", "2025-12-01"]).len(), 2);
    let template = office.place.daoyu(&["marks", "template", "--language", "zh-CN"]);
    let written =
        office.file("template.csv", template.replace("20260101", "0001").replace("20260102", "0002"));
    let told = office.place.says(&office.line(&written, "期中考试", &["--dry-run"]));
    assert!(told.err.contains("2 new"), "the template can be imported: {told:?}");
    let help = office.place.daoyu(&["marks", "import", "--help"]);
    assert!(help.contains("缺考") && help.contains("--dry-run"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_school_waits_seconds() {
    let office = Office::new(Engine::Sqlite).await;
    let mut people = "姓名,学号,班级\n".to_owned();
    let mut marks = "学号,语文,数学,英语\n".to_owned();
    for n in 0..2000 {
        people.push_str(&format!("学生{n},9{n:05},八年级{}班\n", n % 40 + 1));
        marks.push_str(&format!("9{n:05},{},{},{}\n", n % 100, n % 90, n % 80));
    }
    let file = office.file("many.csv", people);
    office.place.daoyu(&["roster", "import", &file, "--school", &office.school, "--nobody-leaves", "--yes"]);
    let begun = Instant::now();
    assert_eq!(office.imports(&marks, "期中考试", &[]).len(), 2000);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    assert_eq!(office.shows("期中考试", &[]).len(), 120);
}
