//! Who was told to wait, and who did not.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// The waits that a flood has imposed, chat by chat.
#[derive(Debug, Default)]
pub(super) struct Waits {
    until: HashMap<i64, Instant>,
    imposed: u64,
    broken: u64,
}

impl Waits {
    /// This chat has to wait.
    pub fn begin(&mut self, chat: Option<i64>, seconds: u32, now: Instant) {
        let Some(chat) = chat else { return };
        self.imposed += 1;
        self.until.insert(chat, now + Duration::from_secs(seconds.into()));
    }

    /// The seconds that a call to this chat comes too early, if it does; that is counted.
    pub fn break_in(&mut self, chat: Option<i64>, now: Instant) -> Option<u32> {
        let chat = chat?;
        let left = self.until.get(&chat)?.saturating_duration_since(now);
        if left.is_zero() {
            self.until.remove(&chat);
            return None;
        }
        self.broken += 1;
        Some(u32::try_from(left.as_millis().div_ceil(1000)).unwrap_or(u32::MAX))
    }

    /// How many calls came inside a wait, and how many waits there were.
    pub fn counts(&self) -> (u64, u64) {
        (self.broken, self.imposed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_ends_by_itself() {
        let (mut waits, now) = (Waits::default(), Instant::now());
        waits.begin(Some(7), 2, now);
        assert_eq!(waits.break_in(Some(7), now + Duration::from_millis(500)), Some(2));
        assert_eq!(waits.break_in(Some(7), now + Duration::from_millis(1500)), Some(1));
        assert_eq!(waits.break_in(Some(7), now + Duration::from_secs(2)), None);
        assert_eq!((waits.break_in(Some(8), now), waits.break_in(None, now)), (None, None));
        assert_eq!(waits.counts(), (2, 1));
    }
}
