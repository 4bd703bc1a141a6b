//! What a family can say: that it has read a feedback, and once more what was written last.

use super::{
    Answer, Message, Outcome, Refusal, Trouble,
    desk::Desk,
    feedback::{heard, letter_of, reply_button, status_for_author},
};
use crate::{
    school::{Act, FeedbackId},
    store::{CopyState, Hat},
    text::Phrase,
};

/// `seen:<feedback>`: thanks, and the mentor sees it at once.
pub async fn seen(desk: &mut Desk<'_>, hat: &Hat, id: &str, over: Option<i64>) -> Answer {
    let id = FeedbackId::parse(id).ok_or(Refusal::StaleButton)?;
    let view = desk.read().await?.feedback(&id).await?.ok_or(Refusal::NotFound)?;
    desk.allowed(hat, Act::ReadFeedback, &view.feedback.student).await?;
    let copy = view.copies.iter().find(|it| it.guardian == hat.person).ok_or(Refusal::NotAllowed)?;
    let letter = Message::here(letter_of(&view)).over(over).row(vec![reply_button(id.as_str())]);
    let mut outcome = Outcome::say(Message::toast(Phrase::new("feedback-seen"))).message(letter);
    if matches!(copy.state, CopyState::Waiting | CopyState::Sent | CopyState::Unreachable) {
        desk.note(heard(&view.feedback, &hat.person, CopyState::Seen));
        let view = desk.read().await?.feedback(&id).await?.ok_or(Refusal::NotFound)?;
        outcome.messages.push(status_for_author(&view));
    }
    Ok(outcome)
}

/// The latest feedback about each child.
pub async fn letters(desk: &mut Desk<'_>, hat: &Hat) -> Result<Vec<Message>, Trouble> {
    let mut letters = Vec::new();
    for child in desk.read().await?.children_of(&hat.person).await? {
        let view = desk.read().await?.latest_feedback(&child.id, &hat.person).await?;
        let Some(view) = view.filter(|it| it.feedback.school == hat.school.id) else { continue };
        desk.allowed(hat, Act::ReadFeedback, &child.id).await?;
        let dated = Phrase::new("messages-letter")
            .day("day", view.feedback.at.day(hat.school.zone))
            .phrase("letter", letter_of(&view));
        let buttons = vec![reply_button(view.feedback.id.as_str())];
        letters.push(Message::here(dated).row(buttons));
    }
    Ok(letters)
}
