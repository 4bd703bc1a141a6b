//! getUpdates: long polling that wakes at once and has one reader.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::Sandbox;
use super::params::Params;
use super::refusal::{Answer, Refusal};

const LONGEST_WAIT: i64 = 50;

/// Answers with the body as text. Unlike the real service it does not stretch `timeout` for callers in a hurry.
pub(super) async fn get_updates(sandbox: &Sandbox, params: &Params) -> Answer<String> {
    let mut offset = params.integer("offset").unwrap_or(0);
    let limit = usize::try_from(params.integer("limit").unwrap_or(100).clamp(1, 100)).unwrap_or(100);
    let wait = u64::try_from(params.integer("timeout").unwrap_or(0).clamp(0, LONGEST_WAIT)).unwrap_or(0);
    let allowed = params.json("allowed_updates", "allowed updates").ok().flatten();
    let until = Instant::now() + Duration::from_secs(wait);

    let me = {
        let updates = &mut sandbox.world().updates;
        if updates.webhook.is_some() {
            return Err(Refusal::conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        updates.allow(allowed.as_deref());
        updates.poller += 1;
        updates.poller
    };
    sandbox.bell().notify_waiters();

    loop {
        // Registered before the look: a ring in between is not lost.
        let mut ring = std::pin::pin!(sandbox.bell().notified());
        ring.as_mut().enable();
        {
            let updates = &mut sandbox.world().updates;
            if updates.webhook.is_some() {
                return Err(Refusal::conflict("terminated by setWebhook request"));
            }
            if updates.poller != me {
                return Err(Refusal::conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running",
                ));
            }
            let batch = updates.take(offset, limit);
            if !batch.is_empty() || Instant::now() >= until {
                return Ok(format!("{{\"ok\":true,\"result\":[{}]}}", batch.join(",")));
            }
            // A negative offset has cleared the queue; what comes now is all new.
            offset = offset.max(0);
        }
        // Awake by a ring or at the end of the wait: the next look decides.
        let _timed_out = timeout_at(until, ring).await;
    }
}
