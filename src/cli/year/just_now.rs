//! The last day of a made-up year: what stands in the middle of something, which a backup has to carry too.

use super::{One, Trio, day, moment};
use crate::{
    clock::fresh_id,
    school::{
        At, Body, Contact, ContactForm, Entry, FeedbackId, Group, Kind, PersonId, Record, RecordId,
        Resolution, SchoolId, Snooze, SnoozeReason,
    },
    store::{
        Asked, Change, Class, CopyState, Feedback, InboxRow, OutRow, Rebind, Request, Settled, Task, Tx, Word,
    },
};
use anyhow::Result;

const BOT: i64 = 7_000_000_001;

/// What stands in the middle of something at the end of the year: forms, tasks, words, both queues.
pub(super) async fn just_now(tx: &mut Tx, school: &SchoolId, trios: &[Trio], mentors: &[One]) -> Result<()> {
    let now = moment(320);
    for (n, mentor) in mentors.iter().enumerate() {
        let (id, name, leader) = (fresh_id(), format!("group {n}"), mentor.id.clone());
        let group = Group { id, name, leader, since: day(10), until: None };
        let of_mentor = trios.iter().filter(|it| it.mentor == n);
        let members: Vec<PersonId> = of_mentor.take(4).map(|it| it.student.id.clone()).collect();
        tx.save_group(school, &group, &members).await?;
    }
    if let Some(mentor) = mentors.first() {
        let meeting: RecordId = fresh_id();
        let entry = Entry { kind: Kind::Meeting, form: "exchange".into(), answers: [].into() };
        let body = Body::Entry(entry);
        let held = Record::new(meeting.clone(), mentor.id.clone(), [school], day(319), now, body);
        let resolution = Resolution {
            id: fresh_id(),
            meeting,
            owner: mentor.id.clone(),
            class: None,
            words: "tidy the shelf".into(),
            due: day(320),
        };
        tx.apply(
            vec![Change::Record(school.clone(), held), Change::Resolve(school.clone(), resolution)],
            now,
        )
        .await?;
    }
    for (n, it) in trios.iter().enumerate() {
        let (mentor, student) = (&mentors[it.mentor], it.student.id.clone());
        let contact = Contact::new(ContactForm::Online, None);
        let about = vec![student.clone()];
        let record = Record::new(fresh_id(), mentor.id.clone(), about, day(319), now, Body::Contact(contact));
        let feedback = Feedback {
            school: school.clone(),
            id: fresh_id::<FeedbackId>(),
            student: student.clone(),
            author: mentor.id.clone(),
            record: record.id.clone(),
            fact: "a fact".into(),
            next_step: "a next step".into(),
            at: now,
        };
        let id = fresh_id::<FeedbackId>().as_str().to_owned();
        let (from, to) = (it.guardian.id.clone(), mentor.id.clone());
        let (about, body) = (feedback.id.as_str().to_owned(), "thank you".to_owned());
        let word = Word {
            school: school.clone(),
            id,
            student: student.clone(),
            from,
            to,
            feedback: about,
            body,
            at: now,
        };
        let owner = mentor.id.clone();
        let (kind, about) = ("phone", format!("{n}"));
        let task = Task { school: school.clone(), owner, student: student.clone(), kind, about };
        let (until, reason) = (day(325), SnoozeReason::OnLeave);
        let snooze = Snooze { mentor: mentor.id.clone(), student, until, reason };
        let copies = vec![(it.guardian.id.clone(), CopyState::Waiting)];
        tx.apply(
            vec![
                Change::Record(school.clone(), record),
                Change::Feedback(feedback, copies),
                Change::Word(word),
                Change::OpenTask(task),
                Change::Snooze(school.clone(), snooze),
                Change::WrongCode(it.guardian.account.clone()),
                Change::Request(Request {
                    school: school.clone(),
                    id: fresh_id(),
                    by: it.guardian.id.clone(),
                    about: it.student.id.clone(),
                    asked: Asked::Correct,
                    words: "The name is written in another way.".to_owned(),
                    at: now,
                    done: false,
                }),
                Change::AskRebind(Rebind {
                    school: school.clone(),
                    id: fresh_id(),
                    person: it.student.id.clone(),
                    account: it.guardian.account.clone(),
                    asked: now,
                    open: true,
                }),
            ],
            now,
        )
        .await?;
        let form = [(it.student.account.clone(), r#"{"form":"checkin","answers":{}}"#.to_owned())];
        tx.save_forms(&form, now).await?;
    }
    inbox(tx, trios, now).await?;
    outbox(tx, trios, now).await
}

async fn inbox(tx: &mut Tx, trios: &[Trio], now: At) -> Result<()> {
    let row = |n: usize| InboxRow {
        bot: BOT,
        update: n as i64 + 1,
        account: trios[n % trios.len()].student.account.clone(),
        body: r#"{"update_id":1,"message":{"text":"hello"}}"#.into(),
        tries: 4,
    };
    let rows: Vec<InboxRow> = (0..trios.len() * 6).map(row).collect();
    tx.receive(&rows, now).await?;
    tx.leave_open(&rows[..4]).await?;
    for row in &rows[..2] {
        tx.put_off(row, "the made-up reason", now).await?;
    }
    Ok(())
}

async fn outbox(tx: &mut Tx, trios: &[Trio], now: At) -> Result<()> {
    let row = |n: usize| OutRow {
        id: fresh_id::<FeedbackId>().as_str().to_owned(),
        account: trios[n % trios.len()].guardian.account.clone(),
        person: "".into(),
        class: [Class::Notice, Class::Reply, Class::Alert][n % 3],
        method: "SendMessage".into(),
        body: r#"{"chat_id":1,"text":"hello"}"#.into(),
        compose: String::new(),
        query: String::new(),
        toast: String::new(),
        edits: String::new(),
        place: format!("digest:{n}"),
        track: String::new(),
        tries: 0,
        not_before: now,
        made_at: now,
        holder: if n % 4 == 3 { "a process".into() } else { "".into() },
    };
    let rows: Vec<OutRow> = (0..24).map(row).collect();
    tx.post(&rows, now).await?;
    let aside =
        rows[..6].iter().map(|it| Settled::Aside { id: it.id.clone(), error: "the made-up reason".into() });
    let sent = rows[6..12].iter().map(|it| Settled::Sent { row: it.clone(), message: Some(7) });
    tx.settle(&aside.chain(sent).collect::<Vec<_>>(), now).await
}
