//! A backup holds everything, fits both databases, and is restored as a whole or not at all.

use crate::place::{Engine, Place, TOKEN, until};
use daoyu::{
    cli::year::{self, Year},
    sandbox::Sandbox,
    store::{OF_THE_MOMENT, Store, TABLES},
};
use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// The lines of each table, in no order.
fn lines(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut tables = BTreeMap::new();
    for n in 0..zip.len() {
        let mut entry = zip.by_index(n).unwrap();
        let Some(table) = entry.name().unwrap().strip_suffix(".jsonl").map(str::to_owned) else { continue };
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        tables.insert(table, lines);
    }
    tables
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_holds_everything_and_fits_both_databases() {
    for from in BOTH {
        let source = Place::with_a_year(from).await;
        let file = source.path("backup.zip");
        let name = file.to_str().unwrap();
        let said = source.daoyu(&["backup", name]);
        assert!(said.contains("Backed up and read again"), "{said}");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(source.daoyu(&["restore", name, "--check"]).contains("This backup is whole"));
        let was = lines(&file);
        assert_eq!(was.len(), TABLES.len());
        for (table, lines) in &was {
            assert!(!lines.is_empty(), "nothing of {table} would be missed");
        }
        for to in BOTH {
            let target = Place::new(to).await;
            let said = target.daoyu(&["restore", name]);
            assert!(said.contains("Restored and checked"), "{from:?} -> {to:?}: {said}");
            assert!(said.contains("6 answers that nobody waits for"), "{said}");
            assert!(said.contains("2 messages were on their way"), "{said}");
            let again = target.path("again.zip");
            target.daoyu(&["backup", again.to_str().unwrap()]);
            let mut is = lines(&again);
            let mut was = was.clone();
            let (queued, woken) = (was.remove("outbox").unwrap(), is.remove("outbox").unwrap());
            assert_eq!(was, is, "{from:?} -> {to:?}");
            assert_eq!((queued.len(), woken.len()), (18, 12));
            assert_eq!(
                target.count("SELECT COUNT(*) FROM outbox WHERE state = 'sending' OR holder <> ''").await,
                0
            );
            assert_eq!(target.count("SELECT COUNT(*) FROM outbox WHERE state = 'aside'").await, 4);
            if to == Engine::Sqlite {
                let mode = fs::metadata(target.path("daoyu.db")).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "for nobody else to read");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_table_of_postgres_is_forgotten() {
    let place = Place::new(Engine::Postgres).await;
    let mut listed: Vec<&str> = TABLES.iter().chain(OF_THE_MOMENT).copied().collect();
    listed.sort_unstable();
    let store = Store::open_as_is(&place.database.url).await.unwrap();
    assert_eq!(store.snapshot().await.unwrap().tables().await.unwrap(), listed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_opened_as_it_is_cannot_be_written() {
    for engine in BOTH {
        let place = Place::with_a_year(engine).await;
        let store = Store::open_as_is(&place.database.url).await.unwrap();
        let mut tx = store.snapshot().await.unwrap();
        let written = tx.retry_outbox(&["x".to_owned()]).await;
        assert!(written.is_err(), "{engine:?}: {written:?}");
        let mut tx = store.read().await.unwrap();
        let written = tx.retry_outbox(&["x".to_owned()]).await;
        assert!(written.is_err(), "{engine:?}: {written:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_whole_backup_is_refused_and_nothing_is_written() {
    let source = Place::with_a_year(Engine::Sqlite).await;
    source.daoyu(&["backup", "good.zip"]);
    let good = fs::read(source.path("good.zip")).unwrap();
    let mut damaged = good.clone();
    // More than a header of the zip, in which nobody reads the time of day.
    damaged[good.len() / 3..good.len() / 3 + 100].fill(0x55);
    let newer = rewritten(&source.path("good.zip"), "manifest.json", |it| {
        let schema = it.lines().find(|line| line.contains("\"schema\"")).unwrap().to_owned();
        it.replace(&schema, "\"schema\": 9999,")
    });
    let format = rewritten(&source.path("good.zip"), "manifest.json", |it| {
        it.replace("\"format\": 1", "\"format\": 9")
    });
    let fewer = rewritten(&source.path("good.zip"), "person.jsonl", |it| {
        it.lines().skip(1).map(|it| format!("{it}\n")).collect()
    });
    for (bytes, expected) in [
        (damaged, "is damaged"),
        (good[..good.len() / 2].to_vec(), "its end is missing"),
        (good[..good.len() - 1].to_vec(), "its end is missing"),
        (b"SQLite format 3\0".to_vec(), "is not a backup that daoyu made"),
        (Vec::new(), "is not a backup that daoyu made"),
        (newer, "by a newer daoyu"),
        (format, "by a newer daoyu"),
        (fewer, "person.jsonl is not what was backed up"),
    ] {
        for engine in BOTH {
            let target = Place::new(engine).await;
            fs::write(target.path("x.zip"), &bytes).unwrap();
            let told = target.refused(&["restore", "x.zip"]);
            assert!(told.contains(expected), "{expected}: {told}");
            assert!(target.refused(&["restore", "x.zip", "--check"]).contains(expected));
            match engine {
                Engine::Sqlite => assert!(!target.path("daoyu.db").exists(), "{expected}"),
                Engine::Postgres => assert_eq!(target.count("SELECT COUNT(*) FROM school").await, 0),
            }
        }
    }
    let target = Place::new(Engine::Sqlite).await;
    assert!(target.refused(&["restore", "none.zip"]).contains("none.zip cannot be read"));
    assert!(target.refused(&["backup", "x.zip"]).contains("There is no database at"));
    assert!(source.refused(&["backup", "good.zip"]).contains("--force"));
    source.daoyu(&["backup", "good.zip", "--force"]);
    assert!(source.refused(&["backup", "no/where.zip"]).contains("cannot be written"));
    let parts = fs::read_dir(source.folder.path()).unwrap().flatten();
    assert_eq!(parts.filter(|it| it.path().extension().is_some_and(|it| it == "part")).count(), 0);
}

/// A row that the database refuses takes everything back, though the file was whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restore_that_fails_half_way_leaves_nothing() {
    let source = Place::with_a_year(Engine::Sqlite).await;
    source.does("UPDATE inbox SET state = 'answered'").await;
    source.daoyu(&["backup", "good.zip"]);
    // Long after the first rows were written, a state that the schema does not know.
    let strange =
        rewritten(&source.path("good.zip"), "inbox.jsonl", |it| it.replace("\"answered\"", "\"unknown!\""));
    let sum = |bytes: &[u8]| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("x"), bytes).unwrap();
        let done = std::process::Command::new("sha256sum").arg(dir.path().join("x")).output().unwrap();
        String::from_utf8(done.stdout).unwrap()[..64].to_owned()
    };
    let text = |path: &Path| {
        let mut zip = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
        let mut text = Vec::new();
        zip.by_name("inbox.jsonl").unwrap().read_to_end(&mut text).unwrap();
        text
    };
    let before = sum(&text(&source.path("good.zip")));
    fs::write(source.path("strange.zip"), strange).unwrap();
    let after = sum(&text(&source.path("strange.zip")));
    let strange = rewritten(&source.path("strange.zip"), "manifest.json", |it| it.replace(&before, &after));
    for engine in BOTH {
        let target = Place::new(engine).await;
        fs::write(target.path("x.zip"), &strange).unwrap();
        let said = target.says(&["restore", "x.zip"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.err.contains("writing into inbox"), "{said:?}");
        assert_eq!(target.count("SELECT COUNT(*) FROM school").await, 0, "{engine:?}");
        // And the place is free for the right one.
        target.daoyu(&["restore", source.path("good.zip").to_str().unwrap()]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_in_which_something_is_stays_as_it_is() {
    for engine in BOTH {
        let place = Place::with_a_year(engine).await;
        place.daoyu(&["backup", "x.zip"]);
        place.does("UPDATE person SET phone = 'changed since'").await;
        let told = place.refused(&["restore", "x.zip"]);
        assert!(told.contains("schools: 1, people: 26") && told.contains("Nothing was changed"), "{told}");
        assert_eq!(place.count("SELECT COUNT(*) FROM person WHERE phone <> 'changed since'").await, 0);
    }

    // Nor one that is empty and served.
    let place = Place::new(Engine::Postgres).await;
    place.does("INSERT INTO process (id, began_at, alive_until) VALUES ('x', 0, 99999999999999)").await;
    let source = Place::with_a_year(Engine::Sqlite).await;
    source.daoyu(&["backup", "x.zip"]);
    let told = place.refused(&["restore", source.path("x.zip").to_str().unwrap()]);
    assert!(told.contains("A daoyu serves this database"), "{told}");
}

/// New people write all the time. Whatever a backup holds of one of them, it holds all of: the update and the account it
/// came from are written in one commit, and read from tables that are far apart in the file.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_holds_nothing_half() {
    for engine in BOTH {
        let place = Place::with_a_year(engine).await;
        let sandbox = Sandbox::new(TOKEN);
        let serve = place.serve(&sandbox).await;
        let goes = Arc::new(AtomicBool::new(true));
        let (town, on) = (sandbox.clone(), goes.clone());
        let writing = tokio::spawn(async move {
            let mut people = 0;
            while on.load(Ordering::Relaxed) {
                people += 1;
                town.user(10_000 + people, "Somebody", "en").says("hello");
                tokio::time::sleep(Duration::from_millis(4)).await;
            }
            people
        });
        let mut held = Vec::new();
        for n in 0..6 {
            let name = format!("{n}.zip");
            let place = &place;
            tokio::task::block_in_place(|| place.daoyu(&["backup", &name]));
            let target = Place::new(Engine::Sqlite).await;
            tokio::task::block_in_place(|| target.daoyu(&["restore", place.path(&name).to_str().unwrap()]));
            let torn = "SELECT COUNT(*) FROM inbox WHERE account_id NOT IN (SELECT id FROM account)";
            assert_eq!(target.count(torn).await, 0, "{engine:?}");
            held.push(target.count("SELECT COUNT(*) FROM inbox").await);
        }
        goes.store(false, Ordering::Relaxed);
        let people = writing.await.unwrap();
        // The backups held up nobody: everybody is answered, once.
        let said = |it: &daoyu::sandbox::Entry| {
            it.method == "sendMessage" && it.refused.is_none() && it.chat > 10_000
        };
        let answered = || sandbox.ledger().iter().filter(|it| said(it)).count() as i64;
        until("everybody is answered", || answered() >= people).await;
        println!("{engine:?}: {people} wrote, the backups held {held:?} updates");
        assert_eq!(answered(), people);
        assert!(held.windows(2).all(|it| it[0] < it[1]), "{held:?}");
        drop(serve);
    }
}

/// A backup with one part written anew.
fn rewritten(path: &Path, part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut into = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..zip.len() {
        let mut entry = zip.by_index(n).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        into.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        let text = if name == part { change(&text) } else { text };
        std::io::Write::write_all(&mut into, text.as_bytes()).unwrap();
    }
    into.finish().unwrap().into_inner()
}

/// Makes the year of 2,000 students in the database `DAOYU_YEAR`, to measure on:
/// `DAOYU_YEAR=sqlite:/tmp/year.db cargo test --test operate -- --ignored --nocapture a_year`.
#[tokio::test]
#[ignore = "it takes minutes, and is for measuring"]
async fn a_year_of_two_thousand_students_is_made() {
    let url = std::env::var("DAOYU_YEAR").expect("DAOYU_YEAR");
    let begun = Instant::now();
    let store = Store::open(&url).await.unwrap();
    let told = |n| {
        if n % 500 == 0 {
            println!("{n} students after {:.0?}", begun.elapsed());
        }
    };
    year::fill(&store, Year::LARGE, told).await.unwrap();
    store.close().await;
}
