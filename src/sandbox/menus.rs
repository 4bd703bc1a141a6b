//! The menus of commands, by scope and language, resolved as Telegram's apps do.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::world::World;

/// A command and what it does, in a person's words.
pub(super) type Command = (String, String);

#[derive(Debug, Default)]
pub(super) struct Menus {
    lists: HashMap<(Scope, String), Vec<Command>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Scope {
    Default,
    AllPrivateChats,
    AllGroupChats,
    AllChatAdministrators,
    Chat(i64),
    ChatAdministrators(i64),
    ChatMember(i64, i64),
}

impl Menus {
    /// What a person sees in the private chat: the narrowest scope wins, and in it the person's language.
    pub fn resolve(&self, user: i64, language_code: &str) -> Vec<Command> {
        let language = language_code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        for scope in [Scope::Chat(user), Scope::AllPrivateChats, Scope::Default] {
            for language in [language.as_str(), ""] {
                if let Some(list) = self.lists.get(&(scope.clone(), language.to_owned())) {
                    return list.clone();
                }
            }
        }
        Vec::new()
    }
}

impl World {
    pub fn set_my_commands(&mut self, params: &Params) -> Answer {
        let key = self.menu_key(params)?;
        let list = match params.json("commands", "commands")?.as_deref() {
            None => Vec::new(),
            Some(Value::Array(commands)) => commands.iter().map(command).collect::<Answer<Vec<_>>>()?,
            Some(_) => return Err(Refusal::bad("expected an Array of BotCommand")),
        };
        if list.len() > 100 {
            return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
        }
        // An empty list is no list: the next wider scope shows through.
        match list.is_empty() {
            true => self.menus.lists.remove(&key),
            false => self.menus.lists.insert(key.clone(), list),
        };
        self.tell_of_menu(&key.0);
        Ok(true.into())
    }

    pub fn delete_my_commands(&mut self, params: &Params) -> Answer {
        let key = self.menu_key(params)?;
        self.menus.lists.remove(&key);
        self.tell_of_menu(&key.0);
        Ok(true.into())
    }

    pub fn get_my_commands(&mut self, params: &Params) -> Answer {
        let key = self.menu_key(params)?;
        let list = self.menus.lists.get(&key).cloned().unwrap_or_default();
        let wire = |(command, description)| json!({ "command": command, "description": description });
        Ok(list.into_iter().map(wire).collect::<Value>().into())
    }

    /// The menu button opens the commands here whatever is set; only the request is checked.
    pub fn set_chat_menu_button(&mut self, params: &Params) -> Answer {
        if let Some(chat) = params.text("chat_id") {
            self.chat_to_write(Some(chat))?;
        }
        let button = params.json("menu_button", "menu button")?;
        match button.as_ref().map_or(Some("default"), |it| it.get("type")?.as_str()) {
            Some("default" | "commands" | "web_app") => Ok(true.into()),
            _ => Err(Refusal::bad("can't parse menu button: MenuButton has unsupported type")),
        }
    }

    fn menu_key(&self, params: &Params) -> Answer<(Scope, String)> {
        let scope = match params.json("scope", "BotCommandScope")? {
            None => Scope::Default,
            Some(value) => self.scope(&value)?,
        };
        let language = params.text("language_code").unwrap_or_default();
        let two_letters = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
        if !language.is_empty() && !two_letters {
            return Err(Refusal::bad("invalid language code specified"));
        }
        Ok((scope, language))
    }

    fn scope(&self, value: &Value) -> Answer<Scope> {
        let wrong = |why: &str| Refusal::bad(format!("can't parse BotCommandScope: {why}"));
        let chat = || {
            let id = value.get("chat_id").ok_or_else(|| wrong("Can't find field \"chat_id\""))?;
            let id = id.as_i64().or_else(|| id.as_str().and_then(|id| id.parse().ok()));
            let known = id.filter(|id| self.chats.get(id).is_some_and(|chat| chat.started));
            known.ok_or_else(|| Refusal::bad("chat not found"))
        };
        match value.get("type").and_then(Value::as_str) {
            Some("default") => Ok(Scope::Default),
            Some("all_private_chats") => Ok(Scope::AllPrivateChats),
            Some("all_group_chats") => Ok(Scope::AllGroupChats),
            Some("all_chat_administrators") => Ok(Scope::AllChatAdministrators),
            Some("chat") => chat().map(Scope::Chat),
            Some("chat_administrators") => chat().map(Scope::ChatAdministrators),
            Some("chat_member") => match value.get("user_id").and_then(Value::as_i64) {
                Some(user) if user > 0 => chat().map(|chat| Scope::ChatMember(chat, user)),
                _ => Err(wrong("Invalid user_id specified")),
            },
            Some(_) => Err(wrong("Unsupported type specified")),
            None => Err(wrong("Can't find field \"type\"")),
        }
    }

    fn tell_of_menu(&self, scope: &Scope) {
        match scope {
            Scope::Chat(id) => self.tell(*id, || json!({ "kind": "menu", "commands": self.menu_of(*id) })),
            // Everybody may see another menu now: the page asks again.
            _ => self.tell(0, || json!({ "kind": "reload" })),
        }
    }

    /// The menu that this person sees.
    pub fn menu_of(&self, user: i64) -> Vec<Command> {
        let language = self.people.get(&user).map(|person| person.language_code.as_str());
        self.menus.resolve(user, language.unwrap_or_default())
    }
}

fn command(value: &Value) -> Answer<Command> {
    let wrong = |why: String| Refusal::bad(format!("can't parse BotCommand: {why}"));
    let field = |name: &str| {
        let text = value.get(name).and_then(Value::as_str).map(str::to_owned);
        text.ok_or_else(|| wrong(format!("Can't find field \"{name}\"")))
    };
    let (command, description) = (field("command")?, field("description")?);
    let command = command.trim_start_matches('/').to_owned();
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if command.is_empty() || command.len() > 32 || !command.bytes().all(allowed) {
        return Err(Refusal::bad("BOT_COMMAND_INVALID"));
    }
    if description.is_empty() || description.chars().count() > 256 {
        return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
    }
    Ok((command, description))
}
