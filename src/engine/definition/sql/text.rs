//! SQL as text: names and literals that stay what they are, and select statements in one layout.

use crate::model::money::{Money, Scale};
use crate::show::text::clean;

/// A quoted name. A control character in it, which a query file must not hold, is replaced; such a column has to be
/// renamed before.
pub(super) fn identifier(name: &str) -> String {
    format!("\"{}\"", clean(name).replace('"', "\"\""))
}

/// A quoted text.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", clean(text).replace('\'', "''"))
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
        let clauses: Vec<String> = self.clauses.into_iter().collect();
        format!("SELECT\n{}\n{}", columns.join(",\n"), clauses.join("\n"))
    }

    /// The statement as a named step with a comment above.
    pub(super) fn step(self, name: &str, about: &[&str]) -> String {
        let about = comment(about.iter().map(|line| (*line).to_owned()));
        format!("{about}{name} AS (\n{}\n)", indented(&self.text(), 4))
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
