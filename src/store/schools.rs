//! Schools, their policies and calendars.

use super::{
    Dialect, SlotRow, Tx,
    sql::{args, int, text},
};
use crate::school::{
    At, Calendar, CalendarFile, CheckinPeriod, Day, Exam, Mark, Moment, Policy, SchoolId, SlotName, Term,
    WEEK, checkin_period,
};
use anyhow::{Context, Result, anyhow};
use chrono::{Days, NaiveTime, Weekday};
use chrono_tz::Tz;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

/// A school with everything that its rules are made of, parsed once per version.
#[derive(Debug)]
pub struct SchoolRules {
    /// The school itself.
    pub school: SchoolRow,
    /// Each policy with the day from which it is in force, oldest first.
    policies: Vec<(Day, Arc<Policy>)>,
    first_policy: Arc<Policy>,
    /// Terms, holidays, make-up days.
    pub calendar: Calendar,
    /// The check-in's period that was asked for last: a whole school asks for the same one.
    period: Mutex<Option<(Day, CheckinPeriod)>>,
}

/// One school.
#[derive(Clone, Debug)]
pub struct SchoolRow {
    /// Its id.
    pub id: SchoolId,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: Tz,
    /// The language of people who chose none.
    pub language: String,
    /// How letters to families are signed, with `{mentor}` and `{school}` in it; '' for the words of the language.
    pub signature: String,
    /// Rises with every change of policy or calendar, and when somebody's data is deleted.
    pub version: i64,
}

/// One kept version of a policy.
#[derive(Clone, Debug)]
pub struct PolicyVersion {
    /// From which school-local day it is in force.
    pub from: Day,
    /// The TOML text.
    pub body: String,
}

/// Parsed rules by school and version: a version never changes, so nothing here can be stale.
pub(super) type RulesShelf = Mutex<HashMap<(SchoolId, i64), Arc<SchoolRules>>>;

impl SchoolRules {
    /// The policy in force on a day: the newest that began by then, or the oldest for days before any.
    pub fn policy(&self, day: Day) -> Arc<Policy> {
        let in_force = self.policies.iter().rev().find(|(from, _)| *from <= day);
        in_force.map_or_else(|| self.first_policy.clone(), |(_, policy)| policy.clone())
    }

    /// The first day after this one on which another policy comes into force.
    pub fn next_policy(&self, day: Day) -> Option<Day> {
        self.policies.iter().map(|(from, _)| *from).find(|from| *from > day)
    }

    /// The check-in's period that is running at an instant.
    pub fn checkin_period(&self, now: At) -> CheckinPeriod {
        let today = self.day(now);
        let mut last = self.period.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((day, period)) if *day == today && (period.from..period.to).contains(&now) => *period,
            _ => {
                let period = checkin_period(&self.policy(today), &self.calendar, self.school.zone, now);
                *last = Some((today, period));
                period
            }
        }
    }

    /// The school-local day of an instant.
    pub fn day(&self, at: At) -> Day {
        at.day(self.school.zone)
    }

    /// The first instant after a school-local day.
    pub fn end_of(&self, day: Day) -> At {
        At::from_local((day + Days::new(1)).and_time(NaiveTime::MIN), self.school.zone)
    }
}

impl Tx {
    /// A new school under a policy that is in force from `from`.
    pub async fn add_school(&mut self, school: &SchoolRow, policy: &PolicyVersion, now: At) -> Result<()> {
        self.run(
            "INSERT INTO school (id, name, zone, language, version, created_at) VALUES ($1, $2, $3, $4, 1, $5)",
            args![&school.id, &school.name, school.zone.name(), &school.language, now],
        )
        .await?;
        self.set_policy(&school.id, policy, now).await
    }

    /// Keeps a version of a school's policy; the same first day replaces it.
    pub async fn set_policy(&mut self, school: &SchoolId, policy: &PolicyVersion, now: At) -> Result<()> {
        self.run(
            "INSERT INTO policy (school_id, from_day, body, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (school_id, from_day) DO UPDATE SET body = excluded.body, created_at = excluded.created_at",
            args![school, policy.from, &policy.body, now],
        )
        .await?;
        self.rules_changed(school).await
    }

