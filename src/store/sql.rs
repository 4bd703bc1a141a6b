//! The few words in which this room speaks SQL: typed arguments, rows, and multi-row `VALUES`.

use super::{Dialect, Tx};
use anyhow::{Context, Result};
use sqlx::{Any, AssertSqlSafe, Row, any::AnyRow, query::Query};

/// One bound argument: the schema knows TEXT and BIGINT alone.
#[derive(Clone, Debug)]
pub(super) enum Arg {
    Text(String),
    Int(i64),
}

/// `args![id, day, 3]`: arguments for `$1`, `$2`, ...
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::sql::Arg::from($value)),*] };
}
pub(super) use args;

impl Tx {
    /// Runs a statement and says how many rows it touched.
    pub(super) async fn run(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        self.metrics.statements.add(1);
        let done = bind(sql, args).execute(&mut *self.inner).await;
        Ok(done.with_context(|| head(sql))?.rows_affected())
    }

    /// All rows of a query.
    pub(super) async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<AnyRow>> {
        self.metrics.statements.add(1);
        bind(sql, args).fetch_all(&mut *self.inner).await.with_context(|| head(sql))
    }

    /// The first row of a query, if any.
    pub(super) async fn row(&mut self, sql: &str, args: Vec<Arg>) -> Result<Option<AnyRow>> {
        self.metrics.statements.add(1);
        bind(sql, args).fetch_optional(&mut *self.inner).await.with_context(|| head(sql))
    }

    /// Writes many rows with one statement per few hundred: `INSERT ...` + `VALUES (..),(..)` + `tail`.
    pub(super) async fn insert(&mut self, head: &str, rows: Vec<Vec<Arg>>, tail: &str) -> Result<u64> {
        // SQLite looks for each `$n` among all of a statement's: many at once cost their square.
        let at_once = if self.dialect == Dialect::Sqlite { 900 } else { 10_000 };
        let mut written = 0;
        let mut rows = rows.into_iter().peekable();
        while let Some(width) = rows.peek().map(Vec::len) {
            let chunk: Vec<Vec<Arg>> = rows.by_ref().take((at_once / width.max(1)).max(1)).collect();
            let sql = format!("{head} VALUES {} {tail}", values(chunk.len(), width));
            written += self.run(&sql, chunk.into_iter().flatten().collect()).await?;
        }
        Ok(written)
    }
}

/// `$1,$2,$3`: a list for `IN (...)`, numbered from `first`.
pub(super) fn list(first: usize, count: usize) -> String {
    let mut sql = String::with_capacity(count * 5);
    for n in first..first + count {
        if n > first {
            sql.push(',');
        }
        sql.push('$');
        sql.push_str(&n.to_string());
    }
    sql
}

/// `($1,$2),($3,$4)`: placeholders for `rows` rows of `width` columns.
pub(super) fn values(rows: usize, width: usize) -> String {
    let rows: Vec<String> = (0..rows).map(|row| format!("({})", list(row * width + 1, width))).collect();
    rows.join(",")
}

/// A TEXT column by name.
pub(super) fn text(row: &AnyRow, column: &str) -> Result<String> {
    row.try_get::<String, _>(column).with_context(|| format!("column {column}"))
}

/// A TEXT column that may be NULL (an outer join), as ''.
pub(super) fn text_or_empty(row: &AnyRow, column: &str) -> Result<String> {
    Ok(row
        .try_get::<Option<String>, _>(column)
        .with_context(|| format!("column {column}"))?
        .unwrap_or_default())
}

/// A BIGINT column by name.
pub(super) fn int(row: &AnyRow, column: &str) -> Result<i64> {
    row.try_get::<i64, _>(column).with_context(|| format!("column {column}"))
}

/// A BIGINT column that may be NULL (an outer join), as 0.
pub(super) fn int_or_zero(row: &AnyRow, column: &str) -> Result<i64> {
    Ok(row.try_get::<Option<i64>, _>(column).with_context(|| format!("column {column}"))?.unwrap_or_default())
}

fn bind(sql: &str, args: Vec<Arg>) -> Query<'_, Any, sqlx::any::AnyArguments> {
    // Every statement is written in this room; what people say is only ever bound.
    let mut query = sqlx::query(AssertSqlSafe(sql.to_owned()));
    for arg in args {
        query = match arg {
            Arg::Text(value) => query.bind(value),
            Arg::Int(value) => query.bind(value),
        };
    }
    query
}

/// The statement's first words, to name it in a fault: never its arguments.
fn head(sql: &str) -> String {
    sql.split_whitespace().take(8).collect::<Vec<_>>().join(" ")
}

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Text(value.to_owned())
    }
}
impl From<String> for Arg {
    fn from(value: String) -> Arg {
        Arg::Text(value)
    }
}
impl From<&String> for Arg {
    fn from(value: &String) -> Arg {
        Arg::Text(value.clone())
    }
}
impl From<i64> for Arg {
    fn from(value: i64) -> Arg {
        Arg::Int(value)
    }
}
impl From<bool> for Arg {
    fn from(value: bool) -> Arg {
        Arg::Int(value.into())
    }
}
impl From<crate::school::At> for Arg {
    fn from(value: crate::school::At) -> Arg {
        Arg::Int(value.0)
    }
}
impl From<crate::school::Day> for Arg {
    fn from(value: crate::school::Day) -> Arg {
        Arg::Text(value.to_string())
    }
}
macro_rules! ids { ($($id:ident),*) => { $(
    impl From<&crate::school::$id> for Arg { fn from(id: &crate::school::$id) -> Arg { Arg::Text(id.as_str().to_owned()) } }
)* } }
ids!(
    SchoolId, ClassId, PersonId, PairingId, GroupId, AboutId, RecordId, TaskId, FeedbackId, AccountId,
    RebindId, RequestId, UploadId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_count_on_through_the_rows() {
        assert_eq!(values(2, 3), "($1,$2,$3),($4,$5,$6)");
        assert_eq!(list(4, 2), "$4,$5");
    }
}
