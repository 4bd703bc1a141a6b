//! Invitations: the head teacher sees who has not joined and hands out slips; what was handed out can be taken back.

use crate::support::{Dies, Person, School, story};
use daoyu::{
    sandbox::{Fault, FaultKind},
    school::Relation,
};
use std::time::Duration;

/// A class of two families, of which nobody but one student has joined.
struct Class {
    zhang: Person,
    li: Person,
    father: Person,
    han: Person,
}

async fn class(school: &School) -> Class {
    let zhang = school.head_teacher("张敏").await;
    let li = school.student("李雷").never_joins().await;
    let father = school.guardian("<b>李建国&", &li, Relation::Father).never_joins().await;
    let han = school.student("韩梅梅").await;
    Class { zhang, li, father, han }
}

/// The codes on the slips of a page, in their order.
fn codes(page: &str) -> Vec<&str> {
    page.split("?start=").skip(1).map(|it| it.split('<').next().unwrap()).collect()
}

impl Person {
    /// Follows a link.
    async fn follows(&self, code: &str) -> String {
        self.says(&format!("/start {code}")).await;
        self.hears()
    }

    /// Opens the list of who has joined.
    async fn looks_who_joined(&self) {
        self.says("/overview").await;
        self.presses("谁加入了").await;
    }
}

