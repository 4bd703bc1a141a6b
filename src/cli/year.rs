//! A made-up year of a school, as large as one likes: for measuring, and for tests that need something in every table.
//! Everything goes through the same doors as in life, so that nothing stands in it that the program could not have written.

use crate::{
    clock::fresh_id,
    school::{
        AccountId, At, Body, CalendarFile, Checkin, ClassId, Contact, ContactForm, Day, Decision, Exam, Mark,
        Moment, Pairing, PersonId, Policy, Post, Question, Record, Relation, Role, Said, SchoolId, SlotName,
        TEXT_VERSION, Talk, Term, Topic,
    },
    store::{
        Change, ClassRow, Family, Member, NudgeRow, PolicyVersion, RosterWrite, SENT_GOOD_FOR, SchoolRow,
        Store, Tx, fresh_code, hash_code,
    },
    text::{Phrase, Texts},
};
use anyhow::{Context, Result};
use chrono::{Days, NaiveTime};
use chrono_tz::Asia::Shanghai;

mod just_now;

use just_now::just_now;

/// How much happens in it.
#[derive(Clone, Copy, Debug)]
pub struct Year {
    /// How many students there are; each has a guardian, and ten have a mentor together.
    pub students: usize,
    /// How many check-ins each student answers, one a week.
    pub checkins: u64,
    /// How many talks there are with each.
    pub talks: u64,
    /// How often each family is phoned.
    pub contacts: u64,
    /// Every how-many-th student the last talk was missed with; 0 for none.
    pub late: usize,
    /// Who has joined.
    pub joined: Joins,
    /// Whether something stands in the middle of it at its end: forms, tasks, both queues.
    pub unfinished: bool,
}

/// Who has joined with an account: mentors always have.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Joins {
    /// Nobody else.
    Mentors,
    /// Students, too.
    Students,
    /// Guardians, too.
    Everybody,
}

impl Year {
    /// The year by which the speed of a backup is judged: 2,000 students and some 400,000 rows.
    pub const LARGE: Year = Year {
        students: 2000,
        checkins: 40,
        talks: 20,
        contacts: 10,
        late: 0,
        joined: Joins::Everybody,
        unfinished: true,
    };
    /// A few of everything.
    pub const SMALL: Year = Year {
        students: 12,
        checkins: 3,
        talks: 2,
        contacts: 1,
        late: 0,
        joined: Joins::Everybody,
        unfinished: true,
    };

    /// How many students' years are written together.
    fn at_once(self) -> usize {
        let each = 1 + self.checkins + self.talks + self.contacts;
        (TOGETHER / each.max(1)).clamp(1, 1000) as usize
    }
}

/// What every made-up school is called.
pub const NAME: &str = "A made-up school";
const BEGINS: (i32, u32, u32) = (2025, 9, 1);
const FIRST_ACCOUNT: usize = 5_000_000_000;
/// So many accounts lie between two schools; behind so many mentors come the students.
const ACCOUNTS: usize = 1_000_000;
const MENTORS: usize = 100_000;
/// So many changes are committed at once.
const TOGETHER: u64 = 4000;

/// Somebody at the school, with the account.
struct One {
    id: PersonId,
    account: AccountId,
}

/// Who belongs to whom.
struct Trio {
    student: One,
    guardian: One,
    /// By place among the mentors.
    mentor: usize,
}

/// Fills an empty database with it; `done` is told how many of `students` have their year.
pub async fn fill(store: &Store, year: Year, done: impl FnMut(usize)) -> Result<SchoolId> {
    fill_nth(store, year, 0, done).await
}

/// The account of a student of the nth school, by place in the roster.
pub fn student_account(nth: usize, student: usize) -> i64 {
    (FIRST_ACCOUNT + nth * ACCOUNTS + student * 2 + MENTORS) as i64
}

