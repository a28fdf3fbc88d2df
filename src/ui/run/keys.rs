//! Keys of the terminal as keys of the program.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::app::action::{Action, Direction};
use crate::app::context::Context;
use crate::app::keymap::Key;
use crate::app::model::Model;

/// A terminal's key as ours; `None` for keys that mean nothing here.
pub(super) fn translate(key: KeyEvent) -> Option<Key> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let arrow = |direction| Some(if shift { Key::ShiftArrow(direction) } else { Key::Arrow(direction) });
    match key.code {
        KeyCode::Char(c) if control => Some(Key::Ctrl(c.to_ascii_lowercase())),
        KeyCode::Char(c) if !key.modifiers.contains(KeyModifiers::ALT) => Some(Key::Char(c)),
        KeyCode::Left => arrow(Direction::Left),
        KeyCode::Right => arrow(Direction::Right),
        KeyCode::Up => arrow(Direction::Up),
        KeyCode::Down => arrow(Direction::Down),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Esc),
        KeyCode::Tab => Some(Key::Tab),
        KeyCode::BackTab => Some(Key::BackTab),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        KeyCode::Home => Some(Key::Home),
        KeyCode::End => Some(Key::End),
        KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Delete => Some(Key::Delete),
        KeyCode::F(number) => Some(Key::Function(number)),
        _ => None,
    }
}

/// What a key does on a screen that is too small for anything else: it leaves.
pub(super) fn leaving(model: &Model, key: Key) -> Option<Action> {
    let action = model.keymap.action(Context::Loading, key);
    action.filter(|action| matches!(action, Action::Leave | Action::Quit | Action::Suspend))
}
