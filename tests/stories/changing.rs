//! What was begun together is changed later: what a meeting resolved, and a group. And those of many whom one looks for.

use crate::support::{Person, School, story};

/// A class of the district's: its mentor 王芳 with three students, its head teacher 张敏, and a meeting that resolved something.
async fn a_class(school: &School) -> (Person, Person, Vec<Person>) {
    school.has_a_term("2026-09-01", "2027-01-22").await;
    school.lives_by("district").await;
    let wang = school.mentor("王芳").await;
    let mut students = Vec::new();
    for name in ["李雷", "韩梅梅", "孙悦"] {
        let student = school.student(name).never_joins().await;
        wang.mentors(&student).since("2026-09-01").await;
        wang.talked_with(&student).on("2026-09-19").await;
        wang.phoned_the_family_of(&student).on("2026-09-19").await;
        students.push(student);
    }
    let zhang = school.head_teacher("张敏").await;
    school.clock_reaches("Mon 2026-09-21 10:00").await;
    wang.hears();
    zhang.hears();
    (wang, zhang, students)
}

async fn resolves(zhang: &Person, what: &str) {
    zhang.says("/record").await;
    zhang.taps(["班级会议", "周例会", "记一个决定"]).await;
    zhang.says(what).await;
    zhang.taps(["王芳", "23日"]).await;
    zhang.hears();
}

fn resolved(owed: &[String]) -> Vec<&String> {
    owed.iter().filter(|it| it.contains(" resolution ")).collect()
}

