//! A mentor who puts talks on record with three taps, whatever happens to the processes meanwhile.

use daoyu::sandbox::{Shown, User};
use std::time::{Duration, Instant};

/// The taps of a talk after the student was chosen, and what is then on the screen.
const TAPS: [(&str, &str); 2] = [("心理", "[✅ 心理]"), ("完成", "已记好")];
/// Far more than any outage of a scenario.
const PATIENCE: Duration = Duration::from_secs(180);

/// A mentor with a phone.
#[derive(Clone)]
pub struct Mentor {
    pub user: User,
    /// Whom the talks are with.
    pub student: String,
    /// After so long without an answer to /talk the mentor asks once more, as people do; an answer may be lost where
    /// nobody knows whether it arrived.
    pub asks_again: Option<Duration>,
}

/// One talk, put on record.
#[derive(Debug, Default)]
pub struct Logged {
    /// How long each answer took.
    pub took: Vec<Duration>,
    /// How often the mentor had to ask again.
    pub asked_again: usize,
}

impl Mentor {
    /// From /talk to the receipt.
    pub async fn logs_a_talk(&self) -> Result<Logged, String> {
        let mut logged = Logged::default();
        let since = self.user.says("/talk");
        self.sees(since, "和哪位学生谈的", &mut logged, || {
            self.user.says("/talk");
            Ok(())
        })
        .await?;
        for (tap, answer) in [(self.student.as_str(), "谈了什么")].into_iter().chain(TAPS) {
            self.user.presses(tap)?;
            self.sees(since, answer, &mut logged, || self.user.presses(tap)).await?;
        }
        Ok(logged)
    }

    /// Waits until a message newer than this one shows these words, and asks again as people do.
    async fn sees(
        &self,
        since: i64,
        words: &str,
        logged: &mut Logged,
        asks: impl Fn() -> Result<(), String>,
    ) -> Result<(), String> {
        let mut begun = Instant::now();
        while !self.is_shown(since, words, self.asks_again.unwrap_or(PATIENCE)).await {
            if self.asks_again.is_none() || logged.asked_again > 20 {
                return Err(self.stuck(words));
            }
            logged.asked_again += 1;
            begun = Instant::now();
            asks()?;
        }
        logged.took.push(begun.elapsed());
        Ok(())
    }

    /// Waits until a message newer than this one shows these words.
    async fn is_shown(&self, since: i64, words: &str, patience: Duration) -> bool {
        let begun = Instant::now();
        let shows = |it: &Shown| it.from_bot && it.message_id > since && it.to_string().contains(words);
        while !self.user.chat().iter().rev().take(12).any(shows) {
            if begun.elapsed() > patience {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        true
    }

    fn stuck(&self, words: &str) -> String {
        let screen: Vec<String> = self.user.chat().iter().rev().take(3).map(ToString::to_string).collect();
        format!(
            "{} waits in vain for `{words}`; newest first:\n{}",
            self.user.first_name(),
            screen.join("\n--\n")
        )
    }
}
