//! `daoyu person`: what the law lets a person ask of the school, done by the office: a copy, a deletion, and what was asked for
//! in the chat. And a guardian who is none any more.

use super::{
    Common, Stop,
    common::{self, AtSchool, Output},
    listing::{Cell, Listing},
    out,
    unbind::Whom,
    voice::Voice,
};
use crate::{
    clock::Clock,
    print::kept,
    school::PersonId,
    store::{Asked, Erased, Invitees, Member, RosterWrite, Tx},
    text::{Phrase, Texts},
};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// What can be done about a person.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// What is kept about a person, as a page for that person or the family
    #[command(after_help = "\
It is the page that /mydata sends into the chat, for who is not there: what a student may read of the own data, or with
--for-family what the family may read of the child's. The working notes of teachers are not in it; the page says so.

Example:
  daoyu person copy --school ID --number 20260101 --output li-lei.html")]
    Copy {
        #[command(flatten)]
        whom: Whom,
        /// As the family may read it: without what the child wrote to the mentor
        #[arg(long)]
        for_family: bool,
        /// Write it to this file, which nobody else may read
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
        /// The language of the page, zh-CN or en; without it that of the school
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// Delete what is kept about a person; cannot be undone
    #[command(after_help = "\
It cannot be undone. Of a student or guardian it deletes check-ins, wishes, the talks, contacts and feedbacks that are about
this student alone, the words that went back and forth, family, pairings, invitations, the account, name, number, phone and date of
birth. What a teacher put on record about students stays the school's, under a name that is empty. What stays of everybody: that
and when a guardian consented, refused or withdrew, to which version, by the number that is printed: keep it with the written
request as the proof. Backups keep it until they are rotated, and the school's own list has to be mended, or the next import
brings the person back.

Examples:
  daoyu person erase --school ID --number 20260101 --dry-run
  daoyu person erase --school ID --name 韩英 --child 李雷 --yes")]
    Erase {
        #[command(flatten)]
        whom: Whom,
        /// Say what would go, and delete nothing
        #[arg(long)]
        dry_run: bool,
        /// Do not ask: it was looked at
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        output: Output,
    },
    /// End that somebody is a guardian of a student; with no other child here the guardian leaves
    #[command(after_help = "\
The account reads nothing more about the child, and decides nothing more. What was said and agreed stays on record. A roster
does the same where its row names other guardians.

Example:
  daoyu person part --school ID --name 李建国 --child 李雷 --yes")]
    Part {
        #[command(flatten)]
        whom: Whom,
        /// Do not ask
        #[arg(long)]
        yes: bool,
        /// The language of what is printed, zh-CN or en; without it that of the terminal, or else of the school
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// What people asked in the chat to have mended or deleted, and nobody has answered
    #[command(after_help = "The office answers in the chat, with the button under the request.")]
    Requests {
        #[command(flatten)]
        school: AtSchool,
        #[command(flatten)]
        output: Output,
    },
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    match cmd {
        Cmd::Copy { whom, for_family, output, language } => {
            copy(&whom, for_family, &output, language.as_deref(), common).await
        }
        Cmd::Erase { whom, dry_run, yes, output } => erase(&whom, dry_run, yes, &output, common).await,
        Cmd::Part { whom, yes, language } => part(&whom, yes, language.as_deref(), common).await,
        Cmd::Requests { school, output } => requests(&school, &output, common).await,
    }
}

async fn copy(
    whom: &Whom,
    for_family: bool,
    output: &Path,
    language: Option<&str>,
    common: &Common,
) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &whom.school.id, language).await?;
    let person = find(&mut tx, whom, &voice).await?.id;
    let rules = tx.rules(&school.id).await?;
    let texts = Texts::load()?;
    let language = texts.best(language.unwrap_or(&school.language)).to_owned();
    // The family in general reads as no guardian in particular.
    let reader = if for_family { PersonId::from("") } else { person.clone() };
    let page = kept::of(&mut tx, &rules, &person, &reader, &language, Clock::System.now()).await?;
    let page = page.ok_or_else(|| voice.refuse(&Phrase::new("unbind-nobody")))?;
    out::write_file(output, page.html(&texts).as_bytes(), &voice)?;
    out::complain(&voice.say(&Phrase::new("cli-written").text("file", output.display().to_string())));
    Ok(())
}

async fn erase(whom: &Whom, dry_run: bool, yes: bool, output: &Output, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &whom.school.id, output.language.as_deref()).await?;
    let person = find(&mut tx, whom, &voice).await?;
    // What goes is found by doing it, and taken back: a list of its own could differ.
    let erased = tx.erase(&school.id, &person.id, Clock::System.now()).await?;
    tx.roll_back().await?;
    listing(&erased).print(output, &voice)?;
    let told = |key: &'static str| voice.say(&Phrase::new(key).text("name", &person.name));
    if dry_run {
        out::complain(&told("erase-dry-run"));
        return Ok(());
    }
    if !is_sure(yes, &told("erase-sure"), &voice)? {
        return out::print(&voice.say(&Phrase::new("cli-nothing-done")));
    }
    let mut tx = store.write().await?;
    tx.erase(&school.id, &person.id, Clock::System.now()).await?;
    tx.commit().await?;
    let done = Phrase::new("erase-done").text("name", &person.name).text("id", person.id.as_str());
    out::complain(&voice.say(&done));
    Ok(())
}

