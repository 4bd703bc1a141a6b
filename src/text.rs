//! Every human word: a [`Phrase`] is a key with arguments, [`Texts`] says it in a person's language.
//!
//! The words live in `locales/<language>/*.ftl` (Fluent) and nowhere else. Chat messages are HTML, so whatever a person
//! typed is escaped on its way in; buttons and command descriptions are plain.

use crate::school::Day;
use chrono::{Datelike, NaiveTime};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use std::{borrow::Cow, collections::BTreeMap, fmt::Write};
use unic_langid::LanguageIdentifier;

/// The language of a school that chose none, and the one that must be complete.
pub const DEFAULT_LANGUAGE: &str = "zh-CN";

/// Something to say: a key of the locales and what fills it.
#[derive(Clone, PartialEq, Debug)]
pub struct Phrase {
    key: Cow<'static, str>,
    args: Vec<(&'static str, Arg)>,
}

#[derive(Clone, PartialEq, Debug)]
enum Arg {
    Text(String),
    Number(i64),
    Day(Day),
    Time(NaiveTime),
    Phrase(Box<Phrase>),
    List(Vec<Phrase>, &'static str),
}

/// All locales, parsed once.
pub struct Texts {
    bundles: BTreeMap<String, FluentBundle<FluentResource>>,
    languages: Vec<LanguageIdentifier>,
}

/// Whether what people typed is escaped.
#[derive(Clone, Copy, PartialEq)]
enum Markup {
    Html,
    Plain,
}

macro_rules! locales {
    ($($language:literal: $($file:literal),+;)+) => {
        const FILES: &[(&str, &str, &str)] = &[$($(
            ($language, $file, include_str!(concat!("../locales/", $language, "/", $file))),
        )+)+];
    };
}
locales! {
    "zh-CN": "words.ftl", "chat.ftl", "consent.ftl", "forms.ftl", "nudges.ftl", "cli.ftl", "demo.ftl", "print.ftl", "people.ftl";
    "en": "words.ftl", "chat.ftl", "consent.ftl", "forms.ftl", "nudges.ftl", "cli.ftl", "demo.ftl", "print.ftl", "people.ftl";
}

impl Phrase {
    /// A phrase by its key.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Phrase {
        Phrase { key: key.into(), args: Vec::new() }
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The names of what fills it.
    pub fn arg_names(&self) -> impl Iterator<Item = &'static str> {
        self.args.iter().map(|(name, _)| *name)
    }

    /// Fills `$name` with words that a person wrote: escaped where the message is HTML.
    pub fn text(self, name: &'static str, value: impl Into<String>) -> Phrase {
        self.arg(name, Arg::Text(value.into()))
    }

    /// Fills `$name` with a number, which plural rules may look at.
    pub fn number(self, name: &'static str, value: impl TryInto<i64>) -> Phrase {
        self.arg(name, Arg::Number(value.try_into().unwrap_or(i64::MAX)))
    }

    /// Fills `$name` with a school-local day, as people say it.
    pub fn day(self, name: &'static str, value: Day) -> Phrase {
        self.arg(name, Arg::Day(value))
    }

    /// Fills `$name` with a time of day, `HH:MM`.
    pub fn time(self, name: &'static str, value: NaiveTime) -> Phrase {
        self.arg(name, Arg::Time(value))
    }

    /// Fills `$name` with another phrase.
    pub fn phrase(self, name: &'static str, value: Phrase) -> Phrase {
        self.arg(name, Arg::Phrase(Box::new(value)))
    }

    /// Fills `$name` with several phrases; `joint` is the key of what stands between two of them, or a line break.
    pub fn list(self, name: &'static str, values: Vec<Phrase>, joint: &'static str) -> Phrase {
        self.arg(name, Arg::List(values, joint))
    }

    fn arg(mut self, name: &'static str, value: Arg) -> Phrase {
        self.args.push((name, value));
        self
    }
}

impl Texts {
    /// Reads the embedded locales. A fault names the file: it is a mistake of ours, found by the first test.
    pub fn load() -> anyhow::Result<Texts> {
        let mut bundles: BTreeMap<String, FluentBundle<FluentResource>> = BTreeMap::new();
        for (language, file, source) in FILES {
            let resource = FluentResource::try_new((*source).to_owned())
                .map_err(|(_, errors)| anyhow::anyhow!("locales/{language}/{file}: {}", errors[0]))?;
            let id: LanguageIdentifier = language.parse()?;
            let bundle = bundles.entry((*language).to_owned()).or_insert_with(|| {
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                // Without this, invisible direction marks reach the chat around every name.
                bundle.set_use_isolating(false);
                bundle
            });
            bundle
                .add_resource(resource)
                .map_err(|errors| anyhow::anyhow!("locales/{language}/{file}: {}", errors[0]))?;
        }
        let languages = bundles.keys().map(|it| it.parse()).collect::<Result<_, _>>()?;
        Ok(Texts { bundles, languages })
    }

    /// The languages there are, the default first.
    pub fn languages(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.bundles.keys().map(String::as_str).collect();
        all.sort_by_key(|it| *it != DEFAULT_LANGUAGE);
        all
    }

    /// The best language we have for what a person asked for (`zh-hans`, `en-GB`, ...).
    pub fn best(&self, wanted: &str) -> &str {
        let wanted: Vec<LanguageIdentifier> = wanted.parse().into_iter().collect();
        let default = DEFAULT_LANGUAGE.parse().ok();
        let best =
            negotiate_languages(&wanted, &self.languages, default.as_ref(), NegotiationStrategy::Lookup);
        let best = best.first().map(ToString::to_string);
        best.and_then(|best| self.bundles.get_key_value(&best)).map_or(DEFAULT_LANGUAGE, |(key, _)| key)
    }

