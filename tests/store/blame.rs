//! Whose fault a fault is. What is the database's is tried again and costs nobody a try; anything else is the fault of what
//! was asked, and is put off or set aside.

use crate::database::{Database, Engine};
use anyhow::Error;
use daoyu::store::is_databases;
use sqlx::{AnyConnection, AssertSqlSafe, Executor, Row};

/// A connection to a fresh database with one small table.
async fn fresh(engine: Engine, folder: &tempfile::TempDir) -> (Database, AnyConnection) {
    let file = folder.path().join("daoyu.db");
    // sqlx makes no file by itself.
    std::fs::File::create(&file).unwrap();
    let database = Database::fresh(engine, &file).await;
    let mut connection = database.connect().await;
    if engine == Engine::Sqlite {
        connection.execute("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 0").await.unwrap();
    }
    connection
        .execute("CREATE TABLE thing (name TEXT PRIMARY KEY, size BIGINT CHECK (size > 0))")
        .await
        .unwrap();
    (database, connection)
}

async fn fault(connection: &mut AnyConnection, sql: &str) -> Error {
    connection.execute(AssertSqlSafe(sql.to_owned())).await.expect_err(sql).into()
}

#[tokio::test]
async fn what_was_asked_wrongly_is_never_the_databases_fault() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let folder = tempfile::tempdir().unwrap();
        let (_database, mut connection) = fresh(engine, &folder).await;
        connection.execute("INSERT INTO thing VALUES ('known', 1)").await.unwrap();
        for sql in [
            "SELEKT 1",
            "SELECT * FROM nowhere",
            "SELECT nothing FROM thing",
            "INSERT INTO thing VALUES ('known', 1)",
            "INSERT INTO thing VALUES ('small', 0)",
        ] {
            let fault = fault(&mut connection, sql).await;
            assert!(!is_databases(&fault), "{engine:?}: {sql}: {fault}");
            assert!(!is_databases(&fault.context("asking")), "{engine:?}: {sql}");
        }
        let row = connection.fetch_one("SELECT name FROM thing").await.unwrap();
        for fault in [row.try_get::<i64, _>("name").unwrap_err(), row.try_get::<i64, _>("age").unwrap_err()] {
            assert!(!is_databases(&Error::from(fault)), "{engine:?}: what was read was read wrongly");
        }
    }
    assert!(!is_databases(&anyhow::anyhow!("answering panicked")), "no database was asked");
}

#[tokio::test]
async fn a_full_disk_is_sqlites_fault_and_so_is_a_file_that_is_busy_or_away() {
    let folder = tempfile::tempdir().unwrap();
    let (database, mut connection) = fresh(Engine::Sqlite, &folder).await;
    connection.execute("PRAGMA max_page_count = 1").await.unwrap();
    let full = fault(&mut connection, "INSERT INTO thing VALUES (hex(zeroblob(100000)), 1)").await;
    assert!(format!("{full}").contains("full") && is_databases(&full), "{full}");
    assert!(is_databases(&full.context("keeping a batch").context("answering")), "however deep it lies");
    connection.execute("PRAGMA max_page_count = 1000000").await.unwrap();

    let mut other = database.connect().await;
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let busy = fault(&mut connection, "INSERT INTO thing VALUES ('late', 1)").await;
    assert!(format!("{busy}").contains("locked") && is_databases(&busy), "{busy}");

    // A line that read before somebody else wrote: a code of its own, and busy all the same.
    other.execute("ROLLBACK").await.unwrap();
    connection.execute("BEGIN").await.unwrap();
    connection.fetch_all("SELECT name FROM thing").await.unwrap();
    other.execute("INSERT INTO thing VALUES ('first', 1)").await.unwrap();
    let stale = fault(&mut connection, "INSERT INTO thing VALUES ('late', 1)").await;
    assert!(is_databases(&stale), "{stale}");
    connection.execute("ROLLBACK").await.unwrap();

    // The disk does not give what it has: a folder stands where the journal would be.
    sqlx::Connection::close(other).await.unwrap();
    connection.execute("PRAGMA journal_mode = DELETE").await.unwrap();
    std::fs::create_dir(folder.path().join("daoyu.db-journal")).unwrap();
    let broken = fault(&mut connection, "INSERT INTO thing VALUES ('late', 1)").await;
    assert!(format!("{broken}").contains("I/O error") && is_databases(&broken), "{broken}");

    let away = daoyu::store::Store::open("sqlite:/nowhere/daoyu.db?mode=rw").await.err().unwrap();
    assert!(is_databases(&away), "{away:#}");
}

#[tokio::test]
async fn a_full_disk_is_postgresqls_fault_and_so_is_a_server_that_stops_or_gives_way() {
    let folder = tempfile::tempdir().unwrap();
    let (database, mut connection) = fresh(Engine::Postgres, &folder).await;
    // What the server says, in its own codes: the disk is full, too many connections, it shuts down, somebody had to give
    // way, a statement took too long, it is read-only, its disk fails.
    for code in ["53100", "53300", "57P01", "40001", "40P01", "57014", "25006", "58030"] {
        let sql = format!("DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '{code}'; END $$");
        let fault = fault(&mut connection, &sql).await;
        assert!(is_databases(&fault), "{code}: {fault}");
    }
    let mut other = database.connect().await;
    let ours: i32 = connection.fetch_one("SELECT pg_backend_pid()").await.unwrap().get(0);
    other.execute(AssertSqlSafe(format!("SELECT CAST(pg_terminate_backend({ours}) AS TEXT)"))).await.unwrap();
    let ended = fault(&mut connection, "INSERT INTO thing VALUES ('late', 1)").await;
    assert!(is_databases(&ended), "{ended}");
    let gone = fault(&mut connection, "INSERT INTO thing VALUES ('late', 1)").await;
    assert!(is_databases(&gone), "{gone}");

    let away =
        daoyu::store::Store::open("postgres://postgres@localhost/daoyu?host=/nowhere").await.err().unwrap();
    assert!(is_databases(&away), "{away:#}");
}
