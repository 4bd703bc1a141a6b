//! What people ask the school about the data that is kept of them, and who answered.

use super::{
    Tx,
    sql::{args, int, text},
};
use crate::school::{At, PersonId, RequestId, SchoolId};
use anyhow::{Result, anyhow};

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// That something be mended.
    Correct,
    /// That everything be deleted.
    Erase,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The school.
    pub school: SchoolId,
    /// The id.
    pub id: RequestId,
    /// Who asks.
    pub by: PersonId,
    /// About whose data.
    pub about: PersonId,
    /// For what.
    pub asked: Asked,
    /// In which words; '' for a deletion, and once it is done.
    pub words: String,
    /// When.
    pub at: At,
    /// Whether somebody of the school has answered it.
    pub done: bool,
}

impl Asked {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Asked::Correct => "correct",
            Asked::Erase => "erase",
        }
    }
}

impl Tx {
    pub(super) async fn save_request(&mut self, it: &Request) -> Result<()> {
        self.run(
            "INSERT INTO request (school_id, id, by_id, about_id, kind, body, asked_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            args![&it.school, &it.id, &it.by, &it.about, it.asked.as_str(), &it.words, it.at],
        )
        .await
        .map(drop)
    }

    /// It is answered: that and when is kept, and no words.
    pub(super) async fn settle_request(&mut self, id: &RequestId, by: &PersonId, now: At) -> Result<()> {
        let sql = "UPDATE request SET done_at = $1, done_by = $2, body = '' WHERE id = $3 AND done_at = 0";
        self.run(sql, args![now, by, id]).await.map(drop)
    }

    /// One request.
    pub async fn request(&mut self, id: &RequestId) -> Result<Option<Request>> {
        let sql = format!("{REQUEST} WHERE id = $1");
        self.row(&sql, args![id]).await?.as_ref().map(read).transpose()
    }

    /// What nobody has answered yet, oldest first.
    pub async fn open_requests(&mut self, school: &SchoolId) -> Result<Vec<Request>> {
        let sql = format!("{REQUEST} WHERE school_id = $1 AND done_at = 0 ORDER BY asked_at, id");
        self.rows(&sql, args![school]).await?.iter().map(read).collect()
    }
}

const REQUEST: &str = "SELECT school_id, id, by_id, about_id, kind, body, asked_at, done_at FROM request";

fn read(row: &sqlx::any::AnyRow) -> Result<Request> {
    let word = text(row, "kind")?;
    let asked = [Asked::Correct, Asked::Erase].into_iter().find(|it| it.as_str() == word);
    Ok(Request {
        school: text(row, "school_id")?.into(),
        id: text(row, "id")?.into(),
        by: text(row, "by_id")?.into(),
        about: text(row, "about_id")?.into(),
        asked: asked.ok_or_else(|| anyhow!("an unknown kind of request"))?,
        words: text(row, "body")?,
        at: At(int(row, "asked_at")?),
        done: int(row, "done_at")? > 0,
    })
}
