//! `daoyu doctor` finds what is wrong, changes nothing, and tells nothing about people.

use crate::place::{Engine, Place, Said, TOKEN};
use daoyu::sandbox::Sandbox;
use serde_json::Value;
use std::fs;

fn state<'a>(findings: &'a [Value], check: &str) -> &'a str {
    let found = findings.iter().find(|it| it["check"] == check);
    found.unwrap_or_else(|| panic!("{check} is not in {findings:?}"))["state"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_school_that_is_well_is_told_so() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::new(engine).await;
        place.daoyu(&["school", "new", "--name", "X"]);
        let sandbox = Sandbox::new(TOKEN);
        let serve = place.serve(&sandbox).await;
        let doctor = || {
            let mut command = place.command(&["doctor", "--format", "json"]);
            command.env("DAOYU_TELEGRAM_TOKEN", TOKEN).env("DAOYU_TELEGRAM_API_URL", &serve.api);
            Said::of(&mut command)
        };
        let said = doctor();
        let findings: Vec<Value> = serde_json::from_str(&said.out).unwrap();
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{findings:?}");
        for check in
            ["database", "schema", "serve", "inbox", "outbox", "aside", "telegram", "webhook", "pending"]
        {
            assert_eq!(state(&findings, check), "ok", "{check}: {findings:?}");
        }
        for check in
            if engine == Engine::Sqlite { &["integrity", "room"] } else { &["database-clock", "writable"] }
        {
            assert_eq!(state(&findings, check), "ok", "{check}: {findings:?}");
        }
        drop(serve);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_told_with_what_to_do() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = Place::with_a_year(engine).await;
        let before = place.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending'").await;
        // The year is over for long: its queues are stuck, its clocks are late, and nobody serves it.
        let findings = place.json(&["doctor"]);
        for check in ["serve", "inbox", "outbox", "inbox-aside", "outbox-aside", "clockwork"] {
            let found = findings.iter().find(|it| it["check"] == check);
            assert_eq!(found.unwrap()["state"], "warning", "{check} {findings:?}");
            assert!(!found.unwrap()["remedy"].as_str().unwrap().is_empty());
        }
        assert_eq!(state(&findings, "telegram"), "skipped");
        assert_eq!(place.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending'").await, before);
        for language in ["zh-CN", "en"] {
            let told = place.says(&["doctor", "--language", language]);
            assert_eq!(told.code, Some(0), "{told:?}");
            for person in ["Student", "Guardian", "Mentor", "hello", "doctor-"] {
                assert!(!told.out.contains(person), "{told:?}");
            }
            println!("{}", told.out);
        }
        // A newer program was here.
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                     SELECT 999, 'x', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
        place.does(newer).await;
        let said = place.says(&["doctor", "--format", "json"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.contains("One thing is wrong"), "{said:?}");
        assert_eq!(state(&serde_json::from_str::<Vec<Value>>(&said.out).unwrap(), "schema"), "wrong");
        assert!(place.refused(&["backup", "x.zip"]).contains("A newer daoyu"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_not_there_or_is_broken_is_told() {
    let place = Place::new(Engine::Sqlite).await;
    assert_eq!(state(&place.json(&["doctor"]), "database"), "wrong");
    assert_eq!(fs::read_dir(place.folder.path()).unwrap().count(), 0, "nothing was created");
    assert_eq!(place.says(&["doctor", "--offline"]).code, Some(1));
    fs::write(place.path("daoyu.db"), "this is no database at all, it is a letter").unwrap();
    assert_eq!(state(&place.json(&["doctor"]), "database"), "wrong");

    let place = Place::with_a_year(Engine::Sqlite).await;
    place.does("PRAGMA wal_checkpoint(TRUNCATE)").await;
    let path = place.path("daoyu.db");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096 * 8].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let told = place.says(&["doctor", "--offline"]);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.out.contains("file is damaged") && told.out.contains("daoyu restore FILE"), "{told:?}");

    let mut nobody = place.command(&["doctor", "--database", "postgres://daoyu:hunter2@127.0.0.1:9/daoyu"]);
    let said = Said::of(&mut nobody);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("cannot be opened") && !said.out.contains("hunter2"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn telegram_is_asked_who_the_bot_is_and_how_updates_come() {
    let place = Place::with_a_year(Engine::Sqlite).await;
    let sandbox = Sandbox::new(TOKEN);
    let api = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let asks = |token: &str, more: &[(&str, &str)]| {
        let mut command = place.command(&["doctor", "--format", "json"]);
        command.env("DAOYU_TELEGRAM_TOKEN", token).env("DAOYU_TELEGRAM_API_URL", format!("http://{api}"));
        let said = Said::of(command.envs(more.iter().copied()));
        assert!(!said.out.contains("sandbox_sandbox") && !said.err.contains("sandbox_sandbox"), "{said:?}");
        serde_json::from_str::<Vec<Value>>(&said.out).unwrap()
    };
    let well = asks(TOKEN, &[]);
    assert_eq!((state(&well, "telegram"), state(&well, "webhook")), ("ok", "ok"));
    let wrong = asks("7000000001:AAE-another_another_another_12345", &[]);
    assert_eq!(state(&wrong, "telegram"), "wrong");
    let other = asks(TOKEN, &[("DAOYU_TELEGRAM_BOT", "another_bot")]);
    assert_eq!(state(&other, "bot-name"), "warning");
    let hook = [
        ("DAOYU_TELEGRAM_MODE", "webhook"),
        ("DAOYU_PUBLIC_URL", "https://bot.school.cn"),
        ("DAOYU_WEBHOOK_SECRET", "s"),
    ];
    assert_eq!(state(&asks(TOKEN, &hook), "webhook"), "wrong");
    let away = [("DAOYU_TELEGRAM_API_URL", "http://127.0.0.1:9")];
    assert_eq!(state(&asks(TOKEN, &away), "telegram"), "wrong");
    let setting = asks(TOKEN, &[("DAOYU_LISTEN", "8080")]);
    assert_eq!(state(&setting, "settings"), "wrong");
}
