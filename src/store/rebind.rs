//! Who asks to be a person with another account than before, and what was decided about it.

use super::{
    Tx,
    sql::{args, int, int_or_zero, text},
};
use crate::school::{AccountId, At, PersonId, RebindId, SchoolId};
use anyhow::{Result, bail};
use chrono::TimeDelta;

/// How long somebody who knows the person may take to decide.
const OPEN_FOR: TimeDelta = TimeDelta::hours(24);

/// An account that asks to be a person who has joined before.
#[derive(Clone, Debug)]
pub struct Rebind {
    /// The school.
    pub school: SchoolId,
    /// The id.
    pub id: RebindId,
    /// Who it says it is.
    pub person: PersonId,
    /// The new account.
    pub account: AccountId,
    /// When it asked.
    pub asked: At,
    /// Nobody has decided.
    pub open: bool,
}

/// How often a new account was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AskedLately {
    /// For one person, by whatever account.
    pub for_person: i64,
    /// By one account, for whatever person: a family phone may be several.
    pub by_account: i64,
    /// By that account for that person.
    pub of_both: i64,
}

impl Rebind {
    /// Whether it can still be decided.
    pub fn is_open(&self, now: At) -> bool {
        self.open && now.since(self.asked) < OPEN_FOR
    }
}

impl Tx {
    /// Whose code this is or was, if that person is at the school and has joined before.
    pub async fn joined_by(&mut self, code: &str) -> Result<Option<(PersonId, SchoolId)>> {
        let sql = "SELECT i.person_id, i.school_id FROM invite i JOIN person p ON p.id = i.person_id
                   WHERE i.code_hash = $1 AND p.left_at = 0
                   AND i.person_id IN (SELECT person_id FROM binding b WHERE b.person_id = i.person_id)";
        let row = self.row(sql, args![super::hash_code(code)]).await?;
        row.map(|row| Ok((text(&row, "person_id")?.into(), text(&row, "school_id")?.into()))).transpose()
    }

    /// How often a new account was asked for within a day, where nobody has said yes.
    pub async fn asked_lately(
        &mut self,
        person: &PersonId,
        account: &AccountId,
        now: At,
    ) -> Result<AskedLately> {
        let sql = "SELECT SUM(CASE WHEN person_id = $1 THEN 1 ELSE 0 END) AS for_person,
                       SUM(CASE WHEN account_id = $2 THEN 1 ELSE 0 END) AS by_account,
                       SUM(CASE WHEN person_id = $1 AND account_id = $2 THEN 1 ELSE 0 END) AS of_both
                   FROM rebind WHERE (person_id = $1 OR account_id = $2) AND asked_at > $3 AND state <> 'granted'";
        let row = self.row(sql, args![person, account, now.minus(TimeDelta::days(1))]).await?;
        let Some(row) = row else { return Ok(AskedLately::default()) };
        Ok(AskedLately {
            for_person: int_or_zero(&row, "for_person")?,
            by_account: int_or_zero(&row, "by_account")?,
            of_both: int_or_zero(&row, "of_both")?,
        })
    }

    /// Whether this account has asked to be this person and waits for the answer.
    pub async fn waits_for_rebind(
        &mut self,
        person: &PersonId,
        account: &AccountId,
        now: At,
    ) -> Result<bool> {
        let sql = "SELECT id FROM rebind WHERE person_id = $1 AND account_id = $2 AND state = 'open'
                   AND asked_at > $3 LIMIT 1";
        Ok(self.row(sql, args![person, account, now.minus(OPEN_FOR)]).await?.is_some())
    }

    /// One of them.
    pub async fn rebind(&mut self, id: &RebindId) -> Result<Option<Rebind>> {
        let sql = "SELECT school_id, id, person_id, account_id, state, asked_at FROM rebind WHERE id = $1";
        let Some(row) = self.row(sql, args![id]).await? else { return Ok(None) };
        Ok(Some(Rebind {
            school: text(&row, "school_id")?.into(),
            id: text(&row, "id")?.into(),
            person: text(&row, "person_id")?.into(),
            account: text(&row, "account_id")?.into(),
            asked: At(int(&row, "asked_at")?),
            open: text(&row, "state")? == "open",
        }))
    }

    /// Keeps that somebody asks.
    pub(super) async fn ask_rebind(&mut self, it: &Rebind) -> Result<()> {
        let sql = "INSERT INTO rebind (school_id, id, person_id, account_id, state, asked_at)
                   VALUES ($1, $2, $3, $4, 'open', $5)";
        self.run(sql, args![&it.school, &it.id, &it.person, &it.account, it.asked]).await.map(drop)
    }

    /// Keeps what was decided, and by whom; with a yes the account is the person from now on and no other is. A fault if
    /// another was faster, which rolls everything back.
    pub(super) async fn decide_rebind(
        &mut self,
        it: &Rebind,
        by: &PersonId,
        yes: bool,
        now: At,
    ) -> Result<()> {
        let state = if yes { "granted" } else { "denied" };
        let sql =
            "UPDATE rebind SET state = $1, decided_by = $2, decided_at = $3 WHERE id = $4 AND state = 'open'";
        if self.run(sql, args![state, by, now, &it.id]).await? != 1 {
            bail!("a request for a new account was decided twice at once");
        }
        if !yes {
            return Ok(());
        }
        // Whoever else asks for the same place came too late.
        let sql = "UPDATE rebind SET state = 'denied', decided_by = $1, decided_at = $2
                   WHERE person_id = $3 AND state = 'open'";
        self.run(sql, args![by, now, &it.person]).await?;
        self.bind(&it.account, &it.person, &it.school, now).await
    }
}
