//! `daoyu restore`: a backup into an empty database, all of it or nothing.

use super::{
    Common, Stop,
    archive::{Archive, Entry, Manifest, Unfit},
    common::{self, sqlite_path, wall},
    out,
    progress::Progress,
    serve::alone_at,
    voice::Voice,
};
use crate::{
    school::At,
    store::{Field, Schema, Store, TABLES, Tx, Woken},
    text::Phrase,
};
use anyhow::Context;
use std::{
    fs::OpenOptions,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu restore daoyu-2026-09-21.zip --check
  daoyu restore daoyu-2026-09-21.zip --database sqlite:/var/lib/daoyu/restored.db
  daoyu restore daoyu-2026-09-21.zip --database postgres://daoyu:...@127.0.0.1/daoyu

The database must be empty, and nothing may serve it. Either everything is in it afterwards, or nothing.")]
pub struct Args {
    /// The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only look whether the file is whole; no database is needed
    #[arg(long)]
    pub check: bool,
    /// The language of what is printed, zh-CN or en
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

/// So many rows are written at once, and about so many bytes.
const ROWS: usize = 1000;
const BYTES: usize = 1 << 20;

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(args.language.as_deref(), None)?;
    let mut archive = Archive::open(&args.file).map_err(|why| unfit(why, &args.file, &voice))?;
    let manifest = archive.manifest().clone();
    if manifest.schema > Schema::newest() {
        return Err(unfit(Unfit::TooNew, &args.file, &voice));
    }
    // All of it is looked at before anything is written: a damaged file is told after seconds and not at the end.
    let mut progress = Progress::new(&voice, "restore-checking", manifest.rows());
    archive.check(|read| progress.step(read)).map_err(|why| unfit(why, &args.file, &voice))?;
    drop(progress);
    if args.check {
        return out::print(&voice.say(&about(&manifest, "restore-whole")));
    }
    let base = common.quiet_base()?;
    let file = sqlite_path(base.database.reveal());
    if file.as_ref().is_none_or(|it| it.exists()) {
        // Before anything is changed there: a database in use may be of an older schema, and stays so.
        let store = common::look(&base, &voice).await?;
        let mut tx = store.read().await?;
        is_empty(&mut tx, &voice).await?;
        if !tx.columns("process").await?.is_empty() && tx.anybody_lives().await? {
            return Err(voice.refuse(&Phrase::new("restore-served")));
        }
        tx.roll_back().await?;
        store.close().await;
    }
    let _alone = file.as_deref().map(alone_at).transpose()?;
    if let Some(file) = &file {
        // For nobody else to read; SQLite gives the files beside it the same rights.
        let made = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(file);
        made.with_context(|| format!("creating {}", file.display()))?;
    }
    let store = common::open(&base).await?;
    let woken = load(&store, archive, &manifest, &voice).await?;
    store.close().await;
    let mut told = vec![voice.say(&about(&manifest, "restore-done"))];
    if woken.replies > 0 {
        told.push(voice.say(&Phrase::new("restore-replies").number("count", woken.replies)));
    }
    if woken.open_again > 0 {
        told.push(voice.say(&Phrase::new("restore-open-again").number("count", woken.open_again)));
    }
    out::print(&told.join("\n"))
}

/// Writes everything in one transaction, and looks at it before it is kept.
async fn load(store: &Store, archive: Archive, manifest: &Manifest, voice: &Voice) -> Result<Woken, Stop> {
    let mut tx = store.write().await?;
    is_empty(&mut tx, voice).await?;
    let mut entries = Vec::new();
    for table in TABLES {
        let Some(entry) = manifest.tables.iter().find(|it| it.name == *table) else { continue };
        let own = tx.columns(table).await?;
        if entry.rows > 0 && entry.columns.iter().any(|it| !own.contains(it)) {
            let phrase = Phrase::new("restore-other-columns").text("table", *table);
            return Err(voice.refuse(&phrase.text("version", &manifest.daoyu)));
        }
        entries.push(entry.clone());
    }
    let mut progress = Progress::new(voice, "restore-progress", manifest.rows());
    let (batches, mut taken) = mpsc::channel(4);
    let wanted = entries.clone();
    let reading = tokio::task::spawn_blocking(move || read(archive, &wanted, &batches));
    while let Some((n, rows)) = taken.recv().await {
        let entry: &Entry = entries.get(n).context("a table that was not asked for")?;
        let count = rows.len();
        tx.load(&entry.name, &entry.columns, rows).await?;
        progress.step(count as u64);
    }
    reading
        .await
        .context("reading the backup")?
        .map_err(|_| voice.refuse(&Phrase::new("restore-changed")))?;
    drop(progress);
    for entry in &entries {
        let (here, there) = (tx.count(&entry.name).await?, entry.rows);
        if here != there {
            return Err(
                anyhow::anyhow!("{}: {there} rows were written and {here} are there", entry.name).into()
            );
        }
    }
    let wrong = tx.unsound().await?;
    if let Some(first) = wrong.first() {
        return Err(anyhow::anyhow!("the database finds what was written unsound: {first}").into());
    }
    let woken = tx.wake_outbox().await?;
    tx.take_stock().await?;
    tx.commit().await?;
    Ok(woken)
}

/// Reads table after table and hands the rows over. For a thread that may block.
fn read(
    mut archive: Archive,
    entries: &[Entry],
    batches: &mpsc::Sender<(usize, Vec<Vec<Field>>)>,
) -> Result<(), Unfit> {
    for (n, entry) in entries.iter().enumerate() {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        archive.rows(entry, |row| {
            bytes +=
                row.iter().map(|it| if let Field::Text(text) = it { text.len() } else { 8 }).sum::<usize>();
            batch.push(row);
            if batch.len() < ROWS && bytes < BYTES {
                return true;
            }
            bytes = 0;
            // Who takes them may have met a fault; then nobody wants more.
            batches.blocking_send((n, std::mem::take(&mut batch))).is_ok()
        })?;
        if !batch.is_empty() && batches.blocking_send((n, batch)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Refuses a database in which something is.
async fn is_empty(tx: &mut Tx, voice: &Voice) -> Result<(), Stop> {
    let mut rows = 0;
    let mut phrase = Phrase::new("restore-not-empty");
    for table in TABLES {
        // A database that was never opened has no tables.
        let count = if tx.columns(table).await?.is_empty() { 0 } else { tx.count(table).await? };
        rows += count;
        phrase = match *table {
            "school" => phrase.number("schools", count),
            "person" => phrase.number("people", count),
            "record" => phrase.number("records", count),
            _ => phrase,
        };
    }
    if rows == 0 { Ok(()) } else { Err(voice.refuse(&phrase.number("rows", rows))) }
}

fn about(manifest: &Manifest, key: &'static str) -> Phrase {
    Phrase::new(key)
        .number("rows", manifest.rows())
        .number("tables", manifest.tables.len())
        .text("at", wall(At(manifest.made_at)))
        .text("version", &manifest.daoyu)
}

/// Why a file cannot be restored, in words.
pub(super) fn unfit(why: Unfit, path: &Path, voice: &Voice) -> Stop {
    let file = path.display().to_string();
    let phrase = match why {
        Unfit::Unreadable(fault) => Phrase::new("cli-file").text("fault", fault.to_string()),
        Unfit::Strange => Phrase::new("restore-strange"),
        Unfit::CutShort => Phrase::new("restore-cut-short"),
        Unfit::Damaged(part) => Phrase::new("restore-damaged").text("part", part),
        Unfit::TooNew => Phrase::new("restore-too-new"),
    };
    voice.refuse(&phrase.text("file", file))
}
