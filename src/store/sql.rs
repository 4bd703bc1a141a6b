//! The few words in which this room speaks SQL: typed arguments and rows. (Many rows at once: `many.rs`.)
//!
//! A list is one argument, named in brackets: `id IN [$1]`. However long it is, the statement is the same one, so it is prepared
//! and planned once.

use super::{Dialect, Tx, together::Statement};
use anyhow::{Context, Result};
use futures_util::TryStreamExt;
use sqlx::{Any, AssertSqlSafe, Either, Executor, Row, any::AnyRow, query::Query};
use std::{borrow::Cow, fmt::Write};

/// One bound argument: the schema knows TEXT and BIGINT alone.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Arg {
    Text(String),
    Int(i64),
    Texts(Vec<String>),
    Ints(Vec<i64>),
    /// A place that nothing takes.
    Nothing,
}

impl Arg {
    /// Whether it is what a column is by itself: '' or 0.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Arg::Text(text) => text.is_empty(),
            Arg::Int(int) => *int == 0,
            Arg::Texts(_) | Arg::Ints(_) | Arg::Nothing => false,
        }
    }
}

/// `args![id, day, 3]`: arguments for `$1`, `$2`, ...
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::sql::Arg::from($value)),*] };
}
pub(super) use args;

/// These, as one argument: all of them TEXT, or all of them BIGINT.
pub(super) fn these<T: Into<Arg>>(them: impl IntoIterator<Item = T>) -> Arg {
    let (mut texts, mut ints) = (Vec::new(), Vec::new());
    for one in them {
        match one.into() {
            Arg::Text(text) => texts.push(text),
            Arg::Int(int) => ints.push(int),
            Arg::Texts(more) => texts.extend(more),
            Arg::Ints(more) => ints.extend(more),
            Arg::Nothing => {}
        }
    }
    if ints.is_empty() { Arg::Texts(texts) } else { Arg::Ints(ints) }
}

impl Tx {
    /// Runs a statement and says how many rows it touched.
    pub(super) async fn run(&mut self, sql: &str, args: Vec<Arg>) -> Result<u64> {
        self.known.forget();
        let all = self.with_what_waits(Statement::new(self.dialect, sql, args)).await?;
        self.execute(all).await.with_context(|| head(sql))
    }

    /// Runs a statement, or several together, and says how many rows the last one touched.
    pub(super) async fn execute(&mut self, it: Statement<'_>) -> Result<u64> {
        self.metrics.statements.add(1);
        let mut steps = (&mut *self.begun.connection).fetch_many(bind(it));
        let mut touched = 0;
        while let Some(step) = steps.try_next().await? {
            if let Either::Left(done) = step {
                touched = done.rows_affected();
            }
        }
        Ok(touched)
    }

    /// All rows of a query.
    pub(super) async fn rows(&mut self, sql: &str, args: Vec<Arg>) -> Result<Vec<AnyRow>> {
        self.forget_if_it_writes(sql);
        let all = self.with_what_waits(Statement::new(self.dialect, sql, args)).await?;
        self.metrics.statements.add(1);
        bind(all).fetch_all(&mut *self.begun.connection).await.with_context(|| head(sql))
    }

    /// The first row of a query, if any.
    pub(super) async fn row(&mut self, sql: &str, args: Vec<Arg>) -> Result<Option<AnyRow>> {
        self.forget_if_it_writes(sql);
        let is_alone = self.waiting.is_empty();
        let query = bind(self.with_what_waits(Statement::new(self.dialect, sql, args)).await?);
        self.metrics.statements.add(1);
        let found = match is_alone {
            true => query.fetch_optional(&mut *self.begun.connection).await,
            // The driver would take the end of what goes before it for the answer.
            false => query.fetch_all(&mut *self.begun.connection).await.map(|rows| rows.into_iter().next()),
        };
        found.with_context(|| head(sql))
    }

