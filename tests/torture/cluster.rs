//! A PostgreSQL of one's own, to be stopped, killed and made read-only. What it has committed is on the disk, as at a
//! school; only a power cut is none of its business.

use crate::process::database::postgres::{begin, client, give, init, program, run, settle, url, watch};
use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

const SETTINGS: &str = "fsync = off\nsynchronous_commit = on\nfull_page_writes = off\nmax_connections = 60\n\
                        min_wal_size = 8MB\nmax_wal_size = 16MB\nshared_buffers = 16MB\n";

/// A cluster with one database. It ends with this value.
pub struct Cluster {
    folder: PathBuf,
}

/// How a server goes away.
#[derive(Clone, Copy, Debug)]
pub enum Goes {
    /// As for an upgrade: it drops its connections and writes everything.
    Stopped,
    /// `kill -9` of its first process; the others notice.
    Killed,
    /// It answers, and refuses to write, as a standby does.
    ReadOnly,
}

impl Cluster {
    /// A fresh one, in a folder that is yours.
    pub fn in_folder(folder: &Path) -> Cluster {
        fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
        give(folder);
        // Small segments: it fits a small disk.
        init(&folder.join("data"), &["--wal-segsize=1"]);
        settle(folder, SETTINGS);
        let cluster = Cluster { folder: folder.to_owned() };
        cluster.comes_back();
        watch(folder, std::process::id());
        run(client("createdb", folder).arg("daoyu"));
        cluster
    }

    pub fn url(&self) -> String {
        url(&self.folder, "daoyu")
    }

    /// The server goes away.
    pub fn goes(&self, how: Goes) {
        match how {
            Goes::Stopped => self.ctl(&["-m", "fast", "-w", "stop"]),
            Goes::Killed => {
                let number = self.first_process().unwrap();
                run(Command::new("/bin/kill").args(["-9", &number]));
            }
            Goes::ReadOnly => self.writes("off"),
        }
    }

    /// It is back.
    pub fn is_back_from(&self, how: Goes) {
        match how {
            Goes::ReadOnly => self.writes("on"),
            Goes::Stopped | Goes::Killed => self.comes_back(),
        }
    }

    /// Starts it; after a kill that is refused until the last of its processes has gone.
    pub fn comes_back(&self) {
        let begun = Instant::now();
        while let Err(told) = begin(&self.folder) {
            let end: Vec<&str> = told.lines().rev().take(5).collect();
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "PostgreSQL does not start, newest first: {end:?}"
            );
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Whether its first process lives.
    pub fn is_up(&self) -> bool {
        self.first_process().is_some_and(|it| Path::new("/proc").join(it).exists())
    }

    fn writes(&self, on: &str) {
        let read_only = if on == "on" { "off" } else { "on" };
        let sql = format!("ALTER SYSTEM SET default_transaction_read_only = {read_only}");
        run(client("psql", &self.folder).args(["-c", &sql, "-c", "SELECT pg_reload_conf()", "daoyu"]));
    }

    fn ctl(&self, arguments: &[&str]) {
        run(program("pg_ctl").arg("-D").arg(self.folder.join("data")).args(arguments));
    }

    fn first_process(&self) -> Option<String> {
        let file = fs::read_to_string(self.folder.join("data/postmaster.pid")).ok()?;
        file.lines().next().map(str::to_owned)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may be away already; the watchdog clears up what stays.
        let data = self.folder.join("data");
        program("pg_ctl").arg("-D").arg(data).args(["-m", "immediate", "-w", "stop"]).output().ok();
    }
}
