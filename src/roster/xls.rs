//! Excel files of 1997 to 2003, read cell by cell: a reader that lays out every cell between the first and the last needs
//! half a gigabyte for two of them.

mod container;
mod texts;

use super::{
    born,
    file::{Cells, MAX_SHEETS, Sheet, Unreadable},
};
use container::{u16_at, u32_at};
use std::collections::HashMap;
use texts::{shared, text};

/// So many records are looked at, in all sheets together.
const MAX_RECORDS: usize = 4_000_000;

/// One record of the book: what it is, and its bytes.
#[derive(Clone, Copy)]
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

/// The sheets that are shown.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let book = match container::file(bytes, &["Workbook"]) {
        Some(book) => book?,
        // Excel 95 calls it Book; without either it is a file of Word, or one with a password.
        None if container::file(bytes, &["Book"]).is_some() => return Err(Unreadable::OldExcel),
        None => return Err(Unreadable::Broken),
    };
    let globals = Globals::read(&book)?;
    if globals.sheets.len() > MAX_SHEETS {
        return Err(Unreadable::TooManySheets);
    }
    let (mut cells, mut left) = (Cells::default(), MAX_RECORDS);
    let read = |(at, name): &(usize, String)| globals.sheet(&book, *at, name, &mut cells, &mut left);
    globals.sheets.iter().map(read).collect()
}

/// What stands before the sheets.
#[derive(Default)]
struct Globals {
    /// Where the sheets that are shown begin, with their names.
    sheets: Vec<(usize, String)>,
    texts: Vec<String>,
    /// What a format of the file shows.
    formats: HashMap<u16, Shows>,
    /// Days are counted from 1904, as on an old Mac.
    from_1904: bool,
    /// The format of each style.
    styles: Vec<u16>,
}

impl Globals {
    fn read(book: &[u8]) -> Result<Globals, Unreadable> {
        let mut globals = Globals::default();
        let mut records = Records { bytes: book, at: 0 };
        while let Some(it) = records.next() {
            match it.kind {
                BOF if u16_at(it.data, 0) != Some(BIFF8) => return Err(Unreadable::OldExcel),
                // A password.
                0x2F => return Err(Unreadable::Broken),
                0x85 => globals.bound_sheet(it.data).ok_or(Unreadable::Broken)?,
                0xFC => globals.texts = shared(it.data, &mut records)?,
                0x041E => {
                    let (id, code) = (u16_at(it.data, 0).unwrap_or_default(), text(it.data, 2, true));
                    globals.formats.insert(id, Shows::by(&code.unwrap_or_default()));
                }
                0x22 => globals.from_1904 = u16_at(it.data, 0) == Some(1),
                0xE0 => globals.styles.push(u16_at(it.data, 2).unwrap_or_default()),
                EOF => break,
                _ => {}
            }
        }
        Ok(globals)
    }

    /// Notes a sheet that is shown and holds cells.
    fn bound_sheet(&mut self, data: &[u8]) -> Option<()> {
        let (at, state) = (u32_at(data, 0)? as usize, u16_at(data, 4)?);
        if state & 0xFF03 == 0 {
            self.sheets.push((at, text(data, 6, false)?));
        }
        Some(())
    }

    fn sheet(
        &self,
        book: &[u8],
        at: usize,
        name: &str,
        cells: &mut Cells,
        left: &mut usize,
    ) -> Result<Sheet, Unreadable> {
        let mut sheet = Sheet { name: name.to_owned(), rows: Vec::new() };
        // What comes of a formula as text stands in the record behind it.
        let mut formula = (0, 0);
        // Charts within a sheet have cells of their own.
        let mut depth = 0;
        for it in (Records { bytes: book, at }) {
            *left = left.checked_sub(1).ok_or(Unreadable::TooMuch)?;
            match it.kind {
                BOF => depth += 1,
                EOF if depth <= 1 => break,
                EOF => depth -= 1,
                _ if depth > 1 => {}
                0x06 => {
                    formula = place(it.data).ok_or(Unreadable::Broken)?;
                    let value = it.data.get(6..14).unwrap_or_default();
                    let text = if value.ends_with(&[0xFF, 0xFF]) {
                        fault(value)
                    } else {
                        self.number(it.data, f64_at(value, 0))
                    };
                    cells.push(&mut sheet, formula.0, formula.1, &text)?;
                }
                0x0207 => {
                    let text = text(it.data, 0, true).unwrap_or_default();
                    cells.push(&mut sheet, formula.0, formula.1, &text)?;
                }
                0xBD => self.several(it.data, &mut sheet, cells)?,
                _ => {
                    if let Some(text) = self.cell(it) {
                        let (row, column) = place(it.data).ok_or(Unreadable::Broken)?;
                        cells.push(&mut sheet, row, column, &text)?;
                    }
                }
            }
        }
        // Excel writes rows in order; others may not.
        sheet.rows.sort_by_key(|it| it.number);
        Ok(sheet)
    }

