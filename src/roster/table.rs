//! A table for Excel, written by ourselves: a zip of five short parts. Every cell that is no number is text, whatever it
//! begins with: a formula never comes of what somebody typed.

use crate::school::marks::Points;
use anyhow::{Context, Result};
use std::{
    fmt::Write as _,
    io::{Cursor, Write},
};
use zip::{ZipWriter, result::ZipResult, write::SimpleFileOptions};

/// One sheet to be written.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The heads of its columns.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell to be written.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Text, and never anything else.
    Text(String),
    /// Text that stands out.
    Marked(String),
    /// A number.
    Number(i64),
    /// A number with up to two places.
    Decimal(Points),
}

impl Cell {
    /// The text of it.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Marked(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Decimal(points) => points.to_string(),
        }
    }
}

/// Excel keeps no longer name of a sheet, and no longer text of a cell.
const LONGEST_NAME: usize = 31;
const LONGEST_TEXT: usize = 32_767;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Styles: 0 a number, 1 a head in bold, 2 text, 3 text that stands out.
const STYLES: &str = "<fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font></fonts>\
    <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
    <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFF2CC\"/></patternFill></fill></fills>\
    <borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\">\
    <xf numFmtId=\"0\"/><xf numFmtId=\"49\" fontId=\"1\" applyFont=\"1\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"49\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"49\" fillId=\"2\" applyFill=\"1\" applyNumberFormat=\"1\"/></cellXfs>";

/// The file of these sheets.
pub fn xlsx(tables: &[Table]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: String| -> ZipResult<()> {
        zip.start_file(name, SimpleFileOptions::default())?;
        Ok(zip.write_all(format!("{HEAD}{text}").as_bytes())?)
    };
    let names = names(tables);
    let (mut types, mut relations, mut sheets) = (String::new(), String::new(), String::new());
    for (n, name) in (1..).zip(&names) {
        let _ = write!(
            types,
            "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{TYPES}.worksheet+xml\"/>"
        );
        let _ = write!(relations, "{}", relation(n, "worksheet", &format!("worksheets/sheet{n}.xml")));
        let _ = write!(sheets, "<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"r{n}\"/>", escaped(name));
    }
    let styles = relation(names.len() + 1, "styles", "styles.xml");
    part(
        "[Content_Types].xml",
        format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/>\
             <Override PartName=\"/xl/styles.xml\" ContentType=\"{TYPES}.styles+xml\"/>{types}</Types>"
        ),
    )?;
    part("_rels/.rels", relations_of(&relation(1, "officeDocument", "xl/workbook.xml")))?;
    part("xl/_rels/workbook.xml.rels", relations_of(&format!("{relations}{styles}")))?;
    part(
        "xl/workbook.xml",
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{DOCS}\"><sheets>{sheets}</sheets></workbook>"),
    )?;
    part("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>"))?;
    for (n, table) in (1..).zip(tables) {
        part(&format!("xl/worksheets/sheet{n}.xml"), sheet(table))?;
    }
    Ok(zip.finish()?.into_inner())
}

/// For Excel, which knows UTF-8 by its mark. Sheets stand below each other, with an empty line between.
pub fn csv(tables: &[Table]) -> Result<Vec<u8>> {
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer("\u{FEFF}".as_bytes().to_vec());
    for (n, table) in tables.iter().enumerate() {
        if n > 0 {
            csv.write_record([""])?;
        }
        csv.write_record(table.heads.iter().map(|it| no_formula(it)))?;
        for row in &table.rows {
            csv.write_record(row.iter().map(|it| no_formula(&it.text())))?;
        }
    }
    csv.into_inner().context("writing CSV")
}

/// What a spreadsheet would take for a formula becomes text.
pub fn no_formula(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula { format!("'{}", text.trim_start_matches('\0')) } else { text.to_owned() }
}

fn relations_of(relations: &str) -> String {
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>")
}

fn relation(id: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"r{id}\" Type=\"{DOCS}/{kind}\" Target=\"{target}\"/>")
}

/// The names of the sheets as Excel takes them: not empty, not too long, without signs that it forbids, no two alike.
fn names(tables: &[Table]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (n, table) in (1..).zip(tables) {
        let plain = table.name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(LONGEST_NAME);
        let name: String = plain.collect();
        let taken = name.trim().is_empty() || names.iter().any(|it| it.to_lowercase() == name.to_lowercase());
        names.push(if taken { format!("Sheet{n}") } else { name });
    }
    names
}

fn sheet(table: &Table) -> String {
    let mut xml = format!(
        "<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
         activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
    );
    if !table.heads.is_empty() {
        xml.push_str("<cols>");
        for (n, head) in (1..).zip(&table.heads) {
            let rows = table.rows.iter().filter_map(|row| row.get(n - 1)).take(1_000);
            let width = rows.map(|it| wide(&it.text())).chain([wide(head)]).max().unwrap_or_default();
            let width = width.clamp(6, 60) + 2;
            let _ = write!(xml, "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        xml.push_str("</cols>");
    }
    xml.push_str("<sheetData><row>");
    for head in &table.heads {
        text(&mut xml, 1, head);
    }
    xml.push_str("</row>");
    for row in &table.rows {
        xml.push_str("<row>");
        for cell in row {
            match cell {
                Cell::Text(it) => text(&mut xml, 2, it),
                Cell::Marked(it) => text(&mut xml, 3, it),
                Cell::Number(it) => drop(write!(xml, "<c><v>{it}</v></c>")),
                Cell::Decimal(it) => drop(write!(xml, "<c><v>{it}</v></c>")),
            }
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

fn text(xml: &mut String, style: u8, text: &str) {
    let _ = write!(
        xml,
        "<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
        escaped(text)
    );
}

/// What XML can hold of a text: no NUL and no other sign that is none.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().take(LONGEST_TEXT) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' => safe.push(c),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// How many columns of a terminal it takes: a Chinese sign takes two.
fn wide(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::sheets;

    #[test]
    fn what_is_written_is_read_back_and_nothing_is_a_formula() {
        let typed =
            ["李雷", "=1+1", "+86 138", "-1", "@x", "\t=1", "000071", "a<b>&\"c", "  spaced", "1.23E+17"];
        let rows =
            vec![typed.iter().map(|it| Cell::Text((*it).to_owned())).chain([Cell::Number(-7)]).collect()];
        let heads = (0..11).map(|n| format!("h{n}")).collect();
        let one = Table { name: "学生/甲".into(), heads, rows };
        let two = Table { heads: vec!["x\0y".into()], ..Table::default() };
        let bytes = xlsx(&[one.clone(), two, one]).unwrap();
        let read = sheets(&bytes).unwrap();
        assert_eq!(
            read.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
            ["学生甲", "Sheet2", "Sheet3"]
        );
        let cells: Vec<&str> = read[0].rows[1].cells.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(cells[..10], typed);
        assert_eq!(cells[10], "-7");
        assert_eq!(read[1].rows[0].cells, [(0, "xy".to_owned())]);
    }
}
