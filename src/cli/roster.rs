//! `daoyu roster`: the list of staff, students and families, from a file.

mod import;
pub(super) mod wrong;

use super::{Common, Stop, common::AtSchool, common::Output, out, voice::Voice};
use crate::text::Phrase;
use std::path::PathBuf;

/// What can be done with rosters.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Read staff, students, guardians and pairings from an Excel or CSV file
    #[command(after_long_help = FORMAT, after_help = "`--help` explains the columns; `daoyu roster template` prints a file to begin with.")]
    Import(Import),
    /// Print a file to fill in, for Excel
    #[command(
        after_help = "Its three people are examples: write over them.\n\nExample:\n  daoyu roster template > roster.csv"
    )]
    Template {
        /// The language of its columns, zh-CN or en
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
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
deleted, and who stands in a later file is back. More than a fifth leaves only with --leavers and their number.
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
        Cmd::Template { language } => {
            let voice = Voice::new(language.as_deref(), None)?;
            // With the mark by which Excel knows UTF-8.
            out::print(&format!("\u{FEFF}{}", voice.say(&Phrase::new("roster-template"))))
        }
    }
}
