//! The student's weekly check-in: four taps and a line, answered late, changed, or broken off. `asked.rs` says when it is
//! asked.

use crate::support::{Person, School, story};
use daoyu::school::{Body, Checkin, Kind, Question};
use std::time::Duration;

/// When the week is asked about.
pub const FRIDAY: &str = "Fri 2026-09-11 16:30";

/// Mood, study, life.
const TAPS: [&str; 3] = ["不错", "还行", "挺好"];

/// A student and the one who looks after him.
pub async fn li_and_his_mentor(school: &School) -> (Person, Person) {
    let (li, wang) = (school.student("李雷").await, school.mentor("王芳").await);
    wang.mentors(&li).await;
    (li, wang)
}

impl Person {
    /// Four taps, the last of them about the talk.
    pub async fn checks_in(&self, wants_to_talk: &str) {
        self.taps(TAPS).await;
        self.presses(wants_to_talk).await;
    }

    /// The check-in that is on record.
    pub async fn checkin(&self) -> Checkin {
        match self.latest(Kind::Checkin).await.expect("a check-in on record").body {
            Body::Checkin(it) => it,
            other => panic!("no check-in: {other:?}"),
        }
    }
}

story! {
    async fn four_taps_are_a_check_in(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.hears();

        li.presses("不错").await;
        li.reads("checkin_study");
        li.presses("还行").await;
        li.reads("checkin_life");
        li.presses("挺好").await;
        li.reads("checkin_talk");
        li.presses("暂时不用").await;
        li.reads("checkin_done");

        let expected = Checkin::new(4, &[(Question::Study, 2), (Question::Life, 3)]);
        assert_eq!(li.checkin().await, expected);
        wang.hears_nothing();
        assert!(school.owed_by_students().await.is_empty());
    }

    async fn the_question_itself_becomes_the_form_and_the_receipt(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        let asked = li.newest().message_id;
        li.checks_in("暂时不用").await;
        assert_eq!(li.newest().message_id, asked, "edited in place, not sent again and again");
    }

    async fn a_line_in_own_words_may_simply_be_typed(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.checks_in("暂时不用").await;
        li.hears();
        li.says("这周有点累，不过 <b>还行</b> & 开心").await;
        li.reads("checkin_with_a_line");
        assert_eq!(li.checkin().await.line.as_deref(), Some("这周有点累，不过 <b>还行</b> & 开心"));

        wang.says("/students").await;
        wang.presses("李雷").await;
        wang.reads("card_after_a_checkin");
    }

    async fn a_line_that_is_too_long_is_refused_and_the_receipt_still_listens(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        li.says("/checkin").await;
        li.checks_in("暂时不用").await;
        li.hears();
        li.says(&"长".repeat(301)).await;
        assert!(li.hears().contains("请写短一些"));
        assert_eq!(li.checkin().await.line, None);
        li.says(&"长".repeat(300)).await;
        assert_eq!(li.checkin().await.line, Some("长".repeat(300)));
    }

    async fn an_hour_later_a_typed_line_belongs_to_no_check_in(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        li.says("/checkin").await;
        li.checks_in("暂时不用").await;
        school.goes_on_for(Duration::from_secs(3601)).await;
        li.hears();
        li.says("明天几点开门？").await;
        assert!(li.hears().contains("没有转给任何人"));
        assert_eq!(li.checkin().await.line, None);
    }

    async fn an_answer_on_monday_still_counts_for_the_week(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Mon 2026-09-14 10:00").await;
        assert_eq!(school.owed_by_students().await, ["李雷 checkin 李雷 2026-09-11"]);
        li.checks_in("暂时不用").await;
        assert!(school.owed_by_students().await.is_empty());

        li.hears();
        school.clock_reaches("Fri 2026-09-18 16:30").await;
        assert!(li.hears().contains("一周辛苦啦"), "and the next week is asked as ever");
        assert_eq!(school.owed_by_students().await, ["李雷 checkin 李雷 2026-09-18"]);
    }

    async fn an_answer_may_be_changed_and_stays_one_answer(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.checks_in("暂时不用").await;
        li.says("第一次").await;
        let first = li.latest(Kind::Checkin).await.unwrap().id;

        school.clock_reaches("Sat 2026-09-12 09:00").await;
        li.hears();
        li.says("/checkin").await;
        li.reads("checkin_answered");
        li.presses("改一改").await;
        li.taps(["低落", "吃力", "有点烦", "暂时不用"]).await;

        let changed = li.latest(Kind::Checkin).await.unwrap();
        assert_eq!(changed.id, first);
        let line = Some("第一次".to_owned());
        assert_eq!(changed.body, Body::Checkin(Checkin { line, ..Checkin::new(1, &[(Question::Study, 1), (Question::Life, 1)]) }));
    }

    async fn last_weeks_buttons_say_nothing_about_this_week(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        let (message, mood) = (li.newest().message_id, li.data_of("低落"));
        li.checks_in("暂时不用").await;
        let edit = li.data_of("改一改");
        let first = li.latest(Kind::Checkin).await.unwrap();

        school.clock_reaches("Fri 2026-09-18 16:30").await;
        for data in [mood, edit] {
            li.presses_on(message, &data).await;
            li.is_refused("stale-button");
        }
        li.taps(["低落", "吃力", "有点烦", "暂时不用"]).await;
        assert_ne!(li.latest(Kind::Checkin).await.unwrap().id, first.id);
        let mut tx = school.reads().await;
        assert_eq!(tx.record(&first.id).await.unwrap().unwrap().record, first, "last week stands as it was");
    }

    async fn a_check_in_that_was_broken_off_last_week_is_not_this_weeks(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.taps(["低落", "吃力"]).await;
        school.clock_reaches("Fri 2026-09-18 17:00").await;
        li.hears();
        li.says("/checkin").await;
        assert!(li.hears().contains("心情"), "this week begins at the beginning");
        li.checks_in("暂时不用").await;
        li.hears();
        li.says("/checkin").await;
        assert!(li.hears().contains("已经汇报过"), "and is known to be answered");
    }

    async fn a_check_in_that_was_broken_off_goes_on_where_it_was(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.taps(["不错", "还行"]).await;
        assert_eq!(li.latest(Kind::Checkin).await, None, "half an answer is none");

        school.clock_reaches("Sat 2026-09-12 20:00").await;
        school.restarts().await;
        li.hears();
        li.says("/checkin").await;
        assert!(li.hears().contains("生活呢"));
        li.taps(["挺好", "暂时不用"]).await;
        assert_eq!(li.checkin().await.mood, 4);
    }

    async fn who_finishes_on_the_old_form_while_the_new_question_comes_has_answered(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Fri 2026-09-11 16:29").await;
        li.says("/checkin").await;
        let form = li.newest().message_id;
        li.taps(["不错", "还行"]).await;
        let life = li.data_of("挺好");
        school.clock_reaches("Fri 2026-09-11 16:31").await;
        li.presses_on(form, &life).await;
        li.presses_on(form, &life.replace("life:3", "talk:no")).await;
        assert_eq!(li.checkin().await.mood, 4);
        assert!(school.owed_by_students().await.is_empty());
        li.hears();
        school.clock_reaches("Sun 2026-09-13 18:00").await;
        li.hears_nothing();
    }

    async fn the_check_in_may_be_made_on_any_day(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches("Tue 2026-09-08 21:45").await;
        li.says("/checkin").await;
        li.checks_in("暂时不用").await;
        assert!(li.hears().contains("收到"));
        school.clock_reaches(FRIDAY).await;
        assert!(li.hears().contains("一周辛苦啦"), "Friday's question is another one");
    }

    async fn a_check_in_in_english_is_english_to_the_last_word(school) {
        let li = school.student("Li Lei").await;
        li.chooses_english().await;
        school.clock_reaches(FRIDAY).await;
        li.reads("checkin_question_in_english");
        for _ in ["mood", "study", "life", "talk"] {
            let first = li.newest().buttons[0][0].label.clone();
            li.presses(&first).await;
        }
        li.reads("checkin_done_in_english");
    }

    async fn a_second_tap_on_the_same_button_changes_nothing(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        li.says("/checkin").await;
        let (message, good) = (li.newest().message_id, li.data_of("不错"));
        li.user().press_raw(message, &good);
        li.user().press_raw(message, &good);
        school.settles().await;
        assert!(li.newest().text.contains("学习感觉"), "one tap, one answer: {}", li.newest());
        li.taps(["还行", "挺好", "暂时不用"]).await;
        assert_eq!(li.checkin().await.mood, 4);
    }

    async fn nobody_else_can_check_in(school) {
        let (_, wang) = li_and_his_mentor(&school).await;
        wang.says("/checkin").await;
        wang.is_told("refusal-not-for-you");
        wang.presses_on(1, "checkin:now").await;
        wang.is_refused("not-allowed");
        wang.hears_nothing();
    }
}
