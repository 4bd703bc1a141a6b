//! Messages whose state is read again at the moment of sending.

use super::Message;
use crate::{
    school::{At, FeedbackId, PersonId, SchoolId},
    store::Tx,
};
use serde::{Deserialize, Serialize};

/// What to compose when it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Compose {
    /// A mentor's morning digest.
    Digest { school: SchoolId, mentor: PersonId, items: Vec<Item>, waiting: usize },
    /// What climbed to a head teacher.
    Escalation { school: SchoolId, to: PersonId, items: Vec<Item> },
    /// The office's week.
    OfficeSummary { school: SchoolId, to: PersonId },
    /// The week's question.
    CheckinAsk { school: SchoolId, student: PersonId },
    /// The one reminder.
    CheckinReminder { school: SchoolId, student: PersonId },
    /// What became of a feedback.
    FeedbackStatus { feedback: FeedbackId },
}

/// One duty that a nudge names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    pub rule: String,
    pub student: PersonId,
    pub episode: String,
}

impl Compose {
    pub fn is_nudge(&self) -> bool {
        !matches!(self, Compose::FeedbackStatus { .. })
    }
    pub fn school(&self) -> Option<&SchoolId> {
        match self {
            Compose::Digest { school, .. } | Compose::Escalation { school, .. } | Compose::OfficeSummary { school, .. }
            | Compose::CheckinAsk { school, .. } | Compose::CheckinReminder { school, .. } => Some(school),
            Compose::FeedbackStatus { .. } => None,
        }
    }
}

pub async fn compose(_tx: &mut Tx, _what: &Compose, _now: At) -> anyhow::Result<Option<Message>> {
    Ok(None)
}
