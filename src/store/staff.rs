//! Whom duties beyond single pairings are asked of: who leads a class or runs the system, which classes there are, and the
//! groups that mentors lead.

use super::{
    Tx,
    sql::{args, int, text, these},
};
use crate::school::{AboutId, ClassId, Day, Group, GroupId, PersonId, Post, Role, SchoolId, Staff};
use anyhow::{Context, Result};
use std::collections::HashMap;

impl Tx {
    /// The staff of a school on a day. A class is there while a student is in it.
    pub async fn staff(&mut self, school: &SchoolId, today: Day) -> Result<Staff> {
        let sql = "SELECT o.person_id, o.role, o.class_id FROM post o JOIN person p ON p.id = o.person_id
                   WHERE o.school_id = $1 AND o.role IN ('head_teacher', 'chief_mentor', 'office') AND p.left_at = 0
                   ORDER BY o.person_id";
        let mut posts = Vec::new();
        for row in self.rows(sql, args![school]).await? {
            let role: Role = text(&row, "role")?.parse().context("reading a post")?;
            let class = Some(text(&row, "class_id")?).filter(|it| !it.is_empty()).map(Into::into);
            posts.push((text(&row, "person_id")?.into(), Post { role, class }));
        }
        let sql = "SELECT DISTINCT o.class_id FROM post o JOIN person p ON p.id = o.person_id
                   WHERE o.school_id = $1 AND o.role = 'student' AND o.class_id <> '' AND p.left_at = 0
                   ORDER BY o.class_id";
        let classes = self.rows(sql, args![school]).await?;
        let classes = classes.iter().map(|row| Ok(text(row, "class_id")?.into())).collect::<Result<_>>()?;
        let groups = self.groups(school, today).await?;
        Ok(Staff { school: school.clone(), classes, posts, groups, mentors: Vec::new() })
    }

    /// The groups of a school on a day. One whose leader has left waits for another and is asked for nothing.
    pub async fn groups(&mut self, school: &SchoolId, today: Day) -> Result<Vec<Group>> {
        let led = self.every_group(school, today).await?.into_iter().filter(|(_, led)| *led);
        Ok(led.map(|(group, _)| group).collect())
    }

    /// All groups of a school on a day, by name, and whether who leads each is still there.
    pub async fn every_group(&mut self, school: &SchoolId, today: Day) -> Result<Vec<(Group, bool)>> {
        let sql = "SELECT g.id, g.name, g.leader_id, g.since, g.until, p.left_at FROM growth_group g
                   JOIN person p ON p.id = g.leader_id
                   WHERE g.school_id = $1 AND g.since <= $2 AND (g.until = '' OR g.until > $2) ORDER BY g.name, g.id";
        let rows = self.rows(sql, args![school, today]).await?;
        rows.iter().map(|row| Ok((read_group(row)?, int(row, "left_at")? == 0))).collect()
    }

    /// Who works with a class (its mentors, and who leads it) or at the school, by name.
    pub async fn colleagues(
        &mut self,
        school: &SchoolId,
        class: Option<&ClassId>,
        today: Day,
    ) -> Result<Vec<(PersonId, String)>> {
        let sql = match class {
            Some(_) => {
                "SELECT id, name FROM person WHERE school_id = $1 AND left_at = 0 AND (id IN
                    (SELECT mentor_id FROM pairing WHERE school_id = $1 AND class_id = $2 AND since <= $3
                     AND (until = '' OR until > $3)) OR id IN
                    (SELECT person_id FROM post WHERE school_id = $1 AND class_id = $2
                     AND role IN ('head_teacher', 'chief_mentor'))) ORDER BY name, id"
            }
            None => {
                "SELECT id, name FROM person WHERE school_id = $1 AND left_at = 0 AND id IN
                    (SELECT person_id FROM post WHERE school_id = $1
                     AND role IN ('mentor', 'head_teacher', 'chief_mentor', 'office')) ORDER BY name, id"
            }
        };
        let mut args = args![school];
        if let Some(class) = class {
            args.extend(args![class, today]);
        }
        let rows = self.rows(sql, args).await?;
        rows.iter().map(|row| Ok((text(row, "id")?.into(), text(row, "name")?))).collect()
    }

    /// One group that is there on a day, if it is one of this school's; also one whose leader has left.
    pub async fn group(&mut self, school: &SchoolId, id: &GroupId, today: Day) -> Result<Option<Group>> {
        Ok(self.every_group(school, today).await?.into_iter().map(|(it, _)| it).find(|it| it.id == *id))
    }

    /// The students of a group who are still at the school, by name.
    pub async fn group_members(&mut self, group: &GroupId) -> Result<Vec<(PersonId, String)>> {
        let sql = "SELECT p.id, p.name FROM growth_group_member m JOIN person p ON p.id = m.student_id
                   WHERE m.group_id = $1 AND p.left_at = 0 ORDER BY p.name, p.id";
        let rows = self.rows(sql, args![group]).await?;
        rows.iter().map(|row| Ok((text(row, "id")?.into(), text(row, "name")?))).collect()
    }

    /// Keeps a group as it is now: its name, who leads it, until when it is there, and who is in it.
    pub async fn save_group(&mut self, school: &SchoolId, group: &Group, members: &[PersonId]) -> Result<()> {
        let until = group.until.map_or(String::new(), |day| day.to_string());
        self.run(
            "INSERT INTO growth_group (school_id, id, name, leader_id, since, until) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, leader_id = excluded.leader_id, until = excluded.until",
            args![school, &group.id, &group.name, &group.leader, group.since, until],
        )
        .await?;
        self.run("DELETE FROM growth_group_member WHERE group_id = $1", args![&group.id]).await?;
        let rows = members.iter().map(|it| args![school, &group.id, it]).collect();
        self.insert("INSERT INTO growth_group_member (school_id, group_id, student_id)", rows, "")
            .await
            .map(drop)
    }

    /// What people call what duties and records are about: persons, classes, groups, the school.
    pub async fn names_of(&mut self, ids: &[AboutId]) -> Result<HashMap<AboutId, String>> {
        let mut found = HashMap::with_capacity(ids.len());
        let mut left: Vec<&AboutId> = ids.iter().collect();
        // Nearly all are persons: the other tables are asked for what is none.
        for table in ["person", "class", "growth_group", "school"] {
            if left.is_empty() {
                return Ok(found);
            }
            let sql = format!("SELECT id, name FROM {table} WHERE id IN [$1]");
            for row in self.rows(&sql, vec![these(left.iter().copied())]).await? {
                found.insert(text(&row, "id")?.into(), text(&row, "name")?);
            }
            left.retain(|it| !found.contains_key(*it));
        }
        // What a meeting resolved is called by its words.
        let sql = "SELECT id, words FROM resolution WHERE id IN [$1]";
        for row in self.rows(sql, vec![these(left)]).await? {
            found.insert(text(&row, "id")?.into(), text(&row, "words")?);
        }
        Ok(found)
    }
}

fn read_group(row: &sqlx::any::AnyRow) -> Result<Group> {
    Ok(Group {
        id: text(row, "id")?.into(),
        name: text(row, "name")?,
        leader: text(row, "leader_id")?.into(),
        since: text(row, "since")?.parse()?,
        until: Some(text(row, "until")?).filter(|it| !it.is_empty()).map(|it| it.parse()).transpose()?,
    })
}
