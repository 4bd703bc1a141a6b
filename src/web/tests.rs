use super::*;
use crate::{config::Secret, store::Store, work::channel::Intake};
use axum::{
    body::Bytes,
    http::{Method, Request, StatusCode},
};
use futures_util::future::BoxFuture;
use http_body_util::{BodyExt, Full};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

/// A site on a port of its own over a fresh database.
struct Pages {
    address: String,
    loops: Arc<Loops>,
    inbox: Arc<Inbox>,
    store: Store,
    folder: std::path::PathBuf,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    served: tokio::task::JoinHandle<Result<()>>,
}

#[derive(Default)]
struct Inbox {
    taken: Mutex<Vec<String>>,
    away: AtomicBool,
}

impl Intake for Inbox {
    fn take(&self, raws: Vec<String>) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move {
            anyhow::ensure!(!self.away.load(Ordering::SeqCst), "the database is away");
            self.taken.lock().unwrap().extend(raws);
            Ok(())
        })
    }
}

impl Pages {
    async fn open() -> Pages {
        let id: crate::school::SchoolId = crate::clock::fresh_id();
        let folder = std::env::temp_dir().join(format!("daoyu-web-{id}"));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.join("daoyu.db").display())).await.unwrap();
        let (loops, inbox) = (Loops::expecting(2), Arc::new(Inbox::default()));
        let site = Site {
            metrics: Arc::default(),
            health: Arc::new(Health::new(store.clone(), Arc::default(), loops.clone())),
            hook: Some(Hook { path: "123".into(), secret: Secret::new("right"), intake: inbox.clone() }),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let served = tokio::spawn(serve(listener, router(site), async { drop(stopped.await) }));
        Pages { address, loops, inbox, store, folder, stop: Some(stop), served }
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        self.call(Method::GET, path, "", "").await
    }

    async fn telegram(&self, secret: &str, body: &str) -> StatusCode {
        self.call(Method::POST, "/telegram/123", secret, body).await.0
    }

    async fn call(&self, method: Method, path: &str, secret: &str, body: &str) -> (StatusCode, String) {
        let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
        let request = Request::builder().method(method).uri(format!("{}{path}", self.address));
        let request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        let answer = client.request(request.body(Full::from(body.to_owned())).unwrap()).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.into()).unwrap())
    }

    async fn close(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.served.await.unwrap().unwrap();
        self.store.close().await;
        std::fs::remove_dir_all(self.folder).unwrap();
    }
}

#[tokio::test]
async fn ready_means_that_the_database_answers_and_the_loops_run() {
    let pages = Pages::open().await;
    assert_eq!(pages.get("/healthz").await, (StatusCode::OK, "ok".into()));
    let first = pages.loops.begin();
    assert_eq!(pages.get("/readyz").await, (StatusCode::SERVICE_UNAVAILABLE, "loops".into()));
    let second = pages.loops.begin();
    assert_eq!(pages.get("/readyz").await, (StatusCode::OK, "ready".into()));
    drop(second);
    assert_eq!(pages.get("/readyz").await, (StatusCode::SERVICE_UNAVAILABLE, "loops".into()));
    drop(first);
    pages.store.close().await;
    assert_eq!(pages.get("/readyz").await, (StatusCode::SERVICE_UNAVAILABLE, "database".into()));
    assert_eq!(pages.get("/healthz").await.0, StatusCode::OK);
    assert!(pages.get("/metrics").await.1.contains("daoyu_updates_received_total 0"));
    pages.close().await;
}

#[tokio::test]
async fn only_telegram_is_heard_and_200_means_that_the_update_is_kept() {
    let pages = Pages::open().await;
    assert_eq!(pages.telegram("", "{}").await, StatusCode::UNAUTHORIZED);
    assert_eq!(pages.telegram("wrong", "{}").await, StatusCode::UNAUTHORIZED);
    assert_eq!(pages.telegram("right", "{\"update_id\":1,\"new\":\"家长\"}").await, StatusCode::OK);
    assert_eq!(pages.telegram("right", &"x".repeat((1 << 20) + 1)).await, StatusCode::PAYLOAD_TOO_LARGE);
    pages.inbox.away.store(true, Ordering::SeqCst);
    assert_eq!(pages.telegram("right", "{}").await, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(*pages.inbox.taken.lock().unwrap(), ["{\"update_id\":1,\"new\":\"家长\"}"]);
    assert_eq!(pages.call(Method::POST, "/telegram/124", "right", "{}").await.0, StatusCode::NOT_FOUND);
    assert_eq!(pages.call(Method::GET, "/telegram/123", "right", "").await.0, StatusCode::METHOD_NOT_ALLOWED);
    pages.close().await;
}
