//! What a person did wrong is a refusal with a text; what broke is a fault of ours.

use crate::{roster::marks::MarksError, text::Phrase};

/// What a person did wrong, or may not do: expected, typed, with a text for the person (`refusal-...`).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("refused: {}", self.key())]
pub enum Refusal {
    /// The button belongs to something that is over.
    StaleButton,
    /// The table of rights says no.
    NotAllowed,
    /// Nothing like that is there (any more).
    NotFound,
    /// More than ten minutes have passed.
    TooLateToUndo,
    /// It was undone before.
    AlreadyUndone,
    /// A text is longer than its step takes.
    TooLong,
    /// This step wants a button, not words.
    PressAButton,
    /// The command is for others than this person.
    NotForYou,
    /// No students are paired with this mentor.
    NoStudents,
    /// The student has no mentor.
    NoMentor,
    /// At least one must be chosen.
    ChooseOne,
    /// No family is on record for the student.
    NoFamily,
    /// A guardian has to consent first.
    NeedsConsent,
    /// The student answers here without anybody's help.
    AnswersAlone,
    /// The student has said it alone, this time.
    HasReported,
    /// The child answers without the family: alone, or on paper.
    ChildAnswers,
    /// Another guardian has answered together with the child.
    AnsweredByOther,
    /// Whoever is in the chat needs no invitation.
    HasJoined,
    /// Everybody is in the chat.
    NobodyOnPaper,
    /// No student is called so.
    NoSuchStudent,
    /// Several students are called so.
    SeveralStudents,
    /// Nobody of those who may be chosen is called so.
    NobodyCalled,
    /// No marks of an exam.
    Marks(MarksError),
    /// A plan has one to three goals.
    ThreeGoals,
    /// Somebody who could lead a group leads none.
    NoGroups,
    /// Somebody has said that it is done.
    AlreadyDone,
    /// A step has nothing to choose from: no exam in the calendar, nobody in the class.
    NothingToChoose,
    /// The file was sent too long ago.
    UploadExpired,
    /// For a child this is the family's to ask.
    AskTheFamily,
}

/// Why something could not be answered as asked.
#[derive(Debug)]
pub enum Trouble {
    /// The person is told why; the form stays.
    Refused(Refusal),
    /// A fault of ours: logged once by the loop, tried again.
    Broken(anyhow::Error),
}

impl Refusal {
    /// What the person is told.
    pub fn phrase(&self) -> Phrase {
        match self {
            Refusal::Marks(why) => Phrase::new("refusal-marks").phrase("why", why.phrase()),
            other => Phrase::new(other.key()),
        }
    }

    /// The key of what the person is told.
    pub fn key(&self) -> &'static str {
        match self {
            Refusal::Marks(_) => "refusal-marks",
            Refusal::StaleButton => "refusal-stale-button",
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::NotFound => "refusal-not-found",
            Refusal::TooLateToUndo => "refusal-too-late-to-undo",
            Refusal::AlreadyUndone => "refusal-already-undone",
            Refusal::TooLong => "refusal-too-long",
            Refusal::PressAButton => "refusal-press-a-button",
            Refusal::NotForYou => "refusal-not-for-you",
            Refusal::NoStudents => "refusal-no-students",
            Refusal::NoMentor => "refusal-no-mentor",
            Refusal::ChooseOne => "refusal-choose-one",
            Refusal::NoFamily => "refusal-no-family",
            Refusal::NeedsConsent => "refusal-needs-consent",
            Refusal::AnswersAlone => "refusal-answers-alone",
            Refusal::HasReported => "refusal-has-reported",
            Refusal::ChildAnswers => "refusal-child-answers",
            Refusal::AnsweredByOther => "refusal-answered-by-other",
            Refusal::HasJoined => "refusal-has-joined",
            Refusal::NobodyOnPaper => "refusal-nobody-on-paper",
            Refusal::NoSuchStudent => "refusal-no-such-student",
            Refusal::SeveralStudents => "refusal-several-students",
            Refusal::NobodyCalled => "refusal-nobody-called",
            Refusal::NoGroups => "refusal-no-groups",
            Refusal::ThreeGoals => "refusal-three-goals",
            Refusal::AlreadyDone => "refusal-already-done",
            Refusal::NothingToChoose => "refusal-nothing-to-choose",
            Refusal::AskTheFamily => "refusal-ask-the-family",
            Refusal::UploadExpired => "refusal-upload-expired",
        }
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Trouble {
        Trouble::Refused(refusal)
    }
}

impl From<anyhow::Error> for Trouble {
    fn from(fault: anyhow::Error) -> Trouble {
        Trouble::Broken(fault)
    }
}
