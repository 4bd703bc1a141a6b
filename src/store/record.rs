//! Records, and what they add up to.

use super::{
    Tx,
    sql::{Arg, args, int, text, these},
    tuple::tuple,
};
use crate::school::{
    AboutId, At, Body, CheckinPeriod, Day, ExamRef, Kind, PersonId, Record, RecordId, SchoolId,
};
use anyhow::{Context, Result};
use chrono::{Days, NaiveTime};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A record with the school it belongs to and whether it was taken back.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// Its school.
    pub school: SchoolId,
    /// The record.
    pub record: Record,
    /// Whether it was undone.
    pub undone: bool,
}

/// What a mentor wants to see of one student at a glance.
#[derive(Clone, Debug, Default)]
pub struct Lately {
    /// The last talk.
    pub talk: Option<Day>,
    /// The last contact with the family.
    pub contact: Option<Day>,
    /// The last check-in.
    pub checkin: Option<Day>,
    /// The moods (1..=5) of the latest check-ins, oldest first, at most eight.
    pub moods: Vec<u8>,
}

impl RecordRow {
    /// Whether it stands, about the same people and things, of the same kind and day: what is found by them stays as it is.
    fn stands_like(&self, record: &Record) -> bool {
        fn found_by(it: &Record) -> (Kind, Option<&str>, Day, BTreeSet<&AboutId>) {
            (it.kind, it.form(), it.day, it.about.iter().collect())
        }
        !self.undone && found_by(&self.record) == found_by(record)
    }

    /// The id of the record that a student's check-in makes in a period, on whatever day and by whomever it is made.
    pub fn checkin_id(school: &SchoolId, student: &PersonId, period: &CheckinPeriod) -> RecordId {
        RecordRow::same_id(school, &["checkin", student.as_str(), &period.key.to_string()])
    }

    /// The id of the record of a student's marks in an exam, whoever writes them down.
    pub fn marks_id(school: &SchoolId, student: &PersonId, exam: &ExamRef) -> RecordId {
        RecordRow::same_id(school, &["marks", student.as_str(), &exam.first.to_string(), &exam.name])
    }

    /// The id of a record that is the same one whenever it is said again, such as a student's check-in of one week.
    pub fn same_id(school: &SchoolId, words: &[&str]) -> RecordId {
        let mut hash = Sha256::new();
        for word in std::iter::once(&school.as_str()).chain(words) {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
        let half = hash.finalize().iter().take(16).fold(0, |half: u128, byte| half << 8 | u128::from(*byte));
        RecordId::from(format!("{half:032x}"))
    }
}

tuple!(
    /// A record with one of those it is about.
    RecordTuple {
        school: String = "r.school_id",
        id: String = "r.id",
        author: String = "r.author_id",
        day: String = "r.day",
        at: i64 = "r.at",
        body: String = "r.body",
        undone_at: i64 = "r.undone_at",
        about: Option<String> = "a.about_id",
    }
);

/// These records, each with all it is about.
pub(super) const RECORDS: &str = "FROM record r LEFT JOIN about a ON a.record_id = r.id
    WHERE r.id IN [$1] ORDER BY r.id, a.about_id";

/// Records with all they are about.
pub(super) fn read_records(tuples: Vec<RecordTuple>) -> Result<HashMap<RecordId, RecordRow>> {
    let mut found = HashMap::new();
    for mut tuple in tuples {
        let id = RecordId::from(tuple.id.as_str());
        let about = tuple.about.take();
        if !found.contains_key(&id) {
            found.insert(id.clone(), tuple.read(&id)?);
        }
        if let (Some(found), Some(about)) = (found.get_mut(&id), about) {
            found.record.about.push(about.into());
        }
    }
    Ok(found)
}

impl RecordTuple {
    /// The record, about nobody yet.
    fn read(self, id: &RecordId) -> Result<RecordRow> {
        let body: Body = serde_json::from_str(&self.body).context("reading a record")?;
        let nobody: [AboutId; 0] = [];
        let record =
            Record::new(id.clone(), self.author.into(), nobody, self.day.parse()?, At(self.at), body);
        Ok(RecordRow { school: self.school.into(), undone: self.undone_at > 0, record })
    }
}

impl Tx {
    /// Writes a record as it now stands, and settles the wishes of its students if it is a talk.
    pub async fn save_record(&mut self, school: &SchoolId, record: &Record, now: At) -> Result<()> {
        self.save_records(std::slice::from_ref(&(school, record)), now).await
    }

