//! A mentor's own students: the list, and the card of one.

use super::{
    Answer, Button, Message, Outcome, Refusal, Trouble,
    consent::consent_of,
    desk::{Around, Desk, actor, could},
    lines::{ago, due, family, plain, trend},
    list, paper,
    report::{receipt, with_whom},
    student::WISH,
};
use crate::{
    school::{Act, Body, Day, Duty, Kind, PersonId, Way, may},
    store::{Hat, Lately, PersonRow, Whose},
    text::Phrase,
};

/// Students on one page.
const PAGE: usize = 8;

/// `/students`: each with last talk, last contact, last check-in and the trend of the moods; worst first.
pub async fn list(desk: &mut Desk<'_>, hat: &Hat, page: &str, over: Option<i64>) -> Answer {
    if !could(hat, Act::ReadStudents) {
        return Err(Refusal::NotForYou.into());
    }
    let rules = desk.rules(&hat.school).await?;
    let today = desk.today(&hat.school);
    let tx = desk.read().await?;
    let mut students = tx.students_of(&hat.person, today).await?;
    if students.is_empty() {
        return Err(Refusal::NoStudents.into());
    }
    let open = tx.duties(&rules, Whose::Person(&hat.person), today).await?;
    let order: Vec<PersonId> = open.iter().filter_map(Duty::student).collect();
    worst_first(&mut students, &order);
    let pages = students.len().div_ceil(PAGE);
    let page = page.parse::<usize>().unwrap_or(0).min(pages - 1);
    let shown = &students[page * PAGE..students.len().min((page + 1) * PAGE)];
    let ids: Vec<PersonId> = shown.iter().map(|it| it.id.clone()).collect();
    let lately = tx.lately(&hat.school.id, &ids).await?;
    let none = Lately::default();
    let lines = shown.iter().map(|it| line(it, lately.get(&it.id).unwrap_or(&none), today)).collect();
    let phrase = Phrase::new("students")
        .number("count", students.len())
        .number("page", page + 1)
        .number("pages", pages)
        .list("lines", lines, "\n");
    let buttons: Vec<Button> =
        shown.iter().map(|it| Button::new(plain(&it.name), format!("student:{}", it.id))).collect();
    let mut message = Message::here(phrase).over(over).rows(buttons.chunks(2).map(<[Button]>::to_vec));
    let mut turns = Vec::new();
    if page > 0 {
        turns.push(Button::key("button-earlier", format!("students:{}", page - 1)));
    }
    if page + 1 < pages {
        turns.push(Button::key("button-more", format!("students:{}", page + 1)));
    }
    if !turns.is_empty() {
        message = message.row(turns);
    }
    Ok(Outcome::say(message.row(vec![Button::key("button-sheets", "sheets:")])))
}

/// Who stands in `order` comes first, in that order; the others stay as they are.
fn worst_first(students: &mut [PersonRow], order: &[PersonId]) {
    students.sort_by_key(|it| order.iter().position(|id| *id == it.id).unwrap_or(usize::MAX));
}

fn line(student: &PersonRow, lately: &Lately, today: Day) -> Phrase {
    Phrase::new("students-line")
        .text("student", &student.name)
        .text("trend", trend(&lately.moods))
        .phrase("talk", ago(lately.talk, today))
        .phrase("contact", ago(lately.contact, today))
        .phrase("checkin", ago(lately.checkin, today))
}

