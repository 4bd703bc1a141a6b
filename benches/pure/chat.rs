//! What lies between a raw update and the body of a call: reading, a step of a form, words, buttons.

use criterion::Criterion;
use daoyu::{
    chat::{
        Answers, FormChange, Incoming, Message, Outcome,
        compose::{Compose, compose},
        desk::Desk,
        filling::Filling,
        router::Router,
    },
    cli::year::{self, Year},
    clock::Clock,
    school::{AccountId, At, Day, Duty, SchoolId, episode_key},
    store::{Store, Tx, Visitor, Whose},
    telegram::Telegram,
    text::{Phrase, Texts},
    work::{House, channel::Channel},
};
use std::{hint::black_box, sync::Arc};
use tokio::runtime::Runtime;

const TOKEN: &str = "7000000001:AAE-sandbox_sandbox_sandbox_12345";
const LANGUAGE: &str = "zh-CN";

/// A school, and who answers for it.
struct Place {
    house: House,
    telegram: Arc<Telegram>,
    school: SchoolId,
    now: At,
    _folder: tempfile::TempDir,
}

impl Place {
    async fn new() -> Place {
        let folder = tempfile::tempdir().unwrap();
        let store =
            Store::open(&format!("sqlite:{}", folder.path().join("daoyu.db").display())).await.unwrap();
        let year = Year { students: 20, late: 2, unfinished: false, ..Year::SMALL };
        let school = year::fill(&store, year, |_| {}).await.unwrap();
        // Nobody is called: who writes the bodies of calls needs no address that answers.
        let telegram = Arc::new(Telegram::new("http://127.0.0.1:9", TOKEN).unwrap());
        let now = year::morning();
        let texts = Texts::load().unwrap();
        let house = House::open(store, Clock::set_to(now), texts, telegram.clone(), 1).await.unwrap();
        Place { house, telegram, school, now, _folder: folder }
    }

    /// The list of the mentor who has most to do.
    async fn digest(&self) -> Message {
        let mut tx = self.house.store.read().await.unwrap();
        let rules = tx.rules(&self.school).await.unwrap();
        let open: Vec<Duty> = tx.duties(&rules, Whose::School, rules.day(self.now)).await.unwrap();
        let mentor = open[0].owes.clone();
        let of_mentor = open.iter().filter(|it| it.owes == mentor);
        let what = Compose::Digest {
            school: self.school.clone(),
            mentor: mentor.clone(),
            episodes: of_mentor.map(episode_key).collect(),
            waiting: 0,
        };
        compose(&mut tx, &what, &|_| None, self.now).await.unwrap().unwrap()
    }
}

/// A student in the middle of a check-in.
struct Pupil {
    visitor: Visitor,
    filling: Filling,
    /// The press that comes next, as Telegram tells it.
    raw: String,
}

fn raw_press(chat: i64, data: &str) -> String {
    let user =
        serde_json::json!({ "id": chat, "is_bot": false, "first_name": "李", "language_code": "zh-hans" });
    let message = serde_json::json!({
        "message_id": 42, "date": 1_790_000_000, "chat": { "id": chat, "type": "private" }, "text": "…"
    });
    let query = serde_json::json!({
        "id": "77", "from": user, "message": message, "chat_instance": "1", "data": data
    });
    serde_json::json!({ "update_id": 900_000_001, "callback_query": query }).to_string()
}

fn raw_text(chat: i64, text: &str) -> String {
    let user =
        serde_json::json!({ "id": chat, "is_bot": false, "first_name": "李", "language_code": "zh-hans" });
    let message = serde_json::json!({
        "message_id": 41, "date": 1_790_000_000, "chat": { "id": chat, "type": "private" },
        "from": user, "text": text
    });
    serde_json::json!({ "update_id": 900_000_000, "message": message }).to_string()
}

async fn answer(tx: &mut Tx, place: &Place, pupil: (&Visitor, Option<Filling>), said: &Incoming) -> Outcome {
    let mut desk = Desk::new(tx, place.now);
    Router.answer(&mut desk, pupil.0, pupil.1, said).await.unwrap()
}

impl Pupil {
    /// One who has said `/checkin` and sees the first question.
    async fn new(tx: &mut Tx, place: &Place) -> Pupil {
        let chat = year::student_account(0, 0);
        let account = AccountId::from(format!("tg:{chat}").as_str());
        let visitor =
            tx.visitors(std::slice::from_ref(&account), place.now).await.unwrap().remove(&account).unwrap();
        let said = place.telegram.hear(&raw_text(chat, "/checkin")).said.unwrap();
        let began = answer(tx, place, (&visitor, None), &said).await;
        let FormChange::Set(filling) = began.form else { unreachable!("no form was opened") };
        let first = began.messages[0].buttons[0][0].data.clone();
        Pupil { visitor, filling: *filling, raw: raw_press(chat, &first) }
    }
}

/// Everything that is measured here.
pub fn benches(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    // Connections that go at the end are given back to a pool that needs it.
    let _inside = runtime.enter();
    let place = runtime.block_on(Place::new());
    let mut tx = runtime.block_on(place.house.store.write()).unwrap();
    let pupil = runtime.block_on(Pupil::new(&mut tx, &place));

    criterion.bench_function("an update is read", |it| {
        it.iter(|| place.telegram.hear(black_box(&pupil.raw)));
    });
    let said = place.telegram.hear(&pupil.raw).said.unwrap();

    // What an answer asks was asked for all of the batch before; from then on the step is pure.
    runtime.block_on(Router.look_ahead(&mut tx, &[(&pupil.visitor, &said)], place.now)).unwrap();
    let before = place.house.metrics.statements.get();
    criterion.bench_function("a step of a check-in, from the press to the next question", |it| {
        it.iter(|| {
            let of = (&pupil.visitor, Some(pupil.filling.clone()));
            runtime.block_on(answer(&mut tx, &place, of, black_box(&said)))
        });
    });
    assert_eq!(place.house.metrics.statements.get(), before, "the database was asked: this is not pure");
    criterion.bench_function("an open form is written and read", |it| {
        it.iter(|| {
            let body = serde_json::to_string(black_box(&pupil.filling)).unwrap();
            serde_json::from_str::<Filling>(&body).unwrap()
        });
    });

    let next =
        runtime.block_on(answer(&mut tx, &place, (&pupil.visitor, Some(pupil.filling.clone())), &said));
    runtime.block_on(tx.roll_back()).unwrap();
    let question = next.messages.into_iter().next().unwrap();
    let digest = runtime.block_on(place.digest());
    let account = pupil.visitor.account.clone();
    for (name, message) in [("a question", &question), ("a mentor's list", &digest)] {
        let html = place.house.render(LANGUAGE, message).html;
        assert!(html.len() > 20, "nothing is said: {html}");
        criterion.bench_function(&format!("words and buttons of {name}"), |it| {
            it.iter(|| place.house.render(LANGUAGE, black_box(message)));
        });
        let rendered = place.house.render(LANGUAGE, message);
        criterion.bench_function(&format!("the call of {name}"), |it| {
            it.iter(|| place.telegram.call(&account, black_box(&rendered)));
        });
    }
    let day: Day = year::morning().day(chrono_tz::Asia::Shanghai);
    let phrase = Phrase::new("escalation-leave").day("day", day);
    criterion.bench_function("one phrase with a day", |it| {
        it.iter(|| place.house.texts.html(LANGUAGE, black_box(&phrase)));
    });
}
