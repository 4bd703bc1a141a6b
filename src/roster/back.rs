//! What was wrong goes back to the office as a sheet: the rows as they stood, with the reason beside each wrong cell.

use super::{
    Wrong, cells,
    columns::Heads,
    file::{Row, Sheet},
    rows::heads_of,
    table::{Cell, Table},
};
use crate::text::Phrase;
use std::collections::{BTreeMap, BTreeSet};

/// One table for each sheet that has wrong rows; `say` says it in the language of who imports.
pub fn give_back(sheets: &[Sheet], wrong: &[Wrong], say: &dyn Fn(&Phrase) -> String) -> Vec<Table> {
    give_back_under(sheets, wrong, say, &heads_of)
}

/// The same of another sort of table; `heads` finds the row of its heads.
pub fn give_back_under(
    sheets: &[Sheet],
    wrong: &[Wrong],
    say: &dyn Fn(&Phrase) -> String,
    heads: &dyn Fn(&Sheet) -> Option<usize>,
) -> Vec<Table> {
    let mut by_sheet: BTreeMap<usize, Vec<&Wrong>> = BTreeMap::new();
    for it in wrong {
        by_sheet.entry(it.place.order).or_default().push(it);
    }
    let of = |(order, wrong): (usize, Vec<&Wrong>)| {
        let sheet = sheets.get(order)?;
        Some(table(sheet, heads(sheet), &wrong, say))
    };
    by_sheet.into_iter().filter_map(of).collect()
}

fn table(sheet: &Sheet, head: Option<usize>, wrong: &[&Wrong], say: &dyn Fn(&Phrase) -> String) -> Table {
    let head = head.and_then(|at| sheet.rows.get(at));
    // What is not kept does not come back either: it is no help to mend a row.
    let not_kept = head.and_then(Heads::of).map(|it| it.not_kept).unwrap_or_default();
    let is_kept = |at: &u32| not_kept.iter().all(|(it, _)| it != at);
    let width = |row: &Row| row.cells.iter().map(|(at, _)| at + 1).max().unwrap_or_default();
    let rows: Vec<(u32, Option<&Row>)> = {
        let numbers: BTreeSet<u32> = wrong.iter().map(|it| it.place.row).collect();
        let row = |number| sheet.rows.iter().find(|it| it.number == number);
        numbers.into_iter().map(|number| (number, row(number))).collect()
    };
    let columns = rows.iter().filter_map(|(_, row)| *row).chain(head).map(width).max().unwrap_or_default();
    let title = |at: u32| head.map(|it| cells::tidy(it.cell(at))).unwrap_or_default();
    let titles: Vec<String> = (0..columns).map(title).collect();
    // What is wrong with a column that the sheet does not have stands beside the row.
    let column = |it: &Wrong| titles.iter().position(|title| !title.is_empty() && **title == *it.column);
    let mut reasons: BTreeMap<(u32, Option<usize>), Vec<String>> = BTreeMap::new();
    for it in wrong {
        let reason = match (column(it), it.column.is_empty()) {
            (None, false) => format!("{}: {}", it.column, say(&it.reason)),
            _ => say(&it.reason),
        };
        reasons.entry((it.place.row, column(it))).or_default().push(reason);
    }
    let told: BTreeSet<Option<usize>> = reasons.keys().map(|(_, column)| *column).collect();
    let reason =
        |row, column| Cell::Marked(reasons.get(&(row, column)).map(|it| it.join(" ")).unwrap_or_default());
    let mut table = Table { name: sheet.name.clone(), ..Table::default() };
    table.heads.push(say(&Phrase::new("roster-wrong-row")));
    if told.contains(&None) {
        table.heads.push(say(&Phrase::new("roster-wrong-whole-row")));
    }
    for (at, title) in titles.iter().enumerate().filter(|(at, _)| is_kept(&(*at as u32))) {
        table.heads.push(title.clone());
        if told.contains(&Some(at)) {
            table.heads.push(say(&Phrase::new("roster-wrong-cell").text("column", title)));
        }
    }
    for (number, row) in rows {
        let mut cells = vec![Cell::Number(number.into())];
        if told.contains(&None) {
            cells.push(reason(number, None));
        }
        for (at, column) in (0..columns).zip(0..).filter(|(at, _)| is_kept(at)) {
            cells.push(Cell::Text(row.map_or("", |it| it.cell(at)).to_owned()));
            if told.contains(&Some(column)) {
                cells.push(reason(number, Some(column)));
            }
        }
        table.rows.push(cells);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::{plan, read, sheets};
    use crate::store::Book;

    #[test]
    fn every_reason_stands_beside_its_cell() {
        let file =
            "花名册\n姓名,学号,班级,导师,关系\n甲,=1,一班,,邻居\n乙,2,一班,陈静,\n,3,,,\n丙,4,一班,,\n";
        let sheets = sheets(file.as_bytes()).unwrap();
        let wrong = plan(&read(&sheets), &Book::default(), "2026-10-08".parse().unwrap()).unwrap_err();
        let tables = give_back(&sheets, &wrong, &|it| it.key().to_owned());
        let heads = [
            "roster-wrong-row",
            "roster-wrong-whole-row",
            "姓名",
            "roster-wrong-cell",
            "学号",
            "班级",
            "roster-wrong-cell",
            "导师",
            "roster-wrong-cell",
            "关系",
            "roster-wrong-cell",
        ];
        assert_eq!(tables[0].heads, heads);
        let shown: Vec<String> = tables[0]
            .rows
            .iter()
            .map(|row| row.iter().map(Cell::text).collect::<Vec<_>>().join("|"))
            .collect();
        assert_eq!(
            shown,
            [
                "3|roster-wrong-no-guardian-name|甲||=1|一班||||邻居|roster-wrong-relation",
                "4||乙||2|一班||陈静|roster-wrong-no-teacher||",
                "5|||roster-wrong-no-name|3||roster-wrong-no-class||||",
            ]
        );
    }
}
