//! `daoyu policy`: the rules of a school, as files.

use super::{
    Stop,
    common::{Output, read_file},
    explain,
    listing::{Cell, Listing},
    out,
    voice::Voice,
};
use crate::{
    school::{Policy, PolicyError},
    text::Phrase,
};
use std::path::{Path, PathBuf};

/// What can be done with policies.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Read a policy and name everything that is wrong in it
    #[command(after_help = "Example:\n  daoyu policy check ours.toml")]
    Check {
        /// The file
        file: PathBuf,
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
        Cmd::Check { file, output } => check(&file, &output),
        Cmd::Explain { named, language } => tell(&named, language.as_deref()),
        Cmd::Show { name } => out::print(Policy::preset(&name).unwrap_or_default()),
    }
}

fn tell(named: &str, language: Option<&str>) -> Result<(), Stop> {
    let voice = Voice::new(language, None)?;
    let text = text(named, &voice)?;
    // It was read without a mistake just now.
    let Ok(policy) = Policy::parse(&text, named) else { return Ok(()) };
    let lines: Vec<String> = explain::policy(&policy).iter().map(|it| voice.say(it)).collect();
    out::print(&lines.join("\n"))
}

/// The text of a policy that was named: one of ours, or a file without a mistake.
pub(super) fn text(named: &str, voice: &Voice) -> Result<String, Stop> {
    if let Some(text) = Policy::preset(named) {
        return Ok(text.to_owned());
    }
    let path = Path::new(named);
    if !path.exists() {
        let known = Policy::PRESETS.join(", ");
        return Err(voice.refuse(&Phrase::new("cli-no-such-policy").text("name", named).text("known", known)));
    }
    let (text, read) = read(path, voice)?;
    match read {
        Ok(_) => Ok(text),
        Err(errors) => {
            let line = |it: &PolicyError| {
                let place =
                    if it.key.is_empty() { it.line.to_string() } else { format!("{}: {}", it.line, it.key) };
                let phrase = Phrase::new("cli-policy-line").text("place", format!("{}:{place}", it.file));
                voice.say(&phrase.phrase("expected", expected(it)))
            };
            let lines = errors.iter().map(line);
            Err(Stop::Refused(lines.collect::<Vec<_>>().join("\n")))
        }
    }
}

fn check(path: &Path, output: &Output) -> Result<(), Stop> {
    let voice = Voice::new(output.language.as_deref(), None)?;
    let (_, read) = read(path, &voice)?;
    let errors = read.as_ref().err().map(Vec::as_slice).unwrap_or_default();
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

type Read = Result<Policy, Vec<PolicyError>>;

fn read(path: &Path, voice: &Voice) -> Result<(String, Read), Stop> {
    let name = path.display().to_string();
    let text = String::from_utf8(read_file(path, voice)?);
    let text = text.map_err(|_| voice.refuse(&Phrase::new("cli-file-not-utf8").text("file", &name)))?;
    let policy = Policy::parse(&text, &name);
    Ok((text, policy))
}

fn expected(error: &PolicyError) -> Phrase {
    let phrase = Phrase::new(format!("policy-expected-{}", error.expected.code()));
    error.expected.args().into_iter().fold(phrase, |phrase, (name, value)| phrase.text(name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;

    /// Twenty things that people get wrong, and what each is told: where, and what was expected.
    #[test]
    fn every_kind_of_mistake_is_told_in_every_language() {
        let texts = Texts::load().unwrap();
        let ours = Policy::preset("middle").unwrap();
        let mistakes = [
            ("[quiet]", "[quiet"),
            ("name = \"middle\"", ""),
            ("name = \"middle\"", "name = \"Our School\""),
            ("name = \"middle\"", "name = \"middle\"\nname = \"twice\""),
            ("[ladder]", "[leader]"),
            ("digest =", "digests ="),
            ("\"0 0 8 * * *\"", "\"8:00\""),
            ("\"0 0 8 * * *\"", "\"0 0 8,9 * * *\""),
            ("* * FRI\"", "* * 6\""),
            ("from = \"21:30\"", "from = \"half past nine\""),
            ("again_after_school_days = 3", "again_after_school_days = 0"),
            ("office_after = 14", "office_after = 6"),
            ("until_age = 14", "until_age = 13"),
            ("record = \"talk\"", "record = \"chat\""),
            ("record = \"checkin\"", "record = \"checkin\"\nform = \"fax\""),
            ("form = \"home_visit\"", "form = \"at_home\""),
            ("owed_by = \"mentor\"", "owed_by = \"student\""),
            ("about = \"pairing\"", "about = \"school\""),
            ("every = { days = 14 }", ""),
            ("every = { days = 14 }", "every = 14"),
            (
                "after = { event = \"exam\", school_days = 5 }",
                "after = { event = \"sports\", school_days = 5 }",
            ),
            ("name = \"contact\"", "name = \"talk\""),
            ("questions = [\"study\"", "questions = [\"homework\""),
        ];
        for (right, wrong) in mistakes {
            assert!(ours.contains(right), "{right}");
            let errors = Policy::parse(&ours.replacen(right, wrong, 1), "ours.toml").unwrap_err();
            for error in &errors {
                assert!(error.line > 0 && error.file == "ours.toml", "{wrong}: {error}");
                for language in texts.languages() {
                    let told = texts.plain(language, &expected(error));
                    assert!(told.chars().count() >= 4 && !told.contains('$'), "{language}, {wrong}: {told}");
                    assert!(!told.starts_with("policy-expected"), "{language}, {wrong}: {told}");
                }
            }
        }
    }
}