    /// Writes what a file says over what the calendar says of the same days.
    pub async fn set_calendar(&mut self, school: &SchoolId, file: &CalendarFile) -> Result<()> {
        let terms = file.terms.iter().map(|term| args![school, &term.name, term.first, term.last]).collect();
        self.insert(
            "INSERT INTO term (school_id, name, first_day, last_day)",
            terms,
            "ON CONFLICT (school_id, first_day) DO UPDATE SET name = excluded.name, last_day = excluded.last_day",
        )
        .await?;
        let days = file.days.iter().map(|(day, mark)| match mark {
            Mark::Off(name) => args![school, *day, "off", name],
            Mark::School(name) => args![school, *day, "school", name],
        });
        self.insert(
            "INSERT INTO marked_day (school_id, day, mark, name)",
            days.collect(),
            "ON CONFLICT (school_id, day) DO UPDATE SET mark = excluded.mark, name = excluded.name",
        )
        .await?;
        let moment = |exam: &Exam| exam.moment.map_or("", Moment::as_str);
        let exams =
            file.exams.iter().map(|it| args![school, &it.name, moment(it), it.first, it.last]).collect();
        self.insert(
            "INSERT INTO exam (school_id, name, moment, first_day, last_day)",
            exams,
            "ON CONFLICT (school_id, first_day, name) DO UPDATE SET moment = excluded.moment, last_day = excluded.last_day",
        )
        .await?;
        if let Some(teaches) = &file.week {
            let week: String =
                WEEK.map(|day| if teaches.contains(&day) { '1' } else { '0' }).iter().collect();
            self.run("UPDATE school SET weekdays = $1 WHERE id = $2", args![week, school]).await?;
        }
        self.rules_changed(school).await
    }

    /// Writes what a school is called, where its day begins, what it speaks, and how its letters are signed.
    pub async fn set_school(&mut self, it: &SchoolRow) -> Result<()> {
        let sql = "UPDATE school SET name = $1, zone = $2, language = $3, signature = $4 WHERE id = $5";
        self.run(sql, args![&it.name, it.zone.name(), &it.language, &it.signature, &it.id]).await?;
        self.rules_changed(&it.id).await
    }

    /// All versions of a school's policy, the oldest first.
    pub async fn policy_versions(&mut self, school: &SchoolId) -> Result<Vec<PolicyVersion>> {
        let sql = "SELECT from_day, body FROM policy WHERE school_id = $1 ORDER BY from_day";
        let read = |row: &sqlx::any::AnyRow| {
            Ok(PolicyVersion { from: text(row, "from_day")?.parse()?, body: text(row, "body")? })
        };
        self.rows(sql, args![school]).await?.iter().map(read).collect()
    }

    /// Every school, oldest first.
    pub async fn schools(&mut self) -> Result<Vec<SchoolRow>> {
        let rows = self
            .rows("SELECT id, name, zone, language, signature, version FROM school ORDER BY id", args![])
            .await?;
        rows.iter().map(read_school).collect()
    }

    /// One school.
    pub async fn school(&mut self, id: &SchoolId) -> Result<Option<SchoolRow>> {
        let sql = "SELECT id, name, zone, language, signature, version FROM school WHERE id = $1";
        self.row(sql, args![id]).await?.as_ref().map(read_school).transpose()
    }

    /// A school in a version that a row names: a version never changes, so one that was read needs no reading again.
    pub(super) async fn school_of_version(&mut self, id: &SchoolId, version: i64) -> Result<SchoolRow> {
        let key = (id.clone(), version);
        let known = self.rules.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        match known {
            Some(rules) => Ok(rules.school.clone()),
            None => Ok(self.rules(id).await?.school.clone()),
        }
    }

    /// The rules of a school as they stand now.
    pub async fn rules(&mut self, id: &SchoolId) -> Result<Arc<SchoolRules>> {
        let school =
            self.school(id).await?.ok_or_else(|| anyhow!("a row names a school that is not there"))?;
        self.rules_of(&school).await
    }

