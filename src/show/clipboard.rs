//! Copying through the terminal: the escape sequence OSC 52, which reaches the clipboard of the person in front of the
//! screen even from a machine far away (xterm, Control Sequences, "Operating System Commands").

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use super::text::clean;
use crate::tr;

/// Characters of Base64 that terminals take in one sequence: xterm's limit, and that of those which follow it.
pub const MOST_ENCODED: usize = 74_994;

/// Bytes of text that fit: three for every four characters of Base64.
pub const MOST_BYTES: usize = MOST_ENCODED / 4 * 3;

/// Bytes between the ends of one sequence that GNU screen passes on; it drops sequences of 768 bytes and more.
const SCREEN_CHUNK: usize = 760;

/// A text that is too long for the terminal's clipboard.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error(
    "{}",
    tr!(
        "terminals take at most {most} bytes for the clipboard, and this text has {found}; export it to a file instead",
        most = MOST_BYTES,
        found = _0,
    )
)]
pub struct TooLong(pub usize);

/// What the environment says of what stands between the program and the terminal: its variables, `None` where unset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings<'a> {
    /// `TMUX`.
    pub tmux: Option<&'a str>,
    /// `STY`, of GNU screen.
    pub sty: Option<&'a str>,
    /// `TERM`.
    pub term: Option<&'a str>,
}

/// What must be told to pass a sequence on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrapping {
    None,
    Tmux,
    Screen,
}

impl Surroundings<'_> {
    /// The variables say for sure what runs here; `TERM` alone still tells of one on the other side of an SSH connection.
    fn wrapping(self) -> Wrapping {
        let is_set = |variable: Option<&str>| variable.is_some_and(|value| !value.is_empty());
        let term = self.term.unwrap_or_default();
        if is_set(self.tmux) {
            Wrapping::Tmux
        } else if is_set(self.sty) {
            Wrapping::Screen
        } else if term.starts_with("tmux") {
            Wrapping::Tmux
        } else if term.starts_with("screen") {
            Wrapping::Screen
        } else {
            Wrapping::None
        }
    }
}

/// The bytes that copy a text when they are sent to the terminal. Control characters but tabs and line breaks are replaced
/// before: what is pasted may be run. Tmux takes them where its option `set-clipboard` is on, and passes them on where
/// `allow-passthrough` is; it is sent both, since nobody tells which.
///
/// # Errors
/// [`TooLong`] beyond [`MOST_BYTES`].
pub fn copy(text: &str, surroundings: Surroundings<'_>) -> Result<Vec<u8>, TooLong> {
    let safe = safe(text);
    if safe.len() > MOST_BYTES {
        return Err(TooLong(safe.len()));
    }
    let sequence = format!("\x1b]52;c;{}\x07", STANDARD.encode(&safe));
    let wrapped = match surroundings.wrapping() {
        Wrapping::None => sequence,
        Wrapping::Tmux => format!("{sequence}\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b")),
        Wrapping::Screen => {
            let mut wrapped = String::with_capacity(sequence.len() + sequence.len() / 64);
            let mut rest = sequence.as_str();
            while !rest.is_empty() {
                // All of it is ASCII.
                let (chunk, after) = rest.split_at(rest.len().min(SCREEN_CHUNK));
                let _ = write!(wrapped, "\x1bP{chunk}\x1b\\");
                rest = after;
            }
            wrapped
        }
    };
    Ok(wrapped.into_bytes())
}

/// The text with no control characters but tabs and line breaks, these as `\n`.
fn safe(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut safe = String::with_capacity(text.len());
    for piece in text.split_inclusive(['\t', '\n']) {
        let words = piece.trim_end_matches(['\t', '\n']);
        safe.push_str(&clean(words));
        safe.push_str(&piece[words.len()..]);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: Surroundings<'_> = Surroundings { tmux: None, sty: None, term: Some("xterm-256color") };

    fn copied(text: &str, surroundings: Surroundings<'_>) -> String {
        String::from_utf8(copy(text, surroundings).unwrap()).unwrap()
    }

    #[test]
    fn a_text_is_copied_as_base64() {
        // RFC 4648, section 10.
        assert_eq!(copied("foobar", BARE), "\x1b]52;c;Zm9vYmFy\x07");
        assert_eq!(copied("fo", BARE), "\x1b]52;c;Zm8=\x07");
        assert_eq!(copied("张三", BARE), "\x1b]52;c;5byg5LiJ\x07");
        assert_eq!(copied("", BARE), "\x1b]52;c;\x07");
    }

    #[test]
    fn what_is_pasted_has_no_control_characters() {
        assert_eq!(safe("a\tb\r\nc\n\n\t"), "a\tb\nc\n\n\t");
        assert_eq!(safe("a\x1b[31m\rb\x07\u{9b}\u{202e}"), "a\u{fffd}[31m\u{fffd}b\u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn tmux_gets_it_for_itself_and_to_pass_on_with_every_escape_twice() {
        let tmux = Surroundings { tmux: Some("/tmp/tmux-1000/default,1,0"), ..BARE };
        assert_eq!(copied("foobar", tmux), "\x1b]52;c;Zm9vYmFy\x07\x1bPtmux;\x1b\x1b]52;c;Zm9vYmFy\x07\x1b\\");
    }

    #[test]
    fn screen_gets_chunks_that_it_takes() {
        let screen = Surroundings { sty: Some("1.pts"), ..BARE };
        assert_eq!(copied("foobar", screen), "\x1bP\x1b]52;c;Zm9vYmFy\x07\x1b\\");
        for length in [0, 560, 561, 562, 564, 5_000, MOST_BYTES] {
            let text = "x".repeat(length);
            let wrapped = copied(&text, screen);
            let inner: Vec<&str> = wrapped.split_inclusive("\x1b\\").collect();
            assert!(inner.iter().all(|chunk| chunk.len() <= 768), "{length}");
            let unwrap =
                |chunk: &&str| chunk.strip_prefix("\x1bP").and_then(|c| c.strip_suffix("\x1b\\")).map(str::to_owned);
            let joined: Option<String> = inner.iter().map(unwrap).collect();
            assert_eq!(joined.unwrap(), copied(&text, BARE), "{length}");
        }
    }

    #[test]
    fn the_environment_says_who_is_between() {
        for (tmux, sty, term, expected) in [
            (None, None, None, Wrapping::None),
            (Some(""), Some(""), Some("xterm"), Wrapping::None),
            (Some("x"), None, Some("screen-256color"), Wrapping::Tmux),
            (Some("x"), Some("y"), Some("screen"), Wrapping::Tmux),
            (None, Some("y"), Some("xterm"), Wrapping::Screen),
            (None, None, Some("tmux-256color"), Wrapping::Tmux),
            (None, None, Some("screen.xterm-256color"), Wrapping::Screen),
        ] {
            assert_eq!(Surroundings { tmux, sty, term }.wrapping(), expected, "{tmux:?} {sty:?} {term:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(MOST_BYTES, 56_244);
        assert!(copy(&"x".repeat(MOST_BYTES), BARE).is_ok());
        assert_eq!(copy(&"x".repeat(MOST_BYTES + 1), BARE), Err(TooLong(MOST_BYTES + 1)));
        assert!(TooLong(60_000).to_string().contains("56244 bytes"));
    }
}
