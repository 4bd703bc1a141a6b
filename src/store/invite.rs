//! One-time codes that bind an account to a person. Only their hashes are kept.

use super::{
    Tx,
    sql::{args, int, text},
};
use crate::school::{AccountId, At, PersonId, SchoolId};
use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

/// A code is good for three days.
const GOOD_FOR: chrono::TimeDelta = chrono::TimeDelta::hours(72);
/// So many wrong codes an hour, then none is looked at.
const WRONG_AN_HOUR: i64 = 5;

/// What a code turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Redeemed {
    /// It opens the door to this person.
    Good(PersonId, SchoolId),
    /// Nobody was ever given this code.
    Unknown,
    /// It was used, by this account or another.
    Used {
        /// Whether the asking account itself is bound by it.
        by_you: bool,
    },
    /// More than 72 hours old.
    Expired,
    /// Taken back, or replaced by a newer one.
    Revoked,
    /// Five wrong codes within the hour: none is looked at.
    TooMany,
}

/// Whether an invitation can still be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InviteState {
    /// It waits for its person.
    Open,
    /// Its person has joined.
    Used,
    /// Too old.
    Expired,
}

/// One line of `daoyu invite list`.
#[derive(Clone, Debug)]
pub struct InviteRow {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The role, as its word.
    pub role: String,
    /// The class's name; ''.
    pub class: String,
    /// Used, open or expired; none was made yet for `None`.
    pub state: Option<InviteState>,
}

/// What is kept of a code.
pub fn hash_code(code: &str) -> String {
    Sha256::digest(code.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Tx {
    /// Looks at a code that an account sent. Nothing is used up yet.
    pub async fn look_at_code(&mut self, account: &AccountId, code: &str, now: At) -> Result<Redeemed> {
        let sql = "SELECT COUNT(*) AS n FROM wrong_code WHERE account_id = $1 AND at > $2";
        let hour_ago = now.minus(chrono::TimeDelta::hours(1));
        let wrong = self.row(sql, args![account, hour_ago]).await?;
        if wrong.map(|row| int(&row, "n")).transpose()?.unwrap_or(0) >= WRONG_AN_HOUR {
            return Ok(Redeemed::TooMany);
        }
        let sql = "SELECT i.school_id, i.person_id, i.expires_at, i.used_at, i.revoked_at, p.left_at
                   FROM invite i JOIN person p ON p.id = i.person_id WHERE i.code_hash = $1";
        let Some(row) = self.row(sql, args![hash_code(code)]).await? else { return Ok(Redeemed::Unknown) };
        let person: PersonId = text(&row, "person_id")?.into();
        if int(&row, "used_at")? > 0 {
            let by_you = self.persons_of(account).await?.contains(&person);
            return Ok(Redeemed::Used { by_you });
        }
        if int(&row, "revoked_at")? > 0 || int(&row, "left_at")? > 0 {
            return Ok(Redeemed::Revoked);
        }
        if int(&row, "expires_at")? <= now.0 {
            return Ok(Redeemed::Expired);
        }
        Ok(Redeemed::Good(person, text(&row, "school_id")?.into()))
    }

    /// Uses a code up; a fault if another was faster, which rolls everything back.
    pub(super) async fn use_code(&mut self, hash: &str, now: At) -> Result<()> {
        let sql = "UPDATE invite SET used_at = $1 WHERE code_hash = $2 AND used_at = 0 AND revoked_at = 0";
        match self.run(sql, args![now, hash]).await? {
            1 => Ok(()),
            _ => bail!("a code was used twice at once"),
        }
    }

    /// Makes a code for each of these persons, in place of older open ones: (person, the hash of its code).
    pub async fn add_invites(&mut self, school: &SchoolId, codes: &[(PersonId, String)], now: At) -> Result<()> {
        for (person, _) in codes {
            let sql = "UPDATE invite SET revoked_at = $1 WHERE person_id = $2 AND used_at = 0 AND revoked_at = 0";
            self.run(sql, args![now, person]).await?;
        }
        let until = now.plus(GOOD_FOR);
        let rows = codes.iter().map(|(person, hash)| args![school, person, hash, now, until]).collect();
        let head = "INSERT INTO invite (school_id, person_id, code_hash, made_at, expires_at)";
        self.insert(head, rows, "").await.map(drop)
    }
}
