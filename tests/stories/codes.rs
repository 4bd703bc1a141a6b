//! A code under attack: a thousand hands at one slip, and ten thousand guesses.

use crate::support::{School, story};
use daoyu::work::House;
use futures_util::TryStreamExt;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Numbers of updates and of accounts that no phone of a story has.
static NEXT: AtomicI64 = AtomicI64::new(5_000_000);

/// What Telegram hands out when this account follows a link.
fn follows_a_link(account: i64, code: &str) -> String {
    let update = NEXT.fetch_add(1, Ordering::Relaxed);
    let chat = serde_json::json!({ "id": account, "type": "private", "first_name": "Somebody" });
    let from = serde_json::json!({ "id": account, "is_bot": false, "first_name": "Somebody", "language_code": "zh-hans" });
    let text = format!("/start {code}");
    let entities = serde_json::json!([{ "type": "bot_command", "offset": 0, "length": 6 }]);
    let message = serde_json::json!({ "message_id": 1, "date": 0, "chat": chat, "from": from, "text": text, "entities": entities });
    serde_json::json!({ "update_id": update, "message": message }).to_string()
}

/// Each process takes one batch after the other, all processes at the same time.
async fn come_to(houses: &[Arc<House>], updates: Vec<String>, batch: usize) {
    let batches: Vec<&[String]> = updates.chunks(batch).collect();
    let works = (0..houses.len()).map(|at| {
        let mine: Vec<Vec<String>> =
            batches.iter().skip(at).step_by(houses.len()).map(|batch| batch.to_vec()).collect();
        let house = houses[at].clone();
        tokio::spawn(async move {
            for batch in mine {
                house.take(batch).await.expect("answers");
            }
        })
    });
    for done in futures_util::future::join_all(works).await {
        done.expect("a process that works");
    }
}

/// How many answers that wait to be sent contain each of these words.
async fn answers<const N: usize>(school: &School, words: [&str; N]) -> [usize; N] {
    let mut tx = school.reads().await;
    let columns = ["body".to_owned()];
    let rows: Vec<_> = tx.dump("outbox", &columns).expect("answers").try_collect().await.expect("answers");
    let said: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
    words.map(|words| said.iter().filter(|it| it.contains(words)).count())
}

async fn bound(school: &School, student: &crate::support::Person) -> usize {
    let mut tx = school.reads().await;
    tx.addresses(std::slice::from_ref(&student.id)).await.expect("addresses").len()
}

async fn wrong_codes(school: &School) -> u64 {
    school.reads().await.count("wrong_code").await.expect("a count")
}

story! {
    async fn of_a_thousand_accounts_with_one_code_one_gets_in(school) {
        let li = school.student("李雷").never_joins().await;
        let code = school.invites(&li).await;
        // Four processes at one code: whoever waits for long for another's commit is put off for a moment, and answered.
        school.may_log_faults();
        let houses = school.processes(4).await;
        let crowd = 7_000_000..7_001_000;
        for account in crowd.clone() {
            school.telegram().user(account, "路人", "zh-hans");
        }
        come_to(&houses, crowd.map(|account| follows_a_link(account, &code)).collect(), 25).await;
        let [welcome, used] = answers(&school, ["欢迎来到", "已经用过了"]).await;
        let mut tx = school.reads().await;
        let (open, aside) = tx.inbox_depth().await.expect("the inbox");
        assert_eq!((welcome, used + usize::try_from(open).expect("a count"), aside), (1, 999, 0));
        drop(tx);
        school.goes_on_for(std::time::Duration::from_secs(60)).await;
        assert_eq!(bound(&school, &li).await, 1);
        assert_eq!(school.reads().await.count("binding").await.expect("a count"), 1);
    }

    async fn ten_thousand_guesses_let_nobody_in_and_fill_nothing(school) {
        let li = school.student("李雷").never_joins().await;
        let code = school.invites(&li).await;
        let houses = school.processes(2).await;
        let (accounts, each) = (250, 40);
        let guess = |n: i64| follows_a_link(8_000_000 + n % accounts, &daoyu::store::fresh_code());
        let updates: Vec<String> = (0..accounts * each).map(guess).collect();
        come_to(&houses, updates, 500).await;
        let [welcome, wrong, refused] = answers(&school, ["欢迎", "邀请码不对", "一小时后再试"]).await;
        // Five each are looked at, then none.
        assert_eq!((welcome, wrong, refused), (0, 1_250, 8_750));
        assert_eq!(wrong_codes(&school).await, 1_250, "what is refused leaves no row");
        assert_eq!(bound(&school, &li).await, 0);

        // The true code does not help who has guessed too often, and it still opens to its owner.
        come_to(&houses, vec![follows_a_link(8_000_000, &code)], 1).await;
        assert_eq!(answers(&school, ["一小时后再试"]).await, [8_751]);
        li.says(&format!("/start {code}")).await;
        assert!(li.hears().contains("欢迎"));

        school.goes_on_for(std::time::Duration::from_secs(25 * 3600)).await;
        school.tidies().await;
        assert_eq!(wrong_codes(&school).await, 0);
        school.goes_on_for(std::time::Duration::from_secs(31 * 24 * 3600)).await;
        school.tidies().await;
        assert_eq!(school.reads().await.count("account").await.expect("a count"), 1, "strangers are forgotten");
    }
}
