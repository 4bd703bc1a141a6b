//! Excel files since 2007: a zip of XML, unpacked only as far as the bounds go, and read cell by cell.

use super::file::{MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Sheet, Unreadable};
use calamine::{DataRef, Reader, Xlsx};
use std::io::{self, Cursor, Read};

/// The sheets that are shown: what an office has hidden it does not mean.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    unpacks_within_bounds(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    let shown = book.sheets_metadata().iter().filter(|it| {
        it.visible == calamine::SheetVisible::Visible && it.typ == calamine::SheetType::WorkSheet
    });
    let names: Vec<String> = shown.map(|it| it.name.clone()).collect();
    let mut cells = 0;
    names.into_iter().map(|name| sheet(&mut book, name, &mut cells)).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String, cells: &mut usize) -> Result<Sheet, Unreadable> {
    let mut rows: Vec<Row> = Vec::new();
    let mut reader = book.worksheet_cells_reader(&name).map_err(|_| Unreadable::Broken)?;
    // How many digits a format like `000000` shows, by style.
    let digits: Vec<usize> = reader.styles().iter().map(|it| zeros(it.number_format.as_ref())).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|_| Unreadable::Broken)? {
        let (row, column) = cell.get_position();
        *cells += 1;
        if row >= MAX_ROWS || *cells > MAX_CELLS {
            return Err(Unreadable::TooManyRows(name));
        }
        if column >= MAX_COLUMNS {
            return Err(Unreadable::TooManyColumns(name));
        }
        let number = row + 1;
        if rows.last().is_none_or(|it| it.number != number) {
            rows.push(Row { number, cells: Vec::new() });
        }
        if let Some(row) = rows.last_mut() {
            match cell.get_value() {
                DataRef::SharedString(text) => row.push(column, text),
                value => row.push(column, &text(value, digits.get(style).copied().unwrap_or(0))),
            }
        }
    }
    rows.retain(|row| !row.cells.is_empty());
    Ok(Sheet { name, rows })
}

/// A cell as the office sees it: no `1.23E+11`, and the zeros in front that its format shows.
fn text(value: &DataRef<'_>, digits: usize) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(it) => format!("{it:0digits$}"),
        // Beyond 15 digits Excel itself has rounded, so the number is shown as rounded, and refused where it matters.
        DataRef::Float(it) if it.fract() == 0.0 && it.abs() < 1e15 => format!("{it:0digits$.0}"),
        DataRef::Float(it) if it.abs() >= 1e15 => format!("{it:.5e}").replace('e', "E+"),
        DataRef::Float(it) => it.to_string(),
        DataRef::String(it) => it.clone(),
        DataRef::SharedString(it) => (*it).to_owned(),
        DataRef::Bool(it) => it.to_string(),
        DataRef::DateTime(it) => it.as_f64().to_string(),
        DataRef::DateTimeIso(it) | DataRef::DurationIso(it) => it.clone(),
        DataRef::Error(it) => it.to_string(),
    }
}

fn zeros(format: Option<&calamine::NumberFormat>) -> usize {
    let code = format.map_or("", |it| it.format_code.as_str());
    if code.bytes().all(|b| b == b'0') { code.len().min(20) } else { 0 }
}

/// Unpacks everything into nothing and counts, since what a zip says about its sizes may be a lie.
fn unpacks_within_bounds(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Broken)?;
    let mut left = MAX_BYTES as u64;
    for n in 0..zip.len() {
        let part = zip.by_index(n).map_err(|_| Unreadable::Broken)?;
        let size = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| Unreadable::Broken)?;
        left = left.checked_sub(size).ok_or(Unreadable::TooLarge)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

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
                    "<styleSheet xmlns='{main}'><numFmts count='1'><numFmt numFmtId='164' formatCode='00000'/></numFmts><cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs></styleSheet>"
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
        ];
        let sheets = sheets(&xlsx(&format!("<row r='3'>{}</row>", cells.concat()))).unwrap();
        assert_eq!((sheets[0].name.as_str(), sheets[0].rows[0].number), ("学生", 3));
        let texts: Vec<&str> = sheets[0].rows[0].cells.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["00071", "13800138000", "4.40301E+17", "0071", "#N/A", "7.5"]);
    }

    #[test]
    fn a_file_that_claims_too_much_is_refused_before_it_costs_anything() {
        let wide = xlsx(&format!("<row r='1'>{}</row>", cell("XFD1", "", "1")));
        assert_eq!(sheets(&wide), Err(Unreadable::TooManyColumns("学生".into())));
        let long = xlsx(&format!("<row r='1048576'>{}</row>", cell("A1048576", "", "1")));
        assert_eq!(sheets(&long), Err(Unreadable::TooManyRows("学生".into())));
        let bomb = xlsx(&" ".repeat(MAX_BYTES + 1));
        assert!(bomb.len() < 1 << 20, "a bomb is small");
        assert_eq!(sheets(&bomb), Err(Unreadable::TooLarge));
        assert_eq!(sheets(b"PK\x03\x04 and nothing more"), Err(Unreadable::Broken));
    }
}
