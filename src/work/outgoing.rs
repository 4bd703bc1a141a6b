//! From a message in our words to a row of the outbox: who gets it, in which language, as which call.

use super::{
    House,
    channel::{Press, Rendered, RenderedButton, RenderedHow},
};
use crate::{
    chat::{Button, How, Message, To, compose::Compose, router::under_hat},
    clock::fresh_id,
    roster,
    school::{AccountId, At, MessageId, PersonId, Quiet, may_send_at},
    store::{Address, Class, OutRow, SchoolRules, Tx, Visitor},
    text::Phrase,
};
use anyhow::Result;
use std::collections::HashMap;

/// To whom answers of one incoming go.
pub struct Here<'a> {
    /// Who speaks, as of now.
    pub visitor: &'a Visitor,
    /// The language of the answers.
    pub language: String,
    /// The press to be answered, or ''.
    pub query: &'a str,
    /// Where the answer goes, if not to the visitor's own chat: a group.
    pub chat: AccountId,
}

impl House {
    /// Rows for the messages of one answer. Every press is answered exactly once: with the words over the button if
    /// there are any, else together with the first message to the same chat.
    pub async fn rows(
        &self,
        tx: &mut Tx,
        here: &Here<'_>,
        messages: Vec<Message>,
        now: At,
    ) -> Result<Vec<OutRow>> {
        let addresses = self.addresses(tx, &messages).await?;
        let mut rows = Vec::with_capacity(messages.len());
        let mut toast = String::new();
        for message in messages {
            match &message.to {
                To::Here if message.how == How::Toast => {
                    toast = self.texts.plain(&here.language, &message.phrase);
                }
                To::Here if let How::Composed(what) = &message.how => {
                    let compose = serde_json::to_string(what)?;
                    let row = self.bare_row(&here.chat, message.class);
                    rows.push(OutRow { compose, not_before: now, ..row });
                }
                To::Here => {
                    // Commands of a menu are named once per account, whatever hats it has.
                    let rendered = self.render(&here.language, &message);
                    rows.push(self.row(&here.chat, &message, &rendered));
                }
                To::Account(account, language) => {
                    rows.push(self.row(account, &message, &self.render(language, &message)));
                }
                To::Person(person) => {
                    if let Some(address) = addresses.get(person) {
                        let silent = quiet_now(tx, address, now).await?;
                        rows.push(self.row_to(address, message, silent));
                    }
                }
            }
        }
        if !here.query.is_empty() {
            let first = rows.iter_mut().find(|row| row.account == here.chat);
            let row = match first {
                Some(row) => row,
                None => {
                    rows.insert(0, self.bare_row(&here.chat, Class::Reply));
                    &mut rows[0]
                }
            };
            row.query = here.query.to_owned();
            row.toast = toast;
        }
        Ok(rows)
    }

    /// A row for a message to a person, in the person's language and under the person's name where the account is
    /// several.
    pub fn row_to(&self, address: &Address, mut message: Message, silent: bool) -> OutRow {
        if address.hats > 1 {
            let words = std::mem::replace(&mut message.phrase, Phrase::new("as-hat"));
            message.phrase = under_hat(&address.name, words);
        }
        let rendered = Rendered { silent, ..self.render(&address.language, &message) };
        OutRow { person: address.person.clone(), ..self.row(&address.account, &message, &rendered) }
    }

    /// A row whose words are made at the moment of sending.
    pub fn row_composed(&self, to: &Address, class: Class, what: &Compose, not_before: At) -> Result<OutRow> {
        let compose = serde_json::to_string(what)?;
        let row = self.bare_row(&to.account, class);
        Ok(OutRow { person: to.person.clone(), compose, not_before, ..row })
    }

