//! `daoyu policy`: the rules of a school, as files.

use super::{
    Stop,
    common::{Output, read_text},
    explain,
    listing::{Cell, Format, Listing},
    out,
    voice::Voice,
};
use crate::{
    school::{Policy, PolicyError, nearest},
    text::Phrase,
};
use std::path::Path;

/// What can be done with policies.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Read a policy and name everything that is wrong in it
    #[command(after_help = "Example:\n  daoyu policy check ours.toml")]
    Check {
        /// The file, or default, primary, middle, high or district
        #[arg(value_name = "FILE")]
        named: String,
        #[command(flatten)]
        output: Output,
    },
    /// Say in plain sentences what a policy demands of whom, and when people are written to
    #[command(after_help = "\
Examples:
  daoyu policy explain middle
  daoyu policy explain ours.toml --language en")]
    Explain {
        /// A file, or default, primary, middle, high or district
        #[arg(value_name = "FILE")]
        named: String,
        /// The language of what is printed, zh-CN or en; without it that of the terminal
        #[arg(long, value_name = "LANGUAGE")]
        language: Option<String>,
    },
    /// Print one of the policies that come with the program, to begin a file of your own
    Show {
        /// default, primary, middle, high or district
        #[arg(default_value = "default", value_parser = clap::builder::PossibleValuesParser::new(Policy::PRESETS))]
        name: String,
    },
}

/// Runs it.
pub fn run(cmd: Cmd) -> Result<(), Stop> {
    match cmd {
        Cmd::Check { named, output } => check(&named, &output),
        Cmd::Explain { named, language } => {
            let voice = Voice::new(language.as_deref(), None)?;
            let (_, policy) = right(&named, &voice)?;
            let lines: Vec<String> = explain::policy(&policy).iter().map(|it| voice.say(it)).collect();
            out::print(&lines.join("\n"))
        }
        Cmd::Show { name } => out::print(Policy::preset(&name).unwrap_or_default()),
    }
}

/// The text of a policy that was named: one of ours, or a file without a mistake.
pub(super) fn text(named: &str, voice: &Voice) -> Result<String, Stop> {
    Ok(right(named, voice)?.0)
}

/// That there is no such policy, and which may have been meant.
pub(super) fn unknown(named: &str) -> Phrase {
    let known = Policy::PRESETS.join(", ");
    let phrase = Phrase::new("cli-no-such-policy").text("name", named).text("known", known);
    perhaps(phrase, nearest(named, Policy::PRESETS))
}

fn check(named: &str, output: &Output) -> Result<(), Stop> {
    let voice = Voice::new(output.language.as_deref(), None)?;
    let read = Policy::parse(&any_text(named, &voice)?, named);
    let errors = match &read {
        // Programs read an empty list from it, people what was looked at.
        Ok(policy) if output.format() == Format::Table => {
            let phrase = Phrase::new("cli-policy-right").text("file", named).text("name", &policy.name);
            return out::print(&voice.say(&phrase.number("rules", policy.rules.len())));
        }
        Ok(_) => [].as_slice(),
        Err(errors) => errors,
    };
    let row = |it: &PolicyError| {
        vec![
            Cell::text(&it.file),
            Cell::Number(i64::try_from(it.line).unwrap_or(i64::MAX)),
            Cell::text(&it.key),
            Cell::Phrase(expected(it)),
        ]
    };
    let listing = Listing {
        columns: &["file", "line", "key", "expected"],
        rows: errors.iter().map(row).collect(),
        empty: "cli-policy-right",
    };
    listing.print(output, &voice)?;
    match errors.len() {
        0 => Ok(()),
        count => Err(voice.refuse(&Phrase::new("cli-policy-wrong").number("count", count))),
    }
}

/// A policy that was named, if nothing is wrong with it, and its text.
fn right(named: &str, voice: &Voice) -> Result<(String, Policy), Stop> {
    let text = any_text(named, voice)?;
    match Policy::parse(&text, named) {
        Ok(policy) => Ok((text, policy)),
        Err(errors) => {
            let lines: Vec<String> = errors.iter().map(|it| voice.say(&line(it))).collect();
            Err(Stop::Refused(lines.join("\n")))
        }
    }
}

/// The text of one of ours, or of a file.
fn any_text(named: &str, voice: &Voice) -> Result<String, Stop> {
    let path = Path::new(named);
    match Policy::preset(named) {
        Some(text) => Ok(text.to_owned()),
        None if path.exists() => read_text(path, voice),
        None => Err(voice.refuse(&unknown(named))),
    }
}

/// One mistake, as a line.
fn line(it: &PolicyError) -> Phrase {
    let at = if it.key.is_empty() { it.line.to_string() } else { format!("{}: {}", it.line, it.key) };
    let place = format!("{}:{at}", it.file);
    Phrase::new("cli-policy-line").text("place", place).phrase("expected", expected(it))
}

fn expected(error: &PolicyError) -> Phrase {
    let phrase = Phrase::new(format!("policy-expected-{}", error.expected.code()));
    let args = error.expected.args().into_iter();
    perhaps(args.fold(phrase, |phrase, (name, value)| phrase.text(name, value)), error.meant)
}

