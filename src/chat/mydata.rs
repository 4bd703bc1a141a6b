//! What is kept about a person, for that person or the family: to see it, to have it mended, to have it deleted (PIPL, art. 45
//! to 47). A copy comes at once; what changes the school's books is decided by the office, which is told and answers.

use super::{
    Answer, Button, How, Message, Outcome, Refusal, Trouble,
    compose::Compose,
    consent,
    desk::{Around, Desk, actor, could},
    filling::Filling,
    form::{self, Ask, Finished, Form, Step, When},
    forms::anybody,
    lines::{family, plain},
};
use crate::{
    clock::fresh_id,
    print::{Page, kept},
    school::{Act, Actor, At, PersonId, RequestId, Role, SchoolId, Subject, may},
    store::{Asked, Change, Hat, Request, Tx},
    text::Phrase,
};
use anyhow::Result;
use futures_util::{FutureExt, future::BoxFuture};

/// What is wrong in the data, in the person's own words.
pub static CORRECT: Form = Form {
    name: "correct",
    act: Act::AskForData,
    suits: anybody,
    steps: &[Step { name: "words", when: When::Must, ask: Ask::Text(500) }],
    preview: None,
    finish: finish_correct,
};

/// `/mydata`: a card for each child of a guardian, or for oneself.
pub async fn show(desk: &mut Desk<'_>, hat: &Hat) -> Result<Vec<Message>, Trouble> {
    let mut cards = Vec::new();
    for person in subjects(desk, hat).await? {
        let around = about(desk, hat, &person).await?;
        cards.push(card(hat, &around));
    }
    Ok(cards)
}

/// `mydata:<person>:<what>`: the card again, a copy, something wrong, a deletion.
pub async fn press(desk: &mut Desk<'_>, hat: &Hat, person: &str, what: &str, over: Option<i64>) -> Answer {
    let around = about(desk, hat, &person.into()).await?;
    let back = || Button::key("button-mydata-back", format!("mydata:{}:card", around.student));
    match what {
        "" => Ok(Outcome::say(card(hat, &around))),
        "card" => Ok(Outcome::say(card(hat, &around).over(over))),
        "copy" => {
            let (school, to) = (hat.school.id.clone(), hat.person.clone());
            let copy = Compose::Kept { school, to, about: around.student.clone() };
            let coming = Message::toast(Phrase::new("slips-coming"));
            Ok(Outcome::say(coming).message(Message::composed(copy)))
        }
        "wrong" => {
            let filling =
                Filling { about: around.student.to_string(), ..Filling::new(&CORRECT, &hat.person) };
            let filling = filling.with_student("who", &around.student, &around.name);
            form::open(desk, hat, &CORRECT, filling, None).await
        }
        "erase" => {
            let key = if is_staff(hat) { "mydata-erase-staff" } else { "mydata-erase" };
            let sure = Message::here(Phrase::new(key).text("name", &around.name)).over(over);
            let yes = Button::key("button-mydata-erase-yes", format!("mydata:{}:delete", around.student));
            Ok(Outcome::say(sure.row(vec![yes]).row(vec![back()])))
        }
        "delete" => {
            let told = ask(desk, hat, &around, Asked::Erase, "").await?;
            let receipt = Message::here(Phrase::new("mydata-erase-asked").text("name", &around.name));
            Ok(Outcome::say(receipt.over(over).row(vec![back()])).and(told))
        }
        _ => Err(Refusal::StaleButton.into()),
    }
}

/// What was written about a mistake goes to the office.
fn finish_correct<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let around = about(desk, hat, &filling.about.as_str().into()).await?;
        let words = filling.one("words").ok_or(Refusal::StaleButton)?;
        let told = ask(desk, hat, &around, Asked::Correct, words).await?;
        let receipt = Message::here(Phrase::new("mydata-correct-asked").text("words", words));
        Ok(Finished { changes: told.changes, receipt, messages: told.messages })
    }
    .boxed()
}

/// Keeps a request and tells the office; a second one of the same kind about the same person while the first is open is the
/// first, unless it says something else.
async fn ask(desk: &mut Desk<'_>, hat: &Hat, around: &Around, asked: Asked, words: &str) -> Result<Outcome> {
    let open = desk.read().await?.open_requests(&hat.school.id).await?;
    let is_known = |it: &Request| {
        it.by == hat.person && it.about == around.student && it.asked == asked && it.words == words
    };
    if open.iter().any(is_known) {
        return Ok(Outcome::default());
    }
    let request = Request {
        school: hat.school.id.clone(),
        id: fresh_id(),
        by: hat.person.clone(),
        about: around.student.clone(),
        asked,
        words: words.to_owned(),
        at: desk.now(),
        done: false,
    };
    let mut outcome = Outcome::default();
    for office in desk.read().await?.holders(&hat.school.id, Role::Office, None).await? {
        if let Some(told) = told(desk.read().await?, &request).await? {
            outcome.messages.push(Message { to: super::To::Person(office), ..told });
        }
    }
    Ok(outcome.change(Change::Request(request)))
}

