//! People with a phone in their hands.

use super::{Serve, until};
use daoyu::sandbox::User;
use std::collections::HashMap;

/// A person with the chat open.
pub struct Phone {
    pub user: User,
}

impl Phone {
    /// The newest message of the bot, as it stands now.
    pub fn screen(&self) -> String {
        let bot = self.user.chat().into_iter().rev().find(|it| it.from_bot);
        bot.map(|it| it.to_string()).unwrap_or_default()
    }

    pub async fn sees(&self, words: &str, serve: &Serve) {
        let screen = || self.screen();
        let what = format!("{} sees `{words}`", self.user.first_name());
        until(&what, &[serve], || screen().contains(words)).await;
    }

    pub fn presses(&self, label: &str) {
        self.user.presses(label).unwrap();
    }

    pub async fn says(&self, words: &str, answer: &str, serve: &Serve) {
        self.user.says(words);
        self.sees(answer, serve).await;
    }

    pub async fn taps(&self, label: &str, answer: &str, serve: &Serve) {
        self.presses(label);
        self.sees(answer, serve).await;
    }

    pub async fn joins(&self, codes: &HashMap<String, String>, serve: &Serve) {
        let name = self.user.first_name();
        self.says(&format!("/start {}", codes[&name]), &name, serve).await;
    }
}
