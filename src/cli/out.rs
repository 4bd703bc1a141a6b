//! The one place that writes to the terminal.

use super::Stop;
use anyhow::Context;
use std::io::{self, ErrorKind, Write};

/// Prints an answer, with a line break at its end. Who reads no further (`| head`) is no fault.
pub(super) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    match write!(out, "{text}{end}").and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => Err(fault).context("writing the answer")?,
        _ => Ok(()),
    }
}

/// Says on stderr what is not the answer: why there is none, or what to know beside it.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
