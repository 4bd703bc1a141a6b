//! Slips: a personal invitation on paper for everybody who is not in the chat yet. Printing makes new codes, since only
//! the hash of a code is kept: what was sent or printed for these persons before opens nothing any more.

use super::{html::Html, qr};
use crate::{
    school::{At, ClassId, Day, PersonId, Role, SchoolId, TEXT_VERSION},
    store::{InviteRow, InviteState, Invitees, SchoolRow, Tx, fresh_code, hash_code},
    text::{Phrase, Texts},
};
use anyhow::{Context, Result};
use chrono::{Days, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A code on paper is good for two weeks, to the end of the last day: it waits for a parents' evening, or at the bottom of a
/// school bag.
const GOOD_FOR: Days = Days::new(14);

/// Who is invited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Invited {
    /// The class: its students, their families, its head teacher and its students' mentors.
    pub class: ClassId,
    /// Only people of these kinds.
    pub groups: Vec<Group>,
    /// Only this person.
    pub person: Option<PersonId>,
}

/// What people are, as far as a slip speaks to them differently.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Guardians.
    Guardian,
    /// Students.
    Student,
    /// Everybody who works at the school.
    Staff,
}

/// Slips, ready to be printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slips {
    school: String,
    language: String,
    slips: Vec<Slip>,
    /// The last day on which the codes are good.
    until: Day,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Slip {
    group: Group,
    name: String,
    class: String,
    children: Vec<String>,
    relation: String,
    /// Whom to ask: the head teachers of the class, by name.
    ask: Vec<String>,
    link: String,
    /// The link as the squares that a camera reads.
    squares: String,
}

/// Makes a new code for each of these persons, and the slips that show them; `link` makes of a code
/// the link that opens the bot.
pub async fn issue(
    tx: &mut Tx,
    school: &SchoolRow,
    rows: Vec<InviteRow>,
    language: &str,
    now: At,
    link: &(dyn Fn(&str) -> Option<String> + Sync),
) -> Result<Slips> {
    let codes: Vec<(PersonId, String)> = rows.iter().map(|it| (it.person.clone(), fresh_code())).collect();
    let hashes: Vec<_> = codes.iter().map(|(person, code)| (person.clone(), hash_code(code))).collect();
    let until = now.day(school.zone) + GOOD_FOR;
    let midnight = At::from_local((until + Days::new(1)).and_time(NaiveTime::MIN), school.zone);
    tx.add_invites(&school.id, &hashes, midnight, now).await?;
    let heads = head_teachers(tx, &school.id, &rows).await?;
    let slip = |(row, (_, code)): (InviteRow, (PersonId, String))| {
        let link = link(&code).context("nobody knows the bot's name yet")?;
        Ok(Slip {
            group: Group::of(&row),
            ask: row.class_id.as_ref().and_then(|id| heads.get(id)).cloned().unwrap_or_default(),
            name: row.name,
            class: row.class,
            children: row.children,
            relation: row.relation,
            squares: qr::svg(&link)?,
            link,
        })
    };
    Ok(Slips {
        school: school.name.clone(),
        language: language.to_owned(),
        slips: rows.into_iter().zip(codes).map(slip).collect::<Result<_>>()?,
        until,
    })
}

/// Who of these has not joined, families after their child.
pub async fn not_in_chat(
    tx: &mut Tx,
    school: &SchoolRow,
    whose: &Invited,
    now: At,
) -> Result<Vec<InviteRow>> {
    let mut mentors = HashSet::new();
    if whose.groups.contains(&Group::Staff) {
        let pairings = tx.pairings(&school.id, now.day(school.zone)).await?;
        mentors.extend(pairings.into_iter().filter(|it| it.class == whose.class).map(|it| it.mentor));
    }
    let is_meant = |it: &InviteRow| {
        it.state != Some(InviteState::Used)
            && whose.groups.contains(&Group::of(it))
            && whose.person.as_ref().is_none_or(|person| *person == it.person)
            && (it.class_id.as_ref() == Some(&whose.class) || mentors.contains(&it.person))
    };
    let only = whose.person.as_ref().map_or(Invitees::OfClass(&whose.class), Invitees::One);
    let mut rows = tx.invites(&school.id, only, now).await?;
    rows.retain(is_meant);
    Ok(rows)
}

/// The head teachers of these people's classes, by name.
async fn head_teachers(
    tx: &mut Tx,
    school: &SchoolId,
    rows: &[InviteRow],
) -> Result<HashMap<ClassId, Vec<String>>> {
    let classes: HashSet<&ClassId> = rows.iter().filter_map(|it| it.class_id.as_ref()).collect();
    let mut found = HashMap::new();
    for class in classes {
        let ids = tx.holders(school, Role::HeadTeacher, Some(class)).await?;
        let mut names: Vec<String> = tx.persons(&ids).await?.into_values().map(|it| it.name).collect();
        names.sort();
        found.insert(class.clone(), names);
    }
    Ok(found)
}

