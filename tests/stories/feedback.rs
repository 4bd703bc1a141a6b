//! Feedback to the family, and the family's words back: through the bot, in each one's language, no number shown.

use crate::support::{Person, School, story};
use daoyu::school::{Kind, Relation};

struct Family {
    wang: Person,
    li: Person,
    mother: Person,
    father: Person,
}

/// A mother who reads Chinese and a father who reads English.
async fn family(school: &School) -> Family {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
    wang.mentors(&li).await;
    let mother = school.guardian("韩英", &li, Relation::Mother).await;
    let father = school.guardian("李强", &li, Relation::Father).await;
    father.chooses_english().await;
    Family { wang, li, mother, father }
}

impl Family {
    async fn wang_writes(&self) {
        self.wang.says("/feedback").await;
        self.wang.presses("李雷").await;
        self.wang.says("今天李雷主动给同桌讲了两道题。").await;
        self.wang.says("今晚请听他讲讲这两道题。").await;
        self.wang.presses("发送").await;
    }
}

story! {
    async fn a_feedback_is_seen_as_it_will_look_before_it_is_sent(school) {
        let Family { wang, mother, father, .. } = family(&school).await;
        wang.says("/feedback").await;
        wang.reads("feedback_who");
        wang.presses("李雷").await;
        wang.reads("feedback_fact");
        wang.says("今天李雷主动给同桌讲了两道题。").await;
        wang.reads("feedback_next");
        wang.says("今晚请听他讲讲这两道题。").await;
        wang.reads("feedback_preview");
        mother.hears_nothing();
        father.hears_nothing();
        wang.presses("发送").await;
        wang.reads("feedback_sent");
        mother.reads("feedback_letter");
        father.reads("feedback_letter_in_english");
    }

    async fn what_is_not_confirmed_is_not_sent(school) {
        let Family { wang, li, mother, .. } = family(&school).await;
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.says("今天李雷主动给同桌讲了两道题。").await;
        wang.says("今晚请听他讲讲这两道题。").await;
        wang.presses("取消").await;
        mother.hears_nothing();
        assert_eq!(li.latest(Kind::Contact).await, None);
    }

    async fn a_step_back_lets_the_fact_be_written_anew(school) {
        let Family { wang, mother, .. } = family(&school).await;
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.says("写错了").await;
        wang.presses("返回").await;
        wang.says("今天他第一次举手发言。").await;
        wang.says("请夸一夸他。").await;
        wang.presses("发送").await;
        let letter = mother.hears();
        assert!(letter.contains("第一次举手") && !letter.contains("写错了"), "{letter}");
    }

    async fn a_confirmed_feedback_counts_as_a_contact(school) {
        let it = family(&school).await;
        school.clock_reaches("Thu 2026-10-01 12:00").await;
        assert!(school.owed().await.contains(&"王芳 contact 李雷 2026-10-01".to_owned()));
        it.wang_writes().await;
        assert!(!school.owed().await.iter().any(|it| it.contains("contact")));
    }

    async fn what_people_write_is_never_markup(school) {
        let Family { wang, mother, .. } = family(&school).await;
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.says("x < y && <b>a</b> > \"b\"").await;
        wang.says("</blockquote> &amp; https://example.com").await;
        assert!(wang.hears().contains("x < y && <b>a</b>"), "the preview shows it as typed");
        wang.presses("发送").await;
        let letter = mother.hears();
        assert!(letter.contains("x < y && <b>a</b> > \"b\""), "{letter}");
        assert!(letter.contains("</blockquote> &amp; https://example.com"), "{letter}");
    }

    async fn seen_tells_the_mentor_and_thanks_the_guardian(school) {
        let it = family(&school).await;
        it.wang_writes().await;
        it.wang.hears();
        it.mother.hears();
        it.mother.presses("看到了").await;
        assert!(it.mother.toasts().contains("谢谢您"));
        it.mother.reads("feedback_letter_seen");
        it.wang.reads("feedback_status_seen");
    }

    async fn the_receipt_of_a_feedback_is_edited_and_never_repeated(school) {
        let it = family(&school).await;
        it.wang_writes().await;
        let messages = it.wang.user().chat().len();
        it.mother.presses("看到了").await;
        it.father.presses("Seen").await;
        assert!(it.wang.newest().text.contains("李雷爸爸：👀"));
        assert_eq!(it.wang.user().chat().len(), messages);
    }

    async fn a_reply_and_its_answer_go_through_the_bot_word_for_word(school) {
        let it = family(&school).await;
        it.wang_writes().await;
        for person in [&it.wang, &it.mother, &it.father] {
            person.hears();
        }
        it.mother.presses("回复老师").await;
        it.mother.reads("reply_form");
        it.mother.says("谢谢老师！他在家也讲了 <两道> 题。").await;
        it.mother.reads("reply_done");
        it.wang.reads("reply_told");
        it.father.hears_nothing();

        it.wang.presses("回复家长").await;
        it.wang.says("太好了，周三我们再聊。").await;
        it.wang.reads("answer_done");
        it.mother.reads("answer_told");
        it.father.hears_nothing();

        it.mother.presses("回复老师").await;
        it.mother.says("好的。").await;
        assert!(it.wang.hears().contains("好的。"), "and on it goes");
    }

    async fn a_reply_from_the_english_father_reaches_the_chinese_mentor(school) {
        let it = family(&school).await;
        it.wang_writes().await;
        it.wang.hears();
        it.father.hears();
        it.father.presses("Reply").await;
        it.father.says("Thank you!").await;
        it.father.reads("reply_done_in_english");
        let told = it.wang.hears();
        assert!(told.contains("李雷爸爸") && told.contains("Thank you!"), "{told}");
        assert!(!told.contains("李强"), "a family is spoken of by child and relation");
    }

    async fn a_father_who_never_joined_becomes_a_phone_call(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        school.guardian("李强", &li, Relation::Father).never_joins().await;
        Family { wang: wang.clone(), li, father: mother.clone(), mother }.wang_writes().await;
        wang.reads_last("feedback_with_a_phone_call");
        wang.presses("已给李雷爸爸打电话").await;
        wang.reads("feedback_phoned");
    }

    async fn a_mother_who_blocked_the_bot_becomes_a_phone_call_when_the_letter_comes_back(school) {
        let it = family(&school).await;
        // Telegram has said nothing yet: the house learns it by the letter that is refused.
        it.mother.user().deletes_account();
        it.wang_writes().await;
        let status = it.wang.newest();
        assert!(status.text.contains("李雷妈妈：📵"), "{status}");
        assert!(status.text.contains("李雷爸爸：✉️"), "{status}");
        it.wang.presses("已给李雷妈妈打电话").await;
        assert!(it.wang.newest().text.contains("☎️ 已打电话"));
    }

    async fn a_student_without_a_registered_family_is_told_before_a_word_is_written(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.is_refused("no-family");
    }

    async fn a_family_reads_the_last_letter_again_whenever_it_likes(school) {
        let it = family(&school).await;
        it.mother.says("/messages").await;
        it.mother.reads("messages_none");
        it.wang_writes().await;
        it.mother.hears();
        school.clock_reaches("Wed 2026-09-09 20:00").await;
        it.mother.says("/messages").await;
        it.mother.reads("messages");
    }

    async fn a_successor_gets_the_reply_to_the_predecessors_letter(school) {
        let it = family(&school).await;
        it.wang_writes().await;
        school.clock_reaches("Tue 2026-09-08 09:00").await;
        school.ends_pairings_of(&it.li).await;
        let zhao = school.mentor("赵静").await;
        zhao.mentors(&it.li).since("2026-09-08").await;
        it.wang.hears();
        it.mother.presses("回复老师").await;
        it.mother.says("请问老师在吗？").await;
        assert!(zhao.hears().contains("请问老师在吗？"));
        assert!(!it.wang.hears().contains("请问老师在吗？"), "who is no mentor any more reads no reply");
    }

    async fn words_that_would_arrive_nowhere_are_not_taken(school) {
        let it = family(&school).await;
        it.wang_writes().await;
        it.wang.acts(|phone| phone.blocks()).await;
        it.mother.presses("回复老师").await;
        it.mother.says("谢谢").await;
        assert!(it.mother.newest().text.contains("没有送出去"), "{}", it.mother.newest());
    }

    async fn a_letter_is_seen_by_whom_it_was_written_to_and_by_nobody_else(school) {
        let it = family(&school).await;
        it.wang_writes().await;
        let seen = it.mother.data_of("看到了");
        let other = school.student("韩梅梅").never_joins().await;
        let stranger = school.guardian("赵强", &other, Relation::Father).await;
        it.wang.hears();
        stranger.presses_on(1, &seen).await;
        stranger.is_refused("not-allowed");
        stranger.presses_on(1, &seen.replace("seen", "reply")).await;
        stranger.is_refused("not-allowed");
        stranger.hears_nothing();
        it.wang.hears_nothing();
    }
}
