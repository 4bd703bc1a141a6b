//! Reading ahead: what common answers about students will ask, read for a whole batch in a few statements.
//!
//! It is no cache. It lives as long as its transaction, holds what that transaction has read, and is forgotten with the first
//! thing that is written in it. Whoever asks for something that was not read ahead gets it as always.

use super::{
    Address, ConsentView, RecordRow, SchoolRules, Tx,
    consent::{age_in, read_decision, view_of},
    people::{PersonRow, read_pairing, read_person},
    sql::{Arg, list, padded, text, text_or_empty},
};
use crate::school::{At, ClassId, Day, Decision, Pairing, PersonId, RecordId};
use anyhow::Result;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// What may be asked about one student.
pub struct Ahead {
    /// The student.
    pub student: PersonId,
    /// The rules of the student's school.
    pub rules: Arc<SchoolRules>,
    /// Today at the school.
    pub day: Day,
    /// The record that will be looked for.
    pub record: Option<RecordId>,
    /// Whether everybody around the student will be asked for, and not the student alone.
    pub around: bool,
}

/// What was read ahead in a transaction.
#[derive(Default)]
pub(super) struct Known {
    pub(super) persons: HashMap<PersonId, PersonRow>,
    pub(super) classes: HashMap<PersonId, Option<ClassId>>,
    pub(super) pairings: HashMap<PersonId, Vec<Pairing>>,
    pub(super) guardians: HashMap<PersonId, Vec<PersonRow>>,
    pub(super) consents: HashMap<PersonId, ConsentView>,
    pub(super) addresses: HashMap<PersonId, Option<Address>>,
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
        let of: HashMap<&PersonId, &Ahead> = wanted.iter().map(|it| (&it.student, it)).collect();
        let students: Vec<&PersonId> = of.keys().copied().collect();
        let around: Vec<&PersonId> = of.values().filter(|it| it.around).map(|it| &it.student).collect();
        let sql = "SELECT p.school_id, p.id, p.name, p.left_at, p.born, '' AS relation, o.class_id, c.grade, c.name AS class,
                          k.student_id, k.guardian_id, k.version, k.state, k.at, k.id AS decision
                   FROM post o JOIN person p ON p.id = o.person_id
                   LEFT JOIN class c ON c.school_id = o.school_id AND c.id = o.class_id
                   LEFT JOIN consent k ON k.school_id = o.school_id AND k.student_id = o.person_id
                       AND EXISTS (SELECT 1 FROM guardianship g JOIN person q ON q.id = g.guardian_id AND q.left_at = 0
                                   WHERE g.student_id = k.student_id AND g.guardian_id = k.guardian_id)
                   WHERE o.role = 'student' AND o.person_id IN";
        let rows = self.rows_in(sql, &students, "").await?;
        let mut newest: HashMap<PersonId, (At, String, Decision)> = HashMap::new();
        for row in rows.iter().filter(|row| text_or_empty(row, "decision").is_ok_and(|it| !it.is_empty())) {
            let (decision, id) = (read_decision(row)?, text(row, "decision")?);
            let is_older = |(at, last, _): &(At, String, Decision)| (*at, last) < (decision.at, &id);
            if newest.get(&decision.student).is_none_or(is_older) {
                newest.insert(decision.student.clone(), (decision.at, id, decision));
            }
        }
        for row in &rows {
            let person = read_person(row)?;
            let Some(ahead) = of.get(&person.id).filter(|it| it.rules.school.id == person.school) else {
                continue;
            };
            let age = age_in(row, &person.class)?;
            let newest = newest.get(&person.id).map(|(.., decision)| decision.clone());
            known.consents.insert(person.id.clone(), view_of(&ahead.rules, age, newest, ahead.day));
            let class = text(row, "class_id")?;
            known.classes.insert(person.id.clone(), (!class.is_empty()).then(|| class.into()));
            known.persons.insert(person.id.clone(), person);
        }
        if !around.is_empty() {
            self.read_around(&around, &of, &mut known).await?;
        }
        let records: Vec<&RecordId> = wanted.iter().filter_map(|it| it.record.as_ref()).collect();
        let mut found = self.records(&records).await?;
        for id in records {
            known.records.insert(id.clone(), found.remove(id));
        }
        self.known = known;
        Ok(())
    }

    async fn read_around(
        &mut self,
        students: &[&PersonId],
        of: &HashMap<&PersonId, &Ahead>,
        known: &mut Known,
    ) -> Result<()> {
        for id in students {
            known.pairings.insert((*id).clone(), Vec::new());
            known.guardians.insert((*id).clone(), Vec::new());
        }
        let sql = "SELECT id, mentor_id, student_id, class_id, is_primary, since, until FROM pairing WHERE student_id IN";
        for row in self.rows_in(sql, students, "ORDER BY student_id, is_primary DESC, since, id").await? {
            let pairing = read_pairing(&row)?;
            let holds = of.get(&pairing.student).is_some_and(|it| pairing.holds_on(it.day));
            if let Some(found) = known.pairings.get_mut(&pairing.student).filter(|_| holds) {
                found.push(pairing);
            }
        }
        let sql = "SELECT g.student_id, p.school_id, p.id, p.name, p.left_at, '' AS class, g.relation FROM guardianship g
                   JOIN person p ON p.id = g.guardian_id WHERE p.left_at = 0 AND g.student_id IN";
        for row in self.rows_in(sql, students, "ORDER BY g.student_id, p.id").await? {
            let student: PersonId = text(&row, "student_id")?.into();
            if let Some(found) = known.guardians.get_mut(&student) {
                found.push(read_person(&row)?);
            }
        }
        let guardians = known.guardians.values().flatten().map(|it| it.id.clone());
        let all: HashSet<PersonId> = guardians.chain(students.iter().map(|it| (*it).clone())).collect();
        let all: Vec<PersonId> = all.into_iter().collect();
        let mut addresses = self.addresses(&all).await?;
        for person in all {
            let address = addresses.remove(&person);
            known.addresses.insert(person, address);
        }
        Ok(())
    }

    /// The rows of a query that ends with `IN`, for all of these ids.
    async fn rows_in<'a, Id>(
        &mut self,
        sql: &str,
        ids: &[&'a Id],
        tail: &str,
    ) -> Result<Vec<sqlx::any::AnyRow>>
    where
        Arg: From<&'a Id>,
    {
        let mut rows = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(1000) {
            let args = padded(chunk.iter().map(|id| Arg::from(*id)));
            let sql = format!("{sql} ({}) {tail}", list(1, args.len()));
            rows.extend(self.rows(&sql, args).await?);
        }
        Ok(rows)
    }
}
