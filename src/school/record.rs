//! Records: what happened. Facts that everything else is derived from.

use super::checkin::Question;
use super::id::{AboutId, PersonId, RecordId};
use super::kind::Kind;
use super::time::{At, Day};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// One thing that happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Its name.
    pub id: RecordId,
    /// What it is; always the kind of its body.
    pub kind: Kind,
    /// Who put it on record.
    pub by: PersonId,
    /// Whom and what it is about: a talk may be with several students (H), a case review of one student is one of the
    /// class and of the school, too.
    pub about: Vec<AboutId>,
    /// The school day on which it happened, which may be before it was written down.
    pub day: Day,
    /// When it was written down.
    pub at: At,
    /// What was said of it.
    pub body: Body,
}

impl Record {
    /// A record whose kind is its body's.
    pub fn new(
        id: RecordId,
        by: PersonId,
        about: impl IntoIterator<Item = impl Into<AboutId>>,
        day: Day,
        at: At,
        body: Body,
    ) -> Record {
        let about = about.into_iter().map(Into::into).collect();
        Record { id, kind: body.kind(), by, about, day, at, body }
    }

    /// Whether a student asked for a talk: by the menu, or in a check-in.
    pub fn is_wish(&self) -> bool {
        match &self.body {
            Body::Wish => true,
            Body::Checkin(it) => it.wants_talk,
            Body::Talk(_) | Body::Contact(_) | Body::Entry(_) => false,
        }
    }

    /// The form in which it happened, one of its kind's; none where a kind has no forms, or nobody said.
    pub fn form(&self) -> Option<&'static str> {
        match &self.body {
            Body::Talk(it) => Some(it.form.as_str()),
            Body::Contact(it) => Some(it.form.as_str()),
            Body::Entry(it) => it.kind.form(&it.form),
            Body::Checkin(_) | Body::Wish => None,
        }
    }
}

/// What is kept of a record, as JSON.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// A talk 谈心谈话.
    Talk(Talk),
    /// A contact with the family 家校联系.
    Contact(Contact),
    /// A check-in 学生汇报.
    Checkin(Checkin),
    /// "I would like to talk", from the student's menu.
    Wish,
    /// Any other kind: the answers to its form.
    #[serde(untagged)]
    Entry(Entry),
}

impl Body {
    /// What kind of record it makes.
    pub fn kind(&self) -> Kind {
        match self {
            Body::Talk(_) => Kind::Talk,
            Body::Contact(_) => Kind::Contact,
            Body::Checkin(_) => Kind::Checkin,
            Body::Wish => Kind::Wish,
            Body::Entry(it) => it.kind,
        }
    }
}

/// What is written of a kind that no rule has to look into: what was answered, by the steps of its form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// What it is.
    #[serde(deserialize_with = "a_kind_of_entries")]
    pub kind: Kind,
    /// Its form, one of the kind's; '' where the kind has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub form: String,
    /// What was answered to each step.
    #[serde(default)]
    pub answers: BTreeMap<String, Vec<String>>,
}

impl Entry {
    /// The one answer to a step.
    pub fn one(&self, step: &str) -> Option<&str> {
        self.answers.get(step).and_then(|it| it.first()).map(String::as_str)
    }
}

/// A broken talk is not an entry that happens to be called one.
fn a_kind_of_entries<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
    match Kind::deserialize(from)? {
        Kind::Talk | Kind::Contact | Kind::Checkin | Kind::Wish => Err(D::Error::custom("no entry")),
        kind => Ok(kind),
    }
}

/// What is written of a talk: topic, summary, afterthought, place (H). Only the topics are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Talk {
    /// How they talked.
    #[serde(skip_serializing_if = "TalkForm::is_usual")]
    pub form: TalkForm,
    /// What it was about.
    pub topics: Vec<Topic>,
    /// A summary in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// 工作后记: what the mentor thinks of it afterwards (H).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub afterthought: Option<String>,
    /// Where, and when if the mentor says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// What is written of a contact with the family.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contact {
    /// How it was made.
    pub form: ContactForm,
    /// Who came along on a home visit: `head_teacher` (as P encourages), `colleagues`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<String>,
    /// How the family is made up, noted with care at a home visit (P, H, M): a word of the form's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    /// A summary in one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// What the mentor thinks of it afterwards; for a home visit, the short analysis of the family (P, H, M).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub afterthought: Option<String>,
}

/// What a student answers in a check-in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Checkin {
    /// 1 (low) to 5 (high).
    pub mood: u8,
    /// "Would you like to talk?"
    pub wants_talk: bool,
    /// What the student adds in own words; only the mentor reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// 1 (hard) to 3 (well), by the name of the question: of the bank as it was then.
    #[serde(flatten)]
    pub scales: BTreeMap<String, u8>,
}

