//! Feedback to families, and the words that go back and forth about it.

use super::{
    Tx,
    sql::{args, int, text},
};
use crate::school::{At, Body, FeedbackId, PersonId, RecordId, SchoolId};
use anyhow::{Context, Result, anyhow};

/// A feedback: one fact and one next step.
#[derive(Clone, Debug)]
pub struct Feedback {
    /// Its school.
    pub school: SchoolId,
    /// Its id.
    pub id: FeedbackId,
    /// About whom.
    pub student: PersonId,
    /// The mentor who wrote it.
    pub author: PersonId,
    /// The family contact that it counts as.
    pub record: RecordId,
    /// What was seen.
    pub fact: String,
    /// What comes next.
    pub next_step: String,
    /// When it was confirmed.
    pub at: At,
}

/// What became of one guardian's copy.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum CopyState {
    /// In the outbox.
    Waiting,
    /// Telegram has it.
    Sent,
    /// The guardian pressed "seen".
    Seen,
    /// The guardian wrote back.
    Answered,
    /// No account, or the bot is blocked: somebody has to phone.
    Unreachable,
    /// Somebody phoned.
    Phoned,
}

/// One guardian's copy.
#[derive(Clone, Debug)]
pub struct FeedbackCopy {
    /// The guardian.
    pub guardian: PersonId,
    /// The guardian's name.
    pub name: String,
    /// The relation to the student, as a word.
    pub relation: String,
    /// What became of it.
    pub state: CopyState,
}

/// A feedback with its student's name and all copies.
#[derive(Clone, Debug)]
pub struct FeedbackView {
    /// The feedback.
    pub feedback: Feedback,
    /// The student's name.
    pub student: String,
    /// The author's name.
    pub author: String,
    /// How the school signs its letters, and what it is called.
    pub signature: (String, String),
    /// The strengths that an evaluation names; `None` for a feedback.
    pub strengths: Option<Vec<String>>,
    /// The copies, by guardian.
    pub copies: Vec<FeedbackCopy>,
}

/// Words carried from one person to another.
#[derive(Clone, Debug)]
pub struct Word {
    /// The school.
    pub school: SchoolId,
    /// Its id.
    pub id: String,
    /// About which student.
    pub student: PersonId,
    /// Who said it.
    pub from: PersonId,
    /// To whom.
    pub to: PersonId,
    /// The feedback that it answers, or ''.
    pub feedback: String,
    /// What was said.
    pub body: String,
    /// When.
    pub at: At,
}

impl CopyState {
    /// All of them.
    pub const ALL: [CopyState; 6] = [
        CopyState::Waiting,
        CopyState::Sent,
        CopyState::Seen,
        CopyState::Answered,
        CopyState::Unreachable,
        CopyState::Phoned,
    ];

    /// The word in the table and in the locales.
    pub fn as_str(self) -> &'static str {
        match self {
            CopyState::Waiting => "waiting",
            CopyState::Sent => "sent",
            CopyState::Seen => "seen",
            CopyState::Answered => "answered",
            CopyState::Unreachable => "unreachable",
            CopyState::Phoned => "phoned",
        }
    }

    /// Which states may become this one: a late receipt never takes back what the guardian did.
    fn follows(self) -> &'static str {
        match self {
            CopyState::Waiting => "''",
            CopyState::Sent => "'waiting'",
            CopyState::Seen => "'waiting', 'sent', 'unreachable'",
            // Who was phoned may still send an answer back on paper.
            CopyState::Answered => "'waiting', 'sent', 'seen', 'unreachable', 'phoned'",
            CopyState::Unreachable => "'waiting', 'sent'",
            CopyState::Phoned => "'waiting', 'unreachable'",
        }
    }
}

impl Tx {
    pub(super) async fn save_feedback(
        &mut self,
        it: &Feedback,
        copies: &[(PersonId, CopyState)],
    ) -> Result<()> {
        self.run(
            "INSERT INTO feedback (school_id, id, student_id, author_id, record_id, fact, next_step, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
            args![&it.school, &it.id, &it.student, &it.author, &it.record, &it.fact, &it.next_step, it.at],
        )
        .await?;
        let rows =
            copies.iter().map(|(guardian, state)| args![&it.school, &it.id, guardian, state.as_str(), it.at]);
        self.insert(
            "INSERT INTO feedback_copy (school_id, feedback_id, guardian_id, state, at)",
            rows.collect(),
            "ON CONFLICT (feedback_id, guardian_id) DO NOTHING",
        )
        .await
        .map(drop)
    }

    /// Notes what became of a copy; says whether that was news.
    pub async fn set_copy(
        &mut self,
        id: &FeedbackId,
        guardian: &PersonId,
        state: CopyState,
        now: At,
    ) -> Result<bool> {
        let sql = format!(
            "UPDATE feedback_copy SET state = $1, at = $2
             WHERE feedback_id = $3 AND guardian_id = $4 AND state IN ({})",
            state.follows()
        );
        Ok(self.run(&sql, args![state.as_str(), now, id, guardian]).await? > 0)
    }

