//! Not in the chat, and not forgotten: sheets to print, and what comes back on them counts like anything else.

use crate::support::{Person, School, story};
use daoyu::school::{Body, Kind, Relation};

/// A mentor with a student who has no Telegram, a father who has none, and a student who is in the chat.
struct Class {
    wang: Person,
    li: Person,
    father: Person,
    han: Person,
}

async fn class(school: &School) -> Class {
    let wang = school.mentor("王芳").await;
    let li = school.student("李雷").never_joins().await;
    let father = school.guardian("<b>李建国&", &li, Relation::Father).never_joins().await;
    let han = school.student("韩梅梅").await;
    wang.mentors(&li).await;
    wang.mentors(&han).await;
    Class { wang, li, father, han }
}

impl Person {
    /// A feedback to the family of a student.
    async fn writes_home_about(&self, student: &Person) {
        self.says("/feedback").await;
        self.presses(&student.name).await;
        self.says("今天他给同桌<讲>了两道题。").await;
        self.says("今晚请听他讲讲。").await;
        self.presses("✅ 发送").await;
    }

    async fn prints_sheets(&self) -> String {
        self.says("/students").await;
        self.presses("打印纸上的表").await;
        self.newest_file().1
    }
}

/// How many sheets are on a page.
fn sheets(page: &str) -> usize {
    page.matches("<section class=\"sheet").count()
}

