//! Cells to ids, whatever type the file keeps them in.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::super::batch::Cells;
use super::cell;

/// Why a cell has no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// It is missing, blank, or a word for that such as NULL.
    Missing,
    /// It is not UTF-8.
    NotUtf8,
}

/// A cell as an id: text without the blanks and wrappings around it, numbers as their digits.
///
/// # Errors
/// [`NoText`] where there is none to be had.
#[inline]
pub fn id_of(cells: &Cells, row: usize) -> Result<Cow<'_, str>, NoText> {
    match cells {
        Cells::Text(cells) => {
            let plain = cell::plain(cells.get(row).ok_or(NoText::Missing)?);
            if cell::is_null(plain) {
                return Err(NoText::Missing);
            }
            std::str::from_utf8(plain).map(Cow::Borrowed).map_err(|_| NoText::NotUtf8)
        }
        Cells::Int(values) => values.get(row).map(|value| Cow::Owned(value.to_string())).ok_or(NoText::Missing),
        // Ids in a float column are whole numbers that met a missing value on their way: 17850.0 is 17850.
        Cells::Float(values) => match values.get(row) {
            Some(value) if !value.is_nan() => Ok(Cow::Owned(value.to_string())),
            _ => Err(NoText::Missing),
        },
        other => {
            let text = other.text(row);
            if text.is_empty() { Err(NoText::Missing) } else { Ok(Cow::Owned(text)) }
        }
    }
}

/// The least exponent of a rounded id: shorter numbers are never shown with one.
const LEAST_EXPONENT: usize = 5;

/// Whether an id is what a spreadsheet makes of a long number, `2.02408E+19` or `1.23457E+11`: one digit before the point,
/// and fewer behind it than the exponent says, so that digits are lost. Codes such as `5E12` have neither point nor plus.
#[must_use]
pub fn rounded_id(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.trim().split_once(['E', 'e']) else { return false };
    let (units, decimals) = match mantissa.split_once(['.', ',']) {
        Some((units, decimals)) if !decimals.is_empty() => (units, decimals),
        None if exponent.starts_with('+') => (mantissa, ""),
        _ => return false,
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let are_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = matches!(units.as_bytes(), [b'1'..=b'9']) && are_digits(decimals);
    let has_exponent = matches!(exponent.len(), 1..=3) && are_digits(exponent);
    let power = exponent.parse().unwrap_or(0);
    is_number && has_exponent && power >= LEAST_EXPONENT && power > decimals.len()
}

/// What two ways to write one id or name have in common: compatibility forms as their usual ones (NFKC), small letters,
/// every run of blanks as one space and none around, nothing of no width, no control characters. A key of a key is itself.
#[must_use]
pub fn identity_key(text: &str) -> Cow<'_, str> {
    let is_key = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    // Without an early end, which lets many bytes be looked at together.
    if text.bytes().fold(true, |all, byte| all & is_key(byte)) {
        return Cow::Borrowed(text);
    }
    if text.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic()) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    if !text.is_ascii() && is_key_already(text) {
        return Cow::Borrowed(text);
    }
    let mut key = String::with_capacity(text.len());
    if text.is_ascii() {
        push_key(&mut key, text.chars());
    } else {
        // Small letters may need to be composed anew, and what is dropped may have kept a letter from its mark.
        let small: String = text.nfkc().filter(|c| !is_invisible(*c)).flat_map(small).collect();
        push_key(&mut key, small.nfkc());
    }
    Cow::Owned(key)
}

/// Whether a text is its own key, told without writing anything; names in Chinese mostly are.
fn is_key_already(text: &str) -> bool {
    // The ideographs have no other forms.
    let is_plain = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '!'..='@' | '['..='~');
    if text.chars().all(is_plain) {
        return true;
    }
    let changes = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || !small(c).eq([c]);
    !text.chars().any(changes) && is_nfkc_quick(text.chars()) == IsNormalized::Yes
}

/// The small letters of a character; the sigma at the end of a word is the one within.
fn small(c: char) -> std::char::ToLowercase {
    if c == 'ς' { 'σ'.to_lowercase() } else { c.to_lowercase() }
}

