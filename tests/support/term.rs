//! A whole term on the clock: who does what is asked, who does nothing, and who was told of it.

use super::{Person, School};
use daoyu::{
    clock::fresh_id,
    school::{
        About, AboutId, Body, Contact, ContactForm, Day, Duty, Entry, Exam, Kind, Moment, Record, Talk, Topic,
    },
    store::Whose,
};
use sqlx::{Connection, Row};
use std::collections::BTreeMap;

/// So many days are named; of more, the first and the last.
const NAMED: usize = 8;

impl School {
    /// The autumn of 2026 as schools had it: the National Day and its make-up days, exams at mid-term and at the end.
    pub async fn has_the_autumn_of_2026(&self) {
        self.has_a_term("2026-09-01", "2027-01-22").await;
        self.has_a_holiday("2026-10-01", "2026-10-07").await;
        self.makes_up_on("2026-09-20").await;
        self.makes_up_on("2026-10-10").await;
        self.has_exams(&[
            ("期中考试", Some(Moment::MidTerm), "2026-11-04", "2026-11-06"),
            ("期末考试", Some(Moment::EndOfTerm), "2027-01-13", "2027-01-15"),
        ])
        .await;
    }

    /// Exams in the calendar.
    pub async fn has_exams(&self, exams: &[(&str, Option<Moment>, &str, &str)]) {
        let exam = |(name, moment, first, last): &(&str, Option<Moment>, &str, &str)| Exam {
            name: name.to_string(),
            moment: *moment,
            first: first.parse().expect("a day"),
            last: last.parse().expect("a day"),
        };
        let exams = exams.iter().map(exam).collect();
        let mut tx = self.writes().await;
        let file = daoyu::school::CalendarFile { exams, ..Default::default() };
        tx.set_calendar(&self.id, &file).await.expect("exams");
        tx.commit().await.expect("exams");
    }

    /// Every nudge so far: to whom, of what kind, by which rule, about whom or what, and on which days.
    pub async fn nudges(&self) -> String {
        let mut connection = self.world.database.connect().await;
        let sql = "SELECT kind, rule, student_id, to_id, day FROM nudge ORDER BY day, kind, rule";
        let rows = sqlx::query(sql).fetch_all(&mut connection).await.expect("nudges");
        connection.close().await.expect("the database");
        let text = |row: &sqlx::any::AnyRow, column: &str| row.try_get::<String, _>(column).expect("a text");
        let ids = rows.iter().flat_map(|row| [text(row, "student_id"), text(row, "to_id")]);
        let ids: Vec<AboutId> = ids.map(AboutId::from).collect();
        let names = self.reads().await.names_of(&ids).await.expect("names");
        let name = |id: String| names.get(&AboutId::from(id)).cloned().unwrap_or_default();
        let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &rows {
            let (to, about) = (name(text(row, "to_id")), name(text(row, "student_id")));
            let (kind, rule) = (text(row, "kind"), text(row, "rule"));
            let about = if about == to { String::new() } else { format!(" {about}") };
            let rule = if rule == kind { String::new() } else { format!(" {rule}") };
            let days = told.entry(format!("{to} · {kind}{rule}{about}")).or_default();
            days.push(text(row, "day")[5..].to_owned());
        }
        let line = |(what, mut days): (String, Vec<String>)| {
            days.dedup();
            match days.as_slice() {
                [first, .., last] if days.len() > NAMED => {
                    format!("{what}: {} times, {first} to {last}\n", days.len())
                }
                days => format!("{what}: {}\n", days.join(" ")),
            }
        };
        told.into_iter().map(line).collect()
    }
}

impl Person {
    /// On a school day, does everything that stands open for this person, straight into the books.
    pub async fn does_what_is_owed(&self) {
        let school = self.school();
        let (today, now) = (school.today(), school.now());
        let mut tx = school.writes().await;
        let rules = tx.rules(&school.id).await.expect("the rules");
        let open = tx.duties(&rules, Whose::Person(&self.id), today).await.expect("duties");
        let policy = rules.policy(today);
        if !rules.calendar.is_school_day(today) {
            return;
        }
        for duty in open {
            let form = policy.rule(&duty.rule).and_then(|it| it.form).unwrap_or_default();
            let about = about(&duty);
            let body = body(&duty, form);
            let record = Record::new(fresh_id(), self.id.clone(), about, today, now, body);
            tx.save_record(&school.id, &record, now).await.expect("a record");
        }
        tx.commit().await.expect("records");
    }

    /// Answers whatever question stands open, always by the first button.
    pub async fn answers_what_is_asked(&self) {
        for _ in 0..20 {
            let newest = self.newest();
            let buttons = newest.buttons.into_iter().flatten();
            let answers = |data: &str| data.starts_with("checkin:") || data.starts_with("f:");
            let leaves = |data: &str| data.contains(":_:") || data.ends_with(":edit");
            let Some(button) = buttons.into_iter().find(|it| answers(&it.data) && !leaves(&it.data)) else {
                return;
            };
            self.presses_on(newest.message_id, &button.data).await;
        }
        panic!("{} is asked without end", self.name);
    }
}

fn about(duty: &Duty) -> Vec<AboutId> {
    vec![duty.about.clone()]
}

fn body(duty: &Duty, form: &str) -> Body {
    match duty.kind {
        Kind::Talk => Body::Talk(Talk { topics: vec![Topic::Study], ..Talk::default() }),
        Kind::Contact => {
            let form = form.parse().unwrap_or(ContactForm::Phone);
            Body::Contact(Contact::new(form, None))
        }
        kind => {
            assert_ne!(duty.scope, About::Resolution, "no meeting resolves anything in this term");
            Body::Entry(Entry { kind, form: form.to_owned(), answers: [].into() })
        }
    }
}

/// The days from one to another, both included.
pub fn days(first: &str, last: &str) -> impl Iterator<Item = Day> {
    let last: Day = last.parse().expect("a day");
    first.parse::<Day>().expect("a day").iter_days().take_while(move |it| *it <= last)
}
