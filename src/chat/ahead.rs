//! What answers will ask of the database, guessed from what was said before any is worked out. On a Friday afternoon a whole
//! school checks in at once: the same few questions about each student are asked once for all of them.

use super::{Incoming, Said, checkin::checkin_of, desk::may_own};
use crate::{
    school::{Act, At},
    store::{Ahead, Hat, Tx, Visitor},
};
use anyhow::Result;

/// Reads ahead for a batch.
pub async fn look(tx: &mut Tx, batch: &[(&Visitor, &Incoming)], now: At) -> Result<()> {
    let mut wanted = Vec::new();
    for (visitor, _) in batch.iter().filter(|(_, incoming)| may_check_in(&incoming.said)) {
        for hat in visitor.hats.iter().filter(|it| may_own(it, Act::CheckIn)) {
            wanted.push(ahead(tx, hat, now).await?);
        }
    }
    if wanted.is_empty() { Ok(()) } else { tx.read_ahead(&wanted).await }
}

/// Whether this may be a part of a check-in.
fn may_check_in(said: &Said) -> bool {
    match said {
        Said::Command { name, .. } => name == "checkin",
        Said::Press { data, .. } => data.starts_with("checkin:") || data.starts_with("f:"),
        Said::Text(_) => true,
        _ => false,
    }
}

async fn ahead(tx: &mut Tx, hat: &Hat, now: At) -> Result<Ahead> {
    let rules = tx.rules_of(&hat.school).await?;
    let (_, record) = checkin_of(&rules, &hat.person, now);
    Ok(Ahead { student: hat.person.clone(), age: hat.age.clone(), day: rules.day(now), record, rules })
}
