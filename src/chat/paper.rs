//! What a student reported on paper, typed in by the mentor: the child is asked nothing here, and the report counts like
//! any other. The child's own words stay on the paper.

use super::{
    Answer, Button, Message, Refusal, Trouble,
    consent::consent_of,
    desk::Desk,
    digest,
    filling::Filling,
    form::{self, Finished},
    forms::PAPER,
    student::{WISH, checkin_of, receipt},
};
use crate::{
    school::{Act, Body, Checkin, PersonId, Record},
    store::{Change, Hat, Task},
};
use futures_util::{FutureExt, future::BoxFuture};

/// `paper:<student>`: from the student's card, and from the word that the family said no.
pub async fn open(desk: &mut Desk<'_>, hat: &Hat, student: &str) -> Answer {
    let around = desk.allowed(hat, Act::LogCheckin, &student.into()).await?;
    on_paper(desk, hat, &around.student).await?;
    let filling = Filling::new(&PAPER, &hat.person).with_student("who", &around.student, &around.name);
    form::open(desk, hat, &PAPER, filling, None).await
}

/// Nobody answers in the place of a student who may do so alone.
async fn on_paper(desk: &mut Desk<'_>, hat: &Hat, student: &PersonId) -> Result<(), Trouble> {
    match consent_of(desk, hat, student).await?.consent.allows() {
        true => Err(Refusal::AnswersAlone.into()),
        false => Ok(()),
    }
}

/// From the sheet to the record: the one that the student's own check-in of this period would have been. It is the
/// mentor's, so a family's withdrawal leaves it: the school has to keep that the student reported.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (student, name) = filling.who.first().ok_or(Refusal::StaleButton)?;
        on_paper(desk, hat, student).await?;
        let scale = |step: &str| filling.one(step).and_then(|it| it.parse().ok()).unwrap_or(0);
        let checkin = Checkin {
            mood: scale("mood"),
            study: scale("study"),
            life: scale("life"),
            wants_talk: filling.one("talk") == Some("yes"),
            line: None,
        };
        if !checkin.is_valid() {
            return Err(Refusal::StaleButton.into());
        }
        let around = desk.around(student, hat).await?;
        let rules = desk.rules(&hat.school).await?;
        let at = filling.said_at(desk.now());
        let (_, id) = checkin_of(&rules, student, at);
        let phrase = receipt("paper-done", &checkin).text("student", name);
        let asks = checkin.wants_talk;
        let day = filling.day(at, hat.school.zone);
        let record = Record::new(
            id.clone(),
            hat.person.clone(),
            vec![student.clone()],
            day,
            at,
            Body::Checkin(checkin),
        );
        desk.note(vec![Change::Record(hat.school.id.clone(), record)]);
        if let (true, Some(owner)) = (asks, around.mentors.first()) {
            // Who owes the talks finds it at the head of the next list, as any wish.
            desk.note(vec![Change::OpenTask(Task {
                school: hat.school.id.clone(),
                owner: owner.clone(),
                student: student.clone(),
                kind: WISH,
                about: String::new(),
            })]);
        }
        let messages = digest::refreshed(desk, hat).await?.into_iter().collect();
        let undo = vec![Button::key("button-undo", format!("undo:{id}"))];
        Ok(Finished { changes: Vec::new(), receipt: Message::here(phrase).row(undo), messages })
    }
    .boxed()
}
