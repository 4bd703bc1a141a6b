//! Who is who at a school.

use super::id::{ClassId, GroupId, PersonId, SchoolId};
use super::time::Day;
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

/// Whom duties beyond a mentor's pairings are asked of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Staff {
    /// The school.
    pub school: SchoolId,
    /// Its classes.
    pub classes: Vec<ClassId>,
    /// Who leads a class or runs the system.
    pub posts: Vec<(PersonId, Post)>,
    /// The groups that mentors lead.
    pub groups: Vec<Group>,
    /// Who looks after students of whom no pairing is named, and since when at the earliest.
    pub mentors: Vec<(PersonId, Day)>,
}

/// A group of students that a mentor leads: 快乐成长小组 (D).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
    /// Who leads it.
    pub leader: PersonId,
    /// The first day on which it was there.
    pub since: Day,
    /// The first day on which it is there no longer.
    pub until: Option<Day>,
}

impl Group {
    /// Whether it is there on that day.
    pub fn is_there(&self, day: Day) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}

impl Staff {
    /// A school of which nobody is known but mentors and students.
    pub fn none(school: &SchoolId) -> Staff {
        let (classes, posts, groups, mentors) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Staff { school: school.clone(), classes, posts, groups, mentors }
    }

    /// Who answers for a role in a class. Where nobody is the chief mentor, the head teacher does; where nobody is that, the
    /// office: what nobody answers for would be forgotten.
    pub fn answers_for(&self, role: Role, class: &ClassId) -> Vec<&PersonId> {
        let ladder: &[Role] = match role {
            Role::ChiefMentor => &[Role::ChiefMentor, Role::HeadTeacher],
            _ => &[Role::HeadTeacher],
        };
        let of = |role: &Role| self.holders(*role, Some(class));
        ladder.iter().map(of).find(|it| !it.is_empty()).unwrap_or_else(|| self.holders(Role::Office, None))
    }

    /// Who holds a post.
    pub fn holders(&self, role: Role, class: Option<&ClassId>) -> Vec<&PersonId> {
        let holds = |post: &Post| post.role == role && (class.is_none() || post.class.as_ref() == class);
        self.posts.iter().filter(|(_, post)| holds(post)).map(|(person, _)| person).collect()
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