async fn part(whom: &Whom, yes: bool, language: Option<&str>, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &whom.school.id, language).await?;
    let guardian = find(&mut tx, whom, &voice).await?;
    let families = tx.families(&school.id).await?;
    let mut of: Vec<PersonId> =
        families.into_iter().filter(|it| it.guardian == guardian.id).map(|it| it.student).collect();
    let all = of.len();
    if let Some(child) = &whom.child {
        let names = tx.persons(&of).await?;
        of.retain(|it| names.get(it).is_some_and(|it| it.name == *child));
    }
    if of.is_empty() {
        return Err(voice.refuse(&Phrase::new("part-no-guardian").text("name", &guardian.name)));
    }
    tx.roll_back().await?;
    let told = |key: &'static str| voice.say(&Phrase::new(key).text("name", &guardian.name));
    if !is_sure(yes, &told("part-sure"), &voice)? {
        return out::print(&voice.say(&Phrase::new("cli-nothing-done")));
    }
    let left = if of.len() == all { vec![guardian.id.clone()] } else { Vec::new() };
    let parted = of.into_iter().map(|it| (guardian.id.clone(), it)).collect();
    let write = RosterWrite { parted, left, ..RosterWrite::default() };
    let mut tx = store.write().await?;
    tx.write_roster(&school.id, &write, Clock::System.now()).await?;
    tx.commit().await?;
    out::print(&told("part-done"))
}

async fn requests(school: &AtSchool, output: &Output, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &school.id, output.language.as_deref()).await?;
    let now = Clock::System.now();
    let open = tx.open_requests(&school.id).await?;
    let mut rows = Vec::new();
    for it in open {
        let about = tx.invites(&school.id, Invitees::One(&it.about), now).await?.pop();
        let by = tx.person(&it.by).await?.map(|it| it.name).unwrap_or_default();
        let word = match it.asked {
            Asked::Correct => "correct",
            Asked::Erase => "erase",
        };
        rows.push(vec![
            Cell::text(about.as_ref().map_or("", |it| &it.name)),
            Cell::text(about.as_ref().map_or("", |it| &it.number)),
            Cell::text(about.as_ref().map_or("", |it| &it.class)),
            Cell::text(by),
            Cell::Word("request-kind", word),
            Cell::Since(it.at, now),
            Cell::text(it.words),
        ]);
    }
    let columns = &["name", "number", "class", "asked_by", "asked", "since", "words"];
    Listing { columns, rows, empty: "request-none" }.print(output, &voice)
}

fn is_sure(yes: bool, question: &str, voice: &Voice) -> Result<bool, Stop> {
    if yes {
        return Ok(true);
    }
    let word = voice.say(&Phrase::new("cli-yes"));
    out::ask(question, &word).ok_or_else(|| voice.refuse(&Phrase::new("person-say-yes")))
}

fn listing(erased: &Erased) -> Listing {
    let row = |(what, count): &(&'static str, u64)| {
        let fate = if *what == "proofs" || *what == "ended" { *what } else { "gone" };
        let count = Cell::Number(i64::try_from(*count).unwrap_or(i64::MAX));
        vec![Cell::Word("erased", what), count, Cell::Word("erased-fate", fate)]
    };
    Listing {
        columns: &["what", "count", "fate"],
        rows: erased.iter().map(row).collect(),
        empty: "cli-nothing-done",
    }
}

/// Somebody who is or was at the school.
struct Found {
    id: PersonId,
    /// The name, and for a guardian those of the children.
    name: String,
}

/// The one person who is meant, also one who has left: that is when most is deleted.
async fn find(tx: &mut Tx, whom: &Whom, voice: &Voice) -> Result<Found, Stop> {
    let book = tx.look_at_book(&whom.school.id).await?;
    let people: HashMap<_, _> = book.members.iter().map(|it| (&it.id, it)).collect();
    let classes: HashMap<_, _> = book.classes.iter().map(|it| (&it.id, it.name.as_str())).collect();
    let mut found = Vec::new();
    for member in &book.members {
        let children = book.families.iter().filter(|it| it.guardian == member.id);
        let children: Vec<&Member> = children.filter_map(|it| people.get(&it.student).copied()).collect();
        let is = |wanted: &Option<String>, value: &str| wanted.as_ref().is_none_or(|it| it == value);
        let own = member.posts.iter().filter_map(|it| it.class.as_ref());
        let mut in_classes =
            own.chain(children.iter().filter_map(|it| it.class())).filter_map(|it| classes.get(it));
        if is(&whom.number, &member.number)
            && is(&whom.name, &member.name)
            && whom.class.as_ref().is_none_or(|class| in_classes.any(|it| it == class))
            && whom.child.as_ref().is_none_or(|child| children.iter().any(|it| it.name == *child))
        {
            let names = children.iter().map(|it| it.name.as_str());
            let name = std::iter::once(member.name.as_str()).chain(names).collect::<Vec<_>>().join(" · ");
            found.push(Found { id: member.id.clone(), name });
        }
    }
    match (found.len(), found.pop()) {
        (1, Some(one)) => Ok(one),
        (_, None) => Err(voice.refuse(&Phrase::new("unbind-nobody"))),
        (count, Some(_)) => Err(voice.refuse(&Phrase::new("unbind-several").number("count", count))),
    }
}
