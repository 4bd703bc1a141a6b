//! `daoyu bench picture`: how figures grow, as an SVG: a panel for each figure, a bar for each file.

use super::super::{Stop, out, voice::Voice};
use crate::text::Phrase;
use serde_json::{Map, Value};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// What it is told.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  daoyu bench checkin --students 1000 --format json --output 1000.json
  daoyu bench checkin --students 100000 --format json --output 100000.json
  daoyu bench picture 1000.json 100000.json --figures cpu_ms_per_1000,p99_ms > growth.svg")]
pub struct Args {
    /// What a bench has printed with --format json; each file is a bar under its own name, and its last row counts
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Which figures are drawn; without it, all that every file has
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    figures: Vec<String>,
    /// Language of the picture (zh-CN or en)
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

/// One bar of every panel.
struct Measured {
    name: String,
    figures: Map<String, Value>,
}

const WIDTH: usize = 720;
/// Where bars begin: the names stand to the left of them.
const LEFT: usize = 150;
/// How long the longest bar is; the number stands behind it.
const LONGEST: f64 = 460.0;
const TITLE: usize = 34;
const BAR: usize = 24;
/// Quiet on white and on black; the page behind shows through.
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#24292f}.t{font-weight:600}.n{text-anchor:end}\
rect{fill:#0969da}@media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#4493f8}}";

/// Runs it.
pub fn run(args: &Args) -> Result<(), Stop> {
    let voice = Voice::new(args.language.as_deref(), None)?;
    let read = |path: &PathBuf| {
        let file = path.display().to_string();
        measured(path).ok_or_else(|| voice.refuse(&Phrase::new("bench-picture-unread").text("file", file)))
    };
    let all = args.files.iter().map(read).collect::<Result<Vec<_>, Stop>>()?;
    let figures = match args.figures.is_empty() {
        true => common_figures(&all),
        false => args.figures.clone(),
    };
    let missing = |figure: &&String| all.iter().any(|it| number(it, figure).is_none());
    if let Some(figure) = figures.iter().find(missing) {
        return Err(voice.refuse(&Phrase::new("bench-picture-no-figure").text("figure", figure.as_str())));
    }
    let title = |figure: &str| voice.say(&Phrase::new(format!("column-{figure}")));
    out::print(&drawn(&all, &figures, title))
}

/// The last row of a file; `None` where it is no output of a bench.
fn measured(path: &Path) -> Option<Measured> {
    let rows: Vec<Map<String, Value>> = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    let name = path.file_stem()?.to_string_lossy().into_owned();
    Some(Measured { name, figures: rows.into_iter().next_back()? })
}

fn number(it: &Measured, figure: &str) -> Option<f64> {
    it.figures.get(figure)?.as_f64().filter(|it| *it >= 0.0)
}

/// The figures that all have.
fn common_figures(all: &[Measured]) -> Vec<String> {
    let first = all.iter().take(1).flat_map(|it| it.figures.keys().cloned());
    first.filter(|figure| all.iter().all(|it| number(it, figure).is_some())).collect()
}

/// One panel below the other; the bars of each are to its own scale, which begins at nothing.
fn drawn(all: &[Measured], figures: &[String], title: impl Fn(&str) -> String) -> String {
    let panel = TITLE + BAR * all.len();
    let height = figures.len() * panel + 12;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n<style>{STYLE}</style>\n"
    );
    for (n, figure) in figures.iter().enumerate() {
        let top = n * panel;
        let _ = writeln!(svg, "<text class=\"t\" x=\"8\" y=\"{}\">{}</text>", top + 24, safe(&title(figure)));
        let largest = all.iter().filter_map(|it| number(it, figure)).fold(0.0, f64::max);
        for (m, it) in all.iter().enumerate() {
            let value = number(it, figure).unwrap_or_default();
            let (y, length) =
                (top + TITLE + m * BAR, if largest > 0.0 { value / largest * LONGEST } else { 0.0 });
            let end = LEFT as f64 + length + 8.0;
            let _ = writeln!(
                svg,
                "<text class=\"n\" x=\"{}\" y=\"{}\">{}</text><rect x=\"{LEFT}\" y=\"{y}\" width=\"{length:.1}\" \
                 height=\"{}\" rx=\"2\"/><text x=\"{end:.1}\" y=\"{}\">{value}</text>",
                LEFT - 8,
                y + 14,
                safe(&it.name),
                BAR - 6,
                y + 14
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// What stands between tags.
fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, rate: f64) -> Measured {
        let figures = serde_json::json!({ "bot": "daoyu", "updates_per_second": rate, "p99_ms": 4.5 });
        Measured { name: name.to_owned(), figures: figures.as_object().unwrap().clone() }
    }

    #[test]
    fn each_figure_has_a_bar_for_each_file_to_its_own_scale() {
        let all = [of("1000", 8000.0), of("<a & b>", 4000.0)];
        let figures = common_figures(&all);
        assert_eq!(figures.len(), 2, "a name is no figure: {figures:?}");
        let svg = drawn(&all, &figures, str::to_owned);
        assert_eq!(svg.matches("<rect").count(), 4);
        assert!(svg.contains("width=\"460.0\"") && svg.contains("width=\"230.0\""), "{svg}");
        assert!(svg.contains("&lt;a &amp; b&gt;") && !svg.contains("<a"), "a name is never a tag: {svg}");
    }
}
