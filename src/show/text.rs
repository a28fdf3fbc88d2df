//! Text from data, made safe for a terminal, measured and cut by the columns it takes on the screen.

mod pieces;
mod signs;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tr;
pub use pieces::pieces;
pub use signs::{Ambiguous, Signs, set_signs, signs, spelled, within};

/// What stands for a character that must not reach the terminal.
const STAND_IN: char = '\u{fffd}';

/// Text without control characters and without the marks that reverse the direction of what follows.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_unsafe(c) { STAND_IN } else { c }).collect())
}

/// Whether a terminal must not get a character: it steers it, or hides or turns round what follows.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// A value as messages quote it, `` `x1` ``; one that is empty is said to be.
#[must_use]
pub fn quoted(text: &str) -> Cow<'_, str> {
    if text.is_empty() { Cow::Borrowed(tr!("(empty)")) } else { Cow::Owned(format!("`{text}`")) }
}

/// The columns that a text takes on the screen.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.width();
    }
    let text = &*spelled(text);
    match signs().ambiguous {
        Ambiguous::Narrow => text.width(),
        Ambiguous::Wide => text.width_cjk() + signs::wide_letters(text),
    }
}

/// The text cut to at most so many columns, with `…` where something was cut; never half a wide character.
#[must_use]
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mark = width("…");
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
        if used + wide + mark > columns {
            break;
        }
        kept.push_str(grapheme);
        used += wide;
    }
    // What was cut before has its mark already.
    if columns >= mark && !kept.ends_with('…') {
        kept.push('…');
    }
    Cow::Owned(kept)
}

/// The text at the left of so many columns, cut or filled with blanks.
#[must_use]
pub fn left(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blanks = columns - width(&text).min(columns);
    format!("{text}{}", " ".repeat(blanks))
}

/// The text at the right of so many columns, cut or filled with blanks.
#[must_use]
pub fn right(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let blanks = columns - width(&text).min(columns);
    format!("{}{text}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_pass() {
        assert_eq!(clean("a\u{1b}[31mb\tc"), "a\u{fffd}[31mb\u{fffd}c");
        assert_eq!(clean("x\u{202e}y\u{9b}z"), "x\u{fffd}y\u{fffd}z");
        assert!(matches!(clean("重要客户 é"), Cow::Borrowed(_)));
    }

    #[test]
    fn an_empty_value_is_said_to_be_empty() {
        assert_eq!([quoted("x1"), quoted("")], ["`x1`", "(empty)"]);
    }

    #[test]
    fn wide_characters_take_two_columns_and_are_never_halved() {
        assert_eq!(width("重要a"), 5);
        assert_eq!(cut("重要客户", 6), "重要…");
        assert_eq!(left("重要客户", 6), "重要… ");
        assert_eq!(right("ab", 4), "  ab");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(cut(&cut("重要客户", 6), 5), "重要…");
        assert_eq!(cut("买家0  买…  买家2", 10), "买家0  买…");
    }

    #[test]
    fn signs_take_what_the_terminal_gives_them() {
        assert_eq!((width("café"), width("±")), (4, 1));
        within(Signs { ambiguous: Ambiguous::Wide, ..Signs::default() }, || {
            assert_eq!((width("café"), width("±"), width("cafe")), (5, 2, 4));
            assert_eq!(cut("客户 café", 8), "客户 c…");
            assert_eq!((cut("abc", 1), cut("abc", 2)), ("".into(), "…".into()));
            assert_eq!(left("é", 3), "é ");
        });
        within(Signs { are_spelled: true, ..Signs::default() }, || {
            assert_eq!((width("≤ 3"), left("≤", 4), right("→", 3)), (4, "≤  ".to_owned(), " →".to_owned()));
            assert_eq!(cut("a ≤ 3", 4), "a …");
        });
        assert_eq!(width("é"), 1);
    }
}
