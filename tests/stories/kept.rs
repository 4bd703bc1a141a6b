//! How long things are kept, and that they are tidied away then.

use crate::support::{School, story};
use daoyu::{
    sandbox::{Fault, FaultKind},
    store::Tidied,
};
use std::time::Duration;

const A_DAY: Duration = Duration::from_secs(24 * 3600);
const A_SECOND: Duration = Duration::from_secs(1);

story! {
    async fn numbers_of_answered_messages_are_kept_for_three_days(school) {
        let wang = school.mentor("王芳").await;
        wang.says("/help").await;
        let first = school.telegram().last_update_id();
        assert_eq!(wang.hears_messages(), 1);
        school.goes_on_for(A_DAY * 2).await;
        assert_eq!(school.tidies().await.answered, 0);
        assert!(school.telegram().redeliver(first));
        school.settles().await;
        wang.hears_nothing();
        school.goes_on_for(A_DAY + A_SECOND).await;
        // Joining was the other one.
        assert_eq!(school.tidies().await, Tidied { answered: 2, ..Tidied::default() });
        assert_eq!(school.tidies().await, Tidied::default());
    }

    async fn what_was_set_aside_is_kept_for_thirty_days(school) {
        school.may_log_faults();
        let wang = school.mentor("王芳").await;
        let words = "Bad Request: a reason of the future";
        school.suffers(Fault::new(FaultKind::Refused(400, words.into())).on("sendMessage").once());
        wang.says("/help").await;
        school.telegram().send_raw_update(serde_json::json!({ "message": "nonsense" }));
        school.settles().await;
        school.goes_on_for(A_DAY * 30).await;
        assert_eq!(school.tidies().await.aside, 0);
        let mut tx = school.reads().await;
        let (updates, messages) = (tx.list_inbox(false).await.unwrap(), tx.list_outbox(false).await.unwrap());
        drop(tx);
        assert_eq!((updates.len(), messages.len()), (1, 1));
        assert!(messages[0].error.contains(words), "{messages:?}");
        assert!(!updates[0].error.is_empty(), "{updates:?}");

        school.goes_on_for(A_SECOND).await;
        assert_eq!(school.tidies().await.aside, 2);
        let mut tx = school.reads().await;
        assert_eq!(tx.list_inbox(false).await.unwrap(), []);
        assert_eq!(tx.list_outbox(false).await.unwrap(), []);
    }

    async fn a_message_counts_as_set_aside_from_the_day_on_which_it_was(school) {
        school.may_log_faults();
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        let refusal = FaultKind::Refused(400, "Bad Request: a reason of the future".into());
        school.clock_reaches("Tue 2026-09-15 07:59").await;
        school.suffers(Fault::new(refusal.clone()).on("sendMessage").once());
        school.clock_reaches("Tue 2026-09-15 08:00").await;
        let mut tx = school.reads().await;
        let aside = tx.list_outbox(false).await.unwrap();
        drop(tx);
        assert_eq!(aside.len(), 1);
        // The operator has it tried again, in vain.
        school.goes_on_for(A_DAY * 20).await;
        school.suffers(Fault::new(refusal).on("sendMessage").once());
        let mut tx = school.writes().await;
        assert_eq!(tx.retry_outbox(&[aside[0].id.clone()]).await.unwrap(), 1);
        tx.commit().await.unwrap();
        school.settles().await;
        school.goes_on_for(A_DAY * 30).await;
        assert_eq!(school.tidies().await.aside, 0);
        school.goes_on_for(A_SECOND).await;
        assert_eq!(school.tidies().await.aside, 1);
    }
}