story! {
    async fn a_mentor_prints_for_those_who_are_not_in_the_chat(school) {
        let Class { wang, .. } = class(&school).await;
        let child = school.student("林涛").who_is_a_child().await;
        wang.mentors(&child).await;
        let other = school.student("吴桐").never_joins().await;
        school.mentor("赵敏").await.mentors(&other).await;
        wang.hears();
        wang.says("/students").await;
        wang.reads_last("students_with_sheets");
        wang.presses("打印纸上的表").await;
        wang.reads("sheets_of_a_mentor");
        let (name, page) = wang.newest_file();
        assert_eq!(name, "纸上的表-王芳.html");
        assert_eq!(sheets(&page), 2, "{page}");
        assert!(page.contains("李雷 同学") && page.contains("林涛 同学"), "no account, and no consent");
        assert!(!page.contains("韩梅梅"), "who answers in the chat needs no paper");
        assert!(!page.contains("吴桐"), "another mentor's student");
        for asked in ["这周心情怎么样", "学习感觉怎么样", "生活呢", "想和导师聊一聊吗", "低落", "很棒", "暂时不用"] {
            assert!(page.contains(asked), "{asked}");
        }
    }

    async fn where_everybody_is_in_the_chat_there_is_nothing_to_print(school) {
        let (wang, han) = (school.mentor("王芳").await, school.student("韩梅梅").await);
        wang.mentors(&han).await;
        wang.says("/students").await;
        wang.presses("打印纸上的表").await;
        wang.is_refused("nobody-on-paper");
    }

    async fn a_report_on_paper_of_a_student_without_telegram_counts(school) {
        let Class { wang, li, han, .. } = class(&school).await;
        school.clock_reaches("Fri 2026-09-11 17:00").await;
        wang.says("/students").await;
        wang.presses("李雷").await;
        wang.reads_last("card_not_here");
        wang.presses("记纸上的汇报").await;
        wang.taps(["不错", "还行", "挺好", "暂时不用"]).await;
        let record = li.latest(Kind::Checkin).await.unwrap();
        assert_eq!(record.by, wang.id);
        assert!(matches!(record.body, Body::Checkin(it) if it.mood == 4));
        // Who is in the chat is not answered for.
        wang.hears();
        wang.presses_on(wang.newest().message_id, &format!("paper:{}", han.id)).await;
        wang.is_refused("answers-alone");
    }

    async fn nobody_writes_over_what_a_student_has_said(school) {
        let Class { wang, han, .. } = class(&school).await;
        school.clock_reaches("Fri 2026-09-11 17:00").await;
        han.says("/checkin").await;
        han.taps(["不错", "还行", "挺好", "暂时不用"]).await;
        han.says("篮球赛我们班赢了！").await;
        han.hears();
        han.user().blocks();
        school.settles().await;
        wang.hears();
        wang.presses_on(wang.newest().message_id, &format!("paper:{}", han.id)).await;
        wang.is_refused("has-reported");
        assert_eq!(han.latest(Kind::Checkin).await.unwrap().by, han.id);
        assert!(!wang.prints_sheets().await.contains("韩梅梅"), "and there is nothing to fill in");
    }

    async fn a_feedback_goes_home_on_paper_and_the_answer_comes_back(school) {
        let Class { wang, li, .. } = class(&school).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        wang.writes_home_about(&li).await;
        let page = wang.prints_sheets().await;
        assert_eq!(sheets(&page), 2, "a report and one letter: the mother reads hers in the chat");
        assert!(page.contains("李雷的爸爸 &lt;b&gt;李建国&amp;") && !page.contains("韩英"));
        assert!(page.contains("给同桌&lt;讲&gt;了两道题") && page.contains("今晚请听他讲讲。"));

        wang.says("/today").await;
        assert!(wang.hears().contains("给李雷爸爸打个电话"));
        wang.presses("记李雷爸爸的回话").await;
        assert!(wang.hears().contains("请照原话打下来"));
        wang.says("谢谢老师，<我>们会听他讲。").await;
        wang.reads("answer_on_paper");
        assert!(!wang.chat().contains("☎️ 已给李雷爸爸打电话]"), "nobody has to phone any more");
        mother.hears();
        let page = wang.prints_sheets().await;
        assert_eq!(sheets(&page), 1, "the letter was answered");
    }

    async fn who_was_phoned_may_still_send_the_sheet_back(school) {
        let Class { wang, li, father, .. } = class(&school).await;
        wang.writes_home_about(&li).await;
        wang.presses("已给李雷爸爸打电话").await;
        assert!(wang.newest().text.contains("已打电话"));
        wang.presses("记李雷爸爸的回话").await;
        wang.says("好的。").await;
        assert!(wang.chat().contains("李雷爸爸：💬 回复了"));
        let mut tx = school.reads().await;
        let view = tx.latest_feedback(&li.id, &father.id).await.unwrap().unwrap();
        drop(tx);
        wang.hears();
        // The button of an old screen: it was answered.
        wang.presses_on(1, &format!("heard:{}:0", view.feedback.id)).await;
        wang.is_refused("stale-button");
    }

    async fn only_the_own_students_papers_are_anybodys(school) {
        let Class { wang, li, father, .. } = class(&school).await;
        let zhao = school.mentor("赵敏").await;
        let other = school.student("吴桐").await;
        zhao.mentors(&other).await;
        wang.writes_home_about(&li).await;
        let mut tx = school.reads().await;
        let view = tx.latest_feedback(&li.id, &father.id).await.unwrap().unwrap();
        drop(tx);
        zhao.says("/students").await;
        zhao.hears();
        for data in [format!("heard:{}:0", view.feedback.id), format!("paper:{}", li.id)] {
            zhao.presses_on(zhao.newest().message_id, &data).await;
            zhao.is_refused("not-allowed");
        }
        zhao.presses("打印纸上的表").await;
        zhao.is_refused("nobody-on-paper");
        zhao.hears_nothing();
    }

    async fn a_report_that_is_taken_back_takes_back_its_wish_and_no_earlier_one(school) {
        let Class { wang, li, .. } = class(&school).await;
        wang.presses_on(1, &format!("paper:{}", li.id)).await;
        wang.taps(["不错", "还行", "还行", "想聊"]).await;
        let wishes = async || school.reads().await.has_task(&li.id, "wish").await.unwrap();
        assert!(wishes().await);
        wang.presses("撤销").await;
        assert!(!wishes().await, "{}", wang.chat());
        // A wish of before stays, whatever becomes of a later report.
        wang.presses_on(1, &format!("paper:{}", li.id)).await;
        wang.taps(["不错", "还行", "还行", "想聊"]).await;
        school.sql("UPDATE task SET made_at = made_at - $1 WHERE student_id = $2 AND done_at = 0", 86_400_000, li.id.as_str()).await;
        wang.presses("撤销").await;
        assert!(wishes().await);
    }
}
