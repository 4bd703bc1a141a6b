//! A process of the binary.

use super::{DAOYU, LONG, STOP, http, until};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// What a process has logged so far.
#[derive(Clone)]
pub struct Log {
    pub process: u32,
    text: Arc<Mutex<String>>,
}

impl Log {
    pub fn text(&self) -> String {
        self.text.lock().unwrap().clone()
    }

    /// The last lines, for a complaint.
    pub fn tail(&self) -> String {
        let text = self.text.lock().unwrap();
        let skipped = text.lines().count().saturating_sub(60);
        let last: Vec<&str> = text.lines().skip(skipped).collect();
        format!("---- process {}, {skipped} lines before\n{}", self.process, last.join("\n"))
    }
}

/// A process of `daoyu serve`. It ends with this value.
pub struct Serve {
    child: Child,
    pub log: Log,
    pub begun: Instant,
    pub address: Option<SocketAddr>,
}

impl Serve {
    pub fn start(mut command: Command) -> Serve {
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Log { process: child.id(), text: Arc::default() };
        let (lines, kept) = (BufReader::new(child.stderr.take().unwrap()).lines(), log.text.clone());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                kept.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        Serve { child, log, begun, address: None }
    }

    /// All that it logged.
    pub fn told(&self) -> String {
        self.log.text()
    }

    /// The end of what it logged.
    pub fn tail(&self) -> String {
        self.log.tail()
    }

    /// Waits until it says that it is up, and until it is ready.
    pub async fn is_up(&mut self) {
        let log = self.log.clone();
        let listen = || {
            let told = log.text();
            let line = told.lines().find(|line| line.contains("daoyu is up"))?;
            line.split("listen=").nth(1)?.split_whitespace().next()?.parse().ok()
        };
        until("the process is up", &[self], || listen().is_some()).await;
        self.address = listen();
        let begun = Instant::now();
        while self.get("/readyz").await != (200, "ready".to_owned()) {
            assert!(begun.elapsed() < LONG, "never ready\n{}", self.tail());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// What it warned of. Not counted is PostgreSQL's word about the ROLLBACK with which the store clears every connection:
    /// it comes with each transaction and says nothing.
    pub fn complaints(&self) -> String {
        let told = self.told();
        let is_one = |line: &&str| line.contains(" WARN ") || line.contains("ERROR");
        let empty = "sqlx::postgres::notice: there is no transaction in progress";
        told.lines().filter(is_one).filter(|line| !line.contains(empty)).collect::<Vec<_>>().join("\n")
    }

    pub async fn get(&self, path: &str) -> (u16, String) {
        http(self.address.unwrap(), "GET", path, "", "").await
    }

    /// A number of `/metrics`.
    pub async fn metric(&self, name: &str) -> i64 {
        let (status, text) = self.get("/metrics").await;
        assert_eq!(status, 200);
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name} is not in\n{text}")).parse().unwrap()
    }

    /// Waits until it has counted so many: what is committed is counted a moment later.
    pub async fn counts(&self, name: &str, expected: i64) {
        let begun = Instant::now();
        loop {
            let counted = self.metric(name).await;
            if counted == expected {
                return;
            }
            assert!(
                begun.elapsed() < LONG && counted < expected,
                "{name} {counted}, not {expected}\n{}",
                self.tail()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Megabytes in memory.
    pub fn resident(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("/bin/kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Whether it runs.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until it has ended, and tells how and after how long.
    pub async fn ends(&mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, begun.elapsed());
            }
            assert!(begun.elapsed() < STOP + Duration::from_secs(5), "it does not end\n{}", self.tail());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Ends it politely, as a service manager does.
    pub async fn stops(mut self) -> Duration {
        self.signal("TERM");
        self.has_stopped().await
    }

    pub async fn has_stopped(&mut self) -> Duration {
        let (status, time) = self.ends().await;
        assert_eq!(status.code(), Some(0), "{}", self.tail());
        assert!(time < STOP, "{time:?}\n{}", self.tail());
        time
    }

    /// `kill -9`.
    pub fn dies(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // By its own id, and waited for: nothing is left behind, also when a test fails.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The binary with nothing of this process's environment.
pub fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(DAOYU);
    command.args(arguments).env_clear().env("LANG", "zh_CN.UTF-8").stdin(Stdio::null());
    command
}
