//! One account, several persons; and forms that wait for each other.

use crate::support::{Person, School, story};
use daoyu::school::Relation;

/// A mother who is two persons of one name, and the mentor of both children.
async fn mother_of_two(school: &School) -> (Person, Person, Person) {
    let wang = school.mentor("王芳").await;
    let (da, xiao) = (school.student("李大").never_joins().await, school.student("李小").never_joins().await);
    wang.mentors(&da).await;
    wang.mentors(&xiao).await;
    let first = school.guardian("韩雪", &da, Relation::Mother).await;
    let second = school.guardian("韩雪", &xiao, Relation::Mother).who_is_also(&first).await;
    (wang, first, second)
}

async fn writes(wang: &Person, child: &str, fact: &str) {
    wang.says("/feedback").await;
    wang.presses(child).await;
    wang.says(fact).await;
    wang.says("回家请夸一夸。").await;
    wang.presses("发送").await;
}

story! {
    async fn two_hats_of_one_name_are_told_apart_by_the_children(school) {
        let (wang, first, _) = mother_of_two(&school).await;
        first.says("/settings").await;
        let settings = first.hears();
        assert!(settings.contains("韩雪 · 李大") && settings.contains("韩雪 · 李小"), "{settings}");
        writes(&wang, "李大", "今天主动帮同学搬书。").await;
        assert!(first.hears().contains("【韩雪 · 李大】"));
    }

    async fn all_letters_of_the_account_are_read_again_under_their_hats(school) {
        let (wang, first, _) = mother_of_two(&school).await;
        writes(&wang, "李大", "今天主动帮同学搬书。").await;
        writes(&wang, "李小", "今天第一次举手发言。").await;
        first.hears();
        first.says("/messages").await;
        let letters = first.hears();
        assert!(letters.contains("【韩雪 · 李大】") && letters.contains("【韩雪 · 李小】"), "{letters}");
    }

    async fn the_hat_of_a_person_who_left_is_worn_no_more(school) {
        let (_, first, second) = mother_of_two(&school).await;
        first.says("/settings").await;
        let (message, hat) = (first.newest().message_id, first.data_of("换成"));
        let (gone, other) = if hat.ends_with(second.id.as_str()) { (&second, &first) } else { (&first, &second) };
        school.loses(gone).await;
        first.hears();
        first.presses_on(message, &hat).await;
        first.hears_nothing();
        first.says("/settings").await;
        assert!(!first.hears().contains("换成"));
        assert_ne!(gone.id, other.id);
    }

    async fn who_writes_to_us_can_be_reached_again(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
        wang.mentors(&li).await;
        let mut tx = school.writes().await;
        let address = tx.addresses(std::slice::from_ref(&wang.id)).await.unwrap();
        tx.set_reachable(&address[&wang.id].account, false).await.unwrap();
        tx.commit().await.unwrap();
        wang.says("在吗").await;
        wang.hears();
        li.says("/wish").await;
        assert!(wang.hears().contains("李雷"));
    }

    async fn a_half_written_feedback_goes_on_after_a_talk_was_put_on_record(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        school.clock_reaches("Tue 2026-09-15 08:05").await;
        let digest = wang.newest();
        let talk = digest.buttons.iter().flatten().find(|it| it.label.contains("📝")).unwrap().data.clone();
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.says("今天主动讲了两道题。").await;
        wang.presses_on(digest.message_id, &talk).await;
        school.restarts().await;
        wang.hears();
        wang.taps(["学业", "完成"]).await;
        let heard = wang.hears();
        assert!(heard.contains("已记好") && heard.contains("接着写") && heard.contains("一小步"), "{heard}");
        wang.says("今晚请听他讲。").await;
        wang.presses("发送").await;
        let letter = mother.hears();
        assert!(letter.contains("两道题") && letter.contains("今晚请听他讲"), "{letter}");
        wang.presses("撤销").await;
        assert!(wang.chat().contains("已撤销"), "the receipt of the talk kept its button");
    }

    async fn a_form_that_is_cancelled_gives_way_to_the_one_before(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.guardian("韩英", &li, Relation::Mother).await;
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.says("今天主动讲了两道题。").await;
        wang.says("/talk").await;
        wang.hears();
        wang.says("/cancel").await;
        assert!(wang.hears().contains("接着写"));
        wang.says("今晚请听他讲。").await;
        assert!(wang.hears().contains("两道题"), "the preview");
        wang.says("/cancel").await;
        let last = wang.hears();
        assert!(last.contains("已取消") && !last.contains("接着写"), "{last}");
    }
}
