//! The database: whether it answers, is whole, is the schema of this program, and what waits in it.

use super::{Findings, disk};
use crate::{
    cli::{common::sqlite_path, listing::lasted},
    clock::Clock,
    config::Base,
    school::At,
    store::{Dialect, Schema, Store, Waiting},
    text::Phrase,
};
use anyhow::Result;
use chrono::TimeDelta;
use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// Longer than anything waits while all is well.
const STUCK: TimeDelta = TimeDelta::minutes(10);
/// A sweep comes every minute.
const LATE: TimeDelta = TimeDelta::minutes(15);
/// Milliseconds between two clocks.
const APART: i64 = 5_000;
const FAR_APART: i64 = 60_000;

/// Looks at everything that the database tells. Says whether a process serves it, as far as that can be known.
pub(super) async fn look(base: &Base, findings: &mut Findings) -> Option<bool> {
    let url = base.database.reveal();
    let file = sqlite_path(url);
    if let Some(file) = file.as_deref().filter(|it| !it.is_file()) {
        let says = Phrase::new("doctor-database-none").text("file", file.display().to_string());
        findings.wrong("database", says, Phrase::new("doctor-database-none-do"));
        return None;
    }
    let store = match Store::open_as_is(url).await {
        Ok(store) => store,
        Err(fault) => {
            let says = Phrase::new("doctor-database-away").text("fault", format!("{fault:#}"));
            findings.wrong("database", says, Phrase::new("doctor-database-away-do"));
            return None;
        }
    };
    let known = database(&store, findings).await.unwrap_or_else(|fault| {
        unreadable("database", &fault, findings);
        false
    });
    let mut serves = None;
    if known {
        if let Err(fault) = sound(&store, findings).await {
            unreadable("integrity", &fault, findings);
        }
        serves = match serving(&store, file.as_deref()).await {
            Ok(serves) => serves,
            Err(fault) => {
                findings.broken("serve", &fault);
                None
            }
        };
        match serves {
            Some(true) => findings.ok("serve", Phrase::new("doctor-serves")),
            Some(false) => {
                findings.warning(
                    "serve",
                    Phrase::new("doctor-serves-not"),
                    Phrase::new("doctor-serves-not-do"),
                );
            }
            None => {}
        }
        if let Err(fault) = queues(&store, serves, findings).await {
            findings.broken("queues", &fault);
        }
        if let Err(fault) = slots(&store, serves, findings).await {
            findings.broken("clockwork", &fault);
        }
    }
    if let Some(file) = &file {
        disk::look(file, findings);
    }
    store.close().await;
    serves
}

/// A check that failed, perhaps because SQLite cannot read the file at all.
fn unreadable(check: &'static str, fault: &anyhow::Error, findings: &mut Findings) {
    let told = format!("{fault:#}");
    let signs = ["malformed", "not a database", "disk I/O error"];
    match signs.into_iter().find(|it| told.contains(it)) {
        Some(sign) => {
            let says = Phrase::new("doctor-unsound").number("count", 1).text("first", sign);
            findings.wrong(check, says, Phrase::new("doctor-unsound-do"));
        }
        None => findings.broken(check, fault),
    }
}

/// Which database and which schema. Says whether the rest can be looked at.
async fn database(store: &Store, findings: &mut Findings) -> Result<bool> {
    let mut tx = store.read().await?;
    let name = match store.dialect() {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "PostgreSQL",
    };
    let version = tx.database_version().await?;
    findings.ok("database", Phrase::new("doctor-database").text("name", name).text("version", version));
    let schema = tx.schema().await?;
    let says = |key: &'static str| {
        Phrase::new(key).number("version", schema.version()).number("newest", Schema::newest())
    };
    if let Some(step) = schema.broken {
        let says = Phrase::new("doctor-schema-broken").number("version", step);
        findings.wrong("schema", says, Phrase::new("doctor-schema-broken-do"));
    } else if schema.done.is_empty() {
        findings.warning("schema", says("doctor-schema-none"), Phrase::new("doctor-database-none-do"));
        return Ok(false);
    } else if schema.is_newer() {
        findings.wrong("schema", says("doctor-schema-newer"), Phrase::new("doctor-schema-newer-do"));
    } else if schema.version() < Schema::newest() {
        findings.warning("schema", says("doctor-schema-older"), Phrase::new("doctor-schema-older-do"));
    } else {
        findings.ok("schema", says("doctor-schema"));
    }
    if store.dialect() == Dialect::Postgres {
        let before = Clock::System.now();
        let theirs = tx.server_clock().await?.unwrap_or(before);
        let after = Clock::System.now();
        clocks("database-clock", before, theirs, after, findings);
        match tx.may_write().await? {
            true => findings.ok("writable", Phrase::new("doctor-writable")),
            false => {
                findings.wrong(
                    "writable",
                    Phrase::new("doctor-read-only"),
                    Phrase::new("doctor-read-only-do"),
                );
            }
        }
    }
    Ok(true)
}

/// This machine's clock beside another, which was asked between two moments.
fn clocks(check: &'static str, before: At, theirs: At, after: At, findings: &mut Findings) {
    // Whatever lies between asking and answering is no difference.
    let apart = (before.0 - theirs.0).max(theirs.0 - after.0).max(0);
    let says = |key: &'static str| Phrase::new(key).number("seconds", apart / 1000);
    match apart {
        0..APART => findings.ok(check, Phrase::new("doctor-clocks")),
        APART..FAR_APART => {
            findings.warning(check, says("doctor-clocks-apart"), Phrase::new("doctor-clocks-do"))
        }
        _ => findings.wrong(check, says("doctor-clocks-apart"), Phrase::new("doctor-clocks-do")),
    }
}

