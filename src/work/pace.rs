//! How fast we may speak. Telegram's true limits are unpublished: what it says is obeyed to the second, what is only
//! known by hearsay spreads notices and never holds back an answer.

use crate::{
    school::{AccountId, At},
    store::Class,
};
use chrono::Duration;
use std::collections::HashMap;

/// About 30 messages a second overall; the small burst forgives a timer that wakes late.
const OVERALL: Rate = Rate { interval: 33_333, burst: 5 };
/// One a second in a private chat, three at once.
const PRIVATE: Rate = Rate { interval: 1_000_000, burst: 3 };
/// Twenty a minute in a group.
const GROUP: Rate = Rate { interval: 3_000_000, burst: 1 };

/// So many different chats refused within a second, and nothing gone through between them: it is us, not them. With
/// 30 sends a second of which three in ten are refused, chance alone does this once in two hours.
const MANY: usize = 10;
/// From here on, chats that wait for nothing are forgotten.
const CHATS: usize = 4096;

/// The pace of one bot. Pure: it is told the time.
pub struct Pace {
    spread: bool,
    overall: Bucket,
    chats: Shelf<Bucket>,
    waits: Shelf<At>,
    all_wait: At,
    /// Chats that were told to wait, and how long, since something went through.
    refused: Vec<(AccountId, u32)>,
    refused_since: At,
}

/// How often, in microseconds, and how many at once.
#[derive(Clone, Copy)]
struct Rate {
    interval: i64,
    burst: i64,
}

/// When the next message would be due if they came evenly (the "generic cell rate algorithm"): one number tells how
/// much was said lately.
#[derive(Clone, Copy, Default)]
struct Bucket(i64);

impl Pace {
    /// Spreads notices, and obeys Telegram.
    pub fn spread() -> Pace {
        Pace {
            spread: true,
            overall: Bucket::default(),
            chats: Shelf::default(),
            waits: Shelf::default(),
            all_wait: At(0),
            refused: Vec::new(),
            refused_since: At(0),
        }
    }

    /// Only obeys Telegram: for a race against an emulator.
    pub fn off() -> Pace {
        Pace { spread: false, ..Pace::spread() }
    }

    /// Whether a message may go to this chat now, which counts it as gone; else from when on it may be asked again.
    pub fn may(&mut self, chat: &AccountId, class: Class, now: At) -> Result<(), At> {
        if let Some(until) = self.waits.get(chat).filter(|until| **until > now) {
            return Err(*until);
        }
        // That all have to wait is our conclusion and not Telegram's word: an alert may put it to the test.
        if class != Class::Alert && self.all_wait > now {
            return Err(self.all_wait);
        }
        if self.spread {
            let rate = if chat.as_str().starts_with("tg:-") { GROUP } else { PRIVATE };
            let mut bucket = self.chats.get(chat).copied().unwrap_or_default();
            if class == Class::Notice {
                bucket.may(rate, now)?;
                self.overall.may(OVERALL, now)?;
            }
            bucket.take(rate, now);
            self.overall.take(OVERALL, now);
            self.chats.put(chat, bucket, |bucket| bucket.is_empty(now));
        }
        Ok(())
    }

    /// Telegram has asked for a pause in this chat.
    pub fn told_to_wait(&mut self, chat: &AccountId, seconds: u32, now: At) {
        let until = after(now, seconds);
        let longer = self.waits.get(chat).copied().unwrap_or(until).max(until);
        self.waits.put(chat, longer, |until| *until <= now);

        if now.since(self.refused_since) > Duration::seconds(1) {
            self.refused.clear();
        }
        if self.refused.is_empty() {
            self.refused_since = now;
        }
        if self.refused.iter().all(|(known, _)| known != chat) {
            self.refused.push((chat.clone(), seconds));
        }
        if self.refused.len() >= MANY {
            let least = self.refused.drain(..).map(|(_, seconds)| seconds).min().unwrap_or_default();
            self.all_wait = self.all_wait.max(after(now, least));
        }
    }

