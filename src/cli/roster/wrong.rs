//! Wrong rows: listed, and given back as a sheet with the reason beside each cell.

use super::Import;
use crate::{
    cli::{
        Stop,
        listing::{Cell, Listing},
        out,
        voice::Voice,
    },
    roster::{Wrong, file::Sheet, give_back, table},
    text::Phrase,
};
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Lists all wrong rows and writes them beside the file; what is left to say is that nothing was written.
pub(super) fn hand_back(sheets: &[Sheet], wrong: &[Wrong], it: &Import, voice: &Voice) -> Stop {
    let row = |it: &Wrong| {
        vec![
            Cell::text(it.place.sheet.as_ref()),
            Cell::Number(it.place.row.into()),
            Cell::text(it.column.as_ref()),
            Cell::Phrase(it.reason.clone()),
        ]
    };
    let columns = &["sheet", "row", "column", "reason"];
    let listing = Listing { columns, rows: wrong.iter().map(row).collect(), empty: "cli-nothing-done" };
    let path = it.wrong.clone().unwrap_or_else(|| beside(&it.file, voice));
    // That the file is wrong is what matters: it is told even where nothing can be written beside it.
    match write(&path, sheets, wrong, voice) {
        Ok(()) => {
            let phrase = Phrase::new("roster-wrong-file").text("file", path.display().to_string());
            out::complain(&voice.say(&phrase));
        }
        Err(Stop::Refused(words) | Stop::Misused(words)) => out::complain(&words),
        Err(broken) => return broken,
    }
    match listing.print(&it.output, voice) {
        Ok(()) => voice.refuse(&Phrase::new("roster-refused").number("count", wrong.len())),
        Err(stop) => stop,
    }
}

fn write(path: &Path, sheets: &[Sheet], wrong: &[Wrong], voice: &Voice) -> Result<(), Stop> {
    let tables = give_back(sheets, wrong, &|phrase| voice.say(phrase));
    let is_csv = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv"));
    let bytes = if is_csv { table::csv(&tables)? } else { table::xlsx(&tables).context("writing XLSX")? };
    out::write_file(path, &bytes, voice)
}

/// `roster-wrong.xlsx` beside `roster.csv`; never the file itself.
fn beside(file: &Path, voice: &Voice) -> PathBuf {
    let suffix = voice.say(&Phrase::new("roster-wrong-suffix"));
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}-{suffix}.xlsx"))
}
