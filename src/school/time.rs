//! Instants and school-local days.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// An instant, in UTC milliseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct At(pub i64);

/// A day as the school's wall calendar shows it; it has no zone of its own.
pub type Day = NaiveDate;

/// 0001-01-01 and 9999-12-31: beyond them a zone's offset could leave what chrono can hold.
const YEARS: (i64, i64) = (-62_135_596_800_000, 253_402_214_400_000);

impl At {
    /// This much later; the ends of time hold.
    pub fn plus(self, by: Duration) -> At {
        At(self.0.saturating_add(by.num_milliseconds()))
    }

    /// This much earlier; the ends of time hold.
    pub fn minus(self, by: Duration) -> At {
        At(self.0.saturating_sub(by.num_milliseconds()))
    }

    /// How long after `earlier` this is; negative if it is before.
    pub fn since(self, earlier: At) -> Duration {
        Duration::milliseconds(self.0.saturating_sub(earlier.0).clamp(-i64::MAX, i64::MAX))
    }

    /// What the clock on the school's wall shows.
    pub fn local(self, tz: Tz) -> NaiveDateTime {
        let utc = DateTime::<Utc>::from_timestamp_millis(self.0.clamp(YEARS.0, YEARS.1)).unwrap_or_default();
        utc.with_timezone(&tz).naive_local()
    }

    /// The day on the school's wall.
    pub fn day(self, tz: Tz) -> Day {
        self.local(tz).date()
    }

    /// The first instant at which the wall shows this moment or a later one.
    ///
    /// So a moment that the clocks skip is the first instant after the gap, and of one that comes twice it is
    /// the first: every local moment is one instant, and a later moment is never an earlier instant.
    pub fn from_local(local: NaiveDateTime, tz: Tz) -> At {
        match tz.from_local_datetime(&local) {
            LocalResult::Single(it) | LocalResult::Ambiguous(it, _) => At(it.timestamp_millis()),
            LocalResult::None => Self::after_gap(local, tz),
        }
    }

    /// The instants at which the wall shows this moment: where the clocks go back it comes twice. Of one that they skip, the
    /// first instant after the gap.
    pub fn all_from_local(local: NaiveDateTime, tz: Tz) -> impl Iterator<Item = At> {
        let again = tz.from_local_datetime(&local).latest().map(|it| At(it.timestamp_millis()));
        let first = Self::from_local(local, tz);
        std::iter::once(first).chain(again.filter(|it| *it != first))
    }

    /// Bisects for the instant at which the wall jumps over `local`; a gap may be as long as a day (Samoa, 2011).
    fn after_gap(local: NaiveDateTime, tz: Tz) -> At {
        let middle = At(local.and_utc().timestamp_millis());
        let (mut before, mut after) = (middle.minus(Duration::days(2)).0, middle.plus(Duration::days(2)).0);
        while after - before > 1 {
            let half = before + (after - before) / 2;
            if At(half).local(tz) < local { before = half } else { after = half }
        }
        At(after)
    }
}

#[cfg(test)]
mod tests;
