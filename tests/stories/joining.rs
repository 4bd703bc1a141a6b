//! Joining: a Telegram account becomes a person of the school, by a code and not otherwise.

use crate::support::{School, story};
use daoyu::school::{Relation, Role};
use std::time::Duration;

/// A code that nobody was ever given, in the shape of a true one.
const WRONG: &str = "/start Abcdefghijklmnopqrstuv";

/// A class with one of each.
async fn li_lei_and_his_mother(school: &School) -> (crate::support::Person, crate::support::Person) {
    let li = school.student("李雷").never_joins().await;
    let mother = school.guardian("韩英", &li, Relation::Mother).never_joins().await;
    (li, mother)
}

story! {
    async fn a_code_opens_the_door_and_says_what_awaits_behind_it(school) {
        let (li, mother) = li_lei_and_his_mother(&school).await;
        let wang = school.mentor("王芳").never_joins().await;
        let zhang = school.head_teacher("张敏").never_joins().await;
        for person in [&li, &mother, &wang, &zhang] {
            let code = school.invites(person).await;
            person.says(&format!("/start {code}")).await;
        }

        li.reads("welcome_student");
        mother.reads("welcome_guardian");
        wang.reads("welcome_mentor");
        zhang.reads("welcome_head_teacher");
        let office = school.office("刘洋").never_joins().await;
        let code = school.invites(&office).await;
        office.says(&format!("/start {code}")).await;
        office.reads("welcome_office");

        assert_eq!(li.menu(), ["checkin", "wish", "mydata", "settings", "help", "cancel"]);
        assert_eq!(mother.menu(), ["messages", "consent", "mydata", "settings", "help", "cancel"]);
        assert_eq!(
            wang.menu(),
            [
                "today", "talk", "contact", "feedback", "record", "students", "mydata", "settings", "help", "cancel"
            ]
        );
        assert!(zhang.menu().contains(&"overview".to_owned()));
    }

    async fn whoever_has_no_code_is_told_kindly_what_to_do(school) {
        let nobody = school.stranger("路人", "zh-hans");
        nobody.says("/start").await;
        nobody.reads("stranger");
        nobody.says("在吗？").await;
        assert!(nobody.hears().contains("邀请链接"));
        // The buttons of people who have joined open nothing.
        nobody.presses_on(1, "today:").await;
        nobody.is_refused("stale-button");
        nobody.hears_nothing();
    }

    async fn a_stranger_may_choose_the_language_of_the_hint(school) {
        let tom = school.stranger("Tom", "fr");
        tom.says("/start").await;
        tom.hears();
        tom.presses("English").await;
        tom.reads("stranger_in_english");
        tom.says("Hello?").await;
        assert!(tom.hears().contains("daoyu"));
    }

    async fn a_strangers_app_gives_a_first_guess_of_the_language(school) {
        let tom = school.stranger("Tom", "en-GB");
        tom.says("/start").await;
        assert!(tom.hears().contains("invitation"));
    }

    async fn a_code_that_nobody_was_given_opens_nothing(school) {
        let nobody = school.stranger("路人", "zh-hans");
        nobody.says(WRONG).await;
        nobody.reads("unknown_code");
        assert!(nobody.menu().is_empty());
    }

    async fn a_code_opens_the_door_once(school) {
        let (li, _) = li_lei_and_his_mother(&school).await;
        let code = school.invites(&li).await;
        li.says(&format!("/start {code}")).await;
        li.hears();

        let thief = school.stranger("路人", "zh-hans");
        thief.says(&format!("/start {code}")).await;
        thief.reads("code_used_by_another");
        thief.says("/checkin").await;
        assert!(thief.hears().contains("邀请链接"), "still nobody");

        // The owner who taps the old link again is simply at home.
        li.says(&format!("/start {code}")).await;
        li.reads("code_used_by_you");
    }

    async fn a_code_is_good_for_72_hours_and_not_a_minute_longer(school) {
        let (li, mother) = li_lei_and_his_mother(&school).await;
        let (early, late) = (school.invites(&li).await, school.invites(&mother).await);

        school.clock_reaches("Thu 2026-09-10 06:59").await;
        li.says(&format!("/start {early}")).await;
        assert!(li.hears().contains("欢迎"));

        school.clock_reaches("Thu 2026-09-10 07:00").await;
        mother.says(&format!("/start {late}")).await;
        mother.reads("code_expired");
    }

    async fn a_newer_code_revokes_the_older_one(school) {
        let (li, _) = li_lei_and_his_mother(&school).await;
        let (older, newer) = (school.invites(&li).await, school.invites(&li).await);
        li.says(&format!("/start {older}")).await;
        li.reads("code_revoked");
        li.says(&format!("/start {newer}")).await;
        assert!(li.hears().contains("欢迎"));
    }

    async fn after_five_wrong_codes_none_is_looked_at_for_an_hour(school) {
        let (li, mother) = li_lei_and_his_mother(&school).await;
        let code = school.invites(&li).await;
        for _ in 0..5 {
            li.says(WRONG).await;
            assert!(li.hears().contains("不对"));
        }
        li.says(&format!("/start {code}")).await;
        li.reads("too_many_wrong_codes");

        // Somebody else's mistakes are nobody else's.
        mother.joins().await;

        school.goes_on_for(Duration::from_secs(59 * 60)).await;
        li.says(&format!("/start {code}")).await;
        assert!(li.hears().contains("一小时"));
        school.goes_on_for(Duration::from_secs(61)).await;
        li.says(&format!("/start {code}")).await;
        assert!(li.hears().contains("欢迎"));
    }

    async fn five_wrong_codes_in_one_breath_count_as_five(school) {
        let (li, _) = li_lei_and_his_mother(&school).await;
        let code = school.invites(&li).await;
        let tries = std::iter::repeat_n(WRONG.to_owned(), 5).chain([format!("/start {code}")]);
        li.says_at_once(tries).await;
        assert!(li.hears().ends_with("请一小时后再试，或请班主任再发一个。"));
    }

    async fn two_people_who_follow_one_link_at_once_are_not_both_let_in(school) {
        let (li, mother) = li_lei_and_his_mother(&school).await;
        let code = school.invites(&li).await;
        let thief = school.stranger("路人", "zh-hans");
        li.user().says(&format!("/start {code}"));
        thief.user().says(&format!("/start {code}"));
        school.settles().await;
        assert!(li.hears().contains("欢迎"));
        assert!(thief.hears().contains("已经用过了"));
        mother.hears_nothing();
    }

    async fn who_has_left_the_school_is_nobody_any_more(school) {
        let (li, mother) = li_lei_and_his_mother(&school).await;
        let code = school.invites(&li).await;
        mother.joins().await;
        school.loses(&li).await;
        school.loses(&mother).await;
        li.says(&format!("/start {code}")).await;
        assert!(li.hears().contains("已经作废"), "the code went with the person");
        mother.says("/messages").await;
        assert!(mother.hears().contains("邀请链接"));
    }

    async fn in_a_group_nothing_is_said_about_children(school) {
        let wang = school.mentor("王芳").await;
        wang.acts(|phone| phone.says_in_group(-7, "大家好")).await;
        assert!(school.telegram().chat(-7).iter().all(|it| !it.from_bot), "nobody asked for us");
        wang.acts(|phone| phone.says_in_group(-7, "/today@daoyu_sandbox_bot")).await;
        let said: Vec<_> = school.telegram().chat(-7).into_iter().filter(|it| it.from_bot).collect();
        assert_eq!(said.len(), 1);
        assert!(said[0].text.contains("私聊"));
        wang.hears_nothing();
    }

    async fn a_code_that_is_posted_in_a_group_lets_nobody_in(school) {
        let (li, _) = li_lei_and_his_mother(&school).await;
        let code = school.invites(&li).await;
        let thief = school.stranger("路人", "zh-hans");
        thief.acts(|phone| phone.says_in_group(-7, &format!("/start@daoyu_sandbox_bot {code}"))).await;
        thief.says("/checkin").await;
        assert!(thief.hears().contains("邀请链接"));
        li.says(&format!("/start {code}")).await;
        assert!(li.hears().contains("欢迎"), "and it is still good in the right hands");
    }

    async fn a_teacher_who_is_a_parent_wears_the_hat_that_fits_the_command(school) {
        let (wang, han) = (school.mentor("王芳").await, school.student("韩梅梅").await);
        wang.mentors(&han).await;
        let wei = school.student("小伟").await;
        let parent = school.guardian("王芳", &wei, Relation::Mother).who_is_also(&wang).await;

        wang.says("/students").await;
        let list = wang.hears();
        assert!(list.contains("韩梅梅") && !list.contains("小伟"), "{list}");
        parent.says("/messages").await;
        parent.reads("two_hats_messages");
        for command in ["students", "messages"] {
            assert!(wang.menu().contains(&command.to_owned()), "the menu is of both hats");
        }
        wang.says("/settings").await;
        wang.reads("two_hats_settings");
    }

    async fn a_mother_of_two_reads_of_whom_a_letter_speaks(school) {
        let wang = school.mentor("王芳").await;
        let (da, xiao) = (school.student("李大").await, school.student("李小").await);
        let mother = school.guardian("韩英", &da, Relation::Mother).and_of(&xiao, Relation::Mother).never_joins().await;
        wang.mentors(&da).await;
        wang.mentors(&xiao).await;
        let code = school.invites(&mother).await;
        mother.says(&format!("/start {code}")).await;
        mother.reads("welcome_mother_of_two");
        for (child, fact) in [(&da, "今天主动帮同学搬书。"), (&xiao, "今天第一次举手发言。")] {
            wang.says("/feedback").await;
            wang.presses(&child.name).await;
            wang.says(fact).await;
            wang.says("回家请夸一夸。").await;
            wang.presses("发送").await;
        }
        mother.reads("letters_to_a_mother_of_two");
    }

    async fn a_mother_at_two_schools_is_told_under_which_name_she_is_meant(school) {
        let here = school.student("李大").await;
        let mother = school.guardian("韩英", &here, Relation::Mother).await;
        let other = school.another("朝阳小学").await;
        let there = other.student("李小").await;
        let also = other.guardian("李小妈妈", &there, Relation::Mother).who_is_also(&mother).await;
        let zhao = other.mentor("赵静").await;
        zhao.mentors(&there).await;
        zhao.says("/feedback").await;
        zhao.presses("李小").await;
        zhao.says("画画得了奖。").await;
        zhao.says("请把画贴在家里。").await;
        zhao.presses("发送").await;
        also.reads("a_letter_under_a_hat");
    }

    async fn behind_the_link_every_role_finds_a_menu_that_works_within_two_taps(school) {
        let li = school.student("李雷").await;
        for role in Role::ALL {
            let newcomer = school.somebody(&format!("新人{role}"), *role);
            let newcomer = match role {
                Role::Guardian => newcomer.and_of(&li, Relation::Mother),
                _ => newcomer,
            };
            let person = newcomer.never_joins().await;
            if matches!(role, Role::Mentor | Role::ExternalMentor) {
                person.mentors(&li).await;
            }
            // The first tap is the link's own "Start"; nothing is asked before the menu is there.
            person.says(&format!("/start {}", school.invites(&person).await)).await;
            let menu = person.menu();
            let useful: Vec<String> = menu.into_iter().filter(|it| it != "cancel").collect();
            assert!(useful.len() > 2, "{role}: {useful:?}");
            for command in useful {
                person.hears();
                person.says(&format!("/{command}")).await;
                let answer = person.hears();
                let refused = ["用不上", "不归您办", "邀请链接", "没有这个命令"];
                assert!(!answer.is_empty() && !refused.iter().any(|it| answer.contains(it)), "{role}, /{command}: {answer}");
            }
        }
    }

    async fn a_new_phone_takes_over_from_the_old_one(school) {
        let (li, _) = li_lei_and_his_mother(&school).await;
        li.joins().await;
        let phone = school.stranger("李雷的新手机", "zh-hans");
        let code = school.invites(&li).await;
        phone.says(&format!("/start {code}")).await;
        assert!(phone.hears().contains("欢迎"));
        li.says("/checkin").await;
        assert!(li.hears().contains("邀请链接"), "the old phone is nobody's");
        phone.says("/checkin").await;
        assert!(phone.hears().contains("心情"));
    }
}
