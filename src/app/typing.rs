//! Keys on a line that is typed.

use tui_input::InputRequest;

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
