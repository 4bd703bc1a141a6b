//! Processes call each other: once the transaction is committed, and again after the line was broken.

use crate::database::postgres;
use daoyu::{
    school::{AccountId, At},
    store::{Bell, Class, OutRow, Store},
};
use sqlx::{AnyConnection, Connection, Executor, Row};
use std::{collections::BTreeMap, time::Duration};

const NOW: At = At(1_000_000);

async fn rings(bell: &mut Bell) -> Option<Vec<String>> {
    tokio::time::timeout(Duration::from_secs(10), bell.rings()).await.expect("nobody calls").expect("a line")
}

async fn calls(store: &Store, to: &str, ids: &[&str]) {
    let mut tx = store.write().await.unwrap();
    tx.call(&BTreeMap::from([(to, ids.to_vec())])).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_hears_what_is_meant_for_it_and_hears_again_after_its_line_was_broken() {
    let database = postgres::Database::fresh().await;
    let store = Store::open(&database.url()).await.unwrap();
    let mut bell = store.bell("one").await.unwrap();
    let mut tx = store.write().await.unwrap();
    tx.call(&BTreeMap::from([("one", vec!["never"])])).await.unwrap();
    tx.roll_back().await.unwrap();
    calls(&store, "two", &["another's"]).await;
    calls(&store, "one", &["a", "b"]).await;
    assert_eq!(rings(&mut bell).await, Some(vec!["a".to_owned(), "b".to_owned()]));
    bell.is_heard().await.unwrap();

    let ids: Vec<String> = (0..450).map(|it| format!("{it:032x}")).collect();
    calls(&store, "one", &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut heard = Vec::new();
    while heard.len() < ids.len() {
        heard.extend(rings(&mut bell).await.unwrap());
    }
    assert_eq!(heard, ids, "more than one call takes is several calls");

    sqlx::any::install_default_drivers();
    let mut outside = AnyConnection::connect(&database.url()).await.unwrap();
    let end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity
               WHERE datname = current_database() AND query LIKE 'LISTEN%' OR query = 'SELECT 1'";
    let ended: i64 = outside.fetch_one(end).await.unwrap().get(0);
    assert_eq!(ended, 1);
    // Either it says that the line was broken, or it fails: then a new bell is hung up.
    match tokio::time::timeout(Duration::from_secs(10), bell.rings()).await.expect("a word about the line") {
        Ok(missed) => assert_eq!(missed, None),
        Err(_broken) => bell = store.bell("one").await.unwrap(),
    }
    calls(&store, "one", &["c"]).await;
    assert_eq!(rings(&mut bell).await, Some(vec!["c".to_owned()]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_known_in_whose_hands_the_answers_to_a_chat_are() {
    let database = postgres::Database::fresh().await;
    let store = Store::open(&database.url()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    for process in ["me", "one", "two"] {
        tx.begin_process(process, NOW, 1_000_000).await.unwrap();
    }
    let row = |id: &str, chat: &str, holder: &str, class| {
        let row = OutRow::bare(id.to_owned(), AccountId::from(chat), class, NOW);
        OutRow { holder: holder.into(), ..row }
    };
    tx.post(
        &[
            row("01", "mine", "me", Class::Reply),
            row("02", "other", "one", Class::Reply),
            row("03", "other", "one", Class::Reply),
            row("04", "open", "", Class::Reply),
            row("05", "several", "one", Class::Reply),
            row("06", "several", "two", Class::Reply),
            row("07", "both", "me", Class::Reply),
            row("08", "both", "one", Class::Reply),
            row("09", "notice", "one", Class::Notice),
        ],
        NOW,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.write_as("me").await.unwrap().expect("it is not buried");
    let chats: Vec<AccountId> =
        ["mine", "other", "open", "several", "both", "notice", "free"].map(AccountId::from).to_vec();
    let unsent = tx.unsent(&chats.iter().collect::<Vec<_>>(), NOW).await.unwrap();
    let mut told: Vec<String> = unsent
        .iter()
        .map(|(chat, it)| {
            let with = it.with.as_deref().filter(|_| !it.open).unwrap_or("-");
            format!("{chat}: open {}, with {with}, ours {:?}, newest {}", it.open, it.ours, it.newest)
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            r#"both: open true, with -, ours ["07"], newest 08"#,
            r#"mine: open false, with -, ours ["01"], newest 01"#,
            r#"open: open true, with -, ours [], newest 04"#,
            r#"other: open false, with one, ours [], newest 03"#,
            r#"several: open true, with -, ours [], newest 06"#,
        ]
    );
    // Whoever is told of the later one finds the earlier one, too.
    let handed = tx.handed(&"one".into(), &["03".to_owned()]).await.unwrap();
    assert_eq!(handed.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["02", "03"]);
    assert_eq!(tx.which_stand_by(vec!["one", "dead", "two"]).await.unwrap(), ["one", "two"]);
}
