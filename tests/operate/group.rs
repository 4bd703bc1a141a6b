//! The groups that mentors lead, begun, changed and ended on the terminal.

use crate::place::{Engine, Place};
use serde_json::Value;

/// The one group of a school: its name, who leads it, who is in it.
fn shown(groups: &[Value]) -> [&str; 3] {
    assert_eq!(groups.len(), 1, "{groups:?}");
    ["name", "mentor", "students"].map(|it| groups[0][it].as_str().unwrap())
}

fn call<'a>(school: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    [&["group"], arguments, &["--school", school]].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_is_changed_and_what_would_be_nonsense_is_refused() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::new(engine).await;
        let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
        let roster = format!("{}赵静,导师,,T2,,\n", crate::performance::ROSTER);
        std::fs::write(place.path("all.csv"), roster).unwrap();
        let file = place.path("all.csv").display().to_string();
        place.daoyu(&["roster", "import", &file, "--school", &school, "--yes"]);
        let add = ["add", "--name", "向日葵", "--leader", "王芳", "--student", "李雷", "--student", "林涛"];
        let id = place.daoyu(&call(&school, &add)).trim().to_owned();
        let said = place.daoyu(&call(&school, &["change", &id, "--name", "小树苗", "--remove", "李雷"]));
        assert!(said.contains("小树苗") && said.contains("林涛") && !said.contains("李雷"), "{said}");
        assert_eq!(shown(&place.json(&call(&school, &["list"]))), ["小树苗", "王芳", "林涛"]);
        place.daoyu(&call(&school, &["change", &id, "--add", "李雷", "--add", "李雷"]));
        // Each database has an order of its own for names.
        let listed = place.json(&call(&school, &["list"]));
        let order = if shown(&listed)[2].starts_with("李雷") { "李雷 林涛" } else { "林涛 李雷" };
        let both = ["小树苗", "王芳", order];
        assert_eq!(shown(&place.json(&call(&school, &["list"]))), both);

        let refused = |arguments: &[&str]| place.refused(&call(&school, arguments));
        assert!(refused(&["change", &id, "--remove", "李雷", "--remove", "林涛"]).contains("at least one"));
        assert!(refused(&["change", &id, "--name", " "]).contains("30"));
        assert!(refused(&["change", "nonsense", "--name", "花"]).contains("No such group"));
        assert!(refused(&["change", &id, "--leader", "没有这个人"]).contains("没有这个人"));
        let nothing = place.says(&call(&school, &["change", &id]));
        assert_eq!(nothing.code, Some(2), "{nothing:?}");
        assert_eq!(shown(&place.json(&call(&school, &["list"]))), both);

        // Who leads it leaves: it stands on the list and waits for another.
        place.does("UPDATE person SET left_at = 1 WHERE name = '王芳'").await;
        assert_eq!(shown(&place.json(&call(&school, &["list"])))[1], "");
        place.daoyu(&call(&school, &["change", &id, "--leader", "T2"]));
        assert_eq!(shown(&place.json(&call(&school, &["list"])))[1], "赵静");
        place.daoyu(&call(&school, &["end", &id]));
        assert!(place.json(&call(&school, &["list"])).is_empty());
    }
}
