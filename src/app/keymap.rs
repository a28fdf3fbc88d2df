//! The keys: which ones carry which command out, as usual or as a keymap file says. Help, hints, the palette and the README
//! are read off the same table.

mod command;
mod conflict;
mod file;
mod help;
mod hints;
mod key;
mod naming;
mod problem;
mod readme;
mod sample;
mod section;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::action::Action;
use super::context::Context;
pub use command::{Command, Scope};
pub use help::{Section, SectionRow, sections};
pub use hints::{Hint, following, hints};
pub use key::{Key, Keys, NoKey};
pub use problem::{KeymapError, KeymapProblem, Place};
pub use readme::readme;
pub use sample::{sample, through_menu};
pub use table::commands;

/// The key that rare commands begin with: all keyboards have it, no input method takes it, and it means the same
/// everywhere.
pub const LEADER: Key = Key::Ctrl('x');

/// What keys mean somewhere.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    /// They carry a command out.
    Command(&'static Command),
    /// Another key must follow.
    Begins,
}

/// The keys of all commands.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// By the number of the command in the table.
    keys: Vec<Vec<Keys>>,
    /// By context and keys.
    found: HashMap<(Context, Keys), Found>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Command(usize),
    Begins,
}

impl Default for Keymap {
    /// The usual keys.
    fn default() -> Self {
        static USUAL: LazyLock<Keymap> =
            LazyLock::new(|| Keymap::of(commands().iter().map(|command| command.usual.to_vec()).collect()));
        USUAL.clone()
    }
}

impl Keymap {
    /// The usual keys, but for what a keymap file says. `origin` is its name in errors.
    ///
    /// # Errors
    /// [`KeymapError`] with the line and what to write instead, also where one key would stand for two things.
    pub fn parse(text: &str, origin: &str) -> Result<Self, KeymapError> {
        conflict::settle(file::read(text, origin)?, origin)
    }

    /// Of keys by the number of the command. What is said of one context goes before what holds in many.
    fn of(keys: Vec<Vec<Keys>>) -> Self {
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.sort_by_key(|number| std::cmp::Reverse(commands()[*number].scope.narrowness()));
        let mut found = HashMap::new();
        for context in Context::ALL {
            for number in order.iter().filter(|number| commands()[**number].scope.holds(context)) {
                for keys in &keys[*number] {
                    let begins = *found.entry((context, Keys::one(keys.first))).or_insert(match keys.then {
                        None => Found::Command(*number),
                        Some(_) => Found::Begins,
                    });
                    if keys.then.is_some() && begins == Found::Begins {
                        found.entry((context, *keys)).or_insert(Found::Command(*number));
                    }
                }
            }
        }
        Self { keys, found }
    }

    /// What keys mean in a context.
    #[must_use]
    pub fn meaning(&self, context: Context, keys: Keys) -> Option<Meaning> {
        self.found.get(&(context, keys)).map(|found| match found {
            Found::Command(number) => Meaning::Command(&commands()[*number]),
            Found::Begins => Meaning::Begins,
        })
    }

    /// What one key does in a context.
    #[must_use]
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        match self.meaning(context, Keys::one(key)) {
            Some(Meaning::Command(command)) => Some(command.action),
            Some(Meaning::Begins) | None => None,
        }
    }

    /// The keys of a command, by its number in the table.
    #[must_use]
    pub fn keys(&self, number: usize) -> &[Keys] {
        self.keys.get(number).map_or(&[], Vec::as_slice)
    }

    /// The keys of a command that carry it out in a context, where nothing narrower takes them.
    pub fn reaching(&self, context: Context, number: usize) -> impl Iterator<Item = Keys> + '_ {
        let leads = move |keys: &Keys| self.found.get(&(context, *keys)) == Some(&Found::Command(number));
        self.keys(number).iter().copied().filter(leads)
    }
}

#[cfg(test)]
mod tests {
    use super::Key::{Arrow, Char, Ctrl};
    use super::*;
    use crate::app::action::Direction::Left;
    use crate::model::customers::Axis;

    #[test]
    fn no_key_does_two_things_in_one_scope() {
        for (number, command) in commands().iter().enumerate() {
            for other in commands().iter().skip(number + 1).filter(|other| other.scope == command.scope) {
                let shared = command.usual.iter().find(|keys| other.usual.iter().any(|known| keys.clashes(*known)));
                assert!(shared.is_none(), "{shared:?} of {} and {} in {:?}", command.name(), other.name(), other.scope);
                assert_ne!(command.name(), other.name(), "in {:?}", other.scope);
            }
        }
    }

    #[test]
    fn narrow_scopes_come_before_wide_ones() {
        let keymap = Keymap::default();
        assert_eq!(keymap.action(Context::Stopped, Char('r')), Some(Action::Reload));
        assert_eq!(keymap.action(Context::Heatmap, Char('r')), Some(Action::FocusAxis(Axis::Recency)));
        assert_eq!(keymap.action(Context::Cuts, Arrow(Left)), Some(Action::Nudge(Left)));
        assert_eq!(keymap.action(Context::Prompt, Char('q')), None);
    }

    #[test]
    fn no_command_needs_a_key_that_keyboards_lack_or_tmux_takes() {
        for command in commands().iter().filter(|command| !command.usual.is_empty()) {
            let is_rare = |key| matches!(key, Char('[' | ']' | '{' | '}' | '~' | '\\' | '|') | Ctrl('a' | 'b'));
            let is_plain = |keys: &Keys| !is_rare(keys.first) && !keys.then.is_some_and(is_rare);
            assert!(command.usual.iter().any(is_plain), "{}", command.name());
        }
    }

    #[test]
    fn every_command_with_keys_can_be_reached_where_it_holds_or_says_elsewhere() {
        let keymap = Keymap::default();
        for (number, command) in commands().iter().enumerate().filter(|(_, command)| !command.usual.is_empty()) {
            let contexts = || Context::ALL.into_iter().filter(|context| command.scope.holds(*context));
            let lost: Vec<Context> =
                contexts().filter(|context| keymap.reaching(*context, number).next().is_none()).collect();
            // Letters of roles go before wide commands on the screen of columns.
            assert!(lost.is_empty() || lost == [Context::Mapping], "{} in {lost:?}", command.name());
        }
    }

    #[test]
    fn names_of_commands_are_kebab_case() {
        for command in commands() {
            let name = command.name();
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !name.starts_with('-'), "{name}");
        }
    }
}
