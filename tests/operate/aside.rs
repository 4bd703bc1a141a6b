//! What was set aside is shown without its words, tried again, or dropped.

use crate::place::{Engine, Place};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_set_aside_is_shown_tried_again_or_dropped() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::with_a_year(engine).await;
        let listed = place.json(&["outbox", "list"]);
        assert_eq!(listed.len(), 6, "{listed:?}");
        assert_eq!(listed[0]["reason"], "the made-up reason");
        assert_eq!(listed[0]["message"], "notice");
        assert!(listed[0]["since"].as_str().unwrap().ends_with('Z'));
        assert_eq!(place.json(&["outbox", "list", "--open"]).len(), 12);
        for arguments in [
            &["outbox", "list"][..],
            &["outbox", "list", "--open"],
            &["inbox", "list"],
            &["inbox", "list", "--open"],
        ] {
            for format in ["table", "csv", "json"] {
                let said = place.daoyu(&[arguments, &["--format", format]].concat());
                assert!(!said.contains("hello"), "the words are people's: {said}");
            }
        }

        let id = |n: usize| listed[n]["id"].as_str().unwrap();
        let told = place.refused(&["outbox", "retry", id(0), "nonsense", "more"]);
        assert!(told.contains("nonsense\n") && told.contains("more\n") && !told.contains(id(0)), "{told}");
        assert_eq!(place.json(&["outbox", "list"]).len(), 6, "nothing was done");
        assert!(place.daoyu(&["outbox", "retry", id(0)]).contains("One message stands open again"));
        let fresh = "SELECT COUNT(*) FROM outbox WHERE state = 'open' AND tries = 0 AND not_before = 0 AND error = ''";
        assert_eq!(place.count(fresh).await, 1);
        assert!(place.refused(&["outbox", "drop", id(1)]).contains("--yes"));
        assert!(place.daoyu(&["outbox", "drop", id(1), "--yes"]).contains("One message was deleted"));
        assert!(place.refused(&["outbox", "drop", id(1), "--yes"]).contains(id(1)));
        assert!(place.daoyu(&["outbox", "drop", "--all", "--yes"]).contains("4 messages were deleted"));
        assert!(place.daoyu(&["outbox", "list"]).contains("No message was set aside"));
        assert_eq!(place.json(&["outbox", "list", "--open"]).len(), 13, "what waits was left alone");

        let listed = place.json(&["inbox", "list"]);
        assert_eq!((listed.len(), &listed[0]["id"]), (2, &"7000000001:1".into()));
        assert_eq!(place.json(&["inbox", "list", "--open"]).len(), 2);
        assert!(place.refused(&["inbox", "retry", "7000000001:3"]).contains("7000000001:3"));
        assert!(place.daoyu(&["inbox", "retry", "7000000001:1"]).contains("One update stands open again"));
        assert!(place.daoyu(&["inbox", "retry", "--all"]).contains("One update"));
        assert_eq!(place.says(&["outbox", "retry"]).code, Some(2), "which ones?");
        assert_eq!(place.says(&["outbox", "retry", "x", "--all"]).code, Some(2));
    }
}
