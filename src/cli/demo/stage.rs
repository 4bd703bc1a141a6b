//! The demo's school as the page sees it: its people, its time, and its words.

use super::{
    FIRST_ACCOUNT,
    seed::{NOT_IN_CHAT, ON_PAPER, WITHOUT_PHONE},
};
use crate::{
    sandbox::{BoxFuture, Person, Sandbox, Stage},
    school::{At, PersonId, Role, SchoolId, SlotName, next_slot},
    store::{Book, Member, SENT_GOOD_FOR, fresh_code, hash_code},
    text::Phrase,
    work::House,
};
use anyhow::{Context, Result, anyhow};
use chrono::{Months, TimeDelta, TimeZone};
use std::{sync::Arc, time::Duration};

/// What the page asks for.
const WORDS: &[&str] = &[
    "lang", "choose", "done", "message", "send", "menu", "more", "typing", "bot", "edited", "empty", "start",
    "block", "unblock", "sticker", "voice", "photo", "file", "location", "contact", "close", "busy",
    "offline", "newest", "chat", "alert", "clock", "remove",
];
/// The buttons of the clock bar.
const MOVES: &[&str] = &["hour", "morning", "checkin", "month"];
/// A month of a school's messages is delivered well within this.
const PATIENCE: Duration = Duration::from_secs(60);

/// The stage of the demo; cheap to clone.
#[derive(Clone)]
pub struct DemoStage {
    house: Arc<House>,
    sandbox: Sandbox,
    language: String,
    school: SchoolId,
    people: Arc<Vec<Person>>,
}

impl DemoStage {
    /// The school's id.
    pub fn school(&self) -> &SchoolId {
        &self.school
    }

    /// The school that is there. After a second start everybody's chat is open already, though the sandbox forgot it.
    pub async fn new(
        house: Arc<House>,
        sandbox: Sandbox,
        language: &str,
        first_start: bool,
    ) -> Result<DemoStage> {
        let mut tx = house.store.write().await?;
        let school = tx.schools().await?.into_iter().next().context("the demo has no school")?;
        let book = tx.book(&school.id).await?;
        tx.roll_back().await?;
        let mut people: Vec<(usize, Person)> = Vec::new();
        for (place, member) in book.members.iter().enumerate() {
            let user_id = FIRST_ACCOUNT + place as i64;
            let code = if language == "en" { "en" } else { "zh-hans" };
            let user = sandbox.user(user_id, &member.name, code);
            if !first_start {
                user.starts_silently();
            }
            let role = house.texts.plain(language, &role(&book, member));
            let person = Person { user_id, name: member.name.clone(), role, language: code.to_owned() };
            people.push((rank(&book, member), person));
        }
        people.sort_by_key(|(rank, person)| (*rank, person.user_id));
        let people = Arc::new(people.into_iter().map(|(_, person)| person).collect());
        Ok(DemoStage { house, sandbox, language: language.to_owned(), school: school.id, people })
    }

    /// Everybody but one guardian, and a child who answers together with one, joins by the door that a real school uses: a one-time code and `/start`.
    pub async fn everybody_joins(&self) -> Result<()> {
        let now = self.house.clock.now();
        let mut tx = self.house.store.write().await?;
        let book = tx.book(&self.school).await?;
        let rules = tx.rules(&self.school).await?;
        let together = rules.policy(rules.day(now)).checkin.with_guardian_under_age.is_some();
        let has_phone = |it: &Member| !(together && it.number == WITHOUT_PHONE);
        let stays_away = book.members.iter().filter(|it| it.is(Role::Guardian)).nth(NOT_IN_CHAT);
        let mut hashes = Vec::new();
        let mut joining = Vec::new();
        for (place, member) in book.members.iter().enumerate() {
            if stays_away.is_none_or(|it| it.id != member.id) && has_phone(member) {
                let code = fresh_code();
                hashes.push((member.id.clone(), hash_code(&code)));
                joining.push((FIRST_ACCOUNT + place as i64, &member.name, code));
            }
        }
        tx.add_invites(&self.school, &hashes, now.plus(SENT_GOOD_FOR), now).await?;
        tx.commit().await?;
        for (user, name, code) in &joining {
            self.sandbox.user(*user, name, self.app_language()).says(&format!("/start {code}"));
        }
        self.settle().await?;
        let in_chat: Vec<i64> = joining.iter().map(|(user, ..)| *user).collect();
        self.families_consent(&book, &in_chat).await
    }

    /// The class is of twelve and thirteen: of each family one guardian agrees, but for one that has not answered yet.
    async fn families_consent(&self, book: &Book, in_chat: &[i64]) -> Result<()> {
        let account = |person: &PersonId| {
            let place = book.members.iter().position(|it| it.id == *person)?;
            Some((FIRST_ACCOUNT + place as i64, &book.members[place].name))
                .filter(|(it, _)| in_chat.contains(it))
        };
        let yes = self.house.texts.plain(&self.language, &Phrase::new("button-consent-yes"));
        let mut tx = self.house.store.read().await?;
        let rules = tx.rules(&self.school).await?;
        let consents = tx.consents(&rules, None, rules.day(self.house.clock.now())).await?;
        tx.roll_back().await?;
        // Who is fourteen answers without anybody's word: a high school asks no family.
        let is_asked = |it: &Member| consents.get(&it.id).is_none_or(|view| !view.consent.allows());
        let students = book.members.iter().filter(|it| it.is(Role::Student) && it.number != ON_PAPER);
        for student in students.filter(|it| is_asked(it)) {
            let guardians = book.families.iter().filter(|it| it.student == student.id);
            if let Some((user, name)) = guardians.filter_map(|it| account(&it.guardian)).next_back() {
                let pressed = self.sandbox.user(user, name, self.app_language()).presses(&yes);
                pressed.map_err(|why| anyhow!("a guardian of the demo was not asked: {why}"))?;
            }
        }
        self.settle().await
    }

