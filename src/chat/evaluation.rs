//! The evaluation of a student with a written message 成长寄语 to the family (P): it goes the way of a feedback.

use super::{
    Refusal, Trouble, desk::Desk, entry, feedback, filling::Filling, form::Finished, lines::signature,
};
use crate::{school::Body, store::Hat, text::Phrase};
use futures_util::{FutureExt, future::BoxFuture};

/// What the mentor sees before it is sent: exactly what the family will see.
pub fn preview(hat: &Hat, filling: &Filling) -> Phrase {
    let student = filling.who.first().map_or("", |(_, name)| name.as_str());
    let signature = signature(&hat.school.signature, &hat.name, &hat.school.name);
    letter(student, signature, filling.all("strengths"), filling.one("words").unwrap_or_default())
}

/// An evaluation as the family reads it: strengths, never grades.
pub fn letter(student: &str, signature: Phrase, strengths: &[String], words: &str) -> Phrase {
    let strengths = strengths.iter().map(|it| Phrase::new(format!("strength-{it}"))).collect();
    Phrase::new("evaluation-letter")
        .text("student", student)
        .phrase("signature", signature)
        .list("strengths", strengths, "joint-comma")
        .text("words", words)
}

/// On record as an evaluation, and in the family's hands.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let words = filling.one("words").ok_or(Refusal::StaleButton)?;
        let (entry, _) = entry::entry(filling)?;
        feedback::send(desk, hat, filling, words, "", Body::Entry(entry)).await
    }
    .boxed()
}
