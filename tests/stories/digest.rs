//! The mentor's list of the morning: only when something is due, at its minute, once.

use crate::{
    days_late,
    support::{Person, School, story},
};

/// Due on Sunday the 20th: on the list of Monday the 21st.
async fn a_talk_that_is_due(school: &School) -> (Person, Person) {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
    wang.mentors(&li).since("2026-09-01").await;
    wang.talked_with(&li).on("2026-09-06").await;
    (wang, li)
}

story! {
    async fn a_talk_fifteen_days_old_earns_one_line_in_one_digest(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Mon 2026-09-21 07:59").await;
        wang.hears_nothing();
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        wang.reads("digest");
        school.restarts().await;
        school.clock_reaches("Mon 2026-09-21 23:00").await;
        wang.hears_nothing();
    }

    async fn a_morning_on_which_nothing_is_due_is_silent(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Fri 2026-09-18 23:00").await;
        wang.hears_nothing();
        wang.says("/today").await;
        wang.reads("today_with_nothing_due");
    }

    async fn the_same_item_comes_back_after_three_school_days(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        wang.hears();
        school.clock_reaches("Thu 2026-09-24 07:59").await;
        wang.hears_nothing();
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(4));
        // Friday, then Monday and Tuesday: a weekend is no school day.
        school.clock_reaches("Tue 2026-09-29 07:59").await;
        wang.hears_nothing();
        school.clock_reaches("Tue 2026-09-29 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(9));
    }

    async fn what_was_told_lately_is_counted_below_what_is_new(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).await;
        wang.talked_with(&han).on("2026-09-08").await;
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        wang.hears();
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        wang.reads("digest_with_something_waiting");
    }

    async fn a_weekend_has_no_digest_and_monday_has_all_of_it(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        wang.talked_with(&li).on("2026-09-05").await;
        school.clock_reaches("Mon 2026-09-21 07:59").await;
        wang.hears_nothing();
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(2));
    }

    async fn a_make_up_saturday_is_a_school_morning(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        wang.talked_with(&li).on("2026-09-05").await;
        school.makes_up_on("2026-09-19").await;
        school.clock_reaches("Sat 2026-09-19 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(0));
    }

    async fn a_holiday_has_no_digest_and_stops_the_clock_of_the_duty(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.has_a_holiday("2026-09-19", "2026-09-25").await;
        school.clock_reaches("Sun 2026-09-27 23:00").await;
        wang.hears_nothing();
        // Thirteen of the fourteen days had gone by when it began, and seven days of it do not count.
        assert_eq!(school.owed().await, ["王芳 talk 李雷 2026-09-27"]);
        school.clock_reaches("Mon 2026-09-28 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(1));
    }

    async fn a_holiday_that_is_entered_at_seven_keeps_eight_o_clock_silent(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Mon 2026-09-21 07:00").await;
        school.has_a_holiday("2026-09-21", "2026-09-21").await;
        school.clock_reaches("Mon 2026-09-21 23:00").await;
        wang.hears_nothing();
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        assert!(wang.hears().contains("李雷"));
    }

    async fn a_changed_policy_acts_on_the_very_next_morning(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Wed 2026-09-16 12:00").await;
        wang.hears_nothing();
        school.changes_its_policy("every = { days = 14 }", "every = { days = 7 }").await;
        // Seven days were over on the 13th, when fourteen were asked for: due on the first day of the new rule.
        assert_eq!(school.owed().await, ["王芳 talk 李雷 2026-09-16"]);
        school.clock_reaches("Thu 2026-09-17 07:59").await;
        wang.hears_nothing();
        school.clock_reaches("Thu 2026-09-17 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(1));
    }

    async fn a_digest_that_is_moved_to_half_past_six_is_sent_then_and_only_then(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Fri 2026-09-18 12:00").await;
        school.changes_its_policy("digest = \"0 0 8 * * *\"", "digest = \"0 30 7 * * *\"").await;
        school.clock_reaches("Mon 2026-09-21 07:29").await;
        wang.hears_nothing();
        school.clock_reaches("Mon 2026-09-21 07:30").await;
        assert_eq!(wang.hears_messages(), 1);
        school.clock_reaches("Mon 2026-09-21 20:00").await;
        wang.hears_nothing();
    }

    async fn a_policy_that_is_changed_after_the_digest_does_not_send_it_again(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        wang.hears();
        school.changes_its_policy("digest = \"0 0 8 * * *\"", "digest = \"0 0 9 * * *\"").await;
        school.clock_reaches("Mon 2026-09-21 23:00").await;
        wang.hears_nothing();
    }

    async fn a_slot_that_was_missed_is_made_up_once(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Mon 2026-09-21 07:00").await;
        school.is_down_until("Mon 2026-09-21 11:30").await;
        wang.reads("digest_made_up");
        school.restarts().await;
        school.clock_reaches("Tue 2026-09-22 23:00").await;
        wang.hears_nothing();
    }

    async fn a_slot_that_was_missed_until_the_evening_is_next_mornings(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Mon 2026-09-21 07:00").await;
        school.is_down_until("Mon 2026-09-21 20:00").await;
        wang.hears_nothing();
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        assert_eq!(days_late(&wang.hears(), "李雷"), Some(2));
    }

    async fn a_week_of_silence_is_made_up_with_one_digest_and_not_with_five(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.is_down_until("Fri 2026-09-25 09:00").await;
        assert_eq!(wang.hears_messages(), 1);
    }

    async fn what_is_settled_between_the_decision_and_the_sending_is_not_asked_for(school) {
        let (wang, li) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Mon 2026-09-21 07:00").await;
        school.decides_at("Mon 2026-09-21 08:00").await;
        wang.talked_with(&li).on("2026-09-21").await;
        school.settles().await;
        wang.hears_nothing();
    }

    async fn a_digest_that_could_not_be_sent_for_an_hour_says_what_is_true_then(school) {
        let (wang, li) = a_talk_that_is_due(&school).await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).await;
        wang.talked_with(&han).on("2026-09-06").await;
        school.clock_reaches("Mon 2026-09-21 07:00").await;
        school.decides_at("Mon 2026-09-21 08:00").await;
        wang.talked_with(&li).on("2026-09-21").await;
        school.settles().await;
        let list = wang.hears();
        assert!(list.contains("韩梅梅") && !list.contains("李雷"), "{list}");
    }

    async fn the_worst_comes_first_and_pairs_that_never_talked_before_all(school) {
        let wang = school.mentor("王芳").await;
        let pairs = [
            ("周一", "2026-09-01", Some("2026-09-06")),
            ("郑二", "2026-09-07", None),
            ("张三", "2026-09-01", Some("2026-09-02")),
        ];
        for (name, since, talk) in pairs {
            let student = school.student(name).never_joins().await;
            wang.mentors(&student).since(since).await;
            if let Some(day) = talk {
                wang.talked_with(&student).on(day).await;
            }
        }
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        let list = wang.newest().text;
        let place = |name: &str| list.find(name).unwrap_or_else(|| panic!("no {name} in {list}"));
        assert!(place("郑二") < place("张三") && place("张三") < place("周一"), "{list}");
    }

    async fn a_long_list_names_ten_and_counts_the_others(school) {
        let wang = school.mentor("王芳").await;
        for n in 1..=12 {
            let student = school.student(&format!("学生{n:02}")).never_joins().await;
            wang.mentors(&student).await;
        }
        school.clock_reaches("Tue 2026-09-15 08:00").await;
        wang.reads("digest_of_twelve");
    }

    async fn two_mentors_have_two_lists_and_one_student_is_in_one_of_them(school) {
        let (wang, li) = a_talk_that_is_due(&school).await;
        let zhao = school.mentor("赵静").await;
        zhao.mentors(&li).beside_another().await;
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        assert!(wang.hears().contains("李雷"));
        zhao.hears_nothing();
    }

    async fn a_talk_of_the_second_mentor_settles_the_duty_of_the_first(school) {
        let (wang, li) = a_talk_that_is_due(&school).await;
        let zhao = school.mentor("赵静").await;
        zhao.mentors(&li).beside_another().await;
        zhao.talked_with(&li).on("2026-09-18").await;
        school.clock_reaches("Mon 2026-09-21 23:00").await;
        wang.hears_nothing();
    }

    async fn a_mentor_who_joins_later_misses_nothing(school) {
        let (wang, li) = (school.mentor("王芳").never_joins().await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        school.clock_reaches("Wed 2026-09-16 12:00").await;
        wang.joins().await;
        school.clock_reaches("Thu 2026-09-17 08:00").await;
        assert!(wang.hears().contains("李雷"));
    }

    async fn a_mentor_who_blocked_the_bot_finds_the_list_when_she_is_back(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        wang.acts(|phone| phone.blocks()).await;
        school.clock_reaches("Mon 2026-09-21 12:00").await;
        wang.acts(|phone| phone.unblocks()).await;
        wang.hears_nothing();
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        assert!(wang.hears().contains("李雷"));
    }

    async fn each_school_has_its_own_mornings(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        let other = school.another("朝阳小学").await;
        other.has_a_holiday("2026-09-21", "2026-09-21").await;
        let (zhao, lin) = (other.mentor("赵静").await, other.student("林涛").never_joins().await);
        zhao.mentors(&lin).await;
        zhao.talked_with(&lin).on("2026-09-06").await;
        school.clock_reaches("Mon 2026-09-21 08:00").await;
        let list = wang.hears();
        assert!(list.contains("李雷") && !list.contains("林涛"));
        zhao.hears_nothing();
        school.clock_reaches("Tue 2026-09-22 08:00").await;
        assert!(zhao.hears().contains("林涛"));
    }

    async fn a_digest_in_english_is_english(school) {
        let (wang, tom) = (school.mentor("Wang Fang").await, school.student("Tom").never_joins().await);
        wang.mentors(&tom).await;
        wang.chooses_english().await;
        school.clock_reaches("Tue 2026-09-15 08:00").await;
        wang.reads("digest_in_english");
    }

    async fn today_shows_what_stands_open_whether_or_not_it_was_told(school) {
        let (wang, _) = a_talk_that_is_due(&school).await;
        school.clock_reaches("Tue 2026-09-22 12:00").await;
        wang.hears();
        wang.says("/today").await;
        wang.reads("today");
    }
}
