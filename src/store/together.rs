//! Writes that go together. On a server each statement is a way there and back, on which both sides wait for each other: a write of
//! which nobody asks what became of it waits for the next statement and goes with it. (Questions that go together: `tuple.rs`.)

use super::{
    Dialect, Tx,
    sql::{Arg, inserts},
};
use anyhow::{Context, Result};
use std::borrow::Cow;

/// A statement and what is bound to its `$1`, `$2`, ...
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) sql: Cow<'a, str>,
    pub(super) args: Vec<Arg>,
}

/// Writes that wait for the next statement of their transaction. Each writes a table of its own.
#[derive(Default, Debug)]
pub(super) struct Waiting(Vec<Statement<'static>>);

impl Waiting {
    /// One more; it has to be one that [may go with](Waiting::may_go_with) the others.
    pub(super) fn push(&mut self, statement: Statement<'static>) {
        self.0.push(statement);
    }

    /// Whether a statement may go with them. What goes together sees the books as they stood before all of it, and is done in
    /// no order: so it must not name a table that one of them writes.
    pub(super) fn may_go_with(&self, sql: &str) -> bool {
        !sql.trim_start().starts_with("WITH")
            && self.0.iter().filter_map(|it| written(&it.sql)).all(|table| words(sql).all(|it| it != table))
    }

    /// All of them, and this one, whose rows are the answer.
    pub(super) fn with<'a>(self, last: Statement<'a>) -> Statement<'a> {
        if self.0.is_empty() {
            return last;
        }
        let (mut before, mut args) = (Vec::new(), Vec::new());
        for (at, waiting) in self.0.into_iter().enumerate() {
            before.push(format!("w{at} AS ({})", counted_from(&waiting.sql, args.len())));
            args.extend(waiting.args);
        }
        let sql = format!("WITH {} {}", before.join(", "), counted_from(&last.sql, args.len()));
        args.extend(last.args);
        Statement { sql: sql.into(), args }
    }

    /// All of them, if there are any; the last one's answer is that of all.
    pub(super) fn alone(mut self) -> Option<Statement<'static>> {
        self.0.pop().map(|last| self.with(last))
    }
}

impl Tx {
    /// Runs a statement of which nobody asks what became of it: on a server it goes with the next one. It writes its table and
    /// names no other.
    pub(super) async fn run_soon(&mut self, sql: &str, args: Vec<Arg>) -> Result<()> {
        if self.dialect == Dialect::Sqlite {
            return self.run(sql, args).await.map(drop);
        }
        self.known.forget();
        if !self.waiting.may_go_with(sql) {
            self.write_what_waits().await?;
        }
        self.waiting.push(Statement { sql: sql.to_owned().into(), args });
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
    pub(super) async fn with_what_waits<'a>(
        &mut self,
        sql: &'a str,
        args: Vec<Arg>,
    ) -> Result<Statement<'a>> {
        if !self.waiting.may_go_with(sql) {
            self.write_what_waits().await?;
        }
        Ok(std::mem::take(&mut self.waiting).with(Statement { sql: sql.into(), args }))
    }

    /// Writes many rows of which nobody asks what became of them: see [`Tx::run_soon`].
    pub(super) async fn insert_soon(&mut self, head: &str, rows: Vec<Vec<Arg>>, tail: &str) -> Result<()> {
        for (sql, args) in inserts(self.dialect, head, rows, tail)? {
            self.run_soon(&sql, args).await?;
        }
        Ok(())
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
    use super::{super::sql::args, *};

    fn statement(sql: &str, args: Vec<Arg>) -> Statement<'static> {
        Statement { sql: sql.to_owned().into(), args }
    }

    fn waiting(all: &[&str]) -> Waiting {
        Waiting(all.iter().map(|sql| statement(sql, args!["a"])).collect())
    }

    #[test]
    fn what_goes_together_is_one_statement_with_the_arguments_of_all() {
        let mut it = waiting(&["DELETE FROM outbox WHERE id IN [$1]"]);
        it.push(statement("INSERT INTO place (name, at) VALUES ($1, $2)", args!["b", 3]));
        let all = it.with(statement("SELECT id FROM inbox WHERE id = $1", args!["c"]));
        assert_eq!(
            all.sql,
            "WITH w0 AS (DELETE FROM outbox WHERE id IN [$1]), w1 AS (INSERT INTO place (name, at) VALUES ($2, $3)) \
             SELECT id FROM inbox WHERE id = $4"
        );
        assert_eq!(all.args.len(), 4);
    }

    #[test]
    fn one_alone_is_itself() {
        let alone = waiting(&["DELETE FROM outbox WHERE id = $1"]).alone();
        assert_eq!(alone.map(|it| it.sql.into_owned()).as_deref(), Some("DELETE FROM outbox WHERE id = $1"));
        assert!(Waiting::default().alone().is_none());
    }

    #[test]
    fn what_names_a_table_that_is_written_goes_after_it() {
        let waiting = waiting(&["DELETE FROM about WHERE record_id = $1", "UPDATE task SET done_at = $1"]);
        for after in [
            "INSERT INTO about (day) VALUES ($1)",
            "SELECT 1 FROM record JOIN about a ON a.record_id = record.id",
            "UPDATE task SET done_at = 0",
            "SELECT (SELECT COUNT(*) FROM task)",
            "WITH it AS (SELECT 1) SELECT * FROM it",
        ] {
            assert!(!waiting.may_go_with(after), "{after}");
        }
        for with in ["INSERT INTO form (body) VALUES ($1)", "SELECT about_id, task_id FROM record"] {
            assert!(waiting.may_go_with(with), "{with}");
        }
    }
}
