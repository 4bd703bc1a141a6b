//! What is kept about a person can be seen, mended and deleted: in the chat by whoever it concerns, through the office.

use crate::support::{Person, School, snapshot, story};
use daoyu::school::{Kind, Relation, Role};

/// What a page says, without its frame.
fn words_of(page: &str) -> String {
    let body = page.split_once("<body>").unwrap().1;
    let mut words = String::new();
    let mut in_tag = false;
    for sign in body.chars() {
        match sign {
            '<' => in_tag = true,
            '>' => in_tag = false,
            sign if !in_tag => words.push(sign),
            _ => {}
        }
    }
    let lines = words.lines().map(str::trim).filter(|it| !it.is_empty());
    // Accounts of the sandbox differ from run to run.
    let plain = |line: &str| match line.split_once("tg:") {
        Some((before, after)) => {
            format!("{before}tg:…{}", after.trim_start_matches(|it: char| it.is_ascii_digit()))
        }
        None => line.to_owned(),
    };
    lines.map(plain).collect::<Vec<_>>().join("\n")
}

struct Family {
    li: Person,
    mother: Person,
    wang: Person,
    chen: Person,
}

/// A student of fourteen and more, with a talk, a check-in with a line, a feedback and an answer to it.
async fn family(school: &School) -> Family {
    let li = school.student("李雷").await;
    let mother = school.guardian("韩英", &li, Relation::Mother).await;
    let (wang, chen) = (school.mentor("王芳").await, school.office("陈静").await);
    wang.mentors(&li).await;
    wang.says("/talk").await;
    wang.taps(["李雷", "学业", "完成", "补一句"]).await;
    wang.says("家里最近事情多").await;
    li.says("/checkin").await;
    li.taps(["不错", "还行", "还行", "暂时"]).await;
    li.says("同桌最近不理我").await;
    wang.says("/feedback").await;
    wang.presses("李雷").await;
    wang.says("今天主动帮同学搬书。").await;
    wang.says("回家请夸一夸。").await;
    wang.presses("发送").await;
    mother.presses("回复").await;
    mother.says("谢谢老师").await;
    for person in [&li, &mother, &wang, &chen] {
        person.hears();
        person.toasts();
    }
    Family { li, mother, wang, chen }
}

