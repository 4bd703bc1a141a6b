//! The whole database as rows, out of one moment and into an empty one: what backup and restore ask of SQL.
//!
//! A table is named in [`TABLES`] or in [`OF_THE_MOMENT`], and a test compares both with the schema: a new table cannot be
//! forgotten. All columns are TEXT or BIGINT and never NULL, which the test holds, too.

use super::{
    Dialect, Store, Tx,
    sql::{Arg, args, int, text},
};
use anyhow::{Context, Result, bail};
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Column, Row};

/// What a backup holds, in an order in which every row finds the rows that it refers to.
pub const TABLES: &[&str] = &[
    "school",
    "policy",
    "term",
    "marked_day",
    "slot",
    "class",
    "person",
    "post",
    "guardianship",
    "pairing",
    "consent",
    "account",
    "binding",
    "invite",
    "rebind",
    "request",
    "wrong_code",
    "form",
    "place",
    "record",
    "about",
    "resolution",
    "exam",
    "growth_group",
    "growth_group_member",
    "feedback",
    "feedback_copy",
    "word",
    "task",
    "snooze",
    "nudge",
    "inbox",
    "outbox",
];

/// Who is at work just now, and files that wait for a yes: true of a moment, and in no backup.
pub const OF_THE_MOMENT: &[&str] = &["lease", "process", "upload"];

/// One value of a row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Field {
    /// BIGINT.
    Int(i64),
    /// TEXT.
    Text(String),
}

/// What restoring has made of messages that were on their way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Woken {
    /// Answers that nobody waits for any more: gone.
    pub replies: u64,
    /// In the hands of a process of then: open again.
    pub open_again: u64,
}

impl Store {
    /// A transaction in which everything stands as it did at one moment, whatever is written meanwhile. It holds up
    /// nobody.
    pub async fn snapshot(&self) -> Result<Tx> {
        let begin = match self.dialect {
            // In WAL mode a reader sees the moment of its first read.
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        Ok(self.tx(self.readers.begin(Some(begin)).await.context("beginning to read everything")?))
    }
}

impl Tx {
    /// All tables, but for those of the migrator.
    pub async fn tables(&mut self) -> Result<Vec<String>> {
        let sql = match self.dialect {
            Dialect::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            }
            Dialect::Postgres => {
                "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables
                 WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
            }
        };
        let names = self.rows(sql, args![]).await?;
        let names = names.iter().map(|row| text(row, "name")).collect::<Result<Vec<_>>>()?;
        Ok(names.into_iter().filter(|it| !it.starts_with("_sqlx")).collect())
    }

