//! The marks of an exam (M): typed for one student, compared with the exam before.

use super::{Trouble, desk::Desk, entry, filling::Filling, form::Finished};
use crate::store::Hat;
use futures_util::future::BoxFuture;

/// The marks on record.
pub fn finish<'a>(
    desk: &'a mut Desk<'_>,
    hat: &'a Hat,
    filling: &'a Filling,
) -> BoxFuture<'a, Result<Finished, Trouble>> {
    entry::finish(desk, hat, filling)
}
