//! Files that wait to be read into the books: where they lie, and never what is in them.

use super::{
    Tx,
    sql::{args, int, text},
};
use crate::school::{AccountId, At, PersonId, SchoolId, UploadId};
use anyhow::Result;
use chrono::TimeDelta;

/// So long a file may be read after it was sent.
const OPEN_FOR: TimeDelta = TimeDelta::minutes(30);

/// A file that one of the office sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// The school into whose books it shall go.
    pub school: SchoolId,
    /// The account it came from.
    pub account: AccountId,
    /// Who sent it.
    pub person: PersonId,
    /// What the messenger calls it.
    pub file: String,
    /// What the person calls it.
    pub name: String,
    /// Whether it is in the books.
    pub written: bool,
    /// When it was sent.
    pub at: At,
}

impl Upload {
    /// Whether it was sent too long ago to be read any more.
    pub fn is_over(&self, now: At) -> bool {
        self.at.plus(OPEN_FOR) < now
    }
}

impl Tx {
    /// Keeps where a file lies.
    pub(super) async fn save_upload(&mut self, it: &Upload) -> Result<()> {
        self.run(
            "INSERT INTO upload (school_id, id, account_id, person_id, file, name, state, at)
             VALUES ($1, $2, $3, $4, $5, $6, 'open', $7)",
            args![&it.school, &it.id, &it.account, &it.person, &it.file, &it.name, it.at],
        )
        .await
        .map(drop)
    }

    /// A file that was sent, and not yet forgotten.
    pub async fn upload(&mut self, id: &UploadId) -> Result<Option<Upload>> {
        let sql = "SELECT school_id, account_id, person_id, file, name, state, at FROM upload WHERE id = $1";
        let Some(row) = self.row(sql, args![id]).await? else { return Ok(None) };
        Ok(Some(Upload {
            id: id.clone(),
            school: text(&row, "school_id")?.into(),
            account: text(&row, "account_id")?.into(),
            person: text(&row, "person_id")?.into(),
            file: text(&row, "file")?,
            name: text(&row, "name")?,
            written: text(&row, "state")? == "written",
            at: At(int(&row, "at")?),
        }))
    }

    /// Notes that a file is in the books, in the transaction that puts it there.
    pub async fn finish_upload(&mut self, id: &UploadId) -> Result<()> {
        self.run("UPDATE upload SET state = 'written' WHERE id = $1", args![id]).await.map(drop)
    }

    /// Forgets a file.
    pub(super) async fn forget_upload(&mut self, id: &UploadId) -> Result<()> {
        self.run("DELETE FROM upload WHERE id = $1", args![id]).await.map(drop)
    }

    /// Forgets all files whose time is over.
    pub(super) async fn forget_old_uploads(&mut self, now: At) -> Result<u64> {
        self.run("DELETE FROM upload WHERE at < $1", args![now.minus(OPEN_FOR)]).await
    }
}
