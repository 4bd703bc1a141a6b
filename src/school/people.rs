//! Who is who at a school.

use super::id::ClassId;
use serde::{Deserialize, Serialize};

/// What a person is at the school. One person may hold several posts: a mentor is often a head teacher too.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Post {
    /// The role.
    pub role: Role,
    /// The class it is held in; `None` for a role of the whole school.
    pub class: Option<ClassId>,
}

impl Post {
    /// A role of the whole school.
    pub fn at_school(role: Role) -> Post {
        Post { role, class: None }
    }

    /// A role in one class.
    pub fn in_class(role: Role, class: impl Into<ClassId>) -> Post {
        Post { role, class: Some(class.into()) }
    }
}

words! {
    /// What a person can be (the vocabulary of the regulations).
    pub enum Role {
        /// 导师: a member of staff who looks after students.
        Mentor = "mentor",
        /// 校外导师: a mentor from outside the school (D).
        ExternalMentor = "external_mentor",
        /// 班主任: coordinates pairings and mentors of one class.
        HeadTeacher = "head_teacher",
        /// 首席导师: leads the mentor team of a class (D).
        ChiefMentor = "chief_mentor",
        /// 心理教师.
        Counsellor = "counsellor",
        /// 政教处 / 德育处: runs the system in the school.
        Office = "office",
        /// 校长: reads figures, not notes.
        Principal = "principal",
        /// 督学 of the bureau: reads figures, not notes.
        Supervisor = "supervisor",
        /// 家长 / 监护人.
        Guardian = "guardian",
        /// 学生.
        Student = "student",
    }
}

impl Role {
    /// Whether the role is one of the school's own people: not a family's.
    pub fn is_staff(self) -> bool {
        !matches!(self, Role::Guardian | Role::Student)
    }
}

words! {
    /// What a guardian is to a student.
    pub enum Relation {
        /// 父亲.
        Father = "father",
        /// 母亲.
        Mother = "mother",
        /// 爷爷 / 外公.
        Grandfather = "grandfather",
        /// 奶奶 / 外婆.
        Grandmother = "grandmother",
        /// A grown-up brother or sister.
        Sibling = "sibling",
        /// Another relative.
        Relative = "relative",
        /// Somebody who is no relative and has the care of the child.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_back_from_its_word() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(*role));
            assert_eq!(serde_json::to_string(role).unwrap(), format!("\"{role}\""));
        }
        assert_eq!("teacher".parse::<Role>().unwrap_err().to_string(), "unknown Role: teacher");
    }
}
