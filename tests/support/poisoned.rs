//! The answers of the house, but for words that are poison.

use daoyu::{
    chat::{Answers, Incoming, Outcome, desk::Desk, filling::Filling, router::Router},
    store::Visitor,
};
use futures_util::future::BoxFuture;
use std::future::pending;

/// Who says this makes the answer panic.
pub const PANICS: &str = "panic!";
/// Who says this gets no answer, and neither does whoever waits for it.
pub const HANGS: &str = "hang!";

/// What a bot does that has such a fault.
pub struct Poisoned;

impl Answers for Poisoned {
    fn answer<'a, 'b: 'a>(
        &'a self,
        desk: &'a mut Desk<'b>,
        visitor: &'a Visitor,
        filling: Option<Filling>,
        incoming: &'a Incoming,
    ) -> BoxFuture<'a, anyhow::Result<Outcome>> {
        let said = format!("{:?}", incoming.said);
        Box::pin(async move {
            assert!(!said.contains(PANICS), "poison");
            if said.contains(HANGS) {
                return pending().await;
            }
            Router.answer(desk, visitor, filling, incoming).await
        })
    }
}
