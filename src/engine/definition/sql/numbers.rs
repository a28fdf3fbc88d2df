//! Numbers in text, as `DuckDB` reads them: a pattern takes them apart, and what it takes is put together as a decimal.

use super::cells::folded;
use super::text::{indented, literal, long_literal};
use crate::data::parse::number::{Currency, DecimalMark, NumberFormat};

/// The parts of a number.
const PARTS: &str = "['sign', 'digits', 'exponent', 'power', 'back']";

/// Digits in groups or in none, and what follows the mark.
fn digits(mark: DecimalMark) -> String {
    match mark {
        DecimalMark::Point => {
            let groups = [
                r"\d+",
                r"[1-9]\d{0,2}(?:,\d{3})+",
                r"[1-9]\d{0,2}(?: \d{3})+",
                r"[1-9]\d{0,2}(?:'\d{3})+",
                r"[1-9]\d?(?:,\d\d)*,\d{3}",
                r"[1-9]\d{0,3}(?:,\d{4}){2,}",
            ];
            format!(r"(?:{})(?:\.\d+)?|[1-9]\d{{0,3}},\d{{4}}\.\d+|\.\d+", groups.join("|"))
        }
        DecimalMark::Comma => {
            let groups = [r"\d+", r"[1-9]\d{0,2}(?:\.\d{3})+", r"[1-9]\d{0,2}(?: \d{3})+", r"[1-9]\d{0,2}(?:'\d{3})+"];
            format!(r"(?:{})(?:,\d+)?|,\d+", groups.join("|"))
        }
    }
}

/// Signs and codes of currencies, the longer before what they begin with, as alternatives of a pattern.
pub(super) fn currencies(wanted: impl Fn(Currency, bool) -> bool) -> String {
    let mut names: Vec<&str> =
        Currency::names().filter(|(_, currency, sure)| wanted(*currency, *sure)).map(|(name, ..)| name).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.chars().count()), *name));
    names.dedup();
    names.iter().map(|name| name.replace('$', r"\$").replace('.', r"\.")).collect::<Vec<_>>().join("|")
}

/// A column's text taken apart, as a struct of [`PARTS`]. Whatever currency stands beside the digits becomes a `$`.
pub(super) fn parts(column: &str, format: NumberFormat) -> String {
    let mark = match format.mark {
        DecimalMark::Point => r"\.",
        DecimalMark::Comma => ",",
    };
    let pattern = format!(
        r"^[$\s]*([-+(]?)[$\s]*({})(?:[.,]--?|{mark}?([Ee][+-]?\d{{1,4}})?)\s*(千?[万萬]?[亿億]?)[$\s]*([-)]?)[$\s]*$",
        digits(format.mark)
    );
    let signs = format!("(?i)(?:{})", currencies(|_, _| true));
    let text = format!(
        "REGEXP_REPLACE(\n{},\n{},\n    '$', 'g'\n)",
        indented(&folded(column), 4),
        indented(&long_literal(&signs), 4)
    );
    format!(
        "REGEXP_EXTRACT(\n{},\n{},\n    {PARTS}\n) AS {column}_parts",
        indented(&text, 4),
        indented(&long_literal(&pattern), 4)
    )
}

/// The number that a column's parts are, as a decimal type; NULL where they are none.
pub(super) fn value(column: &str, format: NumberFormat, kind: &str) -> String {
    let part = |name: &str| format!("{column}_parts.{name}");
    let (kept, point) = match format.mark {
        DecimalMark::Point => (r"[^\d.]", None),
        DecimalMark::Comma => (r"[^\d,]", Some(",")),
    };
    let digits = format!("REGEXP_REPLACE({}, {}, '', 'g')", part("digits"), literal(kept));
    let digits = point.map_or_else(|| digits.clone(), |comma| format!("REPLACE({digits}, '{comma}', '.')"));
    let power = part("power");
    let mut exponent = format!(
        "COALESCE(TRY_CAST(SUBSTR({}, 2) AS INTEGER), 0)\n\
         + CASE WHEN {power} LIKE '%千%' THEN 3 ELSE 0 END\n\
         + CASE WHEN REGEXP_MATCHES({power}, '[万萬]') THEN 4 ELSE 0 END\n\
         + CASE WHEN REGEXP_MATCHES({power}, '[亿億]') THEN 8 ELSE 0 END",
        part("exponent")
    );
    if format.power != 0 {
        exponent = format!("{} -- the unit that the header names\n+ {exponent}", format.power);
    }
    let signs = format!("{} || {}", part("sign"), part("back"));
    format!(
        "TRY_CAST(\n    CASE\n        WHEN {signs} IN ('-', '()') THEN '-'\n        WHEN {signs} IN ('', '+') THEN ''\n    \
         END\n    || {digits}\n    || 'e' || (\n{}\n    ) AS {kind}\n)",
        indented(&exponent, 8)
    )
}
