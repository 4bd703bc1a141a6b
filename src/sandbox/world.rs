//! Everything this Telegram knows: people, chats, messages. One value behind one lock.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};
use tokio::sync::{broadcast, mpsc};

use super::entities::Formatted;
use super::files::{FileId, Files};
use super::ledger::Ledger;
use super::markup::Markup;
use super::menus::Menus;
use super::queries::Queries;
use super::queue::Updates;
use super::refusal::{Answer, Refusal};
use super::shown::{Shown, Toast};
use super::wire::{self, MessageIn};

/// A moment to start from until a test or the demo says otherwise: 2026-09-01 00:00 UTC.
const FIRST_NOW: i64 = 1_788_220_800;

pub(super) struct World {
    pub bot_id: i64,
    pub now: i64,
    pub people: HashMap<i64, Person>,
    pub chats: HashMap<i64, Chat>,
    pub updates: Updates,
    pub menus: Menus,
    pub files: Files,
    pub queries: Queries,
    pub ledger: Ledger,
    /// How many messages of a chat are kept; a load test keeps few.
    pub history: usize,
    /// What the page hears of; nothing is composed while nobody listens.
    pub watchers: broadcast::Sender<Event>,
    /// Hears in which chat the bot has said or changed something.
    pub arrivals: Option<mpsc::UnboundedSender<i64>>,
    revision: u64,
    last_message: i64,
}

pub(super) struct Person {
    pub id: i64,
    pub first_name: String,
    pub language_code: String,
    pub blocked: bool,
    pub deactivated: bool,
    /// Up to which revision `hears()` has told.
    pub heard: u64,
    pub toasts: Vec<Toast>,
}

pub(super) struct Chat {
    pub id: i64,
    pub kind: ChatKind,
    pub title: String,
    /// A bot cannot speak first.
    pub started: bool,
    pub migrated_to: Option<i64>,
    pub keyboard: Vec<Vec<String>>,
    pub messages: BTreeMap<i64, Message>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ChatKind {
    Private,
    Group,
    Supergroup,
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub id: i64,
    /// Nobody is the bot itself.
    pub from: Option<i64>,
    pub date: i64,
    pub edited_at: Option<i64>,
    pub body: Body,
    pub markup: Option<Markup>,
    pub silent: bool,
    pub protected: bool,
    pub reply_to: Option<i64>,
    /// Rises with every message and edit of this world: what is newer has the higher one.
    pub revision: u64,
}

/// What a message says. With a medium the text is its caption.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Body {
    pub text: Formatted,
    pub media: Option<Media>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Media {
    Photo(FileId),
    Document(FileId),
    Sticker(FileId),
    Voice(FileId),
    Location { latitude: f64, longitude: f64 },
    Contact { phone: String, first_name: String },
}

/// Something that the page shows at once.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub chat: i64,
    pub body: Value,
}

impl World {
    pub fn new(bot_id: i64) -> World {
        World {
            bot_id,
            now: FIRST_NOW,
            people: HashMap::new(),
            chats: HashMap::new(),
            updates: Updates::default(),
            menus: Menus::default(),
            files: Files::default(),
            queries: Queries::default(),
            ledger: Ledger::default(),
            history: usize::MAX,
            watchers: broadcast::channel(1024).0,
            arrivals: None,
            revision: 0,
            last_message: 0,
        }
    }

    /// Finds the chat a bot means, or refuses as Telegram does.
    pub fn chat_to_write(&self, chat_id: Option<String>) -> Answer<i64> {
        let Some(chat_id) = chat_id.filter(|id| !id.is_empty()) else {
            return Err(Refusal::bad("chat_id is empty"));
        };
        let unknown = || Refusal::bad("chat not found");
        let id: i64 = chat_id.parse().map_err(|_| unknown())?;
        let chat = self.chats.get(&id).filter(|chat| chat.started).ok_or_else(unknown)?;
        if let Some(new) = chat.migrated_to {
            return Err(Refusal::migrated(new));
        }
        match self.people.get(&id) {
            Some(person) if person.deactivated => Err(Refusal::forbidden("user is deactivated")),
            Some(person) if person.blocked => Err(Refusal::blocked()),
            _ => Ok(id),
        }
    }

