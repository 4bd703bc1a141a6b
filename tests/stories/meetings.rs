//! What is done together: meetings with their agenda and what they resolve, groups, sessions, and the school's own work.

use crate::support::{Person, School, story};

/// A school of the district's: a class with its head teacher, two mentors, the office.
async fn district_school(school: &School) -> [Person; 4] {
    school.has_a_term("2026-09-01", "2027-01-22").await;
    school.lives_by("district").await;
    let (wang, zhao) = (school.mentor("王芳").await, school.mentor("赵静").await);
    for (mentor, name) in [(&wang, "李雷"), (&wang, "韩梅梅"), (&zhao, "林涛")] {
        let student = school.student(name).never_joins().await;
        mentor.mentors(&student).since("2026-09-01").await;
        mentor.talked_with(&student).on("2026-09-19").await;
        mentor.phoned_the_family_of(&student).on("2026-09-19").await;
    }
    [wang, zhao, school.head_teacher("张敏").await, school.office("刘洋").await]
}

fn asks(owed: &[String], who: &str, rule: &str) -> bool {
    owed.iter().any(|it| it.starts_with(&format!("{who} {rule} ")))
}

story! {
    async fn a_huddle_is_one_tap_and_its_agenda_is_what_stands_open(school) {
        let [wang, _, zhang, _] = district_school(&school).await;
        zhang.hears();
        school.clock_reaches("Mon 2026-09-21 07:59").await;
        zhang.hears();
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        zhang.reads("digest_of_a_head_teacher");
        assert!(asks(&school.owed().await, "张敏", "huddle"), "who has no chief mentor has the head teacher");
        zhang.presses("日碰头").await;
        zhang.reads("huddle_done");
        assert!(!asks(&school.owed().await, "张敏", "huddle"));
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        assert!(asks(&school.owed().await, "张敏", "huddle"), "each day has its own");
        drop(wang);
    }

    async fn what_a_meeting_resolves_is_a_task_with_an_owner_and_a_day(school) {
        let [wang, zhao, zhang, _] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        zhang.says("/record").await;
        zhang.taps(["班级会议", "周例会", "记一个决定"]).await;
        zhang.hears();
        zhang.says("请心理老师看看李雷").await;
        zhang.reads_last("resolution_owner");
        zhang.taps(["王芳", "23日"]).await;
        zhang.reads_last("resolution_done");

        zhao.hears();
        wang.hears();
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        let list = wang.hears();
        assert!(list.contains("请心理老师看看李雷") && list.contains("9月23日"), "{list}");
        assert!(!zhao.hears().contains("请心理老师"), "it is not hers");
        zhao.presses_on(1, &wang.data_of("办好了")).await;
        zhao.is_refused("not-allowed");

        wang.presses("办好了").await;
        assert!(wang.hears().contains("✅ 办好了"));
        assert!(!asks(&school.owed().await, "王芳", "resolution"));
        wang.presses("撤销").await;
        assert!(asks(&school.owed().await, "王芳", "resolution"), "undone, it stands open again");
    }

    async fn a_task_that_nobody_does_climbs_like_any_duty(school) {
        let [wang, _, zhang, _] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        zhang.says("/record").await;
        zhang.taps(["班级会议", "周例会", "记一个决定"]).await;
        zhang.says("整理图书角").await;
        zhang.taps(["王芳", "22日"]).await;
        zhang.hears();
        school.clock_reaches("Fri 2026-10-16 08:05").await;
        assert!(zhang.chat().contains("这件事只告诉您"), "{}", zhang.chat());
        assert!(zhang.chat().contains("整理图书角"));
        drop(wang);
    }

    async fn what_somebody_who_has_left_had_to_do_falls_back_to_whose_meeting_it_was(school) {
        let [_, zhao, zhang, _] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        zhang.says("/record").await;
        zhang.taps(["班级会议", "周例会", "记一个决定"]).await;
        zhang.says("整理图书角").await;
        zhang.taps(["赵静", "22日"]).await;
        assert!(asks(&school.owed().await, "赵静", "resolution"));
        school.loses(&zhao).await;
        assert!(asks(&school.owed().await, "张敏", "resolution"), "{:?}", school.owed().await);
        zhang.says("/today").await;
        zhang.presses("办好了").await;
        assert!(!asks(&school.owed().await, "张敏", "resolution"));
    }

    async fn that_a_student_would_like_to_talk_is_on_no_agenda(school) {
        let [wang, _, zhang, _] = district_school(&school).await;
        let han = school.student("孙悦").await;
        wang.mentors(&han).since("2026-09-01").await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        han.says("/wish").await;
        zhang.hears();
        zhang.says("/record").await;
        zhang.presses("班级会议").await;
        let agenda = zhang.hears();
        assert!(agenda.contains("还没办好的事") && !agenda.contains("谈谈"), "{agenda}");
    }

    async fn a_meeting_that_is_undone_takes_what_it_resolved_with_it(school) {
        let [_, _, zhang, _] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        zhang.says("/record").await;
        zhang.taps(["班级会议", "周例会"]).await;
        let undo = zhang.data_of("撤销");
        let meeting = zhang.newest().message_id;
        zhang.presses("记一个决定").await;
        zhang.says("整理图书角").await;
        zhang.taps(["王芳", "22日"]).await;
        assert!(asks(&school.owed().await, "王芳", "resolution"));
        zhang.presses_on(meeting, &undo).await;
        assert!(!asks(&school.owed().await, "王芳", "resolution"));
    }

    async fn a_group_has_four_activities_a_term_and_the_list_counts_them(school) {
        let [wang, _, _, _] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        wang.says("/record").await;
        wang.presses("建一个小组").await;
        wang.hears();
        wang.says("向日葵").await;
        wang.presses("完成").await;
        wang.is_refused("choose-one");
        wang.taps(["李雷", "韩梅梅", "完成"]).await;
        wang.reads_last("group_done");
        wang.taps(["记一次活动", "有人没来", "韩梅梅", "完成", "阅读"]).await;
        wang.reads_last("activity_done");
        school.clock_reaches("Mon 2026-11-16 10:00").await;
        wang.hears();
        wang.says("/today").await;
        let list = wang.hears();
        assert!(list.contains("向日葵") && list.contains("小组活动（1/4）"), "{list}");
        wang.presses("向日葵 · 小组活动").await;
        wang.presses("运动").await;
        wang.hears();
        wang.says("/today").await;
        assert!(!wang.hears().contains("小组活动"), "the second is due later");
    }

    async fn the_office_puts_the_schools_own_work_on_record(school) {
        let [.., office] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-28 10:00").await;
        office.hears();
        office.says("/record").await;
        office.reads("record_menu_of_the_office");
        assert!(asks(&school.owed().await, "刘洋", "report"));
        office.presses("工作研究").await;
        office.says("九月看了三个班的记录，家访还不够。").await;
        office.reads_last("report_done");
        assert!(!asks(&school.owed().await, "刘洋", "report"));
        office.says("/record").await;
        office.taps(["导师培训", "校级培训"]).await;
        office.says("怎样和孩子谈心").await;
        assert!(office.hears().contains("校级培训"));
    }

    async fn a_mentor_of_one_class_leads_no_other(school) {
        let [wang, _, zhang, _] = district_school(&school).await;
        let other = school.class("七年级2班").await;
        zhang.presses_on(1, &format!("log:meeting:{other}")).await;
        zhang.is_refused("not-allowed");
        wang.presses_on(1, "log:meeting:").await;
        wang.is_refused("not-allowed");
        wang.presses_on(1, "log:nonsense:").await;
        wang.is_refused("stale-button");
    }

    async fn a_meeting_that_was_undone_resolves_nothing_more(school) {
        let [_, _, zhang, _] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        zhang.says("/record").await;
        zhang.taps(["班级会议", "周例会"]).await;
        let (undo, meeting) = (zhang.data_of("撤销"), zhang.newest().message_id);
        zhang.presses("记一个决定").await;
        zhang.says("整理图书角").await;
        zhang.presses_on(meeting, &undo).await;
        zhang.presses("王芳").await;
        zhang.hears();
        zhang.presses("22日").await;
        zhang.is_refused("not-found");
    }

    async fn who_may_be_named_no_more_can_be_taken_off(school) {
        let [wang, ..] = district_school(&school).await;
        let sun = school.student("孙悦").never_joins().await;
        wang.mentors(&sun).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        wang.says("/record").await;
        wang.presses("建一个小组").await;
        wang.says("向日葵").await;
        wang.taps(["李雷", "孙悦"]).await;
        school.ends_pairings_of(&sun).await;
        wang.presses("完成").await;
        wang.is_refused("not-allowed");
        wang.taps(["孙悦", "韩梅梅", "完成"]).await;
        assert!(wang.newest().text.contains("李雷、韩梅梅。"), "{}", wang.newest().text);
    }

    async fn what_is_no_classs_stands_under_the_schools_name(school) {
        let [wang, _, _, office] = district_school(&school).await;
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        wang.says("/record").await;
        wang.presses("建一个小组").await;
        wang.says("向日葵").await;
        wang.taps(["李雷", "完成"]).await;
        school.clock_reaches("Mon 2026-11-16 10:00").await;
        let summary = office.chat();
        assert!(summary.contains("\n春晖中学\n• 向日葵（王芳老师）"), "{summary}");
    }
}
