//! A small child who has no phone answers together with a guardian: asked through the family, one record, about the child.

use crate::{
    checkin::FRIDAY,
    support::{Person, School, story},
};
use daoyu::school::{Checkin, Kind, Question, Relation, Role};

const TOGETHER: &str = "words = \"child\"\nwith_guardian_under_age = 9";
const SUNDAY: &str = "Sun 2026-09-13 18:00";

/// A child of the first year without a phone, the mentor, and both parents in the chat; the mother has agreed.
struct Family {
    child: Person,
    wang: Person,
    mother: Person,
    father: Person,
}

async fn family(school: &School) -> Family {
    school.asks_in_check_ins(TOGETHER).await;
    let child = school.student("林小小").in_class("一年级1班").who_is_a_child().never_joins().await;
    let wang = school.mentor("王芳").await;
    wang.mentors(&child).await;
    let mother = school.guardian("韩雪", &child, Relation::Mother).joins_unread().await;
    mother.presses("✅ 同意").await;
    let father = school.guardian("林强", &child, Relation::Father).await;
    for person in [&mother, &father, &wang] {
        person.hears();
    }
    Family { child, wang, mother, father }
}

const ANSWERS: [&str; 4] = ["不错", "还行", "挺好", "暂时不用"];

story! {
    async fn both_guardians_are_asked_and_the_first_answer_counts(school) {
        let Family { child, wang, mother, father } = family(&school).await;
        school.clock_reaches(FRIDAY).await;
        mother.reads("asked_together");
        assert!(father.hears().contains("请您和 林小小 一起回答"));
        assert_eq!(school.owed_by_students().await, ["林小小 checkin 林小小 2026-09-11"]);

        mother.presses("不错").await;
        mother.reads("study_together");
        mother.taps(["还行", "挺好", "暂时不用"]).await;
        mother.reads("done_together");
        father.reads("done_by_the_mother");
        let record = child.latest(Kind::Checkin).await.unwrap();
        assert_eq!((&record.by, record.about.len()), (&mother.id, 1));
        assert_eq!(record.about[0].as_str(), child.id.as_str());
        assert_eq!(child.checkin().await, Checkin::new(4, &[(Question::Study, 2), (Question::Life, 3)]));
        assert!(school.owed_by_students().await.is_empty());
        wang.hears_nothing();

        wang.says("/students").await;
        wang.presses("林小小").await;
        wang.reads_last("card_of_a_child_with_family");
        school.clock_reaches(SUNDAY).await;
        mother.hears_nothing();
        father.hears_nothing();
    }

    async fn the_reminder_goes_the_same_way(school) {
        let Family { mother, father, child, .. } = family(&school).await;
        school.clock_reaches(FRIDAY).await;
        mother.hears();
        father.hears();
        school.clock_reaches(SUNDAY).await;
        mother.reads("reminded_together");
        assert!(father.hears().contains("林小小"));
        father.taps(ANSWERS).await;
        assert_eq!(child.latest(Kind::Checkin).await.unwrap().by, father.id);
        mother.hears_in_order(["林小小 已经和爸爸一起答好了"]);
    }

    async fn who_comes_second_is_told_so_and_changes_nothing(school) {
        let Family { child, mother, father, .. } = family(&school).await;
        school.clock_reaches(FRIDAY).await;
        let (message, mood) = (father.newest().message_id, father.data_of("低落"));
        father.presses("低落").await;
        let study = father.data_of("吃力");
        mother.taps(ANSWERS).await;
        let first = child.latest(Kind::Checkin).await.unwrap();
        father.hears();
        // The form that he had begun ends with the news, and so does the question.
        father.presses_on(message, &study).await;
        father.taps(["有点烦"]).await;
        father.presses("暂时不用").await;
        father.is_refused("answered-by-other");
        father.says("/cancel").await;
        father.hears();
        father.presses_on(message, &mood).await;
        assert!(father.hears().contains("已经和妈妈一起答好了"));
        father.says("/checkin").await;
        let heard = father.hears();
        assert!(heard.contains("已经和妈妈一起答好了") && !heard.contains("不错"), "hers is not his to read: {heard}");
        assert_eq!(child.latest(Kind::Checkin).await.unwrap(), first);
    }

    async fn who_answered_may_change_it_until_the_next_one(school) {
        let Family { child, mother, .. } = family(&school).await;
        school.clock_reaches(FRIDAY).await;
        mother.taps(ANSWERS).await;
        mother.says("孩子说想养一只猫").await;
        mother.hears();
        mother.says("/checkin").await;
        mother.reads("answered_together");
        mother.presses("改一改").await;
        mother.taps(["低落", "还行", "挺好", "暂时不用"]).await;
        let kept = child.checkin().await;
        assert_eq!((kept.mood, kept.line.as_deref()), (1, Some("孩子说想养一只猫")));
    }

    async fn a_wish_that_is_said_together_reaches_the_mentor(school) {
        let Family { mother, wang, .. } = family(&school).await;
        school.clock_reaches(FRIDAY).await;
        mother.taps(["不错", "还行", "挺好", "想聊聊"]).await;
        assert!(wang.hears().contains("林小小 想和您谈谈"));
        assert_eq!(school.owed().await[0], "王芳 wish 林小小 2026-09-15");
    }

    async fn nobody_is_asked_before_a_guardian_has_agreed_and_a_no_deletes_what_was_said(school) {
        school.asks_in_check_ins(TOGETHER).await;
        let child = school.student("林小小").in_class("一年级1班").who_is_a_child().never_joins().await;
        let mother = school.guardian("韩雪", &child, Relation::Mother).await;
        mother.says("/checkin").await;
        mother.is_told("refusal-child-answers");
        school.clock_reaches(FRIDAY).await;
        assert!(!mother.chat().contains("一起回答"), "{}", mother.chat());

        mother.says("/consent").await;
        mother.presses("✅ 同意").await;
        mother.says("/checkin").await;
        mother.taps(ANSWERS).await;
        assert!(child.latest(Kind::Checkin).await.is_some());
        mother.says("/consent").await;
        mother.presses("撤回同意").await;
        mother.presses("是的，撤回").await;
        assert_eq!(child.latest(Kind::Checkin).await, None);
        mother.says("/checkin").await;
        assert!(mother.hears().contains("不用家长陪着答"));
    }

    async fn a_withdrawal_in_the_middle_of_the_form_ends_it(school) {
        let Family { child, mother, father, .. } = family(&school).await;
        school.clock_reaches(FRIDAY).await;
        mother.taps(["不错", "还行"]).await;
        father.says("/consent").await;
        father.presses("撤回同意").await;
        father.presses("是的，撤回").await;
        mother.presses("挺好").await;
        assert!(!mother.toasts().is_empty());
        assert_eq!(child.latest(Kind::Checkin).await, None);
    }

    async fn a_child_with_a_phone_or_of_nine_years_is_asked_alone(school) {
        school.asks_in_check_ins(TOGETHER).await;
        let small = school.student("林小小").in_class("一年级1班").who_is_a_child().await;
        let big = school.student("林大大").in_class("五年级1班").who_is_a_child().never_joins().await;
        let mother =
            school.guardian("韩雪", &small, Relation::Mother).and_of(&big, Relation::Mother).joins_unread().await;
        for child in [&small, &big] {
            mother.presses_on(1, &format!("consent:{}:yes:2", child.id)).await;
        }
        small.hears();
        mother.hears();
        school.clock_reaches(FRIDAY).await;
        assert!(small.hears().contains("小朋友"));
        mother.hears_nothing();
        for child in [&small, &big] {
            mother.presses_on(1, &format!("checkin:now::{}", child.id)).await;
            mother.is_refused("child-answers");
        }
        assert!(!mother.menu().contains(&"checkin".to_owned()), "a family is asked: it has no such command in its menu");
    }

    async fn with_two_small_children_it_is_asked_which_one(school) {
        let Family { child, mother, .. } = family(&school).await;
        let other = school.student("林点点").in_class("二年级1班").who_is_a_child().never_joins().await;
        let again = school.guardian("韩雪", &other, Relation::Mother).and_of(&child, Relation::Mother);
        let again = again.who_is_also(&mother).await;
        mother.presses_on(1, &format!("consent:{}:yes:2", other.id)).await;
        again.hears();
        school.clock_reaches(FRIDAY).await;
        mother.hears_in_order(["林"]);
        mother.presses_on(1, &format!("checkin:now::{}", other.id)).await;
        mother.taps(ANSWERS).await;
        assert!(other.latest(Kind::Checkin).await.is_some() && child.latest(Kind::Checkin).await.is_none());
    }

    async fn a_stranger_to_the_child_answers_nothing(school) {
        let Family { child, .. } = family(&school).await;
        school.clock_reaches(FRIDAY).await;
        let han = school.student("韩梅梅").await;
        let hers = school.guardian("韩父", &han, Relation::Father).await;
        let office = school.somebody("德育处", Role::Office).await;
        for person in [&han, &hers, &office] {
            person.presses_on(1, &format!("checkin:now::{}", child.id)).await;
            person.is_refused("not-allowed");
        }
        assert_eq!(child.latest(Kind::Checkin).await, None);
    }

    async fn no_sheet_is_printed_for_a_child_who_is_asked_through_the_family(school) {
        let Family { wang, .. } = family(&school).await;
        wang.says("/students").await;
        wang.presses("打印纸上的表").await;
        wang.is_refused("nobody-on-paper");
    }
}