    /// Puts a message into a chat; the chat must exist.
    pub fn add(&mut self, chat_id: i64, from: Option<i64>, body: Body, shape: Shape) -> i64 {
        self.revision += 1;
        let (id, revision) = (self.next_message_id(), self.revision);
        let message = Message {
            id,
            from,
            date: self.now,
            edited_at: None,
            body,
            markup: shape.markup,
            silent: shape.silent,
            protected: shape.protected,
            reply_to: shape.reply_to,
            revision,
        };
        if let Some(chat) = self.chats.get_mut(&chat_id) {
            match &message.markup {
                Some(Markup::Keyboard(rows)) => chat.keyboard = rows.clone(),
                Some(Markup::RemoveKeyboard) => chat.keyboard = Vec::new(),
                _ => {}
            }
            chat.messages.insert(id, message);
            while chat.messages.len() > self.history {
                chat.messages.pop_first();
            }
        }
        self.tell_of(chat_id, id);
        id
    }

    /// Numbers messages and updates from here on, if they have not come that far.
    pub fn count_from(&mut self, number: i64) {
        self.last_message = self.last_message.max(number);
        self.updates.count_from(number);
    }

    /// The number of the newest message.
    pub fn newest_message(&self) -> i64 {
        self.last_message
    }

    /// Message ids rise over all chats of an account, as in the real private chats.
    pub fn next_message_id(&mut self) -> i64 {
        self.last_message += 1;
        self.last_message
    }

    /// Changes a message in place and gives it a new revision.
    pub fn change(&mut self, chat_id: i64, message_id: i64, change: impl FnOnce(&mut Message)) {
        self.revision += 1;
        let (revision, now) = (self.revision, self.now);
        let message = self.chats.get_mut(&chat_id).and_then(|chat| chat.messages.get_mut(&message_id));
        if let Some(message) = message {
            change(message);
            message.edited_at = Some(now);
            message.revision = revision;
        }
        self.tell_of(chat_id, message_id);
    }

    pub fn remove(&mut self, chat_id: i64, message_id: i64) {
        if let Some(chat) = self.chats.get_mut(&chat_id) {
            chat.messages.remove(&message_id);
        }
        self.tell(chat_id, || json!({ "kind": "deleted", "message_id": message_id }));
    }

    pub fn message(&self, chat_id: i64, message_id: i64) -> Option<&Message> {
        self.chats.get(&chat_id)?.messages.get(&message_id)
    }

    /// The person's private chat, made when it is not there yet.
    pub fn private_chat(&mut self, user_id: i64) -> &mut Chat {
        let title = self.people.get(&user_id).map(|person| person.first_name.clone()).unwrap_or_default();
        self.chats.entry(user_id).or_insert_with(|| Chat::new(user_id, ChatKind::Private, title))
    }

    /// All that can be seen in a chat, oldest first.
    pub fn shown(&self, chat_id: i64) -> Vec<Shown> {
        let Some(chat) = self.chats.get(&chat_id) else { return Vec::new() };
        chat.messages.values().map(|message| Shown::of(self, message)).collect()
    }

    /// One message as the wire has it.
    pub fn wire_message(&self, chat_id: i64, message_id: i64) -> Option<MessageIn<'_>> {
        let chat = self.chats.get(&chat_id)?;
        Some(wire::message(self, chat, chat.messages.get(&message_id)?))
    }

    /// Tells the page, if somebody looks at it.
    pub fn tell(&self, chat: i64, body: impl FnOnce() -> Value) {
        if self.watchers.receiver_count() > 0 {
            // Fails only when the last one has just gone.
            let _gone = self.watchers.send(Event { chat, body: body() });
        }
    }

    fn tell_of(&self, chat_id: i64, message_id: i64) {
        if let Some(arrivals) = &self.arrivals
            && self.message(chat_id, message_id).is_some_and(|it| it.from.is_none())
        {
            // Whoever listened may have gone.
            let _gone = arrivals.send(chat_id);
        }
        self.tell(chat_id, || {
            let shown = self.message(chat_id, message_id).map(|message| Shown::of(self, message));
            let keyboard = self.chats.get(&chat_id).map(|chat| chat.keyboard.clone());
            json!({ "kind": "message", "message": shown, "keyboard": keyboard })
        });
    }
}

/// Everything about a new message that is neither its text nor its place.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub markup: Option<Markup>,
    pub silent: bool,
    pub protected: bool,
    pub reply_to: Option<i64>,
}

impl Chat {
    pub fn new(id: i64, kind: ChatKind, title: String) -> Chat {
        Chat {
            id,
            kind,
            title,
            started: false,
            migrated_to: None,
            keyboard: Vec::new(),
            messages: BTreeMap::new(),
        }
    }
}
