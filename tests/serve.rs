//! `daoyu serve` as it runs at a school: the true binary, started, stopped and killed as a process, against the local
//! Telegram. What people see is read there; what was truly delivered is counted in its ledger.
//!
//! Nothing sleeps for a fixed time: every wait has a condition and a limit, and a wait in vain shows what the processes
//! logged. Moments at which a process is killed are random; `DAOYU_SEED` repeats them.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a helper of a test may fail like the test itself, and figures are shown with --nocapture"
)]

#[expect(clippy::expect_used, reason = "a helper of a test may fail like the test itself")]
#[path = "support/postgres.rs"]
mod postgres;

use daoyu::sandbox::{Fault, FaultKind, Sandbox, User};
use serde_json::Value;
use sqlx::{Connection, Row};
use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

const DAOYU: &str = env!("CARGO_BIN_EXE_daoyu");
const TOKEN: &str = "7000000001:AAE-sandbox_sandbox_sandbox_12345";
/// Far more than anything here takes on a busy machine.
const LONG: Duration = Duration::from_secs(20);
/// What the issue allows to a stop.
const STOP: Duration = Duration::from_secs(15);

const ROSTER: &str = "\
姓名,角色,学号,班级,导师,家长姓名,关系,联系电话
王芳,导师,,,,,,13800000001
李雷,,20260101,七年级1班,王芳,李建国,父亲,13900000001
韩梅梅,,20260102,七年级1班,王芳,韩雪,母亲,13900000002
";

/// The two databases.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Engine {
    Sqlite,
    Postgres,
}

/// Makes two tests of each function, one for each database.
macro_rules! on_both {
    ($($name:ident)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(super::Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(super::Engine::Postgres).await;
            }
        }
    )+};
}

on_both! {
    a_school_begins_with_the_commands_of_production
    a_webhook_brings_what_people_say
    a_polite_stop_loses_nothing_and_repeats_nothing
    a_form_goes_on_after_any_kill
}

// ------------------------------------------------------------------ the world around the processes

/// A Telegram, a database and a folder: what a school has before the first process starts.
struct Town {
    sandbox: Sandbox,
    api: String,
    url: String,
    engine: Engine,
    folder: tempfile::TempDir,
    _postgres: Option<postgres::Database>,
}

impl Town {
    async fn new(engine: Engine) -> Town {
        let sandbox = Sandbox::new(TOKEN);
        sandbox.webhook_pauses(Duration::from_millis(50), Duration::from_millis(500));
        let address = sandbox.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::Database::fresh().await),
        };
        let file = || format!("sqlite:{}", folder.path().join("data/daoyu.db").display());
        let url = postgres.as_ref().map_or_else(file, postgres::Database::url);
        Town { sandbox, api: format!("http://{address}"), url, engine, folder, _postgres: postgres }
    }

    /// The binary with the settings of this town and nothing else from outside.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare(arguments);
        command.current_dir(self.folder.path()).env("DATABASE_URL", &self.url);
        command
    }

    /// Runs a command that ends by itself, and gives what it printed.
    fn daoyu(&self, arguments: &[&str]) -> String {
        let done = self.command(arguments).output().unwrap();
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "daoyu {arguments:?}: {}\n{complaint}", done.status);
        String::from_utf8(done.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let arguments = [arguments, &["--format", "json"]].concat();
        serde_json::from_str(&self.daoyu(&arguments)).unwrap()
    }

    /// A school with its people: its id, and everybody's code by name.
    fn founds_a_school(&self) -> (String, HashMap<String, String>) {
        let school = self.daoyu(&["school", "new", "--name", "春晖中学"]).trim().to_owned();
        let file = self.folder.path().join("roster.csv");
        fs::write(&file, ROSTER).unwrap();
        self.daoyu(&["roster", "import", file.to_str().unwrap(), "--school", &school]);
        let invited = self.json(&["invite", "list", "--school", &school, "--bot", "daoyu_sandbox_bot"]);
        let code = |row: &Value| {
            let (name, code) = (row["name"].as_str().unwrap(), row["code"].as_str().unwrap());
            assert_eq!(row["link"], format!("https://t.me/daoyu_sandbox_bot?start={code}"));
            (name.to_owned(), code.to_owned())
        };
        (school, invited.iter().map(code).collect())
    }

    /// The settings of `daoyu serve`, polling.
    fn settings(&self) -> Command {
        let mut command = self.command(&["serve"]);
        command
            .env("DAOYU_TELEGRAM_TOKEN", TOKEN)
            .env("DAOYU_TELEGRAM_API_URL", &self.api)
            .env("DAOYU_LISTEN", "127.0.0.1:0");
        command
    }

    /// A process that is up.
    async fn serve(&self) -> Serve {
        let mut serve = Serve::start(self.settings());
        serve.is_up().await;
        serve
    }

    fn phone(&self, id: i64, name: &str) -> Phone {
        Phone { user: self.sandbox.user(id, name, "zh-hans") }
    }

    /// How many messages (new ones, not edits) truly reached a chat.
    fn said_to(&self, chat: i64) -> Vec<String> {
        let mine = |it: &daoyu::sandbox::Entry| {
            it.chat == chat && it.method == "sendMessage" && it.refused.is_none()
        };
        self.sandbox.ledger().into_iter().filter(mine).map(|it| it.text).collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&self.url).await.unwrap();
        let count = sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get(0);
        connection.close().await.unwrap();
        count
    }

    /// Waits until everything that was said is answered and everything to be said is gone.
    async fn settles(&self, serve: &Serve) {
        let begun = Instant::now();
        let waits =
            "SELECT (SELECT COUNT(*) FROM inbox WHERE state <> 'answered') + (SELECT COUNT(*) FROM outbox)";
        while self.sandbox.pending_updates() > 0 || self.count(waits).await > 0 {
            assert!(begun.elapsed() < LONG, "it never settles\n{}", serve.told());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// On PostgreSQL others wait until the lease (20 s) and the messages (60 s) of a dead process are free. A test that is
    /// not about these waits lets that time pass at once.
    async fn waits_for_the_dead(&self) {
        if self.engine == Engine::Postgres {
            sqlx::any::install_default_drivers();
            let mut connection = sqlx::AnyConnection::connect(&self.url).await.unwrap();
            for sql in [
                "UPDATE lease SET expires_at = 0",
                "UPDATE outbox SET held_until = 0 WHERE state = 'sending'",
            ] {
                sqlx::query(sql).execute(&mut connection).await.unwrap();
            }
            connection.close().await.unwrap();
        }
    }
}

/// The binary with nothing of this process's environment.
fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(DAOYU);
    command.args(arguments).env_clear().env("LANG", "zh_CN.UTF-8").stdin(Stdio::null());
    command
}

