//! Faults on demand: what a network and a busy service do to a bot.

use std::time::{Duration, Instant};

use super::chance::Chance;
use super::flood::Waits;

/// A fault that befalls calls of the bot until it is used up or cleared.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Only this method, in any case of letters. `None` is every method except `getUpdates`, which would eat counted
    /// faults in the background: name it to disturb the polling.
    pub method: Option<String>,
    /// Only calls to this chat.
    pub chat: Option<i64>,
    /// What happens.
    pub kind: FaultKind,
    /// How often; `None` is always.
    pub times: Option<u32>,
    /// Not always but with this probability, decided by a generator with this seed.
    pub chance: Option<(f64, u64)>,
    /// The generator of `chance` and of a flood's waits, once it has begun.
    drawn: Option<Chance>,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind {
    /// This status (5xx) with Telegram's JSON body; no effect.
    ServerError(u16),
    /// A 502 with an HTML page, as a proxy in between sends it; no effect.
    BadGateway,
    /// The connection is dropped before the call has an effect.
    ResetBefore,
    /// The call takes effect, then the connection is dropped without an answer.
    ResetAfter,
    /// Nothing for this long, then the call goes on as usual; no effect if the caller has gone by then.
    Hang(Duration),
    /// The call takes effect at once, its answer comes only after this long.
    HangAfter(Duration),
    /// 429; no effect.
    TooManyRequests {
        /// The seconds to wait.
        retry_after: u32,
    },
    /// 429 with a wait drawn from this range of seconds, for calls to a chat. The wait is remembered: a call to that chat
    /// before it is over is answered 429 with the seconds that are left, and counted (`Sandbox::sent_inside_waits`).
    Flood {
        /// The shortest wait.
        least: u32,
        /// The longest.
        most: u32,
    },
    /// 403 as if this person had blocked the bot, without any update about it.
    Blocked {
        /// Who; calls to others pass.
        user: i64,
    },
    /// Any other refusal: status and description, such as 400 and `Bad Request: …`.
    Refused(u16, String),
}

impl Fault {
    /// A fault for every call, until it is cleared.
    pub fn new(kind: FaultKind) -> Fault {
        let chat = match kind {
            FaultKind::Blocked { user } => Some(user),
            _ => None,
        };
        Fault { method: None, chat, kind, times: None, chance: None, drawn: None }
    }

    /// Only calls of this method.
    pub fn on(self, method: &str) -> Fault {
        Fault { method: Some(method.to_owned()), ..self }
    }

    /// Only calls to this chat.
    pub fn to(self, chat: i64) -> Fault {
        Fault { chat: Some(chat), ..self }
    }

    /// Only the next so many calls that it fits.
    pub fn times(self, times: u32) -> Fault {
        Fault { times: Some(times), ..self }
    }

    /// Only the next call that it fits.
    pub fn once(self) -> Fault {
        self.times(1)
    }

    /// Only now and then, the same way for the same seed.
    pub fn sometimes(self, probability: f64, seed: u64) -> Fault {
        Fault { chance: Some((probability, seed)), ..self }
    }

    fn fits(&self, method: &str, chat: Option<i64>) -> bool {
        let method_fits = match &self.method {
            Some(name) => name.eq_ignore_ascii_case(method),
            None => !method.eq_ignore_ascii_case("getUpdates"),
        };
        let chat_fits = match self.kind {
            FaultKind::Flood { .. } => chat.is_some(),
            _ => true,
        };
        method_fits && chat_fits && self.chat.is_none_or(|wanted| chat == Some(wanted))
    }

    /// Whether it is its turn, by its chance.
    fn comes(&mut self) -> bool {
        let Some((probability, seed)) = self.chance else { return true };
        self.drawn.get_or_insert(Chance::new(seed)).happens(probability)
    }

    /// What it does to one call.
    fn strikes(&mut self) -> FaultKind {
        match self.kind {
            FaultKind::Flood { least, most } => {
                let seed = self.chance.map_or(0, |(_, seed)| seed);
                let retry_after = self.drawn.get_or_insert(Chance::new(seed)).between(least, most);
                FaultKind::TooManyRequests { retry_after }
            }
            _ => self.kind.clone(),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Faults {
    list: Vec<Fault>,
    waits: Waits,
}

impl Faults {
    pub fn add(&mut self, fault: Fault) {
        self.list.push(fault);
    }

    pub fn clear(&mut self) {
        self.list.clear();
    }

    /// What befalls this call. The oldest fault that fits comes first.
    pub fn befalls(&mut self, method: &str, chat: Option<i64>) -> Option<FaultKind> {
        if let Some(retry_after) = self.waits.break_in(chat, Instant::now()) {
            return Some(FaultKind::TooManyRequests { retry_after });
        }
        for fault in self.list.iter_mut().filter(|fault| fault.times != Some(0)) {
            if !fault.fits(method, chat) {
                continue;
            }
            if !fault.comes() {
                continue;
            }
            if let Some(times) = &mut fault.times {
                *times -= 1;
            }
            let struck = fault.strikes();
            if let (FaultKind::Flood { .. }, FaultKind::TooManyRequests { retry_after }) =
                (&fault.kind, &struck)
            {
                self.waits.begin(chat, *retry_after, Instant::now());
            }
            return Some(struck);
        }
        None
    }

    /// How many calls came to a chat inside its wait, and how many waits there were.
    pub fn waits(&self) -> (u64, u64) {
        self.waits.counts()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_meets_only_what_it_fits_and_only_so_often() {
        let mut faults = Faults::default();
        faults.add(Fault::new(FaultKind::ResetBefore).on("sendMessage").to(7).times(2));
        let hits = |faults: &mut Faults, method: &str, chat| faults.befalls(method, Some(chat)).is_some();
        assert!(!hits(&mut faults, "sendMessage", 8) && !hits(&mut faults, "getMe", 7));
        assert!(hits(&mut faults, "SendMessage", 7) && hits(&mut faults, "sendmessage", 7));
        assert!(!hits(&mut faults, "sendMessage", 7));
    }

    #[test]
    fn a_flood_keeps_each_chat_waiting_by_itself() {
        let mut faults = Faults::default();
        faults.add(Fault::new(FaultKind::Flood { least: 5, most: 9 }).sometimes(1.0, 3).times(2));
        let told = |faults: &mut Faults, chat| match faults.befalls("sendMessage", chat) {
            Some(FaultKind::TooManyRequests { retry_after }) => Some(retry_after),
            None => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(told(&mut faults, None), None, "a call to no chat has no wait");
        let first = told(&mut faults, Some(7)).unwrap();
        assert!((5..=9).contains(&first) && told(&mut faults, Some(8)).is_some());
        assert_eq!(told(&mut faults, Some(7)), Some(first), "what is left of the wait, rounded up");
        assert_eq!(told(&mut faults, Some(9)), None, "the flood is used up");
        assert_eq!(faults.waits(), (1, 2));
    }

    #[test]
    fn chance_is_the_same_for_the_same_seed() {
        let run = |seed| {
            let mut faults = Faults::default();
            faults.add(Fault::new(FaultKind::BadGateway).sometimes(0.3, seed));
            (0..1000).filter(|_| faults.befalls("sendMessage", None).is_some()).count()
        };
        assert_eq!(run(1), run(1));
        assert!((200..400).contains(&run(1)) && run(1) != run(2));
    }
}
