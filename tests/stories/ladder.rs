//! How an open duty climbs: the mentor, then privately the head teacher, then the office's summary.

use crate::{
    days_late,
    support::{Person, School, story},
};
use daoyu::school::Relation;

struct Ladder {
    wang: Person,
    li: Person,
    zhang: Person,
    office: Person,
}

/// A first talk that is due on Tuesday the 15th, and a family that needs no call for a month.
async fn ladder(school: &School) -> Ladder {
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
    wang.mentors(&li).await;
    wang.phoned_the_family_of(&li).on("2026-09-07").await;
    let (zhang, office) = (school.head_teacher("张敏").await, school.office("刘洋").await);
    Ladder { wang, li, zhang, office }
}

story! {
    async fn after_seven_school_days_the_head_teacher_is_told_privately_and_once(school) {
        let Ladder { wang, zhang, office, .. } = ladder(&school).await;
        school.clock_reaches("Thu 2026-09-24 07:59").await;
        zhang.hears_nothing();
        wang.hears();
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        zhang.reads("escalation");
        let list = wang.hears();
        assert!(!list.contains("张敏"), "nobody is put to shame: {list}");

        school.restarts().await;
        school.clock_reaches("Thu 2026-10-15 23:00").await;
        zhang.hears_nothing();
        assert!(office.chat().contains("王芳"), "it has climbed on");
    }

    async fn what_is_settled_in_time_never_climbs(school) {
        let Ladder { wang, li, zhang, office } = ladder(&school).await;
        school.clock_reaches("Wed 2026-09-23 15:00").await;
        wang.talked_with(&li).on("2026-09-23").await;
        school.clock_reaches("Mon 2026-10-05 12:00").await;
        zhang.hears_nothing();
        office.hears_nothing();
    }

    async fn what_is_settled_between_the_decision_and_the_sending_is_not_reported(school) {
        let Ladder { wang, li, zhang, .. } = ladder(&school).await;
        school.clock_reaches("Thu 2026-09-24 07:00").await;
        school.decides_at("Thu 2026-09-24 08:00").await;
        wang.talked_with(&li).on("2026-09-24").await;
        school.settles().await;
        zhang.hears_nothing();
    }

    async fn a_snooze_holds_nothing_back_and_its_reason_is_told(school) {
        let Ladder { wang, zhang, .. } = ladder(&school).await;
        school.clock_reaches("Tue 2026-09-22 12:00").await;
        wang.says("/today").await;
        wang.taps(["放一放", "李雷", "学生请假"]).await;
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        zhang.reads("escalation_with_a_leave");
    }

    async fn a_new_delay_is_told_anew(school) {
        let Ladder { wang, li, zhang, .. } = ladder(&school).await;
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        zhang.hears();
        wang.talked_with(&li).on("2026-09-24").await;
        wang.phoned_the_family_of(&li).on("2026-09-24").await;
        // Due on the 8th of October, seven school days later again.
        school.clock_reaches("Mon 2026-10-19 07:59").await;
        zhang.hears_nothing();
        school.clock_reaches("Mon 2026-10-19 08:00").await;
        assert_eq!(days_late(&zhang.hears(), "李雷"), Some(11));
    }

    async fn only_the_head_teacher_of_the_class_is_told(school) {
        let Ladder { zhang, .. } = ladder(&school).await;
        let other = school.head_teacher("孙丽").in_class("七年级2班").await;
        school.clock_reaches("Thu 2026-09-24 12:00").await;
        assert!(zhang.hears().contains("李雷"));
        other.hears_nothing();
    }

    async fn nothing_climbs_in_a_holiday(school) {
        let Ladder { zhang, .. } = ladder(&school).await;
        school.has_a_holiday("2026-09-24", "2026-09-30").await;
        school.clock_reaches("Wed 2026-09-30 23:00").await;
        zhang.hears_nothing();
        school.clock_reaches("Thu 2026-10-01 08:00").await;
        assert!(zhang.hears().contains("李雷"));
    }

    async fn after_fourteen_school_days_it_stands_in_the_offices_weekly_summary(school) {
        let Ladder { office, .. } = ladder(&school).await;
        school.clock_reaches("Mon 2026-10-05 07:59").await;
        office.hears_nothing();
        school.clock_reaches("Mon 2026-10-05 08:00").await;
        office.reads("office_summary");
        school.clock_reaches("Mon 2026-10-12 07:59").await;
        office.hears_nothing();
        school.clock_reaches("Mon 2026-10-12 08:00").await;
        assert!(office.hears().contains("李雷"), "as long as it stands open");
    }

    async fn a_changed_ladder_climbs_at_once(school) {
        let Ladder { zhang, .. } = ladder(&school).await;
        school.clock_reaches("Thu 2026-09-17 12:00").await;
        school.changes_its_policy("head_teacher_after = 7", "head_teacher_after = 3").await;
        school.clock_reaches("Fri 2026-09-18 08:00").await;
        assert!(zhang.hears().contains("李雷"));
    }

    async fn what_a_head_teacher_owes_herself_climbs_past_her_to_the_office(school) {
        let (zhang, office) = (school.head_teacher("张敏").and_mentor().await, school.office("刘洋").await);
        let li = school.student("李雷").never_joins().await;
        zhang.mentors(&li).await;
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        assert!(zhang.chat().contains("首次谈心"), "she has her list as every mentor");
        assert!(!zhang.chat().contains("只告诉您"), "and is not told of herself");
        school.clock_reaches("Mon 2026-10-05 08:00").await;
        assert!(office.hears().contains("张敏"));
    }

    async fn a_student_who_does_not_answer_is_never_reported(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
        wang.mentors(&li).await;
        let (zhang, office) = (school.head_teacher("张敏").await, school.office("刘洋").await);
        for moment in ["Mon 2026-09-14 12:00", "Fri 2026-09-25 12:00", "Thu 2026-10-08 12:00", "Tue 2026-10-20 12:00"] {
            school.clock_reaches(moment).await;
            wang.talked_with(&li).on(&school.today().to_string()).await;
            wang.phoned_the_family_of(&li).on(&school.today().to_string()).await;
        }
        school.clock_reaches("Fri 2026-10-23 23:00").await;
        for person in [&wang, &zhang, &office] {
            person.hears_nothing();
        }
    }

    async fn the_overview_of_a_head_teacher_names_the_own_class_alone(school) {
        let Ladder { wang, zhang, .. } = ladder(&school).await;
        let other = school.student("林涛").in_class("七年级2班").never_joins().await;
        wang.mentors(&other).await;
        let han = school.student("韩梅梅").await;
        school.guardian("韩英", &han, Relation::Mother).await;
        wang.mentors(&han).await;
        school.clock_reaches("Fri 2026-09-18 17:00").await;
        han.says("/checkin").await;
        han.taps(["不错", "还行", "挺好", "暂时不用"]).await;
        zhang.says("/overview").await;
        zhang.reads("overview_of_a_class");
        let two = school.class("七年级2班").await;
        zhang.presses_on(zhang.newest().message_id, &format!("overview:{two}")).await;
        zhang.is_refused("not-allowed");
    }

    async fn the_overview_of_the_office_opens_every_class(school) {
        let Ladder { wang, office, .. } = ladder(&school).await;
        let other = school.student("林涛").in_class("七年级2班").never_joins().await;
        wang.mentors(&other).await;
        school.clock_reaches("Fri 2026-09-18 12:00").await;
        office.says("/overview").await;
        office.reads("overview_of_the_school");
        office.presses("七年级2班").await;
        office.reads("overview_of_a_class_for_the_office");
    }

    async fn a_principal_reads_figures_and_no_names(school) {
        let Ladder { .. } = ladder(&school).await;
        let principal = school.principal("陈校长").await;
        school.clock_reaches("Fri 2026-09-18 12:00").await;
        principal.says("/overview").await;
        principal.reads("overview_of_the_principal");
        let class = school.class("七年级1班").await;
        principal.presses_on(principal.newest().message_id, &format!("overview:{class}")).await;
        principal.is_refused("not-allowed");
    }

    async fn a_mentor_has_no_overview(school) {
        let Ladder { wang, .. } = ladder(&school).await;
        wang.says("/overview").await;
        wang.is_told("refusal-not-for-you");
    }
}
