//! A school's own list of people, as its office keeps it: a table in CSV or Excel.
//!
//! `bytes -> sheets` ([`file`](mod@file), bounded before anything is believed) `-> rosters` ([`rows`], every wrong row noted)
//! `-> plan` ([`plan()`], the difference to what the school has). All pure: who calls it reads the file and writes the plan.
//!
//! One row is one person. Columns are known by their heads, in any order and many spellings ([`columns`]). An empty cell
//! says nothing: it takes nothing away from what the school has. A row that names a guardian names the whole family, as far as
//! the columns go: who is not named any more is no guardian any more. Who is missing in a file leaves only where the caller says
//! so ([`Scope`]), and never without having been counted ([`Leavers`]).

mod back;
mod born;
mod cells;
mod columns;
mod csv;
pub mod file;
pub mod marks;
pub mod performance;
pub mod plan;
pub mod rows;
mod spellings;
pub mod table;
mod words;
mod written;
mod xls;
mod xlsx;

pub use back::{give_back, give_back_under};
pub use file::{Unreadable, sheets};
pub use plan::{Change, Kind, Leavers, Plan, Scope, Summary, Tally, compare, plan};
pub use rows::{Roster, read};
pub use written::{Written, template, written};

use crate::text::Phrase;
use std::sync::Arc;

/// One wrong thing in a file, where the office finds it.
#[derive(Clone, PartialEq, Debug)]
pub struct Wrong {
    /// In which row of which sheet.
    pub place: Place,
    /// The head of the column as it stands in the file, or ''.
    pub column: Arc<str>,
    /// Why it cannot be taken.
    pub reason: Phrase,
}

/// A row of a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The sheet's position, so that places sort as the file does.
    pub order: usize,
    /// The sheet's name; '' in CSV.
    pub sheet: Arc<str>,
    /// The row, from 1, as a spreadsheet shows it.
    pub row: u32,
}

impl Place {
    /// Notes a wrong cell here.
    pub(crate) fn wrong(&self, column: &Arc<str>, reason: Phrase) -> Wrong {
        Wrong { place: self.clone(), column: column.clone(), reason }
    }
}
