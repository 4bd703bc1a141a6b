//! The roster: everybody who is at a school and who belongs to whom, read and written as a whole.

use super::{
    Tx,
    sql::{args, int, text, these},
};
use crate::school::{At, ClassId, Day, Pairing, PairingId, PersonId, Post, Relation, Role, SchoolId};
use anyhow::{Result, anyhow};
use std::collections::HashMap;

/// Everybody who is or was at a school, and the pairings that have no end.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Book {
    /// Its classes.
    pub classes: Vec<ClassRow>,
    /// Its people.
    pub members: Vec<Member>,
    /// Who is whose guardian.
    pub families: Vec<Family>,
    /// Who looks after whom, without an end.
    pub pairings: Vec<Pairing>,
}

/// What changes in the book: new rows, and those with a known id as they shall stand. The rest stays.
#[derive(Clone, Default, Debug)]
pub struct RosterWrite {
    /// Classes.
    pub classes: Vec<ClassRow>,
    /// People, each with all posts; who had left is back.
    pub members: Vec<Member>,
    /// Guardianships.
    pub families: Vec<Family>,
    /// New pairings.
    pub pairings: Vec<Pairing>,
    /// Pairings that end, with the first day on which they no longer hold.
    pub ended: Vec<(PairingId, Day)>,
    /// Who is a guardian of whom no more: (guardian, student).
    pub parted: Vec<(PersonId, PersonId)>,
    /// Who leaves. What is recorded about them stays; staff lose their posts, and open invitations open nothing.
    pub left: Vec<PersonId>,
}

impl RosterWrite {
    /// The same in pieces of so many people, to be written one after the other in one transaction.
    pub fn pieces(self, size: usize) -> Vec<RosterWrite> {
        let (ended, left, parted) = (self.ended, self.left, self.parted);
        let mut pieces =
            vec![RosterWrite { classes: self.classes, ended, left, parted, ..RosterWrite::default() }];
        let members = self.members.chunks(size.max(1));
        pieces.extend(members.map(|it| RosterWrite { members: it.to_vec(), ..RosterWrite::default() }));
        let (families, pairings) = (self.families, self.pairings);
        pieces.push(RosterWrite { families, pairings, ..RosterWrite::default() });
        pieces
    }

    /// How many rows it is.
    pub fn rows(&self) -> usize {
        let people = self.classes.len() + self.members.len() + self.families.len() + self.left.len();
        people + self.pairings.len() + self.ended.len() + self.parted.len()
    }
}

/// A class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClassRow {
    /// Its id.
    pub id: ClassId,
    /// Its name, unique in the school.
    pub name: String,
    /// The grade, or ''.
    pub grade: String,
}

/// A person at the school.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// The id.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// 学号 or 工号, or ''.
    pub number: String,
    /// The phone number, or ''.
    pub phone: String,
    /// The date of birth as ISO text, or '': what cannot be read is kept as it stands.
    pub born: String,
    /// What the person is there.
    pub posts: Vec<Post>,
    /// Whether the person left.
    pub left: bool,
}

/// A guardian of a student.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Family {
    /// The guardian.
    pub guardian: PersonId,
    /// The student.
    pub student: PersonId,
    /// What the one is to the other.
    pub relation: Relation,
}

impl Member {
    /// Whether the person holds a role, in whichever class.
    pub fn is(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }

    /// The class in which the person is a student.
    pub fn class(&self) -> Option<&ClassId> {
        self.posts.iter().find(|post| post.role == Role::Student).and_then(|post| post.class.as_ref())
    }
}

impl Tx {
    /// The book of a school, held until the commit: of two imports at once the second sees what the first wrote.
    pub async fn book(&mut self, school: &SchoolId) -> Result<Book> {
        self.run("UPDATE school SET version = version WHERE id = $1", args![school]).await?;
        self.look_at_book(school).await
    }

