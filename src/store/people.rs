//! Who is who: persons, classes, pairings, families.

use super::{
    Tx,
    sql::{Arg, args, int, text, text_or_empty, these},
    tuple::tuple,
};
use crate::school::{AccountId, ClassId, Pairing, PersonId, Post, Role, SchoolId};
use anyhow::Result;
use chrono::NaiveTime;
use std::collections::HashMap;

/// A person, as far as messages about that person need it.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The school.
    pub school: SchoolId,
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The class of a student; '' for others.
    pub class: String,
    /// The relation to the student in question, as a word; '' where none is asked about.
    pub relation: String,
    /// Whether the person left.
    pub left: bool,
}

/// Where a person can be reached.
#[derive(Clone, Debug)]
pub struct Address {
    /// The person.
    pub person: PersonId,
    /// The person's name, and for a family on an account with several hats those of the children: it is told which one
    /// is meant.
    pub name: String,
    /// The person's school.
    pub school: SchoolId,
    /// The account.
    pub account: AccountId,
    /// The language that the person reads: own, else the school's.
    pub language: String,
    /// Own quiet hours as `HH:MM`, or ''.
    pub quiet: (String, String),
    /// From what time of the day on the person is told what is to be done, where one was chosen.
    pub digest_from: Option<NaiveTime>,
    /// Whether messages reach it.
    pub reachable: bool,
    /// How many persons share the account.
    pub hats: i64,
}

impl Tx {
    /// Where these persons can be reached; who never joined or has left is not in it.
    pub async fn addresses(&mut self, persons: &[PersonId]) -> Result<HashMap<PersonId, Address>> {
        let mut found = HashMap::with_capacity(persons.len());
        if persons.is_empty() {
            return Ok(found);
        }
        let rest = format!("{ADDRESSES} WHERE p.left_at = 0 AND p.id IN [$1]");
        for row in self.tuples::<AddressTuple>(&rest, vec![these(persons)]).await? {
            let address = row.read()?;
            found.insert(address.person.clone(), address);
        }
        let several: Vec<PersonId> =
            found.values().filter(|it| it.hats > 1).map(|it| it.person.clone()).collect();
        for (guardian, children) in self.names_of_children(&several).await? {
            if let Some(address) = found.get_mut(&guardian) {
                address.name = known_as(&address.name, Some(&children));
            }
        }
        Ok(found)
    }

    /// The names of the children of guardians.
    pub(super) async fn names_of_children(
        &mut self,
        guardians: &[PersonId],
    ) -> Result<HashMap<PersonId, Vec<String>>> {
        let mut found: HashMap<PersonId, Vec<String>> = HashMap::new();
        if guardians.is_empty() {
            return Ok(found);
        }
        let sql = "SELECT g.guardian_id, p.name FROM guardianship g JOIN person p ON p.id = g.student_id
                   WHERE p.left_at = 0 AND g.guardian_id IN [$1] ORDER BY g.guardian_id, p.name, p.id";
        for row in self.rows(sql, vec![these(guardians)]).await? {
            found.entry(text(&row, "guardian_id")?.into()).or_default().push(text(&row, "name")?);
        }
        Ok(found)
    }

