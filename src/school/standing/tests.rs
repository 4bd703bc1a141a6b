use super::*;
use crate::school::duty::duties;
use crate::school::pairing::Pairing;
use crate::school::record::ContactForm;
use crate::school::record::{Body, Entry};
use crate::school::testing::{autumn, checkin, contact, day, nobody, pairing, preset, talk, wish};
use chrono::Days;
use proptest::prelude::*;

fn standing(records: &[Record], today: &str) -> Standing {
    Standing::of(records, &preset("middle"), &autumn(), day(today))
}

#[test]
fn the_last_of_each_kind_and_form() {
    let records = [
        contact("li", "2026-09-10", ContactForm::HomeVisit),
        contact("li", "2026-09-15", ContactForm::Phone),
        talk("li", "2026-09-12"),
    ];
    let it = standing(&records, "2026-09-21");
    let li = "li".into();
    assert_eq!(it.last(&li, Kind::Contact, None), Some(day("2026-09-15")));
    assert_eq!(it.last(&li, Kind::Contact, Some("home_visit")), Some(day("2026-09-10")));
    assert_eq!(it.last(&li, Kind::Talk, None), Some(day("2026-09-12")));
    assert_eq!(it.last(&li, Kind::Checkin, None), None);
    assert_eq!(it.last(&"han".into(), Kind::Talk, None), None);
}

#[test]
fn counts_are_of_the_running_period_and_of_the_form() {
    let records = [
        contact("li", "2026-09-30", ContactForm::HomeVisit),
        contact("li", "2026-10-08", ContactForm::Phone),
        contact("li", "2026-10-09", ContactForm::Feedback),
    ];
    let it = standing(&records, "2026-10-12");
    assert_eq!(it.count(&"li".into(), "contact"), 2, "of October");
    assert_eq!(it.count(&"li".into(), "home_visit"), 1, "of the term");
    let windows: Vec<&str> = it.windows().iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(windows, ["contact", "home_visit", "performance", "case", "training", "survey"]);
}

#[test]
fn what_lies_ahead_is_not_seen() {
    let it = standing(&[talk("li", "2026-09-22")], "2026-09-21");
    assert_eq!(it.last(&"li".into(), Kind::Talk, None), None);
}

#[test]
fn a_wish_is_open_until_a_talk_comes_after_it() {
    let open = |records: &[Record]| standing(records, "2026-10-12").open_wish(&"li".into());
    assert_eq!(open(&[wish("li", "2026-09-18")]), Some(day("2026-09-18")));
    assert_eq!(open(&[checkin("li", "2026-09-18", true)]), Some(day("2026-09-18")), "said in a check-in");
    assert_eq!(open(&[checkin("li", "2026-09-18", false)]), None);
    assert_eq!(open(&[talk("li", "2026-09-17"), wish("li", "2026-09-18")]), Some(day("2026-09-18")));
    assert_eq!(open(&[talk("li", "2026-09-19"), wish("li", "2026-09-18")]), None);
    let twice = [
        wish("li", "2026-09-22"),
        wish("li", "2026-09-18"),
        wish("li", "2026-09-21"),
        talk("li", "2026-09-19"),
    ];
    assert_eq!(open(&twice), Some(day("2026-09-21")), "the oldest that is open");
}

#[test]
fn on_the_very_day_it_counts_what_was_written_down_first() {
    let open = |written: i64| {
        let mut talk = talk("li", "2026-09-18");
        talk.at = At(talk.at.0 + written);
        standing(&[talk, wish("li", "2026-09-18")], "2026-09-18").open_wish(&"li".into())
    };
    assert_eq!(open(-1), Some(day("2026-09-18")));
    assert_eq!(open(1), None);
}

/// What the presets ask for of a pair beside talks, contacts and check-ins.
const ENTRIES: [Kind; 5] = [Kind::Profile, Kind::Plan, Kind::Performance, Kind::Marks, Kind::Evaluation];

/// Any other record about a student.
fn entry(kind: Kind, who: &str, on: &str) -> Record {
    let body = Body::Entry(Entry { kind, form: String::new(), answers: [].into() });
    Record { kind, body, ..talk(who, on) }
}

fn any_records() -> impl Strategy<Value = Vec<Record>> {
    let one =
        (0u64..130, 0usize..8, proptest::sample::select(vec!["li", "han"])).prop_map(|(n, what, who)| {
            let on = (day("2026-09-01") + Days::new(n)).to_string();
            match what {
                0 | 1 => talk(who, &on),
                2 => contact(who, &on, ContactForm::Phone),
                3 => contact(who, &on, ContactForm::HomeVisit),
                4 => checkin(who, &on, n % 3 == 0),
                5 | 6 => entry(ENTRIES[n as usize % ENTRIES.len()], who, &on),
                _ => wish(who, &on),
            }
        });
    proptest::collection::vec(one, 0..25)
}

fn pairs() -> Vec<Pairing> {
    vec![pairing("li"), Pairing { since: day("2026-10-12"), ..pairing("han") }]
}

/// What a store that counts in SQL would set.
fn summed(records: &[Record], standing: &mut Standing, today: Day) {
    let seen: Vec<&Record> = records.iter().filter(|it| it.day <= today).collect();
    for who in ["li", "han"].map(AboutId::from) {
        let about = || seen.iter().filter(|it| it.about.contains(&who));
        for record in about() {
            standing.set_last(&who, record.kind, record.day);
            if let Some(form) = record.form() {
                standing.set_last_form(&who, record.kind, form, record.day);
            }
        }
        for window in standing.windows().to_vec() {
            let fits = |it: &&&Record| {
                it.kind == window.record
                    && window.form.is_none_or(|form| it.form() == Some(form))
                    && window.span.has(it.day)
            };
            standing.set_count(&who, &window.rule, about().filter(fits).count() as i64);
        }
        let talked = about().filter(|it| it.kind == Kind::Talk).map(|it| (it.day, it.at)).max();
        let open = about().filter(|it| it.is_wish() && talked.is_none_or(|talk| talk < (it.day, it.at)));
        if let Some(wished) = open.map(|it| it.day).min() {
            standing.set_open_wish(&who, wished);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn records_in_any_order_give_the_same_standing(records in any_records().prop_shuffle(), name in any_preset()) {
        let (policy, calendar, today) = (preset(name), autumn(), day("2026-12-01"));
        let mut sorted = records.clone();
        sorted.sort_by_key(|it| (it.day, it.at));
        prop_assert_eq!(Standing::of(&records, &policy, &calendar, today), Standing::of(&sorted, &policy, &calendar, today));
    }

    #[test]
    fn day_by_day_is_the_same_as_at_once(records in any_records(), name in any_preset()) {
        let (policy, calendar, pairs) = (preset(name), autumn(), pairs());
        for today in day("2026-09-01").iter_days().take(140) {
            let known: Vec<Record> = records.iter().filter(|it| it.day <= today).cloned().collect();
            let then = Standing::of(&known, &policy, &calendar, today);
            let at_once = Standing::of(&records, &policy, &calendar, today);
            prop_assert_eq!(&then, &at_once);
            let mut in_sql = Standing::new(&policy, &calendar, today);
            summed(&records, &mut in_sql, today);
            prop_assert_eq!(
                duties(&policy, &calendar, &pairs, &nobody(), &at_once, today),
                duties(&policy, &calendar, &pairs, &nobody(), &in_sql, today)
            );
        }
    }
}

fn any_preset() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(crate::school::policy::Policy::PRESETS)
}
