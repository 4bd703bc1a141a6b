//! Excel files since 2007: a zip of XML, unpacked only as far as the bounds go, and read cell by cell.

use super::file::{Cells, MAX_SHEETS, MAX_UNPACKED, Sheet, Unreadable};
use calamine::{DataRef, Reader, Xlsx};
use std::io::{self, Cursor, Write};

/// So many parts has no zip that Excel wrote: a sheet is one, and so is a picture.
const MAX_PARTS: usize = 2_000;
/// So many tags may all sheets and shared texts have: about five a cell.
const MAX_TAGS: usize = 2_500_000;
/// And so many all other parts. Each of these is kept in memory, and costs more there than in the file.
const MAX_OTHER_TAGS: usize = 300_000;

/// So many bytes may stand between two tags: Excel takes 32,767 signs into a cell, and who reads it holds them several times.
const MAX_RUN: usize = 1 << 20;

/// The sheets that are shown: what an office has hidden it does not mean.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    let longest = unpacks_within_bounds(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    let shown = book.sheets_metadata().iter().filter(|it| {
        it.visible == calamine::SheetVisible::Visible && it.typ == calamine::SheetType::WorkSheet
    });
    let names: Vec<String> = shown.map(|it| it.name.clone()).collect();
    // Any number of sheets may be one and the same part.
    if names.len() > MAX_SHEETS || names.len() * longest > 8 * MAX_TAGS {
        return Err(Unreadable::TooManySheets);
    }
    let mut cells = Cells::default();
    names.into_iter().map(|name| sheet(&mut book, name, &mut cells)).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String, cells: &mut Cells) -> Result<Sheet, Unreadable> {
    let mut sheet = Sheet { name, rows: Vec::new() };
    let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(|_| Unreadable::Broken)?;
    // How many digits a format like `000000` shows, by style.
    let digits: Vec<usize> = reader.styles().iter().map(|it| zeros(it.number_format.as_ref())).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| Unreadable::Broken)? {
        let (row, column) = cell.get_position();
        match cell.get_value() {
            DataRef::SharedString(text) => cells.push(&mut sheet, row, column, text)?,
            value => {
                let text = text(value, digits.get(style).copied().unwrap_or(0));
                cells.push(&mut sheet, row, column, &text)?;
            }
        }
    }
    Ok(sheet)
}

/// A cell as the office sees it: no `1.23E+11`, and the zeros in front that its format shows.
fn text(value: &DataRef<'_>, digits: usize) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(it) => format!("{it:0digits$}"),
        DataRef::Float(it) => number(*it, digits),
        DataRef::String(it) => it.clone(),
        DataRef::SharedString(it) => (*it).to_owned(),
        DataRef::Bool(it) => it.to_string(),
        DataRef::DateTime(it) if it.is_datetime() => {
            let (year, month, day, ..) = it.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(it) => it.as_f64().to_string(),
        DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => it.clone(),
        DataRef::Error(it) => it.to_string(),
    }
}

/// A number as the office sees it, with so many digits at least.
pub(super) fn number(it: f64, digits: usize) -> String {
    match it {
        it if it.fract() == 0.0 && it.abs() < 1e15 => format!("{it:0digits$.0}"),
        // Beyond 15 digits Excel itself has rounded, so the number is shown as rounded, and refused where it matters.
        it if it.abs() >= 1e15 => format!("{it:.5e}").replace('e', "E+"),
        it => it.to_string(),
    }
}

fn zeros(format: Option<&calamine::NumberFormat>) -> usize {
    let code = format.map_or("", |it| it.format_code.as_str());
    if code.bytes().all(|b| b == b'0') { code.len().min(20) } else { 0 }
}

/// Unpacks everything into nothing and counts, since what a zip says about its sizes may be a lie. Says how many tags the
/// longest sheet has.
fn unpacks_within_bounds(bytes: &[u8]) -> Result<usize, Unreadable> {
    // Each entry costs far more in memory than in the file.
    if bytes.windows(4).filter(|it| it == b"PK\x01\x02").count() > MAX_PARTS {
        return Err(Unreadable::TooLarge);
    }
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    let (mut left, mut tags, mut other_tags, mut longest) =
        (MAX_UNPACKED as u64, MAX_TAGS, MAX_OTHER_TAGS, 0);
    for n in 0..zip.len() {
        let part = zip.by_index(n).map_err(|_| Unreadable::Broken)?;
        let name = part.name().map_err(|_| Unreadable::Broken)?.to_lowercase();
        let is_sheet = name.starts_with("xl/worksheets/");
        let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
        let mut count = Tags::default();
        let size =
            io::copy(&mut io::Read::take(part, left + 1), &mut count).map_err(|_| Unreadable::Broken)?;
        left = left.checked_sub(size).ok_or(Unreadable::TooLarge)?;
        let bound = if is_sheet || name == "xl/sharedstrings.xml" { &mut tags } else { &mut other_tags };
        *bound = bound.checked_sub(count.tags).ok_or(Unreadable::TooMuch)?;
        if is_xml && count.longest.max(count.run) > MAX_RUN {
            return Err(Unreadable::TooMuch);
        }
        longest = if is_sheet { longest.max(count.tags) } else { longest };
    }
    Ok(longest)
}