/// A request as the office reads it.
async fn told(tx: &mut Tx, request: &Request) -> Result<Option<Message>> {
    let Some(about) = tx.person(&request.about).await? else { return Ok(None) };
    let guardians = tx.guardians_of(&request.about).await?;
    let who = match guardians.iter().find(|it| it.id == request.by) {
        Some(guardian) => family(&about.name, &guardian.relation),
        None => plain(&about.name),
    };
    let key = match request.asked {
        Asked::Correct => "request-correct",
        Asked::Erase => "request-erase",
    };
    let phrase = Phrase::new(key).phrase("who", who).text("name", &about.name).text("class", &about.class);
    let phrase = if request.asked == Asked::Correct { phrase.text("words", &request.words) } else { phrase };
    let done = Button::key("button-settle", format!("settle:{}", request.id));
    Ok(Some(Message::to(&request.by, phrase).row(vec![done])))
}

/// `roster:requests`: all that nobody has answered yet, for the office.
pub async fn requests(desk: &mut Desk<'_>, hat: &Hat) -> Answer {
    let open = desk.read().await?.open_requests(&hat.school.id).await?;
    let mut outcome = Outcome::default();
    for request in open.iter().take(MOST) {
        if let Some(told) = told(desk.read().await?, request).await? {
            outcome.messages.push(Message { buttons: told.buttons, ..Message::here(told.phrase) });
        }
    }
    match outcome.messages.is_empty() {
        true => Err(Refusal::StaleButton.into()),
        false => Ok(outcome),
    }
}

/// So many requests are shown in one go, oldest first.
const MOST: usize = 10;

/// `settle:<request>`: the office has seen to it; who asked is told.
pub async fn settle(desk: &mut Desk<'_>, hat: &Hat, id: &str, over: Option<i64>) -> Answer {
    if !may(&actor(hat), Act::SettleRequests, &Subject::school(&hat.school.id)) {
        return Err(Refusal::NotAllowed.into());
    }
    let id = RequestId::parse(id).ok_or(Refusal::StaleButton)?;
    let request = desk.read().await?.request(&id).await?.filter(|it| it.school == hat.school.id);
    let request = request.ok_or(Refusal::NotFound)?;
    if request.done {
        return Err(Refusal::StaleButton.into());
    }
    let about = desk.read().await?.person(&request.about).await?.map(|it| it.name).unwrap_or_default();
    let key = match request.asked {
        Asked::Correct => "request-done-correct",
        Asked::Erase => "request-done-erase",
    };
    let answer = Message::to(&request.by, Phrase::new(key).text("name", &about));
    let done = Message::here(Phrase::new("request-settled").text("name", about)).over(over);
    let settled = Change::SettleRequest(id, hat.person.clone());
    Ok(Outcome::say(done).message(answer).change(settled))
}

/// The page as it is sent: whoever asked may not have the right any more.
pub async fn sent(
    tx: &mut Tx,
    school: &SchoolId,
    to: &PersonId,
    about: &PersonId,
    now: At,
) -> Result<Option<Message>> {
    let posts = tx.posts_of(to).await?;
    let asks = Actor { person: to, school, posts: &posts, left: false };
    let guardians: Vec<PersonId> = tx.guardians_of(about).await?.into_iter().map(|it| it.id).collect();
    let subject = Subject { person: Some(about), guardians: &guardians, ..Subject::school(school) };
    if !may(&asks, Act::AskForData, &subject) {
        return Ok(None);
    }
    let Some(address) = tx.addresses(std::slice::from_ref(to)).await?.remove(to) else { return Ok(None) };
    let rules = tx.rules(school).await?;
    let Some(page) = kept::of(tx, &rules, about, to, &address.language, now).await? else { return Ok(None) };
    let phrase = Phrase::new("mydata-sent").text("name", page.name());
    let name = Phrase::new("mydata-file").text("name", page.name());
    Ok(Some(Message { how: How::Page(name, Box::new(Page::Kept(page))), ..Message::to(to, phrase) }))
}

fn card(hat: &Hat, around: &Around) -> Message {
    let phrase = match around.student == hat.person {
        true => Phrase::new("mydata-own"),
        false => Phrase::new("mydata-child").text("name", &around.name),
    };
    let button =
        |key: &'static str, what: &str| Button::key(key, format!("mydata:{}:{what}", around.student));
    Message::here(phrase)
        .row(vec![button("button-mydata-copy", "copy")])
        .row(vec![button("button-mydata-wrong", "wrong"), button("button-mydata-erase", "erase")])
}

/// Whom it is about, if this person may ask: a child asks through the family.
async fn about(desk: &mut Desk<'_>, hat: &Hat, person: &PersonId) -> Result<Around, Trouble> {
    let around = desk.allowed(hat, Act::AskForData, person).await?;
    let is_student = could(hat, Act::CheckIn) && hat.person == *person;
    if is_student
        && consent::consent_of(desk, hat, person).await?.consent != crate::school::Consent::NotNeeded
    {
        return Err(Refusal::AskTheFamily.into());
    }
    Ok(around)
}

async fn subjects(desk: &mut Desk<'_>, hat: &Hat) -> Result<Vec<PersonId>> {
    if !hat.posts.iter().any(|it| it.role == Role::Guardian) {
        return Ok(vec![hat.person.clone()]);
    }
    let children = desk.read().await?.children_of(&hat.person).await?;
    Ok(children.into_iter().filter(|it| it.school == hat.school.id).map(|it| it.id).collect())
}

fn is_staff(hat: &Hat) -> bool {
    hat.posts.iter().any(|it| it.role.is_staff())
}
