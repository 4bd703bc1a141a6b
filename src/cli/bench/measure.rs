//! What was measured, as numbers.

use super::super::listing::Cell;
use crate::school::marks::Points;
use std::time::Duration;

/// A number with two places.
pub fn decimal(number: f64) -> Cell {
    Cell::Decimal(Some(Points((number * 100.0).round() as i64)))
}

/// A whole number.
pub fn whole(number: f64) -> Cell {
    Cell::Number(number.round() as i64)
}

/// So many milliseconds.
pub fn milliseconds(time: Duration) -> Cell {
    decimal(time.as_secs_f64() * 1e3)
}

/// The value below which such a share (0..=1) of sorted times lies.
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
}

/// The middle one of some numbers.
pub fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_times() {
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        for (share, expected) in [(0.0, 1), (0.5, 51), (0.95, 95), (0.99, 99), (1.0, 100)] {
            assert_eq!(percentile(&times, share), Duration::from_millis(expected), "{share}");
        }
        assert_eq!(percentile(&[], 0.5), Duration::ZERO);
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(median(std::iter::empty()), 0.0);
    }
}
