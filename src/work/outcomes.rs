//! What became of messages, on its way into the books: noted as it happens, and taken along by the transaction that answers
//! what is said next: one commit for both. It is written by itself where somebody waits for it, or nothing is said soon.
//!
//! A chat gets its next message only when what became of the last one is in the books, unless a second copy of it does no
//! harm: a crash repeats one at most.

use super::{House, ended::Ended, life::Buried};
use crate::{
    school::{AccountId, At},
    store::{Settled, is_databases},
};
use anyhow::Result;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::task::JoinHandle;

/// How long it waits for something that is said. Nobody waits for it meanwhile, but what a crash finds unwritten is sent again.
const SOON: Duration = Duration::from_millis(10);
/// How long it waits at most while answers are being written: the next ones, which come right after them, take it along.
const SOON_ENOUGH: Duration = Duration::from_millis(50);
/// More is written at once.
const MANY: usize = 500;

/// What became of messages, between the sender, who notes it, and whoever writes.
#[derive(Default)]
pub struct Outcomes(Mutex<Books>);

#[derive(Default)]
struct Books {
    noted: Noted,
    /// Since when something is noted.
    since: Option<Instant>,
    /// How many transactions with answers are under way.
    answering: usize,
    /// When the last of them ended.
    answered: Option<Instant>,
    /// Whether somebody waits for it.
    is_awaited: bool,
    /// It could not be written: no answer is to fail with it.
    goes_alone: bool,
    /// What is written by now, and the sender has not heard of it yet.
    written: Vec<Noted>,
}

/// Some outcomes.
#[derive(Default)]
pub(super) struct Noted {
    /// In whose hands the messages were.
    pub(super) by: Arc<str>,
    /// What became of each message.
    pub(super) settled: Vec<Settled>,
    /// The chats that wait for it.
    pub(super) chats: HashSet<AccountId>,
    /// Messages of which somebody wants to know how they ended.
    ended: Vec<Ended>,
}

/// Outcomes in the hands of a transaction. Unless it is said that they are written, they are noted again.
pub(super) struct TakenAlong<'a> {
    outcomes: &'a Outcomes,
    noted: Noted,
}

/// The task that writes what nobody takes along: whoever else waits for the database must not wait for us to look at it.
#[derive(Default)]
pub(super) struct Writing(Option<JoinHandle<(Noted, Result<()>)>>);

impl Outcomes {
    /// Notes what became of a message that was in the hands of `me`; which chat waits until it is written, and whether it has
    /// another message.
    pub(super) fn note(
        &self,
        me: &Arc<str>,
        waits: Option<(&AccountId, bool)>,
        outcome: Settled,
        ended: Option<Ended>,
    ) {
        let mut books = self.books();
        books.is_awaited |= ended.is_some();
        books.since.get_or_insert_with(Instant::now);
        books.noted.by = me.clone();
        books.noted.settled.push(outcome);
        books.noted.ended.extend(ended);
        if let Some((chat, has_more)) = waits {
            books.is_awaited |= has_more;
            books.noted.chats.insert(chat.clone());
        }
    }

    /// Another message of this chat has come.
    pub(super) fn is_awaited_by(&self, chat: &AccountId) {
        let mut books = self.books();
        books.is_awaited |= books.noted.chats.contains(chat);
    }

