use super::*;
use crate::school::At;

async fn write(store: &Store, name: &str, size: usize) -> Result<()> {
    let mut tx = store.write().await?;
    let sql = "INSERT INTO place (account_id, name, message_id, at) VALUES ($1, $2, 1, 1)";
    tx.run(sql, sql::args![name.repeat(size), name]).await?;
    tx.commit().await
}

async fn places(store: &Store) -> i64 {
    let mut tx = store.read().await.unwrap();
    let row = tx.row("SELECT COUNT(*) AS n FROM place", sql::args![]).await.unwrap().unwrap();
    sql::int(&row, "n").unwrap()
}

/// SQLite ends the transaction by itself then, which sqlx does not notice: the connection would be of no use for ever.
#[tokio::test]
async fn a_full_disk_refuses_what_does_not_fit_and_the_store_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.path().join("daoyu.db").display())).await.unwrap();
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
