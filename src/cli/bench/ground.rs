//! The ground on which is measured: a database with made-up schools in it.

use super::super::{
    Common, Stop,
    common::{open_at, sqlite_path},
    progress::Progress,
    voice::Voice,
    year::{self, Year},
};
use crate::{store::Store, text::Phrase};
use anyhow::{Context, Result};
use std::path::Path;
use tempfile::TempDir;

/// How large the made-up town is.
#[derive(clap::Args, Clone, Copy, Debug)]
pub struct Size {
    /// How many students there are in all
    #[arg(long, value_name = "COUNT", default_value_t = 2000)]
    pub students: usize,
    /// How many of them are at one school
    #[arg(long, value_name = "COUNT", default_value_t = 2000)]
    pub per_school: usize,
}

/// A database with made-up schools, and a folder that goes with this value.
pub struct Ground {
    /// Its address.
    pub url: String,
    /// For logs and whatever else is needed for a while.
    folder: TempDir,
    size: Size,
}

impl Size {
    fn schools(self) -> usize {
        self.students.div_ceil(self.per_school.max(1))
    }
}

impl Ground {
    /// Makes up the schools, each with this year, in the database that was named, or else in a file for the time being.
    /// One that was made up before is used as it is; any other database with people in it is refused.
    pub async fn fill(size: Size, year: Year, common: &Common, voice: &Voice) -> Result<Ground, Stop> {
        let folder = tempfile::tempdir().context("making a folder for the time being")?;
        let named = match common.database {
            Some(_) => Some(common.base()?.database.reveal().to_owned()),
            None => None,
        };
        let url = named.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("daoyu.db").display()));
        let ground = Ground { url, folder, size };
        let store = ground.open().await?;
        let known = store.read().await?.schools().await?;
        if known.iter().any(|it| it.name != year::NAME) {
            return Err(voice.refuse(&Phrase::new("bench-not-empty")));
        }
        let missing = known.len()..size.schools();
        let mut progress = Progress::new(voice, "bench-filling", (missing.len() * size.per_school) as u64);
        for nth in missing {
            let students = size.per_school.min(size.students - nth * size.per_school);
            let mut before = 0;
            let told = |now: usize| {
                progress.step((now - before) as u64);
                before = now;
            };
            year::fill_nth(&store, Year { students, ..year }, nth, told).await?;
        }
        store.close().await;
        Ok(ground)
    }

    /// What a PostgreSQL server does by itself within a minute of much being written: a town that is a second old is no better
    /// known to it than one of which it knows nothing.
    pub async fn take_stock(&self) -> Result<()> {
        if sqlite_path(&self.url).is_some() {
            return Ok(());
        }
        let store = Store::open(&self.url).await?;
        let mut tx = store.write().await?;
        tx.take_stock().await?;
        tx.commit().await?;
        store.close().await;
        Ok(())
    }

    /// Opens the database.
    pub async fn open(&self) -> Result<Store, Stop> {
        match sqlite_path(&self.url) {
            Some(path) => open_at(&path).await,
            None => Ok(Store::open(&self.url).await?),
        }
    }

    /// The accounts of the students, one school after the other.
    pub fn students(&self) -> impl Iterator<Item = i64> {
        let size = self.size;
        (0..size.students).map(move |n| year::student_account(n / size.per_school, n % size.per_school))
    }

    /// A place for files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
