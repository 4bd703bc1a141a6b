//! The log: what the program says about itself, on stderr. Never about people: no names, no messages, no tokens.

use crate::config::{Base, LogFormat, hide_tokens};
use anyhow::{Result, anyhow};
use std::io::{self, Write};
use tracing_subscriber::{EnvFilter, Layer, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging as the settings say. Once per process.
pub fn start(base: &Base) -> Result<()> {
    let filter = EnvFilter::try_new(&base.log).map_err(|_| anyhow!("DAOYU_LOG is no filter"))?;
    let lines = fmt::layer()
        .with_writer(|| Hidden(io::stderr()))
        .with_ansi(io::IsTerminal::is_terminal(&io::stderr()));
    let lines = match base.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    tracing_subscriber::registry()
        .with(filter)
        .with(lines)
        .try_init()
        .map_err(|_| anyhow!("logging started twice"))
}

/// Takes tokens out of what passes. One line comes as one `write`.
struct Hidden<W>(W);

impl<W: Write> Write for Hidden<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match str::from_utf8(line) {
            Ok(text) => self.0.write_all(hide_tokens(text).as_bytes())?,
            Err(_) => self.0.write_all(line)?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_does_not_pass() {
        let mut out = Hidden(Vec::new());
        out.write_all(b"GET /bot123456789:AAEabcdefghijklmnopqrstuvwxyz/getMe failed\n").unwrap();
        assert_eq!(str::from_utf8(&out.0).unwrap(), "GET /bot[token]/getMe failed\n");
    }
}
