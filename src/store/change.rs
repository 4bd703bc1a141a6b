//! What an answer may change. The chat room decides these; only a loop writes them, in the transaction that also marks
//! the update answered.

use super::{CopyState, Feedback, Rebind, Request, Tx, Upload, Word, sql::args};
use crate::school::{
    AccountId, At, Day, Decision, FeedbackId, Group, PersonId, Record, RecordId, RequestId, Resolution,
    SchoolId, Snooze, UploadId,
};
use anyhow::Result;

/// One change of the school's books.
#[derive(Clone, Debug)]
pub enum Change {
    /// A record as it now stands: new, or said again under the same id.
    Record(SchoolId, Record),
    /// A record is taken back; what it settled stands open again.
    Undo(RecordId),
    /// An account joins as a person, using up the code with this hash.
    Bind {
        /// The account.
        account: AccountId,
        /// The person.
        person: PersonId,
        /// The person's school.
        school: SchoolId,
        /// What is kept of the code.
        code_hash: String,
    },
    /// What a person was invited with opens nothing any more.
    RevokeInvites(PersonId),
    /// The account that is this person is so no more: nothing was asked for, and whoever was it is told.
    Unbind(PersonId),
    /// Something was made for an account just now, by this name: a second tap makes no second one.
    Made(AccountId, String),
    /// Somebody asks the school about the data that is kept.
    Request(Request),
    /// Somebody of the school has answered it.
    SettleRequest(RequestId, PersonId),
    /// An account asks to be a person who has joined before with another.
    AskRebind(Rebind),
    /// Somebody who knows the person has decided about it.
    DecideRebind {
        /// What was asked.
        asked: Rebind,
        /// Who decided.
        by: PersonId,
        /// With a yes the account is the person from now on, and no other is.
        yes: bool,
    },
    /// A code that was not right.
    WrongCode(AccountId),
    /// The account speaks as this person from now on.
    Wear(AccountId, PersonId),
    /// The language of an account that is nobody yet.
    AccountLanguage(AccountId, String),
    /// The language of a person.
    Language(PersonId, String),
    /// Own quiet hours as `HH:MM`; ('', '') for the school's.
    Quiet(PersonId, String, String),
    /// A group of students as it is now, with its members.
    Group(SchoolId, Group, Vec<PersonId>),
    /// What a meeting resolved.
    Resolve(SchoolId, Resolution),
    /// A line of the digest is hidden for a while.
    Snooze(SchoolId, Snooze),
    /// It is not hidden any more.
    Unsnooze(SchoolId, PersonId, PersonId),
    /// From what time of the day on a person is told what is to be done, as `HH:MM`; '' for the school's slot.
    DigestFrom(PersonId, String),
    /// A feedback and the guardians it goes to.
    Feedback(Feedback, Vec<(PersonId, CopyState)>),
    /// What became of one guardian's copy.
    Copy(FeedbackId, PersonId, CopyState),
    /// Words carried from one person to another.
    Word(Word),
    /// A guardian's word about a child's check-ins; with a no, what the child said here leaves.
    Consent(Decision),
    /// Something a person still has to do about a student; nothing new if it stands open already.
    OpenTask(Task),
    /// It is done.
    CloseTask(Task),
    /// A file was sent that may be read into the books.
    Upload(Upload),
    /// It shall not be.
    ForgetUpload(UploadId),
    /// Whether messages reach the account.
    Reachable(AccountId, bool),
    /// The first account goes on as the second: a group has become a supergroup.
    Move(AccountId, AccountId),
}

impl Change {
    /// The record that it writes, if that is all it does.
    pub fn as_record(&self) -> Option<(&SchoolId, &Record)> {
        match self {
            Change::Record(school, record) => Some((school, record)),
            _ => None,
        }
    }

    fn as_word(&self) -> Option<&Decision> {
        match self {
            Change::Consent(decision) => Some(decision),
            _ => None,
        }
    }

    /// Whether it changes which account is who.
    pub fn binds(&self) -> bool {
        matches!(self, Change::Bind { .. } | Change::Unbind(_) | Change::DecideRebind { yes: true, .. })
    }
}

/// Something one person has to do about a student beyond the rules' rhythm. All of it together is its name.
#[derive(Clone, Debug)]
pub struct Task {
    /// The school.
    pub school: SchoolId,
    /// Who has to do it.
    pub owner: PersonId,
    /// About whom.
    pub student: PersonId,
    /// What it is: `wish`, `phone`.
    pub kind: &'static str,
    /// What tells it from others of its kind, or ''.
    pub about: String,
}

impl Tx {
    /// Writes changes in their order.
    pub async fn apply(&mut self, changes: Vec<Change>, now: At) -> Result<()> {
        // Records that follow each other are written together, and so are the words of guardians.
        let is_record = |it: &Change| it.as_record().is_some();
        let is_word = |it: &Change| it.as_word().is_some();
        for run in changes.chunk_by(|a, b| is_record(a) && is_record(b) || is_word(a) && is_word(b)) {
            match run {
                [one] => self.apply_one(one.clone(), now).await?,
                [Change::Record(..), ..] => {
                    let records: Vec<(&SchoolId, &Record)> =
                        run.iter().filter_map(Change::as_record).collect();
                    self.save_records(&records, now).await?;
                }
                words => {
                    let words: Vec<&Decision> = words.iter().filter_map(Change::as_word).collect();
                    self.keep_decisions(&words).await?;
                }
            }
        }
        Ok(())
    }

