//! The laws of the house, as far as its text can tell. Each law is shown to fail on a house that breaks it.

#![expect(clippy::expect_used, reason = "a helper of a test may fail like the test itself")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What each room may import. Rooms that are not named may import none; `cli` builds the parts and may import all.
const ARROWS: &[(&str, &[&str])] = &[
    ("school", &[]),
    ("sandbox", &[]),
    ("metrics", &[]),
    ("config", &[]),
    ("log", &["config"]),
    ("clock", &["school"]),
    ("text", &["school"]),
    ("store", &["clock", "metrics", "school"]),
    ("print", &["school", "store", "text"]),
    ("roster", &["clock", "school", "store", "text"]),
    ("chat", &["clock", "print", "roster", "school", "store", "text"]),
    ("work", &["chat", "clock", "metrics", "print", "roster", "school", "store", "text"]),
    ("telegram", &["chat", "school", "work"]),
    ("web", &["clock", "config", "metrics", "school", "store", "work"]),
];
/// Words of SQL that no prose has in this spelling.
const SQL: &[&str] =
    &["SELECT ", "INSERT INTO ", "DELETE FROM ", "UPDATE ", "CREATE TABLE ", "PRAGMA ", "BEGIN IMMEDIATE"];
const ASKS_THE_TIME: &[&str] = &["Utc::now", "Local::now", "SystemTime::now"];
/// What a test may do and the house may not.
const CARELESS: &[&str] = &[
    ".unwrap()",
    ".expect(\"",
    ".unwrap_err()",
    "todo!(",
    "unimplemented!(",
    "dbg!(",
    "#[allow(",
    "#![allow(",
];
/// Rooms that read or show Chinese which nobody says in a chat: spellings of a table's heads, examples in help texts,
/// the stage of the demo.
const CHINESE_ROOMS: &[&str] = &["roster", "cli", "sandbox"];

/// One source file without comments and tests.
struct Source {
    room: String,
    path: String,
    code: String,
}

/// A broken law: where, and what.
type Broken = Vec<String>;

#[test]
fn only_telegram_names_teloxide() {
    let law = |it: &Source| it.names("teloxide", "telegram");
    holds(law);
    fails(law, "work", "use teloxide::Bot;");
}

#[test]
fn only_the_store_speaks_sql() {
    let law = |it: &Source| {
        let mut broken = it.names("sqlx", "store");
        if it.room != "store" {
            broken.extend(SQL.iter().flat_map(|word| it.says(&format!("\"{word}"))));
        }
        broken
    };
    holds(law);
    fails(law, "chat", "use sqlx::Row;");
    fails(law, "chat", "let sql = \"SELECT name FROM person\";");
}

#[test]
fn only_the_clock_asks_the_time() {
    let law = |it: &Source| match it.room.as_str() {
        "clock" => Broken::new(),
        _ => ASKS_THE_TIME.iter().flat_map(|word| it.says(word)).collect(),
    };
    holds(law);
    fails(law, "work", "let now = chrono::Utc::now();");
}

#[test]
fn human_words_live_in_the_locales() {
    let law = |it: &Source| {
        let is_chinese = |line: &&str| line.chars().any(|c| ('\u{3000}'..='\u{9fff}').contains(&c));
        match CHINESE_ROOMS.contains(&it.room.as_str()) {
            true => Broken::new(),
            false => it.code.lines().filter(is_chinese).map(|line| it.at(line)).collect(),
        }
    };
    holds(law);
    fails(law, "chat", "let hello = \"您好\";");
}

#[test]
fn every_column_has_a_head_in_every_language() {
    let texts = daoyu::text::Texts::load().expect("the words");
    let law = |it: &Source| {
        let is_without = |column: &&str| {
            !texts.languages().into_iter().all(|it| texts.has(it, &format!("column-{column}")))
        };
        columns(&it.code).into_iter().filter(is_without).map(|column| it.at(column)).collect()
    };
    holds(law);
    fails(law, "cli", "let columns = &[\"name\", \"shoe_size\"];");
    fails(law, "cli", "const COLUMNS: &[&str] = &[\n    \"shoe_size\",\n];");
}

#[test]
fn imports_run_one_way() {
    let law = |it: &Source| {
        let may: &[&str] = match it.room.as_str() {
            "cli" | "lib" | "main" => return Broken::new(),
            room => ARROWS.iter().find(|(from, _)| *from == room).map_or(&[], |(_, to)| to),
        };
        let imports = imports(&it.code).into_iter();
        let wrong = imports.filter(|to| *to != it.room && !may.contains(&to.as_str()));
        wrong.map(|to| it.at(&format!("{} imports {to}", it.room))).collect()
    };
    holds(law);
    fails(law, "school", "use crate::store::Tx;");
    fails(law, "school", "use crate::{school::At, text::{Phrase, Texts}, clock};");
    fails(law, "store", "let words = crate::text::Phrase::new(\"x\");");
    fails(law, "sandbox", "use crate::school::At;");
    fails(law, "chat", "use crate::work::House;");
}

