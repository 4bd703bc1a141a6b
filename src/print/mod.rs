//! Pages to print: what the school gives to people who are not in the chat. Each is one HTML file for A4 that needs nothing
//! from outside and runs no script, so that it looks the same on the office's computer and on a phone.
//!
//! - [`slips`]: a personal invitation for everybody who has not joined.
//! - [`sheets`]: reports to fill in by hand, and feedbacks with lines for an answer.
//! - [`kept`]: what is kept about a person, for that person or the family.
//! - `html` writes what all pages have in common, `qr` the squares that a camera reads.

mod html;
pub mod kept;
mod qr;
pub mod sheets;
pub mod slips;

pub use kept::Kept;
pub use sheets::Sheets;
pub use slips::{Group, Slips};

use crate::text::Texts;

/// A page to print.
#[derive(Clone, PartialEq, Debug)]
pub enum Page {
    /// Invitations.
    Slips(Slips),
    /// Reports and feedbacks on paper.
    Sheets(Sheets),
    /// What is kept about a person.
    Kept(Kept),
}

impl Page {
    /// The file.
    pub fn html(&self, texts: &Texts) -> String {
        match self {
            Page::Slips(slips) => slips.html(texts),
            Page::Sheets(sheets) => sheets.html(texts),
            Page::Kept(kept) => kept.html(texts),
        }
    }
}
