//! What the law lets a person ask of the school, done by the office on the terminal: a copy, a deletion; and the roster as a file.

use crate::place::{Engine, Place};
use std::{fs, os::unix::fs::MetadataExt};

const ROWS: &str = "姓名,角色,学号,工号,班级,导师,家长姓名,关系,联系电话,家长2姓名,家长2关系,家长2电话\n\
    王芳,导师,,T1,,,,,13700000001,,,\n\
    李雷,,0001,,七年级1班,王芳,李建国,父亲,13900000001,韩雪,母亲,+8613900000002\n\
    韩梅梅,,0002,,七年级1班,王芳,韩雪,母亲,13900000003,,,\n";

async fn school(engine: Engine) -> (Place, String) {
    let place = Place::new(engine).await;
    let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
    let file = place.path("rows.csv").display().to_string();
    fs::write(&file, ROWS).unwrap();
    place.daoyu(&["roster", "import", &file, "--school", &school, "--yes"]);
    (place, school)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_roster_comes_out_as_it_went_in() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (place, school) = school(engine).await;
        for (name, language) in [("out.xlsx", "zh-CN"), ("out.csv", "en")] {
            let file = place.path(name).display().to_string();
            place.daoyu(&[
                "roster",
                "export",
                "--school",
                &school,
                "--output",
                &file,
                "--language",
                language,
            ]);
            assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o600);
            let again =
                place.json(&["roster", "import", &file, "--school", &school, "--whole-school", "--dry-run"]);
            assert_eq!(again.len(), 0, "{name}: {again:?}");
        }
        let printed = place.daoyu(&["roster", "export", "--school", &school, "--language", "zh-CN"]);
        assert!(printed.starts_with("\u{FEFF}姓名,角色,学号"), "{printed}");
        assert!(printed.contains("0001") && printed.contains("'+8613900000002"), "{printed}");
        let wrong = place.path("out.pdf").display().to_string();
        let told = place.says(&["roster", "export", "--school", &school, "--output", &wrong]);
        assert_eq!(told.code, Some(2), "{told:?}");

        let template = place.path("template.xlsx").display().to_string();
        place.daoyu(&["roster", "template", "--output", &template, "--language", "zh-CN"]);
        let other = place.daoyu(&["school", "new", "--name", "第二中学"]).trim().to_owned();
        assert!(place.json(&["roster", "import", &template, "--school", &other, "--dry-run"]).len() >= 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_is_listed_first_and_gone_then() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (place, school) = school(engine).await;
        let line = |more: &[&'static str]| -> Vec<String> {
            let begin = ["person", "erase", "--school", &school, "--language", "en"];
            begin.iter().chain(more).map(|it| (*it).to_owned()).collect()
        };
        let run = |more: &[&'static str]| {
            let line = line(more);
            place.says(&line.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let named = "SELECT COUNT(*) FROM person WHERE name = '李雷'";
        let told = run(&["--number", "0001", "--dry-run"]);
        assert_eq!((told.code, place.count(named).await), (Some(0), 1), "{told:?}");
        assert!(told.out.contains("pairings") && told.out.contains("guardianships"), "{told:?}");
        let told = run(&["--number", "0001"]);
        assert_eq!((told.code, place.count(named).await), (Some(1), 1), "nobody said yes: {told:?}");
        let told = run(&["--number", "0001", "--yes"]);
        assert_eq!((told.code, place.count(named).await), (Some(0), 0), "{told:?}");
        assert!(told.err.contains("proof"), "{told:?}");
        assert_eq!(place.count("SELECT COUNT(*) FROM guardianship").await, 1);
        assert_eq!(place.count("SELECT COUNT(*) FROM pairing").await, 1);
        let told = run(&["--number", "0001", "--yes"]);
        assert_eq!((told.code, told.err.contains("nobody like that")), (Some(1), true), "{told:?}");
        // A teacher's pairings end; what the teacher wrote stays.
        assert_eq!(run(&["--number", "T1", "--yes"]).code, Some(0));
        assert_eq!(place.count("SELECT COUNT(*) FROM pairing WHERE until = ''").await, 0);
        assert_eq!(place.count("SELECT COUNT(*) FROM pairing").await, 1);
        // The same list brings them in again, as others.
        let file = place.path("rows.csv").display().to_string();
        place.daoyu(&["roster", "import", &file, "--school", &school, "--yes"]);
        assert_eq!(place.count(named).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guardian_of_before_is_parted_by_hand_and_a_copy_goes_to_who_is_not_in_the_chat() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (place, school) = school(engine).await;
        // 韩雪 is the mother of two children here, once for each.
        let several = place.says(&[
            "person",
            "part",
            "--school",
            &school,
            "--name",
            "韩雪",
            "--yes",
            "--language",
            "en",
        ]);
        assert_eq!((several.code, several.err.contains("2 people fit")), (Some(1), true), "{several:?}");
        place.daoyu(&["person", "part", "--school", &school, "--name", "韩雪", "--child", "李雷", "--yes"]);
        assert_eq!(place.count("SELECT COUNT(*) FROM guardianship").await, 2);
        assert_eq!(place.count("SELECT COUNT(*) FROM person WHERE name = '韩雪' AND left_at = 0").await, 1);
        let none = place.says(&[
            "person",
            "part",
            "--school",
            &school,
            "--number",
            "T1",
            "--yes",
            "--language",
            "en",
        ]);
        assert_eq!((none.code, none.err.contains("no guardian")), (Some(1), true), "{none:?}");

        let file = place.path("copy.html").display().to_string();
        place.daoyu(&[
            "person",
            "copy",
            "--school",
            &school,
            "--number",
            "0001",
            "--for-family",
            "--output",
            &file,
        ]);
        let page = fs::read_to_string(&file).unwrap();
        assert!(
            page.contains("李雷") && page.contains("七年级1班") && !page.contains("13700000001"),
            "{page}"
        );
        assert_eq!(place.json(&["person", "requests", "--school", &school]).len(), 0);
    }
}
