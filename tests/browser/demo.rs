//! The real binary, as anybody starts it: `daoyu demo`.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// A first start plays seven weeks of a school, in a build without optimisation.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running demo; killed when dropped.
pub struct Demo {
    process: Child,
    data: PathBuf,
    port: u16,
}

impl Demo {
    /// Starts it on a free port and waits until it says where its page is.
    pub fn start(data: &Path) -> Demo {
        Demo::start_at(data, 0)
    }

    /// The same as a power cut: nothing is said before.
    pub fn dies(mut self) -> Dead {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        Dead { data: self.data.clone(), port: self.port }
    }

    /// Its page.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    fn start_at(data: &Path, port: u16) -> Demo {
        let log = data.with_extension("log");
        let mut process = Command::new(env!("CARGO_BIN_EXE_daoyu"))
            .args(["demo", "--data"])
            .arg(data)
            .args(["--port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::options().create(true).append(true).open(&log).unwrap())
            .spawn()
            .unwrap();
        let said = lines_of(process.stdout.take().unwrap());
        let mut demo = Demo { process, data: data.to_owned(), port };
        while let Ok(line) = said.recv_timeout(PATIENCE) {
            if let Some((_, place)) = line.split_once("http://127.0.0.1:") {
                let digits = place.find(|it: char| !it.is_ascii_digit()).unwrap_or(place.len());
                demo.port = place[..digits].parse().unwrap();
                return demo;
            }
        }
        let log = std::fs::read_to_string(log).unwrap_or_default();
        panic!("`daoyu demo` did not say where its page is. It wrote: {log}");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// What a killed demo leaves: its data and its place.
pub struct Dead {
    data: PathBuf,
    port: u16,
}

impl Dead {
    /// Starts it again where it was: an open page finds it by itself.
    pub fn starts_again(self) -> Demo {
        Demo::start_at(&self.data, self.port)
    }
}

/// The lines that a process writes, as they come; read on until it ends, so that it never waits for us.
pub fn lines_of(output: impl std::io::Read + Send + 'static) -> mpsc::Receiver<String> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            tell.send(line).ok();
        }
    });
    told
}
