//! Files that the office sends, read into the books. The outbox is the queue of this work, too: the answer is made at the
//! moment of sending, and what has to be done for it is done then. So it outlives a crash like every answer, and goes in the
//! order of its chat.
//!
//! A file is fetched while no transaction is open, kept in memory alone, and read on a thread that may be busy.

use super::{House, channel::Unfetched};
use crate::{
    chat::{
        Message,
        upload::{Reading, Seen, tell},
    },
    roster::{self, Plan, Roster, Scope, Unreadable, file::Sheet},
    school::{Act, Actor, Subject, UploadId, may},
    store::{Book, SchoolRow, Upload},
    text::Phrase,
};
use anyhow::{Context, Result};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// So many people are written at once.
const PIECE: usize = 500;

/// A file that is to be read, and for whom.
#[derive(Clone)]
struct Order {
    upload: Upload,
    school: SchoolRow,
    /// The language of who sent it.
    language: String,
}

/// What a file says, or why it says nothing.
type Read = Result<(Vec<Sheet>, Arc<Roster>), Seen>;

/// What came of putting a roster into the books.
enum Put {
    Written,
    NotAllowed,
    /// What was confirmed is not what would be written: the book as it is.
    Differs(Book),
}

/// What a file would change, told to whoever sent it; `None` where nobody is left to be told.
pub(super) async fn show(house: &Arc<House>, id: &UploadId, reading: Reading) -> Result<Option<Message>> {
    let Some(order) = order(house, id).await? else { return Ok(None) };
    let _alone = house.reading.lock().await;
    let seen = match fetch(house, &order).await? {
        Err(why) => why,
        Ok((sheets, roster)) => {
            let book = {
                let mut tx = house.store.read().await?;
                tx.look_at_book(&order.school.id).await?
            };
            beside(house, &order, sheets, roster, book, reading).await?
        }
    };
    Ok(Some(tell(&order.upload, &order.school, seen, false)))
}

/// Writes what was shown, and nothing else, once, as the process that holds the answer; told to whoever confirmed it.
pub(super) async fn write(
    house: &Arc<House>,
    me: &Arc<str>,
    id: &UploadId,
    shown: &str,
    reading: Reading,
) -> Result<Option<Message>> {
    let Some(order) = order(house, id).await? else { return Ok(None) };
    let told = |seen, again| Ok(Some(tell(&order.upload, &order.school, seen, again)));
    // The answer was lost, and is made once more.
    if order.upload.written {
        return told(Seen::Written, false);
    }
    let _alone = house.reading.lock().await;
    let (sheets, roster) = match fetch(house, &order).await? {
        Ok(read) => read,
        Err(why) => return told(why, false),
    };
    // A task of its own: whoever sends may be broken off, and a transaction must not be.
    let put = tokio::spawn(put(
        house.clone(),
        me.clone(),
        order.clone(),
        roster.clone(),
        shown.to_owned(),
        reading,
    ));
    match put.await.context("writing a roster panicked")?? {
        Put::Written => told(Seen::Written, false),
        Put::NotAllowed => told(Seen::NotAllowed, false),
        // The file is what it was, so the school is not: the changes are shown as they would be now.
        Put::Differs(book) => {
            told(beside(house, &order, sheets, roster, book, Reading { sure: false, ..reading }).await?, true)
        }
    }
}

async fn put(
    house: Arc<House>,
    me: Arc<str>,
    order: Order,
    roster: Arc<Roster>,
    shown: String,
    reading: Reading,
) -> Result<Put> {
    let now = house.clock.now();
    let Order { upload, school, .. } = order;
    let mut tx = house.write_as_me(&me).await?;
    // From here on the school is held: of two who write the same file, the second sees that it is written.
    let book = tx.book(&school.id).await?;
    if tx.upload(&upload.id).await?.is_some_and(|it| it.written) {
        tx.roll_back().await?;
        return Ok(Put::Written);
    }
    if !may_still(&book, &upload) {
        tx.roll_back().await?;
        return Ok(Put::NotAllowed);
    }
    let today = now.day(school.zone);
    let (book, plan) = spawn_blocking(move || {
        let plan = roster::compare(&roster, &book, today, reading.scope);
        (book, plan)
    })
    .await?;
    let same = |plan: &Plan| plan.fingerprint() == shown && (reading.sure || !plan.leavers.are_many());
    let Some(plan) = plan.ok().filter(same) else {
        tx.roll_back().await?;
        return Ok(Put::Differs(book));
    };
    for piece in plan.write.pieces(PIECE) {
        tx.write_roster(&school.id, &piece, now).await?;
    }
    tx.finish_upload(&upload.id).await?;
    tx.commit().await?;
    Ok(Put::Written)
}

