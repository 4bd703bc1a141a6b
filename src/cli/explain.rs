//! What a policy demands, in plain sentences: for the notice board, and for whoever asks why something is due.

use crate::{
    school::{Cadence, Cron, Day, Kind, Policy, Rule, WEEK, checkin::CheckinRules},
    text::Phrase,
};
use chrono::Datelike;

/// The whole policy: who owes what, then when people are written to.
pub(super) fn policy(it: &Policy) -> Vec<Phrase> {
    let head = Phrase::new("explain-head");
    let head = match Policy::preset(&it.name) {
        Some(_) => head.phrase("name", Phrase::new(format!("policy-{}", it.name))),
        None => head.text("name", &it.name),
    };
    let mut lines = vec![head, Phrase::new("explain-rules")];
    lines.extend(it.rules.iter().map(rule));
    if let Some(period) = it.checkin_period() {
        let period = Phrase::new(format!("period-{period}"));
        lines.push(Phrase::new("explain-checkin").phrase("period", period).list(
            "questions",
            questions(&it.checkin),
            "joint-comma",
        ));
        lines.push(Phrase::new(format!("explain-words-{}", it.checkin.words)));
        lines.extend(
            it.checkin.with_guardian_under_age.map(|age| Phrase::new("explain-together").number("age", age)),
        );
    }
    lines.push(Phrase::new("explain-times"));
    let slots = &it.slots;
    for (key, cron) in [
        ("explain-digest", &slots.digest),
        ("explain-ask", &slots.checkin),
        ("explain-reminder", &slots.checkin_reminder),
        ("explain-summary", &slots.office_summary),
    ] {
        lines.push(Phrase::new(key).phrase("when", when(cron)));
    }
    lines.push(Phrase::new("explain-quiet").time("from", it.quiet.from).time("to", it.quiet.to));
    lines.push(
        Phrase::new("explain-ladder")
            .number("again", it.ladder.again_after_school_days)
            .number("head", it.ladder.head_teacher_after)
            .number("office", it.ladder.office_after),
    );
    lines.push(Phrase::new("explain-consent").number("age", it.consent_until_age));
    lines.push(Phrase::new("explain-sources"));
    lines
}

/// One rule: who, what, about whom, how often, and where it comes from.
fn rule(it: &Rule) -> Phrase {
    let who = Phrase::new(format!("role-{}", it.owed_by));
    let whom = match (it.owed_by.is_staff(), it.about) {
        (true, about) => Phrase::new(format!("explain-about-{about}")),
        // A student speaks for himself.
        (false, _) => Phrase::new("nothing"),
    };
    Phrase::new("explain-rule")
        .phrase("who", who)
        .phrase("whom", whom)
        .phrase("what", what(it))
        .phrase("cadence", cadence(it))
        .phrase("source", source(&it.source))
}

/// Where the rules of our own policies come from, as they have it, and how it is told.
const SOURCES: &[(&str, &str)] = &[
    ("G", "source-general"),
    ("P", "source-primary"),
    ("M", "source-middle"),
    ("H", "source-high"),
    ("D", "source-district"),
    ("design card", "source-ours"),
    ("figure of the design card", "source-figure"),
];

/// Where a rule comes from. What a school wrote itself stays as it is.
pub(super) fn source(written: &str) -> Phrase {
    let known = |part: &str| SOURCES.iter().find(|(it, _)| *it == part).map(|(_, key)| Phrase::new(*key));
    let parts: Option<Vec<Phrase>> = written.split("; ").map(known).collect();
    match parts {
        Some(parts) => Phrase::new("source").list("parts", parts, "joint-source"),
        None => Phrase::new("source").text("parts", written),
    }
}

/// The record that a rule asks for.
pub(super) fn what(it: &Rule) -> Phrase {
    match it.form {
        Some(form) => Phrase::new(format!("{}-{form}", it.record)),
        None => Phrase::new(format!("duty-{}", it.record)),
    }
}

/// How often, in words.
pub(super) fn cadence(it: &Rule) -> Phrase {
    match it.cadence {
        Cadence::Every { days } => Phrase::new("cadence-days").number("days", days),
        Cadence::EveryMonths { n } => Phrase::new("cadence-months").number("months", n),
        // More than one check-in in a period would be a surprise.
        Cadence::PerPeriod { period, .. } if it.record == Kind::Checkin => {
            Phrase::new("cadence-once").phrase("period", Phrase::new(format!("period-{period}")))
        }
        Cadence::PerPeriod { times, period } => {
            let period = Phrase::new(format!("period-{period}"));
            Phrase::new("cadence-per").number("times", times).phrase("period", period)
        }
        Cadence::At { moment } => Phrase::new(format!("cadence-at-{moment}")),
        Cadence::After { event, school_days } => {
            Phrase::new(format!("cadence-after-{event}")).number("days", school_days)
        }
    }
}

fn questions(it: &CheckinRules) -> Vec<Phrase> {
    let asked = it.questions.iter().map(|question| Phrase::new(format!("question-{question}")));
    [Phrase::new("question-mood")].into_iter().chain(asked).chain([Phrase::new("question-talk")]).collect()
}

