//! `daoyu invite print`: personal slips to cut out and hand over.

use super::{
    Common, Stop,
    common::{self, AtSchool},
    out,
};
use crate::{
    clock::Clock,
    print::{Group, slips},
    text::{Phrase, Texts},
};
use std::path::PathBuf;

/// Invited slips, and where they go.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
The page is one HTML file: open it in a browser and print it on A4, three slips to a page. A slip is for one person, with a
QR code and a link that work once and for 14 days. Only a hash of a code is kept, so printing makes new ones: whatever
these people got before opens nothing any more. The file opens the door to the chat, so delete it once it is printed.

Examples:
  daoyu invite print --school ID --class 七年级1班 --role guardian --output slips.html
  daoyu invite print --school ID --class 七年级1班 --bot my_school_bot > slips.html")]
pub struct Args {
    #[command(flatten)]
    school: AtSchool,
    /// The class: its students, their families, its head teacher and mentors
    #[arg(long, value_name = "NAME")]
    class: String,
    /// Only these people
    #[arg(long, value_enum)]
    role: Option<Role>,
    /// The bot's user name, for links, in place of DAOYU_TELEGRAM_BOT
    #[arg(long, value_name = "NAME")]
    bot: Option<String>,
    /// Write it to this file, which nobody else may read, in place of printing it
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The language of the slips, zh-CN or en; without it that of the school
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

/// People who are spoken to differently.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Role {
    /// Families
    Guardian,
    /// Students
    Student,
    /// The head teacher and mentors
    Staff,
}

/// Runs it.
pub async fn run(args: Args, common: &Common) -> Result<(), Stop> {
    let bot = common.bot(args.bot.as_deref())?;
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &args.school.id, args.language.as_deref()).await?;
    let bot = bot.ok_or_else(|| voice.refuse(&Phrase::new("invite-print-no-bot")))?;
    let Some(class) = common::class_of_name(&mut tx, &school.id, &args.class).await? else {
        return Err(voice.refuse(&Phrase::new("invite-no-such-class").text("name", &args.class)));
    };
    let texts = Texts::load()?;
    // Families read it, not whoever sits at this terminal.
    let language = texts.best(args.language.as_deref().unwrap_or(&school.language)).to_owned();
    let groups = match args.role {
        None => Group::ALL.to_vec(),
        Some(Role::Guardian) => vec![Group::Guardian],
        Some(Role::Student) => vec![Group::Student],
        Some(Role::Staff) => vec![Group::Staff],
    };
    let whose = slips::Invited { class, groups, person: None };
    let link = move |code: &str| Some(common::join_link(&bot, code));
    let now = Clock::System.now();
    let rows = slips::not_in_chat(&mut tx, &school, &whose, now).await?;
    let slips = slips::issue(&mut tx, &school, rows, &language, now, &link).await?;
    if slips.is_empty() {
        tx.roll_back().await?;
        return Err(voice.refuse(&Phrase::new("invite-print-everybody")));
    }
    let page = slips.html(&texts);
    // A code is shown once: the file is there before the old codes open nothing.
    match &args.output {
        Some(file) => {
            out::write_file(file, page.as_bytes(), &voice)?;
            tx.commit().await?;
            out::complain(&voice.say(&Phrase::new("cli-written").text("file", file.display().to_string())));
        }
        None => {
            tx.commit().await?;
            out::print(&page)?;
        }
    }
    out::complain(&voice.say(&Phrase::new("invite-printed").number("count", slips.len())));
    Ok(())
}
