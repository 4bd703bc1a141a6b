use super::*;

const ROSTER: &[u8] = include_bytes!("../../../tests/files/roster.xls");
const MANY_TEXTS: &[u8] = include_bytes!("../../../tests/files/many-texts.xls");

fn texts(sheet: &Sheet, row: usize) -> Vec<&str> {
    sheet.rows[row].cells.iter().map(|(_, text)| text.as_str()).collect()
}

/// Puts other bytes in place of the first ones like these.
fn changed(file: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = file.windows(from.len()).position(|it| it == from).unwrap();
    [&file[..at], to, &file[at + from.len()..]].concat()
}

#[test]
fn cells_are_read_as_the_office_sees_them() {
    let sheets = sheets(ROSTER).unwrap();
    let names: Vec<&str> = sheets.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["教师", "学生"], "what is hidden is not meant");
    assert_eq!(texts(&sheets[0], 1), ["王芳", "T01", "导师、班主任", "七年级1班", "13700000001"]);
    assert_eq!(
        texts(&sheets[1], 2),
        ["李雷", "000071", "七年级1班", "王芳", "李建国", "父亲", "13900000001"]
    );
    assert_eq!(sheets[1].rows[2].number, 3);
}

#[test]
fn texts_that_go_on_in_the_next_record_are_whole() {
    let rows = &sheets(MANY_TEXTS).unwrap()[0].rows;
    assert_eq!(rows.len(), 600);
    for (n, row) in rows.iter().enumerate() {
        let expected = if n % 3 == 0 { format!("Student No. {n}") } else { format!("学生{n}号的名字") };
        assert_eq!(row.cells, [(0, expected)]);
    }
}

#[test]
fn a_cell_far_away_costs_nothing_and_is_refused() {
    // The number 71 in row 3, column B, moved to the last row and the last column of the format.
    let far = changed(ROSTER, &[0x7E, 0x02, 0x0A, 0, 2, 0, 1, 0], &[0x7E, 0x02, 0x0A, 0, 0xFF, 0xFF, 1, 0]);
    assert_eq!(sheets(&far), Err(Unreadable::TooManyRows("学生".into())));
    let far = changed(ROSTER, &[0x7E, 0x02, 0x0A, 0, 2, 0, 1, 0], &[0x7E, 0x02, 0x0A, 0, 2, 0, 0xFF, 0xFF]);
    assert_eq!(sheets(&far), Err(Unreadable::TooManyColumns("学生".into())));
}

#[test]
fn a_broken_file_is_refused_and_never_a_fault_of_ours() {
    for length in (0..ROSTER.len()).step_by(97) {
        let _ = sheets(&ROSTER[..length]);
    }
    for at in 0..ROSTER.len() {
        let mut broken = ROSTER.to_vec();
        broken[at] = broken[at].wrapping_add(0x7F);
        let _ = sheets(&broken);
    }
    assert_eq!(sheets(&ROSTER[..512]), Err(Unreadable::Broken));
}

#[test]
fn a_day_is_shown_as_a_day() {
    let mut globals = Globals { styles: vec![0, 14, 164, 165, 166], ..Globals::default() };
    for (format, code) in [(164, "yyyy\"年\"m\"月\"d\"日\""), (165, "[$-yyyy]0.00\"y\""), (166, "000000")]
    {
        globals.formats.insert(format, Shows::by(code));
    }
    let shown: Vec<String> = (0..5).map(|style| globals.shown(41035.0, style)).collect();
    assert_eq!(shown, ["41035", "2012-05-06", "2012-05-06", "41035", "041035"]);
    globals.from_1904 = true;
    assert_eq!(globals.shown(41035.0 - 1462.0, 1), "2012-05-06");
    assert_eq!((globals.shown(-1.0, 1), globals.shown(f64::MAX, 1).contains("E+")), ("-1".into(), true));
}
