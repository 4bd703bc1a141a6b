//! Every listing: columns and rows, as a table or an Excel file for people, or as CSV and JSON for programs.
//!
//! A table and an Excel file speak the reader's language. CSV and JSON call columns and words by names that stay, so that a script written
//! today runs next year.

use super::{Stop, common::Output, out, voice::Voice};
use crate::{
    roster::table::{self, no_formula},
    school::{At, Day, marks::Points},
    text::Phrase,
};
use anyhow::Context;
use chrono::{DateTime, SecondsFormat, Utc};
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// How a listing is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For spreadsheets and scripts
    Csv,
    /// For programs
    Json,
    /// An Excel file
    Xlsx,
}

/// Rows under named columns. The head of column `x` is the text `column-x`.
pub(super) struct Listing {
    /// The names of the columns.
    pub(super) columns: &'static [&'static str],
    /// The rows.
    pub(super) rows: Vec<Vec<Cell>>,
    /// What to tell people when there are no rows.
    pub(super) empty: &'static str,
}

/// One cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// What a person typed, or an id.
    Text(String),
    /// A number.
    Number(i64),
    /// Points or another number with up to two places, or none.
    Decimal(Option<Points>),
    /// A day, or none.
    Day(Option<Day>),
    /// A word of ours: the beginning of its key in the locales, and the word.
    Word(&'static str, &'static str),
    /// Any number of them; for programs always a list.
    Words(&'static str, Vec<&'static str>),
    /// What only the locales can say.
    Phrase(Phrase),
    /// How long something has lasted: since when, and now. Programs get the instant.
    Since(At, At),
}

impl Cell {
    /// What a person typed, or an id.
    pub(super) fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    fn for_people(&self, voice: &Voice) -> String {
        match self {
            // A name from a file must not move the cursor of a terminal.
            Cell::Text(text) => text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
            Cell::Number(number) => number.to_string(),
            Cell::Decimal(points) => points.map(|it| it.to_string()).unwrap_or_default(),
            Cell::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
            Cell::Word(key, word) => voice.say(&Phrase::new(format!("{key}-{word}"))),
            Cell::Words(key, words) => {
                let words = words.iter().map(|word| Phrase::new(format!("{key}-{word}"))).collect();
                voice.say(&Phrase::new("cli-words").list("words", words, "joint-comma"))
            }
            Cell::Phrase(phrase) => voice.say(phrase),
            Cell::Since(since, now) => voice.say(&lasted(*since, *now)),
        }
    }

    fn for_csv(&self, voice: &Voice) -> String {
        match self {
            Cell::Text(text) => no_formula(text),
            Cell::Word(_, word) => (*word).to_owned(),
            Cell::Words(_, words) => words.join(","),
            Cell::Since(since, _) => instant(*since),
            // It may begin with what a person typed.
            Cell::Phrase(phrase) => no_formula(&voice.say(phrase)),
            other => other.for_people(voice),
        }
    }

    fn for_json(&self, voice: &Voice) -> Value {
        match self {
            Cell::Text(text) => text.as_str().into(),
            Cell::Number(number) => (*number).into(),
            Cell::Decimal(points) => points.map(|it| it.0 as f64 / 100.0).into(),
            Cell::Day(day) => day.map(|day| day.to_string()).into(),
            Cell::Word(_, word) => (*word).into(),
            Cell::Words(_, words) => words.to_vec().into(),
            Cell::Phrase(phrase) => voice.say(phrase).into(),
            Cell::Since(since, _) => instant(*since).into(),
        }
    }
}

/// How long something has lasted, as people say it: the largest unit is enough.
pub(super) fn lasted(since: At, now: At) -> Phrase {
    let minutes = now.since(since).num_minutes().max(0);
    match minutes {
        0..120 => Phrase::new("lasted-minutes").number("count", minutes),
        120..2880 => Phrase::new("lasted-hours").number("count", minutes / 60),
        _ => Phrase::new("lasted-days").number("count", minutes / 1440),
    }
}

