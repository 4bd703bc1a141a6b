//! Updates twice and out of order, as Telegram hands them out on a bad day.

use super::chance::Chance;

/// How often updates come twice or out of order. The order within a chat is kept, as Telegram keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Disorder {
    /// The probability that an update which was confirmed comes once more.
    pub again: f64,
    /// The probability that an update changes places with its neighbour of another chat.
    pub swapped: f64,
    /// The same seed, the same disorder for the same course of events.
    pub seed: u64,
}

/// A disorder that goes on, and what it has done.
#[derive(Debug)]
pub(super) struct Shuffle {
    disorder: Disorder,
    chance: Chance,
    again: u64,
    swapped: u64,
}

impl Default for Shuffle {
    fn default() -> Shuffle {
        Shuffle::new(Disorder { again: 0.0, swapped: 0.0, seed: 0 })
    }
}

impl Shuffle {
    pub fn new(disorder: Disorder) -> Shuffle {
        Shuffle { disorder, chance: Chance::new(disorder.seed), again: 0, swapped: 0 }
    }

    /// Whether an update that is just confirmed shall come once more.
    pub fn brings_again(&mut self) -> bool {
        let so = self.disorder.again > 0.0 && self.chance.happens(self.disorder.again);
        self.again += u64::from(so);
        so
    }

    /// Whether two neighbours of different chats change places.
    pub fn swaps(&mut self) -> bool {
        let so = self.disorder.swapped > 0.0 && self.chance.happens(self.disorder.swapped);
        self.swapped += u64::from(so);
        so
    }

    /// How many came again, and how many changed places.
    pub fn counts(&self) -> (u64, u64) {
        (self.again, self.swapped)
    }
}