#[test]
fn the_arrows_between_the_rooms_make_no_circle() {
    fn reaches(from: &str, to: &str) -> bool {
        let next = ARROWS.iter().find(|(room, _)| *room == from).map_or(&[][..], |(_, next)| next);
        next.iter().any(|room| *room == to || reaches(room, to))
    }
    for (room, _) in ARROWS {
        assert!(!reaches(room, room), "{room} reaches itself");
    }
}

#[test]
fn every_room_is_on_the_map() {
    let map = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    for source in sources() {
        if !["lib", "main"].contains(&source.room.as_str()) {
            assert!(
                map.contains(&format!("[`{}`]", source.room)),
                "lib.rs does not say what {} is",
                source.room
            );
        }
    }
}

#[test]
fn nobody_is_careless_outside_of_tests() {
    let law = |it: &Source| CARELESS.iter().flat_map(|word| it.says(word)).collect::<Broken>();
    holds(law);
    fails(law, "work", "let first = rows.first().unwrap();");
    fails(law, "chat", "#[allow(dead_code)]");
}

#[test]
fn comments_and_tests_are_not_the_house() {
    let code =
        "/// Not `teloxide`.\nfn a() {} // sqlx\n#[cfg(test)]\nmod tests {\n    fn b() { c().unwrap() }\n}\n";
    assert_eq!(strip(code).trim(), "fn a() {}");
    assert_eq!(strip("let url = \"https://x\"; // y").trim(), "let url = \"https://x\";");
    assert_eq!(strip("#[cfg(test)]\nmod tests;\nfn a() {}").trim(), "fn a() {}");
}

/// No file of the house breaks the law.
fn holds(law: impl Fn(&Source) -> Broken) {
    let sources = sources();
    assert!(sources.len() > 80, "only {} files were found", sources.len());
    let broken: Broken = sources.iter().flat_map(law).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// A house with this line in this room breaks the law.
fn fails(law: impl Fn(&Source) -> Broken, room: &str, line: &str) {
    let sample = Source { room: room.to_owned(), path: "sample.rs".to_owned(), code: strip(line) };
    assert!(!law(&sample).is_empty(), "the law does not see `{line}` in {room}");
}

impl Source {
    /// A name that belongs into one room alone.
    fn names(&self, name: &str, room: &str) -> Broken {
        if self.room == room { Broken::new() } else { self.says(name) }
    }

    fn says(&self, word: &str) -> Broken {
        self.code.lines().filter(|line| line.contains(word)).map(|line| self.at(line)).collect()
    }

    fn at(&self, what: &str) -> String {
        format!("{}: {}", self.path, what.trim())
    }
}

/// The columns of all tables of a file.
fn columns(code: &str) -> Vec<&str> {
    let lists = ["columns = &[", "columns: &[", "COLUMNS: &[&str] = &["].into_iter();
    let begins =
        lists.flat_map(|begin| code.match_indices(begin).map(|(at, begin)| &code[at + begin.len()..]));
    let inside = begins.filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside);
    inside.flat_map(|it| it.split('"').skip(1).step_by(2)).collect()
}

/// The rooms that a file imports: `crate::a`, and each of `crate::{a, b::{c, d}}`.
fn imports(code: &str) -> BTreeSet<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut rooms = BTreeSet::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            rooms.insert(word(rest));
            continue;
        };
        let mut depth = 1;
        let mut begins = true;
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => begins = true,
                _ if begins && !c.is_whitespace() => {
                    rooms.insert(word(&list[at..]));
                    begins = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    // Macros of the own crate stand at its root.
    rooms.retain(|room| {
        root().join("src").join(room).exists() || root().join(format!("src/{room}.rs")).exists()
    });
    rooms
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the house that is no test.
fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of the house").flatten() {
            match entry.path() {
                path if path.is_dir() => walk(&path, found),
                path => found.push(path),
            }
        }
    }
    let src = root().join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    files.sort();
    let is_test = |path: &Path| {
        let named = |name: &std::ffi::OsStr| name == "tests" || name == "testing";
        path.file_stem().is_some_and(named) || path.parent().and_then(Path::file_name).is_some_and(named)
    };
    files.retain(|path| path.extension().is_some_and(|it| it == "rs") && !is_test(path));
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&src).expect("a file of the house");
        let room = inside.components().next().expect("a room").as_os_str().to_string_lossy();
        Source {
            room: room.trim_end_matches(".rs").to_owned(),
            path: inside.display().to_string(),
            code: strip(&fs::read_to_string(&path).expect("a file of the house")),
        }
    };
    files.into_iter().map(read).collect()
}

/// The code without comments and without its tests, which stand last or in a file of their own.
fn strip(source: &str) -> String {
    let source = source.replace("#[cfg(test)]\nmod tests;", "").replace("#[cfg(test)]\nmod testing;", "");
    let house = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    house.lines().map(without_comment).collect::<Vec<_>>().join("\n")
}

/// `//` begins a comment, unless it stands in a string.
fn without_comment(line: &str) -> &str {
    let comments = line.match_indices("//").map(|(at, _)| at);
    let is_in_string = |at: &usize| line[..*at].matches('"').count() % 2 == 1;
    let begins = comments.into_iter().find(|at| !is_in_string(at));
    &line[..begins.unwrap_or(line.len())]
}
