//! A file becomes sheets of text. Its bounds are checked before anything in it is believed: a small file can claim a
//! terabyte of cells.

use super::{csv, xls, xlsx};
use crate::text::Phrase;

/// A file may have so many bytes.
pub const MAX_FILE: usize = 16 << 20;
/// Unpacked it may have so many.
pub const MAX_UNPACKED: usize = 64 << 20;
/// A file may have so many sheets.
pub const MAX_SHEETS: usize = 200;
/// A sheet may have so many rows.
pub const MAX_ROWS: u32 = 50_000;
/// A sheet may have so many columns.
pub const MAX_COLUMNS: u32 = 256;
/// A file may have so many cells that hold anything: a row of 30 for each of 13,000 people.
pub const MAX_CELLS: usize = 400_000;
/// All cells together may have so many bytes of text.
pub const MAX_TEXT: usize = 16 << 20;
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
    /// More in its cells than any roster holds.
    TooMuch,
    /// More sheets than any school has classes.
    TooManySheets,
    /// Excel 95 and before.
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
            Unreadable::TooLarge => Phrase::new("roster-file-too-large")
                .number("packed", (MAX_FILE >> 20) as i64)
                .number("megabytes", (MAX_UNPACKED >> 20) as i64),
            Unreadable::TooMuch => Phrase::new("roster-file-too-much").number("cells", MAX_CELLS),
            Unreadable::TooManySheets => {
                Phrase::new("roster-file-too-many-sheets").number("sheets", MAX_SHEETS)
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
}

/// Puts cells together to sheets, and counts them against the bounds of a whole file.
#[derive(Default)]
pub(super) struct Cells {
    cells: usize,
    text: usize,
}

impl Cells {
    /// Adds a cell (from 0) to the rows of a sheet, if it holds anything; a very long one is cut.
    pub(super) fn push(
        &mut self,
        sheet: &mut Sheet,
        row: u32,
        column: u32,
        text: &str,
    ) -> Result<(), Unreadable> {
        if text.trim().is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS {
            return Err(Unreadable::TooManyRows(sheet.name.clone()));
        }
        if column >= MAX_COLUMNS {
            return Err(Unreadable::TooManyColumns(sheet.name.clone()));
        }
        let end = text.char_indices().nth(MAX_CELL).map_or(text.len(), |(at, _)| at);
        self.cells += 1;
        self.text += end;
        if self.cells > MAX_CELLS || self.text > MAX_TEXT {
            return Err(Unreadable::TooMuch);
        }
        let number = row + 1;
        if sheet.rows.last().is_none_or(|it| it.number != number) {
            sheet.rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(row) = sheet.rows.last_mut() {
            row.cells.push((column, text[..end].to_owned()));
        }
        Ok(())
    }
}

/// The sheets of a file. What it is, its first bytes say; its name may lie.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    if bytes.len() > MAX_FILE {
        return Err(Unreadable::TooLarge);
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] => xlsx::sheets(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => xls::sheets(bytes),
        _ => Ok(vec![csv::sheet(bytes)?]),
    }
}
