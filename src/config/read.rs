//! Finds each setting in the environment or the file, and notes what is wrong with it.

use super::{SETTINGS, Setting, Wrong};
use toml::de::{DeTable, DeValue};

/// What was found, and what was wrong so far.
pub(super) struct Reader<'a> {
    env: &'a dyn Fn(&str) -> Option<String>,
    /// Key, value and place of what the file says.
    file: Vec<(&'static str, String, String)>,
    wrong: Vec<Wrong>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(file: Option<(&str, &str)>, env: &'a dyn Fn(&str) -> Option<String>) -> Reader<'a> {
        let mut reader = Reader { env, file: Vec::new(), wrong: Vec::new() };
        if let Some((name, text)) = file {
            match DeTable::parse(text) {
                Ok(table) => reader.table(&File { name, text }, "", table.get_ref()),
                // Only the line: the parser's own words would show what stands in it.
                Err(error) => {
                    let start = error.span().map_or(0, |span| span.start);
                    reader.wrong(File { name, text }.place(start, ""), "TOML: key = \"value\"");
                }
            }
        }
        reader
    }

    /// A setting that always has a value; `None` was noted as wrong.
    pub(super) fn value<T>(&mut self, setting: &Setting, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (value, place) =
            self.find(setting).unwrap_or_else(|| (setting.default.to_owned(), String::new()));
        let value = read(&value);
        if value.is_none() {
            self.wrong(place, setting.expects);
        }
        value
    }

    /// A setting that may be left out.
    pub(super) fn optional<T>(&mut self, setting: &Setting, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.find(setting)?;
        self.value(setting, read)
    }

    /// A setting that must be there.
    pub(super) fn required<T>(&mut self, setting: &Setting, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        if self.find(setting).is_none() {
            self.wrong(super::missing(setting), setting.expects);
            return None;
        }
        self.value(setting, read)
    }

    /// The whole, if nothing was wrong.
    pub(super) fn finish<T>(mut self, whole: impl FnOnce() -> Option<T>) -> Result<T, Vec<Wrong>> {
        match whole() {
            Some(whole) if self.wrong.is_empty() => Ok(whole),
            _ => {
                self.wrong.dedup();
                Err(self.wrong)
            }
        }
    }

    fn find(&self, setting: &Setting) -> Option<(String, String)> {
        let env = (self.env)(setting.env).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
        let file = || self.file.iter().find(|(key, ..)| *key == setting.key);
        env.map(|value| (value, setting.env.to_owned()))
            .or_else(|| file().map(|(_, value, place)| (value.clone(), place.clone())))
    }

    fn table(&mut self, file: &File<'_>, path: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let place = file.place(key.span().start, &format!("{path}{}", key.get_ref()));
            let path = format!("{path}{}", key.get_ref());
            let known = SETTINGS.iter().find(|it| it.key == path);
            match (value.get_ref(), known) {
                (DeValue::Table(inner), None)
                    if SETTINGS.iter().any(|it| it.key.starts_with(&format!("{path}."))) =>
                {
                    self.table(file, &format!("{path}."), inner);
                }
                (DeValue::String(value), Some(known)) if value.trim().is_empty() => {
                    self.wrong(place, known.expects)
                }
                (DeValue::String(value), Some(known)) => {
                    self.file.push((known.key, value.trim().to_owned(), place));
                }
                (_, Some(known)) => self.wrong(place, &format!("{}, in quotes", known.expects)),
                (_, None) => {
                    let keys: Vec<_> = SETTINGS.iter().map(|it| it.key).collect();
                    self.wrong(place, &format!("one of the keys {}", keys.join(", ")));
                }
            }
        }
    }

    fn wrong(&mut self, place: String, expected: &str) {
        self.wrong.push(Wrong { place, expected: expected.to_owned() });
    }
}

/// The file, to name a place in it.
struct File<'a> {
    name: &'a str,
    text: &'a str,
}

impl File<'_> {
    fn place(&self, byte: usize, key: &str) -> String {
        let line = self.text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1;
        if key.is_empty() { format!("{}:{line}", self.name) } else { format!("{}:{line}: {key}", self.name) }
    }
}
