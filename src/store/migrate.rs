//! Brings a database to the newest schema: the same migrations for SQLite and PostgreSQL.

use super::Dialect;
use anyhow::{Context, Result};
use sqlx::{
    AnyPool,
    migrate::{Migration, MigrationType, Migrator},
};
use std::{borrow::Cow, fs::File, path::PathBuf};

/// The migrations in their order. Embedded here and not by sqlx's macro: the macro costs a build of all of sqlx-macros.
pub(super) const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "house", include_str!("../../migrations/0001_house.sql")),
    (2, "life", include_str!("../../migrations/0002_life.sql")),
    (3, "consent", include_str!("../../migrations/0003_consent.sql")),
    (4, "rules", include_str!("../../migrations/0004_rules.sql")),
    (5, "upload", include_str!("../../migrations/0005_upload.sql")),
    (6, "rebind", include_str!("../../migrations/0006_rebind.sql")),
    (7, "resolution", include_str!("../../migrations/0007_resolution.sql")),
    (8, "request", include_str!("../../migrations/0008_request.sql")),
    (11, "settings", include_str!("../../migrations/0011_settings.sql")),
    (12, "paths", include_str!("../../migrations/0012_paths.sql")),
    (13, "mornings", include_str!("../../migrations/0013_mornings.sql")),
];

/// Applies what is missing. Two processes may do it at once: PostgreSQL locks by itself, for SQLite (where sqlx's lock
/// does nothing) a file beside the database is locked.
pub(super) async fn run(pool: &AnyPool, dialect: Dialect, file: Option<PathBuf>) -> Result<()> {
    let _lock = match (dialect, file) {
        (Dialect::Sqlite, Some(path)) => Some(lock(path).await?),
        _ => None,
    };
    let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
        let sql = sqlx::SqlStr::from_static(sql);
        Migration::new(*version, Cow::Borrowed(*name), MigrationType::Simple, sql, false)
    });
    let migrator = Migrator { migrations: migrations.collect(), ..Migrator::DEFAULT };
    migrator.run(pool).await.context("applying migrations")
}

async fn lock(database: PathBuf) -> Result<File> {
    let path = database.with_extension("lock");
    tokio::task::spawn_blocking(move || {
        let file = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
        file.lock().context("waiting for another process that migrates")?;
        Ok(file)
    })
    .await?
}
