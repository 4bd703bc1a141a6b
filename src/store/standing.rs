//! What the records of a school add up to, in a few sums over one index.

use super::{
    SchoolRules, Tx,
    sql::{Arg, args, int, text, these},
    tuple::tuple,
};
use crate::school::{AboutId, At, Day, Kind, Standing, standing::Window};
use anyhow::Result;

impl Tx {
    /// How often something was last on record before a day, over all schools: the one grouped question against which the bench
    /// measures a morning.
    pub async fn last_before(&mut self, day: Day) -> Result<i64> {
        let sql = "SELECT COUNT(*) AS n FROM (SELECT about_id FROM about
                   GROUP BY school_id, about_id, kind, form HAVING MAX(day) < $1) late";
        let row = self.row(sql, args![day]).await?;
        row.map_or(Ok(0), |row| int(&row, "n"))
    }

    /// What the records of a school add up to on a day, about everything or about these. What came later is not seen.
    pub async fn standing(
        &mut self,
        rules: &SchoolRules,
        about: Option<&[AboutId]>,
        today: Day,
    ) -> Result<Standing> {
        let school = &rules.school.id;
        let mut standing = Standing::new(&rules.policy(today), &rules.calendar, today);
        let mut args = args![school, today];
        match about {
            Some([]) => return Ok(standing),
            Some(about) => args.push(these(about)),
            None => {}
        }
        let only = |column: &str| match about {
            Some(_) => format!("AND {column} IN [$3]"),
            None => String::new(),
        };
        let rest = format!(
            "FROM about WHERE school_id = $1 AND day <= $2 {} GROUP BY about_id, kind, form",
            only("about_id")
        );
        for row in self.tuples::<LastTuple>(&rest, args.clone()).await? {
            let about = AboutId::from(row.about);
            let day: Day = row.day.parse()?;
            // A kind or form of a newer version says nothing to this one.
            let Ok(kind) = row.kind.parse::<Kind>() else { continue };
            standing.set_last(&about, kind, day);
            if let Some(form) = kind.form(&row.form) {
                standing.set_last_form(&about, kind, form, day);
            }
        }
        for window in standing.windows().to_vec() {
            self.count_window(&mut standing, &window, &only("about_id"), &args).await?;
        }
        let sql = format!(
            "SELECT student_id, MIN(made_at) AS made_at FROM task
             WHERE school_id = $1 AND kind = 'wish' AND done_at = 0 AND made_at < $2 {} GROUP BY student_id",
            only("student_id")
        );
        args[1] = rules.end_of(today).into();
        for row in self.rows(&sql, args).await? {
            standing.set_open_wish(&text(&row, "student_id")?.into(), rules.day(At(int(&row, "made_at")?)));
        }
        Ok(standing)
    }

    /// Counts what a calendar rule asks for ("one per term") in the period that is running.
    async fn count_window(
        &mut self,
        standing: &mut Standing,
        window: &Window,
        only: &str,
        args: &[Arg],
    ) -> Result<()> {
        let mut args = args.to_vec();
        let n = args.len();
        args.extend(args![window.record.as_str(), window.span.first, window.span.last]);
        let mut form = String::new();
        if let Some(asked) = window.form {
            args.push(asked.into());
            form = format!("AND form = ${}", n + 4);
        }
        let rest = format!(
            "FROM about WHERE school_id = $1 AND day <= $2 {only} AND kind = ${} AND day >= ${} AND day <= ${}
             {form} GROUP BY about_id",
            n + 1,
            n + 2,
            n + 3
        );
        for row in self.tuples::<CountTuple>(&rest, args).await? {
            standing.set_count(&row.about.into(), &window.rule, row.n);
        }
        Ok(())
    }
}

tuple!(
    /// The last record of a kind and form about somebody or something.
    LastTuple {
        about: String = "about_id",
        kind: String = "kind",
        form: String = "form",
        day: String = "MAX(day)",
    }
);
tuple!(
    /// How many records of a kind there are about somebody or something.
    CountTuple { about: String = "about_id", n: i64 = "COUNT(*)" }
);
