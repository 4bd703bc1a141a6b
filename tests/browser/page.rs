//! The page as a person has it before the eyes: what stands on it is waited for, with a limit.

use crate::chrome::Devtools;
use fantoccini::{
    Client, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
    key::Key,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Whatever is waited for comes within this, also on a slow machine.
const PATIENCE: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_millis(15);

/// The messages of the phones that are open: who, and what stands there.
const CHATS: &str = r#"
    return [...document.querySelectorAll("[data-phone]")].map((phone) => ({
        user: Number(phone.dataset.phone),
        owner: phone.querySelector(".owner b").textContent,
        hint: phone.querySelector("[data-toast].shown")?.textContent ?? "",
        messages: [...phone.querySelectorAll("[data-message]")].map((message) => ({
            id: Number(message.dataset.message),
            mine: message.classList.contains("out"),
            edited: message.querySelector(".edited") !== null,
            text: message.querySelector(".text")?.innerText ?? "",
            buttons: [...message.querySelectorAll("button[data-button]")].map((button) => button.innerText),
        })),
    }));"#;

/// What stands out over the right edge, by class or tag.
const TOO_WIDE: &str = r#"
    const wide = document.documentElement.clientWidth;
    const over = [...document.querySelectorAll(".phone.active *, .tabs, .clock-bar")]
        .filter((node) => node.getBoundingClientRect().right > wide + 0.5);
    const page = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) > wide ? ["page"] : [];
    return page.concat(over.map((node) => node.className || node.tagName));"#;

/// The page, in one browser.
pub struct Page {
    client: Client,
    pictures: PathBuf,
    taken: Cell<usize>,
}

/// The chat on one phone.
#[derive(Deserialize, Debug)]
pub struct Chat {
    user: i64,
    owner: String,
    hint: String,
    messages: Vec<Message>,
}

/// A message as it stands there.
#[derive(Deserialize, Debug)]
pub struct Message {
    pub id: i64,
    pub mine: bool,
    pub edited: bool,
    pub text: String,
    pub buttons: Vec<String>,
}

impl Page {
    /// Opens the page; its pictures go to a folder.
    pub async fn open(client: Client, url: &str, pictures: &Path) -> Page {
        let page = Page { client, pictures: pictures.to_owned(), taken: Cell::default() };
        page.becomes(1500, 950, 1, false).await;
        page.client.goto(url).await.unwrap();
        page
    }

    /// The phone of a person who is shown.
    pub async fn phone(&self, owner: &str) -> Phone<'_> {
        let found = self
            .until(async || self.chats().await.into_iter().find(|it| it.owner == owner).map(|chat| chat.user))
            .await;
        match found {
            Some(user) => Phone { page: self, user, owner: owner.to_owned() },
            None => self.fails(&format!("{owner} has no phone on the page")).await,
        }
    }

    /// Another size of the window, to the pixel.
    pub async fn becomes(&self, width: u32, height: u32, scale: u32, mobile: bool) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
        self.client.issue_cmd(Devtools("Emulation.setDeviceMetricsOverride", size)).await.unwrap();
    }

    /// Presses a button of the clock bar, and waits until the clock shows this time and all is quiet.
    pub async fn clock_goes_to(&self, button: &str, time: &str) {
        self.click(&format!("[data-clock='{button}']")).await;
        let shown = "return document.querySelector('[data-now]').innerText + document.body.className";
        let is_there = async || {
            let shown = self.script(shown).await;
            shown.as_str().is_some_and(|it| it.contains(time) && !it.contains("busy")).then_some(())
        };
        if self.until(is_there).await.is_none() {
            self.fails(&format!("the clock does not show {time}")).await
        }
    }

    /// Chooses whose phone a narrow screen shows.
    pub async fn shows_only(&self, phone: &Phone<'_>) {
        self.click(&format!("[data-tab='{}']", phone.user)).await;
        let shown =
            "return [...document.querySelectorAll('.phone')].filter((it) => it.offsetWidth > 0).length";
        assert_eq!(self.script(shown).await, 1, "one phone at a time fits on a narrow screen");
    }

    /// Takes one more phone in hand, or lays one aside, by the list of people.
    pub async fn chooses(&self, person: &str) {
        self.click("[data-cast]").await;
        let path = format!("//*[@data-cast-list]//label[.//b='{person}']");
        self.click_on(person, async || self.client.find(Locator::XPath(&path)).await.ok()).await;
        self.click("[data-cast-close]").await;
    }

    /// Nothing stands out to the right.
    pub async fn fits(&self) {
        let over = self.script(TOO_WIDE).await;
        if over != json!([]) {
            self.fails(&format!("too wide for the screen: {over}")).await
        }
    }

    /// The page from its beginning, as after F5.
    pub async fn reloads(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Goes by the Tab key until a button with this label has the focus.
    pub async fn tabs_to(&self, label: &str) {
        for _ in 0..200 {
            self.key(Key::Tab).await;
            let focused =
                "const it = document.activeElement; return it.matches('button') ? it.innerText : ''";
            if self.script(focused).await == label {
                return;
            }
        }
        self.fails(&format!("the Tab key never reaches “{label}”")).await
    }

    /// After a message was redrawn under the focus, the Tab key goes on inside it.
    pub async fn tab_stays_in(&self, message: i64) {
        self.key(Key::Tab).await;
        let there = "return Number(document.activeElement.closest('[data-message]')?.dataset.message)";
        assert_eq!(self.script(there).await, message, "the Tab key goes on in the message that was redrawn");
    }

    /// Presses a key.
    pub async fn key(&self, key: Key) {
        let (down, up) = (KeyAction::Down { value: key.into() }, KeyAction::Up { value: key.into() });
        let press = KeyActions::new("keyboard".to_owned()).then(down).then(up);
        self.client.perform_actions(press).await.unwrap();
    }

    /// Keeps what is on the screen, numbered in the order of the story.
    pub async fn picture(&self, name: &str) -> PathBuf {
        self.taken.set(self.taken.get() + 1);
        let file = self.pictures.join(format!("{:02}-{name}.png", self.taken.get()));
        // Bubbles glide in; what is still moving makes no picture.
        let still = "return document.getAnimations().every((it) => it.playState !== 'running' || it.effect.getTiming().iterations === Infinity)";
        self.until(async || (self.script(still).await == true).then_some(())).await;
        fs::write(&file, self.client.screenshot().await.unwrap()).unwrap();
        file
    }

    /// The same for the README: no hint over it, and on a plain wall, since a soft one doubles the file's weight.
    pub async fn picture_for_readers(&self) -> PathBuf {
        let hint = "return document.querySelector('.toast.shown') === null";
        self.until(async || (self.script(hint).await == true).then_some(())).await;
        let wall = "for (const it of document.querySelectorAll('.scroller')) it.style.backgroundImage = ";
        self.script(&format!("{wall}'none'")).await;
        let file = self.picture("readme").await;
        self.script(&format!("{wall}''")).await;
        file
    }

    async fn chats(&self) -> Vec<Chat> {
        serde_json::from_value(self.script(CHATS).await).unwrap_or_default()
    }

    /// Null while the page is on its way: whoever asks asks again.
    async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_default()
    }

    async fn click(&self, css: &str) {
        self.click_on(css, async || self.client.find(Locator::Css(css)).await.ok()).await;
    }

    /// What is redrawn, covered or still moving at this moment is clicked at the next.
    async fn click_on(&self, what: &str, find: impl AsyncFn() -> Option<Element>) {
        let clicked = async || match find().await?.click().await {
            Ok(()) => Some(()),
            Err(CmdError::Standard(_)) => None,
            Err(fault) => panic!("{fault}"),
        };
        if self.until(clicked).await.is_none() {
            self.fails(&format!("“{what}” cannot be clicked")).await
        }
    }

    async fn until<T>(&self, ask: impl AsyncFn() -> Option<T>) -> Option<T> {
        let end = Instant::now() + PATIENCE;
        loop {
            match ask().await {
                None if Instant::now() < end => tokio::time::sleep(POLL).await,
                found => return found,
            }
        }
    }

    async fn fails(&self, why: &str) -> ! {
        let file = self.picture("failed").await;
        let mut shown = String::new();
        for chat in self.chats().await {
            shown += &format!("\n=== {} {}\n", chat.owner, chat.hint);
            for it in chat.messages {
                let who = if it.mine { ">" } else { "<" };
                shown +=
                    &format!("{who} [{}] {}\n  {:?}\n", it.id, it.text.replace('\n', "\n  "), it.buttons);
            }
        }
        panic!("{why}\nThe screen: {}\n{shown}", file.display());
    }
}