    /// What can be written together with answers. Whoever is told how a message ended is told by itself, since that may fail.
    pub(super) fn take_along(&self, me: &Arc<str>) -> TakenAlong<'_> {
        let mut books = self.books();
        books.answering += 1;
        let may = books.noted.by == *me && books.noted.ended.is_empty() && !books.goes_alone;
        let noted = if may { books.take() } else { Noted::default() };
        TakenAlong { outcomes: self, noted }
    }

    /// What others have written since this was asked.
    pub(super) fn written(&self) -> Vec<Noted> {
        std::mem::take(&mut self.books().written)
    }

    /// Whether something is noted and nobody writes it yet.
    pub(super) fn is_behind(&self) -> bool {
        self.books().since.is_some()
    }

    /// How long what is noted may wait to be taken along.
    pub(super) fn may_wait(&self) -> Option<Duration> {
        self.books().may_wait(Instant::now())
    }

    /// Whoever was taken for dead has nothing to write. What is being written is refused by the books.
    pub(super) fn forget(&self) {
        let mut books = self.books();
        // Answers of that life are under way still.
        *books = Books { answering: books.answering, ..Books::default() };
    }

    /// It could not be written: it is, together with what was noted meanwhile.
    fn note_again(&self, noted: Noted) {
        let mut books = self.books();
        // Whoever has begun a new life meanwhile has nothing to do with the old one.
        if !books.noted.settled.is_empty() && books.noted.by != noted.by {
            return;
        }
        let later = std::mem::replace(&mut books.noted, noted);
        books.noted.settled.extend(later.settled);
        books.noted.chats.extend(later.chats);
        books.noted.ended.extend(later.ended);
        books.is_awaited |= !books.noted.ended.is_empty();
        books.goes_alone = true;
        books.since.get_or_insert_with(Instant::now);
    }

    /// A transaction with answers has ended.
    fn answered(&self) {
        let mut books = self.books();
        books.answering -= 1;
        books.answered = Some(Instant::now());
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Books {
    fn may_wait(&self, now: Instant) -> Option<Duration> {
        let since = self.since?;
        if self.is_awaited || self.goes_alone || self.noted.settled.len() >= MANY {
            return Some(Duration::ZERO);
        }
        let at_most = SOON_ENOUGH.saturating_sub(now - since);
        if self.answering > 0 {
            return Some(at_most);
        }
        let quiet_since = self.answered.map_or(since, |it| it.max(since));
        Some(SOON.saturating_sub(now - quiet_since).min(at_most))
    }

    fn take(&mut self) -> Noted {
        self.since = None;
        self.is_awaited = false;
        self.goes_alone = false;
        std::mem::take(&mut self.noted)
    }
}

impl TakenAlong<'_> {
    /// What became of each message.
    pub(super) fn settled(&self) -> &[Settled] {
        &self.noted.settled
    }

    /// It is in the books: the sender goes on.
    pub(super) fn are_written(mut self) {
        let noted = std::mem::take(&mut self.noted);
        if !noted.settled.is_empty() {
            self.outcomes.books().written.push(noted);
        }
    }
}

impl Drop for TakenAlong<'_> {
    fn drop(&mut self) {
        self.outcomes.answered();
        if !self.noted.settled.is_empty() {
            self.outcomes.note_again(std::mem::take(&mut self.noted));
        }
    }
}

impl Writing {
    /// Begins to write what was noted, unless something is being written.
    pub(super) fn begin(&mut self, house: &Arc<House>, now: At) {
        if self.0.is_none() && house.outcomes.is_behind() {
            let noted = house.outcomes.books().take();
            let house = house.clone();
            self.0 = Some(tokio::spawn(async move {
                let written = house.write_outcomes(&noted.by, &noted, now).await;
                (noted, written)
            }));
        }
    }

    /// Waits for what is being written, for ever if nothing is. Gives what is in the books now. When the database is away
    /// it stays noted and is written with the next: what has arrived is not sent again.
    pub(super) async fn ends(&mut self, outcomes: &Outcomes) -> Result<Noted> {
        let Some(writing) = &mut self.0 else { return std::future::pending().await };
        let ended = writing.await;
        self.0 = None;
        let (noted, written) = match ended {
            Ok(it) => it,
            // What was noted went with a panic, which is no fault of the database's: the process begins anew.
            Err(fault) if fault.is_panic() => std::panic::resume_unwind(fault.into_panic()),
            Err(_the_runtime_ends) => return std::future::pending().await,
        };
        match written {
            Ok(()) => Ok(noted),
            // It was in the hands of one who is dead: others have it.
            Err(fault) if fault.is::<Buried>() => Err(fault),
            Err(fault) => {
                outcomes.note_again(noted);
                Err(fault)
            }
        }
    }

    /// Whether something is being written.
    pub(super) fn is_under_way(&self) -> bool {
        self.0.is_some()
    }
}

impl Noted {
    /// Whether somebody was told how a message ended.
    pub(super) fn tells(&self) -> bool {
        !self.ended.is_empty()
    }
}

impl House {
    async fn write_outcomes(&self, me: &str, noted: &Noted, now: At) -> Result<()> {
        let Noted { settled, ended, .. } = noted;
        match self.write_them(me, settled, ended, now).await {
            // One person who cannot be told must not keep the ends of all messages from being written.
            Err(fault) if !ended.is_empty() && !fault.is::<Buried>() && !is_databases(&fault) => {
                self.write_them(me, settled, &[], now).await?;
                for one in ended {
                    if let Err(fault) = self.write_them(me, &[], std::slice::from_ref(one), now).await {
                        let error = format!("{fault:#}");
                        tracing::error!(row = one.row.id, error, "nobody is told what became of a message");
                    }
                }
                Ok(())
            }
            written => written,
        }
    }

