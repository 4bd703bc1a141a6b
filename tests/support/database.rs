//! The two databases, and an empty one of either.

#[expect(clippy::expect_used, reason = "a helper of a test may fail like the test itself")]
#[path = "postgres.rs"]
pub mod postgres;

use sqlx::{AnyConnection, Connection};
use std::path::Path;

/// Which database it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database. One that was made here on the server of the tests is dropped with this value.
pub struct Database {
    /// Where it is.
    pub url: String,
    _ours: Option<postgres::Database>,
}

impl Database {
    /// A fresh one: this file, which need not be there yet, or one on the server of the tests.
    pub async fn fresh(engine: Engine, file: &Path) -> Database {
        match engine {
            Engine::Sqlite => Database::at(format!("sqlite:{}", file.display())),
            Engine::Postgres => {
                let ours = postgres::Database::fresh().await;
                Database { url: ours.url(), _ours: Some(ours) }
            }
        }
    }

    /// One that is kept by somebody else.
    pub fn at(url: String) -> Database {
        Database { url, _ours: None }
    }

    /// A connection beside those of the house, for what no room of it has a word for.
    pub async fn connect(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        AnyConnection::connect(&self.url).await.unwrap()
    }
}