    /// The same, not held.
    pub async fn look_at_book(&mut self, school: &SchoolId) -> Result<Book> {
        Ok(Book {
            classes: self.classes(school).await?,
            members: self.members(school).await?,
            families: self.families(school).await?,
            pairings: self.endless_pairings(school).await?,
        })
    }

    /// Writes what changed.
    pub async fn write_roster(&mut self, school: &SchoolId, write: &RosterWrite, now: At) -> Result<()> {
        let classes = write.classes.iter().map(|it| args![school, &it.id, &it.name, &it.grade]).collect();
        let head = "INSERT INTO class (school_id, id, name, grade)";
        let tail = "ON CONFLICT (school_id, id) DO UPDATE SET name = excluded.name, grade = excluded.grade";
        self.insert(head, classes, tail).await?;
        self.write_leavers(&write.left, now).await?;
        self.part(school, &write.parted, now).await?;
        self.write_members(school, &write.members, now).await?;
        let families =
            write.families.iter().map(|it| args![school, &it.guardian, &it.student, it.relation.as_str()]);
        let head = "INSERT INTO guardianship (school_id, guardian_id, student_id, relation)";
        let tail = "ON CONFLICT (student_id, guardian_id) DO UPDATE SET relation = excluded.relation";
        self.insert(head, families.collect(), tail).await?;
        self.write_pairings(school, write).await
    }

    async fn write_members(&mut self, school: &SchoolId, members: &[Member], now: At) -> Result<()> {
        let person = |it: &Member| args![school, &it.id, &it.name, &it.number, &it.phone, &it.born, now];
        let persons = members.iter().map(person).collect();
        let head = "INSERT INTO person (school_id, id, name, number, phone, born, created_at)";
        let tail = "ON CONFLICT (id) DO UPDATE SET name = excluded.name, number = excluded.number,
                    phone = excluded.phone, born = excluded.born, left_at = 0";
        self.insert(head, persons, tail).await?;
        let all = these(members.iter().map(|it| &it.id));
        self.run("DELETE FROM post WHERE person_id IN [$1]", vec![all]).await?;
        let posts = members.iter().flat_map(|member| {
            member.posts.iter().map(|post| {
                let class = post.class.as_ref().map_or("", ClassId::as_str);
                args![school, &member.id, post.role.as_str(), class]
            })
        });
        let head = "INSERT INTO post (school_id, person_id, role, class_id)";
        self.insert(head, posts.collect(), "ON CONFLICT DO NOTHING").await.map(drop)
    }

    async fn write_leavers(&mut self, left: &[PersonId], now: At) -> Result<()> {
        for sql in [
            "UPDATE person SET left_at = $1 WHERE left_at = 0 AND id IN [$2]",
            "UPDATE invite SET revoked_at = $1 WHERE used_at = 0 AND revoked_at = 0 AND person_id IN [$2]",
        ] {
            self.run(sql, vec![now.into(), these(left)]).await?;
        }
        // A student and a guardian stay what they were: their records are read by it.
        let sql = "DELETE FROM post WHERE role NOT IN ('student', 'guardian') AND person_id IN [$1]";
        self.run(sql, vec![these(left)]).await.map(drop)
    }

    /// A guardian of before reads nothing about the child any more and decides nothing; what was said and agreed stays on
    /// record. Nobody has to phone for a letter that did not arrive.
    pub(super) async fn part(
        &mut self,
        school: &SchoolId,
        parted: &[(PersonId, PersonId)],
        now: At,
    ) -> Result<()> {
        for (guardian, student) in parted {
            let both = || args![school, guardian, student];
            let sql =
                "DELETE FROM guardianship WHERE school_id = $1 AND guardian_id = $2 AND student_id = $3";
            self.run(sql, both()).await?;
            let sql = "DELETE FROM feedback_copy WHERE school_id = $1 AND guardian_id = $2
                       AND state IN ('waiting', 'unreachable')
                       AND feedback_id IN (SELECT id FROM feedback WHERE student_id = $3)";
            self.run(sql, both()).await?;
            let mut args = args![now];
            args.extend(both());
            let sql =
                "UPDATE task SET done_at = $1 WHERE school_id = $2 AND student_id = $4 AND kind = 'phone'
                       AND done_at = 0 AND about LIKE '%' || $3";
            self.run(sql, args).await?;
        }
        Ok(())
    }