story! {
    async fn a_family_reads_what_is_kept_and_not_what_the_child_wrote(school) {
        let Family { mother, .. } = family(&school).await;
        mother.says("/mydata").await;
        mother.reads("mydata_of_a_family");
        mother.presses("要一份").await;
        assert_eq!(mother.toasts(), "马上发给您。");
        mother.hears();
        let (name, page) = mother.newest_file();
        assert_eq!(name, "资料-李雷.html");
        let words = words_of(&page);
        snapshot("mydata_page_of_a_family", &words);
        for hidden in ["同桌最近不理我", "家里最近事情多", "心情"] {
            assert!(!words.contains(hidden), "{hidden}:\n{words}");
        }
    }

    async fn a_student_of_age_reads_the_own_answers_and_no_working_notes(school) {
        let Family { li, .. } = family(&school).await;
        school.sql("UPDATE person SET born = '2010-01-01', created_at = created_at + $1 WHERE id = $2", 0, li.id.as_str()).await;
        li.says("/mydata").await;
        li.presses("要一份").await;
        let words = words_of(&li.newest_file().1);
        assert!(words.contains("同桌最近不理我") && words.contains("谈心"), "{words}");
        assert!(!words.contains("家里最近事情多") && !words.contains("今天主动帮同学搬书"), "{words}");
    }

    async fn a_child_asks_through_the_family_and_a_teacher_for_himself(school) {
        let Family { li, wang, .. } = family(&school).await;
        school.sql("UPDATE person SET born = '2020-01-01', created_at = created_at + $1 WHERE id = $2", 0, li.id.as_str()).await;
        li.says("/mydata").await;
        li.is_told("refusal-ask-the-family");
        wang.says("/mydata").await;
        wang.presses("要一份").await;
        let words = words_of(&wang.newest_file().1);
        assert!(words.contains("王芳") && words.contains("您记下了") && !words.contains("李雷"), "{words}");
        wang.toasts();
        // Nobody reads about others by a forged button.
        wang.presses_on(1, &format!("mydata:{}:copy", li.id)).await;
        wang.is_refused("not-allowed");
    }

    async fn a_correction_goes_to_the_office_and_the_answer_comes_back(school) {
        let Family { mother, chen, .. } = family(&school).await;
        mother.says("/mydata").await;
        mother.presses("有错要改").await;
        mother.says("我的电话是 13900000009").await;
        mother.reads_last("mydata_correct_asked");
        chen.reads("request_correct");
        let message = chen.newest().message_id;
        let settle = chen.data_of("办好了");
        chen.presses("办好了").await;
        assert!(chen.hears().contains("已办好"));
        assert!(mother.hears().contains("学校已处理"));
        chen.presses_on(message, &settle).await;
        chen.is_refused("stale-button");
        assert!(school.reads().await.open_requests(&school.id).await.unwrap().is_empty());
    }

    async fn a_deletion_is_asked_for_once_and_waits_for_the_office(school) {
        let Family { mother, chen, .. } = family(&school).await;
        mother.says("/mydata").await;
        mother.presses("请学校删除").await;
        mother.reads_last("mydata_erase");
        let (message, yes) = (mother.newest().message_id, mother.data_of("是的"));
        mother.presses("是的").await;
        assert!(mother.hears().contains("已送到学校政教处"));
        mother.presses_on(message, &yes).await;
        chen.reads("request_erase");
        assert_eq!(school.reads().await.open_requests(&school.id).await.unwrap().len(), 1);
        // What nobody has answered stands behind the roster, too.
        chen.says("/roster").await;
        chen.reads("roster_card");
        chen.presses("待办").await;
        assert!(chen.hears().contains("删除资料申请"));
    }

    async fn who_is_erased_leaves_no_word_behind_and_the_proof_of_consent_stays(school) {
        let Family { li, mother, wang, .. } = family(&school).await;
        let han = school.student("韩梅梅").await;
        wang.mentors(&han).await;
        // A talk with both stays, and says nothing of who is gone.
        wang.says("/talk").await;
        wang.taps(["李雷", "还有别人", "韩梅梅", "完成", "学业", "完成"]).await;
        school.sql("INSERT INTO consent (school_id, id, student_id, guardian_id, version, state, at)
                    SELECT school_id, 'c1', id, id, 1, 'given', $1 FROM person WHERE id = $2", 1, li.id.as_str()).await;
        let mut tx = school.writes().await;
        let erased = tx.erase(&school.id, &li.id, school.now()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(erased.iter().any(|(what, count)| (*what, *count) == ("proofs", 1)), "{erased:?}");
        let mut tx = school.reads().await;
        for table in daoyu::store::TABLES.iter().filter(|it| **it != "outbox") {
            let columns = tx.columns(table).await.unwrap();
            let rows: Vec<_> = futures_util::TryStreamExt::try_collect(tx.dump(table, &columns).unwrap()).await.unwrap();
            let rows = rows.iter().map(|row: &Vec<daoyu::store::Field>| format!("{row:?}")).collect::<String>();
            for word in ["李雷", "同桌最近不理我", "家里最近事情多", "今天主动帮同学搬书", "谢谢老师"] {
                assert!(!rows.contains(word), "{word} is still in {table}: {rows}");
            }
        }
        assert_eq!(tx.decisions(&li.id).await.unwrap().len(), 1);
        let talk = tx.latest(&school.id, &han.id, Kind::Talk).await.unwrap().unwrap();
        assert_eq!(talk.about.len(), 1);
        drop(tx);
        // The account is nobody here, and the mother's hears of no child any more.
        li.says("/checkin").await;
        assert!(li.hears().contains("邀请"), "{}", li.chat());
        mother.says("/mydata").await;
        mother.hears();
        wang.hears();
        wang.says("/students").await;
        assert!(!wang.hears().contains("李雷"));
    }

    async fn the_office_gets_the_roster_as_a_file_and_sends_it_back(school) {
        let Family { chen, li, .. } = family(&school).await;
        school.sql("UPDATE person SET number = '0001', created_at = created_at + $1 WHERE id = $2", 0, li.id.as_str()).await;
        chen.says("/roster").await;
        for (button, ending) in [("导出 Excel", "花名册.xlsx"), ("导出 CSV", "花名册.csv"), ("空白模板", "花名册模板.xlsx")] {
            chen.says("/roster").await;
            chen.presses(button).await;
            chen.hears();
            let file = chen.newest().document.expect("a file");
            assert_eq!(file.name, ending);
            let bytes = school.telegram().download(&file.id).unwrap();
            if button != "空白模板" {
                chen.acts(|it| it.sends_document(&file.name, bytes.to_vec())).await;
                assert!(chen.hears().contains("没有要改的"), "{}", chen.chat());
            }
        }
        let wang = school.somebody("张校长", Role::Principal).await;
        wang.says("/roster").await;
        wang.is_told("refusal-not-for-you");
    }
}