/// On which weekdays at what time; for what no week shows (the first of a month), the expression itself.
fn when(cron: &Cron) -> Phrase {
    let monday = Day::from_ymd_opt(2026, 9, 7).unwrap_or_default();
    let weeks: Vec<Vec<Day>> = (0..8)
        .map(|week| monday + chrono::Days::new(7 * week))
        .map(|first| first.iter_days().take(7).filter(|day| cron.falls_on(*day)).collect())
        .collect();
    let weekdays = |days: &Vec<Day>| days.iter().map(Datelike::weekday).collect::<Vec<_>>();
    let first = weeks.first().map(&weekdays).unwrap_or_default();
    if first.is_empty() || weeks.iter().any(|days| weekdays(days) != first) {
        return Phrase::new("when-cron").text("cron", cron.as_str());
    }
    if first.len() == WEEK.len() {
        return Phrase::new("when-daily").time("time", cron.time());
    }
    let days = first.iter().map(|day| Phrase::new(format!("weekday-{}", day.number_from_monday()))).collect();
    Phrase::new("when-weekly").list("days", days, "joint-comma").time("time", cron.time())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        school::{Event, Moment, Period},
        text::Texts,
    };

    fn told(text: &str, language: &str) -> String {
        let policy = Policy::parse(text, "test.toml").unwrap();
        let texts = Texts::load().unwrap();
        let lines: Vec<String> = super::policy(&policy).iter().map(|it| texts.plain(language, it)).collect();
        let told = lines.join("\n");
        assert_eq!(missing(&told), None, "{told}");
        told
    }

    /// A key that stands where its words should, or a gap that nothing filled.
    fn missing(told: &str) -> Option<&'static str> {
        let keys = [
            "explain-",
            "cadence-",
            "role-",
            "duty-",
            "period-",
            "policy-",
            "source-",
            "question-",
            "weekday-",
            "when-",
            "talk-",
            "contact-",
            "meeting-",
            "session-",
            "joint-",
            "$",
        ];
        keys.into_iter().find(|it| told.contains(it))
    }

    /// A school in China reads no English but what it wrote itself.
    #[test]
    fn the_chinese_explanation_is_chinese() {
        for name in Policy::PRESETS {
            let told = told(Policy::preset(name).unwrap(), "zh-CN");
            assert!(!told.contains(|c: char| c.is_ascii_alphabetic()), "{name}: {told}");
        }
    }

    #[test]
    fn where_a_rule_comes_from_is_told_in_full_and_a_schools_own_words_stay() {
        let texts = Texts::load().unwrap();
        let said = |written: &str| texts.plain("en", &source(written));
        let rules = |name: &&str| Policy::parse(Policy::preset(name).unwrap(), name).unwrap().rules;
        for rule in Policy::PRESETS.iter().flat_map(rules) {
            assert_ne!(said(&rule.source), rule.source, "told as it was written");
        }
        assert_eq!(said("M"), "middle school’s plan");
        assert_eq!(
            said("M; figure of the design card"),
            "middle school’s plan; the figure is this program’s proposal"
        );
        for own in ["校长办公会 2026-08-20", "M; our principal", "design cards"] {
            assert_eq!(said(own), own);
        }
    }

    #[test]
    fn the_presets_are_told_so_that_a_head_teacher_would_pin_them_up() {
        for name in Policy::PRESETS {
            for language in ["zh-CN", "en"] {
                let told = told(Policy::preset(name).unwrap(), language);
                insta::assert_snapshot!(format!("explain_{name}_{language}"), told);
            }
        }
    }

    /// Everything that can be asked reads well: each kind in each form about each thing of each role, how often soever.
    #[test]
    fn whatever_a_policy_can_ask_has_words_in_every_language() {
        let texts = Texts::load().unwrap();
        let mut cadences = vec![Cadence::Every { days: 14 }, Cadence::EveryMonths { n: 1 }];
        cadences.extend(Period::ALL.iter().map(|period| Cadence::PerPeriod { times: 2, period: *period }));
        cadences.extend(Moment::ALL.iter().map(|moment| Cadence::At { moment: *moment }));
        cadences.extend(Event::ALL.iter().map(|event| Cadence::After { event: *event, school_days: 5 }));
        let mut seen = 0;
        for kind in Kind::ALL {
            let forms = kind.forms().iter().map(|it| Some(*it)).chain([None]);
            for (form, (about, roles)) in
                forms.flat_map(|it| kind.asked().iter().map(move |asked| (it, asked)))
            {
                for (role, cadence) in roles.iter().flat_map(|it| cadences.iter().map(move |c| (it, c))) {
                    let rule = Rule {
                        name: "it".to_owned(),
                        record: *kind,
                        form,
                        owed_by: *role,
                        about: *about,
                        cadence: *cadence,
                        source: "M".to_owned(),
                        since: None,
                    };
                    for language in texts.languages() {
                        let told = texts.plain(language, &super::rule(&rule));
                        assert_eq!(missing(&told), None, "{language}: {told}");
                        seen += 1;
                    }
                }
            }
        }
        assert!(seen > 1000, "only {seen} sentences were read");
    }

    #[test]
    fn a_time_that_no_week_shows_is_told_as_it_was_written() {
        let texts = Texts::load().unwrap();
        let said = |cron: &str| texts.plain("en", &when(&Cron::parse(cron).unwrap()));
        assert_eq!(said("0 0 8 * * *"), "every day at 08:00");
        assert_eq!(said("0 30 16 * * FRI"), "Fri at 16:30");
        assert_eq!(said("0 0 8 1 * *"), "at “0 0 8 1 * *”");
    }
}
