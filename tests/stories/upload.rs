//! The office sends its roster as a file into the chat: it sees what would change, and nothing is written before a yes.

use crate::support::{Dies, Person, School, story};
use daoyu::{
    roster,
    school::Role,
    store::{Book, RosterWrite},
};
use std::{
    io::{Cursor, Write},
    time::Duration,
};

const ROSTER: &str = "姓名,角色,学号,工号,班级,出生日期,导师,家长姓名,关系,联系电话,性别,身高\n\
    王芳,导师,,T1,,,,,,13700000001,女,\n\
    李雷,学生,001,,七年级1班,2013-05-17,王芳,李建国,父亲,13900000001,男,150\n\
    韩梅梅,学生,002,,七年级1班,2013年8月,王芳,韩雪,母亲,13900000002,女,149\n";

async fn sends(who: &Person, name: &str, bytes: impl AsRef<[u8]>) {
    who.acts(|it| it.sends_document(name, bytes.as_ref().to_vec())).await;
}

async fn book(school: &School) -> Book {
    school.reads().await.look_at_book(&school.id).await.unwrap()
}

async fn students(school: &School) -> Vec<String> {
    let book = book(school).await;
    let here = book.members.into_iter().filter(|it| it.is(Role::Student) && !it.left);
    let mut names: Vec<String> = here.map(|it| it.name).collect();
    names.sort();
    names
}

/// The sheet of the newest message: its rows as the office reads them.
fn sheet(who: &Person) -> (String, Vec<Vec<String>>) {
    let file = who.newest().document.expect("a file");
    let bytes = who.school().telegram().download(&file.id).unwrap();
    let rows = roster::sheets(&bytes).unwrap().remove(0).rows;
    (file.name, rows.into_iter().map(|row| row.cells.into_iter().map(|(_, it)| it).collect()).collect())
}

/// An Excel file that is small, and a hundred megabytes once it is unpacked.
fn bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let piece = vec![b' '; 1 << 20];
    (0..100).for_each(|_| zip.write_all(&piece).unwrap());
    zip.finish().unwrap().into_inner()
}

