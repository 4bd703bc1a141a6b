//! A phone is lost, an account is changed: the same person comes with another account, and somebody who knows the person
//! says yes. Whoever found the slip gets nowhere, and the old account hears nothing more.

use crate::support::{Person, School, story};
use daoyu::school::Relation;
use std::time::Duration;

/// 李雷 has joined with a slip that he still has; his mentor and his head teacher are here.
pub struct Class {
    pub li: Person,
    pub slip: String,
    pub wang: Person,
    pub zhang: Person,
}

pub async fn class(school: &School) -> Class {
    let li = school.student("李雷").never_joins().await;
    let slip = joins_with_a_slip(school, &li).await;
    let (wang, zhang) = (school.mentor("王芳").await, school.head_teacher("张敏").await);
    wang.mentors(&li).await;
    Class { li, slip, wang, zhang }
}

pub async fn joins_with_a_slip(school: &School, person: &Person) -> String {
    let slip = school.invites(person).await;
    person.says(&format!("/start {slip}")).await;
    assert!(person.hears().contains(&person.name));
    slip
}

/// Another phone on which somebody opens the slip and asks.
pub async fn asks(school: &School, slip: &str) -> Person {
    let phone = school.stranger("新手机", "zh-hans");
    phone.says(&format!("/start {slip}")).await;
    phone.hears();
    phone.presses("是本人").await;
    phone
}

impl Person {
    pub fn is_nobody(&self, heard: &str) {
        assert!(heard.contains("邀请链接"), "{} is somebody: {heard}", self.name);
    }
}

