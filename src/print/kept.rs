//! What is kept about a person, as a page that the person or the family can read and keep (PIPL, art. 45).
//!
//! Everybody reads what the table of rights lets that person read and no more: a family does not read what a child wrote to the
//! mentor, nobody the working notes of a teacher. What is there and not shown is counted, with the reason.

use super::html::Html;
use crate::{
    school::{At, Body, Checkin, Consent, Day, PersonId, Record, Said},
    store::{FeedbackView, SchoolRules, Tx},
    text::{Phrase, Texts},
};
use anyhow::Result;

/// The page.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    school: String,
    language: String,
    name: String,
    day: Day,
    parts: Vec<Part>,
    reader: Reader,
}

/// A heading with its lines.
#[derive(Clone, PartialEq, Debug)]
struct Part {
    title: &'static str,
    lines: Vec<Phrase>,
}

/// Who reads it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reader {
    Guardian,
    Student,
    Staff,
}

/// What is kept about a person, as far as the reader may read it; `None` where the person is not there.
pub async fn of(
    tx: &mut Tx,
    rules: &SchoolRules,
    about: &PersonId,
    reader: &PersonId,
    language: &str,
    now: At,
) -> Result<Option<Kept>> {
    let school = &rules.school;
    let Some(entry) = tx.entry(&school.id, about).await?.filter(|it| !it.name.is_empty()) else {
        return Ok(None);
    };
    let posts = tx.posts_of(about).await?;
    let role = match (about == reader, posts.iter().any(|it| it.role.is_staff())) {
        (true, true) => Reader::Staff,
        (true, false) => Reader::Student,
        (false, _) => Reader::Guardian,
    };
    let day = |at: At| at.day(school.zone).to_string();
    let mut parts = Vec::new();

    let mut lines = vec![field("kept-name", &entry.name)];
    let class = tx.person(about).await?.map(|it| it.class).unwrap_or_default();
    for (key, value) in [
        ("kept-number", &entry.number),
        ("kept-class", &class),
        ("kept-born", &entry.born),
        ("kept-phone", &entry.phone),
    ] {
        lines.extend((!value.is_empty()).then(|| field(key, value)));
    }
    let roles = posts.iter().map(|it| Phrase::new(format!("role-{}", it.role))).collect();
    lines.push(Phrase::new("kept-roles").list("roles", roles, "joint-comma"));
    lines.push(Phrase::new("kept-since").text("day", day(entry.since)));
    for guardian in tx.guardians_of(about).await? {
        let relation = if guardian.relation.is_empty() { "other" } else { &guardian.relation };
        lines.push(
            Phrase::new("kept-guardian")
                .phrase("relation", Phrase::new(format!("relation-{relation}")))
                .text("name", &guardian.name),
        );
    }
    for it in tx.mentored(about).await? {
        let until = it.until.map_or(Phrase::new("kept-until-now"), |day| {
            Phrase::new("kept-until").text("day", day.to_string())
        });
        lines.push(
            Phrase::new("kept-mentor")
                .text("name", it.mentor)
                .text("since", it.since.to_string())
                .phrase("until", until),
        );
    }
    parts.push(Part { title: "kept-entry", lines });

    // The account of whoever reads, and of nobody else.
    let own = match role {
        Reader::Guardian => tx.entry(&school.id, reader).await?,
        Reader::Student | Reader::Staff => Some(entry),
    };
    if let Some(own) = own {
        let mut lines = Vec::new();
        if role == Reader::Guardian {
            lines.push(field("kept-name", &own.name));
            lines.extend((!own.phone.is_empty()).then(|| field("kept-phone", &own.phone)));
        }
        for (account, since, is_now) in &own.accounts {
            let key = if *is_now { "kept-account" } else { "kept-account-old" };
            lines.push(Phrase::new(key).text("account", account.as_str()).text("day", day(*since)));
        }
        let quiet = format!("{}–{}", own.quiet.0, own.quiet.1);
        lines.extend((!own.quiet.0.is_empty()).then(|| field("kept-quiet", &quiet)));
        parts.push(Part { title: "kept-you", lines });
    }

    if role != Reader::Staff {
        let guardians = tx.guardians_of(about).await?;
        let mut lines = Vec::new();
        for it in tx.decisions(about).await? {
            let relation =
                guardians.iter().find(|who| who.id == it.guardian).map_or("other", |it| &it.relation);
            let key = match it.said {
                Said::Given => "kept-consent-given",
                Said::Refused => "kept-consent-refused",
                Said::Withdrawn => "kept-consent-withdrawn",
            };
            lines.push(
                Phrase::new(key)
                    .text("day", day(it.at))
                    .phrase("relation", Phrase::new(format!("relation-{relation}")))
                    .number("version", it.version),
            );
        }
        if tx.consent_of(rules, about, rules.day(now)).await?.consent == Consent::NotNeeded {
            lines.push(Phrase::new("kept-consent-not-needed"));
        }
        parts.push(Part { title: "kept-consent", lines });
        parts.extend(records(tx, rules, about, role).await?);
        parts.push(feedbacks(tx, rules, about, reader, role).await?);
    }
    let words = tx.words_of(reader).await?;
    let words = words.into_iter().filter(|it| role != Reader::Guardian || it.student == *about);
    let mut lines = Vec::new();
    for it in words {
        let key = if it.from == *reader { "kept-word-by-you" } else { "kept-word-to-you" };
        lines.push(Phrase::new(key).text("day", day(it.at)).text("words", it.body));
    }
    parts.push(Part { title: "kept-words", lines });
    if role == Reader::Staff {
        let count = tx.records_by(about).await?;
        let lines = vec![Phrase::new("kept-written").number("count", count)];
        parts.push(Part { title: "kept-records", lines });
    }
    Ok(Some(Kept {
        school: school.name.clone(),
        language: language.to_owned(),
        name: tx.person(about).await?.map(|it| it.name).unwrap_or_default(),
        day: rules.day(now),
        parts,
        reader: role,
    }))
}

