//! A school's settings and the versions of its rules, on the terminal.

use crate::place::{Engine, Place};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_version_of_the_rules_is_kept_with_its_first_day() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::new(engine).await;
        let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
        place.daoyu(&["school", "policy", &school, "set", "middle", "--from", "2099-09-01"]);
        let versions = place.json(&["school", "policy", &school, "list"]);
        let told: Vec<(&str, &str)> = versions
            .iter()
            .map(|it| (it["policy"].as_str().unwrap(), it["state"].as_str().unwrap()))
            .collect();
        assert_eq!(told, [("default", "in_force"), ("middle", "ahead")], "{engine:?}");
        let on = |day: &str| place.daoyu(&["school", "policy", &school, "show", "--on", day]);
        assert!(on("2099-08-31").contains("name = \"default\""), "tomorrow's rule judges no yesterday");
        assert!(on("2099-09-01").contains("name = \"middle\""));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_without_the_mentor_is_refused_and_a_good_one_is_kept() {
    let place = Place::new(Engine::Sqlite).await;
    let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
    for wrong in ["{school}", "{mentor} {phone}", "{mentor}\n{school}"] {
        let said = place.says(&["school", "set", &school, "--signature", wrong]);
        assert!(said.code == Some(2) && said.err.contains("{mentor}"), "{wrong}: {said:?}");
    }
    place.daoyu(&["school", "set", &school, "--signature", "{mentor}老师 · {school}"]);
    let shown = place.json(&["school", "show", &school]);
    assert_eq!(shown[0]["signature"], "{mentor}老师 · {school}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn official_days_write_over_no_day_of_the_schools_own() {
    let place = Place::new(Engine::Sqlite).await;
    let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
    std::fs::write(place.path("own.toml"), "[[off]]\nname = \"own\"\nfirst = \"2026-10-10\"\n").unwrap();
    place.daoyu(&["calendar", "import", "own.toml", "--school", &school]);
    for _ in 0..2 {
        place.daoyu(&["calendar", "import", "--official", "2026", "--school", &school]);
    }
    let days = place.json(&["calendar", "show", "--school", &school]);
    let of = |day: &str| days.iter().find(|it| it["first"] == day).unwrap()["what"].clone();
    assert_eq!(of("2026-10-10"), "off", "the school does not follow this make-up day");
    assert_eq!(of("2026-09-20"), "school");
    assert_eq!(of("2026-10-01"), "off");
    assert!(
        place
            .refused(&["calendar", "import", "--official", "2027", "--school", &school])
            .contains("2025, 2026")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn why_something_is_due_is_said_with_the_rule_that_asks_for_it() {
    let place = Place::new(Engine::Sqlite).await;
    let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
    std::fs::write(place.path("all.csv"), crate::performance::ROSTER).unwrap();
    let file = place.path("all.csv").display().to_string();
    place.daoyu(&["roster", "import", &file, "--school", &school, "--yes"]);
    let list = |more: &[&str]| {
        let call =
            [&["duty", "list", "--school", &school, "--at", "2099-09-21 08:00", "--language", "zh-CN"], more]
                .concat();
        place.json(&call)
    };
    let of_li = list(&["--why", "--of", "李雷"]);
    let talk = of_li.iter().find(|it| it["rule"] == "talk").unwrap();
    assert!(talk["asks"].to_string().contains("14"), "{talk}");
    assert_eq!((talk["source"].as_str(), talk["counted"].as_str()), (Some("程序建议"), Some("")));
    assert!(of_li.iter().all(|it| it["student"] == "李雷"), "{of_li:?}");
    assert!(list(&[]).iter().all(|it| it.get("asks").is_none()), "the plain list stays as it was");
    let talks = list(&["--rule", "talk"]);
    assert!(!talks.is_empty() && talks.iter().all(|it| it["rule"] == "talk"), "{talks:?}");
    let refused = |more: &[&str]| {
        place.refused(&[&["duty", "list", "--school", &school, "--language", "zh-CN"], more].concat())
    };
    let said = refused(&["--why", "--of", "李垒"]);
    assert!(said.contains("没有叫“李垒”的人"), "{said}");
    assert!(refused(&["--rule", "tallk"]).contains("是不是想写 talk"), "a slip of the pen");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_policy_is_told_what_was_checked_and_a_school_has_a_name_that_fits() {
    let place = Place::new(Engine::Sqlite).await;
    let ours = place.daoyu(&["policy", "show", "middle"]);
    std::fs::write(place.path("ours.toml"), ours).unwrap();
    let file = place.path("ours.toml").display().to_string();
    let said = place.daoyu(&["policy", "check", &file, "--language", "zh-CN"]);
    assert!(said.contains("没有问题") && said.contains("13 条规则") && said.contains("ours.toml"), "{said}");
    assert!(place.json(&["policy", "check", &file]).is_empty(), "nothing is wrong, for programs");
    assert!(
        place.refused(&["policy", "check", "midle", "--language", "en"]).contains("did you mean middle?")
    );
    let misused = |arguments: &[&str]| {
        let said = place.says(arguments);
        assert_eq!(said.code, Some(2), "{said:?}");
        said.err
    };
    let long = "第".repeat(61);
    assert!(misused(&["school", "new", "--name", &long]).contains("60"));
    let school = place.daoyu(&["school", "new", "--name", &long[..180]]).trim().to_owned();
    for wrong in [long.as_str(), "第一\n中学"] {
        assert!(misused(&["school", "set", &school, "--name", wrong]).contains("60"));
    }
}
