//! The grammar of a policy file: which keys stand where, and what may stand in them.

use super::error::{Expected, PolicyError};
use super::read::{Found, Reader, Section};
use super::{About, Cadence, Event, Ladder, Policy, Rule, Slots};
use crate::school::checkin::{CheckinRules, Question, Wording};
use crate::school::kind::Kind;
use crate::school::people::Role;
use crate::school::period::{Moment, Period};
use crate::school::quiet::Quiet;
use crate::school::resolution::Resolution;
use toml::de::DeTable;

/// PIPL art. 31: under fourteen, a parent or another guardian consents.
const AGE_OF_THE_LAW: u32 = 14;
/// Nobody at a school is younger.
const YOUNGEST_AT_SCHOOL: u32 = 6;
/// Nobody needs a guardian's word any more.
const OF_AGE: u32 = 18;

pub(super) fn policy(text: &str, file: &str) -> Result<Policy, Vec<PolicyError>> {
    let mut reader = Reader::new(text, file);
    match DeTable::parse(text) {
        Ok(table) if table.get_ref().is_empty() => {
            reader.nothing();
            reader.finish(None)
        }
        Ok(table) => {
            let policy = whole(&mut reader, Section::root(table.get_ref()));
            reader.finish(policy)
        }
        Err(error) => {
            reader.no_toml(&error);
            reader.finish(None)
        }
    }
}

// In each part everything is read before any of it is unwrapped, so that every wrong thing is noted.

fn whole(reader: &mut Reader<'_>, mut root: Section<'_>) -> Option<Policy> {
    let name = reader.name(&mut root, "name");
    let slots = reader.section(&mut root, "slots").and_then(|it| slots(reader, it));
    let quiet = reader.section(&mut root, "quiet").and_then(|it| quiet(reader, it));
    let ladder = reader.section(&mut root, "ladder").and_then(|it| ladder(reader, it));
    // May be missing: a policy that was kept before there was such a section means what the law says.
    let consent = match root.has("consent") {
        true => reader.section(&mut root, "consent").and_then(|it| consent(reader, it)),
        false => Some(AGE_OF_THE_LAW),
    };
    // So may this one: what was asked before there was a bank of questions.
    let checkin = match root.has("checkin") {
        true => reader.section(&mut root, "checkin").and_then(|it| checkin(reader, it)),
        false => Some(CheckinRules::default()),
    };
    let sections = reader.sections(&mut root, "rule");
    let rules = rules(reader, sections);
    reader.close(root);
    Some(Policy {
        name: name?.value,
        slots: slots?,
        quiet: quiet?,
        ladder: ladder?,
        consent_until_age: consent?,
        checkin: checkin?,
        rules,
    })
}