/// The same for one of many schools in one database, counted from 0.
pub async fn fill_nth(
    store: &Store,
    year: Year,
    nth: usize,
    mut done: impl FnMut(usize),
) -> Result<SchoolId> {
    let texts = Texts::load()?;
    let mut tx = store.write().await?;
    let school = found(&mut tx).await?;
    let first = FIRST_ACCOUNT + nth * ACCOUNTS;
    let (mentors, trios) = enrol(&mut tx, &school, year, first).await?;
    tx.commit().await?;
    let size = year.at_once();
    for (n, chunk) in trios.chunks(size).enumerate() {
        let mut tx = store.write().await?;
        let mut months = Months { consents: Vec::new(), records: Vec::new(), nudges: Vec::new() };
        for (at, trio) in chunk.iter().enumerate() {
            let missed = u64::from(year.late > 0 && (n * size + at).is_multiple_of(year.late));
            let own = Year { talks: year.talks - missed.min(year.talks), ..year };
            months.add(&school, trio, &mentors[trio.mentor], own, &texts);
        }
        tx.apply(months.consents, moment(300)).await?;
        tx.apply(months.records, moment(300)).await?;
        tx.nudge(&[(&school, &months.nudges)], moment(300)).await?;
        tx.commit().await?;
        done(n * size + chunk.len());
    }
    if year.unfinished {
        let mut tx = store.write().await?;
        just_now(&mut tx, &school, &trios, &mentors).await?;
        tx.commit().await?;
    }
    Ok(school)
}

async fn found(tx: &mut Tx) -> Result<SchoolId> {
    let (first, now) = (day(0), moment(0));
    let id: SchoolId = fresh_id();
    let (zone, language) = (Shanghai, "zh-CN".to_owned());
    let school =
        SchoolRow { id: id.clone(), name: NAME.into(), zone, language, signature: String::new(), version: 1 };
    let body = Policy::preset("default").context("the default policy")?.to_owned();
    tx.add_school(&school, &PolicyVersion { from: first, body }, now).await?;
    let term = Term { name: "2025-26".into(), first, last: day(320) };
    let exam = Exam { name: "mid-term".into(), moment: Some(Moment::MidTerm), first: day(70), last: day(72) };
    let off = (day(30), Mark::Off("1 October".into()));
    let calendar =
        CalendarFile { terms: vec![term], days: vec![off], exams: vec![exam], ..CalendarFile::default() };
    tx.set_calendar(&id, &calendar).await?;
    for name in SlotName::ALL {
        tx.set_slot(&id, *name, moment(330), Some(moment(320))).await?;
    }
    Ok(id)
}

async fn enrol(tx: &mut Tx, school: &SchoolId, year: Year, first: usize) -> Result<(Vec<One>, Vec<Trio>)> {
    let students = year.students;
    let one = |n: usize| One { id: fresh_id(), account: AccountId::from(format!("tg:{}", first + n)) };
    let mentors: Vec<One> = (0..students.div_ceil(10)).map(one).collect();
    let trio =
        |n: usize| Trio { student: one(n * 2 + MENTORS), guardian: one(n * 2 + MENTORS + 1), mentor: n / 10 };
    let trios: Vec<Trio> = (0..students).map(trio).collect();

    let class = |n: usize| {
        let name = format!("Class {}", n + 1);
        ClassRow { id: fresh_id(), name, grade: format!("Grade {}", n / 8 + 1) }
    };
    let classes: Vec<ClassRow> = (0..students.div_ceil(40)).map(class).collect();
    let member = |one: &One, name: String, number: String, role: Role, class: Option<ClassId>| {
        let phone = format!("139{:08}", number.len() * 7_919 + name.len());
        let posts = vec![Post { role, class }];
        let born = String::new();
        Member { id: one.id.clone(), name, number, phone, born, posts, left: false }
    };
    let mut write = RosterWrite { classes, ..RosterWrite::default() };
    for (n, it) in mentors.iter().enumerate() {
        write.members.push(member(it, format!("Mentor {n:03}"), format!("T{n:04}"), Role::Mentor, None));
    }
    for (n, it) in trios.iter().enumerate() {
        let class = write.classes[n / 40].id.clone();
        let (student, guardian) = (&it.student, &it.guardian);
        let number = format!("2025{n:05}");
        write.members.push(member(
            student,
            format!("Student {n:05}"),
            number,
            Role::Student,
            Some(class.clone()),
        ));
        let name = format!("Guardian {n:05}");
        write.members.push(member(guardian, name, String::new(), Role::Guardian, None));
        let relation = if n.is_multiple_of(2) { Relation::Mother } else { Relation::Father };
        let family = Family { guardian: guardian.id.clone(), student: student.id.clone(), relation };
        write.families.push(family);
        let (mentor, student) = (mentors[it.mentor].id.clone(), student.id.clone());
        let pairing =
            Pairing { id: fresh_id(), mentor, student, class, since: day(0), until: None, primary: true };
        write.pairings.push(pairing);
    }
    let now = moment(0);
    tx.write_roster(school, &write, now).await?;

    let students = trios.iter().map(|it| &it.student).filter(|_| year.joined >= Joins::Students);
    let guardians = trios.iter().map(|it| &it.guardian).filter(|_| year.joined >= Joins::Everybody);
    let all: Vec<&One> = mentors.iter().chain(students).chain(guardians).collect();
    for chunk in all.chunks(500) {
        let accounts: Vec<AccountId> = chunk.iter().map(|it| it.account.clone()).collect();
        tx.visitors(&accounts, now).await?;
        let codes: Vec<_> = chunk.iter().map(|it| (it.id.clone(), hash_code(&fresh_code()))).collect();
        tx.add_invites(school, &codes, now.plus(SENT_GOOD_FOR), now).await?;
        let bind = |(it, (_, hash)): (&&One, &(PersonId, String))| Change::Bind {
            account: it.account.clone(),
            person: it.id.clone(),
            school: school.clone(),
            code_hash: hash.clone(),
        };
        tx.apply(chunk.iter().zip(&codes).map(bind).collect(), now).await?;
    }
    Ok((mentors, trios))
}