story! {
    async fn a_student_with_a_new_phone_is_back_at_the_mentors_word(school) {
        let Class { li, slip, wang, zhang } = class(&school).await;
        let phone = school.stranger("李雷的新手机", "zh-hans");
        phone.says(&format!("/start {slip}")).await;
        phone.reads("rebind_offer");
        phone.presses("是本人").await;
        phone.reads("rebind_asked");
        wang.reads("rebind_confirm");
        assert!(zhang.hears().contains("当面或打电话"), "the head teacher knows the child, too");
        li.reads("rebind_told_old");

        school.goes_on_for(Duration::from_secs(3600)).await;
        phone.says("/checkin").await;
        phone.is_nobody(&phone.hears());
        wang.presses("是本人").await;
        wang.reads("rebind_granted");
        zhang.reads("rebind_granted_by");
        phone.reads("rebind_welcome");
        li.reads("rebind_moved");
        assert_eq!(phone.menu(), ["checkin", "wish", "mydata", "settings", "help", "cancel"]);
        assert_eq!(li.menu(), ["help", "cancel"]);

        li.says("/checkin").await;
        li.is_nobody(&li.hears());
        phone.says("/checkin").await;
        assert!(phone.hears().contains("心情"));
    }

    async fn who_is_not_known_is_not_let_in(school) {
        let Class { li, slip, wang, zhang } = class(&school).await;
        let thief = asks(&school, &slip).await;
        for person in [&li, &wang, &thief] {
            person.hears();
        }
        zhang.presses("不是本人").await;
        zhang.hears();
        thief.reads("rebind_told_denied");
        assert!(wang.hears().contains("张敏已拒绝"));
        li.hears_nothing();
        li.says("/checkin").await;
        assert!(li.hears().contains("心情"), "nothing has changed");
        thief.says("/checkin").await;
        thief.is_nobody(&thief.hears());
    }

    async fn a_decision_is_made_once_and_a_late_button_says_so(school) {
        let Class { slip, wang, zhang, .. } = class(&school).await;
        let phone = asks(&school, &slip).await;
        let (message, no) = (zhang.newest().message_id, zhang.data_of("不是本人"));
        let yes = (wang.newest().message_id, wang.data_of("问过了"));
        wang.presses("问过了").await;
        phone.hears();
        zhang.presses_on(message, &no).await;
        zhang.is_refused("stale-button");
        wang.presses_on(yes.0, &yes.1).await;
        wang.is_refused("stale-button");
        phone.says("/checkin").await;
        assert!(phone.hears().contains("心情"));
    }

    async fn two_teachers_who_decide_in_one_breath_decide_once(school) {
        let Class { li, slip, wang, zhang } = class(&school).await;
        let phone = asks(&school, &slip).await;
        li.hears();
        wang.begins("[问过了]");
        zhang.begins("[不是本人]");
        school.settles().await;
        zhang.is_refused("stale-button");
        assert!(zhang.chat().contains("王芳已确认"));
        phone.says("/checkin").await;
        assert!(phone.hears().contains("心情"));
    }

    async fn a_request_stays_open_for_a_day(school) {
        let Class { slip, wang, zhang, .. } = class(&school).await;
        let phone = asks(&school, &slip).await;
        phone.hears();
        school.goes_on_for(Duration::from_secs(24 * 3600)).await;
        wang.presses("问过了").await;
        wang.is_refused("stale-button");
        phone.says(&format!("/start {slip}")).await;
        phone.presses("是本人").await;
        zhang.presses("问过了").await;
        assert!(phone.hears().contains("欢迎"));
    }

    async fn who_asks_again_and_again_is_sent_to_the_teacher(school) {
        let Class { li, slip, wang, .. } = class(&school).await;
        let phone = asks(&school, &slip).await;
        phone.hears();
        phone.says(&format!("/start {slip}")).await;
        phone.hears();
        phone.presses("是本人").await;
        assert!(phone.hears().contains("老师已经收到了"));
        for _ in 0..5 {
            let other = asks(&school, &slip).await;
            assert!(other.hears().contains("已经告诉老师了"));
        }
        assert_eq!(wang.hears_messages(), 6);
        assert_eq!(li.hears_messages(), 6, "the old account is told each time");
        let seventh = asks(&school, &slip).await;
        assert!(seventh.hears().contains("今天已经问过好几次了"));
        wang.hears_nothing();
        li.hears_nothing();
    }

    async fn an_old_slip_that_is_scanned_again_and_again_locks_nobody_out(school) {
        let Class { slip, wang, .. } = class(&school).await;
        let phone = school.stranger("李雷的新手机", "zh-hans");
        for _ in 0..7 {
            phone.says(&format!("/start {slip}")).await;
            phone.reads("rebind_offer");
        }
        phone.presses("是本人").await;
        phone.reads("rebind_asked");
        wang.presses("是本人").await;
        assert!(phone.hears().contains("李雷"));
    }

    async fn a_slip_that_was_still_open_is_void_once_the_person_is_here(school) {
        let Class { li, slip, wang, .. } = class(&school).await;
        let mut tx = school.writes().await;
        assert!(tx.unbind(&li.id, school.now()).await.unwrap());
        tx.commit().await.unwrap();
        let printed = school.invites(&li).await;
        let phone = asks(&school, &slip).await;
        wang.presses("是本人").await;
        assert!(phone.hears().contains("李雷"));

        let finder = school.stranger("路人", "zh-hans");
        finder.says(&format!("/start {printed}")).await;
        finder.reads("rebind_offer");
        phone.says("/checkin").await;
        assert!(phone.hears().contains("心情"), "who was confirmed stays");
    }

    async fn nobody_says_of_himself_that_it_is_he(school) {
        let Class { li, slip, wang, zhang } = class(&school).await;
        // The mentor has found the slip of his student, and asks with his own account.
        wang.says(&format!("/start {slip}")).await;
        wang.presses("是本人").await;
        assert!(!wang.chat().contains("问过了"), "he is not asked himself");
        let yes = zhang.data_of("问过了");
        wang.presses_on(1, &yes).await;
        wang.is_refused("not-allowed");
        for other in [&li, &school.mentor("赵静").await, &school.principal("孙丽").await] {
            other.presses_on(1, &yes).await;
            other.is_refused("not-allowed");
        }
        let other = school.another("朝阳小学").await;
        let there = other.office("刘洋").await;
        there.presses_on(1, &yes).await;
        there.is_refused("not-found");
        li.says("/checkin").await;
        assert!(li.hears().contains("心情"));
    }

    async fn a_guardian_is_named_by_the_child_and_told_apart_from_the_other(school) {
        let Class { li, wang, .. } = class(&school).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).never_joins().await;
        let father = school.guardian("李强", &li, Relation::Father).await;
        let slip = joins_with_a_slip(&school, &mother).await;
        wang.hears();
        let phone = asks(&school, &slip).await;
        wang.reads("rebind_confirm_guardian");
        father.hears_nothing();
        wang.presses("问过了").await;
        mother.hears();
        phone.hears();
        wang.says("/feedback").await;
        wang.taps(["李雷"]).await;
        wang.says("今天主动帮同学搬书。").await;
        wang.says("回家请夸一夸。").await;
        wang.presses("发送").await;
        assert!(phone.hears().contains("搬书"));
        mother.hears_nothing();
    }

    async fn a_colleague_is_known_by_the_office(school) {
        let Class { wang, zhang, .. } = class(&school).await;
        let zhao = school.mentor("赵静").never_joins().await;
        let slip = joins_with_a_slip(&school, &zhao).await;
        let alone = asks(&school, &slip).await;
        assert!(alone.hears().contains("政教处"), "there is no office here yet");
        let office = school.office("周丽").await;
        let phone = asks(&school, &slip).await;
        wang.hears_nothing();
        zhang.hears_nothing();
        office.reads("rebind_confirm_colleague");
        office.presses("问过了").await;
        assert!(phone.hears().contains("赵静"));
        // Of two at the office, the other says so.
        let ma = school.office("马超").never_joins().await;
        let slip = joins_with_a_slip(&school, &ma).await;
        asks(&school, &slip).await;
        ma.presses_on(1, &office.data_of("问过了")).await;
        ma.is_refused("not-allowed");
    }

    async fn where_no_teacher_is_reached_the_office_is_asked(school) {
        let li = school.student("李雷").never_joins().await;
        let slip = joins_with_a_slip(&school, &li).await;
        school.mentor("王芳").never_joins().await.mentors(&li).await;
        let office = school.office("周丽").await;
        let phone = asks(&school, &slip).await;
        office.presses("问过了").await;
        assert!(phone.hears().contains("欢迎"));
    }

    async fn a_slip_of_somebody_who_never_joined_asks_nobody(school) {
        let Class { wang, .. } = class(&school).await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).await;
        let slip = school.invites(&han).await;
        school.clock_reaches("Fri 2026-09-11 07:00").await;
        wang.hears();
        let finder = school.stranger("路人", "zh-hans");
        finder.says(&format!("/start {slip}")).await;
        assert!(finder.hears().contains("过期了"));
        finder.presses_on(1, &format!("mine:{slip}")).await;
        assert!(finder.hears().contains("过期了"));
        wang.hears_nothing();
    }

    async fn a_button_with_a_made_up_code_is_a_wrong_code(school) {
        let Class { slip, .. } = class(&school).await;
        let guesser = school.stranger("路人", "zh-hans");
        guesser.says("/start").await;
        guesser.hears();
        for _ in 0..5 {
            guesser.presses_on(1, "mine:Abcdefghijklmnopqrstuv").await;
            assert!(guesser.hears().contains("邀请码不对"));
        }
        guesser.presses_on(1, &format!("mine:{slip}")).await;
        assert!(guesser.hears().contains("一小时"));
    }

    async fn a_fresh_slip_tells_the_old_phone(school) {
        let Class { li, .. } = class(&school).await;
        let phone = school.stranger("李雷的新手机", "zh-hans");
        phone.says(&format!("/start {}", school.invites(&li).await)).await;
        assert!(phone.hears().contains("欢迎"));
        assert!(li.hears().contains("另一个 Telegram 账号"));
    }

    async fn the_same_in_english(school) {
        let Class { slip, wang, .. } = class(&school).await;
        wang.chooses_english().await;
        let phone = school.stranger("Li Lei", "en");
        phone.says(&format!("/start {slip}")).await;
        phone.reads("rebind_offer_in_english");
        phone.presses("It is me").await;
        wang.reads("rebind_confirm_in_english");
        wang.presses("I asked").await;
        wang.reads("rebind_granted_in_english");
    }
}
