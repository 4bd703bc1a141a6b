//! What people type into cells, made equal: stray spaces, full-width letters and digits, invisible marks.

/// A text as it was meant: full-width signs become plain ones, runs of spaces one, invisible marks nothing, and there is no
/// space between two Chinese characters (张　三 is 张三).
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars().filter_map(plain) {
        if c == ' ' {
            space = !tidy.is_empty();
            continue;
        }
        if space && !(tidy.chars().next_back().is_some_and(is_han) && is_han(c)) {
            tidy.push(' ');
        }
        space = false;
        tidy.push(c);
    }
    tidy
}

/// A number that names somebody (学号, 工号): text without any space, and without the apostrophe that spreadsheets put before
/// text.
pub(super) fn number(text: &str) -> String {
    let tidy: String = tidy(text).split(' ').collect();
    tidy.strip_prefix('\'').map(str::to_owned).unwrap_or(tidy)
}

/// Whether a spreadsheet has already rounded a long number: `1.23E+17`.
pub(super) fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit());
    mantissa.contains('.')
        && digits(&mantissa.replace('.', ""))
        && exponent.strip_prefix('+').is_some_and(digits)
}

/// Whether a spreadsheet shows a fault of a formula.
pub(super) fn is_fault(text: &str) -> bool {
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"].contains(&text)
}

/// Names, roles and numbers that stand in one cell.
pub(super) fn several(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', ',', ';', '/', '|']).map(str::trim).filter(|it| !it.is_empty())
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{AD}' => {
            return None;
        }
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0)?,
        // The dots between the parts of a name, of which there are many that look alike.
        '•' | '‧' | '・' | '･' | '⋅' | '∙' => '·',
        c if c.is_whitespace() => ' ',
        c if c.is_control() => return None,
        c => c,
    })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_looks_alike_becomes_equal() {
        for (typed, meant) in [
            (" 张　三 ", "张三"),
            ("２０２６０１０７", "20260107"),
            ("Ｌｉ  Ｌｅｉ", "Li Lei"),
            ("七年级（１）班", "七年级(1)班"),
            ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
            ("\u{FEFF}李雷\u{200B}\t", "李雷"),
            ("王芳 (语文)", "王芳 (语文)"),
            ("a\u{1b}[31mb", "a[31mb"),
        ] {
            assert_eq!(tidy(typed), meant);
        }
    }

    #[test]
    fn a_number_keeps_its_zeros_and_a_rounded_one_is_known() {
        assert_eq!(number(" ００7 01"), "00701");
        assert_eq!(number("'0071"), "0071");
        for rounded in ["1.23E+17", "4.40301E+17", "1.2e+05"] {
            assert!(is_rounded(rounded), "{rounded}");
        }
        for own in ["20260101", "E2026", "12E5", "7.5", "A1.2E+3", ""] {
            assert!(!is_rounded(own), "{own}");
        }
    }

    proptest! {
        #[test]
        fn tidying_twice_is_tidying_once(text in "\\PC{0,24}") {
            let once = tidy(&text);
            prop_assert_eq!(tidy(&once), once.clone());
            prop_assert_eq!(once.trim(), once.as_str());
        }
    }
}
