//! Telegram's HTML dialect, read as the real parser reads it: the same tags, the same words for what is wrong.

use super::entities::{Entity, is_link};

/// The plain text and its entities, or what is wrong and at which byte.
pub(super) fn read(source: &str) -> Result<(String, Vec<Entity>), String> {
    let mut reader =
        Reader { source, at: 0, text: String::new(), units: 0, open: Vec::new(), done: Vec::new() };
    reader.run()?;
    Ok((reader.text, reader.done))
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    text: String,
    units: usize,
    open: Vec<Open>,
    done: Vec<Entity>,
}

struct Open {
    tag: String,
    kind: Option<&'static str>,
    offset: usize,
    start: usize,
    detail: Option<String>,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), String> {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '<' if self.rest().starts_with("</") => self.close_tag()?,
                '<' => self.open_tag()?,
                '&' => self.reference(),
                other => {
                    self.at += other.len_utf8();
                    self.push(other);
                }
            }
        }
        match self.open.last() {
            None => Ok(()),
            Some(open) => Err(format!("Can't find end tag corresponding to start tag \"{}\"", open.tag)),
        }
    }

    fn open_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        let tag = self.take_until(|c| c.is_ascii_whitespace() || c == '>').to_ascii_lowercase();
        if self.rest().is_empty() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        let kind = match tag.as_str() {
            "b" | "strong" => "bold",
            "i" | "em" => "italic",
            "u" | "ins" => "underline",
            "s" | "strike" | "del" => "strikethrough",
            "a" => "text_link",
            "code" => "code",
            "pre" => "pre",
            "blockquote" => "blockquote",
            "span" | "tg-spoiler" => "spoiler",
            "tg-emoji" => "custom_emoji",
            _ => return Err(format!("Unsupported start tag \"{tag}\" at byte offset {begin}")),
        };
        let attributes = self.attributes(&tag, begin)?;
        let find =
            |name: &str| attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        if tag == "span" && find("class").as_deref() != Some("tg-spoiler") {
            return Err(format!("Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"));
        }
        let detail = match tag.as_str() {
            "a" => find("href"),
            "code" => find("class").and_then(|class| class.strip_prefix("language-").map(str::to_owned)),
            _ => None,
        };
        let kind = match tag.as_str() {
            "tg-emoji" => None,
            "blockquote" if find("expandable").is_some() => Some("expandable_blockquote"),
            _ => Some(kind),
        };
        self.open.push(Open { tag, kind, offset: self.units, start: self.text.len(), detail });
        Ok(())
    }

    /// Reads up to and including the `>` of a start tag.
    fn attributes(&mut self, tag: &str, begin: usize) -> Result<Vec<(String, String)>, String> {
        let unclosed = || format!("Unclosed start tag \"{tag}\" at byte offset {begin}");
        let mut attributes = Vec::new();
        loop {
            self.take_until(|c| !c.is_ascii_whitespace());
            if self.rest().starts_with('>') {
                self.at += 1;
                return Ok(attributes);
            }
            if self.rest().is_empty() {
                return Err(unclosed());
            }
            let name =
                self.take_until(|c| c.is_ascii_whitespace() || c == '=' || c == '>').to_ascii_lowercase();
            if name.is_empty() {
                return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {begin}"));
            }
            self.take_until(|c| !c.is_ascii_whitespace());
            if !self.rest().starts_with('=') {
                attributes.push((name, String::new()));
                continue;
            }
            self.at += 1;
            self.take_until(|c| !c.is_ascii_whitespace());
            let quote = self.rest().chars().next().ok_or_else(unclosed)?;
            let raw = if quote == '"' || quote == '\'' {
                self.at += 1;
                let raw = self.take_until(|c| c == quote).to_owned();
                if self.rest().is_empty() {
                    return Err(unclosed());
                }
                self.at += 1;
                raw
            } else {
                let token_end = |c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-');
                let raw = self.take_until(token_end).to_ascii_lowercase();
                if !self.rest().starts_with(|c: char| c.is_ascii_whitespace() || c == '>') {
                    return Err(format!("Unexpected end of name token at byte offset {}", self.at));
                }
                raw
            };
            attributes.push((name, unescaped(&raw)));
        }
    }

    fn close_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let Some(open) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += 2;
        let name = self.take_until(|c| c.is_ascii_whitespace() || c == '>').to_ascii_lowercase();
        self.take_until(|c| !c.is_ascii_whitespace());
        if !self.rest().starts_with('>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        if !name.is_empty() && name != open.tag {
            let expected = open.tag;
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{expected}>\", found \"</{name}>\""
            ));
        }
        self.finish(open);
        Ok(())
    }

    fn finish(&mut self, open: Open) {
        let length = self.units - open.offset;
        let Some(kind) = open.kind.filter(|_| length > 0) else { return };
        let entity = match kind {
            // A link without an address shows its own text as the address, if it is one.
            "text_link" => {
                let url = open.detail.unwrap_or_else(|| self.text[open.start..].to_owned());
                if !is_link(&url) {
                    return;
                }
                Entity { kind, offset: open.offset, length, detail: Some(url) }
            }
            // `<pre><code class="language-x">` is one entity: the inner one hands its language up.
            "pre" => {
                let same = |inner: &Entity| {
                    inner.kind == "code" && inner.offset == open.offset && inner.length == length
                };
                let inner = self.done.iter().position(same).map(|index| self.done.remove(index));
                Entity { kind, offset: open.offset, length, detail: inner.and_then(|inner| inner.detail) }
            }
            _ => Entity { kind, offset: open.offset, length, detail: open.detail },
        };
        self.done.push(entity);
    }

    fn reference(&mut self) {
        match decode_reference(self.rest()) {
            Some((character, length)) => {
                self.at += length;
                self.push(character);
            }
            None => {
                self.at += 1;
                self.push('&');
            }
        }
    }

    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn take_until(&mut self, stop: impl Fn(char) -> bool) -> &str {
        let length = self.rest().find(stop).unwrap_or(self.rest().len());
        let start = self.at;
        self.at += length;
        &self.source[start..self.at]
    }

    fn push(&mut self, character: char) {
        self.text.push(character);
        self.units += character.len_utf16();
    }
}

fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(first) = rest.chars().next() {
        let decoded = if first == '&' { decode_reference(rest) } else { None };
        let (character, length) = decoded.unwrap_or((first, first.len_utf8()));
        out.push(character);
        rest = &rest[length..];
    }
    out
}

/// `&lt; &gt; &amp; &quot;` and numbers; everything else stays as it is written.
fn decode_reference(source: &str) -> Option<(char, usize)> {
    let body = &source[1..];
    let (character, mut length) = if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, skip) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let code = u32::from_str_radix(&digits[..end], radix).ok().filter(|code| *code != 0)?;
        (char::from_u32(code)?, skip + end)
    } else {
        let end = body.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(body.len());
        let character = match &body[..end] {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            _ => return None,
        };
        (character, 1 + end)
    };
    if source[length..].starts_with(';') {
        length += 1;
    }
    Some((character, length))
}