    async fn apply_one(&mut self, change: Change, now: At) -> Result<()> {
        match change {
            Change::Record(school, record) => self.save_record(&school, &record, now).await,
            Change::Undo(record) => self.undo_record(&record, now).await,
            Change::Bind { account, person, school, code_hash } => {
                self.use_code(&code_hash, now).await?;
                self.bind(&account, &person, &school, now).await
            }
            Change::RevokeInvites(person) => self.revoke_invites(&person, now).await,
            Change::Unbind(person) => self.unbind(&person, now).await.map(drop),
            Change::Made(account, name) => self.set_places(&[(account, name, 0)], now).await,
            Change::Request(request) => self.save_request(&request).await,
            Change::SettleRequest(id, by) => self.settle_request(&id, &by, now).await,
            Change::AskRebind(asked) => self.ask_rebind(&asked).await,
            Change::DecideRebind { asked, by, yes } => self.decide_rebind(&asked, &by, yes, now).await,
            Change::WrongCode(account) => {
                let sql = "INSERT INTO wrong_code (account_id, at) VALUES ($1, $2)";
                self.run(sql, args![&account, now]).await.map(drop)
            }
            Change::Wear(account, person) => self.wear(&account, &person).await,
            Change::AccountLanguage(account, language) => {
                self.set_account_language(&account, &language).await
            }
            Change::Language(person, language) => {
                let sql = "UPDATE person SET language = $1 WHERE id = $2";
                self.run(sql, args![language, &person]).await.map(drop)
            }
            Change::Quiet(person, from, to) => {
                let sql = "UPDATE person SET quiet_from = $1, quiet_to = $2 WHERE id = $3";
                self.run(sql, args![from, to, &person]).await.map(drop)
            }
            Change::Group(school, group, members) => self.save_group(&school, &group, &members).await,
            Change::Resolve(school, it) => self.save_resolution(&school, &it, now).await,
            Change::Snooze(school, snooze) => self.save_snooze(&school, &snooze, now).await,
            Change::Unsnooze(school, mentor, student) => {
                let sql = "DELETE FROM snooze WHERE school_id = $1 AND mentor_id = $2 AND student_id = $3";
                self.run(sql, args![&school, &mentor, &student]).await.map(drop)
            }
            Change::DigestFrom(person, from) => {
                let sql = "UPDATE person SET digest_from = $1 WHERE id = $2";
                self.run(sql, args![from, &person]).await.map(drop)
            }
            Change::Feedback(feedback, copies) => self.save_feedback(&feedback, &copies).await,
            Change::Copy(feedback, guardian, state) => {
                self.set_copy(&feedback, &guardian, state, now).await.map(drop)
            }
            Change::Word(word) => self.save_word(&word).await,
            Change::Consent(decision) => self.keep_decisions(&[&decision]).await,
            Change::OpenTask(Task { school, owner, student, kind, about }) => {
                let id: crate::school::TaskId = crate::clock::fresh_id();
                self.run(
                    "INSERT INTO task (school_id, id, owner_id, student_id, kind, about, made_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)
                     ON CONFLICT (owner_id, kind, student_id, about) WHERE done_at = 0 DO NOTHING",
                    args![&school, &id, &owner, &student, kind, about, now],
                )
                .await
                .map(drop)
            }
            Change::CloseTask(Task { school, owner, student, kind, about }) => {
                let sql =
                    "UPDATE task SET done_at = $1 WHERE school_id = $2 AND owner_id = $3 AND student_id = $4
                           AND kind = $5 AND about = $6 AND done_at = 0";
                self.run(sql, args![now, &school, &owner, &student, kind, about]).await.map(drop)
            }
            Change::Upload(upload) => self.save_upload(&upload).await,
            Change::ForgetUpload(id) => self.forget_upload(&id).await,
            Change::Reachable(account, reachable) => self.set_reachable(&account, reachable).await,
            Change::Move(old, new) => self.move_account(&old, &new, now).await,
        }
    }

    /// Writes the open forms of accounts; '' where one is closed.
    pub async fn save_forms(&mut self, forms: &[(AccountId, String)], now: At) -> Result<()> {
        self.insert_soon(
            "INSERT INTO form (account_id, body, changed_at)",
            forms.iter().map(|(account, body)| args![account, body, now]).collect(),
            "ON CONFLICT (account_id) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        )
        .await
    }

    /// What the open tasks of a kind are about that a person owes about the students he looks after today, oldest first.
    pub async fn open_tasks(&mut self, owner: &PersonId, kind: &str, today: Day) -> Result<Vec<String>> {
        let sql = "SELECT about FROM task WHERE owner_id = $1 AND kind = $2 AND done_at = 0 AND student_id IN
                       (SELECT student_id FROM pairing WHERE mentor_id = $1 AND since <= $3
                        AND (until = '' OR until > $3))
                   ORDER BY made_at, id";
        let rows = self.rows(sql, args![owner, kind, today]).await?;
        rows.iter().map(|row| super::sql::text(row, "about")).collect()
    }

    /// Whether a task of this kind stands open about a student.
    pub async fn has_task(&mut self, student: &PersonId, kind: &str) -> Result<bool> {
        let sql = "SELECT id FROM task WHERE school_id = (SELECT school_id FROM person WHERE id = $1)
                   AND student_id = $1 AND kind = $2 AND done_at = 0 LIMIT 1";
        Ok(self.row(sql, args![student, kind]).await?.is_some())
    }
}
