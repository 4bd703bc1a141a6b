//! What a mentor puts on record, takes back, and puts off: three taps and no typing.

use crate::{
    days_late,
    support::{Person, School, story},
};
use daoyu::school::{Body, Contact, ContactForm, Kind, Talk, Topic};
use std::time::Duration;

/// Monday the 21st, after the digest that names 李雷's talk.
async fn the_morning_after(school: &School) -> (Person, Person) {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
    wang.mentors(&li).await;
    wang.talked_with(&li).on("2026-09-06").await;
    school.clock_reaches("Mon 2026-09-21 08:05").await;
    wang.hears();
    (wang, li)
}

async fn talk(student: &Person) -> Talk {
    match student.latest(Kind::Talk).await.expect("a talk on record").body {
        Body::Talk(it) => it,
        other => panic!("no talk: {other:?}"),
    }
}

story! {
    async fn three_taps_from_the_digest_are_a_talk_and_settle_the_duty(school) {
        let (wang, li) = the_morning_after(&school).await;
        assert_eq!(school.owed().await, ["王芳 talk 李雷 2026-09-20"]);

        wang.presses("📝 李雷").await;
        wang.reads("talk_topics");
        wang.presses("学业").await;
        wang.reads("talk_topic_ticked");
        wang.presses("完成").await;
        wang.reads("talk_done");

        let on_record = li.latest(Kind::Talk).await.unwrap();
        assert_eq!(on_record.day.to_string(), "2026-09-21");
        assert_eq!(talk(&li).await.topics, [Topic::Study]);
        assert!(school.owed().await.is_empty());
        wang.hears();
        school.clock_reaches("Mon 2026-10-05 07:59").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(0), "the family, on the first of October");
        school.clock_reaches("Mon 2026-10-05 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(0), "the next talk, a fortnight later");
    }

    async fn several_topics_and_one_that_was_ticked_by_mistake(school) {
        let (wang, li) = the_morning_after(&school).await;
        wang.taps(["📝 李雷", "学业", "心理", "生涯", "学业", "完成"]).await;
        assert_eq!(talk(&li).await.topics, [Topic::Mind, Topic::Career]);
    }

    async fn a_talk_about_nothing_is_not_taken(school) {
        let (wang, li) = the_morning_after(&school).await;
        let before = li.latest(Kind::Talk).await;
        wang.taps(["📝 李雷", "完成"]).await;
        wang.is_refused("choose-one");
        assert_eq!(li.latest(Kind::Talk).await, before);
        wang.taps(["学业", "完成"]).await;
        assert_ne!(li.latest(Kind::Talk).await, before, "the form was still open");
    }

    async fn a_line_may_be_typed_and_an_afterthought_added(school) {
        let (wang, li) = the_morning_after(&school).await;
        wang.taps(["📝 李雷", "学业", "完成"]).await;
        wang.hears();
        wang.says("想提高数学").await;
        wang.reads("talk_with_a_line");
        wang.presses("工作后记").await;
        wang.says("下次带错题本来谈").await;
        wang.reads("talk_with_an_afterthought");

        let on_record = talk(&li).await;
        assert_eq!(on_record.line.as_deref(), Some("想提高数学"));
        assert_eq!(on_record.afterthought.as_deref(), Some("下次带错题本来谈"));
        wang.hears();
        wang.says("这句不属于任何表格").await;
        assert!(wang.hears().contains("/help"));
    }

    async fn a_talk_from_the_menu_asks_who(school) {
        let (wang, li) = the_morning_after(&school).await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).await;
        wang.says("/talk").await;
        wang.reads("talk_who");
        wang.taps(["韩梅梅", "生活", "完成"]).await;
        assert_eq!(talk(&han).await.topics, [Topic::Life]);
        assert_eq!(li.latest(Kind::Talk).await.unwrap().day.to_string(), "2026-09-06");
    }

    async fn one_talk_with_several_on_another_day_is_one_record_about_all(school) {
        let (wang, li) = the_morning_after(&school).await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).since("2026-09-07").await;
        wang.presses("📝 李雷").await;
        wang.presses("还有别人").await;
        wang.hears();
        wang.presses("韩梅梅").await;
        wang.reads("talk_others");
        wang.presses("完成").await;
        wang.presses("不是今天").await;
        wang.reads("talk_day");
        wang.presses("9月18日").await;
        wang.reads("talk_with_two_on_friday");
        wang.taps(["思想", "完成"]).await;

        let on_record = li.latest(Kind::Talk).await.unwrap();
        assert_eq!(on_record.day.to_string(), "2026-09-18");
        assert_eq!(on_record.about.len(), 2);
        assert_eq!(han.latest(Kind::Talk).await.unwrap().id, on_record.id);
        assert!(school.owed().await.is_empty());
        school.clock_reaches("Fri 2026-10-02 12:00").await;
        assert_eq!(school.owed().await.len(), 3, "both talks are due again from that day, and 李雷's family");
    }

    async fn a_day_that_no_button_offered_is_refused(school) {
        let (wang, li) = the_morning_after(&school).await;
        wang.taps(["📝 李雷", "不是今天"]).await;
        let (message, data) = (wang.newest().message_id, wang.data_of("9月18日"));
        for day in ["2026-09-14", "2026-09-22", "yesterday"] {
            wang.presses_on(message, &data.replace("2026-09-18", day)).await;
            wang.is_refused("stale-button");
        }
        assert_eq!(li.latest(Kind::Talk).await.unwrap().day.to_string(), "2026-09-06");
    }

    async fn back_returns_to_the_step_before_and_cancel_forgets_everything(school) {
        let (wang, li) = the_morning_after(&school).await;
        wang.says("/talk").await;
        wang.taps(["李雷", "返回"]).await;
        assert!(wang.newest().text.contains("和哪位学生"));
        wang.taps(["李雷", "学业", "取消"]).await;
        wang.reads("talk_cancelled");
        wang.says("/cancel").await;
        assert!(wang.hears().contains("没有正在填"));
        assert_eq!(li.latest(Kind::Talk).await.unwrap().day.to_string(), "2026-09-06");
    }

    async fn the_cancel_command_closes_the_form_too(school) {
        let (wang, _) = the_morning_after(&school).await;
        wang.says("/contact").await;
        let (form, button) = (wang.newest().message_id, wang.data_of("李雷"));
        wang.says("/cancel").await;
        assert!(wang.hears().contains("已取消"));
        wang.presses_on(form, &button).await;
        wang.is_refused("stale-button");
        wang.hears_nothing();
    }

    async fn a_contact_is_three_taps_too(school) {
        let (wang, li) = the_morning_after(&school).await;
        school.clock_reaches("Thu 2026-10-01 08:05").await;
        wang.hears();
        wang.presses("📞 李雷").await;
        wang.reads("contact_form");
        wang.presses("家访").await;
        wang.reads("contact_done");
        let on_record = li.latest(Kind::Contact).await.unwrap();
        let contact = Contact::new(ContactForm::HomeVisit, None);
        assert_eq!(on_record.body, Body::Contact(contact));
        assert!(!school.owed().await.iter().any(|it| it.contains("contact")));
    }

    async fn the_list_of_the_morning_follows_what_is_put_on_record(school) {
        let (wang, _) = the_morning_after(&school).await;
        let list = wang.newest().message_id;
        wang.taps(["📝 李雷", "学业", "完成"]).await;
        let shown = wang.user().chat().into_iter().find(|it| it.message_id == list).unwrap();
        assert!(shown.text.contains("都做到了"), "{shown}");
        wang.presses("撤销").await;
        let shown = wang.user().chat().into_iter().find(|it| it.message_id == list).unwrap();
        assert!(shown.text.contains("李雷"), "{shown}");
    }

    async fn yesterdays_list_is_left_as_it_was(school) {
        let (wang, _) = the_morning_after(&school).await;
        let list = wang.newest();
        school.clock_reaches("Tue 2026-09-22 10:00").await;
        wang.taps(["📝 李雷", "学业", "完成"]).await;
        let shown = wang.user().chat().into_iter().find(|it| it.message_id == list.message_id).unwrap();
        assert_eq!(shown.text, list.text);
    }

    async fn a_record_is_taken_back_within_ten_minutes(school) {
        let (wang, _) = the_morning_after(&school).await;
        wang.taps(["📝 李雷", "学业", "完成"]).await;
        school.goes_on_for(Duration::from_secs(600)).await;
        wang.hears();
        wang.presses("撤销").await;
        wang.reads("talk_undone");
        assert_eq!(school.owed().await, ["王芳 talk 李雷 2026-09-20"]);
    }

    async fn after_ten_minutes_a_record_stands(school) {
        let (wang, _) = the_morning_after(&school).await;
        wang.taps(["📝 李雷", "学业", "完成"]).await;
        school.goes_on_for(Duration::from_secs(601)).await;
        wang.presses("撤销").await;
        wang.is_refused("too-late-to-undo");
        assert!(school.owed().await.is_empty());
    }

    async fn a_record_is_taken_back_once_and_a_late_line_does_not_bring_it_back(school) {
        let (wang, _) = the_morning_after(&school).await;
        wang.taps(["📝 李雷", "学业", "完成"]).await;
        let (message, undo) = (wang.newest().message_id, wang.data_of("撤销"));
        wang.presses("撤销").await;
        wang.says("想提高数学").await;
        wang.presses_on(message, &undo).await;
        wang.is_refused("already-undone");
        assert_eq!(school.owed().await, ["王芳 talk 李雷 2026-09-20"]);
    }

    async fn undoing_a_talk_opens_the_wish_again_that_it_had_settled(school) {
        let (wang, li) = the_morning_after(&school).await;
        li.joins().await;
        li.says("/wish").await;
        wang.taps(["记谈心", "心理", "完成"]).await;
        assert!(school.owed().await.is_empty());
        wang.presses("撤销").await;
        assert!(school.owed().await[0].contains("wish"));
    }

    async fn nobody_undoes_what_another_put_on_record(school) {
        let (wang, li) = the_morning_after(&school).await;
        let zhao = school.mentor("赵静").await;
        zhao.mentors(&li).beside_another().await;
        wang.taps(["📝 李雷", "学业", "完成"]).await;
        let undo = wang.data_of("撤销");
        zhao.presses_on(1, &undo).await;
        zhao.is_refused("not-allowed");
        assert!(school.owed().await.is_empty());
    }

    async fn what_is_put_off_until_friday_is_due_as_before(school) {
        let (wang, _) = the_morning_after(&school).await;
        wang.presses("放一放").await;
        wang.reads("later_whom");
        wang.presses("李雷").await;
        wang.hears();
        wang.presses("星期五").await;
        wang.reads("later_friday");
        assert_eq!(school.owed().await, ["王芳 talk 李雷 2026-09-20"], "the duty's own clock runs on");

        school.clock_reaches("Fri 2026-09-25 07:59").await;
        wang.hears_nothing();
        school.clock_reaches("Fri 2026-09-25 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(5));
    }

    async fn a_student_on_leave_is_left_in_peace_for_a_week_of_school_days(school) {
        let (wang, _) = the_morning_after(&school).await;
        wang.taps(["放一放", "李雷", "学生请假"]).await;
        wang.hears();
        school.clock_reaches("Mon 2026-09-28 07:59").await;
        wang.hears_nothing();
        school.clock_reaches("Mon 2026-09-28 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(8));
    }

    async fn until_tomorrow_is_until_the_next_school_day(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.clock_reaches("Fri 2026-09-18 12:00").await;
        wang.says("/today").await;
        wang.taps(["放一放", "李雷", "明天"]).await;
        assert!(wang.hears().contains("9月21日"), "a weekend has no lists");
    }

    async fn the_students_of_a_mentor_worst_first_with_what_happened_last(school) {
        let (wang, li) = the_morning_after(&school).await;
        let han = school.student("韩梅梅").await;
        wang.mentors(&han).await;
        wang.talked_with(&han).on("2026-09-20").await;
        wang.phoned_the_family_of(&li).on("2026-09-21").await;
        for (moment, mood) in [("Mon 2026-09-21 09:00", "低落"), ("Fri 2026-09-25 17:00", "很棒")] {
            school.clock_reaches(moment).await;
            han.says("/checkin").await;
            han.taps([mood, "还行", "还行", "暂时不用"]).await;
        }
        wang.hears();
        wang.says("/students").await;
        wang.reads("students");
        wang.presses("韩梅梅").await;
        wang.reads("card");
        wang.presses("我的学生").await;
        assert!(wang.hears().contains("2 人"));
    }

    async fn many_students_come_page_by_page(school) {
        let wang = school.mentor("王芳").await;
        let mut last = None;
        for n in 1..=10 {
            let student = school.student(&format!("学生{n:02}")).never_joins().await;
            wang.mentors(&student).await;
            last = Some(student);
        }
        wang.says("/students").await;
        wang.presses("下一页").await;
        wang.reads("students_second_page");
        wang.presses("上一页").await;
        wang.says("/talk").await;
        wang.presses("下一页").await;
        wang.reads("talk_who_second_page");
        wang.taps(["学生10", "学业", "完成"]).await;
        assert_eq!(talk(&last.unwrap()).await.topics, [Topic::Study]);
    }

    async fn a_mentor_without_students_is_told_so(school) {
        let wang = school.mentor("王芳").await;
        for command in ["/students", "/talk", "/contact", "/feedback"] {
            wang.says(command).await;
            assert!(wang.hears().contains("还没有结对的学生"), "{command}");
        }
    }

    async fn a_pairing_that_ends_takes_the_right_with_it(school) {
        let (wang, li) = the_morning_after(&school).await;
        wang.presses("📝 李雷").await;
        school.ends_pairings_of(&li).await;
        wang.taps(["学业", "完成"]).await;
        wang.is_refused("not-allowed");
        assert_eq!(li.latest(Kind::Talk).await.unwrap().day.to_string(), "2026-09-06");
    }
}
