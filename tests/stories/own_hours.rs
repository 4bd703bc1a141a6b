//! What a person and a school set for themselves: when the day's list comes, who is put off, how letters are signed.

use crate::support::{School, story};
use daoyu::school::Relation;

async fn signs(school: &School, signature: &str) {
    let mut tx = school.writes().await;
    let mut row = tx.school(&school.id).await.unwrap().unwrap();
    signature.clone_into(&mut row.signature);
    tx.set_school(&row).await.unwrap();
    tx.commit().await.unwrap();
}

story! {
    async fn a_mentor_may_want_the_list_at_noon_and_it_is_then_read_anew(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        let han = school.student("韩梅梅").never_joins().await;
        wang.mentors(&han).await;
        for student in [&li, &han] {
            wang.talked_with(student).on("2026-09-06").await;
        }
        wang.says("/settings").await;
        wang.reads("settings_of_a_mentor");
        wang.presses("12:10").await;
        assert!(wang.hears().contains("12:10 ✓"));

        school.clock_reaches("Mon 2026-09-21 12:09").await;
        wang.hears_nothing();
        wang.talked_with(&han).on("2026-09-21").await;
        school.clock_reaches("Mon 2026-09-21 12:10").await;
        let list = wang.hears();
        assert!(list.contains("李雷") && !list.contains("韩梅梅"), "what was settled meanwhile is off it: {list}");

        wang.says("/settings").await;
        wang.presses("📋 08:00").await;
        wang.hears();
        school.clock_reaches("Thu 2026-09-24 08:00").await;
        assert!(wang.hears().contains("李雷"), "the school's own hour again");
    }

    async fn who_was_put_off_is_found_again_and_taken_back(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        wang.says("/settings").await;
        wang.presses("放一放的学生").await;
        assert!(wang.hears().contains("没有放着的学生"));
        wang.talked_with(&li).on("2026-09-06").await;
        school.clock_reaches("Mon 2026-09-21 08:05").await;
        wang.presses("放一放").await;
        wang.taps(["李雷", "学生请假"]).await;
        wang.hears();
        wang.says("/settings").await;
        wang.presses("放一放的学生").await;
        wang.reads_last("put_off");
        wang.presses("↩️ 李雷").await;
        assert!(wang.toasts().contains("回到名单上了"));
        wang.hears();
        wang.says("/today").await;
        assert!(!wang.hears().contains("放到"), "it is on the list as before");
    }

    async fn a_letter_is_signed_as_the_school_says(school) {
        let (wang, li) = (school.mentor("王芳").await, school.student("李雷").never_joins().await);
        wang.mentors(&li).await;
        let mother = school.guardian("韩英", &li, Relation::Mother).await;
        mother.hears();
        signs(&school, "{school} · {mentor}老师敬上").await;
        wang.says("/feedback").await;
        wang.presses("李雷").await;
        wang.says("今天主动帮同学搬书。").await;
        wang.says("回家请夸一夸。").await;
        assert!(wang.hears().contains("春晖中学 · 王芳老师敬上"), "the preview is what the family will see");
        wang.presses("发送").await;
        assert!(mother.hears().contains("—— 春晖中学 · 王芳老师敬上"));
        signs(&school, "").await;
        mother.says("/messages").await;
        assert!(mother.hears().contains("—— 导师 王芳"), "without words of its own it is signed as ever");
    }
}
