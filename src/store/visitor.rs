//! Who speaks: everything that a common answer needs, for a whole batch of accounts in one statement.

use super::{
    SchoolRow, Tx, Unsent,
    sql::these,
    tuple::{Questions, tuple},
};
use crate::school::{AccountId, Age, At, PersonId, Post, Role};
use anyhow::{Context, Result};
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
    /// The answers to it that are not known to be sent: what is said to it now goes after them.
    pub unsent: Unsent,
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
    /// What is known of a student's age.
    pub age: Age,
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
        self.load_visitors(accounts, &mut found, now).await?;
        let new: Vec<AccountId> = accounts.iter().filter(|it| !found.contains_key(it)).cloned().collect();
        if !new.is_empty() {
            self.open_accounts(&new, now).await?;
            self.load_visitors(&new, &mut found, now).await?;
        }
        self.tell_hats_apart(&mut found).await?;
        Ok(found)
    }

    async fn load_visitors(
        &mut self,
        accounts: &[AccountId],
        found: &mut HashMap<AccountId, Visitor>,
        now: At,
    ) -> Result<()> {
        if accounts.is_empty() {
            return Ok(());
        }
        self.hold_accounts(accounts, now).await?;
        let rest = "FROM account a
             LEFT JOIN form f ON f.account_id = a.id
             LEFT JOIN binding b ON b.account_id = a.id AND b.revoked_at = 0
             LEFT JOIN person p ON p.id = b.person_id
             LEFT JOIN post o ON o.person_id = b.person_id
             LEFT JOIN class c ON c.school_id = o.school_id AND c.id = o.class_id
             LEFT JOIN school s ON s.id = b.school_id
             WHERE a.id IN [$1]
             ORDER BY a.id, p.name, b.person_id, o.role, o.class_id";
        let mut questions = Questions::default();
        let asked = questions.ask::<VisitorTuple>(rest, vec![these(accounts)]);
        let unsent = self.ask_unsent(&mut questions, accounts, now);
        let answers = self.ask(questions).await?;
        for row in answers.to(&asked)? {
            let account = AccountId::from(row.account);
            let visitor = found.entry(account.clone()).or_insert_with(|| Visitor {
                account,
                language: row.language,
                hat: (!row.hat.is_empty()).then(|| row.hat.into()),
                hats: Vec::new(),
                form: row.form.unwrap_or_default(),
                waiting: row.waiting > 0,
                reachable: row.reachable == 1,
                unsent: Unsent::default(),
            });
            let Some(it) = row.person else { continue };
            let person = PersonId::from(it);
            // They come ordered by person: a new person opens a hat, each further row adds a post to it.
            if visitor.hats.last().is_none_or(|hat| hat.person != person) {
                let school = row.school.context("a binding without a school")?.into();
                let school = self.school_of_version(&school, row.version.unwrap_or_default()).await?;
                let name = row.name.unwrap_or_default();
                visitor.hats.push(Hat {
                    person,
                    known_as: name.clone(),
                    name,
                    language: row.person_language.unwrap_or_default(),
                    quiet: (row.quiet_from.unwrap_or_default(), row.quiet_to.unwrap_or_default()),
                    school,
                    posts: Vec::new(),
                    age: Age::default(),
                    left: row.left_at.unwrap_or_default() > 0,
                });
            }
            if let (Some(hat), Some(Ok(role))) = (visitor.hats.last_mut(), row.role.map(|it| it.parse())) {
                if role == Role::Student {
                    let born = row.born.unwrap_or_default();
                    hat.age = Age::read(&born, row.grade.as_deref(), row.class_name.as_deref());
                }
                let class = row.class.filter(|it| !it.is_empty()).map(Into::into);
                hat.posts.push(Post { role, class });
            }
        }
        for (account, unsent) in unsent.map_or(Ok(HashMap::new()), |it| answers.to(&it).map(Unsent::read))? {
            if let Some(visitor) = found.get_mut(&account) {
                visitor.unsent = unsent;
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

tuple!(
    /// An account with one post of one of its persons.
    VisitorTuple {
        account: String = "a.id",
        hat: String = "a.hat",
        language: String = "a.language",
        reachable: i64 = "a.reachable",
        form: Option<String> = "f.body",
        waiting: i64 = "(SELECT COUNT(*) FROM inbox i WHERE i.account_id = a.id AND i.state = 'open')",
        person: Option<String> = "b.person_id",
        name: Option<String> = "p.name",
        person_language: Option<String> = "p.language",
        quiet_from: Option<String> = "p.quiet_from",
        quiet_to: Option<String> = "p.quiet_to",
        left_at: Option<i64> = "p.left_at",
        role: Option<String> = "o.role",
        class: Option<String> = "o.class_id",
        born: Option<String> = "p.born",
        grade: Option<String> = "c.grade",
        class_name: Option<String> = "c.name",
        school: Option<String> = "s.id",
        version: Option<i64> = "s.version",
    }
);