    /// Says a phrase as the HTML of a message.
    pub fn html(&self, language: &str, phrase: &Phrase) -> String {
        self.say(language, phrase, Markup::Html)
    }

    /// Says a phrase as plain text: buttons, commands, the terminal.
    pub fn plain(&self, language: &str, phrase: &Phrase) -> String {
        self.say(language, phrase, Markup::Plain)
    }

    /// Whether a key has words in a language.
    pub fn has(&self, language: &str, key: &str) -> bool {
        self.bundles.get(language).is_some_and(|bundle| bundle.has_message(key))
    }

    fn say(&self, language: &str, phrase: &Phrase, markup: Markup) -> String {
        let mut args = FluentArgs::with_capacity(phrase.args.len());
        for (name, arg) in &phrase.args {
            args.set(*name, self.value(language, arg, markup));
        }
        let own = self.bundles.get(language);
        let bundles = own.into_iter().chain(self.bundles.get(DEFAULT_LANGUAGE));
        for bundle in bundles {
            let Some(pattern) = bundle.get_message(phrase.key()).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
            if let Some(error) = errors.first() {
                tracing::error!(key = phrase.key(), language, %error, "a text could not be filled");
            }
            return text.into_owned();
        }
        tracing::error!(key = phrase.key(), language, "a text is missing");
        phrase.key().to_owned()
    }

    fn value(&self, language: &str, arg: &Arg, markup: Markup) -> FluentValue<'static> {
        match arg {
            Arg::Text(text) if markup == Markup::Html => escape(text).into(),
            Arg::Text(text) => text.clone().into(),
            Arg::Number(number) => (*number).into(),
            Arg::Day(day) => self.say(language, &day_phrase(*day), markup).into(),
            Arg::Time(time) => time.format("%H:%M").to_string().into(),
            Arg::Phrase(phrase) => self.say(language, phrase, markup).into(),
            Arg::List(phrases, joint) => {
                let joint = match *joint {
                    "\n" => Cow::Borrowed("\n"),
                    key => Cow::Owned(self.say(language, &Phrase::new(key), markup)),
                };
                let mut text = String::new();
                for (n, phrase) in phrases.iter().enumerate() {
                    let before = if n == 0 { "" } else { &joint };
                    let _ = write!(text, "{before}{}", self.say(language, phrase, markup));
                }
                text.into()
            }
        }
    }
}

/// A day as people say it: month, day and weekday, in the order of the language.
fn day_phrase(day: Day) -> Phrase {
    let weekday = day.weekday().num_days_from_monday() + 1;
    Phrase::new("day")
        .phrase("weekday", Phrase::new(format!("weekday-{weekday}")))
        .phrase("month", Phrase::new(format!("month-{}", day.month())))
        .text("day", day.day().to_string())
}

/// Escapes what Telegram's HTML mode would read as markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The keys of a language, each with the variables in its words.
#[cfg(test)]
pub(crate) fn variables(language: &str) -> BTreeMap<String, Vec<String>> {
    let mut keys = BTreeMap::new();
    for (_, _, source) in FILES.iter().filter(|(it, ..)| *it == language) {
        let mut current = String::new();
        for line in source.lines() {
            if let Some((key, _)) = line.split_once(" =")
                && !line.starts_with([' ', '#', '*', '['])
            {
                current = key.to_owned();
                keys.insert(current.clone(), Vec::new());
            }
            for part in line.split("{ $").chain(line.split("{$")).skip(1) {
                let name: String =
                    part.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '-').collect();
                let names: &mut Vec<String> = keys.entry(current.clone()).or_default();
                if !name.is_empty() && !names.contains(&name) && line.contains(&format!("${name}")) {
                    names.push(name);
                    names.sort();
                }
            }
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_as_people_say_it() {
        let texts = Texts::load().unwrap();
        let day = Day::from_ymd_opt(2026, 9, 6).unwrap();
        assert_eq!(texts.plain("zh-CN", &day_phrase(day)), "9月6日 周日");
        assert_eq!(texts.plain("en", &day_phrase(day)), "Sun 6 Sep");
    }

    #[test]
    fn what_a_person_typed_cannot_become_markup() {
        let texts = Texts::load().unwrap();
        let phrase = Phrase::new("words-as-typed").text("words", "<b>&</b>");
        assert_eq!(texts.html("en", &phrase), "&lt;b&gt;&amp;&lt;/b&gt;");
        assert_eq!(texts.plain("en", &phrase), "<b>&</b>");
    }

    #[test]
    fn the_nearest_language_is_found() {
        let texts = Texts::load().unwrap();
        let found: Vec<_> = ["zh", "zh-hans", "en-GB", "fr", "???"].map(|wanted| texts.best(wanted)).into();
        assert_eq!(found, ["zh-CN", "zh-CN", "en", "zh-CN", "zh-CN"]);
    }

    #[test]
    fn every_language_says_everything_with_the_same_variables() {
        let (default, en) = (variables(DEFAULT_LANGUAGE), variables("en"));
        for (key, names) in &default {
            assert_eq!(en.get(key), Some(names), "locales/en, key {key}");
        }
        assert_eq!(default.len(), en.len(), "locales/en has keys that the default has not");
    }
}
