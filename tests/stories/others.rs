//! More than one process, and commits of which nobody knows whether they took effect: nothing is forgotten, nothing comes
//! twice, and what is said in a chat keeps its order.

use crate::support::{Other, Person, School, story};
use daoyu::sandbox::{Fault, FaultKind};
use std::time::Duration;

/// So long a message is left to whoever may know of it before it counts as one that nobody knows.
const JUST_NOW: Duration = Duration::from_secs(5);

/// What nobody knows of is left alone for a moment, then comes once, and nothing of it stays.
async fn is_taken_up_once(person: &Person, words: &str) {
    let school = person.school();
    school.goes_on_for(JUST_NOW).await;
    person.hears_nothing();
    school.goes_on_for(Duration::from_secs(1)).await;
    assert!(person.hears().contains(words));
    school.goes_on_for(Duration::from_secs(3600)).await;
    person.hears_nothing();
    assert_eq!(school.reads().await.outbox_depth().await.unwrap(), (0, 0));
}

/// Our process has an answer to this person in its hands, and Telegram has told it to wait.
async fn holds_an_answer_to(school: &School, person: &Person) {
    let busy = FaultKind::TooManyRequests { retry_after: 8 };
    school.suffers(Fault::new(busy).on("sendMessage").to(person.user().id()).once());
    person.says("/help").await;
    person.hears_nothing();
}

/// Our process has an answer to a mentor in its hands, unsent, and another has answered her after it.
async fn two_have_answered(school: &School) -> (Person, Other) {
    let wang = school.mentor("王芳").await;
    let mut other = school.another_process().await;
    holds_an_answer_to(school, &wang).await;
    wang.begins("/settings");
    other.answers().await;
    // It is not the other one's to say.
    wang.hears_nothing();
    (wang, other)
}

