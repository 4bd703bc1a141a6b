//! Messages whose state is read again at the moment of sending: what was settled meanwhile is not asked for any more.

use super::{
    Button, Message, checkin, consent, digest, feedback, invites,
    lines::{self, capped, due_of_mentor, name},
    mydata, paper,
    rosters::{self, Which},
    staff::{Picture, overdue_line},
    upload::Reading,
};
use crate::{
    print::slips::Invited,
    school::{
        At, ClassId, Day, Duty, FeedbackId, Kind, PersonId, Role, SchoolId, Snooze, SnoozeReason, UploadId,
        Way, episode_key, office_items,
    },
    store::{Tx, Whose},
    text::Phrase,
};
use anyhow::Result;
use serde::{Deserialize, Serialize};

/// What is to be composed; kept in the outbox as JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Compose {
    /// A mentor's list of the morning.
    Digest {
        /// The school.
        school: SchoolId,
        /// The mentor.
        mentor: PersonId,
        /// What the sweep chose, by the name of its episode.
        episodes: Vec<String>,
        /// How many more stand open that were told not long ago, or put off.
        waiting: usize,
    },
    /// What climbs to a head teacher, privately.
    Escalation {
        /// The school.
        school: SchoolId,
        /// The head teacher.
        to: PersonId,
        /// The class.
        class: ClassId,
        /// What the sweep chose, by the name of its episode.
        episodes: Vec<String>,
    },
    /// The office's week.
    OfficeSummary {
        /// The school.
        school: SchoolId,
        /// One of the office.
        to: PersonId,
    },
    /// The week's question to a student.
    CheckinAsk {
        /// The school.
        school: SchoolId,
        /// The student.
        student: PersonId,
        /// The name of the period that is asked about ([`crate::school::CheckinPeriod::key`]).
        period: Day,
        /// The guardian who is asked to answer together with the student.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guardian: Option<PersonId>,
    },
    /// The one reminder of it.
    CheckinReminder {
        /// The school.
        school: SchoolId,
        /// The student.
        student: PersonId,
        /// The name of the period that is asked about.
        period: Day,
        /// The guardian who was asked to answer together with the student.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guardian: Option<PersonId>,
    },
    /// The question to a guardian whether a child may be asked.
    ConsentAsk {
        /// The school.
        school: SchoolId,
        /// The child.
        student: PersonId,
        /// The guardian.
        guardian: PersonId,
    },
    /// Invitations on paper. Their codes are made with the page, so none of them ever lies in the outbox.
    Slips {
        /// The school.
        school: SchoolId,
        /// Who asked for them.
        to: PersonId,
        /// Whose they are.
        whose: Invited,
    },
    /// A mentor's sheets for those who are not in the chat.
    Sheets {
        /// The school.
        school: SchoolId,
        /// The mentor.
        mentor: PersonId,
    },
    /// The receipt of a feedback, where it stands in the mentor's chat.
    FeedbackStatus {
        /// The feedback.
        feedback: FeedbackId,
    },
    /// Words that did not arrive, told to who sent them.
    Undelivered {
        /// The words.
        word: String,
    },
    /// What a file that the office sent would change.
    UploadShown {
        /// The file.
        upload: UploadId,
        /// How it is read.
        #[serde(default)]
        reading: Reading,
    },
    /// That it is written, which is done then.
    UploadWritten {
        /// The file.
        upload: UploadId,
        /// The fingerprint of the changes that were shown and confirmed.
        shown: String,
        /// How it was read.
        #[serde(default)]
        reading: Reading,
    },
    /// The roster of the school, or one to fill in, as a file.
    Roster {
        /// The school.
        school: SchoolId,
        /// Who asked for it.
        to: PersonId,
        /// Which.
        which: Which,
    },
    /// What is kept about a person, as a page.
    Kept {
        /// The school.
        school: SchoolId,
        /// Who asked for it.
        to: PersonId,
        /// About whom.
        about: PersonId,
    },
}

