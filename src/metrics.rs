//! What the program counts about itself, for `/metrics`: numbers alone, nothing about anybody.
//!
//! A registry of our own: a dozen numbers need no labels, and so no crate for them.

use std::{
    fmt::Write,
    sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// A number that only grows.
#[derive(Default, Debug)]
pub struct Counter(AtomicU64);

/// A number that rises and falls.
#[derive(Default, Debug)]
pub struct Gauge(AtomicI64);

/// How long things took.
#[derive(Default, Debug)]
pub struct Times {
    within: [AtomicU64; BOUNDS.len()],
    count: AtomicU64,
    microseconds: AtomicU64,
}

/// Milliseconds.
const BOUNDS: [u64; 10] = [1, 5, 10, 25, 50, 100, 250, 1_000, 5_000, 30_000];

macro_rules! metrics {
    ($($field:ident: $Kind:ident, $name:literal, $help:literal;)+) => {
        /// Everything that is counted. One for the process, shared.
        #[derive(Default, Debug)]
        pub struct Metrics {
            $(#[doc = $help] pub $field: $Kind,)+
        }

        impl Metrics {
            /// All numbers in Prometheus' text format.
            pub fn render(&self) -> String {
                let mut text = String::new();
                $(let _ = writeln!(text, "# HELP {} {}\n# TYPE {} {}", $name, $help, $name, $Kind::TYPE);
                self.$field.write($name, &mut text);)+
                text
            }
        }
    };
}
metrics! {
    updates_received: Counter, "daoyu_updates_received_total", "Updates taken from Telegram.";
    updates_answered: Counter, "daoyu_updates_answered_total", "Updates answered.";
    updates_failed: Counter, "daoyu_updates_failed_total", "Tries to answer an update that failed.";
    updates_known: Counter, "daoyu_updates_known_total", "Updates that came again and were known.";
    updates_aside: Counter, "daoyu_updates_aside_total", "Updates set aside for the operator.";
    messages_sent: Counter, "daoyu_messages_sent_total", "Calls that Telegram took.";
    messages_refused: Counter, "daoyu_messages_refused_total", "Calls that Telegram refused for good.";
    messages_unknown: Counter, "daoyu_messages_unknown_total", "Calls of which nobody knows what became.";
    messages_not_sent: Counter, "daoyu_messages_not_sent_total", "Calls that did not reach Telegram; they are made again.";
    messages_aside: Counter, "daoyu_messages_aside_total", "Messages set aside for the operator.";
    messages_recovered: Counter, "daoyu_messages_recovered_total", "Messages taken over from a process that fell silent.";
    processes_buried: Counter, "daoyu_processes_buried_total", "Processes that fell silent and were buried by this one.";
    lives: Counter, "daoyu_lives_total", "How often this process was buried and began anew.";
    stale_writes_refused: Counter, "daoyu_stale_writes_refused_total", "Writes that were refused since this process was buried.";
    messages_held: Counter, "daoyu_messages_held_total", "Calls that Telegram asked to hold back (429).";
    sweeps: Counter, "daoyu_sweeps_total", "Clock slots worked through.";
    nudges: Counter, "daoyu_nudges_total", "Nudges decided on.";
    inbox_open: Gauge, "daoyu_inbox_open", "Updates that wait for their answer.";
    inbox_aside: Gauge, "daoyu_inbox_aside", "Updates that lie set aside.";
    outbox_open: Gauge, "daoyu_outbox_open", "Messages that wait to be sent.";
    outbox_aside: Gauge, "daoyu_outbox_aside", "Messages that lie set aside.";
    pulse_age: Gauge, "daoyu_telegram_heard_seconds_ago", "Seconds since Telegram was heard by polling.";
    commits: Counter, "daoyu_commits_total", "Transactions of the database that were committed.";
    statements: Counter, "daoyu_statements_total", "Statements that the database was asked; what goes together counts once.";
    answer_time: Times, "daoyu_answer_seconds", "From taking an update to the commit of its answer.";
}

impl Counter {
    const TYPE: &'static str = "counter";

    /// Counts `n` more.
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Relaxed);
    }

    /// How many there were.
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }

    fn write(&self, name: &str, text: &mut String) {
        let _ = writeln!(text, "{name} {}", self.get());
    }
}

impl Gauge {
    const TYPE: &'static str = "gauge";

    /// It is `n` now.
    pub fn set(&self, n: i64) {
        self.0.store(n, Relaxed);
    }

    fn write(&self, name: &str, text: &mut String) {
        let _ = writeln!(text, "{name} {}", self.0.load(Relaxed));
    }
}

impl Times {
    const TYPE: &'static str = "histogram";

    /// One more thing took so long.
    pub fn took(&self, time: Duration) {
        let microseconds = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        if let Some(at) = BOUNDS.iter().position(|bound| microseconds <= bound * 1000) {
            self.within[at].fetch_add(1, Relaxed);
        }
        self.count.fetch_add(1, Relaxed);
        self.microseconds.fetch_add(microseconds, Relaxed);
    }

    fn write(&self, name: &str, text: &mut String) {
        let mut sum = 0;
        for (bound, within) in BOUNDS.iter().zip(&self.within) {
            sum += within.load(Relaxed);
            let _ = writeln!(text, "{name}_bucket{{le=\"{}\"}} {sum}", *bound as f64 / 1e3);
        }
        // Counted last and written first, a time that comes in between must not make `+Inf` the smaller one.
        let count = self.count.load(Relaxed).max(sum);
        let seconds = self.microseconds.load(Relaxed) as f64 / 1e6;
        let _ = writeln!(
            text,
            "{name}_bucket{{le=\"+Inf\"}} {count}\n{name}_sum {seconds}\n{name}_count {count}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_prometheus_reads_them() {
        let metrics = Metrics::default();
        metrics.updates_answered.add(2);
        metrics.outbox_open.set(7);
        for milliseconds in [1, 30, 60_000] {
            metrics.answer_time.took(Duration::from_millis(milliseconds));
        }
        let text = metrics.render();
        for line in [
            "# TYPE daoyu_updates_answered_total counter\ndaoyu_updates_answered_total 2\n",
            "# TYPE daoyu_outbox_open gauge\ndaoyu_outbox_open 7\n",
            "daoyu_answer_seconds_bucket{le=\"0.001\"} 1\n",
            "daoyu_answer_seconds_bucket{le=\"0.05\"} 2\n",
            "daoyu_answer_seconds_bucket{le=\"+Inf\"} 3\ndaoyu_answer_seconds_sum 60.031\ndaoyu_answer_seconds_count 3\n",
        ] {
            assert!(text.contains(line), "{line}\nnot in\n{text}");
        }
    }
}
