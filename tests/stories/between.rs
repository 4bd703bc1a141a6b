//! What happens between a look at what is due and the writing of it, and one school's trouble among several. A look holds up
//! nobody, so anybody may write meanwhile: what was found is then told as if it had been told before, or not at all.

use crate::{
    checkin::FRIDAY,
    consent::a_child,
    support::{Person, School, story},
};
use daoyu::{
    clock::fresh_id,
    school::{At, Decision, MessageId, Said, TEXT_VERSION},
    store::{Change, Class, OutRow},
};
use std::time::Duration;

const MORNING: &str = "Mon 2026-09-21 08:00";

/// Due on Sunday the 20th: on the list of Monday the 21st.
async fn a_talk_that_is_due(school: &School) -> (Person, Person) {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
    wang.mentors(&li).since("2026-09-01").await;
    wang.talked_with(&li).on("2026-09-06").await;
    school.clock_reaches("Mon 2026-09-21 07:59").await;
    (wang, li)
}

/// Of whom it is kept that they were asked about the week.
async fn asked(school: &School) -> Vec<String> {
    let told = school.reads().await.nudged_between(&school.id, "checkin", At(0), school.now()).await.unwrap();
    told.into_iter().map(|(student, _)| student.to_string()).collect()
}

/// The mentor hears nothing on the day that has become free, and of the talk on the next morning.
async fn is_told_a_day_later(school: &School, wang: &Person) {
    school.clock_reaches("Tue 2026-09-22 07:59").await;
    wang.hears_nothing();
    school.clock_reaches("Tue 2026-09-22 08:00").await;
    assert!(wang.hears().contains("李雷"));
}

