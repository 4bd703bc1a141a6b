//! One-time codes that bind an account to a person. Only their hashes are kept.

use super::{
    Dialect, Tx,
    sql::{args, int, int_or_zero, text, text_or_empty, these},
};
use crate::school::{AccountId, At, ClassId, PersonId, Role, SchoolId};
use anyhow::{Result, bail};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A code that is sent is good for three days.
pub const SENT_GOOD_FOR: TimeDelta = TimeDelta::hours(72);
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
    /// Too old.
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

/// A person who may join, and how that stands.
#[derive(Clone, Debug)]
pub struct InviteRow {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// 学号 or 工号; ''.
    pub number: String,
    /// What the person is.
    pub roles: Vec<Role>,
    /// The class: the person's own, or that of the first child.
    pub class_id: Option<ClassId>,
    /// Its name; ''.
    pub class: String,
    /// Of whom the person is a guardian, by name.
    pub children: Vec<String>,
    /// The relation to the first child, as a word; ''.
    pub relation: String,
    /// Used, open or expired; none was made yet for `None`.
    pub state: Option<InviteState>,
    /// Until when an open one is good.
    pub until: Option<At>,
}

/// Of whom it is asked how their invitations stand.
#[derive(Clone, Copy, Debug)]
pub enum Invitees<'a> {
    /// Everybody at the school.
    All,
    /// Who has to do with a class: its students, their families, its teachers, the mentors of its students.
    OfClass(&'a ClassId),
    /// One person.
    One(&'a PersonId),
}

/// A fresh code: 128 random bits as 22 characters that a link may carry. The first one is a letter, so that a code is never
/// taken for an option or a formula.
pub fn fresh_code() -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: u128 = rand::random();
    (0..22).rev().map(|place| char::from(SIGNS[(bits >> (6 * place)) as usize & 63])).collect()
}

