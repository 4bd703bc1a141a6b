//! How a process is told that another has put messages into its hands: on PostgreSQL by NOTIFY, in the transaction that does it.
//! The outbox alone says what there is; whoever missed a call finds it there.

use super::{
    Dialect, Store, Tx,
    connections::ACQUIRE,
    sql::{Arg, text, these},
};
use anyhow::{Context, Result};
use sqlx::{Executor, postgres::PgListener};
use std::{collections::BTreeMap, future::pending};

/// So many ids in one call: the server takes 8,000 bytes.
const IDS: usize = 200;

/// What rings when another process calls. On SQLite nobody does.
pub struct Bell(Option<PgListener>);

impl Store {
    /// The bell of this process.
    pub async fn bell(&self, me: &str) -> Result<Bell> {
        if self.dialect == Dialect::Sqlite {
            return Ok(Bell(None));
        }
        let mut listener = PgListener::connect(&self.url).await.context("listening for other processes")?;
        listener.listen(&name(me)).await.context("listening for other processes")?;
        Ok(Bell(Some(listener)))
    }
}

impl Bell {
    /// Waits until it rings, and gives the ids of the messages that came into our hands; `None` when the line was broken for
    /// a while, and nobody knows what was missed. Safe to drop while it waits.
    pub async fn rings(&mut self) -> Result<Option<Vec<String>>> {
        let Some(listener) = &mut self.0 else { return pending().await };
        let rung = listener.try_recv().await.context("listening for other processes")?;
        Ok(rung.map(|it| it.payload().split(' ').map(str::to_owned).collect()))
    }

    /// Asks whether the line is there still: one that is dropped on the way says nothing for ever.
    pub async fn is_heard(&mut self) -> Result<()> {
        let Some(listener) = &mut self.0 else { return Ok(()) };
        let asked = tokio::time::timeout(ACQUIRE, listener.execute("SELECT 1")).await;
        asked
            .context("the line to other processes is dead")?
            .context("listening for other processes")
            .map(drop)
    }
}

impl Tx {
    /// Calls processes with the ids of the messages that were put into their hands, as soon as this is committed.
    pub async fn call(&mut self, handed: &BTreeMap<&str, Vec<&str>>) -> Result<()> {
        let calls =
            handed.iter().flat_map(|(to, ids)| ids.chunks(IDS).map(|some| (name(to), some.join(" "))));
        let (to, what): (Vec<String>, Vec<String>) = calls.unzip();
        if to.is_empty() {
            return Ok(());
        }
        let sql = "SELECT CAST(pg_notify(it.process, it.ids) AS TEXT) AS called
                   FROM unnest(CAST($1 AS TEXT[]), CAST($2 AS TEXT[])) AS it (process, ids)";
        self.rows(sql, vec![Arg::Texts(to), Arg::Texts(what)]).await.map(drop)
    }

    /// Which of these processes are not buried; until the commit they cannot be.
    pub async fn which_stand_by(&mut self, processes: Vec<&str>) -> Result<Vec<String>> {
        if processes.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT id FROM process WHERE id IN [$1] ORDER BY id FOR KEY SHARE";
        let rows = self.rows(sql, vec![these(processes)]).await?;
        rows.iter().map(|row| text(row, "id")).collect()
    }
}

/// The name under which a process listens.
fn name(process: &str) -> String {
    format!("daoyu:{process}")
}
