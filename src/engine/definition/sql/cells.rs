//! From the table's columns to texts without blanks and wrappings around them, as ids and words are compared.

use super::super::{Definition, Dialect, LINE, wrapped};
use super::text::{Select, escaped, identifier, indented, literal, literals, long_literal};
use crate::data::parse::cell::NULLS;

/// Code points from the first to the last.
pub(super) type Range = (u32, u32);

/// Blanks around a cell, also those without a width.
const AROUND: [Range; 9] = [
    (0x09, 0x0d),
    (0x20, 0x20),
    (0x85, 0x85),
    (0xa0, 0xa0),
    (0x2000, 0x200f),
    (0x2028, 0x202f),
    (0x205f, 0x2064),
    (0x2066, 0x2069),
    (0x3000, 0x3000),
];

/// The byte order mark, which is a blank around a cell too.
const ORDER_MARK: Range = (0xfeff, 0xfeff);

/// White space, as what is between words.
pub(super) const SPACE: [Range; 10] = [
    (0x09, 0x0d),
    (0x20, 0x20),
    (0x85, 0x85),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
];

/// What takes no room in a text, and control characters.
const INVISIBLE: [Range; 12] = [
    (0x01, 0x08),
    (0x0e, 0x1f),
    (0x7f, 0x84),
    (0x86, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x206f),
    (0xfe00, 0xfe0f),
    (0xe_0100, 0xe_01ef),
];

/// Full-width forms of `!` to `~`.
const WIDE: Range = (0xff01, 0xff5e);

/// Signs in numbers and dates that stand for an ASCII one, which follows.
const ODD: [(Range, char); 11] = [
    ((0x2010, 0x2013), '-'),
    ((0x2212, 0x2212), '-'),
    ((0xfe63, 0xfe63), '-'),
    ((0x2018, 0x2019), '\''),
    ((0x85, 0x85), ' '),
    ((0xa0, 0xa0), ' '),
    ((0x2000, 0x200a), ' '),
    ((0x2028, 0x2029), ' '),
    ((0x202f, 0x202f), ' '),
    ((0x205f, 0x205f), ' '),
    ((0x3000, 0x3000), ' '),
];

/// What is dropped from numbers and dates.
const DROPPED: [Range; 5] = [(0x200b, 0x200f), (0x202a, 0x202e), (0x2060, 0x2064), (0x2066, 0x2069), ORDER_MARK];

fn code_points(ranges: &[Range]) -> impl Iterator<Item = char> {
    ranges.iter().flat_map(|(first, last)| *first..=*last).filter_map(char::from_u32)
}

/// The characters of some ranges, for the inside of brackets in a pattern.
pub(super) fn class(ranges: &[Range], dialect: Dialect) -> String {
    let one = |code: u32| match dialect {
        Dialect::DuckDb => format!(r"\x{{{code:X}}}"),
        Dialect::PostgreSql if code > 0xffff => format!(r"\U{code:08X}"),
        Dialect::PostgreSql => format!(r"\u{code:04X}"),
    };
    let range =
        |(first, last): &Range| if first == last { one(*first) } else { format!("{}-{}", one(*first), one(*last)) };
    ranges.iter().map(range).collect()
}

/// The characters that later steps trim and translate.
pub(super) fn characters(dialect: Dialect) -> String {
    let around: Vec<char> = code_points(&AROUND).chain(code_points(&[ORDER_MARK])).collect();
    let mut columns = vec![format!("{} AS blanks", escaped(&around, dialect))];
    let mut about = vec!["blanks: all that may stand around a text, also what has no width."];
    if dialect == Dialect::DuckDb {
        let ascii: String = ('!'..='~').collect();
        let odd: Vec<char> = code_points(&ODD.map(|(range, _)| range)).chain(code_points(&DROPPED)).collect();
        let even: String = ODD.iter().flat_map(|((first, last), ascii)| (*first..=*last).map(|_| *ascii)).collect();
        columns.extend([
            format!("{} AS wide", long_literal(&code_points(&[WIDE]).collect::<String>())),
            format!("{} AS narrow", long_literal(&ascii)),
            format!("{} AS odd", escaped(&odd, dialect)),
            format!("{} AS even", literal(&even)),
        ]);
        about.push("wide: full-width letters, digits and signs, with the usual ones as narrow.");
        about.push("odd: signs in numbers and dates, with the usual ones as even; the rest of them is dropped.");
    }
    Select { columns, clauses: [] }.step("characters", &about)
}

/// The table with each row once.
pub(super) fn rows_once(table: &str, dialect: Dialect) -> String {
    let same = "Rows that are the same in every column are one.";
    match dialect {
        Dialect::DuckDb => {
            let numbered = Select {
                columns: ["*", "ROW_NUMBER() OVER () AS source_row"].map(str::to_owned),
                clauses: [format!("FROM {}", identifier(table))],
            };
            let columns = ["* EXCLUDE (source_row)", "MIN(source_row) AS source_row"].map(str::to_owned);
            let clauses = [format!("FROM (\n{}\n)", indented(&numbered.text(), 4)), "GROUP BY ALL".to_owned()];
            Select { columns, clauses }.step("rows_once", &[same])
        }
        Dialect::PostgreSql => {
            let clauses = [format!("FROM {}", identifier(table))];
            Select { columns: ["DISTINCT *".to_owned()], clauses }.step("rows_once", &[same])
        }
    }
}

