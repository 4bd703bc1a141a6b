//! The made-up class: people by the same roster file that a school would bring, and seven weeks of history.

use crate::{
    clock::fresh_id,
    roster,
    school::{
        At, Body, CalendarFile, Checkin, Contact, ContactForm, Day, Entry, Exam, Kind, Moment, PersonId,
        Question, Record, SchoolId, SlotName, Talk, Term, Topic, next_slot,
    },
    store::{Change, PolicyVersion, RecordRow, SchoolRow, Tx},
    text::Phrase,
    work::House,
};
use anyhow::{Context, Result, anyhow};
use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Asia::Shanghai;

/// The first morning of the demo: Friday 2026-10-23, 08:00 in Shanghai.
pub fn morning() -> At {
    at(date(2026, 10, 23), 8, 0)
}

/// Everything that happened to one student: days of talks and family contacts, moods week by week (0: did not answer).
struct Story {
    number: &'static str,
    talks: &'static [(u32, u32)],
    contacts: &'static [(u32, u32, ContactForm)],
    moods: [u8; 6],
}

/// Six Fridays on which the class was asked; the 2nd of October was a holiday.
const FRIDAYS: [(u32, u32); 6] = [(9, 4), (9, 11), (9, 18), (9, 25), (10, 9), (10, 16)];

/// One student of each mentor is waiting; one was never talked with, and it shows in the moods.
#[rustfmt::skip]
const STORIES: &[Story] = &[
    Story { number: "20260701", talks: &[(9, 10), (9, 24)], contacts: &[(9, 12, ContactForm::Phone)], moods: [4, 4, 3, 3, 2, 2] },
    Story { number: "20260702", talks: &[(9, 9), (9, 22), (10, 15)], contacts: &[(9, 30, ContactForm::Online)], moods: [4, 5, 4, 4, 5, 4] },
    Story { number: "20260703", talks: &[], contacts: &[], moods: [3, 3, 2, 0, 2, 1] },
    Story { number: "20260704", talks: &[(9, 11), (9, 29)], contacts: &[(10, 10, ContactForm::HomeVisit)], moods: [3, 4, 4, 4, 4, 5] },
    Story { number: "20260705", talks: &[(9, 8)], contacts: &[(9, 3, ContactForm::InPerson)], moods: [4, 4, 0, 3, 3, 3] },
    Story { number: "20260706", talks: &[(9, 10), (9, 23), (10, 12)], contacts: &[(10, 9, ContactForm::Phone)], moods: [5, 5, 4, 5, 5, 5] },
    Story { number: "20260707", talks: &[(9, 11), (9, 24), (10, 13)], contacts: &[(10, 12, ContactForm::Phone)], moods: [3, 3, 4, 4, 4, 4] },
    Story { number: "20260708", talks: &[(9, 14), (9, 28), (10, 14)], contacts: &[(9, 28, ContactForm::Letter)], moods: [4, 3, 3, 4, 3, 4] },
    Story { number: "20260709", talks: &[(9, 15), (9, 29), (10, 16)], contacts: &[(10, 13, ContactForm::Online)], moods: [5, 4, 4, 5, 4, 4] },
    Story { number: "20260710", talks: &[(9, 16), (9, 30), (10, 19)], contacts: &[(9, 14, ContactForm::Phone)], moods: [3, 3, 3, 0, 3, 4] },
    Story { number: "20260711", talks: &[(9, 17), (9, 30), (10, 20)], contacts: &[(10, 15, ContactForm::Phone)], moods: [4, 4, 4, 4, 3, 4] },
    Story { number: "20260712", talks: &[(9, 18), (10, 8), (10, 21)], contacts: &[(10, 16, ContactForm::InPerson)], moods: [4, 4, 5, 4, 4, 5] },
];

/// A guardian who has not joined, by place among the guardians: somebody has to phone.
pub const NOT_IN_CHAT: usize = 5;

/// The student whose family has not answered yet whether it consents: the mentor types in what comes on paper, and the
/// question stands open in the family's chat.
pub const ON_PAPER: &str = "20260712";

