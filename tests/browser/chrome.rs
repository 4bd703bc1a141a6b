//! Chromium without a window, led by chromedriver. Both end with the test, also when it fails.

use crate::demo::lines_of;
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    env,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const MISSING: &str = "the browser test needs Chromium and chromedriver, and one of them is missing. \
    On Debian: apt-get install chromium chromium-driver fonts-wqy-microhei fonts-noto-color-emoji";
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1",
    "--lang=zh-CN",
];
const PATIENCE: Duration = Duration::from_secs(20);

/// chromedriver, and through it the browser.
pub struct Chrome {
    driver: Child,
    port: u16,
    browser: Option<u64>,
}

impl Chrome {
    /// Starts both; `profile` is the browser's own empty folder.
    pub async fn start(profile: &Path) -> (Chrome, Client) {
        let binary = BROWSERS.iter().find_map(|name| in_path(name)).expect(MISSING);
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut driver = match driver {
            Err(fault) if fault.kind() == ErrorKind::NotFound => panic!("{MISSING}"),
            driver => driver.unwrap(),
        };
        let said = lines_of(driver.stdout.take().unwrap());
        let mut chrome = Chrome { driver, port: 0, browser: None };
        while chrome.port == 0 {
            let line =
                said.recv_timeout(PATIENCE).expect("chromedriver did not say on which port it listens");
            let port = line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.'));
            chrome.port = port.map_or(0, |port| port.parse().unwrap());
        }
        let profile = format!("--user-data-dir={}", profile.display());
        let args: Vec<&str> = FLAGS.into_iter().chain([profile.as_str()]).collect();
        let wanted = json!({ "goog:chromeOptions": { "binary": binary, "args": args } });
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted.as_object().cloned().unwrap())
            .connect(&format!("http://127.0.0.1:{}", chrome.port))
            .await
            .expect("chromedriver could not start Chromium");
        let about = client.capabilities();
        chrome.browser = about.and_then(|it| it.get("goog:processID")).and_then(Value::as_u64);
        (chrome, client)
    }

    /// Asks chromedriver to end, and its browser with it.
    fn ask_to_end(&self) -> Option<()> {
        let mut line = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        line.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        line.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").ok()?;
        line.read_to_end(&mut Vec::new()).ok()?;
        Some(())
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        self.ask_to_end();
        let end = Instant::now() + Duration::from_secs(5);
        while matches!(self.driver.try_wait(), Ok(None)) && Instant::now() < end {
            thread::sleep(Duration::from_millis(20));
        }
        self.driver.kill().ok();
        self.driver.wait().ok();
        // Gone by now, unless chromedriver died before it could say so.
        if let Some(browser) = self.browser.filter(|it| is_chromium(*it)) {
            Command::new("kill").args(["-9", &browser.to_string()]).stderr(Stdio::null()).status().ok();
        }
    }
}

fn is_chromium(process: u64) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/comm")).is_ok_and(|name| name.contains("chrom"))
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A word to the browser's own protocol, for what WebDriver has no word for.
#[derive(Debug)]
pub struct Devtools(pub &'static str, pub Value);

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}
