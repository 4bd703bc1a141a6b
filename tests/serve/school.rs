//! From an empty database to what a school does with it.

use crate::{
    CHECKIN,
    process::{Engine, Town, free_port, http, town::SECRET, until},
};
use serde_json::Value;

on_both! {
    a_school_begins_with_the_commands_of_production
    a_webhook_brings_what_people_say
}

/// From an empty database to a check-in and a talk, by the very commands of the handbook.
async fn a_school_begins_with_the_commands_of_production(engine: Engine) {
    let town = Town::new(engine).await;
    let (school, codes) = town.founds_a_school();
    assert_eq!(codes.len(), 5, "{codes:?}");
    let serve = town.serve().await;
    let up = serve.begun.elapsed();
    println!("{engine:?}: ready after {up:.2?} with {:.1} MB resident (debug build)", serve.resident());

    let (li, wang) = (town.phone(7, "李雷"), town.phone(8, "王芳"));
    li.joins(&codes, &serve).await;
    wang.joins(&codes, &serve).await;
    // A code opens one account.
    town.phone(9, "路人").says(&format!("/start {}", codes["李雷"]), "已经用过了", &serve).await;
    town.phone(10, "路人").says("您好", "邀请链接", &serve).await;
    let state = |name: &str| {
        let rows = town.json(&["invite", "list", "--school", &school, "--no-codes"]);
        rows.iter().find(|it| it["name"] == name).unwrap()["state"].clone()
    };
    assert_eq!((state("李雷"), state("韩梅梅")), ("used".into(), "open".into()));

    li.says(CHECKIN[0].0, CHECKIN[0].1, &serve).await;
    for (tap, answer) in &CHECKIN[1..] {
        li.taps(tap, answer, &serve).await;
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM record WHERE kind = 'checkin'").await, 1);

    let later = chrono::DateTime::from_timestamp(days_from_now(40), 0).unwrap().to_rfc3339();
    let owed = |name: &str| {
        let duties = town.json(&["duty", "list", "--school", &school, "--at", &later]);
        let mine = |it: &&Value| it["rule"] == "talk" && it["student"] == name;
        duties.iter().find(mine).unwrap_or_else(|| panic!("no talk with {name} in {duties:?}")).clone()
    };
    let before = owed("李雷");
    assert_eq!(
        (&before["mentor"], &before["owed_by"], &before["last"]),
        (&"王芳".into(), &"mentor".into(), &Value::Null)
    );
    wang.says("/talk", "和哪位学生谈的", &serve).await;
    wang.taps("李雷", "谈了什么", &serve).await;
    wang.taps("心理", "[✅ 心理]", &serve).await;
    wang.taps("完成", "已记好", &serve).await;
    assert!(owed("李雷")["last"].is_string(), "{}", owed("李雷"));
    assert_eq!(owed("韩梅梅")["last"], Value::Null);

    assert_eq!(serve.get("/healthz").await, (200, "ok".to_owned()));
    town.settles(&serve).await;
    // Two people joined, a used code, a stranger, five and four steps.
    serve.counts("daoyu_updates_received_total", 13).await;
    serve.counts("daoyu_updates_answered_total", 13).await;
    assert_eq!(serve.metric("daoyu_updates_failed_total").await, 0);
    serve.counts("daoyu_answer_seconds_count", 13).await;
    assert!(serve.metric("daoyu_messages_sent_total").await >= 13);
    assert!(serve.get("/metrics").await.1.contains("# TYPE daoyu_answer_seconds histogram\n"));
    assert_eq!(serve.get("/telegram/7000000001").await.0, 404, "there is no webhook");
    let told = serve.told();
    assert_eq!(serve.complaints(), "");
    for name in ["李雷", "王芳", "sandbox_sandbox"] {
        assert!(!told.contains(name), "the log is not about people, and tells no token\n{told}");
    }
    serve.stops().await;
}

fn days_from_now(days: i64) -> i64 {
    daoyu::clock::Clock::System.now().0 / 1000 + days * 24 * 3600
}

/// The same by pushes: proved by a secret, in the order of each chat.
async fn a_webhook_brings_what_people_say(engine: Engine) {
    let town = Town::new(engine).await;
    let (_, codes) = town.founds_a_school();
    let address = free_port().await;
    let serve = town.up(town.pushed_to(address)).await;

    let li = town.phone(7, "李雷");
    li.joins(&codes, &serve).await;
    li.says(CHECKIN[0].0, CHECKIN[0].1, &serve).await;
    for (tap, answer) in &CHECKIN[1..] {
        li.taps(tap, answer, &serve).await;
    }

    // Ten at once, by three people: each is answered in the order in which it was asked.
    let asked = [
        "/cancel",
        "/nonsense",
        "您好",
        "/help",
        "您好",
        "/nonsense",
        "/cancel",
        "您好",
        "/help",
        "/nonsense",
    ];
    let answers = ["没有正在填的内容", "没有这个命令", "我听懂按钮", "可以这样用"];
    let han = town.phone(8, "韩梅梅");
    let wang = town.phone(9, "王芳");
    han.joins(&codes, &serve).await;
    wang.joins(&codes, &serve).await;
    town.settles(&serve).await;
    let people = [&han, &wang];
    let before = people.map(|it| town.said_to(it.user.id()).len());
    for words in asked {
        for it in people {
            it.user.says(words);
        }
    }
    for (it, before) in people.into_iter().zip(before) {
        let count = || town.said_to(it.user.id()).len() - before;
        until("ten answers are there", &[&serve], || count() >= asked.len()).await;
        let kind = |text: &String| answers.iter().position(|it| text.contains(it));
        let got: Vec<_> = town.said_to(it.user.id())[before..].iter().map(kind).collect();
        let expected = ["/cancel", "/nonsense", "您好", "/help"];
        let expected: Vec<_> = asked.iter().map(|it| expected.iter().position(|known| known == it)).collect();
        assert_eq!(got, expected, "{}", it.user.first_name());
    }

    let update = r#"{"update_id":1,"message":{"message_id":1,"date":0,"chat":{"id":7,"type":"private"},"from":{"id":7,"is_bot":false,"first_name":"x"},"text":"/help"}}"#;
    let received = serve.metric("daoyu_updates_received_total").await;
    for secret in ["", "wrong", &SECRET[1..], &SECRET[..8], "right-1_AA"] {
        assert_eq!(http(address, "POST", "/telegram/7000000001", secret, update).await.0, 401, "`{secret}`");
    }
    assert_eq!(serve.metric("daoyu_updates_received_total").await, received, "a stranger costs nothing");

    // What cannot be taken is pushed again: nobody is there for a while.
    let before = town.said_to(8).len();
    serve.stops().await;
    for _ in 0..3 {
        han.user.says("您好");
    }
    let serve = town.up(town.pushed_to(address)).await;
    until("what was said meanwhile is answered", &[&serve], || town.said_to(8).len() >= before + 3).await;
    town.settles(&serve).await;
    assert_eq!(town.said_to(8).len(), before + 3);
    serve.stops().await;
}
