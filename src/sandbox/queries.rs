//! Presses that wait for their answer. Telegram forgets them after a while.

use std::collections::{HashMap, VecDeque};

/// How long a press can be answered, in seconds.
const ANSWERABLE: i64 = 15 * 60;
/// How many presses are remembered at most.
const MOST: usize = 65_536;

#[derive(Debug, Default)]
pub(super) struct Queries {
    open: HashMap<String, (i64, i64)>,
    order: VecDeque<String>,
    last: u64,
}

impl Queries {
    /// A new press by this person; gives the id that the bot must answer.
    pub fn open(&mut self, user: i64, now: i64) -> String {
        self.last += 1;
        // Ids on the wire are long numbers in text; the person's id stands in front as in the real ones.
        let id = format!("{}{:010}", user.unsigned_abs() << 2, self.last);
        self.open.insert(id.clone(), (user, now));
        self.order.push_back(id.clone());
        while self.order.len() > MOST {
            if let Some(old) = self.order.pop_front() {
                self.open.remove(&old);
            }
        }
        id
    }

    /// Who pressed, if that can still be answered.
    pub fn answerable(&self, id: &str, now: i64) -> Option<i64> {
        self.open.get(id).filter(|(_, at)| (0..=ANSWERABLE).contains(&(now - at))).map(|(user, _)| *user)
    }
}