    /// The words, the buttons and the call of a message in a language.
    pub fn render(&self, language: &str, message: &Message) -> Rendered {
        let how = match &message.how {
            How::Say | How::Toast | How::Composed(_) => RenderedHow::Say,
            How::Document(name, bytes) => RenderedHow::Document(name.clone(), bytes.clone()),
            How::Edit(id) => RenderedHow::Edit(*id),
            How::EditPlace(_) => RenderedHow::EditPlace,
            How::Strip(id) => RenderedHow::Strip(*id),
            How::StripPlace(_) => RenderedHow::Strip(0),
            How::Page(name, page) => {
                let name = format!("{}.html", self.texts.plain(language, name));
                RenderedHow::Document(name, page.html(&self.texts).into_bytes())
            }
            How::Roster(book, written) => {
                let say = |phrase: &Phrase| self.texts.plain(language, phrase);
                let table = match book {
                    Some(book) => Ok(roster::written(book, None, &say)),
                    None => roster::template(&say),
                };
                let key = if book.is_some() { "roster-file" } else { "roster-template-file" };
                let name = format!("{}.{}", say(&Phrase::new(key)), written.ending());
                match table.and_then(|it| written.bytes(it)) {
                    Ok(bytes) => RenderedHow::Document(name, bytes),
                    // A table in memory does not fail; if it did, the words alone would go.
                    Err(fault) => {
                        tracing::error!(fault = format!("{fault:#}"), "a roster could not be written");
                        RenderedHow::Say
                    }
                }
            }
            How::Menu(commands) => {
                let says = |name: &&str| {
                    let does = self.texts.plain(language, &Phrase::new(format!("command-{name}")));
                    ((*name).to_owned(), does)
                };
                RenderedHow::Menu(commands.iter().map(says).collect())
            }
        };
        let button = |it: &Button| RenderedButton {
            label: self.texts.plain(language, &it.label),
            press: Press::Data(it.data.clone()),
        };
        let rows = message.buttons.iter().filter(|row| !row.is_empty());
        Rendered {
            html: self.texts.html(language, &message.phrase),
            buttons: rows.map(|row| row.iter().map(button).collect()).collect(),
            silent: false,
            how,
        }
    }

    fn row(&self, account: &AccountId, message: &Message, rendered: &Rendered) -> OutRow {
        let call = self.channel.call(account, rendered);
        OutRow {
            method: call.method,
            body: call.body,
            edits: match &message.how {
                How::EditPlace(name) | How::StripPlace(name) => name.clone(),
                _ => String::new(),
            },
            place: message.place.clone().unwrap_or_default(),
            track: message.track.as_ref().and_then(|it| serde_json::to_string(it).ok()).unwrap_or_default(),
            ..self.bare_row(account, message.class)
        }
    }

    fn bare_row(&self, account: &AccountId, class: Class) -> OutRow {
        OutRow::bare(fresh_id::<MessageId>().to_string(), account.clone(), class, self.clock.now())
    }

    async fn addresses(&self, tx: &mut Tx, messages: &[Message]) -> Result<HashMap<PersonId, Address>> {
        let persons: Vec<PersonId> = messages
            .iter()
            .filter_map(|message| match &message.to {
                To::Person(person) => Some(person.clone()),
                To::Here | To::Account(..) => None,
            })
            .collect();
        if persons.is_empty() { Ok(HashMap::new()) } else { tx.addresses(&persons).await }
    }

    /// The language in which a visitor is answered: the worn hat's, its school's, or a first guess by the app's.
    pub fn language(&self, visitor: &Visitor, hint: &str) -> String {
        match visitor.worn() {
            Some(hat) if !hat.language.is_empty() => hat.language.clone(),
            Some(hat) => hat.school.language.clone(),
            None if !visitor.language.is_empty() => visitor.language.clone(),
            None => self.texts.best(hint).to_owned(),
        }
    }
}

/// When a nudge may reach a person: neither in the school's quiet hours nor in the person's own, and not on a day off.
pub fn may_nudge_at(rules: &SchoolRules, address: &Address, now: At) -> At {
    let own: Option<Quiet> = format!("{}-{}", address.quiet.0, address.quiet.1).parse().ok();
    let calendar = Some(&rules.calendar);
    let at = may_send_at(&rules.policy(rules.day(now)).quiet, calendar, rules.school.zone, now);
    own.map_or(at, |own| may_send_at(&own, calendar, rules.school.zone, at))
}

/// What one person says to another arrives at once, but without a sound while the other wants quiet.
async fn quiet_now(tx: &mut Tx, address: &Address, now: At) -> Result<bool> {
    let rules = tx.rules(&address.school).await?;
    let own: Option<Quiet> = format!("{}-{}", address.quiet.0, address.quiet.1).parse().ok();
    let time = now.local(rules.school.zone).time();
    Ok(rules.policy(rules.day(now)).quiet.has(time) || own.is_some_and(|own| own.has(time)))
}
