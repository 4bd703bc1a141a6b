//! `daoyu invite`: one-time codes with which people join.

use super::{
    Common, Stop,
    common::{self, AtSchool, Output},
    listing::{Cell, Listing},
    out, slips, unbind,
};
use crate::{
    clock::Clock,
    school::{PersonId, Role},
    store::{InviteRow, InviteState, Invitees, SENT_GOOD_FOR, fresh_code, hash_code},
    text::Phrase,
};
use chrono_tz::Tz;
use std::collections::HashMap;

/// What can be done with codes.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Everybody at a school with a one-time code, a link, and whether it was used
    #[command(after_help = "\
Only a hash of a code is kept, so a code is shown once: when it is made. It is good for 72 hours and for one account.
Whoever has joined, or has a code that is still good, gets none unless you ask with --renew.

Examples:
  daoyu invite list --school ID --bot my_school_bot --format csv > codes.csv
  daoyu invite list --school ID --class 七年级1班 --role guardian --renew")]
    List {
        #[command(flatten)]
        school: AtSchool,
        /// The bot's user name, for links, in place of DAOYU_TELEGRAM_BOT
        #[arg(long, value_name = "NAME")]
        bot: Option<String>,
        /// Only people of this class: its students, their families, its head teacher
        #[arg(long, value_name = "NAME")]
        class: Option<String>,
        /// Only people with this role: student, guardian, mentor, head_teacher, ...
        #[arg(long, value_name = "ROLE")]
        role: Option<Role>,
        /// New codes for those, too, whose code is still good; the older one then opens nothing
        #[arg(long)]
        renew: bool,
        /// Make no codes, only show who has joined
        #[arg(long, conflicts_with = "renew")]
        no_codes: bool,
        #[command(flatten)]
        output: Output,
    },
    /// A page of personal slips to cut out, one for everybody who is not in the chat yet
    Print(slips::Args),
    /// Take the account away from a person: a stolen phone, or somebody who joined as the wrong person
    Unbind(unbind::Unbind),
}

/// Runs it.
pub async fn run(cmd: Cmd, common: &Common) -> Result<(), Stop> {
    let (school, bot, class, role, renew, no_codes, output) = match cmd {
        Cmd::List { school, bot, class, role, renew, no_codes, output } => {
            (school, bot, class, role, renew, no_codes, output)
        }
        Cmd::Print(args) => return slips::run(args, common).await,
        Cmd::Unbind(args) => return unbind::run(args, common).await,
    };
    let bot = common.bot(bot.as_deref())?;
    let store = common.store().await?;
    let mut tx = store.write().await?;
    let (school, voice) = common::school(&mut tx, &school.id, output.language.as_deref()).await?;
    // A code is shown once.
    output.can_be_written(&voice)?;
    let now = Clock::System.now();
    let mut rows = tx.invites(&school.id, Invitees::All, now).await?;
    rows.retain(|it| {
        class.as_ref().is_none_or(|class| it.class == *class)
            && role.is_none_or(|role| it.roles.contains(&role))
    });
    let needs = |it: &InviteRow| match it.state {
        Some(InviteState::Used) => false,
        Some(InviteState::Open) => renew,
        Some(InviteState::Expired) | None => !no_codes,
    };
    let codes: HashMap<PersonId, String> =
        rows.iter().filter(|it| needs(it)).map(|it| (it.person.clone(), fresh_code())).collect();
    if codes.is_empty() {
        tx.roll_back().await?;
    } else {
        let hashes: Vec<_> = codes.iter().map(|(person, code)| (person.clone(), hash_code(code))).collect();
        tx.add_invites(&school.id, &hashes, now.plus(SENT_GOOD_FOR), now).await?;
        // Read again, so that what is shown is what is kept.
        let until: HashMap<_, _> = tx
            .invites(&school.id, Invitees::All, now)
            .await?
            .into_iter()
            .map(|it| (it.person, it.until))
            .collect();
        for row in rows.iter_mut().filter(|it| codes.contains_key(&it.person)) {
            row.state = Some(InviteState::Open);
            row.until = until.get(&row.person).copied().flatten();
        }
        tx.commit().await?;
    }
    let hidden = rows.iter().any(|it| it.state == Some(InviteState::Open) && !codes.contains_key(&it.person));
    let columns = &["name", "number", "role", "class", "child", "state", "until", "code", "link"];
    let rows = rows.iter().map(|it| row(it, codes.get(&it.person), bot.as_deref(), school.zone)).collect();
    Listing { columns, rows, empty: "cli-nobody" }.print(&output, &voice)?;
    for (told, key) in [(hidden, "invite-hidden"), (!codes.is_empty() && bot.is_none(), "invite-no-bot")] {
        if told {
            out::complain(&voice.say(&Phrase::new(key)));
        }
    }
    Ok(())
}

fn row(it: &InviteRow, code: Option<&String>, bot: Option<&str>, zone: Tz) -> Vec<Cell> {
    let state = match it.state {
        Some(InviteState::Used) => "used",
        Some(InviteState::Open) => "open",
        Some(InviteState::Expired) => "expired",
        None => "none",
    };
    let link = code.zip(bot).map(|(code, bot)| common::join_link(bot, code));
    vec![
        Cell::text(&it.name),
        Cell::text(&it.number),
        Cell::Words("role", it.roles.iter().map(|it| it.as_str()).collect()),
        Cell::text(&it.class),
        Cell::text(it.children.join(" · ")),
        Cell::Word("invite-state", state),
        Cell::text(
            it.until.map(|at| at.local(zone).format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        ),
        Cell::text(code.cloned().unwrap_or_default()),
        Cell::text(link.unwrap_or_default()),
    ]
}
