//! A child's wish for a talk: told at once, settled by the talk that came after it, and never promised more than happens.

use crate::{
    checkin::{FRIDAY, li_and_his_mentor},
    support::{Person, School, story},
};

/// A mentor and a student, a talk being due on the 20th; Monday the 7th of September, noon.
async fn pair(school: &School) -> (Person, Person) {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
    wang.mentors(&li).await;
    school.clock_reaches("Tue 2026-09-08 12:00").await;
    (wang, li)
}

async fn wish_stands(school: &School) -> bool {
    school.owed().await.iter().any(|it| it.contains("wish"))
}

story! {
    async fn a_wish_for_a_talk_reaches_the_mentor_at_once_and_once(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.checks_in("想聊聊").await;
        wang.reads("wish_told");

        li.presses("改一改").await;
        li.checks_in("想聊聊").await;
        wang.hears_nothing();
        li.hears();
        li.says("/wish").await;
        li.reads("wish_known");
        wang.hears_nothing();
    }

    async fn a_wish_leads_the_next_list_until_they_have_talked(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        let han = school.student("韩梅梅").await;
        wang.mentors(&han).since("2026-08-01").await;
        school.clock_reaches("Tue 2026-09-08 15:00").await;
        li.says("/wish").await;
        li.reads("wish_done");
        wang.hears();

        school.clock_reaches("Wed 2026-09-09 08:00").await;
        wang.reads("digest_led_by_a_wish");
        wang.taps(["📝 李雷", "心理", "完成"]).await;
        assert!(!school.owed().await.iter().any(|it| it.contains("wish")));
        wang.hears();

        li.hears();
        li.says("/wish").await;
        assert!(li.hears().contains("已经告诉导师"), "the next wish is a new one");
        assert!(wang.hears().contains("想和您谈谈"));
    }

    async fn every_mentor_of_a_student_hears_the_wish_and_one_owes_the_talk(school) {
        let (li, wang) = li_and_his_mentor(&school).await;
        let zhao = school.mentor("赵静").await;
        zhao.mentors(&li).beside_another().await;
        li.says("/wish").await;
        assert!(wang.hears().contains("李雷"));
        assert!(zhao.hears().contains("李雷"));
        assert_eq!(school.owed().await, ["王芳 wish 李雷 2026-09-09"]);
    }

    async fn a_student_without_a_mentor_is_told_whom_to_ask(school) {
        let li = school.student("李雷").await;
        li.says("/wish").await;
        assert!(li.hears().contains("班主任"));
    }

    async fn a_talk_of_the_day_before_settles_no_wish_of_today(school) {
        let (wang, li) = pair(&school).await;
        li.says("/wish").await;
        wang.says("/talk").await;
        wang.taps(["李雷", "不是今天", "9月7日", "学业", "完成"]).await;
        assert!(wish_stands(&school).await, "the child waits still");
        wang.says("/talk").await;
        wang.taps(["李雷", "学业", "完成"]).await;
        assert!(!wish_stands(&school).await);
    }

    async fn a_line_added_to_a_talk_settles_no_wish_that_came_after_it(school) {
        let (wang, li) = pair(&school).await;
        wang.says("/talk").await;
        wang.taps(["李雷", "学业", "完成"]).await;
        school.goes_on_for(std::time::Duration::from_secs(60)).await;
        li.says("/wish").await;
        wang.says("想提高数学").await;
        assert!(wang.hears().contains("想提高数学"));
        assert!(wish_stands(&school).await);
    }

    async fn a_wish_that_reaches_no_mentor_reaches_the_head_teacher_and_promises_nothing(school) {
        let (wang, li) = (school.mentor("王芳").never_joins().await, school.student("李雷").await);
        wang.mentors(&li).await;
        let zhang = school.head_teacher("张敏").await;
        let other = school.head_teacher("孙丽").in_class("七年级2班").await;
        li.says("/wish").await;
        let told = li.hears();
        assert!(told.contains("班主任") && !told.contains("已经告诉导师"), "{told}");
        assert!(zhang.hears().contains("李雷"));
        other.hears_nothing();
        assert!(wish_stands(&school).await, "it stands open either way");
        li.says("/wish").await;
        assert!(!li.hears().contains("已经知道"));
        zhang.hears_nothing();
    }

    async fn a_check_in_with_a_wish_is_as_honest(school) {
        let (wang, li) = pair(&school).await;
        wang.acts(|phone| phone.blocks()).await;
        li.says("/checkin").await;
        li.taps(["不错", "还行", "挺好"]).await;
        li.hears();
        li.presses("想聊聊").await;
        let told = li.hears();
        assert!(told.contains("直接去找导师或班主任"), "nobody was told: {told}");
    }

    async fn the_card_does_not_say_no_and_yes_in_one_breath(school) {
        let (wang, li) = pair(&school).await;
        li.says("/checkin").await;
        li.taps(["不错", "还行", "挺好", "暂时不用"]).await;
        li.says("/wish").await;
        wang.says("/students").await;
        wang.presses("李雷").await;
        let card = wang.newest().text;
        assert!(card.contains("想和您谈谈") && !card.contains("暂时不用"), "{card}");
    }

    async fn a_late_answer_for_last_week_is_no_answer_for_this_one(school) {
        let (_, li) = pair(&school).await;
        let zhang = school.head_teacher("张敏").await;
        school.clock_reaches("Fri 2026-09-18 10:00").await;
        li.says("/checkin").await;
        li.taps(["不错", "还行", "挺好", "暂时不用"]).await;
        school.clock_reaches("Fri 2026-09-18 17:00").await;
        zhang.hears();
        zhang.says("/overview").await;
        let overview = zhang.hears();
        assert!(overview.contains("0/1"), "{overview}");
    }
}