/// Somebody's phone on the page.
pub struct Phone<'a> {
    page: &'a Page,
    user: i64,
    owner: String,
}

impl Phone<'_> {
    /// Waits for a message from the bot with these words; the newest such.
    pub async fn reads(&self, words: &str) -> Message {
        self.sees(words, |it| !it.mine && it.text.contains(words)).await
    }

    /// Waits until this very message has these words.
    pub async fn reads_in(&self, id: i64, words: &str) -> Message {
        self.sees(words, |it| it.id == id && it.text.contains(words)).await
    }

    /// Waits for a short hint that comes and goes over the chat.
    pub async fn is_hinted(&self, words: &str) {
        let hinted = async || self.chat().await?.hint.contains(words).then_some(());
        if self.page.until(hinted).await.is_none() {
            self.page.fails(&format!("{} gets no hint with “{words}”", self.owner)).await
        }
    }

    /// Presses the newest button with this label.
    pub async fn presses(&self, label: &str) {
        let path =
            format!("//*[@data-phone='{}']//button[@data-button][normalize-space()='{label}']", self.user);
        let newest = async || self.page.client.find_all(Locator::XPath(&path)).await.ok()?.pop();
        self.page.click_on(label, newest).await;
    }

    /// Types and sends.
    pub async fn says(&self, words: &str) {
        let input = self.css("[data-input]");
        self.page.click(&input).await;
        let input = self.page.client.find(Locator::Css(&input)).await.unwrap();
        input.send_keys(words).await.unwrap();
        self.page.click(&self.css("[data-send]")).await;
    }

    /// Chooses a command from the menu.
    pub async fn chooses(&self, command: &str) {
        self.page.click(&self.css("[data-menu]")).await;
        self.page.click(&self.css(&format!("[data-command='{command}']"))).await;
    }

    /// Opens an empty chat by its start button.
    pub async fn starts(&self) {
        self.page.click(&self.css("[data-start]")).await;
    }

    /// Scrolls a message to the top of the phone.
    pub async fn scrolls_to(&self, message: &Message) {
        let css = self.css(&format!("[data-message='{}']", message.id));
        self.page
            .script(&format!(r#"document.querySelector("{css}").scrollIntoView({{ block: "start" }})"#))
            .await;
    }

    async fn sees(&self, words: &str, fits: impl Fn(&Message) -> bool) -> Message {
        let fitting = async || self.chat().await?.messages.into_iter().rfind(|it| fits(it));
        match self.page.until(fitting).await {
            Some(message) => message,
            None => self.page.fails(&format!("{} does not read “{words}”", self.owner)).await,
        }
    }

    async fn chat(&self) -> Option<Chat> {
        self.page.chats().await.into_iter().find(|it| it.user == self.user)
    }

    fn css(&self, inside: &str) -> String {
        format!("[data-phone='{}'] {inside}", self.user)
    }
}
