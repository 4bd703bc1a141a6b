//! `daoyu roster`: the list of staff, students and families, from a file.

use super::{
    Common, Stop,
    common::{self, AtSchool, Output, read_file},
    listing::{Cell, Listing},
    out,
    voice::Voice,
};
use crate::{
    clock::Clock,
    roster::{self, Plan, Tally, Wrong},
    text::Phrase,
};
use std::path::{Path, PathBuf};

/// What can be done with rosters.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Read staff, students, guardians and pairings from a CSV or Excel file
    #[command(after_long_help = FORMAT, after_help = "`--help` explains the columns; `daoyu roster template` prints a file to begin with.")]
    Import {
        /// A .csv (UTF-8 or GBK) or .xlsx file
        file: PathBuf,
        #[command(flatten)]
        school: AtSchool,
        /// Say what would change, and change nothing
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        output: Output,
    },
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

const FORMAT: &str = "\
One row is one person. The first row names the columns, in any order; these and many other spellings are known:
  姓名 name               of the person; needed
  角色 role               学生 student, 导师 mentor, 班主任 head teacher, 首席导师 chief mentor, 心理教师 counsellor,
                          政教处 office, 校长 principal, 督学 supervisor, 校外导师 external mentor; several with 、 between them;
                          empty: a student (on a sheet called 教师 or staff: a mentor)
  学号 student number     needed for students: it tells that a student is known already
  工号 staff number       for staff; without it staff are known by name
  班级 class, 年级 grade  of a student, or of the head teacher
  导师 mentor             of a student, by name or staff number; several with 、 between them, the first one is the primary
  班主任 head teacher     of a student's class, by name or staff number
  家长姓名 guardian, 关系 relation, 联系电话 phone; a second one as 家长2姓名, 家长2关系, 家长2电话;
  or 父亲姓名, 父亲电话, 母亲姓名, 母亲电话
In Excel, staff and students may stand on sheets of their own, called 教师 and 学生.

Nothing is written unless every row is right; wrong rows are listed with their row, column and reason.
An empty cell changes nothing, and who is missing in the file stays. The same file twice changes nothing.

Examples:
  daoyu roster import roster.xlsx --school ID --dry-run
  daoyu roster import roster.xlsx --school ID
  daoyu roster import roster.xlsx --school ID --format csv > wrong-rows.csv";

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::Import { file, school, dry_run, output } => {
            import(common, &file, &school, dry_run, &output).await
        }
        Cmd::Template { language } => {
            let voice = Voice::new(language.as_deref(), None)?;
            // With the mark by which Excel knows UTF-8.
            out::print(&format!("\u{FEFF}{}", voice.say(&Phrase::new("roster-template"))))
        }
    }
}

async fn import(
    common: &Common,
    file: &Path,
    school: &AtSchool,
    dry_run: bool,
    output: &Output,
) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &school.id, output.language.as_deref()).await?;
    let sheets = roster::sheets(&read_file(file, &voice)?).map_err(|it| voice.refuse(&it.phrase()))?;
    let roster = roster::read(&sheets);
    let book = tx.book(&school.id).await?;
    let now = Clock::System.now();
    let plan = roster::plan(&roster, &book, now.day(school.zone))
        .map_err(|wrong| list_wrong(&wrong, output, &voice))?;
    if dry_run || plan.is_empty() {
        tx.roll_back().await?;
    } else {
        tx.write_roster(&school.id, &plan.write, now).await?;
        tx.commit().await?;
    }
    summary(&plan).print(output.format, &voice)?;
    if !roster.unused.is_empty() {
        let heads = roster.unused.iter().map(|it| Phrase::new("words-as-typed").text("words", it)).collect();
        out::complain(&voice.say(&Phrase::new("roster-unused").list("heads", heads, "joint-comma")));
    }
    let end = match (dry_run, plan.is_empty()) {
        (_, true) => "roster-nothing-new",
        (true, false) => "roster-dry-run",
        (false, false) => "roster-written",
    };
    out::complain(&voice.say(&Phrase::new(end).text("school", school.name)));
    Ok(())
}

fn summary(plan: &Plan) -> Listing {
    let count = |n: usize| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let row = |word, it: Tally| {
        vec![Cell::Word("roster-what", word), count(it.new), count(it.changed), count(it.unchanged)]
    };
    let it = plan.summary;
    Listing {
        columns: &["what", "new", "changed", "unchanged"],
        rows: vec![
            row("classes", it.classes),
            row("staff", it.staff),
            row("students", it.students),
            row("guardians", it.guardians),
            row("pairings", it.pairings),
        ],
        empty: "roster-nothing-new",
    }
}

/// Lists all wrong rows; what is left to say is that nothing was written.
fn list_wrong(wrong: &[Wrong], output: &Output, voice: &Voice) -> Stop {
    let row = |it: &Wrong| {
        vec![
            Cell::text(it.place.sheet.as_ref()),
            Cell::Number(it.place.row.into()),
            Cell::text(it.column.as_ref()),
            Cell::Phrase(it.reason.clone()),
        ]
    };
    let columns = &["sheet", "row", "column", "reason"];
    let listing = Listing { columns, rows: wrong.iter().map(row).collect(), empty: "roster-nothing-new" };
    match listing.print(output.format, voice) {
        Ok(()) => voice.refuse(&Phrase::new("roster-refused").number("count", wrong.len())),
        Err(stop) => stop,
    }
}
