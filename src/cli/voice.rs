//! The language in which a command speaks to whoever called it.

use super::Stop;
use crate::text::{DEFAULT_LANGUAGE, Phrase, Texts};

/// All texts and the language of this command.
pub(super) struct Voice {
    texts: Texts,
    language: String,
}

impl Voice {
    /// The language that was asked for, else the terminal's, else the school's.
    pub(super) fn new(asked: Option<&str>, school: Option<&str>) -> Result<Voice, Stop> {
        let terminal = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()));
        let texts = Texts::load()?;
        let language = choose(&texts, asked, terminal.as_deref(), school);
        Ok(Voice { texts, language })
    }

    /// Says it.
    pub(super) fn say(&self, phrase: &Phrase) -> String {
        self.texts.plain(&self.language, phrase)
    }

    /// Refuses with it.
    pub(super) fn refuse(&self, phrase: &Phrase) -> Stop {
        Stop::Refused(self.say(phrase))
    }

    /// The languages there are.
    pub(super) fn languages(&self) -> Vec<&str> {
        self.texts.languages()
    }
}

fn choose(texts: &Texts, asked: Option<&str>, terminal: Option<&str>, school: Option<&str>) -> String {
    // `zh_CN.UTF-8` is a language; `C.UTF-8` and `POSIX` are none.
    let terminal = terminal.map(|it| it.split(['.', '@']).next().unwrap_or(it).replace('_', "-"));
    let terminal = terminal.filter(|it| !matches!(it.as_str(), "C" | "POSIX"));
    let wanted = asked.or(terminal.as_deref()).or(school).unwrap_or(DEFAULT_LANGUAGE);
    texts.best(wanted).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_fits_best() {
        let texts = Texts::load().unwrap();
        for (asked, terminal, school, expected) in [
            (Some("en"), Some("zh_CN.UTF-8"), Some("zh-CN"), "en"),
            (None, Some("en_GB.UTF-8"), Some("zh-CN"), "en"),
            (None, Some("zh_CN.UTF-8"), Some("en"), "zh-CN"),
            (None, Some("C.UTF-8"), Some("en"), "en"),
            (None, Some("POSIX"), None, "zh-CN"),
            (None, None, None, "zh-CN"),
        ] {
            assert_eq!(
                choose(&texts, asked, terminal, school),
                expected,
                "{asked:?} {terminal:?} {school:?}"
            );
        }
    }
}
