//! What is in a process's hands is written in its name alone: while it lives, and nobody buries it in the middle.

use crate::database::postgres;
use daoyu::{school::At, store::Store};

const NOW: At = At(1_000_000);

async fn with_a_process(database: &postgres::Database) -> (Store, i64) {
    let store = Store::open(&database.url()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    tx.begin_process("me", NOW, 15_000).await.unwrap();
    let beat = tx.processes().await.unwrap()[0].1;
    tx.commit().await.unwrap();
    (store, beat)
}

async fn is_buried(store: &Store, beat: i64) -> bool {
    let mut tx = store.write().await.unwrap();
    let dead = tx.bury_if_silent("me", beat).await.unwrap();
    tx.commit().await.unwrap();
    dead.is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_buried_in_the_middle_of_a_transaction_and_nothing_is_written_for_the_dead() {
    let database = postgres::Database::fresh().await;
    let (store, beat) = with_a_process(&database).await;
    let tx = store.write_as("me").await.unwrap().expect("it lives");
    assert!(!is_buried(&store, beat).await, "it is at work");
    tx.commit().await.unwrap();

    assert!(is_buried(&store, beat).await, "it was silent");
    assert!(store.write_as("me").await.unwrap().is_none(), "it is dead");
    assert!(store.write_as("nobody").await.unwrap().is_none(), "it never lived");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_id_of_a_process_is_no_sql() {
    let database = postgres::Database::fresh().await;
    let (store, _) = with_a_process(&database).await;
    assert!(store.write_as("x' OR '1' = '1").await.is_err());
}
