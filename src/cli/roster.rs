//! `daoyu roster`: the list of staff, students and families, from a file.

mod import;
pub(super) mod wrong;

use super::{
    Common, Stop,
    common::{self, AtSchool, Output},
    out,
    voice::Voice,
};
use crate::{
    roster::{self, Written, table::Table},
    text::Phrase,
};
use std::path::{Path, PathBuf};

/// What can be done with rosters.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Read staff, students, guardians and pairings from an Excel or CSV file
    #[command(after_long_help = FORMAT, after_help = "`--help` explains the columns; `daoyu roster template` gives a file to begin with.")]
    Import(Import),
    /// A file to fill in, for Excel
    #[command(
        after_help = "Its three people are examples: write over them.\n\nExamples:\n  daoyu roster template --output roster.xlsx\n  daoyu roster template > roster.csv"
    )]
    Template {
        /// Write it to this file, .xlsx or .csv, in place of printing it as CSV
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// The language of its columns, zh-CN or en
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// Everybody at the school as a file that can be imported again
    #[command(after_help = "\
Staff, students with their families and mentors, as `daoyu roster import` reads them: imported again as it is, it changes
nothing. Numbers are text. It holds phone numbers and dates of birth: the file can be read by its owner alone.

Examples:
  daoyu roster export --school ID --output roster.xlsx
  daoyu roster export --school ID --class 七年级1班 --output class.csv")]
    Export(Export),
}

/// What is exported.
#[derive(clap::Args, Debug)]
pub struct Export {
    #[command(flatten)]
    school: AtSchool,
    /// Only this class: its students, their families, its teachers and mentors
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
    /// Write it to this file, .xlsx or .csv, which nobody else may read, in place of printing it as CSV
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of its columns, zh-CN or en; without it that of the terminal, or else of the school
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

/// What an import is told.
#[derive(clap::Args, Debug)]
pub struct Import {
    /// A .xlsx, .xls or .csv (UTF-8 or GBK) file
    file: PathBuf,
    #[command(flatten)]
    school: AtSchool,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask: the changes were looked at
    #[arg(long)]
    yes: bool,
    /// Who is missing anywhere leaves, not only in the classes that the file names
    #[arg(long, conflicts_with = "nobody_leaves")]
    whole_school: bool,
    /// Nobody leaves: the file lists only some people
    #[arg(long)]
    nobody_leaves: bool,
    /// So many leave, exactly: needed when it is more than a fifth
    #[arg(long, value_name = "N", conflicts_with = "nobody_leaves")]
    leavers: Option<usize>,
    /// Where wrong rows go, as .xlsx or .csv, with the reason beside each cell; without it beside FILE
    #[arg(long, value_name = "FILE")]
    wrong: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

const FORMAT: &str = "\
One row is one person. The first row names the columns, in any order; these and many other spellings are known:
  姓名 name               of the person; needed
  角色 role               学生 student, 导师 mentor, 班主任 head teacher, 首席导师 chief mentor, 心理教师 counsellor,
                          政教处 office, 校长 principal, 督学 supervisor, 校外导师 external mentor; several with 、 between them;
                          empty: a student (on a sheet called 教师 or staff: a mentor)
  学号 student number     needed for students: it tells that a student is known already
  工号 staff number       for staff; without it staff are known by name
  班级 class, 年级 grade  of a student, or of the head teacher
  出生日期 date of birth  of a student: 2012-05-06, 2012/5/6, 2012年5月6日, 20120506 or 2012-05; it says whose guardian
                          has to consent
  导师 mentor             of a student, by name or staff number; several with 、 between them, the first one is the primary
  班主任 head teacher     of a student's class, by name or staff number
  家长姓名 guardian, 关系 relation, 联系电话 phone; a second one as 家长2姓名, 家长2关系, 家长2电话;
  or 父亲姓名, 父亲电话, 母亲姓名, 母亲电话
性别 sex and 身份证号 ID number are known and never read: daoyu does not need them, so it does not keep them.
In Excel, staff and students may stand on sheets of their own, called 教师 and 学生.

A student with two guardians may have two rows. In Excel, the second one may be empty but for the guardian.

First it is shown what would change, and nothing is written before a yes. Nothing is written either unless every row is right:
wrong rows are listed, and written beside the file as NAME-wrong.xlsx, with the reason beside each cell.
An empty cell changes nothing, and the same file twice changes nothing.
Who is missing leaves: students of the classes in which the file has students, or with --whole-school anybody of the sort that
the file lists (students, staff). Pairings end today, open invitations open nothing, staff lose their posts; no record is
deleted, and who stands in a later file is back. A row that names a guardian names the whole family: who was a guardian and is
not named any more is none any more and reads nothing from then on. Empty cells and files without such columns say nothing about
families. More than a fifth leaves only with --leavers and their number.
A new grade is such a file, too: the same student numbers with other classes. Pairings stay unless the file names another mentor.

Examples:
  daoyu roster import roster.xlsx --school ID --dry-run
  daoyu roster import roster.xlsx --school ID --dry-run --output changes.xlsx
  daoyu roster import roster.xlsx --school ID --yes
  daoyu roster import newcomers.csv --school ID --nobody-leaves --yes
  daoyu roster import everybody.xlsx --school ID --whole-school --leavers 903";

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::Import(it) => import::run(&it, common).await,
        Cmd::Export(it) => export(it, common).await,
        Cmd::Template { output, language } => {
            let voice = Voice::new(language.as_deref(), None)?;
            let table = roster::template(&|phrase| voice.say(phrase))?;
            write(table, output.as_deref(), &voice)
        }
    }
}

async fn export(it: Export, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &it.school.id, it.language.as_deref()).await?;
    let class = match &it.class {
        None => None,
        Some(name) => match common::class_of_name(&mut tx, &school.id, name).await? {
            None => return Err(voice.refuse(&Phrase::new("invite-no-such-class").text("name", name))),
            class => class,
        },
    };
    let book = tx.look_at_book(&school.id).await?;
    tx.roll_back().await?;
    let table = roster::written(&book, class.as_ref(), &|phrase| voice.say(phrase));
    write(table, it.output.as_deref(), &voice)
}

/// To the file, in the format of its name; without one to the terminal, with the mark by which Excel knows UTF-8.
fn write(table: Table, output: Option<&Path>, voice: &Voice) -> Result<(), Stop> {
    let Some(file) = output else {
        let bytes = Written::Csv.bytes(table)?;
        return out::print(&String::from_utf8_lossy(&bytes));
    };
    let ending = file.extension().and_then(|it| it.to_str()).map(str::to_lowercase);
    let written = match ending.as_deref() {
        Some("xlsx") => Written::Xlsx,
        Some("csv") => Written::Csv,
        _ => {
            let phrase = Phrase::new("roster-written-as").text("file", file.display().to_string());
            return Err(Stop::Misused(voice.say(&phrase)));
        }
    };
    out::write_file(file, &written.bytes(table)?, voice)?;
    out::complain(&voice.say(&Phrase::new("cli-written").text("file", file.display().to_string())));
    Ok(())
}
