//! Reads TOML piece by piece and notes every wrong thing with its line, where serde would stop at the first.

use super::error::{Expected, PolicyError, nearest};
use crate::school::cron::{Cron, CronError};
use chrono::NaiveTime;
use std::ops::Range;
use std::str::FromStr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How the parser says that a key stands twice; a test would notice other words.
const DUPLICATE: &str = "duplicate key";

/// What is being read, and what was wrong so far.
pub(super) struct Reader<'t> {
    text: &'t str,
    file: &'t str,
    wrong: Vec<PolicyError>,
}

/// One table of the file, of which keys are taken until it is closed.
pub(super) struct Section<'a> {
    path: String,
    span: Range<usize>,
    left: Vec<(&'a str, Range<usize>, &'a Spanned<DeValue<'a>>)>,
    asked: Vec<&'static str>,
}

/// A value and where it stands.
pub(super) struct Found<T> {
    /// The value.
    pub(super) value: T,
    /// Where it stands.
    pub(super) place: Place,
}

/// A key and the bytes of its value.
#[derive(Clone)]
pub(super) struct Place {
    key: String,
    span: Range<usize>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, file: &'t str) -> Self {
        Reader { text, file, wrong: Vec::new() }
    }

    /// Notes what was expected at a place.
    pub(super) fn expected(&mut self, at: &Place, expected: Expected) {
        let line = self.text.bytes().take(at.span.start).filter(|b| *b == b'\n').count() + 1;
        let meant = nearest(self.written(&at.span), expected.words());
        self.wrong.push(PolicyError {
            file: self.file.to_owned(),
            line,
            key: at.key.clone(),
            expected,
            meant,
        });
    }

    /// Notes that nothing stands in the text, or only comments.
    pub(super) fn nothing(&mut self) {
        self.expected(&Place { key: String::new(), span: 0..0 }, Expected::Policy);
    }

    /// Notes that the text is no TOML.
    pub(super) fn no_toml(&mut self, error: &toml::de::Error) {
        let span = error.span().unwrap_or(0..0);
        if error.message() == DUPLICATE {
            let key = self.written(&span).to_owned();
            return self.expected(&Place { key, span }, Expected::Once);
        }
        self.expected(&Place { key: String::new(), span }, Expected::Toml(error.message().to_owned()));
    }

    /// What stands there, without the quotes.
    fn written(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default().trim_matches(['"', '\''])
    }

    /// The value, if nothing was wrong with it or anything else.
    pub(super) fn finish<T>(mut self, value: Option<T>) -> Result<T, Vec<PolicyError>> {
        self.wrong.sort_by_key(|it| it.line);
        match value {
            Some(value) if self.wrong.is_empty() => Ok(value),
            _ => Err(self.wrong),
        }
    }

    /// A table under `key`.
    pub(super) fn section<'a>(&mut self, of: &mut Section<'a>, key: &'static str) -> Option<Section<'a>> {
        let found = self.present(of, key)?;
        self.as_section(found)
    }

    /// The tables of `[[key]]`.
    pub(super) fn sections<'a>(&mut self, of: &mut Section<'a>, key: &'static str) -> Vec<Section<'a>> {
        let Some(found) = self.present(of, key) else { return Vec::new() };
        let list = found.value.as_array().filter(|it| !it.is_empty());
        let Some(list) = list else {
            self.expected(&found.place, Expected::Sections);
            return Vec::new();
        };
        let numbered = list.iter().zip(1..).map(|(value, n)| Found {
            place: Place { key: format!("{}.{n}", found.place.key), span: value.span() },
            value: value.get_ref(),
        });
        numbered.filter_map(|it| self.as_section(it)).collect()
    }

    pub(super) fn text(&mut self, of: &mut Section<'_>, key: &'static str) -> Option<Found<String>> {
        self.read(of, key, |text| {
            Some(text.to_owned()).filter(|it| !it.trim().is_empty()).ok_or(Expected::Text)
        })
    }

    pub(super) fn name(&mut self, of: &mut Section<'_>, key: &'static str) -> Option<Found<String>> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        self.read(of, key, |text| {
            let good = !text.is_empty() && text.bytes().all(fits);
            good.then(|| text.to_owned()).ok_or(Expected::Name)
        })
    }

    /// One of these words.
    pub(super) fn word<T>(
        &mut self,
        of: &mut Section<'_>,
        key: &'static str,
        allowed: &[T],
    ) -> Option<Found<T>>
    where
        T: FromStr + Copy + PartialEq + Into<&'static str>,
    {
        self.read(of, key, |text| {
            let word = text.parse().ok().filter(|it| allowed.contains(it));
            word.ok_or_else(|| Expected::OneOf(allowed.iter().map(|it| (*it).into()).collect()))
        })
    }

    /// At most so many of these words, each once, in the order in which they are allowed.
    pub(super) fn choice<T>(
        &mut self,
        of: &mut Section<'_>,
        key: &'static str,
        allowed: &[T],
        most: usize,
    ) -> Option<Vec<T>>
    where
        T: FromStr + Copy + PartialEq + Into<&'static str>,
    {
        let found = self.present(of, key)?;
        let expected = || Expected::Choice { most, words: allowed.iter().map(|it| (*it).into()).collect() };
        let Some(list) = found.value.as_array() else {
            self.expected(&found.place, expected());
            return None;
        };
        let (mut chosen, mut is_right) = (Vec::new(), true);
        for value in list.iter() {
            let word = value.get_ref().as_str().and_then(|it| it.parse().ok());
            match word.filter(|it| allowed.contains(it) && !chosen.contains(it) && chosen.len() < most) {
                Some(word) => chosen.push(word),
                None => {
                    let place = Place { key: found.place.key.clone(), span: value.span() };
                    self.expected(&place, expected());
                    is_right = false;
                }
            }
        }
        let order = |it: &T| allowed.iter().position(|other| other == it);
        chosen.sort_by_key(order);
        is_right.then_some(chosen)
    }

    pub(super) fn time(&mut self, of: &mut Section<'_>, key: &'static str) -> Option<NaiveTime> {
        let read = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| Expected::Time);
        Some(self.read(of, key, read)?.value)
    }

    pub(super) fn cron(&mut self, of: &mut Section<'_>, key: &'static str) -> Option<Cron> {
        let read = |text: &str| {
            Cron::parse(text).map_err(|it| match it {
                CronError::Unreadable => Expected::Cron,
                CronError::NotOnceADay => Expected::CronOnceADay,
                CronError::NumericWeekday => Expected::CronWeekdayNames,
            })
        };
        Some(self.read(of, key, read)?.value)
    }

    /// A whole number from `min` to `max`.
    pub(super) fn number(
        &mut self,
        of: &mut Section<'_>,
        key: &'static str,
        min: i64,
        max: i64,
    ) -> Option<Found<i64>> {
        let found = self.present(of, key)?;
        let digits = found.value.as_integer();
        let number = digits.and_then(|it| i64::from_str_radix(it.as_str(), it.radix()).ok());
        match number.filter(|it| (min..=max).contains(it)) {
            Some(value) => Some(Found { value, place: found.place }),
            None => {
                self.expected(&found.place, Expected::Number { min, max });
                None
            }
        }
    }

    /// Notes every key that nobody asked for.
    pub(super) fn close(&mut self, section: Section<'_>) {
        for (key, span, _) in &section.left {
            let place = Place { key: section.path_of(key), span: span.clone() };
            self.expected(&place, Expected::Key(section.asked.clone()));
        }
    }

    fn read<T>(
        &mut self,
        of: &mut Section<'_>,
        key: &'static str,
        read: impl FnOnce(&str) -> Result<T, Expected>,
    ) -> Option<Found<T>> {
        let found = self.present(of, key)?;
        // A number where a word belongs is told what it would have been told for a wrong word.
        match read(found.value.as_str().unwrap_or_default()) {
            Ok(value) => Some(Found { value, place: found.place }),
            Err(expected) => {
                self.expected(&found.place, expected);
                None
            }
        }
    }

    fn present<'a>(&mut self, of: &mut Section<'a>, key: &'static str) -> Option<Found<&'a DeValue<'a>>> {
        let found = of.take(key);
        if found.is_none() {
            self.expected(&of.missing(key), Expected::Present);
        }
        found
    }

    fn as_section<'a>(&mut self, found: Found<&'a DeValue<'a>>) -> Option<Section<'a>> {
        let Some(table) = found.value.as_table() else {
            self.expected(&found.place, Expected::Section);
            return None;
        };
        Some(Section::new(found.place.key, found.place.span, table))
    }
}

impl<'a> Section<'a> {
    /// The file as a whole.
    pub(super) fn root(table: &'a DeTable<'a>) -> Self {
        Section::new(String::new(), 0..0, table)
    }

    /// The section itself.
    pub(super) fn place(&self) -> Place {
        Place { key: self.path.clone(), span: self.span.clone() }
    }

    /// Whether the key is there to be taken.
    pub(super) fn has(&mut self, key: &'static str) -> bool {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.left.iter().any(|(it, ..)| *it == key)
    }

    fn new(path: String, span: Range<usize>, table: &'a DeTable<'a>) -> Self {
        let left = table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
        Section { path, span, left, asked: Vec::new() }
    }

    fn take(&mut self, key: &'static str) -> Option<Found<&'a DeValue<'a>>> {
        self.has(key);
        let index = self.left.iter().position(|(it, ..)| *it == key)?;
        let (_, _, value) = self.left.swap_remove(index);
        Some(Found { place: Place { key: self.path_of(key), span: value.span() }, value: value.get_ref() })
    }

    fn missing(&self, key: &str) -> Place {
        Place { key: self.path_of(key), span: self.span.clone() }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}
