//! The marks of an exam: typed in a line, kept once, and compared with the exam before.

use crate::support::{Person, School, story};
use daoyu::school::{Kind, Sat};

/// A mentor with a student, two exams in the calendar, and a policy that asks for the marks of each.
async fn after_two_exams(school: &School) -> (Person, Person) {
    let rule = "[[rule]]\nname = \"marks\"\nrecord = \"marks\"\nowed_by = \"mentor\"\nabout = \"pairing\"\n\
                after = { event = \"exam\", school_days = 1 }\nsource = \"M\"\n\n[[rule]]\nname = \"wish\"";
    school.changes_its_policy("[[rule]]\nname = \"wish\"", rule).await;
    school.has_an_exam("第一次月考", "2026-09-09", "2026-09-10").await;
    school.has_an_exam("期中考试", "2026-09-16", "2026-09-17").await;
    let (wang, li) = (school.mentor("王芳").await, school.student("李雷").await);
    wang.mentors(&li).await;
    wang.talked_with(&li).on("2026-09-07").await;
    school.clock_reaches("Fri 2026-09-18 09:00").await;
    wang.hears();
    li.hears();
    (wang, li)
}

impl Person {
    async fn notes_marks_of(&self, student: &Person, exam: &str) {
        self.presses_on(1, &format!("log:marks:{}", student.id)).await;
        self.presses(exam).await;
    }
}

/// What is kept: the exam, the day, and the marks.
async fn kept(student: &Person) -> (String, String, Vec<String>) {
    let record = student.latest(Kind::Marks).await.expect("marks on record");
    let sat = Sat::of(&record).expect("marks");
    (sat.exam.name, record.day.to_string(), sat.marks.kept())
}

fn owes_marks(owed: &[String]) -> bool {
    owed.iter().any(|it| it.contains(" marks "))
}

story! {
    async fn marks_are_typed_in_a_line_and_compared_with_the_exam_before(school) {
        let (wang, li) = after_two_exams(&school).await;
        assert!(owes_marks(&school.owed().await));
        wang.notes_marks_of(&li, "第一次月考").await;
        wang.hears();
        wang.says("语文 88.5，数学 90/120 英语缺考 物理 70").await;
        wang.reads("marks_of_the_first_exam");
        let first = ["语文 88.5", "数学 90/120", "英语 absent", "物理 70"].map(str::to_owned).to_vec();
        assert_eq!(kept(&li).await, ("第一次月考".to_owned(), "2026-09-10".to_owned(), first));
        assert!(owes_marks(&school.owed().await), "an old exam settles nothing that is asked about the last one");

        wang.notes_marks_of(&li, "期中考试").await;
        wang.hears();
        wang.says("语文92数学120/150英语76物理65.5化学80").await;
        wang.reads("marks_compared");
        assert!(!owes_marks(&school.owed().await));
        li.hears_nothing();

        wang.presses_on(1, &format!("file:{}:0", li.id)).await;
        wang.reads_last("file_with_marks");
    }

    async fn what_is_wrong_is_said_and_the_form_stays_open(school) {
        let (wang, li) = after_two_exams(&school).await;
        wang.notes_marks_of(&li, "期中考试").await;
        wang.hears();
        for (typed, said) in [
            ("考得不错", "“考得不错”后面没有分数"),
            ("语文 130/120", "“语文 130/120”超过了满分"),
            ("语文 92 语 93", "“语文”写了两次"),
            ("语文 92 总分 92", "这里不排名"),
            ("92", "“92”前面没有科目"),
            ("，，", "没有看到分数"),
        ] {
            wang.says(typed).await;
            let heard = wang.hears();
            assert!(heard.contains(said), "{typed}: {heard}");
        }
        assert_eq!(li.latest(Kind::Marks).await, None);
        wang.says("语文 92").await;
        assert_eq!(kept(&li).await.2, ["语文 92"]);
    }

    async fn a_student_has_one_record_of_an_exam(school) {
        let (wang, li) = after_two_exams(&school).await;
        wang.notes_marks_of(&li, "期中考试").await;
        wang.says("语文 92 数学 88").await;
        let first = li.latest(Kind::Marks).await.unwrap().id;
        wang.notes_marks_of(&li, "期中考试").await;
        wang.says("数学 98 英语 90").await;
        assert_eq!(li.latest(Kind::Marks).await.unwrap().id, first);
        assert_eq!(kept(&li).await.2, ["语文 92", "数学 98", "英语 90"], "what the line does not name stays");
        wang.presses("撤销").await;
        wang.reads_last("marks_undone");
        assert_eq!(kept(&li).await.2, ["语文 92", "数学 88"], "only what was typed in this sitting goes");
        let id = li.latest(Kind::Marks).await.unwrap().id;
        wang.presses_on(1, &format!("undo:{id}")).await;
        wang.is_refused("stale-button");
        assert_eq!(kept(&li).await.2, ["语文 92", "数学 88"]);
    }

    async fn the_first_line_of_marks_is_taken_back_as_a_whole(school) {
        let (wang, li) = after_two_exams(&school).await;
        wang.notes_marks_of(&li, "期中考试").await;
        wang.says("语文 92 数学 88").await;
        wang.presses("撤销").await;
        assert_eq!(li.latest(Kind::Marks).await, None);
        assert!(owes_marks(&school.owed().await));
        wang.hears();
        wang.says("语文 1").await;
        assert_eq!(li.latest(Kind::Marks).await, None, "nothing listens any more");
    }
}
