//! The few words in which this room speaks SQL: typed arguments, rows, and many rows at once.
//!
//! A list is one argument, named in brackets: `id IN [$1]`. However long it is, the statement is the same one, so it is prepared
//! and planned once.

use super::{Dialect, Tx, together::Statement};
use anyhow::{Context, Result, bail};
use futures_util::TryStreamExt;
use sqlx::{Any, AssertSqlSafe, Either, Executor, Row, any::AnyRow, query::Query};
use std::{borrow::Cow, fmt::Write};

/// One bound argument: the schema knows TEXT and BIGINT alone.
#[derive(Clone, Debug)]
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

/// So many arguments of one statement are far from what either database takes.
const AT_ONCE: usize = 8192;

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
        let all = self.with_what_waits(Statement::new(self.dialect, sql, args)).await?;
        self.metrics.statements.add(1);
        let (is_alone, query) = (all.is_alone, bind(all));
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

    /// Writes many rows: `INSERT ...` + the rows + `tail`.
    pub(super) async fn insert(&mut self, head: &str, rows: Vec<Vec<Arg>>, tail: &str) -> Result<u64> {
        let mut written = 0;
        for (sql, args) in inserts(self.dialect, head, rows, tail)? {
            written += self.run(&sql, args).await?;
        }
        Ok(written)
    }

    /// Writes many rows, and gives what comes back: `tail` ends with `RETURNING ...`.
    pub(super) async fn insert_returning(
        &mut self,
        head: &str,
        rows: Vec<Vec<Arg>>,
        tail: &str,
    ) -> Result<Vec<AnyRow>> {
        let mut back = Vec::new();
        for (sql, args) in inserts(self.dialect, head, rows, tail)? {
            back.extend(self.rows(&sql, args).await?);
        }
        Ok(back)
    }
}

/// The statements that write many rows: one, unless they are very many.
pub(super) fn inserts(
    dialect: Dialect,
    head: &str,
    rows: Vec<Vec<Arg>>,
    tail: &str,
) -> Result<Vec<(String, Vec<Arg>)>> {
    let Some(width) = rows.first().map(Vec::len) else { return Ok(Vec::new()) };
    match dialect {
        // Whatever their number, one statement: a list for each column.
        Dialect::Postgres => {
            let columns = columns(rows)?;
            let list = |(at, column)| format!("CAST(${} AS {})", at + 1, array(column));
            let lists: Vec<String> = columns.iter().enumerate().map(list).collect();
            Ok(vec![(format!("{head} SELECT * FROM unnest({}) {tail}", lists.join(", ")), columns)])
        }
        // A statement is prepared once for each number of rows it has room for: let there be few.
        Dialect::Sqlite => {
            let most = 1 << (AT_ONCE / width.max(1)).max(1).ilog2();
            let mut rows = rows.into_iter();
            let mut statements = Vec::new();
            while rows.len() > 0 {
                let count = rows.len().min(most);
                let room = count.next_power_of_two();
                let mut args: Vec<Arg> = rows.by_ref().take(count).flatten().collect();
                args.resize(room * width, Arg::Nothing);
                statements.push((format!("{head} {} {tail}", values(room, width)), args));
            }
            Ok(statements)
        }
    }
}

/// Rows as a list for each of their columns. What stands in the first row tells the type of a column.
fn columns(rows: Vec<Vec<Arg>>) -> Result<Vec<Arg>> {
    let count = rows.len();
    let empty = |arg: &Arg| match arg {
        Arg::Int(_) => Arg::Ints(Vec::with_capacity(count)),
        _ => Arg::Texts(Vec::with_capacity(count)),
    };
    let mut columns: Vec<Arg> = rows.first().into_iter().flatten().map(empty).collect();
    for row in rows {
        for (column, arg) in columns.iter_mut().zip(row) {
            match (column, arg) {
                (Arg::Texts(column), Arg::Text(text)) => column.push(text),
                (Arg::Ints(column), Arg::Int(int)) => column.push(int),
                _ => bail!("a column of two types"),
            }
        }
    }
    Ok(columns)
}

/// SQLite's places for up to `rows` rows of `width` columns: a row whose first column is not given is none.
fn values(rows: usize, width: usize) -> String {
    let row = format!("({})", vec!["?"; width].join(","));
    match rows {
        1 => format!("VALUES {row}"),
        _ => {
            let others = format!(",{row}").repeat(rows - 1);
            format!("SELECT * FROM (VALUES {row}{others}) WHERE column1 IS NOT NULL")
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
fn array(list: &Arg) -> &'static str {
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
    use std::collections::BTreeSet;

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

    #[test]
    fn a_row_whose_types_are_others_is_refused() {
        assert!(columns(vec![args!["a", 1], args!["b", 2]]).is_ok());
        assert!(columns(vec![args!["a", 1], args![2, "b"]]).is_err());
    }

    #[test]
    fn each_row_has_a_place_for_each_column_and_there_are_few_numbers_of_rows() {
        assert_eq!(values(1, 3), "VALUES (?,?,?)");
        assert_eq!(values(2, 3), "SELECT * FROM (VALUES (?,?,?),(?,?,?)) WHERE column1 IS NOT NULL");
        let texts = |rows: std::ops::RangeInclusive<usize>| -> BTreeSet<String> {
            let all = rows.flat_map(|count| {
                let rows = (0..count).map(|n| args![n as i64, "a"]).collect();
                let statements = inserts(Dialect::Sqlite, "INSERT INTO t (a, b)", rows, "").unwrap();
                assert_eq!(statements.len(), 1, "{count}");
                statements.into_iter().inspect(|(sql, args)| assert_eq!(sql.matches('?').count(), args.len()))
            });
            all.map(|(sql, _)| sql).collect()
        };
        assert_eq!(texts(1..=100).len(), 8);
    }

    #[test]
    fn very_many_rows_are_several_statements() {
        let rows = (0..5000_i64).map(|n| args![n, "a"]).collect();
        let statements = inserts(Dialect::Sqlite, "INSERT INTO t (a, b)", rows, "").unwrap();
        let written = |args: &[Arg]| args.iter().filter(|it| matches!(it, Arg::Int(_))).count();
        let each: Vec<usize> = statements.iter().map(|(_, args)| written(args)).collect();
        assert_eq!(each, [4096, 904]);
    }
}
