//! A day of the past as it was: what came later is not seen from there.

use crate::support::{School, story};
use daoyu::store::Whose;

/// What stood open on a day: `talk 李雷, last 2026-09-05`.
async fn stood_open(school: &School, day: &str) -> Vec<String> {
    let mut tx = school.reads().await;
    let rules = tx.rules(&school.id).await.unwrap();
    let open = tx.duties(&rules, Whose::School, day.parse().unwrap()).await.unwrap();
    let mut lines = Vec::new();
    for it in open.iter().filter(|it| it.owed_by.is_staff()) {
        let name = tx.names_of(std::slice::from_ref(&it.about)).await.unwrap().remove(&it.about).unwrap();
        let last = it.last.map_or("never".to_owned(), |day| day.to_string());
        lines.push(format!("{} {name}, last {last}", it.rule));
    }
    lines
}

story! {
    async fn records_wishes_and_resolutions_of_later_days_are_not_seen(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
        wang.mentors(&li).since("2026-09-01").await;
        wang.talked_with(&li).on("2026-09-05").await;
        wang.phoned_the_family_of(&li).on("2026-09-05").await;
        let zhang = school.head_teacher("张敏").await;
        school.clock_reaches("Thu 2026-09-24 10:00").await;
        let before = stood_open(&school, "2026-09-22").await;
        assert_eq!(before, ["talk 李雷, last 2026-09-05"]);

        wang.talked_with(&li).on("2026-09-24").await;
        li.says("/wish").await;
        zhang.says("/record").await;
        zhang.taps(["班级会议", "周例会", "记一个决定"]).await;
        zhang.says("整理图书角").await;
        zhang.taps(["王芳", "28日"]).await;
        assert_eq!(stood_open(&school, "2026-09-22").await, before);
        assert_eq!(
            stood_open(&school, "2026-09-24").await,
            ["wish 李雷, last 2026-09-24", "resolution 整理图书角, last never"]
        );

        school.clock_reaches("Fri 2026-09-25 10:00").await;
        wang.says("/today").await;
        wang.presses("办好了").await;
        let then = stood_open(&school, "2026-09-24").await;
        assert!(then.iter().any(|it| it.starts_with("resolution ")), "it was done a day later: {then:?}");
        assert!(!stood_open(&school, "2026-09-25").await.iter().any(|it| it.starts_with("resolution ")));
    }

    async fn a_calendar_count_sees_its_period_up_to_that_day(school) {
        school.has_a_term("2026-09-01", "2027-01-22").await;
        school.lives_by("primary").await;
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).since("2026-09-01").await;
        school.clock_reaches("Fri 2027-01-15 10:00").await;
        let asks = |open: &[String], rule: &str| open.iter().any(|it| it.starts_with(&format!("{rule} ")));
        assert!(asks(&stood_open(&school, "2027-01-12").await, "talk"));
        wang.talked_with(&li).on("2027-01-14").await;
        assert!(asks(&stood_open(&school, "2027-01-12").await, "talk"), "it was not done by then");
        assert!(!asks(&stood_open(&school, "2027-01-14").await, "talk"));
    }
}
