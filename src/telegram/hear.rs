//! Raw updates into our words. The structs are our own and not teloxide's: they hold only what is used, so that a kind
//! of message that nobody knew when this was written is still heard, and reading takes microseconds.

use super::account;
use crate::{
    chat::{File, Incoming, Said},
    school::AccountId,
    work::channel::Heard,
};
use serde::{Deserialize, de::IgnoredAny};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is heard of is asked for: anything else would only be stored in vain.
pub(super) const ALLOWED: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];

/// The account of updates that belong to nobody.
const NOBODY: i64 = 0;

#[derive(Deserialize)]
struct Update {
    update_id: i64,
    message: Option<Message>,
    edited_message: Option<Message>,
    callback_query: Option<Query>,
    my_chat_member: Option<Membership>,
}

#[derive(Deserialize)]
struct Message {
    chat: Chat,
    from: Option<User>,
    text: Option<String>,
    caption: Option<String>,
    sticker: Option<IgnoredAny>,
    voice: Option<IgnoredAny>,
    audio: Option<IgnoredAny>,
    photo: Option<IgnoredAny>,
    video: Option<IgnoredAny>,
    video_note: Option<IgnoredAny>,
    animation: Option<IgnoredAny>,
    document: Option<Document>,
    location: Option<IgnoredAny>,
    contact: Option<IgnoredAny>,
    poll: Option<IgnoredAny>,
    dice: Option<IgnoredAny>,
    game: Option<IgnoredAny>,
    story: Option<IgnoredAny>,
    paid_media: Option<IgnoredAny>,
    checklist: Option<IgnoredAny>,
    migrate_to_chat_id: Option<i64>,
}

/// A file. Whatever of it is missing, the message is heard.
#[derive(Deserialize)]
struct Document {
    file_id: Option<String>,
    file_name: Option<String>,
    file_size: Option<u64>,
}

#[derive(Deserialize)]
struct Query {
    id: String,
    from: User,
    message: Option<Place>,
    data: Option<String>,
}

/// Where a pressed button stands. Telegram gives date 0 when the bot cannot reach the message any more.
#[derive(Deserialize)]
struct Place {
    chat: Chat,
    #[serde(default)]
    message_id: i64,
    #[serde(default)]
    date: i64,
}

#[derive(Deserialize)]
struct Membership {
    chat: Chat,
    from: User,
    new_chat_member: Member,
}

#[derive(Deserialize)]
struct Member {
    status: String,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    r#type: ChatKind,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum ChatKind {
    Private,
    Group,
    Supergroup,
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    language_code: Option<String>,
}

/// Who speaks, what, and the language of the app.
type Heading = (i64, Said, Option<String>);

/// Reads an update; `us` is the bot's username, once it is known.
pub(super) fn hear(raw: &str, us: Option<&str>) -> Heard {
    // What we stumble over is set aside like everything that cannot be read; it must not come again and again.
    let unread = || Heard { update: update_id(raw), account: account(NOBODY), said: None };
    std::panic::catch_unwind(|| read_whole(raw, us)).unwrap_or_else(|_panic| unread())
}

fn read_whole(raw: &str, us: Option<&str>) -> Heard {
    let Ok(update) = serde_json::from_str::<Update>(raw) else {
        return Heard { update: update_id(raw), account: account(NOBODY), said: None };
    };
    let number = update.update_id;
    let (who, said, language) = read(update, us).unwrap_or((NOBODY, Said::Nothing, None));
    let account: AccountId = account(who);
    let said = Incoming { account: account.clone(), said, language: language.unwrap_or_default() };
    Heard { update: number, account, said: Some(said) }
}

/// The number of an update, by best effort: what cannot be read has to be set aside under some number too, and a
/// number of its own text, below zero, is the same when it comes again.
pub(super) fn update_id(raw: &str) -> i64 {
    // Telegram names it first: all the rest need not be read for it.
    let named_first = raw.strip_prefix("{\"update_id\":").and_then(|rest| {
        let (digits, _) = rest.split_once([',', '}'])?;
        digits.parse().ok()
    });
    if let Some(number) = named_first {
        return number;
    }
    #[derive(Deserialize)]
    struct Numbered {
        update_id: i64,
    }
    if let Ok(numbered) = serde_json::from_str::<Numbered>(raw) {
        return numbered.update_id;
    }
    let digits = raw.split_once("\"update_id\"").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
    });
    digits.unwrap_or_else(|| {
        let mut hasher = DefaultHasher::new();
        raw.hash(&mut hasher);
        // Half of the range lies below zero; 0 itself is nobody's.
        -((hasher.finish() >> 1) as i64).max(1)
    })
}

fn read(update: Update, us: Option<&str>) -> Option<Heading> {
    if let Some(message) = update.message {
        return message.read(us);
    }
    if let Some(message) = update.edited_message {
        return message.read_edited();
    }
    if let Some(query) = update.callback_query {
        return Some(query.read());
    }
    update.my_chat_member.map(Membership::read)
}

