//! `daoyu backup`: everything into one file, as it stood at one moment, while the bot goes on.

use super::{
    Common, Stop,
    archive::{self, Archive, Manifest, Piece},
    common::{look, wall},
    out,
    progress::Progress,
    restore::unfit,
    serve::stop_signal,
    voice::Voice,
};
use crate::{
    school::At,
    store::{Schema, TABLES, Tx},
    text::Phrase,
};
use anyhow::{Context, anyhow};
use futures_util::TryStreamExt;
use std::{
    fs::{self, File, OpenOptions, Permissions},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu backup /var/backups/daoyu-$(date +%F).zip
  daoyu restore /var/backups/daoyu-2026-09-21.zip --check

The file holds everything but the settings: names, phone numbers, what was said about children. Keep it encrypted and on
another machine. It fits both databases: a backup of SQLite may be restored into PostgreSQL, and the other way round.")]
pub struct Args {
    /// The file to write
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub force: bool,
    /// The language of what is printed, zh-CN or en
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

/// So much is handed to the writer at once.
const PIECE: usize = 128 << 10;

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let voice = Voice::new(args.language.as_deref(), None)?;
    if args.file.exists() && !args.force {
        return Err(voice.refuse(&Phrase::new("backup-file-there").text("file", shown(&args.file))));
    }
    let store = look(&common.quiet_base()?, &voice).await?;
    let mut tx = store.snapshot().await?;
    let schema = tx.schema().await?;
    if schema.done.is_empty() {
        return Err(voice.refuse(&Phrase::new("backup-nothing")));
    }
    if schema.is_newer() {
        return Err(voice.refuse(&Phrase::new("cli-database-newer")));
    }
    let part = Part::begin(&args.file, &voice)?;
    let manifest = tokio::select! {
        written = write(tx, &schema, &part, &voice) => written?,
        // A first Ctrl+C ends it without leaving half a file behind.
        stopped = stop_signal() => {
            stopped?;
            return Err(voice.refuse(&Phrase::new("backup-stopped")));
        }
    };
    store.close().await;
    // What cannot be read again is no backup: better to know it now.
    let mut archive = Archive::open(&part.path).map_err(|why| unfit(why, &part.path, &voice))?;
    archive.check(|_| {}).map_err(|why| unfit(why, &part.path, &voice))?;
    let size = fs::metadata(&part.path).context("looking at the backup")?.len();
    part.becomes(&args.file)?;
    out::print(
        &voice.say(
            &Phrase::new("backup-done")
                .text("file", shown(&args.file))
                .text("size", megabytes(size))
                .number("rows", manifest.rows())
                .text("at", wall(At(manifest.made_at))),
        ),
    )
}

/// Reads the database and has another thread pack it, so that both go on at once.
async fn write(mut tx: Tx, schema: &Schema, part: &Part, voice: &Voice) -> Result<Manifest, Stop> {
    let mut total = 0;
    let mut tables = Vec::new();
    for table in TABLES {
        // In an older schema a table may not be there yet.
        let columns = tx.columns(table).await?;
        if !columns.is_empty() {
            total += tx.count(table).await?;
            tables.push((*table, columns));
        }
    }
    let mut progress = Progress::new(voice, "backup-progress", total);
    let (pieces, taken) = mpsc::channel(8);
    let (file, version) = (part.file.try_clone().context("writing the backup")?, schema.version());
    let writing = tokio::task::spawn_blocking(move || archive::write(file, version, taken));
    let read = async {
        let gone = |_| anyhow!("the writer has ended");
        for (table, columns) in tables {
            pieces.send(Piece::Table(table.to_owned(), columns.clone())).await.map_err(gone)?;
            let mut rows = tx.dump(table, &columns)?;
            let (mut lines, mut count) = (Vec::with_capacity(PIECE * 2), 0);
            while let Some(row) = rows.try_next().await? {
                archive::add_line(&mut lines, &row)?;
                count += 1;
                if lines.len() >= PIECE {
                    pieces.send(Piece::Lines(lines, count)).await.map_err(gone)?;
                    progress.step(count);
                    (lines, count) = (Vec::with_capacity(PIECE * 2), 0);
                }
            }
            pieces.send(Piece::Lines(lines, count)).await.map_err(gone)?;
            progress.step(count);
        }
        tx.roll_back().await?;
        pieces.send(Piece::End).await.map_err(gone)
    };
    let read = read.await;
    drop(pieces);
    // If both failed, the writer knows why: a full disk ends the reading, too.
    let written = writing.await.context("writing the backup")?;
    match (read, written) {
        (Ok(()), written) => Ok(written?),
        (Err(_), Err(fault)) if fault.downcast_ref::<std::io::Error>().is_some() => Err(fault.into()),
        (Err(fault), _) => Err(fault.into()),
    }
}

/// The file while it is written, beside its later name and readable by nobody else. It is gone with this value, unless it
/// has become what it should.
struct Part {
    path: PathBuf,
    file: File,
    done: bool,
}

impl Part {
    fn begin(target: &Path, voice: &Voice) -> Result<Part, Stop> {
        let mut path = target.to_owned().into_os_string();
        path.push(".part");
        let path = PathBuf::from(path);
        let cannot = |fault: std::io::Error| {
            let phrase = Phrase::new("cli-file-not-written").text("file", shown(target));
            voice.refuse(&phrase.text("fault", fault.to_string()))
        };
        // Not emptied before it is ours: another backup may be writing it.
        let open = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
        let file = open.map_err(cannot)?;
        if file.try_lock().is_err() {
            return Err(voice.refuse(&Phrase::new("backup-twice").text("file", shown(target))));
        }
        file.set_permissions(Permissions::from_mode(0o600)).map_err(cannot)?;
        file.set_len(0).map_err(cannot)?;
        Ok(Part { path, file, done: false })
    }

    /// From now on the file has its name, also after a power cut.
    fn becomes(mut self, target: &Path) -> anyhow::Result<()> {
        fs::rename(&self.path, target).with_context(|| format!("naming the backup {}", target.display()))?;
        self.done = true;
        let folder = target.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|it| it.sync_all()).context("getting the backup's name onto the disk")
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.done {
            fs::remove_file(&self.path).ok();
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn megabytes(bytes: u64) -> String {
    // A tenth is enough to see that something is in it.
    let tenths = (bytes * 10).div_ceil(1 << 20);
    format!("{}.{}", tenths / 10, tenths % 10)
}
