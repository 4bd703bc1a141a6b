//! Reading ahead: what common answers about students will ask, read for a whole batch in one statement.
//!
//! It is no cache. It lives as long as its transaction, holds what that transaction has read, and is forgotten with the first
//! thing that is written in it. Whoever asks for something that was not read ahead gets it as always.

use super::{
    ConsentView, RecordRow, SchoolRules, Tx,
    consent::{ask_decisions, newest_decisions},
    record::{RECORDS, read_records},
    sql::these,
    tuple::Questions,
};
use crate::school::{Age, Day, PersonId, RecordId};
use anyhow::Result;
use std::{collections::HashMap, sync::Arc};

/// What will be asked about one student: how it stands with the consent, and one record.
pub struct Ahead {
    /// The student.
    pub student: PersonId,
    /// What is known of the student's age.
    pub age: Age,
    /// The rules of the student's school.
    pub rules: Arc<SchoolRules>,
    /// Today at the school.
    pub day: Day,
    /// The record that will be looked for.
    pub record: RecordId,
}

/// What was read ahead in a transaction.
#[derive(Default)]
pub(super) struct Known {
    pub(super) consents: HashMap<PersonId, ConsentView>,
    pub(super) records: HashMap<RecordId, Option<RecordRow>>,
}

impl Known {
    /// Something was written: what was read before may be different now.
    pub(super) fn forget(&mut self) {
        *self = Known::default();
    }
}

impl Tx {
    /// Reads ahead. A wrong guess costs a few rows and nothing else.
    pub async fn read_ahead(&mut self, wanted: &[Ahead]) -> Result<()> {
        let mut known = Known::default();
        let students: Vec<PersonId> = wanted.iter().map(|it| it.student.clone()).collect();
        let records: Vec<&RecordId> = wanted.iter().map(|it| &it.record).collect();
        let mut questions = Questions::default();
        let decisions = ask_decisions(&mut questions, &students);
        let asked = questions.ask(RECORDS, vec![these(records.iter().copied())]);
        let answers = self.ask(questions).await?;
        let newest = newest_decisions(answers.to(&decisions)?)?;
        for one in wanted {
            let newest = newest.get(&one.student).cloned();
            let view = ConsentView::of(&one.rules, one.age.clone(), newest, one.day);
            known.consents.insert(one.student.clone(), view);
        }
        let mut found = read_records(answers.to(&asked)?)?;
        for id in records {
            known.records.entry(id.clone()).or_insert_with(|| found.remove(id));
        }
        self.known = known;
        Ok(())
    }
}
