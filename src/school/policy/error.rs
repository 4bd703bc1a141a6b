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
    /// Where one of several words was expected: the one that is nearest to what stands there, if any is near.
    pub meant: Option<&'static str>,
}

/// What was expected where something else stands. A reader gets it as a sentence from [`Expected::code`] and
/// [`Expected::args`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A policy, where nothing stands at all.
    Policy,
    /// TOML; with what its parser says.
    Toml(String),
    /// The key only once in its section.
    Once,
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
            Expected::Policy => "policy",
            Expected::Toml(_) => "toml",
            Expected::Once => "once",
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

    /// The words that were expected, where they can be counted up.
    pub fn words(&self) -> &[&'static str] {
        match self {
            Expected::Key(words) | Expected::OneOf(words) | Expected::Choice { words, .. } => words,
            _ => &[],
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

/// Of these words the one that somebody may have meant who wrote another: at most a third of its letters differ. None
/// for one of the words themselves: whoever wrote that meant it.
pub fn nearest<'w>(written: &str, words: &[&'w str]) -> Option<&'w str> {
    if words.contains(&written) {
        return None;
    }
    let written = written.to_lowercase();
    let near = words.iter().map(|word| (strsim::damerau_levenshtein(&written, word), *word));
    let near = near.filter(|(apart, word)| apart * 3 <= word.chars().count());
    near.min_by_key(|(apart, _)| *apart).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_is_understood_and_nothing_else() {
        let words = ["talk", "contact", "home_visit", "middle", "mid_term", "ladder"];
        for (written, meant) in [
            ("tallk", Some("talk")),
            ("tlak", Some("talk")),
            ("contakt", Some("contact")),
            ("Home_Visits", Some("home_visit")),
            ("midle", Some("middle")),
            ("leader", Some("ladder")),
            ("Talk", Some("talk")),
            ("talk", None),
            ("sports", None),
            ("", None),
            ("谈心", None),
        ] {
            assert_eq!(nearest(written, &words), meant, "{written}");
        }
    }
}