    async fn write_pairings(&mut self, school: &SchoolId, write: &RosterWrite) -> Result<()> {
        for (pairing, until) in &write.ended {
            let sql = "UPDATE pairing SET until = $1 WHERE school_id = $2 AND id = $3";
            self.run(sql, args![*until, school, pairing]).await?;
        }
        let pairings = write.pairings.iter().map(|it| {
            let until = it.until.map(|day| day.to_string()).unwrap_or_default();
            args![school, &it.id, &it.mentor, &it.student, &it.class, it.primary, it.since, until]
        });
        let head =
            "INSERT INTO pairing (school_id, id, mentor_id, student_id, class_id, is_primary, since, until)";
        self.insert(head, pairings.collect(), "").await?;
        // A pairing moves with its student to another class.
        let students = write.members.iter().filter(|it| it.class().is_some()).map(|it| &it.id);
        let sql = "UPDATE pairing SET class_id = (SELECT o.class_id FROM post o
                       WHERE o.person_id = pairing.student_id AND o.role = 'student')
                   WHERE until = '' AND student_id IN [$1]";
        self.run(sql, vec![these(students)]).await.map(drop)
    }

    async fn classes(&mut self, school: &SchoolId) -> Result<Vec<ClassRow>> {
        let rows = self
            .rows("SELECT id, name, grade FROM class WHERE school_id = $1 ORDER BY id", args![school])
            .await?;
        rows.iter()
            .map(|row| {
                Ok(ClassRow {
                    id: text(row, "id")?.into(),
                    name: text(row, "name")?,
                    grade: text(row, "grade")?,
                })
            })
            .collect()
    }

    async fn members(&mut self, school: &SchoolId) -> Result<Vec<Member>> {
        let mut posts: HashMap<String, Vec<Post>> = HashMap::new();
        let sql = "SELECT person_id, role, class_id FROM post WHERE school_id = $1 ORDER BY person_id, role, class_id";
        for row in self.rows(sql, args![school]).await? {
            let class = text(&row, "class_id")?;
            let role = text(&row, "role")?.parse()?;
            let post = Post { role, class: (!class.is_empty()).then(|| class.into()) };
            posts.entry(text(&row, "person_id")?).or_default().push(post);
        }
        let sql = "SELECT id, name, number, phone, born, left_at FROM person WHERE school_id = $1 AND name <> '' ORDER BY id";
        let rows = self.rows(sql, args![school]).await?;
        rows.iter()
            .map(|row| {
                let id = text(row, "id")?;
                Ok(Member {
                    posts: posts.remove(&id).unwrap_or_default(),
                    id: id.into(),
                    name: text(row, "name")?,
                    number: text(row, "number")?,
                    phone: text(row, "phone")?,
                    born: text(row, "born")?,
                    left: int(row, "left_at")? > 0,
                })
            })
            .collect()
    }

    /// Who is whose guardian at a school.
    pub async fn families(&mut self, school: &SchoolId) -> Result<Vec<Family>> {
        let sql = "SELECT guardian_id, student_id, relation FROM guardianship WHERE school_id = $1
                   ORDER BY student_id, guardian_id";
        let rows = self.rows(sql, args![school]).await?;
        rows.iter()
            .map(|row| {
                let relation = text(row, "relation")?.parse().map_err(|_| anyhow!("an unknown relation"))?;
                Ok(Family {
                    guardian: text(row, "guardian_id")?.into(),
                    student: text(row, "student_id")?.into(),
                    relation,
                })
            })
            .collect()
    }

    async fn endless_pairings(&mut self, school: &SchoolId) -> Result<Vec<Pairing>> {
        self.pairings_where("school_id = $1 AND until = '' ORDER BY id", args![school]).await
    }
}

#[cfg(test)]
mod tests;
