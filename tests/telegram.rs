//! The Telegram room against the local Telegram: every outcome of a call, and polling that confirms only what is kept.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail like the test itself")]

use daoyu::chat::Said;
use daoyu::sandbox::{Fault, FaultKind, Sandbox, Shown, User};
use daoyu::telegram::{Failure, Telegram, account, run};
use daoyu::work::channel::{
    Call, Channel, Delivery, Intake, Press, Refused, Rendered, RenderedButton, RenderedHow, Unfetched,
};
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;

const TOKEN: &str = "1:SANDBOX";

struct Room {
    sandbox: Sandbox,
    telegram: Arc<Telegram>,
    li: User,
}

impl Room {
    /// A bot that waits a second for its answers, and Li, who has opened the chat.
    async fn new() -> Room {
        let sandbox = Sandbox::new(TOKEN);
        let addr = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let li = sandbox.user(7, "李雷", "zh-hans");
        li.starts_silently();
        let telegram = Telegram::new(&format!("http://{addr}"), TOKEN).unwrap();
        Room { sandbox, telegram: Arc::new(telegram.with_patience(Duration::from_secs(1))), li }
    }

    fn call(&self, how: RenderedHow, html: &str) -> Call {
        self.call_to(7, how, html)
    }

    fn call_to(&self, chat: i64, how: RenderedHow, html: &str) -> Call {
        let button = RenderedButton { label: "好".into(), press: Press::Data("ok".into()) };
        let rendered = Rendered { how, html: html.into(), buttons: vec![vec![button]], silent: true };
        self.telegram.call(&account(chat), &rendered)
    }

    async fn says(&self, html: &str) -> Delivery {
        self.telegram.send(&self.call(RenderedHow::Say, html)).await
    }

    async fn edits(&self, message: i64, html: &str) -> Delivery {
        self.telegram.send(&self.call(RenderedHow::Edit(message), html)).await
    }

