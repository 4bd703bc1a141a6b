//! The growth file: what a mentor puts into it beside talks and contacts, and who reads it.

use crate::support::{Person, School, story};
use daoyu::school::{Kind, Relation};

/// A middle school in its third week: a mentor with one student whose mother is in the chat.
async fn middle_school(school: &School) -> (Person, Person, Person) {
    school.has_a_term("2026-09-01", "2027-01-22").await;
    school.lives_by("middle").await;
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
    let mother = school.guardian("韩英", &li, Relation::Mother).await;
    wang.mentors(&li).since("2026-09-01").await;
    school.clock_reaches("Mon 2026-09-21 07:30").await;
    wang.talked_with(&li).on("2026-09-20").await;
    wang.phoned_the_family_of(&li).on("2026-09-20").await;
    for person in [&wang, &li, &mother] {
        person.hears();
    }
    (wang, li, mother)
}

story! {
    async fn the_list_asks_for_the_growth_file_and_two_lines_settle_it(school) {
        let (wang, li, _) = middle_school(&school).await;
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        wang.reads("file_digest");
        let owed = school.owed().await;
        assert!(owed.contains(&"王芳 profile 李雷 2026-09-29".to_owned()), "{owed:?}");

        wang.presses("建成长档案").await;
        wang.taps(["单亲"]).await;
        wang.reads_last("profile_nature");
        wang.says("开朗，做事有点急。").await;
        wang.reads("profile_done");
        assert!(school.owed().await.iter().all(|it| !it.contains(" profile ")));
        wang.presses("兴趣特长").await;
        wang.says("爱打篮球").await;

        let kept = li.latest(Kind::Profile).await.unwrap();
        let daoyu::school::Body::Entry(entry) = kept.body else { panic!("no entry") };
        let answers = ["family", "nature", "interests"].map(|step| entry.one(step));
        assert_eq!(answers, [Some("single"), Some("开朗，做事有点急。"), Some("爱打篮球")]);
    }

    async fn a_plan_has_three_goals_at_most_and_the_student_is_told(school) {
        let (wang, li, _) = middle_school(&school).await;
        wang.says("/record").await;
        wang.reads("record_menu_of_a_mentor");
        wang.taps(["成长计划", "李雷"]).await;
        wang.hears();
        wang.says("一\n二\n三\n四").await;
        wang.is_told("refusal-three-goals");
        wang.says("1. 每天读二十分钟书\n2. 按时睡觉").await;
        wang.reads("plan_done");
        li.reads("plan_told");
        wang.presses("怎么帮").await;
        wang.says("每周一起看一次读书笔记").await;
        li.hears_nothing();
        assert!(school.owed().await.iter().all(|it| !it.contains(" plan ")));
    }

    async fn an_evaluation_is_seen_before_it_is_sent_and_the_family_can_answer(school) {
        let (wang, li, mother) = middle_school(&school).await;
        wang.says("/record").await;
        wang.taps(["评价和寄语", "李雷", "品德", "劳动", "完成"]).await;
        wang.hears();
        wang.says("这学期你学会了先听再说。").await;
        wang.reads("evaluation_preview");
        mother.hears_nothing();
        wang.presses("发送").await;
        mother.reads("evaluation_letter");
        mother.presses("看到了").await;
        wang.reads_last("evaluation_seen");
        assert!(li.latest(Kind::Evaluation).await.is_some());
        mother.says("/messages").await;
        assert!(mother.hears().contains("这学期你学会了先听再说。"));
    }

    async fn a_month_is_two_taps_and_the_case_of_a_student_is_one_of_the_school(school) {
        let (wang, _, _) = middle_school(&school).await;
        school.clock_reaches("Mon 2026-09-28 09:00").await;
        let asks = |owed: &[String], rule: &str| owed.iter().any(|it| it.contains(&format!(" {rule} ")));
        assert!(asks(&school.owed().await, "performance"));
        wang.says("/record").await;
        wang.taps(["月度表现", "李雷", "很好", "需要帮助"]).await;
        wang.reads_last("performance_done");
        assert!(!asks(&school.owed().await, "performance"));

        let office = school.office("刘洋").await;
        assert!(asks(&school.owed().await, "case"), "{:?}", school.owed().await);
        wang.says("/record").await;
        wang.taps(["个案分析", "李雷"]).await;
        for words in ["上课走神", "两周来常常发呆。", "也许睡得晚。", "和家长商量作息，月底再看。"] {
            wang.says(words).await;
        }
        let said = wang.hears();
        assert!(said.contains("个案分析") && !said.contains("作息"), "what is sensitive is not said again: {said}");
        assert!(!asks(&school.owed().await, "case"), "anybody's case is the school's of the month");
        drop(office);
    }

    async fn the_file_is_read_by_the_mentor_and_in_part_by_the_head_teacher(school) {
        let (wang, li, mother) = middle_school(&school).await;
        let zhang = school.head_teacher("张敏").await;
        wang.says("/talk").await;
        wang.taps(["李雷", "心理", "完成"]).await;
        wang.says("和同桌闹别扭").await;
        wang.says("/record").await;
        wang.taps(["建成长档案", "李雷", "祖辈照顾"]).await;
        wang.says("安静，爱看书。").await;
        wang.hears();
        wang.says("/students").await;
        wang.taps(["李雷"]).await;
        wang.hears();
        wang.presses("成长档案").await;
        wang.reads("file_of_a_mentor");
        wang.presses("返回").await;
        assert!(!wang.newest().text.contains("爱看书"), "it leaves the chat with 'back'");

        zhang.presses_on(1, &format!("file:{}:0", li.id)).await;
        let read = zhang.hears();
        assert!(read.contains("祖辈照顾") && read.contains("爱看书"), "{read}");
        assert!(!read.contains("闹别扭"), "what they said to each other is theirs: {read}");
        mother.presses_on(1, &format!("file:{}:0", li.id)).await;
        mother.is_refused("not-allowed");
    }

    async fn a_report_stands_in_the_file_for_the_mentor_and_for_nobody_else(school) {
        let (wang, li, _) = middle_school(&school).await;
        let zhang = school.head_teacher("张敏").await;
        li.says("/checkin").await;
        li.taps(["低落", "吃力", "挺好", "想聊聊"]).await;
        li.says("和同桌闹别扭").await;
        for person in [&wang, &zhang] {
            person.hears();
            person.presses_on(1, &format!("file:{}:0", li.id)).await;
        }
        wang.reads_last("file_with_a_report");
        let read = zhang.hears();
        assert!(read.contains("成长档案") && !read.contains("低落") && !read.contains("小汇报"), "{read}");
        assert!(!read.contains("闹别扭"), "{read}");
    }

    async fn a_head_teacher_finds_the_files_of_the_class_and_no_other(school) {
        let (wang, li, _) = middle_school(&school).await;
        let zhang = school.head_teacher("张敏").await;
        li.says("/wish").await;
        wang.says("/record").await;
        wang.taps(["建成长档案", "李雷", "祖辈照顾"]).await;
        wang.says("安静，爱看书。").await;
        zhang.hears();
        zhang.says("/overview").await;
        zhang.hears();
        zhang.presses("成长档案").await;
        zhang.reads("files_of_a_class");
        zhang.presses("李雷").await;
        let read = zhang.hears();
        assert!(read.contains("爱看书") && !read.contains("约谈"), "a wish is the mentor's to know: {read}");
        zhang.presses("返回").await;
        assert!(zhang.hears().contains("看谁的成长档案"));
        let other = school.class("七年级2班").await;
        zhang.presses_on(1, &format!("pupils:{other}:0")).await;
        zhang.is_refused("not-allowed");
    }

    async fn of_two_families_visited_in_one_record_nobody_notes_what_family_it_is(school) {
        let (wang, li, _) = middle_school(&school).await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).since("2026-09-01").await;
        wang.says("/contact").await;
        wang.taps(["李雷", "还有别人", "韩梅梅", "完成", "家访"]).await;
        assert!(!wang.hears().contains("家庭情况"), "one answer would stand in two files");
        assert!(li.latest(Kind::Contact).await.is_some());
    }

    async fn a_home_visit_notes_who_came_along_and_what_family_it_is(school) {
        let (wang, li, _) = middle_school(&school).await;
        wang.says("/contact").await;
        wang.taps(["李雷", "电话"]).await;
        assert!(!wang.hears().contains("谁一起去"), "nobody comes along on the phone");
        wang.says("/contact").await;
        wang.taps(["李雷", "家访", "谁一起去的", "和班主任一起", "家庭情况", "重组家庭"]).await;
        let kept = li.latest(Kind::Contact).await.unwrap();
        let daoyu::school::Body::Contact(contact) = kept.body else { panic!("no contact") };
        assert_eq!((contact.joint.as_deref(), contact.family.as_deref()), (Some("head_teacher"), Some("reformed")));
        assert!(school.owed().await.iter().all(|it| !it.contains(" home_visit ")));
    }

    async fn a_talk_by_letter_counts_too(school) {
        let (wang, li, _) = middle_school(&school).await;
        wang.says("/talk").await;
        wang.taps(["李雷", "不是当面", "书信", "学业", "完成"]).await;
        assert!(wang.hears().contains("谈心（书信、邮件；学业）"));
        assert_eq!(li.latest(Kind::Talk).await.unwrap().form(), Some("letter"));
    }

    async fn a_buddy_is_named_by_number_or_name(school) {
        let (wang, li, _) = middle_school(&school).await;
        let senior = school.student("赵强").in_class("九年级1班").await;
        wang.says("/record").await;
        wang.taps(["学长结对", "李雷"]).await;
        wang.hears();
        wang.says("赵刚").await;
        wang.is_told("refusal-no-such-student");
        wang.says("赵强").await;
        assert!(wang.hears().contains("已记好"));
        assert!(senior.latest(Kind::Buddy).await.is_some() && li.latest(Kind::Buddy).await.is_some());
    }

    async fn a_file_of_long_cases_is_turned_page_by_page(school) {
        let (wang, _, _) = middle_school(&school).await;
        for case in ["甲", "乙"] {
            wang.says("/record").await;
            wang.taps(["个案分析", "李雷"]).await;
            wang.says(case).await;
            for _ in 0..3 {
                wang.says(&"长".repeat(1000)).await;
            }
        }
        wang.says("/students").await;
        wang.taps(["李雷", "成长档案"]).await;
        let first = wang.newest().text;
        assert!(first.contains("第 1–1 条，共 4 条") && first.contains("主题：乙"), "{first}");
        wang.presses("下一页").await;
        let second = wang.newest().text;
        assert!(second.contains("第 2–4 条，共 4 条") && second.contains("主题：甲"), "{second}");
        wang.presses("上一页").await;
        assert_eq!(wang.newest().text, first);
    }

    async fn a_typed_line_lands_only_where_a_line_is_meant(school) {
        let (wang, li, _) = middle_school(&school).await;
        wang.says("/record").await;
        wang.taps(["建成长档案", "李雷", "单亲"]).await;
        wang.says("开朗").await;
        assert!(!wang.newest().text.contains("想补一句"));
        wang.hears();
        wang.says("妈妈在外地打工").await;
        wang.is_told("hint-no-form");
        let kept = li.latest(Kind::Profile).await.unwrap();
        let daoyu::school::Body::Entry(entry) = kept.body else { panic!("no entry") };
        assert_eq!(entry.one("interests"), None, "it is no interest");

        wang.says("/record").await;
        wang.taps(["个案分析", "李雷"]).await;
        for words in ["主题", "情况", "分析", "办法"] {
            wang.says(words).await;
        }
        let receipt = wang.newest().text;
        assert!(receipt.contains("10 分钟内可以撤销") && !receipt.contains("想补一句"), "{receipt}");
    }
}
