//! A group of students that a mentor leads: 快乐成长小组 (D). Begun, changed and ended in the chat.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble,
    desk::Desk,
    filling::Filling,
    form::{self, Finished},
    form_screen,
    forms::{ACTIVITY, GROUP_CHANGE},
    lines::{name, plain},
    matter::{self, Matter},
};
use crate::{
    school::{AboutId, Act, Group, GroupId},
    store::{Change, Hat},
    text::Phrase,
};
use futures_util::{FutureExt, future::BoxFuture};

/// The group is there from today on, and who made it leads it.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let name = filling.one("name").ok_or(Refusal::StaleButton)?;
        let group = Group {
            // Said twice, it is still one.
            id: GroupId::from(filling.record.as_str()),
            name: name.to_owned(),
            leader: hat.person.clone(),
            since: desk.today(&hat.school),
            until: None,
        };
        let members = filling.who.iter().map(|(id, _)| id.clone()).collect();
        let who = form_screen::whom(filling);
        let phrase = Phrase::new("group-done").text("name", name).list("who", who, "joint-comma");
        let buttons = vec![activity(&group.id), change(&group.id)];
        let change = Change::Group(hat.school.id.clone(), group, members);
        Ok(Finished {
            changes: vec![change],
            receipt: Message::here(phrase).row(buttons),
            messages: Vec::new(),
        })
    }
    .boxed()
}

fn activity(group: &GroupId) -> Button {
    Button::key("button-log-activity", format!("log:activity:{group}"))
}

fn change(group: &GroupId) -> Button {
    Button::key("button-group-change", format!("group:{group}"))
}

/// `group:<group>:<what>`: a group as a card from which it is changed ('name', 'members', 'leader') or ended. Without one, the own
/// groups.
pub async fn card(desk: &mut Desk<'_>, hat: &Hat, id: &str, what: &str, over: Option<i64>) -> Answer {
    if id.is_empty() {
        return own(desk, hat, over).await;
    }
    let found = matter::allowed(desk, hat, &GROUP_CHANGE, id).await?;
    let group = there(desk, hat, id).await?;
    match what {
        "" => shown(desk, hat, &group, &found, over).await,
        "end" => {
            let sure = Button::key("button-group-end-sure", format!("group:{id}:ended"));
            let back = Button::key("button-back", format!("group:{id}"));
            let said = Phrase::new("group-end").text("name", &group.name);
            Ok(Outcome::say(Message::here(said).over(over).row(vec![sure, back])))
        }
        "ended" => {
            let said = Phrase::new("group-is-ended").text("name", &group.name);
            let members = found.members.into_iter().map(|(id, _)| id).collect();
            let ended = Group { until: Some(desk.today(&hat.school)), ..group };
            let change = Change::Group(hat.school.id.clone(), ended, members);
            Ok(Outcome::say(Message::here(said).over(over)).change(change))
        }
        step => {
            let step = GROUP_CHANGE.step(step).ok_or(Refusal::StaleButton)?;
            let filling = again(desk, hat, &group, found).await?;
            form::open_at(desk, hat, &GROUP_CHANGE, filling, step).await
        }
    }
}

async fn own(desk: &mut Desk<'_>, hat: &Hat, over: Option<i64>) -> Answer {
    let own = matter::own(desk, hat, &ACTIVITY).await?;
    let button = |it: &Matter| vec![Button::new(plain(&it.name), format!("group:{}", it.id))];
    match own.as_slice() {
        [] => Err(Refusal::NoGroups.into()),
        [one] => {
            let found = matter::allowed(desk, hat, &GROUP_CHANGE, one.id.as_str()).await?;
            let group = there(desk, hat, one.id.as_str()).await?;
            shown(desk, hat, &group, &found, over).await
        }
        several => {
            let which = Message::here(Phrase::new("group-which")).over(over);
            Ok(Outcome::say(which.rows(several.iter().map(button))))
        }
    }
}

async fn there(desk: &mut Desk<'_>, hat: &Hat, id: &str) -> Result<Group, Trouble> {
    let today = desk.today(&hat.school);
    let group = desk.read().await?.group(&hat.school.id, &GroupId::from(id), today).await?;
    Ok(group.ok_or(Refusal::NotFound)?)
}

async fn shown(desk: &mut Desk<'_>, hat: &Hat, group: &Group, found: &Matter, over: Option<i64>) -> Answer {
    let leader = leader(desk, group).await?;
    let who = found.members.iter().map(|(_, name)| plain(name)).collect();
    let said = Phrase::new("group-card").text("name", &group.name).text("leader", leader).list(
        "who",
        who,
        "joint-comma",
    );
    let button = |key: &'static str, what: &str| Button::key(key, format!("group:{}:{what}", group.id));
    let mut message = Message::here(said)
        .over(over)
        .row(vec![button("button-group-name", "name"), button("button-group-members", "members")])
        .row(vec![button("button-group-leader", "leader"), button("button-group-end", "end")]);
    if group.leader == hat.person {
        message = message.row(vec![activity(&group.id)]);
    }
    Ok(Outcome::say(message))
}

async fn leader(desk: &mut Desk<'_>, group: &Group) -> Result<String, Trouble> {
    let leader = AboutId::from(&group.leader);
    let names = desk.read().await?.names_of(std::slice::from_ref(&leader)).await?;
    Ok(name(&names, &leader).to_owned())
}

/// The group as it is, as a form that was filled in.
async fn again(desk: &mut Desk<'_>, hat: &Hat, group: &Group, found: Matter) -> Result<Filling, Trouble> {
    let leader = leader(desk, group).await?;
    let mut filling = Filling::new(&GROUP_CHANGE, &hat.person).with_matter(found.id, &group.name);
    filling.who = found.members;
    filling.settle("members");
    filling.answer("name", group.name.clone());
    filling.answers.insert("leader".to_owned(), vec![group.leader.to_string(), leader]);
    filling.settle("leader");
    Ok(filling)
}

/// The group as it is from now on. Whoever is new in it has to be one of the own students.
pub fn finish_change<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let (id, _) = filling.matter.as_ref().ok_or(Refusal::StaleButton)?;
        let before = matter::allowed(desk, hat, &GROUP_CHANGE, id.as_str()).await?.members;
        for (student, _) in filling.who.iter().filter(|it| !before.contains(it)) {
            desk.allowed(hat, Act::KeepFile, student).await?;
        }
        let [leader, leader_name] = filling.all("leader") else { return Err(Refusal::StaleButton.into()) };
        let name = filling.one("name").ok_or(Refusal::StaleButton)?;
        let group = there(desk, hat, id.as_str()).await?;
        let mut messages = Vec::new();
        if group.leader.as_str() != leader && hat.person.as_str() != leader {
            let said = Phrase::new("group-yours").text("name", name);
            messages.push(Message::to(&leader.as_str().into(), said).row(vec![change(&group.id)]));
        }
        let group = Group { name: name.to_owned(), leader: leader.as_str().into(), ..group };
        let who = filling.who.iter().map(|(_, name)| plain(name)).collect();
        let said = Phrase::new("group-changed").text("name", name).text("leader", leader_name).list(
            "who",
            who,
            "joint-comma",
        );
        let mut receipt = Message::here(said);
        if group.leader == hat.person {
            receipt = receipt.row(vec![activity(&group.id), change(&group.id)]);
        }
        let members = filling.who.iter().map(|(id, _)| id.clone()).collect();
        let change = Change::Group(hat.school.id.clone(), group, members);
        Ok(Finished { changes: vec![change], receipt, messages })
    }
    .boxed()
}
