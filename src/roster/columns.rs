//! What the head of a column means, in the spellings that school offices use.

use super::{cells::tidy, file::Row};
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Column {
    /// The name of the person of the row.
    Name,
    /// 学号.
    StudentNumber,
    /// 工号.
    StaffNumber,
    /// A number of either kind.
    Number,
    /// What the person is: a student where nothing is said.
    Role,
    /// The class.
    Class,
    /// The grade.
    Grade,
    /// A student's date of birth.
    Born,
    /// A phone number: of the person, or of the family in the row of a student.
    Phone,
    /// A student's own phone number.
    OwnPhone,
    /// A student's mentors, by name or number, the first one first.
    Mentor,
    /// A student's mentors, by number.
    MentorNumber,
    /// A student's head teacher; in the row of a teacher, the class.
    HeadTeacher,
    /// The name of a guardian.
    GuardianName(Slot),
    /// What the guardian is to the student.
    GuardianRelation(Slot),
    /// The guardian's phone number.
    GuardianPhone(Slot),
}

/// Which guardian of a row is meant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Slot {
    /// The first.
    First,
    /// The second.
    Second,
    /// The father, by the head of the column.
    Father,
    /// The mother, by the head of the column.
    Mother,
}

impl Slot {
    /// All guardians that a row may have.
    pub const ALL: [Slot; 4] = [Slot::First, Slot::Second, Slot::Father, Slot::Mother];
}

use Column::*;
use Slot::*;

/// Spellings as [`plain`] leaves them: lower case, without spaces, stars and what stands in brackets.
const SPELLINGS: &[(Column, &[&str])] = &[
    (
        Name,
        &[
            "姓名",
            "名字",
            "学生姓名",
            "学生",
            "教师姓名",
            "教师",
            "老师",
            "老师姓名",
            "教职工姓名",
            "name",
            "fullname",
            "student",
            "studentname",
            "staffname",
            "teacher",
            "teachername",
        ],
    ),
    (StudentNumber, &["学号", "学生学号", "学籍号", "学生编号", "studentnumber", "studentid", "studentno"]),
    (
        StaffNumber,
        &[
            "工号",
            "职工号",
            "教工号",
            "教师工号",
            "教师编号",
            "staffnumber",
            "staffid",
            "staffno",
            "teacherid",
        ],
    ),
    (Number, &["编号", "号码", "学号/工号", "工号/学号", "number", "no", "id"]),
    (Role, &["角色", "职务", "身份", "岗位", "role", "roles", "post", "position"]),
    (Class, &["班级", "班别", "所在班级", "班级名称", "行政班", "班", "class", "classname"]),
    (Grade, &["年级", "所在年级", "grade", "year"]),
    (
        Born,
        &[
            "出生日期",
            "出生年月",
            "出生年月日",
            "出生时间",
            "生日",
            "born",
            "birthdate",
            "birthday",
            "dateofbirth",
            "dob",
            "monthofbirth",
        ],
    ),
    (
        Phone,
        &[
            "联系电话",
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "电话号码",
            "联系方式",
            "phone",
            "phonenumber",
            "mobile",
            "tel",
        ],
    ),
    (OwnPhone, &["学生电话", "学生手机", "学生手机号", "本人电话", "studentphone"]),
    (Mentor, &["导师", "导师姓名", "成长导师", "指导教师", "指导老师", "mentor", "mentors", "mentorname"]),
    (MentorNumber, &["导师工号", "导师编号", "mentornumber", "mentorid", "mentorno"]),
    (HeadTeacher, &["班主任", "班主任姓名", "任班主任", "headteacher", "homeroomteacher", "formteacher"]),
    (
        GuardianName(First),
        &[
            "家长姓名",
            "家长",
            "家长1姓名",
            "家长1",
            "家长一",
            "家长一姓名",
            "监护人",
            "监护人姓名",
            "监护人1姓名",
            "监护人1",
            "联系人",
            "guardian",
            "guardianname",
            "guardian1",
            "guardian1name",
            "parent",
            "parentname",
            "parent1",
            "parent1name",
        ],
    ),
    (
        GuardianRelation(First),
        &[
            "关系",
            "与学生关系",
            "与本人关系",
            "亲属关系",
            "家长关系",
            "家长1关系",
            "家长一关系",
            "监护人关系",
            "监护人1关系",
            "relation",
            "relationship",
            "guardianrelation",
            "guardian1relation",
            "parentrelation",
            "parent1relation",
        ],
    ),
    (
        GuardianPhone(First),
        &[
            "家长电话",
            "家长联系电话",
            "家长手机",
            "家长手机号",
            "家长1电话",
            "家长1联系电话",
            "家长1手机号",
            "家长一电话",
            "监护人电话",
            "监护人联系电话",
            "监护人1电话",
            "guardianphone",
            "guardian1phone",
            "parentphone",
            "parent1phone",
        ],
    ),
    (
        GuardianName(Second),
        &[
            "家长2姓名",
            "家长2",
            "家长二",
            "家长二姓名",
            "监护人2姓名",
            "监护人2",
            "guardian2",
            "guardian2name",
            "parent2",
            "parent2name",
        ],
    ),
    (
        GuardianRelation(Second),
        &[
            "关系2",
            "家长2关系",
            "家长二关系",
            "监护人2关系",
            "relation2",
            "guardian2relation",
            "parent2relation",
        ],
    ),
    (
        GuardianPhone(Second),
        &[
            "联系电话2",
            "电话2",
            "家长2电话",
            "家长2联系电话",
            "家长2手机号",
            "家长二电话",
            "监护人2电话",
            "phone2",
            "guardian2phone",
            "parent2phone",
        ],
    ),
    (GuardianName(Father), &["父亲姓名", "父亲", "爸爸姓名", "爸爸", "father", "fathername"]),
    (
        GuardianPhone(Father),
        &["父亲电话", "父亲联系电话", "父亲手机", "父亲手机号", "爸爸电话", "fatherphone"],
    ),
    (GuardianName(Mother), &["母亲姓名", "母亲", "妈妈姓名", "妈妈", "mother", "mothername"]),
    (
        GuardianPhone(Mother),
        &["母亲电话", "母亲联系电话", "母亲手机", "母亲手机号", "妈妈电话", "motherphone"],
    ),
];

