//! A process of a bot, and what the machine says of it.

use super::cores::Cores;
use anyhow::{Context, Result, anyhow, bail};
use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A bot that runs. It ends with this value.
pub struct Bot {
    child: Child,
    log: PathBuf,
    /// When it was started.
    pub began: Instant,
    /// Where it answers over HTTP.
    pub listens: SocketAddr,
}

/// What a process has used so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// Time on a core.
    pub cpu: Duration,
    /// Megabytes in memory now.
    pub resident: f64,
    /// The most megabytes that it ever had.
    pub peak: f64,
}

/// How the kernel counts time for everybody, whatever it does itself.
const TICK: Duration = Duration::from_millis(10);
/// A bot that has not started by then will not.
const PATIENCE: Duration = Duration::from_secs(60);

impl Bot {
    /// Starts a program on the bot's core, with these settings and nothing else from outside.
    pub fn start(
        program: &Path,
        arguments: &[&str],
        settings: &[(&str, String)],
        cores: Cores,
        folder: &Path,
        listens: SocketAddr,
    ) -> Result<Bot> {
        let log = folder.join(format!("bot-{}.log", listens.port()));
        let complaints = File::create(&log).context("creating the log of a bot")?;
        let says = complaints.try_clone().context("sharing the log of a bot")?;
        let mut command: Command = cores.command(program);
        command.args(arguments).current_dir(folder).env_clear();
        command.envs(std::env::vars().filter(|(name, _)| name == "PATH"));
        command.envs(settings.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(says).stderr(complaints);
        let began = Instant::now();
        let child = command.spawn().with_context(|| format!("starting {}", program.display()))?;
        Ok(Bot { child, log, began, listens })
    }

    /// `daoyu serve`, this very program.
    pub fn daoyu(settings: &[(&str, String)], cores: Cores, folder: &Path) -> Result<Bot> {
        let listens = free_port()?;
        let mut all = vec![
            ("DAOYU_LISTEN", listens.to_string()),
            ("DAOYU_TELEGRAM_PACE", "off".to_owned()),
            // Whoever looks for the cost of something may want to hear more.
            ("DAOYU_LOG", std::env::var("DAOYU_LOG").unwrap_or_else(|_| "warn".to_owned())),
        ];
        all.extend_from_slice(settings);
        let program = std::env::current_exe().context("asking for this program")?;
        Bot::start(&program, &["serve"], &all, cores, folder, listens)
    }

    /// Waits until it says that it is ready, and tells after how long it was.
    pub async fn is_ready(&mut self) -> Result<Duration> {
        loop {
            if let Ok((200, _)) = get(self.listens, "/readyz").await {
                return Ok(self.began.elapsed());
            }
            self.must_live()?;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Waits until it has said these words on its output.
    pub async fn is_announced(&mut self, words: &str) -> Result<()> {
        while !fs::read_to_string(&self.log).unwrap_or_default().contains(words) {
            self.must_live()?;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }

    /// A complaint if it has ended, or should have been there long ago.
    pub fn must_live(&mut self) -> Result<()> {
        let ended = self.child.try_wait().context("looking after a bot")?;
        if ended.is_none() && self.began.elapsed() < PATIENCE {
            return Ok(());
        }
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<&str> = log.lines().rev().take(5).collect();
        bail!("the bot does not run:\n{}", last.into_iter().rev().collect::<Vec<_>>().join("\n"))
    }

    /// What it has used so far.
    pub fn usage(&self) -> Result<Usage> {
        Usage::of(&self.child.id().to_string())
    }

    /// A number of `/metrics`.
    pub async fn counted(&self, name: &str) -> Result<u64> {
        let (_, text) = get(self.listens, "/metrics").await?;
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|it| it.parse().ok()).ok_or_else(|| anyhow!("{name} is not counted"))
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // By its own id, and waited for: nothing is left behind.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Usage {
    /// Of the process with this id, or of `self`.
    pub fn of(process: &str) -> Result<Usage> {
        let read = |name: &str| {
            fs::read_to_string(format!("/proc/{process}/{name}")).with_context(|| format!("reading {name}"))
        };
        let (stat, status) = (read("stat")?, read("status")?);
        // The name stands in parentheses and may hold anything.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|it| it.parse::<u32>().ok()).unwrap_or_default();
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.split_whitespace().next().and_then(|it| it.parse::<f64>().ok()).unwrap_or_default() / 1024.0
        };
        let (user, system) = (ticks(11), ticks(12));
        Ok(Usage { cpu: TICK * (user + system), resident: megabytes("VmRSS:"), peak: megabytes("VmHWM:") })
    }
}

/// An address of this machine on which nobody listens.
pub fn free_port() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?;
    listener.local_addr().context("asking for the port")
}

/// Asks for a page: its status and its text.
async fn get(address: SocketAddr, path: &str) -> Result<(u16, String)> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("GET {path} HTTP/1.0\r\n\r\n").as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no page")?;
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).context("no status")?;
    Ok((status, body.to_owned()))
}
