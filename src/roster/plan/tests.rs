use super::{
    testing::{school, write},
    *,
};
use crate::roster::{Scope, compare, read, sheets};

const FILE: &str = "姓名,角色,学号,工号,班级,导师,班主任,家长姓名,关系,联系电话\n\
    王芳,导师,,T1,,,,,,13700000001\n\
    李强,导师,,T2,,,,,,\n\
    李雷,学生,001,,七年级1班,王芳,李强,李建国,父亲,13900000001\n\
    韩梅梅,学生,002,,七年级1班,T2,李强,韩雪,母亲,13900000002\n";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn planned(file: &str, book: &Book) -> Result<Plan, Vec<String>> {
    let roster = read(&sheets(file.as_bytes()).unwrap());
    let shown = |it: &Wrong| format!("{} {} {}", it.place.row, it.column, it.reason.key());
    plan(&roster, book, day("2026-10-08")).map_err(|wrong| wrong.iter().map(shown).collect())
}

fn tally(new: usize, changed: usize, unchanged: usize) -> Tally {
    Tally { new, changed, unchanged, left: 0 }
}

fn named<'a>(book: &'a Book, name: &str) -> &'a Member {
    book.members.iter().find(|it| it.name == name).unwrap()
}

#[test]
fn a_first_file_makes_everybody_and_the_same_file_again_nobody() {
    let mut book = Book::default();
    let first = planned(FILE, &book).unwrap();
    let summary = Summary {
        classes: tally(1, 0, 0),
        staff: tally(2, 0, 0),
        students: tally(2, 0, 0),
        guardians: tally(2, 0, 0),
        pairings: tally(2, 0, 0),
    };
    assert_eq!(first.summary, summary);
    write(&mut book, &first.write);
    assert!(named(&book, "李强").is(Role::HeadTeacher));
    let again = planned(FILE, &book).unwrap();
    assert!(again.is_empty(), "{:?}", again.write);
    assert_eq!(again.summary.pairings, tally(0, 0, 2));
    assert_eq!(again.summary.guardians, tally(0, 0, 2));
}

#[test]
fn a_changed_mentor_ends_one_pairing_and_begins_another_today() {
    let mut book = school(FILE);
    let plan = planned(&FILE.replace("王芳,李强,李建国", "T2,李强,李建国"), &book).unwrap();
    let old = book.pairings.iter().find(|it| it.student == named(&book, "李雷").id).unwrap().id.clone();
    assert_eq!(plan.write.ended, [(old, day("2026-10-08"))]);
    assert_eq!(plan.write.pairings[0].mentor, named(&book, "李强").id);
    assert_eq!(plan.write.pairings[0].since, day("2026-10-08"));
    assert_eq!((plan.summary.pairings, plan.write.members.len()), (Tally { left: 1, ..tally(1, 0, 1) }, 0));
    write(&mut book, &plan.write);
    assert_eq!(book.pairings.len(), 2);
}

#[test]
fn names_phones_and_classes_are_updated_and_an_empty_cell_changes_nothing() {
    let book = school(FILE);
    let file = "姓名,学号,班级,导师,家长姓名,关系,联系电话\n李磊,001,七年级2班,,李建国,,13900000009\n韩梅梅,002,,,,,\n";
    let plan = planned(file, &book).unwrap();
    assert_eq!((plan.summary.students, plan.summary.guardians), (tally(0, 1, 1), tally(0, 1, 0)));
    assert_eq!((plan.summary.classes, plan.summary.pairings), (tally(1, 0, 0), tally(0, 0, 2)));
    let member = |name: &str| plan.write.members.iter().find(|it| it.name == name).unwrap();
    assert_eq!(member("李磊").id, named(&book, "李雷").id);
    assert_eq!(member("李建国").phone, "13900000009");
    assert!(plan.write.families.is_empty());
}

#[test]
fn who_is_named_but_not_there_is_told() {
    let file = "姓名,角色,学号,工号,班级,导师\n\
        王芳,导师,,T1,,\n王芳,导师,,T3,,\n王芳,导师,,T1,,\n\
        甲,,1,,一班,陈静\n乙,,2,,一班,王芳\n丙,,2,,一班,\n丁,,3,,,\n戊,,4,,一班,王芳(T3)\n";
    assert_eq!(
        planned(file, &Book::default()).unwrap_err(),
        [
            "4  roster-wrong-twice",
            "5 导师 roster-wrong-no-teacher",
            "6 导师 roster-wrong-same-name",
            "7 学号 roster-wrong-number-twice",
            "8 班级 roster-wrong-no-class",
        ]
    );
}

