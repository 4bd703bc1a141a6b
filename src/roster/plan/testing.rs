//! A school made of a file, for tests of what is read and of what is written.

use crate::{
    roster::{read, sheets},
    store::{Book, RosterWrite},
};

/// The book after a plan was written, as the store would have it.
pub(in crate::roster) fn write(book: &mut Book, write: &RosterWrite) {
    for row in &write.classes {
        book.classes.retain(|it| it.id != row.id);
        book.classes.push(row.clone());
    }
    for member in &write.members {
        book.members.retain(|it| it.id != member.id);
        book.members.push(member.clone());
    }
    for family in &write.families {
        book.families.retain(|it| (&it.student, &it.guardian) != (&family.student, &family.guardian));
        book.families.push(family.clone());
    }
    book.families.retain(|it| !write.parted.contains(&(it.guardian.clone(), it.student.clone())));
    for member in book.members.iter_mut().filter(|it| write.left.contains(&it.id)) {
        member.left = true;
    }
    book.pairings.retain(|it| write.ended.iter().all(|(id, _)| *id != it.id));
    book.pairings.extend(write.pairings.iter().cloned());
}

pub(in crate::roster) fn school(file: &str) -> Book {
    let mut book = Book::default();
    let plan =
        super::plan(&read(&sheets(file.as_bytes()).unwrap()), &book, "2026-10-08".parse().unwrap()).unwrap();
    write(&mut book, &plan.write);
    book
}
