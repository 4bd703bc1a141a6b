//! A form that is being filled in: what has been answered so far.

use super::{
    form::{Form, Step},
    lines::plain,
};
use crate::{
    clock::fresh_id,
    school::{AboutId, At, Day, PersonId, RecordId},
    text::Phrase,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A form that is being filled in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Filling {
    /// The form.
    pub form: String,
    /// Tells this filling's buttons from older ones.
    pub id: String,
    /// The person who fills it in: an account may have several hats.
    pub person: PersonId,
    /// The step that is open; '' when nothing is asked.
    pub step: String,
    /// Answers by step.
    #[serde(default)]
    pub answers: BTreeMap<String, Vec<String>>,
    /// Steps whose answer is final.
    #[serde(default)]
    pub done: Vec<String>,
    /// Students that were picked, with their names.
    #[serde(default)]
    pub who: Vec<(PersonId, String)>,
    /// The class, group, school or member of staff that it is about, with its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matter: Option<(AboutId, String)>,
    /// Steps of the form that this one does not ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skips: Vec<String>,
    /// Words that the question of a step carries: the goals that it asks about.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, Vec<String>>,
    /// In which voice the voiced steps are asked, such as `child`; '' for the usual one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub voice: String,
    /// What else it is about: the words it answers.
    #[serde(default)]
    pub about: String,
    /// The record it makes: the same one for each addition.
    pub record: RecordId,
    /// When it was finished first.
    #[serde(default)]
    pub saved: Option<At>,
    /// When the person saw it last.
    #[serde(default)]
    pub shown: Option<At>,
    /// The page of a long list.
    #[serde(default)]
    pub page: usize,
    /// A part of the name for which a list of people is searched; '' for all of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub find: String,
    /// The message on which it stands, once a press has told.
    #[serde(default)]
    pub message: Option<i64>,
    /// The half-written form that this one took the place of: it goes on when this one is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<Box<Filling>>,
}

impl Filling {
    /// An empty form for a person.
    pub fn new(form: &Form, person: &PersonId) -> Filling {
        let id: String = fresh_id::<RecordId>().as_str().chars().rev().take(8).collect();
        Filling {
            form: form.name.to_owned(),
            id,
            person: person.clone(),
            step: String::new(),
            answers: BTreeMap::new(),
            done: Vec::new(),
            who: Vec::new(),
            matter: None,
            skips: Vec::new(),
            words: BTreeMap::new(),
            voice: String::new(),
            about: String::new(),
            record: fresh_id(),
            saved: None,
            shown: None,
            page: 0,
            find: String::new(),
            message: None,
            parked: None,
        }
    }

    /// With a student who is already picked.
    pub fn with_student(mut self, step: &str, student: &PersonId, name: &str) -> Filling {
        self.who = vec![(student.clone(), name.to_owned())];
        self.done.push(step.to_owned());
        self
    }

    /// About a class, a group, the school, or a member of staff.
    pub fn with_matter(mut self, id: impl Into<AboutId>, name: &str) -> Filling {
        self.matter = Some((id.into(), name.to_owned()));
        self.settle("matter");
        self
    }

    /// Whether a step is asked at all, by what was answered so far.
    pub fn asks(&self, step: &Step) -> bool {
        let met = step.only_if.is_none_or(|(other, answer)| self.one(other) == Some(answer));
        met && !(step.of_one && self.who.len() > 1) && !self.skips.iter().any(|it| it == step.name)
    }

    /// The question of a step, in the voice of this filling and with the words that it carries.
    pub(super) fn question(&self, form: &Form, step: &Step) -> Phrase {
        let key = match step.voiced && !self.voice.is_empty() {
            true => format!("{}-{}", step.key(form.name), self.voice),
            false => step.key(form.name),
        };
        let question = Phrase::new(key);
        match self.words.get(step.name) {
            Some(words) => question.list("words", words.iter().map(plain).collect(), "joint-comma"),
            None => question,
        }
    }

    /// Drops the answers to steps that are not asked any more, since another answer was changed.
    pub(super) fn forget_unasked(&mut self, form: &Form) {
        for step in form.steps.iter().filter(|step| step.only_if.is_some() || step.of_one) {
            if !self.asks(step) {
                self.answers.remove(step.name);
                self.done.retain(|it| it != step.name);
            }
        }
    }

    /// The one answer of a step.
    pub fn one(&self, step: &str) -> Option<&str> {
        self.answers.get(step).and_then(|values| values.first()).map(String::as_str)
    }

    /// All answers of a step.
    pub fn all(&self, step: &str) -> &[String] {
        self.answers.get(step).map_or(&[], Vec::as_slice)
    }

    /// When it was said: the first time counts, whenever something is added.
    pub fn said_at(&self, now: At) -> At {
        self.saved.unwrap_or(now)
    }

    /// The day that was chosen, or else the day on which it was said.
    pub fn day(&self, now: At, zone: Tz) -> Day {
        self.one("day").and_then(|day| day.parse().ok()).unwrap_or(self.said_at(now).day(zone))
    }

    pub(super) fn answer(&mut self, step: &str, value: String) {
        self.answers.insert(step.to_owned(), vec![value]);
        self.settle(step);
    }

    pub(super) fn settle(&mut self, step: &str) {
        if !self.done.iter().any(|it| it == step) {
            self.done.push(step.to_owned());
        }
    }

    pub(super) fn is_done(&self, step: &str) -> bool {
        self.done.iter().any(|it| it == step)
    }
}