fn consent(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<u32> {
    let age = reader.number(&mut section, "until_age", AGE_OF_THE_LAW.into(), OF_AGE.into());
    reader.close(section);
    u32::try_from(age?.value).ok()
}

/// Each of its keys may be missing.
fn checkin(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<CheckinRules> {
    let usual = CheckinRules::default();
    let questions = match section.has("questions") {
        true => reader.choice(&mut section, "questions", Question::ALL, CheckinRules::MOST),
        false => Some(usual.questions),
    };
    let words = match section.has("words") {
        true => reader.word(&mut section, "words", Wording::ALL).map(|it| it.value),
        false => Some(usual.words),
    };
    let under = match section.has("with_guardian_under_age") {
        true => {
            let (min, max) = (YOUNGEST_AT_SCHOOL.into(), AGE_OF_THE_LAW.into());
            let age = reader.number(&mut section, "with_guardian_under_age", min, max);
            age.map(|it| u32::try_from(it.value).ok())
        }
        false => Some(None),
    };
    reader.close(section);
    Some(CheckinRules { questions: questions?, words: words?, with_guardian_under_age: under? })
}

fn slots(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Slots> {
    let digest = reader.cron(&mut section, "digest");
    let checkin = reader.cron(&mut section, "checkin");
    let checkin_reminder = reader.cron(&mut section, "checkin_reminder");
    let office_summary = reader.cron(&mut section, "office_summary");
    reader.close(section);
    Some(Slots {
        digest: digest?,
        checkin: checkin?,
        checkin_reminder: checkin_reminder?,
        office_summary: office_summary?,
    })
}

fn quiet(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Quiet> {
    let from = reader.time(&mut section, "from");
    let to = reader.time(&mut section, "to");
    reader.close(section);
    Some(Quiet { from: from?, to: to? })
}

fn ladder(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Ladder> {
    let again = reader.number(&mut section, "again_after_school_days", 1, 60);
    let head_teacher = reader.number(&mut section, "head_teacher_after", 1, 120);
    // The office comes after the head teacher, or the ladder has its rungs in the wrong order.
    let above = head_teacher.as_ref().map_or(1, |it| it.value);
    let office = reader.number(&mut section, "office_after", above, 240);
    reader.close(section);
    Some(Ladder {
        again_after_school_days: again?.value,
        head_teacher_after: head_teacher?.value,
        office_after: office?.value,
    })
}

fn rules(reader: &mut Reader<'_>, sections: Vec<Section<'_>>) -> Vec<Rule> {
    let (mut rules, mut names, mut asks_checkin) = (Vec::<Rule>::new(), Vec::new(), false);
    for section in sections {
        let place = section.place();
        let (name, rule) = rule(reader, section);
        if let Some(name) = name {
            if names.contains(&name.value) || name.value == Resolution::RULE {
                reader.expected(&name.place, Expected::OwnName);
            }
            names.push(name.value);
        }
        let Some(rule) = rule else { continue };
        if rule.record == Kind::Checkin && std::mem::replace(&mut asks_checkin, true) {
            reader.expected(&place, Expected::OneCheckinRule);
        }
        rules.push(rule);
    }
    rules
}

fn rule(reader: &mut Reader<'_>, mut section: Section<'_>) -> (Option<Found<String>>, Option<Rule>) {
    let name = reader.name(&mut section, "name");
    // What nobody can owe, a wish or a referral, happens when it happens.
    let owed: Vec<Kind> = Kind::ALL.iter().copied().filter(|it| !it.asked().is_empty()).collect();
    let record = reader.word(&mut section, "record", &owed);
    let kind = record.as_ref().map(|it| it.value);
    let form = form(reader, &mut section, kind);
    let abouts: Vec<About> = match kind {
        Some(kind) => kind.asked().iter().map(|(about, _)| *about).collect(),
        None => About::ALL.iter().copied().filter(|it| *it != About::Resolution).collect(),
    };
    let about = reader.word(&mut section, "about", &abouts);
    let owed_by = owed_by(reader, &mut section, kind, about.as_ref().map(|it| it.value));
    let cadence = cadence(reader, &mut section, kind, about.as_ref().map(|it| it.value));
    let source = reader.text(&mut section, "source");
    reader.close(section);
    let named = name.as_ref().map(|it| it.value.clone());
    let rule = || {
        Some(Rule {
            name: named?,
            record: record?.value,
            form: form?,
            owed_by: owed_by?,
            about: about?.value,
            cadence: cadence?,
            source: source?.value,
            since: None,
        })
    };
    (name, rule())
}

/// `None` where a form is given that the kind does not have.
fn form(reader: &mut Reader<'_>, rule: &mut Section<'_>, kind: Option<Kind>) -> Option<Option<&'static str>> {
    if !rule.has("form") {
        return Some(None);
    }
    let found = reader.text(rule, "form")?;
    let kind = kind?;
    let form = kind.form(&found.value);
    if form.is_none() {
        reader.expected(
            &found.place,
            match kind.forms() {
                [] => Expected::NoForm,
                forms => Expected::OneOf(forms.to_vec()),
            },
        );
    }
    form.map(Some)
}

/// Who may owe it is a matter of the record and of what it is about.
fn owed_by(
    reader: &mut Reader<'_>,
    rule: &mut Section<'_>,
    kind: Option<Kind>,
    about: Option<About>,
) -> Option<Role> {
    let may = match (kind, about) {
        (Some(kind), Some(about)) => kind.owed_by(about),
        _ => &[],
    };
    let may = if may.is_empty() { Role::ALL } else { may };
    reader.word(rule, "owed_by", may).map(|it| it.value)
}

fn cadence(
    reader: &mut Reader<'_>,
    rule: &mut Section<'_>,
    kind: Option<Kind>,
    about: Option<About>,
) -> Option<Cadence> {
    let place = rule.place();
    let mut given = Vec::new();
    if rule.has("every") {
        given.push(reader.section(rule, "every").and_then(|it| every(reader, it)));
    }
    if rule.has("at_least") {
        given.push(reader.section(rule, "at_least").and_then(|it| at_least(reader, it)));
    }
    if rule.has("at") {
        let moment = reader.word(rule, "at", Moment::ALL);
        given.push(moment.map(|it| Cadence::At { moment: it.value }));
    }
    if rule.has("after") {
        given.push(reader.section(rule, "after").and_then(|it| after(reader, it)));
    }
    // As policies said it before there were other events to wait for.
    if rule.has("after_wish") {
        given.push(reader.section(rule, "after_wish").and_then(|it| after_wish(reader, it)));
    }
    let &[one] = given.as_slice() else {
        reader.expected(&place, Expected::OneCadence);
        return None;
    };
    let one = one?;
    let wrong = match one {
        Cadence::PerPeriod { times: 1, .. } => None,
        _ if kind == Some(Kind::Checkin) => Some(Expected::CheckinOncePerPeriod),
        Cadence::After { event: Event::Wish, .. } if kind.is_some_and(|it| it != Kind::Talk) => {
            Some(Expected::TalkAfterWish)
        }
        Cadence::After { event: Event::Pairing | Event::Exam, .. }
            if about.is_some_and(|it| it != About::Pairing) =>
        {
            Some(Expected::EventOfPairing)
        }
        _ => None,
    };
    match wrong {
        Some(expected) => {
            reader.expected(&place, expected);
            None
        }
        None => Some(one),
    }
}

fn every(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Cadence> {
    let cadence = if section.has("months") {
        let months = reader.number(&mut section, "months", 1, 12);
        months.and_then(|it| u32::try_from(it.value).ok()).map(|n| Cadence::EveryMonths { n })
    } else {
        reader.number(&mut section, "days", 1, 366).map(|it| Cadence::Every { days: it.value })
    };
    reader.close(section);
    cadence
}

fn at_least(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Cadence> {
    let times = reader.number(&mut section, "times", 1, 31);
    let period = reader.word(&mut section, "per", Period::ALL);
    reader.close(section);
    Some(Cadence::PerPeriod { times: times?.value, period: period?.value })
}

fn after(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Cadence> {
    let event = reader.word(&mut section, "event", Event::ALL);
    let school_days = reader.number(&mut section, "school_days", 1, 60);
    reader.close(section);
    Some(Cadence::After { event: event?.value, school_days: school_days?.value })
}

fn after_wish(reader: &mut Reader<'_>, mut section: Section<'_>) -> Option<Cadence> {
    let school_days = reader.number(&mut section, "school_days", 1, 60);
    reader.close(section);
    Some(Cadence::After { event: Event::Wish, school_days: school_days?.value })
}
