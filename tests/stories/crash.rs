//! The process dies between any two steps of any form, at each moment at which that can hurt. A new one starts, and the
//! person goes on where the form stood.

use crate::support::{Dies, Person, School, story};
use daoyu::school::{Kind, Record, Relation};

/// A student with a mentor and a mother, new for each run of a script.
struct Cast {
    wang: Person,
    li: Person,
    mother: Person,
}

async fn cast(school: &School, run: usize) -> Cast {
    let (wang, li) = (school.mentor("王芳").await, school.student(&format!("李雷{run}")).await);
    wang.mentors(&li).await;
    let mother = school.guardian("韩英", &li, Relation::Mother).await;
    Cast { wang, li, mother }
}

/// Plays a script whole, then once for each step and each way to die, and demands the same record every time.
async fn survives(
    school: &School,
    script: &[&str],
    who: impl Fn(&Cast) -> Person,
    before: impl AsyncFn(&Cast),
    record: impl AsyncFn(&Cast) -> Option<Record>,
) {
    let whole = cast(school, 0).await;
    before(&whole).await;
    for step in script {
        who(&whole).does(step).await;
    }
    let expected = record(&whole).await.expect("the script makes a record").body;
    let mut run = 0;
    for (at, _) in script.iter().enumerate() {
        for when in Dies::ALL {
            run += 1;
            let cast = cast(school, run).await;
            before(&cast).await;
            let person = who(&cast);
            for (n, step) in script.iter().enumerate() {
                if n == at {
                    person.begins(step);
                    school.is_killed(when).await;
                } else {
                    person.does(step).await;
                }
            }
            let body = record(&cast).await.map(|it| it.body);
            let place = format!("killed {when:?} at step {at}: {}", script[at]);
            assert_eq!(body.as_ref(), Some(&expected), "{place}\n{}", person.chat());
        }
    }
}

/// What nobody has to do before.
async fn nothing(_: &Cast) {}

story! {
    async fn a_check_in_survives_every_crash(school) {
        let script = ["/checkin", "[不错]", "[还行]", "[挺好]", "[暂时不用]", "[写一句]", "有点累"];
        survives(&school, &script, |it| it.li.clone(), nothing, async |it| it.li.latest(Kind::Checkin).await).await;
    }

    async fn a_talk_survives_every_crash(school) {
        let script = [
            "/talk", "[李雷]", "[不是今天]", "[9月6日]", "[学业]", "[心理]", "[完成]", "要点", "[工作后记]", "后记",
        ];
        survives(&school, &script, |it| it.wang.clone(), nothing, async |it| it.li.latest(Kind::Talk).await).await;
    }

    async fn a_contact_survives_every_crash(school) {
        let script = ["/contact", "[李雷]", "[家访]", "要点"];
        survives(&school, &script, |it| it.wang.clone(), nothing, async |it| it.li.latest(Kind::Contact).await).await;
    }

    async fn a_feedback_survives_every_crash(school) {
        let script = ["/feedback", "[李雷]", "主动发言。", "请夸一夸。", "[发送]"];
        let letter = async |it: &Cast| {
            let letters = it.mother.chat().matches("主动发言。").count();
            assert!((1..=2).contains(&letters), "{letters} letters:\n{}", it.mother.chat());
            it.li.latest(Kind::Contact).await
        };
        survives(&school, &script, |it| it.wang.clone(), nothing, letter).await;
    }

    async fn a_reply_and_its_answer_survive_every_crash(school) {
        let written = async |it: &Cast| {
            for step in ["/feedback", "[李雷]", "主动发言。", "请夸一夸。", "[发送]"] {
                it.wang.does(step).await;
            }
        };
        let replied = async |it: &Cast| {
            assert!(it.wang.chat().contains("谢谢老师！"), "{}", it.wang.chat());
            it.li.latest(Kind::Contact).await
        };
        survives(&school, &["[回复老师]", "谢谢老师！"], |it| it.mother.clone(), &written, replied).await;

        let replied = async |it: &Cast| {
            written(it).await;
            it.mother.does("[回复老师]").await;
            it.mother.does("谢谢老师！").await;
        };
        let answered = async |it: &Cast| {
            assert!(it.mother.chat().contains("周三再聊。"), "{}", it.mother.chat());
            it.li.latest(Kind::Contact).await
        };
        survives(&school, &["[回复家长]", "周三再聊。"], |it| it.wang.clone(), replied, answered).await;
    }

    async fn an_invitation_survives_every_crash(school) {
        for (n, when) in Dies::ALL.into_iter().enumerate() {
            let li = school.student(&format!("李雷{n}")).never_joins().await;
            let code = school.invites(&li).await;
            li.user().says(&format!("/start {code}"));
            school.is_killed(when).await;
            assert!(li.chat().contains("欢迎"), "{when:?}: {}", li.chat());
            li.says("/checkin").await;
            assert!(li.newest().text.contains("心情"), "{when:?}");
        }
    }

    async fn a_wish_is_told_to_the_mentor_across_every_crash(school) {
        for (n, when) in Dies::ALL.into_iter().enumerate() {
            let Cast { wang, li, .. } = cast(&school, n).await;
            li.user().says("/wish");
            school.is_killed(when).await;
            let told = wang.chat().matches("想和您谈谈").count();
            assert!((1..=2).contains(&told), "{when:?}: told {told} times\n{}", wang.chat());
        }
    }

    async fn a_digest_that_was_decided_on_survives_the_crash(school) {
        let Cast { wang, .. } = cast(&school, 0).await;
        school.clock_reaches("Tue 2026-09-15 07:59").await;
        school.decides_at("Tue 2026-09-15 08:00").await;
        school.restarts().await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn an_edit_that_arrived_before_the_crash_is_not_stuck_for_ever(school) {
        let Cast { wang, .. } = cast(&school, 0).await;
        wang.says("/settings").await;
        wang.begins("[English]");
        school.is_killed(Dies::AfterSending).await;
        wang.hears();
        wang.says("/today").await;
        assert_eq!(wang.hears_messages(), 1, "the repeated edit blocks nothing behind it");
    }

    async fn a_chat_goes_on_ahead_of_the_books_where_a_second_copy_does_no_harm(school) {
        let Cast { li, .. } = cast(&school, 0).await;
        for step in ["/checkin", "[不错]", "[还行]", "[挺好]", "[暂时不用]"] {
            li.does(step).await;
        }
        // The old receipt loses its buttons, and a new one comes.
        li.begins("有点累");
        assert_eq!(school.sends_ahead_of_the_books().await, 2);
        school.restarts().await;
        let receipts = li.chat().matches("都收到了").count();
        assert_eq!(receipts, 2, "a death repeats one message of a chat at most:\n{}", li.chat());
    }

    async fn a_chat_waits_for_the_books_after_a_message_that_would_come_twice(school) {
        let Cast { li, .. } = cast(&school, 0).await;
        li.does("/checkin").await;
        // A hint, and the question once more below it.
        li.begins("什么");
        assert_eq!(school.sends_ahead_of_the_books().await, 1);
        school.settles().await;
        assert!(li.newest().text.contains("心情"), "{}", li.chat());
    }
}