#[test]
fn what_a_row_says_wrong_and_what_it_names_wrong_is_told_in_one_go() {
    let file = "姓名,角色,学号,工号,班级,导师,关系,联系电话\n\
        王芳,导师,,T1,,,,打电话\n甲,,1,,一班,王芳,,\n乙,,,,一班,陈静,,\n丙,,1,,一班,李娜,邻居,\n";
    assert_eq!(
        planned(file, &Book::default()).unwrap_err(),
        [
            "2 联系电话 roster-wrong-phone",
            "4 学号 roster-wrong-no-number",
            "5 关系 roster-wrong-relation",
            "5  roster-wrong-no-guardian-name",
            "5 学号 roster-wrong-number-twice",
        ]
    );
}

#[test]
fn a_class_has_the_head_teachers_that_the_file_names() {
    let mut book = school(FILE);
    let plan = planned("姓名,工号,角色,班级\n王芳,T1,导师、班主任,七年级1班\n", &book).unwrap();
    assert_eq!(plan.summary.staff, tally(0, 2, 0));
    write(&mut book, &plan.write);
    assert!(named(&book, "王芳").is(Role::HeadTeacher));
    assert!(!named(&book, "李强").is(Role::HeadTeacher));
}

#[test]
fn several_mentors_have_one_primary_and_who_has_students_is_a_mentor() {
    let file =
        "姓名,学号,工号,角色,班级,导师\n王芳,,T1,导师,,\n陈静,,T4,心理教师,,\n甲,1,,,一班,陈静、王芳\n";
    let book = school(file);
    let primary: Vec<bool> = book.pairings.iter().map(|it| it.primary).collect();
    assert_eq!(primary, [true, false]);
    let chen = named(&book, "陈静");
    assert_eq!(book.pairings[0].mentor, chen.id);
    assert!(chen.is(Role::Mentor) && chen.is(Role::Counsellor));
    assert!(planned(file, &book).unwrap().write.members.iter().all(|it| it.posts == chen.posts));
}

#[test]
fn staff_without_a_number_are_known_by_name_and_may_get_one() {
    let book = school("姓名,角色\n王芳,导师\n");
    let plan = planned("姓名,角色,工号\n王芳,导师,T1\n", &book).unwrap();
    assert_eq!(plan.summary.staff, tally(0, 1, 0));
    assert_eq!(plan.write.members[0].id, book.members[0].id);
}

#[test]
fn who_left_and_stands_in_the_file_is_back() {
    let mut book = school(FILE);
    book.members.iter_mut().for_each(|it| it.left = true);
    let plan = planned(FILE, &book).unwrap();
    assert_eq!(plan.summary.students, tally(0, 2, 0));
    assert!(plan.write.members.iter().all(|it| !it.left));
}

#[test]
fn the_relation_that_was_not_said_is_filled_in() {
    let mut book = school("姓名,学号,班级,家长姓名\n甲,1,一班,甲父\n");
    let plan = planned("姓名,学号,班级,父亲\n甲,1,一班,甲父\n", &book).unwrap();
    assert_eq!(plan.write.families[0].relation, Relation::Father);
    assert_eq!((plan.write.families.len(), plan.write.members.len()), (1, 0));
    write(&mut book, &plan.write);
    assert!(planned("姓名,学号,班级,家长姓名\n甲,1,一班,甲父\n", &book).unwrap().is_empty());
}

#[test]
fn a_row_that_says_only_mentor_leaves_the_class_its_head_teacher() {
    let mut book = school(FILE);
    let plan = planned("姓名,工号,角色\n李强,T2,导师\n", &book).unwrap();
    assert!(plan.is_empty(), "{:?}", plan.changes);
    // Another class of her own is a word about classes; a successor takes the place of both.
    let plan = planned("姓名,工号,角色,班级\n李强,T2,班主任,七年级2班\n", &book).unwrap();
    write(&mut book, &plan.write);
    let classes: Vec<Option<&ClassId>> = named(&book, "李强")
        .posts
        .iter()
        .filter(|it| it.role == Role::HeadTeacher)
        .map(|it| it.class.as_ref())
        .collect();
    let second = book.classes.iter().find(|it| it.name == "七年级2班").map(|it| &it.id);
    assert_eq!(classes, [second]);
    let plan = planned("姓名,工号,角色,班级\n王芳,T1,班主任,七年级2班\n李强,T2,导师,\n", &book).unwrap();
    write(&mut book, &plan.write);
    assert!(named(&book, "王芳").is(Role::HeadTeacher) && !named(&book, "李强").is(Role::HeadTeacher));
}

