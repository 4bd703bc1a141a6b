//! A group of students that a mentor leads: 快乐成长小组 (D).

use super::{Button, Message, Refusal, Trouble, desk::Desk, filling::Filling, form::Finished, form_screen};
use crate::{
    school::{Group, GroupId},
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
        let activity = Button::key("button-log-activity", format!("log:activity:{}", group.id));
        let change = Change::Group(hat.school.id.clone(), group, members);
        Ok(Finished {
            changes: vec![change],
            receipt: Message::here(phrase).row(vec![activity]),
            messages: Vec::new(),
        })
    }
    .boxed()
}
