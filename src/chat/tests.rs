//! What holds for the whole room: every text that it can say exists, and is filled as its words expect.

use super::{doors::COMMANDS, forms};
use crate::{
    school::{About, Day, Duty, Kind, Relation, Role, SnoozeReason, Topic},
    store::CopyState,
    text::{Phrase, Texts, variables},
};
use std::{collections::BTreeSet, fs, path::Path};

/// The source of the room and of its printed pages, without tests.
fn sources() -> Vec<(String, String)> {
    let rooms = ["src/chat", "src/chat/forms", "src/print"];
    let rooms = rooms.map(|it| Path::new(env!("CARGO_MANIFEST_DIR")).join(it));
    let files = rooms.into_iter().flat_map(|it| fs::read_dir(it).unwrap()).map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let files = files.filter(|path| path.file_name().is_some_and(|name| name != "tests.rs"));
    files
        .map(|path| {
            let source = fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or("").to_owned();
            (path.file_name().unwrap().to_string_lossy().into_owned(), code)
        })
        .collect()
}

/// Every string in code (not in comments) that looks like a key: words with dashes between them.
fn keys(code: &str) -> impl Iterator<Item = &str> {
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let strings = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    strings.filter(move |it| it.contains('-') && it.split('-').all(is_word))
}

/// `Phrase::new("key").text("a", ...).day("b", ...)`: each key with what fills it in the same breath.
fn phrases(code: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    for part in code.split("Phrase::new(\"").skip(1) {
        let Some((key, mut rest)) = part.split_once("\")") else { continue };
        let mut names = BTreeSet::new();
        while let Some(call) = rest.trim_start().strip_prefix('.') {
            let Some((_, after)) = call.split_once('(') else { break };
            let Some(name) = after.trim_start().strip_prefix('"').and_then(|it| it.split('"').next()) else {
                break;
            };
            names.insert(name.to_owned());
            let mut depth = 1;
            let end = after.find(|c| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                depth == 0
            });
            rest = &after[end.map_or(after.len(), |end| end + 1)..];
        }
        found.push((key.to_owned(), names));
    }
    found
}

/// The steps whose answers the growth file shows.
fn kept_steps() -> Vec<&'static str> {
    let kept = forms::ALL.iter().filter(|it| {
        it.makes.is_some_and(|kind| ![Kind::Talk, Kind::Contact, Kind::Checkin].contains(&kind))
    });
    let unsaid = |name: &str| ["who", "others", "day", "form", "matter", "send"].contains(&name);
    kept.flat_map(|it| it.steps).map(|step| step.name).filter(|name| !unsaid(name)).collect()
}

/// The groups of people to whom slips speak.
const GROUPS: [&str; 3] = ["guardian", "student", "staff"];

#[test]
fn every_text_of_the_room_exists_in_every_language() {
    let texts = Texts::load().unwrap();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for (_, code) in sources() {
        wanted.extend(keys(&code).map(str::to_owned));
        wanted.extend(phrases(&code).into_iter().map(|(key, _)| key));
    }
    assert!(
        wanted.contains("digest-line") && wanted.contains("wish-told"),
        "the source was not read: {wanted:?}"
    );
    let words = |prefix: &str, words: &[&str]| -> Vec<String> {
        words.iter().map(|word| format!("{prefix}-{word}")).collect()
    };
    let sets = [
        words("command", &COMMANDS.iter().map(|door| door.name).collect::<Vec<_>>()),
        words("copy", &CopyState::ALL.map(CopyState::as_str)),
        words("duty", &Kind::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>()),
        words("later", &SnoozeReason::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>()),
        words("record", &["line", "afterthought", "place", "joint-head_teacher", "joint-colleagues"]),
        words("answer", &kept_steps()),
        words("relation", &Relation::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>()),
        words("topic", &Topic::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>()),
        words("language", &texts.languages()),
        ["who", "why", "without", "data"]
            .iter()
            .flat_map(|it| words(&format!("slip-{it}"), &GROUPS))
            .collect(),
    ];
    let forms = Kind::ALL.iter().flat_map(|kind| words(kind.as_str(), kind.forms()));
    wanted.extend(sets.into_iter().flatten().chain(forms));
    for language in texts.languages() {
        let missing: Vec<&String> = wanted.iter().filter(|key| !texts.has(language, key)).collect();
        assert!(missing.is_empty(), "locales/{language}: {missing:?}");
    }
}

#[test]
fn a_text_is_filled_with_exactly_what_its_words_expect() {
    let texts = variables("zh-CN");
    let mut seen = 0;
    for (file, code) in sources() {
        for (key, names) in phrases(&code) {
            let wanted: BTreeSet<String> = texts[&key].iter().cloned().collect();
            assert_eq!(names, wanted, "{file}: {key}");
            seen += 1;
        }
    }
    assert!(seen > 50, "the source was not read");
}

#[test]
fn a_refusal_fits_over_a_button() {
    let texts = Texts::load().unwrap();
    let all: String = sources().into_iter().map(|(_, code)| code).collect();
    for key in keys(&all).filter(|key| key.starts_with("refusal-")) {
        for language in texts.languages() {
            let words = texts.plain(language, &Phrase::new(key.to_owned()));
            assert!(words.encode_utf16().count() <= 200, "{language}: {words}");
        }
    }
}

/// Something that stands open about a student.
pub(super) fn duty(about: &str, kind: Kind, wish: bool) -> Duty {
    let day: Day = "2026-09-21".parse().unwrap();
    Duty {
        rule: kind.to_string(),
        kind,
        owed_by: Role::Mentor,
        owes: "wang".into(),
        about: about.into(),
        scope: About::Pairing,
        class: Some("7-1".into()),
        pairing: Some("a".into()),
        progress: None,
        since: day,
        last: None,
        due: day,
        overdue_days: 0,
        school_days: 0,
        never: false,
        wish,
    }
}
