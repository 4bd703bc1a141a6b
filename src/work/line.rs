//! Who may be written to next: a queue per chat, one message of a chat at a time, alerts before replies before notices.

use crate::{
    school::{AccountId, At},
    store::{Class, OutRow},
};
use chrono::TimeDelta;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// All chats that have something to be sent. Every operation costs a logarithm of their number.
#[derive(Default)]
pub struct Line {
    chats: HashMap<AccountId, Chat>,
    /// Chats whose first message may go now, by its class and age.
    ready: BTreeMap<(Class, String), AccountId>,
    /// Chats that wait for a moment.
    later: BTreeSet<(At, AccountId)>,
}

#[derive(Default)]
struct Chat {
    queue: VecDeque<OutRow>,
    state: State,
    /// Its first message did not go: until it does, the chat does not count as one that is being served.
    stuck: bool,
}

#[derive(Default, PartialEq)]
enum State {
    #[default]
    Idle,
    Ready(Class, String),
    /// A message of it is under way.
    Busy,
    Later(At),
}

impl Line {
    /// Puts a message into its chat's queue by its age, an alert before what is no alert.
    pub fn push(&mut self, row: OutRow) {
        let account = row.account.clone();
        let queue = &mut self.chats.entry(account.clone()).or_default().queue;
        let key = |row: &OutRow| (row.class != Class::Alert, row.id.clone());
        let place = queue.iter().rposition(|it| key(it) < key(&row)).map_or(0, |before| before + 1);
        queue.insert(place, row);
        self.line_up(&account);
    }

    /// Takes the next message that may go; its chat is busy until [`Line::done`]. `may` holds a chat back until a moment.
    pub fn next(
        &mut self,
        now: At,
        mut may: impl FnMut(&AccountId, Class) -> Result<(), At>,
    ) -> Option<OutRow> {
        while let Some((at, account)) = self.later.first().filter(|(at, _)| *at <= now).cloned() {
            self.later.remove(&(at, account.clone()));
            self.set(&account, State::Idle);
            self.line_up(&account);
        }
        while let Some((key, account)) = self.ready.pop_first() {
            self.set(&account, State::Idle);
            if let Err(at) = may(&account, key.0) {
                self.wait(&account, at);
                continue;
            }
            let Some(chat) = self.chats.get_mut(&account) else { continue };
            if let Some(row) = chat.queue.pop_front() {
                chat.stuck = false;
                chat.state = State::Busy;
                return Some(row);
            }
        }
        None
    }

    /// A chat's message is no longer under way.
    pub fn done(&mut self, account: &AccountId) {
        self.set(account, State::Idle);
        self.line_up(account);
    }

    /// A message that was under way did not go: it waits until a moment, and all that waits in its chat behind it.
    pub fn put_back(&mut self, row: OutRow, until: At) {
        let account = row.account.clone();
        let chat = self.chats.entry(account.clone()).or_default();
        chat.stuck = true;
        // Still busy, so that it does not line up before it waits.
        chat.state = State::Busy;
        self.push(row);
        self.wait(&account, until);
    }

    /// Whether more waits in a chat.
    pub fn has_more(&self, account: &AccountId) -> bool {
        self.chats.get(account).is_some_and(|chat| !chat.queue.is_empty())
    }

    /// How many messages wait in all, and how many of them in chats where nothing is stuck.
    pub fn len(&self) -> (usize, usize) {
        let count = |stuck: bool| {
            self.chats.values().filter(|chat| chat.stuck == stuck).map(|chat| chat.queue.len()).sum::<usize>()
        };
        let moving = count(false);
        (moving + count(true), moving)
    }

    /// When the first waiting chat may be written to.
    pub fn next_at(&self) -> Option<At> {
        self.later.first().map(|(at, _)| *at)
    }

    /// The clock was set: whoever waits for a moment waits for it by the new one.
    pub fn shift(&mut self, by: TimeDelta) {
        for (at, account) in std::mem::take(&mut self.later) {
            self.wait(&account, at.plus(by));
        }
    }

    /// All messages that are not under way, to be given back, each with the moment for which its chat waits.
    pub fn take_all(&mut self) -> Vec<(OutRow, At)> {
        self.ready.clear();
        self.later.clear();
        let chats = std::mem::take(&mut self.chats).into_values();
        let until = |state: &State| if let State::Later(at) = state { *at } else { At(0) };
        chats.flat_map(|chat| chat.queue.into_iter().map(move |row| (row, until(&chat.state)))).collect()
    }