    /// These persons by id.
    pub async fn persons(&mut self, ids: &[PersonId]) -> Result<HashMap<PersonId, PersonRow>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let found = self.rows(&format!("{PERSON} WHERE p.id IN [$1]"), vec![these(ids)]).await?;
        let person = |row| read_person(row).map(|it| (it.id.clone(), it));
        found.iter().map(person).collect()
    }

    /// One person.
    pub async fn person(&mut self, id: &PersonId) -> Result<Option<PersonRow>> {
        Ok(self.persons(std::slice::from_ref(id)).await?.remove(id))
    }

    /// The guardians of a student, with their relation.
    pub async fn guardians_of(&mut self, student: &PersonId) -> Result<Vec<PersonRow>> {
        let sql = "SELECT p.school_id, p.id, p.name, p.left_at, '' AS class, g.relation FROM guardianship g
                   JOIN person p ON p.id = g.guardian_id WHERE g.student_id = $1 AND p.left_at = 0 ORDER BY p.id";
        self.rows(sql, args![student]).await?.iter().map(read_person).collect()
    }

    /// The children of a guardian.
    pub async fn children_of(&mut self, guardian: &PersonId) -> Result<Vec<PersonRow>> {
        let sql = format!(
            "{PERSON} JOIN guardianship g ON g.student_id = p.id
             WHERE g.guardian_id = $1 AND p.left_at = 0 ORDER BY p.name, p.id"
        );
        self.rows(&sql, args![guardian]).await?.iter().map(read_person).collect()
    }

    /// The students whom a mentor looks after today, by name.
    pub async fn students_of(
        &mut self,
        mentor: &PersonId,
        today: crate::school::Day,
    ) -> Result<Vec<PersonRow>> {
        let sql = format!(
            "{PERSON} JOIN pairing r ON r.student_id = p.id WHERE r.mentor_id = $1 AND r.since <= $2
             AND (r.until = '' OR r.until > $2) AND p.left_at = 0 ORDER BY p.name, p.id"
        );
        self.rows(&sql, args![mentor, today]).await?.iter().map(read_person).collect()
    }

    /// The students of a class, or of the whole school.
    pub async fn students_in(
        &mut self,
        school: &SchoolId,
        class: Option<&ClassId>,
    ) -> Result<Vec<PersonRow>> {
        let (mut args, mut only) = (args![school], "");
        if let Some(class) = class {
            args.push(class.into());
            only = "AND o.class_id = $2";
        }
        let sql = format!(
            "{PERSON} WHERE p.left_at = 0 AND p.id IN (SELECT o.person_id FROM post o
             WHERE o.school_id = $1 AND o.role = 'student' {only}) ORDER BY p.name, p.id"
        );
        self.rows(&sql, args).await?.iter().map(read_person).collect()
    }

    /// Who of these roles has this number at a school, or else this name; two at most are enough to know that it is not one.
    pub async fn people_called(
        &mut self,
        school: &SchoolId,
        roles: &[Role],
        named: &str,
    ) -> Result<Vec<PersonRow>> {
        for column in ["number", "name"] {
            let sql = format!(
                "{PERSON} WHERE p.school_id = $1 AND p.{column} = $2 AND p.left_at = 0 AND p.id IN
                     (SELECT o.person_id FROM post o WHERE o.school_id = $1 AND o.role IN [$3])
                 ORDER BY p.id LIMIT 2"
            );
            let args =
                vec![school.into(), named.trim().into(), these(roles.iter().map(|role| role.as_str()))];
            let rows = self.rows(&sql, args).await?;
            if !rows.is_empty() {
                return rows.iter().map(read_person).collect();
            }
        }
        Ok(Vec::new())
    }

    /// Who holds a role at a school, in one class or (for `None`) anywhere.
    pub async fn holders(
        &mut self,
        school: &SchoolId,
        role: Role,
        class: Option<&ClassId>,
    ) -> Result<Vec<PersonId>> {
        let (mut args, mut only) = (args![school, role.as_str()], "");
        if let Some(class) = class {
            args.push(class.into());
            only = "AND o.class_id = $3";
        }
        let sql = format!(
            "SELECT DISTINCT o.person_id FROM post o JOIN person p ON p.id = o.person_id
             WHERE o.school_id = $1 AND o.role = $2 {only} AND p.left_at = 0 ORDER BY o.person_id"
        );
        self.rows(&sql, args).await?.iter().map(|row| Ok(text(row, "person_id")?.into())).collect()
    }

    /// All pairings of a school that hold on a day.
    pub async fn pairings(&mut self, school: &SchoolId, today: crate::school::Day) -> Result<Vec<Pairing>> {
        self.pairings_where(&format!("school_id = $1 AND {HOLDS} ORDER BY id"), args![school, today]).await
    }

    /// Those of some of its classes.
    pub async fn pairings_in(
        &mut self,
        school: &SchoolId,
        classes: &[ClassId],
        today: crate::school::Day,
    ) -> Result<Vec<Pairing>> {
        let those = format!("school_id = $1 AND {HOLDS} AND class_id IN [$3] ORDER BY id");
        self.pairings_where(&those, vec![school.into(), today.into(), these(classes)]).await
    }

    /// Those of these students.
    pub(super) async fn pairings_with(
        &mut self,
        school: &SchoolId,
        students: &[PersonId],
        today: crate::school::Day,
    ) -> Result<Vec<Pairing>> {
        let those = format!("school_id = $1 AND {HOLDS} AND student_id IN [$3] ORDER BY id");
        self.pairings_where(&those, vec![school.into(), today.into(), these(students)]).await
    }

    /// The pairings that hold on a day, with whomever, of the students whom a mentor looks after.
    pub async fn pairings_beside(
        &mut self,
        mentor: &PersonId,
        today: crate::school::Day,
    ) -> Result<Vec<Pairing>> {
        let those = format!(
            "{HOLDS} AND student_id IN (SELECT student_id FROM pairing WHERE mentor_id = $1 AND {HOLDS}) ORDER BY id"
        );
        self.pairings_where(&those, args![mentor, today]).await
    }

    /// The pairings of one student that hold on a day, and the class in which the student is.
    pub async fn pairings_of(
        &mut self,
        student: &PersonId,
        today: crate::school::Day,
    ) -> Result<Vec<Pairing>> {
        let those = format!("student_id = $1 AND {HOLDS} ORDER BY is_primary DESC, since, id");
        self.pairings_where(&those, args![student, today]).await
    }

    /// The pairings that meet a condition, which may end with their order.
    pub(super) async fn pairings_where(&mut self, those: &str, args: Vec<Arg>) -> Result<Vec<Pairing>> {
        let found = self.tuples::<PairingTuple>(&format!("FROM pairing WHERE {those}"), args).await?;
        found.into_iter().map(PairingTuple::read).collect()
    }

    /// The class of a student.
    pub async fn class_of(&mut self, student: &PersonId) -> Result<Option<ClassId>> {
        let sql = "SELECT class_id FROM post WHERE person_id = $1 AND role = 'student'";
        let row = self.row(sql, args![student]).await?;
        let class = row.map(|row| text(&row, "class_id")).transpose()?;
        Ok(class.filter(|class| !class.is_empty()).map(Into::into))
    }

    /// What a person is at the school; nothing for one who has left.
    pub async fn posts_of(&mut self, person: &PersonId) -> Result<Vec<Post>> {
        let sql = "SELECT o.role, o.class_id FROM post o JOIN person p ON p.id = o.person_id
                   WHERE o.person_id = $1 AND p.left_at = 0 ORDER BY o.role, o.class_id";
        let read = |row: &sqlx::any::AnyRow| {
            let class = text(row, "class_id")?;
            Ok(Post { role: text(row, "role")?.parse()?, class: (!class.is_empty()).then(|| class.into()) })
        };
        self.rows(sql, args![person]).await?.iter().map(read).collect()
    }

    /// The classes of a school by id.
    pub async fn class_names(&mut self, school: &SchoolId) -> Result<HashMap<ClassId, String>> {
        let rows = self.rows("SELECT id, name FROM class WHERE school_id = $1", args![school]).await?;
        rows.iter().map(|row| Ok((text(row, "id")?.into(), text(row, "name")?))).collect()
    }
}

