//! stub
use super::{Answer, Refusal, Trouble, desk::Desk, form::{Filling, Finished}};
use crate::{store::Hat, text::Phrase};
use futures_util::{FutureExt, future::BoxFuture};
pub async fn seen(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn messages(_d: &mut Desk<'_>, _h: &Hat) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn reply(_d: &mut Desk<'_>, _h: &Hat, _a2: &str) -> Answer { Err(Refusal::NotFound.into()) }
pub fn finish_reply<'a>(_d: &'a mut Desk<'_>, _h: &'a Hat, _f: &'a Filling) -> BoxFuture<'a, Result<Finished, Trouble>> { async { Err(Refusal::NotFound.into()) }.boxed() }