    async fn write_them(&self, me: &str, settled: &[Settled], ended: &[Ended], now: At) -> Result<()> {
        let mut tx = self.write_as_me(me).await?;
        tx.settle(settled, now).await?;
        for ended in ended {
            self.tell(&mut tx, ended, now).await?;
        }
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(chat: &str, has_more: bool) -> (Outcomes, Arc<str>) {
        let (outcomes, me) = (Outcomes::default(), Arc::<str>::from("me"));
        note(&outcomes, &me, chat, has_more);
        (outcomes, me)
    }

    fn note(outcomes: &Outcomes, me: &Arc<str>, chat: &str, has_more: bool) {
        let outcome = Settled::Aside { id: chat.to_owned(), error: String::new() };
        outcomes.note(me, Some((&chat.into(), has_more)), outcome, None);
    }

    #[test]
    fn what_nobody_waits_for_waits_to_be_taken_along() {
        let (outcomes, me) = outcomes("a", false);
        assert!(outcomes.may_wait().is_some_and(|it| it > Duration::ZERO));
        let taken = outcomes.take_along(&me);
        assert_eq!((taken.settled().len(), outcomes.may_wait()), (1, None), "it is noted nowhere else");
        assert!(outcomes.written().is_empty(), "and not written yet");
        taken.are_written();
        let written = outcomes.written();
        assert_eq!(written.len(), 1);
        assert!(written[0].chats.contains(&"a".into()));
        assert!(!outcomes.is_behind());
    }

    #[test]
    fn while_answers_are_written_it_waits_for_the_next_ones() {
        let (outcomes, me) = outcomes("a", false);
        let answers = outcomes.take_along(&me);
        note(&outcomes, &me, "b", false);
        let noted = outcomes.books().since.unwrap();
        let may_wait = |now| outcomes.books().may_wait(now).unwrap();
        let passed = Duration::from_millis(8);
        assert_eq!(may_wait(noted + passed), SOON_ENOUGH - passed);
        assert_eq!(may_wait(noted + SOON_ENOUGH), Duration::ZERO, "but not for ever");

        answers.are_written();
        let ended = outcomes.books().answered.unwrap();
        assert_eq!(may_wait(ended + passed), SOON - passed, "then for as long as ever");
        note(&outcomes, &me, "c", true);
        assert_eq!(may_wait(ended), Duration::ZERO, "unless a chat waits for it");
        assert_eq!(outcomes.take_along(&me).settled().len(), 2);
    }

    #[test]
    fn a_chat_with_another_message_does_not_wait() {
        let due = Some(Duration::ZERO);
        assert_eq!(outcomes("a", true).0.may_wait(), due);
        let (outcomes, me) = outcomes("a", false);
        outcomes.is_awaited_by(&"b".into());
        assert_ne!(outcomes.may_wait(), due);
        outcomes.is_awaited_by(&"a".into());
        assert_eq!(outcomes.may_wait(), due);
        assert_eq!(outcomes.take_along(&me).settled().len(), 1, "it may still be taken along");
    }

    #[test]
    fn what_could_not_be_written_with_an_answer_is_kept_and_goes_alone() {
        let (outcomes, me) = outcomes("a", false);
        let taken = outcomes.take_along(&me);
        note(&outcomes, &me, "b", false);
        drop(taken);
        assert_eq!(outcomes.may_wait(), Some(Duration::ZERO));
        assert!(outcomes.take_along(&me).settled().is_empty(), "no answer fails with it again");
        let noted = outcomes.books().take();
        assert_eq!(noted.settled.iter().map(Settled::id).collect::<Vec<_>>(), ["a", "b"], "in its order");
        note(&outcomes, &me, "c", false);
        assert_eq!(outcomes.take_along(&me).settled().len(), 1, "what comes after it is taken along");
    }

    #[test]
    fn answers_of_a_life_that_is_over_end_in_the_next_one() {
        let (outcomes, me) = outcomes("a", false);
        let answers = outcomes.take_along(&me);
        outcomes.forget();
        note(&outcomes, &"anew".into(), "b", false);
        drop(answers);
        let taken = outcomes.take_along(&"anew".into());
        assert_eq!(taken.settled().iter().map(Settled::id).collect::<Vec<_>>(), ["b"]);
        assert_eq!(outcomes.books().answering, 1, "these");
    }

    #[test]
    fn nobody_writes_what_was_in_the_hands_of_a_life_before() {
        let (outcomes, _) = outcomes("a", false);
        assert!(outcomes.take_along(&"another".into()).settled().is_empty());
        assert!(outcomes.is_behind());
    }
}
