//! What a person did wrong is a refusal with a text; what broke is a fault of ours.

/// What a person did wrong, or may not do: expected, typed, with a text for the person (`refusal-...`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
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
    /// Whoever is in the chat needs no invitation.
    HasJoined,
    /// Everybody is in the chat.
    NobodyOnPaper,
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
    /// The key of what the person is told.
    pub fn key(self) -> &'static str {
        match self {
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
            Refusal::HasJoined => "refusal-has-joined",
            Refusal::NobodyOnPaper => "refusal-nobody-on-paper",
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
