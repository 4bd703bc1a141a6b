//! `daoyu access`: who may do what, as the program decides it on every press.

use super::{
    Stop,
    common::Output,
    listing::{Cell, Listing},
    voice::Voice,
};
use crate::school::{Act, Role, access::tie};

/// What can be done with the rights.
#[derive(clap::Subcommand, Debug)]
pub enum Cmd {
    /// Print the table of rights: what each role may do, and about whom
    #[command(after_help = "\
The table is part of the program and the same for every school; who holds which role is in the roster.

Examples:
  daoyu access table
  daoyu access table --language zh-CN --output rights.xlsx")]
    Table {
        #[command(flatten)]
        output: Output,
    },
}

/// The roles that can be held, after what can be done.
const COLUMNS: &[&str] = &[
    "act",
    "mentor",
    "external_mentor",
    "head_teacher",
    "chief_mentor",
    "counsellor",
    "office",
    "principal",
    "supervisor",
    "guardian",
    "student",
];

/// Runs it.
pub fn run(cmd: Cmd) -> Result<(), Stop> {
    let Cmd::Table { output } = cmd;
    let voice = Voice::new(output.language.as_deref(), None)?;
    let rows = Act::ALL.iter().map(|act| row(*act)).collect();
    Listing { columns: COLUMNS, rows, empty: "cli-nobody" }.print(&output, &voice)
}

fn row(act: Act) -> Vec<Cell> {
    let cell = |role: &Role| tie(act, *role).map_or(Cell::text(""), |it| Cell::Word("tie", it.as_str()));
    std::iter::once(Cell::Word("act", act.as_str())).chain(Role::ALL.iter().map(cell)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        school::{Tie, access::TABLE},
        text::{Phrase, Texts},
    };

    #[test]
    fn every_role_has_its_column() {
        let roles: Vec<&str> = Role::ALL.iter().map(|it| it.as_str()).collect();
        assert_eq!(COLUMNS[1..], roles);
    }

    #[test]
    fn every_right_stands_in_the_table_with_its_tie() {
        let words: usize =
            Act::ALL.iter().flat_map(|act| row(*act)).filter(|it| matches!(it, Cell::Word("tie", _))).count();
        assert_eq!(words, TABLE.len());
    }

    #[test]
    fn every_act_and_every_tie_is_said_in_every_language() {
        let texts = Texts::load().unwrap();
        let acts = Act::ALL.iter().map(|it| format!("act-{it}"));
        let ties = Tie::ALL.iter().map(|it| format!("tie-{it}"));
        for key in acts.chain(ties) {
            for language in texts.languages() {
                assert!(texts.has(language, &key), "locales/{language}: {key} is missing");
                assert!(!texts.plain(language, &Phrase::new(key.clone())).is_empty());
            }
        }
    }
}
