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
    for (visitor, incoming) in batch {
        let Some(begins) = checks_in(&incoming.said) else { continue };
        for hat in visitor.hats.iter().filter(|it| may_own(it, Act::CheckIn)) {
            wanted.push(ahead(tx, hat, begins, now).await?);
        }
    }
    if wanted.is_empty() { Ok(()) } else { tx.read_ahead(&wanted).await }
}

/// Whether this may be a part of a check-in, and if so whether it begins one: then everybody around is asked for.
fn checks_in(said: &Said) -> Option<bool> {
    match said {
        Said::Command { name, .. } => (name == "checkin").then_some(true),
        Said::Press { data, .. } if data.starts_with("checkin:") => Some(true),
        Said::Press { data, .. } => data.starts_with("f:").then_some(false),
        Said::Text(_) => Some(false),
        _ => None,
    }
}

async fn ahead(tx: &mut Tx, hat: &Hat, begins: bool, now: At) -> Result<Ahead> {
    let rules = tx.rules_of(hat.school.clone()).await?;
    let record = checkin_of(&rules, &hat.person, now).1;
    Ok(Ahead {
        student: hat.person.clone(),
        day: rules.day(now),
        record: Some(record),
        around: begins,
        rules,
    })
}
