//! Students who write and mentors who put talks on record, all the time.

use super::{ASKED, Mentor, Walk, mentors, name, students};
use crate::{
    case::Case,
    process::{LONG, Serve, Town, until_within},
};
use daoyu::sandbox::Sandbox;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinHandle;

/// So much may wait for the bot before the students wait, too: an outage is no reason to fill the memory.
const AT_MOST_WAITING: usize = 120;

/// Everybody at work.
pub struct Crowd {
    sandbox: Sandbox,
    goes: Arc<AtomicBool>,
    said: Arc<AtomicUsize>,
    writing: JoinHandle<Vec<(i64, usize)>>,
    logging: Vec<JoinHandle<Result<Logs, String>>>,
}

/// What the mentors came to.
#[derive(Default)]
struct Logs {
    talks: usize,
    took: Vec<Duration>,
    asked_again: usize,
}

/// What was said and done by a crowd.
pub struct Said {
    /// How much each student said.
    pub walks: Vec<(i64, usize)>,
    /// Talks of which the mentors have seen the receipt.
    pub talks: usize,
    pub took: Vec<Duration>,
    pub asked_again: usize,
    /// Answers of which nobody knows whether they arrived: those are not sent again.
    pub unknown: usize,
    /// Mentors who waited in vain.
    pub stuck: Vec<String>,
}

impl Crowd {
    /// The people of a school of so many mentors and students begin; somebody writes every `pace`.
    pub fn begins(town: &Town, mentors_count: i64, students_count: i64, pace: Duration) -> Crowd {
        Crowd::with(town, mentors_count, students_count, pace, None)
    }

