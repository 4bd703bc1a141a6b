//! A look at a database without touching it: opened as it is, neither created nor brought to another schema.

use super::{
    Dialect, Store, Tx,
    connections::{self, ACQUIRE, Connections},
    migrate,
    sql::{args, int, int_or_zero, text},
};
use crate::school::{At, SchoolId, SlotName};
use anyhow::{Context, Result};
use sqlx::{
    AnyConnection, ConnectOptions, Connection,
    any::{AnyConnectOptions, install_default_drivers},
};

/// The schema of a database beside the one that this program knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Schema {
    /// Steps that are done, in their order.
    pub done: Vec<i64>,
    /// A step that was begun and not ended.
    pub broken: Option<i64>,
}

/// What waits in a queue or was set aside there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// Since when the oldest does.
    pub since: Option<At>,
}

/// One of the clocks of a school.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SlotRow {
    /// The school.
    pub school: SchoolId,
    /// What it is for.
    pub name: SlotName,
    /// When it is due.
    pub next: At,
    /// What was done last.
    pub done: Option<At>,
}

impl Store {
    /// Opens the database at `url` as it stands, to be read alone. An SQLite file that is not there is a fault.
    pub async fn open_as_is(url: &str) -> Result<Store> {
        install_default_drivers();
        let (dialect, url) = Dialect::of(url)?;
        let pool = match dialect {
            Dialect::Sqlite => {
                // `rw` and not `ro`: to read beside a writer SQLite needs the write-ahead log's index.
                let url = url.replace("?mode=rwc", "?mode=rw");
                let open = connections::options(2).after_connect(|connection, _| {
                    let pragmas = "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;";
                    Box::pin(async move { sqlx::Executor::execute(connection, pragmas).await.map(drop) })
                });
                open.connect_with(quietly(&url)?).await.context("opening the SQLite file")?
            }
            Dialect::Postgres => {
                // The pool would only say that it waited: this says why.
                AnyConnection::connect(&url).await.context("connecting to PostgreSQL")?.close().await.ok();
                // A server that is read-only is welcome here, and a long answer may take its time.
                let open = connections::options(2).acquire_timeout(ACQUIRE).after_connect(|connection, _| {
                    let quiet = "SET client_min_messages TO ERROR; SET default_transaction_read_only TO on";
                    Box::pin(async move { sqlx::Executor::execute(connection, quiet).await.map(drop) })
                });
                open.connect_with(quietly(&url)?).await.context("connecting to PostgreSQL")?
            }
        };
        let all = Connections::of(pool, false);
        Ok(Store::over([all.clone(), all.clone(), all], dialect, &url))
    }
}

/// A whole table is read for as long as it takes: nobody is warned of a slow statement.
fn quietly(url: &str) -> Result<AnyConnectOptions> {
    Ok(url
        .parse::<AnyConnectOptions>()
        .context("reading the database's address")?
        .disable_statement_logging())
}

impl Schema {
    /// The newest step that is done; 0 for a database without any.
    pub fn version(&self) -> i64 {
        self.done.last().copied().unwrap_or_default()
    }

    /// The newest step that this program knows.
    pub fn newest() -> i64 {
        migrate::MIGRATIONS.last().map_or(0, |(version, ..)| *version)
    }

    /// Whether a newer program has been here.
    pub fn is_newer(&self) -> bool {
        self.done.iter().any(|it| migrate::MIGRATIONS.iter().all(|(known, ..)| known != it))
    }
}

impl Tx {
    /// Which steps of the schema are done.
    pub async fn schema(&mut self) -> Result<Schema> {
        let known = match self.dialect {
            Dialect::Sqlite => "SELECT COUNT(*) AS n FROM sqlite_master WHERE name = '_sqlx_migrations'",
            Dialect::Postgres => {
                "SELECT COUNT(*) AS n FROM information_schema.tables
                 WHERE table_schema = current_schema() AND table_name = '_sqlx_migrations'"
            }
        };
        let known = self.row(known, args![]).await?.map(|row| int(&row, "n")).transpose()?;
        if known == Some(0) {
            return Ok(Schema::default());
        }
        let sql = "SELECT version, CAST(CASE WHEN success THEN 1 ELSE 0 END AS BIGINT) AS success
                   FROM _sqlx_migrations ORDER BY version";
        let mut schema = Schema::default();
        for row in self.rows(sql, args![]).await? {
            let version = int(&row, "version")?;
            match int(&row, "success")? {
                1 => schema.done.push(version),
                _ => schema.broken = Some(version),
            }
        }
        Ok(schema)
    }

