//! Files that people send: first where a file lies, then its bytes. A bot gets no file of more than 20 MB.

use super::{Telegram, client::Failure};
use crate::work::channel::Unfetched;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;

/// So long a file may take: 16 MB over a slow line.
const PATIENCE: Duration = Duration::from_secs(60);

/// What `getFile` says.
#[derive(Deserialize)]
struct Place {
    file_path: Option<String>,
    file_size: Option<u64>,
}

impl Telegram {
    /// The bytes of a file, if it has no more than so many.
    pub(super) async fn bytes_of(&self, file: &str, most: usize) -> Result<Vec<u8>, Unfetched> {
        let asked = json!({ "file_id": file }).to_string();
        let place: Place = match self.client.json("GetFile", asked, self.patience).await {
            Ok(reply) => reply.result().map_err(judged)?,
            Err(failure) => return Err(judged(failure)),
        };
        if place.file_size.is_some_and(|size| size > most as u64) {
            return Err(Unfetched::TooLarge);
        }
        let path = place.file_path.ok_or_else(|| Unfetched::Failed("Telegram names no path".into()))?;
        // The answer to another question must not lead anywhere else.
        if path.split('/').any(|part| part == "..") || path.contains(['?', '#', ':']) {
            return Err(Unfetched::Failed("Telegram names a path that is none".into()));
        }
        let bytes = self.client.file(&path, most, PATIENCE).await.map_err(judged)?;
        bytes.map(Into::into).ok_or(Unfetched::TooLarge)
    }
}

fn judged(failure: Failure) -> Unfetched {
    match failure {
        Failure::Refused { description, .. } if description.contains("file is too big") => {
            Unfetched::TooLarge
        }
        failure => Unfetched::Failed(failure.to_string()),
    }
}
