//! What families decided, and how it stands with each student.

use super::{
    SchoolRules, Tx,
    sql::{args, text, these},
    tuple::{Asked, Questions, tuple},
};
use crate::{
    clock::fresh_id,
    school::{Age, At, Consent, Day, Decision, PersonId, RecordId, Said, SchoolId, needs_consent},
};
use anyhow::{Result, anyhow};
use std::collections::HashMap;

/// How it stands with a student, and the newest word of the family.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConsentView {
    /// How it stands.
    pub consent: Consent,
    /// The newest word that one of today's guardians has said, about whichever text.
    pub newest: Option<Decision>,
    /// What is known of the student's age.
    pub age: Age,
}

impl Tx {
    /// How it stands with one student. Of somebody who is no student nothing may be asked.
    pub async fn consent_of(
        &mut self,
        rules: &SchoolRules,
        student: &PersonId,
        today: Day,
    ) -> Result<ConsentView> {
        if let Some(view) = self.known.consents.get(student) {
            return Ok(view.clone());
        }
        let mut found = self.consents(rules, Some(std::slice::from_ref(student)), today).await?;
        Ok(found.remove(student).unwrap_or(ConsentView {
            consent: Consent::Open,
            newest: None,
            age: Age::default(),
        }))
    }

    /// How it stands with the students of a school, or with these.
    pub async fn consents(
        &mut self,
        rules: &SchoolRules,
        students: Option<&[PersonId]>,
        today: Day,
    ) -> Result<HashMap<PersonId, ConsentView>> {
        let mut questions = Questions::default();
        let (decisions, ages) = match students {
            None => {
                let decisions = format!(
                    "FROM consent k JOIN guardianship g ON g.student_id = k.student_id AND g.guardian_id = k.guardian_id
                     {TODAYS} WHERE k.school_id = $1 {IN_TIME}"
                );
                let ages = format!("{AGES} WHERE o.school_id = $1 AND o.role = 'student'");
                let school = &rules.school.id;
                (questions.ask(&decisions, args![school]), questions.ask(&ages, args![school]))
            }
            Some(students) => {
                let ages = format!("{AGES} WHERE o.person_id IN [$1] AND o.role = 'student'");
                let decisions = ask_decisions(&mut questions, students);
                (decisions, questions.ask::<AgeTuple>(&ages, vec![these(students)]))
            }
        };
        let answers = self.ask(questions).await?;
        let newest = newest_decisions(answers.to(&decisions)?)?;
        let views =
            answers.to(&ages)?.into_iter().filter(|it| it.school == rules.school.id.as_str()).map(|it| {
                let age = Age::read(&it.born, it.grade.as_deref(), it.class.as_deref());
                let student = PersonId::from(it.student);
                let view = ConsentView::of(rules, age, newest.get(&student).cloned(), today);
                (student, view)
            });
        Ok(views.collect())
    }

    /// Everything that was ever decided about a student, oldest first.
    pub async fn decisions(&mut self, student: &PersonId) -> Result<Vec<Decision>> {
        let rest = "FROM consent k WHERE k.school_id = (SELECT school_id FROM person WHERE id = $1) AND k.student_id = $1
                    ORDER BY k.at, k.id";
        let decisions = self.tuples::<DecisionTuple>(rest, args![student]).await?;
        decisions.into_iter().map(DecisionTuple::read).collect()
    }

    /// Keeps guardians' words, in their order, beside the earlier ones.
    pub(super) async fn keep_decisions(&mut self, decisions: &[&Decision]) -> Result<()> {
        let row = |it: &&Decision| {
            let id: RecordId = fresh_id();
            args![&it.school, &id, &it.student, &it.guardian, it.version, it.said.as_str(), it.at]
        };
        let head = "INSERT INTO consent (school_id, id, student_id, guardian_id, version, state, at)";
        self.insert(head, decisions.iter().map(row).collect(), "").await?;
        for it in decisions.iter().filter(|it| matches!(it.said, Said::Refused | Said::Withdrawn)) {
            self.forget_answers(&it.school, &it.student).await?;
        }
        Ok(())
    }