impl Group {
    /// Everybody.
    pub const ALL: [Group; 3] = [Group::Staff, Group::Student, Group::Guardian];

    /// What somebody is.
    pub fn of(row: &InviteRow) -> Group {
        match row.roles.as_slice() {
            roles if roles.contains(&Role::Student) => Group::Student,
            roles if roles.iter().any(|role| role.is_staff()) => Group::Staff,
            _ => Group::Guardian,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Group::Guardian => "guardian",
            Group::Student => "student",
            Group::Staff => "staff",
        }
    }
}

impl Slips {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.slips.len()
    }

    /// Whether everybody has joined.
    pub fn is_empty(&self) -> bool {
        self.slips.is_empty()
    }

    /// The last day on which they are good.
    pub fn until(&self) -> Day {
        self.until
    }

    /// The link on the first.
    pub fn link(&self) -> &str {
        self.slips.first().map_or("", |it| it.link.as_str())
    }

    /// The page; the whole text for guardians comes last, for whoever asks the head teacher for it.
    pub fn html(&self, texts: &Texts) -> String {
        let title = Phrase::new("slip-title").text("school", &self.school);
        let mut html = Html::new(texts, &self.language, &title);
        for slip in &self.slips {
            self.slip(&mut html, slip);
        }
        if self.slips.iter().any(|it| it.group != Group::Staff) {
            self.notice(&mut html);
        }
        html.finish()
    }

    fn slip(&self, html: &mut Html<'_>, slip: &Slip) {
        let group = slip.group.word();
        html.add(format_args!("<section class=\"slip\">\n<div class=\"words\">\n"));
        html.element("p", "school", &Phrase::new("slip-head").text("school", &self.school));
        html.element("h1", "who", &Phrase::new(format!("slip-who-{group}")).text("name", &slip.name));
        html.element("p", "of", &slip.of());
        html.element("p", "why", &Phrase::new(format!("slip-why-{group}")));
        html.add(format_args!("<ol class=\"how\">\n"));
        html.element("li", "", &Phrase::new("slip-how-install"));
        let (open, link) = (html.say(&Phrase::new("slip-how-open")), html.typed(&slip.link));
        html.add(format_args!("<li>{open}<br><span class=\"link\">{link}</span></li>\n"));
        html.element("li", "", &Phrase::new("slip-how-start"));
        html.add(format_args!("</ol>\n"));
        html.element("p", "without", &Phrase::new(format!("slip-without-{group}")));
        html.add(format_args!("</div>\n<div class=\"scan\">\n{}\n", slip.squares));
        html.element("p", "until", &Phrase::new("slip-until").day("day", self.until));
        html.element("p", "once", &Phrase::new("slip-once").text("name", &slip.name));
        let ask = match (slip.group, slip.ask.as_slice()) {
            (Group::Staff, _) => Phrase::new("slip-ask-office"),
            (_, []) => Phrase::new("slip-ask-school").text("school", &self.school),
            (_, teachers) => Phrase::new("slip-ask").list("teachers", names(teachers), "joint-comma"),
        };
        html.element("p", "once", &ask);
        html.add(format_args!("</div>\n"));
        html.element("p", "small", &Phrase::new(format!("slip-data-{group}")));
        html.add(format_args!("</section>\n"));
    }

    /// The text to which guardians are asked to consent, whole, as it stands in the chat.
    fn notice(&self, html: &mut Html<'_>) {
        html.add(format_args!("<section class=\"notice\">\n"));
        html.element("h1", "", &Phrase::new("slip-notice").text("school", &self.school));
        html.element("p", "small", &Phrase::new("slip-notice-keep"));
        let what = Phrase::new("consent-text-what")
            .text("school", &self.school)
            .phrase("student", Phrase::new("slip-notice-child"));
        let rights = Phrase::new("consent-text-rights").number("version", TEXT_VERSION);
        for part in [what, rights] {
            let text = html.say(&part);
            // Its first line is the heading of a message; the page has its own.
            let text = text.split_once('\n').map_or(text.as_str(), |(_, rest)| rest.trim_start());
            html.add(format_args!("<div class=\"text\">{text}</div>\n"));
        }
        html.add(format_args!("</section>\n"));
    }
}

impl Slip {
    /// The line under the name: the class, and for a guardian the child.
    fn of(&self) -> Phrase {
        if self.children.is_empty() {
            return Phrase::new("words-as-typed").text("words", &self.class);
        }
        let relation = if self.relation.is_empty() { "other" } else { &self.relation };
        Phrase::new("slip-of-guardian")
            .list("children", names(&self.children), "joint-comma")
            .phrase("relation", Phrase::new(format!("relation-{relation}")))
            .text("class", &self.class)
    }
}

fn names(names: &[String]) -> Vec<Phrase> {
    names.iter().map(|it| Phrase::new("words-as-typed").text("words", it)).collect()
}
