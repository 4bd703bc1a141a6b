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
