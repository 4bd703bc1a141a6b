//! Who decides about a child: its guardians, each child by itself, the last to speak; a student of fourteen alone, and
//! nobody else.

use crate::{
    checkin::FRIDAY,
    consent::{QUESTION, a_child},
    support::{School, story},
};
use daoyu::school::{Kind, Relation, Said};

story! {
    async fn nobody_else_decides_about_a_child(school) {
        let (li, wang, han) = a_child(&school).await;
        let yes = han.data_of("✅ 同意");
        let mei = school.student("韩梅梅").who_is_a_child().await;
        let other = school.guardian("韩父", &mei, Relation::Father).await;
        for nosy in [&li, &wang, &other] {
            let message = nosy.newest().message_id;
            nosy.presses_on(message, &yes).await;
            nosy.is_refused("not-allowed");
        }
        let stranger = school.stranger("路人", "zh-hans");
        stranger.says("/start").await;
        stranger.presses_on(stranger.newest().message_id, &yes).await;
        assert!(!stranger.toasts().is_empty());
        han.presses_on(han.newest().message_id, "consent:nobody:yes:1").await;
        han.is_refused("not-found");
        han.presses_on(han.newest().message_id, &yes.replace("yes", "maybe")).await;
        han.is_refused("stale-button");
        assert!(li.decisions().await.is_empty());

        let paper = format!("paper:{}", li.id);
        for nosy in [&han, &other] {
            nosy.presses_on(nosy.newest().message_id, &paper).await;
            nosy.is_refused("not-allowed");
        }
        let zhao = school.mentor("赵强").await;
        zhao.presses_on(zhao.newest().message_id, &paper).await;
        zhao.is_refused("not-allowed");
    }

    async fn an_old_no_under_a_yes_deletes_nothing_by_itself(school) {
        let (li, _, han) = a_child(&school).await;
        let (card, no) = (han.newest().message_id, han.data_of("不同意"));
        han.presses("✅ 同意").await;
        school.clock_reaches(FRIDAY).await;
        li.answers().await;
        han.hears();
        han.presses_on(card, &no).await;
        assert!(han.hears().contains("要撤回"), "it asks once more");
        han.presses("不撤回").await;
        assert!(han.hears().contains("同意了"));
        assert!(li.latest(Kind::Checkin).await.is_some());
        assert_eq!(li.said().await, [Said::Given]);
    }

    async fn a_mother_of_two_decides_for_each_child(school) {
        let li = school.student("李雷").who_is_a_child().await;
        let mei = school.student("李梅").who_is_a_child().await;
        let big = school.student("李强").await;
        let han = school.guardian("韩雪", &li, Relation::Mother)
            .and_of(&mei, Relation::Mother).and_of(&big, Relation::Mother).joins_unread().await;
        let heard = han.hears();
        assert!(heard.contains("关于 李雷") && heard.contains("关于 李梅") && !heard.contains("关于 李强"), "{heard}");
        han.presses("✅ 同意").await;
        assert_eq!(li.said().await.len() + mei.said().await.len(), 1, "one card, one child");
        han.hears();
        han.says("/consent").await;
        han.reads("consent_of_three");
        school.clock_reaches(FRIDAY).await;
        let asked = [&li, &mei, &big].map(|it| it.hears().contains("一周辛苦啦"));
        assert!(asked[2] && asked[0] != asked[1], "{asked:?}");
    }

    async fn of_two_parents_the_last_to_speak_counts(school) {
        let (li, wang, han) = a_child(&school).await;
        let father = school.guardian("李建民", &li, Relation::Father).await;
        han.hears();
        han.presses("✅ 同意").await;
        assert!(father.hears().contains("李雷妈妈同意了"));
        assert!(li.hears().contains("现在你可以用了"));
        father.says("/consent").await;
        father.taps(["撤回同意", "是的，撤回"]).await;
        assert!(han.hears().contains("李雷爸爸撤回了同意"));
        assert!(wang.hears().contains("请改用纸笔"));
        han.presses("看一看").await;
        assert!(han.hears().contains("李雷爸爸"));
        school.clock_reaches(FRIDAY).await;
        li.hears_nothing();

        school.loses(&father).await;
        li.says("/checkin").await;
        assert!(li.hears().contains(QUESTION), "who is no guardian any more decides nothing");
    }

    async fn a_student_of_fourteen_decides_alone(school) {
        let li = school.student("李雷").await;
        let han = school.guardian("韩雪", &li, Relation::Mother).await;
        han.hears_nothing();
        han.says("/consent").await;
        assert!(han.hears().contains("不用家长同意"));
        school.clock_reaches(FRIDAY).await;
        assert!(li.hears().contains("一周辛苦啦"));
    }
}