story! {
    async fn a_process_that_oversleeps_sends_nothing_that_another_sent(school) {
        if !school.is_never_alone().await {
            return;
        }
        let wang = school.mentor("王芳").await;
        wang.begins("/help");
        school.oversleeps().await;
        school.settles().await;
        assert_eq!(wang.hears_messages(), 1);
        // And it is a process like any other again.
        wang.says("/help").await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn an_answer_is_sent_once_when_nobody_was_told_that_it_is_written(school) {
        let wang = school.mentor("王芳").await;
        wang.begins("/help");
        school.never_hears_that_it_answered().await;
        is_taken_up_once(&wang, "/talk").await;
    }

    async fn an_answer_that_is_handed_over_late_does_not_come_a_second_time(school) {
        let wang = school.mentor("王芳").await;
        wang.begins("/help");
        let late = school.answers_in_doubt().await;
        is_taken_up_once(&wang, "/talk").await;
        school.hands_over(late).await;
        school.settles().await;
        wang.hears_nothing();
        // And its chat goes on.
        wang.says("/help").await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn what_was_claimed_is_sent_once_when_nobody_was_told_that_it_was(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.clock_reaches("Tue 2026-09-15 07:59").await;
        school.decides_at("Tue 2026-09-15 08:00").await;
        school.never_hears_that_it_claimed().await;
        is_taken_up_once(&wang, "李雷").await;
    }

    async fn what_a_process_knows_of_is_not_taken_up_a_second_time(school) {
        let wang = school.mentor("王芳").await;
        school.suffers(Fault::new(FaultKind::TooManyRequests { retry_after: 20 }).on("sendMessage").once());
        wang.says("/help").await;
        school.is_in_doubt().await;
        school.goes_on_for(JUST_NOW * 2).await;
        wang.hears_nothing();
        school.goes_on_for(JUST_NOW * 3).await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn an_answer_waits_behind_the_one_that_another_process_holds(school) {
        if !school.is_never_alone().await {
            return;
        }
        let (wang, zhao) = (school.mentor("王芳").await, school.mentor("赵静").await);
        let mut bell = school.listens().await;
        let mut other = school.another_process().await;
        holds_an_answer_to(&school, &wang).await;
        wang.begins("/settings");
        zhao.begins("/settings");
        other.answers().await;
        assert_eq!(zhao.hears_messages(), 1, "nobody holds anything for this chat");
        assert_eq!(other.looks().await, 0, "it was put into the hands of the one that speaks to this chat");
        school.is_called(&mut bell).await;
        wang.hears_nothing();
        school.goes_on_for(Duration::from_secs(9)).await;
        wang.hears_in_order(["/talk", "免打扰"]);
        school.goes_on_for(Duration::from_secs(3600)).await;
        wang.hears_nothing();
        assert_eq!(school.reads().await.outbox_depth().await.unwrap(), (0, 0));
    }

    async fn what_is_said_later_goes_later_whatever_the_clock_of_the_other_machine_shows(school) {
        if !school.is_never_alone().await {
            return;
        }
        let (wang, other) = (school.mentor("王芳").await, school.another_process().await);
        // No clock of ours is there yet.
        let theirs = "90000000000070008000000000000000";
        other.holds_an_answer_to(&wang, theirs).await;
        wang.says("/help").await;
        wang.says("/settings").await;
        wang.hears_nothing();
        let all = other.has_in_hands_beside(theirs).await;
        assert!(all.len() > 2 && all[0] == theirs, "both answers were put into its hands: {all:?}");
        assert!(all.iter().all(|it| it.starts_with("90000000")), "and behind what it holds: {all:?}");
    }

    async fn what_was_put_into_our_hands_unheard_comes_before_what_we_answer_after_it(school) {
        if !school.is_never_alone().await {
            return;
        }
        let (wang, _other) = two_have_answered(&school).await;
        wang.says("/talk").await;
        school.goes_on_for(Duration::from_secs(9)).await;
        wang.hears_in_order(["/talk", "免打扰", "还没有结对的学生"]);
        school.goes_on_for(Duration::from_secs(3600)).await;
        wang.hears_nothing();
    }

    async fn a_call_that_nobody_heard_costs_a_moment_and_no_message(school) {
        if !school.is_never_alone().await {
            return;
        }
        let (wang, _other) = two_have_answered(&school).await;
        // Whoever has lost the line looks for what it has missed.
        school.is_in_doubt().await;
        school.goes_on_for(Duration::from_secs(9)).await;
        wang.hears_in_order(["/talk", "免打扰"]);
        school.goes_on_for(Duration::from_secs(3600)).await;
        wang.hears_nothing();
    }

    async fn what_was_put_into_the_hands_of_one_that_dies_comes_from_another(school) {
        if !school.is_never_alone().await {
            return;
        }
        let (wang, mut other) = two_have_answered(&school).await;
        school.restarts().await;
        wang.hears_in_order(["/talk", "免打扰"]);
        other.looks().await;
        wang.hears_nothing();
    }

    async fn an_answer_waits_behind_the_one_that_a_dead_process_left(school) {
        if !school.is_never_alone().await {
            return;
        }
        let wang = school.mentor("王芳").await;
        let mut other = school.another_process().await;
        wang.begins("/help");
        school.another_process().await.dies_over_an_answer().await;
        wang.begins("/settings");
        other.answers().await;
        wang.hears_nothing();
        other.looks().await;
        wang.hears_in_order(["/talk", "免打扰"]);
    }

    async fn what_was_answered_meanwhile_is_never_put_off(school) {
        let wang = school.mentor("王芳").await;
        school.can_be_poisoned().await;
        wang.says("panic!").await;
        school.goes_on_for(Duration::from_secs(3)).await;
        let mut tx = school.reads().await;
        let seen = tx.oldest_open(school.now().plus(chrono::TimeDelta::hours(1)), 10).await.unwrap();
        drop(tx);
        assert_eq!((seen.len(), seen[0].tries), (1, 2), "it was tried twice and waits");
        wang.hears_nothing();
        // Another process, which has no such fault, answers it, while ours is still at it.
        school.restarts().await;
        school.goes_on_for(Duration::from_secs(8)).await;
        assert_eq!(wang.hears_messages(), 1);
        let last_try = daoyu::store::InboxRow { tries: 4, ..seen[0].clone() };
        for row in [&seen[0], &last_try] {
            let mut tx = school.writes().await;
            assert!(!tx.put_off(row, "it failed", school.now()).await.unwrap(), "it is not set aside");
            tx.commit().await.unwrap();
            assert_eq!(school.reads().await.inbox_depth().await.unwrap(), (0, 0));
        }
        school.goes_on_for(Duration::from_secs(3600)).await;
        wang.hears_nothing();
    }
}