story! {
    async fn the_head_teacher_sees_who_has_joined_and_prints_slips_for_the_others(school) {
        let Class { zhang, li, father, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        zhang.reads_last("joined_of_a_class");
        zhang.presses("打印邀请条").await;
        assert_eq!(zhang.toasts(), "马上发给您。");
        zhang.reads("slips_of_a_class");
        let (name, page) = zhang.newest_file();
        assert_eq!(name, "邀请条-七年级1班.html");
        let printed = codes(&page);
        assert_eq!(printed.len(), 2, "for the student and the father alone");
        assert!(page.contains("李雷 同学") && page.contains("&lt;b&gt;李建国&amp;") && !page.contains("韩梅梅"));
        assert!(page.contains("请问班主任<b>张敏</b>老师"));

        assert!(li.follows(printed[0]).await.contains("欢迎"));
        assert!(father.follows(printed[1]).await.contains("家长"));
        zhang.looks_who_joined().await;
        zhang.reads_last("joined_by_everybody");
    }

    async fn the_share_of_those_who_joined_is_right_after_each(school) {
        let Class { zhang, li, father, .. } = class(&school).await;
        zhang.says("/overview").await;
        assert!(zhang.hears().contains("学生 1/2（50%） · 家长 0/1（0%）"));
        li.joins().await;
        father.joins().await;
        zhang.says("/overview").await;
        assert!(zhang.hears().contains("学生 2/2（100%） · 家长 1/1（100%）"));
    }

    async fn a_slip_is_good_for_two_weeks(school) {
        let Class { zhang, li, father, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        zhang.presses("打印邀请条").await;
        let (_, page) = zhang.newest_file();
        assert!(page.contains("有效到9月21日 周一"));
        school.clock_reaches("Mon 2026-09-21 23:59").await;
        assert!(li.follows(codes(&page)[0]).await.contains("欢迎"));
        school.clock_reaches("Tue 2026-09-22 00:00").await;
        assert!(father.follows(codes(&page)[1]).await.contains("过期"));
    }

    async fn slips_that_are_in_peoples_hands_are_not_made_void_by_a_slip_of_the_finger(school) {
        let Class { zhang, li, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        zhang.presses("打印邀请条").await;
        let (_, first) = zhang.newest_file();
        zhang.looks_who_joined().await;
        zhang.hears();
        zhang.presses("打印邀请条").await;
        zhang.reads("slips_again");
        zhang.presses("不打印").await;
        assert!(li.follows(codes(&first)[0]).await.contains("欢迎"), "nothing has changed");

        zhang.presses("只打印家长的").await;
        zhang.presses("重新打印").await;
        let (_, second) = zhang.newest_file();
        assert_eq!(codes(&second).len(), 1);
        assert_ne!(codes(&second)[0], codes(&first)[1]);
    }

    async fn a_process_that_dies_over_slips_leaves_slips_that_work(school) {
        let Class { zhang, li, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        zhang.begins("[打印邀请条]");
        school.is_killed(Dies::AfterSending).await;
        let files = zhang.user().chat().into_iter().filter(|it| it.document.is_some()).count();
        assert_eq!(files, 2, "nobody knows whether the first one came");
        assert!(li.follows(codes(&zhang.newest_file().1)[0]).await.contains("欢迎"), "the newest one works");
    }

    async fn one_person_gets_a_new_invitation_and_the_old_one_is_dead(school) {
        let Class { zhang, father, li, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        zhang.presses("打印邀请条").await;
        let (_, page) = zhang.newest_file();
        zhang.looks_who_joined().await;
        zhang.presses("李雷爸爸").await;
        zhang.reads_last("invitation_of_one");
        zhang.presses("发一张新的").await;
        let (name, slip) = zhang.newest_file();
        assert_eq!((name.as_str(), codes(&slip).len()), ("邀请条-<b>李建国&.html", 1));
        let told = zhang.newest().text;
        assert!(told.contains(&format!("https://t.me/daoyu_sandbox_bot?start={}", codes(&slip)[0])), "{told}");

        assert!(father.follows(codes(&page)[1]).await.contains("已经作废"));
        assert!(father.follows(codes(&slip)[0]).await.contains("家长"));
        assert!(li.follows(codes(&page)[0]).await.contains("欢迎"), "hers was left alone");
    }

    async fn a_revoked_invitation_says_so(school) {
        let Class { zhang, father, .. } = class(&school).await;
        let code = school.invites(&father).await;
        zhang.looks_who_joined().await;
        zhang.presses("李雷爸爸").await;
        zhang.presses("作废").await;
        assert_eq!(zhang.toasts(), "已作废，打不开了。");
        assert!(zhang.newest().text.contains("还没有邀请"));
        assert!(father.follows(&code).await.contains("已经作废"));
    }

    async fn a_head_teacher_has_the_own_class_alone(school) {
        let Class { zhang, .. } = class(&school).await;
        let other = school.student("林涛").in_class("七年级2班").never_joins().await;
        let wang = school.mentor("王芳").never_joins().await;
        zhang.looks_who_joined().await;
        let (message, two) = (zhang.newest().message_id, school.class("七年级2班").await);
        let (other, wang) = (other.id.to_string(), wang.id.to_string());
        zhang.hears();
        for data in [
            format!("joined:{two}"), format!("slips:{two}:all"), format!("slips:{two}:all:yes"),
            format!("invite:{other}"), format!("invite:{other}:new"), format!("revoke:{other}"),
            // Whoever hands out a code could use it: staff are invited by the office, from the terminal.
            format!("invite:{wang}:new"),
        ] {
            zhang.presses_on(message, &data).await;
            zhang.is_refused("not-allowed");
        }
        zhang.hears_nothing();
        let office = school.office("刘洋").await;
        office.says("/overview").await;
        office.presses("七年级2班").await;
        office.presses("谁加入了").await;
        office.presses("打印邀请条").await;
        assert_eq!(codes(&office.newest_file().1).len(), 1, "the office sees every class");
    }

    async fn another_schools_class_is_not_there(school) {
        let another = school.another("实验中学").await;
        let stranger = another.student("林涛").never_joins().await;
        let class = another.class("七年级1班").await;
        let office = school.office("刘洋").await;
        office.says("/overview").await;
        office.hears();
        for data in [format!("joined:{class}"), format!("slips:{class}:all"), format!("invite:{}:new", stranger.id)] {
            office.presses_on(office.newest().message_id, &data).await;
            office.is_refused("not-found");
        }
    }

    async fn a_stale_button_says_so_to_whoever_has_left_the_post(school) {
        let Class { zhang, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        school.relieves(&zhang).await;
        zhang.hears();
        zhang.presses("打印邀请条").await;
        zhang.is_refused("not-allowed");
        zhang.hears_nothing();
    }

    async fn slips_that_had_to_wait_go_to_nobody_who_has_left_the_post(school) {
        let Class { zhang, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        let wait = FaultKind::TooManyRequests { retry_after: 30 };
        school.suffers(Fault::new(wait).on("sendDocument").once());
        zhang.presses("打印邀请条").await;
        school.relieves(&zhang).await;
        school.goes_on_for(Duration::from_secs(60)).await;
        assert!(zhang.user().chat().iter().all(|it| it.document.is_none()), "{}", zhang.chat());
    }

    async fn whoever_has_joined_meanwhile_needs_no_invitation(school) {
        let Class { zhang, father, han, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        father.joins().await;
        zhang.presses("李雷爸爸").await;
        zhang.reads_last("member_card");
        zhang.presses_on(zhang.newest().message_id, &format!("invite:{}:new", han.id)).await;
        zhang.is_refused("has-joined");
    }

    async fn a_second_tap_makes_no_second_page_that_voids_the_first(school) {
        let Class { zhang, li, .. } = class(&school).await;
        zhang.looks_who_joined().await;
        let message = zhang.newest().message_id;
        let print = zhang.data_of("打印邀请条");
        zhang.user().press_raw(message, &print);
        zhang.user().press_raw(message, &print);
        school.settles().await;
        let files = || zhang.user().chat().into_iter().filter(|it| it.document.is_some()).count();
        assert_eq!(files(), 1);
        assert!(zhang.toasts().contains("刚刚已经在做了"));
        assert!(li.follows(codes(&zhang.newest_file().1)[0]).await.contains("欢迎"), "the one page works");
        // Printing again, a while later, and twice in a row.
        school.goes_on_for(Duration::from_secs(60)).await;
        zhang.looks_who_joined().await;
        zhang.presses("打印邀请条").await;
        let (message, yes) = (zhang.newest().message_id, zhang.data_of("重新打印"));
        zhang.presses_on(message, &yes).await;
        zhang.presses_on(message, &yes).await;
        assert_eq!(files(), 2);
    }

    async fn who_lost_the_phone_and_the_slip_is_unbound_and_invited_anew(school) {
        let Class { zhang, father, .. } = class(&school).await;
        father.joins().await;
        father.hears();
        zhang.looks_who_joined().await;
        zhang.presses("已加入的").await;
        zhang.reads_last("members_of_a_class");
        zhang.presses("李雷爸爸").await;
        zhang.presses("解绑，重新邀请").await;
        zhang.reads_last("unbind_sure");
        zhang.presses("不解绑").await;
        father.says("/consent").await;
        assert!(!father.hears().contains("邀请"), "nothing has changed");
        zhang.presses("解绑，重新邀请").await;
        zhang.presses("是的").await;
        father.reads("unbound_by_the_head_teacher");
        father.says("/consent").await;
        assert!(father.hears().contains("邀请"), "the old account is nobody");
        let code = codes(&zhang.newest_file().1)[0].to_owned();
        let phone = school.stranger("新手机", "zh-hans");
        phone.says(&format!("/start {code}")).await;
        assert!(phone.hears().contains("家长"));
    }

    async fn nobody_saws_off_the_branch_on_which_he_sits(school) {
        let Class { zhang, li, .. } = class(&school).await;
        let as_mother = school.guardian("张敏", &li, Relation::Mother).who_is_also(&zhang).await;
        zhang.presses_on(1, &format!("unbind:{}:yes", as_mother.id)).await;
        zhang.is_refused("not-allowed");
    }
}
