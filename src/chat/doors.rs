//! Every way in: what can be typed as a command and what a button can refer to, what each needs, and who answers. A door
//! that states neither a right nor why it needs none cannot be written down.

pub use super::buttons::BUTTONS;
use super::{
    Answer, FormChange, Message, Outcome, Refusal, checkin, consent,
    desk::Desk,
    digest, entry,
    filling::Filling,
    form,
    forms::{CONTACT, FEEDBACK, TALK},
    guardian, join, mydata, rosters, router, settings, staff, student, students,
};
use crate::{
    school::Act,
    store::{Hat, Visitor},
    text::Phrase,
};
use Opens::{Anybody, Each, Joined, OfForm, Right};
use futures_util::{FutureExt, future::BoxFuture};

/// The commands of the menu, in its order.
pub static COMMANDS: &[Door] = &[
    Door {
        name: "checkin",
        opens: Right(Act::CheckIn, |it, hat| checkin::checkin(it.desk, hat, it.filling.cloned()).boxed()),
    },
    Door { name: "wish", opens: Right(Act::WishTalk, |it, hat| student::wish(it.desk, hat).boxed()) },
    Door { name: "today", opens: Right(Act::SeeDuties, |it, hat| digest::today(it.desk, hat, None).boxed()) },
    Door {
        name: "talk",
        opens: Right(Act::LogTalk, |it, hat| form::open_about(it.desk, hat, &TALK, None).boxed()),
    },
    Door {
        name: "contact",
        opens: Right(Act::LogContact, |it, hat| form::open_about(it.desk, hat, &CONTACT, None).boxed()),
    },
    Door {
        name: "feedback",
        opens: Right(Act::WriteFeedback, |it, hat| form::open_about(it.desk, hat, &FEEDBACK, None).boxed()),
    },
    Door { name: "record", opens: Right(Act::SeeDuties, |_, hat| entry::menu(hat).boxed()) },
    Door {
        name: "students",
        opens: Right(Act::ReadStudents, |it, hat| students::list(it.desk, hat, "", None).boxed()),
    },
    Door {
        name: "overview",
        opens: Right(Act::ReadFigures, |it, hat| staff::overview(it.desk, hat, "", None).boxed()),
    },
    Door { name: "roster", opens: Right(Act::ManageRoster, |it, hat| rosters::show(it.desk, hat).boxed()) },
    Door {
        name: "messages",
        opens: Each(
            Act::AnswerFeedback,
            |it, hat| async move { said(guardian::letters(it.desk, hat).await?) }.boxed(),
            || Ok(Outcome::say(Message::here(Phrase::new("messages-none")))),
        ),
    },
    Door {
        name: "consent",
        opens: Each(
            Act::GiveConsent,
            |it, hat| async move { said(consent::show(it.desk, hat).await?) }.boxed(),
            || Err(Refusal::NotFound.into()),
        ),
    },
    Door {
        name: "mydata",
        opens: Each(
            Act::AskForData,
            |it, hat| async move { said(mydata::show(it.desk, hat).await?) }.boxed(),
            || Err(Refusal::NotFound.into()),
        ),
    },
    Door {
        name: "settings",
        opens: Right(Act::ChangeSettings, |it, hat| settings::show(it.desk, it.visitor, hat, None).boxed()),
    },
    Door { name: "help", opens: Joined(HELP, |it, _| help(it)) },
    Door {
        name: "cancel",
        opens: Joined("it closes the asking account's own form and nothing else", |it, _| cancel(it)),
    },
];

/// Commands that stand in no menu.
pub static UNLISTED: &[Door] = &[
    Door {
        name: "start",
        opens: Anybody("what follows it is a code, and the code is the key", |it| join::start(it).boxed()),
    },
    Door { name: "menu", opens: Joined(HELP, |it, _| help(it)) },
];

const HELP: &str = "it names what the asking person may do, and nobody else";

/// One way in.
pub struct Door {
    /// The command, or the first word of a button's data.
    pub name: &'static str,
    /// To whom it opens, and who answers there.
    pub opens: Opens,
}

/// To whom a door opens.
pub enum Opens {
    /// To every account, also one that is nobody here; with the reason.
    Anybody(&'static str, Open),
    /// To whoever is somebody here, since it is about nobody else; with the reason.
    Joined(&'static str, Under),
    /// To whom the table of rights lets do this about somebody. Who answers asks the table again: about whom?
    Right(Act, Under),
    /// To whom the right lets that the form takes whose name comes first in the value.
    OfForm(Under),
    /// The same under every hat that could, each under its own name; and what is said when none has anything to say.
    Each(Act, Under, fn() -> Answer),
}

/// An answer to an account.
pub type Open = for<'a> fn(Knock<'a, '_>) -> BoxFuture<'a, Answer>;
/// An answer to a person.
pub type Under = for<'a> fn(Knock<'a, '_>, &'a Hat) -> BoxFuture<'a, Answer>;

/// What somebody brings to a door.
pub struct Knock<'a, 'b> {
    /// Where the answer is worked out.
    pub desk: &'a mut Desk<'b>,
    /// Who speaks.
    pub visitor: &'a Visitor,
    /// The form that is open.
    pub filling: Option<&'a Filling>,
    /// What follows the name of the door.
    pub value: &'a str,
    /// The message under which the button stands.
    pub over: Option<i64>,
}

impl<'a> Knock<'a, '_> {
    /// A part of the value; the third takes all that is left.
    pub fn part(&self, number: usize) -> &'a str {
        self.value.splitn(3, ':').nth(number).unwrap_or("")
    }
}

impl Door {
    /// The right that it needs; `None` for a door that says why it needs none.
    pub fn act(&self) -> Option<Act> {
        match self.opens {
            Right(act, _) | Each(act, ..) => Some(act),
            Anybody(..) | Joined(..) | OfForm(_) => None,
        }
    }
}

/// The door of a command.
pub fn command(name: &str) -> Option<&'static Door> {
    COMMANDS.iter().chain(UNLISTED).find(|door| door.name == name)
}

/// The door of a button.
pub fn button(name: &str) -> Option<&'static Door> {
    BUTTONS.iter().find(|door| door.name == name)
}

fn said(messages: Vec<Message>) -> Answer {
    Ok(Outcome { messages, ..Outcome::default() })
}

fn help<'a>(it: Knock<'a, '_>) -> BoxFuture<'a, Answer> {
    let help = router::help(it.visitor);
    async move { Ok(help) }.boxed()
}

fn cancel<'a>(it: Knock<'a, '_>) -> BoxFuture<'a, Answer> {
    let open = it.filling.is_some_and(|it| it.saved.is_none());
    let key = if open { "form-cancelled" } else { "hint-nothing-to-cancel" };
    async move { Ok(Outcome::say(Message::here(Phrase::new(key))).form(FormChange::Close)) }.boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_doors_have_one_name() {
        let commands: Vec<&Door> = COMMANDS.iter().chain(UNLISTED).collect();
        for doors in [commands, BUTTONS.iter().collect()] {
            let names: std::collections::HashSet<&str> = doors.iter().map(|door| door.name).collect();
            assert_eq!(names.len(), doors.len());
        }
    }

    #[test]
    fn a_door_without_a_right_says_why() {
        for door in COMMANDS.iter().chain(UNLISTED).chain(BUTTONS) {
            if let Anybody(why, _) | Joined(why, _) = door.opens {
                assert!(why.len() > 20, "{}", door.name);
            }
        }
    }
}
