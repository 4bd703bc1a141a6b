//! Accounts, their bindings to persons, and where messages stand in their chats.

use super::{
    Tx,
    sql::{args, int, int_or_zero, text},
};
use crate::school::{AccountId, At, PersonId, SchoolId};
use anyhow::Result;
use std::collections::HashMap;

impl Tx {
    /// Holds these accounts until the commit, so that two processes never answer one account at the same time, and gives a row
    /// to those that have none. They come in their order, or two who hold several would wait for each other. On SQLite whoever
    /// writes holds everything.
    pub(super) async fn hold_accounts(&mut self, accounts: &[AccountId], now: At) -> Result<()> {
        if self.dialect == super::Dialect::Sqlite {
            return Ok(());
        }
        let new: Vec<&AccountId> = accounts.iter().filter(|it| self.held.insert((*it).clone())).collect();
        let rows = new.into_iter().map(|account| args![account, now]).collect();
        // Rows in conflict are locked, whether the condition holds or not.
        let hold = "ON CONFLICT (id) DO UPDATE SET created_at = account.created_at WHERE FALSE";
        self.insert_soon("INSERT INTO account (id, created_at)", rows, hold).await
    }

    /// Makes sure that these accounts have a row.
    pub(super) async fn open_accounts(&mut self, accounts: &[AccountId], now: At) -> Result<()> {
        let rows = accounts.iter().map(|account| args![account, now]).collect();
        self.insert("INSERT INTO account (id, created_at)", rows, "ON CONFLICT (id) DO NOTHING")
            .await
            .map(drop)
    }

    /// Binds an account to a person; what bound the person before is revoked, and what hung on it goes.
    pub async fn bind(
        &mut self,
        account: &AccountId,
        person: &PersonId,
        school: &SchoolId,
        now: At,
    ) -> Result<()> {
        self.run(
            "UPDATE binding SET revoked_at = $1 WHERE person_id = $2 AND account_id <> $3 AND revoked_at = 0",
            args![now, person, account],
        )
        .await?;
        self.run(
            "INSERT INTO binding (person_id, account_id, school_id, bound_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (person_id, account_id) DO UPDATE SET bound_at = excluded.bound_at, revoked_at = 0",
            args![person, account, school, now],
        )
        .await?;
        self.run("UPDATE account SET hat = $1, reachable = 1 WHERE id = $2", args![person, account]).await?;
        // Whoever is here needs no invitation: one that lies around would make another account this person.
        self.revoke_invites(person, now).await?;
        self.forget_accounts_of(person).await
    }

    /// A person is bound to no account any more; says whether one was.
    pub async fn unbind(&mut self, person: &PersonId, now: At) -> Result<bool> {
        let sql = "UPDATE binding SET revoked_at = $1 WHERE person_id = $2 AND revoked_at = 0";
        let was = self.run(sql, args![now, person]).await? > 0;
        self.forget_accounts_of(person).await?;
        Ok(was)
    }

    /// What hangs on accounts that once were this person and are nobody now: an open form may hold words about a student,
    /// and the place of a message is of no use where nobody is written to.
    async fn forget_accounts_of(&mut self, person: &PersonId) -> Result<()> {
        for table in ["form", "place"] {
            let sql = format!(
                "DELETE FROM {table} WHERE account_id IN (SELECT account_id FROM binding WHERE person_id = $1)
                 AND account_id NOT IN (SELECT account_id FROM binding WHERE revoked_at = 0
                     AND account_id IN (SELECT account_id FROM binding WHERE person_id = $1))"
            );
            self.run(&sql, args![person]).await?;
        }
        Ok(())
    }

    /// The account wears this person's hat from now on.
    pub(super) async fn wear(&mut self, account: &AccountId, person: &PersonId) -> Result<()> {
        self.run("UPDATE account SET hat = $1 WHERE id = $2", args![person, account]).await.map(drop)
    }

    /// The language of an account that belongs to nobody yet, or chose its own.
    pub(super) async fn set_account_language(&mut self, account: &AccountId, language: &str) -> Result<()> {
        self.run("UPDATE account SET language = $1 WHERE id = $2", args![language, account]).await.map(drop)
    }