/// What is kept of a code.
pub fn hash_code(code: &str) -> String {
    Sha256::digest(code.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Tx {
    /// Looks at a code that an account sent. Nothing is used up yet.
    pub async fn look_at_code(&mut self, account: &AccountId, code: &str, now: At) -> Result<Redeemed> {
        let sql = "SELECT COUNT(*) AS n FROM wrong_code WHERE account_id = $1 AND at > $2";
        let hour_ago = now.minus(TimeDelta::hours(1));
        let wrong = self.row(sql, args![account, hour_ago]).await?;
        if wrong.map(|row| int(&row, "n")).transpose()?.unwrap_or(0) >= WRONG_AN_HOUR {
            return Ok(Redeemed::TooMany);
        }
        // Of two processes that look at one code at once, the second waits, and finds it used.
        let lock = if self.dialect == Dialect::Postgres { "FOR UPDATE OF i" } else { "" };
        let sql = format!(
            "SELECT i.school_id, i.person_id, i.expires_at, i.used_at, i.revoked_at, p.left_at
             FROM invite i JOIN person p ON p.id = i.person_id WHERE i.code_hash = $1 {lock}"
        );
        let Some(row) = self.row(&sql, args![hash_code(code)]).await? else { return Ok(Redeemed::Unknown) };
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

    /// Who may join: staff first, then class by class, each student before the family.
    pub async fn invites(
        &mut self,
        school: &SchoolId,
        whose: Invitees<'_>,
        now: At,
    ) -> Result<Vec<InviteRow>> {
        let mut args = args![school];
        let only = match whose {
            Invitees::All => "",
            Invitees::OfClass(class) => {
                args.push(class.into());
                "AND p.id IN (SELECT person_id FROM post WHERE school_id = $1 AND class_id = $2
                     UNION SELECT y.guardian_id FROM post s JOIN guardianship y ON y.student_id = s.person_id
                         WHERE s.school_id = $1 AND s.role = 'student' AND s.class_id = $2
                     UNION SELECT r.mentor_id FROM post s JOIN pairing r ON r.student_id = s.person_id
                         WHERE s.school_id = $1 AND s.role = 'student' AND s.class_id = $2)"
            }
            Invitees::One(person) => {
                args.push(person.into());
                "AND p.id = $2"
            }
        };
        let sql = format!("SELECT p.id, p.name, p.number, o.role, c.id AS class_id, c.name AS class, k.name AS child, g.relation,
                       kc.id AS child_class_id, kc.name AS child_class,
                       (SELECT COUNT(*) FROM binding b WHERE b.person_id = p.id AND b.revoked_at = 0) AS bound,
                       (SELECT MAX(i.expires_at) FROM invite i WHERE i.school_id = p.school_id AND i.person_id = p.id
                        AND i.used_at = 0 AND i.revoked_at = 0) AS until
                   FROM person p JOIN post o ON o.person_id = p.id
                   LEFT JOIN class c ON c.school_id = p.school_id AND c.id = o.class_id
                   LEFT JOIN guardianship g ON g.guardian_id = p.id
                   LEFT JOIN person k ON k.id = g.student_id
                   LEFT JOIN post ko ON ko.person_id = k.id AND ko.role = 'student'
                   LEFT JOIN class kc ON kc.school_id = p.school_id AND kc.id = ko.class_id
                   WHERE p.school_id = $1 AND p.left_at = 0 {only}
                   ORDER BY CASE WHEN o.role IN ('student', 'guardian') THEN 1 ELSE 0 END, COALESCE(kc.name, c.name, ''),
                       COALESCE(k.number, p.number), COALESCE(k.id, p.id), o.role DESC, p.id");
        let mut rows: Vec<InviteRow> = Vec::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        for row in self.rows(&sql, args).await? {
            let role: Role = text(&row, "role")?.parse()?;
            let id = text(&row, "id")?;
            // A person comes once for each post and each child.
            if let Some(known) = at.get(&id).and_then(|at| rows.get_mut(*at)) {
                if known.class.is_empty() {
                    (known.class_id, known.class) = class_in(&row)?;
                }
                let child = text_or_empty(&row, "child")?;
                if !child.is_empty() && !known.children.contains(&child) {
                    known.children.push(child);
                }
                if !known.roles.contains(&role) {
                    known.roles.push(role);
                    known.roles.sort_unstable();
                }
                continue;
            }
            at.insert(id.clone(), rows.len());
            let until = int_or_zero(&row, "until")?;
            let state = match until {
                _ if int_or_zero(&row, "bound")? > 0 => Some(InviteState::Used),
                0 => None,
                until if until > now.0 => Some(InviteState::Open),
                _ => Some(InviteState::Expired),
            };
            let (class_id, class) = class_in(&row)?;
            let child = text_or_empty(&row, "child")?;
            rows.push(InviteRow {
                person: id.into(),
                name: text(&row, "name")?,
                number: text(&row, "number")?,
                roles: vec![role],
                class_id,
                class,
                children: Some(child).filter(|it| !it.is_empty()).into_iter().collect(),
                relation: text_or_empty(&row, "relation")?,
                until: (state == Some(InviteState::Open)).then_some(At(until)),
                state,
            });
        }
        Ok(rows)
    }

    /// Uses a code up; a fault if another was faster, which rolls everything back.
    pub(super) async fn use_code(&mut self, hash: &str, now: At) -> Result<()> {
        let sql = "UPDATE invite SET used_at = $1 WHERE code_hash = $2 AND used_at = 0 AND revoked_at = 0";
        match self.run(sql, args![now, hash]).await? {
            1 => Ok(()),
            _ => bail!("a code was used twice at once"),
        }
    }

    /// Makes a code for each of these persons, in place of older open ones: (person, the hash of its code), good until then.
    pub async fn add_invites(
        &mut self,
        school: &SchoolId,
        codes: &[(PersonId, String)],
        until: At,
        now: At,
    ) -> Result<()> {
        let persons = these(codes.iter().map(|(person, _)| person));
        let sql =
            "UPDATE invite SET revoked_at = $1 WHERE used_at = 0 AND revoked_at = 0 AND person_id IN [$2]";
        self.run(sql, vec![now.into(), persons]).await?;
        let rows = codes.iter().map(|(person, hash)| args![school, person, hash, now, until]).collect();
        let head = "INSERT INTO invite (school_id, person_id, code_hash, made_at, expires_at)";
        self.insert(head, rows, "").await.map(drop)
    }

    /// Open codes of a person open nothing any more.
    pub(super) async fn revoke_invites(&mut self, person: &PersonId, now: At) -> Result<()> {
        let sql = "UPDATE invite SET revoked_at = $1 WHERE person_id = $2 AND used_at = 0 AND revoked_at = 0";
        self.run(sql, args![now, person]).await.map(drop)
    }
}

/// The class of a row: the person's own, or that of the child.
fn class_in(row: &sqlx::any::AnyRow) -> Result<(Option<ClassId>, String)> {
    for (id, name) in [("class_id", "class"), ("child_class_id", "child_class")] {
        let id = text_or_empty(row, id)?;
        if !id.is_empty() {
            return Ok((Some(id.into()), text_or_empty(row, name)?));
        }
    }
    Ok((None, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_fits_a_link_and_no_two_are_alike() {
        let codes: std::collections::HashSet<String> = (0..500).map(|_| fresh_code()).collect();
        assert_eq!(codes.len(), 500);
        for code in codes {
            assert_eq!(code.len(), 22);
            assert!(code.starts_with(|c: char| c.is_ascii_alphabetic()), "{code}");
            assert!(code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{code}");
        }
    }
}
