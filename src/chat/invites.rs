//! Who has not joined, and what the head teacher or the office does about it: slips to print, a new invitation for one
//! person, or none any more. Staff are invited by the office from the terminal: whoever hands out a code could use it.

use super::{
    Answer, Button, How, Message, Outcome, Refusal, Trouble,
    compose::Compose,
    desk::{Desk, actor},
    lines::{family, plain},
    rebind,
    staff::percent,
};
use crate::{
    print::{Group, Page, slips},
    school::{Act, Actor, At, ClassId, PersonId, SchoolId, Subject, may},
    store::{Change, Hat, InviteRow, InviteState, Invitees, Tx, Visitor},
    text::Phrase,
};
use anyhow::Result;
use chrono::TimeDelta;
use chrono_tz::Tz;

/// A second tap within so long makes no second file, of which the first one would be void.
const ONE_FILE: TimeDelta = TimeDelta::seconds(30);
/// People on one page.
const PAGE: usize = 8;
/// Whom a head teacher invites.
const FAMILIES: [Group; 2] = [Group::Student, Group::Guardian];

/// `joined:<class>:<page>`: how many of a class have joined, and by name who has not.
pub async fn of_class(desk: &mut Desk<'_>, hat: &Hat, class: &str, page: &str, over: Option<i64>) -> Answer {
    let (class, name) = managed(desk, hat, class).await?;
    let now = desk.now();
    let tx = desk.read().await?;
    let joined = tx.joined(&hat.school.id, Some(&class)).await?.get(&class).copied().unwrap_or_default();
    let rows = slips::not_in_chat(tx, &hat.school, &families(&class), now).await?;
    let pages = rows.len().div_ceil(PAGE).max(1);
    let page = page.parse::<usize>().unwrap_or(0).min(pages - 1);
    let shown = || rows.iter().skip(page * PAGE).take(PAGE);
    let mut lines: Vec<Phrase> = shown().map(|it| line(it, hat.school.zone)).collect();
    if lines.is_empty() {
        lines.push(Phrase::new("joined-everybody"));
    }
    let phrase = Phrase::new("joined")
        .text("class", name)
        .number("pupils", joined.students.0)
        .number("joined", joined.students.1)
        .number("pupils_rate", percent(joined.students))
        .number("families", joined.guardians.0)
        .number("homes", joined.guardians.1)
        .number("homes_rate", percent(joined.guardians))
        .list("lines", lines, "\n");
    let button = |it: &InviteRow| Button::new(who(it), format!("invite:{}", it.person));
    let buttons: Vec<Button> = shown().map(button).collect();
    let turn = |to: usize, key| Button::key(key, format!("joined:{class}:{to}"));
    let earlier = (page > 0).then(|| turn(page.saturating_sub(1), "button-earlier"));
    let more = (page + 1 < pages).then(|| turn(page + 1, "button-more"));
    let print = |key, group| Button::key(key, format!("slips:{class}:{group}"));
    let families = rows.iter().filter(|it| Group::of(it) == Group::Guardian).count();
    let all = (!rows.is_empty()).then(|| print("button-slips", "all"));
    let some = (0 < families && families < rows.len()).then(|| print("button-slips-families", "families"));
    let prints = all.into_iter().chain(some).collect();
    let here = joined.students.1 + joined.guardians.1;
    let members =
        Button::new(Phrase::new("button-members").number("count", here), format!("members:{class}"));
    let message = Message::here(phrase)
        .over(over)
        .rows(buttons.chunks(2).map(<[Button]>::to_vec))
        .row(earlier.into_iter().chain(more).collect())
        .row(prints)
        .row(Some(members).filter(|_| here > 0).into_iter().collect())
        .row(vec![Button::key("button-overview", format!("overview:{class}"))]);
    Ok(Outcome::say(message))
}

