//! A throwaway PostgreSQL: one cluster per test run, one database per story.
//!
//! The cluster listens on a socket in its own folder and nowhere else, keeps nothing on the disk for sure, and is
//! stopped by a watchdog once whoever started the tests is gone. `initdb` refuses root, so root becomes `postgres` for it.

use std::{
    fs::{self, File, Permissions},
    io::Write,
    os::unix::{
        fs::{PermissionsExt, chown},
        process::{CommandExt, parent_id},
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

const TEMPLATE: &str = "daoyu_template";

/// A database of its own, dropped with this value.
pub struct Database {
    cluster: PathBuf,
    name: String,
}

impl Database {
    /// A fresh one with the newest schema.
    pub async fn fresh() -> Database {
        let cluster = cluster().await;
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("story_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        run(client("createdb", &cluster).args(["--template", TEMPLATE, &name]));
        Database { cluster, name }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        url(&self.cluster, &self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // What cannot be dropped goes with the cluster.
        client("dropdb", &self.cluster).args(["--force", &self.name]).output().ok();
    }
}

/// The folder of this run's cluster, started and migrated by whoever comes first.
async fn cluster() -> PathBuf {
    let runner = runner();
    let folder = PathBuf::from(format!("/tmp/daoyu-postgres-{runner}"));
    let lock = File::create(folder.with_extension("lock")).expect("a lock file in /tmp");
    lock.lock().expect("the lock of the test cluster");
    if !is_up(&folder) {
        start(&folder, runner);
        let template =
            daoyu::store::Store::open(&url(&folder, TEMPLATE)).await.expect("the template's schema");
        template.close().await;
        fs::write(folder.join("ready"), "").expect("a note that the cluster is ready");
    }
    folder
}

/// Whoever runs the tests: cargo, or nextest, which starts a process for each test. The test itself when it is started by
/// hand.
fn runner() -> u32 {
    let name = fs::read_to_string(format!("/proc/{}/comm", parent_id())).unwrap_or_default();
    if name.starts_with("cargo") { parent_id() } else { std::process::id() }
}

fn start(folder: &Path, runner: u32) {
    // What a runner of the same number left behind; its watchdog has stopped it.
    fs::remove_dir_all(folder).ok();
    fs::create_dir(folder).expect("a folder in /tmp");
    fs::set_permissions(folder, Permissions::from_mode(0o700)).expect("a folder for one's own");
    give(folder);
    init(&folder.join("data"), &[]);
    settle(
        folder,
        "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 400\nautovacuum = off\n",
    );
    begin(folder).unwrap_or_else(|told| panic!("PostgreSQL does not start: {told}"));
    watch(folder, runner);
    run(client("createdb", folder).arg(TEMPLATE));
}

/// Makes the files of a cluster whose only user is `postgres`.
pub fn init(data: &Path, more: &[&str]) {
    let mut initdb = program("initdb");
    initdb.arg("-D").arg(data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]);
    run(initdb.args(more));
}

/// Lets a cluster listen on a socket in its folder and nowhere else, with more settings.
pub fn settle(folder: &Path, settings: &str) {
    let file = File::options().append(true).open(folder.join("data/postgresql.conf"));
    let socket = format!("listen_addresses = ''\nunix_socket_directories = '{}'\n", folder.display());
    file.and_then(|mut file| file.write_all((socket + settings).as_bytes())).expect("the cluster's settings");
}

/// Starts the cluster in this folder, or says why it does not start.
pub fn begin(folder: &Path) -> Result<(), String> {
    let log = folder.join("log");
    let mut ctl = program("pg_ctl");
    ctl.arg("-D").arg(folder.join("data")).arg("-l").arg(&log).args(["-w", "-t", "60", "start"]);
    match ctl.output() {
        Ok(done) if done.status.success() => Ok(()),
        tried => Err(format!("{tried:?}\n{}", fs::read_to_string(&log).unwrap_or_default())),
    }
}

/// Gives a folder to whoever runs the server.
pub fn give(folder: &Path) {
    if let Some((uid, gid)) = postgres_user() {
        chown(folder, Some(uid), Some(gid)).expect("giving the folder to postgres");
    }
}

/// Stops the cluster and clears it away when the runner is gone. A process group of its own: an interrupt from the keyboard
/// does not reach it.
#[expect(clippy::zombie_processes, reason = "it outlives us, and init buries it")]
pub fn watch(folder: &Path, runner: u32) {
    let script = r#"while [ -d "/proc/$1" ]; do sleep 1; done
                    kill -QUIT "$(head -n 1 "$2/data/postmaster.pid")"; sleep 1; rm -rf "$2" "$2.lock""#;
    let mut watchdog = Command::new("/bin/sh");
    watchdog.args(["-c", script, "watchdog"]).arg(runner.to_string()).arg(folder).current_dir("/");
    watchdog.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    watchdog.spawn().expect("the watchdog of the test cluster");
}

/// Whether the cluster of this run is up; one of an earlier run under the same number is not.
fn is_up(folder: &Path) -> bool {
    let pid = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
    let pid = pid.lines().next().unwrap_or_default();
    folder.join("ready").exists() && !pid.is_empty() && Path::new("/proc").join(pid).exists()
}

pub fn url(cluster: &Path, database: &str) -> String {
    format!("postgres://postgres@localhost/{database}?host={}", cluster.display())
}

pub fn client(name: &str, cluster: &Path) -> Command {
    let mut command = Command::new(find(name));
    command.args(["-U", "postgres", "-h"]).arg(cluster);
    command
}

/// A program of the server, run by whoever may.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(find(name));
    command.current_dir("/");
    if let Some((uid, gid)) = postgres_user() {
        command.uid(uid).gid(gid);
    }
    command
}

pub fn run(command: &mut Command) {
    match command.output() {
        Ok(done) if done.status.success() => {}
        Ok(done) => panic!("{command:?} failed:\n{}", String::from_utf8_lossy(&done.stderr)),
        Err(fault) => panic!("{command:?} cannot be run: {fault}"),
    }
}

/// A program of the newest PostgreSQL of this machine; Debian keeps them out of the PATH.
fn find(name: &str) -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = versions.map(|it| it.path()).collect();
    let version = |it: &PathBuf| it.file_name().and_then(|it| it.to_str()?.parse::<u32>().ok());
    debian.sort_by_key(version);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = debian.into_iter().rev().map(|it| it.join("bin")).chain(std::env::split_paths(&path));
    folders.map(|it| it.join(name)).find(|it| it.is_file()).unwrap_or_else(|| {
        panic!(
            "\n{name} of PostgreSQL was not found in /usr/lib/postgresql/*/bin nor in the PATH. Every story is told on \
             both databases and none is skipped: install it with `apt-get install postgresql`, or run scripts/test.\n"
        )
    })
}

/// The user to become when we are root; `None` for anybody else, who may start a cluster as is.
fn postgres_user() -> Option<(u32, u32)> {
    let status = fs::read_to_string("/proc/self/status").expect("/proc of Linux");
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:")?.split_whitespace().nth(1));
    if uid != Some("0") {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").expect("/etc/passwd");
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let line = line
        .expect("initdb refuses root, and there is no user `postgres` to become: apt-get install postgresql");
    let mut fields = line.split(':').skip(2).map(|field| field.parse().expect("a number in /etc/passwd"));
    fields.next().zip(fields.next())
}
