//! What is never shown: not in a log, not in an error, not in a dump of the settings.

use std::{borrow::Cow, fmt};

/// Words that are not shown. Only [`Secret::reveal`] gives them away, so that every place that does can be found.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps these words.
    pub fn new(words: impl Into<String>) -> Secret {
        Secret(words.into())
    }

    /// The words themselves.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether these are the words, in a time that does not tell how many of them were right.
    pub fn is(&self, given: &str) -> bool {
        let same_length = self.0.len() == given.len();
        let differences = self.0.bytes().zip(given.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
        same_length & (std::hint::black_box(differences) == 0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// A text without what looks like a bot's token. A fault of a library may carry the address it called, and the Bot API
/// has the token in its addresses: this is the net under all logs and errors.
pub fn hide_tokens(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut kept = 0;
    for (colon, _) in text.match_indices(':') {
        let id = text[kept..colon].bytes().rev().take_while(u8::is_ascii_digit).count();
        let key = text[colon + 1..]
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
            .count();
        if id >= 5 && key >= 20 {
            shown.push_str(&text[kept..colon - id]);
            shown.push_str("[token]");
            kept = colon + 1 + key;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[kept..]);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_itself_to_nobody() {
        let secret = Secret::new("abc");
        assert_eq!(format!("{secret} {secret:?} {:?}", Some(&secret)), "[secret] [secret] Some([secret])");
        assert!(secret.is("abc"));
        for wrong in ["", "ab", "abd", "abcd", "ABC"] {
            assert!(!secret.is(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_cut_out_of_any_text() {
        let token = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123";
        let text = format!("calling https://api.telegram.org/bot{token}/getMe: 家长 {token}");
        assert_eq!(hide_tokens(&text), "calling https://api.telegram.org/bot[token]/getMe: 家长 [token]");
        for harmless in ["12:30", "http://127.0.0.1:8080/healthz", "at 1788000000000: done", "::", ":"] {
            assert_eq!(hide_tokens(harmless), harmless);
        }
    }
}
