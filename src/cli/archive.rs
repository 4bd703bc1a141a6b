//! The file of a backup: a zip with `<table>.jsonl` for each table, a JSON array per row, and `manifest.json` that says
//! what has to be in them. It is the same for both databases, and any tool can open it.
//!
//! Both ways a row is in memory only for a moment: the size of a school does not matter.

use crate::{clock::Clock, store::Field};
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write},
    path::Path,
};
use tokio::sync::mpsc;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Rises when an older program could not read what is written.
pub(super) const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Longer than any row: a wrong file must not fill the memory.
const LONGEST_LINE: u64 = 64 << 20;
const LONGEST_MANIFEST: u64 = 16 << 20;

/// What a backup says about itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// [`FORMAT`] of the program that wrote it.
    pub(super) format: u32,
    /// The version of that program.
    pub(super) daoyu: String,
    /// The newest step of the schema in the database it came from.
    pub(super) schema: i64,
    /// When, in UTC milliseconds.
    pub(super) made_at: i64,
    /// What is in it.
    pub(super) tables: Vec<Entry>,
}

/// One table of a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its name.
    pub(super) name: String,
    /// What stands in each row, in this order.
    pub(super) columns: Vec<String>,
    /// How many rows it has.
    pub(super) rows: u64,
    /// SHA-256 of its lines, in hex.
    pub(super) sha256: String,
}

/// What is handed to the writer, table by table.
pub(super) enum Piece {
    /// A table begins.
    Table(String, Vec<String>),
    /// Some of its rows as lines, and how many.
    Lines(Vec<u8>, u64),
    /// All was said. Without it the file is not finished.
    End,
}

/// Why a file cannot be restored.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It cannot be read at all.
    Unreadable(io::Error),
    /// It is something else.
    Strange,
    /// It began as a backup and its end is not there.
    CutShort,
    /// This part of it is not what it was when it was made.
    Damaged(String),
    /// A newer program wrote it.
    TooNew,
}

impl Manifest {
    /// All rows.
    pub(super) fn rows(&self) -> u64 {
        self.tables.iter().map(|it| it.rows).sum()
    }
}

/// Adds a row as a line.
pub(super) fn add_line(lines: &mut Vec<u8>, row: &[Field]) -> Result<()> {
    serde_json::to_writer(&mut *lines, row).context("writing a row")?;
    lines.push(b'\n');
    Ok(())
}

/// Writes the file from what comes, until [`Piece::End`]. For a thread that may block.
pub(super) fn write(file: File, schema: i64, mut pieces: mpsc::Receiver<Piece>) -> Result<Manifest> {
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 18, file));
    let mut tables: Vec<(Entry, Sha256)> = Vec::new();
    loop {
        match pieces.blocking_recv() {
            Some(Piece::Table(name, columns)) => {
                zip.start_file(entry_name(&name), options).context("beginning a table")?;
                tables.push((Entry { name, columns, rows: 0, sha256: String::new() }, Sha256::new()));
            }
            Some(Piece::Lines(lines, rows)) => {
                let (entry, sum) = tables.last_mut().context("rows before a table")?;
                entry.rows += rows;
                sum.update(&lines);
                zip.write_all(&lines).context("writing the backup")?;
            }
            Some(Piece::End) => break,
            None => bail!("the database was not read to its end"),
        }
    }
    let tables = tables.into_iter().map(|(entry, sum)| Entry { sha256: hex(sum), ..entry }).collect();
    let daoyu = env!("CARGO_PKG_VERSION").to_owned();
    let manifest = Manifest { format: FORMAT, daoyu, schema, made_at: Clock::System.now().0, tables };
    zip.start_file(MANIFEST, options).context("writing the manifest")?;
    serde_json::to_writer_pretty(&mut zip, &manifest).context("writing the manifest")?;
    let file = zip.finish().context("ending the backup")?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error).context("writing the backup")?;
    file.sync_all().context("getting the backup onto the disk")?;
    Ok(manifest)
}

/// A backup to read from.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    manifest: Manifest,
}

