//! stub
use super::{Answer, Refusal, Trouble, desk::Desk, form::{Filling, Finished}};
use crate::{store::Hat, text::Phrase};
use futures_util::{FutureExt, future::BoxFuture};
pub async fn open_talk(_d: &mut Desk<'_>, _h: &Hat, _a2: Option<&str>, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn today(_d: &mut Desk<'_>, _h: &Hat) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn today_over(_d: &mut Desk<'_>, _h: &Hat, _a2: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn later(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn answer(_d: &mut Desk<'_>, _h: &Hat, _a2: &str) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn open_contact(_d: &mut Desk<'_>, _h: &Hat, _a2: Option<&str>, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn phoned(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: &str, _a4: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn students_page(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn open_feedback(_d: &mut Desk<'_>, _h: &Hat, _a2: Option<&str>, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn students(_d: &mut Desk<'_>, _h: &Hat) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn snooze(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: &str, _a4: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn student_card(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub async fn undo(_d: &mut Desk<'_>, _h: &Hat, _a2: &str, _a3: Option<i64>) -> Answer { Err(Refusal::NotFound.into()) }
pub fn finish_talk<'a>(_d: &'a mut Desk<'_>, _h: &'a Hat, _f: &'a Filling) -> BoxFuture<'a, Result<Finished, Trouble>> { async { Err(Refusal::NotFound.into()) }.boxed() }
pub fn finish_contact<'a>(_d: &'a mut Desk<'_>, _h: &'a Hat, _f: &'a Filling) -> BoxFuture<'a, Result<Finished, Trouble>> { async { Err(Refusal::NotFound.into()) }.boxed() }
pub fn finish_feedback<'a>(_d: &'a mut Desk<'_>, _h: &'a Hat, _f: &'a Filling) -> BoxFuture<'a, Result<Finished, Trouble>> { async { Err(Refusal::NotFound.into()) }.boxed() }
pub fn finish_answer<'a>(_d: &'a mut Desk<'_>, _h: &'a Hat, _f: &'a Filling) -> BoxFuture<'a, Result<Finished, Trouble>> { async { Err(Refusal::NotFound.into()) }.boxed() }
pub fn preview_feedback(_h: &Hat, _f: &Filling) -> Phrase { Phrase::new("x") }
