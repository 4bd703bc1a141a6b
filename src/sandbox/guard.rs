//! Who may talk to the page: only a browser on this machine that looks at this very page.
//!
//! The page speaks for anybody in the school without a password, so a web page elsewhere must reach it neither by a
//! name that points to this machine (DNS rebinding: the `Host` is then foreign) nor by a form of its own (the
//! `Origin` is then foreign).

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Everything comes from here, nothing may frame it; `blob:` and `data:` are the page's own pictures.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) async fn only_from_here(request: Request, next: Next) -> Response {
    if !is_from_here(request.headers()) {
        return (StatusCode::FORBIDDEN, "only from localhost").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value| drop(headers.insert(name, HeaderValue::from_static(value)));
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::CACHE_CONTROL, "no-cache");
    response
}

fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let Some(host) = text(header::HOST) else { return false };
    let same_origin = text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") == Some(host));
    is_local(host) && same_origin
}

fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|local| name.eq_ignore_ascii_case(local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_names_and_the_same_origin_pass() {
        let passes = |host: &'static str, origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            is_from_here(&headers)
        };
        for host in ["localhost", "localhost:8017", "127.0.0.1:8017", "[::1]:8017", "[::1]"] {
            assert!(passes(host, None), "{host}");
        }
        for host in
            ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "::1", "10.0.0.1:8017"]
        {
            assert!(!passes(host, None), "{host}");
        }
        assert!(passes("localhost:1", Some("http://localhost:1")));
        assert!(!passes("localhost:1", Some("http://localhost:2")) && !passes("localhost:1", Some("null")));
    }
}