impl Archive {
    /// Opens a file and reads what it says about itself.
    pub(super) fn open(path: &Path) -> Result<Archive, Unfit> {
        let mut file = File::open(path).map_err(Unfit::Unreadable)?;
        let mut begins = [0; 4];
        let is_zip = match file.read_exact(&mut begins) {
            Ok(()) => begins == *b"PK\x03\x04",
            Err(fault) if fault.kind() == io::ErrorKind::UnexpectedEof => false,
            Err(fault) => return Err(Unfit::Unreadable(fault)),
        };
        if !is_zip {
            return Err(Unfit::Strange);
        }
        file.rewind().map_err(Unfit::Unreadable)?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| Unfit::CutShort)?;
        let mut text = Vec::new();
        {
            let entry = zip.by_name(MANIFEST).map_err(|_| Unfit::Strange)?;
            let read = entry.take(LONGEST_MANIFEST).read_to_end(&mut text);
            read.map_err(|_| Unfit::Damaged(MANIFEST.to_owned()))?;
        }
        // The number first: what else stands there may have changed.
        #[derive(Deserialize)]
        struct Only {
            format: u32,
        }
        let only: Only = serde_json::from_slice(&text).map_err(|_| Unfit::Strange)?;
        if only.format > FORMAT {
            return Err(Unfit::TooNew);
        }
        let manifest = serde_json::from_slice(&text).map_err(|_| Unfit::Damaged(MANIFEST.to_owned()))?;
        Ok(Archive { zip, manifest })
    }

    /// What it says about itself.
    pub(super) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Reads everything once and compares it with the manifest. `read` is told how many rows it was since the last time.
    pub(super) fn check(&mut self, mut read: impl FnMut(u64)) -> Result<(), Unfit> {
        for entry in self.manifest.tables.clone() {
            self.rows(&entry, |_| {
                read(1);
                true
            })?;
        }
        Ok(())
    }

    /// Gives the rows of a table one after the other, as long as `each` wants more, and at the end says whether
    /// they were those of the manifest.
    pub(super) fn rows(
        &mut self,
        entry: &Entry,
        mut each: impl FnMut(Vec<Field>) -> bool,
    ) -> Result<(), Unfit> {
        let name = entry_name(&entry.name);
        let damaged = || Unfit::Damaged(name.clone());
        let zipped = self.zip.by_name(&name).map_err(|_| damaged())?;
        let mut lines = BufReader::with_capacity(1 << 16, Summing { inner: zipped, sum: Sha256::new() });
        let (mut line, mut rows) = (Vec::new(), 0);
        loop {
            line.clear();
            let read = (&mut lines).take(LONGEST_LINE).read_until(b'\n', &mut line);
            if read.map_err(|_| damaged())? == 0 {
                break;
            }
            let row: Vec<Field> = serde_json::from_slice(&line).map_err(|_| damaged())?;
            if row.len() != entry.columns.len() {
                return Err(damaged());
            }
            rows += 1;
            if !each(row) {
                return Ok(());
            }
        }
        let sum = hex(lines.into_inner().sum);
        if rows == entry.rows && sum == entry.sha256 { Ok(()) } else { Err(damaged()) }
    }
}

/// Sums up what is read through it.
struct Summing<R> {
    inner: R,
    sum: Sha256,
}

impl<R: Read> Read for Summing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.sum.update(&buffer[..read]);
        Ok(read)
    }
}

fn entry_name(table: &str) -> String {
    format!("{table}.jsonl")
}

fn hex(sum: Sha256) -> String {
    sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::PathBuf};

    fn made(folder: &Path) -> PathBuf {
        let path = folder.join("backup.zip");
        let (sender, pieces) = mpsc::channel(10);
        let mut lines = Vec::new();
        for n in 0..2000 {
            add_line(&mut lines, &[Field::Int(n), Field::Text(format!("李雷 \"{n}\"\n\u{1}"))]).unwrap();
        }
        for piece in [
            Piece::Table("school".into(), vec!["n".into(), "words".into()]),
            Piece::Lines(lines, 2000),
            Piece::Table("policy".into(), vec!["n".into()]),
            Piece::End,
        ] {
            sender.try_send(piece).unwrap();
        }
        write(File::create(&path).unwrap(), 7, pieces).unwrap();
        path
    }

    fn checked(path: &Path) -> Result<(), Unfit> {
        Archive::open(path)?.check(|_| {})
    }

    #[test]
    fn what_was_written_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(&made(folder.path())).unwrap();
        let manifest = archive.manifest().clone();
        assert_eq!((manifest.format, manifest.schema, manifest.rows()), (FORMAT, 7, 2000));
        let mut rows = Vec::new();
        archive
            .rows(&manifest.tables[0], |row| {
                rows.push(row);
                true
            })
            .unwrap();
        assert_eq!(rows[1], [Field::Int(1), Field::Text("李雷 \"1\"\n\u{1}".into())]);
        archive.check(|_| {}).unwrap();
    }

    #[test]
    fn a_byte_that_changed_anywhere_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let whole = fs::read(&path).unwrap();
        // Names, lengths, data, the manifest and the directory; a time of day that nobody reads may change.
        let mut unnoticed = 0;
        for at in (0..whole.len()).step_by(whole.len() / 97) {
            let mut broken = whole.clone();
            broken[at] ^= 0x55;
            fs::write(&path, broken).unwrap();
            unnoticed += usize::from(checked(&path).is_ok());
        }
        assert!(unnoticed <= 3, "{unnoticed} of 97 changed bytes");
    }

    #[test]
    fn a_file_that_is_none_or_has_no_end_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = made(folder.path());
        let whole = fs::read(&path).unwrap();
        for length in [whole.len() - 1, whole.len() / 2, 100, 5] {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(matches!(checked(&path), Err(Unfit::CutShort)), "{length}");
        }
        for strange in [&b""[..], b"PK", b"SQLite format 3\0", b"name,role\n"] {
            fs::write(&path, strange).unwrap();
            assert!(matches!(checked(&path), Err(Unfit::Strange)));
        }
        assert!(matches!(checked(&folder.path().join("none")), Err(Unfit::Unreadable(_))));
        // A spreadsheet is a zip, too.
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        zip.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
        zip.finish().unwrap();
        assert!(matches!(checked(&path), Err(Unfit::Strange)));
    }

    #[test]
    fn nothing_is_finished_that_was_not_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, pieces) = mpsc::channel(10);
        sender.try_send(Piece::Table("school".into(), vec!["n".into()])).unwrap();
        drop(sender);
        assert!(write(File::create(folder.path().join("x")).unwrap(), 1, pieces).is_err());
    }
}
