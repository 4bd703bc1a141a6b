//! When nobody is written to.

use super::calendar::Calendar;
use super::time::{At, Day};
use super::words::UnknownWord;
use chrono::{NaiveTime, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The hours in which nobody is written to, in local time: from `from` up to, not including, `to`. They may run over
/// midnight; when both are the same there are none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quiet {
    /// When the quiet begins.
    pub from: NaiveTime,
    /// When it ends: the first moment that may be written at.
    pub to: NaiveTime,
}

/// How many days ahead a free moment is looked for: longer than any holiday.
const HORIZON_DAYS: usize = 400;

/// `now` if one may write now, else the first moment at which one may: outside the quiet hours and, when a calendar is
/// given, not on a day off. When the calendar has no such day any more, the day off is the lesser evil: a message is
/// delayed, never lost.
pub fn may_send_at(quiet: &Quiet, calendar: Option<&Calendar>, tz: Tz, now: At) -> At {
    first_free(quiet, calendar, tz, now).or_else(|| first_free(quiet, None, tz, now)).unwrap_or(now)
}

fn first_free(quiet: &Quiet, calendar: Option<&Calendar>, tz: Tz, now: At) -> Option<At> {
    let local = now.local(tz);
    let open = |day: Day| calendar.is_none_or(|it| !it.is_off(day));
    if open(local.date()) && !quiet.has(local.time()) {
        return Some(now);
    }
    let days = local.date().iter_days().take(HORIZON_DAYS).filter(|day| open(*day));
    // In a gap the wall jumps, so ask again what it shows at that instant.
    let free = |at: &At| *at > now && !quiet.has(at.local(tz).time()) && open(at.day(tz));
    // A day can become free at its midnight, or when the quiet ends; where the clocks go back, at the second of them.
    let first_of = |day: Day| {
        let moments = [NaiveTime::MIN, quiet.to].map(|time| day.and_time(time));
        let moments = moments.into_iter().filter(|it| !quiet.has(it.time()));
        moments.flat_map(|it| At::all_from_local(it, tz)).filter(free).min()
    };
    days.into_iter().find_map(first_of)
}

impl Quiet {
    /// Whether that time of day is quiet.
    pub fn has(&self, time: NaiveTime) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            time >= self.from || time < self.to
        }
    }

    /// No quiet at all.
    pub const NONE: Quiet = Quiet { from: NaiveTime::MIN, to: NaiveTime::MIN };
}

impl std::fmt::Display for Quiet {
    /// `21:30-07:00`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (a, b) = (self.from, self.to);
        write!(f, "{:02}:{:02}-{:02}:{:02}", a.hour(), a.minute(), b.hour(), b.minute())
    }
}

impl std::str::FromStr for Quiet {
    type Err = UnknownWord;

    /// Reads what [`Display`](std::fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let time = |it: &str| NaiveTime::parse_from_str(it, "%H:%M").ok();
        let read = |(from, to): (&str, &str)| Some(Quiet { from: time(from)?, to: time(to)? });
        let unknown = || UnknownWord { set: "Quiet", word: text.to_owned() };
        text.split_once('-').and_then(read).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests;
