//! The office takes an account away from somebody: a phone was stolen, or the wrong person joined.

use crate::place::{Engine, Place};

const BOUND: &str = "SELECT COUNT(*) FROM binding b JOIN person p ON p.id = b.person_id
                     WHERE b.revoked_at = 0 AND p.number = '202500003'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_unbound_is_nobody_and_gets_a_new_code() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::with_a_year(engine).await;
        let school = place.json(&["school", "list"])[0]["id"].as_str().unwrap().to_owned();
        let unbind = |more: &[&str]| {
            let words = [&["invite", "unbind", "--school", &school, "--language", "en"][..], more].concat();
            words.into_iter().map(str::to_owned).collect::<Vec<String>>()
        };
        let run = |more: &[&str]| {
            let line = unbind(more);
            place.says(&line.iter().map(String::as_str).collect::<Vec<_>>())
        };
        assert_eq!(place.count(BOUND).await, 1);
        assert_eq!(run(&[]).code, Some(2), "nobody in particular is nobody");
        let nobody = run(&["--name", "Nobody"]);
        assert_eq!((nobody.code, nobody.err.contains("nobody like that")), (Some(1), true), "{nobody:?}");
        let several = run(&["--number", ""]);
        assert_eq!((several.code, several.err.contains("12 people fit")), (Some(1), true), "{several:?}");

        let done = run(&["--number", "202500003"]);
        assert_eq!((done.code, done.out.contains("Student 00003")), (Some(0), true), "{done:?}");
        assert_eq!(place.count(BOUND).await, 0);
        assert_eq!(
            place.count("SELECT COUNT(*) FROM form WHERE body <> ''").await,
            11,
            "what was open there goes"
        );
        let again = run(&["--number", "202500003"]);
        assert_eq!((again.code, again.err.contains("has not joined")), (Some(1), true), "{again:?}");

        let guardian = run(&["--name", "Guardian 00004", "--child", "Student 00004"]);
        assert_eq!(guardian.code, Some(0), "{guardian:?}");
        let codes = place.json(&["invite", "list", "--school", &school]);
        let fresh: Vec<&str> =
            codes.iter().filter(|it| it["code"] != "").map(|it| it["name"].as_str().unwrap()).collect();
        assert_eq!(fresh, ["Student 00003", "Guardian 00004"]);
    }
}
