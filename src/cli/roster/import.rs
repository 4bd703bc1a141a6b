//! An import: what the file says, what that changes, a yes, one transaction.

use super::{Import, wrong};
use crate::{
    cli::{
        Common, Stop,
        common::{self, Output, read_up_to},
        listing::{Cell, Format, Listing},
        out,
        progress::Progress,
        voice::Voice,
    },
    clock::Clock,
    roster::{self, Change, Kind, Leavers, Plan, Roster, Scope, Tally},
    school::{At, Day},
    store::{Book, SchoolRow, Store, Tx},
    text::Phrase,
};

/// So many people of a kind are shown on a terminal. Leavers are all shown: each of them should be looked at.
const SHOWN: usize = 20;
/// So many people are written between two looks at the progress.
const PIECE: usize = 500;

/// Runs it.
pub(super) async fn run(it: &Import, common: &Common) -> Result<(), Stop> {
    let store = common.store().await?;
    let mut tx = store.read().await?;
    let (school, voice) = common::school(&mut tx, &it.school.id, it.output.language.as_deref()).await?;
    let book = tx.look_at_book(&school.id).await?;
    // Not while a transaction is open: who is asked may take an hour.
    tx.roll_back().await?;
    let bytes = read_up_to(&it.file, roster::file::MAX_FILE, &voice)?;
    let sheets = roster::sheets(&bytes).map_err(|why| voice.refuse(&why.phrase()))?;
    drop(bytes);
    let roster = roster::read(&sheets);
    let now = Clock::System.now();
    let plan = match compare(it, &roster, &book, now.day(school.zone)) {
        Ok(plan) => plan,
        Err(found) => return Err(wrong::hand_back(&sheets, &found, it, &voice)),
    };
    drop(sheets);
    show(&plan, &it.output, &voice)?;
    for (key, heads) in [("roster-unused", &roster.unused), ("roster-not-kept", &roster.not_kept)] {
        if !heads.is_empty() {
            let heads = heads.iter().map(|it| Phrase::new("words-as-typed").text("words", it)).collect();
            out::complain(&voice.say(&Phrase::new(key).list("heads", heads, "joint-comma")));
        }
    }
    if plan.is_empty() {
        out::complain(&voice.say(&Phrase::new("roster-nothing-new").text("school", school.name)));
        return Ok(());
    }
    if plan.leavers.count() > 0 {
        out::complain(&voice.say(&farewell(&plan.leavers)));
    }
    let too_many = too_many(it, &plan.leavers);
    if it.dry_run {
        too_many.iter().for_each(|why| out::complain(&voice.say(why)));
        out::complain(&voice.say(&Phrase::new("roster-dry-run").text("school", school.name)));
        return Ok(());
    }
    if let Some(why) = too_many {
        return Err(voice.refuse(&why));
    }
    if !is_sure(it, &school, &voice)? {
        return out::print(&voice.say(&Phrase::new("cli-nothing-done")));
    }
    write(it, &store, &roster, &plan, &school, now, &voice).await?;
    out::complain(&voice.say(&Phrase::new("roster-written").text("school", school.name)));
    Ok(())
}

fn compare(it: &Import, roster: &Roster, book: &Book, today: Day) -> Result<Plan, Vec<roster::Wrong>> {
    let scope = match (it.nobody_leaves, it.whole_school) {
        (true, _) => Scope::Nobody,
        (false, true) => Scope::School,
        (false, false) => Scope::Classes,
    };
    roster::compare(roster, book, today, scope)
}

/// Why nobody can leave by this, if so.
fn too_many(it: &Import, leavers: &Leavers) -> Option<Phrase> {
    match it.leavers {
        Some(said) if said != leavers.count() => {
            Some(Phrase::new("roster-leavers-differ").number("said", said).number("count", leavers.count()))
        }
        None if leavers.are_many() => Some(
            Phrase::new("roster-many-leavers")
                .number("count", leavers.count())
                .number("of", leavers.of_all()),
        ),
        _ => None,
    }
}

