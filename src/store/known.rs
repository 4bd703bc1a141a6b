//! Reading ahead: what common answers about students will ask, read for a whole batch in a few statements.
//!
//! It is no cache. It lives as long as its transaction, holds what that transaction has read, and is forgotten with the first
//! thing that is written in it. Whoever asks for something that was not read ahead gets it as always.

use super::{
    Address, ConsentView, RecordRow, SchoolRules, Tx,
    consent::{age_of, view_of},
    people::{PersonRow, read_pairing, read_person},
    sql::{Arg, list, padded, text},
    tuple::tuple,
};
use crate::school::{At, ClassId, Day, Decision, Pairing, PersonId, RecordId};
use anyhow::{Result, anyhow};
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
        let ids = padded(students.iter().map(|it| Arg::from(*it)));
        let rest = format!(
            "FROM post o JOIN person p ON p.id = o.person_id
             LEFT JOIN class c ON c.school_id = o.school_id AND c.id = o.class_id
             LEFT JOIN consent k ON k.school_id = o.school_id AND k.student_id = o.person_id
                 AND EXISTS (SELECT 1 FROM guardianship g JOIN person q ON q.id = g.guardian_id AND q.left_at = 0
                             WHERE g.student_id = k.student_id AND g.guardian_id = k.guardian_id)
             WHERE o.role = 'student' AND o.person_id IN ({})
             ORDER BY o.person_id, k.at, k.id",
            list(1, ids.len())
        );
        for row in self.tuples::<StudentTuple>(&rest, ids).await? {
            let student = PersonId::from(row.id.clone());
            let Some(ahead) = of.get(&student).filter(|it| it.rules.school.id.as_str() == row.school) else {
                continue;
            };
            let newest = row.decision()?;
            let name = row.class_name.unwrap_or_default();
            let age = age_of(&row.born, &row.grade.unwrap_or_default(), &name);
            // The newest word of a family comes last, and stays.
            known.consents.insert(student.clone(), view_of(&ahead.rules, age, newest, ahead.day));
            let class = (!row.class.is_empty()).then(|| row.class.into());
            known.classes.insert(student.clone(), class);
            let person = PersonRow {
                school: row.school.into(),
                id: student.clone(),
                name: row.name,
                class: name,
                relation: String::new(),
                left: row.left_at > 0,
            };
            known.persons.insert(student, person);
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

tuple!(
    /// A student with one word of the family.
    StudentTuple {
        school: String = "p.school_id",
        id: String = "p.id",
        name: String = "p.name",
        left_at: i64 = "p.left_at",
        born: String = "p.born",
        class: String = "o.class_id",
        grade: Option<String> = "c.grade",
        class_name: Option<String> = "c.name",
        guardian: Option<String> = "k.guardian_id",
        version: Option<i64> = "k.version",
        state: Option<String> = "k.state",
        at: Option<i64> = "k.at",
    }
);

impl StudentTuple {
    fn decision(&self) -> Result<Option<Decision>> {
        let (Some(guardian), Some(state)) = (&self.guardian, &self.state) else { return Ok(None) };
        Ok(Some(Decision {
            school: self.school.as_str().into(),
            student: self.id.as_str().into(),
            guardian: guardian.as_str().into(),
            version: self.version.unwrap_or_default(),
            said: state.parse().map_err(|_| anyhow!("an unknown word about consent"))?,
            at: At(self.at.unwrap_or_default()),
        }))
    }
}
