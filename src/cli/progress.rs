//! How far a long work is: one line on stderr that is written over, for a person who looks on.

use super::{out, voice::Voice};
use crate::text::Phrase;
use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

const PAUSE: Duration = Duration::from_millis(100);

/// Counts on. Says nothing where nobody looks on; its line is gone with it.
pub(super) struct Progress<'a> {
    voice: &'a Voice,
    /// The text, with `$percent` and `$rows`.
    key: &'static str,
    total: u64,
    done: u64,
    /// When it was said last; `None` where stderr is no terminal.
    said: Option<Instant>,
}

impl<'a> Progress<'a> {
    /// Nothing of `total` is done.
    pub(super) fn new(voice: &'a Voice, key: &'static str, total: u64) -> Progress<'a> {
        let said = io::stderr().is_terminal().then(Instant::now);
        Progress { voice, key, total, done: 0, said }
    }

    /// So many more are done.
    pub(super) fn step(&mut self, more: u64) {
        self.done += more;
        let Some(said) = &mut self.said else { return };
        if said.elapsed() < PAUSE {
            return;
        }
        *said = Instant::now();
        // What is written meanwhile may be more than was counted before.
        let percent = (self.done * 100 / self.total.max(1)).min(100);
        let phrase = Phrase::new(self.key).number("percent", percent).number("rows", self.done);
        out::same_line(&self.voice.say(&phrase));
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if self.said.is_some() {
            out::same_line("");
        }
    }
}
