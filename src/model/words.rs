//! One-line texts that people type and files keep: reading them from left to right, and words in quotes.

use std::iter;

use crate::show::text::clean;

/// A text read from left to right.
#[derive(Clone)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// Bytes read.
    pub(super) at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Characters before a place in bytes: what a message counts.
    pub(super) fn column(&self, at: usize) -> usize {
        self.text[..at].chars().count()
    }

    pub(super) fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// The characters that come next as long as they fit.
    pub(super) fn take(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// The letters, digits, points, dashes and underscores that come next, after blanks.
    pub(super) fn word(&mut self) -> &'a str {
        self.skip_blanks();
        self.take(in_word)
    }

    /// Reads past a sign, after blanks, where it comes next.
    pub(super) fn eat(&mut self, sign: &str) -> bool {
        let before = self.at;
        self.skip_blanks();
        let there = self.rest().starts_with(sign);
        self.at = if there { self.at + sign.len() } else { before };
        there
    }

    /// Reads past a word, after blanks, where it comes next; in small or capital letters.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let before = self.at;
        let there = self.word().eq_ignore_ascii_case(word);
        self.at = if there { self.at } else { before };
        there
    }

    /// The text in quotes that comes next, after blanks; two quotes inside stand for one. `None` without an opening quote,
    /// an error with the place of the opening one where the closing one lacks.
    pub(super) fn quoted(&mut self) -> Result<Option<String>, usize> {
        self.skip_blanks();
        let start = self.at;
        let Some(quote) = self.rest().chars().next().filter(|c| is_quote(*c)) else { return Ok(None) };
        let mut text = String::new();
        loop {
            self.at += quote.len_utf8();
            text.push_str(self.take(|c| c != quote));
            if self.rest().is_empty() {
                return Err(start);
            }
            self.at += quote.len_utf8();
            if !self.rest().starts_with(quote) {
                return Ok(Some(text));
            }
            text.push(quote);
        }
    }
}

/// Whether a character opens and closes a text in quotes.
pub(super) const fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '"')
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether [`Scanner::word`] reads a text as a whole and takes it for nothing else.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text.chars().all(in_word)
}

/// A text in single quotes, as [`Scanner::quoted`] reads it.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The characters before the first one that a terminal must not get, where there is one.
pub(super) fn first_unsafe(text: &str) -> Option<usize> {
    let clean = clean(text);
    iter::zip(text.chars(), clean.chars()).position(|(typed, shown)| typed != shown)
}

/// Typed text as a message may show it.
pub(super) fn shown(text: &str) -> String {
    clean(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_inside_quotes_are_doubled() {
        for (text, expected, rest) in [
            ("'a''b' c", Ok(Some("a'b")), " c"),
            ("  \"a'b\"", Ok(Some("a'b")), ""),
            ("''", Ok(Some("")), ""),
            ("''''", Ok(Some("'")), ""),
            ("a'b'", Ok(None), "a'b'"),
            (" 'ab", Err(1), ""),
            ("'ab''", Err(0), ""),
        ] {
            let mut scanner = Scanner::new(text);
            assert_eq!(scanner.quoted().as_ref().map(Option::as_deref), expected.as_ref().copied(), "{text}");
            assert_eq!(scanner.rest(), rest, "{text}");
        }
        assert_eq!(quoted("it's"), "'it''s'");
    }

    #[test]
    fn places_are_counted_in_characters() {
        assert_eq!(Scanner::new("金额x").column(6), 2);
        assert_eq!((first_unsafe("金\u{1b}"), first_unsafe("金\u{fffd}")), (Some(1), None));
    }
}