/// What schools keep and daoyu does not: it needs none of it, and the law says to keep no more than is needed.
const NOT_KEPT: &[&str] = &[
    "性别",
    "学生性别",
    "sex",
    "gender",
    "身份证",
    "身份证号",
    "身份证号码",
    "身份证件号",
    "身份证件号码",
    "学生身份证号",
    "学生身份证号码",
    "家长身份证号",
    "监护人身份证号",
    "公民身份号码",
    "公民身份证号码",
    "证件号",
    "证件号码",
    "idcard",
    "idcardnumber",
    "idnumber",
    "identitycardnumber",
    "nationalid",
    "nationalidnumber",
    "passport",
    "passportnumber",
];

/// The heads of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    /// What is read: its meaning, its column, its head.
    known: Vec<(Column, u32, Arc<str>)>,
    /// What is not read.
    pub(super) unknown: Vec<String>,
    /// What is known and never read, with its column.
    pub(super) not_kept: Vec<(u32, String)>,
    /// Heads that mean what an earlier one means already: (earlier, this one).
    pub(super) twice: Vec<(Arc<str>, Arc<str>)>,
}

impl Heads {
    /// Reads a row as heads; `None` when it is none: one without a name and something else that we know.
    pub(super) fn of(row: &Row) -> Option<Heads> {
        let mut heads = Heads::default();
        for (at, text) in &row.cells {
            let head: Arc<str> = tidy(text).into();
            match meaning(&head) {
                None if NOT_KEPT.contains(&plain(&head).as_str()) => {
                    heads.not_kept.push((*at, head.to_string()));
                }
                None => heads.unknown.push(head.to_string()),
                Some(column) => match heads.find(column) {
                    Some((_, earlier)) => heads.twice.push((earlier.clone(), head)),
                    None => heads.known.push((column, *at, head)),
                },
            }
        }
        (heads.find(Name).is_some() && heads.known.len() > 1).then_some(heads)
    }