    /// The rules of a school whose row was just read.
    pub async fn rules_of(&mut self, school: &SchoolRow) -> Result<Arc<SchoolRules>> {
        let key = (school.id.clone(), school.version);
        if let Some(rules) = self.rules.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(rules.clone());
        }
        let rules = Arc::new(self.load_rules(school.clone()).await?);
        let mut shelf = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        shelf.retain(|(id, version), _| *id != key.0 || *version > key.1);
        shelf.insert(key, rules.clone());
        Ok(rules)
    }

    async fn load_rules(&mut self, school: SchoolRow) -> Result<SchoolRules> {
        let mut policies: Vec<(Day, Arc<Policy>)> = Vec::new();
        let sql = "SELECT from_day, body FROM policy WHERE school_id = $1 ORDER BY from_day";
        for row in self.rows(sql, args![&school.id]).await? {
            let policy = Policy::parse(&text(&row, "body")?, "policy")
                .map_err(|errors| anyhow!("a kept policy has {} errors", errors.len()))?;
            let from = text(&row, "from_day")?.parse()?;
            let policy = match policies.last() {
                Some((_, before)) => policy.after(before, from),
                None => policy,
            };
            policies.push((from, Arc::new(policy)));
        }
        let mut terms = Vec::new();
        let sql = "SELECT name, first_day, last_day FROM term WHERE school_id = $1 ORDER BY first_day";
        for row in self.rows(sql, args![&school.id]).await? {
            terms.push(Term {
                name: text(&row, "name")?,
                first: text(&row, "first_day")?.parse()?,
                last: text(&row, "last_day")?.parse()?,
            });
        }
        let mut days = BTreeMap::new();
        for row in self
            .rows("SELECT day, mark, name FROM marked_day WHERE school_id = $1", args![&school.id])
            .await?
        {
            let name = text(&row, "name")?;
            let mark = if text(&row, "mark")? == "off" { Mark::Off(name) } else { Mark::School(name) };
            days.insert(text(&row, "day")?.parse()?, mark);
        }
        let mut exams = Vec::new();
        let sql = "SELECT name, moment, first_day, last_day FROM exam WHERE school_id = $1 ORDER BY first_day, name";
        for row in self.rows(sql, args![&school.id]).await? {
            exams.push(Exam {
                name: text(&row, "name")?,
                moment: text(&row, "moment")?.parse().ok(),
                first: text(&row, "first_day")?.parse()?,
                last: text(&row, "last_day")?.parse()?,
            });
        }
        let row = self.row("SELECT weekdays FROM school WHERE id = $1", args![&school.id]).await?;
        let weekdays = row.map(|row| text(&row, "weekdays")).transpose()?.unwrap_or_default();
        let week = WEEK.into_iter().zip(weekdays.bytes()).filter(|(_, teaches)| *teaches == b'1');
        let week: Vec<Weekday> = week.map(|(day, _)| day).collect();
        let calendar = Calendar::new(&week, terms, days).with_exams(exams);
        let first_policy = policies.first().map(|(_, policy)| policy.clone());
        let first_policy = first_policy.ok_or_else(|| anyhow!("a school without a policy"))?;
        Ok(SchoolRules { school, policies, first_policy, calendar, period: Mutex::default() })
    }

    /// Schools with a slot that is due: (school, slot, when it was due).
    pub async fn due_slots(&mut self, now: At) -> Result<Vec<(SchoolId, SlotName, At)>> {
        let sql =
            "SELECT school_id, name, next_at FROM slot WHERE next_at <= $1 ORDER BY next_at, school_id, name";
        self.rows(sql, args![now]).await?.iter().map(read_slot).collect()
    }

    /// When the next slot of any school is due.
    pub async fn next_slot_at(&mut self) -> Result<Option<At>> {
        let row = self.row("SELECT next_at FROM slot ORDER BY next_at LIMIT 1", args![]).await?;
        row.map(|row| int(&row, "next_at").map(At)).transpose()
    }

    /// Schools whose slots were never laid out, or whose rules changed since.
    pub async fn schools_without_slots(&mut self) -> Result<Vec<SchoolId>> {
        let sql =
            "SELECT id FROM school WHERE NOT EXISTS (SELECT 1 FROM slot WHERE slot.school_id = school.id)";
        self.rows(sql, args![]).await?.iter().map(|row| Ok(SchoolId::from(text(row, "id")?))).collect()
    }

    /// Lays out when a slot is due next, and which one was done last (0: none).
    pub async fn set_slot(
        &mut self,
        school: &SchoolId,
        name: SlotName,
        next: At,
        done: Option<At>,
    ) -> Result<()> {
        let slot = SlotRow { school: school.clone(), name, next, done };
        self.set_slots(&[slot]).await
    }

    /// The same of several slots.
    pub async fn set_slots(&mut self, slots: &[SlotRow]) -> Result<()> {
        let row = |it: &SlotRow| args![&it.school, it.name.as_str(), it.next, it.done.map_or(0, |at| at.0)];
        self.insert(
            "INSERT INTO slot (school_id, name, next_at, done_at)",
            slots.iter().map(row).collect(),
            "ON CONFLICT (school_id, name) DO UPDATE SET next_at = excluded.next_at,
                 done_at = CASE WHEN excluded.done_at > 0 THEN excluded.done_at ELSE slot.done_at END",
        )
        .await
        .map(drop)
    }

    /// Whether a slot is still due at this instant, and which occurrence of it was done last.
    pub async fn slot_due(
        &mut self,
        school: &SchoolId,
        name: SlotName,
        at: At,
    ) -> Result<Option<Option<At>>> {
        let sql = "SELECT done_at FROM slot WHERE school_id = $1 AND name = $2 AND next_at = $3";
        let row = self.row(sql, args![school, name.as_str(), at]).await?;
        row.map(|row| Ok(Some(At(int(&row, "done_at")?)).filter(|done| done.0 > 0))).transpose()
    }

    /// Holds a slot that is still due at this instant, of a school that is still what it was in this version, until the commit.
    /// Nothing to do when another process was faster or is at it, or the school is being changed.
    pub async fn hold_slot(&mut self, school: &SchoolRow, name: SlotName, at: At) -> Result<bool> {
        let lock = match self.dialect {
            // Nobody is waited for: whoever changes a school holds it, and then its slots.
            Dialect::Postgres => "FOR UPDATE OF t SKIP LOCKED FOR SHARE OF s SKIP LOCKED",
            Dialect::Sqlite => "",
        };
        let sql = format!(
            "SELECT t.name FROM slot t JOIN school s ON s.id = t.school_id
             WHERE t.school_id = $1 AND t.name = $2 AND t.next_at = $3 AND s.version = $4 {lock}"
        );
        Ok(self.row(&sql, args![&school.id, name.as_str(), at, school.version]).await?.is_some())
    }

    /// Puts a slot off that is still due at this instant.
    pub async fn put_off_slot(&mut self, school: &SchoolId, name: SlotName, at: At, until: At) -> Result<()> {
        let sql = "UPDATE slot SET next_at = $1 WHERE school_id = $2 AND name = $3 AND next_at = $4";
        self.run(sql, args![until, school, name.as_str(), at]).await.map(drop)
    }

    /// Whatever was looked at before this is not written after it: a new version, which is no slot's that was looked at.
    pub(super) async fn school_changes(&mut self, school: &SchoolId) -> Result<()> {
        self.run("UPDATE school SET version = version + 1 WHERE id = $1", args![school]).await.map(drop)
    }

    /// A changed policy or calendar acts at once: a new version, and the slots are laid out anew. What was done stays
    /// known, so that no slot is done twice.
    async fn rules_changed(&mut self, school: &SchoolId) -> Result<()> {
        self.school_changes(school).await?;
        self.run("UPDATE slot SET next_at = 0 WHERE school_id = $1", args![school]).await.map(drop)
    }
}

fn read_school(row: &sqlx::any::AnyRow) -> Result<SchoolRow> {
    Ok(SchoolRow {
        id: text(row, "id")?.into(),
        name: text(row, "name")?,
        zone: text(row, "zone")?.parse().map_err(|_| anyhow!("a school in an unknown zone"))?,
        language: text(row, "language")?,
        signature: text(row, "signature")?,
        version: int(row, "version")?,
    })
}

fn read_slot(row: &sqlx::any::AnyRow) -> Result<(SchoolId, SlotName, At)> {
    let name =
        text(row, "name")?.parse().map_err(|_| anyhow!("an unknown slot")).context("reading a slot")?;
    Ok((text(row, "school_id")?.into(), name, At(int(row, "next_at")?)))
}
