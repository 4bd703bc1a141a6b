//! What somebody typed is never a formula, in whichever list and file it comes out again.

use crate::place::{Engine, Place};
use std::{fs, io::Read};

/// What Excel and others take for the beginning of a formula, and can stand in a database. NUL cannot: `src/cli/listing.rs`
/// and `src/roster/table.rs` have it in their tests.
const BEGINNINGS: [&str; 6] = ["=", "+", "-", "@", "\t", "\r"];

/// The lists of the program; in each of them stands something that somebody typed.
fn lists<'a>(school: &'a str, roster: &'a str, policy: &'a str) -> Vec<Vec<&'a str>> {
    vec![
        vec!["school", "list"],
        vec!["invite", "list", "--school", school],
        vec!["duty", "list", "--school", school, "--at", "2031-12-25"],
        vec!["calendar", "show", "--school", school],
        vec!["outbox", "list"],
        vec!["inbox", "list"],
        vec!["policy", "check", policy],
        vec!["roster", "import", roster, "--school", school, "--dry-run", "--nobody-leaves"],
    ]
}

fn is_formula(cell: &str) -> bool {
    BEGINNINGS.iter().chain(&["\0"]).any(|it| cell.starts_with(it)) && cell.parse::<i64>().is_err()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_list_holds_a_formula() {
    let place = Place::with_a_year(Engine::Sqlite).await;
    let school = place.json(&["school", "list"])[0]["id"].as_str().unwrap().to_owned();
    for beginning in BEGINNINGS {
        for (table, column) in [
            ("person", "name"),
            ("class", "name"),
            ("school", "name"),
            ("term", "name"),
            ("marked_day", "name"),
            ("outbox", "error"),
            ("inbox", "error"),
        ] {
            let code = beginning.as_bytes()[0];
            let set = format!("UPDATE {table} SET {column} = char({code}) || 'HYPERLINK(1)' || rowid");
            place.does(set.leak()).await;
        }
        // What a cell of a roster begins with is tidied; a name of a file and a key are not.
        let visible = if beginning.trim().is_empty() { "=" } else { beginning };
        let roster = format!("姓名,学号,班级\n\"{visible}HYPERLINK(1)\",\"{visible}7\",\"{visible}一班\"\n");
        fs::write(place.path("roster.csv"), roster).unwrap();
        let policy = format!("{visible}policy.toml");
        fs::write(place.path(&policy), "[[rule]]\n").unwrap();
        let policy = format!("./{policy}");
        for list in lists(&school, "roster.csv", &policy) {
            let csv = place.says(&[&list[..], &["--format", "csv"]].concat()).out;
            let rows: Vec<csv::StringRecord> =
                csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
            assert!(!rows.is_empty(), "{list:?} is empty");
            assert!(csv.contains("HYPERLINK") || list[0] == "policy", "nothing in {list:?} was typed: {csv}");
            let wrong = rows.iter().flatten().find(|it| is_formula(it));
            assert_eq!(wrong, None, "{list:?}");

            let file = place.path("list.xlsx");
            let output = file.display().to_string();
            place.says(&[&list[..], &["--output", &output]].concat());
            let bytes = fs::read(&file).unwrap();
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let mut sheet = String::new();
            zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
            assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{list:?}");
            // A cell is text in the file itself, or a number.
            for cell in sheet.split("<c").skip(1).filter(|it| it.starts_with([' ', '>'])) {
                let number = cell
                    .split("<v>")
                    .nth(1)
                    .map(|it| it.split("</v>").next().unwrap().parse::<i64>().is_ok());
                assert!(number.unwrap_or(cell.contains("t=\"inlineStr\"")), "{list:?}: {cell}");
            }
            fs::remove_file(&file).unwrap();
        }
    }
}