    /// The same, with mentors who ask again when /talk is not answered for so long.
    pub fn with(
        town: &Town,
        mentors_count: i64,
        students_count: i64,
        pace: Duration,
        asks_again: Option<Duration>,
    ) -> Crowd {
        // Mentors look at their screens all the time: thousands of old messages there would cost more than the bot does.
        town.sandbox.history_limit(60);
        let goes = Arc::new(AtomicBool::new(true));
        let said = Arc::new(AtomicUsize::new(0));
        let each = students_count / mentors_count.max(1);
        let logging = mentors(mentors_count).enumerate().map(|(n, number)| {
            let user = town.sandbox.user(number, &name(number), "zh-hans");
            let student = students(students_count).nth(n * each as usize).map(name).unwrap_or_default();
            let (mentor, goes) = (Mentor { user, student, asks_again }, goes.clone());
            tokio::spawn(async move {
                let mut logs = Logs::default();
                while goes.load(Relaxed) {
                    let logged = mentor.logs_a_talk().await?;
                    logs.talks += 1;
                    logs.asked_again += logged.asked_again;
                    logs.took.extend(logged.took);
                }
                Ok(logs)
            })
        });
        let logging = logging.collect();
        let users: Vec<_> =
            students(students_count).map(|it| town.sandbox.user(it, &name(it), "zh-hans")).collect();
        let (on, counted, sandbox) = (goes.clone(), said.clone(), town.sandbox.clone());
        let writing = tokio::spawn(async move {
            let mut sent = vec![0; users.len()];
            for turn in (0..users.len()).cycle() {
                while on.load(Relaxed) && sandbox.pending_updates() > AT_MOST_WAITING {
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                if !on.load(Relaxed) {
                    break;
                }
                users[turn].says(ASKED[sent[turn] % ASKED.len()].0);
                sent[turn] += 1;
                counted.fetch_add(1, Relaxed);
                tokio::time::sleep(pace).await;
            }
            users.iter().map(daoyu::sandbox::User::id).zip(sent).collect()
        });
        Crowd { sandbox: town.sandbox.clone(), goes, said, writing, logging }
    }

    /// How much the students have said so far.
    pub fn said(&self) -> usize {
        self.said.load(Relaxed)
    }

    /// Waits until the students have said so much in all; they wait for a bot that does not answer.
    pub async fn has_said(&self, messages: usize, serve: &Serve) {
        until_within(LONG, "students write", &[serve], || self.said() >= messages).await;
    }

    /// Waits until the bot has caught up with what people say.
    pub async fn flows_evenly(&self, serve: &Serve) {
        let (mut quiet, mut delivered) = (Instant::now(), 0);
        let even = || {
            // For a moment nothing has waited, and answers still come.
            if self.sandbox.pending_updates() > 10 {
                (quiet, delivered) = (Instant::now(), self.sandbox.ledger_counts().0);
            }
            quiet.elapsed() > Duration::from_millis(100) && self.sandbox.ledger_counts().0 > delivered
        };
        until_within(LONG, "the bot catches up", &[serve], even).await;
    }

    /// Waits until so many more messages have truly been delivered.
    pub async fn is_answered(&self, more: u64, serve: &Serve, within: Duration) {
        let before = self.sandbox.ledger_counts().0;
        let delivered = || self.sandbox.ledger_counts().0 >= before + more;
        until_within(within, "answers flow", &[serve], delivered).await;
    }

    /// Nobody writes any more; the mentors finish what they began.
    pub async fn ends(self) -> Said {
        self.goes.store(false, Relaxed);
        let mut said = Said {
            walks: self.writing.await.unwrap(),
            talks: 0,
            took: Vec::new(),
            asked_again: 0,
            unknown: 0,
            stuck: Vec::new(),
        };
        for mentor in self.logging {
            match mentor.await.unwrap() {
                Ok(logs) => {
                    said.talks += logs.talks;
                    said.asked_again += logs.asked_again;
                    said.took.extend(logs.took);
                }
                Err(stuck) => said.stuck.push(stuck),
            }
        }
        said
    }
}

impl Said {
    /// Compares with the ledger and the books: nothing lost, no effect twice.
    ///
    /// A kill repeats at most one message in a chat. Over all that is one, too, in an even flow; in a rush, when many chats
    /// are answered at the same moment, it may be one in each of them.
    pub async fn check(&self, case: &Case, town: &Town, kills: &[Kill]) {
        let ledger = town.sandbox.ledger();
        let judge = |(chat, said): &(i64, usize)| (*chat, Walk::judge(ledger.iter(), *chat, *said));
        let walks: Vec<(i64, Walk)> = self.walks.iter().map(judge).collect();
        let said: usize = self.walks.iter().map(|(_, said)| said).sum();
        let lost: usize = walks.iter().map(|(_, walk)| walk.lost).sum();
        let records = town.count("SELECT COUNT(*) FROM record WHERE kind = 'talk'").await;
        let (talks, left) = (self.talks as i64, town.count(LEFT).await);
        case.measured(format!("{said} messages, {talks} talks: {lost} lost, {records} records"));
        let missing: Vec<_> =
            walks.iter().map(|(chat, walk)| (*chat, walk.lost)).filter(|(_, lost)| *lost > 0).collect();
        let overtaken: usize = walks.iter().map(|(_, walk)| walk.overtaken).sum();
        case.must(overtaken == 0, || format!("{overtaken} answers came after a later one of the same chat"));
        case.must(lost <= self.unknown, || {
            format!("{lost} answers were lost, {} are unknown; chat and count: {missing:?}", self.unknown)
        });
        case.must(records == talks, || format!("{talks} talks made {records} records"));
        case.must(self.stuck.is_empty(), || format!("mentors wait in vain: {}", self.stuck.join("\n")));
        case.must(left == 0, || format!("{left} rows are left open or set aside in inbox and outbox"));

        let mut repeated = vec![0; kills.len()];
        for (chat, walk) in &walks {
            let mut here = vec![0; kills.len()];
            for when in &walk.repeated {
                match kills.iter().rposition(|kill| kill.when < *when) {
                    Some(kill) => here[kill] += 1,
                    None => case.must(false, || {
                        format!("chat {chat}: a message came twice although nothing was killed")
                    }),
                }
            }
            let worst = here.iter().max().copied().unwrap_or_default();
            case.must(worst <= 1, || format!("chat {chat}: one kill repeated {worst} messages"));
            repeated.iter_mut().zip(here).for_each(|(all, here)| *all += here);
        }
        if kills.is_empty() {
            return;
        }
        let of = |rush: bool| {
            let mine = || kills.iter().zip(&repeated).filter(move |(kill, _)| kill.in_a_rush == rush);
            (
                mine().count(),
                mine().map(|(_, count)| count).sum::<usize>(),
                mine().map(|(_, count)| *count).max(),
            )
        };
        let ((even, repeated_even, _), (rush, repeated_rush, worst)) = (of(false), of(true));
        case.measured(format!(
            "{repeated_even} repeated by {even} kills in an even flow, {repeated_rush} by {rush} in a rush (at most {} at once)",
            worst.unwrap_or_default()
        ));
        // A few kills of the short run are no average; many are.
        let limit = even * case.pick(4, 1);
        case.must(repeated_even <= limit, || {
            format!("{even} kills in an even flow repeated {repeated_even} messages")
        });
    }
}

/// A process was killed.
#[derive(Clone, Copy)]
pub struct Kill {
    pub when: Instant,
    /// While it was catching up with what had waited.
    pub in_a_rush: bool,
}

/// What is not done although all is quiet.
const LEFT: &str =
    "SELECT (SELECT COUNT(*) FROM inbox WHERE state <> 'answered') + (SELECT COUNT(*) FROM outbox)";
