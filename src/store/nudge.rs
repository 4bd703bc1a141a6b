//! What was said to whom about which duty, and what is hidden for a while.

use super::{
    Tx,
    sql::{args, text, these},
};
use crate::school::{At, Day, PersonId, SchoolId, Snooze, Told};
use anyhow::{Result, anyhow};
use std::collections::HashSet;

/// One nudge. Its key is unique for ever within the school.
#[derive(Clone, Debug)]
pub struct NudgeRow {
    /// (rule, subject, slot) in one word.
    pub key: String,
    /// `digest`, `escalation`, `checkin`, ...
    pub kind: &'static str,
    /// The rule.
    pub rule: String,
    /// About whom; '' for a nudge about nobody in particular.
    pub student: String,
    /// To whom.
    pub to: PersonId,
    /// The episode of the duty, or ''.
    pub episode: String,
    /// The school-local day of the slot.
    pub day: Day,
}

impl Tx {
    /// Keeps the nudges of some schools and tells which of the keys are new: only those may be sent.
    pub async fn nudge(
        &mut self,
        told: &[(&SchoolId, &[NudgeRow])],
        now: At,
    ) -> Result<HashSet<(SchoolId, String)>> {
        let all = told.iter().flat_map(|(school, rows)| rows.iter().map(move |it| (school, it)));
        let rows = all.map(|(school, it)| {
            args![*school, &it.key, it.kind, &it.rule, &it.student, &it.to, &it.episode, it.day, now]
        });
        let head = "INSERT INTO nudge (school_id, key, kind, rule, student_id, to_id, episode, day, at)";
        let tail = "ON CONFLICT (school_id, key) DO NOTHING RETURNING school_id, key";
        let fresh = self.insert_returning(head, rows.collect(), tail).await?;
        fresh.iter().map(|row| Ok((text(row, "school_id")?.into(), text(row, "key")?))).collect()
    }

    /// What mentors were told lately, as far back as the policy's ladder looks.
    pub async fn told(&mut self, school: &SchoolId, since: Day) -> Result<Told> {
        let mut told = Told::default();
        let sql = "SELECT rule, student_id, episode, MAX(day) AS day FROM nudge
                   WHERE school_id = $1 AND kind = 'digest' AND day >= $2 GROUP BY rule, student_id, episode";
        for row in self.rows(sql, args![school, since]).await? {
            told.add_digest(text(&row, "episode")?, text(&row, "day")?.parse()?);
        }
        let sql =
            "SELECT DISTINCT episode FROM nudge WHERE school_id = $1 AND kind = 'escalation' AND day >= $2";
        for row in self.rows(sql, args![school, since]).await? {
            told.add_escalation(text(&row, "episode")?);
        }
        Ok(told)
    }

    /// About whom, and to whom, a nudge of a kind was sent between two instants, both included.
    pub async fn nudged_between(
        &mut self,
        school: &SchoolId,
        kind: &str,
        from: At,
        to: At,
    ) -> Result<Vec<(PersonId, PersonId)>> {
        let sql = "SELECT DISTINCT student_id, to_id FROM nudge
                   WHERE school_id = $1 AND kind = $2 AND at >= $3 AND at <= $4 ORDER BY student_id, to_id";
        let rows = self.rows(sql, args![school, kind, from, to]).await?;
        rows.iter().map(|row| Ok((text(row, "student_id")?.into(), text(row, "to_id")?.into()))).collect()
    }

    /// The episodes of the latest list that went to a mentor, as far as it is of this day or before.
    pub async fn listed(&mut self, school: &SchoolId, mentor: &PersonId, day: Day) -> Result<Vec<String>> {
        let sql = "SELECT episode FROM nudge WHERE school_id = $1 AND kind = 'digest' AND to_id = $2 AND day =
                       (SELECT MAX(day) FROM nudge WHERE school_id = $1 AND kind = 'digest' AND to_id = $2 AND day <= $3)";
        let rows = self.rows(sql, args![school, mentor, day]).await?;
        rows.iter().map(|row| text(row, "episode")).collect()
    }

    /// What is hidden from digests on a day: from all of a school, or from these mentors'.
    pub async fn snoozes(
        &mut self,
        school: &SchoolId,
        of: Option<&[&PersonId]>,
        day: Day,
    ) -> Result<Vec<Snooze>> {
        let mut args = args![school, day];
        let mut only = "";
        match of {
            Some([]) => return Ok(Vec::new()),
            Some(of) => {
                args.push(these(of.iter().copied()));
                only = "AND mentor_id IN [$3]";
            }
            None => {}
        }
        let sql = format!(
            "SELECT mentor_id, student_id, until, reason FROM snooze WHERE school_id = $1 AND until > $2 {only}"
        );
        self.rows(&sql, args)
            .await?
            .iter()
            .map(|row| {
                Ok(Snooze {
                    mentor: text(row, "mentor_id")?.into(),
                    student: text(row, "student_id")?.into(),
                    until: text(row, "until")?.parse()?,
                    reason: text(row, "reason")?
                        .parse()
                        .map_err(|_| anyhow!("an unknown reason to snooze"))?,
                })
            })
            .collect()
    }

    pub(super) async fn save_snooze(&mut self, school: &SchoolId, it: &Snooze, now: At) -> Result<()> {
        self.run(
            "INSERT INTO snooze (school_id, mentor_id, student_id, until, reason, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (school_id, mentor_id, student_id)
             DO UPDATE SET until = excluded.until, reason = excluded.reason, at = excluded.at",
            args![school, &it.mentor, &it.student, it.until, it.reason.as_str(), now],
        )
        .await
        .map(drop)
    }
}
