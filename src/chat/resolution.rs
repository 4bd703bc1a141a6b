//! What meetings resolve: a task with an owner and a day, which whoever leads the meeting can change or drop.

use super::{
    Answer, Button, FormChange, Message, Outcome, Refusal, Trouble,
    desk::{Desk, may_own},
    digest,
    filling::Filling,
    form::{self, Finished, Form},
    forms::{self, RESOLUTION, SCHOOL_RESOLUTION},
    lines::{name, plain},
    matter,
};
use crate::{
    clock::fresh_id,
    school::{About, AboutId, Act, Body, Entry, Kind, Record, RecordId, Resolution},
    store::{Change, Hat, Whose},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// The form of the record that drops what was resolved; the one that says that it is done has none.
const DROPPED: &str = "dropped";

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
        let mut messages = Vec::new();
        if desk.read().await?.resolution(&resolution.id).await?.is_some() {
            // It is there already: changed, or said once more. What is done is done.
            let before = still_open(desk, hat, &resolution.id).await?;
            if before.owner != resolution.owner && resolution.owner != hat.person {
                // It may have stood on the other's list today, and comes on no list again so soon.
                let said = Phrase::new("resolution-yours").phrase("words", plain(words)).day("day", due);
                messages.push(Message::to(&resolution.owner, said));
            }
        }
        let receipt = Message::here(
            Phrase::new("resolution-done").text("words", words).text("owner", owner_name).day("day", due),
        )
        .row(vec![
            Button::key("button-resolve-more", format!("resolve:{}", filling.about)),
            Button::key("button-resolution-change", format!("decided:{}", resolution.id)),
        ]);
        let change = Change::Resolve(hat.school.id.clone(), resolution);
        Ok(Finished { changes: vec![change], receipt, messages })
    }
    .boxed()
}

/// `decided:<resolution>:<what>`: what was resolved, as a card from which it is changed ('what', 'owner', 'until') or dropped.
/// Open to whoever may resolve something there today.
pub async fn card(desk: &mut Desk<'_>, hat: &Hat, id: &str, what: &str, over: Option<i64>) -> Answer {
    let id = AboutId::from(RecordId::parse(id).ok_or(Refusal::StaleButton)?.as_str());
    let known = desk.read().await?.resolution(&id).await?.filter(|(school, _)| *school == hat.school.id);
    let it = known.ok_or(Refusal::NotFound)?.1;
    let form: &'static Form = if it.class.is_some() { &RESOLUTION } else { &SCHOOL_RESOLUTION };
    let of = it.class.as_ref().map_or(hat.school.id.as_str(), |class| class.as_str());
    let found = matter::allowed(desk, hat, form, of).await?;
    let it = still_open(desk, hat, &id).await?;
    match what {
        "" => {}
        "drop" => return drop_it(desk, hat, it, over).await,
        step => {
            let step = form.step(step).ok_or(Refusal::StaleButton)?;
            let filling = again(desk, hat, form, &it).await?.with_matter(found.id, &found.name);
            return form::open_at(desk, hat, form, filling, step).await;
        }
    }
    let owner = AboutId::from(&it.owner);
    let names = desk.read().await?.names_of(std::slice::from_ref(&owner)).await?;
    let said = Phrase::new("resolution-card")
        .phrase("words", plain(it.words))
        .text("owner", name(&names, &owner))
        .day("day", it.due);
    let button = |key: &'static str, what: &str| Button::key(key, format!("decided:{id}:{what}"));
    let message = Message::here(said)
        .over(over)
        .row(vec![button("button-resolution-what", "what"), button("button-resolution-owner", "owner")])
        .row(vec![button("button-resolution-until", "until"), button("button-resolution-drop", "drop")]);
    Ok(Outcome::say(message))
}

/// Everything that was said of it, as a form that was filled in.
async fn again(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    it: &Resolution,
) -> Result<Filling, Trouble> {
    let owner = AboutId::from(&it.owner);
    let names = desk.read().await?.names_of(std::slice::from_ref(&owner)).await?;
    let mut filling = Filling::new(form, &hat.person);
    filling.record = RecordId::from(it.id.as_str());
    filling.about = it.meeting.as_str().to_owned();
    filling.answer("what", it.words.clone());
    filling.answer("until", it.due.to_string());
    filling.answers.insert("owner".to_owned(), vec![owner.to_string(), name(&names, &owner).to_owned()]);
    filling.settle("owner");
    Ok(filling)
}

/// It stands open no more, and nobody did it: on record like anything that settles a duty, so that it can be undone.
async fn drop_it(desk: &mut Desk<'_>, hat: &Hat, it: Resolution, over: Option<i64>) -> Answer {
    let undo = settle(desk, hat, it.id, DROPPED);
    let said = Phrase::new("resolution-is-dropped").phrase("words", plain(it.words));
    let mut outcome = Outcome::say(Message::here(said).over(over).row(vec![undo])).form(FormChange::Keep);
    outcome.messages.extend(digest::refreshed(desk, hat).await?);
    Ok(outcome)
}

/// What stands open of this school's resolutions under this id.
async fn still_open(desk: &mut Desk<'_>, hat: &Hat, id: &AboutId) -> Result<Resolution, Trouble> {
    let (rules, today) = (desk.rules(&hat.school).await?, desk.today(&hat.school));
    let open = desk.read().await?.open_resolutions(&rules, Whose::School, today).await?;
    Ok(open.into_iter().find(|it| it.id == *id).ok_or(Refusal::AlreadyDone)?)
}

/// Puts on record that something is settled, and gives the button that takes it back.
fn settle(desk: &mut Desk<'_>, hat: &Hat, about: AboutId, form: &str) -> Button {
    let (now, today) = (desk.now(), desk.today(&hat.school));
    let entry = Entry { kind: Kind::Resolution, form: form.to_owned(), answers: [].into() };
    let record: RecordId = fresh_id();
    let undo = Button::key("button-undo", format!("undo:{record}"));
    let record = Record::new(record, hat.person.clone(), [about], today, now, Body::Entry(entry));
    desk.note(vec![Change::Record(hat.school.id.clone(), record)]);
    undo
}

/// `done:<resolution>`: its owner has done it, which can be undone like any record.
pub async fn done(desk: &mut Desk<'_>, hat: &Hat, id: &str) -> Answer {
    let id = RecordId::parse(id).ok_or(Refusal::StaleButton)?;
    let about = AboutId::from(id.as_str());
    let (rules, today) = (desk.rules(&hat.school).await?, desk.today(&hat.school));
    let tx = desk.read().await?;
    let open = tx.open_resolutions(&rules, Whose::Person(&hat.person), today).await?;
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
    let undo = settle(desk, hat, about, "");
    let said = Phrase::new("resolution-is-done").phrase("words", plain(resolution.words));
    let mut outcome = Outcome::say(Message::here(said).row(vec![undo])).form(FormChange::Keep);
    outcome.messages.extend(digest::refreshed(desk, hat).await?);
    Ok(outcome)
}
