mod official;

use super::*;
use crate::school::testing::{autumn, day};
use proptest::prelude::*;

#[test]
fn weekends_holidays_and_make_up_days() {
    let it = autumn();
    for (when, school, running) in [
        ("2026-08-31", false, false), // the day before the term
        ("2026-09-01", true, true),
        ("2026-09-19", false, true), // a Saturday
        ("2026-09-20", true, true),  // a Sunday to make up
        ("2026-10-01", false, false),
        ("2026-10-03", false, false), // a Saturday of the holiday
        ("2026-10-08", true, true),
        ("2026-10-10", true, true), // a Saturday to make up
        ("2027-01-22", true, true),
        ("2027-01-23", false, false),
    ] {
        assert_eq!(it.is_school_day(day(when)), school, "{when}");
        assert_eq!(it.is_running(day(when)), running, "{when}");
        assert_eq!(it.is_off(day(when)), !running, "{when}");
    }
}

#[test]
fn without_terms_every_day_is_in_term() {
    let it = Calendar::default();
    assert!(it.is_running(day("2026-07-18")) && !it.is_school_day(day("2026-07-18")));
    assert_eq!(it.school_days_between(day("2016-01-01"), day("2026-01-01")), 2609);
    assert_eq!(it.running_days_between(day("2016-01-01"), day("2026-01-01")), 3653);
    assert_eq!(it.add_running_days(day("2026-12-31"), 60), Some(day("2027-03-01")));
}

#[test]
fn a_clock_stands_still_in_holidays_and_goes_on() {
    let it = autumn().with_term("spring", day("2027-02-22"), day("2027-07-09"));
    assert_eq!(it.add_running_days(day("2026-09-25"), 14), Some(day("2026-10-16")));
    assert_eq!(it.add_running_days(day("2026-09-30"), 1), Some(day("2026-10-08")));
    assert_eq!(it.add_running_days(day("2027-01-20"), 2), Some(day("2027-01-22")));
    assert_eq!(it.add_running_days(day("2027-01-20"), 3), Some(day("2027-02-22")));
    assert_eq!(it.add_running_days(day("2027-07-09"), 1), None);
    assert_eq!(it.add_running_days(day("2026-10-03"), 0), Some(day("2026-10-03")));
}

#[test]
fn the_next_school_day_jumps_over_the_holiday() {
    let it = autumn();
    assert_eq!(it.next_school_day(day("2026-09-30")), Some(day("2026-10-08")));
    assert_eq!(it.next_school_day(day("2026-10-09")), Some(day("2026-10-10")));
    assert_eq!(it.next_school_day(day("2027-01-22")), None);
    assert_eq!(it.school_day_back(day("2026-10-07"), day("2026-09-01")), Some(day("2026-09-30")));
    assert_eq!(it.school_day_back(day("2026-10-07"), day("2026-10-02")), None);
}

#[test]
fn terms_that_overlap_count_a_day_once() {
    let it = Calendar::default().with_term("b", day("2026-09-15"), day("2026-10-15")).with_term(
        "a",
        day("2026-09-01"),
        day("2026-09-30"),
    );
    assert_eq!(it.running_days_between(day("2026-08-01"), day("2026-12-01")), 45);
    assert_eq!(it.term_of(day("2026-09-20")).unwrap().name, "a");
    assert_eq!(it.term_of(day("2026-10-16")), None);
}

/// Some weeks of 2026 with terms and marks anywhere.
fn any_calendar() -> impl Strategy<Value = Calendar> {
    let a_day = (0u64..240).prop_map(|n| day("2026-01-01") + Days::new(n));
    let terms = proptest::collection::vec((a_day.clone(), 0u64..90), 0..4);
    let marks = proptest::collection::vec((a_day, any::<bool>()), 0..30);
    let weekdays =
        proptest::sample::subsequence(vec![Weekday::Mon, Weekday::Wed, Weekday::Fri, Weekday::Sat], 0..=4);
    (terms, marks, weekdays).prop_map(|(terms, marks, weekdays)| {
        let name = String::new;
        let terms =
            terms.into_iter().map(|(first, n)| Term { name: name(), first, last: first + Days::new(n) });
        let marks = marks
            .into_iter()
            .map(|(day, off)| (day, if off { Mark::Off(name()) } else { Mark::School(name()) }));
        Calendar::new(&weekdays, terms.collect(), marks.collect())
    })
}

proptest! {
    #[test]
    fn the_quick_count_is_the_count_day_by_day(it in any_calendar(), start in 0u64..300, length in 0u64..400) {
        let a = day("2025-12-01") + Days::new(start);
        let b = a + Days::new(length);
        let days = || a.iter_days().skip(1).take_while(|day| *day <= b);
        prop_assert_eq!(it.school_days_between(a, b), days().filter(|day| it.is_school_day(*day)).count() as i64);
        prop_assert_eq!(it.running_days_between(a, b), days().filter(|day| it.is_running(*day)).count() as i64);
        prop_assert_eq!(it.running_days_between(b, a), 0);
    }

    #[test]
    fn adding_is_the_inverse_of_counting(it in any_calendar(), start in 0u64..300, n in 1i64..120) {
        let a = day("2025-12-01") + Days::new(start);
        match it.add_running_days(a, n) {
            Some(b) => {
                prop_assert_eq!(it.running_days_between(a, b), n);
                prop_assert!(it.is_running(b));
            }
            None => prop_assert!(it.running_days_between(a, a + Days::new(2000)) < n),
        }
    }
}
