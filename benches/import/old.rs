//! Bombs in the container of Excel 97: sectors of 512 bytes, a table of which follows which, a folder, and one book of
//! records.

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
/// A record holds no more.
const RECORD: usize = 8_000;

/// A shared-text table of so many texts of one letter.
pub fn texts(count: u32) -> Vec<u8> {
    let text = [1, 0, 0, b'x'];
    container(&whole(&[&table(count, &text.repeat(count as usize))], &[&cell(0, 0)]))
}

/// A table that claims so many texts and holds one.
pub fn claims(count: u32) -> Vec<u8> {
    container(&whole(&[&table(count, &[1, 0, 0, b'x'])], &[&cell(0, 0)]))
}

/// One cell in the last row and the last column.
pub fn corner() -> Vec<u8> {
    container(&whole(&[], &[&cell(0, 0), &cell(0xFFFF, 0xFFFF)]))
}

/// So many cells, each the same one.
pub fn cells(count: usize) -> Vec<u8> {
    container(&whole(&[], &[&cell(1, 1).repeat(count)]))
}

/// A book whose sectors follow each other in a circle.
pub fn circle() -> Vec<u8> {
    let mut file = container(&whole(&[], &[&cell(0, 0).repeat(1_000)]));
    // The table of sectors stands first behind the head, and the book begins in sector 2: the next one leads back.
    file[SECTOR + 12..SECTOR + 16].copy_from_slice(&2_u32.to_le_bytes());
    file
}

/// So many sheets that are one and the same.
pub fn sheets(count: usize) -> Vec<u8> {
    let mut book = begin(5);
    let length = book.len() + count * bound(0).len() + end().len();
    (0..count).for_each(|_| book.extend(bound(length as u32)));
    book.extend(end());
    book.extend([begin(16), cell(0, 0).repeat(10_000), end()].concat());
    container(&book)
}

/// A book of one sheet.
fn whole(globals: &[&[u8]], cells: &[&[u8]]) -> Vec<u8> {
    let before = globals.concat();
    let length = begin(5).len() + bound(0).len() + before.len() + end().len();
    let sheet = [begin(16), cells.concat(), end()].concat();
    [begin(5), bound(length as u32), before, end(), sheet].concat()
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

fn begin(kind: u16) -> Vec<u8> {
    let mut data = vec![0; 16];
    data[..2].copy_from_slice(&0x0600_u16.to_le_bytes());
    data[2..4].copy_from_slice(&kind.to_le_bytes());
    record(0x0809, &data)
}

fn end() -> Vec<u8> {
    record(0x0A, &[])
}

fn bound(at: u32) -> Vec<u8> {
    record(0x85, &[&at.to_le_bytes()[..], &[0, 0, 1, 0, b's']].concat())
}

/// A number.
fn cell(row: u16, column: u16) -> Vec<u8> {
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(0x027E, &[&place[..], &2_u32.to_le_bytes()].concat())
}

/// The shared texts, cut where a record is full: never within a text.
fn table(count: u32, texts: &[u8]) -> Vec<u8> {
    let first = [count.to_le_bytes(), count.to_le_bytes()].concat();
    let mut pieces = texts.chunks(RECORD);
    let mut table = record(0xFC, &[&first, pieces.next().unwrap_or_default()].concat());
    pieces.for_each(|piece| table.extend(record(0x3C, piece)));
    table
}

/// The file around a book: head, table of sectors, folder, book.
fn container(book: &[u8]) -> Vec<u8> {
    let book_sectors = book.len().max(4096).div_ceil(SECTOR);
    // Each sector of the table names 128 others, itself included.
    let tables = (book_sectors + 2).div_ceil(126).max(1);
    let beyond = tables.saturating_sub(109).div_ceil(127);
    let folder = tables + beyond;
    let mut next = vec![0xFFFF_FFFD; tables];
    next.extend(vec![0xFFFF_FFFC; beyond]);
    next.push(END);
    next.extend((1..book_sectors).map(|n| (folder + 1 + n) as u32));
    next.push(END);
    next.resize(tables * 128, FREE);
    // What lies first in the file is the table itself; the head names its sectors, and further ones in a chain.
    let mut head = vec![0; SECTOR];
    head[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let mut set = |at: usize, value: u32| head[at..at + 4].copy_from_slice(&value.to_le_bytes());
    set(24, 0x0003_003E);
    set(28, 0x0009_FFFE);
    set(32, 6);
    set(44, tables as u32);
    set(48, folder as u32);
    set(56, 4096);
    set(60, END);
    set(68, if beyond > 0 { tables as u32 } else { END });
    set(72, beyond as u32);
    (0..109).for_each(|n| set(76 + 4 * n, if n < tables { n as u32 } else { FREE }));
    let mut more = Vec::new();
    for n in 0..beyond {
        let from = 109 + 127 * n;
        more.extend((from..from + 127).map(|it| if it < tables { it as u32 } else { FREE }));
        more.push(if n + 1 < beyond { (tables + n + 1) as u32 } else { END });
    }
    let mut file = head;
    file.extend(next.into_iter().chain(more).flat_map(u32::to_le_bytes));
    let mut entries = entry("Root Entry", 5, END, 0);
    entries.extend(entry("Workbook", 2, (folder + 1) as u32, (book_sectors * SECTOR) as u32));
    entries.resize(SECTOR, 0);
    file.extend(entries);
    file.extend(book);
    file.resize(SECTOR * (folder + 2 + book_sectors), 0);
    file
}

fn entry(name: &str, kind: u8, start: u32, size: u32) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    entry[64..66].copy_from_slice(&(units.len() as u16 + 2).to_le_bytes());
    entry[66] = kind;
    entry[116..120].copy_from_slice(&start.to_le_bytes());
    entry[120..124].copy_from_slice(&size.to_le_bytes());
    entry
}
