//! The book of what truly reached people, and of what was refused: for tests that count.

use std::collections::VecDeque;
use std::time::Instant;

/// One call of the bot that had an effect on a person, or was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its place in the order of events.
    pub order: u64,
    /// The method as Telegram spells it, `sendMessage`.
    pub method: &'static str,
    /// The chat it went to; 0 when the call named none.
    pub chat: i64,
    /// The message it made or changed.
    pub message_id: Option<i64>,
    /// The words, without markup.
    pub text: String,
    /// When, in Unix seconds of the sandbox.
    pub at: i64,
    /// When, on the clock that measures durations.
    pub when: Instant,
    /// Telegram's refusal; `None` is a delivery.
    pub refused: Option<String>,
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: VecDeque<Entry>,
    limit: Option<usize>,
    delivered: u64,
    refused: u64,
}

impl Ledger {
    pub fn note(&mut self, mut entry: Entry) {
        match entry.refused {
            None => self.delivered += 1,
            Some(_) => self.refused += 1,
        }
        entry.order = self.delivered + self.refused;
        self.entries.push_back(entry);
        self.shrink();
    }

    pub fn entries(&self) -> Vec<Entry> {
        self.entries.iter().cloned().collect()
    }

    /// How many were delivered and how many refused, whatever is still kept.
    pub fn counts(&self) -> (u64, u64) {
        (self.delivered, self.refused)
    }

    pub fn limit(&mut self, limit: Option<usize>) {
        self.limit = limit;
        self.shrink();
    }

    fn shrink(&mut self) {
        let keep = self.limit.unwrap_or(usize::MAX);
        while self.entries.len() > keep {
            self.entries.pop_front();
        }
    }
}
