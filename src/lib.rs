//! daoyu 导育: a chat bot that runs a school's mentor system.

pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod log;
pub mod metrics;
pub mod roster;
pub mod sandbox;
pub mod school;
pub mod store;
pub mod telegram;
pub mod text;
pub mod web;
pub mod work;