async fn sound(store: &Store, findings: &mut Findings) -> Result<()> {
    if store.dialect() == Dialect::Postgres {
        return Ok(());
    }
    let wrong = store.read().await?.quickly_unsound().await?;
    match wrong.first() {
        None => findings.ok("integrity", Phrase::new("doctor-sound")),
        Some(first) => {
            let says = Phrase::new("doctor-unsound").number("count", wrong.len()).text("first", first);
            findings.wrong("integrity", says, Phrase::new("doctor-unsound-do"));
        }
    }
    Ok(())
}

/// Whether a process serves this database.
async fn serving(store: &Store, file: Option<&Path>) -> Result<Option<bool>> {
    let Some(file) = file else {
        let mut tx = store.read().await?;
        // Of an older schema nobody is known.
        let known = !tx.columns("process").await?.is_empty();
        return Ok(if known { Some(tx.anybody_lives().await?) } else { None });
    };
    let Ok(lock) = File::open(file.with_extension("serving")) else { return Ok(Some(false)) };
    // Shared, and let go of at once: whoever serves holds it for itself.
    Ok(Some(matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock))))
}

/// What waits too long, and what was set aside.
async fn queues(store: &Store, serves: Option<bool>, findings: &mut Findings) -> Result<()> {
    let now = Clock::System.now();
    let mut tx = store.read().await?;
    let then = now.minus(STUCK);
    let stuck = [
        ("inbox", tx.stuck_inbox(then).await?, "doctor-inbox-flows", "doctor-inbox-stuck"),
        ("outbox", tx.stuck_outbox(then).await?, "doctor-outbox-flows", "doctor-outbox-stuck"),
    ];
    for (check, waiting, well, stuck) in stuck {
        let says = counted(stuck, waiting, now);
        match serves {
            _ if waiting.count == 0 => findings.ok(check, Phrase::new(well)),
            Some(false) => findings.warning(check, says, Phrase::new("doctor-stuck-do-serve")),
            _ => findings.wrong(check, says, Phrase::new("doctor-stuck-do")),
        }
    }
    let aside = [
        ("inbox-aside", tx.aside_inbox().await?, "doctor-inbox-aside", "doctor-inbox-aside-do"),
        ("outbox-aside", tx.aside_outbox().await?, "doctor-outbox-aside", "doctor-outbox-aside-do"),
    ];
    let none = aside.iter().all(|(_, waiting, ..)| waiting.count == 0);
    for (check, waiting, says, remedy) in aside.into_iter().filter(|(_, waiting, ..)| waiting.count > 0) {
        findings.warning(check, counted(says, waiting, now), Phrase::new(remedy));
    }
    if none {
        findings.ok("aside", Phrase::new("doctor-none-aside"));
    }
    Ok(())
}

fn counted(key: &'static str, waiting: Waiting, now: At) -> Phrase {
    let since = waiting.since.unwrap_or(now);
    Phrase::new(key).number("count", waiting.count).phrase("age", lasted(since, now))
}

/// Whether the clocks of the schools go on.
async fn slots(store: &Store, serves: Option<bool>, findings: &mut Findings) -> Result<()> {
    let now = Clock::System.now();
    let slots = store.read().await?.slots().await?;
    // One that is to be laid out anew has no time yet.
    let late = slots.iter().filter(|it| it.next.0 > 0 && it.next < now.minus(LATE));
    let mut schools: Vec<_> = late.clone().map(|it| &it.school).collect();
    schools.dedup();
    for school in &schools {
        let next = late.clone().filter(|it| it.school == **school).map(|it| it.next).min().unwrap_or(now);
        let done = slots.iter().filter(|it| it.school == **school).filter_map(|it| it.done).max();
        let done = round(done, now);
        let says = Phrase::new("doctor-late").text("school", school.as_str());
        let says = says.phrase("age", lasted(next, now)).phrase("done", done);
        match serves {
            Some(false) => findings.warning("clockwork", says, Phrase::new("doctor-stuck-do-serve")),
            _ => findings.wrong("clockwork", says, Phrase::new("doctor-stuck-do")),
        }
    }
    if schools.is_empty() && !slots.is_empty() {
        let done = slots.iter().filter_map(|it| it.done).max();
        findings.ok("clockwork", Phrase::new("doctor-on-time").phrase("done", round(done, now)));
    }
    Ok(())
}

/// When something was done last.
fn round(done: Option<At>, now: At) -> Phrase {
    match done {
        Some(at) => Phrase::new("doctor-ago").phrase("age", lasted(at, now)),
        None => Phrase::new("doctor-never"),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::State, *};

    #[test]
    fn clocks_that_differ_are_told_by_how_much() {
        let found = |theirs| {
            let mut findings = Findings::default();
            clocks("database-clock", At(1_000_000), At(theirs), At(1_000_900), &mut findings);
            findings.0[0].state
        };
        assert_eq!(found(1_000_500), State::Ok);
        assert_eq!(found(996_000), State::Ok);
        assert_eq!(found(990_000), State::Warning);
        assert_eq!(found(1_031_000), State::Warning);
        assert_eq!(found(1_100_000), State::Wrong);
    }
}
