//! What a cell says, without the wrappings that spreadsheets and their exports put around it.

use std::borrow::Cow;

/// A cell without its wrappings: blanks of any kind around it, formula text (`="00123"`), the apostrophe that makes a
/// number text (`'00123`), single quotes on both sides. Quotes that are doubled inside formula text stay doubled.
///
/// An apostrophe before a small letter belongs to the word: `'s-Hertogenbosch` stays as it is.
#[inline]
#[must_use]
pub fn plain(cell: &[u8]) -> &[u8] {
    match cell {
        // Nearly every cell: it begins and ends with a visible ASCII character, and with none that wraps.
        [first, .., last] if is_bare(*first) && last.is_ascii_graphic() => cell,
        [only] if is_bare(*only) => cell,
        _ => unwrapped(cell),
    }
}

#[inline]
fn is_bare(first: u8) -> bool {
    first.is_ascii_graphic() && first != b'=' && first != b'\''
}

fn unwrapped(cell: &[u8]) -> &[u8] {
    match trimmed(cell) {
        [b'=', b'"', inside @ .., b'"'] | [b'\'', inside @ .., b'\''] => trimmed(inside),
        [b'\'', inside @ ..] if !matches!(inside, [] | [b'a'..=b'z', ..]) => trimmed(inside),
        bare => bare,
    }
}

/// A text without the blanks around it: ASCII ones, the no-break and ideographic ones, those of no width.
#[must_use]
pub fn trimmed(mut text: &[u8]) -> &[u8] {
    while let Some(rest) = text.get(blank_ahead(text)..).filter(|rest| rest.len() < text.len()) {
        text = rest;
    }
    while let Some(rest) = text.get(..text.len() - blank_behind(text)).filter(|rest| rest.len() < text.len()) {
        text = rest;
    }
    text
}

/// Bytes of the blank that a text begins with, 0 where it begins with none.
fn blank_ahead(text: &[u8]) -> usize {
    match text {
        [first, ..] if is_ascii_blank(*first) => 1,
        [0xc2, second, ..] if is_latin_blank(*second) => 2,
        [first, second, third, ..] if is_wide_blank(*first, *second, *third) => 3,
        _ => 0,
    }
}

/// Bytes of the blank that a text ends with, 0 where it ends with none.
fn blank_behind(text: &[u8]) -> usize {
    match text {
        [.., last] if is_ascii_blank(*last) => 1,
        [.., 0xc2, last] if is_latin_blank(*last) => 2,
        [.., first, second, last] if is_wide_blank(*first, *second, *last) => 3,
        _ => 0,
    }
}

const fn is_ascii_blank(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// The second byte of U+0085 (next line) or U+00A0 (no-break space).
const fn is_latin_blank(second: u8) -> bool {
    matches!(second, 0x85 | 0xa0)
}

/// Whether three bytes are a blank: with a width (U+2000..U+200A, U+2028, U+2029, U+202F, U+205F, U+3000) or without.
const fn is_wide_blank(first: u8, second: u8, third: u8) -> bool {
    matches!(
        (first, second, third),
        (0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf) | (0xe2, 0x81, 0x9f) | (0xe3, 0x80, 0x80)
    ) || is_invisible(first, second, third)
}

/// Whether three bytes are a character of no width: zero-width spaces and joiners, direction marks, the byte order mark.
const fn is_invisible(first: u8, second: u8, third: u8) -> bool {
    matches!(
        (first, second, third),
        (0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae) | (0xe2, 0x81, 0xa0..=0xa4 | 0xa6..=0xa9) | (0xef, 0xbb, 0xbf)
    )
}

/// What stands for the character that a text begins with, where it is a variant of an ASCII one.
enum Fold {
    /// So many bytes, replaced by one.
    To(usize, u8),
    /// So many bytes, dropped.
    Drop(usize),
}

fn fold_ahead(text: &[u8]) -> Option<Fold> {
    Some(match text {
        [0xc2, second, ..] if is_latin_blank(*second) => Fold::To(2, b' '),
        [first, second, third, ..] if is_invisible(*first, *second, *third) => Fold::Drop(3),
        [first, second, third, ..] if is_wide_blank(*first, *second, *third) => Fold::To(3, b' '),
        // Full-width forms: U+FF01..U+FF3F and U+FF40..U+FF5E.
        [0xef, 0xbc, third @ 0x81..=0xbf, ..] => Fold::To(3, third - 0x60),
        [0xef, 0xbd, third @ 0x80..=0x9e, ..] => Fold::To(3, third - 0x20),
        // Hyphens and dashes up to the en dash, the minus sign, the small hyphen: all are meant as a minus.
        [0xe2, 0x80, 0x90..=0x93, ..] | [0xe2, 0x88, 0x92, ..] | [0xef, 0xb9, 0xa3, ..] => Fold::To(3, b'-'),
        [0xe2, 0x80, 0x98 | 0x99, ..] => Fold::To(3, b'\''),
        _ => return None,
    })
}

/// A text with full-width digits, letters and signs as ASCII, every blank as a space, every kind of minus as `-`, and
/// without what has no width. Borrowed where there is none of that.
#[must_use]
pub fn folded(text: &[u8]) -> Cow<'_, [u8]> {
    let Some(start) = (0..text.len()).find(|start| text[*start] >= 0x80 && fold_ahead(&text[*start..]).is_some())
    else {
        return Cow::Borrowed(text);
    };
    let mut folded = Vec::with_capacity(text.len());
    folded.extend_from_slice(&text[..start]);
    let mut rest = &text[start..];
    while let [first, after @ ..] = rest {
        let used = match fold_ahead(rest) {
            Some(Fold::To(bytes, byte)) => {
                folded.push(byte);
                bytes
            }
            Some(Fold::Drop(bytes)) => bytes,
            None => {
                folded.push(*first);
                rest = after;
                continue;
            }
        };
        rest = rest.get(used..).unwrap_or_default();
    }
    Cow::Owned(folded)
}

