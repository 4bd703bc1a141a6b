//! What meetings resolved.

use super::{
    SchoolRules, Tx, Whose,
    sql::{Arg, args, text},
};
use crate::school::{AboutId, At, Day, Resolution, SchoolId};
use anyhow::Result;

impl Tx {
    /// Keeps what a meeting resolved, or what was changed about it since: whose it is, until when, and its words.
    pub(super) async fn save_resolution(
        &mut self,
        school: &SchoolId,
        it: &Resolution,
        now: At,
    ) -> Result<()> {
        let class = it.class.as_ref().map_or("", |class| class.as_str());
        self.run(
            "INSERT INTO resolution (school_id, id, meeting_id, owner_id, class_id, words, due, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (id) DO UPDATE SET owner_id = excluded.owner_id, words = excluded.words, due = excluded.due",
            args![school, &it.id, &it.meeting, &it.owner, class, &it.words, it.due, now],
        )
        .await
        .map(drop)
    }

    /// One of them, done or not, with its school.
    pub async fn resolution(&mut self, id: &AboutId) -> Result<Option<(SchoolId, Resolution)>> {
        let sql =
            "SELECT school_id, id, meeting_id, owner_id, class_id, words, due FROM resolution WHERE id = $1";
        let Some(row) = self.row(sql, args![id]).await? else { return Ok(None) };
        Ok(Some((text(&row, "school_id")?.into(), read_resolution(&row)?)))
    }

    /// What is to be done on a day of what a school's meetings had resolved by then. What somebody who has left had to do falls
    /// back to who put the meeting on record.
    pub async fn open_resolutions(
        &mut self,
        rules: &SchoolRules,
        whose: Whose<'_>,
        today: Day,
    ) -> Result<Vec<Resolution>> {
        let mut args = args![&rules.school.id, rules.end_of(today), today];
        let only = match whose {
            Whose::School | Whose::Staff => "d.school_id = $1",
            Whose::Class(class) => {
                args.push(Arg::from(class));
                "d.school_id = $1 AND d.class_id = $4"
            }
            Whose::Person(person) => {
                args.push(Arg::from(person));
                // Two short ways instead of one along all that was ever resolved.
                "m.school_id = $1 AND d.id IN (SELECT id FROM resolution WHERE owner_id = $4
                     UNION SELECT r.id FROM record k JOIN resolution r ON r.meeting_id = k.id
                     WHERE k.author_id = $4 AND k.kind = 'meeting')"
            }
        };
        let sql = format!(
            "SELECT d.id, d.meeting_id, CASE WHEN p.left_at > 0 THEN m.author_id ELSE d.owner_id END AS owner_id,
                 d.class_id, d.words, d.due FROM resolution d
             JOIN record m ON m.id = d.meeting_id AND m.undone_at = 0 JOIN person p ON p.id = d.owner_id
             WHERE {only} AND d.made_at < $2 AND NOT EXISTS
                 (SELECT 1 FROM about a WHERE a.school_id = d.school_id AND a.about_id = d.id AND a.kind = 'resolution'
                  AND a.day <= $3)
             ORDER BY d.due, d.id"
        );
        self.rows(&sql, args).await?.iter().map(read_resolution).collect()
    }
}

fn read_resolution(row: &sqlx::any::AnyRow) -> Result<Resolution> {
    Ok(Resolution {
        id: text(row, "id")?.into(),
        meeting: text(row, "meeting_id")?.into(),
        owner: text(row, "owner_id")?.into(),
        class: Some(text(row, "class_id")?).filter(|it| !it.is_empty()).map(Into::into),
        words: text(row, "words")?,
        due: text(row, "due")?.parse()?,
    })
}
