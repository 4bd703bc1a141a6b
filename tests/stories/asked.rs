//! When students are asked about their week: on Friday, once more on Sunday, never on a day off, and never a nuisance.

use crate::{
    checkin::{FRIDAY, li_and_his_mentor},
    support::{School, story},
};

story! {
    async fn on_friday_at_half_past_four_every_student_is_asked(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches("Fri 2026-09-11 16:29").await;
        li.hears_nothing();
        school.clock_reaches(FRIDAY).await;
        li.reads("checkin_question");
        wang.hears_nothing();
    }

    async fn there_is_one_reminder_on_sunday_and_none_after(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.hears();
        school.clock_reaches("Sun 2026-09-13 17:59").await;
        li.hears_nothing();
        school.clock_reaches("Sun 2026-09-13 18:00").await;
        li.reads("checkin_reminder");
        school.clock_reaches("Fri 2026-09-18 16:29").await;
        li.hears_nothing();
        assert!(!wang.chat().contains("汇报"), "nobody is told that a student has not answered");
    }

    async fn who_has_answered_is_not_reminded(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        let han = school.student("韩梅梅").await;
        school.clock_reaches(FRIDAY).await;
        li.checks_in("暂时不用").await;
        li.hears();
        han.hears();
        school.clock_reaches("Sun 2026-09-13 18:00").await;
        li.hears_nothing();
        assert!(han.hears().contains("周末愉快"));
    }

    async fn who_answers_between_the_decision_and_the_sending_is_not_reminded(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.taps(["不错", "还行", "挺好"]).await;
        li.begins("[暂时不用]");
        school.decides_at("Sun 2026-09-13 18:00").await;
        school.settles().await;
        assert!(!li.chat().contains("周末愉快"), "{}", li.chat());
    }

    async fn who_joins_on_saturday_was_not_asked_and_is_not_reminded(school) {
        school.clock_reaches("Sat 2026-09-12 10:00").await;
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Sun 2026-09-13 18:00").await;
        li.hears_nothing();
    }

    async fn nobody_is_asked_on_a_day_off(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.has_a_holiday("2026-09-11", "2026-09-11").await;
        school.clock_reaches("Fri 2026-09-18 16:29").await;
        li.hears_nothing();
        school.clock_reaches("Fri 2026-09-18 16:30").await;
        assert!(li.hears().contains("一周辛苦啦"));
    }

    async fn nobody_is_asked_in_the_holidays_between_terms(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.has_a_term("2026-09-01", "2026-09-10").await;
        school.clock_reaches("Mon 2026-09-21 12:00").await;
        li.hears_nothing();
    }

    async fn a_question_that_is_moved_to_later_the_same_day_is_not_asked_again(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.hears();
        school.changes_its_policy("checkin = \"0 30 16 * * FRI\"", "checkin = \"0 0 17 * * FRI\"").await;
        school.clock_reaches("Fri 2026-09-11 20:00").await;
        li.hears_nothing();
    }
}
