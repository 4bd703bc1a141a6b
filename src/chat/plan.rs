//! The growth plan 成长计划 that mentor and student draw up together (M).

use super::{Message, Refusal, Trouble, desk::Desk, entry, filling::Filling, form::Finished, mentor};
use crate::{school::Body, store::Hat, text::Phrase};
use futures_util::{FutureExt, future::BoxFuture};

/// So many goals are enough.
const GOALS: usize = 3;

/// The plan on record, a goal a line; the student is told what was agreed, once.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    async move {
        let goals = goals(filling.one("goals").unwrap_or_default());
        if goals.is_empty() || goals.len() > GOALS {
            return Err(Refusal::ThreeGoals.into());
        }
        let (mut entry, said) = entry::entry(filling)?;
        entry.answers.insert("goals".to_owned(), goals.clone());
        let mut finished = mentor::record(desk, hat, filling, Body::Entry(entry), said).await?;
        if filling.saved.is_none()
            && let Some((student, _)) = filling.who.first()
        {
            let goals = goals.iter().map(|goal| Phrase::new("plan-goal").text("goal", goal)).collect();
            let phrase = Phrase::new("plan-told").text("mentor", &hat.name).list("goals", goals, "\n");
            let reached = desk.read().await?.addresses(std::slice::from_ref(student)).await?;
            if reached.get(student).is_some_and(|it| it.reachable) {
                finished.messages.push(Message::to(student, phrase));
            }
        }
        Ok(finished)
    }
    .boxed()
}

/// The goals in what was typed: a line each, without the numbers that people put before them.
fn goals(words: &str) -> Vec<String> {
    // In Chinese a number is followed by marks of its own; "5-10" and "3 books" are no numbered lines.
    let ends_number = |c: char| ['.', ')'].contains(&c) || !(c.is_ascii() || c.is_alphanumeric());
    let bare = |line: &str| {
        let line = line.trim();
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = rest.len() < line.len() && rest.starts_with(ends_number);
        let line = if numbered { rest.trim_start_matches(ends_number) } else { line };
        line.trim_start_matches(['-', '*', '\u{2022}', '\u{b7}', '\u{2014}']).trim().to_owned()
    };
    words.lines().map(bare).filter(|goal| !goal.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_a_line_and_its_number_is_no_part_of_it() {
        assert_eq!(
            goals("1. 每天读半小时书\n2、 按时睡觉\n\n- 少玩手机"),
            ["每天读半小时书", "按时睡觉", "少玩手机"]
        );
        assert_eq!(goals("800米跑进4分钟"), ["800米跑进4分钟"], "a number that belongs to the goal stays");
        assert_eq!(goals("5-10页\n3 本书"), ["5-10页", "3 本书"]);
        assert!(goals(" \n ").is_empty());
    }
}
