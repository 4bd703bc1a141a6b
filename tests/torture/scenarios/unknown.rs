//! Nobody knows what became of a send: the sandbox takes it and drops the answer. An alert arrives at least once, a notice
//! once or twice, a reply at most once.

use crate::{
    case::Case,
    people::{ASKED, Founding, name, post, students},
    process::{Town, until_within},
};
use daoyu::sandbox::{Fault, FaultKind};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// The pause before the second copy of a notice, and the pace of notices, leave room for this.
const SETTLED: Duration = Duration::from_secs(120);

pub async fn answers_dropped(case: Case) {
    let town = case.town().await;
    // In the short run more of fewer.
    let (each, share) = case.pick((100, 0.2), (4000, 0.05));
    Founding::of(1, each).found(&town).await;
    let serve = town.serve().await;
    let seed = case.seed_of("dropped answers");
    town.sandbox.fault(Fault::new(FaultKind::ResetAfter).on("sendMessage").sometimes(share, seed));

    let people: Vec<i64> = students(each).collect();
    let say = |class: &str| people.iter().map(|chat| (*chat, format!("{class} {chat}"))).collect::<Vec<_>>();
    for class in ["alert", "notice"] {
        post(&town, class, &say(class)).await;
    }
    for chat in &people {
        town.sandbox.user(*chat, &name(*chat), "zh-hans").says(ASKED[0].0);
    }
    case.stage("waiting for second copies");
    settles(&case, &town, each).await;

    let mut copies: HashMap<(i64, &str), usize> = HashMap::new();
    for entry in town.sandbox.ledger().iter().filter(|it| it.refused.is_none() && it.method == "sendMessage")
    {
        let class = ["alert", "notice", ASKED[0].1].into_iter().find(|class| entry.text.starts_with(class));
        *copies.entry((entry.chat, class.unwrap_or("something else"))).or_default() += 1;
    }
    for (class, allowed) in [("alert", 1..=usize::MAX), ("notice", 1..=2), (ASKED[0].1, 0..=1)] {
        let count = |chat: &i64| copies.get(&(*chat, class)).copied().unwrap_or_default();
        let of = |wanted: usize| people.iter().filter(|chat| count(chat) == wanted).count();
        let more = people.iter().filter(|chat| count(chat) > 2).count();
        let class = if class == ASKED[0].1 { "reply" } else { class };
        case.measured(format!(
            "{class}: {} never, {} once, {} twice, {more} more often",
            of(0),
            of(1),
            of(2)
        ));
        let wrong: Vec<_> = people.iter().filter(|chat| !allowed.contains(&count(chat))).collect();
        case.must(wrong.is_empty(), || format!("{class}: wrong number of copies in the chats {wrong:?}"));
    }
    let unknown = serve.metric("daoyu_messages_unknown_total").await;
    case.measured(format!("{unknown} answers dropped"));
    case.must(unknown > 0, || "no answer was dropped: nothing was shown".to_owned());
    serve.stops().await;
}

/// All classes have arrived and nothing waits any more.
async fn settles(case: &Case, town: &Town, each: i64) {
    let begun = Instant::now();
    until_within(SETTLED * case.pick(1, 10), "all is taken", &[], || town.sandbox.pending_updates() == 0)
        .await;
    loop {
        let left = town.count("SELECT COUNT(*) FROM outbox").await;
        if left == 0 {
            return;
        }
        case.stage(format!("{left} of {} messages left", 3 * each));
        let limit = SETTLED * case.pick(1, 10);
        assert!(begun.elapsed() < limit, "{left} messages are never settled");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
