//! SQL as text: names and literals that stay what they are, and select statements in one layout.

use super::super::{Dialect, wrapped};
use crate::model::money::{Money, Scale};
use crate::show::text::{clean, width};

/// A quoted name. A control character in it, which a query file must not hold, is replaced; such a column has to be
/// renamed before.
pub(super) fn identifier(name: &str) -> String {
    format!("\"{}\"", clean(name).replace('"', "\"\""))
}

/// A quoted text.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", clean(text).replace('\'', "''"))
}

/// Columns of a quoted text, at most, before it is broken into several that are joined.
const LONGEST: usize = 76;

/// A quoted text, broken into pieces where it is long.
pub(super) fn long_literal(text: &str) -> String {
    let mut pieces = vec![String::new()];
    let mut used = 0;
    for character in text.chars() {
        used += width(character.encode_utf8(&mut [0; 4]));
        if used > LONGEST {
            pieces.push(String::new());
            used = 0;
        }
        if let Some(last) = pieces.last_mut() {
            last.push(character);
        }
    }
    pieces.iter().map(|piece| literal(piece)).collect::<Vec<_>>().join("\n|| ")
}

/// A text of characters that are not all printable, by their code points.
pub(super) fn escaped(characters: &[char], dialect: Dialect) -> String {
    let codes = characters.iter().map(|character| u32::from(*character));
    match dialect {
        Dialect::DuckDb => {
            let last = characters.len().saturating_sub(1);
            let listed =
                codes.enumerate().map(|(place, code)| format!("{code}{}", if place == last { "" } else { "," }));
            let lines = wrapped(listed, LONGEST).join("\n");
            format!("ARRAY_TO_STRING([CHR(code) FOR code IN [\n{}\n]], '')", indented(&lines, 4))
        }
        Dialect::PostgreSql => {
            let codes: Vec<String> = codes.map(|code| format!("\\u{code:04X}")).collect();
            let pieces = codes.chunks(LONGEST / 6).map(|piece| format!("E'{}'", piece.concat()));
            pieces.collect::<Vec<_>>().join("\n|| ")
        }
    }
}

/// A list of quoted texts.
pub(super) fn literals(texts: &[&str]) -> Vec<String> {
    let last = texts.len().saturating_sub(1);
    let comma = |place: usize| if place == last { "" } else { "," };
    texts.iter().enumerate().map(|(place, text)| format!("{}{}", literal(text), comma(place))).collect()
}

/// A value in smallest units as the decimal number it is.
pub(super) fn number(value: i64, scale: Scale) -> String {
    Money::new(value, scale).to_string()
}

/// Lines of comment.
pub(super) fn comment(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().fold(String::new(), |text, line| text + "-- " + &clean(&line) + "\n")
}

/// All lines of a text so many columns to the right.
pub(super) fn indented(text: &str, columns: usize) -> String {
    let margin = " ".repeat(columns);
    text.lines().map(|line| format!("{margin}{line}")).collect::<Vec<_>>().join("\n")
}

/// A select statement: one column a line, then the clauses that follow, each of one line or more.
pub(super) struct Select<C, T> {
    pub(super) columns: C,
    pub(super) clauses: T,
}

impl<C: IntoIterator<Item = String>, T: IntoIterator<Item = String>> Select<C, T> {
    /// The statement.
    pub(super) fn text(self) -> String {
        let columns: Vec<String> = self.columns.into_iter().map(|column| indented(&column, 4)).collect();
        let clauses = self.clauses.into_iter().fold(String::new(), |text, clause| text + "\n" + &clause);
        format!("SELECT\n{}{clauses}", columns.join(",\n"))
    }

    /// The statement as a named step with a comment above.
    pub(super) fn step(self, name: &str, about: &[&str]) -> String {
        self.named(name, "AS", about)
    }

    /// The same, computed once: what later steps ask of a column many times is not taken apart anew each time.
    pub(super) fn step_once(self, name: &str, about: &[&str]) -> String {
        self.named(name, "AS MATERIALIZED", about)
    }

    fn named(self, name: &str, how: &str, about: &[&str]) -> String {
        let about = comment(about.iter().map(|line| (*line).to_owned()));
        format!("{about}{name} {how} (\n{}\n)", indented(&self.text(), 4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_cannot_break_out() {
        assert_eq!(identifier("a\"b"), "\"a\"\"b\"");
        assert_eq!(identifier("x\"; DROP TABLE y; --"), "\"x\"\"; DROP TABLE y; --\"");
        assert_eq!(literal("O'Neil"), "'O''Neil'");
        assert_eq!(literal("重要价值客户"), "'重要价值客户'");
        assert_eq!(literal("a\nb\u{1b}"), "'a\u{fffd}b\u{fffd}'");
        assert_eq!(comment(["a\r\nDROP TABLE b".to_owned()]), "-- a\u{fffd}\u{fffd}DROP TABLE b\n");
    }

    #[test]
    fn values_are_decimals_of_their_unit() {
        assert_eq!(number(9_999, Scale::CENTS), "99.99");
        assert_eq!(number(-5, Scale::CENTS), "-0.05");
        assert_eq!(number(30, Scale::UNITS), "30");
    }
}