impl Compose {
    /// The school whose quiet hours and days off hold it back: that of a nudge. What answers a person waits for nothing.
    pub fn nudged_by(&self) -> Option<&SchoolId> {
        match self {
            Compose::Digest { school, .. }
            | Compose::Escalation { school, .. }
            | Compose::OfficeSummary { school, .. }
            | Compose::CheckinAsk { school, .. }
            | Compose::CheckinReminder { school, .. }
            | Compose::ConsentAsk { school, .. } => Some(school),
            Compose::FeedbackStatus { .. }
            | Compose::Undelivered { .. }
            | Compose::Slips { .. }
            | Compose::Sheets { .. }
            | Compose::Roster { .. }
            | Compose::Kept { .. }
            | Compose::UploadShown { .. }
            | Compose::UploadWritten { .. } => None,
        }
    }

    /// Whether making it changes the books.
    pub fn writes(&self) -> bool {
        matches!(self, Compose::Slips { .. })
    }
}

/// Makes the message of the state as it is now; `None` when there is nothing to say any more. `link` makes of a code the
/// link that opens the bot.
pub async fn compose(
    tx: &mut Tx,
    what: &Compose,
    link: &(dyn Fn(&str) -> Option<String> + Sync),
    now: At,
) -> Result<Option<Message>> {
    match what {
        Compose::Digest { school, mentor, episodes, waiting } => {
            digest::morning(tx, school, mentor, episodes, *waiting, now).await
        }
        Compose::Escalation { school, to, class, episodes } => {
            escalation(tx, school, to, class, episodes, now).await
        }
        Compose::OfficeSummary { school, to } => office_summary(tx, school, to, now).await,
        Compose::CheckinAsk { school, student, period, guardian } => {
            asked(tx, false, school, student, guardian.as_ref(), *period, now).await
        }
        Compose::CheckinReminder { school, student, period, guardian } => {
            asked(tx, true, school, student, guardian.as_ref(), *period, now).await
        }
        Compose::ConsentAsk { school, student, guardian } => {
            consent::asked(tx, school, student, guardian, now).await
        }
        Compose::Slips { school, to, whose } => invites::slips(tx, school, to, whose, link, now).await,
        Compose::Sheets { school, mentor } => paper::printed(tx, school, mentor, now).await,
        Compose::FeedbackStatus { feedback: id } => {
            Ok(tx.feedback(id).await?.as_ref().map(feedback::status_for_author))
        }
        Compose::Undelivered { word } => undelivered(tx, word).await,
        Compose::Roster { school, to, which } => rosters::sent(tx, school, to, *which).await,
        Compose::Kept { school, to, about } => mydata::sent(tx, school, to, about, now).await,
        // What a file says is not in the books: whoever sends fetches it first.
        Compose::UploadShown { .. } | Compose::UploadWritten { .. } => Ok(None),
    }
}

/// The sender is told whom the words did not reach, and finds them here again.
async fn undelivered(tx: &mut Tx, word: &str) -> Result<Option<Message>> {
    let Some(word) = tx.word(word).await? else { return Ok(None) };
    let Some(to) = tx.person(&word.to).await? else { return Ok(None) };
    let phrase = Phrase::new("word-undelivered").text("name", to.name).text("words", word.body);
    Ok(Some(Message::to(&word.from, phrase)))
}

/// Not a word to who has answered by now, nor about a period that is over.
async fn asked(
    tx: &mut Tx,
    reminds: bool,
    school: &SchoolId,
    student: &PersonId,
    guardian: Option<&PersonId>,
    period: Day,
    now: At,
) -> Result<Option<Message>> {
    let rules = tx.rules(school).await?;
    let (running, _) = checkin::checkin_of(&rules, student, now);
    // Whatever was answered since the question counts, also on a form that was begun before it.
    let answered = tx.latest(school, student, Kind::Checkin).await?.is_some_and(|it| it.at >= running.from);
    let Some(person) = tx.person(student).await?.filter(|it| !it.left) else { return Ok(None) };
    if running.key != period || answered {
        return Ok(None);
    }
    // A family may have said no since the question was put into the outbox, or the child may have joined.
    let asks = tx.asks_of(&rules, student, false, rules.day(now)).await?;
    Ok(match (guardian, asks.way) {
        (None, Way::Alone) => Some(checkin::question(reminds, student, &person.name, period, &asks)),
        (Some(guardian), Way::Together) if asks.with.contains(guardian) => {
            Some(checkin::question_together(reminds, guardian, student, &person.name, period, &asks))
        }
        _ => None,
    })
}

