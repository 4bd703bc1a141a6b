//! daoyu 导育: a chat bot that runs a school's mentor system.

pub mod chat;
pub mod clock;
pub mod metrics;
pub mod sandbox;
pub mod school;
pub mod store;
pub mod telegram;
pub mod text;
pub mod work;