/// Appends characters as small letters, with single spaces between words and none around.
fn push_key(key: &mut String, characters: impl Iterator<Item = char>) {
    let mut is_apart = false;
    for character in characters {
        if character.is_whitespace() {
            is_apart = true;
        } else if !character.is_control() && !is_invisible(character) {
            if is_apart && !key.is_empty() {
                key.push(' ');
            }
            is_apart = false;
            key.extend(small(character));
        }
    }
}

/// Whether a character takes no room: zero-width spaces and joiners, direction marks, variation selectors, the soft hyphen.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}'
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::batch::{TextBuilder, Values};
    use super::*;

    #[test]
    fn ids_are_text_without_wrappings() {
        let cases: [(&[u8], Result<&str, NoText>); 9] = [
            (b" 00123\t", Ok("00123")),
            (b"=\"00123\"", Ok("00123")),
            (b"'00123", Ok("00123")),
            ("\u{3000}张三（13800138000）".as_bytes(), Ok("张三（13800138000）")),
            (b"O'Neill", Ok("O'Neill")),
            (b"-", Err(NoText::Missing)),
            ("－".as_bytes(), Err(NoText::Missing)),
            (b"=\"\"", Err(NoText::Missing)),
            (b"caf\xe9", Err(NoText::NotUtf8)),
        ];
        let mut cells = TextBuilder::with_capacity(cases.len() + 1, 8);
        for (cell, _) in &cases {
            cells.push(cell);
        }
        cells.push_missing();
        let cells = Cells::Text(cells.finish());
        for (row, (cell, expected)) in cases.iter().enumerate() {
            assert_eq!(id_of(&cells, row).as_deref(), expected.as_ref().map(|id| *id), "{cell:?}");
        }
        assert_eq!(id_of(&cells, cases.len()), Err(NoText::Missing));
    }

    #[test]
    fn numbers_are_ids_by_their_digits() {
        assert_eq!(id_of(&Cells::Float(Values::collect([Some(17_850.0)])), 0).as_deref(), Ok("17850"));
        assert_eq!(id_of(&Cells::Int(Values::collect([Some(-7)])), 0).as_deref(), Ok("-7"));
        assert_eq!(id_of(&Cells::Float(Values::collect([Some(f64::NAN)])), 0), Err(NoText::Missing));
        assert_eq!(id_of(&Cells::Day(Values::collect([Some(0)])), 0).as_deref(), Ok("1970-01-01"));
    }

    #[test]
    fn rounded_ids_are_told_from_codes() {
        for id in ["2.02408E+19", "1.23457E+11", "1.23457e+11", " 2E+15 ", "2,02408E+19", "1.3800138E10", "1E+05"] {
            assert!(rounded_id(id), "{id}");
        }
        for id in [
            "",
            "E",
            "5E12",
            "12E+15",
            "0.5E+19",
            "1.23456789012E+11",
            "1.5E+1",
            "1.E+19",
            "2.02408E+",
            "2.0E-5",
            "2.0E+1x",
            "2.0E+9999",
            "20240801",
            "ABC",
            "1.2.3E+19",
        ] {
            assert!(!rounded_id(id), "{id}");
        }
    }

    #[test]
    fn one_identity_has_one_key() {
        let cases = [
            ("abc-17", "abc-17"),
            ("ABC-17", "abc-17"),
            ("  Jane\t  DOE ", "jane doe"),
            ("ＡＢＣ－１７", "abc-17"),
            ("张三", "张三"),
            ("张\u{3000}三", "张 三"),
            ("张\u{200b}三\u{feff}", "张三"),
            ("José", "josé"),
            ("Jose\u{301}", "josé"),
            ("JOSÉ", "josé"),
            ("ΟΔΟΣ", "οδοσ"),
            ("οδος", "οδοσ"),
            ("ﬁne", "fine"),
            ("①", "1"),
            ("a\u{0}b\u{7f}", "ab"),
            ("e\u{200d}\u{301}", "é"),
            ("İ", "i\u{307}"),
            (" \u{a0}\u{3000}", ""),
            ("", ""),
        ];
        for (text, key) in cases {
            assert_eq!(identity_key(text), key, "{text:?}");
            assert_eq!(identity_key(key), key, "the key of the key of {text:?}");
        }
        for text in ["abc-17", "", "13800138000", "张三", "josé"] {
            assert!(matches!(identity_key(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
