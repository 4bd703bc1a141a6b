//! The rules of a school: what is due, who is told, which check-in it is.

use chrono_tz::Asia::Shanghai;
use criterion::{BatchSize, Criterion, Throughput};
use daoyu::school::{
    At, Body, Calendar, Contact, ContactForm, Day, Duty, Pairing, PersonId, Policy, Record, Staff, Standing,
    Talk, Told, checkin_period, digest_items, duties, episode_key, escalations,
};
use std::hint::black_box;

/// A large school, and ten students to a mentor.
const STUDENTS: usize = 2_000;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn autumn() -> Calendar {
    Calendar::default()
        .with_term("autumn", day("2026-09-01"), day("2027-01-22"))
        .with_holiday(day("2026-10-01"), day("2026-10-07"), "national day")
        .with_school(day("2026-09-20"), "make-up")
        .with_school(day("2026-10-10"), "make-up")
}

fn policy(name: &str) -> Policy {
    Policy::parse(Policy::preset(name).unwrap(), name).unwrap()
}

fn pairings() -> Vec<Pairing> {
    let pairing = |n: usize| Pairing {
        id: format!("pair-{n}").as_str().into(),
        mentor: format!("mentor-{}", n / 10).as_str().into(),
        student: format!("student-{n}").as_str().into(),
        class: format!("class-{}", n / 40).as_str().into(),
        since: day("2026-09-01"),
        until: None,
        primary: true,
    };
    (0..STUDENTS).map(pairing).collect()
}

/// A talk and a contact each; every tenth student was forgotten.
fn records() -> Vec<Record> {
    let talk = || Body::Talk(Talk::default());
    let contact = || Body::Contact(Contact::new(ContactForm::Phone, None));
    let record = |n: usize, on: &str, body: Body| {
        let (by, about) = (format!("mentor-{}", n / 10), format!("student-{n}"));
        let written = At::from_local(day(on).and_hms_opt(12, 0, 0).unwrap(), Shanghai);
        let about = [PersonId::from(about.as_str())];
        Record::new(format!("{on}-{n}").as_str().into(), by.as_str().into(), about, day(on), written, body)
    };
    let of = |n: usize| [record(n, "2026-10-20", talk()), record(n, "2026-10-12", contact())];
    (0..STUDENTS).filter(|n| n % 10 != 0).flat_map(of).collect()
}

/// Everything that is measured here.
pub fn benches(criterion: &mut Criterion) {
    let (calendar, pairings, records) = (autumn(), pairings(), records());
    let staff = Staff::none(&"school".into());
    let today = day("2026-11-03");
    let mut all = Vec::new();

    let mut group = criterion.benchmark_group("a school of 2,000");
    group.throughput(Throughput::Elements(STUDENTS as u64));
    for name in ["default", "middle"] {
        let policy = policy(name);
        let standing = Standing::of(&records, &policy, &calendar, today);
        group.bench_function(format!("duties, policy {name}"), |it| {
            it.iter(|| duties(&policy, &calendar, black_box(&pairings), &staff, &standing, today));
        });
        all = duties(&policy, &calendar, &pairings, &staff, &standing, today);
        assert!(!all.is_empty(), "nothing stands open: nothing is measured");
    }
    let policy = policy("default");
    let told = told(&all);
    group.bench_function("what is told to mentors", |it| {
        it.iter(|| digest_items(&policy, &calendar, black_box(&all), &told, &[], today));
    });
    group.bench_function("what climbs to head teachers", |it| {
        it.iter(|| escalations(&policy, &calendar, black_box(&all), &told, today).len());
    });
    group.finish();

    let now = At::from_local(today.and_hms_opt(16, 31, 0).unwrap(), Shanghai);
    criterion.bench_function("the period of a check-in", |it| {
        it.iter(|| checkin_period(&policy, &calendar, Shanghai, black_box(now)));
    });
    let text = Policy::preset("middle").unwrap();
    criterion.bench_function("a policy is read", |it| {
        it.iter_batched(|| text, |text| Policy::parse(text, "middle").unwrap(), BatchSize::SmallInput);
    });
}

/// Half of it was told a week ago.
fn told(duties: &[Duty]) -> Told {
    let mut told = Told::default();
    for duty in duties.iter().step_by(2) {
        told.add_digest(episode_key(duty), day("2026-10-27"));
        told.add_escalation(episode_key(duty));
    }
    told
}
