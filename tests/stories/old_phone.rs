//! What becomes of everything that hung on the old phone: what was on its way, what was open, what it says in the same
//! breath.

use crate::{
    rebinding::{Class, asks, class, joins_with_a_slip},
    support::{School, story},
};
use daoyu::{
    sandbox::{Fault, FaultKind},
    school::Relation,
};
use std::time::Duration;

story! {
    async fn what_was_on_its_way_to_the_old_phone_goes_to_the_new_one(school) {
        let Class { li, wang, .. } = class(&school).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).never_joins().await;
        let slip = joins_with_a_slip(&school, &mother).await;
        let phone = asks(&school, &slip).await;
        mother.hears();
        phone.hears();
        school.suffers(Fault::new(FaultKind::TooManyRequests { retry_after: 30 }).to(mother.user().id()).once());
        wang.says("/feedback").await;
        wang.taps(["李雷"]).await;
        wang.says("今天主动帮同学搬书。").await;
        wang.says("回家请夸一夸。").await;
        wang.presses("发送").await;
        mother.hears_nothing();
        wang.says("/help").await;
        let ask = wang.user().chat().into_iter().rev().find(|it| it.text.contains("想换一个")).unwrap();
        let yes = ask.buttons.iter().flatten().find(|it| it.label.contains("问过了")).unwrap().data.clone();
        wang.presses_on(ask.message_id, &yes).await;
        school.goes_on_for(Duration::from_secs(60)).await;
        assert!(phone.hears().contains("搬书"));
        let old = mother.hears();
        assert!(!old.contains("搬书") && old.contains("另一个 Telegram 账号"), "{old}");
        assert!(wang.chat().contains("已送到"), "{}", wang.chat());
    }

    async fn a_list_that_was_ready_for_the_old_phone_is_made_for_the_new_one(school) {
        let Class { li, .. } = class(&school).await;
        let zhao = school.mentor("赵静").never_joins().await;
        zhao.mentors(&li).since("2026-08-01").await;
        let slip = joins_with_a_slip(&school, &zhao).await;
        let office = school.office("周丽").await;
        school.clock_reaches("Tue 2026-09-15 07:00").await;
        let phone = asks(&school, &slip).await;
        zhao.hears();
        phone.hears();
        school.suffers(Fault::new(FaultKind::TooManyRequests { retry_after: 3600 }).to(zhao.user().id()).once());
        school.clock_reaches("Tue 2026-09-15 08:05").await;
        office.presses("问过了").await;
        school.goes_on_for(Duration::from_secs(3700)).await;
        let new = phone.hears();
        assert!(new.contains("李雷"), "the list of the morning: {new}");
        let old = zhao.hears();
        assert!(!old.contains("李雷"), "{old}");
    }

    async fn a_form_that_was_open_on_the_old_phone_goes_nowhere(school) {
        let Class { li, .. } = class(&school).await;
        let zhao = school.mentor("赵静").never_joins().await;
        zhao.mentors(&li).await;
        let slip = joins_with_a_slip(&school, &zhao).await;
        let office = school.office("周丽").await;
        zhao.says("/talk").await;
        zhao.presses("李雷").await;
        let (message, topic) = (zhao.newest().message_id, zhao.data_of("学业"));
        let phone = asks(&school, &slip).await;
        office.presses("问过了").await;
        for person in [&zhao, &phone] {
            person.toasts();
            person.presses_on(message, &topic).await;
            person.is_refused("stale-button");
            person.hears();
        }
        zhao.says("想提高数学").await;
        zhao.is_nobody(&zhao.hears());
        phone.says("想提高数学").await;
        phone.is_told("hint-no-form");
    }

    async fn an_old_account_that_is_somebody_else_too_stays_that(school) {
        let Class { li, wang, .. } = class(&school).await;
        let (mother, wei) = (school.guardian("韩英", &li, Relation::Mother).never_joins().await, school.student("小伟").await);
        let slip = joins_with_a_slip(&school, &mother).await;
        let also = school.guardian("韩英", &wei, Relation::Mother).who_is_also(&mother).await;
        wang.hears();
        let phone = asks(&school, &slip).await;
        wang.presses("问过了").await;
        assert!(phone.hears().contains("李雷"));
        assert!(also.hears().contains("「韩英 · 李雷」已经换到"));
        also.says("/consent").await;
        let cards = also.hears();
        assert!(cards.contains("小伟") && !cards.contains("李雷"), "{cards}");
    }

    async fn what_the_old_phone_says_in_the_same_breath_is_a_strangers(school) {
        let Class { li, slip, wang, .. } = class(&school).await;
        let phone = asks(&school, &slip).await;
        li.hears();
        phone.hears();
        wang.begins("[问过了]");
        li.begins("/checkin");
        phone.begins("/checkin");
        school.settles().await;
        let (old, new) = (li.hears(), phone.hears());
        assert!(old.contains("邀请链接") && !old.contains("心情"), "{old}");
        assert!(new.contains("欢迎") && new.contains("心情"), "{new}");
    }
}
