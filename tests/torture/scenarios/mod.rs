//! The promises, each in a file of its own.

mod away;
mod faults;
mod full;
mod kept;
mod nonsense;
mod poison;
mod schema;
mod sleep;
mod slots;
mod stops;
mod storm;
mod unknown;

use crate::{
    case::{
        Load::{Waits, Works},
        Scenario,
    },
    process::Engine,
};

const BOTH: &[Engine] = &[Engine::Sqlite, Engine::Postgres];
const POSTGRES: &[Engine] = &[Engine::Postgres];

/// A scenario of an async function.
macro_rules! scenario {
    ($name:literal, $promise:literal, $engines:expr, $load:expr, $run:path) => {
        Scenario {
            name: $name,
            promise: $promise,
            engines: $engines,
            load: $load,
            run: |case| Box::pin($run(case)),
        }
    };
}

/// Those that take longest begin first.
pub const ALL: &[Scenario] = &[
    scenario!("slots", "3 nudges with three processes", POSTGRES, Waits, slots::with_three_processes),
    scenario!("away", "8 database away, restarted, read-only", POSTGRES, Waits, away::for_a_while),
    scenario!("sleep", "4 a process that sleeps and wakes", BOTH, Waits, sleep::and_wakes),
    scenario!("full", "9 disk full", BOTH, Waits, full::to_the_last_byte),
    scenario!("unknown", "2 unknown outcome of a send", BOTH, Waits, unknown::answers_dropped),
    scenario!("storm", "5 storm of 429", BOTH, Waits, storm::of_429),
    scenario!("faults", "7 5xx and resets", BOTH, Waits, faults::everywhere),
    scenario!("nonsense", "13 nonsense", BOTH, Works, nonsense::of_every_kind),
    scenario!("poison", "6 poison", BOTH, Works, poison::for_others),
    scenario!("schema", "15 old and new", BOTH, Works, schema::in_a_race),
    scenario!("stops", "12 start and stop", BOTH, Works, stops::politely),
    scenario!("kept", "1 what a person said is kept, polling", BOTH, Works, kept::by_polling),
    scenario!("kept-webhook", "1 what a person said is kept, webhook", BOTH, Works, kept::by_webhook),
];