    /// Writes records as they now stand, in their order; of one that is named twice the last counts.
    pub(super) async fn save_records(&mut self, records: &[(&SchoolId, &Record)], now: At) -> Result<()> {
        let last: HashMap<&RecordId, usize> =
            records.iter().enumerate().map(|(at, (_, record))| (&record.id, at)).collect();
        // One statement may not touch a row twice.
        let each = || {
            let each = records.iter().enumerate().filter(|(at, (_, it))| last.get(&it.id) == Some(at));
            each.map(|(_, it)| it)
        };
        // Whoever looked in this transaction, and found no such record or one about the same, has nothing to take away. It is
        // put there in any case: somebody may have taken the record back since.
        let mut old = Vec::new();
        let mut abouts: Vec<Vec<Arg>> = Vec::new();
        for (school, record) in each() {
            let known = self.known.records.get(&record.id);
            if !known.is_some_and(|it| it.as_ref().is_none_or(|it| it.stands_like(record))) {
                old.push(&record.id);
            }
            let form = record.form().unwrap_or_default();
            let about = |who| args![*school, who, record.kind.as_str(), form, record.day, &record.id];
            abouts.extend(record.about.iter().map(about));
        }
        let mut rows = Vec::with_capacity(last.len());
        for (school, record) in each() {
            let body = serde_json::to_string(&record.body)?;
            rows.push(args![
                *school,
                &record.id,
                record.kind.as_str(),
                &record.by,
                record.day,
                record.at,
                body
            ]);
        }
        self.insert_soon(
            "INSERT INTO record (school_id, id, kind, author_id, day, at, body)",
            rows,
            "ON CONFLICT (id) DO UPDATE SET author_id = excluded.author_id, body = excluded.body, day = excluded.day,
                 at = excluded.at, undone_at = 0",
        )
        .await?;
        if !old.is_empty() {
            self.run_soon("DELETE FROM about WHERE record_id IN [$1]", vec![these(old)]).await?;
        }
        let head = "INSERT INTO about (school_id, about_id, kind, form, day, record_id)";
        self.insert_soon(head, abouts, "ON CONFLICT DO NOTHING").await?;
        self.settle_wishes(records, now).await
    }

    /// A talk settles the wishes that came before it: none of a later day, and none that was made after the talk was
    /// written down, however often something is added to it.
    async fn settle_wishes(&mut self, records: &[(&SchoolId, &Record)], now: At) -> Result<()> {
        let mut talks: BTreeMap<&SchoolId, Vec<&Record>> = BTreeMap::new();
        for (school, record) in records.iter().filter(|(_, record)| record.kind == Kind::Talk) {
            talks.entry(school).or_default().push(record);
        }
        for (school, talks) in talks {
            // Nearly all talks come unasked.
            let who = talks.iter().flat_map(|it| &it.about).collect::<BTreeSet<_>>();
            let wishes = self.wishes(school, who.into_iter()).await?;
            for talk in talks.iter().filter(|talk| talk.about.iter().any(|it| wishes.contains(it))) {
                self.settle_wishes_by(school, talk, now).await?;
            }
        }
        Ok(())
    }

    /// Which of these have asked for a talk and had none since.
    async fn wishes<'a>(
        &mut self,
        school: &SchoolId,
        who: impl Iterator<Item = &'a AboutId>,
    ) -> Result<HashSet<AboutId>> {
        let sql = "SELECT student_id FROM task
                   WHERE kind = 'wish' AND done_at = 0 AND school_id = $1 AND student_id IN [$2]";
        let rows = self.rows(sql, vec![school.into(), these(who)]).await?;
        rows.iter().map(|row| Ok(text(row, "student_id")?.into())).collect()
    }

    async fn settle_wishes_by(&mut self, school: &SchoolId, talk: &Record, now: At) -> Result<()> {
        let zone = self.rules(school).await?.school.zone;
        let midnight = At::from_local((talk.day + Days::new(1)).and_time(NaiveTime::MIN), zone);
        let before = midnight.min(At(talk.at.0.saturating_add(1)));
        for student in &talk.about {
            let sql = "UPDATE task SET done_at = $1, done_by = $2
                       WHERE school_id = $3 AND student_id = $4 AND kind = 'wish' AND done_at = 0 AND made_at < $5";
            self.run(sql, args![now, &talk.id, school, student, before]).await?;
        }
        Ok(())
    }