/// With the word that was meant, if it can be guessed.
pub(super) fn perhaps(said: Phrase, meant: Option<&str>) -> Phrase {
    match meant {
        Some(word) => Phrase::new("cli-did-you-mean").phrase("said", said).text("word", word),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;

    /// What `explain` (and whoever puts it in force) is told about this file, in every language.
    fn told(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ours.toml");
        std::fs::write(&path, bytes).unwrap();
        let folder = format!("{}/", folder.path().display());
        told_of(&path.display().to_string()).replace(&folder, "")
    }

    fn told_of(named: &str) -> String {
        let texts = Texts::load().unwrap();
        let told = texts.languages().into_iter().map(|language| {
            match text(named, &Voice::new(Some(language), None).unwrap()) {
                Ok(_) => "✓".to_owned(),
                Err(Stop::Refused(words)) => words,
                Err(other) => panic!("{other:?}"),
            }
        });
        told.collect::<Vec<_>>().join("\n")
    }

    /// What people get wrong, and what each is told: where, and what was expected. Reviewed sentence by sentence.
    #[test]
    fn every_kind_of_mistake_is_told_in_every_language() {
        let ours = Policy::preset("middle").unwrap();
        let mistakes = [
            ("[quiet]", "[quiet"),
            ("name = \"middle\"", ""),
            ("name = \"middle\"", "name = \"Our School\""),
            ("name = \"middle\"", "name = \"middle\"\nname = \"twice\""),
            ("name = \"middle\"", "name = 初中"),
            ("[ladder]", "[leader]"),
            ("[ladder]", "[quiet]"),
            ("digest =", "digests ="),
            ("\"0 0 8 * * *\"", "\"8:00\""),
            ("\"0 0 8 * * *\"", "\"0 0 8,9 * * *\""),
            ("* * FRI\"", "* * 6\""),
            ("from = \"21:30\"", "from = \"half past nine\""),
            ("again_after_school_days = 3", "again_after_school_days = 0"),
            ("office_after = 14", "office_after = 6"),
            ("until_age = 14", "until_age = 13"),
            ("record = \"talk\"", "record = \"chat\""),
            ("record = \"talk\"", "record = \"tallk\""),
            ("record = \"checkin\"", "record = \"checkin\"\nform = \"fax\""),
            ("form = \"home_visit\"", "form = \"at_home\""),
            ("form = \"home_visit\"", "form = \"homevisit\""),
            ("owed_by = \"mentor\"", "owed_by = \"student\""),
            ("about = \"pairing\"", "about = \"school\""),
            ("every = { days = 14 }", ""),
            ("every = { days = 14 }", "every = 14"),
            ("every = { days = 14 }", "evry = { days = 14 }"),
            (
                "after = { event = \"exam\", school_days = 5 }",
                "after = { event = \"sports\", school_days = 5 }",
            ),
            ("after_wish =", "after = { event = \"exam\", school_days = 5 }\nafter_wish ="),
            ("per = \"week\"", "per = \"weak\""),
            ("times = 1, per = \"week\"", "times = 2, per = \"week\""),
            ("name = \"contact\"", "name = \"talk\""),
            ("source = \"M\"", "source = \"\""),
            ("questions = [\"study\"", "questions = [\"homework\""),
            ("questions = [\"study\"", "questions = [\"studies\""),
        ];
        let mut all = String::new();
        for (right, wrong) in mistakes {
            assert!(ours.contains(right), "{right}");
            let told = told(ours.replacen(right, wrong, 1).as_bytes());
            assert!(!told.contains('$') && !told.contains("policy-expected"), "{wrong}: {told}");
            all.push_str(&format!("{right}  →  {wrong}\n{told}\n\n"));
        }
        let rules = ours.find("[[rule]]").unwrap();
        let with_two = format!(
            "{ours}\n[[rule]]\nname = \"again\"\nrecord = \"checkin\"\nowed_by = \"student\"\nabout = \"pairing\"\nat_least = {{ times = 1, per = \"month\" }}\nsource = \"M\"\n"
        );
        for (what, text) in [
            ("no rules", &ours[..rules]),
            ("a single section of rules", &format!("{}[rule]\n", &ours[..rules])),
            ("two check-ins", &with_two),
            ("an empty file", ""),
            ("only a comment", "# ours, one day\n"),
        ] {
            all.push_str(&format!("{what}\n{}\n\n", told(text.as_bytes())));
        }
        insta::assert_snapshot!("mistakes_in_a_policy", all);
    }

    #[test]
    fn a_file_that_is_no_text_and_a_name_that_nobody_knows_are_told_too() {
        let ours = Policy::preset("middle").unwrap();
        // 名 in GBK.
        let gbk = [b"# 2026\n# \xc3\xfb\n", ours.as_bytes()].concat();
        let folder = tempfile::tempdir().unwrap();
        let named = folder.path().join("a-folder");
        std::fs::create_dir(&named).unwrap();
        let folder = told_of(&named.display().to_string()).replace(&folder.path().display().to_string(), "");
        let all = [
            ("GBK", told(&gbk)),
            ("a folder", folder),
            ("a name like one of ours", told_of("midle")),
            ("a name like none", told_of("我们的.toml")),
        ];
        let all = all.map(|(what, told)| format!("{what}\n{told}\n")).join("\n");
        insta::assert_snapshot!("no_policy_at_all", all);
        for good in [ours.to_owned(), format!("\u{feff}{ours}"), ours.replace('\n', "\r\n")] {
            assert_eq!(told(good.as_bytes()), "✓\n✓");
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ours.toml");
        std::fs::write(&path, format!("\u{feff}{ours}")).unwrap();
        let kept = text(&path.display().to_string(), &Voice::new(Some("en"), None).unwrap()).unwrap();
        assert_eq!(kept, ours, "what is kept begins without the mark");
    }
}
