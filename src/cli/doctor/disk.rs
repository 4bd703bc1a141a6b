//! Where an SQLite file lies: who may read it, and how much room there is.

use super::Findings;
use crate::text::Phrase;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

const MEGABYTE: u64 = 1 << 20;
/// So little is filled in an hour: SQLite stops to write on a full disk.
const NONE_LEFT: u64 = 200 * MEGABYTE;
const LITTLE_LEFT: u64 = 1024 * MEGABYTE;

/// Looks at the file and its folder.
pub(super) fn look(file: &Path, findings: &mut Findings) {
    rights(file, findings);
    room(file, findings);
}

fn rights(file: &Path, findings: &mut Findings) {
    let mode = |path: &Path| fs::metadata(path).map_or(0, |it| it.permissions().mode());
    let folder = folder(file);
    let open = beside(file).into_iter().find(|it| {
        // Group, or everybody, through the folder and then the file.
        let (folder, file) = (mode(&folder), mode(it));
        (folder & 0o010 != 0 && file & 0o040 != 0) || (folder & 0o001 != 0 && file & 0o004 != 0)
    });
    let says = |key: &'static str, file: &Path| Phrase::new(key).text("file", file.display().to_string());
    match open {
        None => findings.ok("rights", says("doctor-rights", file)),
        Some(open) => {
            let remedy = says("doctor-rights-open-do", file).text("folder", folder.display().to_string());
            findings.warning("rights", says("doctor-rights-open", &open), remedy);
        }
    }
}

fn room(file: &Path, findings: &mut Findings) {
    let size: u64 = beside(file).iter().filter_map(|it| fs::metadata(it).ok()).map(|it| it.len()).sum();
    let Some(free) = free(&folder(file)) else {
        return findings.skipped("room", Phrase::new("doctor-room-unknown"));
    };
    let says = |key: &'static str| {
        Phrase::new(key).number("free", free / MEGABYTE).number("size", size.div_ceil(MEGABYTE))
    };
    if free < NONE_LEFT {
        findings.wrong("room", says("doctor-room-none"), Phrase::new("doctor-room-do"));
    } else if free < LITTLE_LEFT.max(2 * size) {
        findings.warning("room", says("doctor-room-little"), Phrase::new("doctor-room-do"));
    } else {
        findings.ok("room", says("doctor-room"));
    }
}

/// The file and what SQLite keeps beside it.
fn beside(file: &Path) -> Vec<PathBuf> {
    let with = |end: &str| {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        PathBuf::from(path)
    };
    [file.to_owned(), with("-wal"), with("-shm")].into_iter().filter(|it| it.exists()).collect()
}

fn folder(file: &Path) -> PathBuf {
    file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// How many bytes are free. `df` and not the system call: that needs `unsafe` or one more crate in what a school
/// builds, and every Linux has this program with this output.
fn free(folder: &Path) -> Option<u64> {
    let told = Command::new("df").arg("-Pk").arg(folder).env("LC_ALL", "C").output().ok()?;
    read_df(std::str::from_utf8(&told.stdout).ok()?)
}

/// The column before the percentage, in kilobytes; names of devices and folders may have spaces.
fn read_df(told: &str) -> Option<u64> {
    let words: Vec<&str> = told.lines().nth(1)?.split_whitespace().collect();
    let percent = words.iter().rposition(|it| it.ends_with('%') && it.len() <= 4)?;
    words.get(percent.checked_sub(1)?)?.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn df_is_read_by_its_columns() {
        let told = "Filesystem     1024-blocks      Used Available Capacity Mounted on\n\
                    /dev/my disk     263174212 140000000 109736788      57% /var/lib/da oyu\n";
        assert_eq!(read_df(told), Some(109_736_788 * 1024));
        assert_eq!(read_df("df: /nowhere: No such file or directory\n"), None);
        assert_eq!(read_df(""), None);
    }
}
