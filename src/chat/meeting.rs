//! Meetings: their agenda is what stands open.

use super::{
    Button, Message, Refusal, Trouble,
    desk::Desk,
    entry,
    filling::Filling,
    form::Finished,
    forms,
    lines::{self, capped, due_of_mentor, name},
    mentor,
};
use crate::{
    school::{About, Body, ClassId, Duty, Kind},
    store::{Hat, Whose},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// So many items stand on an agenda; the others are counted.
const AGENDA: usize = 12;
/// So many resolutions of earlier meetings have a button by which they are changed.
const CHANGED: usize = 5;

/// The agenda: what stands open where the meeting is, resolutions of earlier ones first, then who waits longest.
pub fn agenda<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Message, Trouble>> {
    async move {
        let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
        let rules = desk.rules(&hat.school).await?;
        let today = desk.today(&hat.school);
        let class = filling.matter.as_ref().filter(|_| form.about == About::Class);
        let class = class.map(|(id, _)| ClassId::from(id.as_str()));
        let whose = class.as_ref().map_or(Whose::School, Whose::Class);
        let tx = desk.read().await?;
        let mut open = tx.duties(&rules, whose, today).await?;
        // That a meeting is due is no item of it, and that a student would like to talk is for no round of colleagues.
        open.retain(|it| it.owed_by.is_staff() && it.kind != Kind::Meeting && !it.wish);
        open.retain(|it| it.due <= today || it.scope == About::Resolution);
        open.sort_by_key(|it| it.scope != About::Resolution);
        let names = lines::names(tx, &open).await?;
        let policy = rules.policy(today);
        let items = lines::together(&open, |_| ());
        let line = |them: &Vec<&Duty>| match them.first() {
            Some(it) => Phrase::new("meeting-item")
                .phrase("about", lines::about(&names, them))
                .text("owes", name(&names, &it.owes))
                .phrase("what", due_of_mentor(it, &policy, today)),
            None => Phrase::new("nothing"),
        };
        let more = |items| Phrase::new("meeting-more").number("items", items);
        let mut lines = capped(items.iter().map(line), AGENDA, more);
        if lines.is_empty() {
            lines.push(Phrase::new("meeting-nothing-open"));
        }
        let resolved = open.iter().filter(|it| it.scope == About::Resolution).take(CHANGED);
        let change = |it: &Duty| {
            let label = Phrase::new("button-resolution").text("what", lines::short(name(&names, &it.about)));
            vec![Button::new(label, format!("decided:{}", it.about))]
        };
        let buttons: Vec<Vec<Button>> = resolved.map(change).collect();
        Ok(Message::here(Phrase::new("meeting-agenda").list("lines", lines, "\n")).rows(buttons))
    }
    .boxed()
}

/// A meeting that was held, and a button for each thing that it resolved.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (meeting, said) = entry::entry(filling)?;
        let finished = mentor::record(desk, hat, filling, Body::Entry(meeting), said).await?;
        let resolve = Button::key("button-resolve", format!("resolve:{}", filling.record));
        Ok(Finished { receipt: finished.receipt.row(vec![resolve]), ..finished })
    }
    .boxed()
}