    /// What was read ahead counts until something is written, `... RETURNING` included.
    fn forget_if_it_writes(&mut self, sql: &str) {
        if !sql.trim_start().starts_with("SELECT") {
            self.known.forget();
        }
    }
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

fn bind(it: Statement<'_>) -> Query<'static, Any, sqlx::any::AnyArguments> {
    // Every statement is written in this room; what people say is only ever bound.
    let query = sqlx::query(AssertSqlSafe(it.sql.into_owned()));
    it.args.into_iter().fold(query, |query, arg| match arg {
        Arg::Text(value) => query.bind(value),
        Arg::Int(value) => query.bind(value),
        Arg::Nothing => query.bind(None::<i64>),
        Arg::Texts(values) => match it.dialect {
            Dialect::Sqlite => query.bind(serde_json::json!(values).to_string()),
            Dialect::Postgres => query.bind(literal(values.iter().map(|it| quoted(it)))),
        },
        Arg::Ints(values) => match it.dialect {
            Dialect::Sqlite => query.bind(serde_json::json!(values).to_string()),
            Dialect::Postgres => query.bind(literal(values.iter().map(i64::to_string))),
        },
    })
}

/// A statement in the words of its database.
pub(super) fn worded<'a>(dialect: Dialect, sql: &'a str, args: &[Arg]) -> Cow<'a, str> {
    let sql = lists(dialect, sql, args);
    match dialect {
        Dialect::Sqlite if sql.contains('$') => numberless(&sql).into(),
        _ => sql,
    }
}

/// `IN [$1]`, as each database has it.
fn lists<'a>(dialect: Dialect, sql: &'a str, args: &[Arg]) -> Cow<'a, str> {
    const LIST: &str = "IN [$";
    if !sql.contains(LIST) {
        return Cow::Borrowed(sql);
    }
    let mut pieces = sql.split(LIST);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(']').unwrap_or((piece, ""));
        let arg = number.parse::<usize>().ok().and_then(|it| args.get(it.wrapping_sub(1)));
        // A string takes what is written to it.
        let _infallible = match dialect {
            Dialect::Sqlite => write!(out, "IN (SELECT value FROM json_each(${number})){rest}"),
            Dialect::Postgres => {
                write!(out, "= ANY(CAST(${number} AS {})){rest}", arg.map_or("TEXT[]", array))
            }
        };
    }
    Cow::Owned(out)
}

/// PostgreSQL's type of a list.
pub(super) fn array(list: &Arg) -> &'static str {
    match list {
        Arg::Int(_) | Arg::Ints(_) => "BIGINT[]",
        Arg::Text(_) | Arg::Texts(_) | Arg::Nothing => "TEXT[]",
    }
}

/// `{1,2}`: a list as PostgreSQL writes it.
fn literal(values: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", values.collect::<Vec<_>>().join(","))
}

/// A text in such a list.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// SQLite takes `$1` for a name, and looks for each among all. Where they come in their order, once each, a bare `?` says
/// the same.
fn numberless(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut pieces = sql.split('$');
    out.push_str(pieces.next().unwrap_or_default());
    for (before, piece) in pieces.enumerate() {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        if piece[..digits].parse() != Ok(before + 1) {
            return sql.replace('$', "?");
        }
        out.push('?');
        out.push_str(&piece[digits..]);
    }
    out
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
    fn a_number_is_left_out_only_where_it_says_nothing() {
        assert_eq!(numberless("a = $1 AND b IN ($2,$3)"), "a = ? AND b IN (?,?)");
        assert_eq!(numberless("a = $1 AND (b = $2 OR c = $1)"), "a = ?1 AND (b = ?2 OR c = ?1)");
        assert_eq!(numberless("a = $2 AND b = $1"), "a = ?2 AND b = ?1");
        assert_eq!(numberless("SELECT 1"), "SELECT 1");
    }

    #[test]
    fn a_list_is_one_argument_in_the_words_of_each_database() {
        let sql = "a = $1 AND b IN [$2] AND c IN [$3]";
        let args = [Arg::Int(1), these(["x", "a \"b\" \\ {c}, d"]), these([7_i64, -8])];
        let on_sqlite =
            "a = $1 AND b IN (SELECT value FROM json_each($2)) AND c IN (SELECT value FROM json_each($3))";
        assert_eq!(lists(Dialect::Sqlite, sql, &args), on_sqlite);
        let on_postgres = "a = $1 AND b = ANY(CAST($2 AS TEXT[])) AND c = ANY(CAST($3 AS BIGINT[]))";
        assert_eq!(lists(Dialect::Postgres, sql, &args), on_postgres);
        assert_eq!(quoted("a \"b\" \\ {c}, d"), r#""a \"b\" \\ {c}, d""#);
        assert_eq!(literal([7_i64, -8].iter().map(i64::to_string)), "{7,-8}");
    }
}
