//! Consent: a child is asked nothing before a guardian has said yes, and nothing any more once one has said no.
//! `deciding.rs` says who decides.

use crate::{
    checkin::FRIDAY,
    support::{Person, School, story},
};
use daoyu::school::{Body, Decision, Kind, Relation, Said, TEXT_VERSION};

const NEXT_FRIDAY: &str = "Fri 2026-09-18 16:30";
/// What a form asks when it is open.
pub const QUESTION: &str = "心情怎么样";

/// A child, the mentor, and the mother, in the order in which they joined.
pub async fn a_child(school: &School) -> (Person, Person, Person) {
    let li = school.student("李雷").who_is_a_child().await;
    let wang = school.mentor("王芳").await;
    wang.mentors(&li).await;
    let han = school.guardian("韩雪", &li, Relation::Mother).joins_unread().await;
    (li, wang, han)
}

/// The same, and the mother has agreed.
async fn a_child_with_consent(school: &School) -> (Person, Person, Person) {
    let (li, wang, han) = a_child(school).await;
    han.presses("✅ 同意").await;
    han.hears();
    (li, wang, han)
}

impl Person {
    /// What the family has decided, oldest first.
    pub async fn decisions(&self) -> Vec<Decision> {
        self.school().reads().await.decisions(&self.id).await.unwrap()
    }

    /// The same in a word each.
    pub async fn said(&self) -> Vec<Said> {
        self.decisions().await.into_iter().map(|it| it.said).collect()
    }

    /// Four taps under the week's question.
    pub async fn answers(&self) {
        self.taps(["不错", "还行", "挺好", "暂时不用"]).await;
    }