/// Whether who confirmed may change who is at the school, by the book that is held now.
fn may_still(book: &Book, upload: &Upload) -> bool {
    let school = &upload.school;
    book.members.iter().find(|it| it.id == upload.person).is_some_and(|it| {
        let actor = Actor { person: &it.id, school, posts: &it.posts, left: it.left };
        may(&actor, Act::ManageRoster, &Subject::school(school))
    })
}

async fn order(house: &House, id: &UploadId) -> Result<Option<Order>> {
    let mut tx = house.store.read().await?;
    let Some(upload) = tx.upload(id).await? else { return Ok(None) };
    let Some(school) = tx.school(&upload.school).await? else { return Ok(None) };
    let address = tx.addresses(std::slice::from_ref(&upload.person)).await?.remove(&upload.person);
    Ok(address.map(|it| Order { upload, school, language: it.language }))
}

/// Fetches a file and reads it.
async fn fetch(house: &House, order: &Order) -> Result<Read> {
    if order.upload.is_over(house.clock.now()) {
        return Ok(Err(Seen::Over));
    }
    let bytes = match house.channel.fetch(&order.upload.file, roster::file::MAX_FILE).await {
        Ok(bytes) => bytes,
        Err(Unfetched::TooLarge) => return Ok(Err(Seen::Unreadable(Unreadable::TooLarge))),
        Err(why) => {
            tracing::warn!(upload = %order.upload.id, %why, "a roster could not be fetched");
            return Ok(Err(Seen::Unfetched));
        }
    };
    let read = move || {
        let sheets = roster::sheets(&bytes).map_err(Seen::Unreadable)?;
        drop(bytes);
        let roster = roster::read(&sheets);
        Ok((sheets, Arc::new(roster)))
    };
    Ok(spawn_blocking(read).await?)
}

/// What a file says, beside what the school has.
async fn beside(
    house: &Arc<House>,
    order: &Order,
    sheets: Vec<Sheet>,
    roster: Arc<Roster>,
    book: Book,
    reading: Reading,
) -> Result<Seen> {
    let (house, order) = (house.clone(), order.clone());
    let today = house.clock.now().day(order.school.zone);
    let look = move || {
        let wrong = match roster::compare(&roster, &book, today, reading.scope) {
            Ok(plan) => {
                let whole = roster::compare(&roster, &book, today, Scope::School).ok();
                // Nobody is offered to make himself leave.
                let whole = whole.filter(|it| !it.leavers.staff.contains(&order.upload.person));
                let whole = whole.map_or(0, |it| it.leavers.count());
                let missing = whole.saturating_sub(plan.leavers.count());
                return Ok(Seen::Changes { plan: Box::new(plan), roster, reading, missing });
            }
            Err(wrong) => wrong,
        };
        let say = |phrase: &Phrase| house.texts.plain(&order.language, phrase);
        let tables = roster::give_back(&sheets, &wrong, &say);
        let stem = order.upload.name.rsplit_once('.').map_or(order.upload.name.as_str(), |(stem, _)| stem);
        let name = format!("{stem}-{}.xlsx", say(&Phrase::new("roster-wrong-suffix")));
        let bytes = roster::table::xlsx(&tables).context("writing XLSX")?;
        Ok(Seen::Wrong { count: wrong.len(), sheet: (name, bytes) })
    };
    spawn_blocking(look).await?
}
