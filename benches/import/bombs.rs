//! Files that are small, or look it, and cost a careless reader the machine.

use crate::old;
use std::{
    fmt::Write as _,
    io::{Cursor, Write},
};
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// All of them: what it is, its ending, its bytes.
pub fn all() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let cell = |at: &str| format!("<c r='{at}'><v>1</v></c>");
    let row = |n: u32, cells: &str| format!("<row r='{n}'>{cells}</row>");
    let million: String =
        (1..=1_048_576).map(|n| format!("<row r='{n}'><c r='A{n}'><v>1</v></c></row>")).collect();
    let no_numbers = "<row><c t='n'><v>1</v></c></row>".repeat(800_000);
    let wide = |n: u32| {
        (0..16_384).fold(String::new(), |mut row, _| {
            let _ = write!(row, "<c><v>{n}</v></c>");
            row
        })
    };
    let every_column: String = (1..=60).map(|n| row(n, &wide(n))).collect();
    let one_text = |size: usize| format!("<si><t>{}</t></si>", "x".repeat(size));
    let pointing = |cells: usize| -> String {
        (1..=cells).map(|n| row(n as u32, &format!("<c r='A{n}' t='s'><v>0</v></c>"))).collect()
    };
    let many_texts = "<si><t>x</t></si>".repeat(3_000_000);
    let rich = format!("<si>{}</si>", "<r><t>x</t></r>".repeat(1_500_000));
    let quotes = format!("a,b\n\"{}", "x".repeat(15 << 20));
    vec![
        ("unpacks to 1 GB of blanks", "xlsx", blanks(1 << 30)),
        ("unpacks to 63 MB of blanks", "xlsx", book(1, &" ".repeat(63 << 20), "")),
        ("a cell in column XFD", "xlsx", book(1, &row(1, &cell("XFD1")), "")),
        ("a cell in the last row", "xlsx", book(1, &row(1_048_576, &cell("A1048576")), "")),
        ("a cell far beyond any sheet", "xlsx", book(1, &row(1, &cell("ZZZZZZZZ99999999999")), "")),
        ("a million rows", "xlsx", book(1, &million, "")),
        ("cells that say no place", "xlsx", book(1, &no_numbers, "")),
        ("sixty rows of every column", "xlsx", book(1, &every_column, "")),
        ("a text of 60 MB", "xlsx", book(1, &pointing(1), &one_text(60 << 20))),
        ("a text of 1 MB in 300,000 cells", "xlsx", book(1, &pointing(300_000), &one_text(1 << 20))),
        ("three million shared texts", "xlsx", book(1, &pointing(1), &many_texts)),
        ("a text in a million pieces", "xlsx", book(1, &pointing(1), &rich)),
        ("199 sheets that are one", "xlsx", book(199, &pointing(200_000), &one_text(1))),
        ("100,000 sheets", "xlsx", book(100_000, &pointing(1), &one_text(1))),
        ("100,000 parts", "xlsx", parts(100_000)),
        ("a million lines", "csv", b"x,y\n".repeat(1_000_000)),
        ("a million columns", "csv", vec![b','; 1 << 20]),
        ("a quote that never ends", "csv", quotes.into_bytes()),
        ("16 MB of one letter", "csv", vec![b'x'; 16 << 20]),
        ("17 MB", "csv", vec![b'x'; 17 << 20]),
        ("a million shared texts, old", "xls", old::texts(1_000_000)),
        ("two billion texts claimed, old", "xls", old::claims(u32::MAX)),
        ("a cell in the last corner, old", "xls", old::corner()),
        ("two million cells, old", "xls", old::cells(1_000_000)),
        ("a circle of sectors, old", "xls", old::circle()),
        ("60,000 sheets that are one, old", "xls", old::sheets(60_000)),
    ]
}

/// A book of so many sheets, all of them one part, with these rows and these shared texts.
fn book(sheets: usize, rows: &str, texts: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{DOCS}/{kind}' Target='{target}'/>")
    };
    let whole = |inside: &str| format!("<Relationships xmlns='{PACKAGE}'>{inside}</Relationships>");
    let listed: String =
        (1..=sheets).map(|n| format!("<sheet name='s{n}' sheetId='{n}' r:id='r1'/>")).collect();
    let inside = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "sharedStrings", "sharedStrings.xml"),
    ];
    let parts = [
        ("_rels/.rels", whole(&relation("r1", "officeDocument", "xl/workbook.xml"))),
        ("xl/_rels/workbook.xml.rels", whole(&inside.concat())),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns='{MAIN}' xmlns:r='{DOCS}'><sheets>{listed}</sheets></workbook>"),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns='{MAIN}'>{texts}</sst>")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns='{MAIN}'><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn blanks(size: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let piece = vec![b' '; 1 << 20];
    (0..size >> 20).for_each(|_| zip.write_all(&piece).unwrap());
    zip.finish().unwrap().into_inner()
}

fn parts(count: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    (0..count).for_each(|n| zip.start_file(format!("{n}"), SimpleFileOptions::default()).unwrap());
    zip.finish().unwrap().into_inner()
}
