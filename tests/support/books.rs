//! The school's books, as the office writes them: calendar, policy, and what was on record before the story began.

use super::{Person, School};
use chrono::NaiveDate;
use daoyu::{
    clock::fresh_id,
    school::{
        AboutId, At, Body, CalendarFile, Contact, ContactForm, Day, Duty, Exam, Kind, Mark, Record, Talk,
        Term, Topic,
    },
    store::{PolicyVersion, Whose},
};

impl School {
    /// Days off, first and last included.
    pub async fn has_a_holiday(&self, first: &str, last: &str) {
        let (first, last) = (day(first), day(last));
        let days = first.iter_days().take_while(|it| *it <= last);
        self.marks(days.map(|it| (it, Mark::Off("假期".to_owned()))).collect()).await;
    }

    /// School on a day that has none by its weekday.
    pub async fn makes_up_on(&self, when: &str) {
        self.marks(vec![(day(when), Mark::School("调休".to_owned()))]).await;
    }

    /// A term, first and last day included.
    pub async fn has_a_term(&self, first: &str, last: &str) {
        let term = Term { name: "学期".to_owned(), first: day(first), last: day(last) };
        let mut tx = self.writes().await;
        tx.set_calendar(&self.id, &CalendarFile { terms: vec![term], ..CalendarFile::default() })
            .await
            .expect("a term");
        tx.commit().await.expect("a term");
    }

    /// An exam of the calendar, first and last day included.
    pub async fn has_an_exam(&self, name: &str, first: &str, last: &str) {
        let exam = Exam { name: name.to_owned(), moment: None, first: day(first), last: day(last) };
        let mut tx = self.writes().await;
        let file = CalendarFile { exams: vec![exam], ..CalendarFile::default() };
        tx.set_calendar(&self.id, &file).await.expect("an exam");
        tx.commit().await.expect("an exam");
    }

    async fn marks(&self, days: Vec<(Day, Mark)>) {
        let mut tx = self.writes().await;
        tx.set_calendar(&self.id, &CalendarFile { days, ..CalendarFile::default() })
            .await
            .expect("marked days");
        tx.commit().await.expect("marked days");
    }

    /// A preset is in force from the beginning.
    pub async fn lives_by(&self, preset: &str) {
        let body = daoyu::school::Policy::preset(preset).expect("a preset").to_owned();
        let version = PolicyVersion { from: "2026-08-01".parse().expect("a day"), body };
        let mut tx = self.writes().await;
        tx.set_policy(&self.id, &version, self.now()).await.expect("a policy");
        tx.commit().await.expect("a policy");
    }

    /// The default policy with one text in place of another, in force from today.
    pub async fn changes_its_policy(&self, from: &str, to: &str) {
        let default = daoyu::school::Policy::preset("default").expect("the default policy");
        assert!(default.contains(from), "the default policy does not say `{from}`");
        let version = PolicyVersion { from: self.today(), body: default.replace(from, to) };
        let mut tx = self.writes().await;
        tx.set_policy(&self.id, &version, self.now()).await.expect("a policy");
        tx.commit().await.expect("a policy");
    }

    /// Today at the school.
    pub fn today(&self) -> Day {
        self.now().day(chrono_tz::Asia::Shanghai)
    }

    /// What mentors owe now, worst first: `王芳 talk 李雷 2026-09-20`.
    pub async fn owed(&self) -> Vec<String> {
        self.open(|it| it.owed_by.is_staff()).await
    }

    /// Which students owe a check-in, and since when.
    pub async fn owed_by_students(&self) -> Vec<String> {
        self.open(|it| !it.owed_by.is_staff()).await
    }

    async fn open(&self, which: impl Fn(&Duty) -> bool) -> Vec<String> {
        let mut tx = self.reads().await;
        let rules = tx.rules(&self.id).await.expect("the rules");
        let open = tx.duties(&rules, Whose::School, self.today()).await.expect("duties");
        let mut lines = Vec::new();
        for duty in open.into_iter().filter(which) {
            let who = tx.names_of(&[(&duty.owes).into(), duty.about.clone()]).await.expect("people");
            lines.push(format!(
                "{} {} {} {}",
                who[&AboutId::from(&duty.owes)],
                duty.rule,
                who[&duty.about],
                duty.due
            ));
        }
        lines
    }
}

/// Something that is about to be put on record.
pub struct Happened {
    by: Person,
    about: Person,
    body: Body,
}

impl Person {
    /// A talk with a student, written straight into the books.
    pub fn talked_with(&self, student: &Person) -> Happened {
        let body = Body::Talk(Talk { topics: vec![Topic::Study], ..Talk::default() });
        Happened { by: self.clone(), about: student.clone(), body }
    }

    /// A phone call with a student's family, written straight into the books.
    pub fn phoned_the_family_of(&self, student: &Person) -> Happened {
        let body = Body::Contact(Contact::new(ContactForm::Phone, None));
        Happened { by: self.clone(), about: student.clone(), body }
    }

    /// The latest record of a kind about this student.
    pub async fn latest(&self, kind: Kind) -> Option<Record> {
        let mut tx = self.school().reads().await;
        tx.latest(&self.school().id, &self.id, kind).await.expect("records")
    }
}

impl Happened {
    /// It happened on this day.
    pub async fn on(self, when: &str) {
        let school = self.by.school().clone();
        let noon = day(when).and_hms_opt(12, 0, 0).expect("noon");
        let at = At::from_local(noon, chrono_tz::Asia::Shanghai);
        let record = Record::new(fresh_id(), self.by.id, vec![self.about.id], day(when), at, self.body);
        let mut tx = school.writes().await;
        tx.save_record(&school.id, &record, at).await.expect("a record");
        tx.commit().await.expect("a record");
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no day like 2026-09-01"))
}
