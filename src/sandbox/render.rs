//! Formatted text as safe HTML for the page, and the links and commands that Telegram finds by itself.

use super::entities::{Entity, Formatted, is_link, units};

/// HTML in which every character of the text is escaped and only our own tags stand.
pub(super) fn html(formatted: &Formatted) -> String {
    let mut out = String::with_capacity(formatted.text.len() + 32);
    let mut open: Vec<&Entity> = Vec::new();
    let mut waiting = formatted.entities.iter().peekable();
    let mut at = 0;
    for character in formatted.text.chars() {
        close_ended(&mut out, &mut open, at);
        while let Some(entity) = waiting.next_if(|entity| entity.offset <= at) {
            out.push_str(&start_tag(entity, &formatted.text));
            open.push(entity);
        }
        escape_into(&mut out, character);
        at += character.len_utf16();
    }
    while let Some(entity) = open.pop() {
        out.push_str(end_tag(entity));
    }
    out
}

/// Commands and web addresses become entities without markup, outside of code and links.
pub(super) fn find_links(mut formatted: Formatted) -> Formatted {
    if !formatted.text.contains('/') {
        return formatted;
    }
    let mut found = Vec::new();
    let mut start = 0;
    for word in formatted.text.split_inclusive(char::is_whitespace) {
        let trimmed = word.trim_end();
        if let Some((skip, length, kind)) = address(trimmed).or_else(|| command(trimmed)) {
            let offset = units(&formatted.text[..start + skip]);
            let length = units(&trimmed[skip..skip + length]);
            let taken = formatted.entities.iter().any(|entity| {
                matches!(entity.kind, "code" | "pre" | "text_link")
                    && offset < entity.offset + entity.length
                    && entity.offset < offset + length
            });
            if !taken {
                found.push(Entity { kind, offset, length, detail: None });
            }
        }
        start += word.len();
    }
    formatted.entities.extend(found);
    formatted.entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
    formatted
}

/// Where a web address stands in the word: bytes to skip, its length, its kind.
fn address(word: &str) -> Option<(usize, usize, &'static str)> {
    let skip = word.find("https://").or_else(|| word.find("http://"))?;
    let closing = ['.', ',', ')', ';', '!', '?', '。', '，', '）', '；', '！', '？', '」', '》', '"'];
    let ascii_end = word[skip..].find(|c: char| !c.is_ascii_graphic()).map_or(word.len(), |end| skip + end);
    let address = word[skip..ascii_end].trim_end_matches(closing);
    is_link(address).then_some((skip, address.len(), "url"))
}

/// Where a command such as `/help` stands in the word.
fn command(word: &str) -> Option<(usize, usize, &'static str)> {
    let skip = word.find('/')?;
    let before = word[..skip].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '<' | '>' | '_' | '.' | ':')) {
        return None;
    }
    let name = &word[skip + 1..];
    let length =
        name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '@')).unwrap_or(name.len());
    let after = name[length..].chars().next();
    let fits = (1..=64).contains(&length) && !name.starts_with('@');
    let free = !after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '<' | '>'));
    (fits && free).then_some((skip, length + 1, "bot_command"))
}

fn close_ended<'a>(out: &mut String, open: &mut Vec<&'a Entity>, at: usize) {
    let Some(first) = open.iter().position(|entity| entity.offset + entity.length <= at) else { return };
    // Entities given as a list may cross: what still goes on is closed and opened again.
    let inner: Vec<&'a Entity> = open.drain(first..).collect();
    for entity in inner.iter().rev() {
        out.push_str(end_tag(entity));
    }
    for entity in inner.into_iter().filter(|entity| entity.offset + entity.length > at) {
        out.push_str(&start_tag(entity, ""));
        open.push(entity);
    }
}

fn start_tag(entity: &Entity, text: &str) -> String {
    let covered = || slice(text, entity.offset, entity.length);
    match entity.kind {
        "bold" => "<b>".into(),
        "italic" => "<i>".into(),
        "underline" => "<u>".into(),
        "strikethrough" => "<s>".into(),
        "code" => "<code>".into(),
        "pre" => "<pre>".into(),
        "blockquote" | "expandable_blockquote" => "<blockquote>".into(),
        "spoiler" => "<tg-spoiler>".into(),
        "bot_command" => format!("<a href=\"#\" data-say=\"{}\">", escaped(covered())),
        "text_link" => link(entity.detail.as_deref().unwrap_or_default()),
        "url" => link(covered()),
        _ => "<span>".into(),
    }
}

fn end_tag(entity: &Entity) -> &'static str {
    match entity.kind {
        "bold" => "</b>",
        "italic" => "</i>",
        "underline" => "</u>",
        "strikethrough" => "</s>",
        "code" => "</code>",
        "pre" => "</pre>",
        "blockquote" | "expandable_blockquote" => "</blockquote>",
        "spoiler" => "</tg-spoiler>",
        "bot_command" | "text_link" | "url" => "</a>",
        _ => "</span>",
    }
}

fn link(url: &str) -> String {
    let url = if is_link(url) { url } else { "" };
    format!("<a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">", escaped(url))
}

/// The part of a text that an entity covers.
fn slice(text: &str, offset: usize, length: usize) -> &str {
    let byte_at = |wanted: usize| {
        let mut at = 0;
        for (index, character) in text.char_indices() {
            if at >= wanted {
                return index;
            }
            at += character.len_utf16();
        }
        text.len()
    };
    &text[byte_at(offset)..byte_at(offset + length)]
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|character| escape_into(&mut out, character));
    out
}

fn escape_into(out: &mut String, character: char) {
    match character {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        other => out.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(source: &str) -> String {
        html(&find_links(Formatted::html(source).unwrap()))
    }

    #[test]
    fn what_is_rendered_is_escaped_and_nested() {
        let cases = [
            ("a &lt;script&gt; <b>x<i>y</i></b>", "a &lt;script&gt; <b>x<i>y</i></b>"),
            ("send /help now", "send <a href=\"#\" data-say=\"/help\">/help</a> now"),
            ("（/help）", "（<a href=\"#\" data-say=\"/help\">/help</a>）"),
            ("and/or 1/2", "and/or 1/2"),
            ("<code>/help</code>", "<code>/help</code>"),
            ("<tg-spoiler>a</tg-spoiler>", "<tg-spoiler>a</tg-spoiler>"),
        ];
        for (source, expected) in cases {
            assert_eq!(rendered(source), expected, "{source}");
        }
        assert!(rendered("see https://a.b/c?d=1.").contains("href=\"https://a.b/c?d=1\""));
    }

    #[test]
    fn an_address_cannot_break_out_of_its_attribute() {
        let page = rendered("<a href=\"https://x/&quot;onclick=&quot;y\">z</a>");
        assert!(page.contains("&quot;onclick") && !page.contains("\"onclick"), "{page}");
    }
}
