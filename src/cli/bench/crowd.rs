//! Many people at once, who press what is on their screens. One task holds all their thumbs: whoever got an answer acts again
//! at once, so that each always waits for exactly one.

use crate::sandbox::{Sandbox, Shown, User};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use std::{
    collections::{HashMap, VecDeque},
    time::{Duration, Instant},
};
use tokio::sync::mpsc::UnboundedReceiver;

/// Which bot they talk to: how it is recognised that a check-in is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Talk {
    /// daoyu's: the receipt bears the button with which it is changed; a line is added, and the next child is asked.
    Ours,
    /// One that asks for a line in between and says "saved" in the end.
    Plain,
}

/// People who check in all the time.
pub struct Crowd {
    sandbox: Sandbox,
    talk: Talk,
    /// Those who sit there, by chat.
    seats: HashMap<i64, Seat>,
    /// Those who come next.
    next: VecDeque<i64>,
    arrivals: UnboundedReceiver<i64>,
    random: SmallRng,
    /// What is said where no button stands.
    line: String,
}

/// One who sits there.
struct Seat {
    user: User,
    asked: Instant,
    waits: Waits,
    at: Stage,
}

/// What is waited for.
#[derive(Clone, Copy)]
enum Waits {
    /// A message after this one.
    Newer(i64),
    /// That, or another state of this one.
    Changed(i64, u64),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Began,
    Answering,
    Adding,
}

/// What a crowd has done.
#[derive(Default, Debug)]
pub struct Tally {
    /// Messages and presses that were answered.
    pub updates: u64,
    /// Check-ins that came to their end.
    pub checkins: u64,
    /// How long each answer took.
    pub times: Vec<Duration>,
}

/// What somebody does next.
enum Move {
    Press(i64, u64, String),
    Say(String),
    /// The check-in is over: somebody else takes the seat.
    Leave,
}

const BEGIN: &str = "/checkin";

impl Crowd {
    /// So many of these people sit down and begin.
    pub fn new(
        sandbox: Sandbox,
        talk: Talk,
        people: impl Iterator<Item = i64>,
        at_once: usize,
        line: String,
    ) -> Crowd {
        let arrivals = sandbox.arrivals();
        let random = SmallRng::seed_from_u64(7);
        let mut crowd =
            Crowd { sandbox, talk, seats: HashMap::new(), next: people.collect(), arrivals, random, line };
        for _ in 0..at_once {
            crowd.sit_down();
        }
        crowd
    }

    /// Goes on for so long, and is given back.
    pub async fn goes(mut self, time: Duration) -> (Crowd, Tally) {
        let mut tally = Tally::default();
        let end = tokio::time::Instant::now() + time;
        let mut chats = Vec::new();
        while let Ok(1..) = tokio::time::timeout_at(end, self.arrivals.recv_many(&mut chats, 256)).await {
            for chat in chats.drain(..) {
                self.acts(chat, &mut tally);
            }
        }
        (self, tally)
    }

    fn sit_down(&mut self) {
        let Some(chat) = self.next.pop_front() else { return };
        let user = self.sandbox.user(chat, "Student", "zh-hans");
        let waits = Waits::Newer(user.says(BEGIN));
        self.seats.insert(chat, Seat { user, asked: Instant::now(), waits, at: Stage::Began });
    }

    fn acts(&mut self, chat: i64, tally: &mut Tally) {
        let Some(seat) = self.seats.get_mut(&chat) else { return };
        let Some(screen) = seat.user.newest().filter(|it| it.from_bot && seat.waits.are_over(it)) else {
            return;
        };
        tally.updates += 1;
        tally.times.push(seat.asked.elapsed());
        let next = match self.talk {
            Talk::Ours => seat.at_ours(&screen, &mut self.random, &self.line),
            Talk::Plain => at_plain(&screen, &mut self.random, &self.line),
        };
        seat.asked = Instant::now();
        match next {
            Move::Press(message, revision, data) => {
                seat.waits = Waits::Changed(message, revision);
                seat.user.press_raw(message, &data);
            }
            Move::Say(words) => seat.waits = Waits::Newer(seat.user.says(&words)),
            Move::Leave => {
                tally.checkins += 1;
                self.seats.remove(&chat);
                self.next.push_back(chat);
                self.sit_down();
            }
        }
    }
}

impl Waits {
    fn are_over(self, screen: &Shown) -> bool {
        match self {
            Waits::Newer(than) => screen.message_id > than,
            Waits::Changed(message, revision) => screen.message_id > message || screen.revision > revision,
        }
    }
}

impl Seat {
    fn at_ours(&mut self, screen: &Shown, random: &mut SmallRng, line: &str) -> Move {
        let edit = screen.buttons.iter().flatten().find(|it| it.data.ends_with(":edit"));
        match (edit, self.at) {
            // It was answered before: once more.
            (Some(edit), Stage::Began) => {
                self.at = Stage::Answering;
                press(screen, edit.data.clone())
            }
            (Some(_), Stage::Answering) => {
                self.at = Stage::Adding;
                Move::Say(line.to_owned())
            }
            (Some(_), Stage::Adding) => Move::Leave,
            (None, _) => {
                self.at = Stage::Answering;
                // A wish for a talk reaches a mentor, who is not here to answer.
                any_of_first_row(screen, random, line, |data| !data.ends_with(":yes"))
            }
        }
    }
}

fn at_plain(screen: &Shown, random: &mut SmallRng, line: &str) -> Move {
    match screen.text.contains("saved") {
        true => Move::Leave,
        false => any_of_first_row(screen, random, line, |_| true),
    }
}

/// A button of the first row, where the answers stand; a line where there are none.
fn any_of_first_row(screen: &Shown, random: &mut SmallRng, line: &str, may: impl Fn(&str) -> bool) -> Move {
    let row: Vec<&str> = screen.buttons.first().into_iter().flatten().map(|it| it.data.as_str()).collect();
    let row: Vec<&str> = row.into_iter().filter(|it| may(it)).collect();
    match row.is_empty() {
        true => Move::Say(line.to_owned()),
        false => press(screen, row[random.random_range(0..row.len())].to_owned()),
    }
}

fn press(screen: &Shown, data: String) -> Move {
    Move::Press(screen.message_id, screen.revision, data)
}