/// `members:<class>:<page>`: who of a class is in the chat, so that somebody who lost the phone or joined as the wrong person
/// can be helped.
pub async fn members(desk: &mut Desk<'_>, hat: &Hat, class: &str, page: &str, over: Option<i64>) -> Answer {
    let (class, name) = managed(desk, hat, class).await?;
    let now = desk.now();
    let mut rows = desk.read().await?.invites(&hat.school.id, Invitees::OfClass(&class), now).await?;
    rows.retain(|it| {
        it.state == Some(InviteState::Used)
            && it.class_id.as_ref() == Some(&class)
            && FAMILIES.contains(&Group::of(it))
    });
    let pages = rows.len().div_ceil(PAGE).max(1);
    let page = page.parse::<usize>().unwrap_or(0).min(pages - 1);
    let shown = || rows.iter().skip(page * PAGE).take(PAGE);
    let lines: Vec<Phrase> = shown().map(|it| Phrase::new("members-line").phrase("who", named(it))).collect();
    let phrase = match rows.is_empty() {
        true => Phrase::new("members-none").text("class", name),
        false => Phrase::new("members").text("class", name).list("lines", lines, "\n"),
    };
    let buttons: Vec<Button> =
        shown().map(|it| Button::new(who(it), format!("invite:{}", it.person))).collect();
    let turn = |to: usize, key| Button::key(key, format!("members:{class}:{to}"));
    let earlier = (page > 0).then(|| turn(page.saturating_sub(1), "button-earlier"));
    let more = (page + 1 < pages).then(|| turn(page + 1, "button-more"));
    let message = Message::here(phrase)
        .over(over)
        .rows(buttons.chunks(2).map(<[Button]>::to_vec))
        .row(earlier.into_iter().chain(more).collect())
        .row(vec![Button::key("button-back-to-joined", format!("joined:{class}"))]);
    Ok(Outcome::say(message))
}

/// `unbind:<person>`: the account of somebody who has joined shall be this person no more, and a new invitation comes;
/// `:yes` once it was asked. The old account is told at once.
pub async fn unbind(
    desk: &mut Desk<'_>,
    visitor: &Visitor,
    hat: &Hat,
    person: &str,
    sure: &str,
    over: Option<i64>,
) -> Answer {
    let (class, row) = invited(desk, hat, person).await?;
    if row.state != Some(InviteState::Used) {
        return one(desk, hat, person, "", over).await;
    }
    let old = rebind::address(desk, &row.person).await?;
    // Nobody takes away the account with which he speaks.
    if old.as_ref().is_some_and(|it| it.account == visitor.account) {
        return Err(Refusal::NotAllowed.into());
    }
    if sure != "yes" {
        let phrase = Phrase::new("unbind-sure").phrase("who", named(&row)).text("class", &row.class);
        let yes = Button::key("button-unbind-yes", format!("unbind:{}:yes", row.person));
        let no = Button::key("button-unbind-no", format!("invite:{}", row.person));
        return Ok(Outcome::say(Message::here(phrase).over(over).row(vec![yes]).row(vec![no])));
    }
    desk.note(vec![Change::Unbind(row.person.clone())]);
    let whose = slips::Invited { person: Some(row.person.clone()), ..families(&class) };
    let done = Phrase::new("unbind-done-here").phrase("who", named(&row));
    let back = vec![Button::key("button-back-to-joined", format!("joined:{class}"))];
    let mut outcome = Outcome::say(Message::here(done).over(over).row(back)).message(composed(hat, whose));
    if let Some(old) = old {
        let told = Phrase::new("unbind-told").text("name", &old.name).text("by", &hat.name);
        outcome.messages.extend(rebind::farewell(desk, &old, told).await?);
    }
    Ok(outcome)
}

/// `slips:<class>:<all or families>`, and `:yes` where slips that were handed out would open nothing any more.
pub async fn print(
    desk: &mut Desk<'_>,
    hat: &Hat,
    class: &str,
    group: &str,
    sure: &str,
    over: Option<i64>,
) -> Answer {
    let (class, name) = managed(desk, hat, class).await?;
    let groups = if group == "families" { vec![Group::Guardian] } else { FAMILIES.to_vec() };
    let whose = slips::Invited { groups, ..families(&class) };
    let now = desk.now();
    let rows = slips::not_in_chat(desk.read().await?, &hat.school, &whose, now).await?;
    if rows.is_empty() {
        return Err(Refusal::HasJoined.into());
    }
    let open = rows.iter().filter(|it| it.state == Some(InviteState::Open)).count();
    if open > 0 && sure != "yes" {
        let phrase = Phrase::new("slips-sure").text("class", name).number("open", open);
        let yes = Button::key("button-slips-yes", format!("slips:{class}:{group}:yes"));
        let back = Button::key("button-slips-no", format!("joined:{class}"));
        return Ok(Outcome::say(Message::here(phrase).over(over).row(vec![yes, back])));
    }
    if is_made(desk, hat, &format!("slips:{class}:{group}:{sure}")).await? {
        return Ok(Outcome::say(Message::toast(Phrase::new("slips-made"))));
    }
    let coming = Message::toast(Phrase::new("slips-coming"));
    let list = match sure {
        "yes" => of_class(desk, hat, class.as_str(), "", over).await?,
        _ => Outcome::default(),
    };
    Ok(Outcome::say(coming).and(list).message(composed(hat, whose)))
}

