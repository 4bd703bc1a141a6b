//! A folder, a database, and the binary with nothing of this process's environment.

pub use crate::database::Engine;

use crate::database::Database;
use daoyu::{
    cli::year::{self, Year},
    sandbox::Sandbox,
    store::Store,
};
use serde_json::Value;
use sqlx::{Connection, Row};
use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const DAOYU: &str = env!("CARGO_BIN_EXE_daoyu");
pub const TOKEN: &str = "7000000001:AAE-sandbox_sandbox_sandbox_12345";

/// Where one installation lives.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub database: Database,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    /// An empty one.
    pub async fn new(engine: Engine) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::fresh(engine, &folder.path().join("daoyu.db")).await;
        Place { folder, database }
    }

    /// One with a small year in it.
    pub async fn with_a_year(engine: Engine) -> Place {
        let place = Place::new(engine).await;
        let store = Store::open(&place.database.url).await.unwrap();
        year::fill(&store, Year::SMALL, |_| {}).await.unwrap();
        store.close().await;
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(DAOYU);
        command.args(arguments).env_clear().env("LANG", "en_US.UTF-8").env("PATH", "/usr/bin:/bin");
        command.current_dir(self.folder.path()).env("DATABASE_URL", &self.database.url).stdin(Stdio::null());
        command
    }

    /// Runs a command that ends by itself.
    pub fn says(&self, arguments: &[&str]) -> Said {
        Said::of(&mut self.command(arguments))
    }

    /// Runs a command that must go well.
    pub fn daoyu(&self, arguments: &[&str]) -> String {
        let said = self.says(arguments);
        assert_eq!(said.code, Some(0), "daoyu {arguments:?}: {said:?}");
        said.out
    }

    /// Runs a command that must be refused, and gives the reason.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let said = self.says(arguments);
        assert_eq!(said.code, Some(1), "daoyu {arguments:?}: {said:?}");
        assert_eq!(said.out, "", "{said:?}");
        said.err
    }

    pub fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let said = self.says(&[arguments, &["--format", "json"]].concat());
        serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{arguments:?}: {said:?}"))
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut connection = self.database.connect().await;
        let count = sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0);
        connection.close().await.unwrap();
        count
    }

    pub async fn does(&self, sql: &'static str) {
        let mut connection = self.database.connect().await;
        sqlx::query(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// A process of `daoyu serve` against this sandbox, once it is up.
    pub async fn serve(&self, sandbox: &Sandbox) -> Serve {
        let api = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let mut command = self.command(&["serve"]);
        command
            .env("DAOYU_TELEGRAM_TOKEN", TOKEN)
            .env("DAOYU_TELEGRAM_API_URL", format!("http://{api}"))
            .env("DAOYU_LISTEN", "127.0.0.1:0")
            .env("DAOYU_LOG", "warn");
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let serve = Serve { child, api: format!("http://{api}") };
        let stranger = sandbox.user(1, "Somebody", "en");
        stranger.says("hello");
        until("it answers", || stranger.chat().iter().any(|it| it.from_bot)).await;
        serve
    }
}

impl Said {
    pub fn of(command: &mut Command) -> Said {
        let done = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
    }
}

/// It ends with this value.
pub struct Serve {
    child: Child,
    pub api: String,
}

impl Drop for Serve {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits for what must come.
pub async fn until(what: &str, mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it never came that {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