/// What happens with some students in a year.
struct Months {
    consents: Vec<Change>,
    records: Vec<Change>,
    nudges: Vec<NudgeRow>,
}

impl Months {
    /// The year of one student.
    fn add(&mut self, school: &SchoolId, trio: &Trio, mentor: &One, year: Year, texts: &Texts) {
        let student = &trio.student;
        let line = |n: u64| texts.plain("zh-CN", &Phrase::new(format!("demo-line-{}", n % 5 + 1)));
        let record = |by: &PersonId, n: u64, body| {
            let about = vec![student.id.clone()];
            Change::Record(
                school.clone(),
                Record::new(fresh_id(), by.clone(), about, day(n), moment(n), body),
            )
        };
        self.consents.push(Change::Consent(Decision {
            school: school.clone(),
            student: student.id.clone(),
            guardian: trio.guardian.id.clone(),
            version: TEXT_VERSION,
            said: Said::Given,
            at: moment(0),
        }));
        for n in 0..year.checkins {
            let mood = (n % 5 + 1) as u8;
            let line = n.is_multiple_of(4).then(|| line(n));
            let scales = [(Question::Study, mood.div_ceil(2)), (Question::Life, mood.div_ceil(2))];
            let checkin = Checkin { wants_talk: n % 20 == 19, line, ..Checkin::new(mood, &scales) };
            self.records.push(record(&student.id, n * 7 + 4, Body::Checkin(checkin)));
        }
        for n in 0..year.talks {
            let topics = vec![Topic::Study, Topic::Mind];
            let talk = Talk { topics, line: Some(line(n)), ..Talk::default() };
            self.records.push(record(&mentor.id, n * 14 + 8, Body::Talk(talk)));
        }
        for n in 0..year.contacts {
            let contact = Contact::new(ContactForm::Phone, Some(line(n)));
            self.records.push(record(&mentor.id, n * 28 + 15, Body::Contact(contact)));
        }
        let nudge = |n: u64| NudgeRow {
            key: format!("checkin:{}:{}", student.id.as_str(), day(n * 7 + 4)),
            kind: "checkin",
            rule: "checkin".into(),
            student: student.id.as_str().to_owned(),
            to: student.id.clone(),
            episode: String::new(),
            day: day(n * 7 + 4),
        };
        self.nudges.extend((0..year.checkins).map(nudge));
    }
}

/// So many days after the year began.
fn day(n: u64) -> Day {
    let first = Day::from_ymd_opt(BEGINS.0, BEGINS.1, BEGINS.2).unwrap_or_default();
    first + Days::new(n)
}

/// A morning in the middle of a term: eight o'clock, six weeks after the year began.
pub fn morning() -> At {
    At::from_local(day(44).and_time(NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default()), Shanghai)
}

fn moment(n: u64) -> At {
    At::from_local(day(n).and_time(NaiveTime::from_hms_opt(16, 30, 0).unwrap_or_default()), Shanghai)
}