/// Check-ins, wishes, talks and contacts. A student reads the own answers; a family reads that there were some.
async fn records(tx: &mut Tx, rules: &SchoolRules, about: &PersonId, role: Reader) -> Result<Vec<Part>> {
    let (mut answers, mut talks, mut others) = (Vec::new(), Vec::new(), 0);
    for it in tx.all_records_about(&rules.school.id, about).await? {
        let by = tx.person(&it.by).await?.map(|it| it.name).unwrap_or_default();
        match &it.body {
            Body::Checkin(said) if role == Reader::Student => answers.push(answer(&it, said)),
            Body::Checkin(_) => {
                answers.push(Phrase::new("kept-checkin-made").text("day", it.day.to_string()))
            }
            Body::Wish if role == Reader::Student => {
                answers.push(Phrase::new("kept-wish").text("day", it.day.to_string()))
            }
            Body::Wish => {}
            Body::Talk(talk) => {
                let topics = talk.topics.iter().map(|it| Phrase::new(format!("topic-{it}"))).collect();
                talks.push(talked(it.day, by, topics));
            }
            Body::Contact(contact) => {
                let form = Phrase::new(format!("contact-{}", contact.form));
                talks.push(
                    Phrase::new("kept-contact")
                        .text("day", it.day.to_string())
                        .text("mentor", by)
                        .phrase("form", form),
                );
            }
            Body::Entry(_) => others += 1,
        }
    }
    if others > 0 {
        talks.push(Phrase::new("kept-others").number("count", others));
    }
    Ok(vec![Part { title: "kept-checkins", lines: answers }, Part { title: "kept-talks", lines: talks }])
}

fn talked(day: Day, by: String, topics: Vec<Phrase>) -> Phrase {
    let line = day.to_string();
    Phrase::new("kept-talk").list("topics", topics, "joint-comma").text("day", line).text("mentor", by)
}

fn answer(it: &Record, said: &Checkin) -> Phrase {
    let given =
        |step: &str, word: String| Phrase::new(format!("said-{step}")).phrase("said", Phrase::new(word));
    let mut answers = vec![given("mood", format!("mood-{}", said.mood))];
    let scales = said.answered().map(|(question, value)| (question, format!("{question}-{value}")));
    answers.extend(scales.map(|(question, word)| given(question.as_str(), word)));
    answers.push(given("talk", format!("wants-{}", if said.wants_talk { "yes" } else { "no" })));
    Phrase::new("kept-checkin")
        .text("day", it.day.to_string())
        .list("answers", answers, "joint-comma")
        .text("line", said.line.clone().unwrap_or_default())
}

/// A family reads the letters that went to it; a student reads that there were some.
async fn feedbacks(
    tx: &mut Tx,
    rules: &SchoolRules,
    about: &PersonId,
    reader: &PersonId,
    role: Reader,
) -> Result<Part> {
    let to = (role == Reader::Guardian).then_some(reader);
    let line = |it: FeedbackView| {
        let day = it.feedback.at.day(rules.school.zone).to_string();
        match role {
            Reader::Guardian => Phrase::new("kept-feedback")
                .text("day", day)
                .text("mentor", it.author)
                .text("fact", it.feedback.fact)
                .text("next", it.feedback.next_step),
            _ => Phrase::new("kept-feedback-made").text("day", day).text("mentor", it.author),
        }
    };
    let lines = tx.feedbacks_about(about, to).await?.into_iter().map(line).collect();
    Ok(Part { title: "kept-feedbacks", lines })
}

fn field(key: &'static str, value: &str) -> Phrase {
    Phrase::new(key).text("value", value)
}

impl Kept {
    /// About whom.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The page.
    pub fn html(&self, texts: &Texts) -> String {
        let title = Phrase::new("kept-title").text("name", &self.name).text("school", &self.school);
        let mut html = Html::new(texts, &self.language, &title);
        html.add(format_args!("<section class=\"kept\">\n"));
        html.element("h1", "who", &title);
        html.element("p", "small", &Phrase::new("kept-day").text("day", self.day.to_string()));
        for part in &self.parts {
            html.element("h2", "", &Phrase::new(part.title));
            if part.lines.is_empty() {
                html.element("p", "small", &Phrase::new("kept-nothing"));
                continue;
            }
            html.add(format_args!("<ul>\n"));
            for line in &part.lines {
                html.element("li", "", line);
            }
            html.add(format_args!("</ul>\n"));
        }
        html.element("h2", "", &Phrase::new("kept-not-here"));
        let why = match self.reader {
            Reader::Guardian => "kept-why-guardian",
            Reader::Student => "kept-why-student",
            Reader::Staff => "kept-why-staff",
        };
        for key in [why, "kept-why-technical", "kept-rights"] {
            html.element("p", "text", &Phrase::new(key));
        }
        html.add(format_args!("</section>\n"));
        html.finish()
    }
}
