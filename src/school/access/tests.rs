use super::*;
use crate::school::id::{ClassId, PersonId, SchoolId};

struct World {
    school: SchoolId,
    other: SchoolId,
    class: ClassId,
    student: PersonId,
    mentors: Vec<PersonId>,
    guardians: Vec<PersonId>,
}

impl World {
    fn new() -> World {
        World {
            school: "school".into(),
            other: "other".into(),
            class: "7-1".into(),
            student: "li-lei".into(),
            mentors: vec!["wang".into()],
            guardians: vec!["mother".into()],
        }
    }

    fn student(&self) -> Subject<'_> {
        Subject {
            school: &self.school,
            class: Some(&self.class),
            person: Some(&self.student),
            mentors: &self.mentors,
            guardians: &self.guardians,
        }
    }

    fn may(&self, who: &str, post: Post, act: Act) -> bool {
        let actor = Actor { person: &who.into(), school: &self.school, posts: &[post], left: false };
        may(&actor, act, &self.student())
    }
}

#[test]
fn a_mentor_acts_for_own_students_only() {
    let it = World::new();
    for act in [
        LogTalk,
        LogContact,
        LogCheckin,
        Act::Snooze,
        WriteFeedback,
        ReadStudents,
        ReadStudentLines,
        AnswerGuardian,
    ] {
        assert!(it.may("wang", Post::in_class(Mentor, "7-1"), act), "{act}");
        assert!(!it.may("zhao", Post::in_class(Mentor, "7-1"), act), "{act} by another mentor");
        assert!(!it.may("wang", Post::in_class(Student, "7-1"), act), "{act} with the wrong hat");
    }
}

#[test]
fn a_head_teacher_reads_the_own_class() {
    let it = World::new();
    for act in [ReadOverview, ReadEscalation, ManagePairings] {
        assert!(it.may("qian", Post::in_class(HeadTeacher, "7-1"), act));
        assert!(!it.may("qian", Post::in_class(HeadTeacher, "7-2"), act));
        assert!(
            !it.may("qian", Post::at_school(HeadTeacher), act),
            "a post without a class is no key to all"
        );
    }
    assert!(!it.may("qian", Post::in_class(HeadTeacher, "7-1"), ReadStudentLines));
}

#[test]
fn principal_and_supervisor_read_figures_and_nothing_else_of_others() {
    let it = World::new();
    for role in [Principal, Supervisor] {
        let allowed: Vec<Act> =
            Act::ALL.iter().copied().filter(|act| it.may("sun", Post::at_school(role), *act)).collect();
        assert_eq!(allowed, [ReadFigures], "{role}");
    }
}

#[test]
fn a_family_answers_for_its_own_child() {
    let it = World::new();
    assert!(it.may("mother", Post::at_school(Guardian), AnswerFeedback));
    assert!(!it.may("stranger", Post::at_school(Guardian), AnswerFeedback));
    assert!(!it.may("mother", Post::at_school(Guardian), ReadStudentLines));
    for (who, post) in [
        ("stranger", Post::at_school(Guardian)),
        ("li-lei", Post::in_class(Student, "7-1")),
        ("wang", Post::in_class(Mentor, "7-1")),
        ("qian", Post::in_class(HeadTeacher, "7-1")),
        ("zhou", Post::at_school(Office)),
    ] {
        assert!(!it.may(who, post, GiveConsent), "{who} consents for another's child");
    }
    assert!(it.may("mother", Post::at_school(Guardian), GiveConsent));
    assert!(it.may("li-lei", Post::in_class(Student, "7-1"), CheckIn));
    assert!(!it.may("han-meimei", Post::in_class(Student, "7-1"), CheckIn));
}

#[test]
fn nothing_crosses_schools_and_nothing_outlasts_leaving() {
    let it = World::new();
    let (wang, posts) = ("wang".into(), [Post::at_school(Mentor), Post::at_school(Office)]);
    let here = Actor { person: &wang, school: &it.school, posts: &posts, left: false };
    for act in Act::ALL {
        assert!(!may(&Actor { left: true, ..here }, *act, &it.student()), "{act} after leaving");
        assert!(!may(&Actor { school: &it.other, ..here }, *act, &it.student()), "{act} from another school");
    }
    assert!(may(&here, LogTalk, &it.student()) && may(&here, ChangeSchool, &Subject::school(&it.school)));
}

#[test]
fn every_act_has_a_row_and_no_row_stands_twice() {
    for act in Act::ALL {
        assert!(TABLE.iter().any(|(it, ..)| it == act), "{act} is forbidden to everybody");
    }
    for (n, row) in TABLE.iter().enumerate() {
        assert!(!TABLE[..n].contains(row), "{row:?}");
    }
    for role in Role::ALL {
        assert!(TABLE.contains(&(ChangeSettings, *role, Own)), "{role} has settings of its own");
    }
}
