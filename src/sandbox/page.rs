//! The page in the browser: its files, its small JSON interface and the stream of what happens.

use std::convert::Infallible;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::interval;

use super::Sandbox;
use super::files::{Kind, is_picture, mime_type};
use super::guard;
use super::stage::{Person, Stage};
use super::user::User;
use super::world::Event;

/// How often the clock bar is told the time although nothing happens.
const TICK: Duration = Duration::from_secs(5);
const LARGEST_UPLOAD: usize = 50 * 1024 * 1024;

/// The page's files: path, type, content.
const FILES: [(&str, &str, &str); 7] = [
    ("/", "text/html; charset=utf-8", include_str!("page/index.html")),
    ("/page/style.css", "text/css; charset=utf-8", include_str!("page/style.css")),
    ("/page/phone.css", "text/css; charset=utf-8", include_str!("page/phone.css")),
    ("/page/app.js", "text/javascript; charset=utf-8", include_str!("page/app.js")),
    ("/page/phone.js", "text/javascript; charset=utf-8", include_str!("page/phone.js")),
    ("/page/message.js", "text/javascript; charset=utf-8", include_str!("page/message.js")),
    ("/page/tools.js", "text/javascript; charset=utf-8", include_str!("page/tools.js")),
];

#[derive(Clone)]
struct Page {
    sandbox: Sandbox,
    stage: Arc<dyn Stage>,
    /// The clock is being moved; a second move must wait.
    busy: Arc<AtomicBool>,
    /// Another one after every start: a browser that was left open sees that its chats are of another world.
    world: u64,
}

pub(super) fn router(sandbox: Sandbox, stage: Arc<dyn Stage>) -> Router {
    let page = Page {
        sandbox: sandbox.clone(),
        stage,
        busy: Arc::default(),
        world: RandomState::new().build_hasher().finish(),
    };
    let files = FILES.into_iter().fold(Router::new(), |router, (path, kind, content)| {
        router.route(path, get(async move || ([(header::CONTENT_TYPE, kind)], content)))
    });
    let page = files
        .route("/page/state", get(state))
        .route("/page/events", get(events))
        .route("/page/say", post(say))
        .route("/page/press", post(press))
        .route("/page/do", post(act))
        .route("/page/upload", post(upload))
        .route("/page/file/{id}", get(file))
        .route("/page/clock/{id}", post(move_clock))
        .with_state(page)
        .layer(DefaultBodyLimit::max(LARGEST_UPLOAD))
        .layer(middleware::from_fn(guard::only_from_here));
    page.merge(sandbox.router())
}

impl Page {
    /// Somebody of the cast; registers them when they are first needed.
    fn user(&self, id: i64) -> Result<User, StatusCode> {
        if let Some(user) = User::known(&self.sandbox, id) {
            return Ok(user);
        }
        let person = self.stage.people().into_iter().find(|person| person.user_id == id);
        let Person { user_id, name, language, .. } = person.ok_or(StatusCode::NOT_FOUND)?;
        Ok(self.sandbox.user(user_id, &name, &language))
    }

    fn phone(&self, id: i64) -> Option<Value> {
        let user = self.user(id).ok()?;
        Some(json!({
            "messages": user.chat(),
            "keyboard": user.keyboard(),
            "commands": user.commands(),
            "blocked": user.has_blocked(),
        }))
    }

    fn clock(&self) -> Value {
        json!({ "kind": "clock", "now": self.stage.now(), "busy": self.busy.load(Ordering::Relaxed) })
    }

    fn tell_clock(&self) {
        self.sandbox.world().tell(0, || self.clock());
    }
}

#[derive(Deserialize)]
struct Wanted {
    /// The phones whose chats are wanted, by user id, separated by commas.
    #[serde(default)]
    phones: String,
}

async fn state(State(page): State<Page>, Query(wanted): Query<Wanted>) -> Json<Value> {
    let phones = wanted.phones.split(',').filter_map(|id| id.parse().ok());
    let phones: serde_json::Map<_, _> =
        phones.filter_map(|id: i64| Some((id.to_string(), page.phone(id)?))).collect();
    let buttons: Vec<Value> = page
        .stage
        .clock_buttons()
        .into_iter()
        .map(|(id, label)| json!({ "id": id, "label": label }))
        .collect();
    Json(json!({
        "world": page.world.to_string(),
        "people": page.stage.people(),
        "clock": page.clock(),
        "buttons": buttons,
        "words": page.stage.words(),
        "phones": phones,
    }))
}

