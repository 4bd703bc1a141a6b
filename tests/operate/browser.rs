//! Chromium without a window, as whoever prints a page uses it.

use std::{path::Path, process::Command};

const MISSING: &str =
    "printing needs Chromium, and it is missing. On Debian: apt-get install chromium fonts-wqy-microhei";
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A page as it comes out of the printer.
pub struct Pdf(String);

impl Pdf {
    /// Prints an HTML file that lies in this folder.
    pub fn of(folder: &Path, html: &str) -> Pdf {
        let pdf = folder.join("printed.pdf");
        let print = |browser: &&str| {
            Command::new(browser)
                .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"])
                .args(["--no-first-run", "--no-pdf-header-footer", "--disable-background-networking"])
                .arg(format!("--user-data-dir={}", folder.join("profile").display()))
                .arg(format!("--print-to-pdf={}", pdf.display()))
                .arg(format!("file://{}", folder.join(html).display()))
                .output()
                .ok()
        };
        let said = BROWSERS.iter().find_map(print).unwrap_or_else(|| panic!("{MISSING}"));
        let bytes = std::fs::read(&pdf).unwrap_or_else(|_| panic!("{said:?}"));
        Pdf(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// How many sheets.
    pub fn sheets(&self) -> usize {
        self.0.matches("/Type /Page\n").count()
    }

    /// Whether every sheet is A4, to a hundredth of a millimetre.
    pub fn is_a4(&self) -> bool {
        let boxes: Vec<&str> =
            self.0.split("/MediaBox [").skip(1).filter_map(|it| it.split(']').next()).collect();
        let points =
            |text: &str| -> Vec<f64> { text.split_whitespace().map(|it| it.parse().unwrap()).collect() };
        let is_a4 = |text: &&str| {
            let size = points(text);
            size.len() == 4 && (size[2] - 595.0).abs() < 0.5 && (size[3] - 842.0).abs() < 0.5
        };
        !boxes.is_empty() && boxes.iter().all(is_a4)
    }

    /// The names of the fonts that came along, without the mark of a subset.
    pub fn fonts(&self) -> Vec<String> {
        let (named, embedded) =
            (self.0.matches("/Subtype /CIDFontType").count(), self.0.matches("/FontFile").count());
        assert_eq!(named, embedded, "a font is named and did not come along");
        let names = self.0.split("/BaseFont /").skip(1).filter_map(|it| it.split_whitespace().next());
        names.map(|it| it.rsplit('+').next().unwrap_or(it).to_owned()).collect()
    }
}
