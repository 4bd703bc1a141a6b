//! The small phrases that several rooms say.

use crate::{
    school::{About, AboutId, Contact, Day, Duty, Kind, Policy, Relation, Talk, TalkForm},
    store::Tx,
    text::Phrase,
};
use anyhow::Result;
use std::collections::HashMap;

/// At most so many lines; one more counts the others.
pub fn capped(
    lines: impl ExactSizeIterator<Item = Phrase>,
    shown: usize,
    more: impl Fn(usize) -> Phrase,
) -> Vec<Phrase> {
    let others = lines.len().saturating_sub(shown);
    let counted = (others > 0).then(|| more(others));
    lines.take(shown).chain(counted).collect()
}

/// What is said in one line: what the same person owes by the same rule and day about several, in the order in which each comes
/// first; and what else has to be the same.
pub fn together<K: PartialEq>(duties: &[Duty], else_same: impl Fn(&Duty) -> K) -> Vec<Vec<&Duty>> {
    let key =
        |it: &Duty| (it.owes.clone(), it.rule.clone(), it.due, it.wish, it.scope, it.progress, else_same(it));
    let mut groups: Vec<Vec<&Duty>> = Vec::new();
    for duty in duties {
        // What meetings resolved is each a thing of its own.
        let alike = |it: &&mut Vec<&Duty>| {
            duty.scope != About::Resolution && it.first().is_some_and(|first| key(first) == key(duty))
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(duty),
            None => groups.push(vec![duty]),
        }
    }
    groups
}

/// The names of what several duties are about; of many the first few, and how many they are.
pub fn about(names: &Names, duties: &[&Duty]) -> Phrase {
    const NAMED: usize = 6;
    let shown = duties.iter().take(NAMED).map(|it| plain(name(names, &it.about))).collect();
    let key = if duties.len() > NAMED { "names-more" } else { "list" };
    let phrase = Phrase::new(key);
    match duties.len() > NAMED {
        true => phrase.list("items", shown, "joint-comma").number("count", duties.len()),
        false => phrase.list("items", shown, "joint-comma"),
    }
}

/// What people call persons, classes, groups and the school.
pub type Names = HashMap<AboutId, String>;

/// What a mentor still owes about a student, as the mentor reads it.
pub fn due(duty: &Duty, policy: &Policy, today: Day) -> Phrase {
    if duty.wish {
        return Phrase::new("due-wish");
    }
    // Its day has passed, and no day has run since: on days off nothing is late.
    let stands_still = duty.due < today && duty.overdue_days == 0;
    if duty.scope == About::Resolution {
        return match () {
            () if duty.due > today => Phrase::new("due-resolved-by").day("day", duty.due),
            () if stands_still => Phrase::new("due-resolved-was").day("day", duty.due),
            () => Phrase::new("due-resolved").number("days", duty.overdue_days),
        };
    }
    let form = policy.rule(&duty.rule).and_then(|rule| rule.form);
    let what = match form {
        Some(form) => Phrase::new(format!("{}-{form}", duty.kind)),
        None => Phrase::new(format!("duty-{}", duty.kind)),
    };
    let what = match duty.progress {
        Some((done, of)) => {
            Phrase::new("due-progress").phrase("what", what).number("done", done).number("of", of)
        }
        None => what,
    };
    if duty.due > today {
        return Phrase::new("due-by").phrase("what", what).day("day", duty.due);
    }
    if stands_still {
        return Phrase::new("due-was").phrase("what", what).day("day", duty.due);
    }
    // A first talk is something else than a first meeting of the term.
    let first = duty.never && matches!(duty.kind, Kind::Talk | Kind::Contact);
    let key = if first { "due-first" } else { "due-again" };
    Phrase::new(key).phrase("what", what).number("days", duty.overdue_days)
}

/// The same for others than the mentor: whom the student would like to talk with is not the reader.
pub fn due_of_mentor(duty: &Duty, policy: &Policy, today: Day) -> Phrase {
    match duty.wish {
        true => Phrase::new("due-wish-of-mentor").number("days", duty.overdue_days),
        false => due(duty, policy, today),
    }
}

/// A talk in a few words: its topics, and how they talked where it was not in person.
pub fn talk_said(talk: &Talk) -> Phrase {
    let topics = talk.topics.iter().map(|it| Phrase::new(format!("topic-{it}"))).collect();
    match talk.form {
        TalkForm::InPerson => Phrase::new("record-talk").list("topics", topics, "joint-comma"),
        form => {
            let way = Phrase::new(format!("talk-{form}"));
            Phrase::new("record-talk-by").phrase("way", way).list("topics", topics, "joint-comma")
        }
    }
}

/// A contact in a few words: its form, and who came along.
pub fn contact_said(contact: &Contact) -> Phrase {
    let with = match &contact.joint {
        Some(joint) => Phrase::new(format!("record-joint-{joint}")),
        None => Phrase::new("nothing"),
    };
    let how = Phrase::new(format!("contact-{}", contact.form));
    Phrase::new("record-contact").phrase("form", how).phrase("joint", with)
}

/// How a letter to a family is signed: as the school says, or in the words of the reader's language.
pub fn signature(signed: &str, mentor: &str, school: &str) -> Phrase {
    match signed {
        "" => Phrase::new("signature").text("mentor", mentor),
        signed => plain(signed.replace("{mentor}", mentor).replace("{school}", school)),
    }
}

/// Words as a person wrote them, or a name.
pub fn plain(words: impl Into<String>) -> Phrase {
    Phrase::new("words-as-typed").text("words", words)
}

/// The beginning of words that are too long for a button.
pub fn short(words: &str) -> String {
    const LABEL: usize = 16;
    let short: String = words.chars().take(LABEL).collect();
    if short == words { short } else { format!("{short}…") }
}

/// A guardian as a school speaks of one: by child and relation, never by name or number.
pub fn family(student: &str, relation: &str) -> Phrase {
    let relation = relation.parse().unwrap_or(Relation::Other);
    Phrase::new("family-name")
        .text("student", student)
        .phrase("relation", Phrase::new(format!("relation-{relation}")))
}

/// How long ago a day is.
pub fn ago(day: Option<Day>, today: Day) -> Phrase {
    match day {
        Some(day) => Phrase::new("ago").number("days", (today - day).num_days()),
        None => Phrase::new("ago-never"),
    }
}

/// Moods (1..=5), oldest first, as bars of growing height.
pub fn trend(moods: &[u8]) -> String {
    const BARS: [char; 5] = ['▁', '▂', '▄', '▆', '█'];
    moods.iter().map(|mood| BARS[usize::from((*mood).clamp(1, 5)) - 1]).collect()
}

/// Whom and what duties name.
pub async fn names(tx: &mut Tx, duties: &[Duty]) -> Result<Names> {
    let mut ids: Vec<AboutId> = duties.iter().flat_map(|it| [(&it.owes).into(), it.about.clone()]).collect();
    ids.sort();
    ids.dedup();
    tx.names_of(&ids).await
}

/// What somebody or something is called; '' for what is not there any more.
pub fn name(names: &Names, id: impl Into<AboutId>) -> &str {
    names.get(&id.into()).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_rises_with_the_mood_and_stays_on_its_scale() {
        assert_eq!(trend(&[1, 2, 3, 4, 5]), "▁▂▄▆█");
        assert_eq!(trend(&[0, 9]), "▁█");
        assert_eq!(trend(&[]), "");
    }
}