    async fn said(&self, html: &str) -> i64 {
        match self.says(html).await {
            Delivery::Sent(Some(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    fn heard(&self) -> Vec<String> {
        self.li.hears().into_iter().map(|shown: Shown| shown.text).collect()
    }
}

fn refused(delivery: Delivery) -> Refused {
    match delivery {
        Delivery::Refused(why, _) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_message_is_said_changed_and_pointed_at_its_place() {
    let room = Room::new().await;
    let message = room.said("<b>早</b> &lt;3").await;
    let shown = room.li.chat().pop().unwrap();
    assert_eq!((shown.text.as_str(), shown.silent, shown.buttons.len()), ("早 <3", true, 1));

    assert_eq!(room.edits(message, "午").await, Delivery::Sent(Some(message)));
    let place = room.call(RenderedHow::EditPlace, "晚");
    let aimed = room.telegram.aim(place.clone(), Some(message));
    assert_eq!(room.telegram.send(&aimed).await, Delivery::Sent(Some(message)));
    assert_eq!(room.li.chat().len(), 1);

    let anew = room.telegram.aim(place, None);
    assert!(matches!(room.telegram.send(&anew).await, Delivery::Sent(Some(new)) if new > message));
    assert_eq!(room.li.chat().iter().map(|shown| shown.text.as_str()).collect::<Vec<_>>(), ["晚", "晚"]);
}

#[tokio::test]
async fn a_document_and_a_menu_arrive() {
    let room = Room::new().await;
    let content: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let file = RenderedHow::Document("成长档案.pdf".into(), content.clone());
    assert!(matches!(room.telegram.send(&room.call(file, "<i>档案</i>")).await, Delivery::Sent(Some(_))));
    let shown = room.li.chat().pop().unwrap();
    let document = shown.document.unwrap();
    assert_eq!((shown.text.as_str(), document.name.as_str()), ("档案", "成长档案.pdf"));
    assert_eq!(room.sandbox.download(&document.id).unwrap(), content);
    assert_eq!(refused(room.edits(shown.message_id, "x").await), Refused::Gone);

    let menu = RenderedHow::Menu(vec![("help".into(), "帮助和说明".into())]);
    assert_eq!(room.telegram.send(&room.call(menu, "")).await, Delivery::Sent(None));
    assert_eq!(room.li.commands(), [("help".into(), "帮助和说明".into())]);
}

#[tokio::test]
async fn each_refusal_has_its_meaning() {
    let room = Room::new().await;
    let message = room.said("早").await;
    assert_eq!(refused(room.edits(message, "早").await), Refused::Unchanged);
    assert_eq!(refused(room.edits(message + 99, "x").await), Refused::Gone);

    let broken = room.call(RenderedHow::Say, "<b>1 & 2");
    assert_eq!(refused(room.telegram.send(&broken).await), Refused::Markup);
    assert!(matches!(room.telegram.send(&room.telegram.plain(&broken)).await, Delivery::Sent(_)));
    assert_eq!(room.li.chat().pop().unwrap().text, "1 & 2");

    assert_eq!(refused(room.says(&"好".repeat(4097)).await), Refused::Other);
    let stranger = room.call_to(404, RenderedHow::Say, "x");
    assert_eq!(refused(room.telegram.send(&stranger).await), Refused::Unreachable);
    assert_eq!(refused(room.telegram.answer_press("12345", "").await), Refused::StalePress);

    room.li.blocks();
    assert_eq!(refused(room.says("x").await), Refused::Unreachable);
    room.li.unblocks();
    room.li.deletes_account();
    assert_eq!(refused(room.says("x").await), Refused::Unreachable);
}

#[tokio::test]
async fn a_group_that_moved_says_where_to() {
    let room = Room::new().await;
    room.li.says_in_group(-5, "大家好");
    room.sandbox.group_becomes_supergroup(-5, -1005);
    let call = room.call_to(-5, RenderedHow::Say, "x");
    assert_eq!(refused(room.telegram.send(&call).await), Refused::Moved(account(-1005)));
}

#[tokio::test]
async fn faults_on_the_way_are_told_apart() {
    let room = Room::new().await;
    let message = room.said("早").await;
    let fault = |kind| room.sandbox.fault(Fault::new(kind).once());
    drop(room.heard());

    fault(FaultKind::TooManyRequests { retry_after: 9 });
    assert_eq!(room.says("1").await, Delivery::Wait(9));

    // Whether the call had its effect before the connection broke cannot be told from here.
    for kind in [FaultKind::ResetBefore, FaultKind::ResetAfter, FaultKind::HangAfter(Duration::from_secs(4))]
    {
        fault(kind);
        assert!(matches!(room.says("2").await, Delivery::Unknown(_)));
    }
    assert_eq!(room.heard(), ["2", "2"]);

    fault(FaultKind::Hang(Duration::from_secs(4)));
    let asked = Instant::now();
    assert!(matches!(room.says("3").await, Delivery::Unknown(_)));
    assert!(asked.elapsed() < Duration::from_secs(3));

    for kind in [FaultKind::BadGateway, FaultKind::ServerError(500)] {
        fault(kind.clone());
        assert!(matches!(room.says("4").await, Delivery::Unknown(_)));
        fault(kind);
        assert!(matches!(room.edits(message, "4").await, Delivery::NotSent(_)));
    }
    assert_eq!(room.heard(), Vec::<String>::new());
    assert!(matches!(room.says("5").await, Delivery::Sent(_)));
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent_and_the_token_stays_secret() {
    // Taken and given back: nobody listens there.
    let addr = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let away = Telegram::new(&format!("http://{addr}"), TOKEN).unwrap();
    let failure = away.get_me().await.unwrap_err();
    assert!(matches!(failure, Failure::NotSent(_)) && !failure.to_string().contains("SANDBOX"), "{failure}");

    let room = Room::new().await;
    let addr = room.sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let stranger = Telegram::new(&format!("http://{addr}"), "1:WRONG").unwrap();
    let delivery = stranger.send(&room.call(RenderedHow::Say, "x")).await;
    let Delivery::NotSent(why) = delivery else { panic!("no verdict on the message: {delivery:?}") };
    assert!(why.contains("token") && !why.contains("WRONG"), "{why}");
}

#[tokio::test]
async fn after_a_reset_the_next_message_takes_a_new_connection() {
    let room = Room::new().await;
    for _ in 0..20 {
        room.sandbox.fault(Fault::new(FaultKind::ResetAfter).once());
        drop(room.says("x").await);
        assert!(matches!(room.says("y").await, Delivery::Sent(_)));
    }
}

#[tokio::test]
async fn setting_up_says_who_we_are_and_shows_the_menus() {
    let room = Room::new().await;
    let me = room.telegram.get_me().await.unwrap();
    assert_eq!((me.id, me.username.as_str()), (1, "daoyu_sandbox_bot"));
    let menu = |words: &str| vec![("help".to_owned(), words.to_owned())];
    room.telegram.set_menus(&[("", menu("帮助和说明")), ("en", menu("What you can do"))]).await.unwrap();
    assert_eq!(room.li.commands(), menu("帮助和说明"));
    assert_eq!(room.sandbox.user(8, "Mary", "en").commands(), menu("What you can do"));

    room.telegram.set_webhook("http://127.0.0.1:1/hook", "s3cret").await.unwrap();
    assert_eq!(room.telegram.webhook_info().await.unwrap().url, "http://127.0.0.1:1/hook");
    assert!(matches!(room.telegram.poll_once(None, 0).await, Err(Failure::Refused { code: 409, .. })));
    room.telegram.delete_webhook().await.unwrap();
    assert_eq!(room.telegram.webhook_info().await.unwrap().url, "");
}

#[tokio::test]
async fn what_people_do_is_heard_from_what_telegram_sends() {
    let room = Room::new().await;
    room.telegram.get_me().await.unwrap();
    room.said("早").await;
    room.li.says("/start abc");
    let text = room.li.says("你好");
    room.li.edits(text, "您好");
    room.li.presses("好").unwrap();
    room.li.sends_sticker();
    room.li.sends_document("a.pdf", vec![1]);
    room.li.says_in_group(-5, "/help@daoyu_sandbox_bot");
    room.li.blocks();

    let raws = room.telegram.poll_once(None, 0).await.unwrap();
    let heard: Vec<_> = raws.iter().map(|raw| room.telegram.hear(raw).said.unwrap()).collect();
    let said: Vec<_> = heard.iter().map(|incoming| &incoming.said).collect();
    assert_eq!(*said[0], Said::Command { name: "start".into(), rest: "abc".into() });
    assert_eq!((said[1], said[2]), (&Said::Text("你好".into()), &Said::Edited("您好".into())));
    let Said::Press { data, query, message } = said[3] else { panic!("{:?}", said[3]) };
    assert_eq!((data.as_str(), *message), ("ok", 1));
    assert_eq!(said[4], &Said::Unexpected("sticker"));
    let Said::Document(file) = said[5] else { panic!("{:?}", said[5]) };
    assert_eq!((file.name.as_str(), file.size), ("a.pdf", 1));
    assert!(said.contains(&&Said::Group { chat: -5, to_us: true }));
    assert_eq!(**said.last().unwrap(), Said::Blocked);
    assert_eq!(heard[1].account, account(7));
    assert_eq!(heard[1].language, "zh-hans");

    assert_eq!(room.telegram.answer_press(query, "已记下").await, Delivery::Sent(None));
    assert_eq!(room.li.toasts()[0].text, "已记下");
}

/// Keeps updates, after refusing so many batches.
struct Shelf {
    kept: Mutex<Vec<String>>,
    refuses: AtomicU32,
    busy: AtomicBool,
}

impl Shelf {
    fn refusing(batches: u32) -> Arc<Shelf> {
        Arc::new(Shelf { kept: Mutex::default(), refuses: batches.into(), busy: false.into() })
    }
}

impl Intake for Shelf {
    fn take(&self, raws: Vec<String>) -> BoxFuture<'_, anyhow::Result<()>> {
        Box::pin(async move {
            let refuses = self.refuses.load(Ordering::SeqCst);
            if refuses > 0 {
                self.refuses.store(refuses - 1, Ordering::SeqCst);
                anyhow::bail!("the disk is full");
            }
            self.busy.store(true, Ordering::SeqCst);
            // The loop may be told to stop just now: the batch is kept all the same.
            tokio::time::sleep(Duration::from_millis(50)).await;
            self.kept.lock().unwrap().extend(raws);
            Ok(())
        })
    }
}

async fn until(what: impl Fn() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it never came");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn polling_confirms_what_is_kept_and_nothing_else() {
    let room = Room::new().await;
    room.telegram.set_webhook("http://127.0.0.1:1/hook", "s3cret").await.unwrap();
    let shelf = Shelf::refusing(1);
    let (stop, stopped) = watch::channel(false);
    let polling = tokio::spawn(run(room.telegram.clone(), shelf.clone(), stopped));
    for number in 0..250 {
        room.li.says(&number.to_string());
    }
    // The first batch is refused, the webhook stands in the way, and in the end each is there once, in order.
    until(|| room.sandbox.pending_updates() == 0).await;
    let texts: Vec<_> =
        shelf.kept.lock().unwrap().iter().map(|raw| room.telegram.hear(raw).said.unwrap().said).collect();
    assert_eq!(texts, (0..250).map(|number| Said::Text(number.to_string())).collect::<Vec<_>>());

    // An idle question is broken off at once.
    let asked = Instant::now();
    stop.send(true).unwrap();
    polling.await.unwrap();
    assert!(asked.elapsed() < Duration::from_millis(500));
}

#[tokio::test]
async fn stopping_waits_for_the_batch_that_is_being_kept() {
    let room = Room::new().await;
    room.li.says("最后一句");
    let shelf = Shelf::refusing(0);
    let (stop, stopped) = watch::channel(false);
    let polling = tokio::spawn(run(room.telegram.clone(), shelf.clone(), stopped));
    until(|| shelf.busy.load(Ordering::SeqCst)).await;
    stop.send(true).unwrap();
    polling.await.unwrap();
    let kept = shelf.kept.lock().unwrap().len();
    // Committed and perhaps not yet confirmed: it would come again, and the inbox knows it by its number.
    assert_eq!(kept, 1);
}

#[tokio::test]
async fn a_file_is_fetched_within_its_bounds() {
    let room = Room::new().await;
    let sent = |name: &str, size: usize| {
        room.li.sends_document(name, vec![7; size]);
        room.li.chat().last().unwrap().document.clone().unwrap().id
    };
    let small = sent("a.csv", 1000);
    assert_eq!(room.telegram.fetch(&small, 1000).await, Ok(vec![7; 1000]));
    assert_eq!(room.telegram.fetch(&small, 999).await, Err(Unfetched::TooLarge));
    // Telegram itself gives a bot no more than 20 MB.
    let large = sent("b.csv", (20 << 20) + 1);
    assert_eq!(room.telegram.fetch(&large, 64 << 20).await, Err(Unfetched::TooLarge));
    let failed =
        |it: Result<Vec<u8>, Unfetched>| matches!(it, Err(Unfetched::Failed(why)) if !why.contains(TOKEN));
    assert!(failed(room.telegram.fetch("nobody's", 1000).await));
    room.sandbox.fault(Fault::new(FaultKind::BadGateway).once());
    assert!(failed(room.telegram.fetch(&small, 1000).await));
}
