//! Formatted text: plain text and the ranges in it that are bold, links and so on.

use serde_json::Value;

use super::html;
use super::refusal::{Answer, Refusal};

/// Plain text with the ranges that are formatted. Offsets count UTF-16 units, as on the wire.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Formatted {
    pub text: String,
    pub entities: Vec<Entity>,
}

/// One formatted range.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entity {
    pub kind: &'static str,
    pub offset: usize,
    pub length: usize,
    /// The address of a `text_link` or the language of a `pre`.
    pub detail: Option<String>,
}

impl Entity {
    /// An entity out of a list that a caller sent; kinds that mean nothing here are left out.
    pub fn listed(value: &Value) -> Option<Entity> {
        const KINDS: [&str; 10] = [
            "bold",
            "italic",
            "underline",
            "strikethrough",
            "code",
            "pre",
            "text_link",
            "spoiler",
            "blockquote",
            "expandable_blockquote",
        ];
        let number = |name: &str| usize::try_from(value.get(name)?.as_u64()?).ok();
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let kind = KINDS.into_iter().find(|kind| Some(*kind) == text("type"))?;
        let detail = text("url").filter(|url| is_link(url)).or_else(|| text("language")).map(str::to_owned);
        Some(Entity { kind, offset: number("offset")?, length: number("length")?, detail })
    }
}

impl Formatted {
    /// Text without any markup; blank space around it is cut off, as Telegram does.
    pub fn plain(text: &str) -> Formatted {
        Formatted::with(text, Vec::new())
    }

    /// Text with entities that are known already.
    pub fn with(text: &str, mut entities: Vec<Entity>) -> Formatted {
        entities.sort_by(|a, b| a.offset.cmp(&b.offset).then(b.length.cmp(&a.length)));
        Formatted { text: text.to_owned(), entities }.trimmed()
    }

    /// Reads the HTML dialect.
    pub fn html(source: &str) -> Answer<Formatted> {
        let (text, entities) =
            html::read(source).map_err(|why| Refusal::bad(format!("can't parse entities: {why}")))?;
        Ok(Formatted::with(&text, entities))
    }

    /// How long Telegram says it is.
    pub fn units(&self) -> usize {
        units(&self.text)
    }

    fn trimmed(mut self) -> Formatted {
        let start = self.text.len() - self.text.trim_start().len();
        let cut = units(&self.text[..start]);
        let text = self.text.trim().to_owned();
        let total = units(&text);
        self.entities.retain_mut(|entity| {
            let end = entity.offset.saturating_add(entity.length).saturating_sub(cut).min(total);
            entity.offset = entity.offset.saturating_sub(cut).min(total);
            entity.length = end - entity.offset;
            entity.length > 0
        });
        Formatted { text, ..self }
    }
}

pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Only what may stand in a link without danger: a scheme such as `javascript:` never becomes one.
pub(super) fn is_link(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let has_host = |scheme: &str| lower.strip_prefix(scheme).is_some_and(|host| !host.is_empty());
    ["http://", "https://", "tg://", "ton://", "mailto:", "tel:"].into_iter().any(has_host)
        && !lower.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_html_is_refused_in_telegrams_words() {
        let cases = [
            ("导<x>", "Unsupported start tag \"x\" at byte offset 3"),
            ("a <b", "Unclosed start tag at byte offset 2"),
            ("a <b ", "Unclosed start tag \"b\" at byte offset 2"),
            ("<b>a", "Can't find end tag corresponding to start tag \"b\""),
            ("a</b>", "Unexpected end tag at byte offset 1"),
            ("<b>a</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""),
            ("<b>a</b ", "Unclosed end tag at byte offset 4"),
            ("<span>a</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
            ("<i =a>", "Empty attribute name in the tag \"i\" at byte offset 0"),
        ];
        for (source, why) in cases {
            let refusal = Formatted::html(source).unwrap_err();
            assert_eq!(refusal.description, format!("Bad Request: can't parse entities: {why}"), "{source}");
        }
    }

    #[test]
    fn offsets_count_utf16_and_references_are_read() {
        let formatted =
            Formatted::html("😀&lt;<b>导<i>育</i></b> &nbsp; <a href=\"https://x.y/?a&amp;b\">go</a>")
                .unwrap();
        assert_eq!(formatted.text, "😀<导育 &nbsp; go");
        let short: Vec<_> = formatted.entities.iter().map(|e| (e.kind, e.offset, e.length)).collect();
        assert_eq!(short, [("bold", 3, 2), ("italic", 4, 1), ("text_link", 13, 2)]);
        assert_eq!(formatted.entities[2].detail.as_deref(), Some("https://x.y/?a&b"));
    }

    #[test]
    fn blank_space_around_the_text_goes_and_entities_move_along() {
        let formatted = Formatted::html("\n <b>a </b>\n").unwrap();
        assert_eq!(formatted.text, "a");
        assert_eq!((formatted.entities[0].offset, formatted.entities[0].length), (0, 1));
        assert!(Formatted::html("<b> </b>").unwrap().text.is_empty());
    }

    #[test]
    fn a_dangerous_scheme_never_becomes_a_link() {
        assert!(Formatted::html("<a href=\"javascript:alert(1)\">x</a>").unwrap().entities.is_empty());
    }
}
