//! What happens to a process and its clock: answers that panic or hang, a clock that is set, a group that grows.

use crate::support::{School, story};
use daoyu::sandbox::{Fault, FaultKind};
use std::time::Duration;

/// Answers in a group.
fn said_in(school: &School, group: i64) -> usize {
    school.telegram().chat(group).iter().filter(|it| it.from_bot).count()
}

story! {
    async fn an_answer_that_panics_keeps_nobody_waiting_but_its_own_chat(school) {
        let (wang, zhao) = (school.mentor("王芳").await, school.mentor("赵静").await);
        school.can_be_poisoned().await;
        wang.begins("panic!");
        wang.begins("/help");
        zhao.begins("/help");
        school.settles().await;
        assert_eq!(zhao.hears_messages(), 1);
        wang.hears_nothing();
        school.goes_on_for(Duration::from_secs(31)).await;
        for _ in 0..4 {
            school.goes_on_for(Duration::from_secs(16)).await;
        }
        assert!(wang.hears().contains("/talk"), "after five tries the next message goes on");
        let mut tx = school.reads().await;
        assert_eq!(tx.inbox_depth().await.unwrap(), (0, 1));
    }

    async fn an_answer_that_hangs_is_cut_off(school) {
        let (wang, zhao) = (school.mentor("王芳").await, school.mentor("赵静").await);
        school.can_be_poisoned().await;
        zhao.begins("hang!");
        wang.begins("/help");
        let begun = std::time::Instant::now();
        school.settles().await;
        assert_eq!(wang.hears_messages(), 1);
        assert!(begun.elapsed() > Duration::from_secs(1), "it was given its time");
        for _ in 0..4 {
            school.goes_on_for(Duration::from_secs(33)).await;
        }
        zhao.hears_nothing();
        zhao.says("/help").await;
        assert_eq!(zhao.hears_messages(), 1);
    }

    async fn a_clock_that_was_a_day_ahead_makes_no_digest_twice(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.clock_reaches("Mon 2026-09-14 07:00").await;
        school.clock_is_set_to("Tue 2026-09-15 08:30").await;
        assert_eq!(wang.hears_messages(), 1, "Tuesday's");
        school.clock_is_set_to("Mon 2026-09-14 07:01").await;
        school.clock_reaches("Mon 2026-09-14 20:00").await;
        wang.hears_nothing();
        school.clock_reaches("Tue 2026-09-15 20:00").await;
        wang.hears_nothing();
        school.clock_reaches("Mon 2026-09-21 09:00").await;
        assert_eq!(wang.hears_messages(), 1, "life goes on");
    }

    async fn a_day_that_comes_a_second_time_tells_what_is_new_and_nothing_else(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.clock_reaches("Tue 2026-09-15 07:00").await;
        school.clock_is_set_to("Wed 2026-09-16 08:30").await;
        assert!(wang.hears().contains("李雷"), "Wednesday's");
        school.clock_is_set_to("Tue 2026-09-15 07:01").await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).await;
        school.clock_reaches("Tue 2026-09-15 20:00").await;
        let heard = wang.hears();
        assert!(heard.contains("韩梅梅") && !heard.contains("李雷"), "{heard}");
        school.clock_reaches("Wed 2026-09-16 20:00").await;
        wang.hears_nothing();
    }

    async fn a_clock_that_falls_back_a_day_makes_no_digest_twice_and_none_late(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.clock_reaches("Tue 2026-09-15 08:00").await;
        assert_eq!(wang.hears_messages(), 1);
        school.clock_is_set_to("Mon 2026-09-14 08:30").await;
        school.clock_reaches("Tue 2026-09-15 12:00").await;
        wang.hears_nothing();
    }

    async fn a_message_that_waits_for_a_moment_of_a_wrong_clock_goes_when_it_is_right_again(school) {
        let wang = school.mentor("王芳").await;
        school.clock_is_set_to("Tue 2026-09-15 09:00").await;
        school.suffers(Fault::new(FaultKind::TooManyRequests { retry_after: 5 }).on("sendMessage").once());
        wang.says("/help").await;
        wang.hears_nothing();
        school.clock_is_set_to("Mon 2026-09-14 09:00").await;
        school.goes_on_for(Duration::from_secs(6)).await;
        assert_eq!(wang.hears_messages(), 1, "not a day later");
    }

    async fn a_group_that_grows_keeps_its_chat(school) {
        let wang = school.mentor("王芳").await;
        wang.acts(|phone| phone.says_in_group(-7, "/help@daoyu_sandbox_bot")).await;
        assert_eq!(said_in(&school, -7), 1);
        // The answer is under way to a chat that is another one by now.
        wang.user().says_in_group(-7, "/help@daoyu_sandbox_bot");
        school.telegram().group_becomes_supergroup(-7, -1007);
        school.settles().await;
        assert_eq!((said_in(&school, -7), said_in(&school, -1007)), (1, 1));
        wang.acts(|phone| phone.says_in_group(-1007, "/help@daoyu_sandbox_bot")).await;
        assert_eq!(said_in(&school, -1007), 2);
    }
}
