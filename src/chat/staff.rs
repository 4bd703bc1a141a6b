//! stub
use super::{Answer, Refusal, Trouble, desk::Desk, form::{Filling, Finished}};
use crate::{store::Hat, text::Phrase};
use futures_util::{FutureExt, future::BoxFuture};
pub async fn overview_of(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn overview(_d: &mut Desk<'_>, _h: &Hat) -> Answer { Err(Refusal::NotFound.into()) }
