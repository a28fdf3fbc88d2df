//! A writer that keeps what could steer a terminal from what it writes to.

use std::io::{self, Write};
use std::str::from_utf8;

use crate::show::text::is_unsafe;

/// What becomes of a character that no terminal should get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instead {
    /// It is written.
    Itself,
    /// `U+FFFD` is written.
    StandIn,
    /// Its number as a string of JSON has it, such as `\u009b`.
    Escape,
}

/// A writer of UTF-8 text. Line ends and tabs always pass.
#[derive(Debug)]
pub(in super::super) struct Guard<W> {
    out: W,
    instead: Instead,
    /// The beginning of a character whose end is still to be written.
    begun: Vec<u8>,
}

impl<W: Write> Guard<W> {
    /// Lets everything pass.
    pub(super) const fn open(out: W) -> Self {
        Self { out, instead: Instead::Itself, begun: Vec::new() }
    }

    /// Writes `U+FFFD` in place of what no terminal should get.
    pub(super) const fn stand_in(out: W) -> Self {
        Self { out, instead: Instead::StandIn, begun: Vec::new() }
    }

    /// Escapes it: for JSON, where it stands in strings only.
    pub(super) const fn escape(out: W) -> Self {
        Self { out, instead: Instead::Escape, begun: Vec::new() }
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some(at) = rest.find(is_kept_back) {
            let (before, after) = rest.split_at(at);
            self.out.write_all(before.as_bytes())?;
            let mut after = after.chars();
            let c = after.next().map_or(0, u32::from);
            match self.instead {
                Instead::Escape => write!(self.out, "\\u{c:04x}")?,
                Instead::StandIn | Instead::Itself => self.out.write_all("\u{fffd}".as_bytes())?,
            }
            rest = after.as_str();
        }
        self.out.write_all(rest.as_bytes())
    }
}

fn is_kept_back(c: char) -> bool {
    is_unsafe(c) && !matches!(c, '\n' | '\t')
}

/// The most bytes of a character that is not whole.
const BEGUN: usize = 3;

impl<W: Write> Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let plain = |byte: &u8| matches!(byte, b'\n' | b'\t' | b' '..=b'~');
        if self.instead == Instead::Itself || self.begun.is_empty() && bytes.iter().all(plain) {
            return self.out.write(bytes);
        }
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let whole = match from_utf8(&all) {
            // Of a character that is cut off, the rest is on its way.
            Err(error) if error.error_len().is_none() && all.len() - error.valid_up_to() <= BEGUN => {
                error.valid_up_to()
            }
            _ => all.len(),
        };
        self.text(&String::from_utf8_lossy(&all[..whole]))?;
        self.begun = all.split_off(whole);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\u{1b}[31m\t\u{9b}2J\u{7f}\r\n张三 e\u{301} \u{202e}";

    /// The text as it comes out, written so many bytes at a time.
    fn written(guard: impl Fn(Vec<u8>) -> Guard<Vec<u8>>, piece: usize) -> io::Result<String> {
        let mut guard = guard(Vec::new());
        for bytes in TEXT.as_bytes().chunks(piece) {
            guard.write_all(bytes)?;
        }
        Ok(String::from_utf8_lossy(&guard.out).into_owned())
    }

    #[test]
    fn what_could_steer_a_terminal_is_replaced_wherever_the_writes_are_cut() -> io::Result<()> {
        for piece in 1..=TEXT.len() {
            assert_eq!(written(Guard::open, piece)?, TEXT);
            let expected = "a\u{fffd}[31m\t\u{fffd}2J\u{fffd}\u{fffd}\n张三 e\u{301} \u{fffd}";
            assert_eq!(written(Guard::stand_in, piece)?, expected, "{piece}");
            let expected = "a\\u001b[31m\t\\u009b2J\\u007f\\u000d\n张三 e\u{301} \\u202e";
            assert_eq!(written(Guard::escape, piece)?, expected, "{piece}");
        }
        Ok(())
    }
}
