//! The Bot API over HTTP: who calls, what befalls the call on its way, and what goes back.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use futures_util::stream;

use super::faults::FaultKind;
use super::methods;
use super::params::Params;
use super::refusal::{Answer, Refusal};
use super::{Sandbox, polling};

/// What the page of a proxy looks like when the service behind it is away.
const BAD_GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
    <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n";

pub(super) fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .route("/{bot}/{method}", any(call))
        .route("/file/{bot}/{*path}", get(download))
        .fallback(async || refused(&Refusal::not_found()))
        .with_state(sandbox)
}

async fn call(
    State(sandbox): State<Sandbox>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let Some(token) = bot.strip_prefix("bot") else { return refused(&Refusal::not_found()) };
    if token != sandbox.token() {
        return refused(&Refusal::unauthorized());
    }
    let Some(method) = methods::named(&method) else { return refused(&Refusal::no_such_method()) };
    let params = match Params::read(request).await {
        Ok(params) => params,
        Err(refusal) => return refused(&refusal),
    };
    let befalls = sandbox.faults().befalls(method, params.integer("chat_id"));
    let refusal = match befalls {
        None => return answered(perform(&sandbox, method, &params).await),
        Some(FaultKind::ResetBefore) => return dropped(),
        Some(FaultKind::ResetAfter) => {
            // The caller never learns what came of it: that is the fault.
            drop(perform(&sandbox, method, &params).await);
            return dropped();
        }
        Some(FaultKind::Hang(pause)) => {
            tokio::time::sleep(pause).await;
            return answered(perform(&sandbox, method, &params).await);
        }
        Some(FaultKind::HangAfter(pause)) => {
            let answer = perform(&sandbox, method, &params).await;
            tokio::time::sleep(pause).await;
            return answered(answer);
        }
        Some(FaultKind::BadGateway) => {
            return (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], BAD_GATEWAY_PAGE)
                .into_response();
        }
        Some(FaultKind::ServerError(code)) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Refusal::plain(status.as_u16(), status.canonical_reason().unwrap_or("Internal Server Error"))
        }
        Some(FaultKind::TooManyRequests { retry_after: wait } | FaultKind::Flood { least: wait, .. }) => {
            Refusal::too_many(wait)
        }
        Some(FaultKind::Blocked { .. }) => Refusal::blocked(),
        Some(FaultKind::Refused(code, description)) => Refusal::plain(code, description),
    };
    sandbox.world().note(method, &params, &Err(refusal.clone()));
    refused(&refusal)
}

async fn perform(sandbox: &Sandbox, method: &'static str, params: &Params) -> Answer<Body> {
    let value = match method {
        // The updates are kept as text: this is the one answer that is not built as a value first.
        "getUpdates" => return polling::get_updates(sandbox, params).await.map(Body::from),
        "setWebhook" => sandbox.set_webhook(params)?,
        "deleteWebhook" => sandbox.delete_webhook(params)?,
        "getWebhookInfo" => sandbox.webhook_info().into(),
        _ => sandbox.world().perform(method, params)?,
    };
    Ok(Body::from(format!("{{\"ok\":true,\"result\":{value}}}")))
}

async fn download(State(sandbox): State<Sandbox>, Path((bot, path)): Path<(String, String)>) -> Response {
    if bot.strip_prefix("bot") != Some(sandbox.token()) {
        return refused(&Refusal::unauthorized());
    }
    match sandbox.world().files.bytes_at(&path) {
        Some(bytes) => ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        None => refused(&Refusal::not_found()),
    }
}

fn answered(answer: Answer<Body>) -> Response {
    match answer {
        Ok(body) => json_response(StatusCode::OK, body),
        Err(refusal) => refused(&refusal),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST);
    json_response(status, Body::from(refusal.body().to_string()))
}

fn json_response(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Drops the connection with not a byte of an answer: hyper gives up a response whose body fails before it has
/// flushed the head.
fn dropped() -> Response {
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    Response::new(Body::from_stream(stream::iter([Err::<Bytes, _>(broken)])))
}