    /// The version of the database's own program, like `16.4`.
    pub async fn database_version(&mut self) -> Result<String> {
        let sql = match self.dialect {
            Dialect::Sqlite => "SELECT sqlite_version() AS version",
            Dialect::Postgres => "SELECT current_setting('server_version') AS version",
        };
        let row = self.row(sql, args![]).await?.context("a version is one row")?;
        text(&row, "version")
    }

    /// What a quick look through an SQLite file finds wrong; nothing on PostgreSQL.
    pub async fn quickly_unsound(&mut self) -> Result<Vec<String>> {
        if self.dialect == Dialect::Postgres {
            return Ok(Vec::new());
        }
        let mut wrong = self.sqlite_says("PRAGMA quick_check").await?;
        wrong.extend(self.dangling().await?);
        Ok(wrong)
    }

    /// Whether PostgreSQL takes what we write: it is no standby, is not set to be read alone, and lets us.
    pub async fn may_write(&mut self) -> Result<bool> {
        if self.dialect == Dialect::Sqlite {
            return Ok(true);
        }
        // Our own session is read-only by our own wish: what holds for others stands in `reset_val`.
        let sql = "SELECT CAST(CASE WHEN pg_is_in_recovery() THEN 0
                       WHEN (SELECT reset_val FROM pg_settings WHERE name = 'default_transaction_read_only') = 'on' THEN 0
                       WHEN has_table_privilege('school', 'INSERT') AND has_table_privilege('outbox', 'DELETE') THEN 1
                       ELSE 0 END AS BIGINT) AS may";
        Ok(self.row(sql, args![]).await?.map(|row| int(&row, "may")).transpose()? == Some(1))
    }

    /// What PostgreSQL's clock shows; SQLite has none of its own.
    pub async fn server_clock(&mut self) -> Result<Option<At>> {
        if self.dialect == Dialect::Sqlite {
            return Ok(None);
        }
        let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS at";
        self.row(sql, args![]).await?.map(|row| int(&row, "at").map(At)).transpose()
    }

    /// Whether a process of PostgreSQL's says that it lives. On SQLite a lock of the file tells it.
    pub async fn anybody_lives(&mut self) -> Result<bool> {
        let now = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
        let sql = format!("SELECT id FROM process WHERE alive_until >= {now} LIMIT 1");
        Ok(self.dialect == Dialect::Postgres && self.row(&sql, args![]).await?.is_some())
    }

    /// Updates that could have been answered since before `then`.
    pub async fn stuck_inbox(&mut self, then: At) -> Result<Waiting> {
        self.waiting(
            "inbox WHERE state = 'open' AND received_at <= $1 AND not_before <= $1",
            "received_at",
            then,
        )
        .await
    }

    /// Messages that could have gone since before `then`.
    pub async fn stuck_outbox(&mut self, then: At) -> Result<Waiting> {
        let of = |state: &str| {
            format!(
                "SELECT made_at FROM outbox WHERE state = '{state}' AND made_at <= $1 AND not_before <= $1"
            )
        };
        let both = format!("({} UNION ALL {}) AS stuck", of("open"), of("sending"));
        self.waiting(&both, "made_at", then).await
    }

    /// Updates that were set aside.
    pub async fn aside_inbox(&mut self) -> Result<Waiting> {
        self.waiting("inbox WHERE state = 'aside' AND received_at <= $1", "received_at", At(i64::MAX)).await
    }

    /// Messages that were set aside.
    pub async fn aside_outbox(&mut self) -> Result<Waiting> {
        self.waiting("outbox WHERE state = 'aside' AND made_at <= $1", "made_at", At(i64::MAX)).await
    }

    async fn waiting(&mut self, which: &str, since: &str, then: At) -> Result<Waiting> {
        let sql = format!("SELECT COUNT(*) AS n, MIN({since}) AS since FROM {which}");
        let Some(row) = self.row(&sql, args![then]).await? else { return Ok(Waiting::default()) };
        let count = int(&row, "n")?;
        Ok(Waiting { count, since: (count > 0).then_some(At(int_or_zero(&row, "since")?)) })
    }

    /// The clocks of all schools.
    pub async fn slots(&mut self) -> Result<Vec<SlotRow>> {
        let sql = "SELECT school_id, name, next_at, done_at FROM slot ORDER BY school_id, name";
        let rows = self.rows(sql, args![]).await?;
        rows.iter()
            .map(|row| {
                Ok(SlotRow {
                    school: text(row, "school_id")?.into(),
                    name: text(row, "name")?.parse()?,
                    next: At(int(row, "next_at")?),
                    done: Some(At(int(row, "done_at")?)).filter(|at| at.0 > 0),
                })
            })
            .collect()
    }
}
