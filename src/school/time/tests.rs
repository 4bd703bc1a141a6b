use super::*;
use crate::school::testing::{SHANGHAI, at, day};
use chrono_tz::{America, Europe, Pacific};
use proptest::prelude::*;

fn utc(at: At) -> String {
    DateTime::<Utc>::from_timestamp_millis(at.0).unwrap().format("%Y-%m-%d %H:%M:%S").to_string()
}

#[test]
fn a_day_is_the_schools_and_not_utc() {
    let just_after_midnight = at("2026-09-21 00:30", SHANGHAI);
    assert_eq!(utc(just_after_midnight), "2026-09-20 16:30:00");
    assert_eq!(just_after_midnight.day(SHANGHAI), day("2026-09-21"));
}

#[test]
fn a_moment_that_the_clocks_skip_is_the_first_after_the_gap() {
    // Berlin, 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC.
    for skipped in ["2026-03-29 02:00", "2026-03-29 02:30", "2026-03-29 02:59", "2026-03-29 03:00"] {
        assert_eq!(utc(at(skipped, Europe::Berlin)), "2026-03-29 01:00:00", "{skipped}");
    }
    // Sao Paulo, 2017-10-15: midnight itself is skipped.
    assert_eq!(utc(at("2017-10-15 00:00", America::Sao_Paulo)), "2017-10-15 03:00:00");
    // Samoa skipped a whole day.
    assert_eq!(utc(at("2011-12-30 08:00", Pacific::Apia)), "2011-12-30 10:00:00");
}

#[test]
fn of_a_moment_that_comes_twice_it_is_the_first() {
    // Berlin, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
    assert_eq!(utc(at("2026-10-25 02:30", Europe::Berlin)), "2026-10-25 00:30:00");
}

#[test]
fn the_ends_of_time_do_not_panic() {
    for end in [At(i64::MIN), At(i64::MAX), At(0)] {
        end.local(Pacific::Kiritimati);
        end.local(Pacific::Midway);
        end.plus(Duration::days(1)).minus(Duration::days(2)).since(At(i64::MIN));
    }
}

proptest! {
    #[test]
    fn a_later_moment_is_never_an_earlier_instant(
        zone in proptest::sample::select(chrono_tz::TZ_VARIANTS.to_vec()),
        start in 0i64..2_000_000_000, ahead in 0i64..200_000,
    ) {
        let a = At(start * 1000).local(zone);
        let b = a + Duration::seconds(ahead);
        prop_assert!(At::from_local(a, zone) <= At::from_local(b, zone));
        // It is the first instant at which the wall shows the moment or a later one.
        let instant = At::from_local(b, zone);
        prop_assert!(instant.local(zone) >= b);
        prop_assert!(At(instant.0 - 1).local(zone) < b);
    }
}
