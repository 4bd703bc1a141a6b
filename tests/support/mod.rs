//! The house in which stories are told: a school with a clock that stands still, the sandbox as its Telegram, and the
//! true loops, cranked until nothing is left to do. Nothing sleeps.
//!
//! ```ignore
//! story! {
//!     async fn a_wish_reaches_the_mentor_at_once(school) {
//!         let (wang, li) = (school.mentor("王老师").await, school.student("李雷").await);
//!         wang.mentors(&li).since("2026-09-01").await;
//!
//!         li.says("/wish").await;
//!
//!         assert!(wang.hears().contains("想和您谈谈"));
//!     }
//! }
//! ```

mod books;
mod database;
mod lives;
mod log;
mod loops;
mod newcomer;
mod others;
mod person;
mod poisoned;
mod school;
mod term;

pub use database::Engine;
pub use loops::Dies;
pub use others::Other;
pub use person::{Person, snapshot};
pub use school::School;
pub use term::days;

use std::future::Future;

/// Makes two tests of each story: `sqlite` and `postgres`, each with a school of its own.
macro_rules! story {
    ($($(#[$about:meta])* async fn $name:ident($school:ident) $body:block)+) => {$(
        $(#[$about])*
        mod $name {
            use super::*;

            async fn story($school: School) $body

            #[test]
            fn sqlite() {
                $crate::support::tell($crate::support::Engine::Sqlite, story);
            }

            #[test]
            fn postgres() {
                $crate::support::tell($crate::support::Engine::Postgres, story);
            }
        }
    )+};
}
pub(crate) use story;

/// Tells a story on one database. What no person may see, but a story must never leave behind, is looked for at its end.
pub fn tell<F: Future<Output = ()>>(engine: Engine, story: impl FnOnce(School) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        // One thread tells a story, so that what is logged on it belongs to the story.
        let (_listening, faults) = log::listen();
        let school = School::new(engine).await;
        story(school.clone()).await;
        school.settles().await;
        school.has_set_nothing_aside().await;
        if !school.expects_faults() {
            faults.are_none();
        }
    });
}
