//! What an import costs, and what a bomb costs: `cargo bench --bench import`. The files are made here, the program is the
//! true one, and each row of the table is a process of its own: how long it ran, and the most memory it ever held.
//!
//! It fails when five thousand students take more than 5 s or 200 MB, or when a file that is no roster is not refused
//! within 2 s and 64 MB more than a roster of one student.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may fail like a test, and its table is there to be printed"
)]

mod bombs;
mod old;

use daoyu::roster::table::{Cell, Table, xlsx};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

/// What a school of so many may take.
const STUDENTS: usize = 5_000;
const SCHOOL: (Duration, u64) = (Duration::from_secs(5), 200 << 10);
/// What a bomb may take, in KiB above the smallest roster.
const BOMB: (Duration, u64) = (Duration::from_secs(2), 64 << 10);

/// What came of a process.
struct Run {
    took: Duration,
    /// In KiB.
    peak: u64,
    succeeded: bool,
    /// The last line that it said.
    said: String,
}

/// A folder with a database and a school in it.
struct Place {
    folder: tempfile::TempDir,
    school: String,
}

impl Place {
    fn new() -> Place {
        let mut place = Place { folder: tempfile::tempdir().unwrap(), school: String::new() };
        let made = place.command(&["school", "new", "--name", "一中"]).output().unwrap();
        place.school = String::from_utf8(made.stdout).unwrap().trim().to_owned();
        place
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daoyu"));
        let database = format!("sqlite:{}", self.folder.path().join("daoyu.db").display());
        command.current_dir(self.folder.path()).env_remove("DATABASE_URL");
        command.args(arguments).args(["--database", &database]);
        command
    }

    fn imports(&self, file: &Path, more: &[&str]) -> Run {
        let file = file.display().to_string();
        let fixed = ["roster", "import", &file, "--school", &self.school, "--language", "en"];
        let mut command = self.command(&[&fixed, more].concat());
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let status = PathBuf::from(format!("/proc/{}/status", child.id()));
        let mut peak = 0;
        let ended = loop {
            // The highest mark only rises: the last look before the end is the one that counts.
            peak = peak.max(high_water(&status).unwrap_or_default());
            if let Some(ended) = child.try_wait().unwrap() {
                break ended;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let took = begun.elapsed();
        let said = std::io::read_to_string(child.stderr.take().unwrap()).unwrap();
        let said = said.lines().last().unwrap_or_default().to_owned();
        Run { took, peak, succeeded: ended.success(), said }
    }
}

fn high_water(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// A school of so many students, each with a guardian, and a teacher for every ten.
fn rows(students: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let heads = "姓名,角色,学号,工号,年级,班级,出生日期,导师,家长姓名,关系,联系电话";
    let teacher = |n: usize| vec![format!("老师{n}"), "导师".into(), String::new(), format!("T{n:04}")];
    let student = |n: usize| {
        vec![
            format!("学生{n}"),
            "学生".into(),
            format!("2026{n:05}"),
            String::new(),
            "七年级".into(),
            format!("{}班", n / 45 + 1),
            format!("2013-{:02}-{:02}", n % 12 + 1, n % 28 + 1),
            format!("T{:04}", n / 10),
            format!("家长{n}"),
            ["父亲", "母亲"][n % 2].into(),
            format!("139{n:08}"),
        ]
    };
    let rows = (0..students.div_ceil(10)).map(teacher).chain((0..students).map(student));
    (heads.split(',').map(str::to_owned).collect(), rows.collect())
}

fn excel(students: usize) -> Vec<u8> {
    let (heads, rows) = rows(students);
    let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect();
    xlsx(&[Table { name: "花名册".into(), heads, rows }]).unwrap()
}

fn csv(students: usize) -> Vec<u8> {
    let (heads, rows) = rows(students);
    let lines = std::iter::once(heads).chain(rows).map(|row| row.join(","));
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

fn main() -> ExitCode {
    let mut failed = false;
    let mut line = |name: &str, bytes: usize, run: &Run, fits: bool| {
        failed |= !fits;
        let (took, peak) = (run.took.as_secs_f64(), run.peak >> 10);
        let mark = if fits { "  " } else { "! " };
        println!("{mark}{name:<34} {:>8} KB {took:>7.2} s {peak:>5} MB  {}", bytes >> 10, run.said);
    };
    let small = csv(1);
    let place = Place::new();
    let floor = place.imports(&place.file("one.csv", &small), &["--dry-run"]);
    line("a roster of one", small.len(), &floor, floor.succeeded);
    for (name, bytes) in [("school.xlsx", excel(STUDENTS)), ("school.csv", csv(STUDENTS))] {
        let place = Place::new();
        let file = place.file(name, &bytes);
        for (what, more) in [("shown", "--dry-run"), ("written", "--yes"), ("the same again", "--yes")] {
            let run = place.imports(&file, &[more]);
            let fits = run.succeeded && run.took <= SCHOOL.0 && run.peak <= SCHOOL.1;
            line(&format!("{STUDENTS} students, {name}, {what}"), bytes.len(), &run, fits);
        }
    }
    for (name, ending, bytes) in bombs::all() {
        let run = place.imports(&place.file(&format!("bomb.{ending}"), &bytes), &["--dry-run"]);
        let fits = !run.succeeded && run.took <= BOMB.0 && run.peak <= floor.peak + BOMB.1;
        line(name, bytes.len(), &run, fits);
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
