//! Text that neither a spreadsheet runs nor a reader of Markdown takes for markup.

use std::borrow::Cow;

use crate::model::money::Decimal;
use crate::show::text::clean;

/// Text as a cell of a CSV file: without control characters but breaks, and what a spreadsheet would run as a formula kept as text
/// by an apostrophe in front. Numbers with a sign stay as they are.
#[must_use]
pub(crate) fn spreadsheet_text(text: &str) -> Cow<'_, str> {
    let safe = clean_lines(text);
    if is_formula(text) || is_formula(&safe) { Cow::Owned(format!("'{safe}")) } else { safe }
}

/// What moves text on a line or to another one; quotes hold it together.
const BREAKS: [char; 3] = ['\n', '\r', '\t'];

/// Text without control characters but breaks.
fn clean_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(BREAKS) {
        return clean(text);
    }
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            character if BREAKS.contains(&character) => kept.push(character),
            character => kept.push_str(&clean(character.encode_utf8(&mut [0; 4]))),
        }
    }
    Cow::Owned(kept)
}

/// Whether a spreadsheet might run a text: it begins with a sign of a formula, also in its full-width form, maybe after
/// blanks, quotes or characters of no width, all of which some program drops on reading. A plain number is none.
fn is_formula(text: &str) -> bool {
    // A tab or a carriage return at the beginning has the rest taken for another cell.
    let breaks = text.starts_with(['\t', '\r']);
    let is_dropped = |c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '`' | '‘'..='‟' | '＂' | '＇')
            || clean(c.encode_utf8(&mut [0; 4])) == "\u{fffd}"
    };
    let starts = text.trim_start_matches(is_dropped).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    breaks || starts && Decimal::parse(text.as_bytes()).is_err()
}

/// Text as a cell of a Markdown table: without control characters, so on one line, and nothing in it markup.
#[must_use]
pub(super) fn markdown_text(text: &str) -> Cow<'_, str> {
    const MARKUP: [char; 10] = ['\\', '|', '`', '<', '&', '[', ']', '*', '_', '~'];
    let safe = clean(text);
    if !safe.contains(MARKUP) {
        return safe;
    }
    let mut escaped = String::with_capacity(safe.len() + 8);
    for character in safe.chars() {
        if MARKUP.contains(&character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_becomes_text() {
        for (text, safe) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1+1", "'+1+1"),
            ("-2+3|cmd", "'-2+3|cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\tplain", "'\tplain"),
            ("\r1", "'\r1"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠x", "'＠x"),
            ("  =1+1", "'  =1+1"),
            ("\u{3000}=1+1", "'\u{3000}=1+1"),
            ("\u{a0}@x", "'\u{a0}@x"),
            ("\"=1+1\"", "'\"=1+1\""),
            ("'=1+1", "''=1+1"),
            ("“=1+1", "'“=1+1"),
            ("\u{200b}=1+1", "'\u{fffd}=1+1"),
            ("\u{feff}\u{202e}=1+1", "'\u{fffd}\u{fffd}=1+1"),
            ("\u{1b}-x", "'\u{fffd}-x"),
            ("+86 138 0013 8000", "'+86 138 0013 8000"),
        ] {
            assert_eq!(spreadsheet_text(text), safe, "{text:?}");
        }
    }

    #[test]
    fn plain_text_and_numbers_stay() {
        for text in ["", "重要", "+8613800138000", "-5.00", " -5 ", "1e3", "a=b", "O'Neill", "\"quoted\"", "x@y.z"] {
            let expected = clean(text);
            assert_eq!(spreadsheet_text(text), expected, "{text:?}");
        }
        assert!(matches!(spreadsheet_text("张三"), Cow::Borrowed(_)));
    }

    #[test]
    fn markdown_has_no_markup_from_data() {
        for (text, safe) in [
            ("a|b", "a\\|b"),
            ("a\\|b", "a\\\\\\|b"),
            ("`x`", "\\`x\\`"),
            ("<script>", "\\<script>"),
            ("![x](http://x)", "!\\[x\\](http://x)"),
            ("&lt;", "\\&lt;"),
            ("a\nb\r", "a\u{fffd}b\u{fffd}"),
            ("张三", "张三"),
        ] {
            assert_eq!(markdown_text(text), safe, "{text:?}");
        }
    }
}
