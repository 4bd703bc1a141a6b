use super::*;
use crate::school::cron::Cron;
use crate::school::kind::Kind;
use crate::school::period::Period;
use crate::school::policy::Cadence;
use crate::school::testing::{SHANGHAI, at, autumn, day, preset};
use proptest::prelude::*;

fn latest(calendar: &Calendar, name: SlotName, now: &str) -> Option<String> {
    latest_slot(&preset("default"), calendar, SHANGHAI, name, at(now, SHANGHAI))
        .map(|it| it.local.to_string())
}

#[test]
fn a_digest_is_at_its_minute_and_on_school_days_only() {
    let it = autumn();
    for (now, slot) in [
        ("2026-09-01 07:59", None),
        ("2026-09-01 08:00", Some("2026-09-01 08:00:00")),
        ("2026-09-21 07:59", Some("2026-09-20 08:00:00")), // a make-up Sunday
        ("2026-09-27 12:00", Some("2026-09-25 08:00:00")), // a Sunday
        ("2026-10-07 23:59", Some("2026-09-30 08:00:00")), // the week off
        ("2026-10-08 08:00", Some("2026-10-08 08:00:00")),
    ] {
        assert_eq!(latest(&it, SlotName::Digest, now).as_deref(), slot, "{now}");
    }
}

#[test]
fn check_in_and_reminder_skip_days_off() {
    let it = autumn();
    // 2026-10-02 is a Friday off, 2026-10-04 a Sunday off; the reminder of 2026-09-27 was the one of 2026-09-25.
    assert_eq!(latest(&it, SlotName::Checkin, "2026-10-08 12:00").unwrap(), "2026-09-25 16:30:00");
    assert_eq!(latest(&it, SlotName::CheckinReminder, "2026-10-08 12:00").unwrap(), "2026-09-27 18:00:00");
    assert_eq!(latest(&it, SlotName::CheckinReminder, "2026-10-11 18:00").unwrap(), "2026-10-11 18:00:00");
    assert_eq!(latest(&it, SlotName::OfficeSummary, "2026-10-08 12:00").unwrap(), "2026-09-28 08:00:00");
}

#[test]
fn one_check_in_has_one_reminder() {
    // The Friday off leaves the check-in of the week before open; its Sunday has reminded already.
    let it = Calendar::default().with_off(day("2026-10-02"), "off");
    assert_eq!(latest(&it, SlotName::CheckinReminder, "2026-10-05 12:00").unwrap(), "2026-09-27 18:00:00");
}

#[test]
fn where_the_clocks_change_a_slot_is_one_instant_of_its_day() {
    // Berlin, 2026: 02:30 is skipped on 29 March (the wall shows 03:00 at 01:00 UTC) and comes twice on 25 October.
    let (berlin, utc) = (chrono_tz::Europe::Berlin, chrono_tz::UTC);
    let mut policy = preset("default");
    policy.slots.office_summary = Cron::parse("0 30 2 * * *").unwrap();
    let calendar = Calendar::default();
    for (after, slot, instant) in [
        ("2026-03-28 12:00", "2026-03-29", "2026-03-29 01:00"),
        ("2026-03-29 01:00", "2026-03-30", "2026-03-30 00:30"),
        ("2026-10-24 12:00", "2026-10-25", "2026-10-25 00:30"),
        ("2026-10-25 00:30", "2026-10-26", "2026-10-26 01:30"), // not again an hour later
    ] {
        let next = next_slot(&policy, &calendar, berlin, SlotName::OfficeSummary, at(after, utc)).unwrap();
        assert_eq!((next.day, next.at), (day(slot), at(instant, utc)), "{after} UTC");
        let latest = latest_slot(
            &policy,
            &calendar,
            berlin,
            SlotName::OfficeSummary,
            next.at.plus(Duration::hours(3)),
        );
        assert_eq!(latest, Some(next), "{after} UTC");
    }
}

#[test]
fn a_check_in_whose_day_is_off_is_asked_by_no_other_day() {
    // Every Friday: of the month only the second one is left, of the week of the holiday none.
    let calendar = autumn().with_off(day("2026-11-06"), "off");
    let next = |name: &str, after: &str| {
        let after = at(after, SHANGHAI);
        next_slot(&preset(name), &calendar, SHANGHAI, SlotName::Checkin, after).unwrap().day.to_string()
    };
    assert_eq!(next("primary", "2026-11-01 00:00"), "2026-11-13", "one a month");
    assert_eq!(next("middle", "2026-09-26 00:00"), "2026-10-09", "one a week");
    // The last Friday of the term is its last day; then there is no slot until a term is entered.
    assert_eq!(next("middle", "2027-01-18 00:00"), "2027-01-22");
    let after = at("2027-01-22 16:30", SHANGHAI);
    assert_eq!(next_slot(&preset("middle"), &calendar, SHANGHAI, SlotName::Checkin, after), None);
}

