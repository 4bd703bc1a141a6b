use super::*;
use crate::school::checkin::{CheckinRules, Question, Wording};
use crate::school::testing::preset;

/// The cadence of each rule, as `name: cadence`.
fn rhythm(name: &str) -> Vec<String> {
    let said = |rule: &Rule| match rule.cadence {
        Cadence::Every { days } => format!("{}: every {days} days", rule.name),
        Cadence::EveryMonths { n } => format!("{}: every {n} months", rule.name),
        Cadence::PerPeriod { times, period } => format!("{}: {times} per {period}", rule.name),
        Cadence::After { event, school_days } => {
            format!("{}: {school_days} school days after a {event}", rule.name)
        }
        Cadence::At { moment } => format!("{}: at {moment}", rule.name),
    };
    preset(name).rules.iter().map(said).collect()
}

#[test]
fn the_presets_ask_for_what_the_regulations_say() {
    let wish = "wish: 2 school days after a wish";
    for (name, rules) in [
        ("default", vec!["talk: every 14 days", "contact: every 1 months", "checkin: 1 per week", wish]),
        (
            "primary",
            vec![
                "talk: 1 per term",
                "checkin: 1 per month",
                "contact: 1 per term",
                "home_visit: 1 per term",
                "evaluation: 1 per term",
                "profile: 20 school days after a pairing",
                "training: 1 per year",
                "survey: 1 per year",
                wish,
            ],
        ),
        (
            "high",
            vec![
                "talk: 1 per month",
                "checkin: 1 per fortnight",
                "contact: every 1 months",
                "case: 1 per term",
                "mid_term: at mid_term",
                "end_of_term: at end_of_term",
                "exchange: 1 per term",
                "training: 1 per year",
                "survey: 1 per year",
                wish,
            ],
        ),
        (
            "middle",
            vec![
                "talk: every 14 days",
                "checkin: 1 per week",
                "contact: 1 per month",
                "home_visit: 1 per term",
                "profile: 20 school days after a pairing",
                "plan: 20 school days after a pairing",
                "performance: 1 per month",
                "marks: 5 school days after a exam",
                "case: 1 per month",
                "work_plan: 10 school days after a term",
                "training: 1 per year",
                "survey: 1 per year",
                wish,
            ],
        ),
        (
            "district",
            vec![
                "talk: every 14 days",
                "checkin: 1 per week",
                "contact: every 1 months",
                "home_visit: 1 per year",
                "huddle: 1 per day",
                "weekly: 1 per week",
                "monthly_review: 1 per month",
                "case: 1 per month",
                "activity: 4 per term",
                "parents_class: 1 per month",
                "session: 1 per term",
                "report: 1 per month",
                "profile: 20 school days after a pairing",
                "training: 1 per term",
                "survey: 1 per term",
                wish,
            ],
        ),
    ] {
        assert_eq!(rhythm(name), rules, "{name}");
    }
    assert_eq!(Policy::PRESETS.len(), 5);
    assert_eq!(Policy::preset("none"), None);
}

#[test]
fn the_default_is_the_design_card() {
    let it = preset("default");
    assert_eq!(it.quiet.to_string(), "21:30-07:00");
    assert_eq!(it.ladder, Ladder { again_after_school_days: 3, head_teacher_after: 7, office_after: 14 });
    assert_eq!(it.slots.get(SlotName::Checkin).as_str(), "0 30 16 * * FRI");
    assert_eq!(it.slots.get(SlotName::CheckinReminder).as_str(), "0 0 18 * * SUN");
    assert_eq!(it.slots.get(SlotName::Digest).time().to_string(), "08:00:00");
    assert_eq!(it.rule("talk").unwrap().source, "design card");
    assert_eq!(it.checkin_period(), Some(Period::Week));
    assert_eq!(it.consent_until_age, 14);
    assert!(preset("middle").rules.iter().any(|it| it.form == Some("home_visit")));
}

