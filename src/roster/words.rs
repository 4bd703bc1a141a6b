//! The words for roles and relations that stand in cells, and how classes are written.

use crate::school::{Relation, Role};

const ROLES: &[(Role, &[&str])] = &[
    (Role::Mentor, &["导师", "成长导师", "教师", "老师", "任课教师", "科任教师", "teacher"]),
    (Role::ExternalMentor, &["校外导师", "external mentor"]),
    (Role::HeadTeacher, &["班主任", "head teacher", "homeroom teacher", "form teacher"]),
    (Role::ChiefMentor, &["首席导师", "班教组长", "chief mentor"]),
    (Role::Counsellor, &["心理教师", "心理老师", "心理健康教师", "counselor"]),
    (
        Role::Office,
        &[
            "政教处",
            "德育处",
            "学生处",
            "政教处主任",
            "德育处主任",
            "政教主任",
            "德育主任",
            "moral-education office",
        ],
    ),
    (Role::Principal, &["校长", "副校长", "head of school"]),
    (Role::Supervisor, &["督学", "district supervisor"]),
    (Role::Student, &["学生", "pupil"]),
];

const RELATIONS: &[(Relation, &[&str])] = &[
    (Relation::Father, &["父亲", "爸爸", "父", "爸", "父子", "父女", "dad"]),
    (Relation::Mother, &["母亲", "妈妈", "母", "妈", "母子", "母女", "mum", "mom"]),
    (Relation::Grandfather, &["爷爷", "外公", "祖父", "外祖父", "姥爷", "公公", "爷爷/外公", "grandpa"]),
    (Relation::Grandmother, &["奶奶", "外婆", "祖母", "外祖母", "姥姥", "奶奶/外婆", "grandma"]),
    (
        Relation::Sibling,
        &["哥哥", "姐姐", "兄", "姐", "兄长", "哥哥/姐姐", "brother", "sister", "elder brother or sister"],
    ),
    (
        Relation::Relative,
        &[
            "亲戚", "亲属", "叔叔", "伯父", "伯伯", "姑姑", "舅舅", "姨", "姨妈", "阿姨", "婶婶", "uncle",
            "aunt",
        ],
    ),
    (Relation::Other, &["监护人", "其他", "其它", "养父", "养母", "继父", "继母", "guardian"]),
];

/// The role that a word means.
pub(super) fn role(word: &str) -> Option<Role> {
    let word = word.to_lowercase().replace('_', " ");
    let own = |role: &Role| *role != Role::Guardian && role.as_str().replace('_', " ") == word;
    let listed = ROLES.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(role, _)| *role);
    listed.or_else(|| Role::ALL.iter().copied().find(own))
}

/// The relation that a word means.
pub(super) fn relation(word: &str) -> Option<Relation> {
    let word = word.to_lowercase();
    let listed = RELATIONS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(it, _)| *it);
    listed.or_else(|| word.parse().ok())
}

/// The one name of a class: 七年级 and 1 and 1班 and 七年级1班 are the same class.
pub(super) fn class(grade: &str, class: &str) -> String {
    let bare = class.trim_end_matches('班').trim_matches(['(', ')']);
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return class.to_owned();
    }
    match grade.is_ascii() {
        true if grade.is_empty() => class.to_owned(),
        true => format!("{grade} ({bare})"),
        false => format!("{grade}{bare}班"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_relations_are_known_by_many_words() {
        for (word, expected) in [
            ("德育处", Role::Office),
            ("Head teacher", Role::HeadTeacher),
            ("head_teacher", Role::HeadTeacher),
        ] {
            assert_eq!(role(word), Some(expected), "{word}");
        }
        assert_eq!((role("门卫"), role("guardian")), (None, None));
        assert_eq!(relation("姥姥"), Some(Relation::Grandmother));
        assert_eq!(relation("Father"), Some(Relation::Father));
        assert_eq!(relation("邻居"), None);
    }

    #[test]
    fn a_class_has_one_name() {
        for (grade, written) in [
            ("七年级", "1"),
            ("七年级", "1班"),
            ("七年级", "(1)班"),
            ("七年级", "七年级1班"),
            ("", "七年级1班"),
        ] {
            assert_eq!(class(grade, written), "七年级1班", "{grade} {written}");
        }
        assert_eq!(class("Grade 7", "2"), "Grade 7 (2)");
        assert_eq!(class("", "1班"), "1班");
        assert_eq!(class("高一", "火箭班"), "火箭班");
    }
}
