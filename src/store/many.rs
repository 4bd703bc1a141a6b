//! Many rows at once, in one statement.

use super::{
    Dialect, Tx,
    sql::{Arg, array},
};
use anyhow::{Result, bail};
use sqlx::any::AnyRow;

/// So many arguments of one statement are far from what either database takes.
const AT_ONCE: usize = 8192;
/// From so many rows on, what is the same in all of them is hardly so by chance.
const MANY: usize = 8;

impl Tx {
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
                let some: Vec<Vec<Arg>> = rows.by_ref().take(most).collect();
                let (values, args) = values(some, width);
                statements.push((format!("{head} {values} {tail}"), args));
            }
            Ok(statements)
        }
    }
}

/// SQLite's words for some rows, and what is bound in them. There is room for the next power of two of them, and a row whose
/// first value is not given is none. What is the same in all of many rows is bound once: for each value that is bound, memory is
/// taken four times on its way.
fn values(rows: Vec<Vec<Arg>>, width: usize) -> (String, Vec<Arg>) {
    let room = rows.len().next_power_of_two();
    if room == 1 {
        return (format!("VALUES ({})", places(width)), rows.into_iter().flatten().collect());
    }
    let is_same = |at: usize| rows.windows(2).all(|pair| pair[0][at] == pair[1][at]);
    let mut is_shared: Vec<bool> = (0..width).map(|at| rows.len() >= MANY && is_same(at)).collect();
    if is_shared.iter().all(|it| *it) {
        is_shared.fill(false);
    }
    let mut own = 0;
    let column = |is_shared: &bool| match is_shared {
        true => "?".to_owned(),
        false => {
            own += 1;
            format!("column{own}")
        }
    };
    let columns = is_shared.iter().map(column).collect::<Vec<_>>().join(",");
    let those = |row: Vec<Arg>, which: bool| {
        row.into_iter().zip(&is_shared).filter(move |(_, it)| **it == which).map(|(arg, _)| arg)
    };
    let mut args: Vec<Arg> = rows.first().into_iter().flat_map(|row| those(row.clone(), true)).collect();
    let needed = args.len() + room * own;
    args.extend(rows.into_iter().flat_map(|row| those(row, false)));
    args.resize(needed, Arg::Nothing);
    let (row, others) = (places(own), format!(",({})", places(own)).repeat(room - 1));
    (format!("SELECT {columns} FROM (VALUES ({row}){others}) WHERE column1 IS NOT NULL"), args)
}

/// `?,?,?`
fn places(count: usize) -> String {
    vec!["?"; count].join(",")
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

#[cfg(test)]
mod tests {
    use super::{super::sql::args, *};
    use std::collections::BTreeSet;

    #[test]
    fn a_row_whose_types_are_others_is_refused() {
        assert!(columns(vec![args!["a", 1], args!["b", 2]]).is_ok());
        assert!(columns(vec![args!["a", 1], args![2, "b"]]).is_err());
    }

    #[test]
    fn there_is_room_for_a_power_of_two_of_rows_and_what_all_share_is_bound_once() {
        let rows = |count: i64| (0..count).map(|n| args!["a", n, 7]).collect::<Vec<_>>();
        assert_eq!(values(rows(1), 3), ("VALUES (?,?,?)".into(), args!["a", 0, 7]));
        let (sql, args) = values(rows(3), 3);
        let row = "(?,?,?)";
        let all = format!("(VALUES {row},{row},{row},{row})");
        assert_eq!(sql, format!("SELECT column1,column2,column3 FROM {all} WHERE column1 IS NOT NULL"));
        assert_eq!(args[..6], args!["a", 0, 7, "a", 1, 7]);
        assert_eq!(args[9..], [const { Arg::Nothing }; 3]);
        let (sql, args) = values(rows(9), 3);
        assert!(sql.starts_with("SELECT ?,column1,? FROM (VALUES (?),(?),"), "{sql}");
        assert_eq!(args[..4], args!["a", 7, 0, 1]);
        assert_eq!((args.len(), sql.matches('?').count()), (18, 18));
    }

    #[test]
    fn there_are_few_texts_however_many_rows() {
        let texts: BTreeSet<String> = (1..=100)
            .map(|count| {
                let rows = (0..count).map(|n| args![n, format!("{n}")]).collect();
                let mut statements = inserts(Dialect::Sqlite, "INSERT INTO t (a, b)", rows, "").unwrap();
                assert_eq!(statements.len(), 1, "{count}");
                statements.remove(0).0
            })
            .collect();
        assert_eq!(texts.len(), 8);
    }

    #[test]
    fn very_many_rows_are_several_statements() {
        let rows = (0..5000_i64).map(|n| args![n, n.to_string()]).collect();
        let statements = inserts(Dialect::Sqlite, "INSERT INTO t (a, b)", rows, "").unwrap();
        let written = |args: &[Arg]| args.iter().filter(|it| matches!(it, Arg::Int(_))).count();
        let each: Vec<usize> = statements.iter().map(|(_, args)| written(args)).collect();
        assert_eq!(each, [4096, 904]);
    }
}
