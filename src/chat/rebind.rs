//! A lost phone, another account: with the old invitation in hand a person asks to be the same person here, and somebody
//! who knows the person says yes.
//!
//! The slip alone proves nothing, since it may have been found: the teacher is asked to see or to call the person first.
//! The account of before is told at once and decides nothing, since the phone may have been stolen: what it is told
//! leads its owner, if it still is with its owner, to the teacher.

use super::{
    Answer, Button, Message, Outcome, Refusal, To, Trouble,
    desk::{Around, Desk, actor},
    join,
    lines::{family, plain},
    router,
};
use crate::{
    clock::fresh_id,
    school::{AccountId, Act, Actor, PersonId, Post, RebindId, Role, SchoolId, Subject, may},
    store::{Address, Change, Class, Hat, Rebind, Redeemed, SchoolRow, Visitor},
    text::Phrase,
};
use anyhow::Result;

/// So often a day one account asks for one person.
const A_DAY: i64 = 3;
/// So often one account asks at all, for a family phone may be mother of two and the children, too; and so often all accounts
/// together ask for one person, so that whoever found a slip cannot use up what the owner may.
const A_DAY_IN_ALL: i64 = 6;

/// What is offered under a code that does not open the door, if it is one of a person who has joined before.
pub async fn offer(desk: &mut Desk<'_>, code: &str) -> Result<Option<Message>> {
    let known = desk.read().await?.joined_by(code).await?.is_some();
    // The code itself is what the button refers to: nobody asks who does not hold it.
    let ask = || vec![Button::key("button-rebind-ask", format!("mine:{code}"))];
    Ok(known.then(|| Message::here(Phrase::new("rebind-offer")).row(ask())))
}

/// `mine:<code>`: that is me, please ask my teacher.
pub async fn ask(desk: &mut Desk<'_>, visitor: &Visitor, code: &str, over: Option<i64>) -> Answer {
    let (now, account) = (desk.now(), &visitor.account);
    let tx = desk.read().await?;
    let is_over = |it: &Redeemed| {
        matches!(it, Redeemed::Used { by_you: false } | Redeemed::Expired | Redeemed::Revoked)
    };
    let looked = tx.look_at_code(account, code, now).await?;
    let owner = if is_over(&looked) { tx.joined_by(code).await? } else { None };
    // What else becomes of a code, the door says by itself.
    let Some((person, school)) = owner else { return join::with_code(desk, visitor, code).await };
    let tx = desk.read().await?;
    if tx.waits_for_rebind(&person, account, now).await? {
        return Ok(Outcome::say(Message::here(Phrase::new("rebind-waits")).over(over)));
    }
    let lately = tx.asked_lately(&person, account, now).await?;
    if lately.of_both >= A_DAY || lately.by_account.max(lately.for_person) >= A_DAY_IN_ALL {
        return Ok(Outcome::say(Message::here(Phrase::new("rebind-too-often")).over(over)));
    }
    let school = tx.school(&school).await?.ok_or(Refusal::NotFound)?;
    let asked = Rebind {
        school: school.id.clone(),
        id: fresh_id(),
        person,
        account: account.clone(),
        asked: now,
        open: true,
    };
    let circle = Circle::of(desk, &school, &asked.person).await?;
    let confirm = circle.who_confirms(desk, &asked).await?;
    if confirm.is_empty() {
        return Ok(Outcome::say(Message::here(Phrase::new("rebind-nobody")).over(over)));
    }
    let hint = match circle.guardians {
        0 | 1 => Phrase::new("nothing"),
        count => Phrase::new("rebind-guardians").number("count", count),
    };
    let words = Phrase::new("rebind-confirm").phrase("who", circle.who.clone()).phrase("hint", hint);
    let button = |key: &'static str, what: &str| Button::key(key, format!("rebind:{}:{what}", asked.id));
    let mut outcome = Outcome::say(Message::here(Phrase::new("rebind-asked")).over(over));
    outcome.messages.extend(confirm.iter().map(|it| {
        let message = Message::to(it, words.clone()).at_place(place(&asked.id));
        message.row(vec![button("button-rebind-yes", "yes")]).row(vec![button("button-rebind-no", "no")])
    }));
    if let Some(old) = address(desk, &asked.person).await? {
        outcome.messages.push(to_account(&old, Phrase::new("rebind-told-old").text("name", &old.name)));
    }
    Ok(outcome.change(Change::AskRebind(asked)))
}

