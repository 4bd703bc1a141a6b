//! daoyu 导育: a Telegram bot that runs a school's mentor system (全员育人导师制).
//!
//! *Records are facts, policies are data, duties are derived.* A record says what happened, a policy which records a
//! regulation asks for; what stands open is a pure function of both, and nothing is scheduled per student.
//!
//! # The rooms
//!
//! - [`school`]: the domain. People, calendar, records, policies, duties, nudges, and one table of rights. Pure; it is
//!   told the time and knows no other room.
//! - [`store`]: the only room that knows SQL. A `Store` gives transactions; every query is a method of `Tx`.
//! - [`text`]: every human word. A `Phrase` is a key with arguments, said in a person's language from `locales/`.
//! - [`chat`]: what people can say and what is answered. Forms are data, one engine runs them. It returns an `Outcome`
//!   and knows neither Telegram nor SQL.
//! - [`work`]: the loops. `dispatch` answers, `sweep` minds the clock, `deliver` sends; each is a step and a loop around it.
//! - [`telegram`]: the only room that names teloxide. Raw updates into our words, our words into calls.
//! - [`web`]: the webhook, health, numbers.
//! - [`roster`]: a school's table of people, read and compared with what the school has.
//! - [`print`](mod@print): pages to print, for people who are not in the chat.
//! - [`sandbox`]: a second implementation of Telegram's side, and a page in the browser to chat as anybody. Knows no
//!   other room.
//! - [`cli`]: one file per command; builds the parts and hands them over.
//! - [`config`], [`clock`], [`log`], [`metrics`]: settings, the only place that asks the time, what the program says
//!   about itself, and what it counts.
//!
//! Imports run one way: `school` <- `store` <- `roster` <- `chat` <- `work` <- `telegram`, `web` <- `cli`.
//!
//! # Two straight lines
//!
//! 1. **A person says something.** `telegram/poll.rs` (or `web/webhook.rs` through `work/gather.rs`) hands raw updates to
//!    `work/dispatch.rs`. One transaction for the batch: the numbers go into the inbox, who speaks and which form is open
//!    are loaded, `chat/router.rs` decides, changes and forms and outbox rows are written, commit. Only then is the batch
//!    confirmed to Telegram, and `work/deliver.rs` sends.
//! 2. **Time passes.** `work/sweep.rs` looks at a school's slot that is due, derives duties (`school/duty.rs`) and what is told
//!    of them (`school/nudge.rs`), keeps a key per nudge that is unique for ever, and posts. The message is made at the
//!    moment of sending (`chat/compose.rs`), from the state as it is then.
//!
//! # The laws
//!
//! 1. Only `telegram` names teloxide, only `store` names sqlx, only `clock` asks the time, human words for the chat live
//!    only in `locales/`.
//! 2. Handlers return an `Outcome`; only loops commit. No HTTP while a transaction is open. No future that holds one is
//!    cancelled, but where a loop limits its time; the pool rolls back what such a one left.
//! 3. A button is a reference, never a right: `school/access.rs` decides on every press, by who presses it now.
//! 4. What a person did wrong is a `Refusal` with a text; a fault is logged once, at the edge, without names, messages or
//!    tokens.
//! 5. One schema and one set of queries for SQLite and PostgreSQL; every story runs on both.
//!
//! `docs/architecture.md` says why, which test holds which law, and what happens at a crash; `docs/extending.md` how to add
//! to it.

pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod log;
pub mod metrics;
pub mod print;
pub mod roster;
pub mod sandbox;
pub mod school;
pub mod store;
pub mod telegram;
pub mod text;
pub mod web;
pub mod work;