/// Counts the tags of what is written to it, and the bytes between two of them.
#[derive(Default)]
struct Tags {
    tags: usize,
    /// Bytes since the last tag began.
    run: usize,
    longest: usize,
}

impl Write for Tags {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut pieces = bytes.split(|b| *b == b'<');
        self.run += pieces.next().map_or(0, <[u8]>::len);
        for piece in pieces {
            self.tags += 1;
            self.longest = self.longest.max(self.run);
            self.run = piece.len();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An Excel file of one sheet with these rows of XML.
    fn xlsx(sheet: &str) -> Vec<u8> {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let docs = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let parts = [
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns='{package}'><Relationship Id='r1' Type='{docs}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns='{package}'><Relationship Id='r1' Type='{docs}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='{docs}/styles' Target='styles.xml'/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns='{main}' xmlns:r='{docs}'><sheets><sheet name='学生' sheetId='1' r:id='r1'/></sheets></workbook>"
                ),
            ),
            (
                "xl/styles.xml",
                format!(
                    "<styleSheet xmlns='{main}'><numFmts count='1'><numFmt numFmtId='164' formatCode='00000'/></numFmts><cellXfs count='3'><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs></styleSheet>"
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                format!("<worksheet xmlns='{main}'><sheetData>{sheet}</sheetData></worksheet>"),
            ),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn cell(at: &str, more: &str, value: &str) -> String {
        format!("<c r='{at}' {more}><v>{value}</v></c>")
    }

    #[test]
    fn numbers_are_read_as_the_office_sees_them() {
        let cells = [
            cell("A3", "s='1'", "71"),
            cell("B3", "", "13800138000"),
            cell("C3", "", "440301201001011234"),
            cell("D3", "t='str'", "0071"),
            cell("E3", "t='e'", "#N/A"),
            cell("F3", "", "7.5"),
            cell("G3", "s='2'", "41035"),
        ];
        let sheets = sheets(&xlsx(&format!("<row r='3'>{}</row>", cells.concat()))).unwrap();
        assert_eq!((sheets[0].name.as_str(), sheets[0].rows[0].number), ("学生", 3));
        let texts: Vec<&str> = sheets[0].rows[0].cells.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["00071", "13800138000", "4.40301E+17", "0071", "#N/A", "7.5", "2012-05-06"]);
    }

    #[test]
    fn a_file_that_claims_too_much_is_refused_before_it_costs_anything() {
        let wide = xlsx(&format!("<row r='1'>{}</row>", cell("XFD1", "", "1")));
        assert_eq!(sheets(&wide), Err(Unreadable::TooManyColumns("学生".into())));
        let long = xlsx(&format!("<row r='1048576'>{}</row>", cell("A1048576", "", "1")));
        assert_eq!(sheets(&long), Err(Unreadable::TooManyRows("学生".into())));
        let bomb = xlsx(&" ".repeat(MAX_UNPACKED + 1));
        assert!(bomb.len() < 1 << 20, "a bomb is small");
        assert_eq!(sheets(&bomb), Err(Unreadable::TooLarge));
        let text = "x".repeat(MAX_RUN + 1);
        let one = xlsx(&format!("<row r='1'><c r='A1' t='inlineStr'><is><t>{text}</t></is></c></row>"));
        assert_eq!(sheets(&one), Err(Unreadable::TooMuch));
        let million: String =
            (1..=1_048_576).map(|n| format!("<row r='{n}'><c r='A{n}'><v>1</v></c></row>")).collect();
        assert_eq!(sheets(&xlsx(&million)), Err(Unreadable::TooMuch));
        assert_eq!(sheets(b"PK\x03\x04 and nothing more"), Err(Unreadable::Broken));
    }
}