/// A process of `daoyu serve`. It ends with this value.
struct Serve {
    child: Child,
    stderr: Arc<Mutex<String>>,
    begun: Instant,
    address: Option<SocketAddr>,
}

impl Serve {
    fn start(mut command: Command) -> Serve {
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = Arc::new(Mutex::new(String::new()));
        let (lines, kept) = (BufReader::new(child.stderr.take().unwrap()).lines(), stderr.clone());
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                kept.lock().unwrap().push_str(&format!("{line}\n"));
            }
        });
        Serve { child, stderr, begun, address: None }
    }

    fn told(&self) -> String {
        format!("---- process {}\n{}", self.child.id(), self.stderr.lock().unwrap())
    }

    /// Waits until it says that it is up, and until it is ready.
    async fn is_up(&mut self) {
        let stderr = self.stderr.clone();
        let listen = || {
            let told = stderr.lock().unwrap();
            let line = told.lines().find(|line| line.contains("daoyu is up"))?;
            line.split("listen=").nth(1)?.split_whitespace().next()?.parse().ok()
        };
        until("the process is up", &[self], || listen().is_some()).await;
        self.address = listen();
        let begun = Instant::now();
        while self.get("/readyz").await != (200, "ready".to_owned()) {
            assert!(begun.elapsed() < LONG, "never ready\n{}", self.told());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// What it warned of. Not counted is PostgreSQL's word about the ROLLBACK with which the store clears every connection:
    /// it comes with each transaction and says nothing.
    fn complaints(&self) -> String {
        let told = self.stderr.lock().unwrap();
        let is_one = |line: &&str| line.contains(" WARN ") || line.contains("ERROR");
        let empty = "sqlx::postgres::notice: there is no transaction in progress";
        told.lines().filter(is_one).filter(|line| !line.contains(empty)).collect::<Vec<_>>().join("\n")
    }

    async fn get(&self, path: &str) -> (u16, String) {
        http(self.address.unwrap(), "GET", path, "", "").await
    }

    /// A number of `/metrics`.
    async fn metric(&self, name: &str) -> i64 {
        let (status, text) = self.get("/metrics").await;
        assert_eq!(status, 200);
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name} is not in\n{text}")).parse().unwrap()
    }

    /// Waits until it has counted so many: what is committed is counted a moment later.
    async fn counts(&self, name: &str, expected: i64) {
        let begun = Instant::now();
        loop {
            let counted = self.metric(name).await;
            if counted == expected {
                return;
            }
            assert!(
                begun.elapsed() < LONG && counted < expected,
                "{name} {counted}, not {expected}\n{}",
                self.told()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Megabytes in memory.
    fn resident(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("/bin/kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits until it has ended, and tells how and after how long.
    async fn ends(&mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, begun.elapsed());
            }
            assert!(begun.elapsed() < STOP + Duration::from_secs(5), "it does not end\n{}", self.told());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Ends it politely, as a service manager does.
    async fn stops(mut self) -> Duration {
        self.signal("TERM");
        self.has_stopped().await
    }

    async fn has_stopped(&mut self) -> Duration {
        let (status, time) = self.ends().await;
        assert_eq!(status.code(), Some(0), "{}", self.told());
        assert!(time < STOP, "{time:?}\n{}", self.told());
        time
    }

    /// `kill -9`.
    fn dies(mut self) {
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

/// A person with the chat open.
struct Phone {
    user: User,
}

impl Phone {
    /// The newest message of the bot, as it stands now.
    fn screen(&self) -> String {
        let bot = self.user.chat().into_iter().rev().find(|it| it.from_bot);
        bot.map(|it| it.to_string()).unwrap_or_default()
    }

    async fn sees(&self, words: &str, serve: &Serve) {
        let screen = || self.screen();
        let what = format!("{} sees `{words}`", self.user.first_name());
        until(&what, &[serve], || screen().contains(words)).await;
    }

    fn presses(&self, label: &str) {
        self.user.presses(label).unwrap();
    }

    async fn says(&self, words: &str, answer: &str, serve: &Serve) {
        self.user.says(words);
        self.sees(answer, serve).await;
    }

    async fn taps(&self, label: &str, answer: &str, serve: &Serve) {
        self.presses(label);
        self.sees(answer, serve).await;
    }

    async fn joins(&self, codes: &HashMap<String, String>, serve: &Serve) {
        let name = self.user.first_name();
        self.says(&format!("/start {}", codes[&name]), &name, serve).await;
    }
}

/// A check-in: what is done, and what is then on the screen.
const CHECKIN: [(&str, &str); 5] = [
    ("/checkin", "心情怎么样"),
    ("不错", "学习感觉"),
    ("还行", "生活呢"),
    ("挺好", "聊一聊吗"),
    ("暂时不用", "收到，谢谢你"),
];

/// Waits for what must come.
async fn until(what: &str, serves: &[&Serve], so: impl FnMut() -> bool) {
    until_within(LONG, what, serves, so).await;
}

async fn until_within(limit: Duration, what: &str, serves: &[&Serve], mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        if begun.elapsed() > limit {
            let told: Vec<String> = serves.iter().map(|it| it.told()).collect();
            panic!("it never came that {what}\n{}", told.join("\n"));
        }
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
}

/// One call over HTTP: status and body.
async fn http(address: SocketAddr, method: &str, path: &str, secret: &str, body: &str) -> (u16, String) {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let call = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\
         X-Telegram-Bot-Api-Secret-Token: {secret}\r\n\r\n{body}"
    );
    connection.write_all(call.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

/// A port on which nobody listens.
async fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// Random moments that can be had again.
struct Dice(u64);

impl Dice {
    fn new(about: &str) -> Dice {
        let seed = std::env::var("DAOYU_SEED").ok().and_then(|it| it.parse().ok());
        let seed = seed.unwrap_or_else(|| rand::random_range(0..1_000_000));
        println!("{about}: DAOYU_SEED={seed}");
        Dice(seed)
    }

    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// A moment passes, at most so long.
    async fn moment(&mut self, milliseconds: u64) {
        tokio::time::sleep(Duration::from_millis(self.below(milliseconds))).await;
    }
}

/// Twelve people who write all the time, each message to be answered by exactly one.
struct Flow {
    people: Vec<User>,
    goes: Arc<AtomicBool>,
    writing: JoinHandle<Vec<usize>>,
}

impl Flow {
    fn begins(town: &Town) -> Flow {
        let people: Vec<User> =
            (0..12).map(|it| town.sandbox.user(1000 + it, &format!("路人{it}"), "zh-hans")).collect();
        let goes = Arc::new(AtomicBool::new(true));
        let (writers, on) = (people.clone(), goes.clone());
        let writing = tokio::spawn(async move {
            let mut sent = vec![0; writers.len()];
            for turn in (0..writers.len()).cycle() {
                if !on.load(Ordering::Relaxed) {
                    break;
                }
                writers[turn].says("您好");
                sent[turn] += 1;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            sent
        });
        Flow { people, goes, writing }
    }

    /// Nobody writes any more: what each has written.
    async fn ends(self) -> Vec<(i64, usize)> {
        self.goes.store(false, Ordering::Relaxed);
        let sent = self.writing.await.unwrap();
        self.people.iter().map(User::id).zip(sent).collect()
    }
}

fn delivered(sandbox: &Sandbox) -> u64 {
    sandbox.ledger_counts().0
}

// ------------------------------------------------------------------ what is proved

/// From an empty database to a check-in and a talk, by the very commands of the handbook.
async fn a_school_begins_with_the_commands_of_production(engine: Engine) {
    let town = Town::new(engine).await;
    let (school, codes) = town.founds_a_school();
    assert_eq!(codes.len(), 5, "{codes:?}");
    let serve = town.serve().await;
    let up = serve.begun.elapsed();
    println!("{engine:?}: ready after {up:.2?} with {:.1} MB resident (debug build)", serve.resident());

    let (li, wang) = (town.phone(7, "李雷"), town.phone(8, "王芳"));
    li.joins(&codes, &serve).await;
    wang.joins(&codes, &serve).await;
    // A code opens one account.
    town.phone(9, "路人").says(&format!("/start {}", codes["李雷"]), "已经用过了", &serve).await;
    town.phone(10, "路人").says("您好", "邀请链接", &serve).await;
    let state = |name: &str| {
        let rows = town.json(&["invite", "list", "--school", &school, "--no-codes"]);
        rows.iter().find(|it| it["name"] == name).unwrap()["state"].clone()
    };
    assert_eq!((state("李雷"), state("韩梅梅")), ("used".into(), "open".into()));

    li.says(CHECKIN[0].0, CHECKIN[0].1, &serve).await;
    for (tap, answer) in &CHECKIN[1..] {
        li.taps(tap, answer, &serve).await;
    }
    assert_eq!(town.count("SELECT COUNT(*) FROM record WHERE kind = 'checkin'").await, 1);

    let later = chrono::DateTime::from_timestamp(days_from_now(40), 0).unwrap().to_rfc3339();
    let owed = |name: &str| {
        let duties = town.json(&["duty", "list", "--school", &school, "--at", &later]);
        let mine = |it: &&Value| it["rule"] == "talk" && it["student"] == name;
        duties.iter().find(mine).unwrap_or_else(|| panic!("no talk with {name} in {duties:?}")).clone()
    };
    let before = owed("李雷");
    assert_eq!(
        (&before["mentor"], &before["owed_by"], &before["last"]),
        (&"王芳".into(), &"mentor".into(), &Value::Null)
    );
    wang.says("/talk", "和哪位学生谈的", &serve).await;
    wang.taps("李雷", "谈了什么", &serve).await;
    wang.taps("心理", "[✅ 心理]", &serve).await;
    wang.taps("完成", "已记好", &serve).await;
    assert!(owed("李雷")["last"].is_string(), "{}", owed("李雷"));
    assert_eq!(owed("韩梅梅")["last"], Value::Null);

    assert_eq!(serve.get("/healthz").await, (200, "ok".to_owned()));
    town.settles(&serve).await;
    // Two people joined, a used code, a stranger, five and four steps.
    serve.counts("daoyu_updates_received_total", 13).await;
    serve.counts("daoyu_updates_answered_total", 13).await;
    assert_eq!(serve.metric("daoyu_updates_failed_total").await, 0);
    serve.counts("daoyu_answer_seconds_count", 13).await;
    assert!(serve.metric("daoyu_messages_sent_total").await >= 13);
    assert!(serve.get("/metrics").await.1.contains("# TYPE daoyu_answer_seconds histogram\n"));
    assert_eq!(serve.get("/telegram/7000000001").await.0, 404, "there is no webhook");
    let told = serve.told();
    assert_eq!(serve.complaints(), "");
    for name in ["李雷", "王芳", "sandbox_sandbox"] {
        assert!(!told.contains(name), "the log is not about people, and tells no token\n{told}");
    }
    serve.stops().await;
}

fn days_from_now(days: i64) -> i64 {
    daoyu::clock::Clock::System.now().0 / 1000 + days * 24 * 3600
}

/// The same by pushes: proved by a secret, in the order of each chat.
async fn a_webhook_brings_what_people_say(engine: Engine) {
    let town = Town::new(engine).await;
    let (_, codes) = town.founds_a_school();
    let address = free_port().await;
    let settings = || {
        let mut command = town.settings();
        command
            .env("DAOYU_TELEGRAM_MODE", "webhook")
            .env("DAOYU_LISTEN", address.to_string())
            .env("DAOYU_PUBLIC_URL", format!("http://{address}/"))
            .env("DAOYU_WEBHOOK_SECRET", "right-1_A");
        command
    };
    let mut serve = Serve::start(settings());
    serve.is_up().await;

    let li = town.phone(7, "李雷");
    li.joins(&codes, &serve).await;
    li.says(CHECKIN[0].0, CHECKIN[0].1, &serve).await;
    for (tap, answer) in &CHECKIN[1..] {
        li.taps(tap, answer, &serve).await;
    }

    // Ten at once, by three people: each is answered in the order in which it was asked.
    let asked = [
        "/cancel",
        "/nonsense",
        "您好",
        "/help",
        "您好",
        "/nonsense",
        "/cancel",
        "您好",
        "/help",
        "/nonsense",
    ];
    let answers = ["没有正在填的内容", "没有这个命令", "我听懂按钮", "可以这样用"];
    let han = town.phone(8, "韩梅梅");
    let wang = town.phone(9, "王芳");
    han.joins(&codes, &serve).await;
    wang.joins(&codes, &serve).await;
    town.settles(&serve).await;
    let people = [&han, &wang];
    let before = people.map(|it| town.said_to(it.user.id()).len());
    for words in asked {
        for it in people {
            it.user.says(words);
        }
    }
    for (it, before) in people.into_iter().zip(before) {
        let count = || town.said_to(it.user.id()).len() - before;
        until("ten answers are there", &[&serve], || count() >= asked.len()).await;
        let kind = |text: &String| answers.iter().position(|it| text.contains(it));
        let got: Vec<_> = town.said_to(it.user.id())[before..].iter().map(kind).collect();
        let expected = ["/cancel", "/nonsense", "您好", "/help"];
        let expected: Vec<_> = asked.iter().map(|it| expected.iter().position(|known| known == it)).collect();
        assert_eq!(got, expected, "{}", it.user.first_name());
    }

    let update = r#"{"update_id":1,"message":{"message_id":1,"date":0,"chat":{"id":7,"type":"private"},"from":{"id":7,"is_bot":false,"first_name":"x"},"text":"/help"}}"#;
    let received = serve.metric("daoyu_updates_received_total").await;
    for secret in ["", "wrong", "right-1_", "right-1_AA"] {
        assert_eq!(http(address, "POST", "/telegram/7000000001", secret, update).await.0, 401, "`{secret}`");
    }
    assert_eq!(serve.metric("daoyu_updates_received_total").await, received, "a stranger costs nothing");

    // What cannot be taken is pushed again: nobody is there for a while.
    let before = town.said_to(8).len();
    serve.stops().await;
    for _ in 0..3 {
        han.user.says("您好");
    }
    let mut serve = Serve::start(settings());
    serve.is_up().await;
    until("what was said meanwhile is answered", &[&serve], || town.said_to(8).len() >= before + 3).await;
    town.settles(&serve).await;
    assert_eq!(town.said_to(8).len(), before + 3);
    serve.stops().await;
}

/// Stops under load, by either signal. Every message is answered by exactly one, whenever it was written.
async fn a_polite_stop_loses_nothing_and_repeats_nothing(engine: Engine) {
    let town = Town::new(engine).await;
    let mut dice = Dice::new("polite stops");
    let flow = Flow::begins(&town);
    let mut longest = Duration::ZERO;
    for signal in ["TERM", "INT", "TERM", "INT"] {
        let mut serve = town.serve().await;
        let before = delivered(&town.sandbox);
        until("answers flow", &[&serve], || delivered(&town.sandbox) > before + 40).await;
        dice.moment(50).await;
        serve.signal(signal);
        longest = longest.max(serve.has_stopped().await);
        // The process is gone; its last line is about to be read.
        until("it says that it has stopped", &[&serve], || serve.told().trim_end().ends_with("stopped"))
            .await;
        let told = serve.told();
        assert!(!told.contains("ERROR"), "{told}");
        // What it held, it has sent or given back: nobody waits for a hold to end.
        assert_eq!(town.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending'").await, 0, "{told}");
        let waiting = town.sandbox.pending_updates();
        until("people go on writing", &[], || town.sandbox.pending_updates() > waiting + 20).await;
    }
    let serve = town.serve().await;
    let sent = flow.ends().await;
    town.settles(&serve).await;
    // Once more, so that anything that was kept for a next start would show.
    serve.stops().await;
    let serve = town.serve().await;
    town.settles(&serve).await;
    let total: usize = sent.iter().map(|(_, sent)| sent).sum();
    println!("{engine:?}: {total} messages over five polite stops, the longest took {longest:.2?}");
    for (chat, sent) in sent {
        assert_eq!(town.said_to(chat).len(), sent, "chat {chat}\n{}", serve.told());
    }
    serve.stops().await;
}

/// `kill -9` after each act of a check-in, at a random moment, sometimes again while it starts.
async fn a_form_goes_on_after_any_kill(engine: Engine) {
    let town = Town::new(engine).await;
    let (_, codes) = town.founds_a_school();
    let mut dice = Dice::new("kills");
    let mut serve = town.serve().await;
    let (mut kills, mut repeated) = (0, 0);
    for (id, name) in [(7, "李雷"), (8, "韩梅梅")] {
        let pupil = town.phone(id, name);
        pupil.joins(&codes, &serve).await;
        town.settles(&serve).await;
        for (act, answer) in CHECKIN {
            let before = town.said_to(id).len();
            if act.starts_with('/') {
                pupil.user.says(act);
            } else {
                pupil.presses(act);
            }
            // Most answers are on the screen after ten.
            dice.moment(16).await;
            serve.dies();
            let mut deaths = 1;
            while dice.below(3) == 0 {
                let starting = Serve::start(town.settings());
                dice.moment(300).await;
                starting.dies();
                deaths += 1;
            }
            town.waits_for_the_dead().await;
            serve = town.serve().await;
            pupil.sees(answer, &serve).await;
            town.settles(&serve).await;
            // The first act is answered by a message, each other by a change of it.
            let expected = usize::from(act.starts_with('/'));
            let said = town.said_to(id).len() - before;
            assert!(
                said >= expected && said <= expected + deaths,
                "{said} messages after {deaths} kills\n{}",
                serve.told()
            );
            repeated += said - expected;
            kills += deaths;
        }
    }
    println!("{engine:?}: {kills} kills, {repeated} messages repeated");
    assert_eq!(town.count("SELECT COUNT(*) FROM record WHERE kind = 'checkin'").await, 2);
    assert_eq!(town.count("SELECT COUNT(*) FROM inbox WHERE state <> 'answered'").await, 0);
    serve.stops().await;
}

/// The place of a process that is gone is taken within half a minute, and nothing is answered twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_processes_the_second_takes_over() {
    let town = Town::new(Engine::Postgres).await;
    let first = town.serve().await;
    let people: Vec<Phone> = (1..=5).map(|it| town.phone(it, &format!("路人{it}"))).collect();
    let all_say = || people.iter().map(|it| it.user.says("您好")).max();
    let all_heard = |count: usize| (1..=5).all(|id| town.said_to(id).len() >= count);
    all_say();
    until("the first answers", &[&first], || all_heard(1)).await;
    let second = town.serve().await;
    all_say();
    until("one of them answers", &[&first, &second], || all_heard(2)).await;
    town.settles(&first).await;
    // Two readers would be told so by Telegram, and one of them would have said it.
    assert_eq!(first.complaints() + &second.complaints(), "");
    let took = [
        first.metric("daoyu_updates_received_total").await,
        second.metric("daoyu_updates_received_total").await,
    ];
    assert_eq!(took, [10, 0], "one polls, the other waits for the lease");

    first.dies();
    let dead = Instant::now();
    all_say();
    until_within(Duration::from_secs(30), "the second takes over", &[&second], || all_heard(3)).await;
    println!("the second process took over after {:.1?}", dead.elapsed());

    // A polite end hands over at once.
    let third = town.serve().await;
    second.stops().await;
    let stopped = Instant::now();
    all_say();
    until_within(Duration::from_secs(7), "the third takes over", &[&third], || all_heard(4)).await;
    println!("after a polite stop the next took over after {:.1?}", stopped.elapsed());
    town.settles(&third).await;
    for id in 1..=5 {
        assert_eq!(town.said_to(id).len(), 4, "chat {id}\n{}", third.told());
    }
    third.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_on_one_sqlite_file_is_refused() {
    let town = Town::new(Engine::Sqlite).await;
    let serve = town.serve().await;
    let (code, told) = refused(town.settings()).await;
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("Another daoyu serves this SQLite database. Stop it first"), "{told}");
    // The first has not noticed, and the place is free once it is gone, however it went.
    town.phone(1, "路人").says("您好", "邀请链接", &serve).await;
    serve.dies();
    let serve = town.serve().await;
    town.phone(1, "路人").says("您好", "邀请链接", &serve).await;
    serve.stops().await;
}

/// Ends by itself, and tells why.
async fn refused(command: Command) -> (Option<i32>, String) {
    let mut serve = Serve::start(command);
    let (status, _) = serve.ends().await;
    // The process is gone: its last line is about to be read.
    let told = || serve.stderr.lock().unwrap().clone();
    until("it tells why", &[&serve], || !told().is_empty()).await;
    (status.code(), told())
}

/// Every wrong setting is named with what is expected there, and its value is shown to nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_settings_are_named_with_what_was_expected() {
    let town = Town::new(Engine::Sqlite).await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let nobody = format!("postgres://daoyu:hunter2@{}/daoyu", free_port().await);
    let webhook = ("DAOYU_TELEGRAM_MODE", "webhook");
    let public = ("DAOYU_PUBLIC_URL", "https://bot.school.cn");
    let cases: Vec<(Vec<(&str, &str)>, &str)> = vec![
        (
            vec![("DAOYU_TELEGRAM_TOKEN", "")],
            "DAOYU_TELEGRAM_TOKEN is missing: expected the token that BotFather gave",
        ),
        (
            vec![("DAOYU_TELEGRAM_TOKEN", "hunter2")],
            "DAOYU_TELEGRAM_TOKEN: expected the token that BotFather gave",
        ),
        (
            vec![("DAOYU_TELEGRAM_API_URL", "api.telegram.org")],
            "DAOYU_TELEGRAM_API_URL: expected an address like",
        ),
        (
            vec![("DAOYU_TELEGRAM_API_URL", "http://api.telegram.org")],
            "DAOYU_TELEGRAM_API_URL: expected an address like",
        ),
        (vec![("DAOYU_TELEGRAM_MODE", "push")], "DAOYU_TELEGRAM_MODE: expected polling or webhook"),
        (vec![("DAOYU_TELEGRAM_PACE", "fast")], "DAOYU_TELEGRAM_PACE: expected on or off"),
        (vec![("DAOYU_LISTEN", "8080")], "DAOYU_LISTEN: expected an address and a port, like 127.0.0.1:8080"),
        (vec![("DAOYU_LISTEN", &taken)], "cannot be listened on: Address already in use"),
        (vec![("DAOYU_LISTEN", "203.0.113.7:80")], "DAOYU_LISTEN: 203.0.113.7:80 cannot be listened on"),
        (vec![("DAOYU_LOG", "daoyu=loud")], "DAOYU_LOG: expected a level or filter"),
        (vec![("DAOYU_LOG_FORMAT", "xml")], "DAOYU_LOG_FORMAT: expected text or json"),
        (
            vec![("DATABASE_URL", "mysql://daoyu:hunter2@db/daoyu")],
            "DATABASE_URL: expected sqlite:PATH or postgres://",
        ),
        (vec![("DATABASE_URL", "sqlite:")], "DATABASE_URL: expected sqlite:PATH or postgres://"),
        (
            vec![("DATABASE_URL", "sqlite:/proc/nowhere/daoyu.db")],
            "DATABASE_URL: the database cannot be opened",
        ),
        (vec![("DATABASE_URL", "sqlite:/dev/null/daoyu.db")], "DATABASE_URL: the database cannot be opened"),
        (vec![("DATABASE_URL", &nobody)], "DATABASE_URL: the database cannot be opened"),
        (
            vec![("DATABASE_URL", "postgres://daoyu:hunter2@127.0.0.1:port/daoyu")],
            "DATABASE_URL: the database cannot be opened",
        ),
        (
            vec![webhook, ("DAOYU_WEBHOOK_SECRET", "s")],
            "DAOYU_PUBLIC_URL is missing: expected the https:// address",
        ),
        (vec![webhook, public], "DAOYU_WEBHOOK_SECRET is missing: expected 1 to 256 characters"),
        (
            vec![webhook, public, ("DAOYU_WEBHOOK_SECRET", "hunter2 !")],
            "DAOYU_WEBHOOK_SECRET: expected 1 to 256 characters",
        ),
        (
            vec![webhook, ("DAOYU_PUBLIC_URL", "http://bot.school.cn")],
            "DAOYU_PUBLIC_URL: expected the https:// address",
        ),
        (vec![("DAOYU_TELEGRAM_MODE", "push"), ("DAOYU_LOG", "=")], "DAOYU_LOG: expected a level or filter"),
    ];
    let mut running = Vec::new();
    for (environment, expected) in cases {
        let mut command = town.settings();
        command.envs(environment.iter().copied());
        running.push((environment, expected, tokio::spawn(refused(command))));
    }
    for (environment, expected, process) in running {
        let (code, told) = process.await.unwrap();
        assert_eq!(code, Some(1), "{environment:?}\n{told}");
        assert!(told.contains(expected), "{environment:?}: {expected}\nis not in\n{told}");
        for secret in [TOKEN, "sandbox_sandbox", "hunter2"] {
            assert!(!told.contains(secret), "{environment:?} shows a secret:\n{told}");
        }
    }
    assert_eq!(delivered(&town.sandbox), 0);

    // The same in a file is named with its line.
    fs::write(town.folder.path().join("daoyu.toml"), "log = \"info\"\n[telegram]\nmode = \"push\"\n")
        .unwrap();
    let (code, told) = refused(town.settings()).await;
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("daoyu.toml:3: telegram.mode: expected polling or webhook"), "{told}");

    // Wrong use of the command line is something else.
    for arguments in
        [&["serve", "--port", "1"][..], &["serve", "--database", "oracle:x"], &["server"], &["serve", "now"]]
    {
        let mut command = bare(arguments);
        command.env("DAOYU_TELEGRAM_TOKEN", TOKEN).current_dir("/");
        assert_eq!(refused(command).await.0, Some(2), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_telegram_does_not_know_ends_the_process() {
    let town = Town::new(Engine::Sqlite).await;
    let mut command = town.settings();
    command.env("DAOYU_TELEGRAM_TOKEN", "7000000001:AAE-another_another_another_12345");
    let (code, told) = refused(command).await;
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("DAOYU_TELEGRAM_TOKEN: Telegram does not know this token. Expected"), "{told}");
    assert!(!told.contains("another_another"), "{told}");
}

/// A Telegram that is away is no reason to end: people are answered when it comes up, and the menus are set then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telegram_that_is_away_at_the_start_is_waited_for() {
    let town = Town::new(Engine::Sqlite).await;
    let away = free_port().await;
    let mut command = town.settings();
    command.env("DAOYU_TELEGRAM_API_URL", format!("http://{away}"));
    let mut serve = Serve::start(command);
    serve.is_up().await;
    println!("up after {:.2?} without a Telegram", serve.begun.elapsed());
    let told = serve.stderr.clone();
    until("it says that Telegram is away", &[&serve], || told.lock().unwrap().contains("cannot be reached"))
        .await;

    let stranger = town.phone(1, "路人");
    stranger.user.says("您好");
    let begun = Instant::now();
    town.sandbox.listen(away).await.unwrap();
    stranger.sees("邀请链接", &serve).await;
    until("the menu is set", &[&serve], || !stranger.user.commands().is_empty()).await;
    println!("all is well {:.1?} after Telegram came up", begun.elapsed());
    assert_eq!(town.said_to(1).len(), 1);
    serve.stops().await;
}

/// Neither a Telegram that hangs nor a caller that never ends its call holds up a stop, and what was under way is
/// not lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_who_hangs_holds_up_a_stop() {
    let town = Town::new(Engine::Sqlite).await;
    let mut serve = town.serve().await;
    let mut slow = TcpStream::connect(serve.address.unwrap()).await.unwrap();
    slow.write_all(b"GET /healthz HTT").await.unwrap();
    assert_eq!(serve.get("/healthz").await.0, 200);
    serve.signal("TERM");
    println!("a stop beside a caller who hangs took {:.1?}", serve.has_stopped().await);

    let mut serve = town.serve().await;
    let (one, two) = (town.phone(1, "路人甲"), town.phone(2, "路人乙"));
    one.says("您好", "邀请链接", &serve).await;
    town.settles(&serve).await;
    town.sandbox.fault(Fault::new(FaultKind::Hang(Duration::from_secs(60))).on("sendMessage").to(1));
    one.user.says("您好");
    two.user.says("您好");
    let open = || town.said_to(2).len() == 1;
    until("the other is answered", &[&serve], open).await;
    until("both were taken", &[&serve], || town.sandbox.pending_updates() == 0).await;
    serve.signal("TERM");
    println!("a stop while Telegram hangs took {:.1?}", serve.has_stopped().await);
    town.sandbox.clear_faults();
    let serve = town.serve().await;
    until("the answer comes with the next start", &[&serve], || town.said_to(1).len() == 2).await;
    town.settles(&serve).await;
    assert_eq!((town.said_to(1).len(), town.said_to(2).len()), (2, 1));
    serve.stops().await;
}