    /// A feedback with its copies.
    pub async fn feedback(&mut self, id: &FeedbackId) -> Result<Option<FeedbackView>> {
        let sql = "SELECT f.school_id, f.student_id, f.author_id, f.record_id, f.fact, f.next_step, f.at,
                          s.name AS student, m.name AS author, r.body, c.name AS school, c.signature
                   FROM feedback f JOIN person s ON s.id = f.student_id JOIN person m ON m.id = f.author_id
                       JOIN record r ON r.id = f.record_id JOIN school c ON c.id = f.school_id
                   WHERE f.id = $1";
        let Some(row) = self.row(sql, args![id]).await? else { return Ok(None) };
        let sql = "SELECT c.guardian_id, c.state, p.name, g.relation FROM feedback_copy c
                   JOIN person p ON p.id = c.guardian_id
                   LEFT JOIN guardianship g ON g.guardian_id = c.guardian_id AND g.student_id = $2
                   WHERE c.feedback_id = $1 ORDER BY c.guardian_id";
        let student: PersonId = text(&row, "student_id")?.into();
        let mut copies = Vec::new();
        for copy in self.rows(sql, args![id, &student]).await? {
            let word = text(&copy, "state")?;
            let state = CopyState::ALL.into_iter().find(|state| state.as_str() == word);
            copies.push(FeedbackCopy {
                guardian: text(&copy, "guardian_id")?.into(),
                name: text(&copy, "name")?,
                relation: super::sql::text_or_empty(&copy, "relation")?,
                state: state.ok_or_else(|| anyhow!("an unknown state of a copy"))?,
            });
        }
        let body: Body = serde_json::from_str(&text(&row, "body")?).context("reading a record")?;
        let strengths = match body {
            Body::Entry(it) => Some(it.answers.get("strengths").cloned().unwrap_or_default()),
            _ => None,
        };
        let feedback = Feedback {
            school: text(&row, "school_id")?.into(),
            id: id.clone(),
            student,
            author: text(&row, "author_id")?.into(),
            record: text(&row, "record_id")?.into(),
            fact: text(&row, "fact")?,
            next_step: text(&row, "next_step")?,
            at: At(int(&row, "at")?),
        };
        Ok(Some(FeedbackView {
            feedback,
            student: text(&row, "student")?,
            author: text(&row, "author")?,
            strengths,
            signature: (text(&row, "signature")?, text(&row, "school")?),
            copies,
        }))
    }

    /// The latest feedback about a student that went to a guardian.
    pub async fn latest_feedback(
        &mut self,
        student: &PersonId,
        guardian: &PersonId,
    ) -> Result<Option<FeedbackView>> {
        let sql = "SELECT f.id FROM feedback f JOIN feedback_copy c ON c.feedback_id = f.id
                   WHERE f.student_id = $1 AND c.guardian_id = $2 ORDER BY f.at DESC, f.id DESC LIMIT 1";
        let Some(row) = self.row(sql, args![student, guardian]).await? else { return Ok(None) };
        self.feedback(&text(&row, "id")?.into()).await
    }

    /// The feedbacks about a student of which a copy did not arrive, oldest first.
    pub async fn feedbacks_that_did_not_arrive(
        &mut self,
        school: &SchoolId,
        student: &PersonId,
    ) -> Result<Vec<FeedbackId>> {
        let sql = "SELECT f.id FROM feedback f WHERE f.school_id = $1 AND f.student_id = $2 AND f.id IN
                       (SELECT c.feedback_id FROM feedback_copy c WHERE c.feedback_id = f.id AND c.state = 'unreachable')
                   ORDER BY f.at, f.id";
        let rows = self.rows(sql, args![school, student]).await?;
        rows.iter().map(|row| Ok(text(row, "id")?.into())).collect()
    }

    pub(super) async fn save_word(&mut self, word: &Word) -> Result<()> {
        self.run(
            "INSERT INTO word (school_id, id, student_id, from_id, to_id, feedback_id, body, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING",
            args![
                &word.school,
                &word.id,
                &word.student,
                &word.from,
                &word.to,
                &word.feedback,
                &word.body,
                word.at
            ],
        )
        .await
        .map(drop)
    }

    /// One carried word, to answer it.
    pub async fn word(&mut self, id: &str) -> Result<Option<Word>> {
        let sql =
            "SELECT school_id, id, student_id, from_id, to_id, feedback_id, body, at FROM word WHERE id = $1";
        let Some(row) = self.row(sql, args![id]).await? else { return Ok(None) };
        Ok(Some(Word {
            school: text(&row, "school_id")?.into(),
            id: text(&row, "id")?,
            student: text(&row, "student_id")?.into(),
            from: text(&row, "from_id")?.into(),
            to: text(&row, "to_id")?.into(),
            feedback: text(&row, "feedback_id")?,
            body: text(&row, "body")?,
            at: At(int(&row, "at")?),
        }))
    }
}
