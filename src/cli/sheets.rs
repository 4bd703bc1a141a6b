//! `daoyu paper print`: sheets for students and families who are not in the chat.

use super::{
    Common, Stop,
    common::{self, AtSchool},
    out,
};
use crate::{
    clock::Clock,
    print::sheets,
    school::{PersonId, Role, SchoolId},
    store::{SchoolRules, Tx},
    text::{Phrase, Texts},
};
use std::path::PathBuf;

/// What can be done on paper.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Sheets to fill in by hand: reports of students, answers of families, for all who are not in the chat
    #[command(after_help = "\
The page is one HTML file: open it in a browser and print it on A4, two sheets to a page. A student who is not in the chat,
or whose family has not consented, gets the questions with boxes to tick; a guardian who is not in the chat gets each feedback
that did not arrive, with lines for an answer. The mentor enters what comes back. It counts like anything else.

Examples:
  daoyu paper print --school ID --mentor T001 --output sheets.html
  daoyu paper print --school ID --class 七年级1班 > sheets.html")]
    Print(Args),
}

/// Whose sheets, and where they go.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    school: AtSchool,
    /// The students of this class, mentor by mentor
    #[arg(long, value_name = "NAME", required_unless_present = "mentor", conflicts_with = "mentor")]
    class: Option<String>,
    /// The students of the mentor with this staff number
    #[arg(long, value_name = "NUMBER")]
    mentor: Option<String>,
    /// Write it to this file, which nobody else may read, in place of printing it
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of the sheets, zh-CN or en; without it that of the school
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    let Cmd::Print(args) = cmd;
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &args.school.id, args.language.as_deref()).await?;
    let rules = tx.rules(&school.id).await?;
    let texts = Texts::load()?;
    let language = texts.best(args.language.as_deref().unwrap_or(&school.language)).to_owned();
    let now = Clock::System.now();
    let (mentors, students) = match (&args.class, &args.mentor) {
        (Some(name), _) => {
            let Some(class) = common::class_of_name(&mut tx, &school.id, name).await? else {
                return Err(voice.refuse(&Phrase::new("invite-no-such-class").text("name", name)));
            };
            let students = tx.students_in(&school.id, Some(&class)).await?;
            let students: Vec<PersonId> = students.into_iter().map(|it| it.id).collect();
            (mentors_of(&mut tx, &rules, &students, now).await?, Some(students))
        }
        (None, number) => {
            let number = number.as_deref().unwrap_or_default();
            let Some(mentor) = mentor_of_number(&mut tx, &school.id, number).await? else {
                return Err(voice.refuse(&Phrase::new("paper-no-such-mentor").text("number", number)));
            };
            (vec![mentor], None)
        }
    };
    let sheets = sheets::of_mentors(&mut tx, &rules, &mentors, students.as_deref(), &language, now).await?;
    if sheets.is_empty() {
        return Err(voice.refuse(&Phrase::new("paper-nobody")));
    }
    let page = sheets.html(&texts);
    match &args.output {
        Some(file) => {
            out::write_file(file, page.as_bytes(), &voice)?;
            out::complain(&voice.say(&Phrase::new("cli-written").text("file", file.display().to_string())));
        }
        None => out::print(&page)?,
    }
    out::complain(&voice.say(&Phrase::new("paper-printed").number("count", sheets.len())));
    Ok(())
}

/// Who looks after these students today, by name.
async fn mentors_of(
    tx: &mut Tx,
    rules: &SchoolRules,
    students: &[PersonId],
    now: crate::school::At,
) -> Result<Vec<PersonId>, Stop> {
    let pairings = tx.pairings(&rules.school.id, rules.day(now)).await?;
    let mentors: Vec<PersonId> =
        pairings.into_iter().filter(|it| students.contains(&it.student)).map(|it| it.mentor).collect();
    let mut named: Vec<_> = tx.persons(&mentors).await?.into_values().collect();
    named.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    Ok(named.into_iter().map(|it| it.id).collect())
}

async fn mentor_of_number(tx: &mut Tx, school: &SchoolId, number: &str) -> Result<Option<PersonId>, Stop> {
    let book = tx.look_at_book(school).await?;
    let is_mentor = |role: Role| matches!(role, Role::Mentor | Role::ExternalMentor);
    let mentor = book
        .members
        .into_iter()
        .find(|it| it.number == number && !it.left && it.posts.iter().any(|post| is_mentor(post.role)));
    Ok(mentor.map(|it| it.id))
}