    /// Deletes what rests on consent alone: what the child said here, alone or together with a guardian, finished or not.
    /// What the school has to keep by its own duty stays: talks, contacts with the family, and what a mentor typed in from
    /// paper.
    async fn forget_answers(&mut self, school: &SchoolId, student: &PersonId) -> Result<()> {
        let family =
            "author_id = $2 OR author_id IN (SELECT guardian_id FROM guardianship WHERE student_id = $2)";
        let own = format!(
            "SELECT id FROM record WHERE school_id = $1 AND kind IN ('checkin', 'wish') AND ({family})
             AND id IN (SELECT record_id FROM about WHERE school_id = $1 AND about_id = $2)"
        );
        // What was taken back has no rows in `about` any more; its author tells whose it was.
        let sql = "DELETE FROM record WHERE school_id = $1 AND author_id = $2 AND kind IN ('checkin', 'wish')
                   AND NOT EXISTS (SELECT 1 FROM about WHERE about.record_id = record.id)";
        self.run(sql, args![school, student]).await?;
        let rows = self.rows(&own, args![school, student]).await?;
        let ids = these(rows.iter().map(|row| text(row, "id")).collect::<Result<Vec<_>>>()?);
        for sql in ["DELETE FROM about WHERE record_id IN [$1]", "DELETE FROM record WHERE id IN [$1]"] {
            self.run(sql, vec![ids.clone()]).await?;
        }
        // The half-filled form of this child, and not that of a mother who shares the account; and those in which a guardian
        // answers together with this child.
        let sql = "DELETE FROM form WHERE account_id IN (SELECT account_id FROM binding WHERE person_id = $1)
                   AND body LIKE $2";
        let form = format!("{{\"form\":\"checkin\",\"id\":\"%\",\"person\":\"{student}\"%");
        self.run(sql, args![student, form]).await?;
        let sql = "DELETE FROM form WHERE account_id IN (SELECT b.account_id FROM binding b
                       JOIN guardianship g ON g.guardian_id = b.person_id WHERE g.student_id = $1)
                   AND body LIKE $2";
        let form = format!("{{\"form\":\"checkin\",%,\"who\":[[\"{student}\",%");
        self.run(sql, args![student, form]).await.map(drop)
    }
}

/// Only today's guardians. Who is none any more decides nothing: neither for nor against it.
const TODAYS: &str = "JOIN person p ON p.id = g.guardian_id AND p.left_at = 0";
const AGES: &str = "FROM post o JOIN person p ON p.id = o.person_id
     LEFT JOIN class c ON c.school_id = o.school_id AND c.id = o.class_id";
/// The newest word of each student comes last.
const IN_TIME: &str = "ORDER BY k.student_id, k.at, k.id";

tuple!(
    /// What tells the age of a student.
    AgeTuple {
        school: String = "o.school_id",
        student: String = "o.person_id",
        born: String = "p.born",
        grade: Option<String> = "c.grade",
        class: Option<String> = "c.name",
    }
);

impl ConsentView {
    /// How it stands with a student of this age after this word.
    pub(super) fn of(rules: &SchoolRules, age: Age, newest: Option<Decision>, today: Day) -> ConsentView {
        let newest = newest.filter(|it| it.school == rules.school.id);
        let needed = needs_consent(rules.policy(today).consent_until_age, &age, today);
        ConsentView { consent: Consent::of(needed, newest.as_ref()), newest, age }
    }
}

impl Age {
    /// What is known of a student who was born then, as it is stored, and is in a class of this grade and name.
    pub(super) fn read(born: &str, grade: Option<&str>, class: Option<&str>) -> Age {
        // A date that cannot be read is as good as none: the grade decides, and the safe side.
        Age::of(born.parse().ok(), grade.unwrap_or_default(), class.unwrap_or_default())
    }
}

tuple!(
    /// What somebody decided.
    DecisionTuple {
        school: String = "k.school_id",
        student: String = "k.student_id",
        guardian: String = "k.guardian_id",
        version: i64 = "k.version",
        state: String = "k.state",
        at: i64 = "k.at",
    }
);

impl DecisionTuple {
    fn read(self) -> Result<Decision> {
        Ok(Decision {
            school: self.school.into(),
            student: self.student.into(),
            guardian: self.guardian.into(),
            version: self.version,
            said: self.state.parse().map_err(|_| anyhow!("an unknown word about consent"))?,
            at: At(self.at),
        })
    }
}

/// Asks what was decided about these students, of whatever school each is. They are asked for by themselves, or the database would
/// look through all students of a school for one.
pub(super) fn ask_decisions(questions: &mut Questions, students: &[PersonId]) -> Asked<DecisionTuple> {
    let rest = format!(
        "FROM guardianship g JOIN consent k
             ON k.school_id = g.school_id AND k.student_id = g.student_id AND k.guardian_id = g.guardian_id
         {TODAYS} WHERE g.student_id IN [$1] {IN_TIME}"
    );
    questions.ask(&rest, vec![these(students)])
}

/// The newest word about each student.
pub(super) fn newest_decisions(decisions: Vec<DecisionTuple>) -> Result<HashMap<PersonId, Decision>> {
    decisions.into_iter().map(|it| it.read().map(|it| (it.student.clone(), it))).collect()
}
