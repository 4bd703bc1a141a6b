use super::*;
use crate::roster::sheets;

fn csv(text: &str) -> Result<Roster, Vec<String>> {
    let shown = |it: &Wrong| format!("{} {} {}", it.place.row, it.column, it.reason.key());
    let roster = read(&sheets(text.as_bytes()).unwrap());
    if roster.wrong.is_empty() { Ok(roster) } else { Err(roster.wrong.iter().map(shown).collect()) }
}

#[test]
fn one_row_is_one_person_with_all_that_is_known() {
    let roster =
        csv("七年级花名册\n姓名,学号,年级,班别,导师,家长姓名,关系,联系电话,母亲,母亲电话,角色,工号,性别\n\
        李　雷,００71,七年级,1,王芳、T07,李建国,父亲,138 0013 8000,韩梅,13900139000,,,男\n\
        王芳,,七年级,1班,,,,13700137000,,,导师、班主任,T01,女\n")
        .unwrap();
    let student = &roster.students[0];
    assert_eq!((student.name.as_str(), student.number.as_str(), student.place.row), ("李雷", "0071", 3));
    assert_eq!(student.class.as_ref().unwrap().name, "七年级1班");
    assert_eq!(student.mentors.iter().map(|it| it.words.as_str()).collect::<Vec<_>>(), ["王芳", "T07"]);
    let guardian =
        |name: &str, relation, phone: &str| Guardian { name: name.into(), relation, phone: phone.into() };
    assert_eq!(
        student.guardians,
        [
            guardian("李建国", Relation::Father, "13800138000"),
            guardian("韩梅", Relation::Mother, "13900139000")
        ]
    );
    let class = Class { name: "七年级1班".into(), grade: "七年级".into() };
    assert_eq!(roster.staff[0].posts, [(Role::Mentor, None), (Role::HeadTeacher, Some(class))]);
    assert_eq!((roster.staff[0].number.as_str(), roster.staff[0].phone.as_str()), ("T01", "13700137000"));
    assert_eq!((roster.unused.len(), roster.not_kept), (0, vec!["性别".to_owned()]));
}

#[test]
fn every_wrong_cell_is_told_with_its_row_and_column() {
    let wrong = csv("姓名,学号,班级,角色,关系,联系电话,家长姓名\n\
        ,1,1班,,,,\n\
        李雷,,1班,,,,\n\
        李雷,1.23E+17,1班,,,,\n\
        李雷,2,1班,门卫,,,\n\
        李雷,3,1班,,邻居,,李建国\n\
        李雷,4,1班,,,打电话,李建国\n\
        李雷,5,1班,,,13800138000,\n\
        王芳,T1,,班主任,,,\n\
        李雷,#N/A,1班,,,,\n\
        王芳,T1,,学生、导师,,,\n\
        ,,,,,,\n")
    .unwrap_err();
    assert_eq!(
        wrong,
        [
            "2 姓名 roster-wrong-no-name",
            "3 学号 roster-wrong-no-number",
            "4 学号 roster-wrong-rounded",
            "5 角色 roster-wrong-role",
            "6 关系 roster-wrong-relation",
            "7 联系电话 roster-wrong-phone",
            "8 家长姓名 roster-wrong-no-guardian-name",
            "9 角色 roster-wrong-no-class-for-role",
            "10 学号 roster-wrong-fault",
            "11 角色 roster-wrong-student-and-staff",
        ]
    );
}

#[test]
fn a_file_without_heads_or_people_says_so() {
    assert_eq!(csv("李雷,0071\n").unwrap_err(), ["1  roster-wrong-heads"]);
    assert_eq!(csv("姓名,学号\n").unwrap_err(), ["1  roster-wrong-nobody"]);
    assert_eq!(csv("姓名,学号,学生姓名\n李雷,1,李雷\n").unwrap_err(), ["1 学生姓名 roster-wrong-head-twice"]);
}

#[test]
fn a_sheet_of_teachers_needs_no_roles_and_notes_are_passed_over() {
    let row = |number, cells: &[&str]| Row {
        number,
        cells: (0..).zip(cells).map(|(at, text)| (at, (*text).to_owned())).collect(),
    };
    let sheet = |name: &str, rows| Sheet { name: name.into(), rows };
    let roster = read(&[
        sheet("填写说明", vec![row(1, &["请按列填写"])]),
        sheet("教师", vec![row(1, &["姓名", "工号"]), row(2, &["王芳", "T01"])]),
        sheet("学生", vec![row(1, &["姓名", "学号"]), row(2, &["李雷", "0071"])]),
    ]);
    assert_eq!((roster.staff.len(), roster.students.len()), (1, 1));
}