impl Message {
    fn read(mut self, us: Option<&str>) -> Option<Heading> {
        let chat = self.chat.id;
        match self.chat.r#type {
            ChatKind::Private => {
                let said = match self.text.take() {
                    Some(text) => spoken(text),
                    None => match self.kind() {
                        Some("document") => self.document.take().map_or(Said::Nothing, Document::said),
                        kind => kind.map_or(Said::Nothing, Said::Unexpected),
                    },
                };
                Some((self.speaker(), said, self.language()))
            }
            ChatKind::Group | ChatKind::Supergroup => {
                if let Some(to) = self.migrate_to_chat_id {
                    return Some((chat, Said::Moved(account(to)), None));
                }
                let words = self.text.as_deref().or(self.caption.as_deref()).unwrap_or_default();
                let said = match command(words).and_then(|command| command.bot) {
                    // Somebody else's command is none of our business, even if it names us further on.
                    Some(bot) if us.is_none_or(|us| !us.eq_ignore_ascii_case(bot)) => Said::Nothing,
                    Some(_) => Said::Group { chat, to_us: true },
                    None => Said::Group { chat, to_us: us.is_some_and(|us| mentions(words, us)) },
                };
                Some((chat, said, self.language()))
            }
            ChatKind::Other => None,
        }
    }

    fn read_edited(mut self) -> Option<Heading> {
        // A live location is "edited" every few seconds, and nobody waits for an answer to that.
        let said = match (self.chat.r#type, self.text.take()) {
            (ChatKind::Private, Some(text)) => Said::Edited(text),
            (ChatKind::Other, _) => return None,
            _ => Said::Nothing,
        };
        Some((self.speaker(), said, self.language()))
    }

    /// A private chat has the person's id.
    fn speaker(&self) -> i64 {
        match (&self.from, self.chat.r#type) {
            (Some(from), ChatKind::Private) => from.id,
            _ => self.chat.id,
        }
    }

    fn language(self) -> Option<String> {
        self.from.and_then(|from| from.language_code)
    }

    /// The word for a message that is not text; `None` for a note of the service (a pinned message, a timer).
    fn kind(&self) -> Option<&'static str> {
        // An animation brings a document along and a venue a location: the order matters.
        let document = self.document.as_ref().map(|_| IgnoredAny);
        let kinds = [
            ("sticker", &self.sticker),
            ("voice", &self.voice),
            ("voice", &self.audio),
            ("photo", &self.photo),
            ("video", &self.video),
            ("video", &self.video_note),
            ("video", &self.animation),
            ("document", &document),
            ("location", &self.location),
            ("contact", &self.contact),
            ("other", &self.poll),
            ("other", &self.dice),
            ("other", &self.game),
            ("other", &self.story),
            ("other", &self.paid_media),
            ("other", &self.checklist),
        ];
        kinds.into_iter().find(|(_, there)| there.is_some()).map(|(word, _)| word)
    }
}

impl Document {
    fn said(self) -> Said {
        let Some(id) = self.file_id else { return Said::Unexpected("document") };
        let size = self.file_size.unwrap_or_default();
        Said::Document(File { id, name: self.file_name.unwrap_or_default(), size })
    }
}

impl Query {
    fn read(self) -> Heading {
        let place = self.message.as_ref();
        let private = place.is_none_or(|place| place.chat.r#type == ChatKind::Private);
        let who = place.filter(|_| !private).map_or(self.from.id, |place| place.chat.id);
        let message = place.filter(|place| place.date != 0).map_or(0, |place| place.message_id);
        let press = Said::Press { data: self.data.unwrap_or_default(), query: self.id, message };
        (who, press, self.from.language_code)
    }
}

impl Membership {
    fn read(self) -> Heading {
        let said = match (self.chat.r#type, self.new_chat_member.status.as_str()) {
            (ChatKind::Private, "kicked") => Said::Blocked,
            (ChatKind::Private, "member") => Said::Unblocked,
            _ => Said::Nothing,
        };
        let who = if self.chat.r#type == ChatKind::Private { self.from.id } else { self.chat.id };
        (who, said, self.from.language_code)
    }
}

fn spoken(text: String) -> Said {
    match command(&text) {
        Some(command) => {
            Said::Command { name: command.name.to_ascii_lowercase(), rest: command.rest.to_owned() }
        }
        None => Said::Text(text),
    }
}

/// `/name@bot rest`
struct Command<'a> {
    name: &'a str,
    bot: Option<&'a str>,
    rest: &'a str,
}

/// Reads a command as Telegram does: a slash, then Latin letters, digits and underscores. `1/2` and `/ and` are text.
fn command(text: &str) -> Option<Command<'_>> {
    let text = text.strip_prefix('/')?;
    let (head, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let (name, bot) = match head.split_once('@') {
        Some((name, bot)) => (name, Some(bot)),
        None => (head, None),
    };
    (is_word(name) && bot.is_none_or(is_word)).then(|| Command { name, bot, rest: rest.trim() })
}

/// Whether the text names us as `@us`.
fn mentions(text: &str, us: &str) -> bool {
    let mut names = text.split('@').skip(1);
    names.any(|after| {
        let end = after.find(|letter: char| !is_word_letter(letter)).unwrap_or(after.len());
        after[..end].eq_ignore_ascii_case(us)
    })
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_word_letter)
}

fn is_word_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests;