/// `student:<student>`: everything a mentor wants to see before a talk, on one screen.
pub async fn card(desk: &mut Desk<'_>, hat: &Hat, student: &str, over: Option<i64>) -> Answer {
    let around = desk.allowed(hat, Act::ReadStudents, &student.into()).await?;
    let is_allowed = |act| may(&actor(hat), act, &around.subject());
    let today = desk.today(&hat.school);
    let tx = desk.read().await?;
    let class = tx.person(&around.student).await?.map(|it| it.class).unwrap_or_default();
    let lately = tx.lately(&hat.school.id, std::slice::from_ref(&around.student)).await?;
    let lately = lately.get(&around.student).cloned().unwrap_or_default();
    let rules = desk.rules(&hat.school).await?;
    let tx = desk.read().await?;
    let mut open = tx.duties(&rules, Whose::Person(&hat.person), today).await?;
    open.retain(|it| it.student().as_ref() == Some(&around.student) && !it.wish);
    let policy = rules.policy(today);
    let mut lines = vec![
        Phrase::new("card-last")
            .phrase("talk", ago(lately.talk, today))
            .phrase("contact", ago(lately.contact, today))
            .phrase("checkin", ago(lately.checkin, today)),
    ];
    if !open.is_empty() {
        let what = open.iter().map(|it| due(it, &policy, today)).collect();
        lines.push(Phrase::new("card-due").list("what", what, "joint-dot"));
    }
    if !lately.moods.is_empty() {
        lines.push(Phrase::new("card-trend").text("trend", trend(&lately.moods)));
    }
    let wishes = tx.has_task(&around.student, WISH).await?;
    if is_allowed(Act::ReadStudentLines)
        && let Some(it) = tx.latest(&hat.school.id, &around.student, Kind::Checkin).await?
        && let Body::Checkin(answers) = &it.body
    {
        let with = with_whom(&tx.guardians_of(&around.student).await?, &it);
        // An open wish says by itself whether the student would like to talk.
        lines.push(receipt("card-checkin", answers, !wishes).phrase("with", with));
    }
    if wishes {
        lines.push(Phrase::new("card-wish"));
    }
    let consent = consent_of(desk, hat, &around.student).await?.consent;
    let way = paper::way_of(desk, hat, &around.student).await?;
    if !consent.allows() {
        lines.push(Phrase::new(if consent.is_no() { "card-paper-no" } else { "card-paper-open" }));
    } else if way == Way::OnPaper {
        lines.push(Phrase::new("card-paper-not-here"));
    } else if way == Way::Together {
        lines.push(Phrase::new("card-together"));
    }
    lines.push(families(desk, &around).await?);
    let phrase =
        Phrase::new("card").text("student", &around.name).text("class", class).list("lines", lines, "\n");
    let button = |act, key: &'static str, verb: &str| {
        is_allowed(act).then(|| Button::key(key, format!("{verb}:{}", around.student)))
    };
    let paper = button(Act::LogCheckin, "button-log-paper", "paper").filter(|_| way != Way::Alone);
    let feedback = button(Act::WriteFeedback, "button-write-feedback", "feedback");
    let record = [
        button(Act::LogTalk, "button-log-talk", "talk"),
        button(Act::LogContact, "button-log-contact", "contact"),
    ];
    let more =
        [feedback.filter(|_| !around.guardians.is_empty()), button(Act::Snooze, "button-later", "later")];
    let message = Message::here(phrase)
        .over(over)
        .row(record.into_iter().flatten().collect())
        .rows(list::of_student(&open))
        .row(paper.into_iter().collect())
        .row(
            [button(Act::ReadFile, "button-file", "file"), button(Act::KeepFile, "button-record", "record")]
                .into_iter()
                .flatten()
                .collect(),
        )
        .row(more.into_iter().flatten().collect())
        .row(vec![Button::key("button-back-to-students", "students:0")]);
    Ok(Outcome::say(message))
}

/// The guardians, and whether words reach them here.
async fn families(desk: &mut Desk<'_>, around: &Around) -> Result<Phrase, Trouble> {
    let tx = desk.read().await?;
    let guardians = tx.guardians_of(&around.student).await?;
    if guardians.is_empty() {
        return Ok(Phrase::new("card-no-family"));
    }
    let addresses = tx.addresses(&around.guardians).await?;
    let line = |guardian: &PersonRow| {
        let state = match addresses.get(&guardian.id) {
            Some(address) if address.reachable => "family-joined",
            Some(_) => "family-unreachable",
            None => "family-not-joined",
        };
        Phrase::new("card-family")
            .phrase("who", family(&around.name, &guardian.relation))
            .phrase("state", Phrase::new(state))
    };
    Ok(Phrase::new("lines").list("lines", guardians.iter().map(line).collect(), "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_overdue_comes_first_and_the_others_keep_their_order() {
        let person = |id: &str| PersonRow {
            school: "s".into(),
            id: id.into(),
            name: id.to_owned(),
            class: String::new(),
            relation: String::new(),
            left: false,
        };
        let mut students: Vec<PersonRow> = ["a", "b", "c", "d"].map(person).into();
        let order = [PersonId::from("d"), PersonId::from("b"), PersonId::from("d")];
        worst_first(&mut students, &order);
        let ids: Vec<&str> = students.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["d", "b", "a", "c"]);
    }
}
