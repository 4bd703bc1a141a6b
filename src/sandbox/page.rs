//! The page in the browser.

use std::sync::Arc;

use axum::Router;

use super::Sandbox;
use super::stage::Stage;

pub(super) fn router(sandbox: Sandbox, _stage: Arc<dyn Stage>) -> Router {
    sandbox.router()
}
