//! What people do, and what they see of it.

use super::School;
use daoyu::{
    sandbox::{Shown, User},
    school::PersonId,
    text::{Phrase, Texts},
};
use std::sync::LazyLock;

/// A person at a school, with a phone in the hand. Clones are the same person.
#[derive(Clone)]
pub struct Person {
    school: School,
    /// The id at the school.
    pub id: PersonId,
    /// The name.
    pub name: String,
    user: User,
}

/// Between two messages.
const RULE: &str = "\n────────\n";

impl Person {
    pub(super) fn new(school: School, id: PersonId, name: &str, user: User) -> Person {
        Person { school, id, name: name.to_owned(), user }
    }

    /// The school.
    pub fn school(&self) -> &School {
        &self.school
    }

    /// The Telegram account.
    pub fn user(&self) -> &User {
        &self.user
    }
}

/// What a person does. After each act the loops turn until nothing is left to do.
impl Person {
    /// Follows an invitation of the school, and reads the welcome.
    pub async fn joins(&self) {
        let code = self.school.invites(self).await;
        self.says(&format!("/start {code}")).await;
        let welcome = self.hears();
        assert!(welcome.contains(&self.name), "{} is not welcome: {welcome}", self.name);
    }

    /// Writes to the bot.
    pub async fn says(&self, text: &str) -> i64 {
        let message = self.user.says(text);
        self.school.settles().await;
        message
    }

    /// Writes several messages before the bot has looked at the first.
    pub async fn says_at_once(&self, texts: impl IntoIterator<Item = String>) {
        for text in texts {
            self.user.says(&text);
        }
        self.school.settles().await;
    }

    /// Presses the newest button with this label, or with a label of which this is a part.
    pub async fn presses(&self, label: &str) {
        self.begins_to_press(label);
        self.school.settles().await;
    }

    /// Presses buttons one after another.
    pub async fn taps<const N: usize>(&self, labels: [&str; N]) {
        for label in labels {
            self.presses(label).await;
        }
    }

    /// Presses a button of this very message, which may have other buttons by now.
    pub async fn presses_on(&self, message: i64, data: &str) {
        self.user.press_raw(message, data);
        self.school.settles().await;
    }

    /// One step of a script: `[label]` is a press, everything else is typed.
    pub async fn does(&self, step: &str) {
        self.begins(step);
        self.school.settles().await;
    }

    /// The same, and nobody has noticed yet.
    pub fn begins(&self, step: &str) {
        match step.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            Some(label) => self.begins_to_press(label),
            None => {
                self.user.says(step);
            }
        }
    }

    fn begins_to_press(&self, label: &str) {
        if let Err(why) = self.user.presses(label) {
            panic!("{} cannot press: {why}", self.name);
        }
    }

    /// Does something else with the phone: a sticker, a group, an edit, the block button.
    pub async fn acts<T>(&self, act: impl FnOnce(&User) -> T) -> T {
        let done = act(&self.user);
        self.school.settles().await;
        done
    }

    /// Chooses English in the settings.
    pub async fn chooses_english(&self) {
        self.says("/settings").await;
        self.presses("English").await;
        self.hears();
    }
}

/// What a person sees.
impl Person {
    /// What has come or changed since this was last asked.
    pub fn hears(&self) -> String {
        let heard: Vec<String> = self.user.hears().iter().map(shown).collect();
        let heard = heard.join(RULE);
        assert!(!heard.contains("{$") && !heard.contains("{ $"), "a text was not filled: {heard}");
        heard
    }

    /// Nothing has come.
    #[track_caller]
    pub fn hears_nothing(&self) {
        let heard = self.hears();
        assert!(heard.is_empty(), "{} hears:\n{heard}", self.name);
    }

    /// Each of these words has come, in this order.
    #[track_caller]
    pub fn hears_in_order<const N: usize>(&self, words: [&str; N]) {
        let heard = self.hears();
        let order = words.map(|it| heard.find(it));
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{} hears:\n{heard}", self.name);
    }

    /// How many messages came or changed.
    pub fn hears_messages(&self) -> usize {
        self.user.hears().len()
    }

    /// What was heard is what was reviewed: `tests/stories/snapshots/<name>.snap`.
    #[track_caller]
    pub fn reads(&self, name: &str) {
        let heard = self.hears();
        assert!(!heard.is_empty(), "{} hears nothing", self.name);
        snapshot(name, &heard);
    }

    /// The newest message, as it stands now, is what was reviewed.
    #[track_caller]
    pub fn reads_last(&self, name: &str) {
        self.hears();
        snapshot(name, &self.newest().to_string());
    }

    /// What flashed over the pressed button, since this was last asked.
    pub fn toasts(&self) -> String {
        let toasts: Vec<String> = self.user.toasts().into_iter().map(|it| it.text).collect();
        toasts.join("\n")
    }

    /// The pressed button answers with this refusal, and with nothing else.
    #[track_caller]
    pub fn is_refused(&self, refusal: &str) {
        assert_eq!(
            self.toasts(),
            words(&format!("refusal-{refusal}")),
            "{} sees:\n{}",
            self.name,
            self.chat()
        );
    }

    /// Hears these words of the locales, and nothing else.
    #[track_caller]
    pub fn is_told(&self, key: &str) {
        assert_eq!(self.hears(), words(key));
    }

    /// The whole chat as it stands on the screen.
    pub fn chat(&self) -> String {
        let chat: Vec<String> = self.user.chat().iter().map(shown).collect();
        chat.join(RULE)
    }

    /// The newest message of the bot as it stands now.
    pub fn newest(&self) -> Shown {
        let mut chat = self.user.chat();
        chat.retain(|it| it.from_bot);
        chat.pop().unwrap_or_else(|| panic!("the bot has said nothing to {}", self.name))
    }

    /// The newest file that came: its name and its text.
    pub fn newest_file(&self) -> (String, String) {
        let files = self.user.chat().into_iter().rev().find_map(|it| it.document);
        let file = files.unwrap_or_else(|| panic!("no file came to {}", self.name));
        let bytes = self.school.telegram().download(&file.id).expect("the file");
        (file.name, String::from_utf8(bytes.to_vec()).expect("a file of text"))
    }

    /// The data behind a button of the newest message.
    pub fn data_of(&self, label: &str) -> String {
        let newest = self.newest();
        let button = newest.buttons.iter().flatten().find(|it| it.label.contains(label));
        button.unwrap_or_else(|| panic!("no button `{label}` in:\n{newest}")).data.clone()
    }

    /// The commands that Telegram offers to this person.
    pub fn menu(&self) -> Vec<String> {
        self.user.commands().into_iter().map(|(name, _)| name).collect()
    }
}

/// Words without variables, in the language of the school.
fn words(key: &str) -> String {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::load().expect("the words"));
    assert!(TEXTS.has("zh-CN", key), "no words for `{key}`");
    TEXTS.plain("zh-CN", &Phrase::new(key.to_owned()))
}

fn shown(it: &Shown) -> String {
    if !it.from_bot {
        return format!("> {it}");
    }
    let marks = [("edited", it.edited), ("without a sound", it.silent)];
    let marks: Vec<&str> = marks.into_iter().filter(|(_, is)| *is).map(|(mark, _)| mark).collect();
    match marks.is_empty() {
        true => it.to_string(),
        false => format!("({})\n{it}", marks.join(", ")),
    }
}

/// Compares with what was reviewed.
#[track_caller]
pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../stories/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