    /// Takes a record back; the wishes that it settled stand open again.
    pub async fn undo_record(&mut self, id: &RecordId, now: At) -> Result<()> {
        self.run("UPDATE record SET undone_at = $1 WHERE id = $2", args![now, id]).await?;
        // A report that asked for a talk takes back what it asked, and no wish of before.
        let sql = "UPDATE task SET done_at = $1 WHERE kind = 'wish' AND done_at = 0
                   AND student_id IN (SELECT about_id FROM about WHERE record_id = $2 AND kind = 'checkin')
                   AND made_at >= (SELECT at FROM record WHERE id = $2)";
        self.run(sql, args![now, id]).await?;
        self.run("DELETE FROM about WHERE record_id = $1", args![id]).await?;
        let sql = "UPDATE task SET done_at = 0, done_by = '' WHERE done_by = $1
                   AND NOT EXISTS (SELECT 1 FROM task again WHERE again.owner_id = task.owner_id AND again.kind = task.kind
                       AND again.student_id = task.student_id AND again.about = task.about AND again.done_at = 0)";
        self.run(sql, args![id]).await.map(drop)
    }

    /// One record.
    pub async fn record(&mut self, id: &RecordId) -> Result<Option<RecordRow>> {
        if let Some(known) = self.known.records.get(id) {
            return Ok(known.clone());
        }
        let tuples = self.tuples(RECORDS, vec![these([id])]).await?;
        Ok(read_records(tuples)?.remove(id))
    }

    /// The last talk, contact and check-in of these students, and their latest moods.
    pub async fn lately(
        &mut self,
        school: &SchoolId,
        students: &[PersonId],
    ) -> Result<HashMap<PersonId, Lately>> {
        let mut found: HashMap<PersonId, Lately> = HashMap::new();
        if students.is_empty() {
            return Ok(found);
        }
        let args = vec![school.into(), these(students)];
        let sql = "SELECT about_id, kind, MAX(day) AS day FROM about
                   WHERE school_id = $1 AND about_id IN [$2] GROUP BY about_id, kind";
        for row in self.rows(sql, args.clone()).await? {
            let lately = found.entry(text(&row, "about_id")?.into()).or_default();
            let day = Some(text(&row, "day")?.parse()?);
            match text(&row, "kind")?.parse() {
                Ok(Kind::Talk) => lately.talk = day,
                Ok(Kind::Contact) => lately.contact = day,
                Ok(Kind::Checkin) => lately.checkin = day,
                _ => {}
            }
        }
        let sql = "SELECT a.about_id, r.body FROM about a JOIN record r ON r.id = a.record_id
                   WHERE a.school_id = $1 AND a.kind = 'checkin' AND a.about_id IN [$2]
                   ORDER BY a.about_id, a.day DESC";
        for row in self.rows(sql, args).await? {
            let lately = found.entry(text(&row, "about_id")?.into()).or_default();
            if let (true, Ok(Body::Checkin(it))) =
                (lately.moods.len() < 8, serde_json::from_str(&text(&row, "body")?))
            {
                lately.moods.insert(0, it.mood);
            }
        }
        Ok(found)
    }

    /// How many records are about this; `own` counts what a student said, too.
    pub async fn count_about(&mut self, school: &SchoolId, about: &AboutId, own: bool) -> Result<i64> {
        let sql =
            format!("SELECT COUNT(*) AS n FROM about WHERE school_id = $1 AND about_id = $2 {}", only(own));
        self.row(&sql, args![school, about]).await?.map_or(Ok(0), |row| int(&row, "n"))
    }

    /// The records about this, the newest first; `own` says whether what a student said is among them.
    pub async fn records_about(
        &mut self,
        school: &SchoolId,
        about: &AboutId,
        own: bool,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<Record>> {
        let sql = format!(
            "SELECT record_id FROM about WHERE school_id = $1 AND about_id = $2 {}
             ORDER BY day DESC, record_id DESC LIMIT $3 OFFSET $4",
            only(own)
        );
        let mut found = Vec::new();
        for row in self.rows(&sql, args![school, about, limit, offset]).await? {
            found.extend(self.record(&text(&row, "record_id")?.into()).await?.map(|it| it.record));
        }
        Ok(found)
    }

    /// The latest record of a kind about a student.
    pub async fn latest(
        &mut self,
        school: &SchoolId,
        student: &PersonId,
        kind: Kind,
    ) -> Result<Option<Record>> {
        let sql = "SELECT record_id FROM about WHERE school_id = $1 AND about_id = $2 AND kind = $3
                   ORDER BY day DESC, record_id DESC LIMIT 1";
        let Some(row) = self.row(sql, args![school, student, kind.as_str()]).await? else { return Ok(None) };
        let found = self.record(&text(&row, "record_id")?.into()).await?;
        Ok(found.map(|it| it.record))
    }

    /// What these records say, of those that were not taken back.
    pub async fn bodies(&mut self, ids: &[RecordId]) -> Result<HashMap<RecordId, Body>> {
        let mut found = HashMap::new();
        let sql = "SELECT id, body FROM record WHERE undone_at = 0 AND id IN [$1]";
        for row in self.rows(sql, vec![these(ids)]).await? {
            let body = serde_json::from_str(&text(&row, "body")?).context("reading a record")?;
            found.insert(text(&row, "id")?.into(), body);
        }
        Ok(found)
    }

    /// The records of a kind about one thing before a day, the latest first, at most so many.
    pub async fn earlier(
        &mut self,
        school: &SchoolId,
        about: &AboutId,
        kind: Kind,
        before: Day,
        most: i64,
    ) -> Result<Vec<Record>> {
        let sql =
            "SELECT record_id FROM about WHERE school_id = $1 AND about_id = $2 AND kind = $3 AND day < $4
                   ORDER BY day DESC, record_id DESC LIMIT $5";
        let rows = self.rows(sql, args![school, about, kind.as_str(), before, most]).await?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(self.record(&text(&row, "record_id")?.into()).await?.map(|it| it.record));
        }
        Ok(found)
    }

