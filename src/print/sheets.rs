//! Sheets for those who are not in the chat: a student's report to fill in by hand, and a mentor's feedback with lines
//! for the family's answer. What comes back is entered by the mentor and counts like anything else.

use super::html::Html;
use crate::{
    school::{Act, Actor, At, Day, PersonId, Subject, Way, checkin_period, may},
    store::{Asks, CopyState, PersonRow, RecordRow, SchoolRules, Tx},
    text::{Phrase, Texts},
};
use anyhow::Result;

/// What can be asked on paper: the steps of the check-in, each with the prefix of its options and the options.
pub const QUESTIONS: [(&str, &str, &[&str]); 11] = [
    ("mood", "mood", &["1", "2", "3", "4", "5"]),
    ("study", "study", SCALE),
    ("life", "life", SCALE),
    ("sleep", "sleep", SCALE),
    ("health", "health", SCALE),
    ("friends", "friends", SCALE),
    ("class", "class", SCALE),
    ("family", "family", SCALE),
    ("joy", "joy", SCALE),
    ("goals", "goals", SCALE),
    ("talk", "wants", &["no", "yes"]),
];
const SCALE: &[&str] = &["1", "2", "3"];

/// Sheets, ready to be printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheets {
    school: String,
    language: String,
    /// Printed on this day.
    day: Day,
    sheets: Vec<Sheet>,
}

/// One of them, half a page.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Sheet {
    mentor: String,
    student: String,
    class: String,
    what: What,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum What {
    Checkin(Asks),
    Letter { author: String, guardian: String, relation: String, day: Day, fact: String, next: String },
}

/// The sheets of some mentors, of what they may see and do today; only of these students, where some are given.
pub async fn of_mentors(
    tx: &mut Tx,
    rules: &SchoolRules,
    mentors: &[PersonId],
    only: Option<&[PersonId]>,
    language: &str,
    now: At,
) -> Result<Sheets> {
    let day = rules.day(now);
    let mut sheets = Vec::new();
    for mentor in mentors {
        let Some(person) = tx.person(mentor).await?.filter(|it| !it.left && it.school == rules.school.id)
        else {
            continue;
        };
        let posts = tx.posts_of(mentor).await?;
        let students = tx.students_of(mentor, day).await?;
        for student in students.iter().filter(|it| only.is_none_or(|only| only.contains(&it.id))) {
            let subject = Subject {
                person: Some(&student.id),
                mentors: std::slice::from_ref(mentor),
                ..Subject::school(&rules.school.id)
            };
            let actor = Actor { person: mentor, school: &rules.school.id, posts: &posts, left: false };
            let sheet = |what| Sheet {
                mentor: person.name.clone(),
                student: student.name.clone(),
                class: student.class.clone(),
                what,
            };
            // Of several mentors one prints the report: the one who owes the talks.
            let all = tx.pairings_of(&student.id, day).await?;
            let is_first = all.first().is_none_or(|it| it.mentor == *mentor);
            if is_first && may(&actor, Act::LogCheckin, &subject) {
                let asks = asks_on_paper(tx, rules, &student.id, now).await?;
                sheets.extend(asks.map(|it| sheet(What::Checkin(it))));
            }
            if may(&actor, Act::ReadFeedback, &subject) {
                // Who wrote a letter prints it; of one who is no mentor of the student any more, the first does.
                let mine = |author: &PersonId| {
                    author == mentor || (is_first && all.iter().all(|it| it.mentor != *author))
                };
                sheets.extend(letters(tx, rules, student, mine).await?.into_iter().map(sheet));
            }
        }
    }
    Ok(Sheets { school: rules.school.name.clone(), language: language.to_owned(), day, sheets })
}

/// What a student is asked on paper, if at all: the school asks for reports, the student is not in the chat or a family has
/// not consented, and nobody has answered yet.
pub async fn asks_on_paper(
    tx: &mut Tx,
    rules: &SchoolRules,
    student: &PersonId,
    now: At,
) -> Result<Option<Asks>> {
    let today = rules.day(now);
    if rules.policy(today).checkin_period().is_none() || has_reported(tx, rules, student, now).await? {
        return Ok(None);
    }
    Ok(Some(tx.asks_of(rules, student, false, today).await?).filter(|it| it.way == Way::OnPaper))
}

/// Whether a student has said it in the running period, alone or with a guardian, before the phone was lost or the family
/// changed its mind.
pub async fn has_reported(tx: &mut Tx, rules: &SchoolRules, student: &PersonId, now: At) -> Result<bool> {
    let period = checkin_period(&rules.policy(rules.day(now)), &rules.calendar, rules.school.zone, now);
    let id = RecordRow::checkin_id(&rules.school.id, student, &period);
    let Some(kept) = tx.record(&id).await?.filter(|it| !it.undone) else { return Ok(false) };
    let by = kept.record.by;
    Ok(by == *student || tx.guardians_of(student).await?.iter().any(|it| it.id == by))
}