    /// The clock was set: what is known of moments is known by the new one.
    pub fn shift(&mut self, by: Duration) {
        self.overall.shift(by);
        self.chats.of.values_mut().for_each(|bucket| bucket.shift(by));
        self.waits.of.values_mut().for_each(|until| *until = until.plus(by));
        self.all_wait = self.all_wait.plus(by);
        self.refused_since = self.refused_since.plus(by);
    }

    /// Something went through: whoever was told to wait was meant alone.
    pub fn arrived(&mut self) {
        self.refused.clear();
    }
}

impl Bucket {
    fn may(self, rate: Rate, now: At) -> Result<(), At> {
        let due = self.0 - (rate.burst - 1) * rate.interval;
        // Rounded up: whoever comes back at that millisecond is let through.
        if due <= micros(now) { Ok(()) } else { Err(At(due / 1000 + i64::from(due % 1000 > 0))) }
    }

    /// Counts one message. Answers run into no debt deeper than a burst, or they would silence notices for long.
    fn take(&mut self, rate: Rate, now: At) {
        let deepest = micros(now) + rate.burst * rate.interval;
        self.0 = (self.0.max(micros(now)) + rate.interval).min(deepest);
    }

    fn shift(&mut self, by: Duration) {
        self.0 += by.num_microseconds().unwrap_or_default();
    }

    fn is_empty(self, now: At) -> bool {
        self.0 <= micros(now)
    }
}

/// What is known of chats, in bounded memory.
struct Shelf<T> {
    of: HashMap<AccountId, T>,
    tidy_at: usize,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Shelf { of: HashMap::new(), tidy_at: CHATS }
    }
}

impl<T> Shelf<T> {
    fn get(&self, chat: &AccountId) -> Option<&T> {
        // Mostly nobody waits: then nothing is hashed.
        if self.of.is_empty() { None } else { self.of.get(chat) }
    }

    /// Keeps a value. Once in a while those that are `over` leave; the mark doubles, so that tidying stays cheap however
    /// many stay.
    fn put(&mut self, chat: &AccountId, value: T, over: impl Fn(&T) -> bool) {
        match self.of.get_mut(chat) {
            Some(old) => *old = value,
            None => drop(self.of.insert(chat.clone(), value)),
        }
        if self.of.len() >= self.tidy_at {
            self.of.retain(|_, value| !over(value));
            self.tidy_at = (self.of.len() * 2).max(CHATS);
        }
    }
}

fn micros(at: At) -> i64 {
    at.0.saturating_mul(1000)
}

