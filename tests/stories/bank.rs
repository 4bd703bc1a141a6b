//! What a check-in asks is the school's choice from a bank of questions, in words for the age of who answers, and about the goals
//! that student and mentor have set.

use crate::{
    checkin::{FRIDAY, li_and_his_mentor},
    support::{Person, School, story},
};
use daoyu::school::{Checkin, Kind, Question};

impl School {
    /// Its policy says this of check-ins, from today.
    pub async fn asks_in_check_ins(&self, section: &str) {
        let default = daoyu::school::Policy::preset("default").expect("the default policy");
        let usual = default.find("[checkin]").expect("a section");
        self.changes_its_policy(&default[usual..], &format!("[checkin]\n{section}\n")).await;
    }
}

impl Person {
    /// Draws up a growth plan with a student.
    async fn plans_with(&self, student: &Person, goals: &str) {
        self.presses_on(1, &format!("log:plan:{}", student.id)).await;
        self.says(goals).await;
        student.hears();
    }
}

story! {
    async fn a_policy_chooses_what_is_asked(school) {
        school.asks_in_check_ins("questions = [\"friends\", \"sleep\"]").await;
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.hears();
        li.presses("不错").await;
        li.reads("bank_sleep");
        li.presses("睡得香").await;
        li.reads("bank_friends");
        li.taps(["还行", "暂时不用"]).await;
        li.reads("bank_done");
        assert_eq!(li.checkin().await, Checkin::new(4, &[(Question::Sleep, 3), (Question::Friends, 2)]));
        assert!(school.owed_by_students().await.is_empty());
        wang.says("/students").await;
        wang.presses("李雷").await;
        assert!(wang.newest().text.contains("睡觉 🌙 睡得香"), "{}", wang.newest());
    }

    async fn mood_and_talk_alone_are_two_taps(school) {
        school.asks_in_check_ins("questions = []").await;
        let (li, _) = li_and_his_mentor(&school).await;
        assert!(li.chat().contains("开始，2 下就好") && li.chat().contains("2 个小问题"), "{}", li.chat());
        school.clock_reaches(FRIDAY).await;
        assert!(li.hears().contains("点 2 下就好"));
        li.taps(["不错", "暂时不用"]).await;
        assert_eq!(li.checkin().await, Checkin::new(4, &[]));
    }

    async fn what_was_begun_is_finished_as_it_was_begun(school) {
        let (li, _) = li_and_his_mentor(&school).await;
        li.says("/checkin").await;
        li.taps(["不错", "还行"]).await;
        school.asks_in_check_ins("questions = [\"sleep\"]").await;
        li.taps(["挺好", "暂时不用"]).await;
        assert_eq!(li.checkin().await, Checkin::new(4, &[(Question::Study, 2), (Question::Life, 3)]));
        // What is changed afterwards is asked as the school asks now.
        li.presses("改一改").await;
        li.taps(["不错", "睡不好", "暂时不用"]).await;
        assert_eq!(li.checkin().await, Checkin::new(4, &[(Question::Sleep, 1)]));
    }

    async fn a_primary_school_speaks_as_to_a_child(school) {
        school.asks_in_check_ins("words = \"child\"").await;
        let (li, _) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.reads("asked_as_a_child");
        li.presses("不错").await;
        li.reads("study_as_a_child");
        li.presses("还行").await;
        assert!(li.hears().contains("吃饭、睡觉、一起玩"));
        li.presses("挺好").await;
        assert!(li.hears().contains("想和导师说说话吗"));
    }

    async fn by_stage_each_is_asked_in_words_of_the_own_age(school) {
        school.asks_in_check_ins("words = \"by_stage\"").await;
        let (li, _) = li_and_his_mentor(&school).await;
        let tao = school.student("林涛").in_class("五年级1班").who_is_a_child().await;
        school.guardian("林父", &tao, daoyu::school::Relation::Father).joins_unread().await.presses("✅ 同意").await;
        school.clock_reaches(FRIDAY).await;
        assert!(tao.hears().contains("小朋友") && li.hears().contains("一周辛苦啦"));
    }

    async fn goals_of_a_plan_are_asked_about_and_without_a_plan_nobody_asks(school) {
        school.asks_in_check_ins("questions = [\"study\", \"goals\"]").await;
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        assert!(li.hears().contains("点 3 下就好"));
        li.taps(["不错", "还行", "暂时不用"]).await;
        assert_eq!(li.checkin().await, Checkin::new(4, &[(Question::Study, 2)]));

        wang.plans_with(&li, "1. 每天读半小时书\n2. <早>点睡 & 早点起").await;
        school.clock_reaches("Fri 2026-09-18 16:30").await;
        assert!(li.hears().contains("点 4 下就好"));
        li.taps(["不错", "还行"]).await;
        li.reads("asked_about_goals");
        li.taps(["很顺利", "暂时不用"]).await;
        li.reads("goals_done");
        assert_eq!(li.checkin().await, Checkin::new(4, &[(Question::Study, 2), (Question::Goals, 3)]));

        // A newer plan has newer goals.
        wang.plans_with(&li, "学会游泳").await;
        school.clock_reaches("Fri 2026-09-25 16:30").await;
        li.taps(["不错", "还行"]).await;
        assert!(li.newest().text.contains("「学会游泳」"), "{}", li.newest());
    }

    async fn a_sheet_of_paper_asks_the_same_and_so_does_the_mentor_who_types_it_in(school) {
        school.asks_in_check_ins("questions = [\"sleep\", \"goals\"]\nwords = \"child\"").await;
        let wang = school.mentor("王芳").await;
        let li = school.student("李雷").never_joins().await;
        wang.mentors(&li).await;
        wang.plans_with(&li, "每天<读>书").await;
        wang.says("/students").await;
        wang.presses("打印纸上的表").await;
        let page = wang.newest_file().1;
        for asked in ["最近心情怎么样", "晚上睡得好吗", "你说要「每天&lt;读&gt;书」", "想和导师说说话吗", "睡得香", "慢慢来"] {
            assert!(page.contains(asked), "{asked}: {page}");
        }
        assert!(!page.contains("上课") && !page.contains("这周"), "{page}");

        wang.says("/students").await;
        wang.presses("李雷").await;
        wang.presses("记纸上的汇报").await;
        wang.hears();
        wang.taps(["不错", "睡得香", "慢慢来", "暂时不用"]).await;
        wang.reads("paper_of_the_bank");
        let record = li.latest(Kind::Checkin).await.unwrap();
        assert_eq!(record.by, wang.id);
        assert_eq!(li.checkin().await, Checkin::new(4, &[(Question::Sleep, 3), (Question::Goals, 2)]));
    }
}
