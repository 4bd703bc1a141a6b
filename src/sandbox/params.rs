//! The parameters of a call, wherever they stand: in the query, in JSON, urlencoded or in a multipart form.

use std::borrow::Cow;
use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

use super::refusal::{Answer, Refusal};

/// Telegram takes uploads of up to 50 MB.
const LARGEST_BODY: usize = 52 * 1024 * 1024;

/// All parameters of one call. A later source wins over an earlier one, the body over the query.
#[derive(Debug, Default)]
pub(super) struct Params {
    values: HashMap<String, Value>,
    files: HashMap<String, Upload>,
}

/// A file that came with a multipart form.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub name: String,
    pub bytes: Bytes,
}

impl Params {
    /// Reads the whole request.
    pub async fn read(request: Request) -> Answer<Params> {
        let mut params = Params::default();
        if let Some(query) = request.uri().query() {
            params.add_urlencoded(query.as_bytes());
        }
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind =
            content_type.and_then(|value| value.split(';').next()).unwrap_or("").trim().to_ascii_lowercase();
        match kind.as_str() {
            "multipart/form-data" => params.add_multipart(request).await?,
            "application/json" => params.add_json(&body(request).await?)?,
            "application/x-www-form-urlencoded" => params.add_urlencoded(&body(request).await?),
            // Other bodies are ignored by Telegram, too; they must still be read to keep the connection.
            _ => drop(body(request).await?),
        }
        Ok(params)
    }

    /// A text, as it stands. Numbers and booleans are texts as well.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.values.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }

    /// A whole number; what cannot be read as one is absent.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.values.get(name)? {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A yes or no; absent is no.
    pub fn flag(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.to_ascii_lowercase().as_str(), "true" | "yes" | "1"),
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }

    /// An object or array: JSON inside a text field, or JSON at once. `what` names it in the refusal.
    pub fn json(&self, name: &str, what: &str) -> Answer<Option<Cow<'_, Value>>> {
        match self.values.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(|value| Some(Cow::Owned(value)))
                .map_err(|_| Refusal::bad(format!("can't parse {what} JSON object"))),
            Some(value) => Ok(Some(Cow::Borrowed(value))),
        }
    }

    /// The file sent under this name, directly or by `attach://`.
    pub fn file(&self, name: &str) -> Option<&Upload> {
        if let Some(upload) = self.files.get(name) {
            return Some(upload);
        }
        let reference = self.values.get(name)?.as_str()?;
        self.files.get(reference.strip_prefix("attach://")?)
    }

    #[cfg(test)]
    pub fn of(value: Value) -> Params {
        let mut params = Params::default();
        if let Value::Object(object) = value {
            params.values.extend(object);
        }
        params
    }

    fn add_json(&mut self, body: &[u8]) -> Answer<()> {
        if body.is_empty() {
            return Ok(());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => {
                self.values.extend(object);
                Ok(())
            }
            _ => Err(Refusal::bad("can't parse JSON object")),
        }
    }

    fn add_urlencoded(&mut self, body: &[u8]) {
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let cut = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let value = pair.get(cut + 1..).unwrap_or_default();
            self.values.insert(percent_decoded(&pair[..cut]), Value::String(percent_decoded(value)));
        }
    }

    async fn add_multipart(&mut self, request: Request) -> Answer<()> {
        let broken = |_| Refusal::bad("can't parse multipart form data");
        let no_form = |_| Refusal::bad("boundary not found");
        let mut request = request;
        // Nested as a library: the server's own default limit of 2 MB must not hold here.
        axum::extract::DefaultBodyLimit::max(LARGEST_BODY).apply(&mut request);
        let mut form = Multipart::from_request(request, &()).await.map_err(no_form)?;
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file_name) => {
                    let bytes = field.bytes().await.map_err(broken)?;
                    self.files.insert(name, Upload { name: file_name, bytes });
                }
                None => {
                    let text = field.text().await.map_err(broken)?;
                    self.values.insert(name, Value::String(text));
                }
            }
        }
        Ok(())
    }
}

async fn body(request: Request) -> Answer<Bytes> {
    axum::body::to_bytes(request.into_body(), LARGEST_BODY)
        .await
        .map_err(|_| Refusal::plain(413, "Request Entity Too Large"))
}

/// `+` is a space and `%XX` a byte; a broken escape stands for itself.
fn percent_decoded(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match first {
            b'+' => out.push(b' '),
            b'%' => {
                let byte = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
                match byte.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    Some(byte) => {
                        out.push(byte);
                        rest = &tail[2..];
                    }
                    None => out.push(b'%'),
                }
            }
            other => out.push(*other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_escapes_are_decoded_and_broken_ones_kept() {
        assert_eq!(percent_decoded(b"a+b%20c%E5%AF%BC%zz%4"), "a b c导%zz%4");
    }

    #[test]
    fn a_number_is_a_number_in_text_too() {
        let params = Params::of(serde_json::json!({ "a": "7", "b": 8, "c": "x", "d": "true" }));
        assert_eq!((params.integer("a"), params.integer("b"), params.integer("c")), (Some(7), Some(8), None));
        assert!(params.flag("d"));
    }
}
