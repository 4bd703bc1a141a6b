//! The office's roster in the chat: how to send one, the school's own as a file that can be sent back, and one to fill in.

use super::{
    Answer, Button, How, Message, Outcome, Refusal,
    compose::Compose,
    desk::{Desk, actor},
};
use crate::{
    roster::Written,
    school::{Act, Actor, PersonId, SchoolId, Subject, may},
    store::{Hat, Tx},
    text::Phrase,
};
use anyhow::Result;
use serde::{Deserialize, Serialize};

/// Which roster is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// The school's, for Excel.
    Xlsx,
    /// The school's, as CSV.
    Csv,
    /// One to fill in.
    Template,
}

/// `/roster`: what can be done about who is at the school.
pub async fn show(desk: &mut Desk<'_>, hat: &Hat) -> Answer {
    allowed(hat)?;
    let tx = desk.read().await?;
    let count = tx.students_in(&hat.school.id, None).await?.len();
    let open = tx.open_requests(&hat.school.id).await?.len();
    let mut rows = vec![
        vec![
            Button::key("button-roster-xlsx", "roster:xlsx"),
            Button::key("button-roster-csv", "roster:csv"),
        ],
        vec![Button::key("button-roster-template", "roster:template")],
    ];
    if open > 0 {
        rows.push(vec![Button::new(Phrase::new("button-requests").number("count", open), "roster:requests")]);
    }
    let phrase = Phrase::new("roster-card").text("school", &hat.school.name).number("students", count);
    Ok(Outcome::say(Message::here(phrase).rows(rows)))
}

/// `roster:<which>`: a file comes.
pub async fn press(desk: &mut Desk<'_>, hat: &Hat, which: &str) -> Answer {
    allowed(hat)?;
    let which = match which {
        "xlsx" => Which::Xlsx,
        "csv" => Which::Csv,
        "template" => Which::Template,
        "requests" => return super::mydata::requests(desk, hat).await,
        _ => return Err(Refusal::StaleButton.into()),
    };
    let (school, to) = (hat.school.id.clone(), hat.person.clone());
    let coming = Message::toast(Phrase::new("slips-coming"));
    Ok(Outcome::say(coming).message(Message::composed(Compose::Roster { school, to, which })))
}

/// The file as it is sent: whoever asked may have left the post since.
pub async fn sent(tx: &mut Tx, school: &SchoolId, to: &PersonId, which: Which) -> Result<Option<Message>> {
    let posts = tx.posts_of(to).await?;
    let asks = Actor { person: to, school, posts: &posts, left: false };
    let Some(school) = tx.school(school).await? else { return Ok(None) };
    if !may(&asks, Act::ManageRoster, &Subject::school(&school.id)) {
        return Ok(None);
    }
    let (book, phrase) = match which {
        Which::Template => (None, Phrase::new("roster-template-sent")),
        Which::Xlsx | Which::Csv => {
            let book = tx.look_at_book(&school.id).await?;
            (Some(Box::new(book)), Phrase::new("roster-sent").text("school", &school.name))
        }
    };
    let how = How::Roster(book, if which == Which::Csv { Written::Csv } else { Written::Xlsx });
    Ok(Some(Message { how, ..Message::to(to, phrase) }))
}

fn allowed(hat: &Hat) -> Result<(), Refusal> {
    match may(&actor(hat), Act::ManageRoster, &Subject::school(&hat.school.id)) {
        true => Ok(()),
        false => Err(Refusal::NotAllowed),
    }
}
