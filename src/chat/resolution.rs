//! Meetings: their agenda is what stands open, and what they resolve becomes a task with an owner and a day.

use super::{
    Answer, Button, FormChange, Message, Outcome, Refusal, Trouble,
    desk::{Desk, may_own},
    digest, entry,
    filling::Filling,
    form::{self, Finished, Form},
    forms::{self, RESOLUTION, SCHOOL_RESOLUTION},
    lines::{self, capped, due_of_mentor, name, plain},
    matter, mentor,
};
use crate::{
    clock::fresh_id,
    school::{About, AboutId, Act, Body, ClassId, Duty, Entry, Kind, Record, RecordId, Resolution},
    store::{Change, Hat, Whose},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// So many items stand on an agenda; the others are counted.
const AGENDA: usize = 12;

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
        let line = |it: &Duty| {
            Phrase::new("meeting-item")
                .text("about", name(&names, &it.about))
                .text("owes", name(&names, &it.owes))
                .phrase("what", due_of_mentor(it, &policy, today))
        };
        let more = |items| Phrase::new("meeting-more").number("items", items);
        let mut lines = capped(open.iter().map(line), AGENDA, more);
        if lines.is_empty() {
            lines.push(Phrase::new("meeting-nothing-open"));
        }
        Ok(Message::here(Phrase::new("meeting-agenda").list("lines", lines, "\n")))
    }
    .boxed()
}

/// A meeting that was held, and a button for each thing that it resolved.
pub fn finish_meeting<'a>(
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

/// `resolve:<meeting>`: what was resolved there? Asked of who put the meeting on record.
pub async fn open(desk: &mut Desk<'_>, hat: &Hat, meeting: &str) -> Answer {
    let meeting = held(desk, hat, meeting).await?;
    let of_school = AboutId::from(&hat.school.id);
    let form: &'static Form =
        if meeting.about.contains(&of_school) { &SCHOOL_RESOLUTION } else { &RESOLUTION };
    let about = meeting.about.first().ok_or(Refusal::NotFound)?;
    let found = matter::allowed(desk, hat, form, about.as_str()).await?;
    let mut filling = Filling::new(form, &hat.person).with_matter(found.id, &found.name);
    filling.about = meeting.id.as_str().to_owned();
    form::open(desk, hat, form, filling, None).await
}

/// A meeting of this school that was held and not taken back.
async fn held(desk: &mut Desk<'_>, hat: &Hat, meeting: &str) -> Result<Record, Trouble> {
    let id = RecordId::parse(meeting).ok_or(Refusal::StaleButton)?;
    let kept = desk.read().await?.record(&id).await?;
    let kept = kept.filter(|it| it.school == hat.school.id && !it.undone).map(|it| it.record);
    Ok(kept.filter(|it| it.kind == Kind::Meeting).ok_or(Refusal::NotFound)?)
}

/// What was resolved, by whom, until when.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        // It may have been taken back meanwhile, and what it resolved is gone with it.
        let meeting = held(desk, hat, &filling.about).await?.id;
        let form = forms::by_name(&filling.form).ok_or(Refusal::StaleButton)?;
        let (matter, _) = filling.matter.as_ref().ok_or(Refusal::StaleButton)?;
        let [owner, owner_name] = filling.all("owner") else { return Err(Refusal::StaleButton.into()) };
        let words = filling.one("what").ok_or(Refusal::StaleButton)?;
        let due = filling.one("until").and_then(|it| it.parse().ok()).ok_or(Refusal::StaleButton)?;
        let resolution = Resolution {
            // Said twice, it is still one.
            id: filling.record.as_str().into(),
            meeting,
            owner: owner.as_str().into(),
            class: (form.about == About::Class).then(|| matter.as_str().into()),
            words: words.to_owned(),
            due,
        };
        let receipt = Message::here(
            Phrase::new("resolution-done").text("words", words).text("owner", owner_name).day("day", due),
        )
        .row(vec![Button::key("button-resolve-more", format!("resolve:{}", filling.about))]);
        let change = Change::Resolve(hat.school.id.clone(), resolution);
        Ok(Finished { changes: vec![change], receipt, messages: Vec::new() })
    }
    .boxed()
}

/// `done:<resolution>`: its owner has done it, which can be undone like any record.
pub async fn done(desk: &mut Desk<'_>, hat: &Hat, id: &str) -> Answer {
    let id = RecordId::parse(id).ok_or(Refusal::StaleButton)?;
    let about = AboutId::from(id.as_str());
    let (now, today) = (desk.now(), desk.today(&hat.school));
    let tx = desk.read().await?;
    let open = tx.open_resolutions(&hat.school.id, Whose::Person(&hat.person)).await?;
    let own = open.into_iter().find(|it| it.id == about && it.owner == hat.person);
    let Some(resolution) = own else {
        let known = tx.resolution(&about).await?.filter(|(school, _)| *school == hat.school.id);
        return Err(match known {
            Some((_, it)) if it.owner == hat.person => Refusal::AlreadyDone.into(),
            Some(_) => Refusal::NotAllowed.into(),
            None => Refusal::NotFound.into(),
        });
    };
    if !may_own(hat, Act::SeeDuties) {
        return Err(Refusal::NotAllowed.into());
    }
    let entry = Entry { kind: Kind::Resolution, form: String::new(), answers: [].into() };
    let record: RecordId = fresh_id();
    let undo = Button::key("button-undo", format!("undo:{record}"));
    let record = Record::new(record, hat.person.clone(), [about], today, now, Body::Entry(entry));
    desk.note(vec![Change::Record(hat.school.id.clone(), record)]);
    let said = Phrase::new("resolution-is-done").phrase("words", plain(resolution.words));
    let mut outcome = Outcome::say(Message::here(said).row(vec![undo])).form(FormChange::Keep);
    outcome.messages.extend(digest::refreshed(desk, hat).await?);
    Ok(outcome)
}
