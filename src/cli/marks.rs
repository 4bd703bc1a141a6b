//! `daoyu marks`: the marks of an exam, from a file and as figures.

mod import;
mod show;

use super::{Common, Stop, common::AtSchool, common::Output, out, voice::Voice};
use crate::{
    school::{Day, ExamRef},
    store::SchoolRules,
    text::Phrase,
};
use std::path::PathBuf;

/// What can be done with marks.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Read the marks of an exam from an Excel or CSV file into the growth files
    #[command(after_long_help = FORMAT, after_help = "`--help` explains the columns; `daoyu marks template` prints a file to begin with.")]
    Import(Import),
    /// List how each class did in each subject, beside the exam before; no student is named
    #[command(after_help = "\
A change is in points where both papers gave as many, and else in percent of what they gave; it is computed from the students who sat
both exams.

Examples:
  daoyu marks show --school ID --exam 期中考试
  daoyu marks show --school ID --exam 期中考试 --class 七年级1班 --output marks.xlsx")]
    Show(Show),
    /// Print a file to fill in, for Excel
    #[command(
        after_help = "Its two students are examples: write over them.\n\nExample:\n  daoyu marks template > marks.csv"
    )]
    Template {
        /// The language of its columns, zh-CN or en
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
}

/// Which exam.
#[derive(clap::Args, Debug)]
pub(super) struct OfExam {
    /// The exam, by its name in the calendar, or a new name together with --day
    #[arg(long, value_name = "NAME")]
    exam: String,
    /// Its first day; needed where the calendar has no exam of this name, or several
    #[arg(long, value_name = "DAY")]
    day: Option<Day>,
}

/// What an import is told.
#[derive(clap::Args, Debug)]
pub struct Import {
    /// A .xlsx, .xls or .csv (UTF-8 or GBK) file
    file: PathBuf,
    #[command(flatten)]
    school: AtSchool,
    #[command(flatten)]
    exam: OfExam,
    /// A column with this head is a subject, too; as often as needed
    #[arg(long = "subject", value_name = "HEAD")]
    subjects: Vec<String>,
    /// Whose import it is, by staff number; without it that of the moral-education office
    #[arg(long, value_name = "NUMBER")]
    by: Option<String>,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask: the changes were looked at
    #[arg(long)]
    yes: bool,
    /// Where wrong rows go, as .xlsx or .csv, with the reason beside each cell; without it beside FILE
    #[arg(long, value_name = "FILE")]
    wrong: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// What is to be shown.
#[derive(clap::Args, Debug)]
pub struct Show {
    #[command(flatten)]
    school: AtSchool,
    #[command(flatten)]
    exam: OfExam,
    /// This class alone
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
    #[command(flatten)]
    output: Output,
}

const FORMAT: &str = "\
One row is one student, one column one subject. The first row names the columns, in any order:
  学号 student number or 姓名 name; with both, they have to fit. Students of one name are told apart by the number or the class
  班级 class, 年级 grade      may be left out
  语文, 数学, 英语, ...       Chinese, Maths, English, ...; other subjects are named with --subject
Behind a subject may stand how many points the paper gave: 数学(120). A cell holds 92, 88.5, 76/120 or 缺考 (absent).
An empty cell says nothing: what is kept of that subject stays. 总分 totals and 排名 ranks are never read: sums are computed, and nobody
is ranked.

First it is shown what would change, and nothing is written before a yes. Nothing is written either unless every row is right:
wrong rows are listed, and written beside the file as NAME-wrong.xlsx, with the reason beside each cell.
A student has one record of an exam: the same file twice changes nothing, and a later file adds or corrects subjects. It lies on the
last day of the exam and counts as the marks that a policy asks for after it.

Examples:
  daoyu marks import marks.xlsx --school ID --exam 期中考试 --dry-run
  daoyu marks import marks.xlsx --school ID --exam 期中考试 --yes
  daoyu marks import quiz.csv --school ID --exam 第三次月考 --day 2026-12-04 --subject 陶艺 --yes";

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::Import(it) => import::run(&it, common).await,
        Cmd::Show(it) => show::run(&it, common).await,
        Cmd::Template { language } => {
            let voice = Voice::new(language.as_deref(), None)?;
            // With the mark by which Excel knows UTF-8.
            out::print(&format!("\u{FEFF}{}", voice.say(&Phrase::new("marks-template"))))
        }
    }
}

/// The exam that was named, and the day on which it was over.
fn exam_of(it: &OfExam, rules: &SchoolRules, voice: &Voice) -> Result<(ExamRef, Day), Stop> {
    let name = it.exam.trim();
    let named = |first: Day| ExamRef { first, name: name.to_owned() };
    let entered: Vec<_> = rules.calendar.exams().iter().filter(|exam| exam.name == name).collect();
    let of_day = entered.iter().find(|exam| it.day == Some(exam.first));
    match (of_day, it.day, entered.as_slice()) {
        _ if name.is_empty() || name.chars().count() > NAME => {
            Err(Stop::Misused(voice.say(&Phrase::new("marks-exam-name").number("signs", NAME))))
        }
        (Some(exam), ..) | (None, None, [exam]) => Ok((named(exam.first), exam.last)),
        (None, Some(day), _) => Ok((named(day), day)),
        (None, None, []) => Err(voice.refuse(&Phrase::new("marks-no-such-exam").text("name", name))),
        (None, None, several) => {
            let days: Vec<String> = several.iter().map(|exam| exam.first.to_string()).collect();
            let phrase = Phrase::new("marks-several-exams").text("name", name);
            Err(voice.refuse(&phrase.text("days", days.join(", "))))
        }
    }
}

/// The name of an exam is no longer than this.
const NAME: usize = 60;