#[test]
fn a_policy_chooses_from_the_bank_of_questions_and_in_whose_words() {
    let preset_says = |name: &str| {
        let it = preset(name).checkin;
        let questions: Vec<&str> = it.questions.iter().map(|it| it.as_str()).collect();
        (questions.join(" "), it.words, it.with_guardian_under_age)
    };
    let said = |questions: &str, words, under| (questions.to_owned(), words, under);
    assert_eq!(preset("default").checkin, CheckinRules::default());
    assert_eq!(preset_says("primary"), said("study friends joy", Wording::Child, Some(9)));
    assert_eq!(preset_says("middle"), said("study life goals", Wording::Teen, None));
    assert_eq!(preset_says("high"), said("study life", Wording::Teen, None));
    assert_eq!(preset_says("district"), said("study life goals", Wording::ByStage, Some(9)));
    let default = Policy::preset("default").unwrap();
    let (before, _) = default.split_once("[checkin]").unwrap();
    assert_eq!(Policy::parse(before, "old").unwrap(), preset("default"), "as ever");
    let parse = |section: &str| {
        let text = before.replacen("name = \"default\"", "", 1);
        Policy::parse(&format!("name = \"ours\"\n{section}\n{text}"), "ours.toml")
    };
    let chosen = parse(
        "[checkin]\nquestions = [\"goals\", \"sleep\"]\nwords = \"child\"\nwith_guardian_under_age = 9",
    );
    let expected = CheckinRules {
        questions: vec![Question::Sleep, Question::Goals],
        words: Wording::Child,
        with_guardian_under_age: Some(9),
    };
    assert_eq!(chosen.unwrap().checkin, expected, "in the order of the bank");
    assert_eq!(parse("[checkin]\nquestions = []").unwrap().checkin.questions, [], "mood and talk alone");
    let wrong = |section: &str| -> Vec<String> {
        let wrong = parse(section).unwrap_err();
        wrong.iter().map(|it| format!("{} {} {}", it.line, it.key, it.expected.code())).collect()
    };
    for (section, said) in [
        ("[checkin]\nquestions = [\n  \"study\",\n  \"lunch\",\n]", "5 checkin.questions choice"),
        ("[checkin]\nquestions = [\"study\", \"study\"]", "3 checkin.questions choice"),
        ("[checkin]\nquestions = [\"study\", 3]", "3 checkin.questions choice"),
        ("[checkin]\nquestions = \"study\"", "3 checkin.questions choice"),
        (
            "[checkin]\nquestions = [\"study\", \"life\", \"sleep\", \"health\", \"friends\", \"class\", \"joy\"]",
            "3 checkin.questions choice",
        ),
        ("[checkin]\nwords = \"baby\"", "3 checkin.words one-of"),
        ("[checkin]\nwith_guardian_under_age = 15", "3 checkin.with_guardian_under_age number"),
        ("[checkin]\nquestion = 1", "3 checkin.question key"),
        ("checkin = 3", "2 checkin section"),
    ] {
        assert_eq!(wrong(section), [said], "{section}");
    }
    let told = parse("[checkin]\nquestions = [\"lunch\"]").unwrap_err()[0].expected.args();
    assert_eq!(
        told,
        [
            ("most", "6".to_owned()),
            ("words", "study, life, sleep, health, friends, class, family, joy, goals".to_owned())
        ]
    );
}

#[test]
fn a_policy_from_before_consent_means_what_the_law_says() {
    let text = Policy::preset("default").unwrap().replace("[consent]", "#").replace("until_age = 14", "");
    assert_eq!(Policy::parse(&text, "old.toml").unwrap().consent_until_age, 14);
}

/// The default with one thing replaced, and what is said of it, as `line key code`.
fn wrong(old: &str, new: &str) -> Vec<String> {
    let text = Policy::preset("default").unwrap();
    assert!(text.contains(old), "{old}");
    let wrong = Policy::parse(&text.replacen(old, new, 1), "my.toml").unwrap_err();
    wrong.iter().map(|it| format!("{} {} {}", it.line, it.key, it.expected.code())).collect()
}

