//! CSV as offices save it: UTF-8 with or without a mark, GBK from Chinese Excel, UTF-16 from "Unicode text".

use super::file::{Cells, Sheet, Unreadable};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

pub(super) fn sheet(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let text = decode(bytes)?;
    let delimiter = delimiter(&text);
    // The reader remembers where every cell of a row ends, also of a million empty ones.
    let wide = |line: &str| line.bytes().filter(|b| *b == delimiter).count() > FAR_TOO_WIDE;
    if text.split(['\n', '\r']).any(wide) {
        return Err(Unreadable::TooManyColumns(String::new()));
    }
    if text.split(['\n', '\r']).any(|line| line.len() > FAR_TOO_LONG) {
        return Err(Unreadable::TooMuch);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut sheet = Sheet { name: String::new(), rows: Vec::new() };
    let mut cells = Cells::default();
    let mut lines = Lines { text: &text, at: 0, line: 1 };
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Encoding)?;
        let start = record.position().map_or(0, csv::Position::byte);
        let row = lines.line_of(start as usize) - 1;
        for (column, text) in (0..).zip(&record) {
            cells.push(&mut sheet, row, column, text)?;
        }
    }
    Ok(sheet)
}

/// No line of a table has so many delimiters, not even with commas in its texts.
const FAR_TOO_WIDE: usize = 10_000;
/// And none so many bytes: the reader holds a line several times.
const FAR_TOO_LONG: usize = 1 << 20;

/// Counts lines, since the reader's own count is off after an empty line and after `\r\n`.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line on which a record begins that the reader found at or after this byte.
    fn line_of(&mut self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        while let Some(b) = bytes.get(self.at)
            && (self.at < byte || matches!(b, b'\r' | b'\n'))
        {
            let ends = *b == b'\n' || (*b == b'\r' && bytes.get(self.at + 1) != Some(&b'\n'));
            self.line += u32::from(ends);
            self.at += 1;
        }
        self.line
    }
}

/// A mark at the beginning decides; else what is valid UTF-8 is UTF-8, and the rest GB18030, which holds GBK.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| match str::from_utf8(bytes) {
        Ok(_) => (UTF_8, 0),
        Err(_) => (GB18030, 0),
    });
    let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if wrong || text.contains('\0') { Err(Unreadable::Encoding) } else { Ok(text) }
}

/// The sign that the first lines hold most of.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().take(5).collect();
    let count = |it: u8| head.bytes().filter(|b| *b == it).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|it| count(*it)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let rows = sheet(bytes).unwrap().rows;
        rows.into_iter().map(|row| row.cells.into_iter().map(|(_, text)| text).collect()).collect()
    }

    #[test]
    fn every_encoding_an_office_saves_reads_the_same() {
        let text = "姓名,学号\n李雷,0071\n";
        let utf16: Vec<u8> =
            "\u{FEFF}姓名\t学号\n李雷\t0071\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let expected = vec![vec!["姓名", "学号"], vec!["李雷", "0071"]];
        assert_eq!(cells(text.as_bytes()), expected);
        assert_eq!(cells(format!("\u{FEFF}{text}").as_bytes()), expected);
        assert_eq!(cells(&GB18030.encode(text).0), expected);
        assert_eq!(cells(&utf16), expected);
        assert_eq!(cells(text.replace(',', ";").as_bytes()), expected);
    }

    #[test]
    fn rows_keep_the_numbers_that_the_office_sees() {
        let rows =
            sheet("花名册\r\n\r\n姓名,学号\r\n,\r\n\"李\r\n雷\",1\r\n韩梅梅,2\r\n".as_bytes()).unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 5, 7]);
    }

    #[test]
    fn what_is_no_table_of_a_school_is_refused() {
        assert_eq!(sheet(&[0xFF, 0x00, 0x81, 0xFF]), Err(Unreadable::Encoding));
        let wide = format!("{}x\n", ",".repeat(300));
        assert_eq!(sheet(wide.as_bytes()), Err(Unreadable::TooManyColumns(String::new())));
        assert_eq!(sheet(&[b','; 1 << 20]), Err(Unreadable::TooManyColumns(String::new())));
        assert_eq!(sheet(&[b'x'; (1 << 20) + 1]), Err(Unreadable::TooMuch));
        let long = "x\n".repeat(1_000_000);
        assert_eq!(sheet(long.as_bytes()), Err(Unreadable::TooManyRows(String::new())));
    }
}