/// Facts and no blame: who, since when, and whether the mentor has said why.
async fn escalation(
    tx: &mut Tx,
    school: &SchoolId,
    to: &PersonId,
    class: &ClassId,
    episodes: &[String],
    now: At,
) -> Result<Option<Message>> {
    let rules = tx.rules(school).await?;
    let today = rules.day(now);
    let mut open = tx.duties(&rules, Whose::Class(class), today).await?;
    open.retain(|it| episodes.contains(&episode_key(it)));
    // Who leads the class is asked again too: this is for no other eyes.
    if open.is_empty() || !tx.holders(school, Role::HeadTeacher, Some(class)).await?.contains(to) {
        return Ok(None);
    }
    let names = lines::names(tx, &open).await?;
    let mentors: Vec<&PersonId> = open.iter().map(|it| &it.owes).collect();
    let snoozes = tx.snoozes(school, Some(&mentors), today).await?;
    let policy = rules.policy(today);
    let is_leave =
        |snooze: &&Snooze, it: &Duty| snooze.reason == SnoozeReason::OnLeave && snooze.hides(it, today);
    let on_leave = |it: &Duty| snoozes.iter().find(|snooze| is_leave(snooze, it)).map(|it| it.until);
    let items = lines::together(&open, |it| (it.last, on_leave(it)));
    let line = |them: &Vec<&Duty>| {
        let Some(it) = them.first() else { return Phrase::new("nothing") };
        let last = match it.last {
            Some(day) => Phrase::new("escalation-last").day("day", day),
            None => Phrase::new("escalation-never"),
        };
        let leave = match on_leave(it) {
            Some(until) => Phrase::new("escalation-leave").day("day", until),
            None => Phrase::new("nothing"),
        };
        Phrase::new("escalation-line")
            .phrase("student", lines::about(&names, them))
            .text("mentor", name(&names, &it.owes))
            .phrase("what", due_of_mentor(it, &policy, today))
            .phrase("last", last)
            .phrase("leave", leave)
    };
    let more = |items| Phrase::new("escalation-more").number("items", items);
    let phrase = Phrase::new("escalation").list("lines", capped(items.iter().map(line), SHOWN, more), "\n");
    let overview = Button::key("button-overview", format!("overview:{class}"));
    Ok(Some(Message::to(to, phrase).row(vec![overview])))
}

/// So many items are named; the others are counted.
const SHOWN: usize = 12;

async fn office_summary(tx: &mut Tx, school: &SchoolId, to: &PersonId, now: At) -> Result<Option<Message>> {
    if !tx.holders(school, Role::Office, None).await?.contains(to) {
        return Ok(None);
    }
    let rules = tx.rules(school).await?;
    let picture = Picture::of(tx, &rules, now).await?;
    let mut old: Vec<Duty> = office_items(&picture.policy, &picture.open).into_iter().cloned().collect();
    let class =
        |it: &Duty| it.class.as_ref().and_then(|it| picture.classes.get(it)).unwrap_or(&picture.name).clone();
    // By class, and what is no class's under the school's name; within one, the worst first as they came.
    old.sort_by_key(class);
    let names = lines::names(tx, &old).await?;
    let mut lines = Vec::new();
    for (at, it) in old.iter().take(SHOWN).enumerate() {
        // The class stands once above its students.
        if at == 0 || old.get(at - 1).is_none_or(|before| before.class != it.class) {
            lines.push(Phrase::new("office-class").text("class", class(it)));
        }
        lines.push(overdue_line(it, &names, &picture));
    }
    if old.len() > SHOWN {
        lines.push(Phrase::new("escalation-more").number("items", old.len() - SHOWN));
    }
    if lines.is_empty() {
        lines.push(Phrase::new("office-none").number("days", picture.policy.ladder.office_after));
    }
    let phrase = Phrase::new("office-summary")
        .text("name", &picture.name)
        .phrase("figures", picture.figures(None).phrase())
        .list("lines", lines, "\n");
    let overview = Button::key("button-overview", "overview:");
    Ok(Some(Message::to(to, phrase).row(vec![overview])))
}
