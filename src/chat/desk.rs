//! Where an answer is worked out: what was loaded for the batch, and a way to read more.

use super::{Refusal, Trouble};
use crate::{
    school::{Act, Actor, At, ClassId, Day, PersonId, RecordId, SchoolId, Subject, may},
    store::{Change, Hat, RecordRow, SchoolRow, SchoolRules, Tx},
};
use anyhow::Result;
use std::sync::Arc;

/// The desk of one transaction. Answers of a batch are worked out one after another and written together; whoever has
/// to read more than what was loaded for the batch first has written what the answers before it changed.
pub struct Desk<'a> {
    tx: &'a mut Tx,
    now: At,
    pending: Vec<Change>,
    rebound: bool,
}

/// A student with those who stand around him or her today: what the table of rights asks for.
#[derive(Clone, Debug)]
pub struct Around {
    /// The student.
    pub student: PersonId,
    /// The student's name.
    pub name: String,
    /// The student's school.
    pub school: SchoolId,
    /// The student's class.
    pub class: Option<ClassId>,
    /// The mentors today, the primary one first.
    pub mentors: Vec<PersonId>,
    /// The guardians.
    pub guardians: Vec<PersonId>,
}

impl<'a> Desk<'a> {
    /// A desk over a transaction, at an instant.
    pub fn new(tx: &'a mut Tx, now: At) -> Desk<'a> {
        Desk { tx, now, pending: Vec::new(), rebound: false }
    }

    /// Now, as the loop was told.
    pub fn now(&self) -> At {
        self.now
    }

    /// The transaction, with everything written that answers before this one changed.
    pub async fn read(&mut self) -> Result<&mut Tx> {
        self.flush().await?;
        Ok(self.tx)
    }

    /// The same, to ask who is who and what families decided: what was put on record changes nothing of that, and need not
    /// be written first.
    pub async fn look(&mut self) -> Result<&mut Tx> {
        if self.pending.iter().any(|it| it.as_record().is_none()) {
            self.flush().await?;
        }
        Ok(self.tx)
    }

    /// One record as it stands now.
    pub async fn record(&mut self, id: &RecordId) -> Result<Option<RecordRow>> {
        if self.pending.iter().any(|it| it.as_record().is_none_or(|(_, record)| record.id == *id)) {
            self.flush().await?;
        }
        self.tx.record(id).await
    }

    /// Takes note of changes, to be written with those of the whole batch.
    pub fn note(&mut self, changes: Vec<Change>) {
        self.rebound |= changes.iter().any(Change::binds);
        self.pending.extend(changes);
    }

    /// Whether an account has become somebody, or somebody else: what was loaded about who is who is not true any more.
    pub fn rebound(&self) -> bool {
        self.rebound
    }

    /// Leaves the desk with what was noted and not yet written.
    pub fn leave(self) -> Vec<Change> {
        self.pending
    }

    /// Writes what was noted.
    async fn flush(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.tx.apply(std::mem::take(&mut self.pending), self.now).await
    }

    /// The rules of a school; parsed once per version.
    pub async fn rules(&mut self, school: &SchoolRow) -> Result<Arc<SchoolRules>> {
        self.tx.rules_of(school).await
    }

    /// Today at a school.
    pub fn today(&self, school: &SchoolRow) -> Day {
        self.now.day(school.zone)
    }

    /// A student of the same school as the asking person, with those around.
    pub async fn around(&mut self, student: &PersonId, hat: &Hat) -> Result<Around, Trouble> {
        self.around_at(student, &hat.school).await
    }

    /// A student of a school, with those around.
    pub async fn around_at(&mut self, student: &PersonId, school: &SchoolRow) -> Result<Around, Trouble> {
        let today = self.today(school);
        let tx = self.look().await?;
        let person = tx.person(student).await?.filter(|it| it.school == school.id && !it.left);
        let person = person.ok_or(Refusal::NotFound)?;
        let mentors = tx.pairings_of(student, today).await?.into_iter().map(|it| it.mentor).collect();
        let guardians = tx.guardians_of(student).await?.into_iter().map(|it| it.id).collect();
        let class = tx.class_of(student).await?;
        Ok(Around {
            student: student.clone(),
            name: person.name,
            school: person.school,
            class,
            mentors,
            guardians,
        })
    }

    /// The student, if this person may do this about him or her now.
    pub async fn allowed(&mut self, hat: &Hat, act: Act, student: &PersonId) -> Result<Around, Trouble> {
        let around = self.around(student, hat).await?;
        match may(&actor(hat), act, &around.subject()) {
            true => Ok(around),
            false => Err(Refusal::NotAllowed.into()),
        }
    }
}

impl Around {
    /// As the table of rights looks at it.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            school: &self.school,
            class: self.class.as_ref(),
            person: Some(&self.student),
            mentors: &self.mentors,
            guardians: &self.guardians,
        }
    }
}

/// A hat as the table of rights looks at it.
pub fn actor(hat: &Hat) -> Actor<'_> {
    Actor { person: &hat.person, school: &hat.school.id, posts: &hat.posts, left: hat.left }
}

/// Whether a person may do something that is the person's own.
pub fn may_own(hat: &Hat, act: Act) -> bool {
    may(&actor(hat), act, &Subject::person(&hat.school.id, &hat.person))
}

/// Whether any of a person's posts gives this right about anybody: what a command's menu asks.
pub fn could(hat: &Hat, act: Act) -> bool {
    let rights = crate::school::access::TABLE;
    !hat.left
        && rights.iter().any(|(it, role, _)| *it == act && hat.posts.iter().any(|post| post.role == *role))
}
