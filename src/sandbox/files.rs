//! Files: what was uploaded, under which ids, and how it is downloaded.

use std::collections::HashMap;

use axum::body::Bytes;
use serde_json::{Value, json};

use super::params::{Params, Upload};
use super::refusal::{Answer, Refusal};
use super::shown::ShownFile;
use super::world::World;

/// Bots cannot download more.
const LARGEST_DOWNLOAD: usize = 20 * 1024 * 1024;

/// Telegram's `file_id`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct FileId(pub String);

#[derive(Debug, Default)]
pub(super) struct Files {
    by_id: HashMap<FileId, Stored>,
    by_path: HashMap<String, FileId>,
}

#[derive(Debug, Clone)]
struct Stored {
    kind: Kind,
    number: usize,
    name: String,
    path: String,
    bytes: Bytes,
}

/// What a file was sent as: the wire describes each in its own way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Document,
    Photo,
    Sticker,
    Voice,
}

impl Files {
    pub fn add(&mut self, kind: Kind, name: &str, bytes: Bytes) -> FileId {
        let number = self.by_id.len() + 1;
        let (folder, prefix) = match kind {
            Kind::Document => ("documents", "BQACAgUAAxkBAAI"),
            Kind::Photo => ("photos", "AgACAgUAAxkBAAI"),
            Kind::Sticker => ("stickers", "CAACAgUAAxkBAAI"),
            Kind::Voice => ("voice", "AwACAgUAAxkBAAI"),
        };
        let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix).filter(|suffix| suffix.is_ascii());
        let path = format!("{folder}/file_{number}.{}", suffix.unwrap_or("bin"));
        let id = FileId(format!("{prefix}{number:08}"));
        self.by_path.insert(path.clone(), id.clone());
        self.by_id.insert(id.clone(), Stored { kind, number, name: name.to_owned(), path, bytes });
        id
    }

    pub fn bytes(&self, id: &str) -> Option<(String, Bytes)> {
        let file = self.by_id.get(&FileId(id.to_owned()))?;
        Some((file.name.clone(), file.bytes.clone()))
    }

    pub fn bytes_at(&self, path: &str) -> Option<Bytes> {
        self.by_path.get(path).and_then(|id| self.by_id.get(id)).map(|file| file.bytes.clone())
    }

    pub fn shown(&self, id: &FileId) -> Option<ShownFile> {
        let file = self.by_id.get(id)?;
        Some(ShownFile { id: id.0.clone(), name: file.name.clone(), size: file.bytes.len() })
    }

    pub fn wire(&self, id: &FileId) -> Value {
        let Some(file) = self.by_id.get(id) else { return Value::Null };
        let mut out = json!({
            "file_id": id.0,
            "file_unique_id": format!("AgAD{:06}", file.number),
            "file_size": file.bytes.len(),
        });
        let more = match file.kind {
            Kind::Document => json!({ "file_name": file.name, "mime_type": mime_type(&file.name) }),
            Kind::Photo => {
                let (width, height) = picture_size(&file.bytes);
                json!({ "width": width, "height": height })
            }
            Kind::Sticker => json!({
                "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false,
                "emoji": "👍", "set_name": "sandbox",
            }),
            Kind::Voice => json!({ "duration": 3, "mime_type": "audio/ogg" }),
        };
        if let (Some(out), Value::Object(more)) = (out.as_object_mut(), more) {
            out.extend(more);
        }
        out
    }
}

impl World {
    /// The file that a call sends: uploaded now, or known by its `file_id`.
    pub fn file_to_send(&mut self, kind: Kind, field: &str, params: &Params) -> Answer<FileId> {
        if let Some(Upload { name, bytes }) = params.file(field) {
            if bytes.is_empty() {
                return Err(Refusal::bad("file must be non-empty"));
            }
            if kind == Kind::Photo && !is_picture(bytes) {
                return Err(Refusal::bad("IMAGE_PROCESS_FAILED"));
            }
            return Ok(self.files.add(kind, name, bytes.clone()));
        }
        let Some(reference) = params.text(field).filter(|reference| !reference.is_empty()) else {
            return Err(Refusal::bad(format!("there is no {field} in the request")));
        };
        let id = FileId(reference);
        match self.files.by_id.get(&id) {
            Some(file) if file.kind == kind => Ok(id),
            Some(_) => Err(Refusal::bad("type of file mismatch")),
            None => Err(Refusal::bad("wrong file identifier/HTTP URL specified")),
        }
    }

    pub fn get_file(&mut self, params: &Params) -> Answer {
        let Some(id) = params.text("file_id").filter(|id| !id.is_empty()) else {
            return Err(Refusal::bad("file_id not specified"));
        };
        let id = FileId(id);
        let file = self.files.by_id.get(&id).ok_or_else(|| Refusal::bad("invalid file_id"))?;
        if file.bytes.len() > LARGEST_DOWNLOAD {
            return Err(Refusal::bad("file is too big"));
        }
        let file = json!({
            "file_id": id.0,
            "file_unique_id": format!("AgAD{:06}", file.number),
            "file_size": file.bytes.len(),
            "file_path": file.path,
        });
        Ok(file.into())
    }
}

/// By the suffix alone, as good as a sandbox needs it.
pub(super) fn mime_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase()).as_deref() {
        Some("csv") => "text/csv",
        Some("txt" | "md") => "text/plain",
        Some("pdf") => "application/pdf",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("zip") => "application/zip",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ogg" | "oga") => "audio/ogg",
        _ => "application/octet-stream",
    }
}

pub(super) fn is_picture(bytes: &[u8]) -> bool {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    starts(b"\x89PNG\r\n\x1a\n")
        || starts(b"\xff\xd8\xff")
        || (starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
}

/// Width and height from a PNG's header; others get a plausible size.
fn picture_size(bytes: &[u8]) -> (u32, u32) {
    let number =
        |at: usize| bytes.get(at..at + 4).and_then(|part| part.try_into().ok()).map(u32::from_be_bytes);
    match (bytes.starts_with(b"\x89PNG"), number(16), number(20)) {
        (true, Some(width), Some(height)) => (width, height),
        _ => (800, 600),
    }
}