    /// The text of a record that is one cell.
    fn cell(&self, it: Record<'_>) -> Option<String> {
        match it.kind {
            0xFD => Some(self.texts.get(u32_at(it.data, 6)? as usize)?.clone()),
            0x0204 | 0xD6 => text(it.data, 6, true),
            0x0203 => Some(self.number(it.data, f64_at(it.data, 6))),
            0x027E => Some(self.number(it.data, compressed(u32_at(it.data, 6)?))),
            0x0205 if it.data.get(7) == Some(&1) => Some("#N/A".to_owned()),
            0x0205 => Some((it.data.get(6)? == &1).to_string()),
            _ => None,
        }
    }

    /// A row of numbers in one record: the row, the first column, style and number of each, the last column.
    fn several(&self, data: &[u8], sheet: &mut Sheet, cells: &mut Cells) -> Result<(), Unreadable> {
        let (row, first) = place(data).ok_or(Unreadable::Broken)?;
        let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (column, it) in (first..).zip(numbers.chunks_exact(6)) {
            let number = compressed(u32_at(it, 2).unwrap_or_default());
            cells.push(sheet, row, column, &self.shown(number, u16_at(it, 0).unwrap_or_default()))?;
        }
        Ok(())
    }

    fn number(&self, data: &[u8], number: f64) -> String {
        self.shown(number, u16_at(data, 4).unwrap_or_default())
    }

    /// A number as the office sees it, in a style.
    fn shown(&self, number: f64, style: u16) -> String {
        let format = self.styles.get(usize::from(style)).copied().unwrap_or_default();
        match self.formats.get(&format).copied().unwrap_or_else(|| Shows::by_number(format)) {
            Shows::Day if (1.0..2_958_466.0).contains(&number) => {
                born::from_count(number as u64, self.from_1904).map(|it| it.to_string()).unwrap_or_default()
            }
            Shows::Digits(digits) => super::xlsx::number(number, digits),
            Shows::Day => super::xlsx::number(number, 0),
        }
    }
}

/// What a format makes of a number.
#[derive(Clone, Copy)]
enum Shows {
    /// A number with so many digits at least, like `000000`.
    Digits(usize),
    /// A day.
    Day,
}

impl Shows {
    /// By the code of a format: only a day has a year in it. What stands in quotes and brackets is shown as it is.
    fn by(code: &str) -> Shows {
        if !code.is_empty() && code.bytes().all(|b| b == b'0') {
            return Shows::Digits(code.len().min(20));
        }
        let (mut quoted, mut in_brackets, mut has_year) = (false, false, false);
        for c in code.chars() {
            match c {
                '"' => quoted = !quoted,
                '[' => in_brackets = true,
                ']' => in_brackets = false,
                'y' | 'Y' => has_year |= !quoted && !in_brackets,
                _ => {}
            }
        }
        if has_year { Shows::Day } else { Shows::Digits(0) }
    }

    /// By the number of a format that Excel knows without a code; from 27 on those of Chinese Excel.
    fn by_number(format: u16) -> Shows {
        let day = matches!(format, 14 | 15 | 17 | 22 | 27 | 30 | 31 | 36 | 50 | 52 | 57);
        if day { Shows::Day } else { Shows::Digits(0) }
    }
}

/// Row and column.
fn place(data: &[u8]) -> Option<(u32, u32)> {
    Some((u16_at(data, 0)?.into(), u16_at(data, 2)?.into()))
}

/// What a formula came to that is no number: its text comes later, a truth is nothing to us, a fault is shown as such.
fn fault(value: &[u8]) -> String {
    if value.first() == Some(&2) { "#VALUE!".to_owned() } else { String::new() }
}

fn f64_at(data: &[u8], at: usize) -> f64 {
    data.get(at..).and_then(|it| it.first_chunk()).map_or(0.0, |it| f64::from_le_bytes(*it))
}

/// A number in four bytes: thirty bits of a whole number or of a float, maybe times a hundred.
fn compressed(bits: u32) -> f64 {
    let number = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from((bits as i32) >> 2),
    };
    if bits & 1 == 1 { number / 100.0 } else { number }
}

const BOF: u16 = 0x0809;
const EOF: u16 = 0x0A;
const BIFF8: u16 = 0x0600;
const CONTINUE: u16 = 0x3C;

/// The records of a book from a place on; it ends where one is cut short.
struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// The bytes with which the record before goes on, if it does.
    fn goes_on(&mut self) -> Option<&'a [u8]> {
        if u16_at(self.bytes, self.at) != Some(CONTINUE) {
            return None;
        }
        self.next().map(|it| it.data)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, length) = (u16_at(self.bytes, self.at)?, u16_at(self.bytes, self.at + 2)?);
        let data = self.bytes.get(self.at + 4..)?.get(..length.into())?;
        self.at += 4 + data.len();
        Some(Record { kind, data })
    }
}

#[cfg(test)]
mod tests;
