//! What stands open at a school is asked of those alone who lack something. Whoever reads everything must find the same.

use crate::database::{Database, Engine};
use chrono::{Days, TimeDelta};
use chrono_tz::Asia::Shanghai;
use daoyu::{
    clock::fresh_id,
    school::{
        At, Body, CalendarFile, Checkin, ClassId, Contact, ContactForm, Day, Duty, Entry, Exam, Group, Kind,
        Mark, Moment, Pairing, PersonId, Policy, Post, Record, Role, SchoolId, Talk, Term, duties,
    },
    store::{
        Change, ClassRow, Member, PolicyVersion, RosterWrite, SchoolRow, SchoolRules, Store, Task, Tx, Whose,
    },
};
use rand::{RngExt, SeedableRng, rngs::SmallRng, seq::IndexedRandom};
use std::collections::BTreeMap;

const STUDENTS: usize = 24;
const MENTORS: usize = 4;
/// Beside what the presets ask for: every other rhythm that a school may write.
const OTHERS: &str = r#"
[[rule]]
name = "often"
record = "performance"
owed_by = "head_teacher"
about = "pairing"
at_least = { times = 3, per = "month" }
source = "test"

[[rule]]
name = "seldom"
record = "evaluation"
owed_by = "mentor"
about = "pairing"
every = { months = 2 }
source = "test"

[[rule]]
name = "each_term"
record = "plan"
owed_by = "mentor"
about = "pairing"
after = { event = "term", school_days = 8 }
source = "test"

[[rule]]
name = "visited"
record = "contact"
form = "home_visit"
owed_by = "mentor"
about = "pairing"
every = { days = 40 }
source = "test"
"#;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn noon(day: Day) -> At {
    At::from_local(day.and_hms_opt(12, 0, 0).unwrap(), Shanghai)
}

/// A school to which everything happens by chance.
struct Chance {
    random: SmallRng,
    school: SchoolId,
    students: Vec<PersonId>,
    mentors: Vec<PersonId>,
}

impl Chance {
    fn day(&mut self, from: &str, days: u64) -> Day {
        day(from) + Days::new(self.random.random_range(0..days))
    }

    /// A school with two terms, under one policy and, from some day on, another.
    async fn founds(seed: u64, tx: &mut Tx, policies: [&str; 2]) -> Chance {
        let id: SchoolId = fresh_id();
        let now = noon(day("2026-08-01"));
        let name = format!("School {seed}");
        let school = SchoolRow {
            id: id.clone(),
            name,
            zone: Shanghai,
            language: "en".into(),
            signature: String::new(),
            version: 1,
        };
        let mut it =
            Chance { random: SmallRng::seed_from_u64(seed), school: id, students: vec![], mentors: vec![] };
        let first = PolicyVersion { from: day("2026-08-01"), body: policies[0].to_owned() };
        tx.add_school(&school, &first, now).await.unwrap();
        let then = PolicyVersion { from: it.day("2026-09-20", 90), body: policies[1].to_owned() };
        tx.set_policy(&it.school, &then, now).await.unwrap();
        let term = |name: &str, first, last| Term { name: name.into(), first: day(first), last: day(last) };
        let exam = |moment, first: &str, last| Exam {
            name: first.into(),
            moment,
            first: day(first),
            last: day(last),
        };
        let calendar = CalendarFile {
            terms: vec![
                term("autumn", "2026-09-01", "2027-01-22"),
                term("spring", "2027-02-22", "2027-07-09"),
            ],
            days: (1..8).map(|n| (day("2026-10-01") + Days::new(n - 1), Mark::Off("off".into()))).collect(),
            exams: vec![
                exam(None, "2026-09-24", "2026-09-25"),
                exam(Some(Moment::MidTerm), "2026-11-09", "2026-11-11"),
            ],
            ..CalendarFile::default()
        };
        tx.set_calendar(&it.school, &calendar).await.unwrap();
        it.enrols(tx, now).await;
        it
    }

    async fn enrols(&mut self, tx: &mut Tx, now: At) {
        let classes: Vec<ClassRow> = (1..3)
            .map(|n| ClassRow { id: fresh_id(), name: format!("7-{n}"), grade: "Grade 7".into() })
            .collect();
        let mut write = RosterWrite { classes: classes.clone(), ..RosterWrite::default() };
        let mut member = |role, class: Option<ClassId>| {
            let id: PersonId = fresh_id();
            // Whoever is old enough is asked without a guardian's yes.
            let born =
                if write.members.len().is_multiple_of(2) { "2010-01-01".to_owned() } else { String::new() };
            write.members.push(Member {
                id: id.clone(),
                name: format!("{role}"),
                number: String::new(),
                phone: String::new(),
                born,
                posts: vec![Post { role, class }],
                left: false,
            });
            id
        };
        member(Role::Office, None);
        member(Role::HeadTeacher, Some(classes[0].id.clone()));
        self.mentors = (0..MENTORS).map(|_| member(Role::Mentor, None)).collect();
        let class = |n: usize| classes[n % 2].id.clone();
        self.students = (0..STUDENTS).map(|n| member(Role::Student, Some(class(n)))).collect();
        for n in 0..STUDENTS {
            // Some have two mentors, some another one after a while, and some begin late.
            for primary in [true, false].into_iter().take(self.random.random_range(1..3)) {
                let since = self.day("2026-08-20", if n % 3 == 0 { 150 } else { 30 });
                let ends = self.random.random_bool(0.3);
                let until = ends.then(|| since + Days::new(self.random.random_range(0..120)));
                write.pairings.push(Pairing {
                    id: fresh_id(),
                    mentor: self.mentors.choose(&mut self.random).unwrap().clone(),
                    student: self.students[n].clone(),
                    class: class(n),
                    since,
                    until,
                    primary,
                });
            }
        }
        tx.write_roster(&self.school, &write, now).await.unwrap();
        let (id, leader) = (fresh_id(), self.mentors[1].clone());
        let group = Group { id, name: "sunflowers".into(), leader, since: day("2026-09-10"), until: None };
        tx.save_group(&self.school, &group, &self.students[..4]).await.unwrap();
    }

