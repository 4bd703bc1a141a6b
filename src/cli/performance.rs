//! `daoyu performance`: how a month was, of many students at once, from a file.

use super::{
    Common, Stop,
    common::{self, AtSchool, read_up_to},
    out,
    voice::Voice,
};
use crate::{
    clock::Clock,
    roster::{self, performance::Month},
    school::{Body, Day, Entry, Kind, Record, Role},
    store::{Change, RecordRow},
    text::Phrase,
};
use chrono::Months;
use std::path::PathBuf;

/// What can be done with a month's performance.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Read how a month was from an Excel or CSV file into the growth files
    #[command(after_help = "\
The first row names the columns, in any order: 学号 number or 姓名 name, 品行 conduct, 学习 study. A cell holds 很好, 好, 一般 or 需要帮助
(also 优 良 中 待提高, A to D, or great, good, fair, needs help). Nothing is written unless every row is right. A student has one such
record of a month: the same file twice changes nothing, and a later one corrects it.

Examples:
  daoyu performance import september.xlsx --school ID --month 2026-09 --dry-run
  daoyu performance import september.xlsx --school ID --month 2026-09 --yes")]
    Import {
        /// A .xlsx, .xls or .csv (UTF-8 or GBK) file
        file: PathBuf,
        #[command(flatten)]
        school: AtSchool,
        /// Which month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
        /// Say what would be written, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
        /// The language of what is printed, zh-CN or en
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// Print a file to fill in, for Excel
    #[command(after_help = "Example:\n  daoyu performance template > september.csv")]
    Template {
        /// The language of its columns, zh-CN or en
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::Template { language } => {
            let voice = Voice::new(language.as_deref(), None)?;
            // With the mark by which Excel knows UTF-8.
            out::print(&format!("\u{FEFF}{}", voice.say(&Phrase::new("performance-template"))))
        }
        Cmd::Import { file, school, month, dry_run, yes, language } => {
            let store = common.store().await?;
            let mut tx = store.read().await?;
            let (school, voice) = common::school(&mut tx, &school.id, language.as_deref()).await?;
            let now = Clock::System.now();
            let today = now.day(school.zone);
            let first = format!("{month}-01").parse::<Day>().ok().filter(|first| *first <= today);
            let first = first.ok_or_else(|| voice.refuse(&Phrase::new("performance-wrong-month")))?;
            // It counts for its own month, on the last day of it that there was.
            let last = first + Months::new(1);
            let day = last.pred_opt().unwrap_or(first).min(today);
            let book = tx.look_at_book(&school.id).await?;
            tx.roll_back().await?;
            let office = book.members.iter().find(|it| !it.left && it.is(Role::Office));
            let by = office.ok_or_else(|| voice.refuse(&Phrase::new("marks-no-author")))?.id.clone();
            let bytes = read_up_to(&file, roster::file::MAX_FILE, &voice)?;
            let sheets = roster::sheets(&bytes).map_err(|why| voice.refuse(&why.phrase()))?;
            let months = roster::performance::read(&sheets, &book).map_err(|wrong| {
                let line = |it: &roster::performance::WrongRow| {
                    let place = format!("{}:{}", file.display(), it.row);
                    let phrase = Phrase::new("performance-wrong-row").text("place", place);
                    voice.say(&phrase.phrase("reason", it.reason.clone()))
                };
                Stop::Refused(wrong.iter().map(line).collect::<Vec<_>>().join("\n"))
            })?;
            let told = |key| {
                let phrase = Phrase::new(key).number("count", months.len()).text("month", &month);
                voice.say(&phrase.text("school", &school.name))
            };
            if dry_run {
                return out::print(&told("performance-dry-run"));
            }
            if !yes {
                let word = voice.say(&Phrase::new("cli-yes"));
                match out::ask(&told("performance-sure"), &word) {
                    None => return Err(voice.refuse(&Phrase::new("roster-say-yes"))),
                    Some(false) => return out::print(&voice.say(&Phrase::new("cli-nothing-done"))),
                    Some(true) => {}
                }
            }
            let record = |it: &Month| {
                let id = RecordRow::same_id(&school.id, &["performance", it.student.as_str(), &month]);
                let said = |step: &str, word: &str| (step.to_owned(), vec![word.to_owned()]);
                let answers = [said("conduct", it.conduct), said("study", it.study)].into();
                let body = Body::Entry(Entry { kind: Kind::Performance, form: String::new(), answers });
                let record = Record::new(id, by.clone(), [it.student.clone()], day, now, body);
                Change::Record(school.id.clone(), record)
            };
            let mut tx = store.write().await?;
            tx.apply(months.iter().map(record).collect(), now).await?;
            tx.commit().await?;
            out::print(&told("performance-written"))
        }
    }
}
