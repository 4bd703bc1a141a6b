//! Whom a mentor has put off, until when, and how that is taken back.

use super::{
    Answer, Button, Message, Outcome,
    desk::Desk,
    lines::{name, plain},
};
use crate::{
    school::{AboutId, Act, Snooze},
    store::{Change, Hat},
    text::Phrase,
};

/// `waiting:`: everybody who was put off and is not listed yet.
pub async fn list(desk: &mut Desk<'_>, hat: &Hat, over: Option<i64>) -> Answer {
    let today = desk.today(&hat.school);
    let tx = desk.read().await?;
    let mut own = tx.snoozes(&hat.school.id, Some(&[&hat.person]), today).await?;
    own.sort_by_key(|it| it.until);
    let ids: Vec<AboutId> = own.iter().map(|it| (&it.student).into()).collect();
    let names = tx.names_of(&ids).await?;
    let button = |it: &Snooze| {
        let label =
            Phrase::new("button-unsnooze").text("student", name(&names, &it.student)).day("day", it.until);
        vec![Button::new(label, format!("unsnooze:{}", it.student))]
    };
    let key = if own.is_empty() { "put-off-none" } else { "put-off" };
    Ok(Outcome::say(Message::here(Phrase::new(key)).over(over).rows(own.iter().map(button))))
}

/// `unsnooze:<student>`: back on the list.
pub async fn take_back(desk: &mut Desk<'_>, hat: &Hat, student: &str, over: Option<i64>) -> Answer {
    let around = desk.allowed(hat, Act::Snooze, &student.into()).await?;
    desk.note(vec![Change::Unsnooze(hat.school.id.clone(), hat.person.clone(), around.student)]);
    let back = Phrase::new("put-off-back").phrase("student", plain(around.name));
    Ok(Outcome::say(Message::toast(back)).and(list(desk, hat, over).await?))
}