/// A column as text.
pub(super) fn text_of(column: &str, dialect: Dialect) -> String {
    let name = match dialect {
        Dialect::DuckDb => "VARCHAR",
        Dialect::PostgreSql => "text",
    };
    format!("CAST(source.{} AS {name})", identifier(column))
}

/// A column as text without blanks around it.
pub(super) fn trimmed(column: &str, dialect: Dialect) -> String {
    let text = text_of(column, dialect);
    match dialect {
        // Far faster than to trim so many characters.
        Dialect::DuckDb => {
            let blank = format!("[{}{}]+", class(&AROUND, dialect), class(&[ORDER_MARK], dialect));
            let blanks = indented(&long_literal(&format!("^{blank}|{blank}$")), 4);
            format!("REGEXP_REPLACE(\n    {text},\n{blanks},\n    '', 'g'\n)")
        }
        Dialect::PostgreSql => format!("TRIM({text}, characters.blanks)"),
    }
}

/// A trimmed text without the wrappings of spreadsheets.
pub(super) fn plain(text: &str) -> String {
    let whens = [
        format!("WHEN {text} LIKE '=\"%\"'\n    THEN TRIM(SUBSTR({text}, 3, LENGTH({text}) - 3), blanks)"),
        format!("WHEN {text} LIKE '''%'''\n    THEN TRIM(SUBSTR({text}, 2, LENGTH({text}) - 2), blanks)"),
        format!(
            "WHEN {text} LIKE '''_%' AND ASCII(SUBSTR({text}, 2)) NOT BETWEEN 97 AND 122\n    \
             THEN TRIM(SUBSTR({text}, 2), blanks)"
        ),
        format!("ELSE {text}"),
    ];
    format!("CASE\n{}\nEND AS {text}", indented(&whens.join("\n"), 4))
}

/// A number or a date with ASCII signs, digits and blanks.
pub(super) fn folded(text: &str) -> String {
    let translated = format!("TRANSLATE(TRANSLATE({text}, wide, narrow), odd, even)");
    format!("CASE\n    WHEN REGEXP_MATCHES({text}, '[^ -~]') THEN {translated}\n    ELSE {text}\nEND")
}

/// What two ways to write one id have in common.
pub(super) fn identity(text: &str, dialect: Dialect) -> String {
    let dropped = long_literal(&format!("[{}{}]", class(&INVISIBLE, dialect), class(&[ORDER_MARK], dialect)));
    let spaces = long_literal(&format!("[{}]+", class(&SPACE, dialect)));
    let (visible, composed) = match dialect {
        Dialect::DuckDb => (format!("TRANSLATE({text}, wide, narrow)"), ("NFC_NORMALIZE(", ")")),
        Dialect::PostgreSql => (format!("NORMALIZE({text}, NFKC)"), ("NORMALIZE(", ", NFKC)")),
    };
    let (open, close) = composed;
    let pieces = [
        format!("TRIM(REGEXP_REPLACE(TRANSLATE({open}LOWER({open}REGEXP_REPLACE("),
        format!("    {visible},"),
        format!("    {},", dropped.replace('\n', "\n    ")),
        format!("    '', 'g'){close}){close}, 'ς', 'σ'),"),
        format!("    {},", spaces.replace('\n', "\n    ")),
        "    ' ', 'g'))".to_owned(),
    ];
    pieces.join("\n")
}

/// Whether an id is one, and no word for nothing.
pub(super) fn is_id(column: &str) -> String {
    format!("LOWER({column}) NOT IN (\n{}\n)", indented(&nothing(), 4))
}

/// Whether a text says that there is nothing.
pub(super) fn is_nothing(column: &str) -> String {
    format!("COALESCE(LOWER({column}), '') IN (\n{}\n)", indented(&nothing(), 4))
}

/// What says that there is nothing, lower case; the empty one is a cell of nothing but blanks.
fn nothing() -> String {
    let words: Vec<&str> = [""].into_iter().chain(NULLS).collect();
    wrapped(literals(&words), LINE - 20).join("\n")
}

/// Whether a pattern is found in a text.
pub(super) fn matches(text: &str, pattern: &str, dialect: Dialect) -> String {
    let pattern = long_literal(pattern);
    match dialect {
        Dialect::DuckDb => format!("REGEXP_MATCHES({text}, {pattern})"),
        Dialect::PostgreSql => format!("{text} ~ ({pattern})"),
    }
}

/// What the comment says of ids, where they are unified.
pub(super) fn about_ids(definition: &Definition<'_>, dialect: Dialect) -> Vec<String> {
    if !definition.policies.unifies_ids() {
        return vec!["Ids that differ in any character are different customers.".to_owned()];
    }
    let mut lines = vec![
        "Ids that differ only in case, blanks or width are one customer, shown as the first row has it.".to_owned(),
    ];
    let more: &[&str] = match dialect {
        Dialect::DuckDb => &[
            "DuckDB has no NFKC: of compatibility forms the full-width letters, digits and signs are folded, and others,",
            "such as ligatures, circled digits and half-width kana, keep ids apart that tierscope takes for one.",
        ],
        Dialect::PostgreSql => {
            &["LOWER follows the database's locale: with LC_CTYPE C it leaves all letters but A to Z as they are."]
        }
    };
    lines.extend(more.iter().map(|line| (*line).to_owned()));
    lines
}
