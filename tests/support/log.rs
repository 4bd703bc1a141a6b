//! What the house logs while a story is told: an error that nobody asserts is still an error.

use std::{
    fmt::Debug,
    sync::{Arc, Mutex},
};
use tracing::{Event, Level, Subscriber, field::Field, subscriber::DefaultGuard};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry,
};

/// The errors that were logged.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<String>>>);

/// Listens on this thread until the guard is dropped.
pub fn listen() -> (DefaultGuard, Faults) {
    let faults = Faults::default();
    (tracing::subscriber::set_default(registry().with(faults.clone())), faults)
}

impl Faults {
    /// Fails the story if there are any.
    pub fn are_none(&self) {
        let faults = self.0.lock().expect("the log");
        assert!(faults.is_empty(), "the house logged errors:\n{}", faults.join("\n"));
    }
}

impl<S: Subscriber> Layer<S> for Faults {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() != Level::ERROR || !event.metadata().target().starts_with("daoyu") {
            return;
        }
        let mut line = String::new();
        event.record(&mut |field: &Field, value: &dyn Debug| {
            line.push_str(&format!("{}={value:?} ", field.name()))
        });
        self.0.lock().expect("the log").push(line);
    }
}
