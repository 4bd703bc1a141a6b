//! Fetching updates. A batch is confirmed by asking for the next one, and that is asked only once the batch is
//! committed: stock polling confirms when it hands over, and loses what was not yet handled.

use super::{
    Telegram,
    client::Failure,
    hear::{ALLOWED, update_id},
};
use crate::work::channel::Intake;
use serde_json::{json, value::RawValue};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// How long Telegram holds a question to which it has no answer yet.
const LONG_POLL_SECONDS: u32 = 30;
/// What the network may take on top.
const GRACE: Duration = Duration::from_secs(10);

/// The longest rest while Telegram is away.
const LONGEST: Duration = Duration::from_secs(15);
/// The longest rest while our own database is away: people wait.
const LONGEST_OF_OURS: Duration = Duration::from_secs(2);

/// Why a turn brought nothing.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(
        "another process polls with this token, or a webhook was set: Telegram serves one reader at a time, stop the \
         other one"
    )]
    Conflict,
    #[error(transparent)]
    Telegram(Failure),
    #[error("updates were fetched and could not be kept: {0:#}")]
    Intake(anyhow::Error),
}

/// Fetches updates and hands them to `intake` until `stop` says true or is gone. Whatever fails is tried again.
///
/// Stopping breaks off a question at once, and never a batch that is being committed.
pub async fn run(telegram: Arc<Telegram>, intake: Arc<dyn Intake>, mut stop: watch::Receiver<bool>) {
    let mut failures = 0;
    while let Some(ready) = unless(&mut stop, prepare(&telegram)).await {
        let Err(failure) = ready else { break };
        let pause = rest(&Trouble::Telegram(failure), &mut failures);
        if unless(&mut stop, tokio::time::sleep(pause)).await.is_none() {
            return;
        }
    }
    let mut offset = None;
    while let Some(fetched) = unless(&mut stop, telegram.poll_once(offset, LONG_POLL_SECONDS)).await {
        let trouble = match fetched {
            Ok(raws) => {
                let next = next_offset(&raws);
                intake.take(raws).await.map(|()| offset = next).map_err(Trouble::Intake)
            }
            Err(Failure::Refused { code: 409, .. }) => Err(Trouble::Conflict),
            Err(failure) => Err(Trouble::Telegram(failure)),
        };
        match trouble {
            Ok(()) if failures > 0 => {
                tracing::info!("polling goes on");
                failures = 0;
            }
            Ok(()) => {}
            Err(trouble) => {
                let pause = rest(&trouble, &mut failures);
                if unless(&mut stop, tokio::time::sleep(pause)).await.is_none() {
                    return;
                }
            }
        }
    }
}

impl Telegram {
    /// Fetches updates as they were sent, at most a hundred; waits up to `timeout_seconds` for the first. An `offset`
    /// confirms all updates before it.
    pub async fn poll_once(&self, offset: Option<i64>, timeout_seconds: u32) -> Result<Vec<String>, Failure> {
        let body =
            json!({"offset": offset.unwrap_or(0), "timeout": timeout_seconds, "allowed_updates": ALLOWED});
        let within = Duration::from_secs(timeout_seconds.into()) + GRACE;
        let reply = self.client.json("GetUpdates", body.to_string(), within).await?;
        let updates: Vec<&RawValue> = reply.result()?;
        Ok(updates.into_iter().map(|raw| raw.get().to_owned()).collect())
    }
}

/// A webhook would keep updates from us; and in groups we have to know our name.
async fn prepare(telegram: &Telegram) -> Result<(), Failure> {
    telegram.delete_webhook().await?;
    telegram.get_me().await.map(drop)
}

/// What to ask for once this batch is committed. An empty answer has confirmed everything before it, so the next
/// question needs no offset: after a quiet week Telegram may count from a lower number again.
fn next_offset(raws: &[String]) -> Option<i64> {
    raws.iter().map(|raw| update_id(raw)).filter(|id| *id >= 0).max().map(|id| id + 1)
}

/// Logs a trouble and says how long to rest.
fn rest(trouble: &Trouble, failures: &mut u32) -> Duration {
    let told = match trouble {
        Trouble::Telegram(Failure::Refused { retry_after: Some(seconds), .. }) => *seconds,
        _ => 0,
    };
    let longest = if matches!(trouble, Trouble::Intake(_)) { LONGEST_OF_OURS } else { LONGEST };
    let pause = pause(*failures, longest).max(Duration::from_secs(told.into()));
    *failures = failures.saturating_add(1);
    tracing::warn!("polling rests for {:.1} s: {trouble}", pause.as_secs_f32());
    pause
}

/// 1, 2, 4 ... s, each a fifth longer or shorter by chance, so that many processes do not come back as one.
fn pause(failures: u32, longest: Duration) -> Duration {
    let seconds = Duration::from_secs(2_u64.saturating_pow(failures));
    seconds.min(longest).mul_f64(rand::random_range(0.8..1.2))
}

/// The future's result, or `None` once we are told to stop.
async fn unless<T>(stop: &mut watch::Receiver<bool>, future: impl Future<Output = T>) -> Option<T> {
    let told = async {
        // An error is a sender that is gone, and with it whoever could tell us.
        drop(stop.wait_for(|stop| *stop).await);
    };
    tokio::select! {
        biased;
        () = told => None,
        result = future => Some(result),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_confirmed_behind_its_highest_number() {
        let batch = |ids: &[&str]| {
            next_offset(&ids.iter().map(|id| format!("{{\"update_id\":{id}}}")).collect::<Vec<_>>())
        };
        assert_eq!(batch(&[]), None);
        assert_eq!(batch(&["7", "9", "8"]), Some(10));
        assert_eq!(batch(&["7", "{}"]), Some(8));
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        for (failures, seconds) in [(0, 1.0), (1, 2.0), (2, 4.0), (5, 15.0), (1000, 15.0)] {
            let pause = pause(failures, LONGEST).as_secs_f64();
            assert!((seconds * 0.79..seconds * 1.21).contains(&pause), "{failures}: {pause}");
        }
    }
}