    /// The family's newest word was about an older text.
    async fn consented_to_an_older_text_about(&self, child: &Person) {
        let mut tx = self.school().writes().await;
        let old = Decision {
            school: self.school().id.clone(),
            student: child.id.clone(),
            guardian: self.id.clone(),
            version: TEXT_VERSION - 1,
            said: Said::Given,
            at: self.school().now(),
        };
        tx.apply(vec![daoyu::store::Change::Consent(old)], self.school().now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

story! {
    async fn a_guardian_is_asked_right_after_joining(school) {
        let (_, wang, han) = a_child(&school).await;
        han.reads("consent_asked");
        wang.hears_nothing();
        assert!(han.menu().contains(&"consent".to_owned()));
    }

    async fn before_anybody_has_agreed_a_child_is_asked_nothing(school) {
        let li = school.student("李雷").who_is_a_child().joins_unread().await;
        li.reads("welcome_child");
        let wang = school.mentor("王芳").await;
        wang.mentors(&li).await;
        for said in ["/checkin", "/wish"] {
            li.says(said).await;
            li.is_told("refusal-needs-consent");
        }
        school.clock_reaches("Mon 2026-09-14 10:00").await;
        li.hears_nothing();
        assert!(school.owed_by_students().await.is_empty(), "what is not asked is not owed");
        assert!(li.latest(Kind::Checkin).await.is_none() && li.latest(Kind::Wish).await.is_none());
    }

    async fn with_a_yes_the_child_is_asked_on_friday(school) {
        let (li, wang, han) = a_child(&school).await;
        han.hears();
        han.presses("✅ 同意").await;
        han.reads("consent_given");
        wang.hears_nothing();
        let kept = li.decisions().await;
        assert_eq!((kept.len(), kept[0].said, kept[0].version), (1, Said::Given, TEXT_VERSION));
        assert_eq!((&kept[0].guardian, kept[0].at), (&han.id, school.now()), "who, and when");

        school.clock_reaches(FRIDAY).await;
        assert!(li.hears().contains("一周辛苦啦"));
        assert_eq!(school.owed_by_students().await, ["李雷 checkin 李雷 2026-09-11"]);
        li.answers().await;
        assert!(li.latest(Kind::Checkin).await.is_some());
        han.hears_nothing();
    }

    async fn the_whole_text_is_one_tap_away(school) {
        let (_, _, han) = a_child(&school).await;
        han.hears();
        han.presses("看全文").await;
        han.reads("consent_whole_text");
        han.presses("✅ 同意").await;
        assert!(han.hears().contains("同意了"));
    }

    async fn with_a_no_the_mentor_uses_paper_and_it_counts(school) {
        let (li, wang, han) = a_child(&school).await;
        han.hears();
        han.presses("不同意").await;
        han.reads("consent_refused");
        wang.reads("consent_mentor_told");
        assert_eq!(li.said().await, [Said::Refused]);

        school.clock_reaches("Sun 2026-09-13 18:00").await;
        li.hears_nothing();
        han.hears_nothing();
        wang.hears();
        wang.presses("记纸上的汇报").await;
        assert!(wang.hears().contains("纸上的汇报"));
        wang.taps(["不好", "吃力", "还行"]).await;
        wang.hears();
        wang.presses("想聊聊").await;
        wang.reads("paper_done");
        let record = li.latest(Kind::Checkin).await.unwrap();
        assert_eq!(record.by, wang.id);
        assert!(matches!(record.body, Body::Checkin(it) if it.mood == 2 && it.wants_talk && it.line.is_none()));
        let owed = school.owed().await;
        assert!(owed.iter().any(|it| it.starts_with("王芳 wish 李雷")), "{owed:?}");

        wang.says("/students").await;
        wang.presses("李雷").await;
        wang.reads("card_on_paper");
        school.clock_reaches(NEXT_FRIDAY).await;
        li.hears_nothing();
    }

    async fn what_was_typed_in_from_paper_can_be_taken_back(school) {
        let (li, wang, han) = a_child(&school).await;
        han.presses("不同意").await;
        wang.presses("记纸上的汇报").await;
        wang.taps(["不好", "吃力", "还行", "暂时不用", "撤销"]).await;
        assert!(wang.hears().contains("已撤销"));
        assert!(li.latest(Kind::Checkin).await.is_none());
    }

    async fn the_mentor_is_told_once_however_often_the_family_says_no(school) {
        let (li, wang, han) = a_child(&school).await;
        let no = han.data_of("不同意");
        let card = han.newest().message_id;
        han.presses_on(card, &no).await;
        assert!(wang.hears().contains("请改用纸笔"));
        han.presses_on(card, &no).await;
        assert_eq!(li.said().await, [Said::Refused], "a second tap is no second decision");
        wang.hears_nothing();
        han.presses("✅ 同意").await;
        assert!(wang.hears().contains("不用再用纸"));
    }

    async fn a_withdrawal_stops_everything_at_once_and_takes_the_answers_with_it(school) {
        let (li, wang, han) = a_child_with_consent(&school).await;
        wang.talked_with(&li).on("2026-09-10").await;
        school.clock_reaches(FRIDAY).await;
        li.answers().await;
        li.says("这周有点累").await;
        li.says("/wish").await;
        wang.hears();

        school.clock_reaches("Sat 2026-09-12 09:00").await;
        han.says("/consent").await;
        han.hears();
        han.presses("撤回同意").await;
        han.reads("consent_stop");
        han.presses("是的，撤回").await;
        han.reads("consent_withdrawn");
        assert!(wang.hears().contains("请改用纸笔"));
        assert_eq!(li.said().await, [Said::Given, Said::Withdrawn], "both words stay on record");
        assert!(li.latest(Kind::Checkin).await.is_none() && li.latest(Kind::Wish).await.is_none());
        assert!(li.latest(Kind::Talk).await.is_some(), "the school's own duty stays on record");

        li.hears();
        li.says("/checkin").await;
        li.is_told("refusal-needs-consent");
        school.clock_reaches("Mon 2026-09-21 10:00").await;
        li.hears_nothing();
    }

    async fn a_withdrawal_between_two_taps_keeps_nothing(school) {
        let (li, _, han) = a_child_with_consent(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.presses("不错").await;
        let (message, study) = (li.newest().message_id, li.data_of("还行"));
        han.says("/consent").await;
        han.taps(["撤回同意", "是的，撤回"]).await;
        li.presses_on(message, &study).await;
        assert!(!li.toasts().is_empty());
        li.hears();
        li.says("还有一句话").await;
        assert!(li.hears().contains("没有转给任何人"), "no form is open any more");
        assert!(li.latest(Kind::Checkin).await.is_none());
    }

    async fn a_child_who_asks_twice_at_once_is_known_both_times(school) {
        let (li, _, _) = a_child_with_consent(&school).await;
        li.says_at_once(["/checkin".to_owned(), "/checkin".to_owned()]).await;
        assert_eq!(li.hears().matches("心情").count(), 2, "the family has agreed, whoever asks first");
    }

    async fn a_no_that_is_heard_together_with_a_tap_counts_for_that_tap(school) {
        let (li, _, han) = a_child_with_consent(&school).await;
        school.clock_reaches(FRIDAY).await;
        li.taps(["不错", "还行", "挺好"]).await;
        li.hears();
        han.says("/consent").await;
        han.presses("撤回同意").await;
        // One batch: what it read ahead about the child was true until the mother's press.
        han.begins("[是的，撤回]");
        li.begins("[暂时不用]");
        school.settles().await;
        assert!(!li.toasts().is_empty());
        assert!(li.latest(Kind::Checkin).await.is_none());
    }

    async fn a_yes_that_is_heard_together_with_the_childs_command_counts_for_it(school) {
        let (li, _, han) = a_child(&school).await;
        li.hears();
        han.begins("[✅ 同意]");
        li.begins("/checkin");
        school.settles().await;
        assert!(li.hears().contains(QUESTION));
    }

    async fn a_question_that_waits_to_be_sent_is_not_sent_after_a_no(school) {
        let (li, _, han) = a_child_with_consent(&school).await;
        assert!(li.hears().contains("现在你可以用了"), "the waiting is over");
        han.says("/consent").await;
        han.presses("撤回同意").await;
        school.decides_at(FRIDAY).await;
        han.presses("是的，撤回").await;
        li.hears_nothing();
    }

    async fn a_new_text_is_asked_about_anew(school) {
        let (li, wang, han) = a_child(&school).await;
        let yes = han.data_of("✅ 同意").replace(&format!("yes:{TEXT_VERSION}"), &format!("yes:{}", TEXT_VERSION - 1));
        han.consented_to_an_older_text_about(&li).await;
        han.hears();
        li.says("/checkin").await;
        li.is_told("refusal-needs-consent");

        school.clock_reaches(FRIDAY).await;
        li.hears_nothing();
        assert!(han.hears().contains("想请您拿个主意"), "the guardian is asked in the child's place");
        school.clock_reaches(NEXT_FRIDAY).await;
        han.hears_nothing();

        han.presses_on(han.newest().message_id, &yes).await;
        assert!(han.toasts().contains("新的一版"), "nobody agrees to a text that was not there");
        assert_eq!(li.decisions().await.len(), 1);
        han.hears();
        han.presses("✅ 同意").await;
        assert!(han.hears().contains("同意了"));
        school.clock_reaches("Fri 2026-09-25 16:30").await;
        assert!(li.hears().contains("一周辛苦啦"));
        assert!(!wang.hears().contains("纸"), "the mentor has heard nothing of it");
    }

    async fn who_answers_alone_needs_no_paper(school) {
        let (li, wang, _) = a_child_with_consent(&school).await;
        let paper = format!("paper:{}", li.id);
        wang.presses_on(wang.newest().message_id, &paper).await;
        wang.is_refused("answers-alone");
        wang.says("/students").await;
        wang.presses("李雷").await;
        assert!(!wang.hears().contains("记纸上"), "and no button offers it");
    }

    async fn in_english_it_is_as_clear(school) {
        let (li, wang, han) = a_child(&school).await;
        for person in [&li, &wang, &han] {
            person.chooses_english().await;
        }
        han.says("/consent").await;
        han.reads("consent_asked_in_english");
        han.presses("Whole text").await;
        han.reads("consent_whole_text_in_english");
        han.presses("No").await;
        han.reads("consent_refused_in_english");
        wang.reads("consent_mentor_told_in_english");
        wang.presses("Paper report").await;
        wang.hears();
        wang.taps(["okay", "okay", "okay"]).await;
        li.says("/wish").await;
        assert!(li.hears().contains("I agree"));
    }
}