/// Everything that happens, as it happens. Who falls behind is told to ask for the whole state again.
async fn events(State(page): State<Page>) -> impl IntoResponse {
    let news = page.sandbox.world().watchers.subscribe();
    let stream = live(page, news);
    // Named so that proxies in between do not hold the stream back.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    (unbuffered, Sse::new(stream).keep_alive(KeepAlive::default()))
}

fn live(page: Page, news: broadcast::Receiver<Event>) -> impl Stream<Item = Result<SseEvent, Infallible>> {
    stream::unfold((page, news, interval(TICK)), async |(page, mut news, mut tick)| {
        let body = tokio::select! {
            event = news.recv() => match event {
                Ok(Event { chat, mut body }) => {
                    body["chat"] = chat.into();
                    body
                }
                Err(RecvError::Lagged(_)) => json!({ "kind": "reload" }),
                Err(RecvError::Closed) => return None,
            },
            _ = tick.tick() => page.clock(),
        };
        Some((Ok(SseEvent::default().data(body.to_string())), (page, news, tick)))
    })
}

#[derive(Deserialize)]
struct Say {
    user: i64,
    text: String,
}

async fn say(State(page): State<Page>, Json(say): Json<Say>) -> Result<Json<Value>, StatusCode> {
    let user = page.user(say.user)?;
    match say.text.trim() {
        "" => Err(StatusCode::UNPROCESSABLE_ENTITY),
        text => Ok(Json(json!({ "message_id": user.says(text) }))),
    }
}

#[derive(Deserialize)]
struct Press {
    user: i64,
    message: i64,
    data: String,
}

async fn press(State(page): State<Page>, Json(press): Json<Press>) -> Result<StatusCode, StatusCode> {
    page.user(press.user)?.press_raw(press.message, &press.data);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Act {
    user: i64,
    what: What,
}

/// What else a person can do, most of it unexpected by a bot.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Sticker,
    Voice,
    Location,
    Contact,
    Block,
    Unblock,
    Edit { message: i64, text: String },
}

async fn act(State(page): State<Page>, Json(act): Json<Act>) -> Result<StatusCode, StatusCode> {
    let user = page.user(act.user)?;
    match act.what {
        What::Sticker => drop(user.sends_sticker()),
        What::Voice => drop(user.sends_voice()),
        What::Location => drop(user.sends_location()),
        What::Contact => drop(user.sends_contact("+86 138 0000 0000", &user.first_name())),
        What::Block => user.blocks(),
        What::Unblock => user.unblocks(),
        What::Edit { message, text } => user.edits(message, &text),
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct Upload {
    user: i64,
    name: String,
    #[serde(default)]
    caption: String,
}

/// The body is the file. A picture goes as a photo, anything else as a document.
async fn upload(
    State(page): State<Page>,
    Query(up): Query<Upload>,
    body: Bytes,
) -> Result<StatusCode, StatusCode> {
    let kind = if is_picture(&body) { Kind::Photo } else { Kind::Document };
    page.user(up.user)?.sends_file(kind, &up.name, body, Some(&up.caption));
    Ok(StatusCode::NO_CONTENT)
}

/// Pictures are shown; everything else is downloaded, never run in the page's name.
async fn file(State(page): State<Page>, Path(id): Path<String>) -> Response {
    let found = page.sandbox.world().files.bytes(&id);
    let Some((name, bytes)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let is_picture = is_picture(&bytes);
    let kind = match mime_type(&name) {
        kind if is_picture && kind.starts_with("image/") => kind,
        _ if is_picture => "image/png",
        _ => "application/octet-stream",
    };
    let disposition = if is_picture { "inline" } else { "attachment" };
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// Answers when the clock has moved. Goes on when the browser goes away: half a move would be worse.
async fn move_clock(
    State(page): State<Page>,
    Path(id): Path<String>,
) -> Result<Json<Value>, (StatusCode, String)> {
    if page.busy.swap(true, Ordering::AcqRel) {
        return Err((StatusCode::CONFLICT, String::new()));
    }
    page.tell_clock();
    let moving = page.stage.move_clock(&id);
    let finishing = page.clone();
    let moved = tokio::spawn(async move {
        // In its own task, so that a panic on the stage cannot leave the page busy for ever.
        let moved = tokio::spawn(moving).await.unwrap_or_else(|error| Err(error.to_string()));
        finishing.busy.store(false, Ordering::Release);
        finishing.tell_clock();
        moved
    });
    match moved.await.unwrap_or_else(|error| Err(error.to_string())) {
        Ok(()) => Ok(Json(page.clock())),
        Err(why) => Err((StatusCode::UNPROCESSABLE_ENTITY, why)),
    }
}