    /// The columns of a table, in their order; none if there is no such table.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        let sql = match self.dialect {
            Dialect::Sqlite => "SELECT name FROM pragma_table_info($1) ORDER BY cid",
            Dialect::Postgres => {
                "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns
                 WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
            }
        };
        self.rows(sql, args![table]).await?.iter().map(|row| text(row, "name")).collect()
    }

    /// How many rows a table of [`TABLES`] has.
    pub async fn count(&mut self, table: &str) -> Result<u64> {
        let sql = format!("SELECT COUNT(*) AS n FROM {}", known(table)?);
        let row = self.row(&sql, args![]).await?.context("a count is one row")?;
        Ok(int(&row, "n")?.unsigned_abs())
    }

    /// The rows of a table, one after the other: they are never in memory together.
    pub fn dump<'a>(
        &'a mut self,
        table: &str,
        columns: &[String],
    ) -> Result<BoxStream<'a, Result<Vec<Field>>>> {
        let sql = format!("SELECT {} FROM {}", columns.join(", "), known(table)?);
        let rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut *self.begun.connection);
        let table = table.to_owned();
        Ok(rows.map_err(anyhow::Error::from).map(move |row| read(&row?, &table)).boxed())
    }

    /// Writes rows into a table of [`TABLES`]. The columns are the table's own, as [`Tx::columns`] names them: the names come
    /// from a file.
    pub async fn load(&mut self, table: &str, columns: &[String], rows: Vec<Vec<Field>>) -> Result<u64> {
        let own = self.columns(known(table)?).await?;
        if let Some(strange) = columns.iter().find(|it| !own.contains(it)) {
            bail!("{table} has no column {strange}");
        }
        let postgres = self.dialect == Dialect::Postgres;
        let arg = |field| match field {
            Field::Int(number) => Arg::Int(number),
            // The one letter that SQLite keeps in a TEXT and PostgreSQL cannot.
            Field::Text(words) if postgres && words.contains('\0') => {
                Arg::Text(words.replace('\0', "\u{fffd}"))
            }
            Field::Text(words) => Arg::Text(words),
        };
        let head = format!("INSERT INTO {table} ({})", columns.join(", "));
        // SQLite looks each `$n` up among all of a statement: eight thousand of them take ten times as long as eight
        // hundred.
        let at_once = if postgres { rows.len().max(1) } else { 100 };
        let (mut written, mut rows) = (0, rows.into_iter().peekable());
        while rows.peek().is_some() {
            let some = rows.by_ref().take(at_once).map(|row| row.into_iter().map(arg).collect()).collect();
            written += self.insert(&head, some, "").await.with_context(|| format!("writing into {table}"))?;
        }
        Ok(written)
    }

    /// After a restore: what was in the hands of a process stands open, and answers to what people asked then are
    /// dropped.
    pub async fn wake_outbox(&mut self) -> Result<Woken> {
        let replies = self.run("DELETE FROM outbox WHERE class = 'reply'", args![]).await?;
        let sql = "UPDATE outbox SET state = 'open', holder = '' WHERE state = 'sending'";
        Ok(Woken { replies, open_again: self.run(sql, args![]).await? })
    }

    /// What the database itself finds wrong with its pages and references; PostgreSQL looked at each row as it was
    /// written, and says nothing here.
    pub async fn unsound(&mut self) -> Result<Vec<String>> {
        if self.dialect == Dialect::Postgres {
            return Ok(Vec::new());
        }
        let mut wrong = self.sqlite_says("PRAGMA integrity_check").await?;
        wrong.extend(self.dangling().await?);
        Ok(wrong)
    }

    /// What a check of SQLite says beside "ok".
    pub(super) async fn sqlite_says(&mut self, check: &str) -> Result<Vec<String>> {
        let rows = self.rows(check, args![]).await?;
        let said = rows.iter().map(|row| row.try_get::<String, _>(0).context("reading a check"));
        Ok(said.collect::<Result<Vec<_>>>()?.into_iter().filter(|it| it != "ok").collect())
    }

    /// Tables of SQLite whose rows refer to rows that are not there.
    pub(super) async fn dangling(&mut self) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT \"table\" AS child, parent FROM pragma_foreign_key_check";
        let rows = self.rows(sql, args![]).await?;
        rows.iter().map(|row| Ok(format!("{} -> {}", text(row, "child")?, text(row, "parent")?))).collect()
    }
}

fn read(row: &sqlx::any::AnyRow, table: &str) -> Result<Vec<Field>> {
    let mut fields = Vec::with_capacity(row.columns().len());
    for column in row.columns() {
        // SQLite gives values the type they have and not the column's: ask for the one, then for the other.
        let field = row.try_get::<String, _>(column.ordinal()).map(Field::Text);
        let field = field.or_else(|_| row.try_get::<i64, _>(column.ordinal()).map(Field::Int));
        fields.push(field.with_context(|| format!("column {} of {table}", column.name()))?);
    }
    Ok(fields)
}

/// A name that may stand in a statement.
fn known(table: &str) -> Result<&'static str> {
    TABLES.iter().find(|it| **it == table).copied().with_context(|| format!("there is no table {table}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::Connection;

    #[tokio::test]
    async fn no_table_is_forgotten_and_each_stands_after_what_it_refers_to() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("daoyu.db").display());
        let store = Store::open(&url).await.unwrap();
        let mut tx = store.snapshot().await.unwrap();
        let mut listed: Vec<&str> = TABLES.iter().chain(OF_THE_MOMENT).copied().collect();
        listed.sort_unstable();
        let found = tx.tables().await.unwrap();
        assert_eq!(found, listed, "name every table in TABLES or in OF_THE_MOMENT");
        tx.roll_back().await.unwrap();

        let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
        for (n, table) in TABLES.iter().enumerate() {
            let sql = format!("SELECT \"table\" FROM pragma_foreign_key_list('{table}')");
            for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap() {
                let parent: String = row.get(0);
                assert!(TABLES[..n].contains(&parent.as_str()), "{table} stands before {parent}");
            }
            let sql = format!("SELECT type, \"notnull\" FROM pragma_table_info('{table}')");
            for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap() {
                let (kind, not_null): (String, i64) = (row.get(0), row.get(1));
                assert!(["TEXT", "BIGINT"].contains(&kind.as_str()) && not_null == 1, "{table}: {kind}");
            }
        }
    }

    #[tokio::test]
    async fn only_names_of_the_schema_reach_a_statement() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("daoyu.db").display());
        let mut tx = Store::open(&url).await.unwrap().write().await.unwrap();
        assert!(tx.count("school; DROP TABLE school").await.is_err());
        let strange = ["id) VALUES (1); --".to_owned()];
        assert!(tx.load("school", &strange, vec![vec![Field::Int(1)]]).await.is_err());
    }
}
