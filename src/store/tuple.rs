//! All rows of a question in one: a JSON array of tuples. What every batch asks comes back in hundreds of rows, and each of them
//! would cross from SQLite's thread to ours alone and be taken apart by column name.

use super::{
    Dialect, Tx,
    sql::{Arg, text_or_empty},
};
use anyhow::{Context, Result};
use serde::de::DeserializeOwned;

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
        struct $Name { $($field: $Type),+ }

        impl $crate::store::tuple::Tuple for $Name {
            const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            fn columns() -> String {
                [$(concat!($column, " AS ", stringify!($field))),+].join(", ")
            }
        }
    };
}
pub(super) use tuple;

impl Tx {
    /// Asks for tuples: `rest` is what follows the columns, from `FROM` on, its order included.
    pub(super) async fn tuples<T: Tuple>(&mut self, rest: &str, args: Vec<Arg>) -> Result<Vec<T>> {
        let names: Vec<String> = T::NAMES.iter().map(|name| format!("it.{name}")).collect();
        let names = names.join(", ");
        let all = match self.dialect {
            Dialect::Sqlite => format!("json_group_array(json_array({names}))"),
            Dialect::Postgres => format!("CAST(json_agg(json_build_array({names})) AS TEXT)"),
        };
        let sql = format!("SELECT {all} AS tuples FROM (SELECT {} {rest}) it", T::columns());
        let row = self.row(&sql, args).await?.context("an aggregate is one row")?;
        // PostgreSQL makes nothing of nothing.
        match text_or_empty(&row, "tuples")?.as_str() {
            "" => Ok(Vec::new()),
            tuples => serde_json::from_str(tuples).context("reading tuples"),
        }
    }
}
