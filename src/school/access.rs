//! Who may do what: one table, and the one function that reads it. A button is a reference, never a right; this is
//! asked on every press, about whoever presses it now.

use super::id::{ClassId, PersonId, SchoolId};
use super::people::{Post, Role};
use Act::*;
use Role::{
    ChiefMentor, Counsellor, ExternalMentor, Guardian, HeadTeacher, Mentor, Office, Principal, Student,
    Supervisor,
};
use Tie::*;

/// The rights. What no row allows is forbidden. Principals and supervisors read figures, not notes.
#[rustfmt::skip]
pub const TABLE: &[(Act, Role, Tie)] = &[
    // act                role            about whom
    (CheckIn,             Student,        Own),
    (CheckIn,             Guardian,       GuardianOf),
    (WishTalk,            Student,        Own),

    (LogTalk,             Mentor,         MentorOf),
    (LogTalk,             ExternalMentor, MentorOf),
    (LogContact,          Mentor,         MentorOf),
    (LogContact,          ExternalMentor, MentorOf),
    (LogCheckin,          Mentor,         MentorOf),
    (LogCheckin,          ExternalMentor, MentorOf),
    (UndoRecord,          Mentor,         Own),
    (UndoRecord,          ExternalMentor, Own),
    (UndoRecord,          HeadTeacher,    Own),
    (UndoRecord,          ChiefMentor,    Own),
    (UndoRecord,          Office,         Own),
    (KeepFile,            Mentor,         MentorOf),
    (KeepFile,            ExternalMentor, MentorOf),
    (KeepFile,            HeadTeacher,    ClassOf),
    (ReadFile,            Mentor,         MentorOf),
    (ReadFile,            HeadTeacher,    ClassOf),
    (ReadClassFiles,      HeadTeacher,    ClassOf),
    (PairBuddies,         Mentor,         MentorOf),
    (PairBuddies,         HeadTeacher,    ClassOf),
    (LogOwnWork,          Mentor,         Own),
    (LogOwnWork,          ExternalMentor, Own),
    (LeadGroup,           Mentor,         Own),
    (LeadGroup,           ExternalMentor, Own),
    (LeadGroup,           HeadTeacher,    Own),
    (LeadGroup,           ChiefMentor,    Own),
    (LeadGroup,           Office,         SameSchool),
    (LeadClass,           HeadTeacher,    ClassOf),
    (LeadClass,           ChiefMentor,    ClassOf),
    (LeadClass,           Office,         SameSchool),
    (LeadSchool,          Office,         SameSchool),
    (SeeDuties,           Mentor,         Own),
    (SeeDuties,           ExternalMentor, Own),
    (SeeDuties,           HeadTeacher,    Own),
    (SeeDuties,           ChiefMentor,    Own),
    (SeeDuties,           Office,         Own),
    (Snooze,              Mentor,         MentorOf),
    (Snooze,              ExternalMentor, MentorOf),
    (ReadStudents,        Mentor,         MentorOf),
    (ReadStudents,        ExternalMentor, MentorOf),
    (ReadStudentLines,    Mentor,         MentorOf),
    (ReadStudentLines,    Student,        Own),

    (WriteFeedback,       Mentor,         MentorOf),
    (ReadFeedback,        Mentor,         MentorOf),
    (ReadFeedback,        Guardian,       GuardianOf),
    (AnswerFeedback,      Guardian,       GuardianOf),
    (AnswerGuardian,      Mentor,         MentorOf),
    (GiveConsent,         Guardian,       GuardianOf),

    (ReadOverview,        HeadTeacher,    ClassOf),
    (ReadOverview,        ChiefMentor,    ClassOf),
    (ReadOverview,        Office,         SameSchool),
    (ReadEscalation,      HeadTeacher,    ClassOf),
    (ReadEscalation,      Office,         SameSchool),
    (ReadFigures,         HeadTeacher,    ClassOf),
    (ReadFigures,         ChiefMentor,    ClassOf),
    (ReadFigures,         Counsellor,     SameSchool),
    (ReadFigures,         Office,         SameSchool),
    (ReadFigures,         Principal,      SameSchool),
    (ReadFigures,         Supervisor,     SameSchool),

    (ManagePairings,      HeadTeacher,    ClassOf),
    (ManagePairings,      Office,         SameSchool),
    (ManageRoster,        Office,         SameSchool),
    (ManageInvites,       HeadTeacher,    ClassOf),
    (ManageInvites,       Office,         SameSchool),
    (ConfirmAccount,      Mentor,         MentorOf),
    (ConfirmAccount,      HeadTeacher,    ClassOf),
    (ConfirmAccount,      Office,         SameSchool),
    (ChangeSchool,        Office,         SameSchool),
    (SettleRequests,      Office,         SameSchool),

    (AskForData,          Mentor,         Own),
    (AskForData,          ExternalMentor, Own),
    (AskForData,          HeadTeacher,    Own),
    (AskForData,          ChiefMentor,    Own),
    (AskForData,          Counsellor,     Own),
    (AskForData,          Office,         Own),
    (AskForData,          Principal,      Own),
    (AskForData,          Supervisor,     Own),
    (AskForData,          Guardian,       GuardianOf),
    (AskForData,          Student,        Own),

    (ChangeSettings,      Mentor,         Own),
    (ChangeSettings,      ExternalMentor, Own),
    (ChangeSettings,      HeadTeacher,    Own),
    (ChangeSettings,      ChiefMentor,    Own),
    (ChangeSettings,      Counsellor,     Own),
    (ChangeSettings,      Office,         Own),
    (ChangeSettings,      Principal,      Own),
    (ChangeSettings,      Supervisor,     Own),
    (ChangeSettings,      Guardian,       Own),
    (ChangeSettings,      Student,        Own),
];

