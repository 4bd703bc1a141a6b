//! A school's calendar from a file, and what is entered.

use crate::place::{Engine, Place};

const FILE: &str = r#"
[[term]]
name = "autumn"
first = "2026-09-01"
last = "2027-01-22"

[[off]]
name = "National Day"
first = "2026-10-01"

[[exam]]
name = "first exams"
moment = "mid_term"
first = "2026-11-04"
last = "2026-11-06"

[[exam]]
name = "dictation"
first = "2026-11-20"

[week]
school = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
"#;

#[tokio::test]
async fn a_calendar_is_imported_and_shown_as_it_was_entered() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::new(engine).await;
        let school = place.daoyu(&["school", "new", "--name", "No. 1"]);
        let school = school.lines().next().unwrap().trim();
        std::fs::write(place.path("calendar.toml"), FILE).unwrap();
        let show = || place.daoyu(&["calendar", "show", "--school", school, "--format", "csv"]);
        // Twice: what is entered already is written over and not beside.
        for _ in 0..2 {
            let said = place.daoyu(&["calendar", "import", "calendar.toml", "--school", school]);
            assert!(said.contains("1 term, 1 special day, 2 exams"), "{said}");
        }
        let shown = show();
        let lines: Vec<&str> = shown.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                "week,Mon Tue Wed Thu Fri Sat,,",
                "term,autumn,2026-09-01,2027-01-22",
                "mid_term,first exams,2026-11-04,2026-11-06",
                "exam,dictation,2026-11-20,2026-11-20",
                "off,National Day,2026-10-01,2026-10-01",
            ],
            "{engine:?}"
        );
    }
}
