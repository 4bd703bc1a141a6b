//! How a month was, of many students at once.

use crate::place::{Engine, Place};

pub const ROSTER: &str = "姓名,角色,学号,工号,班级,导师\n孙立,政教处,,T9,,\n王芳,导师,,T1,,\n李雷,,0001,,七年级1班,T1\n林涛,,0003,,七年级2班,T1\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_is_imported_once_and_corrected_by_a_later_file() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::new(engine).await;
        let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
        std::fs::write(place.path("all.csv"), ROSTER).unwrap();
        let file = place.path("all.csv").display().to_string();
        place.daoyu(&["roster", "import", &file, "--school", &school, "--yes"]);
        let count = "SELECT COUNT(*) FROM about WHERE kind = 'performance'";
        let import = |place: &Place, more: &[&str]| {
            let file = place.path("month.csv").display().to_string();
            let call = ["performance", "import", &file, "--school", &school, "--month", "2025-09"];
            call.iter().chain(more).map(|it| it.to_string()).collect::<Vec<_>>()
        };
        let run =
            |arguments: &[String]| place.daoyu(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let refused =
            |arguments: &[String]| place.refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let write = |text: &str| std::fs::write(place.path("month.csv"), text).unwrap();

        write("学号,姓名,品行,学习\n0001,李雷,五星,好\n0009,无名,好,好\n");
        let why = refused(&import(&place, &["--yes"]));
        assert!(why.contains("month.csv:2") && why.contains("五星") && why.contains("month.csv:3"), "{why}");
        write("学号,姓名,品行,学习\n0001,李雷,很好,好\n0003,林涛,优,需要帮助\n");
        run(&import(&place, &["--dry-run"]));
        assert_eq!(place.count(count).await, 0, "{engine:?}: a look writes nothing");
        for _ in 0..2 {
            run(&import(&place, &["--yes"]));
            assert_eq!(place.count(count).await, 2, "{engine:?}: the same file twice is one month");
        }
        let why = refused(
            &["performance", "import", "month.csv", "--school", &school, "--month", "2999-01"]
                .map(str::to_owned),
        );
        assert!(why.contains("2026-09"), "{why}");
    }
}
