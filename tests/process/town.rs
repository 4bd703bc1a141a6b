//! The world around the processes.

use super::{Engine, LONG, Log, Phone, Serve, TOKEN, bare, database::Database};
use daoyu::{sandbox::Sandbox, store::Store};
use serde_json::Value;
use sqlx::{Connection, Row};
use std::{
    collections::HashMap,
    fs,
    net::SocketAddr,
    process::Command,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

/// What proves a push to be Telegram's.
pub const SECRET: &str = "right-1_A";

const ROSTER: &str = "\
姓名,角色,学号,班级,导师,家长姓名,关系,联系电话
王芳,导师,,,,,,13800000001
李雷,,20260101,高一1班,王芳,李建国,父亲,13900000001
韩梅梅,,20260102,高一1班,王芳,韩雪,母亲,13900000002
";

/// A Telegram, a database and a folder: what a school has before the first process starts.
pub struct Town {
    pub sandbox: Sandbox,
    pub database: Database,
    pub engine: Engine,
    pub folder: tempfile::TempDir,
    /// What every process of this town has logged.
    pub logs: Arc<Mutex<Vec<Log>>>,
    api: String,
}

impl Town {
    pub async fn new(engine: Engine) -> Town {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::fresh(engine, &folder.path().join("data/daoyu.db")).await;
        Town::around(engine, database, folder).await
    }

    /// One whose database is kept by somebody else.
    pub async fn beside(engine: Engine, url: String) -> Town {
        Town::around(engine, Database::at(url), tempfile::tempdir().unwrap()).await
    }

    async fn around(engine: Engine, database: Database, folder: tempfile::TempDir) -> Town {
        let sandbox = Sandbox::new(TOKEN);
        sandbox.webhook_pauses(Duration::from_millis(50), Duration::from_millis(500));
        let address = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let api = format!("http://{address}");
        Town { sandbox, database, engine, folder, logs: Arc::default(), api }
    }

    /// The binary with the settings of this town and nothing else from outside.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare(arguments);
        command.current_dir(self.folder.path()).env("DATABASE_URL", &self.database.url);
        command
    }

    /// Runs a command that ends by itself, and gives what it printed.
    pub fn daoyu(&self, arguments: &[&str]) -> String {
        let done = self.command(arguments).output().unwrap();
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "daoyu {arguments:?}: {}\n{complaint}", done.status);
        String::from_utf8(done.stdout).unwrap()
    }

    pub fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let arguments = [arguments, &["--format", "json"]].concat();
        serde_json::from_str(&self.daoyu(&arguments)).unwrap()
    }

    /// A school with its people: its id, and everybody's code by name.
    pub fn founds_a_school(&self) -> (String, HashMap<String, String>) {
        let school = self.daoyu(&["school", "new", "--name", "春晖中学"]).trim().to_owned();
        let file = self.folder.path().join("roster.csv");
        fs::write(&file, ROSTER).unwrap();
        self.daoyu(&["roster", "import", file.to_str().unwrap(), "--school", &school, "--yes"]);
        let invited = self.json(&["invite", "list", "--school", &school, "--bot", "daoyu_sandbox_bot"]);
        let code = |row: &Value| {
            let (name, code) = (row["name"].as_str().unwrap(), row["code"].as_str().unwrap());
            assert_eq!(row["link"], format!("https://t.me/daoyu_sandbox_bot?start={code}"));
            (name.to_owned(), code.to_owned())
        };
        (school, invited.iter().map(code).collect())
    }

    /// The settings of `daoyu serve`, polling.
    pub fn settings(&self) -> Command {
        let mut command = self.command(&["serve"]);
        command
            .env("DAOYU_TELEGRAM_TOKEN", TOKEN)
            .env("DAOYU_TELEGRAM_API_URL", &self.api)
            .env("DAOYU_LISTEN", "127.0.0.1:0");
        command
    }

    /// The same, pushed to at this address.
    pub fn pushed_to(&self, address: SocketAddr) -> Command {
        let mut command = self.settings();
        command
            .env("DAOYU_TELEGRAM_MODE", "webhook")
            .env("DAOYU_LISTEN", address.to_string())
            .env("DAOYU_PUBLIC_URL", format!("http://{address}/"))
            .env("DAOYU_WEBHOOK_SECRET", SECRET);
        command
    }

    /// A process that polls and is up.
    pub async fn serve(&self) -> Serve {
        self.up(self.settings()).await
    }

    /// A process with these settings that is up.
    pub async fn up(&self, command: Command) -> Serve {
        let mut serve = self.starts(command);
        serve.is_up().await;
        serve
    }

    /// A process that is starting.
    pub fn starts(&self, command: Command) -> Serve {
        let serve = Serve::start(command);
        self.logs.lock().unwrap().push(serve.log.clone());
        serve
    }

    pub fn phone(&self, id: i64, name: &str) -> Phone {
        Phone { user: self.sandbox.user(id, name, "zh-hans") }
    }

    /// How many messages (new ones, not edits) truly reached a chat.
    pub fn said_to(&self, chat: i64) -> Vec<String> {
        let mine = |it: &daoyu::sandbox::Entry| {
            it.chat == chat && it.method == "sendMessage" && it.refused.is_none()
        };
        self.sandbox.ledger().into_iter().filter(mine).map(|it| it.text).collect()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut connection = self.database.connect().await;
        let count = sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0);
        connection.close().await.unwrap();
        count
    }

    /// Waits until everything that was said is answered and everything to be said is gone.
    pub async fn settles(&self, serve: &Serve) {
        let begun = Instant::now();
        let waits =
            "SELECT (SELECT COUNT(*) FROM inbox WHERE state <> 'answered') + (SELECT COUNT(*) FROM outbox)";
        while self.sandbox.pending_updates() > 0 || self.count(waits).await > 0 {
            assert!(begun.elapsed() < LONG, "it never settles\n{}", serve.tail());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// On PostgreSQL others wait until a process has been silent for 15 s before they bury it. A test that is not about
    /// this wait buries everybody at once.
    pub async fn waits_for_the_dead(&self) {
        if self.engine == Engine::Postgres {
            let store = Store::open(&self.database.url).await.unwrap();
            let mut tx = store.write().await.unwrap();
            tx.bury_all_but("nobody").await.unwrap();
            tx.commit().await.unwrap();
            store.close().await;
        }
    }
}