#[test]
fn a_rarer_check_in_is_asked_at_the_first_slot_of_its_period() {
    let asked = |name: &str| {
        let mut now = at("2026-09-01 00:00", SHANGHAI);
        let slots = std::iter::from_fn(move || {
            let slot = next_slot(&preset(name), &autumn(), SHANGHAI, SlotName::Checkin, now)?;
            now = slot.at;
            Some(slot.day.to_string())
        });
        slots.take(4).collect::<Vec<_>>()
    };
    assert_eq!(asked("high"), ["2026-09-04", "2026-09-18", "2026-10-09", "2026-10-16"]);
    assert_eq!(asked("primary"), ["2026-09-04", "2026-10-09", "2026-11-06", "2026-12-04"]);
    assert_eq!(asked("middle"), ["2026-09-04", "2026-09-11", "2026-09-18", "2026-09-25"]);
}

#[test]
fn a_policy_without_check_in_asks_for_none() {
    let mut policy = preset("default");
    policy.rules.retain(|it| it.record != Kind::Checkin);
    let now = at("2026-09-21 12:00", SHANGHAI);
    for name in [SlotName::Checkin, SlotName::CheckinReminder] {
        assert_eq!(latest_slot(&policy, &autumn(), SHANGHAI, name, now), None);
        assert_eq!(next_slot(&policy, &autumn(), SHANGHAI, name, now), None);
    }
}

#[test]
fn a_check_in_belongs_to_the_slot_before_it() {
    let key = |now: &str| {
        let it = checkin_period(&preset("default"), &autumn(), SHANGHAI, at(now, SHANGHAI));
        (it.key.to_string(), it.from.local(SHANGHAI).to_string(), it.to.local(SHANGHAI).to_string())
    };
    let period = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    let first = period("2026-09-04", "2026-09-04 16:30:00", "2026-09-11 16:30:00");
    assert_eq!(key("2026-09-04 16:30"), first);
    assert_eq!(key("2026-09-11 16:29"), first, "late answers count");
    assert_eq!(key("2026-09-11 16:30").0, "2026-09-11");
    assert_eq!(key("2026-10-08 12:00"), period("2026-09-25", "2026-09-25 16:30:00", "2026-10-09 16:30:00"));
    // Before the first slot ever: the Monday of the week.
    assert_eq!(key("2026-09-02 10:00"), period("2026-08-31", "2026-08-31 00:00:00", "2026-09-04 16:30:00"));
}

#[test]
fn a_missed_slot_is_made_up_while_it_makes_sense() {
    let worth = |name: SlotName, slot: &str, now: &str| {
        let local = slot.parse::<NaiveDateTime>().unwrap();
        let slot = Slot { name, local, at: At::from_local(local, SHANGHAI), day: local.date() };
        still_worth_sending(&slot, at(now, SHANGHAI), SHANGHAI)
    };
    for (name, slot, last, gone) in [
        (SlotName::Digest, "2026-09-21T08:00:00", "2026-09-21 19:59", "2026-09-21 20:00"),
        (SlotName::Checkin, "2026-09-25T16:30:00", "2026-10-02 16:29", "2026-10-02 16:30"),
        (SlotName::CheckinReminder, "2026-09-27T18:00:00", "2026-09-27 23:59", "2026-09-28 00:00"),
        (SlotName::OfficeSummary, "2026-09-28T08:00:00", "2026-10-01 07:59", "2026-10-01 08:00"),
    ] {
        assert!(worth(name, slot, last), "{name}");
        assert!(!worth(name, slot, gone), "{name}");
        assert!(!worth(name, slot, "2026-09-20 08:00"), "{name} before its time");
    }
}

