//! A person's hands: everything somebody can do in a chat with the bot.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::Sandbox;
use super::entities::Formatted;
use super::files::Kind;
use super::render::find_links;
use super::shown::{Shown, Toast};
use super::wire::{self, Json};
use super::world::{Body, Chat, ChatKind, Media, Person, Shape, World};

/// The smallest picture there is: one grey pixel.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDAT\x08\xd7c\xa8\
    \x07\0\0\x81\0\x80$\xfc\xa9\xdc\0\0\0\0IEND\xaeB`\x82";

/// A person with a Telegram account. Clones are the same person.
#[derive(Clone)]
pub struct User {
    sandbox: Sandbox,
    id: i64,
}

impl User {
    /// The account's number, which is also that of the private chat.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The name that Telegram shows.
    pub fn first_name(&self) -> String {
        self.sandbox.world().people.get(&self.id).map(|person| person.first_name.clone()).unwrap_or_default()
    }

    /// Writes to the bot; gives the message's number. Commands get their entity.
    pub fn says(&self, text: &str) -> i64 {
        self.sends(find_links(Formatted::plain(text)), None)
    }

    /// The newest message of the chat with the bot, whoever said it.
    pub fn newest(&self) -> Option<Shown> {
        let world = self.sandbox.world();
        let (_, message) = world.chats.get(&self.id)?.messages.last_key_value()?;
        Some(Shown::of(&world, message))
    }

    /// Presses the button with this label or this data, on the newest message that has one. A label may be given in
    /// part when no whole one fits. Without such a button, a key of the reply keyboard with this label is pressed.
    pub fn presses(&self, label_or_data: &str) -> Result<(), String> {
        let chat = self.chat();
        let newest_first = || chat.iter().rev().filter(|shown| shown.from_bot);
        let exactly = |shown: &&Shown| {
            let fits =
                |button: &super::ShownButton| button.label == label_or_data || button.data == label_or_data;
            shown.buttons.iter().flatten().any(fits)
        };
        let found = newest_first()
            .find(exactly)
            .or_else(|| newest_first().find(|s| s.button(label_or_data).is_some()));
        if let Some(shown) = found {
            return self.presses_on(shown.message_id, label_or_data);
        }
        let keys = self.keyboard();
        if let Some(key) = keys.iter().flatten().find(|key| key.contains(label_or_data)) {
            self.says(key);
            return Ok(());
        }
        let screen: Vec<String> = chat.iter().rev().take(3).map(Shown::to_string).collect();
        Err(format!("no button `{label_or_data}`; newest messages first:\n{}", screen.join("\n---\n")))
    }

    /// Presses a button of this message: one that it has now, or, as if the screen were stale, raw data.
    pub fn presses_on(&self, message_id: i64, label_or_data: &str) -> Result<(), String> {
        let shown = self.chat().into_iter().find(|shown| shown.message_id == message_id);
        match shown.as_ref().and_then(|shown| shown.button(label_or_data)) {
            Some(button) if button.url.is_some() => Err(format!("`{}` is a link", button.label)),
            Some(button) => {
                self.press_raw(message_id, &button.data);
                Ok(())
            }
            None => {
                self.press_raw(message_id, label_or_data);
                Ok(())
            }
        }
    }

    /// A forged press: any data on any message, there or not.
    pub fn press_raw(&self, message_id: i64, data: &str) {
        self.acts(|world| {
            let id = world.queries.open(self.id, world.now);
            world.private_chat(self.id);
            let query = wire::query(world, &id, self.id, message_id, data);
            world.updates.push("callback_query", self.id, query);
        });
    }

    /// Sends a sticker.
    pub fn sends_sticker(&self) -> i64 {
        self.sends_file(Kind::Sticker, "thumbs-up.webp", Bytes::from_static(b"RIFF\x04\0\0\0WEBP"), None)
    }

    /// Sends a voice message.
    pub fn sends_voice(&self) -> i64 {
        self.sends_file(Kind::Voice, "voice.ogg", Bytes::from_static(b"OggS"), None)
    }

    /// Sends a picture, with or without words.
    pub fn sends_photo(&self, caption: Option<&str>) -> i64 {
        self.sends_file(Kind::Photo, "photo.png", Bytes::from_static(PIXEL), caption)
    }

    /// Sends a file. The bot can download it.
    pub fn sends_document(&self, name: &str, bytes: Vec<u8>) -> i64 {
        self.sends_file(Kind::Document, name, bytes.into(), None)
    }

    /// Sends the place where the person is.
    pub fn sends_location(&self) -> i64 {
        self.sends(Formatted::default(), Some(Media::Location { latitude: 31.2304, longitude: 121.4737 }))
    }

    /// Sends somebody's card.
    pub fn sends_contact(&self, phone: &str, first_name: &str) -> i64 {
        let contact = Media::Contact { phone: phone.to_owned(), first_name: first_name.to_owned() };
        self.sends(Formatted::default(), Some(contact))
    }

    /// Changes the words of a message of one's own.
    pub fn edits(&self, message_id: i64, text: &str) {
        self.acts(|world| {
            let own = world.message(self.id, message_id).is_some_and(|message| message.from == Some(self.id));
            if own {
                world.change(self.id, message_id, |message| {
                    message.body.text = find_links(Formatted::plain(text))
                });
                let edited = Json::of(&world.wire_message(self.id, message_id));
                world.updates.push("edited_message", self.id, edited);
            }
        });
    }

    /// Blocks the bot: it is told, and from now on refused.
    pub fn blocks(&self) {
        self.acts(|world| world.set_blocked(self.id, true));
    }

    /// Lets the bot in again.
    pub fn unblocks(&self) {
        self.acts(|world| world.set_blocked(self.id, false));
    }

    /// Whether this person has blocked the bot.
    pub fn has_blocked(&self) -> bool {
        self.sandbox.world().people.get(&self.id).is_some_and(|person| person.blocked)
    }

    /// The account is deleted: everything to it is refused, and nothing says so beforehand.
    pub fn deletes_account(&self) {
        self.acts(|world| {
            if let Some(person) = world.people.get_mut(&self.id) {
                person.deactivated = true;
            }
        });
    }

    /// Opens the chat without a word: the bot may write first and knows nothing of it.
    pub fn starts_silently(&self) {
        self.acts(|world| world.private_chat(self.id).started = true);
    }

    /// Writes in a group with the bot; the group is made by the first word in it. Group ids are negative.
    pub fn says_in_group(&self, group_id: i64, text: &str) -> i64 {
        let body = Body { text: find_links(Formatted::plain(text)), media: None };
        self.acts(|world| {
            world.open_group(group_id, self.id);
            world.receive(group_id, self.id, body)
        })
    }

    /// The whole chat with the bot as it now stands on the screen, oldest first.
    pub fn chat(&self) -> Vec<Shown> {
        self.sandbox.world().shown(self.id)
    }

    /// What the bot has said or changed since the last call, in the order it happened.
    pub fn hears(&self) -> Vec<Shown> {
        let world = &mut *self.sandbox.world();
        let Some(heard) = world.people.get(&self.id).map(|person| person.heard) else { return Vec::new() };
        let all = world.chats.get(&self.id).into_iter().flat_map(|chat| chat.messages.values());
        let is_new = |message: &&super::world::Message| message.from.is_none() && message.revision > heard;
        let mut new: Vec<Shown> = all.filter(is_new).map(|message| Shown::of(world, message)).collect();
        new.sort_by_key(|shown| shown.revision);
        if let (Some(last), Some(person)) = (new.last(), world.people.get_mut(&self.id)) {
            person.heard = last.revision;
        }
        new
    }

    /// What flashed up after presses since the last call; silent acknowledgements are left out.
    pub fn toasts(&self) -> Vec<Toast> {
        let world = &mut *self.sandbox.world();
        world.people.get_mut(&self.id).map(|person| std::mem::take(&mut person.toasts)).unwrap_or_default()
    }

    /// The menu of commands as this person's app shows it: command and description.
    pub fn commands(&self) -> Vec<(String, String)> {
        self.sandbox.world().menu_of(self.id)
    }

    /// The keys of the reply keyboard that is shown now.
    pub fn keyboard(&self) -> Vec<Vec<String>> {
        self.sandbox.world().chats.get(&self.id).map(|chat| chat.keyboard.clone()).unwrap_or_default()
    }

    pub(super) fn register(sandbox: Sandbox, id: i64, first_name: &str, language_code: &str) -> User {
        let world = &mut *sandbox.world();
        let new = || Person {
            id,
            first_name: String::new(),
            language_code: String::new(),
            blocked: false,
            deactivated: false,
            heard: 0,
            toasts: Vec::new(),
        };
        let person = world.people.entry(id).or_insert_with(new);
        first_name.clone_into(&mut person.first_name);
        language_code.clone_into(&mut person.language_code);
        first_name.clone_into(&mut world.private_chat(id).title);
        User { sandbox: sandbox.clone(), id }
    }

    /// The handle of somebody who is registered already.
    pub(super) fn known(sandbox: &Sandbox, id: i64) -> Option<User> {
        sandbox.world().people.contains_key(&id).then(|| User { sandbox: sandbox.clone(), id })
    }

    pub(super) fn sends_file(&self, kind: Kind, name: &str, bytes: Bytes, caption: Option<&str>) -> i64 {
        let file = self.sandbox.world().files.add(kind, name, bytes);
        let media = match kind {
            Kind::Document => Media::Document(file),
            Kind::Photo => Media::Photo(file),
            Kind::Sticker => Media::Sticker(file),
            Kind::Voice => Media::Voice(file),
        };
        self.sends(find_links(Formatted::plain(caption.unwrap_or_default())), Some(media))
    }

    fn sends(&self, text: Formatted, media: Option<Media>) -> i64 {
        self.acts(|world| {
            // Telegram's app asks for the bot to be let in again before anything can be written.
            world.set_blocked(self.id, false);
            world.private_chat(self.id).started = true;
            world.receive(self.id, self.id, Body { text, media })
        })
    }

    /// Does something in the world, then rings: there may be news for the bot.
    fn acts<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let done = act(&mut self.sandbox.world());
        self.sandbox.bell().notify_waiters();
        done
    }
}

impl World {
    /// A person's message arrives in a chat and becomes an update.
    fn receive(&mut self, chat_id: i64, from: i64, body: Body) -> i64 {
        let id = self.add(chat_id, Some(from), body, Shape::default());
        let message = Json::of(&self.wire_message(chat_id, id));
        self.updates.push("message", chat_id, message);
        id
    }

    fn set_blocked(&mut self, user: i64, blocked: bool) {
        let Some(person) = self.people.get_mut(&user) else { return };
        if person.blocked == blocked {
            return;
        }
        person.blocked = blocked;
        self.private_chat(user);
        if let Some(chat) = self.chats.get(&user) {
            let update = wire::my_chat_member(self, chat, user, blocked);
            self.updates.push("my_chat_member", user, update);
        }
        self.tell(user, || json!({ "kind": "blocked", "blocked": blocked }));
    }

    fn open_group(&mut self, group: i64, by: i64) {
        if self.chats.contains_key(&group) {
            return;
        }
        let mut chat = Chat::new(group, ChatKind::Group, format!("group {}", group.unsigned_abs()));
        chat.started = true;
        let mut update = wire::my_chat_member(self, &chat, by, false);
        if let Some(old) = update.pointer_mut("/old_chat_member") {
            *old = json!({ "user": wire::bot(self), "status": "left" });
        }
        self.chats.insert(group, chat);
        self.updates.push("my_chat_member", group, update);
    }

    pub(super) fn migrate(&mut self, old: i64, new: i64) {
        let Some(group) = self.chats.get_mut(&old) else { return };
        group.migrated_to = Some(new);
        let title = group.title.clone();
        let (date, bot) = (self.now, wire::bot(self));
        let mut supergroup = Chat::new(new, ChatKind::Supergroup, title);
        supergroup.started = true;
        self.chats.insert(new, supergroup);
        for (here, field, there) in [(old, "migrate_to_chat_id", new), (new, "migrate_from_chat_id", old)] {
            let chat = self.chats.get(&here).map_or(Value::Null, |it| json!(wire::chat(it)));
            let message_id = self.next_message_id();
            let notice =
                json!({ "message_id": message_id, "from": bot, "chat": chat, "date": date, field: there });
            self.updates.push("message", here, notice);
        }
    }

    pub(super) fn show_toast(&mut self, user: i64, query: &str, text: String, show_alert: bool) {
        self.tell(
            user,
            || json!({ "kind": "answered", "query": query, "text": text, "show_alert": show_alert }),
        );
        if let Some(person) = self.people.get_mut(&user).filter(|_| !text.is_empty()) {
            person.toasts.push(Toast { text, show_alert });
        }
    }
}