impl Checkin {
    /// A mood and what was answered beside it; no wish for a talk, and no words.
    pub fn new(mood: u8, scales: &[(Question, u8)]) -> Checkin {
        let scales = scales.iter().map(|(question, value)| (question.to_string(), *value)).collect();
        Checkin { mood, wants_talk: false, line: None, scales }
    }

    /// The answers that have a question in the bank, in its order.
    pub fn answered(&self) -> impl Iterator<Item = (Question, u8)> {
        let value = |question: &Question| Some((*question, *self.scales.get(question.as_str())?));
        Question::ALL.iter().filter_map(value)
    }

    /// Whether every answer lies on its scale.
    pub fn is_valid(&self) -> bool {
        (1..=5).contains(&self.mood) && self.scales.values().all(|value| (1..=3).contains(value))
    }
}

impl Contact {
    /// A contact of which nothing more is said than how it was made, and a line.
    pub fn new(form: ContactForm, line: Option<String>) -> Contact {
        Contact { form, joint: None, family: None, line, afterthought: None }
    }
}

words! {
    /// How mentor and student talked; by letter or e-mail also counts (H).
    #[derive(Default)]
    pub enum TalkForm {
        /// Face to face.
        #[default]
        InPerson = "in_person",
        /// By letter or e-mail.
        Letter = "letter",
        /// By messages or video.
        Online = "online",
        /// By phone.
        Phone = "phone",
    }
}

impl TalkForm {
    fn is_usual(&self) -> bool {
        *self == TalkForm::default()
    }
}

words! {
    /// How a family was reached.
    pub enum ContactForm {
        /// By phone.
        Phone = "phone",
        /// In person, at school.
        InPerson = "in_person",
        /// Online.
        Online = "online",
        /// By letter or e-mail.
        Letter = "letter",
        /// 家访, the strongest form.
        HomeVisit = "home_visit",
        /// A feedback that was confirmed and sent through the bot.
        Feedback = "feedback",
    }
}

words! {
    /// The five heads a talk may fall under (G; P and M have four to five of the same).
    pub enum Topic {
        /// 思想: thought and values.
        Values = "values",
        /// 学业: study.
        Study = "study",
        /// 生活: life.
        Life = "life",
        /// 心理: mind.
        Mind = "mind",
        /// 生涯: career and growth.
        Career = "career",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_json_names_its_kind() {
        let talk = Body::Talk(Talk { topics: vec![Topic::Study, Topic::Mind], ..Talk::default() });
        let json = serde_json::to_string(&talk).unwrap();
        assert_eq!(json, r#"{"kind":"talk","topics":["study","mind"]}"#);
        assert_eq!(serde_json::from_str::<Body>(&json).unwrap(), talk);
        assert_eq!(serde_json::to_string(&Body::Wish).unwrap(), r#"{"kind":"wish"}"#);
        let visit: Body = serde_json::from_str(r#"{"kind":"contact","form":"home_visit"}"#).unwrap();
        assert_eq!(visit, Body::Contact(Contact::new(ContactForm::HomeVisit, None)));
    }

    #[test]
    fn a_check_in_stays_on_its_scales() {
        let fine = Checkin::new(5, &[(Question::Study, 1), (Question::Sleep, 3)]);
        assert!(fine.is_valid() && Checkin::new(1, &[]).is_valid());
        assert!(!Checkin { mood: 0, ..fine.clone() }.is_valid());
        assert!(!Checkin::new(3, &[(Question::Study, 4)]).is_valid());
        assert!(!Checkin::new(3, &[(Question::Life, 0)]).is_valid());
    }

    #[test]
    fn a_check_in_keeps_its_scales_by_name_as_it_always_did() {
        let before = r#"{"kind":"checkin","mood":4,"study":2,"life":3,"wants_talk":true,"line":"ok"}"#;
        let Body::Checkin(read) = serde_json::from_str(before).unwrap() else { panic!("no check-in") };
        assert_eq!(read.answered().collect::<Vec<_>>(), [(Question::Study, 2), (Question::Life, 3)]);
        assert_eq!((read.mood, read.wants_talk, read.line.as_deref()), (4, true, Some("ok")));
        let again = serde_json::to_string(&Body::Checkin(read.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Body>(&again).unwrap(), Body::Checkin(read));
        let later = r#"{"kind":"checkin","mood":4,"wants_talk":false,"sleep":2,"dreams":1}"#;
        let Body::Checkin(read) = serde_json::from_str(later).unwrap() else { panic!("no check-in") };
        assert_eq!(
            read.answered().collect::<Vec<_>>(),
            [(Question::Sleep, 2)],
            "a word of a newer version is kept"
        );
    }
}