#[test]
fn every_wrong_thing_is_named_with_its_line_and_key() {
    for (old, new, said) in [
        ("[quiet]", "[quiet", "12  toml"),
        ("name = \"default\"", "name = \"My school\"", "4 name name"),
        ("name = \"default\"", "", "1 name present"),
        ("name = \"default\"", "name = \"default\"\ncolour = 1", "5 colour key"),
        ("name = \"default\"", "name = \"default\"\nname = \"twice\"", "5 name once"),
        ("[ladder]", "[quiet]", "16 quiet once"),
        ("digest =", "digests =", "6 slots.digest present/7 slots.digests key"),
        ("\"0 0 8 * * *\"", "\"8:00\"", "7 slots.digest cron"),
        ("\"0 0 8 * * *\"", "8", "7 slots.digest cron"),
        ("\"0 0 8 * * *\"", "\"0 0 8,9 * * *\"", "7 slots.digest cron-once-a-day"),
        ("* * FRI", "* * 6", "8 slots.checkin cron-weekday-names"),
        ("from = \"21:30\"", "from = \"half past nine\"", "13 quiet.from time"),
        ("from = \"21:30\"", "from = \"24:30\"", "13 quiet.from time"),
        ("[ladder]", "[leader]", "1 ladder present/16 leader key"),
        (
            "again_after_school_days = 3",
            "again_after_school_days = 0",
            "17 ladder.again_after_school_days number",
        ),
        ("head_teacher_after = 7", "head_teacher_after = \"7\"", "18 ladder.head_teacher_after number"),
        ("office_after = 14", "office_after = 6", "19 ladder.office_after number"),
        ("until_age = 14", "until_age = 13", "22 consent.until_age number"),
        ("until_age = 14", "until_age = 19", "22 consent.until_age number"),
        ("until_age = 14", "", "21 consent.until_age present"),
        ("record = \"talk\"", "record = \"chat\"", "26 rule.1.record one-of"),
        ("record = \"talk\"", "record = \"wish\"", "26 rule.1.record one-of"),
        ("record = \"talk\"", "record = \"talk\"\nform = \"fax\"", "27 rule.1.form one-of"),
        ("record = \"checkin\"", "record = \"checkin\"\nform = \"fax\"", "43 rule.3.form no-form"),
        ("record = \"contact\"", "record = \"contact\"\nform = \"fax\"", "35 rule.2.form one-of"),
        ("owed_by = \"mentor\"", "owed_by = \"student\"", "27 rule.1.owed_by one-of"),
        ("about = \"pairing\"", "about = \"school\"", "28 rule.1.about one-of"),
        ("{ days = 14 }", "{ days = 0 }", "29 rule.1.every.days number"),
        ("{ days = 14 }", "{ weeks = 2 }", "29 rule.1.every.days present/29 rule.1.every.weeks key"),
        ("{ days = 14 }", "14", "29 rule.1.every section"),
        ("every = { days = 14 }", "", "24 rule.1 one-cadence"),
        ("source = ", "at_least = { times = 1, per = \"term\" }\nsource = ", "24 rule.1 one-cadence"),
        ("source = \"design card\"", "source = \"\"", "30 rule.1.source text"),
        ("name = \"contact\"", "name = \"talk\"", "33 rule.2.name own-name"),
        ("per = \"week\"", "per = \"hour\"", "45 rule.3.at_least.per one-of"),
        ("times = 1", "times = 2", "40 rule.3 checkin-once-per-period"),
        ("{ months = 1 }", "{ months = 13 }", "37 rule.2.every.months number"),
        ("every = { months = 1 }", "after_wish = { school_days = 2 }", "32 rule.2 talk-after-wish"),
    ] {
        assert_eq!(wrong(old, new).join("/"), said, "{new}");
    }
}

#[test]
fn all_that_is_wrong_is_named_at_once_and_in_order() {
    let text = Policy::preset("default").unwrap();
    let text = text.replace("FRI", "FRIDAYS").replace("14 }", "-1 }").replace("per = \"week\"", "per = 7");
    let wrong = Policy::parse(&text, "my.toml").unwrap_err();
    let said: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "my.toml:8: slots.checkin: cron",
            "my.toml:29: rule.1.every.days: number",
            "my.toml:45: rule.3.at_least.per: one-of",
        ]
    );
    assert_eq!(wrong[1].expected.args(), [("min", "1".to_owned()), ("max", "366".to_owned())]);
    assert_eq!(
        wrong[2].expected.args(),
        [("words", "day, week, fortnight, month, quarter, term, year".to_owned())]
    );
}

#[test]
fn a_policy_without_rules_and_one_with_two_check_ins_are_refused() {
    let text = Policy::preset("default").unwrap();
    let head = &text[..text.find("[[rule]]").unwrap()];
    let errors = |text: &str| {
        Policy::parse(text, "x").unwrap_err().into_iter().map(|it| it.expected).collect::<Vec<_>>()
    };
    assert_eq!(errors(head), [Expected::Present]);
    assert_eq!(errors(&format!("rule = []\n{head}")), [Expected::Sections]);
    let second = &text
        [text.find("[[rule]]\nname = \"checkin\"").unwrap()..text.find("[[rule]]\nname = \"wish\"").unwrap()];
    assert_eq!(
        errors(&format!("{text}\n{}", second.replace("\"checkin\"\nrecord", "\"again\"\nrecord"))),
        [Expected::OneCheckinRule]
    );
    for empty in ["", "\n", "# ours, one day\n"] {
        assert_eq!(errors(empty), [Expected::Policy]);
    }
}
