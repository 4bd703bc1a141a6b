//! The domain: what a regulation asks of a school, and what follows from it. Pure and synchronous; it is told the time.
//!
//! *Records are facts, policies are data, duties are derived.*
//!
//! - [`people`] and [`pairing`] say who is who and who looks after whom; [`record`] what happened;
//!   [`calendar`] when the school is there for it; [`policy`] what is required.
//! - [`standing`] sums the records up, [`duty`] derives from it what stands open, [`nudge`] what of it is said to whom,
//!   [`slot`] at which moments, [`quiet`] at which moments never.
//! - [`checkin`] is the bank of questions to students, [`marks`] what they got in exams and how it compares.
//! - [`consent`] says whom a guardian has to speak for, and what follows from what was said.
//! - [`access`] is the one table of who may do what.
//!
//! Nothing here keeps state and nothing asks the clock, so every rule can be read against its regulation with a
//! finger on the line, and computed for yesterday as well as for today.

#[macro_use]
mod words;

pub mod access;
pub mod calendar;
pub mod calendar_file;
pub mod checkin;
pub mod consent;
pub mod cron;
pub mod duty;
pub mod id;
pub mod kind;
pub mod marks;
pub mod nudge;
pub mod pairing;
pub mod people;
pub mod period;
pub mod policy;
pub mod quiet;
pub mod record;
pub mod resolution;
pub mod slot;
pub mod standing;
#[cfg(test)]
mod testing;
pub mod time;

pub use access::{Act, Actor, Subject, Tie, may};
pub use calendar::{Calendar, Exam, Mark, Term, WEEK};
pub use calendar_file::{CalendarError, CalendarFile};
pub use checkin::{CheckinRules, Question, Way, Wording};
pub use consent::{Age, Consent, Decision, Said, TEXT_VERSION, needs_consent};
pub use cron::Cron;
pub use duty::{Duty, Gap, Lack, duties, gaps, moved_by_holidays, worst_first};
pub use id::*;
pub use kind::Kind;
pub use marks::{ExamRef, Marks, Sat};
pub use nudge::{Digest, Snooze, SnoozeReason, Told, digest_items, episode_key, escalations, office_items};
pub use pairing::Pairing;
pub use people::{Group, Post, Relation, Role, Staff};
pub use period::{Moment, Period, Span};
pub use policy::{About, Cadence, Event, Expected, Ladder, Policy, PolicyError, Rule, Slots, nearest};
pub use quiet::{Quiet, may_send_at};
pub use record::{Body, Checkin, Contact, ContactForm, Entry, Record, Talk, TalkForm, Topic};
pub use resolution::Resolution;
pub use slot::{CheckinPeriod, Slot, SlotName, checkin_period, latest_slot, next_slot, still_worth_sending};
pub use standing::Standing;
pub use time::{At, Day};
pub use words::UnknownWord;
