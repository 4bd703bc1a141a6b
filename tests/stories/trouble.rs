//! A bad line to Telegram: what is refused, what is lost on the way, and what nobody knows about. Notices come twice at
//! most, answers never twice, and nothing is lost.

use crate::support::{Person, School, story};
use daoyu::{
    sandbox::{Fault, FaultKind},
    school::Relation,
};
use std::time::Duration;

async fn a_digest_is_due(school: &School) -> Person {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
    wang.mentors(&li).await;
    school.clock_reaches("Tue 2026-09-15 07:59").await;
    wang
}

const EIGHT: &str = "Tue 2026-09-15 08:00";

story! {
    async fn who_is_told_to_wait_waits_that_long_and_nobody_else_does(school) {
        let wang = a_digest_is_due(&school).await;
        let zhao = school.mentor("赵静").await;
        zhao.mentors(&school.student("韩梅梅").never_joins().await).await;
        school.suffers(Fault::new(FaultKind::TooManyRequests { retry_after: 8 }).to(wang.user().id()).once());
        school.clock_reaches(EIGHT).await;
        wang.hears_nothing();
        assert_eq!(zhao.hears_messages(), 1);
        school.goes_on_for(Duration::from_secs(7)).await;
        wang.hears_nothing();
        // A breath more than was asked for.
        school.goes_on_for(Duration::from_secs(2)).await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn what_was_lost_on_the_way_is_sent_again(school) {
        let wang = a_digest_is_due(&school).await;
        school.suffers(Fault::new(FaultKind::ResetBefore).on("sendMessage").once());
        school.clock_reaches(EIGHT).await;
        wang.hears_nothing();
        school.goes_on_for(Duration::from_secs(60)).await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn a_nudge_that_may_have_arrived_is_sent_once_more_and_not_thrice(school) {
        let wang = a_digest_is_due(&school).await;
        school.suffers(Fault::new(FaultKind::ResetAfter).on("sendMessage"));
        school.clock_reaches(EIGHT).await;
        school.goes_on_for(Duration::from_secs(3600)).await;
        assert_eq!(wang.hears_messages(), 2);
    }

    async fn a_letter_of_which_nobody_knows_becomes_a_phone_call(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        school.suffers(Fault::new(FaultKind::ServerError(500)).on("sendMessage").to(mother.user().id()).times(2));
        for step in ["/feedback", "[李雷]", "主动发言。", "请夸一夸。", "[发送]"] {
            wang.does(step).await;
        }
        assert!(wang.newest().text.contains("⏳"), "{}", wang.newest());
        school.goes_on_for(Duration::from_secs(60)).await;
        assert!(wang.newest().text.contains("📵"), "{}", wang.newest());

        // She is as reachable as before, and the next letter comes.
        for step in ["/feedback", "[李雷]", "帮助同学。", "请夸一夸。", "[发送]"] {
            wang.does(step).await;
        }
        assert!(mother.hears().contains("帮助同学。"));
    }

    async fn an_answer_that_may_have_arrived_is_never_repeated(school) {
        let wang = school.mentor("王芳").await;
        school.suffers(Fault::new(FaultKind::ResetAfter).on("sendMessage").once());
        wang.says("/help").await;
        school.goes_on_for(Duration::from_secs(3600)).await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn an_answer_that_telegram_had_no_time_for_comes_a_little_later(school) {
        let wang = school.mentor("王芳").await;
        school.suffers(Fault::new(FaultKind::TooManyRequests { retry_after: 3 }).on("sendMessage").once());
        wang.says("/help").await;
        wang.hears_nothing();
        school.goes_on_for(Duration::from_secs(4)).await;
        assert!(wang.hears().contains("/talk"));
    }

    async fn answers_that_wait_come_in_the_order_of_the_questions(school) {
        let wang = school.mentor("王芳").await;
        school.suffers(Fault::new(FaultKind::TooManyRequests { retry_after: 3 }).on("sendMessage").once());
        wang.says("/help").await;
        wang.says("/settings").await;
        wang.says("/today").await;
        school.goes_on_for(Duration::from_secs(10)).await;
        wang.hears_in_order(["/talk", "免打扰", "都做到了"]);
    }

    async fn a_message_that_the_person_deleted_is_said_anew(school) {
        let wang = school.mentor("王芳").await;
        wang.says("/settings").await;
        school.suffers(
            Fault::new(FaultKind::Refused(400, "Bad Request: message to edit not found".into()))
                .on("editMessageText")
                .once(),
        );
        wang.hears();
        wang.presses("English").await;
        assert!(wang.hears().contains("Quiet hours"));
    }

    async fn an_edit_of_which_nobody_knows_is_made_again_and_does_no_harm(school) {
        let wang = school.mentor("王芳").await;
        wang.says("/settings").await;
        school.suffers(Fault::new(FaultKind::ResetAfter).on("editMessageText").once());
        wang.presses("English").await;
        school.goes_on_for(Duration::from_secs(60)).await;
        let shown = wang.user().chat().into_iter().filter(|it| it.text.contains("Quiet hours")).count();
        assert_eq!(shown, 1);
    }

    async fn the_spinner_of_a_button_stops_even_when_there_is_nothing_to_say(school) {
        let li = school.student("李雷").await;
        li.says("/checkin").await;
        let (form, good) = (li.newest().message_id, li.data_of("不错"));
        li.presses("不错").await;
        li.hears();
        let (answered, _) = school.telegram().ledger_counts();
        li.presses_on(form, &good).await;
        li.hears_nothing();
        assert_eq!(school.telegram().ledger_counts().0, answered + 1, "the press was answered");
    }

    async fn words_that_did_not_arrive_come_back_to_their_writer(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        for step in ["/feedback", "[李雷]", "主动发言。", "请夸一夸。", "[发送]"] {
            wang.does(step).await;
        }
        // Nobody has noticed yet that the mentor's account is gone.
        wang.user().deletes_account();
        mother.presses("回复老师").await;
        mother.says("谢谢老师！").await;
        school.goes_on_for(Duration::from_secs(60)).await;
        mother.reads_last("words_come_back");
    }
}
