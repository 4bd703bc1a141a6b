//! Several processes on one database.

use crate::{
    process::{Engine, Phone, Town, until, until_within},
    refused,
};
use std::time::{Duration, Instant};

/// The place of a process that is gone is taken within half a minute, and nothing is answered twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_processes_the_second_takes_over() {
    let town = Town::new(Engine::Postgres).await;
    let first = town.serve().await;
    let people: Vec<Phone> = (1..=5).map(|it| town.phone(it, &format!("路人{it}"))).collect();
    let all_say = || people.iter().map(|it| it.user.says("您好")).max();
    let all_heard = |count: usize| (1..=5).all(|id| town.said_to(id).len() >= count);
    all_say();
    until("the first answers", &[&first], || all_heard(1)).await;
    let second = town.serve().await;
    all_say();
    until("one of them answers", &[&first, &second], || all_heard(2)).await;
    town.settles(&first).await;
    // Two readers would be told so by Telegram, and one of them would have said it.
    assert_eq!(first.complaints() + &second.complaints(), "");
    let took = [
        first.metric("daoyu_updates_received_total").await,
        second.metric("daoyu_updates_received_total").await,
    ];
    assert_eq!(took, [10, 0], "one polls, the other waits for the lease");

    first.dies();
    let dead = Instant::now();
    all_say();
    until_within(Duration::from_secs(30), "the second takes over", &[&second], || all_heard(3)).await;
    println!("the second process took over after {:.1?}", dead.elapsed());

    // A polite end hands over at once.
    let third = town.serve().await;
    second.stops().await;
    let stopped = Instant::now();
    all_say();
    until_within(Duration::from_secs(7), "the third takes over", &[&third], || all_heard(4)).await;
    println!("after a polite stop the next took over after {:.1?}", stopped.elapsed());
    town.settles(&third).await;
    for id in 1..=5 {
        assert_eq!(town.said_to(id).len(), 4, "chat {id}\n{}", third.told());
    }
    third.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_on_one_sqlite_file_is_refused() {
    let town = Town::new(Engine::Sqlite).await;
    let serve = town.serve().await;
    let (code, told) = refused(town.settings()).await;
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("Another daoyu serves this SQLite database. Stop it first"), "{told}");
    // The first has not noticed, and the place is free once it is gone, however it went.
    town.phone(1, "路人").says("您好", "邀请链接", &serve).await;
    serve.dies();
    let serve = town.serve().await;
    town.phone(1, "路人").says("您好", "邀请链接", &serve).await;
    serve.stops().await;
}
