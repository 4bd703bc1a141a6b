//! Leases: what only one process may do at a time, with a number that rises at each change of hands.

use super::{
    Dialect, Tx,
    sql::{args, int},
};
use crate::school::At;
use anyhow::Result;

/// A lease that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// What it is for.
    pub name: String,
    /// Rises at each change of hands: a write under an older number is stale.
    pub fence: i64,
}

impl Tx {
    /// Takes or renews a lease for `milliseconds`; nothing when another holds it. On PostgreSQL the database's clock
    /// counts, so that processes whose clocks differ agree.
    pub async fn take_lease(
        &mut self,
        name: &str,
        holder: &str,
        now: At,
        milliseconds: i64,
    ) -> Result<Option<Lease>> {
        let clock = match self.dialect {
            Dialect::Sqlite => "$3",
            Dialect::Postgres => "(CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + 0 * $3)",
        };
        let sql = format!(
            "INSERT INTO lease (name, holder, fence, expires_at) VALUES ($1, $2, 1, {clock} + $4)
             ON CONFLICT (name) DO UPDATE SET
                 fence = CASE WHEN lease.holder = excluded.holder THEN lease.fence ELSE lease.fence + 1 END,
                 holder = excluded.holder, expires_at = excluded.expires_at
             WHERE lease.holder = excluded.holder OR lease.expires_at <= {clock}
             RETURNING fence"
        );
        let row = self.row(&sql, args![name, holder, now, milliseconds]).await?;
        row.map(|row| Ok(Lease { name: name.to_owned(), fence: int(&row, "fence")? })).transpose()
    }

    /// Whether a lease is still held under this number; held until the commit, so that what is written now is not stale.
    pub async fn still_holds(&mut self, lease: &Lease) -> Result<bool> {
        let sql = "UPDATE lease SET fence = fence WHERE name = $1 AND fence = $2";
        Ok(self.run(sql, args![&lease.name, lease.fence]).await? > 0)
    }

    /// Gives a lease back, so that another need not wait for its end.
    pub async fn give_back(&mut self, lease: &Lease, holder: &str) -> Result<()> {
        let sql = "UPDATE lease SET expires_at = 0 WHERE name = $1 AND fence = $2 AND holder = $3";
        self.run(sql, args![&lease.name, lease.fence, holder]).await.map(drop)
    }
}
