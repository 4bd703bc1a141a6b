//! Writes that go together. Each statement is a way there and back, to a server or to SQLite's thread, on which both sides wait
//! for each other: a write of which nobody asks what became of it waits for the next statement and goes with it. (Questions that
//! go together: `tuple.rs`.)

use super::{
    Dialect, Tx,
    many::inserts,
    sql::{Arg, worded},
};
use anyhow::{Context, Result};
use std::borrow::Cow;

/// A statement in its database's words, with what is bound in it.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) dialect: Dialect,
    pub(super) sql: Cow<'a, str>,
    pub(super) args: Vec<Arg>,
    /// Whether it says something else for another number of rows.
    varies: bool,
    /// Whether it numbers what is bound in it, since that does not come in its order, once each.
    counts: bool,
}

/// What a transaction on SQLite begins with.
pub(super) const BEGIN: &str = "BEGIN IMMEDIATE";

/// Writes that wait for the next statement of their transaction.
#[derive(Default, Debug)]
pub(super) struct Waiting(Vec<Statement<'static>>);

impl<'a> Statement<'a> {
    /// `args` are for `$1`, `$2`, ...
    pub(super) fn new(dialect: Dialect, sql: &'a str, args: Vec<Arg>) -> Statement<'a> {
        let sql = worded(dialect, sql, &args);
        let counts = dialect == Dialect::Sqlite && sql.contains("?1");
        Statement { dialect, sql, args, varies: false, counts }
    }

    fn into_owned(self) -> Statement<'static> {
        Statement { sql: self.sql.into_owned().into(), ..self }
    }
}

impl Waiting {
    /// One more; it has to be one that [may go with](Waiting::may_go_with) the others.
    pub(super) fn push(&mut self, statement: Statement<'_>) {
        self.0.push(statement.into_owned());
    }

    /// Whether anything waits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the transaction has yet to begin.
    pub(super) fn begins(&self) -> bool {
        self.0.first().is_some_and(|it| it.sql == BEGIN)
    }

    /// Whether a statement may go with them.
    pub(super) fn may_go_with(&self, it: &Statement<'_>) -> bool {
        self.is_empty()
            || match it.dialect {
                // They are done one after another. What is bound is counted through all of them; and what goes together is
                // prepared together, once for each number of rows of one of them.
                Dialect::Sqlite => {
                    let clash = |other: &Statement<'_>| other.counts || it.varies && other.varies;
                    !it.counts && !self.0.iter().any(clash)
                }
                // They see the books as they stood before all of them, and are done in no order: none may name a table that
                // another one writes.
                Dialect::Postgres => {
                    !it.sql.trim_start().starts_with("WITH")
                        && self
                            .0
                            .iter()
                            .filter_map(|other| written(&other.sql))
                            .all(|table| words(&it.sql).all(|word| word != table))
                }
            }
    }

    /// All of them, and this one, whose answer is the answer.
    pub(super) fn with<'a>(self, last: Statement<'a>) -> Statement<'a> {
        if self.is_empty() {
            return last;
        }
        let (mut before, mut args) = (Vec::new(), Vec::new());
        for (at, waiting) in self.0.into_iter().enumerate() {
            before.push(match last.dialect {
                Dialect::Sqlite => waiting.sql.into_owned(),
                Dialect::Postgres => format!("w{at} AS ({})", counted_from(&waiting.sql, args.len())),
            });
            args.extend(waiting.args);
        }
        let sql = match last.dialect {
            Dialect::Sqlite => format!("{}; {}", before.join("; "), last.sql),
            Dialect::Postgres => {
                format!("WITH {} {}", before.join(", "), counted_from(&last.sql, args.len()))
            }
        };
        args.extend(last.args);
        Statement { sql: sql.into(), args, ..last }
    }

    /// All of them, if there are any; the last one's answer is that of all.
    pub(super) fn alone(mut self) -> Option<Statement<'static>> {
        self.0.pop().map(|last| self.with(last))
    }
}

impl Tx {
    /// Runs a statement of which nobody asks what became of it: it goes with the next one. On a server it must name no table
    /// but the one that it writes.
    pub(super) async fn run_soon(&mut self, sql: &str, args: Vec<Arg>) -> Result<()> {
        self.wait(Statement::new(self.dialect, sql, args)).await
    }

    /// Writes many rows of which nobody asks what became of them: see [`Tx::run_soon`].
    pub(super) async fn insert_soon(&mut self, head: &str, rows: Vec<Vec<Arg>>, tail: &str) -> Result<()> {
        for (sql, args) in inserts(self.dialect, head, rows, tail)? {
            self.wait(Statement { varies: true, ..Statement::new(self.dialect, &sql, args) }).await?;
        }
        Ok(())
    }

    async fn wait(&mut self, statement: Statement<'_>) -> Result<()> {
        self.known.forget();
        if !self.waiting.may_go_with(&statement) {
            self.write_what_waits().await?;
        }
        self.waiting.push(statement);
        Ok(())
    }