fn after(now: At, seconds: u32) -> At {
    now.plus(Duration::seconds(seconds.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: At = At(1_790_000_000_000);

    fn person(number: i64) -> AccountId {
        crate::telegram::account(number)
    }

    fn at(millis: i64) -> At {
        At(START.0 + millis)
    }

    /// How many notices leave before `end` if everybody always has one more to get.
    fn notices(pace: &mut Pace, people: std::ops::Range<i64>, end: At) -> usize {
        let mut gone = 0;
        let mut now = START;
        while now < end {
            for number in people.clone() {
                while pace.may(&person(number), Class::Notice, now).is_ok() {
                    gone += 1;
                }
            }
            // As coarse as a timer may be.
            now = At(now.0 + 10);
        }
        gone
    }

    #[test]
    fn thirty_notices_a_second_leave_for_many_chats() {
        let mut pace = Pace::spread();
        let gone = notices(&mut pace, 1..101, at(60_000));
        assert!((1800..=1806).contains(&gone), "{gone}");
    }

    #[test]
    fn one_chat_gets_three_at_once_and_then_one_a_second() {
        let mut pace = Pace::spread();
        assert_eq!(notices(&mut pace, 1..2, at(1)), 3);
        assert_eq!(pace.may(&person(1), Class::Notice, at(1)), Err(at(1000)));
        assert_eq!(pace.may(&person(1), Class::Notice, at(1000)), Ok(()));
        assert_eq!(pace.may(&person(1), Class::Notice, at(1000)), Err(at(2000)));
    }

    #[test]
    fn a_group_gets_twenty_a_minute() {
        let mut pace = Pace::spread();
        assert_eq!(notices(&mut pace, -5..-4, at(60_000)), 20);
    }

    #[test]
    fn answers_go_at_once_and_notices_make_room_for_them() {
        let mut pace = Pace::spread();
        for _ in 0..1000 {
            assert_eq!(pace.may(&person(1), Class::Reply, START), Ok(()));
            assert_eq!(pace.may(&person(1), Class::Alert, START), Ok(()));
        }
        // Once they are through, no debt is left that would silence notices.
        assert_eq!(pace.may(&person(2), Class::Notice, START), Err(at(34)));
        assert_eq!(pace.may(&person(2), Class::Notice, at(34)), Ok(()));
        assert_eq!(pace.may(&person(1), Class::Notice, at(34)), Err(at(1000)));
    }

    #[test]
    fn after_a_429_only_that_chat_waits_whatever_the_class() {
        for mut pace in [Pace::spread(), Pace::off()] {
            pace.told_to_wait(&person(1), 7, START);
            pace.told_to_wait(&person(1), 2, START);
            for class in [Class::Alert, Class::Reply, Class::Notice] {
                assert_eq!(pace.may(&person(1), class, at(6999)), Err(at(7000)));
                assert_eq!(pace.may(&person(2), class, at(6999)), Ok(()));
            }
            assert_eq!(pace.may(&person(1), Class::Reply, at(7000)), Ok(()));
        }
    }

    #[test]
    fn all_wait_when_many_are_refused_and_nothing_goes_through() {
        let mut pace = Pace::spread();
        (1..=10).for_each(|chat| pace.told_to_wait(&person(chat), 20 + chat as u32, at(chat)));
        assert_eq!(pace.may(&person(99), Class::Notice, at(10)), Err(at(21_010)));
        assert_eq!(pace.may(&person(99), Class::Reply, at(10)), Err(at(21_010)));
        assert_eq!(pace.may(&person(99), Class::Alert, at(10)), Ok(()));
        assert_eq!(pace.may(&person(99), Class::Reply, at(21_010)), Ok(()));
    }

    #[test]
    fn others_do_not_wait_when_refusals_are_few_slow_or_not_the_whole_story() {
        let reply = |pace: &mut Pace| pace.may(&person(999), Class::Reply, at(20_000));
        let mut one_chat = Pace::spread();
        (0..100).for_each(|_| one_chat.told_to_wait(&person(1), 60, at(20_000)));
        assert_eq!(reply(&mut one_chat), Ok(()));

        let mut slow = Pace::spread();
        (1..=20).for_each(|chat| slow.told_to_wait(&person(chat), 60, at(chat * 200)));
        assert_eq!(reply(&mut slow), Ok(()));

        let mut mixed = Pace::spread();
        for chat in 1..=100 {
            mixed.told_to_wait(&person(chat), 60, at(20_000));
            if chat % 3 == 0 {
                mixed.arrived();
            }
        }
        assert_eq!(reply(&mut mixed), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_for_longer() {
        let mut pace = Pace::spread();
        pace.told_to_wait(&person(1), 7, START);
        assert_eq!(notices(&mut pace, 2..3, at(1)), 3);
        let day = Duration::days(1);
        pace.shift(-day);
        let yesterday = |millis| at(millis).minus(day);
        assert_eq!(pace.may(&person(1), Class::Reply, yesterday(6999)), Err(yesterday(7000)));
        assert_eq!(pace.may(&person(1), Class::Reply, yesterday(7000)), Ok(()));
        assert_eq!(pace.may(&person(2), Class::Notice, yesterday(1)), Err(yesterday(1000)));
    }

    #[test]
    fn without_a_pace_nothing_is_held_back() {
        let mut pace = Pace::off();
        assert!((0..1000).all(|_| pace.may(&person(1), Class::Notice, START).is_ok()));
    }

    #[test]
    fn memory_is_bounded_by_those_who_wait() {
        let mut pace = Pace::spread();
        for number in 0..100_000 {
            let now = at(number);
            assert_eq!(pace.may(&person(number), Class::Reply, now), Ok(()));
            pace.told_to_wait(&person(number), 1, now);
            pace.arrived();
        }
        assert!(pace.chats.of.len() <= CHATS && pace.waits.of.len() <= CHATS);
    }
}
