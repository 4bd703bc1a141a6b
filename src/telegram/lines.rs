//! Connections to one server that stay open between calls. A call drives its own connection: no task and no channel lie
//! between them, which for a bot that mostly makes calls is a tenth of all its work.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Request, Response, Uri,
    body::{Body, Incoming},
    client::conn::http1::{self, Connection, SendRequest},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use std::{
    collections::VecDeque,
    future::poll_fn,
    pin::{Pin, pin},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tower_service::Service;

const CONNECT: Duration = Duration::from_secs(5);
/// Shorter than a server keeps a quiet connection: a call must not meet one that is just being closed.
const IDLE: Duration = Duration::from_secs(25);

type Fault = Box<dyn std::error::Error + Send + Sync>;
type Stream = <HttpsConnector<HttpConnector> as Service<Uri>>::Response;
type Driver = Pin<Box<Connection<Stream, Full<Bytes>>>>;

/// All connections to a server.
pub(super) struct Lines {
    connector: HttpsConnector<HttpConnector>,
    /// Its scheme, host and port.
    server: Uri,
    /// Those that nobody speaks on, the one that was used last at the end.
    quiet: Mutex<VecDeque<(Line, Instant)>>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Broken {
    /// Nothing was sent.
    Before(Fault),
    /// It was on its way.
    After(Fault),
}

/// One connection.
struct Line {
    requests: SendRequest<Full<Bytes>>,
    /// `None` once it has ended.
    connection: Option<Driver>,
}

/// An answer of which the head has come.
pub(super) struct Answered<'a> {
    lines: &'a Lines,
    line: Line,
    response: Response<Incoming>,
}

impl Lines {
    /// Connections to the server of an address. None is opened yet.
    pub(super) fn to(server: Uri) -> Lines {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_keepalive(Some(Duration::from_secs(60)));
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Lines { connector, server, quiet: Mutex::default() }
    }

    /// Sends a request, once: it is sent again only when a quiet connection turned out to be closed before a byte of it was
    /// written. `sent` is called when there is a connection for it.
    pub(super) async fn ask(
        &self,
        mut request: Request<Full<Bytes>>,
        sent: impl Fn(),
    ) -> Result<Answered<'_>, Broken> {
        while let Some(mut line) = self.take_quiet() {
            if line.is_open().await {
                sent();
                match line.ask(request).await {
                    Ok(response) => return Ok(Answered { lines: self, line, response }),
                    Err((_, Some(unsent))) => request = unsent,
                    Err((fault, None)) => return Err(Broken::After(fault)),
                }
            }
        }
        let mut line = self.open().await.map_err(Broken::Before)?;
        sent();
        match line.ask(request).await {
            Ok(response) => Ok(Answered { lines: self, line, response }),
            Err((fault, Some(_))) => Err(Broken::Before(fault)),
            Err((fault, None)) => Err(Broken::After(fault)),
        }
    }

    async fn open(&self) -> Result<Line, Fault> {
        let stream = self.connector.clone().call(self.server.clone()).await?;
        let (requests, connection) = http1::handshake(stream).await?;
        Ok(Line { requests, connection: Some(Box::pin(connection)) })
    }

    fn take_quiet(&self) -> Option<Line> {
        let mut quiet = self.quiet();
        while quiet.front().is_some_and(|(_, since)| since.elapsed() > IDLE) {
            quiet.pop_front();
        }
        quiet.pop_back().map(|(line, _)| line)
    }

    fn quiet(&self) -> MutexGuard<'_, VecDeque<(Line, Instant)>> {
        self.quiet.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answered<'_> {
    /// Its status.
    pub(super) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// How many bytes it says it has, at the least.
    pub(super) fn says(&self) -> u64 {
        self.response.body().size_hint().lower()
    }

    /// All of it, if it has no more than so many bytes. The connection is free for others then.
    pub(super) async fn whole(self, most: usize) -> Result<Bytes, Fault> {
        let Answered { lines, mut line, response } = self;
        let body = line.drive(Limited::new(response.into_body(), most).collect()).await?.to_bytes();
        lines.quiet().push_back((line, Instant::now()));
        Ok(body)
    }
}

impl Line {
    /// Whether something can be said on it.
    async fn is_open(&mut self) -> bool {
        let Line { requests, connection } = self;
        drive(connection, requests.ready()).await.is_ok()
    }

    /// Sends a request; gives it back if nothing of it was sent.
    async fn ask(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, (Fault, Option<Request<Full<Bytes>>>)> {
        let answer = self.requests.try_send_request(request);
        self.drive(answer).await.map_err(|mut unsent| {
            let request = unsent.take_message();
            (unsent.into_error().into(), request)
        })
    }

    async fn drive<T>(&mut self, what: impl Future<Output = T>) -> T {
        drive(&mut self.connection, what).await
    }
}

/// Waits for what needs a connection, and drives the connection meanwhile.
async fn drive<T>(connection: &mut Option<Driver>, what: impl Future<Output = T>) -> T {
    let mut what = pin!(what);
    poll_fn(|context| {
        // Why it ended is told to whoever waits for something on it.
        if connection.as_mut().is_some_and(|it| it.as_mut().poll(context).is_ready()) {
            *connection = None;
        }
        what.as_mut().poll(context)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    /// A server that answers so many requests on each connection, then closes it, and how many connections it has had.
    async fn server(each: usize) -> (Lines, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let mut request = [0; 1024];
                    for _ in 0..each {
                        // A request is small, and comes in one piece.
                        if stream.read(&mut request).await.unwrap_or(0) == 0 {
                            return;
                        }
                        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
                    }
                });
            }
        });
        (Lines::to(address.parse().unwrap()), connections)
    }

    async fn ask(lines: &Lines, most: usize) -> Result<Bytes, Fault> {
        let request = Request::post("/").header("host", "x").body(Full::default()).unwrap();
        lines.ask(request, || ()).await.unwrap().whole(most).await
    }

    #[tokio::test]
    async fn one_call_after_another_takes_the_same_connection_and_two_at_once_take_two() {
        let (lines, connections) = server(usize::MAX).await;
        for _ in 0..3 {
            assert_eq!(ask(&lines, 10).await.unwrap(), "ok");
        }
        assert_eq!(connections.load(Ordering::SeqCst), 1);
        let (one, other) = tokio::join!(ask(&lines, 10), ask(&lines, 10));
        assert_eq!((one.unwrap(), other.unwrap()), ("ok".into(), "ok".into()));
        assert_eq!(connections.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_connection_that_was_closed_while_it_was_quiet_is_not_spoken_on() {
        let (lines, connections) = server(1).await;
        for n in 1..4 {
            assert_eq!(ask(&lines, 10).await.unwrap(), "ok");
            assert_eq!(connections.load(Ordering::SeqCst), n);
            // Its end has to arrive.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    #[tokio::test]
    async fn an_answer_that_is_too_long_takes_its_connection_with_it() {
        let (lines, connections) = server(usize::MAX).await;
        assert!(ask(&lines, 1).await.is_err());
        assert_eq!(ask(&lines, 2).await.unwrap(), "ok");
        assert_eq!(connections.load(Ordering::SeqCst), 2);
    }
}
