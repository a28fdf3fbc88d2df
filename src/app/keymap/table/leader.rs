//! Rare commands: two keys, the leader and a letter. One more is one line here (and its action, and what that does in
//! `update`): `leader!(name, 'letter', action, mark!("what it does"), mark!("hint"))`. The bottom line shows the hints once
//! the leader is pressed.

use super::super::super::action::Action;
use super::super::super::action::Direction::{Down, Left, Right, Up};
use super::super::command::Scope::{Everywhere, Panels};
use super::Table;
use crate::mark;

macro_rules! leader {
    ($name:ident, $letter:literal, $action:expr, $words:expr, $hint:expr) => {
        $crate::app::keymap::command::Row {
            name: stringify!($name),
            keys: &[$crate::app::keymap::key::Keys::two(
                $crate::app::keymap::LEADER,
                $crate::app::keymap::key::Key::Char($letter),
            )],
            action: $action,
            words: $words,
            hint: Some($hint),
        }
    };
}

/// What begins with the leader.
pub(super) const LEADER: &[Table] = &[
    Table(
        Panels,
        &[
            leader!(
                usual_columns,
                'c',
                Action::UsualColumns,
                mark!("the list's usual columns again"),
                mark!("usual columns")
            ),
            leader!(
                usual_view,
                'v',
                Action::UsualView,
                mark!("panels, axes and orders as at first again"),
                mark!("usual view")
            ),
            leader!(
                divider_left,
                '<',
                Action::Divide(Left),
                mark!("move the divider between left and right"),
                mark!("divider")
            ),
            leader!(
                divider_right,
                '>',
                Action::Divide(Right),
                mark!("move the divider between left and right"),
                mark!("divider")
            ),
            leader!(
                divider_up,
                '-',
                Action::Divide(Up),
                mark!("move the divider between top and bottom"),
                mark!("divider")
            ),
            leader!(
                divider_down,
                '+',
                Action::Divide(Down),
                mark!("move the divider between top and bottom"),
                mark!("divider")
            ),
            leader!(hide, 'h', Action::Hide, mark!("hide the panel"), mark!("hide")),
        ],
    ),
    Table(
        Everywhere,
        &[
            leader!(log, 'l', Action::Log, mark!("what was said so far"), mark!("messages")),
            leader!(tour, 't', Action::Tour, mark!("the three lines for beginners once more"), mark!("tour")),
        ],
    ),
];