/// A student who has no phone: where the young answer together with a guardian, this one does.
pub const WITHOUT_PHONE: &str = "20260703";

/// Makes the school if there is none, of the stage that the preset is for; says whether it was made now.
pub async fn seed(house: &House, (preset, policy): (&str, &str), language: &str) -> Result<bool> {
    let mut tx = house.store.write().await?;
    if !tx.schools().await?.is_empty() {
        return Ok(false);
    }
    let first_day = date(2026, 9, 1);
    let began = house.clock.now();
    let school = SchoolRow {
        id: fresh_id(),
        name: house.texts.plain(language, &Phrase::new(format!("demo-school-{preset}"))),
        zone: Shanghai,
        language: language.to_owned(),
        signature: String::new(),
        version: 1,
    };
    tx.add_school(&school, &PolicyVersion { from: first_day, body: policy.to_owned() }, began).await?;
    write_calendar(&mut tx, house, &school, language).await?;
    write_people(&mut tx, house, &school, (language, preset), first_day, began).await?;
    let book = tx.book(&school.id).await?;
    let together = tx.rules(&school.id).await?.policy(first_day).checkin.with_guardian_under_age.is_some();
    for story in STORIES {
        let student = book.members.iter().find(|it| it.number == story.number);
        let student = &student.context("a student of the demo is not in its roster")?.id;
        let pairing = book.pairings.iter().find(|it| it.student == *student);
        let mentor = &pairing.context("a student of the demo has no mentor")?.mentor;
        let family = book.families.iter().find(|it| it.student == *student);
        let reports = match (story.number, family) {
            (ON_PAPER, _) => mentor,
            (WITHOUT_PHONE, Some(family)) if together => &family.guardian,
            _ => student,
        };
        write_story(&mut tx, house, &school.id, story, [student, mentor, reports], language).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// A moment before eight: what would have been said in the weeks before is not made up.
pub async fn open_the_day(house: &House, school: &SchoolId) -> Result<()> {
    let eve = morning().minus(TimeDelta::seconds(30));
    let mut tx = house.store.write().await?;
    let rules = tx.rules(school).await?;
    let policy = rules.policy(rules.day(eve));
    for name in SlotName::ALL {
        let next =
            next_slot(&policy, &rules.calendar, Shanghai, *name, eve).map_or(morning(), |slot| slot.at);
        tx.set_slot(school, *name, next, Some(eve)).await?;
    }
    tx.commit().await?;
    house.clock.move_to(eve);
    Ok(())
}

/// When the school began to use the bot: everybody joins on the first day of term.
pub fn first_day() -> At {
    at(date(2026, 9, 1), 7, 40)
}

/// The first term of 2026/27 with the state's days off and make-up days, and its exams.
async fn write_calendar(tx: &mut Tx, house: &House, school: &SchoolRow, language: &str) -> Result<()> {
    let say = |key| house.texts.plain(language, &Phrase::new(key));
    let term = Term { name: say("demo-term"), first: date(2026, 9, 1), last: date(2027, 1, 22) };
    let exam = |key, moment, first, last| Exam { name: say(key), moment, first, last };
    let exams = vec![
        exam("demo-exam-month", None, date(2026, 10, 19), date(2026, 10, 20)),
        exam("demo-exam-mid", Some(Moment::MidTerm), date(2026, 11, 4), date(2026, 11, 6)),
        exam("demo-exam-end", Some(Moment::EndOfTerm), date(2027, 1, 13), date(2027, 1, 15)),
    ];
    let days = CalendarFile::official(2026).map(|it| it.days).unwrap_or_default();
    let calendar = CalendarFile { terms: vec![term], exams, days, ..CalendarFile::default() };
    tx.set_calendar(&school.id, &calendar).await
}

async fn write_people(
    tx: &mut Tx,
    house: &House,
    school: &SchoolRow,
    (language, preset): (&str, &str),
    today: Day,
    now: At,
) -> Result<()> {
    let grade = Phrase::new(format!("demo-grade-{preset}"));
    let file = house.texts.plain(language, &Phrase::new("demo-roster").phrase("grade", grade));
    let sheets = roster::sheets(file.as_bytes()).map_err(|_| anyhow!("the demo's roster cannot be read"))?;
    let wrong = |wrong: Vec<roster::Wrong>| {
        let first = wrong.first().map(|it| (it.place.row, house.texts.plain(language, &it.reason)));
        anyhow!("the demo's roster is wrong: {first:?}")
    };
    let roster = roster::read(&sheets);
    let book = tx.book(&school.id).await?;
    let plan = roster::plan(&roster, &book, today).map_err(wrong)?;
    tx.write_roster(&school.id, &plan.write, now).await
}

async fn write_story(
    tx: &mut Tx,
    house: &House,
    school: &SchoolId,
    story: &Story,
    [student, mentor, reports]: [&PersonId; 3],
    language: &str,
) -> Result<()> {
    for (n, (month, day)) in story.talks.iter().enumerate() {
        let topics =
            [[Topic::Study, Topic::Mind], [Topic::Life, Topic::Study], [Topic::Career, Topic::Values]];
        let talk = Talk { topics: topics[n % 3].to_vec(), ..Talk::default() };
        write_record(tx, school, mentor, student, date(2026, *month, *day), Body::Talk(talk)).await?;
    }
    for (month, day, form) in story.contacts {
        let contact = Contact::new(*form, None);
        write_record(tx, school, mentor, student, date(2026, *month, *day), Body::Contact(contact)).await?;
    }
    // Whatever the policy, the files were opened in September, but for the one who is forgotten in every way.
    if !story.talks.is_empty() {
        let profile = Entry { kind: Kind::Profile, form: String::new(), answers: [].into() };
        write_record(tx, school, mentor, student, date(2026, 9, 18), Body::Entry(profile)).await?;
        let goal = house.texts.plain(language, &Phrase::new("demo-goal"));
        let answers = [("goals".to_owned(), vec![goal])].into();
        let plan = Entry { kind: Kind::Plan, form: String::new(), answers };
        write_record(tx, school, mentor, student, date(2026, 9, 22), Body::Entry(plan)).await?;
    }
    for (n, mood) in story.moods.into_iter().enumerate().filter(|(_, mood)| *mood > 0) {
        let (month, day) = FRIDAYS[n];
        let key = format!("demo-line-{mood}");
        let on_paper = story.number == ON_PAPER;
        let line =
            (!on_paper && (n % 3 == 2 || mood == 1)).then(|| house.texts.plain(language, &Phrase::new(key)));
        let scale = |mood: u8| mood.div_ceil(2);
        let scales = [(Question::Study, scale(mood)), (Question::Life, scale(mood.max(2)))];
        let checkin = Checkin { line, ..Checkin::new(mood, &scales) };
        let day = date(2026, month, day);
        let id = RecordRow::same_id(school, &["checkin", student.as_str(), &day.to_string()]);
        let about = vec![student.clone()];
        let record = Record::new(id, reports.clone(), about, day, at(day, 17, 5), Body::Checkin(checkin));
        tx.apply(vec![Change::Record(school.clone(), record)], at(day, 17, 5)).await?;
    }
    Ok(())
}

async fn write_record(
    tx: &mut Tx,
    school: &SchoolId,
    by: &PersonId,
    student: &PersonId,
    day: Day,
    body: Body,
) -> Result<()> {
    let when = at(day, 16, 40);
    let record = Record::new(fresh_id(), by.clone(), vec![student.clone()], day, when, body);
    tx.apply(vec![Change::Record(school.clone(), record)], when).await
}

fn date(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn at(day: Day, hour: u32, minute: u32) -> At {
    At::from_local(day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default()), Shanghai)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Weekday};

    #[test]
    fn the_demo_begins_on_a_friday_and_asks_on_fridays() {
        assert_eq!(morning().day(Shanghai).weekday(), Weekday::Fri);
        for (month, day) in FRIDAYS {
            assert_eq!(date(2026, month, day).weekday(), Weekday::Fri, "{month}-{day}");
        }
    }
}