/// `rebind:<id>:yes` and `:no`: from somebody who knows the person.
pub async fn decide(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    hat: &Hat,
    id: &str,
    what: &str,
    over: Option<i64>,
) -> Answer {
    let id = RebindId::parse(id).ok_or(Refusal::StaleButton)?;
    let asked = desk.read().await?.rebind(&id).await?;
    let asked = asked.filter(|it| it.school == hat.school.id).ok_or(Refusal::NotFound)?;
    let circle = Circle::of(desk, &hat.school, &asked.person).await?;
    // Nobody says of himself that it is he.
    let is_self = asked.account == visitor.account || asked.person == hat.person;
    if is_self || !circle.may_confirm(&actor(hat)) {
        return Err(Refusal::NotAllowed.into());
    }
    if !asked.is_open(desk.now()) {
        return Err(Refusal::StaleButton.into());
    }
    let yes = match what {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::StaleButton.into()),
    };
    let confirm = circle.who_confirms(desk, &asked).await?;
    let old = address(desk, &asked.person).await?;
    desk.note(vec![Change::DecideRebind { asked: asked.clone(), by: hat.person.clone(), yes }]);

    let (mine, theirs) = match yes {
        true => ("rebind-granted", "rebind-granted-by"),
        false => ("rebind-denied", "rebind-denied-by"),
    };
    let mut outcome =
        Outcome::say(Message::here(Phrase::new(mine).phrase("who", circle.who.clone())).over(over));
    for other in confirm.iter().filter(|it| **it != hat.person) {
        let words = Phrase::new(theirs).phrase("who", circle.who.clone()).text("by", &hat.name);
        outcome.messages.push(Message::to(other, words).over_place(place(&id)));
    }
    if yes {
        outcome.messages.extend(welcome(desk, &asked).await?);
        if let Some(old) = old {
            outcome.messages.extend(farewell(desk, &old, moved(&old)).await?);
        }
    } else {
        let words = Phrase::new("rebind-told-denied");
        let language = old.as_ref().map_or(&hat.school.language, |it| &it.language).clone();
        outcome.messages.push(Message {
            to: To::Account(asked.account, language),
            class: Class::Notice,
            ..Message::here(words)
        });
    }
    Ok(outcome)
}

/// The account of before is told that it is this person no more, and its menu follows.
pub async fn farewell(desk: &mut Desk<'_>, old: &Address, told: Phrase) -> Result<Vec<Message>> {
    let now = desk.now();
    let visitors = desk.read().await?.visitors(std::slice::from_ref(&old.account), now).await?;
    let menu = visitors.values().next().map(router::menu_message);
    let menu = menu.map(|it| Message { to: To::Account(old.account.clone(), old.language.clone()), ..it });
    Ok(std::iter::once(to_account(old, told)).chain(menu).collect())
}

/// That a person has another account now.
pub fn moved(old: &Address) -> Phrase {
    Phrase::new("rebind-moved").text("name", &old.name)
}

/// Where a person is now.
pub async fn address(desk: &mut Desk<'_>, person: &PersonId) -> Result<Option<Address>> {
    Ok(desk.read().await?.addresses(std::slice::from_ref(person)).await?.remove(person))
}

/// The same welcome as behind a code, where the person is from now on.
async fn welcome(desk: &mut Desk<'_>, asked: &Rebind) -> Result<Vec<Message>, Trouble> {
    let now = desk.now();
    let visitors = desk.read().await?.visitors(std::slice::from_ref(&asked.account), now).await?;
    let visitor = visitors.into_values().next().ok_or(Refusal::NotFound)?;
    let hat = visitor.hat_of(&asked.person).ok_or(Refusal::NotFound)?;
    let outcome = join::welcome(desk, &visitor, hat).await?;
    let to = |it: Message| Message { to: To::Person(asked.person.clone()), class: Class::Notice, ..it };
    Ok(outcome.messages.into_iter().map(to).collect())
}

