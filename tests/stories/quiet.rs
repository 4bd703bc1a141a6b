//! When nobody is written to: at night, on days off, and when a person asks for more quiet than that.

use crate::support::{Person, School, story};
use daoyu::school::Relation;

async fn li_and_his_mentor(school: &School) -> (Person, Person) {
    let (li, wang) = (school.student("李雷").await, school.mentor("王芳").await);
    wang.mentors(&li).await;
    (li, wang)
}

story! {
    async fn a_slot_that_is_made_up_at_night_waits_for_seven(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Fri 2026-09-11 12:00").await;
        school.is_down_until("Fri 2026-09-11 22:00").await;
        li.hears_nothing();
        school.clock_reaches("Sat 2026-09-12 06:59").await;
        li.hears_nothing();
        school.clock_reaches("Sat 2026-09-12 07:00").await;
        assert!(li.hears().contains("一周辛苦啦"));
        school.clock_reaches("Sun 2026-09-13 17:59").await;
        li.hears_nothing();
    }

    async fn at_half_past_nine_the_night_begins(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Fri 2026-09-11 12:00").await;
        school.is_down_until("Fri 2026-09-11 21:29").await;
        assert!(li.hears().contains("一周辛苦啦"));
        let han = school.student("韩梅梅").await;
        school.clock_reaches("Fri 2026-09-18 12:00").await;
        school.is_down_until("Fri 2026-09-18 21:30").await;
        han.hears_nothing();
    }

    async fn what_waits_for_the_morning_is_looked_at_once_more(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Fri 2026-09-11 12:00").await;
        school.is_down_until("Fri 2026-09-11 22:00").await;
        li.says("/checkin").await;
        li.taps(["不错", "还行", "挺好", "暂时不用"]).await;
        li.hears();
        school.clock_reaches("Sat 2026-09-12 12:00").await;
        li.hears_nothing();
    }

    async fn what_waits_for_the_morning_survives_a_crash(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Fri 2026-09-11 12:00").await;
        school.is_down_until("Fri 2026-09-11 22:00").await;
        school.restarts().await;
        school.clock_reaches("Sat 2026-09-12 06:59").await;
        li.hears_nothing();
        school.clock_reaches("Sat 2026-09-12 07:00").await;
        assert_eq!(li.hears_messages(), 1);
    }

    async fn what_waits_on_a_day_off_waits_until_it_is_over(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.has_a_holiday("2026-09-12", "2026-09-15").await;
        school.clock_reaches("Fri 2026-09-11 12:00").await;
        school.is_down_until("Sat 2026-09-12 10:00").await;
        school.clock_reaches("Wed 2026-09-16 06:59").await;
        li.hears_nothing();
        school.clock_reaches("Wed 2026-09-16 07:00").await;
        assert!(li.hears().contains("一周辛苦啦"));
    }

    async fn whoever_asks_at_night_is_answered_at_night(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches("Fri 2026-09-11 23:30").await;
        li.hears();
        li.says("/checkin").await;
        assert!(li.hears().contains("心情"));
        wang.says("/today").await;
        assert!(wang.hears().contains("都做到了"));
    }

    async fn own_quiet_hours_only_ever_make_it_quieter(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        li.says("/settings").await;
        li.hears();
        li.presses("18:00–08:00").await;
        li.reads("settings_quiet");
        school.clock_reaches("Fri 2026-09-11 16:30").await;
        li.hears();
        school.clock_reaches("Mon 2026-09-14 07:59").await;
        li.hears_nothing();
        school.clock_reaches("Mon 2026-09-14 08:00").await;
        assert!(li.hears().contains("周末愉快"), "Sunday's reminder came when the own quiet was over");

        li.says("/settings").await;
        li.presses("21:30–07:00").await;
        li.hears();
        school.clock_reaches("Sun 2026-09-20 18:00").await;
        assert!(li.hears().contains("周末愉快"));
    }

    async fn a_policy_that_moves_the_night_moves_it_at_once(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.changes_its_policy("from = \"21:30\"", "from = \"16:00\"").await;
        school.clock_reaches("Sat 2026-09-12 06:59").await;
        li.hears_nothing();
        school.clock_reaches("Sat 2026-09-12 07:00").await;
        assert!(li.hears().contains("一周辛苦啦"));
    }

    async fn a_wish_in_the_night_reaches_the_mentor_at_once_and_wakes_nobody(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches("Tue 2026-09-08 23:10").await;
        li.says("/wish").await;
        wang.reads("wish_told_at_night");
        school.clock_reaches("Wed 2026-09-09 12:00").await;
        school.restarts().await;
        assert!(!wang.newest().silent, "the list of the morning may be heard");
    }

    async fn a_letter_in_the_night_makes_no_sound_and_an_answer_to_the_writer_does(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        school.clock_reaches("Tue 2026-09-08 22:00").await;
        for step in ["/feedback", "[李雷]", "主动发言。", "请夸一夸。", "[发送]"] {
            wang.does(step).await;
        }
        assert!(mother.newest().silent);
        assert!(!wang.newest().silent, "whoever is up hears what is answered");
    }
}