    /// Whether messages reach an account: a person blocked the bot, or came back.
    pub async fn set_reachable(&mut self, account: &AccountId, reachable: bool) -> Result<()> {
        self.run("UPDATE account SET reachable = $1 WHERE id = $2", args![reachable, account]).await.map(drop)
    }

    /// An account goes on under another id, as when a group becomes a supergroup: whatever hung on the old one hangs on
    /// the new one.
    pub async fn move_account(&mut self, old: &AccountId, new: &AccountId, now: At) -> Result<()> {
        if old == new {
            return Ok(());
        }
        self.run(
            "INSERT INTO account (id, hat, language, reachable, created_at)
             SELECT CAST($2 AS TEXT), hat, language, reachable, CAST($3 AS BIGINT) FROM account WHERE id = $1
             ON CONFLICT (id) DO NOTHING",
            args![old, new, now],
        )
        .await?;
        // A group is nobody's account: there is no binding to move.
        for (table, key) in [("place", "name"), ("form", "1")] {
            // What the new one has already is newer.
            let twice = match key {
                "1" => format!("EXISTS (SELECT 1 FROM {table} it WHERE it.account_id = $2)"),
                key => format!("{key} IN (SELECT {key} FROM {table} it WHERE it.account_id = $2)"),
            };
            self.run(&format!("DELETE FROM {table} WHERE account_id = $1 AND {twice}"), args![old, new])
                .await?;
            self.run(&format!("UPDATE {table} SET account_id = $2 WHERE account_id = $1"), args![old, new])
                .await?;
        }
        self.run("UPDATE wrong_code SET account_id = $2 WHERE account_id = $1", args![old, new])
            .await
            .map(drop)
    }

    /// The persons behind an account.
    pub async fn persons_of(&mut self, account: &AccountId) -> Result<Vec<PersonId>> {
        let sql = "SELECT person_id FROM binding WHERE account_id = $1 AND revoked_at = 0 ORDER BY person_id";
        self.rows(sql, args![account]).await?.iter().map(|row| Ok(text(row, "person_id")?.into())).collect()
    }

    /// Where named messages stand: (account, name) -> message id.
    pub async fn places(
        &mut self,
        wanted: &[(AccountId, String)],
    ) -> Result<HashMap<(AccountId, String), i64>> {
        let mut found = HashMap::new();
        for (account, name) in wanted {
            let sql = "SELECT message_id FROM place WHERE account_id = $1 AND name = $2";
            if let Some(row) = self.row(sql, args![account, name]).await? {
                found.insert((account.clone(), name.clone()), int(&row, "message_id")?);
            }
        }
        Ok(found)
    }

    /// When the message at a person's named place was last sent; `None` where there is none.
    pub async fn place_at(&mut self, person: &PersonId, name: &str) -> Result<Option<At>> {
        let sql = "SELECT MAX(l.at) AS at FROM place l JOIN binding b ON b.account_id = l.account_id
                   WHERE b.person_id = $1 AND b.revoked_at = 0 AND l.name = $2";
        let row = self.row(sql, args![person, name]).await?;
        let at = row.map(|row| int_or_zero(&row, "at")).transpose()?;
        Ok(at.filter(|at| *at > 0).map(At))
    }

    /// Remembers where named messages stand.
    pub(super) async fn set_places(&mut self, places: &[(AccountId, String, i64)], now: At) -> Result<()> {
        // The last one of a name counts; one statement may not touch a row twice.
        let newest: HashMap<_, _> = places.iter().map(|(account, name, id)| ((account, name), *id)).collect();
        let rows = newest.into_iter().map(|((account, name), id)| args![account, name, id, now]).collect();
        self.insert_soon(
            "INSERT INTO place (account_id, name, message_id, at)",
            rows,
            "ON CONFLICT (account_id, name) DO UPDATE SET message_id = excluded.message_id, at = excluded.at",
        )
        .await
    }
}