/// Zones with a common DST, one of half an hour, one that skips midnight, one that skipped a day, and none.
fn zones() -> impl Strategy<Value = (Tz, &'static str)> {
    proptest::sample::select(vec![
        (SHANGHAI, "2026-01-01"),
        (chrono_tz::Europe::Berlin, "2026-01-01"),
        (chrono_tz::America::New_York, "2026-01-01"),
        (chrono_tz::Australia::Lord_Howe, "2026-01-01"),
        (chrono_tz::America::Sao_Paulo, "2017-06-01"),
        (chrono_tz::Pacific::Apia, "2011-06-01"),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// A loop that looks every so often finds every slot, each once, at the first instant of its local moment.
    #[test]
    fn slots_come_exactly_once((tz, start) in zones(), minute in 0u32..1440, step in 1i64..1380) {
        let mut policy = preset("default");
        policy.slots.office_summary = Cron::parse(&format!("0 {} {} * * *", minute % 60, minute / 60)).unwrap();
        let (calendar, name) = (Calendar::default(), SlotName::OfficeSummary);
        let start = day(start);
        let begin = start_of(start, tz);
        let end = start_of(start + Duration::days(366), tz);

        let mut seen: Vec<Slot> = Vec::new();
        let mut now = begin;
        while now < end {
            let slot = latest_slot(&policy, &calendar, tz, name, now).filter(|it| it.at >= begin);
            if let Some(slot) = slot && seen.last() != Some(&slot) {
                seen.push(slot);
            }
            now = now.plus(Duration::minutes(step));
        }
        let mut expected: Vec<Slot> = Vec::new();
        let mut after = At(begin.0 - 1);
        while let Some(slot) = next_slot(&policy, &calendar, tz, name, after).filter(|it| it.at <= now.minus(Duration::minutes(step))) {
            expected.push(slot);
            after = slot.at;
        }
        prop_assert_eq!(&seen, &expected);
        prop_assert!(seen.windows(2).all(|it| it[0].at < it[1].at && it[0].day < it[1].day));
        // One for each day that was: all of them, but for the one that Samoa skipped.
        let days = (seen[seen.len() - 1].day - seen[0].day).num_days() + 1;
        let skipped = i64::from(tz == chrono_tz::Pacific::Apia);
        prop_assert_eq!(seen.len() as i64, days - skipped);
    }

    /// Six zones over ten years, with looks now and then, and a clock that is set a day ahead or back and later right
    /// again: no slot is done twice, none out of order, and each is done unless a later one was.
    #[test]
    fn a_clock_that_jumps_repeats_no_slot(
        // Where the clocks go forward two slots are 23 hours apart.
        (tz, _) in zones(), minute in 0u32..1440, step in 45i64..1380,
        jumps in proptest::collection::vec((0usize..5000, -1440i64..=1440, 1usize..40), 0..12),
    ) {
        let mut policy = preset("default");
        policy.slots.office_summary = Cron::parse(&format!("0 {} {} * * *", minute % 60, minute / 60)).unwrap();
        let (calendar, name) = (Calendar::default(), SlotName::OfficeSummary);
        // 2010 to 2019: Samoa skips its day, and Sao Paulo still has a summer time.
        let begin = start_of(day("2010-01-01"), tz);
        let end = start_of(day("2020-01-01"), tz);
        let mut done: Vec<Slot> = Vec::new();
        let (mut true_now, mut look, mut latest_shown) = (begin, 0, begin);
        while true_now < end {
            let off: i64 = jumps.iter().filter(|(at, _, long)| (*at..at + long).contains(&look)).map(|it| it.1).sum();
            let shown = true_now.plus(Duration::minutes(off.clamp(-1440, 1440)));
            latest_shown = latest_shown.max(shown);
            let slot = latest_slot(&policy, &calendar, tz, name, shown);
            if let Some(slot) = slot.filter(|it| it.at >= begin && done.last().is_none_or(|last| it.at > last.at)) {
                done.push(slot);
            }
            true_now = true_now.plus(Duration::minutes(step));
            look += 1;
        }
        prop_assert!(done.windows(2).all(|it| it[0].at < it[1].at && it[0].day < it[1].day));
        // None is forgotten but those that a clock leapt over; a look every `step` misses none by itself.
        let mut after = At(begin.0 - 1);
        let mut missed = 0;
        while let Some(slot) = next_slot(&policy, &calendar, tz, name, after).filter(|it| it.at <= latest_shown.minus(Duration::minutes(step))) {
            missed += usize::from(done.binary_search_by_key(&slot.at, |it| it.at).is_err());
            after = slot.at;
        }
        prop_assert!(missed <= 2 * jumps.len(), "{} missed with {} jumps", missed, jumps.len());
    }

    /// Every instant belongs to one check-in period, and its neighbours join without gap or overlap.
    #[test]
    fn check_in_periods_join((tz, start) in zones(), minutes in 0i64..500_000, period in proptest::sample::select(Period::ALL)) {
        let mut policy = preset("default");
        for rule in &mut policy.rules {
            if rule.record == Kind::Checkin {
                rule.cadence = Cadence::PerPeriod { times: 1, period };
            }
        }
        let calendar = Calendar::default();
        let now = start_of(day(start), tz).plus(Duration::minutes(minutes));
        let it = checkin_period(&policy, &calendar, tz, now);
        prop_assert!(it.from <= now && now < it.to);
        prop_assert_eq!(checkin_period(&policy, &calendar, tz, it.from), it);
        prop_assert_eq!(checkin_period(&policy, &calendar, tz, At(it.to.0 - 1)), it);
        prop_assert_eq!(checkin_period(&policy, &calendar, tz, it.to).from, it.to);
    }
}