    /// Writes what waits for the next statement, if anything does.
    pub(super) async fn write_what_waits(&mut self) -> Result<()> {
        match std::mem::take(&mut self.waiting).alone() {
            Some(all) => self.execute(all).await.context("writing what waited").map(drop),
            None => Ok(()),
        }
    }

    /// A statement, together with what waits for it.
    pub(super) async fn with_what_waits<'a>(&mut self, statement: Statement<'a>) -> Result<Statement<'a>> {
        if !self.waiting.may_go_with(&statement) {
            self.write_what_waits().await?;
        }
        Ok(std::mem::take(&mut self.waiting).with(statement))
    }
}

/// A statement whose arguments come after so many others: `$1` is `$4` after three.
pub(super) fn counted_from(sql: &str, before: usize) -> String {
    let mut pieces = sql.split('$');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = piece[..digits].parse().unwrap_or_default();
        out.push_str(&format!("${}{}", number + before, &piece[digits..]));
    }
    out
}

/// The table that a statement writes.
fn written(sql: &str) -> Option<&str> {
    let mut words = words(sql).skip_while(|word| !["INTO", "FROM", "UPDATE"].contains(word));
    words.next().and(words.next())
}

fn words(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(|it: char| !it.is_ascii_alphanumeric() && it != '_').filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{
        super::sql::{args, these},
        *,
    };

    const POSTGRES: Dialect = Dialect::Postgres;

    fn waiting(dialect: Dialect, all: &[&str]) -> Waiting {
        let statement = |sql: &&str| Statement::new(dialect, sql, args!["a"]).into_owned();
        Waiting(all.iter().map(statement).collect())
    }

    #[test]
    fn what_goes_together_is_one_statement_with_the_arguments_of_all() {
        let together = |dialect| {
            let mut it = Waiting::default();
            it.push(Statement::new(dialect, "DELETE FROM outbox WHERE id IN [$1]", vec![these(["a"])]));
            it.push(Statement::new(dialect, "INSERT INTO place (name, at) VALUES ($1, $2)", args!["b", 3]));
            it.with(Statement::new(dialect, "SELECT id FROM inbox WHERE id = $1", args!["c"]))
        };
        let on_postgres = together(POSTGRES);
        assert_eq!(
            on_postgres.sql,
            "WITH w0 AS (DELETE FROM outbox WHERE id = ANY(CAST($1 AS TEXT[]))), \
             w1 AS (INSERT INTO place (name, at) VALUES ($2, $3)) SELECT id FROM inbox WHERE id = $4"
        );
        let on_sqlite = together(Dialect::Sqlite);
        assert_eq!(
            on_sqlite.sql,
            "DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?)); \
             INSERT INTO place (name, at) VALUES (?, ?); SELECT id FROM inbox WHERE id = ?"
        );
        assert_eq!((on_postgres.args.len(), on_sqlite.args.len()), (4, 4));
    }

    #[test]
    fn one_alone_is_itself() {
        let alone = waiting(POSTGRES, &["DELETE FROM outbox WHERE id = $1"]).alone();
        assert_eq!(alone.map(|it| it.sql.into_owned()).as_deref(), Some("DELETE FROM outbox WHERE id = $1"));
        assert!(Waiting::default().alone().is_none());
    }

    #[test]
    fn on_a_server_what_names_a_table_that_is_written_goes_after_it() {
        let waiting =
            waiting(POSTGRES, &["DELETE FROM about WHERE record_id = $1", "UPDATE task SET done_at = $1"]);
        let may_go = |sql| waiting.may_go_with(&Statement::new(POSTGRES, sql, args!["a"]));
        for after in [
            "INSERT INTO about (day) VALUES ($1)",
            "SELECT 1 FROM record JOIN about a ON a.record_id = record.id",
            "UPDATE task SET done_at = 0",
            "SELECT (SELECT COUNT(*) FROM task)",
            "WITH it AS (SELECT 1) SELECT * FROM it",
        ] {
            assert!(!may_go(after), "{after}");
        }
        for with in ["INSERT INTO form (body) VALUES ($1)", "SELECT about_id, task_id FROM record"] {
            assert!(may_go(with), "{with}");
        }
    }

    #[test]
    fn on_sqlite_all_goes_but_what_counts_its_arguments_itself_and_a_second_number_of_rows() {
        let statement =
            |sql, varies| Statement { varies, ..Statement::new(Dialect::Sqlite, sql, args!["a"]) };
        let mut waiting = waiting(Dialect::Sqlite, &["DELETE FROM about WHERE record_id = $1"]);
        assert!(waiting.may_go_with(&statement("INSERT INTO about (day) VALUES ($1)", true)));
        assert!(!waiting.may_go_with(&statement("UPDATE task SET done_at = $1 WHERE id = $1", false)));
        waiting.push(statement("INSERT INTO form (body) VALUES ($1)", true));
        assert!(!waiting.may_go_with(&statement("INSERT INTO about (day) VALUES ($1)", true)));
        assert!(waiting.may_go_with(&statement("SELECT day FROM about", false)));
    }
}