    /// The days of a school with records of a kind, the latest first.
    pub async fn days_of(&mut self, school: &SchoolId, kind: Kind) -> Result<Vec<Day>> {
        let sql = "SELECT DISTINCT day FROM about WHERE school_id = $1 AND kind = $2 ORDER BY day DESC";
        let rows = self.rows(sql, args![school, kind.as_str()]).await?;
        rows.iter().map(|row| Ok(text(row, "day")?.parse()?)).collect()
    }

    /// The records of a kind of a school on one day, with whom each is about.
    pub async fn records_on(
        &mut self,
        school: &SchoolId,
        kind: Kind,
        day: Day,
    ) -> Result<Vec<(AboutId, Record)>> {
        let sql = "SELECT a.about_id, r.id, r.author_id, r.at, r.body FROM about a JOIN record r ON r.id = a.record_id
                   WHERE a.school_id = $1 AND a.kind = $2 AND a.day = $3 ORDER BY a.about_id, r.id";
        let mut found = Vec::new();
        for row in self.rows(sql, args![school, kind.as_str(), day]).await? {
            let about: AboutId = text(&row, "about_id")?.into();
            let body: Body = serde_json::from_str(&text(&row, "body")?).context("reading a record")?;
            let (id, by) = (text(&row, "id")?.into(), text(&row, "author_id")?.into());
            found.push((about.clone(), Record::new(id, by, [about], day, At(int(&row, "at")?), body)));
        }
        Ok(found)
    }

    /// The latest record of a kind, or of one of its forms, about anything.
    pub async fn latest_about(
        &mut self,
        school: &SchoolId,
        about: &AboutId,
        kind: Kind,
        form: Option<&'static str>,
        until: Day,
    ) -> Result<Option<Record>> {
        let sql = "SELECT record_id FROM about WHERE school_id = $1 AND about_id = $2 AND kind = $3
                   AND ($4 = '' OR form = $4) AND day <= $5 ORDER BY day DESC, record_id DESC LIMIT 1";
        let args = args![school, about, kind.as_str(), form.unwrap_or_default(), until];
        let Some(row) = self.row(sql, args).await? else { return Ok(None) };
        Ok(self.record(&text(&row, "record_id")?.into()).await?.map(|it| it.record))
    }

    /// The students of a school with a record of one of these kinds.
    pub async fn with_record(&mut self, school: &SchoolId, kinds: &[Kind]) -> Result<HashSet<PersonId>> {
        let kinds = these(kinds.iter().map(|kind| kind.as_str()));
        let sql = "SELECT DISTINCT about_id FROM about WHERE school_id = $1 AND kind IN [$2]";
        let rows = self.rows(sql, vec![school.into(), kinds]).await?;
        rows.iter().map(|row| Ok(text(row, "about_id")?.into())).collect()
    }

    /// Which of these records stand: made, and not taken back.
    pub async fn which_stand(&mut self, ids: &[RecordId]) -> Result<HashSet<RecordId>> {
        let sql = "SELECT id FROM record WHERE undone_at = 0 AND id IN [$1]";
        let rows = self.rows(sql, vec![these(ids)]).await?;
        rows.iter().map(|row| Ok(text(row, "id")?.into())).collect()
    }
}

/// Check-ins and wishes are what a student said, and not everybody's to know of.
fn only(own: bool) -> &'static str {
    if own { "" } else { "AND kind NOT IN ('checkin', 'wish')" }
}