story! {
    async fn the_office_sends_a_file_sees_the_changes_and_says_yes(school) {
        let chen = school.office("陈静").await;
        sends(&chen, "花名册.csv", ROSTER).await;
        chen.reads("upload_changes");
        assert_eq!(students(&school).await, [""; 0], "nothing before a yes");
        chen.presses("写入").await;
        assert_eq!(chen.toasts(), "正在写入……");
        chen.reads("upload_written");
        assert_eq!(students(&school).await, ["李雷", "韩梅梅"]);
        let li = book(&school).await.members.into_iter().find(|it| it.name == "李雷").unwrap();
        assert_eq!((li.born.as_str(), li.number.as_str()), ("2013-05-17", "001"));

        sends(&chen, "花名册.csv", ROSTER).await;
        chen.reads("upload_nothing");
        // A move, a leaver, and a correction; phone numbers and birthdays are nothing for a chat.
        let rows = "姓名,学号,班级,出生日期\n李雷,001,八年级1班,2013-05-18\n林涛,003,七年级1班,\n";
        sends(&chen, "新学期.csv", rows).await;
        chen.reads("upload_changes_with_leavers");
        let (message, yes) = (chen.newest().message_id, chen.data_of("✅"));
        chen.presses("写入").await;
        assert_eq!(students(&school).await, ["李雷", "林涛"]);
        chen.hears();
        chen.presses_on(message, &yes).await;
        assert!(chen.toasts().contains("已经写进去了"), "a second tap is told what became of the first");
    }

    async fn a_no_writes_nothing_and_forgets_the_file(school) {
        let chen = school.office("陈静").await;
        sends(&chen, "花名册.csv", ROSTER).await;
        let (message, yes) = (chen.newest().message_id, chen.data_of("✅"));
        chen.presses("不写入").await;
        chen.hears();
        assert!(chen.newest().text.contains("没有写入"));
        chen.presses_on(message, &yes).await;
        chen.is_refused("upload-expired");
        assert_eq!(students(&school).await, [""; 0]);
    }

    async fn wrong_rows_come_back_with_the_reason_beside_each_cell(school) {
        let chen = school.office("陈静").await;
        let rows = "姓名,学号,班级,身份证号,出生日期,导师\n李雷,001,一班,440301201305171234,2013-02-30,\n=1+1,,一班,,,\n林涛,3,一班,,,王方\n周杰,4,一班,,,\n";
        sends(&chen, "花名册.csv", rows).await;
        chen.reads("upload_wrong");
        let (name, rows) = sheet(&chen);
        assert_eq!(name, "花名册-错误.xlsx");
        assert_eq!(rows[0], ["原表行号", "姓名", "学号", "问题（学号）", "班级", "出生日期", "问题（出生日期）", "导师", "问题（导师）"]);
        assert_eq!(rows.len(), 4, "the right row does not come back");
        assert_eq!(rows[2][1], "=1+1");
        assert!(rows[1].iter().any(|it| it.contains("2012-05-06")) && rows[3].iter().any(|it| it.contains("叫“王方”的老师")));
        assert_eq!(students(&school).await, [""; 0]);

        chen.chooses_english().await;
        sends(&chen, "roster.csv", "name,student number\nLi Lei,\n").await;
        assert!(chen.hears().contains("One thing in"), "{}", chen.chat());
        let (name, rows) = sheet(&chen);
        assert_eq!((name.as_str(), rows[0][0].as_str()), ("roster-wrong.xlsx", "row in the file"));
    }

    async fn what_is_no_roster_is_refused_with_a_sentence(school) {
        let chen = school.office("陈静").await;
        for (name, bytes, sentence) in [
            ("课表.pdf", b"%PDF".to_vec(), "这个文件我读不了"),
            ("大.xlsx", vec![b' '; (16 << 20) + 1], "文件太大"),
            ("炸弹.xlsx", bomb(), "文件太大"),
            ("坏.xlsx", b"PK\x03\x04 and nothing more".to_vec(), "打不开"),
            ("课程.csv", "科目,节数\n语文,5\n".as_bytes().to_vec(), "有 1 处要改"),
        ] {
            sends(&chen, name, &bytes).await;
            let heard = chen.hears();
            assert!(heard.contains(sentence) && !heard.contains("[✅"), "{name}: {heard}");
        }
        assert_eq!(students(&school).await, [""; 0]);
    }

    async fn only_the_office_may_and_others_are_told(school) {
        let (chen, wang) = (school.office("陈静").await, school.mentor("王芳").await);
        sends(&wang, "花名册.csv", ROSTER).await;
        wang.is_told("hint-file");
        let nobody = school.stranger("路人", "zh-hans");
        sends(&nobody, "花名册.csv", ROSTER).await;
        assert!(nobody.hears().contains("邀请"), "{}", nobody.chat());
        // The button is a reference: in other hands it opens nothing.
        sends(&chen, "花名册.csv", ROSTER).await;
        let yes = chen.data_of("✅");
        wang.says("/help").await;
        wang.presses_on(wang.newest().message_id, &yes).await;
        wang.is_refused("not-allowed");
        let other = school.office("赵敏").await;
        other.presses_on(other.newest().message_id, &yes).await;
        other.is_refused("not-found");
        assert_eq!(students(&school).await, [""; 0]);
    }

    async fn what_changed_meanwhile_is_shown_anew_before_anything_is_written(school) {
        let chen = school.office("陈静").await;
        sends(&chen, "花名册.csv", ROSTER).await;
        chen.hears();
        // Somebody else enters a student of the class, who would leave by this file.
        school.student("林涛").never_joins().await;
        chen.presses("写入").await;
        chen.reads("upload_changed_meanwhile");
        assert_eq!(students(&school).await, ["林涛"]);
        chen.presses("写入").await;
        assert_eq!(students(&school).await, ["李雷", "韩梅梅"]);
    }

    async fn after_half_an_hour_the_file_is_forgotten(school) {
        let chen = school.office("陈静").await;
        sends(&chen, "花名册.csv", ROSTER).await;
        school.goes_on_for(Duration::from_secs(31 * 60)).await;
        chen.presses("写入").await;
        chen.is_refused("upload-expired");
        assert_eq!(students(&school).await, [""; 0]);
    }

    async fn more_leavers_than_is_likely_are_asked_about_twice(school) {
        let chen = school.office("陈静").await;
        let rows = |count: usize| {
            let row = |n: usize| format!("学生{n},{n:03},一班\n");
            format!("姓名,学号,班级\n{}", (0..count).map(row).collect::<String>())
        };
        sends(&chen, "all.csv", rows(20)).await;
        chen.presses("写入").await;
        chen.hears();
        sends(&chen, "half.csv", rows(10)).await;
        chen.reads("upload_many_leave");
        // A button that says it was asked twice, and was not: the changes are shown again, and nothing is written.
        let forged = chen.data_of("真的要离开").replace("ask-c", "c0123456789abcdef");
        chen.presses_on(chen.newest().message_id, &forged).await;
        assert_eq!(students(&school).await.len(), 20);
        chen.hears();
        chen.presses("真的要离开").await;
        chen.reads("upload_many_leave_really");
        chen.presses("再看看变化").await;
        chen.presses("真的要离开").await;
        chen.presses("是的").await;
        chen.hears();
        assert_eq!(students(&school).await.len(), 10);
    }

    async fn a_file_of_some_people_takes_nobody_away(school) {
        let chen = school.office("陈静").await;
        sends(&chen, "花名册.csv", ROSTER).await;
        chen.presses("写入").await;
        sends(&chen, "新生.csv", "姓名,学号,班级\n林涛,003,七年级1班\n").await;
        chen.presses("只是一部分人").await;
        chen.reads_last("upload_part");
        chen.presses("写入").await;
        assert_eq!(students(&school).await, ["李雷", "林涛", "韩梅梅"]);
    }

    async fn the_next_grade_moves_classes_and_the_last_one_leaves(school) {
        let chen = school.office("陈静").await;
        let class = |name: &str, from: usize, to: usize| -> String {
            (from..to).map(|n| format!("学生{n},{n:03},{name}\n")).collect()
        };
        let all = format!("姓名,学号,班级\n{}{}{}", class("七年级1班", 0, 4), class("八年级1班", 4, 8), class("九年级1班", 8, 12));
        sends(&chen, "今年.csv", all).await;
        chen.presses("写入").await;
        chen.hears();
        // The grade that has left is in no class of the file: it is named once the file is said to be the whole school.
        let next = format!("姓名,学号,班级\n{}{}", class("八年级1班", 0, 4), class("九年级2班", 4, 8));
        sends(&chen, "明年.csv", next).await;
        let said = chen.hears();
        assert!(said.contains("转班") && !said.contains("离校"), "{said}");
        chen.presses("这是全校名单").await;
        chen.reads("upload_next_grade");
        chen.taps(["真的要离开", "是的"]).await;
        assert_eq!(students(&school).await.len(), 8);
    }

    async fn a_guardian_whom_the_roster_names_no_more_reads_nothing_from_then_on(school) {
        let chen = school.office("陈静").await;
        let heads = "姓名,学号,班级,家长姓名,关系,家长2姓名,家长2关系\n";
        sends(&chen, "花名册.csv", format!("{heads}李雷,001,一班,韩英,母亲,李建国,父亲\n")).await;
        chen.presses("写入").await;
        chen.hears();
        let id = book(&school).await.members.into_iter().find(|it| it.name == "李建国").unwrap().id;
        let phone = school.stranger("爸爸", "zh-hans");
        let account = format!("tg:{}", phone.user().id());
        phone.says("/start").await;
        let mut tx = school.writes().await;
        tx.bind(&account.as_str().into(), &id, &school.id, school.now()).await.unwrap();
        tx.commit().await.unwrap();
        phone.says("/consent").await;
        assert!(phone.hears().contains("李雷"));
        sends(&chen, "花名册.csv", format!("{heads}李雷,001,一班,韩英,母亲,,\n")).await;
        chen.reads("upload_a_guardian_leaves");
        chen.presses("写入").await;
        phone.says("/consent").await;
        assert!(!phone.hears().contains("李雷"), "{}", phone.chat());
        assert_eq!(book(&school).await.families.len(), 1);
    }

    async fn killed_at_any_moment_it_is_written_once_and_whole(school) {
        let chen = school.office("陈静").await;
        for (n, when) in Dies::ALL.into_iter().enumerate() {
            let rows = format!("姓名,学号,班级\n甲{n},{n}1,{n}班\n乙{n},{n}2,{n}班\n");
            chen.user().sends_document("花名册.csv", rows.into_bytes());
            school.is_killed(when).await;
            chen.begins("[写入]");
            school.is_killed(when).await;
            assert_eq!(students(&school).await.len(), 2 * (n + 1), "{when:?}\n{}", chen.chat());
            assert!(chen.hears().contains("已写入"), "{when:?}");
        }
    }

    async fn who_is_no_longer_of_the_office_has_said_yes_in_vain(school) {
        let chen = school.office("陈静").await;
        sends(&chen, "花名册.csv", ROSTER).await;
        let mut tx = school.writes().await;
        let write = RosterWrite { left: vec![chen.id.clone()], ..RosterWrite::default() };
        chen.begins("[写入]");
        tx.write_roster(&school.id, &write, school.now()).await.unwrap();
        tx.commit().await.unwrap();
        school.settles().await;
        assert_eq!(students(&school).await, [""; 0]);
    }
}