    /// Two terms of records, wishes, and what was taken back.
    async fn lives(&mut self, tx: &mut Tx) {
        for _ in 0..STUDENTS * 14 {
            let (on, student) =
                (self.day("2026-08-20", 260), self.students.choose(&mut self.random).unwrap().clone());
            let entry = |kind| Body::Entry(Entry { kind, form: String::new(), answers: BTreeMap::new() });
            let form = *ContactForm::ALL.choose(&mut self.random).unwrap();
            let body = match self.random.random_range(0..12) {
                0..4 => Body::Talk(Talk::default()),
                4..6 => Body::Contact(Contact::new(form, None)),
                6..8 => Body::Checkin(Checkin::new(3, &[])),
                8 => entry(*[Kind::Profile, Kind::Plan, Kind::Case].choose(&mut self.random).unwrap()),
                9 => entry(Kind::Performance),
                10 => entry(*[Kind::Marks, Kind::Evaluation].choose(&mut self.random).unwrap()),
                _ => {
                    let owner = self.mentors.choose(&mut self.random).unwrap().clone();
                    let (school, about) = (self.school.clone(), String::new());
                    let wish = Task { school, owner, student, kind: "wish", about };
                    tx.apply(vec![Change::OpenTask(wish)], noon(on)).await.unwrap();
                    continue;
                }
            };
            let by = self.mentors[0].clone();
            let record = Record::new(fresh_id(), by, [student], on, noon(on), body);
            let id = record.id.clone();
            let mut changes = vec![Change::Record(self.school.clone(), record)];
            changes.extend(self.random.random_bool(0.1).then_some(Change::Undo(id)));
            tx.apply(changes, noon(on)).await.unwrap();
        }
    }
}

/// What stands open when everything of a school is read.
async fn all_of_it(tx: &mut Tx, rules: &SchoolRules, today: Day) -> Vec<Duty> {
    let (policy, school) = (rules.policy(today), &rules.school.id);
    let pairings = tx.pairings(school, today).await.unwrap();
    let staff = tx.staff(school, today).await.unwrap();
    let mut standing = tx.standing(rules, None, today).await.unwrap();
    for (student, view) in tx.consents(rules, None, today).await.unwrap() {
        if !view.consent.allows() {
            standing.set_on_paper(&student);
        }
    }
    duties(&policy, &rules.calendar, &pairings, &staff, &standing, today)
}

async fn whoever_lacks_nothing_owes_nothing(engine: Engine, seeds: std::ops::Range<u64>) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::fresh(engine, &folder.path().join("daoyu.db")).await;
    let store = Store::open(&database.url).await.unwrap();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for seed in seeds {
        let text = |n: u64| {
            let name = Policy::PRESETS[(n as usize) % Policy::PRESETS.len()];
            format!("{}\n{OTHERS}", Policy::preset(name).unwrap())
        };
        let mut tx = store.write().await.unwrap();
        let mut chance = Chance::founds(seed, &mut tx, [&text(seed), &text(seed / 5 + seed + 1)]).await;
        chance.lives(&mut tx).await;
        let rules = tx.rules(&chance.school).await.unwrap();
        let mut today = day("2026-08-25");
        while today < day("2027-05-10") {
            let all = all_of_it(&mut tx, &rules, today).await;
            let open = tx.duties(&rules, Whose::School, today).await.unwrap();
            assert_eq!(open, all, "seed {seed}, {today}");
            let of_staff: Vec<Duty> = all.into_iter().filter(|it| it.owed_by.is_staff()).collect();
            assert_eq!(
                tx.duties(&rules, Whose::Staff, today).await.unwrap(),
                of_staff,
                "seed {seed}, {today}"
            );
            open.iter().for_each(|it| *found.entry(it.rule.clone()).or_default() += 1);
            today += TimeDelta::days(chance.random.random_range(1..10));
        }
        tx.roll_back().await.unwrap();
    }
    // What nobody ever owes proves nothing.
    let texts =
        Policy::PRESETS.iter().filter_map(|it| Policy::preset(it)).map(|it| format!("{it}\n{OTHERS}"));
    let policies: Vec<Policy> = texts.map(|it| Policy::parse(&it, "test").unwrap()).collect();
    for rule in policies.iter().flat_map(|it| &it.rules) {
        let open = found.get(&rule.name).copied().unwrap_or_default();
        assert!(open > 0, "nobody ever owed `{}`: {found:?}", rule.name);
    }
    store.close().await;
}

#[tokio::test]
async fn whoever_lacks_nothing_owes_nothing_on_sqlite() {
    whoever_lacks_nothing_owes_nothing(Engine::Sqlite, 0..10).await;
}

#[tokio::test]
async fn whoever_lacks_nothing_owes_nothing_on_postgresql() {
    whoever_lacks_nothing_owes_nothing(Engine::Postgres, 0..10).await;
}
