//! Wrong rows: listed, and given back as a sheet with the reason beside each cell.

use crate::{
    cli::{
        Stop,
        common::Output,
        listing::{Cell, Listing},
        out,
        voice::Voice,
    },
    roster::{Wrong, table},
    text::Phrase,
};
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Where wrong rows go: to the file that was chosen, or else beside the one that was read.
pub(in crate::cli) struct Beside<'a> {
    /// The file that was read.
    pub(in crate::cli) file: &'a Path,
    /// The file that was chosen.
    pub(in crate::cli) chosen: Option<&'a PathBuf>,
}

/// Lists all wrong rows and writes them beside the file; what is left to say is that nothing was written.
pub(in crate::cli) fn hand_back(
    tables: &[table::Table],
    wrong: &[Wrong],
    to: Beside<'_>,
    output: &Output,
    voice: &Voice,
) -> Stop {
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
    let path = to.chosen.cloned().unwrap_or_else(|| beside(to.file, voice));
    // That the file is wrong is what matters: it is told even where nothing can be written beside it.
    match write(&path, tables, voice) {
        Ok(()) => {
            let phrase = Phrase::new("roster-wrong-file").text("file", path.display().to_string());
            out::complain(&voice.say(&phrase));
        }
        Err(Stop::Refused(words) | Stop::Misused(words)) => out::complain(&words),
        Err(broken) => return broken,
    }
    match listing.print(output, voice) {
        Ok(()) => voice.refuse(&Phrase::new("roster-refused").number("count", wrong.len())),
        Err(stop) => stop,
    }
}

fn write(path: &Path, tables: &[table::Table], voice: &Voice) -> Result<(), Stop> {
    let is_csv = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv"));
    let bytes = if is_csv { table::csv(tables)? } else { table::xlsx(tables).context("writing XLSX")? };
    out::write_file(path, &bytes, voice)
}

/// `roster-wrong.xlsx` beside `roster.csv`; never the file itself.
fn beside(file: &Path, voice: &Voice) -> PathBuf {
    let suffix = voice.say(&Phrase::new("roster-wrong-suffix"));
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}-{suffix}.xlsx"))
}