/// A name with those of the children, where there are any.
pub(super) fn known_as(name: &str, children: Option<&Vec<String>>) -> String {
    let children = children.into_iter().flatten().map(String::as_str);
    std::iter::once(name).chain(children).collect::<Vec<_>>().join(" · ")
}

/// A student's class comes with the row: 七年级1班 beside the name tells two children of one name apart.
const PERSON: &str = "SELECT p.school_id, p.id, p.name, p.left_at, '' AS relation,
    (SELECT c.name FROM post q JOIN class c ON c.school_id = q.school_id AND c.id = q.class_id
     WHERE q.person_id = p.id AND q.role = 'student') AS class FROM person p";

const ADDRESSES: &str = "FROM person p JOIN binding b ON b.person_id = p.id AND b.revoked_at = 0
    JOIN account a ON a.id = b.account_id JOIN school s ON s.id = p.school_id";

tuple!(
    /// Where a person can be reached.
    AddressTuple {
        school: String = "p.school_id",
        person: String = "p.id",
        name: String = "p.name",
        language: String = "p.language",
        school_language: String = "s.language",
        quiet_from: String = "p.quiet_from",
        quiet_to: String = "p.quiet_to",
        digest_from: String = "p.digest_from",
        account: String = "b.account_id",
        reachable: i64 = "a.reachable",
        hats: i64 = "(SELECT COUNT(*) FROM binding o WHERE o.account_id = b.account_id AND o.revoked_at = 0)",
    }
);

impl AddressTuple {
    fn read(self) -> Result<Address> {
        let from = self.digest_from;
        Ok(Address {
            person: self.person.into(),
            name: self.name,
            school: self.school.into(),
            account: self.account.into(),
            language: if self.language.is_empty() { self.school_language } else { self.language },
            quiet: (self.quiet_from, self.quiet_to),
            digest_from: if from.is_empty() { None } else { Some(from.parse()?) },
            reachable: self.reachable == 1,
            hats: self.hats,
        })
    }
}

/// A pairing that holds on the day `$2`.
const HOLDS: &str = "since <= $2 AND (until = '' OR until > $2)";

fn read_person(row: &sqlx::any::AnyRow) -> Result<PersonRow> {
    Ok(PersonRow {
        school: text(row, "school_id")?.into(),
        id: text(row, "id")?.into(),
        name: text(row, "name")?,
        class: text_or_empty(row, "class")?,
        relation: text_or_empty(row, "relation")?,
        left: int(row, "left_at")? > 0,
    })
}

tuple!(
    /// A pairing.
    PairingTuple {
        id: String = "id",
        mentor: String = "mentor_id",
        student: String = "student_id",
        class: String = "class_id",
        is_primary: i64 = "is_primary",
        since: String = "since",
        until: String = "until",
    }
);

impl PairingTuple {
    fn read(self) -> Result<Pairing> {
        Ok(Pairing {
            id: self.id.into(),
            mentor: self.mentor.into(),
            student: self.student.into(),
            class: self.class.into(),
            since: self.since.parse()?,
            until: if self.until.is_empty() { None } else { Some(self.until.parse()?) },
            primary: self.is_primary == 1,
        })
    }
}
