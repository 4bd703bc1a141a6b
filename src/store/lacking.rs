//! Who of a school lacks something: one walk along those who are looked after, with a look at the records of each.

use super::{
    SchoolRules, Tx,
    sql::{Arg, args, text},
    tuple::tuple,
};
use crate::school::{Day, Gap, Lack, PersonId, SchoolId};
use anyhow::Result;

impl Tx {
    /// The students of a school with one of these gaps on a day. A record that is dated later fills none.
    pub(super) async fn lacking(
        &mut self,
        rules: &SchoolRules,
        gaps: &[Gap],
        today: Day,
    ) -> Result<Vec<PersonId>> {
        if gaps.is_empty() {
            return Ok(Vec::new());
        }
        let school = &rules.school.id;
        let mut args = args![school, today, today];
        let mut any = Vec::with_capacity(gaps.len());
        for gap in gaps {
            any.push(match gap {
                Gap::Wish => {
                    let n = args.len();
                    args.extend(args![school, rules.end_of(today)]);
                    format!(
                        "p.student_id IN (SELECT student_id FROM task WHERE school_id = ${} AND kind = 'wish'
                             AND done_at = 0 AND made_at < ${})",
                        n + 1,
                        n + 2
                    )
                }
                Gap::Records(lack) => records(lack, today, &mut args),
            });
        }
        let rest = format!(
            "FROM pairing p WHERE p.school_id = $1 AND p.since <= $2 AND (p.until = '' OR p.until > $3)
             AND ({}) GROUP BY p.student_id",
            any.join(" OR ")
        );
        let found = self.tuples::<StudentTuple>(&rest, args).await?;
        Ok(found.into_iter().map(|it| it.student.into()).collect())
    }

    /// Who looks after students of a school on a day, and since when at the earliest.
    pub(super) async fn mentors(&mut self, school: &SchoolId, today: Day) -> Result<Vec<(PersonId, Day)>> {
        let sql = "SELECT mentor_id, MIN(since) AS since FROM pairing
                   WHERE school_id = $1 AND since <= $2 AND (until = '' OR until > $2) GROUP BY mentor_id";
        let rows = self.rows(sql, args![school, today]).await?;
        rows.iter().map(|row| Ok((text(row, "mentor_id")?.into(), text(row, "since")?.parse()?))).collect()
    }
}

/// The condition under which a pairing lacks records.
fn records(lack: &Lack, today: Day, args: &mut Vec<Arg>) -> String {
    let mut arg = |value: Arg| {
        args.push(value);
        format!("${}", args.len())
    };
    let began_by = arg(lack.began_by.into());
    let mut those = format!(
        "FROM about a WHERE a.school_id = p.school_id AND a.about_id = p.student_id AND a.kind = {}",
        arg(lack.kind.as_str().into())
    );
    if let Some(form) = lack.form {
        those += &format!(" AND a.form = {}", arg(form.into()));
    }
    // What most records fail comes first.
    if let Some(from) = lack.from {
        those += &format!(" AND a.day >= {}", arg(from.into()));
    }
    those += &format!(" AND a.day <= {}", arg(today.into()));
    if lack.of_pairing {
        those += " AND a.day >= p.since";
    }
    let too_few = match lack.times {
        // The newest is met first, however many there are of earlier years.
        1 => format!("(SELECT 1 {those} ORDER BY a.form DESC, a.day DESC LIMIT 1) IS NULL"),
        times => format!("(SELECT COUNT(*) {those}) < {}", arg(times.into())),
    };
    format!("(p.since <= {began_by} AND {too_few})")
}

tuple!(
    /// A student.
    StudentTuple { student: String = "p.student_id" }
);
