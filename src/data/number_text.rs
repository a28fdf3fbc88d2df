//! Binary numbers of spreadsheets and databases as the text a person would have typed.

use std::fmt::Arguments;
use std::io::Write;

use crate::model::money::Decimal;

/// From here on digits say nothing: powers of ten do.
const DIGITS_END: f64 = 1e21;
/// Below it every whole number has a double of its own: 2^53.
const EXACT_END: f64 = 9_007_199_254_740_992.0;

/// Writes the decimal text of a number: `0.3` of 0.30000000000000004, `1234.5`, `12` of 12.0, `202408123456789000` of
/// an id that a spreadsheet rounded. Whole numbers keep all digits that tell them from their neighbours, others the 15
/// that are no noise. Gives `false`, and writes nothing, for NaN and infinities.
pub(super) fn write_number(value: f64, out: &mut Vec<u8>) -> bool {
    if !value.is_finite() {
        return false;
    }
    if value.abs() >= DIGITS_END {
        put(out, format_args!("{value:e}"));
    } else if value.fract() != 0.0 {
        write_fraction(value, out);
    } else if value.abs() < EXACT_END {
        put(out, format_args!("{}", value as i64));
    } else {
        put(out, format_args!("{value}"));
    }
    true
}

fn write_fraction(value: f64, out: &mut Vec<u8>) {
    // Most of them are money: the number of cents whose nearest double this is, written without a detour.
    let cents = (value * 100.0).round();
    if cents.abs() < 1e15 && (cents / 100.0).total_cmp(&value).is_eq() {
        let (sign, cents) = (if value < 0.0 { "-" } else { "" }, cents.abs() as u64);
        return match cents % 100 {
            tenths if tenths % 10 == 0 => put(out, format_args!("{sign}{}.{}", cents / 100, tenths / 10)),
            rest => put(out, format_args!("{sign}{}.{rest:02}", cents / 100)),
        };
    }
    match Decimal::from_float(value) {
        Ok(decimal) => put(out, format_args!("{decimal}")),
        Err(_) => put(out, format_args!("{value:e}")),
    }
}

/// Writes to memory, which cannot fail.
pub(super) fn put(out: &mut Vec<u8>, text: Arguments<'_>) {
    let _ = out.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_were_typed() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (1234.5, "1234.5"),
            (1234.0, "1234"),
            (-0.07, "-0.07"),
            (-0.5, "-0.5"),
            (8_911_407.9, "8911407.9"),
            (0.125, "0.125"),
            (-9_007_199_254_740_993.5, "-9007199254740994"),
            (-0.0, "0"),
            (1.0 / 3.0, "0.333333333333333"),
            (1.005, "1.005"),
            (2.024_081_234_567_89e17, "202408123456789000"),
            // Below 2^53 every whole number is itself, sixteen digits or not.
            (9_007_199_254_740_991.0, "9007199254740991"),
            (20_240_105.0, "20240105"),
            (1e20, "100000000000000000000"),
            (2.5e300, "2.5e300"),
            (1e-7, "0.0000001"),
            (5e-300, "5e-300"),
        ] {
            let mut out = Vec::new();
            assert!(write_number(value, &mut out));
            assert_eq!(String::from_utf8_lossy(&out), text, "{value:?}");
        }
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut out = Vec::new();
            assert!(!write_number(value, &mut out) && out.is_empty());
        }
    }
}
