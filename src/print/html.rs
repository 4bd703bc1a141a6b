//! What all pages have in common: the frame, the style, and words that are escaped.

use crate::text::{Phrase, Texts};
use std::fmt::{Arguments, Write};

/// A4, black on white, in a size that a grandmother reads; nothing from outside.
const STYLE: &str = include_str!("page.css");

/// A page that is being written.
pub(super) struct Html<'a> {
    texts: &'a Texts,
    language: &'a str,
    page: String,
}

impl<'a> Html<'a> {
    /// An empty page.
    pub fn new(texts: &'a Texts, language: &'a str, title: &Phrase) -> Html<'a> {
        let mut html = Html { texts, language, page: String::new() };
        let title = html.say(title);
        html.add(format_args!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        ));
        html
    }

    /// Words in the language of the page. What a person typed in them cannot become markup.
    pub fn say(&self, phrase: &Phrase) -> String {
        self.texts.html(self.language, phrase)
    }

    /// Words that a person typed, or a link.
    pub fn typed(&self, words: &str) -> String {
        self.say(&Phrase::new("words-as-typed").text("words", words))
    }

    /// Adds markup.
    pub fn add(&mut self, markup: Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.page.write_fmt(markup);
    }

    /// Adds an element with these words; none where there are none.
    pub fn element(&mut self, tag: &str, class: &str, phrase: &Phrase) {
        let words = self.say(phrase);
        match (words.is_empty(), class.is_empty()) {
            (true, _) => {}
            (_, true) => self.add(format_args!("<{tag}>{words}</{tag}>\n")),
            (_, false) => self.add(format_args!("<{tag} class=\"{class}\">{words}</{tag}>\n")),
        }
    }

    /// The whole page.
    pub fn finish(mut self) -> String {
        self.add(format_args!("</body>\n</html>\n"));
        self.page
    }
}
