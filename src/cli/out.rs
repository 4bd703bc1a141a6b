//! The one place that writes to the terminal.

use super::{Stop, voice::Voice};
use crate::text::Phrase;
use anyhow::Context;
use std::{
    fs::OpenOptions,
    io::{self, ErrorKind, IsTerminal, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

/// Prints an answer, with a line break at its end. Who reads no further (`| head`) is no fault.
pub(super) fn print(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    match write!(out, "{text}{end}").and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => Err(fault).context("writing the answer")?,
        _ => Ok(()),
    }
}

/// Prints an answer that is a file; not on a terminal.
pub(super) fn print_bytes(bytes: &[u8], voice: &Voice) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        return Err(voice.refuse(&Phrase::new("cli-output-terminal")));
    }
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != ErrorKind::BrokenPipe => Err(fault).context("writing the answer")?,
        _ => Ok(()),
    }
}

/// Writes a file that names people: nobody else may read it.
pub(super) fn write_file(path: &Path, bytes: &[u8], voice: &Voice) -> Result<(), Stop> {
    let open = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    open.and_then(|mut file| file.write_all(bytes)).map_err(|fault| {
        let phrase = Phrase::new("cli-file-not-written").text("file", path.display().to_string());
        voice.refuse(&phrase.text("fault", fault.to_string()))
    })
}

/// Says on stderr what is not the answer: why there is none, or what to know beside it.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes over the line of stderr on which the cursor stands.
pub(super) fn same_line(text: &str) {
    let mut err = io::stderr().lock();
    let _ = write!(err, "\r\u{1b}[K{text}").and_then(|()| err.flush());
}

/// Asks on the terminal, and says whether the answer was a yes; `None` where there is nobody to ask.
pub(super) fn ask(question: &str, yes: &str) -> Option<bool> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    let mut err = io::stderr().lock();
    write!(err, "{question} ").and_then(|()| err.flush()).ok()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    let answer = answer.trim().to_lowercase();
    Some(["y", "yes", yes].contains(&answer.as_str()))
}
