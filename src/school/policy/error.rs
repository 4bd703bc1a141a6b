//! What can be wrong with a policy.

/// One wrong thing in a policy file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}:{line}: {key}: {}", expected.code())]
pub struct PolicyError {
    /// The file, as the caller calls it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The key, with its path: `rule.2.every.days` is in the second rule. Empty for the file as a whole.
    pub key: String,
    /// What was expected there.
    pub expected: Expected,
}

/// What was expected where something else stands. A reader gets it as a sentence from [`Expected::code`] and
/// [`Expected::args`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expected {
    /// TOML; with what its parser says.
    Toml(String),
    /// One of these keys.
    Key(Vec<&'static str>),
    /// The key, which is missing.
    Present,
    /// A section.
    Section,
    /// A list of sections, `[[rule]]`, with at least one.
    Sections,
    /// A text that is not empty.
    Text,
    /// A name of `a-z`, `0-9` and `_`.
    Name,
    /// A name that no other rule has.
    OwnName,
    /// A whole number in this range.
    Number {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// One of these words.
    OneOf(Vec<&'static str>),
    /// A list of at most so many of these words, each once.
    Choice {
        /// How many at most.
        most: usize,
        /// The words.
        words: Vec<&'static str>,
    },
    /// A time of day, `HH:MM`.
    Time,
    /// A cron expression of six fields.
    Cron,
    /// A cron expression with one time of day.
    CronOnceADay,
    /// A cron expression with weekdays by name.
    CronWeekdayNames,
    /// Exactly one of `every`, `at_least`, `at` and `after`.
    OneCadence,
    /// For a check-in: `at_least` with `times = 1`, since each period is asked once.
    CheckinOncePerPeriod,
    /// After a wish only a talk: it is answered by nothing else.
    TalkAfterWish,
    /// After a pairing's begin or an exam only what is about a pairing.
    EventOfPairing,
    /// No form: records of this kind have none.
    NoForm,
    /// No second rule about check-ins.
    OneCheckinRule,
}

impl Expected {
    /// The end of a locale key.
    pub fn code(&self) -> &'static str {
        match self {
            Expected::Toml(_) => "toml",
            Expected::Key(_) => "key",
            Expected::Present => "present",
            Expected::Section => "section",
            Expected::Sections => "sections",
            Expected::Text => "text",
            Expected::Name => "name",
            Expected::OwnName => "own-name",
            Expected::Number { .. } => "number",
            Expected::OneOf(_) => "one-of",
            Expected::Choice { .. } => "choice",
            Expected::Time => "time",
            Expected::Cron => "cron",
            Expected::CronOnceADay => "cron-once-a-day",
            Expected::CronWeekdayNames => "cron-weekday-names",
            Expected::OneCadence => "one-cadence",
            Expected::CheckinOncePerPeriod => "checkin-once-per-period",
            Expected::TalkAfterWish => "talk-after-wish",
            Expected::EventOfPairing => "event-of-pairing",
            Expected::NoForm => "no-form",
            Expected::OneCheckinRule => "one-checkin-rule",
        }
    }

    /// The variables of that sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Expected::Toml(detail) => vec![("detail", detail.clone())],
            Expected::Key(words) | Expected::OneOf(words) => vec![("words", words.join(", "))],
            Expected::Choice { most, words } => vec![("most", most.to_string()), ("words", words.join(", "))],
            Expected::Number { min, max } => vec![("min", min.to_string()), ("max", max.to_string())],
            _ => Vec::new(),
        }
    }
}