fn to_account(address: &Address, words: Phrase) -> Message {
    let to = To::Account(address.account.clone(), address.language.clone());
    Message { to, class: Class::Notice, ..Message::here(words) }
}

fn place(id: &RebindId) -> String {
    format!("rebind:{id}")
}

/// A person with those who know whether an account is his or hers.
struct Circle {
    school: SchoolId,
    person: PersonId,
    is_staff: bool,
    /// The student, or the children of a guardian.
    children: Vec<Around>,
    /// How the teachers read who it is.
    who: Phrase,
    /// How many guardians the child has.
    guardians: usize,
}

impl Circle {
    async fn of(desk: &mut Desk<'_>, school: &SchoolRow, person: &PersonId) -> Result<Circle, Trouble> {
        let tx = desk.read().await?;
        let row = tx.person(person).await?.filter(|it| !it.left).ok_or(Refusal::NotFound)?;
        let is_staff = tx.posts_of(person).await?.iter().any(|post| post.role.is_staff());
        let of_family = tx.children_of(person).await?;
        let is_guardian = !of_family.is_empty();
        let ids = match (is_staff, is_guardian) {
            (true, _) => Vec::new(),
            (false, true) => of_family.into_iter().map(|it| it.id).collect(),
            (false, false) => vec![person.clone()],
        };
        let mut children = Vec::new();
        for id in ids {
            children.push(desk.around_at(&id, school).await?);
        }
        let mut names = Vec::new();
        for child in children.iter().filter(|_| is_guardian) {
            let guardians = desk.read().await?.guardians_of(&child.student).await?;
            let relation = guardians.into_iter().find(|it| it.id == *person).map(|it| it.relation);
            names.push(family(&child.name, &relation.unwrap_or_default()));
        }
        let who = match names.is_empty() {
            true if row.class.is_empty() => plain(row.name),
            true => plain(format!("{} · {}", row.name, row.class)),
            false => Phrase::new("rebind-family").list("families", names, "joint-comma"),
        };
        let guardians = children.iter().map(|it| it.guardians.len()).max().filter(|_| is_guardian);
        Ok(Circle {
            school: school.id.clone(),
            person: person.clone(),
            is_staff,
            children,
            who,
            guardians: guardians.unwrap_or(0),
        })
    }

    /// The table of rights: about the student, about any child of the guardian, about the colleague.
    fn may_confirm(&self, actor: &Actor<'_>) -> bool {
        let colleague = self.is_staff.then(|| Subject::person(&self.school, &self.person));
        let mut subjects = self.children.iter().map(Around::subject).chain(colleague);
        subjects.any(|subject| may(actor, Act::ConfirmAccount, &subject))
    }

    /// Who is asked: mentors and head teachers, whoever of them is reached here; else the office, which for colleagues is
    /// asked at once. Never the asking account itself.
    async fn who_confirms(&self, desk: &mut Desk<'_>, asked: &Rebind) -> Result<Vec<PersonId>> {
        let mut near: Vec<PersonId> = self.children.iter().flat_map(|it| it.mentors.clone()).collect();
        for class in self.children.iter().filter_map(|it| it.class.as_ref()) {
            near.extend(desk.read().await?.holders(&self.school, Role::HeadTeacher, Some(class)).await?);
        }
        let near = self.reached(desk, near, &asked.account).await?;
        if !near.is_empty() {
            return Ok(near);
        }
        let office = desk.read().await?.holders(&self.school, Role::Office, None).await?;
        self.reached(desk, office, &asked.account).await
    }

    async fn reached(
        &self,
        desk: &mut Desk<'_>,
        mut people: Vec<PersonId>,
        asking: &AccountId,
    ) -> Result<Vec<PersonId>> {
        people.sort();
        people.dedup();
        let tx = desk.read().await?;
        let addresses = tx.addresses(&people).await?;
        let mut reached = Vec::new();
        for person in people {
            let here = addresses.get(&person).is_some_and(|it| it.reachable && it.account != *asking);
            let posts: Vec<Post> = tx.posts_of(&person).await?;
            let actor = Actor { person: &person, school: &self.school, posts: &posts, left: false };
            if here && person != self.person && self.may_confirm(&actor) {
                reached.push(person);
            }
        }
        Ok(reached)
    }
}