#[test]
fn a_birthday_is_new_once_corrected_once_and_never_taken_away() {
    let mut book = school("姓名,学号,班级,出生日期\n甲,1,一班,\n");
    let file = "姓名,学号,班级,出生年月\n甲,1,一班,2012/5/6\n";
    let plan = planned(file, &book).unwrap();
    let change = &plan.changes[0];
    assert_eq!((change.kind, plan.changes.len(), plan.summary.students), (Kind::Changed, 1, tally(0, 1, 0)));
    write(&mut book, &plan.write);
    assert_eq!(named(&book, "甲").born, "2012-05-06");
    assert!(planned(file, &book).unwrap().is_empty());
    assert!(planned("姓名,学号,班级,出生日期\n甲,1,一班,\n", &book).unwrap().is_empty());
    let wrong = "姓名,学号,班级,出生日期\n甲,1,一班,2012-02-30\n乙,2,一班,2027-01-01\n丙,3,一班,1990.1.1\n丁,4,一班,不详\n";
    assert_eq!(
        planned(wrong, &book).unwrap_err(),
        [
            "2 出生日期 roster-wrong-born",
            "3 出生日期 roster-wrong-born-when",
            "4 出生日期 roster-wrong-born-when",
            "5 出生日期 roster-wrong-born",
        ]
    );
}

#[test]
fn a_row_that_names_a_guardian_names_the_whole_family() {
    let heads = "姓名,学号,班级,家长姓名,关系,联系电话,家长2姓名,家长2关系\n";
    let both = format!("{heads}李雷,1,一班,李建国,父亲,13900000001,韩雪,母亲\n");
    let mut book = school(&both);
    let by = |book: &Book, file: &str, scope| {
        let roster = read(&sheets(file.as_bytes()).unwrap());
        compare(&roster, book, day("2026-10-08"), scope).unwrap()
    };
    // What says nothing of the family takes nobody away, and neither does a file of some people only.
    for silent in ["姓名,学号,班级\n李雷,1,一班\n", &format!("{heads}李雷,1,一班,,,,,\n")] {
        assert!(by(&book, silent, Scope::School).is_empty(), "{silent}");
    }
    let one = format!("{heads}李雷,1,一班,韩雪,母亲,,,\n");
    assert!(by(&book, &one, Scope::Nobody).is_empty());
    assert!(
        by(&book, "姓名,学号,班级,母亲姓名\n李雷,1,一班,韩雪\n", Scope::Classes).is_empty(),
        "no word of a father"
    );
    let two_rows = format!("{heads}李雷,1,一班,韩雪,母亲,,,\n李雷,1,一班,李建国,父亲,,,\n");
    assert!(by(&book, &two_rows, Scope::Classes).is_empty());

    let plan = by(&book, &one, Scope::Classes);
    let (father, child) = (named(&book, "李建国").id.clone(), named(&book, "李雷").id.clone());
    assert_eq!(plan.write.parted, [(father.clone(), child)]);
    assert_eq!(plan.write.left, [father]);
    let change = &plan.changes[0];
    assert_eq!((change.kind, change.who, change.name.as_str()), (Kind::Parted, "guardian", "李雷 · 李建国"));
    assert_eq!((plan.changes.len(), plan.leavers.count(), plan.summary.guardians.left), (1, 1, 1));
    write(&mut book, &plan.write);
    assert!(by(&book, &one, Scope::Classes).is_empty(), "the same file twice changes nothing");
    // Who is back comes as somebody new: the old account reads nothing by it.
    assert_eq!(by(&book, &both, Scope::Classes).summary.guardians.new, 1);
}

#[test]
fn a_file_with_one_guardian_of_each_is_rather_the_wrong_file() {
    let heads = "姓名,学号,班级,家长姓名,关系,家长2姓名,家长2关系\n";
    let row = |n: usize, two: &str| format!("学生{n},{n},一班,父{n},父亲,{two}\n");
    let all: String = (0..10).map(|n| row(n, &format!("母{n},母亲"))).collect();
    let half: String = (0..10).map(|n| row(n, ",")).collect();
    let book = school(&format!("{heads}{all}"));
    let roster = read(&sheets(format!("{heads}{half}").as_bytes()).unwrap());
    let plan = compare(&roster, &book, day("2026-10-08"), Scope::Classes).unwrap();
    assert!(plan.leavers.are_many());
    assert_eq!((plan.leavers.count(), plan.leavers.of_all()), (10, 30));
}
