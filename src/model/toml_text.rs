//! TOML as text: comments, long lists wrapped, one thing a line, so that a file reads and diffs well.

use super::money::Decimal;
use crate::show::text::{clean, width};

/// The columns that a line keeps to where it can be broken.
pub(super) const COLUMNS: usize = 100;

/// The line of a place in a text, from 1.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// What the parser says of a file that is no TOML, safe to show: the line, from 1, and the problem on one line, of which the
/// parser makes several.
pub(crate) fn told(text: &str, error: &toml::de::Error) -> (usize, String) {
    let line = line_of(text, error.span().map_or(0, |span| span.start));
    let problem: Vec<&str> = error.message().lines().map(str::trim).collect();
    (line, clean(&problem.join(", ")).into_owned())
}

/// A text in quotes on one line.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.chars().map(|c| if c == '"' { "\\\"".to_owned() } else { escaped(c) }).collect::<String>())
}

/// A text as one value: in quotes, or line by line where it has several. Written so, it has one line break more at its
/// end than the text, which the reader takes away again ([`without_last_break`]).
pub(super) fn paragraph(text: &str) -> String {
    if !text.contains('\n') {
        return quoted(text);
    }
    let mut lines = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            // Three quotes in a row would end the text.
            '"' if characters.peek() == Some(&'"') => lines.push_str("\\\""),
            '\n' | '"' => lines.push(c),
            _ => lines.push_str(&escaped(c)),
        }
    }
    format!("\"\"\"\n{lines}\n\"\"\"")
}

/// A text as [`paragraph`] writes it, without the line break that stands before its closing quotes.
pub(super) fn without_last_break(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

fn escaped(c: char) -> String {
    match c {
        '\\' => "\\\\".to_owned(),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    }
}

/// A number with all its digits: bare where it is whole, in quotes where a reader might make a float of it.
pub(super) fn number(value: Decimal) -> String {
    match i64::try_from(value.mantissa) {
        Ok(whole) if value.decimals == 0 => whole.to_string(),
        _ => quoted(&value.to_string()),
    }
}

/// Numbers as a list on one line.
pub(super) fn numbers(values: &[Decimal]) -> String {
    format!("[{}]", values.iter().map(|value| number(*value)).collect::<Vec<_>>().join(", "))
}

/// `key = [...]`: on one line where it fits, else one item a line.
pub(crate) fn list(key: &str, items: &[String]) -> String {
    let line = format!("{key} = [{}]", items.join(", "));
    if width(&line) <= COLUMNS { line } else { list_of_lines(key, items) }
}

/// `key = [...]` with one item a line.
pub(super) fn list_of_lines(key: &str, items: &[String]) -> String {
    let lines: Vec<String> = items.iter().map(|item| format!("  {item},\n")).collect();
    format!("{key} = [\n{}]", lines.concat())
}

/// Words in lines of at most so many columns, blanks between them.
pub(super) fn wrapped<'a>(words: impl Iterator<Item = &'a str>, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A comment, in as many lines as it takes.
pub(crate) fn comment(text: &str) -> String {
    let lines = wrapped(text.split_whitespace(), COLUMNS - 2);
    lines.iter().map(|line| format!("# {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(value: &str) -> Option<String> {
        let table: toml::Table = toml::from_str(&format!("key = {value}\n")).ok()?;
        table.get("key")?.as_str().map(str::to_owned)
    }

    #[test]
    fn quotes_stay_readable_and_never_end_the_text() {
        assert_eq!(paragraph("say \"yes\"\n\"\"\"\"\""), "\"\"\"\nsay \"yes\"\n\\\"\\\"\\\"\\\"\"\n\"\"\"");
        assert_eq!(quoted("a\"\\\tb"), "\"a\\\"\\\\\\u0009b\"");
    }

    #[test]
    fn what_does_not_fit_a_line_goes_one_item_a_line() {
        assert_eq!(list("a", &["1".to_owned(), "2".to_owned()]), "a = [1, 2]");
        let long = "x".repeat(60);
        assert_eq!(list("a", &[long.clone(), long.clone()]), format!("a = [\n  {long},\n  {long},\n]"));
        assert_eq!(wrapped("aa bb cc".split(' '), 5), ["aa bb", "cc"]);
    }

    proptest! {
        #[test]
        fn every_text_reads_back(text in "[a\"\\\\\n\t#'= \u{7}\u{85}重é😀]{0,24}|\\PC{0,24}") {
            prop_assert_eq!(read(&quoted(&text)), Some(text.clone()));
            let expected = if text.contains('\n') { format!("{text}\n") } else { text.clone() };
            let back = read(&paragraph(&text));
            prop_assert_eq!(back.as_ref(), Some(&expected));
            prop_assert_eq!(back.as_deref().map(without_last_break), Some(text.as_str()));
        }
    }
}
