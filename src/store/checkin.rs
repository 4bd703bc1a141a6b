//! How a student checks in today, and what is asked: the domain's rule over the store's rows.

use super::{SchoolRules, Tx};
use crate::school::{Body, Day, Kind, PersonId, Question, SchoolId, Way};
use anyhow::Result;

/// What a student's check-in is today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asks {
    /// How it is answered.
    pub way: Way,
    /// The guardians in the chat, where it is answered together.
    pub with: Vec<PersonId>,
    /// What is asked between the mood and the wish for a talk.
    pub questions: Vec<Question>,
    /// The goals that are asked about; none where nobody asks about goals.
    pub goals: Vec<String>,
    /// Whether it is asked in the words of a child.
    pub as_to_a_child: bool,
}

impl Asks {
    /// How many taps it takes: the mood, the questions, and the wish for a talk.
    pub fn taps(&self) -> usize {
        self.questions.len() + 2
    }
}

impl Tx {
    /// What the check-in of a student is today. Where the student is the one who speaks, nobody need be looked for.
    pub async fn asks_of(
        &mut self,
        rules: &SchoolRules,
        student: &PersonId,
        speaks: bool,
        today: Day,
    ) -> Result<Asks> {
        let policy = rules.policy(today);
        let view = self.consent_of(rules, student, today).await?;
        let (is_here, mut with) = match speaks {
            true => (true, Vec::new()),
            false => self.family_here(student).await?,
        };
        let way = policy.checkin.way(view.consent, &view.age, is_here, !with.is_empty(), today);
        if way != Way::Together {
            with.clear();
        }
        let asks_of_goals = policy.checkin.questions.contains(&Question::Goals);
        let goals = if asks_of_goals { self.goals_of(&rules.school.id, student).await? } else { Vec::new() };
        let is_asked = |it: &Question| *it != Question::Goals || !goals.is_empty();
        Ok(Asks {
            way,
            with,
            questions: policy.checkin.questions.iter().copied().filter(is_asked).collect(),
            as_to_a_child: way == Way::Together || policy.checkin.speaks_as_to_a_child(&view.age, today),
            goals,
        })
    }

    /// Whether messages reach a student, and which of the guardians they reach.
    async fn family_here(&mut self, student: &PersonId) -> Result<(bool, Vec<PersonId>)> {
        let guardians: Vec<PersonId> =
            self.guardians_of(student).await?.into_iter().map(|it| it.id).collect();
        let all: Vec<PersonId> = guardians.iter().chain([student]).cloned().collect();
        let addresses = self.addresses(&all).await?;
        let is_here = |it: &PersonId| addresses.get(it).is_some_and(|it| it.reachable);
        Ok((is_here(student), guardians.into_iter().filter(|it| is_here(it)).collect()))
    }

    /// The goals of a student's growth plan, if there is one.
    pub async fn goals_of(&mut self, school: &SchoolId, student: &PersonId) -> Result<Vec<String>> {
        let plan = self.latest(school, student, Kind::Plan).await?;
        Ok(match plan.map(|it| it.body) {
            Some(Body::Entry(mut it)) => it.answers.remove("goals").unwrap_or_default(),
            _ => Vec::new(),
        })
    }
}
