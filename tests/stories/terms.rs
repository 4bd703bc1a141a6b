//! A whole term under each of the five policies, on the clock: a mentor who does what is asked, one who does nothing, a student
//! who reports and one who never does. The snapshots say who was reminded of what, and on which days.

use crate::support::{Person, School, days, snapshot, story};
use daoyu::school::{Group, Relation, Role};

/// The autumn under a policy.
async fn term(school: &School, preset: &str) -> Cast {
    school.has_the_autumn_of_2026().await;
    school.lives_by(preset).await;
    let (wang, zhao) = (school.mentor("王芳").await, school.mentor("赵静").await);
    let (li, han) = (school.student("李雷").await, school.student("韩梅梅").await);
    let mother = school.guardian("韩英", &li, Relation::Mother).await;
    wang.mentors(&li).since("2026-09-01").await;
    zhao.mentors(&han).since("2026-09-01").await;
    let head = school.head_teacher("张敏").await;
    let chief = school.somebody("孙丽", Role::ChiefMentor).await;
    let office = school.office("刘洋").await;
    let cast = Cast { wang, zhao, li, mother, head, chief, office };
    let group = Group {
        id: daoyu::clock::fresh_id(),
        name: "向日葵".into(),
        leader: cast.wang.id.clone(),
        since: "2026-09-01".parse().unwrap(),
        until: None,
    };
    let mut tx = school.writes().await;
    tx.save_group(&school.id, &group, std::slice::from_ref(&cast.li.id)).await.unwrap();
    tx.commit().await.unwrap();
    for day in days("2026-09-07", "2027-01-31") {
        let moment = |time: &str| format!("{} {day} {time}", day.format("%a"));
        school.clock_reaches(&moment("16:31")).await;
        cast.li.answers_what_is_asked().await;
        for person in [&cast.wang, &cast.chief, &cast.head, &cast.office] {
            person.does_what_is_owed().await;
        }
    }
    cast
}

struct Cast {
    wang: Person,
    zhao: Person,
    li: Person,
    mother: Person,
    head: Person,
    chief: Person,
    office: Person,
}

/// What all five have in common: who does what is asked hears of it once, in holidays nobody hears anything, and no family is
/// ever reminded of what a school owes.
async fn holds(school: &School, cast: &Cast, told: &str) {
    for line in told.lines().filter(|it| it.starts_with("王芳 ") || it.starts_with("赵静 ")) {
        for day in ["10-01", "10-05", "10-07", "01-25", "01-28"] {
            assert!(!line.contains(day), "reminded in a holiday: {line}");
        }
    }
    let late = school.owed().await;
    assert!(late.iter().all(|it| !it.starts_with("王芳 ")), "she does what is asked: {late:?}");
    assert!(!told.contains("张敏 · escalation talk 李雷") && told.contains("张敏 · escalation"), "{told}");
    assert!(!told.contains("李雷 · checkin_reminder"), "who answers is not reminded");
    assert!(!cast.mother.chat().contains("已过"), "a family is told what is good, not what is late");
}

macro_rules! terms {
    ($($name:ident $preset:literal)+) => {
        story! {$(
            async fn $name(school) {
                let cast = term(&school, $preset).await;
                let told = school.nudges().await;
                let list = cast.zhao.newest().text;
                snapshot(concat!("term_", $preset), &format!("{told}\nThe last list of 赵静:\n{list}"));
                holds(&school, &cast, &told).await;
            }
        )+}
    };
}

terms! {
    a_term_by_the_default "default"
    a_term_at_a_primary_school "primary"
    a_term_at_a_middle_school "middle"
    a_term_at_a_high_school "high"
    a_term_in_a_district "district"
}