story! {
    async fn a_talk_that_is_put_on_record_meanwhile_is_not_asked_for(school) {
        let (wang, li) = a_talk_that_is_due(&school).await;
        let looked = school.looks_at_what_is_due(MORNING).await;
        wang.talked_with(&li).on("2026-09-21").await;
        school.tells_of(&looked).await;
        school.settles().await;
        wang.hears_nothing();
        school.clock_reaches("Tue 2026-09-22 23:00").await;
        wang.hears_nothing();
    }

    async fn a_day_off_that_is_entered_meanwhile_is_kept(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        let looked = school.looks_at_what_is_due(MORNING).await;
        school.has_a_holiday("2026-09-21", "2026-09-21").await;
        school.tells_of(&looked).await;
        is_told_a_day_later(&school, &wang).await;
    }

    async fn rules_that_change_a_second_time_are_looked_at_a_second_time(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        // The slots are laid anew by the first change already: the second leaves no other trace on them.
        school.has_a_holiday("2026-10-01", "2026-10-07").await;
        let looked = school.looks_at_what_is_due(MORNING).await;
        school.has_a_holiday("2026-09-21", "2026-09-21").await;
        school.tells_of(&looked).await;
        is_told_a_day_later(&school, &wang).await;
    }

    async fn what_another_process_has_told_meanwhile_is_not_told_again(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        let looked = school.looks_at_what_is_due(MORNING).await;
        let all = school.processes(2).await;
        let other = all.last().unwrap();
        assert!(other.sweep().await.unwrap().slots > 0);
        school.tells_of(&looked).await;
        school.settles().await;
        assert_eq!(wang.hears_messages(), 1);
        assert!(wang.chat().contains("李雷"));
        school.clock_reaches("Mon 2026-09-21 23:00").await;
        wang.hears_nothing();
        assert_eq!(other.sweep().await.unwrap().slots, 0, "the slot was moved on once");
    }

    async fn what_a_clock_of_tomorrow_has_found_is_dropped(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        let looked = school.looks_at_what_is_due("Tue 2026-09-22 08:00").await;
        school.clock_is_set_to("Mon 2026-09-21 07:59").await;
        school.tells_of(&looked).await;
        school.settles().await;
        wang.hears_nothing();
        school.clock_reaches(MORNING).await;
        assert!(wang.hears().contains("李雷"), "today's list comes today");
    }

    async fn of_who_is_erased_meanwhile_nothing_is_kept(school) {
        let (li, han) = (school.student("李雷").await, school.student("韩梅梅").await);
        let looked = school.looks_at_what_is_due(FRIDAY).await;
        let mut tx = school.writes().await;
        tx.erase(&school.id, &li.id, school.now()).await.unwrap();
        tx.commit().await.unwrap();
        school.tells_of(&looked).await;
        assert_eq!(asked(&school).await, [""; 0]);
        assert_eq!(school.reads().await.outbox_depth().await.unwrap(), (0, 0));
        school.settles().await;
        assert_eq!(asked(&school).await, [han.id.to_string()]);
        assert_eq!(han.hears_messages(), 1);
        li.hears_nothing();
    }

    async fn a_child_whose_family_withdraws_meanwhile_is_asked_nothing(school) {
        let (li, wang, mother) = a_child(&school).await;
        mother.presses("✅ 同意").await;
        for person in [&li, &wang, &mother] {
            person.hears();
        }
        let looked = school.looks_at_what_is_due(FRIDAY).await;
        let (student, guardian) = (li.id.clone(), mother.id.clone());
        let no = Decision {
            school: school.id.clone(),
            student,
            guardian,
            version: TEXT_VERSION,
            said: Said::Withdrawn,
            at: school.now(),
        };
        let mut tx = school.writes().await;
        tx.apply(vec![Change::Consent(no)], school.now()).await.unwrap();
        tx.commit().await.unwrap();
        school.tells_of(&looked).await;
        school.settles().await;
        li.hears_nothing();
    }

    async fn a_school_whose_rules_cannot_be_read_keeps_no_other_waiting(school) {
        school.may_log_faults();
        let schools = [school.another("一中").await, school.clone(), school.another("二中").await];
        let mut mentors = Vec::new();
        for it in &schools {
            mentors.push(a_talk_that_is_due(it).await.0);
        }
        school.sql("UPDATE policy SET body = '?', created_at = created_at + $1 WHERE school_id = $2", 0, school.id.as_str()).await;
        school.sql("UPDATE school SET version = version + $1 WHERE id = $2", 1, school.id.as_str()).await;
        school.clock_reaches(MORNING).await;
        let heard: Vec<usize> = mentors.iter().map(Person::hears_messages).collect();
        assert_eq!(heard, [1, 0, 1]);
        school.lives_by("default").await;
        school.settles().await;
        assert_eq!(mentors[1].hears_messages(), 1, "and it is made up when they can be read");
    }

    async fn what_one_school_cannot_write_is_written_for_the_others(school) {
        school.may_log_faults();
        let schools = [school.another("一中").await, school.clone(), school.another("二中").await];
        let mut mentors = Vec::new();
        for it in &schools {
            mentors.push(a_talk_that_is_due(it).await.0);
        }
        // A message for one of the mentors waits until noon, and a second one to an account is refused.
        let account = format!("tg:{}", mentors[1].user().id()).into();
        let noon = school.now().plus(chrono::TimeDelta::hours(4));
        let row = OutRow::bare(fresh_id::<MessageId>().to_string(), account, Class::Notice, school.now());
        let mut tx = school.writes().await;
        tx.post(&[OutRow { not_before: noon, ..row }], school.now()).await.unwrap();
        tx.commit().await.unwrap();
        school.makes("CREATE UNIQUE INDEX one_each ON outbox (account_id)").await;
        school.clock_reaches(MORNING).await;
        let heard: Vec<usize> = mentors.iter().map(Person::hears_messages).collect();
        assert_eq!(heard, [1, 0, 1]);
        school.makes("DROP INDEX one_each").await;
        school.goes_on_for(Duration::from_secs(59)).await;
        mentors[1].hears_nothing();
        school.goes_on_for(Duration::from_secs(1)).await;
        assert_eq!(mentors[1].hears_messages(), 1, "a minute later it is tried again");
        school.clock_reaches("Mon 2026-09-21 13:00").await;
    }
}