fn instant(at: At) -> String {
    let utc = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
    utc.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl Listing {
    /// Prints it, or writes it to the file that was asked for.
    pub(super) fn print(&self, output: &Output, voice: &Voice) -> Result<(), Stop> {
        let format = output.format();
        let Some(file) = &output.output else {
            return match format {
                Format::Xlsx => out::print_bytes(&self.xlsx(voice)?, voice),
                format => out::print(&self.render(format, voice)?),
            };
        };
        let bytes = match format {
            Format::Xlsx => self.xlsx(voice)?,
            format => self.render(format, voice)?.into_bytes(),
        };
        out::write_file(file, &bytes, voice)?;
        out::complain(&voice.say(&Phrase::new("cli-written").text("file", file.display().to_string())));
        Ok(())
    }

    fn render(&self, format: Format, voice: &Voice) -> Result<String, Stop> {
        Ok(match format {
            Format::Csv => self.csv(voice)?,
            Format::Json => self.json(voice)?,
            _ if self.rows.is_empty() => voice.say(&Phrase::new(self.empty)),
            _ => self.table(voice),
        })
    }

    fn xlsx(&self, voice: &Voice) -> Result<Vec<u8>, Stop> {
        let cell = |it: &Cell| match it {
            Cell::Number(number) => table::Cell::Number(*number),
            Cell::Decimal(Some(points)) => table::Cell::Decimal(*points),
            other => table::Cell::Text(other.for_people(voice)),
        };
        let heads = self.columns.iter().map(|it| voice.say(&Phrase::new(format!("column-{it}")))).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        let sheet = table::Table { name: String::new(), heads, rows };
        Ok(table::xlsx(&[sheet]).context("writing XLSX")?)
    }

    fn table(&self, voice: &Voice) -> String {
        let mut table = Table::new();
        table.load_style(presets::UTF8_FULL_CONDENSED);
        table.set_header(self.columns.iter().map(|it| voice.say(&Phrase::new(format!("column-{it}")))));
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| {
                let shown = comfy_table::Cell::new(cell.for_people(voice));
                if matches!(cell, Cell::Number(_) | Cell::Decimal(_)) {
                    shown.set_alignment(CellAlignment::Right)
                } else {
                    shown
                }
            }));
        }
        table.to_string()
    }

    fn csv(&self, voice: &Voice) -> Result<String, Stop> {
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(self.columns).context("writing CSV")?;
        for row in &self.rows {
            csv.write_record(row.iter().map(|cell| cell.for_csv(voice))).context("writing CSV")?;
        }
        let bytes = csv.into_inner().context("writing CSV")?;
        Ok(String::from_utf8(bytes).context("writing CSV")?)
    }

    fn json(&self, voice: &Voice) -> Result<String, Stop> {
        let rows: Vec<_> =
            self.rows.iter().map(|cells| JsonRow { columns: self.columns, cells, voice }).collect();
        Ok(serde_json::to_string_pretty(&rows).context("writing JSON")?)
    }
}

/// A row as a JSON object whose keys stand in the order of the columns.
struct JsonRow<'a> {
    columns: &'a [&'static str],
    cells: &'a [Cell],
    voice: &'a Voice,
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.cells.iter().map(|cell| cell.for_json(self.voice));
        serializer.collect_map(self.columns.iter().zip(cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing() -> Listing {
        let row = |name: &str, roles: &[&'static str], days| {
            vec![Cell::text(name), Cell::Words("role", roles.to_vec()), Cell::Number(days), Cell::Day(None)]
        };
        Listing {
            columns: &["name", "role", "overdue_days", "last"],
            rows: vec![row("王芳", &["mentor", "head_teacher"], 3), row("=HYPERLINK(1)", &["student"], 12)],
            empty: "cli-no-schools",
        }
    }

    fn render(listing: &Listing, format: Format, language: &str) -> String {
        listing.render(format, &Voice::new(Some(language), None).unwrap()).unwrap()
    }

    #[test]
    fn people_read_a_table_in_their_language() {
        let table = render(&listing(), Format::Table, "zh-CN");
        assert!(table.contains("导师、班主任"), "{table}");
        insta::assert_snapshot!(render(&listing(), Format::Table, "en"), @r"
        ┌───────────────┬──────────────────────┬──────────────┬──────┐
        │ Name          ┆ Role                 ┆ Days overdue ┆ Last │
        ╞═══════════════╪══════════════════════╪══════════════╪══════╡
        │ 王芳          ┆ mentor, head teacher ┆            3 ┆      │
        │ =HYPERLINK(1) ┆ student              ┆           12 ┆      │
        └───────────────┴──────────────────────┴──────────────┴──────┘
        ");
    }

    #[test]
    fn programs_read_names_that_stay_and_never_a_formula() {
        let csv = render(&listing(), Format::Csv, "zh-CN");
        assert_eq!(
            csv,
            "name,role,overdue_days,last\n王芳,\"mentor,head_teacher\",3,\n'=HYPERLINK(1),student,12,\n"
        );
        let json: Value = serde_json::from_str(&render(&listing(), Format::Json, "zh-CN")).unwrap();
        let expected = serde_json::json!({"name": "王芳", "role": ["mentor", "head_teacher"], "overdue_days": 3, "last": null});
        assert_eq!(json[0], expected);
        assert_eq!(json[1]["role"], serde_json::json!(["student"]));
    }

    #[test]
    fn an_excel_file_speaks_to_people_and_holds_no_formula() {
        let voice = Voice::new(Some("en"), None).unwrap();
        let sheets = crate::roster::sheets(&listing().xlsx(&voice).unwrap()).unwrap();
        let row =
            |n: usize| -> Vec<&str> { sheets[0].rows[n].cells.iter().map(|(_, it)| it.as_str()).collect() };
        assert_eq!(row(0), ["Name", "Role", "Days overdue", "Last"]);
        assert_eq!(row(1), ["王芳", "mentor, head teacher", "3"]);
        assert_eq!(row(2), ["=HYPERLINK(1)", "student", "12"], "text it is: src/roster/table.rs");
    }

    #[test]
    fn nothing_is_a_sentence_for_people_and_empty_for_programs() {
        let empty = Listing { rows: Vec::new(), ..listing() };
        assert_eq!(render(&empty, Format::Csv, "en"), "name,role,overdue_days,last\n");
        assert_eq!(render(&empty, Format::Json, "en"), "[]");
        assert!(!render(&empty, Format::Table, "en").contains('│'));
    }

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for (typed, kept) in [
            ("=1", "'=1"),
            ("+86 138", "'+86 138"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\t=1", "'\t=1"),
            ("\0=1", "'=1"),
        ] {
            assert_eq!(no_formula(typed), kept);
        }
        assert_eq!(no_formula("李雷"), "李雷");
    }
}
