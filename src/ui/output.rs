//! What goes to the terminal: a frame at once, and colours in the form that it knows.

use std::io::{self, Write};

use super::theme::Depth;

/// Bytes of the largest frames of a large terminal.
const FRAME_BYTES: usize = 512 * 1024;

/// A writer that holds everything back until it is flushed. Stdout writes through at every kilobyte by itself; one write a
/// frame keeps ssh and tmux quick.
#[derive(Debug)]
pub(super) struct Output<W: Write> {
    out: W,
    held: Vec<u8>,
    /// Whether the sixteen colours are asked for by the codes that every terminal knows.
    is_sixteen: bool,
}

impl<W: Write> Output<W> {
    /// Writes to a terminal with so many colours.
    pub(super) fn new(out: W, depth: Depth) -> Self {
        Self { out, held: Vec::with_capacity(FRAME_BYTES), is_sixteen: depth == Depth::Ansi }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        let written = if self.is_sixteen { self.out.write_all(&in_sixteen(&held)) } else { self.out.write_all(&held) };
        self.held = held;
        self.held.clear();
        written?;
        self.out.flush()
    }
}

/// The same bytes with `30` to `37` and `90` to `97` for the first sixteen of 256 colours, which are `38;5;0` and so on:
/// terminals without 256 take that for blinking and more.
fn in_sixteen(bytes: &[u8]) -> Vec<u8> {
    let mut written = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\x1b[") {
        let (before, behind) = rest.split_at(at + 2);
        written.extend_from_slice(before);
        rest = behind;
        let end = rest.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b';')).unwrap_or(rest.len());
        if rest.get(end) == Some(&b'm') {
            written.extend_from_slice(&styles(&rest[..end]));
            rest = &rest[end..];
        }
    }
    written.extend_from_slice(rest);
    written
}

/// The numbers of one sequence of styles.
fn styles(numbers: &[u8]) -> Vec<u8> {
    let parts: Vec<&[u8]> = numbers.split(|byte| *byte == b';').collect();
    let mut written: Vec<String> = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
        let colour =
            parts.get(at + 2).and_then(|colour| text(colour).parse::<u16>().ok()).filter(|colour| *colour < 16);
        match (parts[at], parts.get(at + 1), colour) {
            (b"38" | b"48", Some(&b"5"), Some(colour)) => {
                let background = if parts[at] == b"48" { 10 } else { 0 };
                let first = if colour < 8 { 30 } else { 90 };
                written.push((first + colour % 8 + background).to_string());
                at += 3;
            }
            (other, ..) => {
                written.push(text(other));
                at += 1;
            }
        }
    }
    written.join(";").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_colours_are_asked_for_by_their_own_codes() -> io::Result<()> {
        let frame = b"38;5;4 \x1b[2;5H\x1b[38;5;4;48;5;15ma\x1b[0;38;5;9m\x1b[39;49m\x1b[38;5;200m\x1b[?25l";
        let through = |depth| -> io::Result<String> {
            let mut output = Output::new(Vec::new(), depth);
            output.write_all(frame)?;
            output.flush()?;
            output.flush()?;
            Ok(String::from_utf8_lossy(&output.out).into_owned())
        };
        assert_eq!(through(Depth::Ansi)?, "38;5;4 \x1b[2;5H\x1b[34;107ma\x1b[0;91m\x1b[39;49m\x1b[38;5;200m\x1b[?25l");
        assert_eq!(through(Depth::Indexed)?.as_bytes(), frame);
        Ok(())
    }
}