fn farewell(leavers: &Leavers) -> Phrase {
    Phrase::new("roster-will-leave")
        .number("count", leavers.count())
        .number("of", leavers.of_all())
        .number("guardians", leavers.guardians.len())
}

fn is_sure(it: &Import, school: &SchoolRow, voice: &Voice) -> Result<bool, Stop> {
    if it.yes {
        return Ok(true);
    }
    let question = Phrase::new("roster-sure").text("school", &school.name);
    let yes = voice.say(&Phrase::new("cli-yes"));
    out::ask(&voice.say(&question), &yes).ok_or_else(|| voice.refuse(&Phrase::new("roster-say-yes")))
}

/// Writes what was shown, and nothing else: if the school has changed since, nothing is written.
async fn write(
    it: &Import,
    store: &Store,
    roster: &Roster,
    shown: &Plan,
    school: &SchoolRow,
    now: At,
    voice: &Voice,
) -> Result<(), Stop> {
    let mut tx: Tx = store.write().await?;
    let book = tx.book(&school.id).await?;
    let plan = compare(it, roster, &book, now.day(school.zone)).ok();
    let same = |it: &Plan| it.changes == shown.changes && it.summary == shown.summary;
    let Some(plan) = plan.filter(same) else {
        tx.roll_back().await?;
        return Err(voice.refuse(&Phrase::new("roster-changed-meanwhile").text("school", &school.name)));
    };
    let mut progress = Progress::new(voice, "roster-progress", plan.write.rows() as u64);
    for piece in plan.write.pieces(PIECE) {
        tx.write_roster(&school.id, &piece, now).await?;
        progress.step(piece.rows() as u64);
    }
    Ok(tx.commit().await?)
}

/// For people the figures and the changes, for programs and Excel the changes.
fn show(plan: &Plan, output: &Output, voice: &Voice) -> Result<(), Stop> {
    if output.format() != Format::Table || output.output.is_some() {
        return changes(plan.changes.iter()).print(output, voice);
    }
    summary(plan).print(output, voice)?;
    let most = |kind: Kind| if kind.takes_away() { usize::MAX } else { SHOWN };
    let of = |kind| plan.changes.iter().filter(move |it| it.kind == kind);
    let listed = changes(Kind::ALL.into_iter().flat_map(|kind| of(kind).take(most(kind))));
    if !listed.rows.is_empty() {
        listed.print(output, voice)?;
    }
    for kind in Kind::ALL {
        let count = of(kind).count().saturating_sub(most(kind));
        if count > 0 {
            let word = Phrase::new(format!("roster-change-{}", kind.as_str()));
            out::complain(
                &voice.say(&Phrase::new("roster-more").phrase("kind", word).number("count", count)),
            );
        }
    }
    Ok(())
}

fn changes<'a>(changes: impl Iterator<Item = &'a Change>) -> Listing {
    let said = |words: &[Phrase]| match words {
        [] => Cell::text(""),
        words => Cell::Phrase(Phrase::new("cli-words").list("words", words.to_vec(), "joint-comma")),
    };
    let row = |it: &Change| {
        vec![
            Cell::Word("roster-change", it.kind.as_str()),
            Cell::Word("roster-who", it.who),
            Cell::text(&it.name),
            Cell::text(&it.number),
            Cell::text(&it.class),
            said(&it.was),
            said(&it.becomes),
        ]
    };
    let columns = &["change", "who", "name", "number", "class", "was", "becomes"];
    Listing { columns, rows: changes.map(row).collect(), empty: "cli-nothing-done" }
}

fn summary(plan: &Plan) -> Listing {
    let count = |n: usize| Cell::Number(i64::try_from(n).unwrap_or(i64::MAX));
    let row = |word, it: Tally| {
        let what = Cell::Word("roster-what", word);
        vec![what, count(it.new), count(it.changed), count(it.left), count(it.unchanged)]
    };
    let it = plan.summary;
    Listing {
        columns: &["what", "new", "changed", "left", "unchanged"],
        rows: vec![
            row("classes", it.classes),
            row("staff", it.staff),
            row("students", it.students),
            row("guardians", it.guardians),
            row("pairings", it.pairings),
        ],
        empty: "cli-nothing-done",
    }
}