/// `invite:<person>`: how it stands with one person's invitation; `:new` makes a new one.
pub async fn one(desk: &mut Desk<'_>, hat: &Hat, person: &str, what: &str, over: Option<i64>) -> Answer {
    let (class, row) = invited(desk, hat, person).await?;
    if what == "new" && row.state == Some(InviteState::Used) {
        return Err(Refusal::HasJoined.into());
    }
    if row.state == Some(InviteState::Used) {
        // A button of before that person joined, or one of the list of those who have.
        let phrase = Phrase::new("member-card").phrase("who", named(&row)).text("class", &row.class);
        let back = Button::key("button-back-to-members", format!("members:{class}"));
        let anew = Button::key("button-unbind", format!("unbind:{}", row.person));
        return Ok(Outcome::say(Message::here(phrase).over(over).row(vec![anew]).row(vec![back])));
    }
    if what == "new" {
        if is_made(desk, hat, &format!("invite:{}", row.person)).await? {
            return Ok(Outcome::say(Message::toast(Phrase::new("slips-made"))));
        }
        let whose = slips::Invited { person: Some(row.person), ..families(&class) };
        let coming = Message::toast(Phrase::new("slips-coming"));
        return Ok(Outcome::say(coming).message(composed(hat, whose)));
    }
    let phrase = Phrase::new("invite-card")
        .phrase("who", named(&row))
        .text("class", &row.class)
        .phrase("state", state(&row, hat.school.zone));
    let new = vec![Button::key("button-invite-new", format!("invite:{}:new", row.person))];
    let revoke = Button::key("button-invite-revoke", format!("revoke:{}", row.person));
    let is_open = row.state == Some(InviteState::Open);
    let message = Message::here(phrase)
        .over(over)
        .row(new)
        .row(is_open.then_some(revoke).into_iter().collect())
        .row(vec![Button::key("button-back-to-joined", format!("joined:{class}"))]);
    Ok(Outcome::say(message))
}

/// `revoke:<person>`: the invitation opens nothing any more.
pub async fn revoke(desk: &mut Desk<'_>, hat: &Hat, person: &str, over: Option<i64>) -> Answer {
    let (_, row) = invited(desk, hat, person).await?;
    if row.state == Some(InviteState::Used) {
        return Err(Refusal::HasJoined.into());
    }
    desk.note(vec![Change::RevokeInvites(row.person)]);
    let card = one(desk, hat, person, "", over).await?;
    Ok(Outcome::say(Message::toast(Phrase::new("invite-revoked"))).and(card))
}

/// The slips as they are sent: whoever asked may have left the post since, and others may have joined.
pub async fn slips(
    tx: &mut Tx,
    school: &SchoolId,
    to: &PersonId,
    whose: &slips::Invited,
    link: &(dyn Fn(&str) -> Option<String> + Sync),
    now: At,
) -> Result<Option<Message>> {
    let posts = tx.posts_of(to).await?;
    let asks = Actor { person: to, school, posts: &posts, left: false };
    let Some(school) = tx.school(school).await? else { return Ok(None) };
    let Some(class) = tx.class_names(&school.id).await?.remove(&whose.class) else { return Ok(None) };
    if !may(&asks, Act::ManageInvites, &Subject::class(&school.id, &whose.class)) {
        return Ok(None);
    }
    let rows = slips::not_in_chat(tx, &school, whose, now).await?;
    let one = rows.first().cloned().filter(|_| whose.person.is_some());
    let slips = slips::issue(tx, &school, rows, &school.language, now, link).await?;
    let Some(one) = one else {
        let phrase = Phrase::new("slips-sent")
            .text("class", &class)
            .number("count", slips.len())
            .day("day", slips.until());
        let name = Phrase::new("slips-file").text("name", class);
        return Ok((!slips.is_empty()).then(|| page(to, phrase, name, slips)));
    };
    let phrase = Phrase::new("invite-sent")
        .phrase("who", named(&one))
        .day("day", slips.until())
        .text("link", slips.link());
    let name = Phrase::new("slips-file").text("name", &one.name);
    Ok(Some(page(to, phrase, name, slips)))
}

