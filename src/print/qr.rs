//! A link as the squares that a camera reads.

use anyhow::{Context, Result};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Clear space around the squares: less, and cameras lose them beside print.
const CLEAR: usize = 4;

/// A QR code as inline SVG. A quarter of it may be creased or stained.
pub(super) fn svg(link: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(link, EcLevel::Q).context("a link for a QR code")?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (at, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + CLEAR, at / width + CLEAR);
    }
    let size = width + 2 * CLEAR;
    Ok(format!(
        "<svg viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">\
         <path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_of_the_usual_length_is_small_enough_to_be_read_from_paper() {
        let link = format!("https://t.me/{}?start={}", "b".repeat(32), "c".repeat(22));
        let svg = svg(&link).unwrap();
        // Version 5 has 37 squares; on 40 mm each is then nearly a millimetre wide.
        let width: usize = svg.split(['"', ' ']).nth(4).unwrap().parse().unwrap();
        assert!(width <= 45 + 2 * CLEAR, "{width}");
    }
}
