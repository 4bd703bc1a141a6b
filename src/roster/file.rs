//! A file becomes sheets of text. Its bounds are checked before anything in it is believed: a small file can claim a
//! terabyte of cells.

use super::{csv, xlsx};
use crate::text::Phrase;

/// A file may have so many bytes, and unpacked too.
pub const MAX_BYTES: usize = 64 << 20;
/// A sheet may have so many rows.
pub const MAX_ROWS: u32 = 100_000;
/// A sheet may have so many columns.
pub const MAX_COLUMNS: u32 = 256;
/// A file may have so many cells.
pub const MAX_CELLS: usize = 3_000_000;
/// Of a longer cell no more than this is read: enough to see that it is too long for anything.
pub const MAX_CELL: usize = 1_000;

/// One sheet of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Its name; '' in CSV.
    pub name: String,
    /// Its rows that hold anything, in order.
    pub rows: Vec<Row>,
}

/// One row: only the cells that hold something, so that a lone cell far to the right costs no more than any other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    /// From 1, as a spreadsheet shows it.
    pub number: u32,
    /// Column (from 0) and text.
    pub cells: Vec<(u32, String)>,
}

/// Why a file cannot be read at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// More bytes, packed or unpacked, than any roster has.
    TooLarge,
    /// More rows than any school has people; in this sheet.
    TooManyRows(String),
    /// More columns than any roster has; in this sheet.
    TooManyColumns(String),
    /// An Excel file of before 2007.
    OldExcel,
    /// It begins like an Excel file and is none.
    Broken,
    /// Text in no encoding that we know.
    Encoding,
}

impl Unreadable {
    /// What to tell the person.
    pub fn phrase(&self) -> Phrase {
        match self {
            Unreadable::TooLarge => {
                Phrase::new("roster-file-too-large").number("megabytes", (MAX_BYTES >> 20) as i64)
            }
            Unreadable::TooManyRows(sheet) => {
                Phrase::new("roster-file-too-many-rows").text("sheet", sheet).number("rows", MAX_ROWS)
            }
            Unreadable::TooManyColumns(sheet) => Phrase::new("roster-file-too-many-columns")
                .text("sheet", sheet)
                .number("columns", MAX_COLUMNS),
            Unreadable::OldExcel => Phrase::new("roster-file-old-excel"),
            Unreadable::Broken => Phrase::new("roster-file-broken"),
            Unreadable::Encoding => Phrase::new("roster-file-encoding"),
        }
    }
}

impl Row {
    /// The text of a cell, or ''.
    pub fn cell(&self, column: u32) -> &str {
        self.cells.iter().find(|(it, _)| *it == column).map_or("", |(_, text)| text)
    }

    /// Adds a cell if it holds anything; a very long one is cut.
    pub(super) fn push(&mut self, column: u32, text: &str) {
        if !text.trim().is_empty() {
            let end = text.char_indices().nth(MAX_CELL).map_or(text.len(), |(at, _)| at);
            self.cells.push((column, text[..end].to_owned()));
        }
    }
}

/// The sheets of a file. What it is, its first bytes say; its name may lie.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] => xlsx::sheets(bytes),
        // The reader for these lays out every cell between the first and the last, half a gigabyte for two of them.
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Unreadable::OldExcel),
        _ => Ok(vec![csv::sheet(bytes)?]),
    }
}