fn page(to: &PersonId, phrase: Phrase, name: Phrase, slips: slips::Slips) -> Message {
    Message { how: How::Page(name, Box::new(Page::Slips(slips))), ..Message::to(to, phrase) }
}

fn composed(hat: &Hat, whose: slips::Invited) -> Message {
    let what = Compose::Slips { school: hat.school.id.clone(), to: hat.person.clone(), whose };
    Message::composed(what)
}

/// The class, if it is one of the school's and this person hands out its invitations.
async fn managed(desk: &mut Desk<'_>, hat: &Hat, class: &str) -> Result<(ClassId, String), Trouble> {
    let class = ClassId::from(class);
    let name = desk.read().await?.class_names(&hat.school.id).await?.remove(&class);
    let name = name.ok_or(Refusal::NotFound)?;
    match may(&actor(hat), Act::ManageInvites, &Subject::class(&hat.school.id, &class)) {
        true => Ok((class, name)),
        false => Err(Refusal::NotAllowed.into()),
    }
}

/// A student or guardian of such a class.
async fn invited(desk: &mut Desk<'_>, hat: &Hat, person: &str) -> Result<(ClassId, InviteRow), Trouble> {
    let now = desk.now();
    let person = PersonId::from(person);
    let rows = desk.read().await?.invites(&hat.school.id, Invitees::One(&person), now).await?;
    let row = rows.into_iter().next().ok_or(Refusal::NotFound)?;
    let class = row.class_id.clone().filter(|_| FAMILIES.contains(&Group::of(&row)));
    let (class, _) = managed(desk, hat, class.ok_or(Refusal::NotAllowed)?.as_str()).await?;
    Ok((class, row))
}

/// Whether this very thing was asked for a moment ago; if not, it is noted that it is asked for now.
async fn is_made(desk: &mut Desk<'_>, hat: &Hat, what: &str) -> Result<bool> {
    let now = desk.now();
    let name = format!("made:{what}");
    let Some(address) = rebind::address(desk, &hat.person).await? else { return Ok(false) };
    let before = desk.read().await?.place_at(&hat.person, &name).await?;
    if before.is_some_and(|at| now.since(at) < ONE_FILE) {
        return Ok(true);
    }
    desk.note(vec![Change::Made(address.account, name)]);
    Ok(false)
}

fn families(class: &ClassId) -> slips::Invited {
    slips::Invited { class: class.clone(), groups: FAMILIES.to_vec(), person: None }
}

fn line(row: &InviteRow, zone: Tz) -> Phrase {
    Phrase::new("joined-line").phrase("who", named(row)).phrase("state", state(row, zone))
}

fn state(row: &InviteRow, zone: Tz) -> Phrase {
    match (row.state, row.until) {
        (Some(InviteState::Open), Some(until)) => {
            Phrase::new("invite-open").day("day", until.minus(chrono::TimeDelta::milliseconds(1)).day(zone))
        }
        (Some(InviteState::Expired), _) => Phrase::new("invite-expired"),
        _ => Phrase::new("invite-none"),
    }
}

/// A student by name, a guardian by the child: short enough for a button.
fn who(row: &InviteRow) -> Phrase {
    match row.children.first() {
        Some(child) => family(child, &row.relation),
        None => plain(&row.name),
    }
}

/// The same, and the guardian's own name.
fn named(row: &InviteRow) -> Phrase {
    match row.children.is_empty() {
        true => plain(&row.name),
        false => Phrase::new("joined-guardian").phrase("who", who(row)).text("name", &row.name),
    }
}
