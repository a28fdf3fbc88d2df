//! Every command there is: the one table that keys, keymap files, help, hints, the palette and the README are read off.
//!
//! A line has a name that keymap files use and that stays, the usual keys, the action, what it does in a few words, and a
//! shorter form where the bottom line hints at it. Commands of the same words are shown together.

mod leader;
mod list;
mod opening;
mod overlays;
mod panels;
mod through_menus;

use std::sync::LazyLock;

use super::command::{Command, Row, Scope};

/// Lines of one scope.
struct Table(Scope, &'static [Row]);

/// A line: `row!(name, [keys], action, mark!("what it does"), mark!("hint"))`.
macro_rules! row {
    ($name:ident, [$($key:expr),*], $action:expr, $words:expr $(, $hint:expr)?) => {
        $crate::app::keymap::command::Row {
            name: stringify!($name),
            keys: &[$($crate::app::keymap::key::Keys::one($key)),*],
            action: $action,
            words: $words,
            hint: $crate::app::keymap::table::hint!($($hint)?),
        }
    };
}

macro_rules! hint {
    () => {
        None
    };
    ($hint:expr) => {
        Some($hint)
    };
}

use {hint, row};

/// In the order that hints and the help have them.
const TABLES: [&[Table]; 12] = [
    panels::OWN,
    list::CUSTOMERS,
    panels::EVERY,
    panels::RARE,
    opening::OPENING,
    overlays::READING,
    list::OVERLAYS,
    overlays::FIGURES,
    overlays::PLANS,
    overlays::WIDE,
    leader::LEADER,
    through_menus::ENTRIES,
];

static COMMANDS: LazyLock<Vec<Command>> = LazyLock::new(|| {
    let lines = TABLES.into_iter().flatten().flat_map(|Table(scope, rows)| rows.iter().map(|row| (*scope, row)));
    lines.map(|(scope, row)| Command::new(scope, &through_menus::worded(row))).collect()
});

/// Every command there is.
#[must_use]
pub fn commands() -> &'static [Command] {
    &COMMANDS
}