    fn app_language(&self) -> &'static str {
        if self.language == "en" { "en" } else { "zh-hans" }
    }

    /// Moves the clock to an instant, past every slot on the way in turn, as if the time had passed.
    pub async fn go_to(&self, target: At) -> Result<()> {
        while let Some(slot) = self.house.next_slot_at().await?.filter(|slot| *slot <= target) {
            self.set_clock(slot.max(self.house.clock.now())).await?;
        }
        self.set_clock(target).await
    }

    async fn set_clock(&self, at: At) -> Result<()> {
        self.house.clock.move_to(at);
        self.sandbox.set_now(at.0 / 1000);
        self.house.sweep().await?;
        self.house.clock_moved.notify_one();
        self.house.posted.notify_one();
        self.settle().await
    }

    /// Waits until everything that was said is answered and delivered.
    async fn settle(&self) -> Result<()> {
        let settled = async {
            while self.sandbox.pending_updates() > 0 || self.house.outbox_is_due().await? {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(PATIENCE, settled)
            .await
            .context("the messages of this moment are still on their way")?
    }

    async fn target(&self, id: &str) -> Result<At> {
        let now = self.house.clock.now();
        let mut tx = self.house.store.read().await?;
        let rules = tx.rules(&self.school).await?;
        let zone = rules.school.zone;
        let policy = rules.policy(rules.day(now));
        let slot = |name| next_slot(&policy, &rules.calendar, zone, name, now).map(|slot| slot.at);
        let found = match id {
            "hour" => Some(now.plus(TimeDelta::hours(1))),
            "morning" => slot(SlotName::Digest),
            "checkin" => slot(SlotName::Checkin),
            "month" => now.local(zone).checked_add_months(Months::new(1)).map(|it| At::from_local(it, zone)),
            _ => None,
        };
        found.context("the school's calendar has no such moment any more")
    }
}

impl Stage for DemoStage {
    fn people(&self) -> Vec<Person> {
        self.people.to_vec()
    }

    fn now(&self) -> String {
        let zone = chrono_tz::Asia::Shanghai;
        zone.from_utc_datetime(&self.house.clock.now().local(chrono_tz::UTC)).to_rfc3339()
    }

    fn clock_buttons(&self) -> Vec<(String, String)> {
        let label =
            |id: &&str| self.house.texts.plain(&self.language, &Phrase::new(format!("demo-clock-{id}")));
        MOVES.iter().map(|id| ((*id).to_owned(), label(id))).collect()
    }

    fn move_clock(&self, id: &str) -> BoxFuture<'static, Result<(), String>> {
        let (stage, id) = (self.clone(), id.to_owned());
        Box::pin(async move {
            let moved = async { stage.go_to(stage.target(&id).await?).await };
            moved.await.map_err(|fault| {
                tracing::error!(error = format!("{fault:#}"), "the clock could not be moved");
                stage.house.texts.plain(&stage.language, &Phrase::new("demo-clock-stuck"))
            })
        })
    }

    fn words(&self) -> serde_json::Value {
        let say = |word: &&str| {
            let text = self.house.texts.plain(&self.language, &Phrase::new(format!("demo-page-{word}")));
            ((*word).to_owned(), serde_json::Value::String(text))
        };
        serde_json::Value::Object(WORDS.iter().map(say).collect())
    }
}

/// Who is shown first: a mentor, a student and that student's mother, then those who look on.
fn rank(book: &Book, member: &Member) -> usize {
    let first = |role: Role| book.members.iter().find(|it| it.is(role)).is_some_and(|it| it.id == member.id);
    let of_first_student = book
        .families
        .iter()
        .rfind(|family| {
            book.members.iter().find(|it| it.is(Role::Student)).is_some_and(|it| it.id == family.student)
        })
        .is_some_and(|family| family.guardian == member.id);
    match () {
        () if first(Role::Mentor) => 0,
        () if first(Role::Student) => 1,
        () if of_first_student => 2,
        () if member.is(Role::HeadTeacher) => 3,
        () if member.posts.iter().any(|post| post.role.is_staff()) => 4,
        () if member.is(Role::Student) => 5,
        () => 6,
    }
}

/// What a person is at the school; a guardian by child and relation.
fn role(book: &Book, member: &Member) -> Phrase {
    let family = book.families.iter().find(|family| family.guardian == member.id);
    let child = family.and_then(|family| book.members.iter().find(|it| it.id == family.student));
    if let (Some(family), Some(child)) = (family, child) {
        return Phrase::new("demo-family")
            .text("student", &child.name)
            .phrase("relation", Phrase::new(format!("relation-{}", family.relation)));
    }
    let roles = member.posts.iter().map(|post| Phrase::new(format!("role-{}", post.role))).collect();
    Phrase::new("demo-roles").list("roles", roles, "joint-comma")
}
