//! All rows of a question in one: a JSON array of tuples. What every batch asks comes back in hundreds of rows, and each of them
//! would cross from SQLite's thread to ours alone and be taken apart by column name.

use super::{
    Dialect, Tx,
    sql::{Arg, text_or_empty},
    together::counted_from,
};
use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use sqlx::any::AnyRow;
use std::marker::PhantomData;

/// The rows of a question, read by place.
pub(super) trait Tuple: DeserializeOwned {
    /// The names of the columns, in the order of the fields.
    const NAMES: &'static [&'static str];

    /// `column AS name, ...`
    fn columns() -> String;
}

/// `tuple!(Name { field: Type = "column", ... })`: a row of a question, with what is asked for each field. TEXT is a
/// `String`, BIGINT an `i64`; what an outer join may leave out is an `Option`.
macro_rules! tuple {
    ($(#[$about:meta])* $Name:ident { $($field:ident: $Type:ty = $column:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(serde::Deserialize)]
        pub(super) struct $Name { $(pub(super) $field: $Type),+ }

        impl $crate::store::tuple::Tuple for $Name {
            const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            fn columns() -> String {
                [$(concat!($column, " AS ", stringify!($field))),+].join(", ")
            }
        }
    };
}
pub(super) use tuple;

/// Questions that go together, as one statement.
#[derive(Default)]
pub(super) struct Questions {
    asked: Vec<Asks>,
    args: Vec<Arg>,
}

/// One of them: the names and the columns of a row, and what follows them from `FROM` on.
struct Asks {
    names: Vec<String>,
    from: String,
}

/// Which of the answers is to this question.
pub(super) struct Asked<T>(usize, PhantomData<T>);

/// The answers to questions that went together.
pub(super) struct Answers(AnyRow);

impl Questions {
    /// One more: `rest` is what follows the columns, from `FROM` on, its order included.
    pub(super) fn ask<T: Tuple>(&mut self, rest: &str, args: Vec<Arg>) -> Asked<T> {
        let from = format!("FROM (SELECT {} {}) it", T::columns(), counted_from(rest, self.args.len()));
        self.args.extend(args);
        self.asked.push(Asks { names: T::NAMES.iter().map(|name| format!("it.{name}")).collect(), from });
        Asked(self.asked.len() - 1, PhantomData)
    }

    fn statement(self, dialect: Dialect) -> (String, Vec<Arg>) {
        let select = |(at, it): (usize, &Asks)| {
            let names = it.names.join(", ");
            let all = match dialect {
                Dialect::Sqlite => format!("json_group_array(json_array({names}))"),
                Dialect::Postgres => format!("CAST(json_agg(json_build_array({names})) AS TEXT)"),
            };
            format!("(SELECT {all} {}) AS q{at}", it.from)
        };
        let selects: Vec<String> = self.asked.iter().enumerate().map(select).collect();
        (format!("SELECT {}", selects.join(", ")), self.args)
    }
}

impl Answers {
    /// The rows that answer this question.
    pub(super) fn to<T: Tuple>(&self, asked: &Asked<T>) -> Result<Vec<T>> {
        // PostgreSQL makes nothing of nothing.
        match text_or_empty(&self.0, &format!("q{}", asked.0))?.as_str() {
            "" => Ok(Vec::new()),
            tuples => serde_json::from_str(tuples).context("reading tuples"),
        }
    }
}

impl Tx {
    /// Asks all of these at once.
    pub(super) async fn ask(&mut self, questions: Questions) -> Result<Answers> {
        let (sql, args) = questions.statement(self.dialect);
        self.row(&sql, args).await?.context("aggregates are one row").map(Answers)
    }

    /// Asks for tuples: `rest` is what follows the columns, from `FROM` on, its order included.
    pub(super) async fn tuples<T: Tuple>(&mut self, rest: &str, args: Vec<Arg>) -> Result<Vec<T>> {
        let mut questions = Questions::default();
        let asked = questions.ask::<T>(rest, args);
        self.ask(questions).await?.to(&asked)
    }
}
