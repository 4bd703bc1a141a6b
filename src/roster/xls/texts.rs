//! Texts of an old Excel file: one or two bytes a sign, with fonts between, and cut wherever a record was full.

use super::{
    super::file::{MAX_CELLS, MAX_TEXT, Unreadable},
    Records,
    container::{u16_at, u32_at},
};

/// The text at this place: its length (in two bytes, or `!long` in one), whether its signs have two bytes, the signs.
pub(super) fn text(data: &[u8], at: usize, long: bool) -> Option<String> {
    let length = if long { u16_at(data, at)?.into() } else { usize::from(*data.get(at)?) };
    let at = at + if long { 2 } else { 1 };
    let wide = data.get(at)? & 1 == 1;
    Some(signs(data.get(at + 1..)?, length, wide).0)
}

/// So many signs of these bytes, or as many as there are; and how many bytes and signs that was.
fn signs(data: &[u8], count: usize, wide: bool) -> (String, usize, usize) {
    if wide {
        let units: Vec<u16> =
            data.chunks_exact(2).take(count).map(|it| u16::from_le_bytes([it[0], it[1]])).collect();
        (String::from_utf16_lossy(&units), units.len() * 2, units.len())
    } else {
        let bytes = &data[..count.min(data.len())];
        (bytes.iter().map(|b| char::from(*b)).collect(), bytes.len(), bytes.len())
    }
}

/// The texts that cells share. What the file says about how many there are is not believed.
pub(super) fn shared<'a>(first: &'a [u8], records: &mut Records<'a>) -> Result<Vec<String>, Unreadable> {
    let count = u32_at(first, 4).ok_or(Unreadable::Broken)? as usize;
    let mut pages = Pages { data: first.get(8..).unwrap_or_default(), records };
    let (mut texts, mut size) = (Vec::new(), 0);
    while texts.len() < count {
        let Some(text) = pages.text() else { break };
        size += text.len();
        texts.push(text);
        if texts.len() > MAX_CELLS || size > 2 * MAX_TEXT {
            return Err(Unreadable::TooMuch);
        }
    }
    Ok(texts)
}

/// The bytes of a record that goes on over others.
struct Pages<'a, 'r> {
    data: &'a [u8],
    records: &'r mut Records<'a>,
}

impl Pages<'_, '_> {
    /// The next text; `None` when there is no more.
    fn text(&mut self) -> Option<String> {
        if self.data.is_empty() {
            self.data = self.records.goes_on()?;
        }
        let (mut left, flags) = (usize::from(u16_at(self.data, 0)?), *self.data.get(2)?);
        let mut at = 3;
        let fonts = if flags & 8 == 0 { 0 } else { u16_at(self.data, at)?.into() };
        at += if flags & 8 == 0 { 0 } else { 2 };
        let more = if flags & 4 == 0 { 0 } else { u32_at(self.data, at)? as usize };
        at += if flags & 4 == 0 { 0 } else { 4 };
        self.data = self.data.get(at..)?;
        let (mut text, mut wide) = (String::new(), flags & 1 == 1);
        loop {
            let (piece, bytes, count) = signs(self.data, left, wide);
            text.push_str(&piece);
            left -= count;
            self.data = self.data.get(bytes..)?;
            if left == 0 {
                break;
            }
            // The rest stands in the next record, which says anew how wide its signs are.
            let page = self.records.goes_on()?;
            wide = page.first()? & 1 == 1;
            self.data = &page[1..];
        }
        self.skip(fonts * 4 + more)?;
        Some(text)
    }

    /// Passes over fonts and readings.
    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.data.len() {
            bytes -= self.data.len();
            self.data = self.records.goes_on()?;
        }
        self.data = self.data.get(bytes..)?;
        Some(())
    }
}
