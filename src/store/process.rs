//! Who is alive, and what only one process may do; `work/life.rs` says how silence is noticed. `alive_until`, by the
//! database's clock, is only there to be shown. On SQLite a process is alone, and nothing here is asked.

use super::{
    Dialect, Store, Tx,
    sql::{args, int, text},
};
use crate::school::At;
use anyhow::{Result, ensure};

/// A process that was buried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dead {
    /// Its id.
    pub process: String,
    /// How many messages it had in its hands.
    pub messages: u64,
}

impl Store {
    /// A transaction for what one process holds, unless that is buried; until the commit it cannot be. On SQLite nobody could
    /// bury it.
    pub async fn write_as(&self, me: &str) -> Result<Option<Tx>> {
        ensure!(me.bytes().all(|it| it.is_ascii_alphanumeric()), "the id of a process is hex digits");
        // A beat changes no key, so it does not wait for this lock; a burial does.
        let begin = format!("BEGIN; SELECT id FROM process WHERE id = '{me}' FOR KEY SHARE");
        let mut tx = self.write_with(&begin).await?;
        tx.me = Some(me.into());
        Ok((self.dialect == Dialect::Sqlite || tx.begun.found > 0).then_some(tx))
    }
}

impl Tx {
    /// A new process lives, for `milliseconds` unless it says so again.
    pub async fn begin_process(&mut self, me: &str, now: At, milliseconds: i64) -> Result<()> {
        let clock = self.database_clock("$2");
        let sql =
            format!("INSERT INTO process (id, began_at, alive_until) VALUES ($1, {clock}, {clock} + $3)");
        self.run(&sql, args![me, now, milliseconds]).await.map(drop)
    }

    /// It lives on. Says whether it was still known: otherwise it was buried, and nothing in its hands is its own.
    pub async fn beat(&mut self, me: &str, now: At, milliseconds: i64) -> Result<bool> {
        let clock = self.database_clock("$2");
        let sql = format!("UPDATE process SET alive_until = {clock} + $3 WHERE id = $1");
        Ok(self.run(&sql, args![me, now, milliseconds]).await? > 0)
    }

    /// Every process that is not buried, with what its last beat has left: it changes with each.
    pub async fn processes(&mut self) -> Result<Vec<(String, i64)>> {
        let rows = self.rows("SELECT id, alive_until FROM process", args![]).await?;
        rows.iter().map(|row| Ok((text(row, "id")?, int(row, "alive_until")?))).collect()
    }

    /// Buries a process that has not spoken since that beat. Of two that bury at once one passes by, and so does whoever
    /// finds it in the middle of a transaction.
    pub async fn bury_if_silent(&mut self, process: &str, beat: i64) -> Result<Option<Dead>> {
        let skip = if self.dialect == Dialect::Postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = format!("SELECT id FROM process WHERE id = $1 AND alive_until = $2 {skip}");
        match self.row(&sql, args![process, beat]).await? {
            Some(_) => self.bury(process).await.map(Some),
            None => Ok(None),
        }
    }

    /// Buries one process: its leases are free, and its messages stand open again. Nobody knows whether they were sent.
    pub async fn bury(&mut self, process: &str) -> Result<Dead> {
        self.run("DELETE FROM process WHERE id = $1", args![process]).await?;
        let messages = self.recover_outbox("holder = $1", process).await?;
        Ok(Dead { process: process.to_owned(), messages })
    }

    /// Buries everybody else, known or not: for the start of the only process on SQLite.
    pub async fn bury_all_but(&mut self, me: &str) -> Result<Dead> {
        self.run("DELETE FROM process WHERE id <> $1", args![me]).await?;
        let messages = self.recover_outbox("holder <> $1", me).await?;
        Ok(Dead { process: String::new(), messages })
    }

    /// Takes or keeps a lease; says whether it is ours. Free is one whose holder is buried.
    pub async fn take_lease(&mut self, name: &str, me: &str) -> Result<bool> {
        let sql = "INSERT INTO lease (name, holder) VALUES ($1, $2)
                   ON CONFLICT (name) DO UPDATE SET holder = excluded.holder WHERE lease.holder = excluded.holder
                   RETURNING name";
        Ok(self.row(sql, args![name, me]).await?.is_some())
    }

    /// Gives a lease back, so that another need not wait for our end.
    pub async fn give_back(&mut self, name: &str, me: &str) -> Result<()> {
        self.run("DELETE FROM lease WHERE name = $1 AND holder = $2", args![name, me]).await.map(drop)
    }

    async fn recover_outbox(&mut self, whose: &str, process: &str) -> Result<u64> {
        let sql = format!(
            "UPDATE outbox SET state = 'open', holder = '',
                 error = 'a process ended while it had this message in its hands'
             WHERE state = 'sending' AND {whose}"
        );
        self.run(&sql, args![process]).await
    }

    /// The clock by which lives are counted, as SQL; `parameter` is bound to ours, which is the database's on SQLite.
    fn database_clock(&self, parameter: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => parameter.to_owned(),
            // The parameter is named too, since what is bound must be used.
            Dialect::Postgres => {
                format!("(CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + 0 * {parameter})")
            }
        }
    }
}