/// Whether `actor` may do this to, or about, `subject`. Never across schools, never after leaving.
pub fn may(actor: &Actor<'_>, act: Act, subject: &Subject<'_>) -> bool {
    if actor.left || actor.school != subject.school {
        return false;
    }
    let rows = TABLE.iter().filter(|(it, ..)| *it == act);
    rows.into_iter().any(|(_, role, tie)| {
        actor.posts.iter().any(|post| post.role == *role && tie.holds(actor, post, subject))
    })
}

/// What must tie somebody with this role to the subject; `None` where the role gives no right to it.
pub fn tie(act: Act, role: Role) -> Option<Tie> {
    TABLE.iter().find(|(it, who, _)| *it == act && *who == role).map(|(.., tie)| *tie)
}

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    /// The person, under the hat that is worn now.
    pub person: &'a PersonId,
    /// The person's school.
    pub school: &'a SchoolId,
    /// What the person is there.
    pub posts: &'a [Post],
    /// Whether the person has left the school.
    pub left: bool,
}

/// Whom or what it is about; the caller has looked up the relations as they are today.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The school.
    pub school: &'a SchoolId,
    /// The class, or the student's class.
    pub class: Option<&'a ClassId>,
    /// The student it is about, or the person whose own it is (a setting, a record to undo).
    pub person: Option<&'a PersonId>,
    /// The student's mentors today.
    pub mentors: &'a [PersonId],
    /// The student's guardians.
    pub guardians: &'a [PersonId],
}

impl<'a> Subject<'a> {
    /// The school as a whole.
    pub fn school(school: &'a SchoolId) -> Self {
        Subject { school, class: None, person: None, mentors: &[], guardians: &[] }
    }

    /// A class.
    pub fn class(school: &'a SchoolId, class: &'a ClassId) -> Self {
        Subject { class: Some(class), ..Subject::school(school) }
    }

    /// A person, for what is the person's own.
    pub fn person(school: &'a SchoolId, person: &'a PersonId) -> Self {
        Subject { person: Some(person), ..Subject::school(school) }
    }
}