    fn wait(&mut self, account: &AccountId, until: At) {
        self.later.insert((until, account.clone()));
        self.set(account, State::Later(until));
    }

    fn line_up(&mut self, account: &AccountId) {
        let Some(chat) = self.chats.get(account) else { return };
        if matches!(chat.state, State::Busy | State::Later(_)) {
            return;
        }
        self.unline(account);
        match self.chats.get(account).and_then(|chat| chat.queue.front()) {
            Some(row) => {
                let (class, id) = (row.class, row.id.clone());
                self.ready.insert((class, id.clone()), account.clone());
                self.set(account, State::Ready(class, id));
            }
            None => drop(self.chats.remove(account)),
        }
    }

    fn unline(&mut self, account: &AccountId) {
        let Some(chat) = self.chats.get_mut(account) else { return };
        match std::mem::take(&mut chat.state) {
            State::Ready(class, id) => drop(self.ready.remove(&(class, id))),
            State::Later(at) => drop(self.later.remove(&(at, account.clone()))),
            State::Idle | State::Busy => {}
        }
    }

    fn set(&mut self, account: &AccountId, state: State) {
        if let Some(chat) = self.chats.get_mut(account) {
            chat.state = state;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(account: &str, id: &str, class: Class) -> OutRow {
        OutRow::bare(id.to_owned(), account.into(), class, At(0))
    }

    fn next(line: &mut Line, now: i64) -> Option<String> {
        line.next(At(now), |_, _| Ok(())).map(|row| row.id)
    }

    #[test]
    fn one_message_of_a_chat_at_a_time_and_replies_before_notices() {
        let mut line = Line::default();
        line.push(row("a", "1", Class::Notice));
        line.push(row("b", "2", Class::Reply));
        line.push(row("b", "3", Class::Reply));
        assert_eq!(next(&mut line, 0).as_deref(), Some("2"));
        assert_eq!(next(&mut line, 0).as_deref(), Some("1"), "b is busy");
        assert_eq!(next(&mut line, 0), None);
        line.done(&"b".into());
        assert_eq!(next(&mut line, 0).as_deref(), Some("3"));
    }

    #[test]
    fn an_alert_goes_before_everything_in_its_own_chat_and_in_all_others() {
        let mut line = Line::default();
        line.push(row("a", "1", Class::Reply));
        line.push(row("b", "2", Class::Notice));
        line.push(row("b", "3", Class::Alert));
        assert_eq!(next(&mut line, 0).as_deref(), Some("3"));
    }

    #[test]
    fn a_chat_that_is_held_back_goes_on_at_its_moment_and_holds_nobody_else_back() {
        let mut line = Line::default();
        line.push(row("a", "1", Class::Notice));
        line.push(row("b", "2", Class::Notice));
        let slow = |account: &AccountId, _| if account.as_str() == "a" { Err(At(50)) } else { Ok(()) };
        assert_eq!(line.next(At(0), slow).map(|row| row.id).as_deref(), Some("2"));
        assert_eq!(line.next_at(), Some(At(50)));
        assert_eq!(next(&mut line, 49), None);
        assert_eq!(next(&mut line, 50).as_deref(), Some("1"));
    }

    #[test]
    fn behind_a_message_that_did_not_go_its_chat_waits_and_nothing_overtakes() {
        let mut line = Line::default();
        line.push(row("a", "1", Class::Reply));
        line.push(row("a", "2", Class::Notice));
        let first = line.next(At(0), |_, _| Ok(())).unwrap();
        line.put_back(first, At(50));
        line.push(row("a", "3", Class::Reply));
        line.push(row("b", "4", Class::Notice));
        assert_eq!(line.len(), (4, 1));
        assert_eq!(next(&mut line, 49).as_deref(), Some("4"), "nobody else is held back");
        assert_eq!(next(&mut line, 49), None);
        for id in ["1", "2", "3"] {
            assert_eq!(next(&mut line, 50).as_deref(), Some(id));
            line.done(&"a".into());
        }
        assert_eq!(line.len(), (0, 0));
    }
}
