//! The container of an old Office file: a small file system of sectors, of which one file is read.

use super::super::file::Unreadable;
use std::borrow::Cow;

/// From here on a sector's number is a mark.
const LAST: u32 = 0xFFFF_FFF9;
/// Shorter files lie in a stream of small sectors.
const SHORT: usize = 4096;

/// The file of this name, in one piece. Nothing grows beyond the bytes that there are.
pub(super) fn file(bytes: &[u8], names: &[&str]) -> Option<Result<Vec<u8>, Unreadable>> {
    let whole = match Container::open(bytes) {
        Ok(whole) => whole,
        Err(why) => return Some(Err(why)),
    };
    let entries: Vec<&[u8]> = whole.folder.chunks_exact(128).collect();
    let named = |name: &&str| entries.iter().find(|it| name_of(it).eq_ignore_ascii_case(name));
    let entry = names.iter().find_map(named)?;
    Some(whole.read(entry, entries.first().copied().unwrap_or_default()))
}

struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// Which sector follows which.
    next: Vec<u32>,
    small_next: Vec<u32>,
    folder: Vec<u8>,
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Result<Container<'a>, Unreadable> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(Unreadable::Broken),
        };
        let head = |at| u32_at(bytes, at).ok_or(Unreadable::Broken);
        let mut whole =
            Container { bytes, sector, next: Vec::new(), small_next: Vec::new(), folder: Vec::new() };
        // The sectors that hold the table of what follows: 109 in the head, more in a chain of their own.
        let mut tables: Vec<u32> = (0..109).filter_map(|n| u32_at(bytes, 76 + 4 * n)).collect();
        let mut more = head(68)?;
        let mut left = bytes.len() / sector + 1;
        while more <= LAST {
            left = left.checked_sub(1).ok_or(Unreadable::Broken)?;
            let at = whole.sector(more).ok_or(Unreadable::Broken)?;
            let mut numbers = words(at);
            more = numbers.pop().ok_or(Unreadable::Broken)?;
            tables.extend(numbers);
        }
        let tables: Vec<u32> = tables.into_iter().filter(|it| *it <= LAST).collect();
        if tables.len() > bytes.len() / sector {
            return Err(Unreadable::Broken);
        }
        for table in tables {
            let table = words(whole.sector(table).ok_or(Unreadable::Broken)?);
            whole.next.extend(table);
        }
        whole.folder = whole.chain(head(48)?)?;
        let small = whole.chain(head(60)?)?;
        whole.small_next = words(&small);
        Ok(whole)
    }

    fn read(&self, entry: &[u8], root: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let start = |entry| u32_at(entry, 116).ok_or(Unreadable::Broken);
        let size = u32_at(entry, 120).ok_or(Unreadable::Broken)? as usize;
        let mut read = if size >= SHORT {
            self.chain(start(entry)?)?
        } else {
            let small = self.chain(start(root)?)?;
            let piece = |n: u32| small.get(n as usize * 64..)?.get(..64).map(Cow::Borrowed);
            follow(start(entry)?, &self.small_next, SHORT / 64, piece)?
        };
        read.truncate(size);
        Ok(read)
    }

    fn chain(&self, first: u32) -> Result<Vec<u8>, Unreadable> {
        let most = self.bytes.len() / self.sector + 1;
        follow(first, &self.next, most, |n| self.sector(n).map(Cow::Borrowed))
    }

    /// The last one may be cut short.
    fn sector(&self, n: u32) -> Option<&'a [u8]> {
        let rest = self.bytes.get((n as usize).checked_add(1)?.checked_mul(self.sector)?..)?;
        rest.get(..self.sector.min(rest.len()))
    }
}

/// All pieces of a chain; more than there can be are a circle.
fn follow<'a>(
    first: u32,
    next: &[u32],
    mut left: usize,
    piece: impl Fn(u32) -> Option<Cow<'a, [u8]>>,
) -> Result<Vec<u8>, Unreadable> {
    let (mut read, mut n) = (Vec::new(), first);
    while n <= LAST {
        left = left.checked_sub(1).ok_or(Unreadable::Broken)?;
        read.extend_from_slice(&piece(n).ok_or(Unreadable::Broken)?);
        n = *next.get(n as usize).ok_or(Unreadable::Broken)?;
    }
    Ok(read)
}

fn name_of(entry: &[u8]) -> String {
    let length = usize::from(u16_at(entry, 64).unwrap_or_default()).saturating_sub(2).min(62);
    let units: Vec<u16> = (0..length / 2).filter_map(|n| u16_at(entry, 2 * n)).collect();
    String::from_utf16_lossy(&units)
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|it| u32_at(it, 0)).collect()
}

/// Two bytes as a number.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|it| u16::from_le_bytes(*it))
}

/// Four bytes as a number.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|it| u32::from_le_bytes(*it))
}
