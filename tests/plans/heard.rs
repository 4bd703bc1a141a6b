//! Every statement that is run, as the database's driver tells the log.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    sync::{Mutex, Once, PoisonError},
    time::Duration,
};
use tokio::sync::MutexGuard;
use tracing::{Event, Level, Subscriber, field::Field};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry,
};

/// What the program does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stage {
    /// A batch of check-ins is answered.
    Checkin,
    /// A mentor puts a talk on record.
    Talk,
    /// Everything else that people can ask for in the chat.
    Chat,
    /// The clock is minded.
    Sweep,
    /// Messages leave, and what is in them is read: answers, digests, questions, letters.
    Delivery,
    /// The office's summary leaves with others, which is about all of a school.
    Summary,
    /// Nothing happens, and the loops look around.
    Idle,
    /// What is old is tidied away.
    Tidy,
}

impl Stage {
    /// All of them.
    pub const ALL: [Stage; 8] = [
        Stage::Checkin,
        Stage::Talk,
        Stage::Chat,
        Stage::Sweep,
        Stage::Delivery,
        Stage::Summary,
        Stage::Idle,
        Stage::Tidy,
    ];

    /// Whether what is asked concerns a few people, so that nothing may walk through all of a school for them.
    pub fn is_about_few(self) -> bool {
        matches!(self, Stage::Checkin | Stage::Talk | Stage::Delivery)
    }
}

/// A statement, and when it was run.
#[derive(Debug)]
pub struct Statement {
    /// With its placeholders.
    pub sql: String,
    /// In which stages.
    pub stages: BTreeSet<Stage>,
}

type Heard = BTreeMap<String, BTreeSet<Stage>>;

static HEARD: Mutex<(Option<Stage>, Heard)> = Mutex::new((None, BTreeMap::new()));
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
/// SQLite's thread notes a statement a moment after it has answered.
const A_MOMENT: Duration = Duration::from_millis(1);

struct Listener;

/// One test at a time: the log does not tell whose a statement is.
pub async fn alone() -> MutexGuard<'static, ()> {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        tracing::subscriber::set_global_default(registry().with(Listener)).expect("the first listener");
    });
    ALONE.lock().await
}

/// From now on, what is heard belongs to this stage; to none of them when it is `None`.
pub async fn begins(stage: Option<Stage>) {
    tokio::time::sleep(A_MOMENT).await;
    HEARD.lock().unwrap_or_else(PoisonError::into_inner).0 = stage;
}

/// All that was heard.
pub async fn all() -> Vec<Statement> {
    begins(None).await;
    let heard = std::mem::take(&mut HEARD.lock().unwrap_or_else(PoisonError::into_inner).1);
    heard.into_iter().map(|(sql, stages)| Statement { sql, stages }).collect()
}

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" || *event.metadata().level() > Level::DEBUG {
            return;
        }
        let mut said = (String::new(), String::new());
        event.record(&mut |field: &Field, value: &dyn Debug| match field.name() {
            // A string is shown as in a program: with its line breaks and quotes escaped.
            "db.statement" => said.0 = unescaped(&format!("{value:?}")),
            "summary" => said.1 = unescaped(&format!("{value:?}")),
            _ => {}
        });
        let sql = if said.0.trim().is_empty() { said.1 } else { said.0 };
        let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stage) = heard.0 else { return };
        // Several may have gone together.
        for sql in sql.split("; ").map(|it| it.trim_end_matches(';')) {
            if ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].iter().any(|it| sql.starts_with(it)) {
                heard.1.entry(sql.to_owned()).or_default().insert(stage);
            }
        }
    }
}

fn unescaped(shown: &str) -> String {
    serde_json::from_str(shown).unwrap_or_else(|_| panic!("the driver said {shown}"))
}
