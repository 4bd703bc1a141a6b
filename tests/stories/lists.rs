//! Lists stay what they were: what was put off does not come back, what is to be phoned is on them, and the longest fits.

use crate::support::{Person, School, story};
use daoyu::school::Relation;

/// Two talks on the list of Monday the 21st.
async fn two_are_due(school: &School) -> Person {
    let wang = school.mentor("王芳").await;
    for name in ["李雷", "韩梅梅"] {
        let student = school.student(name).never_joins().await;
        wang.mentors(&student).await;
        wang.talked_with(&student).on("2026-09-06").await;
    }
    school.clock_reaches("Mon 2026-09-21 08:05").await;
    wang
}

/// A feedback that reached the father and not the mother, who has not joined.
async fn a_call_to_make(school: &School) -> (Person, Person) {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
    wang.mentors(&li).await;
    school.guardian("李强", &li, Relation::Father).await;
    let mother = school.guardian("韩英", &li, Relation::Mother).never_joins().await;
    wang.says("/feedback").await;
    wang.presses("李雷").await;
    wang.says("今天主动讲了两道题。").await;
    wang.says("今晚请听他讲。").await;
    wang.presses("发送").await;
    wang.hears();
    (wang, mother)
}

const LONG: &str = "阿卜杜热合曼·买买提艾力江·穆罕默德·伊敏·吐尔逊·巴拉提·库尔班";

fn fits(person: &Person) {
    for message in person.user().chat() {
        assert!(message.text.encode_utf16().count() <= 4096, "{}", message.text);
        assert!(message.buttons.iter().flatten().count() <= 100);
    }
}

story! {
    async fn what_was_put_off_does_not_come_back_with_the_next_tap(school) {
        let wang = two_are_due(&school).await;
        let list = wang.newest().message_id;
        let shown = || wang.user().chat().into_iter().find(|it| it.message_id == list).unwrap().text;
        wang.taps(["放一放", "李雷", "星期五"]).await;
        wang.says("/talk").await;
        wang.taps(["韩梅梅", "学业", "完成"]).await;
        assert!(!shown().contains("李雷") && shown().contains("另有 1 项"), "{}", shown());

        wang.says("/today").await;
        let today = wang.newest().text;
        assert!(today.contains("李雷") && today.contains("放到 9月25日"), "{today}");
    }

    async fn what_was_not_on_the_list_of_the_morning_does_not_come_onto_it(school) {
        let wang = two_are_due(&school).await;
        school.clock_reaches("Tue 2026-09-22 07:00").await;
        let sun = school.student("孙浩").never_joins().await;
        wang.mentors(&sun).await;
        wang.talked_with(&sun).on("2026-09-08").await;
        school.clock_reaches("Tue 2026-09-22 08:05").await;
        let list = wang.newest().message_id;
        wang.says("/talk").await;
        wang.taps(["孙浩", "学业", "完成"]).await;
        let shown = wang.user().chat().into_iter().find(|it| it.message_id == list).unwrap().text;
        assert!(!shown.contains("韩梅梅") && shown.contains("另有 2 项"), "{shown}");
    }

    async fn whom_no_letter_reached_stands_on_the_lists_until_somebody_phoned(school) {
        let (wang, _) = a_call_to_make(&school).await;
        school.clock_reaches("Tue 2026-09-15 08:00").await;
        let morning = wang.newest().text;
        assert!(morning.contains("给李雷妈妈打个电话"), "{morning}");
        wang.says("/today").await;
        let today = wang.newest();
        assert!(today.text.contains("给李雷妈妈打个电话"), "{today}");
        wang.presses("已给李雷妈妈打电话").await;
        let list = wang.user().chat().into_iter().find(|it| it.message_id == today.message_id).unwrap();
        assert!(list.text.contains("谈心") && !list.text.contains("打个电话"), "the list stays: {list}");
        assert!(wang.chat().contains("☎️ 已打电话"), "and the receipt knows");
    }

    async fn a_guardian_who_answers_after_all_need_not_be_phoned(school) {
        let (wang, mother) = a_call_to_make(&school).await;
        mother.joins().await;
        mother.says("/messages").await;
        mother.presses("回复老师").await;
        mother.says("谢谢老师").await;
        wang.says("/today").await;
        assert!(!wang.newest().text.contains("打个电话"), "{}", wang.newest());
    }

    async fn the_longest_messages_fit(school) {
        let (wang, english) = (school.mentor(LONG).await, school.mentor("Jonathan Featherstonehaugh-Cholmondeley").await);
        english.chooses_english().await;
        let heads = [school.head_teacher("张敏").await, school.head_teacher("Margaret").await];
        let offices = [school.office("刘洋").await, school.office("Office").await];
        heads[1].chooses_english().await;
        offices[1].chooses_english().await;
        for n in 0..60 {
            let student = school.student(&format!("{LONG}{n:02}")).never_joins().await;
            let mentor = if n % 2 == 0 { &wang } else { &english };
            mentor.mentors(&student).await;
        }
        for n in 1..30 {
            school.class(&format!("七年级{n}班 {LONG}")).await;
        }
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        assert!(heads[0].newest().text.contains("等 30 位（"), "{}", heads[0].newest());
        assert!(heads[1].newest().text.contains("and others, 30 in all"));
        school.clock_reaches("Mon 2026-10-05 08:00").await;
        let summary = offices[0].newest().text;
        assert_eq!(summary.matches("七年级1班").count(), 1, "a class is named once: {summary}");
        for person in heads.iter().chain(&offices) {
            person.says("/overview").await;
        }
        offices[0].presses("下一页").await;
        offices[1].presses("More").await;
        for person in [&wang, &english] {
            person.says("/today").await;
            person.says("/students").await;
            let later = person.user().chat().into_iter().rev().find(|it| it.buttons.iter().flatten().any(|b| b.data == "later:"));
            person.presses_on(later.unwrap().message_id, "later:").await;
        }
        [&wang, &english].into_iter().chain(&heads).chain(&offices).for_each(fits);
    }
}