    /// The text and the head of a column in a row; ('', '') where the sheet has no such column.
    pub(super) fn cell<'a>(&'a self, row: &'a Row, column: Column) -> (&'a str, &'a Arc<str>) {
        static NONE: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| Arc::from(""));
        self.find(column).map_or(("", &NONE), |(at, head)| (row.cell(at), head))
    }

    /// All that is read of a row, with the heads.
    pub(super) fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a str, &'a Arc<str>)> {
        self.known.iter().map(|(_, at, head)| (row.cell(*at), head))
    }

    fn find(&self, column: Column) -> Option<(u32, &Arc<str>)> {
        self.known.iter().find(|(it, ..)| *it == column).map(|(_, at, head)| (*at, head))
    }
}

/// What a head means.
pub(super) fn meaning(head: &str) -> Option<Column> {
    let head = plain(head);
    SPELLINGS.iter().find(|(_, spellings)| spellings.contains(&head.as_str())).map(|(column, _)| *column)
}

/// `*家长 姓名(必填)` is 家长姓名.
fn plain(head: &str) -> String {
    let head = head.split('(').find(|it| !it.trim().is_empty()).unwrap_or_default();
    head.chars()
        .filter(|c| !matches!(c, ' ' | '*' | '_' | '-' | ':' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn row(heads: &[&str]) -> Row {
        let cells = (0..).zip(heads).map(|(at, head)| (at, (*head).to_owned()));
        Row { number: 1, cells: cells.collect() }
    }

    #[test]
    fn heads_are_known_in_many_spellings_and_any_order() {
        for (head, column) in [
            ("*家长 姓名（必填）", GuardianName(First)),
            ("班别", Class),
            ("与学生关系", GuardianRelation(First)),
            ("Guardian 2 phone", GuardianPhone(Second)),
            ("student_number", StudentNumber),
            ("Head teacher", HeadTeacher),
            ("母亲手机号", GuardianPhone(Mother)),
        ] {
            assert_eq!(meaning(&tidy(head)), Some(column), "{head}");
        }
        let heads =
            Heads::of(&row(&["学号", "性别", "姓名", "身高", "身份证号码（18位）", "ID number"])).unwrap();
        assert_eq!(heads.unknown, ["身高"]);
        let not_kept: Vec<&str> = heads.not_kept.iter().map(|(_, it)| it.as_str()).collect();
        assert_eq!(not_kept, ["性别", "身份证号码(18位)", "ID number"]);
        assert_eq!(heads.cell(&row(&["0071", "男", "李雷"]), Name).0, "李雷");
    }

    #[test]
    fn a_title_is_no_row_of_heads_and_a_head_twice_is_seen() {
        assert!(Heads::of(&row(&["2026级学生花名册"])).is_none());
        assert!(Heads::of(&row(&["姓名", "身高"])).is_none());
        let twice = Heads::of(&row(&["姓名", "学号", "学生姓名"])).unwrap().twice;
        assert_eq!(twice, [("姓名".into(), "学生姓名".into())]);
    }

    #[test]
    fn no_spelling_means_two_things_and_each_is_written_plainly() {
        let mut seen = HashSet::new();
        for spelling in SPELLINGS.iter().flat_map(|(_, spellings)| *spellings).chain(NOT_KEPT) {
            assert!(seen.insert(spelling), "{spelling} twice");
            assert_eq!(plain(spelling), *spelling);
        }
    }
}
