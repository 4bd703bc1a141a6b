//! Processes that are stopped or killed: nothing is lost, nothing is said twice.

use crate::{
    CHECKIN,
    flow::{Flow, delivered},
    process::{Dice, Engine, Town, until},
};
use daoyu::sandbox::{Fault, FaultKind};
use std::time::Duration;
use tokio::{io::AsyncWriteExt, net::TcpStream};

on_both! {
    a_polite_stop_loses_nothing_and_repeats_nothing
    a_form_goes_on_after_any_kill
}

/// Stops under load, by either signal. Every message is answered by exactly one, whenever it was written.
async fn a_polite_stop_loses_nothing_and_repeats_nothing(engine: Engine) {
    let town = Town::new(engine).await;
    let mut dice = Dice::new("polite stops");
    let flow = Flow::begins(&town);
    let mut longest = Duration::ZERO;
    for signal in ["TERM", "INT", "TERM", "INT"] {
        let mut serve = town.serve().await;
        let before = delivered(&town.sandbox);
        until("answers flow", &[&serve], || delivered(&town.sandbox) > before + 40).await;
        dice.moment(50).await;
        serve.signal(signal);
        longest = longest.max(serve.has_stopped().await);
        // The process is gone; its last line is about to be read.
        until("it says that it has stopped", &[&serve], || serve.told().trim_end().ends_with("stopped"))
            .await;
        let told = serve.told();
        assert!(!told.contains("ERROR"), "{told}");
        // What it held, it has sent or given back: nobody waits for a hold to end.
        assert_eq!(town.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending'").await, 0, "{told}");
        let waiting = town.sandbox.pending_updates();
        until("people go on writing", &[], || town.sandbox.pending_updates() > waiting + 20).await;
    }
    let serve = town.serve().await;
    let sent = flow.ends().await;
    town.settles(&serve).await;
    // Once more, so that anything that was kept for a next start would show.
    serve.stops().await;
    let serve = town.serve().await;
    town.settles(&serve).await;
    let total: usize = sent.iter().map(|(_, sent)| sent).sum();
    println!("{engine:?}: {total} messages over five polite stops, the longest took {longest:.2?}");
    for (chat, sent) in sent {
        assert_eq!(town.said_to(chat).len(), sent, "chat {chat}\n{}", serve.told());
    }
    serve.stops().await;
}

/// `kill -9` after each act of a check-in, at a random moment, sometimes again while it starts.
async fn a_form_goes_on_after_any_kill(engine: Engine) {
    let town = Town::new(engine).await;
    let (_, codes) = town.founds_a_school();
    let mut dice = Dice::new("kills");
    let mut serve = town.serve().await;
    let (mut kills, mut repeated) = (0, 0);
    for (id, name) in [(7, "李雷"), (8, "韩梅梅")] {
        let pupil = town.phone(id, name);
        pupil.joins(&codes, &serve).await;
        town.settles(&serve).await;
        for (act, answer) in CHECKIN {
            let before = town.said_to(id).len();
            if act.starts_with('/') {
                pupil.user.says(act);
            } else {
                pupil.presses(act);
            }
            // Most answers are on the screen after ten.
            dice.moment(16).await;
            serve.dies();
            let mut deaths = 1;
            while dice.below(3) == 0 {
                let starting = town.starts(town.settings());
                dice.moment(300).await;
                starting.dies();
                deaths += 1;
            }
            town.waits_for_the_dead().await;
            serve = town.serve().await;
            pupil.sees(answer, &serve).await;
            town.settles(&serve).await;
            // The first act is answered by a message, each other by a change of it.
            let expected = usize::from(act.starts_with('/'));
            let said = town.said_to(id).len() - before;
            assert!(
                said >= expected && said <= expected + deaths,
                "{said} messages after {deaths} kills\n{}",
                serve.told()
            );
            repeated += said - expected;
            kills += deaths;
        }
    }
    println!("{engine:?}: {kills} kills, {repeated} messages repeated");
    assert_eq!(town.count("SELECT COUNT(*) FROM record WHERE kind = 'checkin'").await, 2);
    assert_eq!(town.count("SELECT COUNT(*) FROM inbox WHERE state <> 'answered'").await, 0);
    serve.stops().await;
}

/// Neither a Telegram that hangs nor a caller that never ends its call holds up a stop, and what was under way is
/// not lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_who_hangs_holds_up_a_stop() {
    let town = Town::new(Engine::Sqlite).await;
    let mut serve = town.serve().await;
    let mut slow = TcpStream::connect(serve.address.unwrap()).await.unwrap();
    slow.write_all(b"GET /healthz HTT").await.unwrap();
    assert_eq!(serve.get("/healthz").await.0, 200);
    serve.signal("TERM");
    println!("a stop beside a caller who hangs took {:.1?}", serve.has_stopped().await);

    let mut serve = town.serve().await;
    let (one, two) = (town.phone(1, "路人甲"), town.phone(2, "路人乙"));
    one.says("您好", "邀请链接", &serve).await;
    town.settles(&serve).await;
    town.sandbox.fault(Fault::new(FaultKind::Hang(Duration::from_secs(60))).on("sendMessage").to(1));
    one.user.says("您好");
    two.user.says("您好");
    let open = || town.said_to(2).len() == 1;
    until("the other is answered", &[&serve], open).await;
    until("both were taken", &[&serve], || town.sandbox.pending_updates() == 0).await;
    serve.signal("TERM");
    println!("a stop while Telegram hangs took {:.1?}", serve.has_stopped().await);
    town.sandbox.clear_faults();
    let serve = town.serve().await;
    until("the answer comes with the next start", &[&serve], || town.said_to(1).len() == 2).await;
    town.settles(&serve).await;
    assert_eq!((town.said_to(1).len(), town.said_to(2).len()), (2, 1));
    serve.stops().await;
}