/// The feedbacks that have not reached a guardian who is not in the chat.
async fn letters(
    tx: &mut Tx,
    rules: &SchoolRules,
    student: &PersonRow,
    of: impl Fn(&PersonId) -> bool,
) -> Result<Vec<What>> {
    let mut letters = Vec::new();
    for id in tx.feedbacks_that_did_not_arrive(&rules.school.id, &student.id).await? {
        let Some(view) = tx.feedback(&id).await?.filter(|it| of(&it.feedback.author)) else { continue };
        let author = tx.person(&view.feedback.author).await?.map(|it| it.name).unwrap_or_default();
        let guardians: Vec<PersonId> = view.copies.iter().map(|it| it.guardian.clone()).collect();
        let addresses = tx.addresses(&guardians).await?;
        let is_here = |it: &PersonId| addresses.get(it).is_some_and(|it| it.reachable);
        for copy in view.copies.into_iter().filter(|it| it.state == CopyState::Unreachable) {
            if !is_here(&copy.guardian) {
                letters.push(What::Letter {
                    author: author.clone(),
                    guardian: copy.name,
                    relation: copy.relation,
                    day: view.feedback.at.day(rules.school.zone),
                    fact: view.feedback.fact.clone(),
                    next: view.feedback.next_step.clone(),
                });
            }
        }
    }
    Ok(letters)
}

impl Sheets {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.sheets.len()
    }

    /// Whether everybody is in the chat.
    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// The page, two sheets to a side; a mentor's first begins on a new one.
    pub fn html(&self, texts: &Texts) -> String {
        let title = Phrase::new("sheet-title").text("school", &self.school).day("day", self.day);
        let mut html = Html::new(texts, &self.language, &title);
        for (at, sheet) in self.sheets.iter().enumerate() {
            let is_next = at > 0 && self.sheets.get(at - 1).is_some_and(|it| it.mentor != sheet.mentor);
            let class = if is_next { "sheet next" } else { "sheet" };
            html.add(format_args!("<section class=\"{class}\">\n"));
            match &sheet.what {
                What::Checkin(asks) => self.checkin(&mut html, sheet, asks),
                What::Letter { author, guardian, relation, day, fact, next } => {
                    html.element("p", "school", &Phrase::new("sheet-letter").text("school", &self.school));
                    let relation = if relation.is_empty() { "other" } else { relation };
                    let dear = Phrase::new("sheet-dear")
                        .text("name", guardian)
                        .text("student", &sheet.student)
                        .phrase("relation", Phrase::new(format!("relation-{relation}")));
                    html.element("h1", "who", &dear);
                    html.element("p", "said", &Phrase::new("sheet-fact").text("fact", fact));
                    html.element("p", "said", &Phrase::new("sheet-next").text("next", next));
                    let from = Phrase::new("sheet-from").text("mentor", author).day("day", *day);
                    html.element("p", "from", &from);
                    html.element("p", "ask", &Phrase::new("sheet-answer"));
                    html.add(format_args!("{}\n", "<div class=\"line\"></div>".repeat(4)));
                    html.element("p", "sign", &Phrase::new("sheet-sign"));
                    html.element("p", "small", &Phrase::new("sheet-back").text("mentor", &sheet.mentor));
                }
            }
            html.add(format_args!("</section>\n"));
        }
        html.finish()
    }

    fn checkin(&self, html: &mut Html<'_>, sheet: &Sheet, asks: &Asks) {
        html.element("p", "school", &Phrase::new("sheet-checkin").text("school", &self.school));
        html.element("h1", "who", &Phrase::new("slip-who-student").text("name", &sheet.student));
        let of = Phrase::new("sheet-of").text("class", &sheet.class).text("mentor", &sheet.mentor);
        html.element("p", "of", &of);
        let is_asked = |step: &str| {
            ["mood", "talk"].contains(&step) || asks.questions.iter().any(|it| it.as_str() == step)
        };
        let voice = if asks.as_to_a_child { "-child" } else { "" };
        for (step, prefix, options) in QUESTIONS.into_iter().filter(|(step, ..)| is_asked(step)) {
            let goals = asks.goals.iter().map(|goal| Phrase::new("words-as-typed").text("words", goal));
            let question = Phrase::new(format!("form-checkin-{step}{voice}"));
            html.element("p", "ask", &question.list("words", goals.collect(), "joint-comma"));
            html.add(format_args!("<p class=\"boxes\">\n"));
            for option in options {
                html.element("span", "box", &Phrase::new(format!("{prefix}-{option}")));
            }
            html.add(format_args!("</p>\n"));
        }
        html.element("p", "ask", &Phrase::new("sheet-words"));
        html.add(format_args!("{}\n", "<div class=\"line\"></div>".repeat(2)));
        html.element("p", "small", &Phrase::new("sheet-return").text("mentor", &sheet.mentor));
    }
}
