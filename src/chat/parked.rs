//! A form that was left half written for another one: it is kept inside the other, and goes on after it.

use super::{Answer, FormChange, Message, Outcome, Trouble, desk::Desk, filling::Filling, form, router};
use crate::store::Visitor;

/// What an answer does to the form that was open before it: another form parks it if it holds typed words, and the end
/// of the other brings it back.
pub async fn follow(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    before: Option<Filling>,
    mut outcome: Outcome,
) -> Answer {
    let Some(before) = before else { return Ok(outcome) };
    match &mut outcome.form {
        FormChange::Set(now) if now.id != before.id => {
            if form::holds_words(&before) {
                outcome.messages.insert(0, Message::strip(before.message, form::PLACE));
                now.parked = Some(Box::new(Filling { parked: None, ..before }));
            } else {
                now.parked = before.parked;
            }
            Ok(outcome)
        }
        FormChange::Close => match before.parked {
            Some(parked) => go_on(desk, visitor, *parked, outcome).await,
            None => Ok(outcome),
        },
        FormChange::Set(_) | FormChange::Keep => Ok(outcome),
    }
}

/// The parked form stands open again below everything else, if the account still is who began it.
async fn go_on(desk: &mut Desk<'_>, visitor: &Visitor, parked: Filling, outcome: Outcome) -> Answer {
    let Some(hat) = visitor.hat_of(&parked.person).filter(|hat| !hat.left) else { return Ok(outcome) };
    match Box::pin(form::resume(desk, hat, parked)).await {
        Ok(again) => Ok(outcome.and(router::as_hat(visitor, hat, again))),
        Err(Trouble::Refused(_)) => Ok(outcome),
        Err(broken) => Err(broken),
    }
}
