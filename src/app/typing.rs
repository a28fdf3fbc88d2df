//! Keys on a line that is typed.

use tui_input::{Input, InputRequest};

use super::action::Direction;
use super::keymap::Key;

/// What a key does to the line; `None` where it does nothing to it.
#[must_use]
pub(super) const fn request(key: Key) -> Option<InputRequest> {
    Some(match key {
        Key::Char(c) => InputRequest::InsertChar(c),
        Key::Backspace | Key::Ctrl('h') => InputRequest::DeletePrevChar,
        Key::Delete => InputRequest::DeleteNextChar,
        Key::Arrow(Direction::Left) => InputRequest::GoToPrevChar,
        Key::Arrow(Direction::Right) => InputRequest::GoToNextChar,
        Key::Home | Key::Ctrl('a') => InputRequest::GoToStart,
        Key::End | Key::Ctrl('e') => InputRequest::GoToEnd,
        Key::Ctrl('u') => InputRequest::DeleteLine,
        Key::Ctrl('w') => InputRequest::DeletePrevWord,
        _ => return None,
    })
}

/// Puts a text at the cursor, all of it at once: one by one, each character would cost as much as the line is long.
pub(super) fn insert(input: &mut Input, text: &str) {
    let (line, cursor) = (input.value(), input.cursor());
    let at = line.char_indices().nth(cursor).map_or(line.len(), |(at, _)| at);
    let (before, after) = line.split_at(at);
    *input = Input::new(format!("{before}{text}{after}")).with_cursor(cursor + text.chars().count());
}
