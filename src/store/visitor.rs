//! Who speaks: everything that a common answer needs, for a whole batch of accounts in one statement.

use super::{
    SchoolRow, Tx,
    sql::{Arg, int, int_or_zero, list, padded, text, text_or_empty},
};
use crate::school::{AccountId, At, PersonId, Post};
use anyhow::Result;
use std::collections::HashMap;

/// An account with the persons behind it and its open form.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The account.
    pub account: AccountId,
    /// The language that the account chose before it joined, or ''.
    pub language: String,
    /// The person whose hat it wears.
    pub hat: Option<PersonId>,
    /// All persons behind the account, by name.
    pub hats: Vec<Hat>,
    /// The open form as the chat room wrote it, or ''.
    pub form: String,
    /// Earlier messages of this account still wait to be answered.
    pub waiting: bool,
    /// Whether messages reach it.
    pub reachable: bool,
}

/// A person as which an account may speak.
#[derive(Clone, Debug)]
pub struct Hat {
    /// The person.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// What tells it from the account's other hats: the name, and for a family those of the children.
    pub known_as: String,
    /// The language the person chose, or ''.
    pub language: String,
    /// Own quiet hours as `HH:MM`, or '' for the school's.
    pub quiet: (String, String),
    /// The person's school.
    pub school: SchoolRow,
    /// What the person is there.
    pub posts: Vec<Post>,
    /// Whether the person left the school.
    pub left: bool,
}

impl Visitor {
    /// The hat that is worn now: the chosen one, else the first; that of a person who left only where there is no other.
    pub fn worn(&self) -> Option<&Hat> {
        let mut here = self.hats.iter().filter(|hat| !hat.left);
        let chosen = here.clone().find(|hat| Some(&hat.person) == self.hat.as_ref());
        chosen.or(here.next()).or(self.hats.first())
    }

    /// The hat of a person, if the account still is that person.
    pub fn hat_of(&self, person: &PersonId) -> Option<&Hat> {
        self.hats.iter().find(|hat| hat.person == *person)
    }
}

impl Tx {
    /// Loads these accounts, holding them until the commit. Whoever has never spoken before gets a row.
    pub async fn visitors(&mut self, accounts: &[AccountId], now: At) -> Result<HashMap<AccountId, Visitor>> {
        let mut found = HashMap::with_capacity(accounts.len());
        self.load_visitors(accounts, &mut found).await?;
        let new: Vec<AccountId> = accounts.iter().filter(|it| !found.contains_key(it)).cloned().collect();
        if !new.is_empty() {
            self.open_accounts(&new, now).await?;
            self.load_visitors(&new, &mut found).await?;
        }
        self.tell_hats_apart(&mut found).await?;
        Ok(found)
    }

    async fn load_visitors(
        &mut self,
        accounts: &[AccountId],
        found: &mut HashMap<AccountId, Visitor>,
    ) -> Result<()> {
        if accounts.is_empty() {
            return Ok(());
        }
        self.hold_accounts(accounts).await?;
        let ids = padded(accounts.iter().map(Arg::from));
        let sql = format!(
            "SELECT a.id, a.hat, a.language, a.reachable, f.body AS form,
                    (SELECT COUNT(*) FROM inbox i WHERE i.account_id = a.id AND i.state = 'open') AS waiting,
                    b.person_id, p.name AS person_name, p.language AS person_language, p.quiet_from, p.quiet_to,
                    p.left_at, o.role, o.class_id, s.id AS school_id, s.version
             FROM account a
             LEFT JOIN form f ON f.account_id = a.id
             LEFT JOIN binding b ON b.account_id = a.id AND b.revoked_at = 0
             LEFT JOIN person p ON p.id = b.person_id
             LEFT JOIN post o ON o.person_id = b.person_id
             LEFT JOIN school s ON s.id = b.school_id
             WHERE a.id IN ({})
             ORDER BY a.id, p.name, b.person_id, o.role, o.class_id",
            list(1, ids.len())
        );
        for row in self.rows(&sql, ids).await? {
            let account: AccountId = text(&row, "id")?.into();
            if !found.contains_key(&account) {
                let visitor = read_visitor(account.clone(), &row)?;
                found.insert(account.clone(), visitor);
            }
            let school = text_or_empty(&row, "school_id")?;
            if let (Some(visitor), false) = (found.get_mut(&account), school.is_empty()) {
                let school = self.school_of_version(&school.into(), int(&row, "version")?).await?;
                add_hat(visitor, &row, school)?;
            }
        }
        Ok(())
    }

    /// A mother of two children may be two persons of one name.
    async fn tell_hats_apart(&mut self, visitors: &mut HashMap<AccountId, Visitor>) -> Result<()> {
        let several = visitors.values_mut().filter(|it| it.hats.len() > 1);
        let mut hats: Vec<&mut Hat> = several.flat_map(|it| it.hats.iter_mut()).collect();
        let persons: Vec<PersonId> = hats.iter().map(|it| it.person.clone()).collect();
        let children = self.names_of_children(&persons).await?;
        for hat in &mut hats {
            hat.known_as = super::people::known_as(&hat.name, children.get(&hat.person));
        }
        Ok(())
    }
}

fn read_visitor(account: AccountId, row: &sqlx::any::AnyRow) -> Result<Visitor> {
    let hat = text(row, "hat")?;
    Ok(Visitor {
        account,
        language: text(row, "language")?,
        hat: (!hat.is_empty()).then(|| hat.into()),
        hats: Vec::new(),
        form: text_or_empty(row, "form")?,
        waiting: int_or_zero(row, "waiting")? > 0,
        reachable: int(row, "reachable")? == 1,
    })
}

/// Rows come ordered by person: a new person opens a hat, each further row adds a post to it.
fn add_hat(visitor: &mut Visitor, row: &sqlx::any::AnyRow, school: SchoolRow) -> Result<()> {
    let person: PersonId = text_or_empty(row, "person_id")?.into();
    if person.as_str().is_empty() {
        return Ok(());
    }
    if visitor.hats.last().is_none_or(|hat| hat.person != person) {
        visitor.hats.push(Hat {
            person,
            name: text(row, "person_name")?,
            known_as: text(row, "person_name")?,
            language: text(row, "person_language")?,
            quiet: (text(row, "quiet_from")?, text(row, "quiet_to")?),
            school,
            posts: Vec::new(),
            left: int(row, "left_at")? > 0,
        });
    }
    let role = text_or_empty(row, "role")?;
    if let (Some(hat), Ok(role)) = (visitor.hats.last_mut(), role.parse()) {
        let class = text_or_empty(row, "class_id")?;
        hat.posts.push(Post { role, class: (!class.is_empty()).then(|| class.into()) });
    }
    Ok(())
}