/// What databases and data frames write for a value that is not there, lower case. As an id each would become one huge
/// customer made of all anonymous sales.
pub const NULLS: [&str; 17] =
    ["null", "(null)", "\\n", "nan", "na", "n/a", "#n/a", "<na>", "none", "nil", "-", "--", "－", "—", "–", "无", "無"];

/// Whether a plain cell says that there is no value: it is empty, or a word for that such as NULL.
#[inline]
#[must_use]
pub fn is_null(plain: &[u8]) -> bool {
    plain.len() <= 6 && (plain.is_empty() || NULLS.iter().any(|null| plain.eq_ignore_ascii_case(null.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrappings_are_undone() {
        let cases = [
            ("2024-01-05", "2024-01-05"),
            ("=\"2024-01-05\"", "2024-01-05"),
            ("=\"00123\"\t", "00123"),
            (" =\" 00123 \" ", "00123"),
            ("'00123", "00123"),
            ("'-12.50", "-12.50"),
            ("'A17", "A17"),
            ("'客户", "客户"),
            ("'2024-01-05'", "2024-01-05"),
            ("00123\t\t", "00123"),
            ("\u{a0}00123\u{3000}\u{feff}", "00123"),
            ("\u{feff}客户\u{200b} \r\n", "客户"),
            ("7", "7"),
        ];
        for (cell, expected) in cases {
            assert_eq!(std::str::from_utf8(plain(cell.as_bytes())), Ok(expected), "{cell:?}");
        }
    }

    #[test]
    fn what_only_looks_wrapped_stays() {
        for cell in ["'s-Hertogenbosch", "=00123", "=SUM(A1)", "O'Neill", "=\"", "'", "\"7\"", "=\"7", "é"] {
            assert_eq!(plain(cell.as_bytes()), cell.as_bytes(), "{cell}");
        }
        assert_eq!(plain(b" \t\xc2\xa0\xe3\x80\x80"), b"");
        assert_eq!(plain(b"''"), b"");
        // No UTF-8, and no reason to fail.
        assert_eq!(plain(b"\xff\x80 "), b"\xff\x80");
    }

    #[test]
    fn variants_of_ascii_are_folded() {
        let cases = [
            ("１２３．４５", "123.45"),
            ("－￥１，２３４", "-￥1,234"),
            ("（ａＺ～）", "(aZ~)"),
            ("1\u{202f}234\u{a0}567\u{3000}8", "1 234 567 8"),
            ("\u{2212}5\u{2013}6", "-5-6"),
            ("1’234", "1'234"),
            ("\u{200e}2024\u{200e}/1", "2024/1"),
        ];
        for (text, expected) in cases {
            assert_eq!(String::from_utf8_lossy(&folded(text.as_bytes())), expected, "{text}");
        }
        for text in ["¥5 €6 円", "2024年1月5日", ""] {
            assert!(matches!(folded(text.as_bytes()), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for text in ["", "NULL", "n/a", "-", "－", "無", "\\N"] {
            assert!(is_null(text.as_bytes()), "{text}");
        }
        for text in ["0", "Nadia", "nullable", "-1", "无名"] {
            assert!(!is_null(text.as_bytes()), "{text}");
        }
    }
}
