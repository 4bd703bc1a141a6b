use super::*;
use crate::school::testing::{SHANGHAI, at, autumn};
use proptest::prelude::*;

fn night() -> Quiet {
    Quiet { from: NaiveTime::from_hms_opt(21, 30, 0).unwrap(), to: NaiveTime::from_hms_opt(7, 0, 0).unwrap() }
}

#[test]
fn nobody_is_written_to_at_night() {
    for (now, then) in [
        ("2026-09-21 21:29", "2026-09-21 21:29"),
        ("2026-09-21 21:30", "2026-09-22 07:00"),
        ("2026-09-22 00:00", "2026-09-22 07:00"),
        ("2026-09-22 06:59", "2026-09-22 07:00"),
        ("2026-09-22 07:00", "2026-09-22 07:00"),
    ] {
        assert_eq!(may_send_at(&night(), None, SHANGHAI, at(now, SHANGHAI)), at(then, SHANGHAI), "{now}");
    }
}

#[test]
fn nor_on_a_day_off_when_there_is_a_calendar() {
    let calendar = autumn();
    for (now, then) in [
        ("2026-09-30 21:45", "2026-10-08 07:00"),
        ("2026-10-03 12:00", "2026-10-08 07:00"),
        ("2026-09-19 12:00", "2026-09-19 12:00"), // a weekend is no day off
    ] {
        assert_eq!(
            may_send_at(&night(), Some(&calendar), SHANGHAI, at(now, SHANGHAI)),
            at(then, SHANGHAI),
            "{now}"
        );
    }
    let after_all_terms = may_send_at(&night(), Some(&calendar), SHANGHAI, at("2027-07-01 23:00", SHANGHAI));
    assert_eq!(after_all_terms, at("2027-07-02 07:00", SHANGHAI), "delayed, never lost");
}

#[test]
fn quiet_hours_within_a_day_and_none_at_all() {
    let noon = Quiet {
        from: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
        to: NaiveTime::from_hms_opt(14, 0, 0).unwrap(),
    };
    let at = |text| at(text, SHANGHAI);
    assert_eq!(may_send_at(&noon, None, SHANGHAI, at("2026-09-21 13:59")), at("2026-09-21 14:00"));
    assert_eq!(may_send_at(&Quiet::NONE, None, SHANGHAI, at("2026-09-21 03:00")), at("2026-09-21 03:00"));
    let off_is_over = may_send_at(&Quiet::NONE, Some(&autumn()), SHANGHAI, at("2026-10-05 03:00"));
    assert_eq!(off_is_over, at("2026-10-08 00:00"));
    assert_eq!(night().to_string(), "21:30-07:00");
    assert_eq!("21:30-07:00".parse(), Ok(night()));
    for wrong in ["", "21:30", "21:30-24:00", "9-7"] {
        assert!(wrong.parse::<Quiet>().is_err(), "{wrong}");
    }
}

#[test]
fn where_the_clocks_change_the_quiet_ends_by_the_wall() {
    // Berlin, 2026: 29 March 02:00 becomes 03:00 (01:00 UTC), 25 October 03:00 becomes 02:00 (01:00 UTC).
    let berlin = chrono_tz::Europe::Berlin;
    let time = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
    let utc = |text: &str| at(text, chrono_tz::UTC);
    let early = Quiet { from: time(22, 0), to: time(2, 30) };
    for (quiet, now, then) in [
        // A usual night is an hour shorter or longer, and ends at seven.
        (night(), "2026-03-28 22:00", "2026-03-29 05:00"),
        (night(), "2026-10-24 22:00", "2026-10-25 06:00"),
        // 02:30 is skipped: free from 03:00 on.
        (early, "2026-03-29 00:30", "2026-03-29 01:00"),
        // 02:30 comes twice. From the first on it is free, then quiet again for the half hour that is repeated.
        (early, "2026-10-25 00:10", "2026-10-25 00:30"),
        (early, "2026-10-25 00:45", "2026-10-25 00:45"),
        (early, "2026-10-25 01:10", "2026-10-25 01:30"),
        (early, "2026-10-25 01:30", "2026-10-25 01:30"),
    ] {
        assert_eq!(may_send_at(&quiet, None, berlin, utc(now)), utc(then), "{quiet} {now} UTC");
    }
}

#[test]
fn the_first_and_the_last_minute_of_a_holiday() {
    let calendar = autumn();
    for (now, then) in [
        ("2026-09-30 21:29", "2026-09-30 21:29"),
        ("2026-10-01 00:00", "2026-10-08 07:00"),
        ("2026-10-07 23:59", "2026-10-08 07:00"),
        ("2026-10-08 07:00", "2026-10-08 07:00"),
        ("2027-01-22 21:29", "2027-01-22 21:29"), // the last day of the term
    ] {
        let free = may_send_at(&night(), Some(&calendar), SHANGHAI, at(now, SHANGHAI));
        assert_eq!(free, at(then, SHANGHAI), "{now}");
    }
}

proptest! {
    #[test]
    fn it_is_the_first_moment_that_is_free(from in 0u32..1440, to in 0u32..1440, now in 0i64..400_000) {
        let time = |minutes: u32| NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0).unwrap();
        let quiet = Quiet { from: time(from), to: time(to) };
        let calendar = autumn();
        let now = At(at("2026-09-01 00:00", SHANGHAI).0 + now * 60_000 % 12_000_000_000);
        let free = |it: At| !quiet.has(it.local(SHANGHAI).time()) && !calendar.is_off(it.day(SHANGHAI));
        let then = may_send_at(&quiet, Some(&calendar), SHANGHAI, now);
        prop_assert!(free(then) && then >= now);
        prop_assert!((now.0..then.0).step_by(60_000).all(|it| !free(At(it))));
    }
}
