//! `daoyu outbox` and `daoyu inbox`: what was set aside with its reason, and what becomes of it. Never the words: they are
//! people's.

use super::{
    Common, Stop,
    common::Output,
    listing::{Cell, Listing},
    out,
    voice::Voice,
};
use crate::{
    clock::Clock,
    store::{AsideInbox, AsideOutbox, Class, Tx},
    text::Phrase,
};
use clap::Args;
use std::collections::HashSet;

/// What can be done with messages that could not be sent.
#[derive(clap::Subcommand, Debug)]
pub enum Outbox {
    /// What was set aside, oldest first, with the reason; never the words
    #[command(after_help = "Example:\n  daoyu outbox list --format csv")]
    List(List),
    /// Open them again: they go out as if they had never been tried
    #[command(
        after_help = "Examples:\n  daoyu outbox retry 01990c1e6a3b7d21b7d0a1f2c3d4e5f6\n  daoyu outbox retry --all"
    )]
    Retry(Which),
    /// Delete them: nobody will ever get them
    #[command(after_help = "Example:\n  daoyu outbox drop 01990c1e6a3b7d21b7d0a1f2c3d4e5f6")]
    Drop {
        #[command(flatten)]
        which: Which,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

/// What can be done with updates that could not be answered.
#[derive(clap::Subcommand, Debug)]
pub enum Inbox {
    /// What was set aside, oldest first, with the reason; never the words
    #[command(after_help = "Example:\n  daoyu inbox list --format json")]
    List(List),
    /// Open them again: they are answered as if they had just come
    #[command(after_help = "Examples:\n  daoyu inbox retry 123456:7890\n  daoyu inbox retry --all")]
    Retry(Which),
}

/// Options of both lists.
#[derive(Args, Debug)]
pub struct List {
    /// What waits for its turn, in place of what was set aside
    #[arg(long)]
    pub open: bool,
    #[command(flatten)]
    output: Output,
}

/// Which of those that were set aside.
#[derive(Args, Debug)]
pub struct Which {
    /// Their IDs, as the list shows them
    #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
    pub ids: Vec<String>,
    /// All of them
    #[arg(long)]
    pub all: bool,
    /// The language of what is printed, zh-CN or en
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

/// Runs `daoyu outbox`.
pub async fn outbox(cmd: Outbox, common: &Common) -> Result<(), Stop> {
    match cmd {
        Outbox::List(list) => list_outbox(common, &list).await,
        Outbox::Retry(which) => {
            let voice = Voice::new(which.language.as_deref(), None)?;
            let store = common.store().await?;
            let mut tx = store.write().await?;
            let ids = chosen(which, outbox_ids(&mut tx).await?, "outbox-unknown", &voice)?;
            if ids.is_empty() {
                return out::print(&voice.say(&Phrase::new("outbox-none")));
            }
            let count = tx.retry_outbox(&ids).await?;
            tx.commit().await?;
            out::print(&voice.say(&Phrase::new("outbox-open-again").number("count", count)))
        }
        Outbox::Drop { which, yes } => {
            let voice = Voice::new(which.language.as_deref(), None)?;
            let store = common.store().await?;
            let mut tx = store.read().await?;
            let ids = chosen(which, outbox_ids(&mut tx).await?, "outbox-unknown", &voice)?;
            tx.roll_back().await?;
            if ids.is_empty() {
                return out::print(&voice.say(&Phrase::new("outbox-none")));
            }
            // Not while a transaction is open: who is asked may take an hour.
            let question = Phrase::new("outbox-drop-sure").number("count", ids.len());
            if !(yes || is_sure(&question, &voice)?) {
                return out::print(&voice.say(&Phrase::new("cli-nothing-done")));
            }
            let mut tx = store.write().await?;
            let count = tx.drop_outbox(&ids).await?;
            tx.commit().await?;
            out::print(&voice.say(&Phrase::new("outbox-dropped").number("count", count)))
        }
    }
}

/// Runs `daoyu inbox`.
pub async fn inbox(cmd: Inbox, common: &Common) -> Result<(), Stop> {
    match cmd {
        Inbox::List(list) => list_inbox(common, &list).await,
        Inbox::Retry(which) => {
            let voice = Voice::new(which.language.as_deref(), None)?;
            let store = common.store().await?;
            let mut tx = store.write().await?;
            let there = tx.list_inbox(false).await?;
            if there.is_empty() && which.all {
                return out::print(&voice.say(&Phrase::new("inbox-none")));
            }
            let ids = chosen(which, there.iter().map(inbox_id).collect(), "inbox-unknown", &voice)?;
            let ids: HashSet<String> = ids.into_iter().collect();
            let rows = there.iter().filter(|it| ids.contains(&inbox_id(it)));
            let count = tx.retry_inbox(&rows.map(|it| (it.bot, it.update)).collect::<Vec<_>>()).await?;
            tx.commit().await?;
            out::print(&voice.say(&Phrase::new("inbox-open-again").number("count", count)))
        }
    }
}

async fn list_outbox(common: &Common, list: &List) -> Result<(), Stop> {
    let voice = Voice::new(list.output.language.as_deref(), None)?;
    let store = common.store().await?;
    let now = Clock::System.now();
    let class = |it: &AsideOutbox| {
        let known = [Class::Alert, Class::Reply, Class::Notice].map(Class::as_str);
        let known = known.into_iter().find(|word| *word == it.class);
        known.map_or_else(|| Cell::text(&it.class), |word| Cell::Word("message", word))
    };
    let rows = store.read().await?.list_outbox(list.open).await?;
    let row = |it: &AsideOutbox| {
        vec![
            Cell::text(&it.id),
            class(it),
            Cell::text(&it.account),
            Cell::Since(it.made_at, now),
            Cell::Number(it.tries),
            Cell::text(&it.error),
        ]
    };
    let columns = &["id", "message", "account", "since", "tries", "reason"];
    let empty = if list.open { "outbox-none-open" } else { "outbox-none" };
    Listing { columns, rows: rows.iter().map(row).collect(), empty }.print(&list.output, &voice)
}

async fn list_inbox(common: &Common, list: &List) -> Result<(), Stop> {
    let voice = Voice::new(list.output.language.as_deref(), None)?;
    let store = common.store().await?;
    let now = Clock::System.now();
    let rows = store.read().await?.list_inbox(list.open).await?;
    let row = |it: &AsideInbox| {
        vec![
            Cell::text(inbox_id(it)),
            Cell::text(&it.account),
            Cell::Since(it.received_at, now),
            Cell::Number(it.tries),
            Cell::text(&it.error),
        ]
    };
    let columns = &["id", "account", "since", "tries", "reason"];
    let empty = if list.open { "inbox-none-open" } else { "inbox-none" };
    Listing { columns, rows: rows.iter().map(row).collect(), empty }.print(&list.output, &voice)
}

async fn outbox_ids(tx: &mut Tx) -> Result<Vec<String>, Stop> {
    Ok(tx.list_outbox(false).await?.into_iter().map(|it| it.id).collect())
}

/// An update's id for people: the bot and Telegram's number.
fn inbox_id(row: &AsideInbox) -> String {
    format!("{}:{}", row.bot, row.update)
}

/// Those that were named, if all of them are there; one wrong one, and nothing is done.
fn chosen(
    which: Which,
    there: Vec<String>,
    unknown: &'static str,
    voice: &Voice,
) -> Result<Vec<String>, Stop> {
    if which.all {
        return Ok(there);
    }
    let known: HashSet<&str> = there.iter().map(String::as_str).collect();
    let wrong: Vec<&str> = which.ids.iter().map(String::as_str).filter(|id| !known.contains(id)).collect();
    if wrong.is_empty() {
        return Ok(which.ids);
    }
    let ids = wrong.iter().map(|id| Phrase::new("words-as-typed").text("words", *id)).collect();
    Err(voice.refuse(&Phrase::new(unknown).list("ids", ids, "\n")))
}

fn is_sure(question: &Phrase, voice: &Voice) -> Result<bool, Stop> {
    let yes = voice.say(&Phrase::new("cli-yes"));
    out::ask(&voice.say(question), &yes).ok_or_else(|| voice.refuse(&Phrase::new("cli-say-yes")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn which(ids: &[&str], all: bool) -> Which {
        Which { ids: ids.iter().map(|id| (*id).to_owned()).collect(), all, language: None }
    }

    #[test]
    fn every_wrong_id_is_named_and_nothing_is_done() {
        let voice = Voice::new(Some("en"), None).unwrap();
        let there = || vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(chosen(which(&["b"], false), there(), "outbox-unknown", &voice).unwrap(), ["b"]);
        assert_eq!(chosen(which(&[], true), there(), "outbox-unknown", &voice).unwrap(), ["a", "b"]);
        let Err(Stop::Refused(told)) =
            chosen(which(&["x", "a", "y"], false), there(), "outbox-unknown", &voice)
        else {
            panic!("not refused")
        };
        assert!(told.contains('x') && told.contains('y') && !told.contains("\na\n"), "{told}");
    }
}