story! {
    async fn what_a_meeting_resolved_gets_other_words_another_day_and_another_owner(school) {
        let (wang, zhang, _) = a_class(&school).await;
        resolves(&zhang, "整理图书角").await;
        zhang.presses("改这一条").await;
        zhang.reads("resolution_card");
        zhang.presses("改日期").await;
        zhang.presses("25日").await;
        zhang.taps(["改这一条", "改内容"]).await;
        zhang.says("整理图书角和黑板报").await;
        assert_eq!(resolved(&school.owed().await), ["王芳 resolution 整理图书角和黑板报 2026-09-25"]);
        zhang.taps(["改这一条", "换人办", "张敏"]).await;
        assert_eq!(resolved(&school.owed().await), ["张敏 resolution 整理图书角和黑板报 2026-09-25"]);
        wang.hears_nothing();
        zhang.taps(["改这一条", "换人办", "王芳"]).await;
        wang.hears_in_order(["请您来办：整理图书角和黑板报", "9月25日"]);
    }

    async fn what_a_meeting_resolved_is_dropped_from_the_next_agenda_and_taken_up_again(school) {
        let (_, zhang, _) = a_class(&school).await;
        resolves(&zhang, "整理图书角").await;
        school.clock_reaches("Tue 2026-09-22 10:00").await;
        zhang.says("/record").await;
        zhang.presses("班级会议").await;
        assert!(zhang.hears().contains("整理图书角（王芳）会上定的"));
        zhang.taps(["✏️ 整理图书角", "不办了"]).await;
        assert!(zhang.hears().contains("不办了：整理图书角"));
        assert!(resolved(&school.owed().await).is_empty());
        zhang.presses("撤销").await;
        assert!(zhang.hears().contains("又等着办了：整理图书角"));
        assert_eq!(resolved(&school.owed().await).len(), 1);
    }

    async fn what_is_done_is_changed_no_more(school) {
        let (wang, zhang, _) = a_class(&school).await;
        resolves(&zhang, "整理图书角").await;
        let card = zhang.data_of("改这一条");
        zhang.taps(["改这一条", "改日期"]).await;
        wang.says("/today").await;
        wang.presses("办好了").await;
        zhang.hears();
        zhang.presses("25日").await;
        zhang.is_refused("already-done");
        zhang.presses_on(1, &card).await;
        zhang.is_refused("already-done");
        assert!(resolved(&school.owed().await).is_empty());
    }

    async fn a_mentor_changes_nothing_that_the_class_resolved(school) {
        let (wang, zhang, _) = a_class(&school).await;
        resolves(&zhang, "整理图书角").await;
        let card = zhang.data_of("改这一条");
        for what in ["", ":drop", ":owner"] {
            wang.presses_on(1, &format!("{card}{what}")).await;
            wang.is_refused("not-allowed");
        }
        assert_eq!(resolved(&school.owed().await).len(), 1);
    }

    async fn a_group_gets_another_name_other_members_and_another_leader(school) {
        let (wang, _, students) = a_class(&school).await;
        let zhao = school.mentor("赵静").await;
        wang.says("/record").await;
        wang.presses("我的小组").await;
        wang.is_refused("no-groups");
        wang.presses("建一个小组").await;
        wang.says("向日葵").await;
        wang.taps(["李雷", "韩梅梅", "完成"]).await;
        wang.says("/record").await;
        wang.presses("我的小组").await;
        wang.reads_last("group_card");
        wang.presses("改名字").await;
        wang.says("小树苗").await;
        wang.taps(["改小组", "换成员"]).await;
        wang.reads_last("group_members");
        wang.taps(["孙悦", "李雷", "完成"]).await;
        wang.reads_last("group_changed");
        school.loses(&students[1]).await;
        wang.taps(["改小组", "换带组老师"]).await;
        wang.says("赵").await;
        wang.presses("赵静").await;
        assert!(wang.newest().text.contains("赵静老师带，成员 孙悦"), "{}", wang.newest().text);
        assert!(zhao.hears().contains("“小树苗”以后请您来带"));
        zhao.presses("改小组").await;
        assert!(zhao.hears().contains("成员：孙悦"));
        wang.says("/record").await;
        wang.presses("我的小组").await;
        wang.is_refused("no-groups");
        zhao.taps(["结束小组", "结束"]).await;
        assert!(zhao.hears().contains("记录都还在"));
        zhao.says("/record").await;
        zhao.presses("我的小组").await;
        zhao.is_refused("no-groups");
    }

    async fn only_own_students_come_into_a_group(school) {
        let (wang, _, _) = a_class(&school).await;
        let (zhao, lin) = (school.mentor("赵静").await, school.student("林涛").never_joins().await);
        zhao.mentors(&lin).await;
        wang.says("/record").await;
        wang.presses("建一个小组").await;
        wang.says("向日葵").await;
        wang.taps(["李雷", "完成", "改小组", "换成员"]).await;
        assert!(!wang.chat().contains("林涛"));
        let picks = wang.data_of("韩梅梅");
        let (form, _) = picks.rsplit_once(':').unwrap();
        wang.presses_on(wang.newest().message_id, &format!("{form}:{}", lin.id)).await;
        wang.is_refused("stale-button");
        zhao.presses_on(1, &wang.data_of("返回").replace("f:", "group:")).await;
        zhao.is_refused("not-found");
    }

    async fn somebody_among_many_is_found_by_a_part_of_the_name(school) {
        let (_, zhang, _) = a_class(&school).await;
        for n in 0..9 {
            school.mentor(&format!("王老师{n}")).await;
        }
        let office = school.office("刘洋").await;
        office.hears();
        office.says("/record").await;
        office.taps(["全校会议", "交流会", "记一个决定"]).await;
        office.says("整理案例").await;
        office.says("没有这个人").await;
        assert!(office.hears().contains("没有找到这个名字"));
        office.says("刘").await;
        office.reads_last("found_by_a_part_of_the_name");
        office.presses("全部").await;
        assert!(office.chat().contains("下一页"));
        office.says("张敏").await;
        office.taps(["张敏", "23日"]).await;
        assert_eq!(resolved(&school.owed().await), ["张敏 resolution 整理案例 2026-09-23"]);
        drop(zhang);
    }

    async fn after_a_months_two_taps_the_next_student_is_one_tap_away(school) {
        let (wang, _, _) = a_class(&school).await;
        wang.says("/record").await;
        wang.taps(["月度表现", "李雷", "很好", "一般"]).await;
        wang.reads_last("performance_with_the_next");
        wang.taps(["下一位", "很好", "很好", "下一位", "很好", "很好"]).await;
        assert!(!wang.chat().split("────────").last().unwrap().contains("下一位"), "all three have theirs");
        school.clock_reaches("Thu 2026-10-08 10:00").await;
        wang.says("/record").await;
        wang.taps(["月度表现", "李雷", "很好", "一般"]).await;
        assert!(wang.newest().text.contains("已记好"));
        wang.presses("下一位").await;
    }

    async fn whoever_is_waited_for_three_times_has_a_card_with_a_button_for_each(school) {
        school.lives_by("middle").await;
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).since("2026-09-01").await;
        school.clock_reaches("Mon 2026-10-12 08:00").await;
        wang.says("/today").await;
        wang.presses("👤 李雷 · ").await;
        wang.reads_last("card_with_what_is_due");
        wang.presses("建成长档案").await;
        assert!(wang.hears().contains("家庭是哪一种"));
    }

    async fn many_who_owe_the_same_are_one_line_of_the_agenda(school) {
        let (_, zhang, _) = a_class(&school).await;
        school.clock_reaches("Mon 2026-10-26 10:00").await;
        zhang.hears();
        zhang.says("/record").await;
        zhang.presses("班级会议").await;
        let agenda = zhang.hears();
        assert!(agenda.contains("\n• 李雷、韩梅梅、孙悦（王芳）谈心，已过 23 天\n"), "{agenda}");
    }

    async fn words_that_reach_nobody_say_how_they_would(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
        wang.mentors(&li).await;
        let mother = school.guardian("韩英", &li, daoyu::school::Relation::Mother).await;
        li.says("我不想上学了").await;
        assert!(li.hears().contains("没有转给任何人"));
        mother.says("谢谢老师").await;
        assert!(mother.hears().contains("回复老师"));
        wang.says("你好").await;
        assert!(wang.hears().contains("/help"));
    }

    async fn what_is_not_said_again_is_said_to_be_kept(school) {
        let (wang, _, students) = a_class(&school).await;
        wang.says("/record").await;
        wang.taps(["转介", "李雷", "转介社区"]).await;
        wang.says("居委会来过了").await;
        assert!(wang.newest().text.contains("已经存进成长档案"), "{}", wang.newest().text);
        assert!(!wang.newest().text.contains("居委会"));
        wang.says("/contact").await;
        wang.taps(["李雷", "家访", "家庭情况", "单亲"]).await;
        assert!(wang.newest().text.contains("家庭情况已经存进") && !wang.newest().text.contains("单亲"));
        drop(students);
    }
}
