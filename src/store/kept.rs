//! What is kept about one person, for whoever has a right to know it, and its end (PIPL, art. 45 to 47).

use super::{
    Tx, Word,
    sql::{args, int, int_or_zero, text, text_or_empty},
};
use crate::school::{AccountId, At, Day, PersonId, Record, SchoolId};
use anyhow::{Result, ensure};

/// What the book says of a person.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name.
    pub name: String,
    /// 学号 or 工号; ''.
    pub number: String,
    /// The phone number; ''.
    pub phone: String,
    /// The date of birth as it is kept; ''.
    pub born: String,
    /// Own quiet hours as `HH:MM`; ''.
    pub quiet: (String, String),
    /// Since when the person is known here.
    pub since: At,
    /// The accounts that are or were this person: which, since when, and whether it still is.
    pub accounts: Vec<(AccountId, At, bool)>,
}

/// A mentor of a student, as long as that was or is.
#[derive(Clone, Debug)]
pub struct Mentored {
    /// The mentor's name.
    pub mentor: String,
    /// From this day.
    pub since: Day,
    /// To this one; open where there is none.
    pub until: Option<Day>,
}

/// What was deleted, by the word of the sort, and how many.
pub type Erased = Vec<(&'static str, u64)>;

impl Tx {
    /// What the book says of a person of a school.
    pub async fn entry(&mut self, school: &SchoolId, person: &PersonId) -> Result<Option<Entry>> {
        let sql = "SELECT name, number, phone, born, quiet_from, quiet_to, created_at FROM person
                   WHERE school_id = $1 AND id = $2";
        let Some(row) = self.row(sql, args![school, person]).await? else { return Ok(None) };
        let sql =
            "SELECT account_id, bound_at, revoked_at FROM binding WHERE person_id = $1 ORDER BY bound_at";
        let mut accounts = Vec::new();
        for it in self.rows(sql, args![person]).await? {
            let account = text(&it, "account_id")?.into();
            accounts.push((account, At(int(&it, "bound_at")?), int(&it, "revoked_at")? == 0));
        }
        Ok(Some(Entry {
            name: text(&row, "name")?,
            number: text(&row, "number")?,
            phone: text(&row, "phone")?,
            born: text(&row, "born")?,
            quiet: (text(&row, "quiet_from")?, text(&row, "quiet_to")?),
            since: At(int(&row, "created_at")?),
            accounts,
        }))
    }

    /// The mentors whom a student has or had.
    pub async fn mentored(&mut self, student: &PersonId) -> Result<Vec<Mentored>> {
        let sql = "SELECT m.name, p.since, p.until FROM pairing p JOIN person m ON m.id = p.mentor_id
                   WHERE p.student_id = $1 ORDER BY p.since, p.id";
        let read = |row: &sqlx::any::AnyRow| {
            let until = text(row, "until")?;
            Ok(Mentored {
                mentor: text(row, "name")?,
                since: text(row, "since")?.parse()?,
                until: if until.is_empty() { None } else { Some(until.parse()?) },
            })
        };
        self.rows(sql, args![student]).await?.iter().map(read).collect()
    }

    /// All records about a person that stand, oldest first.
    pub async fn all_records_about(&mut self, school: &SchoolId, person: &PersonId) -> Result<Vec<Record>> {
        let sql =
            "SELECT record_id FROM about WHERE school_id = $1 AND about_id = $2 ORDER BY day, record_id";
        let mut found = Vec::new();
        for row in self.rows(sql, args![school, person]).await? {
            found.extend(self.record(&text(&row, "record_id")?.into()).await?.map(|it| it.record));
        }
        Ok(found)
    }

    /// How many records a person has written.
    pub async fn records_by(&mut self, person: &PersonId) -> Result<i64> {
        let sql = "SELECT COUNT(*) AS n FROM record WHERE author_id = $1 AND undone_at = 0";
        let row = self.row(sql, args![person]).await?;
        row.map_or(Ok(0), |it| int(&it, "n"))
    }

    /// The feedbacks about a student that went to a guardian, or all.
    pub async fn feedbacks_about(
        &mut self,
        student: &PersonId,
        guardian: Option<&PersonId>,
    ) -> Result<Vec<super::FeedbackView>> {
        let sql = "SELECT f.id FROM feedback f WHERE f.school_id = (SELECT school_id FROM person WHERE id = $1)
                   AND f.student_id = $1 AND ($2 = '' OR f.id IN
                       (SELECT c.feedback_id FROM feedback_copy c WHERE c.guardian_id = $2)) ORDER BY f.at, f.id";
        let to = guardian.map_or("", PersonId::as_str);
        let mut found = Vec::new();
        for row in self.rows(sql, args![student, to]).await? {
            found.extend(self.feedback(&text(&row, "id")?.into()).await?);
        }
        Ok(found)
    }

    /// The words that a person wrote or got, oldest first.
    pub async fn words_of(&mut self, person: &PersonId) -> Result<Vec<Word>> {
        let sql = "SELECT id FROM word WHERE from_id = $1 OR to_id = $1 ORDER BY at, id";
        let mut found = Vec::new();
        for row in self.rows(sql, args![person]).await? {
            found.extend(self.word(&text(&row, "id")?).await?);
        }
        Ok(found)
    }

    /// Deletes what is kept about a person, and says what that is. The row itself stays, without a name and of somebody who
    /// has left: what others wrote refers to it, and so do the decisions about consent, of which who (by id), when and which
    /// version have to stay provable. What a teacher put on record about students is the school's and stays, too.
    pub async fn erase(&mut self, school: &SchoolId, person: &PersonId, now: At) -> Result<Erased> {
        let mut erased = Erased::new();
        // A sweep that has looked at the person is about to write who is told of what: not any more.
        self.school_changes(school).await?;
        let is_student = self.posts(person, "= 'student'").await?;
        let is_staff = self.posts(person, "NOT IN ('student', 'guardian')").await?;
        let only_about = "SELECT record_id FROM about a WHERE a.about_id = $1 AND NOT EXISTS
             (SELECT 1 FROM about o JOIN post s ON s.person_id = o.about_id AND s.role = 'student'
              WHERE o.record_id = a.record_id AND o.about_id <> $1)";
        // A pair of students is on record under both names: without one of them it is none.
        let pair = "SELECT a.record_id FROM about a WHERE a.about_id = $1 AND a.kind = 'buddy'";
        let feedback = "SELECT id FROM feedback WHERE student_id = $1";
        let own = "SELECT id FROM record WHERE author_id = $1";
        if !is_staff {
            // What stands about this one alone goes whole; of what is about several, only that it is about this one.
            let records = format!(
                "SELECT id FROM record WHERE id IN ({only_about}) OR id IN ({pair}) OR id IN ({own})"
            );
            let letters = format!("{feedback} UNION SELECT id FROM feedback WHERE record_id IN ({records})");
            self.drop_rows(&mut erased, "answers", &format!("word WHERE feedback_id IN ({letters})"), person)
                .await?;
            self.drop_rows(
                &mut erased,
                "copies",
                &format!("feedback_copy WHERE feedback_id IN ({letters})"),
                person,
            )
            .await?;
            // The records of before, while it is still known which they are.
            let ids = self.rows(&records, args![person]).await?;
            self.drop_rows(&mut erased, "feedback", &format!("feedback WHERE id IN ({letters})"), person)
                .await?;
            self.drop_rows(&mut erased, "about", "about WHERE about_id = $1", person).await?;
            let mut count = 0;
            for row in ids {
                let id = text(&row, "id")?;
                self.run("DELETE FROM about WHERE record_id = $1", args![&id]).await?;
                count += self.run("DELETE FROM record WHERE id = $1", args![&id]).await?;
            }
            erased.push(("records", count));
        }
        // Words about students that a teacher wrote are the families', too, and what they wait for stands open still.
        for (what, rows, of_staff) in [
            ("answers", "word WHERE student_id = $1", false),
            ("answers", "word WHERE from_id = $1 OR to_id = $1", false),
            ("copies", "feedback_copy WHERE guardian_id = $1", false),
            ("tasks", "task WHERE owner_id = $1 OR student_id = $1", false),
            ("tasks", "snooze WHERE mentor_id = $1 OR student_id = $1", true),
            ("nudges", "nudge WHERE student_id = $1 OR to_id = $1", false),
            ("groups", "growth_group_member WHERE student_id = $1", false),
            ("family", "guardianship WHERE guardian_id = $1 OR student_id = $1", true),
            ("invites", "invite WHERE person_id = $1", true),
            ("invites", "rebind WHERE person_id = $1", true),
            ("queue", "upload WHERE person_id = $1", true),
            ("queue", "outbox WHERE person_id = $1", true),
        ] {
            if of_staff || !is_staff {
                self.drop_rows(&mut erased, what, rows, person).await?;
            }
        }
        // What was taken back says no more of whom it was about.
        let sql = "DELETE FROM record WHERE school_id = $1 AND undone_at > 0 AND undone_at < $2
                   AND id NOT IN (SELECT record_id FROM feedback) AND id NOT IN (SELECT meeting_id FROM resolution)";
        self.run(sql, args![school, now.minus(chrono::TimeDelta::hours(1))]).await?;
        // A form that is half filled in names its students, and who fills it in.
        let named = format!("%\"{person}\"%");
        self.run("DELETE FROM form WHERE body LIKE $1", args![&named]).await?;
        self.drop_account(&mut erased, person).await?;
        self.drop_rows(&mut erased, "posts", "post WHERE person_id = $1", person).await?;
        if is_student {
            self.drop_rows(&mut erased, "pairings", "pairing WHERE student_id = $1", person).await?;
        } else {
            let rules = self.rules(school).await?;
            let sql = "UPDATE pairing SET until = $1 WHERE mentor_id = $2 AND (until = '' OR until > $1)";
            let ended = self.run(sql, args![rules.day(now), person]).await?;
            erased.push(("ended", ended));
        }
        let sql = "UPDATE request SET body = '', done_at = CASE WHEN done_at = 0 THEN $1 ELSE done_at END
                   WHERE about_id = $2 OR by_id = $2";
        self.run(sql, args![now, person]).await?;
        let sql =
            "UPDATE person SET name = '', number = '', phone = '', born = '', language = '', quiet_from = '',
                       quiet_to = '', left_at = CASE WHEN left_at = 0 THEN $1 ELSE left_at END
                   WHERE school_id = $2 AND id = $3 AND name <> ''";
        let found = self.run(sql, args![now, school, person]).await?;
        ensure!(found == 1, "somebody to be erased is not there");
        erased.push(("entry", found));
        let sql = "SELECT COUNT(*) AS n FROM consent WHERE student_id = $1 OR guardian_id = $1";
        let stays = self.row(sql, args![person]).await?.map_or(Ok(0), |it| int_or_zero(&it, "n"))?;
        erased.push(("proofs", stays.unsigned_abs()));
        Ok(summed(erased))
    }

    async fn posts(&mut self, person: &PersonId, which: &str) -> Result<bool> {
        let sql = format!("SELECT role FROM post WHERE person_id = $1 AND role {which}");
        Ok(self.row(&sql, args![person]).await?.is_some())
    }

    async fn drop_rows(
        &mut self,
        erased: &mut Erased,
        what: &'static str,
        rows: &str,
        person: &PersonId,
    ) -> Result<()> {
        let count = self.run(&format!("DELETE FROM {rows}"), args![person]).await?;
        erased.push((what, count));
        Ok(())
    }

    /// The account is nobody any more; where it was nobody else either, nothing of it stays.
    async fn drop_account(&mut self, erased: &mut Erased, person: &PersonId) -> Result<()> {
        let sql = "SELECT account_id FROM binding WHERE person_id = $1";
        let accounts = self.rows(sql, args![person]).await?;
        self.drop_rows(erased, "account", "binding WHERE person_id = $1", person).await?;
        self.run("UPDATE account SET hat = '' WHERE hat = $1", args![person]).await?;
        for row in accounts {
            let account: AccountId = text_or_empty(&row, "account_id")?.into();
            let sql = "SELECT person_id FROM binding WHERE account_id = $1";
            if self.row(sql, args![&account]).await?.is_none() {
                for table in ["form", "place", "wrong_code", "rebind", "outbox", "inbox"] {
                    let sql = format!("DELETE FROM {table} WHERE account_id = $1");
                    self.run(&sql, args![&account]).await?;
                }
                self.run("DELETE FROM account WHERE id = $1", args![&account]).await?;
            }
        }
        Ok(())
    }
}

/// One line for each sort of which there was anything, in the order in which it went.
fn summed(erased: Erased) -> Erased {
    let mut sums = Erased::new();
    for (what, count) in erased.into_iter().filter(|(_, count)| *count > 0) {
        match sums.iter_mut().find(|(it, _)| *it == what) {
            Some((_, sum)) => *sum += count,
            None => sums.push((what, count)),
        }
    }
    sums
}