words! {
    /// What can be done.
    pub enum Act {
        /// Check in; a guardian together with a young child.
        CheckIn = "check_in",
        /// Ask for a talk.
        WishTalk = "wish_talk",
        /// Put a talk on record.
        LogTalk = "log_talk",
        /// Put a family contact on record.
        LogContact = "log_contact",
        /// Put on record what a student reported on paper.
        LogCheckin = "log_checkin",
        /// Put something else into a student's growth file: an evaluation, a plan, marks, a case.
        KeepFile = "keep_file",
        /// Find a senior student for an own one 学长制; it reads whether somebody of that name is at the school.
        PairBuddies = "pair_buddies",
        /// Read what stands in a student's growth file.
        ReadFile = "read_file",
        /// Look through the growth files of a class.
        ReadClassFiles = "read_class_files",
        /// Put on record what a mentor does for all of his own: a work plan, a session with their families.
        LogOwnWork = "log_own_work",
        /// Put on record what a group did; the subject is who leads it.
        LeadGroup = "lead_group",
        /// Put on record what the mentors of a class do together, and what they decide.
        LeadClass = "lead_class",
        /// The same of the school.
        LeadSchool = "lead_school",
        /// See what one owes, and say that a decision was carried out.
        SeeDuties = "see_duties",
        /// Take back a record; the subject is who wrote it.
        UndoRecord = "undo_record",
        /// Keep a student out of the own digest for a while.
        Snooze = "snooze",
        /// Read when a student was last talked with, and the trend of the check-ins.
        ReadStudents = "read_students",
        /// Read what a student wrote in own words.
        ReadStudentLines = "read_student_lines",
        /// Write a feedback to a student's family.
        WriteFeedback = "write_feedback",
        /// Read a feedback, and whether it was seen.
        ReadFeedback = "read_feedback",
        /// Answer a feedback, as the family.
        AnswerFeedback = "answer_feedback",
        /// Answer the family's answer.
        AnswerGuardian = "answer_guardian",
        /// Consent to a child's check-ins, refuse, or withdraw.
        GiveConsent = "give_consent",
        /// Read who is overdue and who was never reached, by name.
        ReadOverview = "read_overview",
        /// Read what the ladder has carried up.
        ReadEscalation = "read_escalation",
        /// Read figures without names of students.
        ReadFigures = "read_figures",
        /// Begin and end pairings.
        ManagePairings = "manage_pairings",
        /// Change who is at the school.
        ManageRoster = "manage_roster",
        /// Hand out invitations.
        ManageInvites = "manage_invites",
        /// Say that a new account is a person's own; for a guardian the subject is the child.
        ConfirmAccount = "confirm_account",
        /// Change the school's own settings: policy, calendar, slots.
        ChangeSchool = "change_school",
        /// See what is kept about oneself or the own child, and ask to have it mended or deleted.
        AskForData = "ask_for_data",
        /// Answer what was asked about data.
        SettleRequests = "settle_requests",
        /// Change the own language, quiet hours and digest time.
        ChangeSettings = "change_settings",
    }
}

words! {
    /// What must tie the actor to the subject.
    pub enum Tie {
        /// The subject is the actor.
        Own = "own",
        /// The actor is one of the student's mentors today.
        MentorOf = "mentor_of",
        /// The actor holds this very role in the subject's class.
        ClassOf = "class_of",
        /// The actor is one of the student's guardians.
        GuardianOf = "guardian_of",
        /// The same school is enough.
        SameSchool = "same_school",
    }
}

impl Tie {
    fn holds(self, actor: &Actor<'_>, post: &Post, subject: &Subject<'_>) -> bool {
        match self {
            Own => subject.person == Some(actor.person),
            MentorOf => subject.mentors.contains(actor.person),
            ClassOf => post.class.is_some() && post.class.as_ref() == subject.class,
            GuardianOf => subject.guardians.contains(actor.person),
            SameSchool => true,
        }
    }
}

#[cfg(test)]
mod tests;
