//! Wrong settings, and a Telegram that is not there.

use crate::{
    flow::delivered,
    process::{Engine, Serve, TOKEN, Town, bare, free_port, until},
    refused,
};
use std::{fs, time::Instant};
use tokio::net::TcpListener;

/// Every wrong setting is named with what is expected there, and its value is shown to nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_settings_are_named_with_what_was_expected() {
    let town = Town::new(Engine::Sqlite).await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let nobody = format!("postgres://daoyu:hunter2@{}/daoyu", free_port().await);
    let webhook = ("DAOYU_TELEGRAM_MODE", "webhook");
    let public = ("DAOYU_PUBLIC_URL", "https://bot.school.cn");
    let cases: Vec<(Vec<(&str, &str)>, &str)> = vec![
        (
            vec![("DAOYU_TELEGRAM_TOKEN", "")],
            "DAOYU_TELEGRAM_TOKEN is missing: expected the token that BotFather gave",
        ),
        (
            vec![("DAOYU_TELEGRAM_TOKEN", "hunter2")],
            "DAOYU_TELEGRAM_TOKEN: expected the token that BotFather gave",
        ),
        (
            vec![("DAOYU_TELEGRAM_API_URL", "api.telegram.org")],
            "DAOYU_TELEGRAM_API_URL: expected an address like",
        ),
        (
            vec![("DAOYU_TELEGRAM_API_URL", "http://api.telegram.org")],
            "DAOYU_TELEGRAM_API_URL: expected an address like",
        ),
        (vec![("DAOYU_TELEGRAM_MODE", "push")], "DAOYU_TELEGRAM_MODE: expected polling or webhook"),
        (vec![("DAOYU_TELEGRAM_PACE", "fast")], "DAOYU_TELEGRAM_PACE: expected on or off"),
        (vec![("DAOYU_LISTEN", "8080")], "DAOYU_LISTEN: expected an address and a port, like 127.0.0.1:8080"),
        (vec![("DAOYU_LISTEN", &taken)], "cannot be listened on: Address already in use"),
        (vec![("DAOYU_LISTEN", "203.0.113.7:80")], "DAOYU_LISTEN: 203.0.113.7:80 cannot be listened on"),
        (vec![("DAOYU_LOG", "daoyu=loud")], "DAOYU_LOG: expected a level or filter"),
        (vec![("DAOYU_LOG_FORMAT", "xml")], "DAOYU_LOG_FORMAT: expected text or json"),
        (
            vec![("DATABASE_URL", "mysql://daoyu:hunter2@db/daoyu")],
            "DATABASE_URL: expected sqlite:PATH or postgres://",
        ),
        (vec![("DATABASE_URL", "sqlite:")], "DATABASE_URL: expected sqlite:PATH or postgres://"),
        (
            vec![("DATABASE_URL", "sqlite:/proc/nowhere/daoyu.db")],
            "DATABASE_URL: the database cannot be opened",
        ),
        (vec![("DATABASE_URL", "sqlite:/dev/null/daoyu.db")], "DATABASE_URL: the database cannot be opened"),
        (vec![("DATABASE_URL", &nobody)], "DATABASE_URL: the database cannot be opened"),
        (
            vec![("DATABASE_URL", "postgres://daoyu:hunter2@127.0.0.1:port/daoyu")],
            "DATABASE_URL: the database cannot be opened",
        ),
        (
            vec![webhook, ("DAOYU_WEBHOOK_SECRET", "s")],
            "DAOYU_PUBLIC_URL is missing: expected the https:// address",
        ),
        (vec![webhook, public], "DAOYU_WEBHOOK_SECRET is missing: expected 1 to 256 characters"),
        (
            vec![webhook, public, ("DAOYU_WEBHOOK_SECRET", "hunter2 !")],
            "DAOYU_WEBHOOK_SECRET: expected 1 to 256 characters",
        ),
        (
            vec![webhook, ("DAOYU_PUBLIC_URL", "http://bot.school.cn")],
            "DAOYU_PUBLIC_URL: expected the https:// address",
        ),
        (vec![("DAOYU_TELEGRAM_MODE", "push"), ("DAOYU_LOG", "=")], "DAOYU_LOG: expected a level or filter"),
    ];
    let mut running = Vec::new();
    for (environment, expected) in cases {
        let mut command = town.settings();
        command.envs(environment.iter().copied());
        running.push((environment, expected, tokio::spawn(refused(command))));
    }
    for (environment, expected, process) in running {
        let (code, told) = process.await.unwrap();
        assert_eq!(code, Some(1), "{environment:?}\n{told}");
        assert!(told.contains(expected), "{environment:?}: {expected}\nis not in\n{told}");
        for secret in [TOKEN, "sandbox_sandbox", "hunter2"] {
            assert!(!told.contains(secret), "{environment:?} shows a secret:\n{told}");
        }
    }
    assert_eq!(delivered(&town.sandbox), 0);

    // The same in a file is named with its line.
    fs::write(town.folder.path().join("daoyu.toml"), "log = \"info\"\n[telegram]\nmode = \"push\"\n")
        .unwrap();
    let (code, told) = refused(town.settings()).await;
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("daoyu.toml:3: telegram.mode: expected polling or webhook"), "{told}");

    // Wrong use of the command line is something else.
    for arguments in
        [&["serve", "--port", "1"][..], &["serve", "--database", "oracle:x"], &["server"], &["serve", "now"]]
    {
        let mut command = bare(arguments);
        command.env("DAOYU_TELEGRAM_TOKEN", TOKEN).current_dir("/");
        assert_eq!(refused(command).await.0, Some(2), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_telegram_does_not_know_ends_the_process() {
    let town = Town::new(Engine::Sqlite).await;
    let mut command = town.settings();
    command.env("DAOYU_TELEGRAM_TOKEN", "7000000001:AAE-another_another_another_12345");
    let (code, told) = refused(command).await;
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("DAOYU_TELEGRAM_TOKEN: Telegram does not know this token. Expected"), "{told}");
    assert!(!told.contains("another_another"), "{told}");
}

/// A Telegram that is away is no reason to end: people are answered when it comes up, and the menus are set then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telegram_that_is_away_at_the_start_is_waited_for() {
    let town = Town::new(Engine::Sqlite).await;
    let away = free_port().await;
    let mut command = town.settings();
    command.env("DAOYU_TELEGRAM_API_URL", format!("http://{away}"));
    let mut serve = Serve::start(command);
    serve.is_up().await;
    println!("up after {:.2?} without a Telegram", serve.begun.elapsed());
    let told = serve.log.clone();
    until("it says that Telegram is away", &[&serve], || told.text().contains("cannot be reached")).await;

    let stranger = town.phone(1, "路人");
    stranger.user.says("您好");
    let begun = Instant::now();
    town.sandbox.listen(away).await.unwrap();
    stranger.sees("邀请链接", &serve).await;
    until("the menu is set", &[&serve], || !stranger.user.commands().is_empty()).await;
    println!("all is well {:.1?} after Telegram came up", begun.elapsed());
    assert_eq!(town.said_to(1).len(), 1);
    serve.stops().await;
}
