use super::*;
use crate::school::At;

async fn write(store: &Store, name: &str, size: usize) -> Result<()> {
    let mut tx = store.write().await?;
    tx.run(&format!("{PLACE} VALUES ($1, $2, 1, 1)"), sql::args![name.repeat(size), name]).await?;
    tx.commit().await
}

async fn places(store: &Store) -> i64 {
    let mut tx = store.read().await.unwrap();
    let row = tx.row("SELECT COUNT(*) AS n FROM place", sql::args![]).await.unwrap().unwrap();
    sql::int(&row, "n").unwrap()
}

const PLACE: &str = "INSERT INTO place (account_id, name, message_id, at)";

async fn new_store(folder: &tempfile::TempDir) -> Store {
    Store::open(&format!("sqlite:{}", folder.path().join("daoyu.db").display())).await.unwrap()
}

#[tokio::test]
async fn what_goes_together_is_kept_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(&folder).await;
    write(&store, "before", 1).await.unwrap();
    let said = format!("{PLACE} VALUES ($1, $2, 1, 1)");
    let mut tx = store.write().await.unwrap();
    for name in ["new", "before", "newer"] {
        tx.run_soon(&said, sql::args![name, name]).await.unwrap();
    }
    assert!(tx.commit().await.is_err(), "the second was there");
    assert_eq!(places(&store).await, 1, "neither the first nor the third");

    let mut tx = store.write().await.unwrap();
    tx.run_soon(&said, sql::args!["new", "new"]).await.unwrap();
    let seen = tx.row("SELECT at FROM place WHERE name = $1", sql::args!["new"]).await.unwrap();
    assert!(seen.is_some(), "what is asked goes after what waits");
    tx.run_soon(&said, sql::args!["newer", "newer"]).await.unwrap();
    let touched = tx.run("UPDATE place SET at = 2 WHERE name = $1", sql::args!["nobody"]).await.unwrap();
    assert_eq!(touched, 0, "what waited is not counted");
    tx.commit().await.unwrap();
    assert_eq!(places(&store).await, 3);
}

#[tokio::test]
async fn of_many_rows_each_has_its_own_values_and_what_all_share() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(&folder).await;
    for count in [1, 2, 7, 8, 9, 100] {
        let mut tx = store.write().await.unwrap();
        tx.run("DELETE FROM place", sql::args![]).await.unwrap();
        let rows = (1..=count).map(|n| sql::args![format!("tg:{n}"), "form", n, 5]).collect();
        tx.insert_soon(PLACE, rows, "").await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = store.read().await.unwrap();
        let right = "SELECT COUNT(*) AS n FROM place
                     WHERE account_id = 'tg:' || message_id AND name = 'form' AND at = 5";
        let row = tx.row(right, sql::args![]).await.unwrap().unwrap();
        assert_eq!(sql::int(&row, "n").unwrap(), count);
        assert_eq!(places(&store).await, count);
    }
}

#[tokio::test]
async fn a_transaction_in_which_nothing_is_asked_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(&folder).await;
    store.write().await.unwrap().commit().await.unwrap();
    store.write().await.unwrap().roll_back().await.unwrap();
    drop(store.write().await.unwrap());
    write(&store, "after", 1).await.unwrap();
    assert_eq!(places(&store).await, 1);
}

/// SQLite ends the transaction by itself then, which sqlx does not notice: the connection would be of no use for ever.
#[tokio::test]
async fn a_full_disk_refuses_what_does_not_fit_and_the_store_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = new_store(&folder).await;
    write(&store, "before", 1).await.unwrap();
    for round in 1..=3 {
        // No page more than there are, for this connection.
        let mut tx = store.write().await.unwrap();
        tx.run("PRAGMA max_page_count = 1", sql::args![]).await.unwrap();
        tx.commit().await.unwrap();
        let told = format!("{:#}", write(&store, "much", 100_000).await.unwrap_err());
        assert!(told.contains("full"), "{told}");
        assert_eq!(places(&store).await, round, "what was refused is not there");
        write(&store, &format!("after {round}"), 100_000).await.unwrap();
        assert_eq!(places(&store).await, round + 1);
    }
    // A statement that fails for another reason does not cost the writer either.
    let mut tx = store.write().await.unwrap();
    assert!(tx.run("INSERT INTO nowhere VALUES (1)", sql::args![]).await.is_err());
    drop(tx);
    let mut tx = store.write().await.unwrap();
    tx.begin_process("process", At(0), 1).await.unwrap();
    tx.commit().await.unwrap();
}
